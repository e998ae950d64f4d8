"""Who is said to assess: the bodies that a report names, and what it says that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from ita_helpers.checks.finished.reading import bare, likeness
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.writing.writing import wrong_phrase
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section

LIKE = 0.75
"""Words before the letters of a body that share so much with its name are meant to be it."""


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
        start = place.start(group)
        is_beside = _pattern("with_assessor").search(passage.text, 0, start)
        if not is_beside and not _pattern("assesses").search(told):
            yield found_in(passage, start, told, own=right).told("body")


def names_not_whole(report: Report) -> Iterator[Found]:
    """Yield names of a body before its letters that lack words, or have some too many."""
    offices = label("signs.body_offices")
    for passage, place in report.places(_pattern("body_written")):
        letters = _letters(place["short"])
        short = next(each for each in _known() if _letters(each) == letters)
        right = _known()[short]
        name = bare(place["name"])
        rights = [right, offices + right]
        if name.removeprefix(offices) in _known().values() or wrong_phrase().search(name):
            continue
        if max(likeness(name, each) for each in rights) > LIKE:
            whole = rights[name.startswith(offices)]
            facts = {"short": short, "right": whole}
            yield found_at(passage, place, "name", **facts).told("body")


def _letters(short: str) -> str:
    return _pattern("no_letters").sub("", short)
