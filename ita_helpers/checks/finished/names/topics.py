"""What is said beside the code of an item, or under an indicator, and is about another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from ita_helpers.checks.finished.reading import bare, pattern, years_in
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator

WIDE, NEAR, SHORT = 180, 90, 45
"""Characters beside a code: its own topic may stand in so many, that of another one nearer, and
that which is right before.
"""
ASIDE = 60
"""Characters before a topic or a code in which stands that another thing or year is meant."""


def codes_of_other_topics(report: Report) -> Iterator[Found]:
    """Yield codes of items beside what is another item's topic in the year and in the next."""
    for passage, place in report.find("item") if report.rules else ():
        code = (place["kind"] + place["number"]).lower()
        named = years_in(passage.text[max(0, place.start() - ASIDE) : place.start()])
        if set(named) - {report.year, report.year + 1}:
            continue
        words = _words_of(passage.text, place)
        years = years_of_item(report, passage.text, place)
        right = _meant(report, code, years, *words) if words else ""
        if right and not _is_followed_by_its_name(report, code, passage.text, place):
            facts = {"right": right.upper(), "year": report.year}
            yield found_in(passage, place.start(), code.upper(), **facts)


def codes_of_publication(report: Report) -> Iterator[Found]:
    """Yield codes under which the report, or its measures, cannot be made public as it says."""
    keys = ("published", "measures_under") if report.rules else ()
    for passage, place in (each for key in keys for each in report.places(told(key))):
        years = {report.year, report.year + 1, *years_in(passage.text)}
        topics = [_topics(report, year) for year in sorted(years)]
        known = [code for each in topics for code in each.get(label("topics.of_measures"), ())]
        for group in ("first", "second") if known else ():
            code = (place[group] or "").lower()
            is_item = any(code in _items(report, year) for year in years)
            is_about = any(_is_about(report, year, code, passage.text) for year in years)
            if is_item and code not in known and not is_about:
                facts = {"right": known[0].upper(), "year": report.year}
                yield found_at(passage, place, group, **facts)


def _words_of(text: str, place: re.Match[str]) -> tuple[str, str, int] | None:
    """Return what a code is told of, in many words and in the nearest, and which topic counts.

    That is the last before a code in brackets, and the first behind one that begins its words.
    """
    if opened := told("cited").search(text, 0, place.start()):
        inside = text[place.end() : text.find(")", place.end())]
        wide = text[max(0, opened.start() - WIDE) : opened.start()]
        near = told("ends").split(wide)[-1][-NEAR:]
        return None if pattern("item").search(inside) else (wide, near, -1)
    if opened := told("cited_in_words").search(text, 0, place.start()):
        near = text[max(0, opened.start() - SHORT) : opened.start()].rstrip()
        if any(each.end() == len(near) for each in _topics_in(near)):
            return text[max(0, opened.start() - WIDE) : opened.start()], near, -1
    following = pattern("item").search(text, place.end())
    wide = text[place.end() : following.start() if following else len(text)][:WIDE]
    is_begun = told("begun").search(text, 0, place.start())
    return (wide, wide[:NEAR], 0) if is_begun or _begins(wide) else None


def _topics_in(words: str) -> Iterator[re.Match[str]]:
    """Yield where some words speak of the topic of an item."""
    for topic in section("topics.items"):
        yield from in_words(topic).finditer(words)


def _begins(words: str) -> bool:
    """Whether some words begin with the topic of an item."""
    start = m.end() if (m := told("leads").match(words)) else 0
    return any(in_words(topic).match(words, start) for topic in section("topics.items"))


def years_of_item(report: Report, text: str, place: re.Match[str]) -> tuple[int, ...]:
    """Return the years (B.E.) of whose list an item may be.

    One that was found to be missing or met is of the report's alone.
    """
    names = [name for _, name in _items(report, report.year).values()]
    found = told("found_of_items").search(text, 0, place.start()) if all(names) else None
    is_of_result = found and report.year + 1 not in years_in(text)
    return (report.year,) if is_of_result else (report.year, report.year + 1)


