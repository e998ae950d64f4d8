"""Recognising our own lines in an office's copy, with whatever people typed, ticked or cut.

A line that is ours, or nearly, is never printed; what somebody typed into it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from ita_helpers.edited.boxes import (
    BULLET,
    FRAME,
    HAS_LETTER,
    Box,
    known_boxes,
    read_box,
    without_blanks,
)
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.records.slots import OWN, code_of

SHINGLE = 8
"""Lines that share no run of this many letters are unrelated."""
BLOCK = 6
"""This many matching letters in a row are no accident."""
MOST, PIECE, SOME, LEAST = 0.6, 0.8, 0.5, 12
"""A line is nearly ours by this share of our line, by one piece of ours being this share of it, or
in a hint by this share of the shorter; and by so many letters."""
MOST_INDICATORS = 31
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE_OR_NUMBERS = re.compile(r"[\s|:.,\-0-9\u0e50-\u0e59]*")
_EMPTY_BOX = re.compile(r"\s*[-*+]?\s*\[[ xX]?\]\s*")
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Left:
    """What is left of a text without our lines.

    ``typed`` are the words that stood in lines of ours; they are part of ``text`` too.
    """

    text: str
    boxes: tuple[Box, ...] = ()
    typed: tuple[str, ...] = ()
    has_ours: bool = False

    @property
    def ticked(self) -> tuple[str, ...]:
        """The kinds of box that are all ticked: two merged hints confirm only together."""
        kinds = dict.fromkeys(box.kind for box in self.boxes)
        left = {box.kind for box in self.boxes if not box.is_ticked}
        return tuple(kind for kind in kinds if kind not in left)


def without_ours(text: str, noted: Iterable[str] = (), *, is_hint: bool = False) -> Left:
    """Return a text without our lines; ``noted`` are lines we wrote besides the usual ones.

    In a hint every fragment of ours is recognised, in other cells only what is mostly ours.
    """
    lines = text.split("\n")
    if not is_hint and not any(_is_suspect(line, noted) for line in lines if line.strip()):
        return Left(text)
    reader = _Reader(_known_lines(tuple(noted)), is_hint)
    kept = [each for line in lines for each in reader.read(line)]
    if not reader.has_ours:
        return Left(text)
    left = _BLANKS.sub("\n\n", "\n".join(kept)).strip()
    return Left(left, tuple(reader.boxes), tuple(reader.typed), has_ours=True)


def hinted_name(text: str) -> str:
    """Return the name of the slot that a hint is about, or an empty string."""
    before, after = (
        without_blanks(each)
        for each in say("edit.hint", name="\0", changes=(), carried=()).split("\0")
    )
    plain = without_blanks(text)
    names = (
        name for name in names_of_slots() if before + without_blanks(name) + after[:2] in plain
    )
    return max(names, key=len, default="")


def missing_hint(slot: str, command: str = "") -> str:
    """Return the hint in the place of a slot that is gone; ``command`` brings it back."""
    return say("edit.hint_missing", name=name_of(slot), command=command)


def restore_command(organisation: str, fiscal_year: int) -> str:
    """Return the command that brings back the slots that are gone from a copy of a year (B.E.)."""
    return say("edit.restore_command", organisation=organisation, year=fiscal_year)


@cache
def _command() -> re.Pattern[str]:
    """Return what finds the command of a hint: it names the office and belongs to no line."""
    before, *parts = say("edit.restore_command", organisation="\0", year="\0").split("\0")
    rest = r"[\w.-]+".join(map(re.escape, ("", *parts)))
    return re.compile(rf"{re.escape(before)}(?P<typed>.*?){rest}")


def name_of(slot: str) -> str:
    """Return how people call a slot, or words outside all slots (``cell:`` and an id)."""
    if slot.startswith(OWN):
        return label("edit.own_cell")
    code = code_of(slot)
    if code:
        return say("words.indicator_short", code=code)
    return label(f"edit.slots.{slot}")


@cache
def names_of_slots() -> tuple[str, ...]:
    """Return how the slots are called in hints."""
    return tuple(map(name_of, (*section("edit.slots"), *map(str, range(1, MOST_INDICATORS)))))


class _Reader:
    """Reads line by line: a table under a line of ours is ours too."""

    def __init__(self, known: Mapping[str, str], is_hint: bool) -> None:
        self.known = known
        self.is_hint = is_hint
        self.in_table = False
        self.has_ours = False
        self.boxes: list[Box] = []
        self.typed: list[str] = []

    def read(self, line: str) -> Iterator[str]:
        """Yield what is to be kept of a line."""
        if not line.strip():
            yield line
            return
        if _TABLE_ROW.fullmatch(line):
            yield from self._read_row(line)
            return
        self.in_table = False
        words = self._words(line)
        if words is None:
            yield line
            return
        self.has_ours = True
        if words:
            self.typed.append(words)
            yield f"\n{words}\n"

    def _read_row(self, line: str) -> Iterator[str]:
        is_head = without_blanks(line) in _table_heads()
        self.in_table = (is_head and self.has_ours) or self.in_table
        if not (self.is_hint or self.in_table):
            yield line
        elif (
            not is_head
            and without_blanks(line) not in self.known
            and not _RULE_OR_NUMBERS.fullmatch(line)
        ):
            words = _beside(line, self.known, self.is_hint)
            words = line if words is None else words
            self.has_ours = True
            if words:
                self.typed.append(words)
                yield f"\n{words}\n"
        else:
            self.has_ours = True

    def _words(self, line: str, depth: int = 3) -> str | None:
        """Return what somebody typed into a line of ours; ``None`` for any other line."""
        line = self._without_command(line)
        if not line.strip():
            return ""
        if review := _review_line().search(line):
            rest = f"{line[: review.start()]} {line[review.end() :]}".strip()
            inner = self._words(rest, depth - 1) if rest and depth else None
            return rest if inner is None else inner
        if without_blanks(line) in self.known:
            self.boxes += [Box(kind, False) for kind, text in known_boxes().items() if text in line]
            return ""
        if _EMPTY_BOX.fullmatch(line) or line.strip() in known_boxes().values():
            return ""
        found = read_box(line, self.is_hint)
        if found is not None:
            box, words = found
            self.boxes.append(box)
        else:
            beside = _beside(line, self.known, self.is_hint)
            if beside is None:
                return None
            words = beside
        if not words or not depth:
            return words
        inner = self._words(words, depth - 1)
        return words if inner is None else inner

    def _without_command(self, line: str) -> str:
        """Return a line of ours without the command that some contain; others as they are."""
        without = _command().sub(lambda found: found["typed"], line)
        if without == line:
            return line
        is_ours = self.is_hint or not without.strip() or without_blanks(without) in self.known
        return without if is_ours or _beside(without, self.known, False) is not None else line


@cache
def _review_line() -> re.Pattern[str]:
    """Return what finds a line that says who reviewed a slot, whoever it was and whenever."""
    texts = [
        re.escape(say(key, day="\0", by=by, in_word=in_word))
        for key in ("edit.lapsed", "edit.reviewed")
        for by in ("\1", "")
        for in_word in (True, False)
    ]
    anyone = "|".join(texts).replace("\1", "[^”]*")
    return re.compile(anyone.replace("\0", r"\d{1,2} \S+ \d{4}"))


@lru_cache(64)
def _known_lines(noted: tuple[str, ...]) -> Mapping[str, str]:
    """Return our lines with their letters alone as keys."""
    return {without_blanks(line): line for line in (*_usual_lines(), *_lines_of(noted))}


@cache
def _usual_lines() -> tuple[str, ...]:
    texts = (say(key, name=name, **_NO_FACTS) for key in _NAMED for name in names_of_slots())
    return (*_nameless_lines(), *_lines_of(texts))


@cache
def _nameless_lines() -> tuple[str, ...]:
    """Return the lines of our hints, but for the names of slots and what changed."""
    texts = [label(f"edit.{key}") for key in ("hint_all", "not_printed", "hint_render")]
    texts.append(say("edit.hint_offer", year=""))
    texts += [say(f"edit.{key}", day="", by="", in_word=False) for key in ("reviewed", "lapsed")]
    full = say("edit.hint", name="", changes=[_NO_CHANGE], carried=[_NO_CHANGE], folded=True)
    texts += [line for line in full.split("\n") if not _TABLE_ROW.fullmatch(line)]
    texts += [say(key, name="", **_NO_FACTS) for key in _NAMED]
    return tuple(_lines_of(texts))


@cache
def _beginnings() -> tuple[str, ...]:
    """Return the text before a slot's name, if long enough to begin no line but ours."""
    texts = (say(key, name="\0", **_NO_FACTS) for key in _NAMED)
    begins = (
        without_blanks(line.split("\0")[0])
        for text in texts
        for line in _lines_of([text])
        if "\0" in line
    )
    return tuple(each for each in begins if len(each) >= LEAST)


