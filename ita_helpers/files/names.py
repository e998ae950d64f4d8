"""Turning names of offices into file names that are valid on Windows, Linux and macOS."""

from __future__ import annotations

import re

from ita_helpers.language.excerpts import whole_at
from ita_helpers.language.thai import tidy_text

LONGEST_NAME = 40
"""Letters of an office's name; a file name has 255 bytes, a Thai letter three, Windows' paths 260
characters."""
_NEVER = re.compile(r'[\\/:*?"<>|{}\x00-\x1f\x7f\ud800-\udfff]+')


def in_file_names(name: str) -> str:
    """Return a name as a file's can hold it; a longer one is cut between two letters.

    >>> in_file_names("  อบต.ก/ข: ฉบับที่ 1. ")
    'อบต.ก ข ฉบับที่ 1'
    """
    tidy = " ".join(_NEVER.sub(" ", tidy_text(name)).split())
    return tidy[: whole_at(tidy, LONGEST_NAME)].strip(" .-")
