"""Where no line of the PDF ends: in a word, before ``)``, ``”`` or ``ฯ``, before a word's number.

The compiler finds the words of Thai by a neural network that takes compounds apart, and lets a line
end after any run of Thai letters, even when a mark follows immediately; no joiner between them
prevents it. So a word, and the last word before a mark, is set in a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from math import fsum

from ita_helpers.language.catalogue import label
from ita_helpers.publish.letter_widths import text_width
from ita_helpers.publish.thai_words import known_words, words_in
from ita_helpers.publish.tree import Inlines, Text, renewed

SHORT, LONGEST = 4, 24
"""Letters: an abbreviation before a mark has at most the first, a word looked up the second."""
_LETTER = r"[\u0e01-\u0e2e\u0e30-\u0e45\u0e47-\u0e4e]"
_MARK = r"\u00a0?(?:[)\]}”’.,:;/%!?…\u0e46]|\u0e2f(?!\u0e25\u0e2f))"
_NUMBER = rf"\u00a0(?:[^\s\u0e01-\u0e4e]{{1,12}}|{_LETTER}(?!{_LETTER}))"
_CLOSED = re.compile(rf"(?P<word>{_LETTER}{{2,}})(?:{_MARK}|{_NUMBER})+")
"""The compiler treats a single letter by the general rules, which keep the mark."""
_WITHIN = re.compile(r"(?<=[\u0e40-\u0e44])|(?=[\u0e30-\u0e3a\u0e45-\u0e4e])")
"""Places where no word begins: behind a vowel that leads, and before one that follows."""
_WALL = "\n"
LAST = 6.0
"""Ems: the least width of the last line of a text."""
_THAI = re.compile(rf"({_LETTER}{{2,}})")
_Place = tuple[Text, int, int]
"""A run, and where its text begins and ends."""
_SURELY_WHOLE = 2
"""Letters: no shorter word is taken apart."""


@lru_cache(maxsize=2_000)
def keep_together(inlines: Inlines, unbroken: float = 0.0) -> tuple[tuple[Text, ...], ...]:
    """Return runs in groups, with every word whole and its marks and number beside it.

    No line ends in the first ``unbroken`` ems: words there need no box. Where the text goes on, its
    last words are kept together too, so that no short one is left alone.
    """
    room = unbroken
    pieces: list[Text] = []
    for run in inlines:
        width = text_width(run.text)
        pieces += [run] if width <= unbroken else _whole_words(run, unbroken)
        unbroken = max(0.0, unbroken - width)
    groups = keep_closed(tuple(pieces))
    return tuple(_close_end(groups) if 0 < room < fsum(map(_width, groups)) else groups)


def _close_end(groups: list[tuple[Text, ...]]) -> list[tuple[Text, ...]]:
    """Return the groups with the last few in one."""
    start, width = len(groups), 0.0
    while start and width < LAST and not any(map(_is_apart, groups[start - 1])):
        start -= 1
        width += _width(groups[start])
    if start == len(groups) or width > 2 * LAST:
        return groups
    first, *others = (run for group in groups[start:] for run in group)
    words = first.text.lstrip()
    space = renewed(first, text=first.text[: len(first.text) - len(words)])
    last = (*([renewed(first, text=words)] if words else []), *others)
    return [*groups[:start], *([(space,)] if space.text else []), *([last] if last else [])]


def _is_apart(run: Text) -> bool:
    return _seen(run) == _WALL or bool(run.href)


def _width(group: tuple[Text, ...]) -> float:
    return fsum(text_width(run.text) for run in group)


def _whole_words(run: Text, unbroken: float) -> Iterator[Text]:
    """Yield a run in pieces, those whole that a line could end inside."""
    if run.whole or _seen(run) == _WALL:
        yield run
        return
    between = ""
    words = [word for piece in _THAI.split(run.text) for word in _words(piece)]
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        unbroken -= text_width(word)
        if unbroken > 0 or not _needs_box(word, following):
            between += word
            continue
        if between:
            yield renewed(run, text=between)
            between = ""
        yield renewed(run, text=word, whole=True)
    if between:
        yield renewed(run, text=between)


def _words(piece: str) -> tuple[str, ...]:
    return words_in(piece) if _THAI.fullmatch(piece) else (piece,)


def _needs_box(word: str, following: str) -> bool:
    """Return whether a line could end inside a word, or between it and a space."""
    if not _THAI.fullmatch(word):
        return False
    is_whole = len(word) <= _SURELY_WHOLE or word in _left_whole()
    return not is_whole or following[:1].isspace()


@cache
def _left_whole() -> frozenset[str]:
    return frozenset(label("typography.left_whole").split())


def keep_closed(inlines: Inlines) -> list[tuple[Text, ...]]:
    """Return runs in groups; no line may end inside a group of several or a ``whole`` run."""
    text = "".join(map(_seen, inlines))
    places = list(_places(inlines))
    groups: list[tuple[Text, ...]] = []
    place = 0
    for start, end in _kept(places, text):
        groups += [(run,) for run in _cut(places, place, start)]
        inside = tuple(_cut(places, start, end))
        groups.append((renewed(inside[0], whole=True),) if len(inside) == 1 else inside)
        place = end
    return groups + [(run,) for run in _cut(places, place, len(text))]


def _seen(run: Text) -> str:
    """Return the text of a run, or a separator that no mark belongs to."""
    is_text = run.text and not (run.formula or run.break_after or run.raised or run.code)
    return run.text if is_text else _WALL


def _kept(places: Sequence[_Place], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a last word begins and its marks end; whole runs are not cut."""
    walls = [(start, end) for run, start, end in places if run.whole]
    last = 0
    for found in _CLOSED.finditer(text):
        start, end = found.end("word") - _last_word(found["word"]), found.end()
        start = min([start, *(s for s, e in walls if s < start < e)])
        end = max([end, *(e for s, e in walls if s < end < e)])
        if start >= last:
            yield start, end
            last = end


def _places(inlines: Inlines) -> Iterator[_Place]:
    place = 0
    for run in inlines:
        end = place + len(_seen(run))
        yield run, place, end
        place = end


def _cut(places: Sequence[_Place], start: int, end: int) -> Iterator[Text]:
    """Yield the runs between two places."""
    for run, begin, stop in places:
        first, last = max(begin, start), min(stop, end)
        if first >= last:
            continue
        is_all = (first, last) == (begin, stop) or _seen(run) == _WALL
        yield run if is_all else renewed(run, text=run.text[first - begin : last - begin])


def _last_word(word: str) -> int:
    """Return how many letters the last word has in letters without a space between."""
    if len(word) <= SHORT:
        return len(word)
    known, tail = known_words(), word[-LONGEST:]
    places = [n for n in range(len(tail) - 1) if n == 0 or not _WITHIN.match(tail, n)]
    return len(tail) - next((n for n in places if tail[n:] in known), places[0])