def _lines_of(texts: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(line for text in texts for line in text.split("\n") if line.strip()))


_NAMED = ("edit.hint", "edit.former", "edit.hint_missing")
"""What is said in hints of a slot by its name."""
_NO_FACTS: Mapping[str, Any] = {"changes": (), "carried": (), "command": ""}
_NO_CHANGE: Mapping[str, str] = {"old": "", "new": ""}


@cache
def _table_heads() -> frozenset[str]:
    lines = say("edit.hint", name="", changes=[_NO_CHANGE], carried=[_NO_CHANGE]).split("\n")
    rows = (line for line in lines if _TABLE_ROW.fullmatch(line))
    return frozenset(without_blanks(row) for row in rows if HAS_LETTER.search(row))


@lru_cache(4096)
def _shingles_of(line: str) -> frozenset[str]:
    plain = without_blanks(line)
    return frozenset(plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1))


@cache
def _usual_shingles() -> frozenset[str]:
    return frozenset().union(*map(_shingles_of, (*_nameless_lines(), *known_boxes().values())))


def _is_suspect(line: str, noted: Iterable[str]) -> bool:
    """Whether a line shares enough letters with ours to deserve a closer look."""
    if _EMPTY_BOX.fullmatch(line) or _command().search(line) or _review_line().search(line):
        return True
    shared = len(_shingles_of(line) & _usual_shingles())
    return shared > LEAST - SHINGLE or any(
        without_blanks(line) and without_blanks(line) in without_blanks(e) for e in noted
    )


