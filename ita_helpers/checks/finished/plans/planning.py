"""The plan of measures: its window, its elements, what it covers and what it says twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.plans.findings import findings_that_are_none
from ita_helpers.checks.finished.plans.windows_apart import windows_apart
from ita_helpers.checks.finished.reading import any_of, bare, pattern, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import (
    Found,
    Rule,
    all_of,
    around,
    found_at,
    found_in_cell,
)
from ita_helpers.checks.finished.times.times_judged import judged
from ita_helpers.checks.finished.times.times_read import is_follow_up
from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Line, Table
from ita_helpers.documents.plan_status import read_status
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.period_words import fiscal_years_in, parse_window
from ita_helpers.language.points import format_score

ABOVE = 2
"""Lines above a table that say what it is."""
FEWEST_PERIODS = 2
"""Periods of one year beside which another is a slip."""
ELEMENTS = {
    "finding": ("finding",),
    "method": ("method", "guideline"),
    "period": ("period",),
    "owner": ("owner",),
}
"""What evidence asks of each measure beside its name, with the fields that may hold it."""


def _outside(report: Report) -> Iterator[Found]:
    """Yield periods outside the fiscal year after the result."""
    done = report.once(_tables_of_what_was_done)
    for row in report.claims.plan:
        is_done = report.once(is_follow_up) or row.spot.table in done
        planned = _year_done(report, row) if is_done else report.year + 1
        years = _years_of(row, planned)
        outside = sorted(years - {planned})
        if outside and report.year:
            facts = {"planned": planned, "years": outside, "measure": _short(row.measure)}
            yield _at(row, row.period, **facts)


def _year_done(report: Report, row: PlanRow) -> int:
    """Return the year (B.E.) of what was done: that of the result, or most of the table's next."""
    rows = [each for each in report.claims.plan if each.spot.table == row.spot.table]
    windows = [_years_of(each, report.year) for each in rows]
    following = report.year + 1
    return following if 2 * windows.count({following}) > len(windows) else report.year


def _apart_from_the_rest(report: Report) -> Iterator[Found]:
    """Yield the one period of a column that lies in the year before that of all others."""
    plans = {each.spot.table for each in report.claims.plan}
    for table in report.tables:
        heads = heads_of(table)
        columns = [at for at, head in enumerate(heads) if said("period_head").search(head)]
        if len(columns) != 1 or table.spot.table in plans or not report.year:
            continue
        cells = [row[columns[0]] for row in table.rows[1:] if len(row) > columns[0]]
        told = [(cell, fiscal_years_in(squeezed(cell.text), report.year)) for cell in cells]
        years = [each for _, each in told if each]
        usual = next((e for e in years if len(e) == 1 and years.count(e) == len(years) - 1), set())
        for cell, each in told if len(years) > FEWEST_PERIODS else ():
            if usual and each and each != usual and max(each) < min(usual):
                facts = {"planned": min(usual), "years": sorted(each)}
                words = next(_short(squeezed(r[0].text)) for r in table.rows if cell in r)
                yield found_in_cell(cell, **facts, measure=words)


def _all_outside(report: Report) -> Iterator[Found]:
    yield from _outside(report)
    yield from _apart_from_the_rest(report)


def _tables_of_what_was_done(report: Report) -> frozenset[int]:
    """Return the tables that tell what was done of the plan before.

    By the words above them, or by the status of most of their measures.
    """
    tables = {row.spot.table for row in report.claims.plan}
    found = {each for each in tables if _tells_what_was_done(report, each)}
    lead: list[str] = []
    for block in report.document.blocks:
        if isinstance(block, Line):
            lead = [*lead, block.text][-ABOVE:]
            continue
        is_headed = any(pattern("follow_up_table").search(each) for each in lead)
        if is_headed or _has_results(block):
            found.add(block.spot.table)
        lead = []
    return frozenset(found)


def _tells_what_was_done(report: Report, table: int) -> bool:
    """Whether most measures of a table are done, under way or given up."""
    rows = [each for each in report.claims.plan if each.spot.table == table]
    unbegun = label("plan.statuses").split()[0]
    begun = [each for each in rows if read_status(each.status).status not in ("", unbegun)]
    return 2 * len(begun) > len(rows)


def _has_results(table: Table) -> bool:
    """Whether a column of a table tells for most measures what has come of them."""
    heads = heads_of(table)
    columns = [at for at, head in enumerate(heads) if said("done_head").fullmatch(head)]
    for at in columns:
        cells = [squeezed(row[at].text) for row in table.rows[1:] if at < len(row)]
        if 2 * sum(bool(said("done_cell").search(each)) for each in cells) > len(cells):
            return True
    return False


def _plan(report: Report) -> list[PlanRow]:
    """Return the measures that are still to be done."""
    done = report.once(_tables_of_what_was_done)
    return [e for e in report.claims.plan if e.spot.table not in done]


def _years_of(row: PlanRow, planned: int) -> set[int]:
    return fiscal_years_in(row.period, planned)


def _reversed(report: Report) -> Iterator[Found]:
    """Yield periods that end before they begin."""
    for row in report.claims.plan:
        try:
            parse_window(row.period, report.year + 1)
        except ValueError as error:
            if str(error) == "reversed":
                yield _at(row, row.period, measure=_short(row.measure))


