"""Names of indicators that are nearly right or no names at all, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from ita_helpers.checks.finished.passages.signs import Sign, signs_of
from ita_helpers.checks.finished.reading import bare, likeness, said
from ita_helpers.checks.finished.report import Names, Passage, Report, of_cell, squeezed
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.document import Table

ALIKE, LISTED = 0.78, 0.5
"""Words with a score that share so much of a name are that name misspelt; in a list, so much."""
NEAR, LONG = 6, 45
"""Characters before a name in which the code of an item stands; no name is longer."""
FEWEST, MOST = 4, 7
"""Names of indicators that make a list of them, and one in which nothing else stands."""


def scored_names(report: Report) -> Iterator[Found]:
    """Yield names beside a number or a score that are nearly that of an indicator, and are not."""
    if not report.rules:
        return
    for key in ("number_and_scored", "number_and_whole", "name_and_number"):
        for passage, place in report.places(said(key)):
            code = place["number"]
            known = report.rules.find_indicator(code)
            is_told = key == "number_and_scored" or (
                known and likeness(bare(place["name"]), bare(known.name)) > LISTED
            )
            is_group = bool(said("more_numbers").match(passage.text, place.end()))
            is_right = is_group or _is_name(report, place["name"]) or _is_parted(report, place)
            if known and is_told and not is_right and not _is_of_item(passage, place):
                yield _misspelt(report, passage, place.start("name"), place["name"], code)
    for passage, place in report.places(said("scored_name")):
        if (
            _is_of_item(passage, place)
            or _is_name(report, place["name"])
            or _is_parted(report, place)
        ):
            continue
        words = bare(place["name"])
        if any(name.endswith(words) for name, _ in report.indicator_names):
            continue
        of_points = report.once(_codes_of_points).get(Decimal(place["points"]), "")
        code = _nearly(report.indicator_names, words)
        code = code or _likeliest([e for e in report.indicator_names if e[1] == of_points], words)
        if code and not _begins(report, place["name"], but=of_points):
            yield _misspelt(report, passage, place.start("name"), place["name"], code)


def _is_of_item(passage: Passage, place: re.Match[str]) -> bool:
    """Whether a name stands right behind the code of an item, and is that of the item."""
    start = place.start("name")
    return bool(said("item_ahead").search(passage.text, max(0, start - NEAR), start))


def told_names(report: Report) -> Iterator[Found]:
    """Yield nearly right names that are told as the best or the worst, or stand in a list."""
    names = tuple(name for name, _ in report.indicator_names)
    for passage, place in report.places(said("told_name")) if names else ():
        is_name = bare(place["name"]).startswith(names) or bare(place["name"]).endswith(names)
        code = "" if is_name else _nearly(report.indicator_names, bare(place["name"]))
        if code:
            yield _misspelt(report, passage, place.start("name"), place["name"], code)
    for passage, signs in signs_of(report) if names else ():
        listed = [each for each in signs if each.kind == "name"]
        yield from _last(report, passage, listed)
        if len(listed) >= FEWEST and not passage.row:
            yield from _between(report, passage, listed)


def _last(report: Report, passage: Passage, listed: Sequence[Sign]) -> Iterator[Found]:
    """Yield the last entry of a list of names that is nearly one that is missing in it."""
    there = {code for each in listed for code in each.codes}
    names = tuple(name for name, _ in report.indicator_names)
    place = said("last_entry").match(passage.text, listed[-1].end) if listed else None
    words = bare(place["name"]) if place else ""
    code = "" if not words or words.startswith(names) else _nearly(report.indicator_names, words)
    if place and code and code not in there:
        yield _misspelt(report, passage, place.start("name"), place["name"], code)


def _between(report: Report, passage: Passage, listed: Sequence[Sign]) -> Iterator[Found]:
    """Yield entries between the names of one list that are no names, where one is missing."""
    there = {code for each in listed for code in each.codes}
    missing = [(name, code) for name, code in report.indicator_names if code not in there]
    for one, other in pairwise(listed):
        behind = said("runs_on").match(passage.text, one.end, other.start)
        if behind and not said("goes_on").match(behind.group()):
            found = one.words + behind.group()
            yield _misspelt(report, passage, one.start, found, one.codes[0])
            continue
        place = said("entry_between").fullmatch(passage.text, one.end, other.start)
        code = _likeliest(missing, bare(place["name"])) if place else ""
        if place and code:
            yield _misspelt(report, passage, place.start("name"), place["name"], code)


def _codes_of_points(report: Report) -> dict[Decimal, str]:
    """Return the one indicator that has some points in the year or the one before."""
    found: dict[Decimal, set[str]] = {}
    for (code, year), points in report.scores.items():
        if code.isdigit() and year in (report.year, report.year - 1):
            found.setdefault(points, set()).add(code)
    return {points: codes.pop() for points, codes in found.items() if len(codes) == 1}


def _is_name(report: Report, words: str) -> bool:
    """Whether words are a name of the year, or one that goes on as a sentence does."""
    said_here = bare(words)
    for name, _ in report.indicator_names:
        if said_here == name:
            return True
        if said_here.startswith(name):
            return bool(said("goes_on").match(said_here, len(name)))
        if said_here.endswith(name):
            return True
    return False


def _is_parted(report: Report, place: re.Match[str]) -> bool:
    """Whether words are the part before or behind a blank in a name of the year."""
    text, words = place.string, bare(place["name"])
    ahead = bare(text[max(0, place.start("name") - LONG) : place.end("name")])
    behind = bare(text[place.start("name") : place.end("name") + LONG])
    return any(
        (name.startswith(words) and behind.startswith(name))
        or (name.endswith(words) and ahead.endswith(name))
        for name, _ in report.indicator_names
    )


def _begins(report: Report, words: str, but: str) -> bool:
    """Whether words begin or end with a name of the year, but for those of a code."""
    names = tuple(name for name, code in report.indicator_names if code != but)
    return bare(words).startswith(names) or bare(words).endswith(names)


@lru_cache(4096)
def _nearly(names: Names, words: str) -> str:
    """Return the code of the one name that words are nearly."""
    found = {code: ratio for name, code in names if (ratio := likeness(words, name)) > ALIKE}
    return max(found, key=lambda code: found[code], default="")


def _misspelt(report: Report, passage: Passage, start: int, words: str, code: str) -> Found:
    assert report.rules
    right = report.rules.indicator(code).name
    facts = {"code": code, "right": right, "meant": code, "name": right}
    return found_in(passage, start, words, **facts)


def listed_names(report: Report) -> Iterator[Found]:
    """Yield entries of a table's list of indicators that are no names, where one is missing."""
    for table in report.tables if report.rules else ():
        width = max((len(row) for row in table.rows), default=0)
        for column in range(min(width, 6)):
            yield from _in_column(report, table, column)


