"""A finished report as its rules see it: passages with what stands above them, and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TypeVar, cast

from ita_helpers.checks.finished.reading import (
    Mentions,
    bare,
    code_of_heading,
    pattern,
    said,
    years_in,
)
from ita_helpers.checks.finished.trust import is_sure, tables_of_groups
from ita_helpers.checks.finished.usual import usual_points
from ita_helpers.documents.claims import Claim, Claims
from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.naming import Naming, nearest_rules
from ita_helpers.documents.sentence_parts import ALL, OWN
from ita_helpers.documents.year_told import year_in_brackets
from ita_helpers.language.held import Searched
from ita_helpers.records.framework import Framework
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.spot import Spot
from ita_helpers.scoring.bounds import Bounds, find_bounds
from ita_helpers.values import value

T = TypeVar("T")
K = TypeVar("K")
FULL = 100
BLOT = "·"
"""Stands in place of each letter of a name where words are looked for beside names."""
MOST_KEPT = 16384
"""Texts that are kept with single spaces: rules ask for the same cells again."""
SHORTEST_OFFICE = 8
"""Letters of the name of an office at least: a shorter one is only a kind."""
Names = tuple[tuple[str, str], ...]
"""Names of what is scored without blanks, each with its code, the longest first."""


def blotted(place: re.Match[str]) -> str:
    """Return as many blots as a place has letters, so that all others stay where they are."""
    return BLOT * len(place.group())


@value(frozen=True)
class Passage:
    """A line, or a cell of a table, and what stands above it.

    ``text`` has Arabic digits and single spaces. ``under`` is the code of the indicator or the
    instrument that the heading above, or the first cell of the row, names; ``year`` is the fiscal
    year (B.E.) it speaks of. ``row`` is the whole row of a cell. ``is_aim`` if the heading is
    that of aims.
    """

    text: str
    raw: str
    spot: Spot
    under: str = ""
    year: int = 0
    row: tuple[Cell, ...] = ()
    is_first: bool = False
    is_aim: bool = False


@dataclass(frozen=True)
class Report:
    """A document with what it claims, and what it is held against.

    ``all_rules`` are those of every fiscal year (B.E.) that has any. ``known``
    are the scores (0 to 100 points, by code) that ``data/`` has of the office in years (B.E.), and
    ``office`` is its row there. ``groups`` are names of groups of offices, which any may give.
    ``naming`` finds names by the rules of its year or the nearest, if that is made already, and
    ``means`` are those of all offices (0 to 100 points, by year B.E.) that ``data/`` has.
    """

    document: Document
    claims: Claims
    all_rules: Mapping[int, Framework]
    offices: OfficeNames
    office: Organisation | None = None
    groups: tuple[str, ...] = ()
    known: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    naming: Naming | None = None
    means: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The fiscal year (B.E.) of the result, 0 if the report does not say it."""
        return self.claims.fiscal_year

    @cached_property
    def tells_result(self) -> bool:
        """Whether any score or level is given: the year of a plan alone is not that of a result."""
        return any(each.points is not None or each.level for each in self.claims.claims)

    def rules_of(self, year: int) -> Framework | None:
        """Return the rules of a fiscal year (B.E.), nothing where there are none."""
        return self.all_rules.get(year)

    @cached_property
    def level_names(self) -> tuple[str, ...]:
        """The names of the levels of all years, the longest first."""
        names = {each.name for rules in self.all_rules.values() for each in rules.levels.list}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def rules(self) -> Framework | None:
        """The rules of the report's year."""
        return self.rules_of(self.year) if self.year else None

    @cached_property
    def indicator_names(self) -> Names:
        """Names and aliases of the year's indicators without blanks, each with its code."""
        listed = self.rules.indicators.list if self.rules else ()
        pairs = [(bare(name), e.code) for e in listed for name in (e.name, *e.aliases)]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    def find(self, key: str, *, in_lines: bool = False) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield where a pattern of the catalogue stands, with the passage."""
        return self.places(pattern(key), in_lines=in_lines)

    def places(
        self, known: re.Pattern[str], *, in_lines: bool = False
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield where a pattern stands, with the passage."""
        for passage in self.that_may_hold(known, in_lines=in_lines):
            for place in known.finditer(passage.text):
                yield passage, place

    def that_may_hold(self, *known: re.Pattern[str], in_lines: bool = False) -> Iterator[Passage]:
        """Yield the passages in which one of some patterns may stand, by the words they need."""
        left = 0
        for each in known:
            left |= self.whole.bits(each)
        while left:  # asked a thousand times a report: a generator for the numbers costs 2 %
            lowest = left & -left
            left ^= lowest
            parts = self._parts[lowest.bit_length() - 1]
            if not (in_lines and parts[0].row):
                yield from parts

    def may_hold(self, passage: Passage, known: re.Pattern[str]) -> bool:
        """Whether a pattern may stand in one of the passages, by the words it needs.

        One that tells names by ``BLOT`` may stand in any.
        """
        return bool(self.bits(known) >> self.number_of(passage) & 1)

    def bits(self, known: re.Pattern[str]) -> int:
        """Return the lines and rows in which a pattern may stand, the first by the lowest bit."""
        return -1 if BLOT in known.pattern else self.whole.bits(known)

    def number_of(self, passage: Passage) -> int:
        """Return which line or row a passage is of."""
        return self._numbers[id(passage)]

    def that_hold(self, known: re.Pattern[str]) -> Iterator[Passage]:
        """Yield the passages in which a pattern stands."""
        return (each for each in self.that_may_hold(known) if known.search(each.text))

    def has(self, known: re.Pattern[str]) -> bool:
        """Whether a pattern stands anywhere."""
        return any(True for _ in self.that_hold(known))

    def places_of(self, words: str) -> Iterator[tuple[str, int]]:
        """Yield the texts of passages that hold some words, and where they stand."""
        for passage in self.passages:
            at = passage.text.find(words)
            while at >= 0:
                yield passage.text, at
                at = passage.text.find(words, at + len(words))

    @cached_property
    def whole(self) -> Searched[Passage]:
        """Lines, and rows of tables each in one piece, in reading order."""
        return Searched(map(_in_one_piece, self._parts), lambda passage: passage.text)

    @cached_property
    def _parts(self) -> list[list[Passage]]:
        """The passages that each line and each row consists of."""
        return [list(of) for _, of in groupby(self.passages, lambda each: id(each.row or each))]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """Which line or row each passage is of."""
        return {id(each): number for number, of in enumerate(self._parts) for each in of}

    @cached_property
    def as_written(self) -> Searched[Passage]:
        """The passages, looked through as the file has them."""
        return Searched(self.passages, lambda passage: passage.raw)

    @cached_property
    def mentions(self) -> Mentions:
        """What finds the names of what is scored in a text."""
        return Mentions(self.naming or Naming(nearest_rules(self.all_rules, self.year)))

    def subject_before(self, text: str, place: int, under: str = "") -> str:
        """Return what is spoken of at a place: what is named last before it, or stands above."""
        named = self.mentions.before(text, place)
        spoken = [
            each
            for each in named
            if not pattern("in_scope").search(text, 0, each.start)
            and not said("within").search(text, 0, each.start)
        ]
        return spoken[-1].code if spoken else under

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Lines and filled cells in reading order."""
        return tuple(_passages(self))

    @cached_property
    def lines(self) -> tuple[Passage, ...]:
        """The passages outside tables."""
        return tuple(each for each in self.passages if not each.row)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(each for each in self.document.blocks if isinstance(each, Table))

    @cached_property
    def own(self) -> tuple[Claim, ...]:
        """What is surely claimed of the office itself."""
        groups = tables_of_groups(self.document, self.mentions)
        own = (e for e in self.claims.claims if e.of == "own" and e.spot.table not in groups)
        return tuple(each for each in own if is_sure(each, self.mentions, self.claims.office))

    def claimed(self, code: str, year: int = 0) -> list[Claim]:
        """Return what the report gives as points of a code in a year, its own if none is named."""
        return self._pointed.get((code, year or self.year), [])

    @cached_property
    def _pointed(self) -> dict[tuple[str, int], list[Claim]]:
        found: dict[tuple[str, int], list[Claim]] = {}
        for each in self.own:
            if each.points is not None:
                found.setdefault((each.code, each.fiscal_year), []).append(each)
        return found

    @cached_property
    def scores(self) -> dict[tuple[str, int], Decimal]:
        """The points most often claimed for a code in a year."""
        told = (each for each in self.claims.claims if each.of == "own")
        return usual_points(self._pointed, told, self.known, self.rules_of, self.bounds)

    @cached_property
    def others(self) -> frozenset[str]:
        """The offices of which the report gives scores, besides its own."""
        named = {each.of for each in self.claims.claims} - {OWN, ALL}
        is_office = pattern("office_row").match
        return frozenset(e for e in named if len(e) > SHORTEST_OFFICE and is_office(e))

    def bounds(self, rules: Framework, known: Mapping[str, Decimal]) -> Bounds:
        """Return what points of a year leave open for all its codes, found once for the same."""
        key = (rules.fiscal_year, frozenset(known.items()))
        if key not in self._made:
            self._made[key] = find_bounds(rules, known)
        return cast(Bounds, self._made[key])

    def once(self, make: Callable[[Report], T]) -> T:
        """Return what a function makes of the report, made once however many rules ask."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    def once_of(self, make: Callable[[Report, K], T], key: K) -> T:
        """Return what a function makes of the report and something of it, made once."""
        if (make, key) not in self._made:
            self._made[make, key] = make(self, key)
        return cast(T, self._made[make, key])

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    def let_go(self) -> None:
        """Let go of what was made of the report and holds it, so that both are freed at once."""
        self._made.clear()

    def points(self, year: int = 0) -> dict[str, Decimal]:
        """Return the points of a year by code."""
        asked = year or self.year
        return {code: points for (code, of), points in self.scores.items() if of == asked}


