"""The addresses of places on a site: official English names, or romanised ones, in plain ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ita_helpers.offices.codes import romanise
from ita_helpers.records.places import place_name
from ita_helpers.store.places import official_places
from ita_helpers.website.contents import SiteReport

NOWHERE = "other"
"""The address of what is in no province, or in no district that is known."""
_OTHERS = re.compile(r"[^a-z0-9]+")


class Addresses:
    """The address of each place that has a report; no two places share one."""

    def __init__(self, reports: Iterable[SiteReport]) -> None:
        places = sorted({(each.facts.province, each.facts.district) for each in reports})
        self._provinces = _named({province for province, _ in places})
        self._districts = {
            province: _named({other for of, other in places if of == province})
            for province in self._provinces
        }

    def province(self, name: str) -> str:
        """Return the path of the page of a province; the empty name is that of no province."""
        return f"places/{self._provinces[name]}/index.html"

    def district(self, name: str, province: str) -> str:
        """Return the path of the page of a district."""
        return f"places/{self._provinces[province]}/{self._districts[province][name]}.html"


def shown_place(kind: str, name: str, province: str) -> str:
    """Return a ``district`` or ``province`` as readers know it; nothing for the empty name."""
    return place_name(kind, name, province) if name else ""


def _named(places: set[str]) -> dict[str, str]:
    """Return an address for each name, those that would be the same told apart by a number."""
    found: dict[str, str] = {}
    for place in sorted(places):
        name = address = _address(place)
        number = 2
        while address in found.values() or address == "index":
            address = f"{name}-{number}"
            number += 1
        found[place] = address
    return found


def _address(place: str) -> str:
    if not place:
        return NOWHERE
    english = official_places().english.get(place) or romanise(place)
    return _OTHERS.sub("-", english.casefold()).strip("-") or NOWHERE
