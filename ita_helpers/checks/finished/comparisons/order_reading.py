"""What a sentence puts at places in an order: the highest, the second, the lowest three.

The one place that reads it; ``order.py`` judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_helpers.checks.finished.passages.contests import OFFICE, office_names, offices
from ita_helpers.checks.finished.passages.listed_names import is_told_on, joined_back, joined_names
from ita_helpers.checks.finished.passages.speaking import Spoken, places
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import Report, blotted
from ita_helpers.language.number_words import number_of

BEFORE, NEAR = 60, 34
"""Characters before a word in which its measure stands; around it in which its scope stands."""
_FIGURE = re.compile(r"\d\.\d\d")
KEYS = ("top_list", "rank_told", "half_told", "next_to", "second", "top")
"""Patterns of the words for places; of two in one place the first counts."""
CLOSE_BY = 12
"""Characters between a name and by how much it changed."""
NEXT = ("second", "next_to")
"""Those that put something next to what was placed before, or is named beside them."""


@dataclass(frozen=True)
class Place:
    """The first and the last place, counted from the end if ``is_low``, or from either.

    With ``after``, it is the place next to what has this code. ``is_strict`` if of several things
    each has its own place, in the order they are named.
    """

    first: int
    last: int
    is_low: bool = False
    is_either: bool = False
    after: str = ""
    is_strict: bool = False


@dataclass(frozen=True)
class Scope:
    """Among what something stands: all, an instrument, its "own" one, a "group", "offices", or "".

    A group is one of so many indicators. ``count`` is of how many, 0 if that is not told, and
    ``end`` where the words for it end.
    """

    among: str
    count: int
    end: int


@dataclass(frozen=True)
class Placed:
    """Things told to stand at a place in an order.

    ``measures`` are "points", "rise", "fall" or "change", the ways the words may be meant.
    """

    spoken: Spoken
    way: str
    word: re.Match[str]
    named: tuple[Mention, ...]
    place: Place
    measures: tuple[str, ...]
    scope: Scope

    @property
    def codes(self) -> list[str]:
        """What is named, each once."""
        return list(dict.fromkeys(each.code for each in self.named))

    @property
    def span(self) -> tuple[int, int]:
        """Where the words begin and end that put things somewhere."""
        first = min(self.named[0].start, self.word.start())
        return first, max(self.named[-1].end, self.word.end(), self.scope.end)


def placed(report: Report) -> list[Placed]:
    """Return all that a report puts at places in an order."""
    return report.once(_placed) if report.rules else []


def _placed(report: Report) -> list[Placed]:
    words: dict[int, list[tuple[str, re.Match[str]]]] = {}
    spokens: dict[int, Spoken] = {}
    for key in KEYS:
        for spoken, word in places(report, key):
            known = words.setdefault(id(spoken), [])
            spokens[id(spoken)] = spoken
            if not any(e.start() < word.end() and word.start() < e.end() for _, e in known):
                known.append((key, word))
    found: list[Placed] = []
    for at, spoken in spokens.items():
        before: list[Placed] = []
        for key, word in sorted(words[at], key=lambda each: each[1].start()):
            if one := _one(report, spoken, (key, word), before):
                before.append(one)
        found += before
    return found


def _one(
    report: Report, spoken: Spoken, told: tuple[str, re.Match[str]], before: Sequence[Placed]
) -> Placed | None:
    """Return what one word puts somewhere, if it is understood wholly."""
    key, word = told
    if not is_told(spoken, word):
        return None
    scope, last = scope_told(report, spoken, word), before[-1] if before else None
    inside = [(each.word.end(), each.scope.end) for each in before] + [(word.end(), scope.end)]
    named = [
        each
        for each in _names(report, spoken)
        if not any(start <= each.start < end for start, end in inside)
    ]
    of = _subjects(report, spoken, told, named, scope.among)
    if last and key == "top" and last.scope.among == "own" and not scope.among:
        scope = Scope("own", 0, 0)
    if not of and last and key == "top" and _is_again(spoken, last, word):
        of = last.named
    is_part = of and said("part_ahead").search(spoken.text, 0, of[0].start)
    if is_part or (of and key != "top_list" and _is_worked_at(spoken, word, of[0])):
        return None
    measures = last.measures if last and key == "second" else _measures(spoken, word, named)
    if of and of[0].start >= word.end() and is_told_on(spoken, of[-1], measures):
        of = of[:1]
    elif of and measures == ("points",) and (change := _change_told(spoken, word, of[-1])):
        measures = ("points", change)
    place = None
    if of and key in NEXT:
        place = _next(spoken, told, of, last, named)
    elif of:
        place = place_meant(spoken.text, told, len({each.code for each in of}))
    if not place or len({each.code.startswith(OFFICE) for each in of}) != 1:
        return None
    is_of_offices = of[0].code.startswith(OFFICE)
    if not is_of_offices and not scope.among.isupper() and is_of_others(spoken, key, word):
        return None
    if is_of_offices != (scope.among == "offices"):
        scope = Scope("offices" if is_of_offices else "", scope.count, scope.end)
    if last and key == "second":
        scope = scope if scope.among else Scope(last.scope.among, last.scope.count, 0)
    return Placed(spoken, key, word, tuple(of), place, measures, scope)


def _is_worked_at(spoken: Spoken, word: re.Match[str], first: Mention) -> bool:
    """Whether what stands at a place in an order is what is to be worked at first."""
    known = said("worked_at") if said("worked_at_first").search(word.group()) else None
    return bool(known and known.search(spoken.plain, 0, first.start))


def _is_again(spoken: Spoken, last: Placed, word: re.Match[str]) -> bool:
    """Whether a word puts what was just placed in one group in another one too."""
    between = (max(last.word.end(), last.scope.end), word.start())
    is_before = last.way == "top" and last.named[-1].end <= last.word.start()
    return is_before and bool(said("again_placed").fullmatch(spoken.text, *between))


def is_told(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether a place is told of scores, and is no wish, condition or exception."""
    start, text = word.start(), spoken.text
    ends = [e.end() for e in said("clause_ends").finditer(text, max(0, start - BEFORE), start)]
    first = max([start - BEFORE, 0, *ends])
    is_other = said("no_top").search(spoken.plain, max(0, start - BEFORE), start)
    plain = said("conceded_will").sub(blotted, spoken.plain)
    plain = said("once_in_a_year").sub(blotted, plain)
    return not (is_other or said("not_ordered").search(plain, first, start))


