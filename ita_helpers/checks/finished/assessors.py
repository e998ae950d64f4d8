"""Who is said to assess: the bodies that a report names, and what it says that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section


@cache
def _known() -> Mapping[str, str]:
    """Return the full names of bodies, as patterns, by their abbreviations."""
    return cast(dict[str, str], section("signs.bodies"))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return the pattern ``signs.<key>`` with the names of all bodies, and the assessor's."""
    words = label(f"signs.{key}").replace("BODY", label("signs.body"))
    words = words.replace("FULL", "|".join(_known().values()))
    return compiled(words.replace("SHORT", label("signs.short_bodies")))


def wrong_assessors(report: Report) -> Iterator[Found]:
    """Yield bodies that do not assess and are told to, and full names with another's letters."""
    right = label("said.assessing_body")
    for passage, place in report.places(_pattern("full_and_short")):
        own = next(short for short, full in _known().items() if re.search(full, place["full"]))
        if _letters(place["short"]) != _letters(own):
            yield found_at(passage, place, own=own).told("letters")
    for passage, place in report.places(_pattern("assessor")):
        group = next(each for each in ("behind", "ahead", "between") if place[each])
        told = place[group].strip()
        if not _pattern("assesses").search(told):
            start = place.start(group)
            yield found_in(passage, start, told, own=right).told("body")


def _letters(short: str) -> str:
    return _pattern("no_letters").sub("", short)