def _missing(report: Report) -> Iterator[Found]:
    """Yield elements that no measure has, and those that one measure lacks wherever it stands.

    Of an element that the year's rules do not list, only the cells left empty in its column.
    """
    plan = [] if report.once(is_follow_up) else _plan(report)
    for element, fields in ELEMENTS.items() if plan else ():
        name = section("finished.elements")[element]
        told = [e for e in plan if any(getattr(e, f).strip() for f in fields)]
        if element == "finding":
            told += [e for e in plan if said("found_out").search(e.indicator)]
        if not report.once_of(_is_asked_for, name):
            tables = {each.spot.table for each in told}
            asked = [each for each in plan if each.spot.table in tables]
        elif told:
            asked = plan
        else:
            yield _at(plan[0], name, element=name).told("whole")
            continue
        named = {bare(each.measure) for each in told}
        lacking = {bare(row.measure): row for row in asked if bare(row.measure) not in named}
        for row in lacking.values():
            yield _at(row, name, element=name, measure=_short(row.measure))


def _is_asked_for(report: Report, element: str) -> bool:
    """Whether the rules list an element: of the year after the result, or of it as the newest."""
    years = report.all_rules
    rules = years.get(min(report.year + 1, max(years, default=0)))
    listed = rules.evidence.required_elements if rules and rules.evidence else ()
    return any(each.startswith(element) for each in listed)


def _uncovered(report: Report) -> Iterator[Found]:
    """Yield indicators below the target, and the lowest, that no measure names."""
    rules, plan = report.rules, _plan(report)
    covered = {each for row in plan for each in row.codes}
    if not rules or not covered or report.once(is_follow_up):
        return
    scores = {c: p for c, p in report.points().items() if rules.find_indicator(c)}
    target = Decimal(str(rules.target.overall))
    lowest = min(scores.values(), default=Decimal(100))
    said = _said_to_lack_measures(report)
    for code, points in scores.items():
        if code not in covered | said and (points < target or points == lowest < 100):
            claim = report.claimed(code)[0]
            facts = {"name": name_of(report, code), "score": format_score(points)}
            yield Found(claim.spot, name_of(report, code), claim.words, facts)


def _said_to_lack_measures(report: Report) -> set[str]:
    """Return the indicators of which the report itself says that they have no measure."""
    passages = list(report.that_hold(any_of("no_measure_yet")))
    named = {each.code for passage in passages for each in report.mentions(passage.text)}
    return named | {each.under for each in passages}


def _unnamed(report: Report) -> Iterator[Found]:
    """Yield indicators below the target of which the analysis says that nothing is weak."""
    rules = report.rules
    if not rules:
        return
    target = Decimal(str(rules.target.overall))
    done = report.once(_tables_of_what_was_done)
    for passage, place in report.find("nothing_weak"):
        if passage.row and passage.spot.table in done:
            continue
        mentions = report.mentions(passage.text, with_bare=True)
        sure = {*report.mentions(passage.text)}
        told = (e for e in mentions if e in sure or not e.start)
        named = [each.code for each in told if each.end <= place.start()]
        code = next((each for each in reversed(named) if each.isdigit()), passage.under)
        points = report.scores.get((code, report.year))
        if points is None or not rules.find_indicator(code):
            continue
        if points < target and _is_all(place):
            facts = {"name": name_of(report, code), "score": format_score(points)}
            yield found_at(passage, place, **facts)


def _is_all(place: re.Match[str]) -> bool:
    """Whether nothing weak is said to be there at all, and now."""
    before, behind = place.string[: place.start()], place.string[place.end() :]
    return not (pattern("weak_after_all").search(before) or pattern("weak_but").search(behind))


def _twice(report: Report) -> Iterator[Found]:
    """Yield measures that stand in the plan twice, for the same indicator and by the same steps."""
    first: dict[tuple[object, ...], PlanRow] = {}
    for row in report.claims.plan:
        words = (row.indicator, row.measure, row.method, row.guideline)
        key = (row.spot.table, *map(bare, words))
        if row.measure and first.setdefault(key, row) is not row:
            yield _at(row, _short(row.measure), measure=_short(row.measure))


def _no_plan_word(report: Report) -> Iterator[Found]:
    """Yield owners that are words for "somebody" and name no unit."""
    for row in report.claims.plan:
        if row.owner and any_of("no_owner").fullmatch(row.owner.strip()):
            yield _at(row, row.owner.strip(), measure=_short(row.measure))


def _short(text: str) -> str:
    return around(text, 0, 20)


def _at(row: PlanRow, found: str, **facts: object) -> Found:
    sentence = " | ".join(each for each in (_short(row.measure), row.period, row.owner) if each)
    return Found(row.spot, found, sentence, facts)


RULES = (
    Rule("ITA701", "error", all_of(_all_outside, windows_apart, judged("ITA701"))),
    Rule("ITA702", "error", _reversed),
    Rule("ITA703", "warning", _missing),
    Rule("ITA704", "warning", _uncovered),
    Rule("ITA705", "warning", _unnamed),
    Rule("ITA706", "warning", _twice),
    Rule("ITA707", "warning", _no_plan_word),
    Rule("ITA708", "hint", findings_that_are_none),
)
