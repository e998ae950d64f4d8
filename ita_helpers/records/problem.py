"""One thing that somebody should look at, in a result, in words, in a plan or in a notebook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What a check found, and where: the one type that all checks return.

    ``kind`` names the rule, ``statement`` says what is wrong and ``remedy`` what to do, where that
    is a sentence of its own. ``found`` are the words at fault. ``row`` is that of a plan's file (0
    for the plan as a whole), ``cell`` the id of a notebook's cell, and ``codes`` are the figures of
    a result, the suspected one first, with ``level`` for the published level. A problem that is not
    ``is_certain`` rests on inferred rules.
    """

    kind: str
    statement: str
    remedy: str = ""
    found: str = ""
    row: int = 0
    cell: str = ""
    codes: tuple[str, ...] = ()
    is_certain: bool = True

    @property
    def text(self) -> str:
        """What is wrong and what to do."""
        return f"{self.statement} {self.remedy}".rstrip()
