"""Everything a notebook calls: ``load_report``, and one method for each part of the page."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.part import Parts, part
from ita_helpers.faces.prose import Stack, Words, to_words
from ita_helpers.figures.at_once import plot_at_once
from ita_helpers.figures.bars import plot_points_lost
from ita_helpers.figures.drawing import offer_font
from ita_helpers.figures.gantt import plot_measures
from ita_helpers.figures.history_lines import (
    plot_component_history,
    plot_indicator_history,
    plot_overall_history,
)
from ita_helpers.figures.peers import plot_peers
from ita_helpers.figures.scores import (
    plot_components,
    plot_indicators,
    plot_instrument,
)
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import DRAFTS, glue_all
from ita_helpers.files.workspace import ROOT_VARIABLE, Workspace, find_workspace
from ita_helpers.language.thai import Numerals
from ita_helpers.records.editions import Edition
from ita_helpers.records.layout import (
    AnalysisName,
    PartName,
    PlanLayout,
    PresetName,
    TitleName,
    choose_layout,
)
from ita_helpers.records.slots import shape_of
from ita_helpers.reports.frames import frame_history, frame_indicators
from ita_helpers.reports.record import name_of, paper_facts, result_facts, title_page_of
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.tables.all_scores import tabulate_all_scores
from ita_helpers.tables.bottom_line import tabulate_bottom_line
from ita_helpers.tables.components import tabulate_component_history, tabulate_components
from ita_helpers.tables.coverage import tabulate_coverage
from ita_helpers.tables.indicators import tabulate_indicators
from ita_helpers.tables.items import tabulate_items, tabulate_lowest_items, tabulate_unplaced_items
from ita_helpers.tables.kept import tabulate_kept
from ita_helpers.tables.last_measures import tabulate_last_measures
from ita_helpers.tables.losses import tabulate_next_level, tabulate_points_lost
from ita_helpers.tables.measures import tabulate_measures
from ita_helpers.tables.overall import tabulate_overall, tabulate_overall_history
from ita_helpers.tables.peers import tabulate_peers
from ita_helpers.tables.rules import tabulate_levels, tabulate_rules
from ita_helpers.tables.sources import tabulate_comparisons, tabulate_notes, tabulate_sources
from ita_helpers.tables.to_do import tabulate_to_do
from ita_helpers.words import front_matter
from ita_helpers.words.coverage import describe_coverage
from ita_helpers.words.headings import head_indicator, head_instrument, head_measures, lead_measures
from ita_helpers.words.headline import headline, keep
from ita_helpers.words.memo import draft_memo, end_memo, head_memo, list_regulations
from ita_helpers.words.method import describe_method
from ita_helpers.words.peers import describe_peers
from ita_helpers.words.slots import draft, slots_of

if TYPE_CHECKING:
    import pandas as pd


class Report(Parts[ReportData]):
    """One organisation's report: each method returns what one part of the page shows.

    ``indicators`` and ``history`` are DataFrames for an analyst's own work.
    """

    def __init__(self, data: ReportData) -> None:
        self.data = data
        self._drafts: dict[str, list[str]] = {}

    def __repr__(self) -> str:
        return name_of(self.data)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators: code, name, instrument, score (points), lost (points of the overall)."""
        return frame_indicators(self.data)

    @cached_property
    def history(self) -> pd.DataFrame:
        """Fiscal years (B.E.): overall, level and every known score, in points."""
        return frame_history(self.data)

    title_page = part(title_page_of)
    foreword = part(front_matter.foreword)
    foreword_signature = part(front_matter.sign_foreword)
    background = part(front_matter.background)
    principles = part(front_matter.principles)
    purpose = part(front_matter.purpose)
    composition = part(front_matter.composition)

    headline = part(headline)
    components_at_once = part(plot_at_once)
    to_do = part(tabulate_to_do)
    to_keep = part(keep)

    bottom_line = part(tabulate_bottom_line)
    rules = part(tabulate_rules)
    levels = part(tabulate_levels)
    overall = part(tabulate_overall)
    overall_history = part(tabulate_overall_history)
    overall_history_chart = part(plot_overall_history)
    components = part(tabulate_components)
    components_chart = part(plot_components)
    component_history = part(tabulate_component_history)
    component_history_chart = part(plot_component_history)
    peers = part(describe_peers)
    peers_chart = part(plot_peers)
    peers_table = part(tabulate_peers)
    score_list = part(front_matter.score_list)
    overview = part(front_matter.overview)
    indicator_scores = part(tabulate_indicators)
    indicators_chart = part(plot_indicators)
    indicator_history_chart = part(plot_indicator_history)
    points_lost = part(tabulate_points_lost)
    points_lost_chart = part(plot_points_lost)
    next_level = part(tabulate_next_level)

    instrument = part(head_instrument)
    instrument_chart = part(plot_instrument)
    indicator = part(head_indicator)
    items = part(tabulate_items)
    kept = part(tabulate_kept)
    lowest_items = part(tabulate_lowest_items)

    measures_heading = part(head_measures)
    measures_lead = part(lead_measures)
    measures = part(tabulate_measures)
    measures_chart = part(plot_measures)
    last_measures = part(tabulate_last_measures)
    coverage = part(describe_coverage)
    coverage_table = part(tabulate_coverage)

    all_scores = part(tabulate_all_scores)
    unplaced_items = part(tabulate_unplaced_items)
    comparisons = part(tabulate_comparisons)
    method = part(describe_method)
    sources = part(tabulate_sources)
    notes = part(tabulate_notes)
    memo = part(draft_memo)
    memo_head = part(head_memo)
    memo_regulations = part(list_regulations)
    memo_end = part(end_memo)

    def radar(self) -> Absent:
        """Return nothing: the chart is no longer made, and copies made earlier still ask for it."""
        return Absent("radar")

    def narrative(self, slot: str) -> Words | Stack | Absent:
        """Return the drafted words of a slot."""
        sentences = self._draft(slot)
        if not sentences:
            return Absent("indicators")
        return to_words(sentences, shape_of(slot))

    def record(self) -> None:
        """Glue the numbers worth comparing, and what the exporters must know."""
        glue_all(
            {
                "ita-document": paper_facts(self.data).as_scrap(),
                "result": result_facts(self.data).as_scrap(),
                DRAFTS: {slot: self._draft(slot) for slot in slots_of(self.data)},
            }
        )

    def _draft(self, slot: str) -> list[str]:
        if slot not in self._drafts:
            self._drafts[slot] = [self.data.digits(each) for each in draft(self.data, slot)]
        return self._drafts[slot]


