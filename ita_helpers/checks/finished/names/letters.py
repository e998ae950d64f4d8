"""What stands with the letters of an instrument, and only another instrument has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.passages.signs import home_of, side_of, sign, signs_of
from ita_helpers.checks.finished.reading import LONGEST_HEADING, code_of_heading, figures
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.records.framework import Framework

FAR, FEWEST = 120, 2
"""Characters behind the letters with which a paragraph begins in which its indicators are named;
what is named of an instrument under a heading.
"""


def letters_of_others(report: Report) -> Iterator[Found]:
    """Yield letters beside the kind, the number of items or the heading of another instrument."""
    for passage, place in report.places(sign("checked")):
        yield found_at(passage, place, right="OIT")
    for passage, place in report.places(sign("items_counted")):
        counts = report.once_of(_counts_of_items, int(place["year"] or report.year))
        right = [code for code, count in counts.items() if count == int(place["count"])]
        if len(right) == 1 and right != [place["code"]]:
            yield found_at(passage, place, right=right[0])
    for passage, place in report.places(sign("headed"), in_lines=True):
        side = _side_of_heading(place["words"])
        if side and side != place["code"]:
            yield found_at(passage, place, "code", right=side)
    for passage, place in report.places(sign("opened_bare"), in_lines=True):
        told = sign("opened_by").match(passage.text, place.end())
        side = side_of(told["side"]) if told else ""
        if told and side != "OIT" and place["code"] != "OIT" and side != place["code"]:
            found = passage.text[place.start("code") : told.end()]
            yield found_in(passage, place.start("code"), found, right=side)


def _counts_of_items(report: Report, year: int) -> dict[str, int]:
    """Return how many items each instrument has in a year (B.E.)."""
    rules = report.rules_of(year)
    listed = rules.items if rules else ()
    counts: dict[str, int] = {}
    for each in listed:
        counts[each.instrument] = counts.get(each.instrument, 0) + len(each.list)
    return counts


def _side_of_heading(words: str) -> str:
    """Return the instrument that a heading is about by those of whom it says that they answer."""
    if sign("letters").search(words):
        return ""
    if sign("told_outside").search(words) and sign("told_inside").search(words):
        return ""
    if sign("asks").search(words) and (side := side_of(words)) != "OIT":
        return side
    return "OIT" if sign("shown").search(words) and side_of(words) == "OIT" else ""


def opened_by_others(report: Report) -> Iterator[Found]:
    """Yield paragraphs that begin with an instrument and tell of another one's indicators alone."""
    rules = report.rules
    signs = {id(passage): found for passage, found in signs_of(report)} if rules else {}
    for passage, place in report.places(sign("opened"), in_lines=True) if rules else ():
        behind = [e for e in signs.get(id(passage), ()) if e.start >= place.end()]
        first = behind[0] if behind and behind[0].kind in ("number", "name") else None
        if rules and first and not _turns(passage, place, first.start):
            homes = {home_of(rules, code) for each in behind for code in each.codes}
            indicator = rules.indicator(first.codes[0])
            found = passage.text[place.start("code") : first.end]
            facts = {"code": indicator.code, "name": indicator.name, "right": indicator.instrument}
            if homes == {indicator.instrument} - {place["code"]}:
                yield found_in(passage, place.start("code"), found, **facts)


def _turns(passage: Passage, place: re.Match[str], start: int) -> bool:
    """Whether a paragraph turns to something else before it names an indicator."""
    is_far = start - place.end() > FAR
    return is_far or bool(sign("turns").search(passage.text, place.end(), start))


def headed_by_others(report: Report) -> Iterator[Found]:
    """Yield the letters in a heading under which all that is named is another instrument's."""
    rules = report.rules
    section: list[Passage] = []
    for passage in (*report.passages, None) if rules else ():
        if rules and passage and not is_heading(report, passage):
            section.append(passage)
            continue
        found = _heading_of_others(report, rules, section) if rules and section else None
        if found:
            yield found
        section = [passage] if passage else []


def is_heading(report: Report, passage: Passage) -> bool:
    """Whether a passage is like a heading that names one instrument or begins another part."""
    is_short = not passage.row and len(passage.text) <= LONGEST_HEADING
    return is_short and bool(
        sign("heading").match(passage.text)
        or code_of_heading(passage.text, 0, report.mentions) is not None
    )


def _heading_of_others(
    report: Report, rules: Framework, section: Sequence[Passage]
) -> Found | None:
    heading, *below = section
    told = list(sign("letters").finditer(heading.text))
    is_plain = not figures(heading.text) and len(report.mentions(heading.text)) == 1
    is_of_several = sign("of_several").search(heading.text)
    if len(told) != 1 or not is_plain or is_of_several or not below:
        return None
    named = [each for passage in below for each in report.mentions(passage.text)]
    homes = [home_of(rules, e.code) for e in named if e.code.islower() or e.code.isdigit()]
    letters = {each.code[:3] for each in named if each.code.isupper()} - {OVERALL}
    is_of_one = len(homes) >= FEWEST and len({*homes}) == 1
    if not is_of_one or told[0].group() in homes or not letters <= {*homes}:
        return None
    return found_at(heading, told[0], right=homes[0])
