"""Patterns of the catalogue that find Thai words although a blank stands inside them."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section

_BETWEEN = re.compile(r"(?<=[\u0e01-\u0e3a\u0e40-\u0e4e])(?=[\u0e01-\u0e2e\u0e40-\u0e44])")


def loose(pattern: str) -> str:
    """Return a pattern that allows one blank between Thai letters, but not before a mark.

    >>> bool(re.fullmatch(loose("คะแนน"), "คะ แนน"))
    True
    """
    return _BETWEEN.sub(" ?", pattern)


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return the pattern ``documents.<key>`` of the catalogue."""
    return compiled(loose(label(f"documents.{key}")), re.IGNORECASE)


def make_all() -> None:
    """Make all patterns of the catalogue, before processes are forked that need them."""
    for name, block in section("documents").items():
        keys = [f"{name}.{key}" for key in block] if isinstance(block, dict) else [name]
        for key in keys:
            with suppress(KeyError, re.error):
                pattern(key)


def alternatives(names: list[str]) -> str:
    """Return a pattern for any of some names, the longest first."""
    ordered = sorted(set(names), key=lambda each: (-len(each), each))
    return "|".join(loose(re.escape(each).replace(r"\ ", " ?")) for each in ordered)