def _meant(
    report: Report, code: str, years: tuple[int, ...], wide: str, near: str, which: int
) -> str:
    """Return the first item that some words are about, if it is surely not the one of a code."""
    items, topics = _items(report, report.year), _topics(report, report.year)
    named = sorted(
        (place.start(), topic)
        for topic, codes in topics.items()
        if any(each[0] == code[0] for each in codes)
        for place in in_words(topic).finditer(near)
    )
    if not named or code not in items:
        return ""
    meant = [each for each in topics[named[which][1]] if each[0] == code[0]]
    group, name = items[code]
    has_topic = any(code in codes for codes in topics.values())
    is_known = has_topic if name else group not in {items[each][0] for each in meant}
    is_own = any(_is_about(report, year, code, wide) for year in years)
    return "" if is_own or not is_known else meant[0]


def _is_followed_by_its_name(report: Report, code: str, text: str, place: re.Match[str]) -> bool:
    """Whether the name of the item of a code in brackets stands right behind these."""
    _, name = report.once_of(_items, report.year).get(code, ("", ""))
    closed = pattern("item_closes").match(text, place.end()) if name else None
    return closed is not None and bare(text[closed.end() :]).startswith(bare(name))


def _is_about(report: Report, year: int, code: str, words: str) -> bool:
    """Whether some words hold a topic of an item in a year (B.E.)."""
    topics = _topics(report, year).items()
    return any(code in codes and in_words(topic).search(words) for topic, codes in topics)


def _items(report: Report, year: int) -> Mapping[str, tuple[str, str]]:
    """Return the items of a year (B.E.), each with its group and its name, as far as known."""
    rules = report.rules_of(year)
    return rules.once(_items_of) if rules else {}


def _topics(report: Report, year: int) -> Mapping[str, list[str]]:
    """Return the topics of the items of a year (B.E.), each with the codes of its items."""
    rules = report.rules_of(year)
    return rules.once(_topics_of) if rules else {}


def _items_of(rules: Framework) -> dict[str, tuple[str, str]]:
    return {each.code: (each.under or "", each.name or "") for each in rules.all_items}


def _topics_of(rules: Framework) -> dict[str, list[str]]:
    items = rules.once(_items_of)
    return {
        topic: codes
        for topic in cast(Mapping[str, str], section("topics.items"))
        if (codes := [each for each, (_, name) in items.items() if in_names(topic).search(name)])
    }


def topics_of_other_indicators(report: Report) -> Iterator[Found]:
    """Yield what only the questions of one indicator ask, in what is told of another one."""
    for topic, owner in _owners(report).items():
        for passage, place in report.places(in_words(topic)):
            under = report.rules.find_indicator(passage.under) if report.rules else None
            if under and _is_misplaced(report, passage.text, place, under, owner):
                facts = _facts(under, owner)
                yield found_at(passage, place, **facts).told("topic")
        for row in report.claims.plan:
            code = row.codes[0] if len(row.codes) == 1 else ""
            under = report.rules.find_indicator(code) if report.rules and code else None
            for text in map(squeezed, (row.finding, row.method, row.guideline) if under else ()):
                found = in_words(topic).search(text)
                if found and under and _is_misplaced(report, text, found, under, owner):
                    facts = _facts(under, owner)
                    yield Found(row.spot, found.group(), text, facts, "topic")


def _owners(report: Report) -> dict[str, Indicator]:
    """Return the topics that only the questions of one indicator have, each with that one."""
    listed = report.rules.indicators.list if report.rules else ()
    by_name = {each.name: each for each in listed}
    only = cast(Mapping[str, str], section("topics.only_of"))
    return {topic: by_name[name] for topic, name in only.items() if name in by_name}


def _is_misplaced(
    report: Report, text: str, place: re.Match[str], under: Indicator, owner: Indicator
) -> bool:
    """Whether a topic is told of an indicator that has no such question."""
    if under.code == owner.code or under.instrument == "OIT":
        return False
    is_aside = told("aside").search(text, max(0, place.start() - ASIDE), place.start())
    named = {each.code for each in report.mentions(text, with_bare=True)}
    return not is_aside and owner.code not in named


def _facts(under: Indicator, owner: Indicator) -> dict[str, object]:
    return {"code": owner.code, "name": owner.name, "under": under.code, "heading": under.name}


@cache
def in_names(topic: str) -> re.Pattern[str]:
    """Return what the names of the items of a topic hold."""
    return compiled(cast(Mapping[str, str], section("topics.items"))[topic])


@cache
def in_words(topic: str) -> re.Pattern[str]:
    """Return by what a text speaks of a topic."""
    return compiled(cast(Mapping[str, str], section("topics.words"))[topic])


@cache
def told(key: str) -> re.Pattern[str]:
    """Return the pattern ``topics.<key>`` of the catalogue."""
    return compiled(label(f"topics.{key}"))
