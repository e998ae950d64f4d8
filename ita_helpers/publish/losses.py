"""What a report does not show of its notebook: found while reading, named and counted.

Code that drops, cuts or replaces something adds a ``Loss``; the notebook reader adds the cell and
reports each once. Nothing else may vanish, except what the notebook asks to be left out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from ita_helpers.language.catalogue import say
from ita_helpers.language.excerpts import shortened

log = logging.getLogger(__name__)
SHOWN = 60
RECORD = "ita_lost"
"""The attribute of a log record that holds the loss."""


@dataclass(frozen=True)
class Loss:
    """Something that no paper shows: ``reason`` is a key of ``losses.yml``."""

    reason: str
    name: str = ""

    def __str__(self) -> str:
        name = " ".join(self.name.split())
        return say(f"losses.{self.reason}", name=shortened(name, SHOWN))


@dataclass(frozen=True)
class Lost:
    """A loss and the id of its cell (its number, where it has no id).

    A writer knows no cells: the name of its loss holds the letters it replaces.
    """

    cell: str
    loss: Loss


def tell(lost: Iterable[Lost]) -> None:
    """Log each loss, with the loss itself in the log record."""
    for each in lost:
        line = say("losses.line", cell=each.cell, problem=str(each.loss))
        log.warning("%s", line, extra={RECORD: each})
