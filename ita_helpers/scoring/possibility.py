"""Whether a printed score is possible at all as the mean of a given number of people's answers.

Answers have few values (0, 33, 67, 100), so near the top only some two-decimal means exist: with 28
respondents and one question 98.81 and 98.84, and nothing in between. So a mistyped digit shows.
This holds for scores of one group of people who answer the same questions; pure and exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Instrument
from ita_helpers.records.scores import PRINTED_SLACK

FEWEST, MOST = 5, 400
"""The numbers of respondents that are tried if none is known."""
NEVER = 10**9


@dataclass(frozen=True)
class Group:
    """People who answer the same questions: the column of ``data/results`` that counts them.

    ``items`` are the codes of their scores with the number of questions each is the mean of.
    """

    counted_as: str
    items: Mapping[str, int]


@dataclass(frozen=True)
class Doubt:
    """A printed score that no answers of ``respondents`` people give, with the ``nearest`` two.

    ``respondents`` is ``None`` if their number is not known: then no number from ``FEWEST`` to
    ``MOST`` gives all scores of the group, and ``numbers`` give all but this one.
    """

    code: str
    printed: Decimal
    respondents: int | None
    nearest: tuple[Decimal, ...] = ()
    numbers: tuple[int, ...] = ()


def is_possible(score: Decimal, answers: int, points: tuple[int, ...]) -> bool:
    """Whether a score (0 to 100, two decimals) can be the rounded mean of this many answers.

    ``points`` are those an answer can have, rising from 0 to 100. Items answered by yes and no
    count as answered on the whole scale, so that nothing possible is doubted.
    """
    low, high = sums_of(score, answers)
    full = points[-1] * answers
    low, high = max(low, 0), min(high, full)
    if high // points[-1] > (low - 1) // points[-1]:
        return True
    if 2 * low > full:
        low, high = full - high, full - low
        points = tuple(points[-1] - each for each in points)
    fewest = _fewest_answers(tuple(sorted(set(points) - {0})))
    return any(fewest(total) <= answers for total in range(low, high + 1))


def sums_of(score: Decimal, answers: int) -> tuple[int, int]:
    """Return the range of total points of this many answers with a printed mean."""
    over, under = score.as_integer_ratio()
    slack_over, slack_under = PRINTED_SLACK.as_integer_ratio()
    scale, middle = under * slack_under, over * slack_under * answers
    aside = slack_over * under * answers
    return -((aside - middle) // scale), -(-(middle + aside) // scale) - 1


@cache
def _fewest_answers(points: tuple[int, ...]) -> Callable[[int], int]:
    """Return a function that gives the fewest answers, not worth 0, that add up to a sum."""
    fewest = [0]

    def find(total: int) -> int:
        for each in range(len(fewest), total + 1):
            ways = (fewest[each - worth] for worth in points if worth <= each)
            fewest.append(min(ways, default=NEVER) + 1)
        return fewest[total]

    return find


def nearest_possible(score: Decimal, answers: int, points: tuple[int, ...]) -> tuple[Decimal, ...]:
    """Return the possible scores just below and above a score, if there are any."""
    hundredths = int(score * 100)
    sides = (range(hundredths - 1, -1, -1), range(hundredths + 1, 10_001))
    found = (
        next((n for n in side if is_possible(Decimal(n) / 100, answers, points)), None)
        for side in sides
    )
    return tuple(Decimal(each) / 100 for each in found if each is not None)


def groups_of(framework: Framework) -> tuple[Group, ...]:
    """Return the groups of a year whose questions and scale of answers are known.

    Each part of an instrument has a group of its own; the instrument's whole scores mix them and
    are left out.
    """
    return tuple(
        group
        for instrument in framework.instruments.list
        if framework.answers and framework.item_rule(instrument.code) == "mean"
        for group in _groups(framework, instrument)
    )


def _groups(framework: Framework, instrument: Instrument) -> Iterator[Group]:
    indicators = framework.indicators_of(instrument.code)
    items = [each.code for indicator in indicators for each in framework.items_of(indicator.code)]
    for number, part in enumerate(instrument.parts, start=1):
        yield Group(part.code.lower(), {f"{code}@{number}": 1 for code in items})
    if not instrument.parts:
        wholes = {each.code: len(framework.items_of(each.code)) for each in indicators}
        yield Group(_counted_as(instrument), {**dict.fromkeys(items, 1), **wholes})


def counted_codes(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return the scores that rest on the answers of people counted in ``data/results``.

    They are given by count, an instrument or a part of one first.
    """
    asked = (each for each in framework.instruments.list if each.measures == "perception")
    found: dict[str, tuple[str, ...]] = {}
    for instrument in asked:
        indicators = (each.code for each in framework.indicators_of(instrument.code))
        if not instrument.parts:
            found[_counted_as(instrument)] = (instrument.code, *indicators)
        found |= {part.code.lower(): (part.code,) for part in instrument.parts}
    return found


def _counted_as(instrument: Instrument) -> str:
    """Return the count of an instrument's people: the EIT had one part until B.E. 2567."""
    return {"EIT": "eit1"}.get(instrument.code, instrument.code.lower())


def find_doubts(
    framework: Framework, scores: Mapping[str, Decimal], respondents: Mapping[str, int]
) -> tuple[Doubt, ...]:
    """Return the printed scores (by code) that no answers give.

    ``respondents`` counts the people by group, where known. Where it is not, one score is doubted
    when it alone keeps every number of people from giving all others.
    """
    if not framework.answers:
        return ()
    points = tuple(each.points for each in framework.answers.scale)
    doubts: list[Doubt] = []
    for group in groups_of(framework):
        printed = {code: scores[code] for code in group.items if code in scores}
        number = respondents.get(group.counted_as)
        if number:
            doubts += _with_number(group, printed, number, points)
        elif number is None:
            doubts += _without_number(group, printed, points)
    return tuple(doubts)


def _with_number(
    group: Group, printed: Mapping[str, Decimal], number: int, points: tuple[int, ...]
) -> Iterator[Doubt]:
    for code, score in printed.items():
        answers = number * group.items[code]
        if not is_possible(score, answers, points):
            yield Doubt(code, score, number, nearest_possible(score, answers, points))


@lru_cache(maxsize=10_000)
def _fitting(score: Decimal, questions: int, points: tuple[int, ...]) -> frozenset[int]:
    """Return the numbers of respondents that can give a score over this many questions."""
    numbers = range(FEWEST, MOST + 1)
    return frozenset(n for n in numbers if is_possible(score, n * questions, points))


def _fit_together(group: Group, printed: Mapping[str, Decimal], points: tuple[int, ...]) -> bool:
    """Whether some number of respondents can give all scores: most large ones can give any."""
    return any(
        all(is_possible(score, n * group.items[code], points) for code, score in printed.items())
        for n in range(MOST, FEWEST - 1, -1)
    )


def _without_number(
    group: Group, printed: Mapping[str, Decimal], points: tuple[int, ...]
) -> Iterator[Doubt]:
    if _fit_together(group, printed, points):
        return
    fitting = {c: _fitting(score, group.items[c], points) for c, score in printed.items()}
    alone = []
    for code in fitting:
        others = [each for other, each in fitting.items() if other != code]
        if others and (numbers := frozenset.intersection(*others)):
            alone.append((code, numbers))
    if len(alone) == 1:
        ((code, numbers),) = alone
        yield Doubt(code, printed[code], None, numbers=tuple(sorted(numbers)))
