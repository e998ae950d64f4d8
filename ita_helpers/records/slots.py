"""How the slots of indicators are called: an indicator's number with two digits, ``06``."""

from __future__ import annotations


def slot_of_code(code: str) -> str:
    """Return the slot that holds the words of an indicator."""
    return code.zfill(2)


def code_of(slot: str) -> str:
    """Return the code of the indicator whose words a slot holds; empty for any other slot."""
    return str(int(slot)) if slot.isdecimal() else ""
