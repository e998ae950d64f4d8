"""Names of other offices, and of other places, in a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.names.assessors import wrong_assessors
from ita_helpers.checks.finished.names.bodies import (
    kinds_of_others,
    misspelt_own,
    shortened_ministries,
    wrong_kinds,
    wrong_ministries,
)
from ita_helpers.checks.finished.names.central import others_of_kind
from ita_helpers.checks.finished.names.posts import other_posts, taken_over
from ita_helpers.checks.finished.names.provinces import districts_elsewhere, letters_of_others
from ita_helpers.checks.finished.passages.speaking import numbers_in
from ita_helpers.checks.finished.passages.standing import explained, is_swap
from ita_helpers.checks.finished.reading import SMALL, any_of, bare, pattern, said, words
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import (
    Found,
    Rule,
    all_of,
    found_at,
    found_in,
    once_each,
)
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.whose import CUT
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import full_type, place_of, short_name_of, type_of

NEAR = 45
"""Characters before the name of an office in which words say why it is named."""
LONGEST = 16
"""Letters of a place's name: a longer run is a sentence."""
SURE = 6
"""Letters after which a word that no name begins with ends one."""
REACH = 75
"""Characters behind the name of an office in which stands what it has got."""
SEVERAL = 3
"""A table that names so many offices is a list of them."""


def _others(report: Report) -> Iterator[Found]:
    """Yield names of other offices, each once."""
    own = report.once(own_names)
    if not own:
        return
    lists = _tables_of_offices(report)
    listed = {place.group() for passage, place in report.find("office") if _table(passage) in lists}
    told = [
        (passage, start, name)
        for passage in report.passages
        if _table(passage) not in lists
        for start, name in _found_in(report, passage, own)
    ]
    known = {bare(name) for name in listed}
    named = [each for each in told if not _may_be_named(each[0].text, *each[1:], own[0])]
    as_own = [each for each in named if _is_taken_for_own(report, *each)]
    others = [e for e in named if bare(e[2]) not in known and not _is_scored_anywhere(report, e[2])]
    yield from once_each(
        found_in(passage, start, name, own=own[0]) for passage, start, name in others
    )
    for passage, start, name in as_own:
        if (passage, start, name) not in others:
            yield found_in(passage, start, name, own=own[0])


def _is_taken_for_own(report: Report, passage: Passage, start: int, name: str) -> bool:
    """Whether something is done as the office's own that is put to another one by name."""
    is_own = said("office_as_own").search(passage.text, 0, start)
    return bool(is_own) and not _has_a_score(report, passage.text, start + len(name))


def _is_scored_anywhere(report: Report, name: str) -> bool:
    """Whether a name stands with a score of its own somewhere in the report."""
    found = ((each.text, each.text.find(name)) for each in report.whole.things)
    return any(at >= 0 and _has_a_score(report, text, at + len(name)) for text, at in found)


def _table(passage: Passage) -> int:
    """Return the number of the table that a passage is a cell of, 0 for none."""
    return passage.spot.table if passage.row else 0


def _may_be_named(text: str, start: int, name: str, own: str) -> bool:
    """Whether words around the name of an office say why it is named: a partner, an example."""
    end = start + len(name)
    before = text[max(0, start - NEAR) : start]
    if said("office_comes").match(text, end):
        return True
    if said("office_owned").search(before):
        return False
    if type_of(name) == type_of(own) and said("office_belonging").search(before):
        return False
    is_above = name.startswith(words("above")) and not own.startswith(words("above"))
    if is_above and not said("office_acts").match(text, end):
        return True
    kind = next((each for each in words("overseers") if own.startswith(each)), "")
    if kind and kind not in name:
        return True
    return bool(said("office_may").search(before))


def _has_a_score(report: Report, text: str, end: int) -> bool:
    """Whether what is told behind the name of an office is told of it alone.

    That is a score that is none of the report's, or a comparison with the report's own office.
    """
    following = pattern("office").search(text, end)
    behind = text[end : min(end + REACH, following.start() if following else len(text))]
    if said("beside_own").search(text, end, end + REACH):
        return True
    whole = said("whole_score").match(behind)
    if whole and int(whole["points"]) not in {int(each) for each in explained(report)}:
        return True
    place = next((e for e in numbers_in(behind) if e.points > SMALL), None)
    is_wished = place and said("aim_ahead").search(behind, 0, place.start)
    return bool(place and not is_wished and not _may_be_own(report, place.points))


def _may_be_own(report: Report, points: Decimal) -> bool:
    """Whether points behind a name may be the report's own, told or with a digit at fault."""
    own = report.scores.get((OVERALL, report.year))
    return points in explained(report) or (own is not None and is_swap(points, own))


def own_names(report: Report) -> tuple[str, ...]:
    """Return the names of the report's office: whole, without what is in brackets, and short."""
    name = report.office.name if report.office else report.claims.office
    if not name:
        return ()
    full = to_arabic(name)
    names = [full, short_name_of(full), re.sub(r"\s*\(.*\)$", "", full)]
    names.append(short_name_of(names[-1]))
    names += [each.removeprefix(words("office_of")[0]) for each in names[:1]]
    names += [each.rstrip(CUT) for each in names if each.endswith(CUT)]
    names += [report.office.short_name if report.office else "", *_abbreviated(report, names[2])]
    return tuple(dict.fromkeys(each for each in names if each))


