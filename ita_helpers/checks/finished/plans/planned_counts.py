"""How many measures a plan is said to have, in all or of one owner, and how many owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ita_helpers.checks.finished.counts.counting_parts import Part, owners_of_measures, parts_in
from ita_helpers.checks.finished.counts.quantified import counted_passages, quantified
from ita_helpers.checks.finished.counts.things_counted import clause_start, owners_named, plans
from ita_helpers.checks.finished.passages.shared import pattern
from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.reading import bare, said, years_in
from ita_helpers.checks.finished.report import Report, heads_of
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.document import Table

AROUND = 30
"""Characters around a number in which words say of what it is the total."""
FEWEST = 3
"""Measures of a plan at least against which all of them are held: a table of one is a form."""
COUNTED = ("count", "all", "whole")


def wrong_measures(report: Report) -> Iterator[Found]:
    """Yield numbers of measures, or of their owners, that the rows of no plan have."""
    if not plans(report):
        return
    told = {(id(w.spoken), w.part.start) for ways in quantified(report) for w in ways if w.told}
    for spoken in report.once(counted_passages) if report.rules else ():
        for part in report.once_of(parts_in, spoken):
            if part.how == "count" and (id(spoken), part.start) in told:
                continue
            if part.how in COUNTED and _number(part) and not spoken.passage.row:
                yield from _wrong(report, spoken, part)


def _wrong(report: Report, spoken: Spoken, part: Part) -> Iterator[Found]:
    if said("elements_before").search(spoken.text, 0, part.start):
        return
    right = _right(report, spoken, part)
    if right and _number(part) not in right:
        found = spoken.text[part.start : part.end].strip()
        told = str(sorted(right)[0])
        yield found_in(spoken.passage, part.start, found, right=told).told("rows")


def _number(part: Part) -> int:
    return part.whole if part.how == "whole" else part.number


def _tells_states(report: Report) -> bool:
    """Whether some table tells how far the measures are, and so holds those that were done."""
    heads = (head for table in report.tables for head in heads_of(table))
    return any(said("done_head").fullmatch(head) for head in heads)


def _right(report: Report, spoken: Spoken, part: Part) -> set[int]:
    """Return the numbers that may be right, none where it is not told of a plan."""
    text = spoken.text
    clause = text[clause_start(text, part.start) : part.end + AROUND]
    before, behind = text[max(0, part.start - AROUND) : part.start], text[part.end :][:AROUND]
    tables = list(plans(report).values())
    is_owned = pattern("owned").search(clause)
    of_others = pattern("owned_by_some").match(text, part.end)
    if part.kind == "office":
        counts = {len({owner for _, owner, _ in rows if owner}) for rows in tables}
        is_of_plan = part.how == "all" or pattern("of_plan").search(text)
        return counts if is_owned and is_of_plan else set()
    is_measure = part.kind == "measure" or (
        part.kind == "any" and is_owned and pattern("measure_before").search(clause)
    )
    is_done = pattern("measures_done").match(text[part.end :])
    is_listed = is_done and any(_number(part) in _counts_of(each) for each in report.tables)
    is_listed = is_listed or (is_done is not None and not report.once(_tells_states))
    if not is_measure or is_listed or pattern("measures_apart").match(behind):
        return set()
    right_before = _owner_right_before(report, before)
    own = text[clause_start(text, part.start) : part.end] if of_others else clause
    owners = [right_before] if right_before else owners_named(report, own)
    if not right_before and pattern("gathers").search(before):
        owners = []
    if owners and (is_owned or right_before):
        return {
            sum(any(bare(each) in bare(owner) for each in some) for _, owner, _ in rows)
            for rows in tables
            for some in (owners, *([each] for each in owners))
        }
    if part.kind == "measure" and (of_one := _of_indicator_named(report, spoken, part)):
        return of_one
    is_plan = max(map(len, tables), default=0) >= FEWEST
    is_all = part.kind == "measure" and part.how == "all" and is_plan
    of_some = _of_some(report) if is_all else set()
    is_total = (
        part.how == "whole"
        or (is_all and not _is_told_elsewhere(report, spoken, part))
        or (part.how == "all" and pattern("measure_right_before").search(before))
        or pattern("plan_total_before").search(before)
        or pattern("plan_told_behind").match(behind)
    )
    is_past = any(year <= report.year for year in years_in(text))
    is_past = is_past or bool(said("last_year").search(text, 0, part.start))
    if not is_total or is_past or owners:
        return set()
    sizes = [len(rows) for rows in tables]
    return {*of_some, *sizes, sum(sizes), *(len({name for name, _, _ in rows}) for rows in tables)}


def _of_some(report: Report) -> set[int]:
    """Return how many measures answer each indicator, and how many each owner has."""
    plan = report.claims.plan
    codes = Counter((row.spot.table, code) for row in plan for code in row.codes)
    owners = Counter((row.spot.table, bare(row.owner)) for row in plan if row.owner)
    return {*codes.values(), *owners.values()}


def _of_indicator_named(report: Report, spoken: Spoken, part: Part) -> set[int]:
    """Return how many measures of each plan answer the indicator said to have some."""
    last = spoken.last_named(part.start)
    if not last or not pattern("has_measures").fullmatch(spoken.text, last.end, part.start):
        return set()
    tables = {each.spot.table for each in report.claims.plan if last.code in each.codes}
    return {
        sum(last.code in e.codes for e in report.claims.plan if e.spot.table == table)
        for table in tables
    }


def _is_told_elsewhere(report: Report, spoken: Spoken, part: Part) -> bool:
    """Whether as many measures are told of in another place, which may be those that are meant."""
    return any(
        other.kind == "measure" and other.number == part.number and other.how != "all"
        for each in report.once(counted_passages)
        for other in report.once_of(parts_in, each)
        if each is not spoken or other.start < part.start
    )


def _counts_of(table: Table) -> set[int]:
    """Return how many rows of a table are numbered, and how many one of measures has."""
    numbered = sum(bool(row) and row[0].text.strip(" .").isdecimal() for row in table.rows)
    is_of_measures = any(pattern("head_of_measures").match(each.text) for each in table.rows[0])
    return {numbered, len(table.rows) - 1} if is_of_measures else {numbered}


def _owner_right_before(report: Report, before: str) -> str:
    """Return the owner of measures that stands right before a number of them, if one does."""
    text = bare(said("so_many_before").sub("", before))
    owners = [each for each in owners_of_measures(report) if text.endswith(bare(each))]
    return max(owners, key=len, default="")
