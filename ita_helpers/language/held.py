"""Which of many texts may hold a pattern, by the words that it needs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import Generic, TypeVar

from ita_helpers.language.needed import DIGIT, Needs, needs_of

T = TypeVar("T")
_RUN, _BYTES, _APART, MANY = 4, 8, "\n", 100
MOST_KEPT = 32768
"""Texts of which is kept what they are without blanks, and whether a pattern may stand there."""
_DIGIT = re.compile(r"\d")


def may_stand(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern may stand in a text, by the words that it needs.

    >>> may_stand(re.compile("สูง ?กว่า|ต่ำ ?กว่า"), "ต่ำ กว่า"), may_stand(re.compile("ที่ 1"), "ที่ 2")
    (True, False)
    """
    return _may_stand(pattern.pattern, pattern.flags, text)


@lru_cache(MOST_KEPT)
def _may_stand(pattern: str, flags: int, text: str) -> bool:
    return _is_met(needs_of(pattern, flags), _without_blanks(text))


@lru_cache(MOST_KEPT)
def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _is_met(needs: Needs, bare: str) -> bool:
    for need in needs:
        for word in need.words:
            if word in bare or (word == DIGIT and _DIGIT.search(bare)):
                break
        else:
            if not any(_is_met(each, bare) for each in need.groups):
                return False
    return True


class Held:
    """Tells in which of some texts a pattern may be found; each word is looked for once.

    Texts are told by the bits of a whole number, the first by the lowest.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._of_words: dict[str, int] = {}
        self._of_patterns: dict[tuple[str, int], int] = {}
        self._maybe, self._count = set[str](), 0

    def of(self, *patterns: re.Pattern[str]) -> Iterator[int]:
        """Yield the numbers of the texts in which one of some patterns may be found, in order."""
        left = 0
        for each in patterns:
            left |= self.all_of(each)
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest

    def all_of(self, pattern: re.Pattern[str]) -> int:
        """Return the texts in which a pattern may be found, as bits."""
        key = pattern.pattern, pattern.flags
        if key not in self._of_patterns:
            needs = _needs_of(*key)
            there = self._there() if len(self._of_words) > MANY else needed.words
            self._of_patterns[key] = self._all_of(needs, there)
        return self._of_patterns[key]

    def _all_of(self, needs: Needs, there: Set[str]) -> int:
        found, known = self._all, self._of_words
        for need in needs:
            any_of = 0
            for word in need.words & there:
                any_of |= known[word] if word in known else self._with(word)
            for group in need.groups:
                any_of |= self._all_of(group, there)
            found &= any_of
            if not found:
                break
        return found

    def _with(self, word: str) -> int:
        """Return the texts that hold a word."""
        found = 0
        if word == DIGIT:
            for place, text in enumerate(self._bare):
                found |= (_DIGIT.search(text) is not None) << place
        else:
            whole, starts = self._whole
            at = whole.find(word)
            while at >= 0:
                place = bisect_right(starts, at)
                found |= 1 << place - 1
                at = whole.find(word, starts[place]) if place < len(starts) else -1
        self._of_words[word] = found
        return found

    def _there(self) -> set[str]:
        """Return the needed words but for those that are surely nowhere; most are."""
        if self._count != needed.count:
            self._maybe |= needed.that_may_be_in(self._runs, self._count)
            self._count = needed.count
        return self._maybe

    @cached_property
    def _all(self) -> int:
        return (1 << len(self.texts)) - 1

    @cached_property
    def _bare(self) -> list[str]:
        return ["".join(each.split()) for each in self.texts]

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All texts behind each other, and where each begins."""
        lengths = (len(each) + 1 for each in self._bare)
        return _APART.join(self._bare), list(accumulate(lengths, initial=0))[:-1]

    @cached_property
    def _runs(self) -> set[int]:
        """All runs of four letters: most words of a pattern are told to be nowhere by them."""
        return set[int]().union(*_runs_in(self._whole[0]))


def _runs_in(text: str) -> Iterator[memoryview[int]]:
    """Yield the runs of four letters of a text as numbers, those from each fourth letter on."""
    coded = text.encode("utf-16-le", "surrogatepass")
    for first in range(0, _BYTES, 2):
        length = (len(coded) - first) // _BYTES * _BYTES
        yield memoryview(coded[first : first + length]).cast("Q")


class _Needed:
    """All words that any pattern asked for needs, by their first run of four letters."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self._listed: list[tuple[str, frozenset[int]]] = []
        self._short: set[str] = set()
        self._by_run: dict[int, dict[str, frozenset[int]]] = {}

    @property
    def count(self) -> int:
        """How many words there are."""
        return len(self._listed)

    def add(self, needs: Needs) -> None:
        """Add the words of a pattern's needs."""
        for need in needs:
            for word in need.words - self.words:
                runs = [*next(_runs_in(word)), *next(_runs_in(word[-_RUN:]))]
                self._listed.append((word, frozenset(runs)))
                if runs:
                    self._by_run.setdefault(runs[0], {})[word] = self._listed[-1][1]
                else:
                    self._short.add(word)
            self.words |= need.words
            for group in need.groups:
                self.add(group)

    def that_may_be_in(self, runs: set[int], known: int) -> set[str]:
        """Return the words of whose runs, taken apart from the first on, a text has all.

        So many words that were ``known`` are not looked at again.
        """
        if known:
            return {word for word, of_word in self._listed[known:] if of_word <= runs}
        found = set(self._short)
        for first in runs & self._by_run.keys():
            found.update(word for word, of_word in self._by_run[first].items() if of_word <= runs)
        return found


needed = _Needed()


@cache
def _needs_of(pattern: str, flags: int) -> Needs:
    needs = needs_of(pattern, flags)
    needed.add(needs)
    return needs


class Searched(Generic[T]):
    """Things with a text, in which a pattern is tried only where the words stand that it needs.

    ``text_of`` is the text of a thing that is looked through.
    """

    def __init__(self, things: Iterable[T], text_of: Callable[[T], str]) -> None:
        self.things, self.text_of = tuple(things), text_of

    @cached_property
    def _held(self) -> Held:
        return Held([self.text_of(each) for each in self.things])

    def numbers(self, *patterns: re.Pattern[str]) -> Iterator[int]:
        """Yield the numbers of the things in which one of some patterns may stand, in order."""
        return self._held.of(*patterns)

    def bits(self, pattern: re.Pattern[str]) -> int:
        """Return the things in which a pattern may stand, the first by the lowest bit."""
        return self._held.all_of(pattern)

    def that_may_hold(self, *patterns: re.Pattern[str]) -> Iterator[T]:
        """Yield the things in which one of some patterns may stand."""
        return (self.things[number] for number in self.numbers(*patterns))

    def that_hold(self, pattern: re.Pattern[str]) -> Iterator[T]:
        """Yield the things in which a pattern stands."""
        may = self.that_may_hold(pattern)
        return (each for each in may if pattern.search(self.text_of(each)))

    def places(self, pattern: re.Pattern[str]) -> Iterator[tuple[T, re.Match[str]]]:
        """Yield where a pattern stands, with the thing."""
        for each in self.that_may_hold(pattern):
            for place in pattern.finditer(self.text_of(each)):
                yield each, place
