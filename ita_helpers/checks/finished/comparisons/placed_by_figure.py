"""What is placed in an order by the figure beside its place, or as the only thing told of so far.

A figure says by itself whose it is and what is compared: the points of a year, or a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.comparisons.order_reading import (
    Placed,
    Scope,
    is_of_others,
    is_told,
    place_meant,
    scope_told,
)
from ita_helpers.checks.finished.passages.contests import Points, changes, kinds, offices
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, names_another, places
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import Report

LONGEST, FAR = 60, 150
"""Characters between a figure and the word for a place at most; between a name and the word."""
Told = tuple[Placed, Sequence[Points]]


@dataclass(frozen=True)
class _End:
    """A word for the highest or the lowest in its sentence, with the words for its scope."""

    report: Report
    spoken: Spoken
    word: re.Match[str]
    scope: Scope

    @property
    def is_scoped(self) -> bool:
        """Whether it is told among what the place is."""
        return bool(self.scope.among)

    @property
    def end(self) -> int:
        """Where the words end that tell the place and among what it is."""
        return max(self.word.end(), self.scope.end)

    @property
    def is_told(self) -> bool:
        """Whether the place is told of this year's result, whatever was once or would be."""
        is_now = said("this_year_instead").search(self.spoken.text, 0, self.word.start())
        return bool(is_now) or is_told(self.spoken, self.word)

    def placed(self, code: str, measures: Mapping[str, Points]) -> Told:
        """Return what has a code as it is placed, with all it may be one of."""
        kind = next((each for each in kinds(self.report) if code in each), ())
        named = (Mention(self.word.start(), self.word.start(), code),)
        place = place_meant(self.spoken.text, ("top", self.word), 1)
        one = Placed(self.spoken, "top", self.word, named, place, tuple(measures), self.scope)
        known = [{e: scores[e] for e in kind if e in scores} for scores in measures.values()]
        return one, [each for each in known if code in each]


def placed_by_figure(report: Report) -> list[Told]:
    """Return what is placed by a figure or alone, with what it is compared with."""
    return report.once(_placed) if report.rules else []


def _placed(report: Report) -> list[Told]:
    found = []
    for end in _ends(report):
        told = _had_once(end) or _by_figure(end) or _as_the_only_one(end)
        if told and told[1] and not names_another(end.spoken, end.word.start()):
            found.append(told)
    return found


def _ends(report: Report) -> Iterator[_End]:
    for spoken, word in places(report, "top"):
        if not said("end_word").fullmatch(word.group()):
            continue
        scope = scope_told(report, spoken, word)
        of_group = said("of_the_group").match(spoken.text, word.end())
        of_group = None if offices(report) else of_group
        if of_group and not scope.among:
            scope = Scope("own", 0, of_group.end())
        if scope.among == "offices":
            continue
        if not scope.among.isupper() and not of_group and is_of_others(spoken, "top", word):
            continue
        yield _End(report, spoken, word, scope)


def _had_once(end: _End) -> Told | None:
    """Return what is told to have had a place in another year."""
    spoken, report = end.spoken, end.report
    year = said("when_it_was").match(spoken.text, end.end)
    named = spoken.last_named(end.word.start())
    had = said("once_was").search(spoken.text, 0, end.word.start())
    if not had or not year or not named or had.start() - named.end > LONGEST:
        return None
    old = int(year["year"]) if year["year"] else report.year - 1
    return end.placed(named.code, {"points": report.points(old)})


def _by_figure(end: _End) -> Told | None:
    """Return what has the figure before a word for a place, or behind it."""
    if not end.spoken.numbers:
        return None
    is_closed = end.is_scoped or said("place_ends").match(end.spoken.text, end.word.end())
    told = (_before(end) if is_closed else None) or _behind(end)
    code = _whose(end, *told) if told else ""
    if not told or not code or not end.is_told or _is_of_other_time(end):
        return None
    return end.placed(code, {told[1]: told[2]})


def _is_of_other_time(end: _End) -> bool:
    """Whether something is named behind a word that has the place, or a time of which it is."""
    text, word = end.spoken.text, end.word
    if said("is_its_figure").match(text, word.end()):
        return False
    key, place = ("has_it_behind", end.end) if end.is_scoped else ("that_is_follows", word.end())
    is_named = said(key).match(text, place)
    return bool(is_named or any(said(e).match(text, end.end) for e in ("over_a_time", "of_a_time")))


