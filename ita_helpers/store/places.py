"""The official names of all provinces and districts: ``data/places.csv`` of the program."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ita_helpers.files.workspace import Workspace, program_root
from ita_helpers.records.names import normal
from ita_helpers.store.tables import read_table

FILE = Path("data/places.csv")
ALIKE = 0.8
"""A name of this likeness (0 to 1) to an official one is that name with a slip."""


@dataclass(frozen=True)
class Places:
    """The districts of each province, and official English names; all without ``อำเภอ`` etc."""

    districts: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]


@lru_cache(5000)
def misspelt(district: str, province: str) -> tuple[str, str]:
    """Return what is written and the official name meant, for the first name with a slip.

    Empty where all is official, or like no official name. A district is looked up in its province
    only, since many provinces share names.
    """
    districts = official_places().districts
    meant = _meant(province, districts)
    if province and meant:
        return province, meant
    known = next((d for p, d in districts.items() if normal(p) == normal(province)), ())
    meant = _meant(district, known)
    return (district, meant) if district and meant else ("", "")


def _meant(name: str, official: Iterable[str]) -> str:
    """Return the official name that one with a slip is like; nothing for an official one."""
    by_form = {normal(each): each for each in official}
    if normal(name) in by_form:
        return ""
    found = difflib.get_close_matches(normal(name), list(by_form), n=1, cutoff=ALIKE)
    return by_form[found[0]] if found else ""


@cache
def official_places() -> Places:
    """Return the list of the program, read once."""
    program = Workspace(program_root())
    districts: dict[str, list[str]] = {}
    english: dict[str, str] = {}
    for row in read_table(program.root / FILE, "places", program):
        of_province = districts.setdefault(row["province"], [])
        if row["district"]:
            of_province.append(row["district"])
        english.setdefault(row["district"] or row["province"], row["english"])
    return Places({name: tuple(each) for name, each in districts.items()}, english)
