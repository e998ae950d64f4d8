"""Whether a number can only be the difference that its word tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.comparisons.told import (
    CHANGES,
    Told,
    listed_with,
    mean_before,
    own_sides,
)
from ita_helpers.checks.finished.passages.gaps import (
    Gap,
    of_all_years,
    of_limits,
    of_losses,
    of_years,
    pairs_of,
)
from ita_helpers.checks.finished.passages.speaking import Number, Spoken
from ita_helpers.checks.finished.passages.standing import explained, values
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS

TWO = 2
AHEAD = 140
"""Characters before a word in which stands that it is told of others."""


def is_certain(report: Report, told: Told) -> bool:
    """Whether a number can only be the difference that its word tells, and is that of nothing."""
    text, word, number = told.spoken.text, told.word, told.number
    if told.limit is not None:
        named = told.spoken.last_named(number.start)
        return named is not None and named.code == told.code
    is_change = word.lastgroup in ("up", "down")
    is_told = is_change and said("by_so_much").fullmatch(text, word.end(), number.start)
    is_lack = said("lack_still").search(word.group())
    is_told = is_told or (is_lack and said("by_so_much").fullmatch(text, word.end(), number.start))
    is_told = is_told or said("than_and_by").fullmatch(text, word.end(), number.start)
    is_told = is_told or _of_ends(told)
    before = told.spoken.plain[max(0, word.start() - AHEAD) : word.end()]
    is_other = said("of_others").search(before)
    is_limited = said("limit_behind").match(text, number.end)
    if (
        not (is_told or _is_of_two(told))
        or is_other
        or is_limited
        or said("not_told").search(told.spoken.plain, 0, word.start())
        or is_of_unknown(told)
    ):
        return False
    return not any(is_of(number, each) for each in _meant_else(report, told))


def of_other_part(report: Report, told: Told) -> Iterator[Gap]:
    """Yield how far a part of an instrument is from a limit from which the other part is so far."""
    if told.code not in PARTS or told.against != "limit" or is_of_unknown(told):
        return
    if len(listed_with(told.spoken, told.number)) > 1:
        return
    other = next(each for each in PARTS if each != told.code)
    for gap in of_limits(report, other, told.between, told.year, is_by=True):
        if is_of(told.number, gap):
            own = values(report, told.code, told.year)
            yield from (Gap(told.code, each, gap.other) for each in own)


def is_from_mean(report: Report, told: Told) -> bool:
    """Whether a number is how far the own office, named beside it, is from a mean told before."""
    mean, spoken = mean_before(told), told.spoken
    ways = (said(key).match(spoken.text, told.word.end()) for key in ("mean_again", "than_us"))
    than = next(filter(None, ways), None)
    start = than.end() if than else told.word.end()
    is_beside = said("by_so_much").fullmatch(spoken.text, start, told.number.start)
    is_wished = is_only_wished(spoken, told.word)
    return bool(mean and is_beside and not is_wished and any(own_sides(report, told, mean)))


def is_only_wished(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether words before one for a change say that it is wished, or otherwise not told of."""
    before = (0, word.start())
    is_conceded = said("conceded").search(spoken.plain, *before)
    return bool(said("not_told").search(spoken.plain, *before) and not is_conceded)


def is_of_named(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether a change is told in a relative clause of the indicator named right before it."""
    named = spoken.last_named(word.start())
    if not named or not named.code.isdigit():
        return False
    return bool(said("which_has").fullmatch(spoken.text, named.end, word.start()))


def is_only_supposed(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether a word tells what would be if something else were so."""
    before = (0, word.start())
    would = said("would").search(spoken.plain, *before)
    return bool(would and said("conditional").search(spoken.plain, *before))


def is_of_unknown(told: Told) -> bool:
    """Whether words before a difference name what it is of in a way that is not known."""
    spoken, start = told.spoken, told.word.start()
    is_named = spoken.passage.under or any(
        each.end <= start for each in (*spoken.named, *spoken.described)
    )
    is_of_ends = said("highest_and_lowest").search(spoken.text)
    is_unknown = said("unknown_subject").search(spoken.text, 0, start)
    return bool(is_unknown and not is_named and not is_of_ends)


def pair_in_sentence(told: Told) -> Gap | None:
    """Return how far two points are apart that a sentence tells just before a number as it.

    It tells no others, and the number stands behind both.
    """
    spoken, word, number = told.spoken, told.word, told.number
    known = explained(spoken.report)
    large = [(e.start, e.end, e.points) for e in spoken.numbers if e.points in known]
    if not said("highest_and_lowest").search(spoken.text, 0, word.start()):
        large += [
            (*each.span(), Decimal(each["points"]))
            for each in said("whole_points").finditer(spoken.text)
        ]
    if len(large) != TWO or len(spoken.numbers) > TWO + 1 or word.lastgroup in CHANGES:
        return None
    first, second = sorted(large)
    is_last = first[1] <= word.start() and second[1] <= number.start
    start = max(word.end(), second[1])
    is_beside = said("by_so_much").fullmatch(spoken.text, start, number.start)
    return Gap(told.code, first[2], second[2]) if is_last and is_beside else None


def _of_ends(told: Told) -> re.Match[str] | None:
    """Return the words by which a number is how far highest and lowest, before it, are apart."""
    text, word = told.spoken.text, told.word
    ends = list(said("highest_and_lowest").finditer(text, 0, word.start()))
    if word.lastgroup != "apart" or told.others or not ends:
        return None
    is_near = said("ends_apart").fullmatch(text, ends[-1].end(), word.start())
    return is_near and said("by_so_much").fullmatch(text, word.end(), told.number.start)


def _is_of_two(told: Told) -> bool:
    """Whether a number is told between two things that are named, right behind the other."""
    spoken, word = told.spoken, told.word
    last = spoken.last_named(told.number.start)
    if told.against != "code" or word.lastgroup in CHANGES or len(told.others) != 1 or not last:
        return False
    if word.lastgroup == "apart" and last.end <= word.start():
        return bool(said("by_so_much").fullmatch(spoken.text, word.end(), told.number.start))
    is_beside = said("than_one").fullmatch(spoken.plain, word.end(), last.start)
    is_named = any(e.code == told.code and e.end <= word.start() for e in spoken.named)
    by = said("by_so_much").fullmatch(spoken.text, last.end, told.number.start)
    return bool(is_beside and is_named and by)


def _meant_else(report: Report, told: Told) -> Iterator[Gap]:
    """Yield what else a number may be that a sentence tells as a difference."""
    codes = {each.code for each in told.spoken.named} | {told.spoken.passage.under, OVERALL}
    is_over_years = said("years_compared").search(told.spoken.text)
    for code in codes:
        if told.against == "year" and not is_over_years:
            yield from (gap for pair in told.years for gap in of_years(report, code, *pair))
        else:
            yield from of_all_years(report, code)
        if told.others:
            yield from of_all_years(report, code)
            yield from pairs_of(report, code, [each for each in codes if each != code])
        if said("lack").search(told.word.group()):
            yield from of_limits(report, code, "")
            yield from of_losses(report, code)


def is_of(number: Number, gap: Gap) -> bool:
    """Whether a number is a difference, rounded or not."""
    return abs(abs(gap.by) - number.points) <= CLOSE
