"""Comparisons and changes in words, against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.reading import (
    Figure,
    any_of,
    figures,
    pattern,
    years_in,
)
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, Rule, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

NEAR, FAR = 90, 130
"""Characters in which the other figure of a comparison stands before the word, and behind it."""
YEAR_NEAR = 32
"""Characters before a figure in which its year stands."""
CLOSE_BY = 14
"""Characters between points and the words that judge them."""
SMALL = 25
"""Points: a difference is below this, a score that is compared is above it."""
CLOSE = Decimal("0.011")
"""Points: a difference of two rounded figures may be off by a hundredth."""


@dataclass(frozen=True)
class Change:
    """A change told in words: from ``old`` to ``new`` points by ``by``, where they are known."""

    passage: Passage
    place: re.Match[str]
    old: Decimal | None
    new: Decimal | None
    by: Decimal | None

    @property
    def is_up(self) -> bool:
        """Whether the word says that it rose."""
        return bool(self.place["up"])


def _all_changes(report: Report) -> list[Change]:
    return list(_changes(report))


def _changes(report: Report) -> Iterator[Change]:
    for passage, place in report.find("changed"):
        if any_of("is_wanted").search(passage.text, max(0, place.start() - 25), place.start()):
            continue
        yield _read_change(report, passage, place)


def _read_change(report: Report, passage: Passage, place: re.Match[str]) -> Change:
    text = passage.text
    behind = text[place.end() : _end(report, text, place.end())]
    by = pattern("by_points").match(behind)
    told_old, told_new = pattern("from_points").search(behind), pattern("to_points").search(behind)
    before = _before(report, text, place.start())
    new = Decimal(told_new["points"]) if told_new else _own(report, passage, place, before)
    old = Decimal(told_old["points"]) if told_old else None
    if old is None or old <= SMALL:
        old = _old(report, passage, place, behind, before)
    return Change(passage, place, old, new, Decimal(by["points"]) if by else None)


def _own(
    report: Report, passage: Passage, place: re.Match[str], before: Sequence[Figure]
) -> Decimal | None:
    """Return the points of what has changed: beside the word, or as claimed elsewhere."""
    if before and not _is_earlier(passage, before[-1], report.year):
        return before[-1].points
    named = [each.end for each in report.mentions.before(passage.text, place.start())]
    start = named[-1] if named else 0
    told = [e for e in figures(passage.text) if start <= e.start and e.end <= place.start()]
    large = [
        e.points for e in told if e.points > SMALL and not _is_earlier(passage, e, report.year)
    ]
    is_overall = place.start() < FAR and pattern("points_alone").search(passage.text)
    if large or not (named or passage.under or is_overall):
        return large[0] if large else None
    return report.scores.get((_subject(report, passage, place), report.year))


def _is_earlier(passage: Passage, figure: Figure, year: int) -> bool:
    """Whether a figure is told of a year before this one (B.E.)."""
    near = passage.text[max(0, figure.start - YEAR_NEAR) : figure.start]
    years = years_in(near)
    return bool(years) and years[-1] < year


def _old(
    report: Report,
    passage: Passage,
    place: re.Match[str],
    behind: str,
    before: Sequence[Figure],
) -> Decimal | None:
    """Return the points of the year before: beside the word, or as claimed elsewhere."""
    if before and _is_earlier(passage, before[-1], report.year):
        return before[-1].points
    years = years_in(passage.text[: place.start()])
    if len(before) == 2 and len(years) == 2 and years[0] < years[1]:
        return before[0].points
    is_before = pattern("year_before").search(behind[:40])
    is_overall = not behind.strip(" ") or pattern("points_alone").search(passage.text)
    if not (is_before or is_overall):
        return None
    return report.scores.get((_subject(report, passage, place), report.year - 1))


def _subject(report: Report, passage: Passage, place: re.Match[str]) -> str:
    return report.subject_before(passage.text, place.start(), passage.under) or OVERALL


def _end(report: Report, text: str, start: int) -> int:
    """Return where what belongs to a comparison ends: at the next one, or at another name."""
    ends = [start + FAR, len(text)]
    for each in pattern("compared_or_changed").finditer(text, start):
        ends.append(each.start())
        break
    named = [each.start for each in report.mentions(text) if each.start > start + 1]
    return min(ends + [place for place in named[:1] if not _is_joined(text, start, place)])


def _is_joined(text: str, start: int, place: int) -> bool:
    """Whether a name behind a comparison is its other side, and not what is spoken of next."""
    return place - start < 40 and not figures(text[start:place])


def _before(report: Report, text: str, place: int) -> list[Figure]:
    """Return the scores that belong to the subject before a comparison."""
    named = [each.end for each in report.mentions.before(text, place)]
    start = max(named[-1] if named else 0, place - NEAR)
    others = [e.end() for e in pattern("compared_or_changed").finditer(text, start, place)]
    found = [e for e in figures(text) if start <= e.start and e.end <= place]
    return [
        each for each in found if each.points > SMALL and not (others and each.start < others[-1])
    ]


def _wrong_way(report: Report) -> Iterator[Found]:
    """Yield changes told the wrong way round."""
    for each in report.once(_all_changes):
        if each.old is None or each.new is None or each.old == each.new:
            continue
        if (each.new > each.old) != each.is_up:
            facts = {"old": format_score(each.old), "new": format_score(each.new)}
            yield found_in(each.passage, each.place.start(), each.place.group(), **facts)


def _wrong_difference(report: Report) -> Iterator[Found]:
    """Yield changes whose points are not the difference of the two figures."""
    for each in report.once(_all_changes):
        if each.old is None or each.new is None or each.by is None:
            continue
        right = abs(each.new - each.old)
        if abs(right - each.by) > CLOSE:
            found = format_score(each.by)
            facts = {"old": format_score(each.old), "new": format_score(each.new)}
            start = each.passage.text.find(str(each.by), each.place.start())
            yield found_in(each.passage, start, found, right=format_score(right), **facts)


def _compared(report: Report) -> Iterator[Found]:
    """Yield figures said to be above or below another one that they are not."""
    for passage in report.passages:
        text = passage.text
        for place in pattern("compared").finditer(text):
            if any_of("is_condition").search(text, max(0, place.start() - 18), place.start()):
                continue
            before = _before(report, text, place.start())
            if before and text[place.start() - 1] != "(":
                yield from _against_other(report, passage, place, before[-1].points)


def _against_other(
    report: Report, passage: Passage, place: re.Match[str], points: Decimal
) -> Iterator[Found]:
    behind = passage.text[place.end() : _end(report, passage.text, place.end())]
    target = pattern("target_and_difference").match(behind)
    other, by = _target(report, target) if target else _other(report, behind)
    if other is None or other == points:
        return
    facts = {"points": format_score(points), "other": format_score(other)}
    if (points > other) != bool(place["up"]):
        yield found_in(passage, place.start(), place.group(), **facts)
    elif by is not None and abs(abs(points - other) - by) > CLOSE:
        right = format_score(abs(points - other))
        yield found_in(passage, place.start(), place.group(), right=right, **facts).told(
            "difference"
        )


def _target(report: Report, found: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Return the target behind a comparison, or the year's, and the difference if it is told."""
    usual = Decimal(str(report.rules.target.overall)) if report.rules else None
    first, second = (Decimal(each) if each else None for each in found.group("first", "second"))
    is_target = first == usual or "(" in found.group()
    if first is not None and not is_target:
        return usual, first
    return first or usual, second


