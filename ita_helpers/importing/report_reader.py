"""Reading a finished report: what it says of its own office in one fiscal year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import Claim, Claims
from ita_helpers.documents.document import Cell, Document, Line
from ita_helpers.documents.endings import ENDINGS, OTHER_ENDINGS, PICTURES
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.plan_tables import is_plan
from ita_helpers.documents.reading import has_thai, holds_document, read_document
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.errors import BadReport, OfficeNotSaid, YearNotSaid
from ita_helpers.importing.counts import column_of, read_counts
from ita_helpers.importing.found import (
    CONFLICTING,
    FULL,
    Asked,
    Found,
    FoundMeasure,
    FoundRank,
    FoundScore,
    FoundSuggestion,
    FoundYear,
    Place,
)
from ita_helpers.importing.group_means import means_of_groups
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.importing.named_only import tell_named_only
from ita_helpers.importing.older_years import (
    is_older,
    of_the_whole,
    older_level,
    older_scores,
    tell_older,
)
from ita_helpers.importing.ranks import read_ranks
from ita_helpers.importing.report_aims import with_aims
from ita_helpers.importing.report_choice import Chosen, ChosenLevel, choose_level, choose_scores
from ita_helpers.importing.report_plan import measures_of
from ita_helpers.importing.report_suggestions import suggestions_of
from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import identity, normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework

PRINTED = "printed"
FEWEST, LONGEST = 3, 60
"""A text file with so many lines of prose, each at least so long, is a report and no table."""
FEWEST_OTHERS = 3
"""Schools or hospitals in a column that is a list of them; fewer if all its names are theirs."""
LONGEST_TITLE = 200
TITLE = 30
"""Lines from the top in which a report says what it is about."""


def is_report(path: Path, shown: str) -> bool:
    """Whether a file is a finished report: by its content or its ending, or a text of sentences."""
    ending = path.suffix.lower()
    if ending in (*ENDINGS, *OTHER_ENDINGS, *PICTURES) and ending != ".txt":
        return True
    if not path.is_file() or holds_document(path):
        return path.is_file()
    return ending == ".txt" and not is_table(read_document(path, shown))


def is_table(document: Document) -> bool:
    """Whether a document holds hardly more than tables of figures: no prose, no plan."""
    lines = [each for each in document.blocks if isinstance(each, Line)]
    prose = [each for each in lines if len(each.text) >= LONGEST and not each.level]
    tables = [each for each in document.blocks if not isinstance(each, Line)]
    return len(prose) < FEWEST and bool(tables) and not any(map(is_plan, tables))


def read_report(document: Document, orders: Asked) -> Found:
    """Return what a finished report says of its office.

    Raises ``YearNotSaid``, ``OfficeNotSaid`` or ``BadReport``.
    """
    shown = document.file
    refuse_english(document)
    refuse_other_kinds(document)
    workspace = orders.workspace
    rules = {year: read_framework(workspace, year) for year in workspace.framework_years()}
    claims = claims_of(document, rules)
    year = orders.fiscal_year or claims.fiscal_year
    if not year:
        raise YearNotSaid(file=shown)
    if is_older(year, rules):
        return _older(claims, year, office_of(orders, claims, shown), shown, min(rules))
    if year not in rules:
        raise BadReport(file=shown, problem="no_rules", year=year, known=sorted(rules))
    refuse_others(claims, shown)
    office = office_of(orders, claims, shown)
    reader = _Report(document, claims, rules[year], office)
    groups = means_of_groups(orders, claims, office, rules[year])
    return Found((reader.year(), *groups), (*reader.remarks, *document.losses))


def refuse_others(claims: Claims, shown: str) -> None:
    """Raise ``BadReport`` if it cannot be told whose the scores are."""
    if claims.office and claims.others:
        names = [claims.office, *claims.others]
        raise BadReport(file=shown, problem="two_offices", names=names)


def _older(claims: Claims, year: int, office: Newcomer, shown: str, first: int) -> Found:
    """Return what a report tells of a year before the ``first`` rules. Raises ``BadReport``."""
    said = of_the_whole(e for e in claims.claims if (e.of, e.fiscal_year) == (OWN, year))
    if not said:
        raise BadReport(file=shown, problem="empty", year=year)
    place, scores = Place.in_report(said[0].spot), older_scores(said, PRINTED)
    found = FoundYear(office, place, year, scores, older_level(said), told=PRINTED)
    return Found((found,), (tell_older(shown, [year], first),))


def refuse_english(document: Document) -> None:
    """Raise ``BadReport`` for a document in another language."""
    if not has_thai(document):
        raise BadReport(file=document.file, problem="english")


def refuse_other_kinds(document: Document) -> None:
    """Raise ``BadReport`` for the assessment of schools or hospitals."""
    lines = [each.text for each in document.blocks if isinstance(each, Line)]
    for line in lines[:TITLE]:
        found = pattern("other_kinds").search(line) if len(line) < LONGEST_TITLE else None
        is_of_office = found and (not found.start() or pattern("assessment").search(line))
        if found and (found["named"] or (found["other"] and is_of_office)):
            raise BadReport(file=document.file, problem="other_kind", found=found.group())
    for table in (each for each in document.blocks if not isinstance(each, Line)):
        if other := next(filter(None, map(_of_another_kind, zip_longest(*table.rows))), ""):
            raise BadReport(file=document.file, problem="other_kind", found=other)


def _of_another_kind(column: Sequence[Cell | None]) -> str:
    """Return what tells that a column lists schools or hospitals, or has their scores."""
    head, *texts = (each.text.strip() if each else "" for each in column)
    told = pattern("other_kinds").search(head) if len(head) < LONGEST_TITLE else None
    if told and told["named"]:
        return told.group()
    found = [pattern("other_kinds").match(each) for each in texts if each]
    others = [each.group() for each in found if each and each["other"]]
    is_list = len(others) >= FEWEST_OTHERS and 2 * len(others) > len(found)
    is_all = len(others) == len(found) > 0 and pattern("columns.offices").fullmatch(head)
    return others[0] if is_list or is_all else ""


def _cells(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if not isinstance(block, Line):
            yield from (cell.text for row in block.rows for cell in row)


def office_of(orders: Asked, claims: Claims, shown: str) -> Newcomer:
    """Return the office asked for, else the one the report is of.

    Raises ``OfficeNotSaid``, or ``BadReport`` for a report of another office.
    """
    known = read_organisations(orders.workspace)
    if asked := orders.organisation or orders.chosen:
        own = known[asked]
        said = identity(claims.office)
        if said and said not in (identity(own.name), identity(own.name, own.type)):
            facts = {"found": claims.office, "expected": own.name}
            raise BadReport(file=shown, problem="other_office", **facts)
        return Newcomer.of(own.name, type=own.type, code=own.code)
    if not claims.office:
        raise OfficeNotSaid(file=shown)
    if not claims.type and (named := _begun_with(claims.office, known.values())):
        return Newcomer.of(named.name, type=named.type, code=named.code)
    province = claims.province or orders.province
    facts = {"type": claims.type, "district": claims.district, "province": province}
    return Newcomer.of(claims.office, **facts)


def _begun_with(name: str, known: Iterable[Organisation]) -> Organisation | None:
    """Return the known office whose name a line of the title begins with, the longest of several.

    Names of local governments are not looked up so: one may begin with another.
    """
    found = [each for each in known if normal(name).startswith(normal(each.name))]
    return max(found, key=lambda each: len(each.name), default=None)


class _Report:
    """One report: what is taken from it, and what a person should know."""

    def __init__(
        self, document: Document, claims: Claims, framework: Framework, office: Newcomer
    ) -> None:
        self.document, self.claims = document, claims
        self.framework, self.office = framework, office
        self.remarks: list[str] = []

    def year(self) -> FoundYear:
        """Return what the report says of its office. Raises ``BadReport`` if it has no score."""
        year = self.framework.fiscal_year
        own = [e for e in self.claims.claims if e.of == "own" and e.fiscal_year == year]
        level = choose_level(own, self.framework)
        chosen = choose_scores(own, self.framework, level.name if level else "")
        is_of_report = self.claims.fiscal_year in (0, year)
        plan = tuple(self._plan()) if is_of_report else ()
        if not chosen and not level and not plan:
            raise BadReport(file=self.document.file, problem="empty", year=year)
        self._tell(own, chosen, year)
        places = [*(Place.in_report(e.used.spot) for e in chosen), *(each.place for each in plan)]
        place = places[0] if places else Place.in_report(own[0].spot)
        return FoundYear(
            self.office,
            place,
            year,
            tuple(score for each in chosen for score in _scores(each)),
            {**self._counts(year), **(self._result(level) if level else {})},
            self._suggestions() if is_of_report else (),
            told=PRINTED,
            plan=plan,
            ranks=tuple(self._ranks(year)),
        )

    def _counts(self, year: int) -> Mapping[str, tuple[str, Place]]:
        """Return how many people answered; counts that contradict each other are told."""
        said = [e for e in self.claims.counts if e.fiscal_year == year and e.of == OWN]
        for each in said:
            if not column_of(each.key, self.framework):
                facts = {"place": str(Place.in_report(each.spot)), "value": each.text}
                self.remarks.append(say("import.remarks.whole_survey", **facts))
        unsound = Mistakes()
        with unsound.kept():
            return read_counts(said, self.framework)
        self.remarks += map(str, unsound.found)
        return {}

    def _ranks(self, year: int) -> Iterator[FoundRank]:
        """Yield the ranks of the office; those that cannot be are told."""
        unsound = Mistakes()
        with unsound.kept():
            said = (e for e in self.claims.ranks if e.fiscal_year == year and e.of == OWN)
            yield from read_ranks(said)
        self.remarks += map(str, unsound.found)

    def _result(self, level: ChosenLevel) -> Mapping[str, tuple[str, Place]]:
        place = Place.in_report(level.spot)
        if level.others:
            facts = {"names": join_names([level.name, *level.others]), "used": level.name}
            self.remarks.append(say("import.remarks.two_levels", place=str(place), **facts))
        return {"level": (level.name, place)}

    def _tell(self, own: Sequence[Claim], chosen: Sequence[Chosen], year: int) -> None:
        file = self.document.file
        for each in chosen:
            for other in each.others:
                self.remarks.append(_two_values(each, other, self.framework))
        taken = {each.code for each in chosen}
        self.remarks += tell_named_only(self.document, Naming(self.framework), taken)
        computed = {e.code: e for e in own if e.is_computed and e.code not in taken}
        if computed:
            names = join_names(code.upper() for code in computed)
            self.remarks.append(say("import.remarks.computed", file=file, names=names))
        unknown = {e.code for e in own if e.points is not None} - set(self.framework.codes)
        if unknown:
            names = join_names(sorted(each.upper() for each in unknown))
            facts = {"file": file, "names": names, "year": year}
            self.remarks.append(say("import.remarks.other_items", **facts))
        years = {e.fiscal_year for e in self.claims.claims if e.of == "own" and e.points} - {year}
        if years:
            listed = join_names(map(str, sorted(years)))
            self.remarks.append(say("import.remarks.other_years", file=file, years=listed))

    def _suggestions(self) -> tuple[FoundSuggestion, ...]:
        return suggestions_of(self.document, self.claims.claims, self.framework.item_codes)

    def _plan(self) -> Iterator[FoundMeasure]:
        told: list[str] = []
        rows = with_aims(self.claims.plan, self.document, Naming(self.framework), told)
        measures, remarks = measures_of(rows, self.framework)
        self.remarks += told
        self.remarks += remarks
        yield from measures


def _scores(chosen: Chosen) -> Iterator[FoundScore]:
    """Yield the score that is proposed, and those that contradict it."""
    used = chosen.used
    assert used.points is not None
    status = CONFLICTING if used.is_rejected else PRINTED
    yield FoundScore(
        chosen.code, used.points, Place.in_report(used.spot), status=status, headed=FULL
    )
    for other in chosen.others:
        assert other.points is not None
        place = Place.in_report(other.spot)
        yield FoundScore(chosen.code, other.points, place, status=CONFLICTING, out_of=FULL)


def _two_values(chosen: Chosen, other: Claim, framework: Framework) -> str:
    assert chosen.used.points is not None
    assert other.points is not None
    indicator = framework.find_indicator(chosen.code)
    name = f"{chosen.code} {indicator.name}" if indicator else chosen.code.upper()
    return say(
        "import.remarks.two_values",
        place=str(Place.in_report(chosen.used.spot)),
        there=Place.in_report(other.spot).cell,
        name=name,
        used=format_score(chosen.used.points),
        other=format_score(other.points),
        recomputes=chosen.recomputes,
    )