def _beside(line: str, known: Mapping[str, str], is_hint: bool) -> str | None:
    """Return the words in a line that is nearly one of ours, or nothing for another line."""
    plain = without_blanks(line)
    begins = (is_hint or len(plain) >= LEAST) and any(e.startswith(plain) for e in known)
    if begins or (is_hint and any(each.endswith(plain) for each in known)):
        return ""
    has_frame = is_hint or bool(re.match(rf"\s*[{BULLET}{FRAME}]", line))
    if not _is_near(line, is_hint=is_hint, has_frame=has_frame):
        return None
    shingles = _shingles_of(line)
    best = max(known.values(), key=lambda each: len(shingles & _shingles_of(each)))
    return _typed(best, line, _shared(best, line))


def _is_near(line: str, *, is_hint: bool, has_frame: bool) -> bool:
    """Whether a line is mostly ours; the name of a slot in it proves nothing.

    In a cell that is no hint it must hold most of our line, or be little else than a piece of it.
    """
    name = max((name for name in names_of_slots() if name in line), key=len, default="")
    nameless = line.replace(name, "", 1).strip()
    if without_blanks(line).startswith(_beginnings()):
        return True
    pieces = frozenset(nameless[at : at + BLOCK] for at in range(len(nameless) - BLOCK + 1))
    for ours in _nameless_lines():
        if has_frame or not ours.startswith("- ["):
            most = _most_shared(ours, pieces)
            if not _is_enough(ours, nameless, most, most, is_hint=is_hint):
                continue
            shared = _shared(ours, nameless)
            size, longest = _size(shared), max((block.size for block in shared), default=0)
            if _is_enough(ours, nameless, size, longest, is_hint=is_hint):
                return True
    return False


def _most_shared(ours: str, pieces: frozenset[str]) -> int:
    """Return how many letters of our line can be in blocks that a line of these pieces shares.

    Counting them takes a hundredth of the time in which the blocks are found.
    """
    count = end = 0
    for at in range(len(ours) - BLOCK + 1):
        if ours[at : at + BLOCK] in pieces:
            count += at + BLOCK - max(at, end)
            end = at + BLOCK
    return count


def _is_enough(ours: str, line: str, size: int, longest: int, *, is_hint: bool) -> bool:
    """Whether a line that shares so many letters with ours, at most so many in a row, is near."""
    is_most = size >= MOST * len(ours) or longest >= PIECE * len(line)
    is_some = is_hint and size >= SOME * min(len(ours), len(line))
    return size >= LEAST and (is_most or is_some)


def _shared(ours: str, line: str) -> tuple[Match, ...]:
    blocks = SequenceMatcher(None, ours, line, autojunk=False).get_matching_blocks()
    return tuple(block for block in blocks if block.size >= BLOCK)


def _size(blocks: Iterable[Match]) -> int:
    return sum(block.size for block in blocks)


def _typed(ours: str, line: str, blocks: tuple[Match, ...]) -> str:
    """Return what a line has besides the blocks that it shares with ours."""
    words = []
    at, there = 0, 0
    for block in (*blocks, Match(len(ours), len(line), 0)):
        begin, end = _at_words(line, there, block.b, is_pure=at == block.a)
        gap = line[begin:end]
        if not _is_within(without_blanks(gap), without_blanks(ours[at : block.a])):
            words.append(gap.strip(" *"))
        at, there = block.a + block.size, block.b + block.size
    return " ".join(each for each in words if HAS_LETTER.search(each))


def _at_words(line: str, begin: int, end: int, *, is_pure: bool) -> tuple[int, int]:
    """Return where something inserted begins: of equal places the one behind a blank or mark."""
    if not is_pure or begin == end:
        return begin, end
    places = [(begin, end)]
    while begin > 0 and line[begin - 1] == line[end - 1]:
        begin, end = begin - 1, end - 1
        places.append((begin, end))
    return next((place for place in places if _is_edge(line, *place)), places[-1])


def _is_edge(line: str, begin: int, end: int) -> bool:
    return (
        begin == 0 or end == len(line) or not (line[begin - 1].isalnum() and line[begin].isalnum())
    )


def _is_within(part: str, whole: str) -> bool:
    """Whether the letters of a text occur in another one in the same order."""
    letters = iter(whole)
    return all(letter in letters for letter in part)
