"""What a notebook holds before it is one paper: parts, their blocks, and what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ita_helpers.publish.tree import Block


@dataclass(frozen=True)
class Placed:
    """A block with the slot, the cell and the tags it comes from."""

    block: Block
    slot: str = ""
    cell: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paper:
    """A part as the notebook has it; ``tags`` are those of the cell that begins it.

    ``has_draft``: it holds drafted words that nobody has confirmed.
    """

    tag: str
    tags: frozenset[str]
    placed: tuple[Placed, ...]
    has_draft: bool = False

    @property
    def name(self) -> str:
        """The part's name in a parameter file."""
        return self.tag.removeprefix("part-")


@dataclass(frozen=True)
class Page:
    """What the notebook says of its papers (the scrap ``ita-document``).

    ``rules_year`` is the fiscal year (B.E.) whose rules its part on rules prints, where that is
    another than its own.
    """

    title: str = ""
    subtitle: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    running: str = ""
    mark: str = ""
    name: str = ""
    numerals: Literal["thai", "arabic"] = "arabic"
    fiscal_year: int = 0
    rules_year: int = 0
    parts: tuple[str, ...] = ()
    page_ranges: bool = False
    emblem: str = ""
    garuda: str = ""
    issued: date | None = None
    whole: tuple[str, ...] = ()
    attachment: str = ""
    word_template: str = ""
    word_font: str = ""

    @classmethod
    def of(cls, scrap: object, result: object = None) -> Page | None:
        """Read the scrap; nothing for a notebook that is no report of ours."""
        if not isinstance(scrap, dict):
            return None
        known = {name: scrap[name] for name in cls.__dataclass_fields__ if name in scrap}
        for name in ("subtitle", "banners", "parts", "whole"):
            known[name] = tuple(known.get(name, ()))
        if issued := known.get("issued"):
            known["issued"] = date.fromisoformat(issued)
        attached = {**result, "rules": scrap.get("rules", [])} if isinstance(result, dict) else {}
        known["attachment"] = _to_json(attached) if attached else ""
        return cls(**known)


def _to_json(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True)
