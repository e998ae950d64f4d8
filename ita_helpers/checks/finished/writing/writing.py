"""Slips of writing: units, digits, doubled words, letters misread, what a form left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice

from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import (
    Found,
    Rule,
    all_of,
    around,
    found_at,
    found_in,
    once_each,
)
from ita_helpers.checks.finished.scores.misprints import (
    letters_for_digits,
    lost_in_sentences,
    lost_points,
)
from ita_helpers.checks.finished.writing.pairs_apart import brackets_apart, points_lost
from ita_helpers.checks.finished.writing.set_words import misspelt_words
from ita_helpers.checks.finished.writing.unfinished import unfinished
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import section
from ita_helpers.language.thai import THAI_DIGITS, to_arabic

MOST_KEPT = 16384
"""Texts of which is kept what words stand twice in them: reports share most of their sentences."""
_BOTH_DIGITS = re.compile(
    rf"[A-Za-z]?(?:\d[{THAI_DIGITS}]|[{THAI_DIGITS}]\d)[\d{THAI_DIGITS}.]*", re.A
)

MOST_DOUBLED, BESIDE = 6, 8
"""Words with a vowel typed twice that somebody may have written so; letters shown beside it."""
_BLANKS = " \n\t()"
_THAI_DIGIT = re.compile(f"[{THAI_DIGITS}]")


def _each_match(key: str, **_: object) -> Callable[[Report], Iterator[Found]]:
    """Return what finds a pattern of the catalogue, once for the same words."""

    def find(report: Report) -> Iterator[Found]:
        known = pattern(key)
        found = (
            found_in(passage, start, words.strip())
            for passage in report.that_may_hold(known)
            for start, words in _matches(key, passage.text)
        )
        yield from once_each(found)

    return find


@lru_cache(MOST_KEPT)
def _matches(key: str, text: str) -> tuple[tuple[int, str], ...]:
    """Return where a pattern of the catalogue stands in a text, and the words there."""
    return tuple((each.start(), each.group()) for each in pattern(key).finditer(text))


def _markup(report: Report) -> Iterator[Found]:
    """Yield the first sign of a web page that was left in the text."""
    yield from islice(_raw(report, "markup", lambda _: ""), 1)


def _zero_for_o(report: Report) -> Iterator[Found]:
    """Yield codes of items with the digit zero in place of the letter O."""
    yield from _raw(report, "zero_for_o", lambda place: f"O{int(to_arabic(place['number']))}")


def _one_for_i(report: Report) -> Iterator[Found]:
    """Yield codes of items with a digit in place of the letter I, or with mixed digits."""
    yield from _raw(report, "one_for_i", lambda place: f"I{_number(to_arabic(place['number']))}")


def _number(read: str) -> str:
    """Return the number of an item; a one was read as a zero where it would begin with one."""
    return f"1{read[1:]}" if read.startswith("0") else read


def _raw(report: Report, key: str, right: Callable[[re.Match[str]], str]) -> Iterator[Found]:
    yield from once_each(_as_written(report, key, right))


def _as_written(report: Report, key: str, right: Callable[[re.Match[str]], str]) -> Iterator[Found]:
    for passage, place in report.as_written.places(pattern(key)):
        text = around(passage.raw, place.start("code"), place.end("code"))
        yield Found(passage.spot, place["code"], text, {"right": right(place)})


def _numbers(report: Report, known: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield where numbers stand as they are written, if any is in Thai digits."""
    return report.as_written.places(known) if report.once(_has_thai_digits) else iter(())


def _has_thai_digits(report: Report) -> bool:
    return any(_THAI_DIGIT.search(each.raw) for each in report.passages)


def _mixed_digits(report: Report) -> Iterator[Found]:
    """Yield numbers that mix Thai and Arabic digits within themselves."""
    for passage, place in _numbers(report, _BOTH_DIGITS):
        if not pattern("one_for_i").fullmatch(passage.raw, place.start(), place.end()):
            text = around(passage.raw, place.start(), place.end())
            yield Found(passage.spot, place.group(), text)


def _two_kinds_of_digits(report: Report) -> Iterator[Found]:
    """Yield once that scores and years stand in Thai digits here and in Arabic ones there."""
    thai: list[tuple[Passage, re.Match[str]]] = []
    arabic: list[tuple[Passage, re.Match[str]]] = []
    for passage, place in _numbers(report, pattern("written_number")):
        kind = thai if place.group()[0] in THAI_DIGITS else arabic
        kind.append((passage, place))
    few, many = sorted((thai, arabic), key=len)
    if few:
        passage, place = few[0]
        text = around(passage.raw, place.start(), place.end())
        yield Found(passage.spot, place.group(), text, {"few": len(few), "many": len(many)})


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    wrong: dict[str, str] = section("finished.phrases")
    longest = sorted(wrong, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), wrong


