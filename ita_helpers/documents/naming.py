"""Finding what a text names of a year's rules: indicators, instruments, parts, items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast

from ita_helpers.documents.patterns import alternatives, loose, pattern
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.values import replace, value

OVERALL, PARTED = "ITA", "EIT"
LONGEST_NAME, LONGEST_RANGE = 60, 12
MOST_KEPT = 8192
"""Texts of which is kept what they name: reports share most of their sentences."""
FIRST = 4
"""Letters before which the code of an item is what a label is about."""
_PART = re.compile(r"\D{0,20}?(?<!\d)(\d{1,2}\.\d{1,2})(?![\d.])")
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_RUNNING = re.compile(r"\s*(?:[-–•]\s*)?\(?(\d{1,2})(?:[.):]+(?!\d)|\)|\s)\s*(?=\D|$)")


@value(frozen=True)
class Mention:
    """Where a text names something with a code, or several by a list of numbers.

    ``name`` is what it is called there, beside its number. ``is_weak`` if it is only the name of
    the whole assessment, which may mean anything of it. ``is_bare`` if it is the name of an
    indicator with neither its number nor the word for it, and may be plain words.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    name: str = ""
    is_weak: bool = False
    is_bare: bool = False


def nearest_rules(rules: Mapping[int, Framework], year: int) -> Framework:
    """Return the rules of a fiscal year (B.E.), or of the nearest year that has any."""
    return rules[min(rules, key=lambda each: (abs(each - year), -each))]


