"""The parts a report can have, and the five presets that choose and order them.

A preset reproduces the structure of a kind of report that offices actually publish. A part with
nothing to say (no plan, no indicator scores) is left out automatically.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ita_helpers.records.editions import INTERNAL_PARTS, Edition

PartName = Literal[
    "cover",
    "summary",
    "foreword",
    "contents",
    "rationale",
    "rules",
    "results",
    "peers",
    "score-list",
    "analysis",
    "analysis-by-instrument",
    "analysis-table",
    "lowest",
    "closing",
    "last-measures",
    "measures",
    "timeline",
    "coverage",
    "appendix-scores",
    "appendix-method",
    "appendix-sources",
    "memo",
]
PresetName = Literal["brief", "standard", "development", "book", "memo-and-tracking"]
TitleName = Literal["analysis", "analysis-and-development", "development", "measures"]
PlanLayout = Literal["by-measure", "by-indicator", "with-follow-up", "tracking", "one-measure"]
"""Layouts of the measures. ``one-measure``, for a plan that answers one chosen indicator, was seen
on one office's site; the others stand in published reports."""

AnalysisName = Literal["grouped", "full"]
"""A section for each remarkable indicator and one table for the others, or a section for all."""

PARTS: tuple[PartName, ...] = get_args(PartName)
COMPARED: tuple[PartName, ...] = ("cover", "summary", "contents", "results")
"""The parts of a comparison whose places are given; its others follow the last of them."""
ANALYSES: tuple[PartName, ...] = ("analysis", "analysis-by-instrument", "analysis-table")
"""Three layouts of the same words, of which a report has one."""


@dataclass(frozen=True)
class Layout:
    """What a report is made of: its parts in order, its title, the layout of its measures.

    With ``page_ranges`` the contents give the first and last page of each part. A default ``title``
    is replaced by one that promises no measures if there are none.
    """

    parts: tuple[PartName, ...]
    title: TitleName
    plan_layout: PlanLayout
    page_ranges: bool = False
    title_is_chosen: bool = False
    analysis: AnalysisName = "grouped"

    @property
    def notebook_parts(self) -> frozenset[str]:
        """The parts of the notebook that are printed: all layouts of the analysis are one there."""
        return frozenset("analysis" if part in ANALYSES else part for part in self.parts)


PRESETS: dict[PresetName, Layout] = {
    "brief": Layout(
        (
            "summary",
            "rationale",
            "results",
            "peers",
            "score-list",
            "analysis",
            "measures",
            "appendix-sources",
        ),
        "analysis",
        "by-measure",
    ),
    "standard": Layout(
        (
            "cover",
            "summary",
            "contents",
            "rationale",
            "rules",
            "results",
            "peers",
            "analysis",
            "lowest",
            "closing",
            "measures",
            "timeline",
            "coverage",
            "appendix-scores",
            "appendix-method",
            "appendix-sources",
        ),
        "analysis-and-development",
        "by-measure",
    ),
    "development": Layout(
        (
            "cover",
            "summary",
            "contents",
            "rationale",
            "results",
            "peers",
            "analysis-table",
            "closing",
            "last-measures",
            "measures",
            "timeline",
            "coverage",
            "appendix-sources",
        ),
        "development",
        "by-indicator",
    ),
    "book": Layout(
        (
            "cover",
            "summary",
            "foreword",
            "contents",
            "rules",
            "results",
            "peers",
            "analysis-by-instrument",
            "lowest",
            "closing",
            "last-measures",
            "measures",
            "timeline",
            "coverage",
            "appendix-scores",
            "appendix-method",
            "appendix-sources",
        ),
        "analysis",
        "with-follow-up",
        page_ranges=True,
    ),
    "memo-and-tracking": Layout(
        (
            "memo",
            "cover",
            "summary",
            "foreword",
            "contents",
            "rationale",
            "results",
            "peers",
            "analysis",
            "measures",
            "appendix-sources",
        ),
        "measures",
        "tracking",
    ),
}


def choose_layout(
    preset: PresetName = "standard",
    parts: Sequence[PartName] = (),
    title: TitleName | Literal[""] = "",
    plan_layout: PlanLayout | Literal[""] = "",
    analysis: AnalysisName = "grouped",
    edition: Edition = "internal",
) -> Layout:
    """Return the preset with the overrides of the parameter file, as an edition shows it."""
    base = PRESETS[preset]
    asked = tuple(parts) or base.parts
    return Layout(
        asked if edition == "internal" else tuple(p for p in asked if p not in INTERNAL_PARTS),
        title or base.title,
        plan_layout or base.plan_layout,
        page_ranges=base.page_ranges,
        title_is_chosen=bool(title),
        analysis=analysis,
    )
