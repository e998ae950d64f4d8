"""Weighted points instead of scores: 28.04 of 30 where 93.47 of 100 was meant.

Some papers print what each instrument contributed to the overall score. By themselves such figures
look like very low scores; the other figures of the same result show what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from ita_helpers.language.points import parse_number, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import Score, WeightedPoints
from ita_helpers.scoring.bounds import find_bounds, possible_levels

_OUT_OF = re.compile(r"\s*([^/\s]+)\s*/\s*([^/\s]+)\s*")


def weights_of(framework: Framework) -> dict[str, int]:
    """Return the weight of each instrument and each part of one, in per cent of the overall score.

    This is the maximum of its weighted points.
    """
    instruments = framework.instruments.list
    parts = {part.code: part.weight for each in instruments for part in each.parts}
    return {**{each.code: each.weight for each in instruments}, **parts}


def parse_score(text: str, weight: int | None) -> tuple[Decimal, WeightedPoints | None]:
    """Read a cell of ``data/scores``: a score (0 to 100), or weighted points, ``28.04/30``.

    Raises ``ValueError`` for anything else, and for points of another weight.
    """
    found = _OUT_OF.fullmatch(text)
    if found and parse_number(found[2]) != weight:
        raise ValueError(text)
    points = parse_number(found[1] if found else text)
    if not 0 <= points <= (weight if found and weight else 100):
        raise ValueError(text)
    if not found or not weight:
        return points, None
    weighted = WeightedPoints(points, weight)
    return to_hundredths(weighted.score), weighted


def with_weight(score: Score, weight: int) -> Score:
    """Return a score with its points reinterpreted as weighted ones."""
    weighted = WeightedPoints(score.points, weight)
    return replace(score, points=to_hundredths(weighted.score), weighted=weighted)


def as_weighted(framework: Framework, scores: Mapping[str, Score]) -> dict[str, Score]:
    """Return the scores of a result, taking those of instruments and parts as weighted points."""
    weights = weights_of(framework)
    return {
        code: with_weight(each, weights[code]) if code in weights and not each.weighted else each
        for code, each in scores.items()
    }


def are_points(framework: Framework, scores: Mapping[str, Score], level: str | None) -> bool | None:
    """Whether the scores of instruments and parts are weighted points; ``None`` if undecided.

    They are if none is above its weight and all other figures fit points better than scores. This
    is decided only if a mistake would show: all instruments are present, or all indicators of one.
    """
    weights = weights_of(framework)
    plain = {c: each.points for c, each in scores.items() if c in weights and not each.weighted}
    if not any(plain.values()) or any(points > weights[code] for code, points in plain.items()):
        return False
    as_scores = count_contradictions(framework, scores, level)
    as_points = count_contradictions(framework, as_weighted(framework, scores), level)
    if as_scores < as_points:
        return False
    return True if as_points < as_scores and _is_telling(framework, scores) else None


def has_all_instruments(framework: Framework, codes: Collection[str]) -> bool:
    """Whether each instrument is among figures, or all its parts are."""
    return all(
        each.code in codes or (each.parts and all(part.code in codes for part in each.parts))
        for each in framework.instruments.list
    )


def _is_telling(framework: Framework, codes: Collection[str]) -> bool:
    known = (each.code for each in framework.instruments.list if each.code in codes)
    return has_all_instruments(framework, codes) or any(
        all(each.code in codes for each in framework.indicators_of(code)) for code in known
    )


def count_contradictions(
    framework: Framework, scores: Mapping[str, Score], level: str | None
) -> int:
    """Return how many means, and whether the level, the figures of a result contradict."""
    printed: dict[str, Decimal | Fraction] = {code: each.exact for code, each in scores.items()}
    slack = {code: each.slack for code, each in scores.items()}
    bounds = find_bounds(framework, printed, slack)
    is_excluded = level and level not in [each.name for each in possible_levels(framework, bounds)]
    return len(bounds.wrong) + bool(is_excluded)
