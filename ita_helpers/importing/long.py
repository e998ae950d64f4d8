"""Reading the long format of ``data/scores``: one row per score, organisations by code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.errors import BadColumns, BadImport, UnknownOrganisation, YearNotSaid, nearest
from ita_helpers.importing.cell_reader import CellReader
from ita_helpers.importing.found import Asked, Found, FoundScore, FoundYear, Place
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.own_year import check_names, year_of_names
from ita_helpers.importing.values import read_points
from ita_helpers.language.thai import to_arabic
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.organisation import Organisation
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import STATUSES

NEEDED = {"organisation", "code", "score"}


class LongReader:
    """Reads tables with the columns of ``data/scores``."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether the first row of some sheet names the columns."""
        return any(_heads(grid).keys() >= NEEDED for grid in grids)

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return the scores of every organisation.

        ``YearNotSaid``, ``BadColumns``, ``UnknownOrganisation`` and ``BadImport`` are mistakes.
        """
        shown, hidden, years, remarks = Mistakes(), Mistakes(), list[FoundYear](), list[str]()
        for grid in grids:
            if _heads(grid).keys() >= NEEDED:
                with (hidden if grid.is_hidden else shown).kept():
                    table = _Table(grid, orders, shown, hidden)
                    years += table.read()
                    remarks += [*table.remarks, *table.cells.notices.sentences()]
        return Found(tuple(years), tuple(remarks), tuple(shown.found), tuple(hidden.found))


class _Table:
    def __init__(self, grid: Grid, orders: Asked, shown: Mistakes, hidden: Mistakes) -> None:
        self.grid, self.heads = grid, _heads(grid)
        self.shown, self.hidden = shown, hidden
        self.cells = CellReader(grid)
        self.fiscal_year = orders.fiscal_year or year_of_names(grid)
        if not self.fiscal_year:
            raise YearNotSaid(file=grid.file)
        self.remarks = list(check_names(grid, self.fiscal_year, is_said=False))
        known = columns_of("scores")
        if unknown := [each for each in self.heads if each not in known]:
            raise BadColumns(file=grid.file, missing=[], unknown=unknown, known=list(known))
        self.orders = orders
        self.codes = _codes(orders, self.fiscal_year)
        self.known = read_organisations(orders.workspace)

    def read(self) -> list[FoundYear]:
        """Return what each organisation has; its rows need not be adjacent."""
        scores: dict[tuple[str, bool], list[FoundScore]] = {}
        places: dict[tuple[str, bool], Place] = {}
        for row in range(1, len(self.grid.rows)):
            if not any(self.grid.rows[row]):
                continue
            is_hidden = self.grid.is_hidden or row in self.grid.hidden_rows
            with (self.hidden if is_hidden else self.shown).kept():
                code = self._organisation(row)
                if self.orders.organisation in ("", code):
                    scores.setdefault((code, is_hidden), []).extend(self._score(row))
                    places.setdefault((code, is_hidden), self._place(row, "organisation"))
        return [
            FoundYear(
                _known_office(self.known[code]),
                places[code, is_hidden],
                self.fiscal_year,
                tuple(each),
                asks_for_scores=True,
                is_hidden=is_hidden,
            )
            for (code, is_hidden), each in scores.items()
            if each
        ]

    def _organisation(self, row: int) -> str:
        code = self._text(row, "organisation")
        if code not in self.known:
            shown = self.orders.workspace.shown(self.orders.workspace.organisations)
            raise UnknownOrganisation(
                organisation=code, file=shown, nearest=nearest(code, self.known)
            )
        return code

    def _score(self, row: int) -> Iterator[FoundScore]:
        written, place = to_arabic(self._text(row, "code")), self._place(row, "code")
        by_folded = {each.lower(): each for each in self.codes}
        if written.lower() not in by_folded:
            like = nearest(written, self.codes)
            raise BadImport(problem="code", value=written, like=like, **place.facts)
        status = self._text(row, "status").lower()
        if status not in STATUSES:
            facts = self._place(row, "status").facts
            known = ", ".join(filter(None, STATUSES))
            raise BadImport(problem="status", value=status, like=known, **facts)
        column = self.heads["score"]
        text = self.cells.value(row, column)
        place = Place.of(self.grid, row, column)
        if read := read_points(text.bare, place):
            code, (points, out_of) = by_folded[written.lower()], read
            source, note = self._text(row, "source"), self._text(row, "note")
            note = " ".join(filter(None, (text.mark, note)))
            yield FoundScore(code, points, place, source, status, note, out_of)

    def _text(self, row: int, head: str) -> str:
        return self.cells.words(row, self.heads[head]) if head in self.heads else ""

    def _place(self, row: int, head: str) -> Place:
        return Place.of(self.grid, row, self.heads[head])


def _heads(grid: Grid) -> dict[str, int]:
    """Return the column of each heading of the first row."""
    first = grid.rows[0] if grid.rows else ()
    return {text.strip().lower(): column for column, text in enumerate(first) if text}


def _codes(orders: Asked, fiscal_year: int) -> tuple[str, ...]:
    if fiscal_year in orders.workspace.framework_years():
        return read_framework(orders.workspace, fiscal_year).codes
    return ("ITA",)


def _known_office(organisation: Organisation) -> Newcomer:
    """Return the office as the tables have it, with its code."""
    return Newcomer(
        name=organisation.name,
        type=organisation.type,
        district=organisation.district,
        province=organisation.province,
        official_code=organisation.official_code,
        code=organisation.code,
    )
