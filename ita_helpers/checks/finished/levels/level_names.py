"""Names of levels in a text, however they are told, and names that no year gives to a level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label

NEAR = 34
"""Characters between a score or another level and a word that is a level only beside one."""
_WAYS = ("marked", "is", "quoted", "bracket", "led", "ruled", "alone", "scored")
OPENED = ("“", '"', "‘")
_NEVER = ("marked", "quoted", "bracket", "joined", "cell_scored")
"""The ways in which a name that no year has is told too."""
MARKS = {"marked": "mark", "is": "is_mark"}
"""The ways that begin with a word for levels."""


@dataclass(frozen=True)
class Level:
    """A level as a sentence names it; the words that tell it begin at ``begin``."""

    begin: int
    start: int
    end: int
    name: str
    way: str


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return the pattern ``levelled.<key>`` of the catalogue."""
    return compiled(label(f"levelled.{key}"))


@lru_cache(16)
def named(names: tuple[str, ...], key: str) -> re.Pattern[str]:
    """Return a pattern ``levelled.<key>``, or all that find levels, with names in it."""
    keys = _WAYS if key == "found" else (key,)
    return compiled("|".join(_written(names, each) for each in keys))


def _written(names: tuple[str, ...], key: str) -> str:
    listed = [label("levelled.never")] if key in _NEVER else []
    listed += [_name(each) for each in sorted(names, key=len, reverse=True)]
    return label(f"levelled.{key}").replace("N)", f"{'|'.join(listed)})")


def _name(name: str) -> str:
    ends = label("levelled.latin_ends") if name.isascii() else f"(?!{label('levelled.goes_on')})"
    return f"{re.escape(name)}{ends}"


@lru_cache(16)
def with_levels(key: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the catalogue with the names of levels in it, the longest first."""
    listed = sorted(names, key=len, reverse=True)
    return compiled(label(key).replace("LEVELS", "|".join(map(re.escape, listed))))


def is_of_levels(text: str, word: re.Match[str]) -> bool:
    """Whether a word for more or less compares levels, and not their scores."""
    behind = pattern("than_level").match(text, word.end())
    ahead = pattern("level_ahead").search(text, max(0, word.start() - NEAR), word.start())
    return bool(behind and (ahead or behind["steps"]))


def levels_in(report: Report, text: str) -> list[Level]:
    """Return the levels that a text names, and names that no year gives to a level."""
    found: list[Level] = []
    for place in named(report.level_names, "found").finditer(text):
        way = str(next(key for key in _WAYS if place[key]))
        begin = place.start(MARKS.get(way, way))
        begin -= way not in MARKS and text[:begin].endswith(OPENED)
        found.append(Level(begin, *place.span(way), place[way], way))
    found = [each for each in found if _is_level(report, text, each, found)]
    for each in list(found):
        found += _joined(report, text, each.end)
    kept = {each.start: each for each in reversed(found)}
    return [kept[start] for start in sorted(kept)]


def _is_level(report: Report, text: str, level: Level, others: Sequence[Level]) -> bool:
    """Whether a word that is a level only beside a score or another level is one."""
    if said("passed_and_graded").match(text, level.start):
        return False
    is_soft = bool(pattern("soft").fullmatch(level.name))
    behind = pattern("score_next").match(text, level.end)
    if level.way == "scored":
        return not is_soft or bool(behind and is_result(report, Decimal(behind["points"])))
    if level.way != "led" or not (is_soft or not pattern("verb").search(text, 0, level.start)):
        return True
    beside = pattern("near_score").search(text, max(0, level.begin - NEAR), level.begin)
    near = any(
        0 < abs(each.start - level.start) < NEAR + len(each.name)
        and not (each.way == "led" and pattern("soft").fullmatch(each.name))
        for each in others
    )
    return bool(beside or behind or near)


def _joined(report: Report, text: str, end: int) -> Iterator[Level]:
    """Yield the levels that follow one in a list, or as the next step."""
    known = named(report.level_names, "joined")
    while place := known.match(text, end):
        end = place.end("level")
        yield Level(place.start("level"), place.start("level"), end, place["level"], "joined")


def after(text: str, end: int, key: str) -> str:
    """Return the words before a place, behind the last that part them from what is ahead."""
    ends = [each.end() for each in pattern(key).finditer(text, 0, end)]
    return text[max([0, *ends]) : end]


def is_result(report: Report, points: Decimal) -> bool:
    """Whether points are an overall score of the report's office in some year."""
    own = report.scores.items()
    return any(code == OVERALL and each == points for (code, _), each in own)
