"""Carrying new numbers into edited words: old draft, new draft, edited text.

This works word by word, and only where it cannot be mistaken: a number is carried when its sentence
differs between the drafts in numbers alone, and the number with the words around it occurs in the
edited text exactly once. Everything else stays as written, and is reported with old and new value.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ita_helpers.edited.cells import squeezed
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import THAI_DIGITS, to_arabic

AROUND = 2
"""This many words or numbers on each side of a number must be unchanged."""
TELLING = 6
"""A word this long that no other sentence has shows that a sentence is still there."""
_DIGIT = f"[0-9{THAI_DIGITS}]"
_NUMBER = rf"{_DIGIT}+(?:[.,]{_DIGIT}+)*"
_TOKEN = re.compile(rf"[A-Za-z][A-Za-z0-9.@_-]*|{_NUMBER}|[\u0e01-\u0e4e]+|\s+|.", re.DOTALL)
_YEAR = re.compile(r"(?<![0-9])(?<![0-9][.,])2[45][0-9]{2}(?![0-9.,]*[0-9])")
_IS_NUMBER = re.compile(_NUMBER)


@dataclass(frozen=True)
class OldAndNew:
    """A number or sentence that edited words may still state as it was, and the current one."""

    old: str
    new: str


@dataclass(frozen=True)
class Merged:
    """The words with the numbers that could be carried, and what could not.

    ``known`` are the sentences the words now correspond to: the old ones with what was carried;
    ``carried`` are these numbers, before and after.
    """

    text: str
    open: tuple[OldAndNew, ...] = ()
    known: tuple[str, ...] = ()
    carried: tuple[OldAndNew, ...] = ()


def merge(words: str, old: Sequence[str], new: Sequence[str], fiscal_year: int = 0) -> Merged:
    """Return ``words``, edited from the sentences ``old``, with the numbers of ``new``.

    A sentence is left alone when the analyst's words around it speak of another time than this
    ``fiscal_year`` (B.E.).
    """
    pairs = _pair(old, new)
    tokens = _TOKEN.findall(words)
    carried: dict[int, str] = {}
    missed: list[tuple[str, OldAndNew]] = []
    known: list[str] = []
    told_carried: list[OldAndNew] = []
    for before in old:
        if before not in pairs:
            continue
        for place in _changed_places(before, pairs[before]):
            value = _content(pairs[before])[place]
            found = _find(tokens, before, place, old)
            if found is not None and not _is_of_another_time(tokens, found, old, fiscal_year):
                carried[found] = value
                if to_arabic(_content(before)[place]) != to_arabic(value):
                    told_carried.append(OldAndNew(_content(before)[place], value))
            elif to_arabic(_content(before)[place]) != to_arabic(value):
                missed.append((before, OldAndNew(_content(before)[place], value)))
    text = "".join(carried.get(at, token) for at, token in enumerate(tokens))
    rest = _words(_without(text, new))
    still = {(before, change) for before, change in missed if _mentions(rest, change.old, before)}
    told = [change for before, change in missed if (before, change) in still]
    for before in old:
        after = pairs.get(before)
        if after is not None:
            kept = {change.old for each, change in still if each == before}
            known.append(_carried_over(before, after, kept))
        else:
            change = OldAndNew(before, _closest(before, new))
            if _numbers(before) != _numbers(change.new) and _is_left(rest, before, old):
                told.append(change)
                known.append(before)
    known += [each for each in new if each not in known and each not in pairs.values()]
    return Merged(
        text, tuple(dict.fromkeys(told)), tuple(known), tuple(dict.fromkeys(told_carried))
    )


def _carried_over(before: str, after: str, kept: set[str]) -> str:
    """Return the old sentence with the new numbers, but for those that still stand as they were."""
    new = iter(_content(after))
    tokens = []
    for token in _TOKEN.findall(before):
        value = token if token.isspace() else next(new)
        tokens.append(token if token in kept else value)
    return "".join(tokens)


def _numbers(sentence: str) -> list[str]:
    return sorted(word for word in _words(sentence) if _IS_NUMBER.fullmatch(word))


def _pair(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Pair each old sentence with the new one that differs from it in numbers alone."""
    as_read = {to_arabic(sentence): sentence for sentence in new}
    pairs = {each: as_read[to_arabic(each)] for each in old if to_arabic(each) in as_read}
    before = [each for each in old if each not in pairs]
    after = [each for each in new if each not in pairs.values()]
    shapes = Counter(map(_shape, before)), Counter(map(_shape, after))
    by_shape = {_shape(each): each for each in after}
    for each in before:
        shape = _shape(each)
        if shapes[0][shape] == shapes[1][shape] == 1:
            pairs[each] = by_shape[shape]
    return pairs


