"""Sizes of files for people."""

from __future__ import annotations

from ita_helpers.language.catalogue import say

_KILO = 1024


def size_of(count: int) -> str:
    """Return a number of bytes for people.

    >>> size_of(274_972), size_of(1_300_000)
    ('269 KB', '1.2 MB')
    """
    if count < _KILO**2:
        return say("words.kilobytes", number=-(-count // _KILO))
    return say("words.megabytes", number=f"{count / _KILO**2:.1f}")
