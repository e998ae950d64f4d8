"""Who was assessed: an organisation with its names, kind and place."""

from __future__ import annotations

import re
from dataclasses import dataclass

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
"""The codes of organisations."""
SIZES = ("S", "M", "L")
"""Size classes of the NACC, of offices of one type; ``size`` is one of these where known."""


@dataclass(frozen=True)
class Organisation:
    """One row of ``data/organisations.csv``; text that is not known is empty.

    A reference is a group of organisations with figures to compare with.
    """

    code: str
    name: str
    short_name: str
    type: str
    district: str
    province: str
    official_code: str
    is_reference: bool = False
    is_made_up: bool = False
    ministry: str = ""
    size: str = ""
