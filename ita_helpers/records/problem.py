"""One thing that somebody should look at, in a result, in words, in a plan or in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ita_helpers.records.spot import Spot

Severity = Literal["error", "warning", "hint"]
"""Certainly wrong; wrong unless somebody knows better; better otherwise."""


@dataclass(frozen=True)
class Problem:
    """What a check found, and where: the one type that all checks return.

    ``kind`` names the rule, ``statement`` says what is wrong and ``remedy`` what to do, where that
    is a sentence of its own. ``found`` are the words at fault. ``row`` is that of a plan's file (0
    for the plan as a whole), ``cell`` the id of a notebook's cell, and ``codes`` are the figures of
    a result, the suspected one first, with ``level`` for the published level. A problem that is not
    ``is_certain`` rests on inferred rules. In a finished report ``rule`` is the code of the rule,
    ``spot`` the place, and ``sentence`` what stands there, with ``found`` ``at`` a character of it;
    elsewhere ``place`` says it in words.
    """

    kind: str
    statement: str
    remedy: str = ""
    found: str = ""
    row: int = 0
    cell: str = ""
    codes: tuple[str, ...] = ()
    is_certain: bool = True
    rule: str = ""
    severity: Severity = "error"
    spot: Spot | None = None
    sentence: str = ""
    place: str = ""
    at: int | None = None

    @property
    def text(self) -> str:
        """What is wrong and what to do."""
        return f"{self.statement} {self.remedy}".rstrip()
