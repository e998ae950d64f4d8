"""Tables that count people or things by groups, and what sentences tell of their rows.

The largest and the smallest group, what groups are together, and how far two are apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from ita_helpers.checks.finished.passages.side_by_side import is_misprint
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.sums.arithmetic import number_in, off_by
from ita_helpers.documents.document import Table
from ita_helpers.language.begun import compiled
from ita_helpers.language.points import format_score
from ita_helpers.values import value

SHORT, LONG, MOST = 5, 60, 40
"""Letters of a label, and labels that are looked for in a report."""
FEWEST, FULL = 2, 100
BEFORE, BEHIND = 40, 60
"""Characters before a word for the most in which its measure stands, and behind it its group."""


@value(frozen=True)
class Tally:
    """Rows down to a total: how many each label has, and all, 0 if no total stands below.

    They are ``of`` the instrument that the row of the total names, if it does.
    """

    counts: dict[str, int]
    total: int
    of: str = ""


@value(frozen=True)
class Named:
    """A label in a sentence."""

    start: int
    end: int
    label: str


def tallies(report: Report) -> tuple[Tally, ...]:
    """Return the counts of the tables of a report."""
    return report.once(_tallies)


def _tallies(report: Report) -> tuple[Tally, ...]:
    found = (each for table in report.tables for each in _of_table(report, table))
    return tuple(each for each in found if len(each.counts) >= FEWEST)


def _of_table(report: Report, table: Table) -> Iterator[Tally]:
    heads = heads_of(table)
    columns = [at for at, head in enumerate(heads) if at and said("people_head").search(head)]
    if len(columns) != 1:
        return
    column, counts = columns[0], dict[str, int]()
    for row in table.rows[1:]:
        number = number_in(row[column]) if len(row) > column else None
        if number is None or number != int(number):
            continue
        labels = [squeezed(cell.text) for cell in row[:column]]
        if any(said("total_row").match(each) for each in labels):
            codes = {each.code for text in labels for each in report.mentions(text)}
            yield Tally(counts, int(number), min(codes, default=""))
            counts = {}
        elif label := _label(report, labels):
            counts[label] = int(number)
    yield Tally(counts, 0)


def _label(report: Report, texts: Sequence[str]) -> str:
    """Return the words that say which group a row counts, not the instrument it answers."""
    bare = [re.sub(r"^[\d.)(\s-]+", "", each) for each in texts]
    kept = [each for each in bare if SHORT <= len(each) <= LONG and not report.mentions(each)]
    return kept[-1] if kept else ""


def wrong_extremes(report: Report) -> Iterator[Found]:
    """Yield groups that are said to be the largest or the smallest of a table, and are not."""
    for passage, place in report.places(said("most_of_group")) if tallies(report) else ():
        text, is_high = passage.text, bool(place["high"])
        if passage.row or said("of_scores").search(text[max(0, place.start() - BEFORE) :][:BEFORE]):
            continue
        named = _beside(report, passage, place)
        of = [each.counts for each in tallies(report) if named and named.label in each.counts]
        ends = [max(e.values()) if is_high else min(e.values()) for e in of]
        if named and of and all(e[named.label] != end for e, end in zip(of, ends, strict=True)):
            first, last = min(named.start, place.start()), max(named.end, place.end())
            right = [label for label, count in of[0].items() if count == ends[0]]
            yield found_in(passage, first, text[first:last], right=right).told("extreme")


def _beside(report: Report, passage: Passage, place: re.Match[str]) -> Named | None:
    """Return the group that a word for the most is told of."""
    text, named = passage.text, named_groups(report, passage)
    for each in named:
        if 0 <= each.start - place.end() < BEHIND and said("group_follows").fullmatch(
            text, place.end(), each.start
        ):
            return each
    before = [each for each in named if each.end <= place.start()]
    if before and said("group_before_most").fullmatch(text, before[-1].end, place.start()):
        return before[-1]
    return None


def named_groups(report: Report, passage: Passage) -> list[Named]:
    """Return the groups of the report's tables that a passage names, each where it stands."""
    known = report.once(_labels)
    found = known.finditer(passage.text) if known else ()
    return [Named(each.start(), each.end(), each.group()) for each in found]


def _labels(report: Report) -> re.Pattern[str] | None:
    labels = sorted({label for each in tallies(report) for label in each.counts}, key=len)[:MOST]
    return compiled("|".join(map(re.escape, reversed(labels)))) if labels else None


