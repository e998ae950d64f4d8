"""Reading lists of one office: one row per indicator, its score beside its name.

Rows are recognised by name alone: the number beside it is often a running number, or another
year's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ita_helpers.documents.ranks import scope_of
from ita_helpers.errors import BadImport, OfficeNotSaid, WrongYear, YearNotSaid
from ita_helpers.files.workspace import Workspace, program_root
from ita_helpers.importing.cell_reader import CellReader
from ita_helpers.importing.found import Asked, Found, FoundRank, FoundScore, FoundYear, Place
from ita_helpers.importing.headings import Headings, Meaning
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.own_year import check_names, refuse_other, year_of_names, years_in
from ita_helpers.importing.ranks import read_rank
from ita_helpers.importing.values import level_names, read_points
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import to_arabic
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.names import normal
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.rules import read_framework

FEWEST = 3
"""Rows that must name an indicator for a sheet to be such a list."""


class DownReader:
    """Reads lists with one row an indicator."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether some column names several indicators of whichever year."""
        return any(_name_column(grid) is not None for grid in grids)

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return the scores of the office that the command or the page names.

        ``WrongYear`` and ``BadImport`` are mistakes; ``OfficeNotSaid``, ``YearNotSaid`` and scores
        in several columns are doubts.
        """
        mistakes, doubts = Mistakes(), Mistakes()
        years, remarks = list[FoundYear](), list[str]()
        for grid in grids:
            if (column := _name_column(grid)) is not None:
                with mistakes.kept(), doubts.kept(but=WrongYear):
                    sheet = _Sheet(grid, column, orders, mistakes)
                    years.append(sheet.read())
                    remarks += [*sheet.remarks, *sheet.cells.notices.sentences()]
        found = Found(tuple(years), tuple(remarks), tuple(mistakes.found))
        return replace(found, doubts=tuple(doubts.found))


class _Sheet:
    def __init__(self, grid: Grid, names: int, orders: Asked, mistakes: Mistakes) -> None:
        self.grid, self.names, self.orders, self.mistakes = grid, names, orders, mistakes
        self.cells, self.remarks = CellReader(grid), list[str]()
        self.code = orders.organisation or orders.chosen
        if not self.code:
            raise OfficeNotSaid(file=grid.file)
        self.fiscal_year = orders.fiscal_year or year_of_names(grid) or _year_in(grid)
        if not self.fiscal_year:
            raise YearNotSaid(file=grid.file)
        self.framework = read_framework(orders.workspace, self.fiscal_year)
        self.headings = Headings(self.framework)

    def read(self) -> FoundYear:
        """Return what the rows say. Raises ``WrongYear`` or ``BadImport``."""
        rows = dict(self._rows())
        self._check_year(min(rows))
        column = self._score_column(rows)
        office, place = Newcomer(name="", code=self.code), Place.of(self.grid, min(rows), column)
        scores = tuple(self._scores(rows, column))
        result = dict(self._level(rows, column))
        ranks = tuple(self._ranks(rows, column))
        self._tell_unread(rows, column)
        read = FoundYear(office, place, self.fiscal_year, scores, result, ranks=ranks)
        return replace(read, is_hidden=self.grid.is_hidden)

    def _rows(self) -> Iterator[tuple[int, Meaning]]:
        known = {*self.framework.codes, "level"}
        for row in range(len(self.grid.rows)):
            place = Place.of(self.grid, row, self.names)
            text = self.grid.cell(row, self.names)
            meaning = self.headings.read(text, place) if text else None
            others = self.grid.rows[row][: self.names] + self.grid.rows[row][self.names + 1 :]
            if meaning and meaning.key in known and any(others):
                yield row, meaning

    def _numbers(self, row: int) -> Iterator[int]:
        """Yield the columns of a row that hold a number."""
        for column, text in enumerate(self.grid.rows[row]):
            if column != self.names and _is_number(text):
                yield column

    def _check_year(self, first: int) -> None:
        is_said = False
        for row in range(first):
            for column, text in enumerate(self.grid.rows[row]):
                years = years_in(text)
                refuse_other(years, self.fiscal_year, str(Place.of(self.grid, row, column)))
                is_said = is_said or bool(years)
        self.remarks += check_names(self.grid, self.fiscal_year, is_said=is_said)

    def _score_column(self, rows: dict[int, Meaning]) -> int:
        """Return the column of the scores: by its heading, else the one with numbers of its own."""
        words = {normal(each) for each in label("import.score_heads").split("|")}
        columns = sorted({at for row in rows for at in self._numbers(row)})
        heads = [
            at
            for at in columns
            if any(normal(self.grid.cell(row, at)) in words for row in range(min(rows)))
        ]
        scored = heads or [at for at in columns if not self._is_order(rows, at)]
        if len(scored) != 1:
            value = ", ".join(self.grid.address(min(rows), at) for at in scored)
            facts = Place.of(self.grid, min(rows), self.names).facts
            raise BadImport(problem="score_column", value=value, like="", **facts)
        return scored[0]

    def _is_order(self, rows: dict[int, Meaning], column: int) -> bool:
        """Whether a column holds whole numbers that grow from row to row."""
        texts = [to_arabic(text) for row in rows if (text := self.grid.cell(row, column))]
        numbers = [int(each) for each in texts if each.isdecimal()]
        return len(numbers) == len(texts) and numbers == sorted(set(numbers))

    def _scores(self, rows: dict[int, Meaning], column: int) -> Iterator[FoundScore]:
        first: dict[str, int] = {}
        for row, meaning in rows.items():
            if meaning.key == "level":
                continue
            with self.mistakes.kept():
                text, place = self.cells.value(row, column), Place.of(self.grid, row, column)
                if meaning.key in first:
                    like = self.grid.address(first[meaning.key], self.names)
                    raise BadImport(problem="twice", value=meaning.key, like=like, **place.facts)
                first[meaning.key] = row
                if read := read_points(text.bare, place):
                    yield FoundScore(meaning.key, read[0], place, note=text.mark, out_of=read[1])

    def _level(
        self, rows: dict[int, Meaning], column: int
    ) -> Iterator[tuple[str, tuple[str, Place]]]:
        levels = level_names(self.orders, self.framework)
        for row, meaning in rows.items():
            if meaning.key == "level":
                with self.mistakes.kept():
                    place = Place.of(self.grid, row, column)
                    text = self.cells.value(row, column).bare
                    if level := levels.read(text, place, self.remarks):
                        yield "level", (level, place)

    def _ranks(self, rows: dict[int, Meaning], column: int) -> Iterator[FoundRank]:
        for row in range(min(rows), len(self.grid.rows)):
            if scope := scope_of(self.grid.cell(row, self.names)):
                with self.mistakes.kept():
                    text, place = self.cells.words(row, column), Place.of(self.grid, row, column)
                    if rank := read_rank(scope, text, place):
                        yield rank

    def _tell_unread(self, rows: dict[int, Meaning], column: int) -> None:
        """Report rows with a number that belong to no indicator, and misspelt names."""
        for row in range(min(rows), len(self.grid.rows)):
            text, place = self.grid.cell(row, self.names), Place.of(self.grid, row, self.names)
            if row in rows and rows[row].is_guessed:
                meaning = self.headings.name_of(rows[row].key)
                facts = {"place": place, "value": text, "meaning": meaning}
                self.remarks.append(say("import.remarks.misspelt_row", **facts))
            elif row not in rows and not scope_of(text) and _is_number(self.grid.cell(row, column)):
                value = text or self.grid.cell(row, column)
                self.remarks.append(say("import.remarks.unread_row", place=place, value=value))


@cache
def _indicator_names() -> frozenset[str]:
    """Return the names of the indicators of all years that the program knows."""
    program = Workspace(program_root())
    rules = [read_framework(program, year) for year in program.framework_years()]
    named = (each for framework in rules for each in framework.indicators.list)
    return frozenset(normal(name) for each in named for name in (each.name, *each.aliases))


def _name_column(grid: Grid) -> int | None:
    """Return the column that names several indicators, one below the other."""
    counts: dict[int, int] = {}
    for row in grid.rows:
        named = [at for at, text in enumerate(row) if _is_indicator(text)]
        if len(named) == 1:
            counts[named[0]] = counts.get(named[0], 0) + 1
    best = max(counts, key=lambda at: counts[at], default=None)
    return best if best is not None and counts[best] >= FEWEST else None


def _is_indicator(text: str) -> bool:
    bare = normal(to_arabic(text)).lstrip("0123456789.)")
    for word in label("import.indicator_words").split():
        bare = bare.removeprefix(normal(word)).lstrip("0123456789.)")
    return bare in _indicator_names()


def _is_number(text: str) -> bool:
    return to_arabic(text).replace(".", "", 1).isdecimal()


def _year_in(grid: Grid) -> int:
    years = {year for row in grid.rows for text in row for year in years_in(text)}
    return years.pop() if len(years) == 1 else 0