def _in_column(report: Report, table: Table, column: int) -> Iterator[Found]:
    names = dict(report.indicator_names)
    cells = [row[column] for row in table.rows if len(row) > column]
    places = [said("listed_number").fullmatch(squeezed(each.text)) for each in cells]
    words = [each["name"].strip() if each else "" for each in places]
    there = [names[bare(each)] for each in words if bare(each) in names]
    if len(set(there)) < FEWEST:
        return
    missing = [(name, code) for name, code in report.indicator_names if code not in there]
    is_whole = len(set(there)) >= MOST
    for cell, place, each in zip(cells, places, words, strict=True):
        if not place or bare(each) in names:
            continue
        own = [code for name, code in missing if code == place["number"]]
        is_own = any(bare(each).startswith(name) for name, code in missing if code in own)
        code = own[0] if own and is_whole and not is_own else ""
        if not code and said("listed_name").fullmatch(each):
            code = _likeliest(missing, bare(each))
        if code:
            passage = of_cell(cell)
            yield _misspelt(report, passage, passage.text.find(each), each, code)


def _likeliest(names: Sequence[tuple[str, str]], words: str) -> str:
    ratios = {code: likeness(words, name) for name, code in names}
    best = max(ratios, key=lambda code: ratios[code], default="")
    return best if best and ratios[best] > LISTED else ""