def _abbreviated(report: Report, name: str) -> set[str]:
    """Return what stands in brackets right behind the office's name: how it is called for short."""
    named = ((text, at + len(name)) for text, at in report.places_of(name))
    found = (said("abbreviated").match(text, end) for text, end in named)
    return {place["short"] for place in found if place}


def _found_in(report: Report, passage: Passage, own: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    text = passage.text
    known = dict(report.offices.find(text, (*own, *report.groups)))
    for start, name in known.items():
        if not any(bare(text[start:]).startswith(bare(each)) for each in own):
            yield start, name
    office = pattern("office")
    for place in office.finditer(text) if report.may_hold(passage, office) else ():
        told = _as_office(place.group())
        if place.start() in known or _is_own(text[place.start() :], own) or _is_own(told, own):
            continue
        if name := _place_in(place["name"], own):
            yield place.start(), place["kind"] + name
        elif _is_other_kind(place, own):
            yield place.start(), place["kind"] + place_of(own[0])
    if not type_of(own[0]):
        yield from others_of_kind(text, own, is_line=not passage.row)


def _as_office(written: str) -> str:
    """Return the name of an office for that of its head."""
    head, office = words("head_and_office")
    return written.replace(head, office)


def _is_other_kind(place: re.Match[str], own: tuple[str, ...]) -> bool:
    """Whether a name is that of the office's place with another kind of office before it."""
    kind, mine = full_type(place["kind"]), type_of(own[0])
    return bool(mine and kind != mine and place["name"].startswith(place_of(own[0])))


def _is_own(text: str, own: tuple[str, ...]) -> bool:
    return any(bare(text).startswith(bare(each)) for each in own)


def _place_in(run: str, own: tuple[str, ...]) -> str:
    """Return the name of a place at the start of a run of letters, nothing if it is none."""
    if not run or run.startswith(words("no_place")) or said("begins_no_name").match(run):
        return ""
    found = (any_of("ends_of_places").search(run, 2), said("central_ends").search(run, 2))
    ends = [each.start() for each in (*found, any_of("no_place").search(run, SURE)) if each]
    name = run[: min(ends, default=None)]
    return name if len(name) <= LONGEST and name != place_of(own[0]) else ""


def _tables_of_offices(report: Report) -> frozenset[int]:
    named: dict[int, set[str]] = {}
    for passage, place in report.find("office"):
        if passage.row:
            named.setdefault(passage.spot.table, set()).add(place.group())
    return frozenset(table for table, names in named.items() if len(names) >= SEVERAL)


def _places(report: Report) -> Iterator[Found]:
    """Yield the district or the province of the office where it is another one than elsewhere."""
    own = report.once(own_names)
    if not own or not type_of(own[0]):
        return
    for kind in ("district", "province"):
        named = list(_named_places(report, own, kind))
        counts = Counter(name for _, _, name in named)
        right = getattr(report.office, kind, "") or (counts.most_common(1)[0][0] if counts else "")
        for passage, start, name in named:
            if name != right and right:
                yield found_in(passage, start, name, right=right, kind=kind)
        for passage, place in report.places(said("of_province")) if kind == "province" else ():
            name = _place_in(place["name"], own) if right else ""
            if name and not (place["name"].startswith(right) or right.startswith(name)):
                yield found_in(passage, place.start("name"), name, right=right, kind=kind)


def _named_places(
    report: Report, own: tuple[str, ...], kind: str
) -> Iterator[tuple[Passage, int, str]]:
    for passage, place in report.find("place_behind"):
        if place[kind] and _is_own(passage.text[place.start() :], own):
            yield passage, place.start(kind), place[kind].strip()


def _other_types(report: Report) -> Iterator[Found]:
    """Yield another type of office than the one of the report."""
    own = type_of((report.once(own_names) or ("",))[0])
    for passage, place in report.places(said("office_type")) if own else ():
        if place["type"] != own:
            yield found_at(passage, place, "type", own=own).told("type")


def _owners_of_other_types(report: Report) -> Iterator[Found]:
    """Yield another type of office, without a name, that is to do a measure of the plan."""
    own = type_of((report.once(own_names) or ("",))[0])
    for row in report.claims.plan if own else ():
        owner = row.owner.strip()
        if owner == type_of(owner) and not own.startswith(owner):
            yield Found(row.spot, owner, owner, {"own": own}, "type")


RULES = (
    Rule(
        "ITA601",
        "error",
        all_of(
            _others,
            wrong_assessors,
            _other_types,
            _owners_of_other_types,
            wrong_kinds,
            kinds_of_others,
            wrong_ministries,
            shortened_ministries,
            other_posts,
            taken_over,
            misspelt_own,
        ),
    ),
    Rule("ITA602", "error", all_of(_places, districts_elsewhere, letters_of_others)),
)
