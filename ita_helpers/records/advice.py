"""Advice for the indicators and items of one year, as data: what to improve, what to keep."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from ita_helpers.records.rules import Rule


class IndicatorAdvice(Rule):
    """General advice: one sentence for a low score, and one for a score to be kept."""

    improve: str
    keep: str


class ItemAdvice(Rule):
    """What a low score of an item means and what can be done.

    ``actions`` begin with a verb, and a draft recommends the first, in the lowest indicator all;
    ``evidence`` are the OIT items of the same year whose documents show them, ``owners`` the units
    usually in charge.
    """

    meaning: str
    actions: tuple[str, ...] = Field(min_length=2, max_length=4)
    evidence: tuple[str, ...] = Field(min_length=1)
    owners: tuple[str, ...] = Field(min_length=1)


class Advice(Rule):
    """The advice of one fiscal year (B.E.), by indicator and item; see ``data/advice``.

    A score of ``improve_below`` points or more gets the sentence to keep: a setting, no rule.
    """

    fiscal_year: int
    improve_below: int = Field(ge=0, le=101)
    indicators: dict[str, IndicatorAdvice]
    items: dict[str, ItemAdvice] = Field(default_factory=dict)

    def for_year(self, fiscal_year: int, codes: Mapping[str, str]) -> Advice:
        """Return the advice for another year, whose ``codes`` are given with those of this one."""
        now = {before: code for code, before in codes.items()}
        items = {
            code: self.items[before].model_copy(
                update={"evidence": tuple(now[o] for o in self.items[before].evidence if o in now)}
            )
            for code, before in codes.items()
            if before in self.items
        }
        indicators = {c: self.indicators[old] for c, old in codes.items() if old in self.indicators}
        changed = {"fiscal_year": fiscal_year, "indicators": indicators, "items": items}
        return self.model_copy(update=changed)
