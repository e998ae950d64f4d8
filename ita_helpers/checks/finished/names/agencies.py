"""The offices that sentences name with their scores: who is named where, and what each has got.

The one place that reads it for text; offices of tables are read in ``contests``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from ita_helpers.checks.finished.passages.speaking import Number, Spoken, all_spoken, spoken_with
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import BLOT, Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.records.names import in_full, normal
from ita_helpers.values import value

FULL, FAR = 100, 75
"""Points; characters from the name of an office to its score at most."""
MOST_KEPT = 4096
"""Texts of which is kept whom they name."""
OWN_KINDS = 2


@value(frozen=True)
class Got:
    """A score that an office is said to have got in a year (B.E.); ``office`` is its key."""

    spoken: Spoken
    office: str
    name: str
    number: Number
    year: int


def scores_of_agencies(report: Report) -> tuple[Got, ...]:
    """Return the scores that sentences tell of offices they name, of tables none."""
    return report.once(_scores)


def agencies_in(report: Report, text: str) -> list[Mention]:
    """Return where a text names offices, in full or as the report abbreviates them."""
    found = list(_named(text))
    short = report.once(_abbreviations)
    if short:
        pattern, keys = short
        found += [Mention(*e.span(), keys[normal(e.group())]) for e in pattern.finditer(text)]
    return sorted(found, key=lambda each: each.start)


@lru_cache(MOST_KEPT)
def _named(text: str) -> tuple[Mention, ...]:
    return tuple(_read_names(text))


def _read_names(text: str) -> Iterator[Mention]:
    for place in said("agency").finditer(text):
        ends = said("agency_ends").search(text, place.start("name") + OWN_KINDS, place.end())
        end = ends.start() if ends else place.end()
        kind, name = place["kind"], text[place.start("name") : end]
        key = normal(in_full(f"{_kinds().get(kind, kind)}{name}"))
        yield Mention(place.start(), end, key.replace(label("said.acting"), ""))


@cache
def _kinds() -> Mapping[str, str]:
    """Return what abbreviations of kinds stand for, besides those of local governments."""
    listed = label("said.agency_kinds").split()
    return dict(zip(listed[::2], listed[1::2], strict=True))


def _abbreviations(report: Report) -> tuple[re.Pattern[str], Mapping[str, str]] | None:
    """Return what finds the abbreviations in brackets behind names, and whose each is."""
    keys: dict[str, str] = {}
    for spoken in spoken_with(report, said("agency")):
        for each in _named(spoken.text):
            if short := said("agency_short").match(spoken.text, each.end):
                keys.setdefault(normal(short["short"]), each.code)
    if not keys:
        return None
    names = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    written = label("said.agency_abbreviated").replace("ENDS", label("said.agency_ends"))
    return compiled(written.replace("NAMES", names)), keys


def _scores(report: Report) -> tuple[Got, ...]:
    is_there = any(True for _ in spoken_with(report, said("agency")))
    return tuple(
        got
        for spoken in (all_spoken(report) if is_there else ())
        if spoken.numbers and not spoken.passage.row and spoken.passage.under in ("", OVERALL)
        for got in _scores_in(report, spoken)
    )


def _scores_in(report: Report, spoken: Spoken) -> Iterator[Got]:
    named = agencies_in(report, spoken.text)
    for number in spoken.numbers if named else ():
        office = _whose(spoken, number, named)
        if office and SMALL < number.points <= FULL:
            year = spoken.year_at(number.start, report.year)
            name = spoken.text[office.start : office.end]
            yield Got(spoken, office.code, name, number, year)


def _whose(spoken: Spoken, number: Number, named: Sequence[Mention]) -> Mention | None:
    """Return the office that is said to have got a number, nothing where that is not sure."""
    before = [each for each in named if each.end <= number.start]
    if not before or spoken.between(before[-1].end, number.start):
        return None
    between = spoken.plain[before[-1].end : number.start]
    is_near = len(between) <= FAR and BLOT not in between
    is_told = is_near and said("agency_got").fullmatch(between)
    is_other = said("agency_not").search(between) if is_told else True
    is_limit = said("limit_behind").match(spoken.text, number.end)
    return before[-1] if is_told and not is_other and not is_limit else None
