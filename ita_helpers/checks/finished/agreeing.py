"""Counts that must agree: with the rows of a plan, with a numbered list, and parts with a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.reading import said, years_in
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.tallies import wrong_tallies

FEWEST = 2


def measures_of_plan(report: Report) -> Iterator[Found]:
    """Yield totals of measures that are not as many as the rows of the one plan of the report."""
    rows = report.claims.plan
    tables = {each.spot.table for each in rows}
    measures = {squeezed(each.measure) for each in rows if each.measure.strip()}
    if len(tables) != 1 or len(measures) < FEWEST:
        return
    heads = [squeezed(e.text) for t in report.tables if t.spot.table in tables for e in t.rows[0]]
    for passage, place in report.places(said("measures_in_all"), in_lines=True):
        is_of_table = any(place["unit"] in head for head in heads)
        is_past = any(year <= report.year for year in years_in(passage.text))
        counts = {len(rows), len(measures)}
        if is_of_table and not is_past and int(place["count"]) not in counts:
            found = passage.text[place.start("count") : place.end("unit")]
            right = str(len(measures))
            yield found_in(passage, place.start("count"), found, right=right).told("rows")


def numbered_lists(report: Report) -> Iterator[Found]:
    """Yield totals behind a list in one line that are not its last number."""
    for passage, place in report.places(said("listed_in_all"), in_lines=True):
        numbers = [int(e["number"]) for e in said("numbered").finditer(place["list"])]
        is_list = len(numbers) >= FEWEST and numbers == list(range(1, len(numbers) + 1))
        if is_list and int(place["count"]) != len(numbers):
            found = passage.text[place.start("count") : place.end("unit")]
            right = str(len(numbers))
            yield found_in(passage, place.start("count"), found, right=right).told("rows")


def the_rest(report: Report) -> Iterator[Found]:
    """Yield numbers of the remaining indicators that do not make all with those told before."""
    rules = report.rules
    known = {(each.spot, each.found) for each in wrong_tallies(report)} if rules else set()
    for passage, place in report.places(said("some_and_rest"), in_lines=True) if rules else ():
        if not rules or (passage.spot, place["some"]) in known:
            continue
        groups = [rules.indicators_of(each.code) for each in rules.instruments.list]
        wholes = {len(rules.indicators.list)}
        if any(each.code in ("IIT", "EIT", "OIT") for each in report.mentions(passage.text)):
            wholes |= {len(each) for each in groups}
        some, rest = int(place["some"]), int(place["rest"])
        if some + rest not in wholes and some < max(wholes):
            found = passage.text[place.start("rest") : place.end()]
            right = str(max(wholes) - some)
            yield found_in(passage, place.start("rest"), found, right=right).told("rest")


def parts_of_cases(report: Report) -> Iterator[Found]:
    """Yield cases left that do not make all that came in with those that are done."""
    for passage, place in report.places(said("cases")):
        whole, done, left = (_number(place, each) for each in ("whole", "done", "left"))
        if done + left != whole:
            found = passage.text[place.start("left") : place.end()]
            right = str(whole - done) if whole >= done else str(done + left)
            yield found_in(passage, place.start("left"), found, right=right).told("cases")


def _number(place: re.Match[str], group: str) -> int:
    return int(place[group].replace(",", ""))
