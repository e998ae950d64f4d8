"""What a table claims: scores and levels by its heads and the labels of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.documents.card_tables import claims_of_cards
from ita_helpers.documents.claims import Claim, CountClaim, RankClaim
from ita_helpers.documents.counts_said import counts_of_row, labels_of_group, with_counts
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.group_rows import group_column, group_words, placed
from ita_helpers.documents.joined_claims import with_level, with_name, without_doubles
from ita_helpers.documents.mean_rows import MeanRows
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.ranks_said import ranks_of_row
from ita_helpers.documents.row_numbers import (
    are_numbered,
    named_in,
    number_of,
    with_full,
    with_numbers,
    without_counts,
)
from ita_helpers.documents.sentence_parts import OWN, Context
from ita_helpers.documents.sentences import Sentences
from ita_helpers.documents.table_heads import (
    PARTS,
    YEAR,
    Head,
    Heads,
    is_level_word,
    is_total,
    settled,
)
from ita_helpers.documents.table_shape import depth, side_by_side, stacked
from ita_helpers.documents.table_values import (
    LONGEST_VALUE,
    SIGNED,
    count_heads,
    is_of_year,
    item_label,
    lines_told,
    points_of,
)
from ita_helpers.records.names import normal
from ita_helpers.values import replace

LONGEST_LABEL = 160
OFFICES = 3
"""Columns among which one may name an office in each row."""
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s*(?=[\u0e01-\u0e2e\u0e40-\u0e44])")
_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*\d\.\d[^()]*\)")
_SCORE = re.compile(r"\d\d\.\d\d")
_WORD = re.compile(r"[^\W\d_]{3}")


class ScoreTables(Heads):
    """Reads tables by one year's names; ``ranks`` and ``counts`` of all read gather."""

    def __init__(self, sentences: Sentences, own: str = "") -> None:
        super().__init__(sentences, own)
        self.ranks: list[RankClaim] = []
        self.counts: list[CountClaim] = []

    def read(self, table: Table, context: Context, *, marks_computed: bool) -> list[Claim]:
        """Return what a table claims; ``marks_computed`` if its note says so of values with *."""
        if self._defines_levels(table):
            return []
        if cards := claims_of_cards(table, self.sentences, context):
            return cards
        return [
            claim
            for each in side_by_side(table)
            for part in stacked(each, self.named)
            for claim in _Reading(self, part, context, marks_computed).claims()
        ]

    def _defines_levels(self, table: Table) -> bool:
        """Whether the rows of a table are levels, with what they ask for."""
        firsts = [row[0].text for row in table.rows[1:] if row]
        named = [each for each in firsts if self.sentences.level_of(each)]
        are_most = len(named) >= 2 and len(named) > len(firsts) / 2
        return are_most and not labels_of_group(table.rows)


