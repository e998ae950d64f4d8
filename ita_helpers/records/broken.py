"""What is wrong with a file of rules or advice: its place and the reason, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ita_helpers.language.catalogue import say, section


class BrokenRule(ValueError):
    """Rules that contradict each other at ``place`` below the block that was read.

    ``reason`` is a key under ``broken_rules`` in the catalogue, and ``facts`` are what it prints.
    """

    def __init__(self, reason: str, place: str = "", **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.place, self.facts = reason, place, facts


def place_and_problem(error: ValidationError, written: Mapping[str, Any]) -> tuple[str, str]:
    """Return where the first mistake stands (nowhere in particular: empty), and what it is."""
    first = error.errors()[0]
    place = _place(first["loc"], written)
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, BrokenRule):
        whole = [*place, cause.place] if cause.place else place
        return ".".join(whole), say(f"broken_rules.{cause.reason}", **cause.facts)
    return ".".join(place), _problem(first)


def _place(parts: tuple[int | str, ...], written: Any) -> list[str]:
    """Return the way to a mistake, with the entries of a list named by their codes or names."""
    place = []
    for part in parts:
        if isinstance(written, Mapping):
            key = list(written)[part] if isinstance(part, int) else part
            written = written.get(key)
            place.append(str(key))
        elif isinstance(written, list | tuple) and isinstance(part, int):
            written = written[part]
            place.append(_name_of(written) or str(part + 1))
    return place


def _name_of(entry: object) -> str:
    named = entry if isinstance(entry, Mapping) else {}
    return str(next((named[key] for key in ("code", "name", "instrument") if named.get(key)), ""))


def _problem(error: Any) -> str:
    known = section("broken_rules.values")
    reason = error["type"] if error["type"] in known else "other"
    facts = {"value": error["input"], **error.get("ctx", {})}
    return say(f"broken_rules.values.{reason}", **facts)