def _shape(sentence: str) -> tuple[str, ...]:
    return tuple("" if _IS_NUMBER.fullmatch(token) else token for token in _content(sentence))


def _content(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not token.isspace()]


def _words(text: str) -> list[str]:
    return _content(to_arabic(text))


def _changed_places(before: str, after: str) -> list[int]:
    both = zip(_content(before), _content(after), strict=True)
    return [place for place, (one, other) in enumerate(both) if one != other]


def _find(tokens: Sequence[str], sentence: str, place: int, old: Sequence[str]) -> int | None:
    """Return where a sentence's number is in the text; nothing unless exactly once."""
    words = _words(sentence)
    first = max(0, place - AROUND)
    wanted = words[first : place + AROUND + 1]
    if len(wanted) <= AROUND or len(_runs(_words(" ".join(old)), wanted)) != 1:
        return None
    places = [at for at, token in enumerate(tokens) if not token.isspace()]
    text = [to_arabic(tokens[at]) for at in places]
    found = _runs(text, wanted)
    if len(found) != 1:
        return None
    around = text[max(0, found[0] - len(words)) : found[0] + len(wanted) + len(words)]
    return places[found[0] + place - first] if _is_told_in(sentence, around) else None


def _is_of_another_time(
    tokens: Sequence[str], at: int, old: Sequence[str], fiscal_year: int
) -> bool:
    """Whether the analyst's own words near a number are about another year or earlier result.

    These are the words of its paragraph and of the paragraphs beside it that are not the draft's.
    """
    before, after = "".join(tokens[:at]).split("\n\n"), "".join(tokens[at:]).split("\n\n")
    beside = "\n".join([*before[-2:], *after[:2]])
    own = squeezed(to_arabic(beside.replace("\x1e", " ")))
    for sentence in sorted(old, key=len, reverse=True):
        own = own.replace(squeezed(to_arabic(sentence)), "\n")
    years = {int(year) for year in _YEAR.findall(own)} - {fiscal_year}
    return bool(years) or any(word in own for word in label("edit.another_time").split())


def _is_told_in(sentence: str, words: Sequence[str]) -> bool:
    """Whether most of a sentence's distinctive words are among these: it is still that sentence."""
    telling = {word for word in _words(sentence) if len(word) >= TELLING}
    return bool(telling) and 2 * len(telling & set(words)) >= len(telling)


def _runs(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Return where ``wanted`` begins in ``words``."""
    long = len(wanted)
    return [at for at in range(len(words) - long + 1) if words[at : at + long] == wanted]


def _without(text: str, sentences: Iterable[str]) -> str:
    for sentence in sentences:
        text = text.replace(sentence, "\n")
    return text


def _mentions(rest: Sequence[str], number: str, sentence: str) -> bool:
    """Whether an old number is still in the text; a whole number only beside one of its words."""
    value = to_arabic(number)
    if "." in value:
        return value in rest
    words = _words(sentence)
    beside = {pair for pair in _neighbours(words) if value in pair}
    return bool(beside & set(_neighbours(rest)))


def _neighbours(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))


def _is_left(rest: Sequence[str], sentence: str, old: Sequence[str]) -> bool:
    """Whether anything unique to a sentence is still in the text."""
    others = {word for each in old if each != sentence for word in _words(each)}
    own = set(_words(sentence)) - others
    telling = {word for word in own if len(word) >= TELLING or "." in word[1:-1]}
    return bool((telling or own) & set(rest))


def _closest(sentence: str, new: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(sentence, list(new), n=1, cutoff=0.3)), "")
