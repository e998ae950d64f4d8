"""The slots of a report: their names, the shape of their words, which need nobody's review.

An indicator's slot is its number with two digits, ``06``.
"""

from __future__ import annotations

from typing import Literal

Shape = Literal["run-on", "paragraph", "paragraphs", "list"]
"""How the sentences of a slot are set: in one paragraph with the last apart where they are many, in
one paragraph, each as a paragraph, or numbered below the first."""
FRONT = ("foreword", "background", "principles", "purpose")
MEMO = ("memo-background", "memo-facts", "memo-proposals")
OWN = "cell:"
"""Begins the name of words outside all slots; the id of the office's own cell follows."""
STANDING = frozenset(FRONT)
"""Slots whose draft says nothing of the result: it holds as it is, and nobody has to confirm it."""
_SHAPES: dict[str, Shape] = {
    "foreword": "paragraphs",
    "background": "paragraphs",
    "principles": "paragraphs",
    "purpose": "list",
    "memo-background": "paragraph",
    "memo-facts": "paragraphs",
    "memo-proposals": "list",
}


def shape_of(slot: str) -> Shape:
    """Return the shape of a slot's words."""
    return _SHAPES.get(slot, "run-on")


def slot_of_code(code: str) -> str:
    """Return the slot that holds the words of an indicator."""
    return code.zfill(2)


def code_of(slot: str) -> str:
    """Return the code of the indicator whose words a slot holds; empty for any other slot."""
    return str(int(slot)) if slot.isdecimal() else ""
