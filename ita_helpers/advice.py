"""General advice for the indicators of one year, as data: what to improve, what to keep."""

from __future__ import annotations

from pydantic import Field

from ita_helpers.framework import Rule


class IndicatorAdvice(Rule):
    """One sentence for a low score, and one for a score to be kept."""

    improve: str
    keep: str


class Advice(Rule):
    """The advice of one fiscal year (B.E.), by indicator; see ``data/advice``.

    A score of ``improve_below`` points or more gets the sentence to keep: a setting, no rule.
    """

    fiscal_year: int
    improve_below: int = Field(ge=0, le=101)
    indicators: dict[str, IndicatorAdvice]