def wrong_together(report: Report) -> Iterator[Found]:
    """Yield what groups are said to be together, and are not, and their share of all."""
    if not tallies(report):
        return
    for passage, place in report.places(said("groups_together"), in_lines=True):
        named = _joined(report, passage, place.start())
        told = int(place["value"].replace(",", ""))
        for each in tallies(report) if len(named) >= FEWEST else ():
            if not all(label in each.counts for label in named):
                continue
            right = sum(each.counts[label] for label in named)
            if told != right:
                yield found_at(passage, place, "value", right=str(right))
            elif place["share"] and each.total and off_by(_share(right, each), place["share"]):
                right_share = format_score(_share(right, each))
                yield found_at(passage, place, "share", right=right_share)
    yield from _wrong_shares(report)
    for passage, place in report.places(said("both_together"), in_lines=True):
        totals = [each.total for each in tallies(report) if each.total]
        told = int(place["value"].replace(",", ""))
        if len(totals) >= FEWEST and told not in sums_of_totals(report):
            yield found_at(passage, place, "value", right=str(sum(totals[:FEWEST])))


def _wrong_shares(report: Report) -> Iterator[Found]:
    """Yield shares behind a group that are not those of its count in a table with its total."""
    for passage in report.that_may_hold(said("share_of_group"), in_lines=True):
        for named in named_groups(report, passage):
            place = said("share_of_group").match(passage.text, named.end)
            of = [each for each in tallies(report) if named.label in each.counts and each.total]
            if place and of and all(_is_off(e, named.label, place["share"]) for e in of):
                right = format_score(_share(of[0].counts[named.label], of[0]))
                yield found_at(passage, place, "share", right=right)


def _is_off(of: Tally, label: str, printed: str) -> bool:
    every = sum(of.counts.values())
    shares = {_share(of.counts[label], of), Fraction(of.counts[label] * FULL, every)}
    return all(off_by(each, printed) for each in shares)


def wrong_totals_told(report: Report) -> Iterator[Found]:
    """Yield how many are said to have answered an instrument, if a slip makes it of its total."""
    totals = {each.of: each.total for each in tallies(report) if each.of}
    for passage, place in report.places(said("answered_by"), in_lines=True) if totals else ():
        total, told = totals.get(place["code"], 0), int(place["value"].replace(",", ""))
        known = {count for each in tallies(report) for count in (*each.counts.values(), each.total)}
        if total and told not in known and is_misprint(Decimal(told), Decimal(total)):
            yield found_at(passage, place, "value", right=str(total)).told("twice")


def sums_of_totals(report: Report) -> set[int]:
    """Return the totals of tables that count groups, and what two or all of them are together."""
    totals = [each.total for each in tallies(report) if each.total]
    pairs = {one + other for one, other in combinations(totals, FEWEST)}
    return {*totals, *pairs, sum(totals)}


def _share(part: int, of: Tally) -> Fraction:
    return Fraction(part * FULL, of.total)


def _joined(report: Report, passage: Passage, place: int) -> list[str]:
    """Return the groups that are named in one list right before a place."""
    before = [each for each in named_groups(report, passage) if each.end <= place]
    kept: list[Named] = []
    for each in reversed(before):
        end = kept[0].start if kept else place
        between = "joins" if kept else "before_together"
        if not said(between).fullmatch(passage.text, each.end, end):
            break
        kept.insert(0, each)
    return [each.label for each in kept]


def wrong_gaps_of_groups(report: Report) -> Iterator[Found]:
    """Yield by how many one group is said to be more than another, if it is not so."""
    for passage, place in report.places(said("more_by"), in_lines=True) if tallies(report) else ():
        named = named_groups(report, passage)
        one = [e for e in named if e.end <= place.start()][-1:]
        other = [e for e in named if place.start() <= e.start and e.end <= place.end()][-1:]
        for each in tallies(report) if one and other else ():
            labels = one[0].label, other[0].label
            is_beside = said("group_before_most").fullmatch(passage.text, one[0].end, place.start())
            if not is_beside or not all(label in each.counts for label in labels):
                continue
            by = each.counts[labels[0]] - each.counts[labels[1]]
            if abs(by) != int(place["value"].replace(",", "")):
                found = passage.text[place.start() : place.end()]
                yield found_in(passage, place.start(), found, right=str(abs(by))).told("apart")