def _before(end: _End) -> tuple[Number, str, Points] | None:
    """Return the figure before a word for a place, what it is placed by, and all of these."""
    report, spoken, word = end.report, end.spoken, end.word
    before = [each for each in spoken.numbers if each.end <= word.start()]
    if not before or word.start() - before[-1].end > LONGEST:
        return None
    number = before[-1]
    between = said("figure_to_place").fullmatch(spoken.text, number.end, word.start())
    if not between:
        return None
    way = "rise" if between["up"] else "fall" if between["down"] else ""
    told = said("moved_before").search(spoken.text, 0, number.start)
    if told or number.points <= SMALL:
        way = ("fall" if told["down"] else "rise") if told else ""
        is_by = said("by_so_much_most").fullmatch(word.group())
        is_change = way and is_by and not between["points"]
        return (number, way, _moved(report, way)) if is_change else None
    year = report.year if between["still"] else _year(report, spoken, number)
    return number, way or "points", _moved(report, way) if way else report.points(year)


def _behind(end: _End) -> tuple[Number, str, Points] | None:
    """Return the figure right behind a place in the order of changes, or in that of points."""
    spoken, word = end.spoken, end.word
    told = said("changed_right_before").search(spoken.text, 0, word.start())
    number = next((each for each in spoken.numbers if each.start >= end.end), None)
    if not number or not said("by_this").fullmatch(spoken.text, end.end, number.start):
        return None
    if number.points > SMALL:
        is_own = end.is_scoped and said("has_right_before").search(spoken.text, 0, word.start())
        return (number, "points", end.report.points()) if is_own else None
    way = ("fall" if told["down"] else "rise") if told else ""
    return (number, way, _moved(end.report, way)) if way else None


def _moved(report: Report, way: str) -> dict[str, Decimal]:
    sign = -1 if way == "fall" else 1
    return {code: sign * by for code, by in changes(report).items()}


def _year(report: Report, spoken: Spoken, number: Number) -> int:
    """Return the year (B.E.) in which what is named last before its points had these."""
    named = spoken.last_named(number.start)
    told = named.code if named else spoken.passage.under
    years = [y for (code, y), e in report.scores.items() if (code, e) == (told, number.points)]
    return years[0] if len(years) == 1 else report.year


def _whose(end: _End, number: Number, measure: str, scores: Points) -> str:
    """Return of what a figure is: of what is named last or stands above, else the only one."""
    report, spoken = end.report, end.spoken
    known = [] if measure == "points" else [scores]
    if number.points > SMALL:
        known += [report.points(), report.points(report.year - 1)]
    fits = [code for code in scores if any(e.get(code) == number.points for e in known)]
    named = spoken.last_named(min(number.start, end.word.start()))
    if code := named.code if named else spoken.passage.under:
        return code if code in fits else ""
    return fits[0] if len(fits) == 1 else ""


def _as_the_only_one(end: _End) -> Told | None:
    """Return what a sentence tells of up to its place among what it is one of."""
    report, spoken, word = end.report, end.spoken, end.word
    before = [each for each in spoken.named_before(word.start()) if not spoken.is_aside(each)]
    if not end.is_scoped or not before or not before[-1].code.isdigit():
        return None
    start, code = before[-1].end, before[-1].code
    is_first = said("begins_a_clause").search(spoken.text, 0, before[-1].start)
    is_other = said("tells_of_other").search(spoken.text, start, word.start())
    is_far = word.start() - start > FAR
    if not is_first or is_other or is_far or not end.is_told or _is_of_other_time(end):
        return None
    if told := said("changed_right_before").search(spoken.text, 0, word.start()):
        way = "fall" if told["down"] else "rise"
        return end.placed(code, {way: _moved(report, way)})
    if said("by_so_much_most").fullmatch(word.group()):
        is_own = said("has_right_before").search(spoken.text, start, word.start())
        return end.placed(code, {"points": report.points()}) if is_own else None
    measures: dict[str, Points] = {"points": report.points()}
    if moved := said("moved_by_before").search(spoken.text, start, word.start()):
        way = "fall" if moved["down"] else "rise"
        measures[way] = _moved(report, way)
    return end.placed(code, measures)
