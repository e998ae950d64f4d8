"""Whether what is named together belongs together: instruments, indicators, items, who answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.passages.signs import Sign, home_of, side_of, sign, signs_of
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator, SubIndicator

FAR = 70
"""Characters from what is answered to those who are said to answer it."""


@dataclass(frozen=True)
class Group:
    """Indicators or items that are named in one list."""

    start: int
    end: int
    codes: tuple[str, ...]


def members_of_others(report: Report) -> Iterator[Found]:
    """Yield indicators and items that are said to be of an instrument and are of another one."""
    rules = report.rules
    for passage, signs in signs_of(report) if rules else ():
        kinds = {each.kind for each in signs}
        if rules and "instrument" in kinds and len(kinds) > 1:
            for each in _groups(passage.text, signs):
                yield from _member(rules, passage, signs, each)


def _groups(text: str, signs: Sequence[Sign]) -> list[Group]:
    """Return the lists that a text names; a number and its name are one entry."""
    found: list[Group] = []
    for each in signs:
        if each.kind == "instrument":
            continue
        last = found[-1] if found else None
        if last and sign("listed").fullmatch(text, last.end, each.start):
            found[-1] = Group(last.start, each.end, (*last.codes, *each.codes))
        else:
            found.append(Group(each.start, each.end, each.codes))
    return found


def _member(
    rules: Framework, passage: Passage, signs: Sequence[Sign], group: Group
) -> Iterator[Found]:
    text, homes = passage.text, {code: home_of(rules, code) for code in group.codes}
    instruments = [each for each in signs if each.kind == "instrument"]
    ahead = next((e for e in reversed(instruments) if e.end <= group.start), None)
    is_ahead = ahead and _holds(text[ahead.end : group.start], ahead, homes)
    told = next((each for each in instruments if each.start >= group.end), None)
    if told and said("next_clause").match(text, told.end):
        told = None
    is_own = is_ahead and ahead and {ahead.codes[0][:3]} == {*homes.values()}
    if is_own or not (told and sign("is_of").fullmatch(text, group.end, told.start)):
        told = ahead if is_ahead else None
    if not told:
        return
    is_whole = told.end <= group.start and sign("holds").fullmatch(text, told.end, group.start)
    if sign("so_many").match(text, told.end) and not is_whole:
        return
    joined = _listed(text, [each for each in instruments if each.start <= told.start])
    home, named = told.codes[0][:3], {each.codes[0][:3] for each in instruments}
    is_of_all = len({*homes.values()}) == len(rules.instruments.list) and {*homes.values()} <= named
    if is_of_all or {*homes.values()} == {each.codes[0][:3] for each in joined}:
        return
    wrong = next((code for code, each in homes.items() if each != home), "")
    if wrong and not sign("no_member").search(text, *_between(text, told, group)):
        indicator = rules.indicator(rules.owners_of_items.get(wrong, wrong)) if wrong else None
        start, end = min(told.start, group.start), max(told.end, group.end)
        facts = {"code": indicator.code, "name": indicator.name} if indicator else {}
        found = text[start:end].strip()
        yield found_in(passage, start, found, **facts, right=homes[wrong])


def _between(text: str, told: Sign, group: Group) -> tuple[int, int]:
    if told.end > group.start:
        return group.end, told.start
    weight = sign("weight_aside").match(text, told.end)
    return (weight.end() if weight else told.end), group.start


def _holds(between: str, told: Sign, homes: dict[str, str]) -> bool:
    """Whether a list behind an instrument is told as its own; of a loose one some must be."""
    if sign("holds").fullmatch(between):
        return True
    is_mixed = len(set(homes.values())) > 1 and told.codes[0][:3] in homes.values()
    return is_mixed and bool(sign("may_hold").fullmatch(between))


def items_of_others(report: Report) -> Iterator[Found]:
    """Yield items and sub-indicators said to be of an indicator or a group that another one has."""
    rules = report.rules
    for passage, signs in signs_of(report) if rules else ():
        for one, other in pairwise(signs):
            is_told = other.kind in ("number", "name", "group") and len(other.codes) == 1
            if not (is_told and sign("item_of").fullmatch(passage.text, one.end, other.start)):
                continue
            owner = owner_of(rules, one.codes[0], other.codes[0]) if rules else ""
            if rules and owner and owner != other.codes[0]:
                facts = {"owner": named(rules, owner), "under": named(rules, other.codes[0])}
                found = passage.text[one.start : other.end].strip()
                yield found_in(passage, one.start, found, **facts).told("told")


def owner_of(rules: Framework, code: str, told: str) -> str:
    """Return the group or the indicator, as told, that an item or a group is of."""
    owners = {each.code: each.indicator for each in rules.all_sub_indicators}
    if "." not in told:
        return owners.get(code) or rules.owners_of_items.get(code, "")
    under = next((each.under or "" for each in rules.all_items if each.code == code), "")
    return under if under in owners else ""


def named(rules: Framework, code: str) -> Indicator | SubIndicator:
    """Return an indicator or a group of items by its code."""
    groups = {each.code: each for each in rules.all_sub_indicators}
    return groups[code] if code in groups else rules.indicator(code)


def answered_by_others(report: Report) -> Iterator[Found]:
    """Yield what is said to be answered by those who answer another instrument."""
    rules, answers = report.rules, sign("answers")
    for passage, signs in signs_of(report) if rules else ():
        for each in signs:
            if rules and each.kind == "instrument":
                yield from _beside(passage, each)
        may_answer = rules and report.may_hold(passage, answers)
        places = list(answers.finditer(passage.text)) if may_answer else []
        if rules and places:
            yield from _answers(rules, passage, signs, places)


def _beside(passage: Passage, told: Sign) -> Iterator[Found]:
    """Yield an instrument with the words for another one in its name, or right beside it."""
    text, home = passage.text, told.codes[0][:3]
    places = [(each["side"], each.start(), told.end) for each in _ahead(text, told)]
    for each in sign("full_side").finditer(text, told.start, told.end):
        places.append((each.group(), told.start, told.end))
    if (joint := sign("beside").match(text, told.end)) and (
        side := sign("full_side").match(text, joint.end())
    ):
        places.append((side.group(), told.start, side.end()))
    for words, start, end in places:
        if side_of(words) != home:
            yield found_in(passage, start, text[start:end], right=side_of(words))
            return


def _ahead(text: str, told: Sign) -> list[re.Match[str]]:
    place = sign("side_ahead").search(text, max(0, told.start - FAR), told.start)
    return [place] if place else []


def _answers(
    rules: Framework, passage: Passage, signs: Sequence[Sign], places: Sequence[re.Match[str]]
) -> Iterator[Found]:
    """Yield those who answer, where the nearest thing named is answered by others."""
    text = passage.text
    for place in places:
        side = next(key for key in ("asked", "answering", "website") if place[key])
        if any(each.start <= place.start(side) < each.end for each in signs):
            continue
        before = [e for e in signs if e.end <= place.start(side)]
        behind = [e for e in signs if e.start >= place.end()]
        near = before[-1:] or behind[:1]
        is_direct = before and sign("asked_directly").fullmatch(
            text, before[-1].end, max(before[-1].end, place.start())
        )
        is_theirs = behind and sign("is_what").fullmatch(text, place.end(), behind[0].start)
        near = behind[:1] if is_theirs and not is_direct else near
        is_before = near == before[-1:]
        near = _listed(text, before) if is_before else near
        homes = {home_of(rules, code) for each in near for code in each.codes}
        around = [e for e in behind if e.start - place.end() < FAR]
        around += [e for e in before if place.start() - e.end < FAR]
        theirs = {home_of(rules, code) for each in around for code in each.codes}
        is_right = side_of(place[side]) in (homes if is_direct else homes | theirs)
        if len(homes) != 1 or is_right:
            continue
        start, end = min(near[0].start, place.start()), max(near[-1].end, place.end())
        gap = (near[-1].end, place.start(side)) if is_before else (place.end(), near[0].start)
        if place["noun"] is not None and not sign("consists").search(text, *gap):
            continue
        is_other = any(sign(key).search(text, *gap) for key in ("not_said", "who_else"))
        if gap[1] - gap[0] < FAR and not is_other:
            yield found_in(passage, start, text[start:end], right=side_of(place[side]))


def _listed(text: str, before: list[Sign]) -> list[Sign]:
    """Return what is named last, with what is named in one list with it."""
    count = 1
    while count < len(before) and sign("listed").fullmatch(
        text, before[-count - 1].end, before[-count].start
    ):
        count += 1
    return before[-count:]


def points_of_others(report: Report) -> Iterator[Found]:
    """Yield those who answer with a score that those who answer another instrument gave."""
    rules = report.rules
    own: dict[Decimal, set[str]] = {}
    for (code, _year), points in report.scores.items() if rules else ():
        if rules and code != OVERALL:
            own.setdefault(points, set()).add(home_of(rules, code))
    for passage, place in report.places(sign("answers")) if rules else ():
        told = sign("points_given").match(passage.text, place.end()) if place["given"] else None
        homes = own.get(Decimal(told["points"]), set()) if told else set()
        if told and homes and side_of(place["answering"]) not in homes:
            found = passage.text[place.start() : told.end()]
            yield found_in(passage, place.start(), found, right=min(homes)).told("given")


def no_parts(report: Report) -> Iterator[Found]:
    """Yield parts that an instrument does not have."""
    for passage, place in report.places(sign("no_part")):
        yield found_at(passage, place, right="EIT").told("part")