def is_of_others(spoken: Spoken, key: str, word: re.Match[str]) -> bool:
    """Whether something else is ranked than what the report scores."""
    behind = spoken.text[word.end() : word.end() + NEAR]
    if key == "top":
        return bool(said("no_top_behind").match(behind))
    return bool(key == "rank_told" and said("no_rank").match(behind.lstrip()))


def _names(report: Report, spoken: Spoken) -> list[Mention]:
    """Return what a sentence names of all that can be put in order."""
    others = office_names(report, spoken.text)
    free = [
        each
        for each in others
        if not any(e.start < each.end and each.start < e.end for e in spoken.named)
    ]
    return sorted([*spoken.named, *free], key=lambda each: each.start)


def _subjects(
    report: Report,
    spoken: Spoken,
    told: tuple[str, re.Match[str]],
    named: Sequence[Mention],
    among: str,
) -> Sequence[Mention]:
    """Return what is put there: named behind "that is", or else before; or the office itself."""
    (key, word), text = told, spoken.text
    begins = said("list_begins" if key == "top_list" else "that_is")
    behind = [each for each in named if each.start >= word.end()]
    start = word.end()
    before = [each for each in named if each.end <= word.start()]
    is_changed = before and said("of_changes_near").search(text, before[-1].end, word.start())
    is_told_before = key == "top" and bool(is_changed) and _is_near(text, before[-1], told)
    if key == "top_list" and _is_of_list(text, word, before):
        return ()
    if key == "next_to":
        start, behind = (behind[0].end if behind else start), behind[1:]
    for at, each in enumerate(behind[:3]):
        between = text[start : each.start]
        if at == 0 and len(behind) > 1 and said("scope_of").fullmatch(between):
            start = each.end
            continue
        if any(said(one).search(between) for one in ("second", "end_told_again", "top")):
            break
        is_next = at == 0 and not is_told_before and said("next_named").fullmatch(between)
        if begins.fullmatch(between) or is_next:
            is_number = key == "rank_told" and each.code == word["place"]
            return () if is_number else joined_names(text, behind[at:])
    if before and said("parts_of").search(text, 0, before[-1].start):
        return ()
    if key == "top" and (one := _is_the_one(spoken, word, before)):
        return [one]
    is_figure = said("is_a_figure").match(text, word.end())
    if is_figure and before and said("inside_of").search(text, 0, before[-1].start):
        return ()
    if key == "top" and not is_figure and _goes_on(spoken, word, before):
        return before[-1:]
    if key in NEXT or (before and _is_near(text, before[-1], told)):
        return joined_back(text, before) if key not in NEXT else ()
    is_place = key != "top" or said("own_place").match(word.group())
    if among == "offices" and is_place and not (before and word.start() - before[-1].end < NEAR):
        own = next((each.own for each in offices(report) if each.own), "")
        return [Mention(word.start(), word.start(), own)] if own else ()
    under = spoken.under_before(word.start()) if key in ("top", "rank_told") else ""
    if under and not said("that_is_follows").match(text, word.end()):
        return [Mention(word.start(), word.start(), under)]
    return ()


