"""The tick boxes that confirm words or accept last year's, in whatever state people left them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from ita_helpers.language.catalogue import label, say

SLOT_BOX, OFFER_BOX, ALL_BOX = "slot", "offer", "all"
LIKE = 0.8
"""The words behind a box are known by this likeness."""
FRAME = r"\[\]［］()（）"
BULLET = r"\-*+•–—_"
_IN_BRACKETS = re.compile(r"^(?P<outer>[^\[［]*)[\[［](?P<inner>[^\]］]*)[\]］]?(?P<rest>.*)$")
_BARE = re.compile(rf"[\s{BULLET}{FRAME}|:.>]")
HAS_LETTER = re.compile(r"[^\W_]")


class Box(NamedTuple):
    """A box that was found in a text, and whether it is ticked."""

    kind: str
    is_ticked: bool


@cache
def known_boxes() -> dict[str, str]:
    """Return the words behind each kind of box."""
    hints = {
        SLOT_BOX: say("edit.hint", name="", changes=(), carried=()),
        OFFER_BOX: say("edit.hint_offer", year=0),
        ALL_BOX: say("edit.hint_all"),
    }
    return {
        kind: text.strip().split("\n")[-1].split("]")[-1].strip() for kind, text in hints.items()
    }


@lru_cache(4096)
def without_blanks(text: str) -> str:
    """Return a line without its blanks, for comparing."""
    return "".join(text.split())


def read_box(line: str, is_hint: bool) -> tuple[Box, str] | None:
    """Return the box of a line and the words typed around it."""
    for kind, text in known_boxes().items():
        before, found, after = line.partition(text)
        if not found or not (is_hint or re.search(rf"[{FRAME}]|^\s*[{BULLET}]", before)):
            continue
        mark, words = _read_mark(before)
        return Box(kind, mark), " ".join(filter(HAS_LETTER.search, (words, after.strip())))
    before, bracket, after = line.rpartition("]")
    for kind, text in known_boxes().items() if bracket else ():
        likeness = SequenceMatcher(
            None, without_blanks(text), without_blanks(after), autojunk=False
        ).ratio()
        if likeness >= LIKE:
            mark, words = _read_mark(before + bracket)
            return Box(kind, mark), words
    return None


def _read_mark(before: str) -> tuple[bool, str]:
    """Return whether the text before the words of a box is a tick, and what else it holds."""
    found = _IN_BRACKETS.match(before)
    inner = found["inner"].strip() if found else ""
    outer = _BARE.sub("", found["outer"] + found["rest"]) if found else _BARE.sub("", before)
    inside = inner if inner and not re.fullmatch(rf"[{BULLET}\s]*", inner) else ""
    marks = [each for each in (inside, outer) if _is_mark(each)]
    words = [each for each in (inside, outer) if each and not _is_mark(each)]
    return bool(marks), before.strip(f" {_BULLET_CHARACTERS}") if words else ""


_BULLET_CHARACTERS = "-*+•–—_[]"


def _is_mark(text: str) -> bool:
    """Whether a text in a box is a mark: a letter or sign, whatever it is, or a word for yes."""
    return (
        len(set(without_blanks(text))) == 1
        or without_blanks(text).casefold() in label("edit.marks").split()
    )
