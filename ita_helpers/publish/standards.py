"""The kinds of PDF there are: for readers of all abilities, or for an archive."""

from __future__ import annotations

from typing import Literal, get_args

Standard = Literal["ua-1", "a-2b"]
STANDARDS: tuple[Standard, ...] = get_args(Standard)
