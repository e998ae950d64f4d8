"""What a notebook holds before it is assembled: parts and their blocks, and the scores."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ita_helpers.files.facts import PaperFacts
from ita_helpers.publish.tree import Block


@dataclass(frozen=True)
class Placed:
    """A block with the slot, the cell and the tags it comes from.

    ``is_ours`` if nobody wrote in that cell, ``is_draft`` if it is a slot nobody has confirmed.
    """

    block: Block
    slot: str = ""
    cell: str = ""
    tags: frozenset[str] = frozenset()
    is_ours: bool = False
    is_draft: bool = False


@dataclass(frozen=True)
class NotebookPart:
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


def attachment_of(facts: PaperFacts | None, result: object) -> str:
    """Return the scores attached to a PDF: the scrap ``result``, with what they rest on."""
    if facts is None or not isinstance(result, dict):
        return ""
    attached = {**result, "rules": list(facts.rules)}
    return json.dumps(attached, ensure_ascii=False, indent=1, sort_keys=True)
