"""Indicators and instruments under another's, an old or a misspelt name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from ita_helpers.checks.finished.names.assessors import names_not_whole
from ita_helpers.checks.finished.names.named import numbers_of_others
from ita_helpers.checks.finished.names.titles import wrong_titles
from ita_helpers.checks.finished.names.unmarked import unmarked_names
from ita_helpers.checks.finished.names.wrong_names import listed_names, scored_names, told_names
from ita_helpers.checks.finished.passages.counted import (
    counts_entries,
    counts_rows,
    head_above,
    is_of_contents,
    parts,
)
from ita_helpers.checks.finished.reading import bare, likeness, pattern, said, words
from ita_helpers.checks.finished.report import Names, Passage, Report, heads_of
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in, once_each
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace, value

ALIKE = 0.8
"""Names that share this much of their letters are one name misspelt."""
LIKELY = 0.5
"""Words before what is said of an indicator that share so much with its name are a wrong name."""
NEAR = 0.7
"""Words under a right number in a list of indicators that share so much are its name misspelt."""
FEWEST_OF_A_TEXT = 2
"""Entries of a list in one text that have the name of their number, if it is one of indicators."""
FEWEST_IN_A_LIST = 4
"""Numbered lines are a list of indicators if so many carry names of indicators."""


@value(frozen=True)
class Named:
    """A number with the words behind it that may be the name of an indicator.

    Both ``begin`` in the passage, if the number stands there too. ``meant`` is the code of the
    indicator whose name the words are, where that is asked.
    """

    passage: Passage
    start: int
    code: str
    words: str
    is_listed: bool = False
    begin: int = -1
    meant: str = ""


def _another_name(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators with the name of another one."""
    for each in _all_named(report):
        found = _read(report, each)
        if found and found[1] != each.code and found[2] > ALIKE:
            yield _pair(each, _at(report, each, found[0], meant=found[1]))


def _no_number(report: Report) -> Iterator[Found]:
    """Yield rows of a list of indicators with a number that none has."""
    rules, names = report.rules, dict(report.indicator_names)
    last = rules.indicators.list[-1].code if rules else ""
    for each in _all_named(report) if rules else ():
        is_row = each.passage.row and each.passage.is_first
        if rules and is_row and not rules.find_indicator(each.code) and bare(each.words) in names:
            yield found_in(each.passage, 0, each.code, last=last).told("none")


def names_under_numbers(report: Report) -> dict[tuple[Spot, str], str]:
    """Return which indicator's name stands at a place behind the number of another one."""
    found = ((each, _read(report, each)) for each in _all_named(report))
    return {
        (each.passage.spot, each.code): read[1]
        for each, read in found
        if read and read[1] != each.code
    }


def _pair(named: Named, found: Found) -> Found:
    """Return what was found with the number before the name, if it stands there."""
    if named.begin < 0:
        return found
    text = named.passage.text
    name = 0
    while (
        name < len(text) - named.start
        and bare(text[named.start : named.start + name]) != found.found
    ):
        name += 1
    return replace(found, found=text[named.begin : named.start + name])


def _another_group(report: Report) -> Iterator[Found]:
    """Yield numbers of sub-indicators with the name of another one."""
    rules = report.rules
    groups = {bare(e.name): e for e in (rules.all_sub_indicators if rules else ()) if e.name}
    for passage, place in report.find("named_group") if groups else ():
        words = bare(place["name"])
        meant = [each for name, each in groups.items() if words.startswith(name)]
        if meant and all(each.code != place["code"] for each in meant):
            facts = {"code": place["code"], "meant": meant[0].code}
            end = place.start("name") + len(meant[0].name or "")
            yield found_in(passage, place.start(), passage.text[place.start() : end], **facts)


def _misspelt(report: Report) -> Iterator[Found]:
    """Yield names of indicators that are nearly right."""
    is_of_offices = said("office_head").match
    tables = {e.spot.table for e in report.tables if any(map(is_of_offices, heads_of(e)))}
    for each in _all_named(report):
        if each.passage.spot.table in tables:
            continue
        found = _read(report, each)
        if found and found[1] == each.code and found[2] < 1:
            yield _at(report, each, found[0], meant=found[1])
        elif not found and (each.is_listed or _is_whole_name(report, each)):
            found_name = pattern("whole_name").match(each.words)
            name = found_name["name"].strip() if found_name else each.words.strip()
            yield _at(report, each, name, meant=each.code)


def _old_name(report: Report) -> Iterator[Found]:
    """Yield the other name of an indicator that has its official one too, once."""
    yield from once_each(_old_names(report))