def load_report(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "thai",
    preset: PresetName = "standard",
    parts: Sequence[PartName] = (),
    title: TitleName | Literal[""] = "",
    plan_layout: PlanLayout | Literal[""] = "",
    analysis: AnalysisName = "grouped",
    edition: Edition = "internal",
    peers: str | Sequence[str] = "",
    root: Path | str | None = None,
) -> Report:
    """Load one organisation's result of a fiscal year (B.E.) with all earlier years.

    ``preset`` is the kind of report; ``parts``, ``title`` and ``plan_layout`` stand in place of the
    preset's where they are given. With ``analysis`` ``full`` every indicator has its own section,
    else unremarkable ones share a table. The ``public`` edition leaves out what is internal
    (``records/editions.py``). It is ranked among ``peers``: its ``province``, ``district`` or
    ``type``, or offices by their codes; among none by default. ``root`` is the workspace (default:
    ``ITA_ROOT`` or the nearest folder upwards). Raises an ``InputError`` that names file, place,
    value and remedy. In a notebook run from outside ``notebooks/``, the cells below continue in the
    folder of the office's own notebook.
    """
    refuse_unknown()
    offer_font()
    workspace = find_workspace(root)
    _go_beside_own_notebook(workspace, f"{fiscal_year}/{organisation}")
    layout = choose_layout(preset, parts, title, plan_layout, analysis, edition)
    asked = (organisation, fiscal_year, numerals, layout, edition, peers)
    return Report(load_data(workspace, *asked))


def _go_beside_own_notebook(workspace: Workspace, stem: str) -> None:
    """Run cells in the same folder as JupyterLab does; bare papermill uses the current one."""
    own, running = workspace.edited(Path(stem)), sys.modules.get("IPython")
    is_elsewhere = not Path.cwd().is_relative_to((workspace.root / "notebooks").resolve())
    if running and running.get_ipython() and is_elsewhere and own.is_file():
        os.environ[ROOT_VARIABLE] = str(workspace.root)
        os.chdir(own.parent)
