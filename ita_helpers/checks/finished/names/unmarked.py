"""Names that lack what tells their kind: parts called indicators, instruments without letters."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.passages.signs import sign
from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, once_each
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label

FEWEST = 2
"""Instruments with their letters in one text beside which another one lacks them."""


def unmarked_names(report: Report) -> Iterator[Found]:
    """Yield names without the word or the letters that their year or their text gives others."""
    yield from once_each(_parts_called_whole(report))
    yield from once_each(_without_letters(report))


def _parts_called_whole(report: Report) -> Iterator[Found]:
    """Yield sub-indicators of the year that are called indicators."""
    listed = report.rules.all_sub_indicators if report.rules else ()
    known = {each.code for each in listed}
    for passage, place in report.find("part_called_whole") if known else ():
        if place["code"] in known:
            name = f"{label('finished.sub_indicator')} {place['code']}"
            yield found_at(passage, place, name=name, code=place["code"]).told("part")


def _without_letters(report: Report) -> Iterator[Found]:
    """Yield English names in brackets without their letters, where other instruments have them."""
    listed = report.rules.instruments.list if report.rules else ()
    official = {(each.name_en or "").lower(): each.code for each in listed}
    for passage in report.that_may_hold(sign("english")) if listed else ():
        places = list(sign("english").finditer(passage.text))
        marked = {e["ahead"] or e["behind"] for e in places} - {None, "", OVERALL}
        for place in places if len(marked) >= FEWEST else ():
            code = official.get(place["name"].lower())
            is_alone = pattern("in_brackets").match(passage.text, place.start("name") - 1)
            if code and code not in marked and is_alone:
                facts = {"name": f"{place['name']} : {code}", "code": code}
                yield found_at(passage, place, "name", **facts).told("letters")
