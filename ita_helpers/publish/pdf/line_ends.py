"""Where no line of the PDF ends: in a word, before ``)``, ``”`` or ``ฯ``, before a word's number.

The compiler finds the words of Thai by a neural network that takes compounds apart, and lets a line
end after any run of Thai letters, even when a mark follows immediately; no joiner between them
prevents it. So a word, and the last word before a mark, is set in a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from ita_helpers.language.catalogue import label
from ita_helpers.publish.thai_words import known_words, words_in
from ita_helpers.publish.tree import Inlines, Text

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
_THAI = re.compile(rf"({_LETTER}{{2,}})")
_SURELY_WHOLE = 2
"""Letters: no shorter word is taken apart."""


def keep_together(inlines: Inlines) -> list[tuple[Text, ...]]:
    """Return runs in groups, with every word whole and its marks and number beside it."""
    return keep_closed(tuple(piece for run in inlines for piece in _whole_words(run)))


def _whole_words(run: Text) -> Iterator[Text]:
    """Yield a run in pieces, those whole that a line could end inside."""
    if run.whole or _seen(run) == _WALL:
        yield run
        return
    between = ""
    words = [word for piece in _THAI.split(run.text) for word in _words(piece)]
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if not _needs_box(word, following):
            between += word
            continue
        if between:
            yield replace(run, text=between)
            between = ""
        yield replace(run, text=word, whole=True)
    if between:
        yield replace(run, text=between)


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
    groups: list[tuple[Text, ...]] = []
    place = 0
    for start, end in _kept(inlines, text):
        groups += [(run,) for run in _cut(inlines, text, place, start)]
        inside = tuple(_cut(inlines, text, start, end))
        groups.append((replace(inside[0], whole=True),) if len(inside) == 1 else inside)
        place = end
    return groups + [(run,) for run in _cut(inlines, text, place, len(text))]


def _seen(run: Text) -> str:
    """Return the text of a run, or a separator that no mark belongs to."""
    is_text = run.text and not (run.formula or run.break_after or run.raised or run.code)
    return run.text if is_text else _WALL


def _kept(inlines: Inlines, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a last word begins and its marks end; whole runs are not cut."""
    walls = [each for each in _places(inlines) if inlines[each[0]].whole]
    last = 0
    for found in _CLOSED.finditer(text):
        start, end = found.end("word") - _last_word(found["word"]), found.end()
        start = min([start, *(s for _, s, e in walls if s < start < e)])
        end = max([end, *(e for _, s, e in walls if s < end < e)])
        if start >= last:
            yield start, end
            last = end


def _places(inlines: Inlines) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each run, and where its text begins and ends."""
    place = 0
    for number, run in enumerate(inlines):
        yield number, place, place + len(_seen(run))
        place += len(_seen(run))


def _cut(inlines: Inlines, text: str, start: int, end: int) -> Iterator[Text]:
    """Yield the runs between two places."""
    for number, begin, stop in _places(inlines):
        run = inlines[number]
        first, last = max(begin, start), min(stop, end)
        if first >= last:
            continue
        is_all = _seen(run) == _WALL or (first, last) == (begin, stop)
        yield run if is_all else replace(run, text=text[first:last])


def _last_word(word: str) -> int:
    """Return how many letters the last word has in letters without a space between."""
    if len(word) <= SHORT:
        return len(word)
    known, tail = known_words(), word[-LONGEST:]
    places = [n for n in range(len(tail) - 1) if n == 0 or not _WITHIN.match(tail, n)]
    return len(tail) - next((n for n in places if tail[n:] in known), places[0])