def _old_names(report: Report) -> Iterator[Found]:
    rules = report.rules
    official = {each.code for each in _all_named(report) if _is_official(report, each)}
    for each in _all_named(report):
        indicator = rules.find_indicator(each.code) if rules else None
        if not indicator or each.code not in official:
            continue
        words = bare(each.words)
        aliases = [name for name in indicator.aliases if words.startswith(bare(name))]
        if aliases and not words.startswith(bare(indicator.name)):
            yield _at(report, each, aliases[0], meant=each.code)


def _is_whole_name(report: Report, named: Named) -> bool:
    """Whether words behind a number are meant as its whole name, and are no name of the year."""
    indicator = report.rules.find_indicator(named.code) if report.rules else None
    place = pattern("whole_name").match(named.words)
    if not indicator or not place or not place["name"].startswith(words("name_starts")):
        return False
    if said("no_whole_name").search(place["name"]):
        return False
    if place["end"] is None:
        return True
    return likeness(bare(place["name"]), bare(indicator.name)) > LIKELY


def _is_official(report: Report, named: Named) -> bool:
    indicator = report.rules.find_indicator(named.code) if report.rules else None
    return bool(indicator and bare(named.words).startswith(bare(indicator.name)))


def _at(report: Report, named: Named, found: str, meant: str) -> Found:
    assert report.rules
    own = report.rules.find_indicator(named.code)
    facts = {
        "code": named.code,
        "right": own.name if own else "",
        "meant": meant,
        "name": report.rules.indicator(meant).name,
    }
    return found_in(named.passage, named.start, found, **facts)


def _read(report: Report, named: Named) -> tuple[str, str, float] | None:
    """Return the name found, the code it is of, and how alike the two are (0 to 1)."""
    if not report.rules or not report.rules.find_indicator(named.code):
        return None
    said_name = bare(named.words)[:60]
    plain = said("side_before_name").sub("", said_name)
    names = report.indicator_names
    return _read_name(names, said_name) or (
        _read_name(names, plain) if plain != said_name else None
    )


@lru_cache(4096)
def _read_name(names: Names, said: str) -> tuple[str, str, float] | None:
    for name, code in names:
        if said.startswith(name):
            return name, code, 1.0
    best = max(((_alike(said, name), name) for name, _ in names), default=(0.0, ""))
    if best[0] < ALIKE:
        return None
    return said[: len(best[1])], dict(names)[best[1]], best[0]


def _alike(said: str, name: str) -> float:
    """Return how alike words begin to a name; 0 for what is surely less than enough."""
    if len(said) < len(name) - 3 or said[:3] != name[:3]:
        return 0.0
    matcher, found = SequenceMatcher(None, "", name, autojunk=False), 0.0
    for length in range(max(1, len(name) - 2), len(name) + 3):
        matcher.set_seq1(said[:length])
        if matcher.quick_ratio() >= ALIKE:
            found = max(found, matcher.ratio())
    return found


def _all_named(report: Report) -> tuple[Named, ...]:
    return report.once(_named_in) if report.rules else ()


def _named_in(report: Report) -> tuple[Named, ...]:
    passages, names = report.passages, report.indicator_names
    numbered = report.that_may_hold(pattern("named_indicator"), pattern("bracketed_number"))
    found = [named for each in numbered for named in _in_words(each)]
    found = _without_counts([_with_meant(names, each) for each in found])
    found += _in_rows(report)
    found += _in_cells([each for each in passages if each.row and not each.is_first], names)
    found += _in_one_text(report, names)
    lines = [each for each in passages if not each.row]
    return (*found, *_in_list(lines, names))


def _in_rows(report: Report) -> Iterator[Named]:
    """Yield what begins the rows of tables, but not numbers that only count these."""
    tables = {each.spot.table: each for each in report.tables}
    contents = {each.spot.table for each in report.tables if is_of_contents(each)}
    rows: dict[int, list[Named]] = {}
    for each in report.passages:
        if each.is_first and each.spot.table not in contents and (named := _in_row(each)):
            rows.setdefault(each.spot.table, []).append(named)
    for number, listed in rows.items():
        known = [_with_meant(report.indicator_names, each) for each in listed]
        for part in parts([each for each in known if each.meant]):
            spot = part[0].passage.spot
            head = head_above(tables.get(number), spot.row, spot.column)
            if counts_rows(part, head):
                known = [each for each in known if each not in part]
        yield from known


def _without_counts(found: list[Named]) -> list[Named]:
    """Return what is named without the numbers in brackets that begin lines and only count."""
    bracketed = [each for each in found if each.meant and _begins_a_line(each)]
    counts = [e for part in parts(bracketed) if counts_entries(part) for e in part]
    return [each for each in found if each not in counts] if bracketed else found


