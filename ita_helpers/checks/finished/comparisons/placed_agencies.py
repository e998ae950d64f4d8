"""At which places sentences put the offices they name, held against their scores and each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from ita_helpers.checks.finished.names.agencies import agencies_in, scores_of_agencies
from ita_helpers.checks.finished.passages.speaking import Spoken, all_spoken
from ita_helpers.checks.finished.reading import CLOSE, Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score
from ita_helpers.values import value

FAR, FEWEST = 60, 3
"""Characters around a place in which its group or its time may stand; offices compared."""


@value(frozen=True)
class Put:
    """An office put at a place, counted from 1, in a group; an empty one is not told."""

    spoken: Spoken
    start: int
    text: str
    office: str
    place: int
    group: str


def wrong_places_of_agencies(report: Report) -> Iterator[Found]:
    """Yield places of offices that contradict their scores, or what was told of them before."""
    scores = _scores(report)
    told = list(_put(report)) if scores else []
    wrong: set[tuple[int, int]] = set()
    for one, other in combinations(told, 2):
        if one.group != other.group or _agree(one, other, scores):
            continue
        later = other if other.text else one
        if later.text and (id(later.spoken), later.start) not in wrong:
            wrong.add((id(later.spoken), later.start))
            facts = {"right": one.place}
            found = found_in(later.spoken.passage, later.start, later.text, **facts)
            yield found.told("twice")


def wrong_leads(report: Report) -> Iterator[Found]:
    """Yield how far the first office is said to be ahead of the last or the second, and is not."""
    points = sorted(set(_scores(report).values()))
    gaps = [other - one for one, other in combinations(points, 2)]
    for passage, place in report.places(said("lead_of_first"), in_lines=True):
        if len(points) < FEWEST or passage.row:
            continue
        if all(abs(each - Decimal(place["by"])) > CLOSE for each in gaps):
            old = points[0] if place["last"] else points[-2]
            facts = {"old": format_score(old), "new": format_score(points[-1])}
            right = format_score(points[-1] - old)
            yield found_at(passage, place, "by", right=right, **facts)


def _scores(report: Report) -> Mapping[str, Decimal]:
    """Return the score of each office that sentences tell only one of in the report's year."""
    told: dict[str, set[Decimal]] = {}
    for each in scores_of_agencies(report):
        if each.year == report.year:
            told.setdefault(each.office, set()).add(each.number.points)
    return {office: points.pop() for office, points in told.items() if len(points) == 1}


def _agree(one: Put, other: Put, scores: Mapping[str, Decimal]) -> bool:
    if one.office == other.office:
        return one.place == other.place
    first, second = scores.get(one.office), scores.get(other.office)
    if first is None or second is None or first == second:
        return True
    return (first > second) == (one.place < other.place)


def _put(report: Report) -> Iterator[Put]:
    for spoken in all_spoken(report):
        named = [] if spoken.passage.row else agencies_in(report, spoken.text)
        last = 0
        for each in named:
            found = _place_of(spoken, each, last)
            last = found.place if found else 0
            if found and not _is_of_another_time(spoken, found.start):
                yield found


def _place_of(spoken: Spoken, named: Mention, last: int) -> Put | None:
    """Return an office with the place told right before or behind it, or by the order of a list."""
    text = spoken.text
    if place := said("place_before_agency").search(text, max(0, named.start - FAR), named.start):
        number = number_of(place["place"])
        return Put(spoken, place.start("place"), place["place"], named.code, number, "")
    if place := said("place_behind_agency").match(text, named.end):
        group = said("group_of_place").match(text, place.end("place"))
        words = (group["group"] or "").replace(" ", "") if group else ""
        told = place.group().strip()
        start = place.end() - len(place.group().lstrip())
        return Put(spoken, start, told, named.code, number_of(place["place"]), words)
    if said("first_before_agency").search(text, 0, named.start):
        return Put(spoken, named.start, "", named.code, 1, "")
    if last and said("second_before_agency").search(text, 0, named.start):
        return Put(spoken, named.start, "", named.code, last + 1, "")
    return None


def _is_of_another_time(spoken: Spoken, place: int) -> bool:
    """Whether a place is that of another year, or of a group that stands before it."""
    before = spoken.text[max(0, place - FAR) : place]
    year = spoken.report.year
    return bool(said("other_group_before").search(before)) or spoken.year_at(place, year) != year
