"""Years of laws that are not theirs, quarters out of order, years of two eras."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import BUDDHIST_ERA


def years_of_sources(report: Report) -> Iterator[Found]:
    """Yield years beside the name of a law that are not its own."""
    known = cast(dict[str, str], section("said.years_of_sources"))
    names = compiled(label("said.year_of_source").replace("NAMES", "|".join(known)))
    for passage, place in report.places(names):
        right = next(
            years for name, years in known.items() if re.match(name, place.string[place.start() :])
        )
        if said("amended").search(place["between"]) or place["year"] in right.split():
            continue
        facts = {"name": place["name"], "right": right.split()}
        yield found_at(passage, place, "year", **facts).told("law")


def spans_of_sources(report: Report) -> Iterator[Found]:
    """Yield spans of years behind the name of a plan or a resolution that are not its own."""
    known = cast(dict[str, dict[str, str]], section("said.spans_of_sources"))
    names = compiled(label("said.span_of_source").replace("NAMES", "|".join(known)))
    for passage, place in report.places(names):
        own = next(each for words, each in known.items() if re.fullmatch(words, place["name"]))
        right = own["years"].split()
        between = own.get("between", "")
        is_another = said("another_plan").search(place["between"]) or (
            between and not re.fullmatch(between, place["between"])
        )
        if f"{place['first']}-{place['last']}" not in right and not is_another:
            facts = {"name": own["name"], "right": right[0]}
            yield found_at(passage, place, "span", **facts).told("span")


def phases_of_sources(report: Report) -> Iterator[Found]:
    """Yield phases of a strategy with the years of another one."""
    right = label("said.phase_of_years")
    for passage, place in report.places(said("phase_of_source")):
        if place["phase"] != right:
            facts = {"name": place["name"], "right": right, "span": place["span"]}
            yield found_at(passage, place, "told", **facts).told("phase")


def years_of_aims(report: Report) -> Iterator[Found]:
    """Yield years and shares of the national aim for the offices that pass that are not its own."""
    right, share = label("said.year_of_aim"), label("said.share_of_aim")
    name = label("said.name_of_aim")
    for passage, place in report.places(said("national_aim")):
        key = "year" if place["year"] else "before"
        is_share = (place["share"] or share) == share
        if is_share and place[key] != right:
            yield found_at(passage, place, key, name=name, right=[right]).told("law")
        elif not is_share and place[key] == right:
            yield found_at(passage, place, "share", name=name, right=share).told("share")


def quarters_out_of_order(report: Report) -> Iterator[Found]:
    """Yield quarters of which the last comes before the first."""
    for passage, place in report.places(said("quarters")):
        if (place["end"], place["last"]) < (place["year"], place["first"]):
            yield found_at(passage, place)


def eras_that_differ(report: Report) -> Iterator[Found]:
    """Yield years of the common era that are not the year before them."""
    for passage, place in report.places(said("both_eras")):
        right = int(place["year"]) - BUDDHIST_ERA
        if int(place["common"]) != right:
            found = found_at(passage, place, "common", right=right)
            yield found.told("common")


def bad_quarters(report: Report) -> Iterator[Found]:
    """Yield quarters that no year has."""
    for passage, place in report.places(said("bad_quarter")):
        yield found_at(passage, place).told("quarter")


def common_era(report: Report) -> Iterator[Found]:
    """Yield years C.E. behind the words for a year B.E."""
    for passage, place in report.find("common_era"):
        right = int(place["year"]) + 543
        yield found_at(passage, place, right=right)
