"""By what signs a text names things: numbers, names, items and instruments, and who answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ita_helpers.checks.finished.passages.speaking import own_numbers
from ita_helpers.checks.finished.reading import Mention as Place
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.documents.naming import OVERALL, Mention
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.values import value

REACH = 34
"""Characters beside a name in which its number stands."""
LETTERS = {"i": "IIT", "e": "EIT", "o": "OIT"}
"""The instrument of an item by its letter."""


@value(frozen=True)
class Sign:
    """Words by which something is named; its ``kind`` is number, name, item, group or instrument.

    ``codes`` are what it means; a number may be a list or a range. ``words`` as printed.
    """

    start: int
    end: int
    kind: str
    codes: tuple[str, ...]
    words: str


@cache
def sign(key: str) -> re.Pattern[str]:
    """Return the pattern ``signs.<key>`` of the catalogue."""
    inside, outside = label("signs.inside"), label("signs.outside")
    words = label(f"signs.{key}").replace("SIDES", f"{inside}|{outside}")
    return compiled(words.replace("INSIDE", inside).replace("OUTSIDE", outside))


def signs_of(report: Report) -> tuple[tuple[Passage, tuple[Sign, ...]], ...]:
    """Return the passages that name anything, each with its signs in order."""
    return report.once(_all_signs)


def _all_signs(report: Report) -> tuple[tuple[Passage, tuple[Sign, ...]], ...]:
    read = ((each, tuple(_read(report, each.text))) for each in report.passages)
    return tuple((passage, signs) for passage, signs in read if signs)


def _read(report: Report, text: str) -> Iterator[Sign]:
    naming = report.mentions.naming
    named = [e for e in naming.mentions(text) if not (e.is_weak or e.codes[0] == OVERALL)]
    found = [sign for each in named for sign in _parts(report, each, text)] if named else []
    places = [Place(each.start, each.end, each.codes[0]) for each in found]
    for own in own_numbers(report, text, places):
        found.append(Sign(own.start, own.end, "number", (own.code,), text[own.start : own.end]))
    yield from sorted(found, key=lambda each: each.start)


def _parts(report: Report, mention: Mention, text: str) -> Iterator[Sign]:
    """Yield what a mention consists of: a number and its name are two signs."""
    start, end, codes = mention.start, mention.end, mention.codes
    names = report.mentions.naming.by_name
    if not codes[0].isdigit():
        kind = "item" if codes[0][0] in LETTERS else "group" if "." in codes[0] else "instrument"
        end = _end_of_group(report, text, end) if kind == "group" else end
        yield Sign(start, end, kind, codes, text[start:end])
        return
    named = names.get(normal(mention.name)) if mention.name else None
    begin = text.find(mention.name, start, end) if named else end
    if any(each.isdigit() for each in text[start:begin]):
        yield Sign(start, begin, "number", codes, text[start:begin])
    elif not named:
        yield Sign(start, end, "name", codes, text[start:end])
    if named:
        yield Sign(begin, end, "name", (named,), text[begin:end])


def _end_of_group(report: Report, text: str, end: int) -> int:
    """Return where the name of a sub-indicator ends that stands behind its number."""
    listed = report.rules.all_sub_indicators if report.rules else ()
    rest = text[end:].lstrip(" :.–-“")
    names = [each.name for each in listed if each.name and rest.startswith(each.name)]
    return len(text) - len(rest) + max(map(len, names)) if names else end


def home_of(rules: Framework, code: str) -> str:
    """Return the instrument that an indicator, a group, an item or a part belongs to."""
    if code[0] in LETTERS:
        return LETTERS[code[0]]
    indicator = rules.find_indicator(code.partition(".")[0])
    return indicator.instrument if indicator else code[:3]


def side_of(words: str) -> str:
    """Return the instrument that those named here answer; OIT is looked up on the website."""
    if sign("told_outside").search(words):
        return "EIT"
    return "IIT" if sign("told_inside").search(words) else "OIT"
