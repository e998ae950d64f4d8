"""Districts that are not in the province beside them, and letters of another province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import cast

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.store.places import official_places


def districts_elsewhere(report: Report) -> Iterator[Found]:
    """Yield official districts beside a province that has none of that name."""
    listed = official_places().districts
    for passage, place in report.places(compiled(label("provinces.district_and_province"))):
        province = _province(place["province"])
        homes = {name for name, own in listed.items() if place["district"] in own}
        if province and homes and province not in homes:
            facts = {"right": province, "kind": "district"}
            yield found_at(passage, place, "district", **facts).told("apart")


def letters_of_others(report: Report) -> Iterator[Found]:
    """Yield the letters of another province before the number of a letter of the office."""
    known = cast(dict[str, str], section("provinces.letters"))
    named = Counter(
        province
        for _, place in report.places(compiled(label("provinces.district_and_province")))
        if (province := _province(place["province"]))
    )
    right = known.get(next(iter(named), "")) if len(named) == 1 else None
    for passage, place in report.places(compiled(label("provinces.number"))) if right else ():
        if place["letters"] != right:
            yield found_at(passage, place, "letters", right=right).told("letters")


@cache
def _province(text: str) -> str:
    """Return the official province that a text begins with, or nothing."""
    names = (name for name in official_places().districts if text.startswith(name))
    return max(names, key=len, default="")