class Naming:
    """Finds the names of one year's rules; texts that come again are read once."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._codes = frozenset(framework.codes)
        self._parts = [each for each in framework.levels.components if each.startswith(PARTED)]
        self.mentions = lru_cache(MOST_KEPT)(self._mentions)
        self.code_of = lru_cache(MOST_KEPT)(self._code_of)
        self.by_name = {
            normal(name): each.code
            for each in framework.indicators.list
            for name in (each.name, *each.aliases)
        }
        names = [n for each in framework.indicators.list for n in (each.name, *each.aliases)]
        instruments = framework.instruments.list
        self.instruments = {normal(each.name): each.code for each in instruments}
        self.any_name = compiled(alternatives(names))
        said = {key: loose(label(f"documents.naming.{key}")) for key in _KEYS}
        codes = "|".join(each.code for each in instruments)
        self._all = compiled(
            rf"(?:{said['number']}) ?(?P<numbers>\d{{1,2}}(?!\d|\.\d)"
            rf"(?: ?(?:{said['and_number']}) ?(?:{said['number']})? ?"
            rf"\d{{1,2}}(?!{said['counted']}))*)[.:]?"
            rf"|(?:{said['sub']}) ?(?P<sub>\d{{1,2}}\.\d)(?![\d.]| ?(?:{said['to']}))"
            rf"|{said['item']}"
            rf"|(?:{said['part_before']}|{said['whole_name']})?"
            rf"(?<![A-Za-z])(?P<code>{codes})(?![A-Za-z])\)?"
            rf"(?: ?(?P<digit>[12])(?!\d|\.)| ?\(?(?:{said['part']}))?"
            rf"|(?P<instrument>{alternatives([each.name for each in instruments])})"
            rf"(?:{said['of_part']})?"
            rf"|(?P<overall>{said['overall']})"
            rf"|(?P<name>{alternatives(names)})"
            rf"|(?P<inside>{said['inside']})|(?P<outside>{said['outside']})"
            rf"|(?P<topic>{self._topics()})"
            rf"|(?P<weak>(?<![A-Za-z])ITA(?![A-Za-z])|{said['whole_result']})",
        )

    def _topics(self) -> str:
        """Return a pattern of indicators by what they are about, and by their English names."""
        listed = self.framework.indicators.list
        self.by_topic = {f"t{each.code}": each.code for each in listed}
        told = loose(label("documents.naming.topic"))
        known = cast(dict[str, str], section("documents.naming.topics"))
        ways = []
        for each in listed:
            about = loose(known.get(each.name, re.escape(each.name)))
            ways.append(rf"(?P<t{each.code}>{told}(?:{about})|{re.escape(each.name_en)})")
        return "|".join(ways)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Return what a text names, in order; nothing overlaps."""
        found = tuple(self._walk(text))
        return self._with_parts(text, found) if len(self._parts) > 1 else found

    def item_meant(self, mention: Mention, owner: str, text: str) -> Mention:
        """Return a mention with the item that is meant where one digit of its number is misread.

        That is the one item of the indicator in hand whose number differs in one digit.
        """
        framework, code = self.framework, mention.codes[0]
        if code[0] not in "ieo" or code in framework.codes or not framework.find_indicator(owner):
            return mention
        digits = re.sub(r"\D", "", text[mention.start : mention.end])
        alike = [
            each.code
            for each in framework.items_of(owner)
            if each.code[0] == code[0] and _differ_once(each.code[1:], digits)
        ]
        return replace(mention, codes=(alike[0],)) if len(alike) == 1 else mention

    def _with_parts(self, text: str, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return mentions with the parts told by number alone behind their instrument."""
        more = []
        if not any(each.codes[0].startswith(PARTED) for each in named):
            return named
        for place in pattern("naming.part_scored").finditer(text):
            before = [each for each in named if each.end <= place.start()]
            is_inside = any(e.start < place.end() and place.start() < e.end for e in named)
            if before and before[-1].codes[0].startswith(PARTED) and not is_inside:
                more.append(Mention(*place.span(), (f"{PARTED}{place['part']}",)))
        return tuple(sorted((*named, *more), key=lambda each: each.start)) if more else named

    def _code_of(self, text: str) -> str:
        """Return the one code that a label of a row or column names, or an empty string.

        The code of an item comes first. A name tells more than a running number before it.
        """
        found = [each for each in self.mentions(text) if not each.is_weak]
        if found and found[0].start < FIRST and found[0].codes[0][0] in "ieo":
            return found[0].codes[0]
        if len(self._parts) > 1 and pattern("naming.whole_of_parts").search(text):
            return PARTED
        part = _PART.match(text)
        if part and part[1] in self.framework.codes:
            return part[1]
        by_name = {self.by_name.get(normal(each.name)) for each in found if each.name} - {None}
        if len(by_name) == 1:
            return str(by_name.pop())
        codes = list(
            dict.fromkeys(code for each in found for code in self._meant(text, each, found))
        )
        if len(codes) == 1:
            return codes[0]
        if code := self._with_members(codes) or self._below_instrument(codes):
            return code
        bare = text.strip().removesuffix(".")
        return bare if self.framework.find_indicator(bare) else ""

    def _meant(self, text: str, named: Mention, told: Sequence[Mention]) -> tuple[str, ...]:
        """Return the codes of a mention: a name may begin that of an instrument told beside it."""
        goes_on = named.is_bare and pattern("naming.name_goes_on").match(text, named.end)
        homes = (self.framework.indicator(e).instrument for e in named.codes) if goes_on else ()
        home = next(iter(homes), "")
        return (home,) if any(home in each.codes for each in told) else named.codes

    def _with_members(self, codes: Sequence[str]) -> str:
        """Return the instrument among codes whose others are all of its indicators."""
        told = [each for each in codes if each in self.instruments.values()]
        members = self.framework.indicators_of(told[0]) if len(told) == 1 else ()
        is_whole = len(members) > 1 and {*codes} == {*told, *(each.code for each in members)}
        return told[0] if is_whole else ""

    def _below_instrument(self, codes: Sequence[str]) -> str:
        """Return the indicator of two codes of which the first is only its instrument."""
        found = self.framework.find_indicator(codes[1]) if len(codes) == 2 else None
        return found.code if found and found.instrument == codes[0] else ""

    def name_of(self, text: str) -> str:
        """Return the name of an indicator that a label gives beside its number."""
        return next((each.name for each in self.mentions(text) if each.name), "")

    def _walk(self, text: str) -> Iterator[Mention]:
        start = 0
        while found := self._all.search(text, start):
            mention = self._mention(text, found)
            if mention:
                yield mention
            start = max(mention.end if mention else found.end(), start + 1)

    def _mention(self, text: str, found: re.Match[str]) -> Mention | None:
        begin, end = found.span()
        if found["numbers"]:
            return self._numbered(text, found)
        if found["sub"]:
            return Mention(begin, end, (found["sub"],)) if found["sub"] in self._codes else None
        if found["item"]:
            code = f"{found['letter'].lower()}{int(found['item'])}"
            return Mention(begin, end, (code,))
        if found["code"]:
            return Mention(begin, end, (self._part(found),))
        if found["instrument"]:
            code = self.instruments[normal(found["instrument"])]
            part = found["of_part"] if code == "EIT" else ""
            return Mention(begin, end, (f"{code}{part or ''}",))
        if found["overall"]:
            return Mention(begin, end, (OVERALL,))
        if found["inside"] or found["outside"]:
            return Mention(begin, end, ("IIT" if found["inside"] else "EIT",))
        if found["topic"]:
            code = next(code for key, code in self.by_topic.items() if found[key])
            return self._bare(text, begin, end, code)
        if found["weak"]:
            return Mention(begin, end, (OVERALL,), is_weak=True)
        is_written_on = begin and _THAI.match(text[begin - 1]) and not _ends_word(text[:begin])
        if is_written_on and not pattern("naming.points_behind").match(text, end):
            return None
        before, name = text[max(0, begin - 20) : begin], found["name"]
        is_numbered = bool(_RUNNING.search(before[-8:]))
        is_bare = not (is_numbered or pattern("naming.word_before").search(before))
        code = self.by_name[normal(name)]
        if is_bare:
            return self._bare(text, begin, end, code)
        return Mention(begin, end, (code,), name if is_numbered else "")

    def _bare(self, text: str, begin: int, end: int, code: str) -> Mention:
        """Return where an indicator stands without its number, or what its name begins."""
        if goes_on := pattern("naming.name_goes_on").match(text, end):
            return Mention(begin, goes_on.end(), (self.framework.indicator(code).instrument,))
        return Mention(begin, end, (code,), is_bare=True)

    def _numbered(self, text: str, found: re.Match[str]) -> Mention | None:
        codes = tuple(dict.fromkeys(map(str, numbers_in(found["numbers"]))))
        known = tuple(each for each in codes if self.framework.find_indicator(each))
        if not known:
            return None
        if len(codes) > 1:
            return Mention(*found.span(), known)
        end, name = self._name_behind(text, found.end())
        return Mention(found.start(), end, known, name)

    def _name_behind(self, text: str, start: int) -> tuple[int, str]:
        """Return where the name behind a number ends, and the name as printed."""
        rest = text[start : start + LONGEST_NAME]
        skipped = len(rest) - len(rest.lstrip(' .:-–)“"'))
        if exact := self.any_name.match(rest, skipped):
            return start + exact.end(), exact.group()
        stop = pattern("naming.name_ends").search(rest, skipped)
        name = rest[skipped : stop.start() if stop else None].strip()
        is_name = name.startswith(tuple(label("documents.name_starts").split()))
        return (start + skipped + len(name), name) if is_name else (start, "")

    def _part(self, found: re.Match[str]) -> str:
        number = found["before"] or found["digit"] or found["part"] or (found["public"] and "1")
        number = number or (found["survey"] and "2")
        return f"{found['code']}{number}" if number and found["code"] == "EIT" else found["code"]


def numbers_in(text: str) -> Iterator[int]:
    """Yield the numbers that a list names, each of a range.

    >>> list(numbers_in("1-3 และตัวชี้วัดที่ 7"))
    [1, 2, 3, 7]
    """
    for each in pattern("naming.one_or_range").finditer(text):
        first, last = int(each["first"]), int(each["last"] or each["first"])
        yield from range(first, max(first, min(last, first + LONGEST_RANGE)) + 1)


def _ends_word(before: str) -> bool:
    """Whether what a name is written on to is a word of its own, not the name's beginning."""
    return before.endswith(tuple(label("documents.before_names").split()))


_KEYS = (
    *("number", "sub", "to", "and_number", "counted", "item", "whole_name", "part", "of_part"),
    *("part_before", "overall", "inside", "outside", "whole_result"),
)


def _differ_once(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
