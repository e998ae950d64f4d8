"""Changes and comparisons in any words, held against all differences that the scores have.

The number of a difference says by itself which two scores are meant; then the word for up or down,
above or below can be judged however the sentence is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from ita_helpers.checks.finished.comparisons.certain import (
    is_certain,
    is_from_mean,
    is_of,
    is_of_unknown,
    is_only_supposed,
    of_other_part,
    pair_in_sentence,
)
from ita_helpers.checks.finished.comparisons.swapped_beside import swapped_score
from ita_helpers.checks.finished.comparisons.told import (
    CHANGES,
    SIDES,
    Told,
    between_changes,
    change_goes_on,
    gaps_of,
    is_of_several,
    limit_of,
    listed_with,
    of_offices,
    told_of,
)
from ita_helpers.checks.finished.levels.level_names import is_of_levels
from ita_helpers.checks.finished.passages.gaps import (
    Gap,
    from_large_numbers,
    of_all_years,
    of_weighted_changes,
    of_weighted_pairs,
    of_years,
    rises_needed,
    told_gaps,
)
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, names_another, places
from ita_helpers.checks.finished.passages.standing import is_slip, values
from ita_helpers.checks.finished.reading import SMALL, said, years_in
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.sums.differences import mended_scores
from ita_helpers.checks.finished.sums.effects import starts_of_effects
from ita_helpers.checks.finished.trust import of_others
from ita_helpers.documents.sentences import full_year
from ita_helpers.language.points import format_score
from ita_helpers.records.names import normal
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

AHEAD, BEHIND, NEAR, FAR = 140, 18, 45, 120
"""Characters before a number, behind it, around a word, and before one for what is lacking, in
which what belongs to it stands.
"""
IF = 8
"""Characters before a word for a change in which a word for a condition stands."""
UPWARD, DOWNWARD = ("up", "above"), ("down", "below")


def wrong_ways(report: Report) -> Iterator[Found]:
    """Yield words for up or down beside a number that is the difference of the contrary."""
    for told in report.once(differences):
        if told.limit is not None:
            continue
        gaps = [each for each in gaps_of(report, told) if is_of(told.number, each)]
        gaps = gaps or [each for each in of_name(report, told) if is_of(told.number, each)]
        way = way_of(told.word)
        ahead = (max(0, told.word.start() - IF), told.word.start())
        if is_only_supposed(told.spoken, told.word):
            continue
        behind = (told.word.end(), told.number.start)
        text = told.spoken.text
        if said("only_supposed").search(text, *ahead) or said("past_limit").search(text, *behind):
            continue
        is_told = not told.others and any(
            is_of(told.number, each)
            for each in _steps(told.spoken, told.word, way)
            if (each.other, each.one) not in {(gap.one, gap.other) for gap in gaps}
        )
        way = 0 if said("no_way").fullmatch(told.word.group()) and told.others else way
        if way and gaps and not is_told and all(each.by * way < 0 for each in gaps):
            yield found_of(told.spoken, told.word.start(), told.word.group(), gaps[0])
    for spoken, words in report.once(moves_told):
        for word in words:
            if told_both := said("from_to").match(spoken.text, word.end()):
                gap = Gap("", Decimal(told_both["new"]), Decimal(told_both["old"]))
                if way_of(word) * gap.by < 0:
                    yield found_of(spoken, word.start(), word.group(), gap)


def _steps(spoken: Spoken, word: re.Match[str], way: int) -> Iterator[Gap]:
    """Yield the steps from one score to the next that a sentence tells before a word, one way."""
    large = [each for each in spoken.numbers if each.points > SMALL and each.end <= word.start()]
    for one, other in pairwise(large):
        between = said("compared_with").search(spoken.text, one.end, other.start)
        old, new = (other, one) if between else (one, other)
        gap = Gap("", new.points, old.points)
        if gap.by * way > 0:
            yield gap


def wrong_numbers(report: Report) -> Iterator[Found]:
    """Yield differences that nothing has: nearly the one that is meant, or certainly none."""
    for told in report.once(differences):
        gaps = gaps_of(report, told)
        text, number = told.spoken.text, told.number
        of_other = any(said(e).search(text, 0, number.start) for e in ("if_level", "of_both_parts"))
        if of_other or said("of_rounding").match(text, number.end):
            continue
        if said("pair_behind").match(told.spoken.text, told.number.end):
            if not is_of(told.number, gaps[0]):
                swapped = swapped_score(report, told.spoken, told.number, gaps)
                yield swapped or _number(told, gaps[0])
            continue
        if not gaps and (other := _year_of(report, told)):
            yield other
        others = list(told_else(report, told))
        pair = pair_in_sentence(told) if told.limit is None else None
        if not (gaps or pair) or any(is_of(told.number, each) for each in (*gaps, *others)):
            continue
        if any(is_of(told.number, each) for each in _mended(report, gaps)):
            continue
        if pair and not is_of(told.number, pair):
            yield swapped_score(report, told.spoken, told.number, [pair]) or _number(told, pair)
            continue
        is_open = is_of_unknown(told)
        near = [e for e in gaps if not is_open and is_slip(told.number.points, abs(e.by))]
        if not near and (swapped := swapped_score(report, told.spoken, told.number, gaps)):
            yield swapped
            continue
        if not near and (is_certain(report, told) or is_from_mean(report, told)):
            near = [each for each in gaps if each.is_change] or gaps[:1]
        near = near or list(of_other_part(report, told))
        if near:
            yield _year_of(report, told) or _number(told, near[0])


def _mended(report: Report, gaps: Sequence[Gap]) -> Iterator[Gap]:
    """Yield the differences with the points that are meant where a table has others by a slip."""
    meant = report.once(mended_scores)
    for each in gaps if meant else ():
        if each.one in meant or each.other in meant:
            one, other = (meant.get(points, points) for points in (each.one, each.other))
            yield replace(each, one=one, other=other)


def told_else(report: Report, told: Told) -> Iterator[Gap]:
    """Yield the differences of which a sentence may tell by what else stands in it."""
    if said("years_compared").search(told.spoken.text):
        yield from of_all_years(report, told.code)
    years = years_in(told.spoken.text[max(0, told.number.start - AHEAD) : told.number.start])
    for old, new in combinations(sorted(set(years)), 2):
        yield from of_years(report, told.code, new, old)
    yield from _from_means(report, told)
    yield from of_name(report, told)
    yield from between_changes(report, told.code, told.others)
    yield from told_gaps(told.spoken, told.number)
    before = [e.points for e in told.spoken.numbers if e.end <= told.word.start()]
    for code in told.others:
        yield from (Gap("", e, p) for p in values(report, code, report.year) for e in before[-1:])
    yield from from_large_numbers(report, told.spoken, told.number, told.code)
    if told.word.lastgroup in CHANGES:
        named = told.spoken.named_before(told.number.start)
        yield from of_weighted_changes(report, [each.code for each in named])
    yield from of_weighted_pairs(report, told.code, told.others)
    if said("must_rise").search(told.spoken.text, 0, told.number.start):
        needed = rises_needed(report, told.code)
        yield from (Gap("", each, Decimal(0)) for each in needed if each > 0)


def of_name(report: Report, told: Told) -> Iterator[Gap]:
    """Yield the changes of what is named behind the number of another indicator."""
    spoken, naming = told.spoken, report.mentions.naming
    for each in spoken.named_before(told.word.start())[-1:]:
        name = naming.any_name.search(spoken.text[each.start : each.end])
        if name and (code := naming.by_name.get(normal(name.group()), told.code)) != told.code:
            yield from of_all_years(report, code)


def _from_means(report: Report, told: Told) -> Iterator[Gap]:
    """Yield how far the subject is from the scores and means of others that its sentence gives."""
    spoken = told.spoken
    for each in (e for e in spoken.numbers if e.points > SMALL):
        if not of_others(spoken.text[: each.start]) and not names_another(spoken, each.start):
            continue
        for own in values(report, told.code, report.year):
            yield Gap(told.code, own, each.points)


def _number(told: Told, gap: Gap) -> Found:
    right = format_score(abs(gap.by))
    return found_of(told.spoken, told.number.start, told.number.text, gap, right=right)


def _year_of(report: Report, told: Told) -> Found | None:
    """Return the year that a change is told from, if it is that from another one."""
    place = said("year_told").search(told.spoken.text, told.word.end(), told.number.start)
    years = [old for code, old in report.scores if code == told.code and old < report.year]
    fits = [
        old
        for old in years
        if any(is_of(told.number, each) for each in of_years(report, told.code, report.year, old))
    ]
    if told.against != "year" or not place or len(fits) != 1 or full_year(place["year"]) in fits:
        return None
    gap = next(of_years(report, told.code, report.year, fits[0]))
    found = found_of(told.spoken, place.start("year"), place["year"], gap, right=fits[0])
    return found.told("year")


def found_of(spoken: Spoken, start: int, found: str, gap: Gap, **facts: object) -> Found:
    """Return what is found, with the two scores as they are compared: the old one first."""
    return found_in(spoken.passage, start, found, **gap.facts, **facts)


def differences(report: Report) -> list[Told]:
    """Return the small numbers of sentences with the word that makes each a difference."""
    found = []
    for spoken, words in report.once(moves_told):
        of_sums = {each.start("by") for each in said("off_the_whole").finditer(spoken.text)}
        of_sums |= starts_of_effects(report, spoken)
        for number in spoken.numbers:
            near = spoken.plain[max(0, number.start - AHEAD) : number.start]
            if said("another_survey").search(near, _of_it(spoken, number, len(near))):
                continue
            if said("of_sum").search(spoken.text, max(0, number.start - AHEAD), number.start):
                continue
            if number.start in of_sums:
                continue
            is_small = 0 < number.points <= SMALL
            first = listed_with(spoken, number)[0] if is_small else number
            word = _word(spoken, first, words) if is_small else _right_before(words, number)
            if not word or not _is_own(report, spoken, word, number):
                continue
            is_to_reach = limit_of(spoken, number) is not None
            is_least = said("at_least").search(spoken.text, word.end(), number.start)
            if not is_to_reach and (is_least or _is_lost(spoken, word, number)):
                continue
            aim = None if is_to_reach else said("aimed_before").search(near)
            is_lack = said("lack_still").search(word.group())
            if aim and not (is_lack and said("own_goal").match(aim.group())):
                continue
            is_supposed = said("would_be").search(spoken.text, 0, word.start())
            if not is_supposed and not is_of_several(spoken, word, number):
                found.append(told_of(report, spoken, word, number))
    return found


def _of_it(spoken: Spoken, number: Number, length: int) -> int:
    """Return where words of some length before a number begin that speak of what is named last."""
    named = spoken.last_named(number.start)
    is_scored = named and spoken.between(named.end, number.start)
    return max(0, named.end - number.start + length) if named and is_scored else 0


def _is_own(report: Report, spoken: Spoken, word: re.Match[str], number: Number) -> bool:
    """Whether a difference is the report's own office's, or that of offices whose scores it has."""
    is_other = names_another(spoken, number.start)
    if word.lastgroup in SIDES and said("than_us").match(spoken.text, word.end()):
        return True
    return not is_other or any(of_offices(report, spoken, word, number))


def _is_lost(spoken: Spoken, word: re.Match[str], number: Number) -> bool:
    """Whether a number is what was lost, and not what is lacking to something that is named."""
    text = spoken.text
    near = text[max(0, word.start() - BEHIND) : number.end + NEAR]
    before = text[max(0, word.start() - FAR) : word.start()]
    is_near = said("lack_still").search(word.group()) and said("lack_before").search(before)
    is_cost = said("cost").search(text, max(0, word.start() - NEAR), word.end())
    is_of_limit = (said("lack_of").search(near) or is_near) and not is_cost
    return bool(said("lack").search(word.group())) and not is_of_limit


def moves_told(report: Report) -> list[tuple[Spoken, list[re.Match[str]]]]:
    """Return the sentences that have words for a change or a comparison, with these."""
    listed: dict[Spot, tuple[Spoken, list[re.Match[str]]]] = {}
    for spoken, word in places(report, "moves"):
        if is_of_levels(spoken.text, word):
            continue
        listed.setdefault(spoken.passage.spot, (spoken, []))[1].append(word)
    return list(listed.values())


def _word(spoken: Spoken, number: Number, words: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the word for a change or a comparison that a number belongs to."""
    before = [each for each in words if number.start - AHEAD < each.start() < number.start]
    small = [e.end for e in spoken.numbers if e.points <= SMALL and e.end < number.start]
    goes_on = change_goes_on(spoken, number) and before and before[-1].lastgroup in CHANGES
    if before and (goes_on or not any(before[-1].end() <= each for each in small)):
        return before[-1]
    behind = [each for each in words if number.end <= each.start() < number.end + BEHIND]
    return behind[0] if behind and not before else None


def _right_before(words: Sequence[re.Match[str]], number: Number) -> re.Match[str] | None:
    """Return the word for a change right before a number that may be too large for one."""
    for word in words:
        is_before = word.end() <= number.start and word.lastgroup in ("up", "down")
        if said("becomes").fullmatch(word.string, word.end(), number.start):
            continue
        if is_before and said("by_so_much").fullmatch(word.string, word.end(), number.start):
            return word
    return None


def way_of(word: re.Match[str]) -> int:
    """Return 1 for a word for more, -1 for one for less, 0 for one that says neither."""
    kind = word.lastgroup
    return 1 if kind in UPWARD else -1 if kind in DOWNWARD else 0
