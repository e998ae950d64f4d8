"""Collecting all that a finished report says: from its tables, its sentences and its plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ita_helpers.documents.cards import told_apart
from ita_helpers.documents.claims import Claim, Claims, PlanRow
from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.headings import is_caption, level_of
from ita_helpers.documents.misdated import misdated_headings
from ita_helpers.documents.naming import OVERALL, Naming, nearest_rules
from ita_helpers.documents.others_tables import office_over, with_others
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.plan_tables import is_plan, plan_rows
from ita_helpers.documents.ranks_said import ranks_of_line
from ita_helpers.documents.respondents import respondents_of_line
from ita_helpers.documents.score_tables import ScoreTables
from ita_helpers.documents.sentence_parts import Context
from ita_helpers.documents.sentences import Sentences, full_year
from ita_helpers.documents.whose import Whose, names_in, whose
from ita_helpers.documents.year_told import (
    year_in_brackets,
    year_of,
    years_of_heading,
    years_paired,
)
from ita_helpers.language.catalogue import label
from ita_helpers.language.excerpts import whole_at
from ita_helpers.records.framework import Framework
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

NEAR, LONGEST_WORDS, LONGEST_ENTRY = 4, 400, 60
OF_UNITS = "-"
"""The code of a heading about what is assessed apart from the office."""
_SCORE = re.compile(r"\d\.\d")


def claims_of(
    document: Document,
    rules: Mapping[int, Framework],
    *,
    fiscal_year: int | None = None,
    about: Whose | None = None,
    naming: Naming | None = None,
    keeps_weighted: bool = False,
) -> Claims:
    """Return all that a report says, doubled and contradicting claims too, in its order.

    ``rules`` are those of all years (B.E.); names are read by those of the report's year, or the
    nearest, which ``naming`` may hold. ``fiscal_year`` (0 for unknown) and ``about`` are what is
    known without asking the document. With ``keeps_weighted`` the claims of a table may be
    weighted points.
    """
    year = year_of(document) if fiscal_year is None else fiscal_year
    about = about or whose(document)
    naming = naming or Naming(nearest_rules(rules, year))
    own = about.name.partition(" (")[0]
    sentences = Sentences(naming, _levels(rules), own)

    def read(misdated: frozenset[Spot] = frozenset()) -> tuple[_Reader, tuple[Claim, ...]]:
        reader = _Reader(document, sentences, own, year, misdated)
        reader.listed = () if about.name else about.others
        reader.tables.keeps_weighted = keeps_weighted
        return reader, tuple(with_others(list(reader.claims()), reader.named))

    reader, claims = read()
    if misdated := misdated_headings(document, claims, year, rules.get(year)):
        reader, claims = read(misdated)
    return Claims(
        about.name,
        year,
        claims,
        tuple(reader.plan),
        about.type,
        about.district,
        about.province,
        about.others,
        tuple(reader.tables.ranks),
        tuple(reader.tables.counts),
        misdated,
    )


def _levels(rules: Mapping[int, Framework]) -> list[str]:
    """Return the names of the levels of all years."""
    older = label("import.older_levels").split()
    return [*older, *(each.name for year in rules.values() for each in year.levels.list)]


@dataclass
class _Heading:
    level: int
    code: str
    year: int


class _Reader:
    """Walks through a document; headings say what a text below them is about."""

    def __init__(
        self,
        document: Document,
        sentences: Sentences,
        own: str,
        year: int,
        misdated: frozenset[Spot],
    ) -> None:
        self.document, self.year, self.own, self.misdated = document, year, own, misdated
        self.sentences, self.naming = sentences, sentences.naming
        self.tables = ScoreTables(sentences, own)
        self.headings: list[_Heading] = []
        self.lines: list[Line] = []
        self.plan: list[PlanRow] = []
        self.listed: tuple[str, ...] = ()
        self.paired: tuple[int, ...] = ()
        self.named: dict[int, str] = {}
        self.heading = ""
        self.told = told_apart(document.blocks, self.naming, sentences.level_of)

    def claims(self) -> Iterator[Claim]:
        blocks = self.document.blocks
        for at, block in enumerate(blocks):
            if isinstance(block, Line):
                yield from self._line(block)
                continue
            behind = [each for each in blocks[at + 1 : at + NEAR] if isinstance(each, Line)]
            yield from self._table(block, behind)

    def _line(self, line: Line) -> Iterator[Claim]:
        if line.level:
            self._enter(line)
            self.paired, self.heading = (), line.text
        self.paired = years_paired(line.text, self.year) or self.paired
        is_of_entry = self._goes_on_with_entry(line)
        self.lines = [*self.lines[-NEAR:], line]
        context = self._context()
        self.tables.ranks += ranks_of_line(line, context.year)
        if not self._names_others(line.text):
            self.tables.counts += respondents_of_line(line, self.naming, context.year)
        text = self.told.get(line.spot, line.text)
        for said in self.sentences.read(text, context):
            if is_of_entry and said.code == OVERALL:
                continue
            words = _around(text, said.start)
            of = self._listed_in(line.text) or said.of
            yield Claim(
                said.code, said.year, line.spot, words, said.points, said.level, said.name, of
            )

    def _listed_in(self, text: str) -> str:
        """Return the first office that a line of a list of offices names."""
        named = names_in(text) if self.listed else iter(())
        return next(named, "") or next((each for each in self.listed if each in text), "")

    def _names_others(self, text: str) -> bool:
        """Whether a text names another office than the report's."""
        others = (e for e in names_in(text) if not (self.own and e.startswith(self.own)))
        return bool(self.listed) or any(others)

    def _goes_on_with_entry(self, line: Line) -> bool:
        """Whether a line tells the score of what the short line before it names."""
        before = self.lines[-1] if self.lines and not self.lines[-1].level else None
        if before is None or not pattern("figures.predicate").match(line.text):
            return False
        is_long = len(before.text) > LONGEST_ENTRY or bool(_SCORE.search(before.text))
        is_own = bool(self.own) and self.own in before.text
        return not (is_long or is_own or self.naming.mentions(before.text))

    def _table(self, table: Table, behind: Sequence[Line]) -> Iterator[Claim]:
        if is_plan(table):
            self.plan += plan_rows(table, self.lines, self.naming)
        captions = (each.text for each in self.lines[-1:] if _names_what_follows(each))
        if office := office_over((self.heading, *captions), self.own):
            self.named[table.spot.table] = office
        is_marked = any(_is_footnote(each.text) for each in behind)
        above = self.lines[-1].text if self.lines and not self._is_misdated(self.lines[-1]) else ""
        years = tuple(full_year(e["year"]) for e in pattern("figures.year").finditer(above))
        context = replace(self._context(self.lines[-1:]), years=years)
        yield from self.tables.read(table, context, marks_computed=is_marked)

    def _enter(self, heading: Line) -> None:
        """Go below a heading: those of its level and deeper are left."""
        self.headings = [each for each in self.headings if each.level < heading.level]
        code = self.naming.code_of(heading.text) or self._instrument(heading.text)
        code = OF_UNITS if pattern("figures.of_units").search(heading.text) else code
        years = () if self._is_misdated(heading) else years_of_heading(heading.text)
        year = next(iter(years)) if len(years) == 1 else 0
        self.headings.append(_Heading(heading.level, code, year))

    def _instrument(self, text: str) -> str:
        """Return the instrument that a heading names before its indicators."""
        first = next(iter(self.naming.mentions(text)), None)
        codes = [each.code for each in self.naming.framework.instruments.list]
        return first.codes[0] if first and first.codes[0] in codes else ""

    def _context(self, caption: Sequence[Line] = ()) -> Context:
        """Return what holds here: of the caption, else of the nearest heading that says it."""
        year = next((self._past(e.year) for e in reversed(self.headings) if e.year), 0)
        for line in filter(self._tells_year, caption):
            years = years_of_heading(line.text)
            year = (self._past(years.pop()) if len(years) == 1 else 0) or year
        code = next((each.code for each in reversed(self.headings) if each.code), "")
        named = {self.naming.code_of(e.text) for e in caption if _names_what_follows(e)}
        code = "" if code == OF_UNITS or named == {OVERALL} else code
        bracketed = next(filter(None, (year_in_brackets(e.text) for e in self.lines[::-1])), 0)
        return Context(self.year, year or self.year, code, bracketed=bracketed, paired=self.paired)

    def _is_misdated(self, line: Line) -> bool:
        return line.spot in self.misdated

    def _tells_year(self, line: Line) -> bool:
        return _names_what_follows(line) and not self._is_misdated(line)

    def _past(self, year: int) -> int:
        """Return a year unless it is one after the report's, in which nothing was measured yet."""
        return year if year <= (self.year or year) else 0


def _names_what_follows(line: Line) -> bool:
    """Whether a line above a table names it, and is no sentence."""
    return bool(line.level or is_caption(line.text) or level_of(line.text))


def _is_footnote(text: str) -> bool:
    return text.startswith("*") and bool(pattern("columns.computed").search(text))


def _around(text: str, start: int) -> str:
    """Return a text, or of a long one the words around a place."""
    if len(text) <= LONGEST_WORDS:
        return text
    begin = max(0, start - LONGEST_WORDS // 2)
    begin = text.find(" ", begin) + 1 if begin else 0
    return text[begin : whole_at(text, begin + LONGEST_WORDS)].strip()
