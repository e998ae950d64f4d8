"""Reading the completed score form: one office, one sheet per year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.errors import BadImport, WrongYear
from ita_helpers.forms.layout import MARK, OFFICE, RESULT
from ita_helpers.importing.cell_reader import CellReader, CellText
from ita_helpers.importing.found import (
    Asked,
    Found,
    FoundScore,
    FoundSuggestion,
    FoundYear,
    Place,
)
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.values import (
    level_names,
    read_points,
    read_result,
    refuse_fractions,
)
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import to_arabic
from ita_helpers.offices.newcomers import Newcomer, check_name
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.records.scores import TOLD
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.rules import read_framework


class FormReader:
    """Reads the form that ``ita new form`` writes, moved rows and inserted columns included."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether some sheet bears the form's mark."""
        return any(_find(grid, MARK) for grid in grids)

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return every year that has a score, of the office on the first sheet.

        ``BadImport`` for a cell is a mistake. Raises ``WrongYear``, ``BadName`` or ``BadImport``.
        """
        mistakes = Mistakes()
        sheets = [_Sheet(grid, orders, mistakes) for grid in grids if _find(grid, MARK)]
        office, place = _office(sheets, orders)
        years: list[FoundYear] = []
        for sheet in sheets:
            with mistakes.kept():
                years += filter(None, [sheet.read(office, place)])
        asked = orders.fiscal_year
        if years and asked and asked not in [each.fiscal_year for each in years]:
            first = sheets[0]
            raise WrongYear(
                place=str(first.place("fiscal_year")), found=first.fiscal_year, expected=asked
            )
        remarks = (
            each for sheet in sheets for each in (*sheet.remarks, *sheet.cells.notices.sentences())
        )
        return Found(tuple(years), tuple(remarks), tuple(mistakes.found))


class _Sheet:
    """One year's sheet: the row of each key, the column of each kind of entry."""

    def __init__(self, grid: Grid, orders: Asked, mistakes: Mistakes) -> None:
        self.grid, self.orders, self.remarks = grid, orders, list[str]()
        self.cells, self.mistakes = CellReader(grid), mistakes
        at = _find(grid, MARK) or (0, 0)
        self.key_column = at[1]
        self.rows = {
            key: row for row in range(len(grid.rows)) if (key := grid.cell(row, self.key_column))
        }
        self.value_column = self._column("value", self.key_column + 2)
        self.suggestion_column = self._column("suggestion", self.key_column + 5)
        self.note_column = self._column("note", self.key_column + 6)
        self.fiscal_year = self._read_year()

    def _column(self, head: str, usual: int) -> int:
        text = normal(label(f"form.heads.{head}"))
        found = (
            column
            for row in self.grid.rows
            for column, cell in enumerate(row)
            if normal(cell) == text
        )
        return next(found, usual)

    def _read_year(self) -> int:
        text = to_arabic(self.text("fiscal_year"))
        known = self.orders.workspace.framework_years()
        if not text.isdecimal() or int(text) not in known:
            facts = self.place("fiscal_year").facts
            raise BadImport(problem="year", value=text, like=known[-1], **facts)
        return int(text)

    def text(self, key: str) -> str:
        """Return what was put in beside a key. Raises ``BadImport`` for a formula that failed."""
        row = self.rows.get(key)
        return "" if row is None else self.cells.words(row, self.value_column)

    def value(self, key: str) -> CellText:
        """Return the value beside a key. Raises what ``CellReader.value`` raises."""
        row = self.rows.get(key)
        return CellText("") if row is None else self.cells.value(row, self.value_column)

    def place(self, key: str) -> Place:
        """Return the cell beside a key."""
        return Place.of(self.grid, self.rows.get(key, 0), self.value_column)

    def read(self, office: Newcomer, at: Place) -> FoundYear | None:
        """Return what the sheet says; nothing for one without a score or a result."""
        framework = read_framework(self.orders.workspace, self.fiscal_year)
        result = self._result(framework)
        status = source = ""
        with self.mistakes.kept():
            status, source = self._status(), self.text("source")
        scores = tuple(self._scores(framework, status, source))
        with self.mistakes.kept():
            refuse_fractions(scores)
        suggestions = tuple(self._suggestions(framework, source))
        if not scores and not result and not suggestions:
            return None
        return FoundYear(
            office,
            at,
            self.fiscal_year,
            scores,
            result,
            suggestions,
            source,
            "" if any(each.code == "ITA" for each in scores) else status,
            asks_for_scores=True,
            is_hidden=self.grid.is_hidden,
        )

    def _result(self, framework: Framework) -> dict[str, tuple[str, Place]]:
        levels = level_names(self.orders, framework)
        found = {}
        for key in RESULT:
            with self.mistakes.kept():
                text, place = self.value(key).bare, self.place(key)
                if value := read_result(key, text, place, levels, self.remarks):
                    found[key] = (value, place)
        return found

    def _status(self) -> str:
        text = normal(self.text("status"))
        names = {normal(label(f"form.statuses.{key}")): key for key in TOLD}
        if text and text not in names:
            like = " / ".join(label(f"form.statuses.{key}") for key in names.values())
            facts = self.place("status").facts
            raise BadImport(problem="status", value=self.text("status"), like=like, **facts)
        told = names.get(text, "announced")
        return "" if told == "announced" else told

    def _scores(self, framework: Framework, status: str, source: str) -> Iterator[FoundScore]:
        for code in framework.codes:
            with self.mistakes.kept():
                text, place = self.value(code), self.place(code)
                if read := read_points(text.bare, place):
                    points, out_of = read
                    note = self.cells.words(self.rows[code], self.note_column)
                    note = " ".join(filter(None, (text.mark, note)))
                    yield FoundScore(code, points, place, source, status, note, out_of)

    def _suggestions(self, framework: Framework, source: str) -> Iterator[FoundSuggestion]:
        for code in framework.codes:
            row = self.rows.get(code)
            text = "" if row is None else self.cells.words(row, self.suggestion_column)
            if row is not None and text:
                words = "" if normal(text) == normal(label("form.named_only")) else text
                place = Place.of(self.grid, row, self.suggestion_column)
                yield FoundSuggestion(code, words, place, source)


def _find(grid: Grid, key: str) -> tuple[int, int] | None:
    for row, cells in enumerate(grid.rows):
        for column, text in enumerate(cells):
            if text == key:
                return row, column
    return None


def _office(sheets: Sequence[_Sheet], orders: Asked) -> tuple[Newcomer, Place]:
    """Return the office of the form: as the command names it, else as the form does."""
    sheet = next((each for each in sheets if "name" in each.rows), sheets[0])
    facts = {key: sheet.text(key) for key in OFFICE}
    code = orders.organisation or orders.chosen or facts["organisation"].lower()
    place = sheet.place("name")
    if not facts["name"] and code:
        return Newcomer(name="", code=code), place
    check_name(facts["name"], str(place))
    named = {key: facts[key] for key in ("type", "district", "province", "official_code")}
    return Newcomer.of(facts["name"], **named, code=code), place
