"""Who was assessed: an organisation with its names, kind and place."""

from __future__ import annotations

from dataclasses import dataclass


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