def _goes_on(spoken: Spoken, word: re.Match[str], before: Sequence[Mention]) -> bool:
    """Whether a sentence that has told of one thing alone goes on to its place."""
    text, start = spoken.text, word.start()
    is_one = len({each.code for each in before}) == 1
    is_other = any(said(e).match(text, word.end()) for e in ("that_is_follows", "over_a_time"))
    is_told = is_one and said("leads_to_place").fullmatch(text, before[-1].end, start)
    return bool(is_told and not is_other)


def _is_of_list(text: str, word: re.Match[str], before: Sequence[Mention]) -> bool:
    """Whether the first or last so many are those of a list that stands before the word."""
    count = number_of(word["number"]) if word["number"] else 0
    is_of_names = count and said("first_of_list").fullmatch(word.group())
    is_listed = len({each.code for each in before}) > count
    return bool(is_of_names and is_listed and not said("then_listed").match(text, word.end()))


def _is_the_one(spoken: Spoken, word: re.Match[str], before: Sequence[Mention]) -> Mention | None:
    """Return what is told, maybe far behind its score, to be the one of its kind at a place."""
    told = said("is_the_one").search(spoken.text, 0, word.start())
    alike = [each for each in before if each.code.isdigit() == bool(told and told["indicator"])]
    if not told or not alike:
        return None
    behind = next((each for each in spoken.numbers if each.start >= alike[-1].end), None)
    has_score = behind and said("own_score").fullmatch(spoken.text, alike[-1].end, behind.start)
    return alike[-1] if len({each.code for each in alike}) == 1 or has_score else None


def _is_near(text: str, before: Mention, told: tuple[str, re.Match[str]]) -> bool:
    """Whether a place is told of what is named before it."""
    key, word = told
    if said("than_it").search(text, 0, before.start) and said("and_it").match(text, before.end):
        return False
    is_last = key == "rank_told" and word["last"] and word.start() - before.end < BEFORE
    return bool(is_last or said("top_filler").fullmatch(text, before.end, word.start()))


def scope_told(report: Report, spoken: Spoken, word: re.Match[str]) -> Scope:
    """Return among what something is told to stand, and among how many."""
    text, end = spoken.text, word.end()
    if found := said("among_offices").match(text, end):
        count, place = number_of(found["count"]) if found["count"] else 0, found["place"] or ""
        tables = [each for each in offices(report) if count in (0, len(each.points))]
        is_only = len(offices(report)) == 1 and any(each.own for each in tables)
        if is_only or any(not place or place in each.caption for each in tables):
            return Scope("offices", count, found.end())
    is_group = said("group_before").search(text, max(0, word.start() - BEFORE), word.start())
    if is_group and any(each.own for each in offices(report)):
        return Scope("offices", 0, end)
    if found := said("among_all").match(text, end):
        return Scope("all", 0, found.end())
    if found := said("among_counted").match(text, end):
        return Scope("group", number_of(found["count"]), found.end())
    if found := said("among_instruments").match(text, end):
        return Scope("all", 0, found.end())
    if found := said("among_group").match(text, end):
        side = "own" if found["own"] else "IIT" if found["inside"] else "EIT"
        return Scope(found["code"] or side, 0, found.end())
    return Scope("", 0, 0)


