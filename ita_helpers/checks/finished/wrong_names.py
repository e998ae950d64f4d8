"""Names of indicators that are nearly right or no names at all, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.reading import bare, said
from ita_helpers.checks.finished.report import Names, Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.document import Table

ALIKE, LISTED = 0.78, 0.5
"""Words with a score that share so much of a name are that name misspelt; in a list, so much."""
FEWEST = 4
"""A column of so many names of indicators is a list of them."""


def behind_names(report: Report) -> Iterator[Found]:
    """Yield names of indicators with the number of another one behind them."""
    naming = report.mentions.naming
    for passage in report.that_may_hold(said("number_behind")) if report.rules else ():
        for name in naming.any_name.finditer(passage.text):
            place = said("number_behind").match(passage.text, name.end())
            code = dict(report.indicator_names).get(bare(name.group()))
            known = report.rules and place and report.rules.find_indicator(place["number"])
            if place and code and known and code != place["number"]:
                found = passage.text[name.start() : place.end()]
                facts = {"code": place["number"], "right": known.name, "meant": code}
                facts["name"] = report.rules.indicator(code).name if report.rules else ""
                yield found_in(passage, name.start(), found, **facts)


def numbered_names(report: Report) -> Iterator[Found]:
    """Yield names in a list of numbers and names, as of all indicators, with another's number."""
    naming = report.mentions.naming
    codes = dict(report.indicator_names)
    numbered = report.that_may_hold(said("number_ahead"), in_lines=True)
    for passage in numbered if report.rules else ():
        pairs = [
            (place["number"], name, codes.get(bare(name.group()), ""))
            for name in naming.any_name.finditer(passage.text)
            if (place := said("number_ahead").search(passage.text, 0, name.start()))
        ]
        same = sum(number == code for number, _, code in pairs)
        for number, name, code in pairs if same >= FEWEST else ():
            known = report.rules.find_indicator(number) if report.rules else None
            if known and code and code != number:
                facts = {"code": number, "right": known.name, "meant": code, "name": name.group()}
                yield found_in(passage, name.start(), name.group(), **facts)


def scored_names(report: Report) -> Iterator[Found]:
    """Yield names with a score behind them that are nearly, or not at all, that of an indicator."""
    if not report.rules:
        return
    for passage, place in report.places(said("number_and_scored")):
        name = place["name"]
        if report.rules.find_indicator(place["number"]) and not _is_name(report, name):
            yield _misspelt(report, passage, place.start("name"), name, place["number"])
    for passage, place in report.places(said("scored_name")):
        if _begins(report, place["name"]):
            continue
        if code := _nearly(report.indicator_names, bare(place["name"])):
            yield _misspelt(report, passage, place.start("name"), place["name"], code)


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


def _begins(report: Report, words: str) -> bool:
    """Whether words begin or end with a name of the year."""
    names = tuple(name for name, _ in report.indicator_names)
    return bare(words).startswith(names) or bare(words).endswith(names)


@lru_cache(4096)
def _nearly(names: Names, words: str) -> str:
    """Return the code of the one name that words are nearly."""
    found = {
        code: ratio
        for name, code in names
        if (ratio := SequenceMatcher(None, words, name, autojunk=False).ratio()) > ALIKE
    }
    return max(found, key=lambda code: found[code], default="")


def _misspelt(report: Report, passage: Passage, start: int, words: str, code: str) -> Found:
    assert report.rules
    right = report.rules.indicator(code).name
    facts = {"code": code, "right": right, "meant": code, "name": name_of(report, code)}
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
    words = [" ".join(each.text.split()).lstrip(_NUMBERING) for each in cells]
    there = [names[bare(each)] for each in words if bare(each) in names]
    if len(set(there)) < FEWEST:
        return
    missing = [(name, code) for name, code in report.indicator_names if code not in there]
    for cell, each in zip(cells, words, strict=True):
        if bare(each) in names or not said("listed_name").fullmatch(each):
            continue
        if code := _likeliest(missing, bare(each)):
            text = " ".join(cell.text.split())
            passage = Passage(text, cell.raw, cell.spot)
            yield _misspelt(report, passage, text.find(each), each, code)


_NUMBERING = "0123456789.)( -–•"


def _likeliest(names: Sequence[tuple[str, str]], words: str) -> str:
    ratios = {
        code: SequenceMatcher(None, words, name, autojunk=False).ratio() for name, code in names
    }
    best = max(ratios, key=lambda code: ratios[code], default="")
    return best if best and ratios[best] > LISTED else ""
