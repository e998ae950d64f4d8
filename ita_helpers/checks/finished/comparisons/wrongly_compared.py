"""Differences told of the wrong two: the number is exactly that of one of them and another."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.comparisons.certain import is_of, is_only_wished
from ita_helpers.checks.finished.comparisons.moves import differences, found_of, told_else, way_of
from ita_helpers.checks.finished.comparisons.told import CHANGES, Told, gaps_of
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import kinds
from ita_helpers.checks.finished.passages.gaps import Gap, pairs_of
from ita_helpers.checks.finished.passages.standing import is_slip
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found


def wrong_others(report: Report) -> Iterator[Found]:
    """Yield what something is told to be so far from that is so far from another of its kind."""
    for told in report.once(differences):
        if told.word.lastgroup in CHANGES or len(told.others) != 1 or told.against != "code":
            continue
        last = told.spoken.last_named(told.number.start)
        if not last or last.code != told.others[0] or is_only_wished(told.spoken, told.word):
            continue
        if not said("by_so_much").fullmatch(told.spoken.text, last.end, told.number.start):
            continue
        known = [*gaps_of(report, told), *told_else(report, told)]
        is_near = any(is_slip(told.number.points, abs(each.by)) for each in known)
        if not known or is_near or any(is_of(told.number, each) for each in known):
            continue
        if meant := next(_meant(report, told), None):
            gap, code = meant
            found = told.spoken.text[last.start : last.end]
            yield found_of(told.spoken, last.start, found, gap, right=name_of(report, code)).told(
                "other"
            )


def _meant(report: Report, told: Told) -> Iterator[tuple[Gap, str]]:
    """Yield the differences of what is compared from others that have the number and the way."""
    kind = next((each for each in kinds(report) if told.others[0] in each), ())
    way = way_of(told.word)
    for code in kind:
        for gap in pairs_of(report, told.code, [code], report.year) if code != told.code else ():
            if is_of(told.number, gap) and gap.by * (way or gap.by) > 0:
                yield gap, code
