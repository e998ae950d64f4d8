"""Reading tables of results as offices print them, whatever their layout.

A sheet is read as a finished report is: ``documents`` says what each table claims. A figure that is
claimed twice is refused, and what is no score of an office is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import Claim, Claims, CountClaim, RankClaim
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.naming import OVERALL, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.whose import whose
from ita_helpers.errors import BadImport, BadReport, WrongYear, YearNotSaid
from ita_helpers.importing.cell_reader import CellReader
from ita_helpers.importing.counts import column_of, read_counts
from ita_helpers.importing.found import Asked, Found, FoundScore, FoundYear, Place
from ita_helpers.importing.groups import group_newcomer, known_of, total_newcomer
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.older_years import (
    is_older,
    of_the_whole,
    older_level,
    older_scores,
    tell_older,
)
from ita_helpers.importing.own_year import check_names, year_of_names, years_in
from ita_helpers.importing.printed_document import document_of
from ita_helpers.importing.printed_rest import (
    is_group,
    refuse_commas,
    refuse_misnumbered,
    refuse_rounds,
    tell_rest,
    with_office_of_capital,
    words_for_scores,
)
from ita_helpers.importing.printed_totals import with_totals
from ita_helpers.importing.ranks import read_ranks
from ita_helpers.importing.report_reader import office_of, refuse_other_kinds, refuse_others
from ita_helpers.importing.values import level_names, refuse_fractions
from ita_helpers.importing.wide_list import is_total, place_in
from ita_helpers.language.catalogue import join_names, say
from ita_helpers.offices.newcomers import Newcomer, check_name, same_office
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import split_name
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework

_Said = Claim | CountClaim | RankClaim
GROUP_KEYS = ("assessed", "passed")
"""What is counted of groups of offices only."""


class PrintedReader:
    """Reads tables of any layout that names its figures."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether some sheet has a row of several cells."""
        return any(len(row) > 1 for grid in grids for row in grid.rows)

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return what the tables say of their offices, year by year.

        ``BadReport``, ``BadImport``, ``YearNotSaid``, ``WrongYear`` and ``OfficeNotSaid`` are
        mistakes.
        """
        shown, hidden, years, remarks = Mistakes(), Mistakes(), list[FoundYear](), list[str]()
        for grid in grids:
            with (hidden if grid.is_hidden else shown).kept():
                sheet = _Sheet(grid, orders)
                years += sheet.read()
                remarks += [*sheet.remarks, *sheet.cells.notices.sentences()]
        return Found(tuple(years), tuple(remarks), tuple(shown.found), tuple(hidden.found))


class _Sheet:
    """Reads one sheet; what a person should know of it gathers in ``remarks``."""

    def __init__(self, grid: Grid, orders: Asked) -> None:
        self.grid, self.orders, self.remarks = grid, orders, list[str]()
        self.cells = CellReader(grid)
        self.document = document_of(grid)
        self.planned: set[int] = set()
        self.lines = [each for each in self.document.blocks if isinstance(each, Line)]
        self.titles = Document(grid.file, tuple(self.lines))
        workspace = orders.workspace
        self.rules = {year: read_framework(workspace, year) for year in workspace.framework_years()}

    def read(self) -> list[FoundYear]:
        """Return each office's years. Raises what ``PrintedReader.read`` names."""
        refuse_other_kinds(self.document)
        refuse_rounds(self.document)
        said = claims_of(
            self.document,
            self.rules,
            fiscal_year=self._year(),
            about=whose(self.titles),
            keeps_weighted=True,
        )
        claims = [each for each in said.claims if each.points is not None or each.level]
        claims = with_totals(self.document, claims, self.rules)
        every: list[_Said] = [*(e for e in claims if not is_total([e.of])), *said.ranks]
        every += said.counts
        if not any(_has_figure(each) for each in every):
            refuse_commas(self.document)
            return []
        self._refuse_without_value(every)
        wanted = list(self._of_years(every))
        for year in {each.fiscal_year for each in wanted} & self.rules.keys():
            refuse_misnumbered(self.document, Naming(self.rules[year]))
        firsts: dict[str, _Said] = {}
        for each in wanted:
            firsts.setdefault(each.of, each)
        offices = {of: self._owner(each, said) for of, each in firsts.items()}
        first_of: dict[Newcomer | None, str] = {}
        for of, office in offices.items():
            first_of.setdefault(office, of)
        wanted = [replace(each, of=first_of[offices[each.of]]) for each in wanted]
        found = [
            each
            for of, office in offices.items()
            if office
            for year in sorted({each.fiscal_year for each in wanted if each.of == of})
            for hidden in (False, True)
            for each in self._found(office, year, self._of(wanted, of, year, hidden), hidden)
        ]
        self._tell_rest(every, said)
        self._tell_hidden_columns(every)
        return found

    def _refuse_without_value(self, every: Iterable[_Said]) -> None:
        """Raise ``BadImport`` for a formula without a saved value among the figures."""
        columns = {each.spot.column - 1 for each in every}
        for row, column in sorted(self.grid.without_value):
            if column in columns:
                self.cells.words(row, column)

    def _of(self, wanted: Iterable[_Said], of: str, year: int, is_hidden: bool) -> list[_Said]:
        """Return what is said of an office's year in the rows that are hidden, or that are not."""
        rows = self.grid.hidden_rows
        return [
            each
            for each in wanted
            if (each.of, each.fiscal_year) == (of, year)
            and (each.spot.row - 1 in rows) == is_hidden
        ]

    def _tell_hidden_columns(self, every: Iterable[_Said]) -> None:
        hidden = [e.spot for e in every if e.spot.column - 1 in self.grid.hidden_columns]
        if hidden:
            names = list(dict.fromkeys(each.cell.rstrip("0123456789") for each in hidden))
            place = Place.in_report(hidden[0])
            self.remarks.append(say("import.remarks.hidden_columns", place=place, names=names))

    def _tell_rest(self, every: Iterable[_Said], said: Claims) -> None:
        """Tell of figures that were not taken, and of words that stand for missing ones.

        Raises what ``tell_rest`` raises, or ``BadImport`` for a formula that failed.
        """
        counts = [each.out_of for each in said.ranks if each.out_of]
        taken = [e for e in every if not isinstance(e, CountClaim) or self._is_taken(e)]
        spots = (each.spot for each in (*taken, *counts))
        self.remarks += tell_rest(self.document, spots)
        scores = (e.spot for e in every if isinstance(e, Claim) and e.points is not None)
        for spot in words_for_scores(self.document, scores):
            self.cells.value(spot.row - 1, spot.column - 1)

    def _is_taken(self, count: CountClaim) -> bool:
        framework = self.rules.get(count.fiscal_year)
        return bool(framework and column_of(count.key, framework))

    def _year(self) -> int:
        """Return the one year that the titles say, else the one that is asked for or a name's."""
        lines = [e for e in self.lines if not pattern("whose.planned").search(e.text)]
        years = {year for each in lines for year in years_in(each.text)}
        said = {year for each in self.lines for year in years_in(each.text)}
        self.planned = set() if self.orders.fiscal_year else said - years
        if len(years) == 1:
            return years.pop()
        asked = self.orders.fiscal_year
        if asked and not years:
            self.remarks += check_names(self.grid, asked, is_said=False)
        return asked or (0 if years else year_of_names(self.grid))

    def _of_years(self, claims: Sequence[_Said]) -> Iterator[_Said]:
        """Yield what is said of the year asked for, else of all years that have rules."""
        years = {each.fiscal_year for each in claims if _has_figure(each)}
        if 0 in years or years & self.planned:
            raise YearNotSaid(file=self.grid.file)
        asked, place = self.orders.fiscal_year, Place.in_report(claims[0].spot) if claims else ""
        if asked and years and asked not in years:
            raise WrongYear(place=place, found=max(years), expected=asked)
        years &= {asked} if asked else years
        older = {each for each in years if is_older(each, self.rules)}
        if older:
            self.remarks.append(tell_older(self.grid.file, older, min(self.rules)))
        if unknown := sorted(years - older - self.rules.keys()):
            self._tell_unknown(unknown, is_all=len(unknown) == len(years))
        yield from (each for each in claims if each.fiscal_year in years & self.rules.keys())
        old = [each for each in claims if each.fiscal_year in older]
        yield from of_the_whole(each for each in old if isinstance(each, Claim))

    def _tell_unknown(self, years: Iterable[int], *, is_all: bool) -> None:
        """Tell of years without rules. Raises ``BadReport`` if there are no others."""
        facts = {"file": self.grid.file, "years": join_names(map(str, years))}
        if is_all:
            raise BadReport(problem="later", **facts)
        self.remarks.append(say("import.remarks.no_rules", **facts))

    def _owner(self, claim: _Said, said: Claims) -> Newcomer | None:
        """Return whose a figure is: an office's, or a group's if it names one."""
        is_counted = isinstance(claim, CountClaim) and (claim.key in GROUP_KEYS or not claim.of)
        of = with_office_of_capital(claim.of, self.document)
        if not is_counted and not is_group(of):
            return self._office(of, said)
        office = office_of(self.orders, said, self.grid.file) if self._has_office(said) else None
        known = known_of(self.orders, office, [line.text for line in self.lines])
        workspace = self.orders.workspace
        if is_counted and (not claim.of or is_total([claim.of])):
            group = total_newcomer(workspace, known)
        else:
            group = group_newcomer(workspace, claim.of, known)
        if group is None:
            facts = {"place": Place.in_report(claim.spot), "value": claim.of}
            self.remarks.append(say("import.remarks.group_unplaced", **facts))
        return group

    def _has_office(self, said: Claims) -> bool:
        return bool(said.office or self.orders.organisation or self.orders.chosen)

    def _office(self, of: str, said: Claims) -> Newcomer | None:
        """Return an office that is claimed of; nothing for one that is not asked for."""
        if of == OWN:
            refuse_others(said, self.grid.file)
            return office_of(self.orders, said, self.grid.file)
        check_name(of, say("import.sheet", file=self.grid.file, sheet=self.grid.sheet))
        titles = [each.text for each in self.lines]
        district, province = (
            next(filter(None, (place_in(each, kind) for each in titles)), "")
            for kind in ("district", "province")
        )
        district = split_name(of)[1] or district
        office = Newcomer.of(of, district=district, province=province or self.orders.province)
        asked = self.orders.organisation
        known = [read_organisations(self.orders.workspace)[asked]] if asked else []
        if not asked:
            return office
        return replace(office, code=asked) if same_office(office, known) else None

    def _found(
        self, office: Newcomer, year: int, every: Sequence[_Said], is_hidden: bool
    ) -> Iterator[FoundYear]:
        if not every:
            return
        is_hidden = is_hidden or self.grid.is_hidden
        said = [each for each in every if isinstance(each, Claim)]
        if year not in self.rules:
            yield replace(self._older(office, year, said), is_hidden=is_hidden)
            return
        framework = self.rules[year]
        scores = tuple(self._scores(said, framework))
        refuse_fractions(scores)
        result = read_counts((e for e in every if isinstance(e, CountClaim)), framework)
        if not office.is_group:
            result |= self._level(said, framework)
        ranks = tuple(read_ranks(each for each in every if isinstance(each, RankClaim)))
        if scores or result or ranks:
            yield FoundYear(
                office,
                Place.in_report(every[0].spot),
                year,
                scores,
                result,
                is_hidden=is_hidden,
                ranks=ranks,
            )

    def _older(self, office: Newcomer, year: int, said: Sequence[Claim]) -> FoundYear:
        """Return what is kept of a year before the rules. Raises ``BadImport``."""
        place, level = Place.in_report(said[0].spot), older_level(said)
        return FoundYear(office, place, year, older_scores(said), level)

    def _scores(self, said: Iterable[Claim], framework: Framework) -> Iterator[FoundScore]:
        """Yield each code's one score. Raises ``BadImport`` for a code that has two."""
        first: dict[str, Claim] = {}
        unknown: dict[str, None] = {}
        for each in said:
            if each.points is None or each.is_computed:
                continue
            if each.code not in framework.codes:
                unknown[each.code.upper()] = None
                continue
            _refuse_second(first.setdefault(each.code, each), each, each.code)
            if first[each.code] is each:
                mark = self.cells.value(each.spot.row - 1, each.spot.column - 1).mark
                yield FoundScore(each.code, each.points, Place.in_report(each.spot), note=mark)
        if unknown:
            facts = {"file": self.grid.file, "year": framework.fiscal_year}
            told = say("import.remarks.other_items", names=join_names(unknown), **facts)
            self.remarks += [told] if told not in self.remarks else []

    def _level(
        self, said: Iterable[Claim], framework: Framework
    ) -> Iterator[tuple[str, tuple[str, Place]]]:
        """Yield the level of the whole result. Raises ``BadImport`` for two."""
        levels = [each for each in said if each.level and each.code == OVERALL]
        for each in levels:
            _refuse_second(levels[0], each, each.level)
        names = level_names(self.orders, framework)
        if levels:
            place = Place.in_report(levels[0].spot)
            if level := names.read(levels[0].level, place, self.remarks):
                yield "level", (level, place)


def _has_figure(said: _Said) -> bool:
    return not isinstance(said, Claim) or said.points is not None


def _refuse_second(first: Claim, again: Claim, name: str) -> None:
    """Raise ``BadImport`` for a value that contradicts an earlier one."""
    if (first.points, first.level) != (again.points, again.level):
        facts = Place.in_report(again.spot).facts
        raise BadImport(problem="twice", value=name, like=first.spot.cell, **facts)
