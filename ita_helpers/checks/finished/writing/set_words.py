"""Set words of the field with a letter lost, added, changed or swapped with the next.

A catalogue of them tells slips that nobody has listed. What is left of a word on both sides says
that it was meant, so that the words are long; those that come near them by right are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from ita_helpers.checks.finished.reading import pattern, same_letters, words
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in, once_each
from ita_helpers.values import value

FEWEST = 2
"""Letters left on each side of what is wrong, but at the end of a word like which none begins."""
LONGEST_PART = 3
"""Letters of a syllable that is lost: a consonant with what stands over and under it."""
BESIDE = 14
"""Letters around a word in which one that comes near it by right may stand."""
MOST = 12
"""Words at fault that somebody may have written; more come of how a file was made."""
_CONSONANT, _OVER_OTHERS = "[\\u0e01-\\u0e2e]", "[\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e]"
_LETTER = re.compile("[\\u0e01-\\u0e2e\\u0e30-\\u0e3a\\u0e40-\\u0e45\\u0e47-\\u0e4e]")
_OVER, _BOTH_OVER = re.compile(_OVER_OTHERS), re.compile(_OVER_OTHERS + "{2}")
_PART = re.compile(f"{_CONSONANT}{_OVER_OTHERS}{{1,2}}")
_PART_REVERSED = re.compile(f"{_OVER_OTHERS}{{1,2}}{_CONSONANT}")
_ENDLESS = "~"


@value(frozen=True)
class SetWord:
    """A set word in two halves; ``is_endless`` if no other word begins as it does but for its end.

    ``lost`` are what it is without a part that it cannot do without.
    """

    text: str
    is_endless: bool
    lost: tuple[str, ...]

    @property
    def half(self) -> int:
        """The letters of the first half."""
        return len(self.text) // 2


@cache
def set_words() -> tuple[SetWord, ...]:
    """Return the set words of the catalogue.

    A part in brackets is one that is lost as a whole; ``~`` ends a word that no other begins like.
    """
    found = []
    for line in words("set_words"):
        marked = line.rstrip(_ENDLESS)
        whole = marked.replace("[", "").replace("]", "")
        parts = list(re.finditer(r"\[[^\]]*\]", marked))
        lost = (marked[: each.start()] + marked[each.end() :] for each in parts)
        bare = tuple(each.replace("[", "").replace("]", "") for each in lost)
        found.append(SetWord(whole, line.endswith(_ENDLESS), bare))
    return tuple(found)


def misspelt_words(report: Report) -> Iterator[Found]:
    """Yield set words that are misspelt, each spelling once, if they are few."""
    texts = [each.text for each in report.passages]
    whole = "\n".join(texts)
    starts = list(accumulate((len(each) + 1 for each in texts), initial=0))
    wrong = ((at, -end, word.text) for word in set_words() for at, end in _misspelt(whole, word))
    found, last = list[Found](), 0
    for start, end, right in sorted(wrong):
        if start < last:
            continue
        last, number = -end, bisect_right(starts, start) - 1
        at, text = start - starts[number], whole[start : _whole_letter(whole, -end)]
        found.append(found_in(report.passages[number], at, text, right=right))
    told = list(once_each(found))
    yield from told if len(told) <= MOST else ()


def _misspelt(whole: str, word: SetWord) -> Iterator[tuple[int, int]]:
    """Yield from where to where a set word is misspelt in a text."""
    for lost in word.lost:
        yield from (
            (at, at + len(lost)) for at in _places(whole, lost) if _is_wrong(whole, at, lost)
        )
    half, right = word.half, whole.count(word.text)
    first, second = word.text[:half], word.text[half:]
    for at in _places(whole, first) if whole.count(first) > right else ():
        behind = whole[at + half : at + len(word.text) + LONGEST_PART]
        length = half + _nearly(behind, second, _PART, is_endless=word.is_endless)
        if length > half and _is_wrong(whole, at, whole[at : at + length]):
            yield at, at + length
    for end in _places(whole, second) if whole.count(second) > right else ():
        before = whole[max(0, end - half - LONGEST_PART) : end][::-1]
        at = end - _nearly(before, first[::-1], _PART_REVERSED)
        if at < end and _is_wrong(whole, at, whole[at : end + len(second)]):
            yield at, end + len(second)
    for at in _places(whole, word.text) if right else ():
        end = at + len(word.text)
        if _OVER.match(whole, end) and _is_wrong(whole, at, whole[at : end + 1]):
            yield at, end + 1


def _whole_letter(whole: str, end: int) -> int:
    """Return where a letter ends with all that stands over and under it."""
    while _OVER.match(whole, end):
        end += 1
    return end


def _places(whole: str, words: str) -> Iterator[int]:
    at = whole.find(words)
    while at >= 0:
        yield at
        at = whole.find(words, at + 1)


def _is_wrong(whole: str, at: int, found: str) -> bool:
    """Whether a word that comes near a set one is no other word."""
    first = max(0, at - BESIDE)
    text, start = whole[first : at + len(found) + BESIDE], at - first
    places = pattern("near_set_words").finditer(text)
    return not any(e.start() < start + len(found) and start < e.end() for e in places)


def _nearly(text: str, half: str, part: re.Pattern[str], *, is_endless: bool = False) -> int:
    """Return the letters of the beginning of a text that are half of a word misspelt, or 0."""
    same = same_letters(half, text)
    for wrong, meant in _ways(text[same:], half[same:], part):
        rest = half[same + meant :]
        is_enough = len(rest) >= FEWEST or (is_endless and (wrong or meant == 1))
        if is_enough and text.startswith(rest, same + wrong):
            return same + wrong + len(rest)
    return 0


def _ways(text: str, half: str, part: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield how many letters of a text may stand for how many of half of a word from there on."""
    if not half or not _LETTER.match(text):
        return
    if text[:2] == half[1::-1] and not _BOTH_OVER.match(text):
        yield 2, 2
    yield 1, 1
    yield 0, 1
    yield 1, 0
    if lost := part.match(half):
        yield 0, len(lost.group())