def _other(report: Report, behind: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the other side of a comparison and the difference, where they are known."""
    listed = [each.points for each in figures(behind)]
    large = [each for each in listed if each > SMALL]
    if large:
        return large[0], next((each for each in listed if each <= SMALL), None)
    named = [each for each in report.mentions(behind) if each.start < SMALL]
    return (report.scores.get((named[0].code, report.year)) if named and not listed else None), None


def _passed(report: Report) -> Iterator[Found]:
    """Yield points said to reach the target that do not, or the contrary."""
    target = Decimal(str(report.rules.target.overall)) if report.rules else None
    for passage in report.passages if target else ():
        for place in pattern("target_reached").finditer(passage.text):
            before = [e for e in figures(passage.text) if e.end <= place.start()]
            near = [
                e.points for e in before if place.start() - e.end < CLOSE_BY and e.points > SMALL
            ]
            if near and target and (near[-1] >= target) == bool(place["not"]):
                facts = {"points": format_score(near[-1]), "target": format_score(target)}
                yield found_in(passage, place.start(), place.group(), **facts)


RULES = (
    Rule("ITA511", "error", _wrong_way),
    Rule("ITA512", "error", _wrong_difference),
    Rule("ITA513", "error", _compared),
    Rule("ITA514", "error", _passed),
)