def wrong_phrase() -> re.Pattern[str]:
    """Return what finds phrases that are known slips."""
    return _phrases()[0]


def _wrong_phrases(report: Report) -> Iterator[Found]:
    """Yield phrases that are known slips, each once."""
    known, right = _phrases()
    places = report.places(known)
    yield from once_each(found_at(e, at, right=right[at.group()]) for e, at in places)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds: dict[str, str] = section("finished.kinds_of_slips")
    return tuple((right, compiled(known)) for right, known in kinds.items())


def _wrong_kinds(report: Report) -> Iterator[Found]:
    """Yield words that a pattern tells to stand for others, each once."""
    places = ((right, e, at) for right, known in _kinds() for e, at in report.places(known))
    found = (
        found_at(e, at, right=at.group().replace(at["wrong"], right)) for right, e, at in places
    )
    yield from once_each(found)


def _parted_words(report: Report) -> Iterator[Found]:
    """Yield words with a blank behind a vowel that begins a syllable, if they are few."""
    found = []
    for passage, place in report.as_written.places(pattern("parted_word")):
        right = place.group().replace(" ", "")
        words = around(passage.raw, place.start(), place.end())
        found.append(Found(passage.spot, place.group(), words, {"right": right}))
    yield from once_each(found) if len(found) <= MOST_DOUBLED else ()


def _doubled_vowels(report: Report) -> Iterator[Found]:
    """Yield words with a vowel typed once too often, if they are few.

    Many come of how a file was made, and nobody typed them.
    """
    found = []
    for passage, place in report.places(pattern("doubled_vowel")):
        start, end = max(0, place.start() - BESIDE), place.end() + BESIDE
        before, behind = passage.text[start : place.start()], passage.text[place.end() : end]
        words = before.rpartition(" ")[2] + place.group() + behind.partition(" ")[0]
        right = words.replace(place.group(), place.group()[0])
        found.append(found_in(passage, start, words, right=right))
    yield from once_each(found) if len(found) <= MOST_DOUBLED else ()


def _typed_twice(report: Report) -> Iterator[Found]:
    """Yield words with a mark typed twice, or two letters for one that looks so, if they are few.

    Readers put such letters right, so they are looked for as the file has them; in a PDF they come
    of how it was made.
    """
    for key, right in (("doubled_mark", ""), ("two_for_one", chr(0x0E41))):
        known = report.as_written.places(pattern(key))
        found = [_of_word(*each, right) for each in known if not each[0].spot.page]
        yield from once_each(found) if len(found) <= MOST_DOUBLED else ()


def _of_word(passage: Passage, place: re.Match[str], right: str) -> Found:
    """Return a word as the file has it, and put right."""
    start, end, raw = place.start(), place.end(), passage.raw
    first = max((raw.rfind(each, 0, start) for each in _BLANKS), default=-1) + 1
    last = min((at for each in _BLANKS if (at := raw.find(each, end)) >= 0), default=len(raw))
    first, last = max(first, start - BESIDE), min(last, end + BESIDE)
    first += len(raw[first:start]) - len(pattern("marks_ahead").sub("", raw[first:start]))
    word = raw[first:last]
    letters = right or place.group()[:-1]
    facts = {"right": raw[first:start] + letters + raw[end:last]}
    return Found(passage.spot, word, around(raw, start, end), facts)


MISSPELT = (
    _wrong_phrases,
    _wrong_kinds,
    misspelt_words,
    _parted_words,
    _doubled_vowels,
    _typed_twice,
)
MISPRINTS = (lost_points, lost_in_sentences, letters_for_digits)
RULES = (
    Rule("ITA901", "warning", _each_match("share_and_unit")),
    Rule("ITA902", "warning", _each_match("doubled_word")),
    Rule("ITA903", "warning", _zero_for_o),
    Rule("ITA904", "warning", _one_for_i),
    Rule("ITA905", "warning", _mixed_digits),
    Rule("ITA906", "hint", _two_kinds_of_digits),
    Rule("ITA907", "warning", _markup),
    Rule("ITA908", "warning", all_of(*MISSPELT)),
    Rule("ITA909", "warning", unfinished),
    Rule("ITA910", "warning", all_of(_each_match("decimal_comma"), *MISPRINTS)),
    Rule("ITA911", "hint", all_of(points_lost, brackets_apart)),
)
