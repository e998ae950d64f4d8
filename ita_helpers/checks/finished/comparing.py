"""Comparisons and changes in words, against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.moves import wrong_numbers, wrong_ways
from ita_helpers.checks.finished.others import claimed_points, other_side, year_of_words
from ita_helpers.checks.finished.reading import (
    CLOSE,
    SMALL,
    Figure,
    any_of,
    figures,
    pattern,
    said,
    years_in,
)
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.stated import (
    fallen_or_risen,
    wrong_gaps_between,
    wrong_statements,
)
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

NEAR, FAR = 90, 130
"""Characters in which the other figure of a comparison stands before the word, and behind it."""
YEAR_NEAR = 32
"""Characters before a figure in which its year stands."""
CLOSE_BY = 14
"""Characters between points and the words that judge them."""


@dataclass(frozen=True)
class Change:
    """A change told in words: from ``old`` to ``new`` points by ``by``, where they are known.

    Of either there are as many as the report claims for it.
    """

    passage: Passage
    place: re.Match[str]
    old: Sequence[Decimal]
    new: Sequence[Decimal]
    by: Decimal | None

    @property
    def pairs(self) -> list[tuple[Decimal, Decimal]]:
        """The old and the new points as they may be meant."""
        return [(old, new) for old in self.old for new in self.new]

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
        if pattern("counted_changes").match(passage.text, place.end()):
            continue
        yield _read_change(report, passage, place)


def _read_change(report: Report, passage: Passage, place: re.Match[str]) -> Change:
    text = passage.text
    behind = text[place.end() : _end(report, text, place.end())]
    by = pattern("by_points").match(behind)
    told_old, told_new = pattern("from_points").search(behind), pattern("to_points").search(behind)
    before = _before(report, text, place.start())
    new = [Decimal(told_new["points"])] if told_new else _own(report, passage, place, before)
    old: Sequence[Decimal] = [Decimal(told_old["points"])] if told_old else []
    if not old or old[0] <= SMALL:
        old = _old(report, passage, place, behind, before)
    return Change(passage, place, old, new, Decimal(by["points"]) if by else None)


def _own(
    report: Report, passage: Passage, place: re.Match[str], before: Sequence[Figure]
) -> Sequence[Decimal]:
    """Return the points of what has changed: beside the word, or as claimed elsewhere."""
    if before and not _is_earlier(passage, before[-1], report.year):
        return [before[-1].points]
    named = [each.end for each in report.mentions.before(passage.text, place.start())]
    start = named[-1] if named else 0
    told = [e for e in figures(passage.text) if start <= e.start and e.end <= place.start()]
    large = [
        e.points
        for e in told
        if e.points > SMALL
        and not _is_earlier(passage, e, report.year)
        and not any_of("not_a_score").search(passage.text, max(0, e.start - CLOSE_BY), e.start)
    ]
    is_overall = place.start() < FAR and pattern("points_alone").search(passage.text)
    if large or not (named or passage.under or is_overall):
        return large[:1]
    return claimed_points(report, _subject(report, passage, place), report.year)


def _is_earlier(passage: Passage, figure: Figure, year: int) -> bool:
    """Whether a figure is told of a year before this one (B.E.)."""
    near = passage.text[max(0, figure.start - YEAR_NEAR) : figure.start]
    years = years_in(near)
    return years[-1] < year if years else bool(said("last_year").search(near))


def _old(
    report: Report,
    passage: Passage,
    place: re.Match[str],
    behind: str,
    before: Sequence[Figure],
) -> Sequence[Decimal]:
    """Return the points of the year before: beside the word, or as claimed elsewhere."""
    if before and _is_earlier(passage, before[-1], report.year):
        return [before[-1].points]
    years = years_in(passage.text[: place.start()])
    if len(before) == 2 and len(years) == 2 and years[0] < years[1]:
        return [before[0].points]
    is_before = pattern("year_before").search(behind[:40])
    is_overall = not behind.strip(" ") or pattern("points_alone").search(passage.text)
    is_named = bool(pattern("by_points").match(behind)) and passage.year in (0, report.year)
    if not (is_before or is_overall or is_named):
        return []
    year = year_of_words(report, behind[:40]) or report.year - 1
    return claimed_points(report, _subject(report, passage, place), year)


def _subject(report: Report, passage: Passage, place: re.Match[str]) -> str:
    if said("points_of_all").search(passage.text, 0, place.start()):
        return passage.under or OVERALL
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
    told = [e for e in figures(text) if start <= e.start and e.end <= place]
    found = [
        e
        for e in told
        if not any_of("not_a_score").search(text, max(0, e.start - CLOSE_BY), e.start)
    ]
    return [
        each for each in found if each.points > SMALL and not (others and each.start < others[-1])
    ]


def _wrong_way(report: Report) -> Iterator[Found]:
    """Yield changes told the wrong way round."""
    for each in report.once(_all_changes):
        pairs = each.pairs
        if pairs and all(old != new and (new > old) != each.is_up for old, new in pairs):
            facts = dict(zip(("old", "new"), map(format_score, pairs[0]), strict=True))
            yield found_in(each.passage, each.place.start(), each.place.group(), **facts)


def _wrong_difference(report: Report) -> Iterator[Found]:
    """Yield changes whose points are not the difference of the two figures."""
    for each in report.once(_all_changes):
        pairs = each.pairs
        if each.by is None or not pairs:
            continue
        if all(abs(abs(new - old) - each.by) > CLOSE for old, new in pairs):
            old, new = pairs[0]
            facts = {"old": format_score(old), "new": format_score(new)}
            start = each.passage.text.find(str(each.by), each.place.start())
            right = format_score(abs(new - old))
            yield found_in(each.passage, start, format_score(each.by), right=right, **facts)


def _differences(report: Report) -> Iterator[Found]:
    """Yield differences that are none, but for those that a comparison already told."""
    told = {(each.spot, each.found) for each in report.once(_all_compared)}
    for each in all_of(_wrong_difference, wrong_numbers, wrong_gaps_between)(report):
        if (each.spot, each.found) not in told:
            yield each


def _all_compared(report: Report) -> list[Found]:
    return list(_compared(report))


def _compared(report: Report) -> Iterator[Found]:
    """Yield figures said to be above or below another one that they are not."""
    for passage, place in report.find("compared"):
        before = passage.text[max(0, place.start() - 26) : place.start()]
        if not (any_of("is_condition").search(before) or before.endswith("(")):
            yield from _against_other(report, passage, place)


def _against_other(report: Report, passage: Passage, place: re.Match[str]) -> Iterator[Found]:
    behind = passage.text[place.end() : _end(report, passage.text, place.end())]
    subject = _subject(report, passage, place)
    others, by, is_result = other_side(report, subject, behind)
    sides = _this_side(report, passage, place, subject, is_result=is_result)
    pairs = [(one, other) for one in sides for other in others]
    if not pairs or any(one == other for one, other in pairs):
        return
    one, other = pairs[0]
    facts = {"points": format_score(one), "other": format_score(other)}
    if all((one > other) != bool(place["up"]) for one, other in pairs):
        yield found_in(passage, place.start(), place.group(), **facts)
    elif by is not None and all(abs(abs(a - b) - by) > CLOSE for a, b in pairs):
        start = passage.text.find(str(by), place.end())
        right = format_score(abs(one - other))
        found = found_in(passage, start, str(by), right=right, **facts)
        yield found.told("difference")


def _this_side(
    report: Report, passage: Passage, place: re.Match[str], subject: str, *, is_result: bool
) -> list[Decimal]:
    """Return what is compared: the figure before, else the scores claimed of what is named."""
    before = _before(report, passage.text, place.start())
    if before:
        between = passage.text[before[-1].end : place.start()]
        return [] if pattern("of_others").search(between) else [before[-1].points]
    spoken = passage.text[max(0, place.start() - FAR) : place.start()]
    if not is_result or pattern("of_others").search(spoken):
        return []
    return claimed_points(report, subject, report.year)


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
    Rule("ITA511", "error", all_of(_wrong_way, wrong_ways, fallen_or_risen)),
    Rule("ITA512", "error", _differences),
    Rule("ITA513", "error", lambda report: report.once(_all_compared)),
    Rule("ITA514", "error", all_of(_passed, wrong_statements)),
)
