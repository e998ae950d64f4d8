"""Headings of plans of measures by their meaning, for spreadsheets and finished reports alike.

Offices word them differently, write them over two rows and misspell them; the table of what they
mean is ``plan.columns`` and ``plan.heads`` of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import normal

LONGEST = 100
"""Characters: what is longer is no heading."""
TICK_COLUMNS = ("done", "not_done")
"""Columns that hold a tick instead of the words of a status."""
_CONTENTS_ELSEWHERE = ("none", "score")
_LIKE = 0.85
"""How much of a heading must agree with a known one to be a slip of the pen for it."""
_FEWEST_LETTERS = 5
_TICK = "✓"
_LONGEST_MARK = 2
"""Characters: a tick, a cross or a letter of a font of signs; what is longer are words."""


def head_of(column: str) -> str:
    """Return the usual Thai heading of a column of the plan."""
    if column in TICK_COLUMNS:
        return label(f"plan.ticks.{column}")
    return str(section("plan.columns")[column]).split("|")[0].strip()


@lru_cache(10_000)
def column_of(head: str) -> str:
    """Return the column a heading means; an empty string if it means none.

    >>> column_of("มาตราการ"), column_of("กรอบเวลา ดำเนินการ"), column_of("หมายเหตุ")
    ('measure', 'start', '')
    """
    found = _meaning(head)
    return "" if found in _CONTENTS_ELSEWHERE else found


def is_score(head: str) -> bool:
    """Whether a column holds scores."""
    return _meaning(head) == "score"


def is_usual(head: str, column: str) -> bool:
    """Whether a heading is the one the program itself gives a column."""
    return normal(head) in (normal(head_of(column)), column)


def is_named(head: str) -> bool:
    """Whether a heading is called exactly as a column may be."""
    return normal(head) in _names()


def is_row_of(kind: str, text: str) -> bool:
    """Whether the text that a row begins with makes it one of a kind besides measures.

    Kinds are ``section`` (what measures are grouped by), ``total`` and ``below`` the table.
    """
    return bool(_rows()[kind].match(to_arabic("".join(text.split()))))


def status_of(ticks: Mapping[str, str]) -> str:
    """Return the status that a mark or words under done or not yet stand for; "" for both."""
    marked = _marked(ticks)
    return _statuses()[marked[0]] if len(marked) == 1 else ""


def said_of_status(ticks: Mapping[str, str]) -> str:
    """Return the words that stand under done or not yet instead of a mark."""
    words = (ticks[each] for each in _marked(ticks))
    return "\n".join(each for each in words if len(each.strip()) > _LONGEST_MARK)


def _marked(ticks: Mapping[str, str]) -> list[str]:
    return [each for each in TICK_COLUMNS if ticks.get(each, "").strip("-\u2013\u2014 ")]


def ticks_of(status: str) -> dict[str, str]:
    """Return the columns of ticks as a status fills them in."""
    return {key: _TICK if status == each else "" for key, each in _statuses().items()}


def _statuses() -> dict[str, str]:
    return {"done": label("plan.done"), "not_done": label("plan.statuses").split()[0]}


@lru_cache(10_000)
def _meaning(head: str) -> str:
    if len(head) > LONGEST:
        return ""
    bare = normal(head)
    if bare in _names():
        return _names()[bare]
    for column, pattern in _patterns().items():
        if pattern.search(bare):
            return column
    if len(bare) < _FEWEST_LETTERS:
        return ""
    alike = get_close_matches(bare, _names(), n=1, cutoff=_LIKE)
    return _names()[alike[0]] if alike else ""


@cache
def _names() -> dict[str, str]:
    """Return the column of each name, in English or in one of its Thai forms."""
    names: dict[str, str] = {}
    for column, listed in section("plan.columns").items():
        names |= dict.fromkeys(map(normal, (column, *listed.split("|"))), column)
    return names


@cache
def _rows() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(each) for kind, each in section("plan.rows").items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {column: re.compile(each) for column, each in section("plan.heads").items()}