class _Reading:
    """One table: its heads first, then row by row."""

    def __init__(
        self, tables: ScoreTables, table: Table, context: Context, marks_computed: bool
    ) -> None:
        self.tables, self.context, self.marks_computed = tables, context, marks_computed
        self.count = 0 if self._is_fact(table.rows[0]) else count_heads(table.rows)
        self.rows = table.rows
        heads = [self._head(column) for column in range(max(map(len, table.rows)))]
        self.of_group = labels_of_group(table.rows)
        self.heads = with_counts(self._settled(heads), self.of_group)
        self.groups = group_column(self.heads)
        self.means = MeanRows(tables.naming, self.heads)
        self.above: dict[int, Cell] = {}
        self.merged: dict[int, str] = {}
        self.are_numbered = are_numbered(tables.naming, table.rows)
        first = [each.text.strip() for each in self.heads[: OFFICES if self.count else 0]]
        named = [bool(pattern("columns.offices").fullmatch(each)) for each in first]
        self.offices = named.index(True) if any(named) else -1
        self.has_instruments = any(self._is_of_instrument(row) for row in table.rows)
        self.are_leveled = all(map(self._has_level, self.rows[self.count :]))

    def claims(self) -> Iterator[Claim]:
        for row in self.rows[: self.count]:
            yield from self._names_in_head(row)
        for at, row in enumerate(self.rows[self.count :], self.count):
            self.merged = self._merged(at)
            yield from self._row(row)

    def _is_fact(self, row: Sequence[Cell]) -> bool:
        """Whether a row says the level of the whole, and so is no head of any column."""
        is_named = len(row) == 2 and is_level_word(row[0].text)
        return is_named and bool(self.tables.sentences.level_of(row[1].text))

    def _merged(self, at: int) -> dict[int, str]:
        """Return the columns whose cell reaches as far down as that of an instrument beside it."""
        below = self.rows[at + 1 :]
        reached = ((column, depth(below, column)) for column in range(len(self.rows[at])))
        depths = {column: depth for column, depth in reached if depth}
        instruments = self.tables.naming.instruments.values()
        named = {c: self.tables.naming.code_of(self.rows[at][c].text) for c in depths}
        said = {depths[c]: code for c, code in named.items() if code in instruments}
        return {c: said[depth] for c, depth in depths.items() if depth in said}

    def _head(self, column: int) -> Head:
        texts = []
        for at in range(self.count):
            row = self.rows[at]
            text = row[column].text if column < len(row) else ""
            if not text and at + 1 < self.count:
                text = next((each.text for each in reversed(row[:column]) if each.text), "")
            texts.append(text)
        words = " ".join(" ".join(dict.fromkeys(filter(None, texts))).split())
        return self.tables.head(words, self.context)

    def _settled(self, heads: list[Head]) -> list[Head]:
        """Return the heads with what they mean beside each other; see ``settled``."""
        if not self.count:
            return self._of_caption([replace(each, is_value=True) for each in heads])
        instruments = self.tables.naming.instruments.values()
        heads = with_numbers(self.tables.naming, heads)
        made = settled(heads, instruments, keeps_weighted=self.tables.keeps_weighted)
        rows = self.rows[self.count :]
        for key in ("full", "out_of_100"):
            made = with_full(made, rows, pattern(f"columns.{key}"))
        return without_counts(made, rows)

    def _of_caption(self, heads: list[Head]) -> list[Head]:
        """Return heads with the years of the caption, if as many columns hold scores."""
        columns = [
            at
            for at in range(1, len(heads))
            if all(at < len(row) and _SCORE.fullmatch(row[at].text.strip()) for row in self.rows)
        ]
        years = self.context.years
        if (
            len(columns) != len(years)
            or len(set(years)) < 2
            or max(years) > self.context.report_year
        ):
            return heads
        of = dict(zip(columns, years, strict=True))
        return [replace(each, year=of.get(at, each.year)) for at, each in enumerate(heads)]

    def _is_of_instrument(self, row: Sequence[Cell]) -> bool:
        naming = self.tables.naming
        return any(naming.code_of(e.text) in naming.instruments.values() for e in row[:2])

    def _has_level(self, row: Sequence[Cell]) -> bool:
        """Whether a row has a level beside what it is about, as only a whole result has."""
        return any(self.tables.sentences.level_of(cell.text) for cell in row[1:])

    def _names_in_head(self, row: Sequence[Cell]) -> Iterator[Claim]:
        for cell in row:
            for said in self.tables.sentences.read(cell.text, self.context):
                if said.name and said.points is None:
                    yield Claim(said.code, said.year, cell.spot, cell.text, name=said.name)

    def _row(self, row: Sequence[Cell]) -> Iterator[Claim]:
        if row and pattern("columns.supposed").match(row[0].text.strip()):
            return
        filled = self._named([self._filled(at, cell) for at, cell in enumerate(row)])
        label = self._label(filled)
        words = " ".join(" ".join(each.text.split()) for each in filled if each.text)
        said = (self.heads, filled, label, self.context.year)
        self.tables.ranks += ranks_of_row(*said)
        self.tables.counts += counts_of_row(*said, self.of_group)
        claims: list[Claim] = []
        for at, cell in enumerate(filled):
            if cell.text and not row[at].is_continued:
                claims += self._cell(at, cell, label, words, filled)
        for cell, code in self.means.codes(filled, label):
            points = points_of(cell.text)
            head = self.heads[filled.index(cell)]
            claims.append(self._claim(code, head, label, cell, words, points=points))
        if label.text and not any(each.code == label.code for each in claims):
            claims.append(self._claim(label.code, label, label, row[0], words, name=label.text))
        yield from with_level(with_name(without_doubles(claims), label))

    def _filled(self, at: int, cell: Cell) -> Cell:
        """Return a cell with the text of the merged one above, if it belongs to it."""
        if cell.is_continued and at in self.above:
            return replace(cell, text=self.above[at].text)
        self.above[at] = cell
        return cell

    def _named(self, row: list[Cell]) -> list[Cell]:
        """Return a row with its name under the head for names, if it stands in the number's cell.

        So the name of a sum reaches over both where the cells of the printed table are merged.
        """
        is_wide = len(row) > 1 and self.count and _WORD.search(row[0].text)
        if not is_wide or row[1].text.strip() or not self.heads[0].is_none:
            return row
        if self.heads[1].is_value or self.heads[1].is_none:
            return row
        return [replace(row[0], text=""), replace(row[1], text=row[0].text), *row[2:]]

    def _label(self, row: Sequence[Cell]) -> Head:
        """Return what the cells before the first value say together."""
        texts, named = list[str](), list[str]()
        for at, cell in enumerate(row):
            head = self.heads[at]
            if head.is_none:
                continue
            if points_of(cell.text) is not None and head.is_value and at:
                break
            if len(cell.text) > LONGEST_LABEL and at:
                break
            text = cell.text if at else _ASIDE.sub("", cell.text)
            if not _SCORE.search(text):
                texts.append(item_label(" ".join(text.split()), head.text))
                named += texts[-1:] if self._may_name(text, head) else []
        head = self.tables.head(" ".join(texts), self.context)
        code = self._code_of(named) or head.code
        if code in ("", OVERALL, *self.tables.naming.instruments.values()):
            code = self._indicator_of(row) or code
        if not code and self.has_instruments and is_total(" ".join(texts)):
            code = OVERALL
        edges = (" ".join(texts), row[0].text, *texts)
        if not code and any(map(is_level_word, edges)):
            code = OVERALL
        if not code and self._is_score_of_years(" ".join(texts)):
            code = self.context.code or OVERALL
        year = head.year or next((h.year for h in [self._year_cell(row)] if h), 0)
        name = next((n for each in texts if (n := self._name(each))), "")
        is_weighed = bool(pattern("columns.with_weight").search(" ".join(texts)))
        is_none = head.is_none and code[:1] not in tuple("ieo") and not (code and is_weighed)
        of = head.of or self.tables.office_of(" ".join(texts))
        if not (of or code or head.is_mean) and 0 <= self.offices < len(row):
            of = self.tables.listed_office(" ".join(row[self.offices].text.split()))
        if self.groups >= 0:
            of = group_words(self.heads, self.groups, row)
        elif of not in ("", OWN) and not head.is_mean:
            of = placed(of, self.heads, row)
        is_end = bool(pattern("columns.extreme").search(" ".join(texts)))
        is_none = is_none or ((head.is_mean or is_end) and not (code or of or year))
        return replace(head, code=code, year=year, text=name, is_none=is_none, of=of)

    def _is_score_of_years(self, text: str) -> bool:
        """Whether a row is called no more than scores, and the columns are years."""
        are_years = sum(bool(each.year) and not each.code for each in self.heads[1:]) > 1
        return are_years and bool(pattern("columns.score_alone").fullmatch(text.strip()))

    def _may_name(self, text: str, head: Head) -> bool:
        """Whether a cell may name what its row is about: a number alone only under indicators."""
        is_number = text.strip(" .").isdecimal()
        return not is_number or bool(pattern("naming.number").search(head.text))

    def _code_of(self, texts: Sequence[str]) -> str:
        """Return what a row is about: an item in any of its labels, else what all say together."""
        codes = [self.tables.naming.code_of(each) for each in reversed(texts)]
        items = (each for each in codes if each[:1] in tuple("ieo"))
        together = self.tables.naming.code_of(" ".join(texts))
        found = next(items, "") or together or next(filter(None, codes), "")
        return self._by_number(texts, found) or found

    def _by_number(self, texts: Sequence[str], instrument: str) -> str:
        """Return the indicator of an instrument whose number begins a label with a name unknown."""
        for text in texts if instrument in self.tables.naming.instruments.values() else ():
            numbered = _NUMBERED.match(text)
            indicator = numbered and self.tables.naming.framework.find_indicator(numbered[1])
            if indicator and indicator.instrument == instrument:
                return indicator.code
        return ""

    def _indicator_of(self, row: Sequence[Cell]) -> str:
        """Return the indicator of a row by its name, or by its number in a list of indicators."""
        naming = self.tables.naming
        number = number_of(naming, row) if self.are_numbered else ""
        by_number = number if naming.framework.find_indicator(number) else ""
        return (named_in(naming, row) if self.are_numbered else "") or by_number

    def _name(self, text: str) -> str:
        found = self.tables.naming.mentions(text)
        known = self.tables.naming.by_name
        names = (each.name or text[each.start : each.end] for each in found)
        return next((each for each in names if normal(each) in known), "")

    def _year_cell(self, row: Sequence[Cell]) -> Head | None:
        first = row[0].text.strip() if row else ""
        found = YEAR.fullmatch(first)
        return Head(first, year=int(found[1])) if found else None

    def _cell(
        self, at: int, cell: Cell, label: Head, words: str, row: Sequence[Cell]
    ) -> Iterator[Claim]:
        head = self.heads[at] if at < len(self.heads) else Head("")
        level = self.tables.sentences.level_of(cell.text)
        if level and at and not pattern("columns.none").search(head.text):
            code = label.code or head.code or (OVERALL if self._is_result(label) else "")
            if code:
                yield self._claim(code, head, label, cell, words, level=level)
            return
        points = points_of(cell.text)
        if found := pattern("columns.leveled").fullmatch(cell.text.strip()) if at else None:
            code, level = self._code(label, head), self.tables.sentences.level_of(found["level"])
            points = points_of(found["value"]) if level else points
            if level and code == OVERALL:
                yield self._claim(code, head, label, cell, words, level=level)
        if points is None:
            yield from self._sentences(cell, label, head, at)
            return
        is_under_code = bool(head.code) and not label.code
        is_score = head.is_value or not self.count or (head.is_mean and at in self.merged)
        is_value = (at or is_under_code) and is_score and not head.is_none
        code = self.merged.get(at) or self._code(label, head)
        if code and is_value and not label.is_none:
            claim = self._claim(code, head, label, cell, words, points=points)
            yield replace(
                claim,
                is_computed=self._is_computed(cell, head, row),
                is_rejected=bool(pattern("columns.rejected").search(words)),
            )

    def _is_result(self, label: Head) -> bool:
        """Whether a level that belongs to no code is that of a year, an office or the whole."""
        return bool(label.year or label.of) or len(self.rows) - self.count == 1

    def _code(self, label: Head, head: Head) -> str:
        """Return what a cell's value belongs to: the row's code, the column's, or both."""
        part = head.code if head.code in PARTS else ""
        if part and label.code[:1] == "e":
            return f"{label.code}@{part[-1]}"
        if part and label.code in ("EIT", ""):
            return part
        if part and label.code.isdigit():
            return ""
        if label.code and label.code != OVERALL:
            return label.code
        if head.code and (head.code != OVERALL or not label.code):
            return head.code
        whole = ""
        if self.count or label.is_mean or self.are_leveled:
            whole = self.context.code or OVERALL
        elif self.context.code != OVERALL and all(map(is_of_year, self.rows)):
            whole = self.context.code
        return label.code or (whole if label.year or label.of else "")

    def _is_computed(self, cell: Cell, head: Head, row: Sequence[Cell]) -> bool:
        others = (each.text.strip() for each in row if each is not cell and len(each.text) < 16)
        is_said = any(pattern("columns.computed").fullmatch(each) for each in others)
        return head.is_computed or is_said or (self.marks_computed and "*" in cell.text)

    def _sentences(self, cell: Cell, label: Head, head: Head, at: int) -> Iterator[Claim]:
        """Yield what the words of a cell claim, its row's code given."""
        is_short = head.is_none and len(cell.text) < LONGEST_VALUE
        if is_short or SIGNED.fullmatch(cell.text.strip()):
            return
        code = label.code if at else ""
        is_planned = label.year > self.context.report_year > 0
        year = (label.year if not is_planned else 0) or head.year or self.context.year
        is_aside = self.context.bracketed and cell.text.strip().startswith("(")
        year = self.context.bracketed if is_aside else year
        is_changed = head.is_none or label.is_none
        context = replace(self.context, code=code, year=year, is_changed=is_changed)
        for line in lines_told(cell.text):
            for said in self.tables.sentences.read(line, context):
                of = said.of if said.of != OWN else (label.of or head.of or OWN)
                yield Claim(
                    said.code, said.year, cell.spot, line, said.points, said.level, said.name, of,
                    is_of_table=True, is_rejected=bool(pattern("columns.rejected").search(line)),
                )  # fmt: skip

    def _claim(
        self, code: str, head: Head, label: Head, cell: Cell, words: str, **values: object
    ) -> Claim:
        year = head.year or label.year or self.context.year
        is_aside = self.context.bracketed and cell.text.strip().startswith("(")
        year = self.context.bracketed if is_aside else year
        of = head.of or label.of or OWN
        return Claim(code, year, cell.spot, words, of=of, is_of_table=True, **values)  # type: ignore[arg-type]
