"""Reading lists as provinces send them: one row per organisation, one column per indicator.

There may be title rows above, merged group headings, totals below, and separate rows that name the
district of the rows that follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ita_helpers.documents.table_heads import mean_group
from ita_helpers.errors import BadImport, InputError, WrongYear, YearNotSaid, YearWithoutFramework
from ita_helpers.forms.layout import RESULT
from ita_helpers.importing.cell_reader import CellReader, is_failed
from ita_helpers.importing.found import Asked, Found, FoundRank, FoundScore, FoundYear, Place
from ita_helpers.importing.groups import Known, group_newcomer
from ita_helpers.importing.headings import Headings, bare_heading
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.own_year import (
    check_names,
    refuse_other,
    year_of_name,
    year_of_names,
    years_in,
)
from ita_helpers.importing.printed_document import document_of
from ita_helpers.importing.ranks import read_rank
from ita_helpers.importing.report_reader import refuse_other_kinds
from ita_helpers.importing.values import (
    level_names,
    read_points,
    read_result,
    refuse_fractions,
)
from ita_helpers.importing.wide_list import (
    FACTS,
    SEARCHED,
    List,
    district_row,
    find_list,
    has_values,
    heading,
    is_head_again,
    is_number,
    is_total,
    place_in,
)
from ita_helpers.importing.wide_twice import put
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.newcomers import Newcomer, check_name, same_office
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import bare_district, bare_province, normal, split_name
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework

DOUBTS = (YearNotSaid, YearWithoutFramework)
"""What another reader may know better: years may be the columns of a list, or before the rules."""


class WideReader:
    """Reads lists with one row an organisation."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether some row names columns for the office and for scores, in any year's words."""
        words = {bare_heading(each) for each in label("import.headings.name").split("|")}
        return any(
            bare_heading(cell) in words
            for grid in grids
            for row in grid.rows[:SEARCHED]
            for cell in row
        )

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return every office's row of every sheet that has a list.

        ``YearNotSaid`` and ``YearWithoutFramework`` are doubts. ``WrongYear``, ``TwoHeads``,
        ``BadImport``, ``BadName`` and ``TwiceInFile`` are mistakes.
        """
        shown, hidden, remarks = Mistakes(), Mistakes(), list[str]()
        years: dict[tuple[object, ...], FoundYear] = {}
        others: list[WrongYear] = []
        doubts: list[InputError] = []
        for grid in grids:
            sheet = _Sheet(grid, orders, shown, hidden)
            try:
                with sheet.mistakes.kept(but=(WrongYear, *DOUBTS)):
                    for found in sheet.read():
                        with sheet.mistakes.kept():
                            sheet.remarks += put(years, found)
            except WrongYear as error:
                others.append(error)
            except DOUBTS as error:
                doubts.append(error)
            remarks += [*sheet.remarks, *sheet.cells.notices.sentences()]
        if years and orders.fiscal_year:
            remarks += [say("import.remarks.other_year", **each.facts) for each in others]
        else:
            shown.found += others
        found_years = tuple(years.values())
        mistakes = (tuple(shown.found), tuple(hidden.found))
        return Found(found_years, tuple(remarks), *mistakes, tuple(doubts))


class _Sheet:
    """Reads one sheet; what a person should know of it gathers in ``remarks``."""

    def __init__(self, grid: Grid, orders: Asked, shown: Mistakes, hidden: Mistakes) -> None:
        self.grid, self.orders, self.remarks = grid, orders, list[str]()
        self.cells, self.shown, self.hidden = CellReader(grid), shown, hidden
        self.mistakes = hidden if grid.is_hidden else shown
        self.fiscal_year = orders.fiscal_year or _year_in(grid) or year_of_names(grid)
        self.province = bare_province(orders.province)
        self.district = ""

    def read(self) -> Iterator[FoundYear]:
        """Yield what each row says of its office."""
        if not any(any(row) for row in self.grid.rows):
            return
        if not self.fiscal_year:
            raise YearNotSaid(file=self.grid.file)
        framework = read_framework(self.orders.workspace, self.fiscal_year)
        self.headings = Headings(framework)
        self.levels = level_names(self.orders, framework)
        listed = find_list(self.grid, self.headings)
        if listed is None or self._is_long(listed, framework):
            facts = {"file": self.grid.file, "sheet": self.grid.sheet}
            self.remarks.append(say("import.remarks.no_list", **facts))
            return
        refuse_other_kinds(document_of(self.grid))
        self._read_title(listed)
        self._check_column_of_years(listed)
        self._tell_columns(listed)
        for row in range(listed.head + 1, len(self.grid.rows)):
            self.mistakes = self.hidden if self._is_hidden(row) else self.shown
            with self.mistakes.kept():
                yield from self._read_row(listed, row, framework)

    def _is_long(self, listed: List, framework: Framework) -> bool:
        """Whether each row has one score whose code stands where the office's own would."""
        column = listed.column("official_code")
        codes = {each.lower() for each in framework.codes}
        rows = range(listed.head + 1, len(self.grid.rows))
        found = [text.lower() for row in rows if (text := self.grid.cell(row, column or 0))]
        return column is not None and bool(found) and codes.issuperset(found)

    def _is_hidden(self, row: int) -> bool:
        return self.grid.is_hidden or row in self.grid.hidden_rows

    def _read_title(self, listed: List) -> None:
        is_said = False
        for row in range(listed.head):
            for column, text in enumerate(self.grid.rows[row]):
                years, place = years_in(text), Place.of(self.grid, row, column)
                refuse_other(years, self.fiscal_year, str(place))
                is_said = is_said or bool(years)
                self._read_place(row, column, text)
        is_said = is_said or listed.column("fiscal_year") is not None
        self.remarks += check_names(self.grid, self.fiscal_year, is_said=is_said)
        self.district = self.district or place_in(self.grid.sheet, "district")

    def _check_column_of_years(self, listed: List) -> None:
        """Raise ``WrongYear`` where a column of years has none of the year that is read."""
        column = listed.column("fiscal_year")
        if column is None:
            return
        rows = range(listed.head + 1, len(self.grid.rows))
        years = {year_of_name(listed.text(row, column)) for row in rows} - {0}
        refuse_other(years, self.fiscal_year, str(Place.of(self.grid, listed.head, column)))

    def _is_of_another_year(self, listed: List, row: int) -> bool:
        """Whether a row says that it is of another year, which is reported."""
        column = listed.column("fiscal_year")
        year = year_of_name(listed.text(row, column)) if column is not None else 0
        if column is None or year in (0, self.fiscal_year):
            return False
        self.cells.notices.add("row_of_year", str(year), row, column)
        return True

    def _read_place(self, row: int, column: int, text: str) -> None:
        """Take province and district of a title. Raises ``BadImport`` for another province."""
        province = place_in(text, "province")
        ordered = bare_province(self.orders.province)
        if province and ordered and normal(province) != normal(ordered):
            facts = Place.of(self.grid, row, column).facts
            raise BadImport(problem="province", value=province, like=ordered, **facts)
        self.province = self.province or province
        self.district = self.district or place_in(text, "district")

    def _tell_columns(self, listed: List) -> None:
        hidden = [at for at in sorted(listed.columns) if at in self.grid.hidden_columns]
        if hidden:
            place = Place.of(self.grid, listed.head, hidden[0])
            names = [heading(self.grid, listed.head, at)[0] for at in hidden]
            self.remarks.append(say("import.remarks.hidden_columns", place=place, names=names))
        unread = []
        for column in range(max(map(len, self.grid.rows))):
            text, row = heading(self.grid, listed.head, column)
            place = Place.of(self.grid, row, column)
            meaning = listed.columns.get(column)
            if meaning is None and text and text not in unread:
                unread.append(text)
            elif meaning is None and not text and self._has_more(listed, column):
                unread.append(self.grid.address(0, column)[:-1])
            elif meaning and meaning.is_guessed:
                name = self.headings.name_of(meaning.key)
                self.remarks.append(
                    say("import.remarks.misspelt", place=place, value=text, meaning=name)
                )
        if unread:
            place = Place.of(self.grid, listed.head, 0)
            self.remarks.append(say("import.remarks.unread", place=place, names=unread))

    def _has_more(self, listed: List, column: int) -> bool:
        """Whether anything is beside the list without a heading; row numbers do not count."""
        rows = range(listed.head + 1, len(self.grid.rows))
        below = [text for row in rows if (text := self.grid.cell(row, column))]
        return any(not is_number(text) for text in below) or (
            bool(below) and column > max(listed.columns)
        )

    def _read_row(self, listed: List, row: int, framework: Framework) -> Iterator[FoundYear]:
        texts = [text for text in self.grid.rows[row] if text]
        if not texts or is_head_again(listed, row):
            return
        place = Place.of(self.grid, row, listed.column("name") or 0)
        group = self._group(texts)
        if group and (means := self._means(listed, row, framework)):
            is_hidden = self._is_hidden(row)
            yield FoundYear(group, place, self.fiscal_year, means, is_hidden=is_hidden)
            return
        if self._is_aside(listed, row, texts, place, framework):
            return
        before = len(self.mistakes.found)
        scores = tuple(self._scores(listed, row, framework))
        refuse_fractions(scores)
        facts = self._facts(listed, row)
        result = self._result(listed, row)
        ranks = tuple(self._ranks(listed, row))
        is_broken = len(self.mistakes.found) > before
        if not scores and not result and not is_broken:
            value = facts["name"] or texts[0]
            self.remarks.append(say("import.remarks.no_scores", place=place, value=value))
            return
        if is_failed(listed.text(row, listed.column("name"))):
            return
        office = self._office(listed, row, facts, place)
        if not self._is_wanted(office):
            return
        office = replace(office, code=self.orders.organisation or office.code)
        if is_broken:
            scores, result, ranks = (), {}, ()
        elif note := self._note(listed, row):
            scores = self._with_note(scores, note, place)
        read = FoundYear(office, place, self.fiscal_year, scores, result, ranks=ranks)
        yield replace(read, is_hidden=self._is_hidden(row))

    def _group(self, texts: Sequence[str]) -> Newcomer | None:
        """Return the group of offices whose means stand in a row."""
        words = next(filter(None, map(mean_group, texts)), "")
        known = Known(self.district, self.province)
        return group_newcomer(self.orders.workspace, words, known) if words else None

    def _means(self, listed: List, row: int, framework: Framework) -> tuple[FoundScore, ...]:
        """Return a group's means; none if one cannot be read, since nobody's score is lost."""
        kept, self.mistakes = self.mistakes, Mistakes()
        means = tuple(self._scores(listed, row, framework))
        unsound, self.mistakes = self.mistakes.found, kept
        return () if unsound else means

    def _is_aside(
        self, listed: List, row: int, texts: Sequence[str], place: Place, framework: Framework
    ) -> bool:
        """Whether a row is not an office's: a district above its offices, a total, another year."""
        if (district := district_row(texts)) and not has_values(listed, row, framework):
            self.district = district
            self.remarks.append(say("import.remarks.district", place=place, value=district))
            return True
        if is_total(texts):
            self.remarks.append(say("import.remarks.totals", place=place, value=texts[0]))
            return True
        return self._is_of_another_year(listed, row)

    def _office(self, listed: List, row: int, facts: dict[str, str], place: Place) -> Newcomer:
        """Return the office of a row, with the district and province given above it."""
        check_name(facts["name"], str(place))
        name = facts.pop("name")
        if listed.column("district") is not None:
            self.district = facts["district"] or self.district
        named = self._places_in_name(listed, row, name)
        facts["district"] = named[0] or self.district
        facts["province"] = facts["province"] or named[1] or self.province
        return Newcomer.of(name, **facts)

    def _places_in_name(self, listed: List, row: int, name: str) -> tuple[str, str]:
        """Return the district and province that follow a name.

        Raises ``BadImport`` where the columns of the row say others.
        """
        bare, *places = split_name(name)
        at = listed.column("name") or 0
        if normal(bare) != normal(name):
            self.cells.notices.add("names", "", row, at)
        bares = (bare_district, bare_province)
        for key, place, without_word in zip(FACTS[2:4], places, bares, strict=True):
            said = without_word(listed.text(row, listed.column(key)))
            if place and said and normal(place) != normal(said):
                facts = Place.of(self.grid, row, at).facts
                raise BadImport(problem="place", value=place, like=said, **facts)
        return places[0], places[1]

    def _facts(self, listed: List, row: int) -> dict[str, str]:
        facts = dict.fromkeys(FACTS, "")
        for key in FACTS:
            column = listed.column(key)
            if column is not None:
                with self.mistakes.kept():
                    facts[key] = self.cells.name(row, column, listed.text(row, column))
        return facts

    def _is_wanted(self, office: Newcomer) -> bool:
        """Whether the command asks for this office, or for all."""
        if not self.orders.organisation:
            return True
        known = read_organisations(self.orders.workspace)
        return bool(same_office(office, [known[self.orders.organisation]]))

    def _note(self, listed: List, row: int) -> str:
        columns = [at for at, each in listed.columns.items() if each.key == "note"]
        texts = (self.cells.words(row, at, listed.text(row, at)) for at in columns)
        return "; ".join(filter(None, texts))

    def _with_note(
        self, scores: tuple[FoundScore, ...], note: str, place: Place
    ) -> tuple[FoundScore, ...]:
        """Return the scores with the row's note attached to the overall one, else to the first."""
        codes = [each.code for each in scores]
        if not codes:
            self.remarks.append(say("import.remarks.note", place=place, value=note))
            return scores
        at = codes.index("ITA") if "ITA" in codes else 0
        noted = replace(scores[at], note=" ".join(filter(None, (scores[at].note, note))))
        return (*scores[:at], noted, *scores[at + 1 :])

    def _scores(self, listed: List, row: int, framework: Framework) -> Iterator[FoundScore]:
        for column, meaning in listed.columns.items():
            if meaning.key not in framework.codes:
                continue
            with self.mistakes.kept():
                text, place = self.cells.value(row, column), Place.of(self.grid, row, column)
                if (row, column) in listed.filled:
                    value = listed.filled[row, column]
                    raise BadImport(problem="merged", value=value, like="", **place.facts)
                if read := read_points(text.bare, place):
                    points, out_of = read
                    yield FoundScore(
                        meaning.key,
                        points,
                        place,
                        note=text.mark,
                        out_of=out_of,
                        headed=meaning.out_of,
                    )

    def _ranks(self, listed: List, row: int) -> Iterator[FoundRank]:
        for column, meaning in listed.columns.items():
            if meaning.scope:
                with self.mistakes.kept():
                    text, place = self.cells.words(row, column), Place.of(self.grid, row, column)
                    if rank := read_rank(meaning.scope, text, place):
                        yield rank

    def _result(self, listed: List, row: int) -> dict[str, tuple[str, Place]]:
        found = {}
        for column, meaning in listed.columns.items():
            if meaning.key not in RESULT:
                continue
            with self.mistakes.kept():
                place = Place.of(self.grid, row, column)
                text = self.cells.value(row, column).bare
                if value := read_result(meaning.key, text, place, self.levels, self.remarks):
                    found[meaning.key] = (value, place)
        return found


def _year_in(grid: Grid) -> int:
    """Return the one year the rows at the top name, or 0."""
    texts = (text for row in grid.rows[:SEARCHED] for text in row)
    years = {year for text in texts for year in years_in(text)}
    return years.pop() if len(years) == 1 else 0
