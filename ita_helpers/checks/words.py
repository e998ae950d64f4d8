"""Finding what contradicts the data in text that people wrote.

Pure: text and facts in, problems out, by each rule of ``RULES``. A number is looked at when it is
written like a score: with one or two decimals, or a whole number before the word for points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cache
from itertools import combinations

from ita_helpers.checks.finished.rules import check_any_words
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.excerpts import excerpt
from ita_helpers.language.points import format_score, round_half_up, to_hundredths
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.problem import Problem
from ita_helpers.records.slots import FRONT, MEMO, code_of
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.slots import draft, slots_of

AROUND = 30
"""Characters of the text shown before and after what was found."""
_FOUR_DIGITS = r"(?<!\d)2[45]\d\d(?!\d)"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻⁼⁽⁾₊₋₌₍₎]+")
"""Marks of footnotes and powers: no figure of a score."""
_THAI_RUN = r"[\u0e01-\u0e4e]*"


@dataclass(frozen=True)
class Facts:
    """What the words of one slot may say; ``numbers`` are points of two decimals.

    ``names`` are what the organisation may be called, ``own`` its names in the table, and
    ``offices`` the names of all.
    """

    numbers: frozenset[Decimal]
    score: str
    codes: frozenset[str]
    years: tuple[int, ...]
    levels: frozenset[str]
    level: str
    all_levels: tuple[str, ...]
    indicators: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    own: tuple[str, ...]
    offices: OfficeNames
    framework: Framework


def collect_facts(data: ReportData, slot: str, offices: OfficeNames) -> Facts:
    """Return the facts of a slot (``"06"``, ``"summary"``, or "" for an analyst's own words)."""
    own = (data.organisation.name, data.organisation.short_name)
    bare = tuple(name.removesuffix(f" ({label('words.made_up_mark')})") for name in own)
    following = data.assessment.next_level
    history = {year.level for year in data.history.years if year.level}
    level = data.assessment.verdict.level or ""
    levels = history | {level} | ({following.level.name} if following else set())
    levels |= {each.name for each in data.assessment.verdict.possible}
    code = code_of(slot) or "ITA"
    value = data.assessment.value(code)
    return Facts(
        numbers=frozenset(_numbers(data, slot)),
        score=format_score(value) if value is not None else "",
        codes=frozenset(data.framework.codes),
        years=tuple(sorted({y.fiscal_year for y in data.history.years} | {data.fiscal_year + 1})),
        levels=frozenset(levels),
        level=level,
        all_levels=tuple(each.name for each in data.framework.levels.list),
        indicators={
            each.code: (each.name, *each.aliases) for each in data.framework.indicators.list
        },
        names=tuple(dict.fromkeys((*own, *bare))),
        own=own,
        offices=offices,
        framework=data.framework,
    )


def check_words(text: str, facts: Facts) -> list[Problem]:
    """Return what in a text contradicts the facts, in the order of the rules."""
    return [found for rule in RULES for found in rule(_plain(text), facts)]


def check_replaced(old: str, new: str, drafted: Sequence[str]) -> Iterator[Problem]:
    """Yield the figures of the data that a correction replaced alone, the words around them kept.

    Whatever stands there now says something else of the same thing, though it may be another
    figure of the report. ``drafted`` are the sentences that the data give for these words.
    """
    figures = {each for sentence in drafted for each in _score_like().findall(_plain(sentence))}
    before, after = (_parted(_plain(each)) for each in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        is_alone = kind == "replace" and i2 - i1 == j2 - j1 == 1
        if is_alone and before[i1] in figures and _FIGURE.fullmatch(after[j1]):
            yield problem_of("replaced", after[j1], before[i1])


def _parted(text: str) -> list[str]:
    """Return a text as its figures and the words between them and blanks."""
    return [word for each in re.split(rf"({_FIGURE.pattern})", text) for word in each.split()]


def _plain(text: str) -> str:
    return _RAISED.sub("", to_arabic(text).replace("\u00a0", " "))


def problem_of(kind: str, found: str, expected: str = "", text: str = "") -> Problem:
    """Return what was found in a text: the sentence ``check.<kind>`` with what the data have."""
    said = say(f"check.{kind}", found=found, expected=expected, text=text)
    return Problem(kind, said, found=found)


def _found(kind: str, text: str, place: re.Match[str], expected: str) -> Problem:
    return _found_at(kind, text, place.start(), place.group(), expected)


def _found_at(kind: str, text: str, start: int, found: str, expected: str) -> Problem:
    around, _ = excerpt(text, start, start + len(found), AROUND)
    return problem_of(kind, found, expected, " ".join(around.split()))


def _check_numbers(text: str, facts: Facts) -> Iterator[Problem]:
    for place in _score_like().finditer(text):
        if place.group() in facts.codes and "." in place.group():
            continue
        decimals = len(place.group().partition(".")[2])
        value = Decimal(place.group())
        if not any(_same(fact, value, decimals) for fact in facts.numbers):
            yield _found("number", text, place, facts.score)


def _same(fact: Decimal, value: Decimal, decimals: int) -> bool:
    """Whether a fact is written like this; a whole number must match a whole fact."""
    if decimals == 1:
        return round_half_up(Fraction(fact), 1) == value
    return fact == value


def _check_organisations(text: str, facts: Facts) -> Iterator[Problem]:
    known = facts.offices.find(text, facts.own)
    places = (place for place in _office().finditer(text) if not _is_own(text, place, facts))
    seen: set[int] = set()
    for start, name in (*known, *((place.start(), place.group()) for place in places)):
        if start not in seen:
            seen.add(start)
            yield _found_at("organisation", text, start, name, facts.names[0])


def _is_own(text: str, place: re.Match[str], facts: Facts) -> bool:
    if any(text.startswith(to_arabic(name), place.start()) for name in facts.names):
        return True
    rest = place.group("name")
    return not rest or rest.startswith(tuple(label("check.not_a_name").split()))


def _check_years(text: str, facts: Facts) -> Iterator[Problem]:
    expected = ", ".join(str(year) for year in facts.years)
    for place in _year().finditer(text):
        if int(place.group()[-4:]) not in facts.years:
            yield _found("year", text, place, expected)


def _check_levels(text: str, facts: Facts) -> Iterator[Problem]:
    if not facts.level:
        return
    for place in _level(facts.all_levels).finditer(text):
        if (place.group("level") or place.group("bare")) not in facts.levels:
            yield _found("level", text, place, facts.level)


def _check_indicators(text: str, facts: Facts) -> Iterator[Problem]:
    names = {name: code for code, known in facts.indicators.items() for name in known}
    for place in _indicator(tuple(names)).finditer(text):
        code, name = place.group("code"), place.group("name")
        if name not in facts.indicators.get(code, ()):
            right = facts.indicators[code][0] if code in facts.indicators else ""
            expected = right or say("words.indicator_short", code=names[name])
            yield _found("indicator", text, place, expected)


def _check_blanks(text: str, _: Facts) -> Iterator[Problem]:
    for place in _open_place().finditer(text):
        yield _found("blank", text, place, "")


def _check_as_finished(text: str, facts: Facts) -> Iterator[Problem]:
    """Yield what the rules for finished reports find in any words: units, comparisons, dates."""
    yield from check_any_words(text, facts.framework)


RULES: tuple[Callable[[str, Facts], Iterable[Problem]], ...] = (
    _check_numbers,
    _check_organisations,
    _check_years,
    _check_levels,
    _check_indicators,
    _check_blanks,
    _check_as_finished,
)
"""The rules for words: each takes a text in Arabic digits and the facts of its slot.

What people write in notebooks and in plans goes through all of them.
"""


def _numbers(data: ReportData, slot: str) -> Iterator[Decimal]:
    """Yield every figure the words of a slot may rest on."""
    for each in slots_of(data) if slot in ("", *FRONT, *MEMO) else (slot,):
        for sentence in draft(data, each):
            yield from map(Decimal, re.findall(r"\d+\.\d+|\d+", to_arabic(sentence)))
    target = data.framework.target
    yield from (Decimal(0), Decimal(100), to_hundredths(data.target))
    if target.every_component:
        yield to_hundredths(Fraction(target.every_component))
    for level in data.framework.levels.list:
        yield from map(to_hundredths, level.conditions.values())
    yield from (Decimal(each.weight) for each in data.framework.instruments.list)
    for loss in data.assessment.losses:
        if code_of(slot) in ("", loss.indicator.code):
            yield loss.printed
    for code in _codes(data, slot):
        yield from _figures(data, code)


def _codes(data: ReportData, slot: str) -> Sequence[str]:
    """Return the codes whose scores the words of a slot may name."""
    framework = data.framework
    indicator = framework.find_indicator(code_of(slot))
    if indicator:
        instrument = framework.instrument(indicator.instrument)
        groups = (each.code for each in framework.sub_indicators_of(indicator.code))
        items = [item.code for item in framework.items_of(indicator.code)]
        by_part = [
            f"{item}@{number}" for item in items for number, _ in enumerate(instrument.parts, 1)
        ]
        parts = (part.code for part in instrument.parts)
        return [indicator.code, *groups, *items, *by_part, instrument.code, *parts, "ITA"]
    return framework.codes


def _figures(data: ReportData, code: str) -> Iterator[Decimal]:
    """Yield a score in every year, its gaps and the differences between the years.

    A figure that conflicts with the one in use is not among them.
    """
    known = [v for year in data.history.years if (v := year.value(code)) is not None]
    reading = data.assessment.reading(code)
    known += [Fraction(v) for v in (reading.published, reading.computed) if v is not None]
    if reading.weighted:
        yield to_hundredths(reading.weighted.points)
    for value in known:
        yield to_hundredths(value)
        yield to_hundredths(100 - value)
        yield abs(to_hundredths(Fraction(to_hundredths(value)) - data.target))
    for one, other in combinations(dict.fromkeys(known), 2):
        yield abs(to_hundredths(one - other))
    for mean in _means(data, code):
        yield to_hundredths(mean)
        yield from (abs(to_hundredths(value) - to_hundredths(mean)) for value in known)


def _means(data: ReportData, code: str) -> Iterator[Fraction]:
    """Yield what all offices and the office's groups scored in the year of the report."""
    scores = (data.reference_score, *(each.score for each in data.peers))
    means = (score(data.fiscal_year, code) for score in scores)
    yield from (Fraction(mean) for mean in means if mean is not None)


@cache
def _score_like() -> re.Pattern[str]:
    words = map(re.escape, label("check.before_a_reference").split())
    no_reference = "".join(rf"(?<!{word} )(?<!{word})" for word in words)
    unit = re.escape(label("check.unit"))
    start = r"(?<![\d.,/:A-Za-z@-])"
    with_decimals = r"\d{1,3}\.\d{1,2}(?![\d/:%]|\.\d)"
    return re.compile(rf"{no_reference}{start}(?:{with_decimals}|\d{{1,3}}(?= ?{unit}))")


@cache
def _open_place() -> re.Pattern[str]:
    """Match what somebody still has to do: a place to fill, the mark of last year's number."""
    begun = "|".join(map(re.escape, label("check.open_places").split()))
    return re.compile(rf"(?:{begun})[^\]]*\]")


@cache
def _office() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, label("check.kinds").split()))
    return re.compile(rf"(?:{kinds})(?P<name>{_THAI_RUN})")


@cache
def _year() -> re.Pattern[str]:
    word = re.escape(label("check.year_words"))
    return re.compile(rf"{word} ?(?:{re.escape(label('words.era'))} ?)?{_FOUR_DIGITS}")


@cache
def _level(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    listed = "|".join(map(re.escape, longest))
    word = re.escape(label("check.level_word"))
    end = r"(?![\u0e01-\u0e4eA-Za-z])"
    return re.compile(
        rf"{word}{_THAI_RUN} ?[“\"](?P<level>{listed})[”\"]|{word} ?(?P<bare>{listed}){end}"
    )


@cache
def _indicator(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    word = re.escape(label("check.indicator_word"))
    return re.compile(rf"{word} ?(?P<code>\d{{1,2}}) ?(?P<name>{listed})(?![\u0e01-\u0e4e])")