def _begins_a_line(named: Named) -> bool:
    return not (named.begin or named.passage.row) and named.passage.text.startswith("(")


def _with_meant(names: Names, named: Named) -> Named:
    """Return what is named with the code of the indicator whose name stands there, if one does."""
    read = _read_name(names, bare(named.words)[:60])
    return replace(named, meant=read[1]) if read else named


def _in_words(passage: Passage) -> Iterator[Named]:
    """Yield numbers behind the word for an indicator, and numbers in brackets before names."""
    for place in pattern("named_indicator").finditer(passage.text):
        yield _numbered(passage, place)
    bracketed = list(pattern("bracketed_number").finditer(passage.text))
    numbers = [each["code"] for each in bracketed]
    is_count = len(numbers) > 1 and numbers == [str(n + 1) for n in range(len(numbers))]
    for place in () if is_count and not _is_from_first(bracketed[0]["name"]) else bracketed:
        yield _numbered(passage, place)


def _is_from_first(name: str) -> bool:
    """Whether a count from one is that of all indicators, which begin with this name."""
    return bare(name).startswith(bare(said("first_indicator").pattern))


def _numbered(passage: Passage, place: re.Match[str]) -> Named:
    start = place.start("name")
    return Named(passage, start, place["code"], place["name"], begin=place.start())


def _in_row(passage: Passage) -> Named | None:
    """Return the number and name that begin a row, in one cell or two."""
    found = pattern("numbered_name").match(passage.text)
    if found:
        return _numbered(passage, found)
    cells = [each.text.strip() for each in passage.row if each.text.strip()]
    if len(cells) > 1 and re.fullmatch(r"\d{1,2}\.?", cells[0]):
        behind = " ".join(cells[1].split())
        return Named(Passage(behind, behind, passage.spot), 0, cells[0].rstrip("."), behind)
    return None


def _in_cells(cells: list[Passage], names: Names) -> Iterator[Named]:
    """Yield numbered names in other cells than the first, of tables that list indicators there."""
    tables: dict[int, list[Named]] = {}
    for each in cells:
        place = pattern("numbered_name").fullmatch(each.text.partition("(")[0].strip())
        if place and each.text[:1].isdigit():
            named = Named(each, place.start("name"), place["code"], place["name"])
            tables.setdefault(each.spot.table, []).append(named)
    for listed in tables.values():
        read = [_read_name(names, bare(each.words)[:60]) for each in listed]
        if sum(bool(each and each[2] == 1) for each in read) >= FEWEST_IN_A_LIST:
            yield from listed


def _in_one_text(report: Report, names: Names) -> Iterator[Named]:
    """Yield the entries of numbered lists in one text of which most are surely indicators."""
    for passage in report.that_hold(pattern("entry_of_names")):
        places = pattern("entry_of_names").finditer(passage.text)
        listed = [_numbered(passage, place) for place in places]
        read = [_read_name(names, bare(each.words)[:60]) for each in listed]
        sure = [e for e, name in zip(listed, read, strict=True) if name and name[1:] == (e.code, 1)]
        if FEWEST_OF_A_TEXT <= len(sure) < len(listed) <= 2 * len(sure):
            others = (each for each in listed if each not in sure)
            yield from (replace(each, is_listed=True) for each in others)


def _in_list(lines: list[Passage], names: Names) -> list[Named]:
    """Return the entries of a numbered list, if it is one of indicators."""
    found, near = [], []
    for each in lines:
        place = pattern("numbered_name").match(each.text)
        if not place:
            continue
        words = pattern("scored_words").sub("", place["name"])
        named = Named(each, place.start("name"), place["code"], words)
        read = _read_name(names, bare(words)[:60])
        if read and read[2] == 1 and len(bare(words)) - len(read[0]) < FEWEST_IN_A_LIST * 10:
            found.append(replace(named, meant=read[1]))
        elif any(_is_near(words, name) for name, code in names if code == place["code"]):
            near.append(replace(named, is_listed=True))
    of_indicators = [e for part in parts(found) if not counts_entries(part) for e in part]
    return [*of_indicators, *near] if len(of_indicators) >= FEWEST_IN_A_LIST else []


def _is_near(words: str, name: str) -> bool:
    """Whether words of a list have so much of a name that they can be no other."""
    return likeness(bare(words), name) > NEAR


RULES = (
    Rule("ITA401", "error", all_of(_another_name, _no_number, numbers_of_others)),
    Rule("ITA402", "hint", all_of(_old_name, unmarked_names)),
    Rule("ITA403", "warning", all_of(_misspelt, scored_names, listed_names, told_names)),
    Rule("ITA404", "warning", all_of(wrong_titles, names_not_whole)),
    Rule("ITA405", "error", _another_group),
)
