"""Laws and resolutions a memo names, as data: for which years, and where each was read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ita_helpers.records.rules import Rule


class Regulation(Rule):
    """A law or a resolution of the cabinet, named for results of fiscal years (B.E.).

    It holds from ``first`` on, up to ``last`` where a last year is known.
    """

    text: str
    kind: Literal["law", "resolution"]
    first: int = Field(alias="from")
    last: int | None = Field(default=None, alias="to")
    source: str

    def holds_for(self, fiscal_year: int) -> bool:
        """Whether it is named for the result of this fiscal year (B.E.)."""
        return self.first <= fiscal_year and (self.last is None or fiscal_year <= self.last)


class Regulations(Rule):
    """The file ``data/regulations.yml``."""

    regulations: tuple[Regulation, ...]
