"""The editions of a report: for the office itself, and to be published.

What of the records is internal stands in ``internal``.
"""

from __future__ import annotations

from typing import Literal, get_args

Edition = Literal["internal", "public"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)
INTERNAL_PARTS = ("memo",)
"""Parts of a report that the public edition leaves out."""
INTERNAL_TAG = "internal"
"""The tag of an office's own cell that only the internal edition shows."""


def suffix_of(edition: Edition) -> str:
    """Return what the names of an edition's files end in."""
    return "-public" if edition == "public" else ""