@lru_cache(MOST_KEPT)
def squeezed(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def heads_of(table: Table) -> list[str]:
    """Return the texts of the first row of a table."""
    return [squeezed(cell.text) for cell in table.rows[0]] if table.rows else []


def tables_by_number(report: Report) -> dict[int, Table]:
    """Return the tables of a report by their numbers."""
    return {table.spot.table: table for table in report.tables}


def passages_by_spot(report: Report) -> dict[Spot, Passage]:
    """Return the lines and cells of a report by their places."""
    return {each.spot: each for each in report.passages}


def row_of(report: Report, spot: Spot) -> tuple[Cell, ...]:
    """Return the row of a table in which a place is, nothing for a place in a line."""
    return report.once(_rows_by_spot).get(spot, ())


def _rows_by_spot(report: Report) -> dict[Spot, tuple[Cell, ...]]:
    return {
        cell.spot: row
        for table in report.once(tables_by_number).values()
        for row in reversed(table.rows)
        for cell in row
    }


def of_cell(cell: Cell) -> Passage:
    """Return a cell as a passage of its own."""
    return Passage(squeezed(cell.text), cell.raw, cell.spot)


def _in_one_piece(parts: Sequence[Passage]) -> Passage:
    """Return a line, or a row of a table, as one passage."""
    first = parts[0]
    if not first.row:
        return first
    text = squeezed(" ".join(cell.text for cell in first.row))
    return Passage(text, text, first.row[0].spot, row=first.row)


def _passages(report: Report) -> Iterator[Passage]:
    under, of_heading, names, is_aim = "", report.year, report.indicator_names, False
    headed = set(_rightly_headed(report, names))
    for block in report.document.blocks:
        if isinstance(block, Line):
            text = squeezed(block.text)
            code = code_of_heading(text, block.level, report.mentions)
            told = 0 if block.spot in report.claims.misdated else _only_year(text)
            if code is not None:
                meant = _code_named("named_indicator", text, names) if code in headed else ""
                under = meant or code
                of_heading = told or report.year
            if block.level:
                is_aim = bool(pattern("heading_of_aims").search(text))
            if text:
                named = told or of_heading
                is_wished = is_aim and not block.level
                yield Passage(text, block.raw, block.spot, under, named, is_aim=is_wished)
            continue
        heads = [_year_alone(squeezed(each.text)) for each in block.rows[0]] if block.rows else []
        for row in block.rows:
            texts = [squeezed(cell.text) for cell in row]
            of_cells = next(filter(None, map(_year_alone, texts)), 0)
            of_row = next(filter(None, texts), "")
            below = (
                code_of_heading(of_row, 0, report.mentions)
                or _code_named("numbered_name", of_row, names)
                or under
            )
            for place, (cell, text) in enumerate(zip(row, texts, strict=True)):
                if text:
                    of_column = heads[place] if place < len(heads) else 0
                    named = _only_year(text) or of_column or of_cells or of_heading
                    yield Passage(text, cell.raw, cell.spot, below, named, row, place == 0)


def _rightly_headed(report: Report, names: Names) -> Iterator[str]:
    """Yield the indicators that a heading gives their own number and name."""
    for block in report.document.blocks:
        place = pattern("named_indicator").match(block.text) if isinstance(block, Line) else None
        if place and _code_named("named_indicator", place.string, names) == place["code"]:
            yield place["code"]


def _code_named(key: str, text: str, names: Names) -> str:
    """Return the indicator whose name stands behind the number that a text begins with."""
    found = pattern(key).match(text)
    name = bare(found["name"]) if found else ""
    return next((code for known, code in names if name.startswith(known)), "")


def _year_alone(text: str) -> int:
    """Return the year (B.E.) that the words of a cell consist of, or 0."""
    alone = pattern("year_alone").fullmatch(text)
    return int(alone["year"]) if alone else 0


def _only_year(text: str) -> int:
    years = years_in(text)
    return years[0] if len(years) == 1 and not year_in_brackets(text) else 0