def place_meant(text: str, told: tuple[str, re.Match[str]], count: int) -> Place:
    """Return the place that a word means for so many things."""
    key, word = told
    if key == "top":
        return Place(1, count, is_low=not word["high"])
    if key == "half_told":
        return Place(1, -2, is_low=bool(word["lower"]))
    if key == "top_list":
        words = (word["how"] or "") + (word["first"] or "") + (word["end"] or "")
        is_low = bool(said("low_words").search(words))
        return Place(1, number_of(word["count"] or word["number"]), is_low=is_low)
    place = 2 if word["last"] else number_of(word["place"])
    near = text[max(0, word.start() - NEAR) : word.end() + NEAR]
    is_low = bool(word["last"] or said("low_before").search(text, 0, word.start()))
    is_low = is_low or bool(said("from_the_end").match(text, word.end()))
    is_high = bool(said("high_before").search(text, 0, word.start()))
    is_either = not is_low and not is_high and bool(said("low_words").search(near))
    return Place(place, place, is_low, is_either)


def _next(
    spoken: Spoken,
    told: tuple[str, re.Match[str]],
    of: Sequence[Mention],
    last: Placed | None,
    named: Sequence[Mention],
) -> Place | None:
    """Return the place next to what was placed before, or to what is named beside the word."""
    (key, word), count = told, len({each.code for each in of})
    if key == "second" and last and last.place.first > 0:
        is_strict = bool(
            said("after_all").match(word.group())
            or said("in_order_behind").match(spoken.text, of[-1].end)
        )
        first = (last.place.last if last.place.last > 0 else 0) + 1
        is_low = last.place.is_low
        return Place(first, first + count - 1, is_low, last.place.is_either, "", is_strict)
    if key == "second":
        beside = [each for each in named if 0 <= word.start() - each.end < NEAR]
    else:
        beside = [each for each in named if 0 <= each.start - word.end() < 2]
    return Place(0, 0, after=beside[-1].code) if beside and count == 1 else None


def _measures(spoken: Spoken, word: re.Match[str], named: Sequence[Mention]) -> tuple[str, ...]:
    """Return what the order is one of: points, or how far they rose, fell or changed."""
    ends = [each.end for each in named if each.end <= word.start()]
    before = spoken.text[max([word.start() - BEFORE, 0, *ends]) : word.start()]
    if said("of_points").search(before):
        return ("points",)
    for key, measure in (("rising", "rise"), ("falling", "fall"), ("changing", "change")):
        if told := said(key).search(before):
            return (measure, "points") if _FIGURE.search(told.group()) else (measure,)
    behind = spoken.text[word.end() : word.end() + NEAR]
    if found := said("of_changes_near").search(before + "\0" + behind):
        return ("points", "fall" if found["down"] else "rise")
    return ("points",)


def _change_told(spoken: Spoken, word: re.Match[str], of: Mention) -> str:
    """Return the change that a sentence tells of before, if by how much stands behind a name."""
    by = next((each for each in spoken.numbers if each.start >= of.end), None)
    is_small = by and by.points <= SMALL and by.start - of.end < CLOSE_BY
    told = list(said("of_changes_near").finditer(spoken.text, 0, word.start())) if is_small else []
    return ("fall" if told[-1]["down"] else "rise") if told else ""


def ordered_lists(report: Report) -> Iterator[tuple[Spoken, list[Mention], bool]]:
    """Yield lists said to be in the order of their points, and whether the highest comes first."""
    for spoken, word in places(report, "ordered"):
        behind = [each for each in _names(report, spoken) if each.start >= word.end()]
        yield spoken, joined_names(spoken.text, behind, "in_order_list"), bool(word["most"])


def equals(report: Report) -> Iterator[tuple[Spoken, re.Match[str], list[Mention]]]:
    """Yield what is said to have the same points, two or more things named before the word."""
    for spoken, word in places(report, "equal"):
        before = spoken.named_before(word.start())
        if before and said("equal_filler").fullmatch(spoken.text, before[-1].end, word.start()):
            named = joined_back(spoken.text, before)
            if said("and_with").search(spoken.text, named[0].end, named[-1].start):
                named = named[-2:]
            if len({each.code for each in named}) > 1 and is_told(spoken, word):
                yield spoken, word, named
