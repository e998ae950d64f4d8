"""Everything a notebook calls: ``load_report``, and one method for each part of the page."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Stack, Words, to_paragraphs
from ita_helpers.faces.table import Table
from ita_helpers.faces.web_fonts import set_up_notebook
from ita_helpers.figures import bars, gantt, history_lines, radar
from ita_helpers.figures.drawing import Figure, offer_font
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import DRAFTS, glue_all
from ita_helpers.files.workspace import ROOT_VARIABLE, Workspace, find_workspace
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import Numerals
from ita_helpers.records.layout import PartName, PlanLayout, PresetName, TitleName, choose_layout
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import find_highest, find_lowest
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.tables import (
    bottom_line,
    coverage,
    items,
    last_measures,
    losses,
    measures,
    rules,
    sources,
)
from ita_helpers.tables import indicators as results
from ita_helpers.tables.all_scores import tabulate_all_scores
from ita_helpers.tables.components import tabulate_component_history, tabulate_components
from ita_helpers.tables.overall import tabulate_overall, tabulate_overall_history
from ita_helpers.words import front_matter
from ita_helpers.words.coverage import coverage_of, describe_coverage, missing_elements
from ita_helpers.words.memo import draft_memo
from ita_helpers.words.rules import assumption, trail_of
from ita_helpers.words.slots import draft, slots_of

if TYPE_CHECKING:
    import pandas as pd


class Report:
    """One organisation's report: each method returns what one part of the page shows.

    ``indicators`` and ``history`` are DataFrames for an analyst's own work.
    """

    def __init__(self, data: ReportData) -> None:
        self.data = data
        self._drafts: dict[str, list[str]] = {}

    def __repr__(self) -> str:
        return self._digits(
            f"{self.data.organisation.name} {say('words.year', year=self.data.fiscal_year)}"
        )

    def _repr_html_(self) -> str:
        """Name the report, and put its font and style on the notebook's page."""
        return set_up_notebook(repr(self))

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators: code, name, instrument, score (points), lost (points of the overall)."""
        import pandas as pd

        lost = {loss.indicator.code: float(loss.points) for loss in self.data.assessment.losses}
        return pd.DataFrame(
            [
                {
                    "code": each.code,
                    "name": each.name,
                    "instrument": each.instrument,
                    "score": float(value) if value is not None else None,
                    "lost": lost.get(each.code),
                }
                for each in self.data.framework.indicators.list
                for value in (self.data.assessment.value(each.code),)
            ]
        )

    @cached_property
    def history(self) -> pd.DataFrame:
        """Fiscal years (B.E.): overall, level and every known score, in points."""
        import pandas as pd

        codes = self.data.framework.codes
        rows = []
        for year in self.data.history.years:
            scores = {code: v for code in codes if (v := year.value(code)) is not None}
            rows.append(
                {"fiscal_year": year.fiscal_year, "level": year.level}
                | {code: float(value) for code, value in scores.items()}
            )
        return pd.DataFrame(rows)

    def title_page(self) -> Words:
        """Return title, office and year, with what a reader must be warned of."""
        page = self._document()
        return Words((page["title"], *page["subtitle"], *page["banners"]), kind="ita-title")

    def foreword(self) -> Stack:
        """Return why the report is made, signed by the office."""
        return front_matter.foreword(self.data)

    def background(self) -> Words:
        """Return what the assessment is in this year."""
        return front_matter.background(self.data)

    def principles(self) -> Words:
        """Return what the assessment rests on."""
        return front_matter.principles(self.data)

    def purpose(self) -> Stack:
        """Return scope and purpose of the report."""
        return front_matter.purpose(self.data)

    def composition(self) -> Stack:
        """Return what the report holds."""
        return front_matter.composition(self.data)

    def score_list(self) -> Stack | Absent:
        """Return the indicators' scores as a list."""
        return front_matter.score_list(self.data)

    def overview(self) -> Words | Absent:
        """Return the highest and lowest indicators."""
        return front_matter.overview(self.data)

    def bottom_line(self) -> Table:
        """Return the whole result as one table."""
        return bottom_line.tabulate_bottom_line(self.data)

    def rules(self) -> Table:
        """Return the year's instruments, indicators and weights."""
        return rules.tabulate_rules(self.data)

    def levels(self) -> Table:
        """Return the year's levels with both conditions."""
        return rules.tabulate_levels(self.data)

    def overall(self) -> Table | Absent:
        """Return the overall score, level and target."""
        return tabulate_overall(self.data)

    def overall_history(self) -> Table | Absent:
        """Return overall and level by year."""
        return tabulate_overall_history(self.data)

    def overall_history_chart(self) -> Figure | Absent:
        """Return the overall score by year."""
        return history_lines.plot_overall_history(self.data)

    def components(self) -> Table | Absent:
        """Return the component scores."""
        return tabulate_components(self.data)

    def components_chart(self) -> Figure | Absent:
        """Return the component scores against the target."""
        return bars.plot_components(self.data)

    def component_history(self) -> Table | Absent:
        """Return the component scores by year."""
        return tabulate_component_history(self.data)

    def component_history_chart(self) -> Figure | Absent:
        """Return the instruments' scores by year."""
        return history_lines.plot_component_history(self.data)

    def indicator_scores(self) -> Table | Absent:
        """Return the indicators under their instruments, over up to five years."""
        return results.tabulate_indicators(self.data)

    def indicators_chart(self) -> Figure | Absent:
        """Return the indicators against the target."""
        return bars.plot_indicators(self.data)

    def radar(self) -> Figure | Absent:
        """Return all indicators on a radar."""
        return radar.plot_radar(self.data)

    def indicator_history_chart(self) -> Figure | Absent:
        """Return one small chart an indicator over the years."""
        return history_lines.plot_indicator_history(self.data)

    def points_lost(self) -> Table | Absent:
        """Return where the missing points are."""
        return losses.tabulate_points_lost(self.data)

    def points_lost_chart(self) -> Figure | Absent:
        """Return the missing points, the largest first."""
        return bars.plot_points_lost(self.data)

    def next_level(self) -> Table | Absent:
        """Return what is missing for the next level."""
        return losses.tabulate_next_level(self.data)

    def instrument(self, code: str) -> Words | Absent:
        """Return the heading of an instrument's section."""
        scored = [i for i in self.data.assessment.scored_indicators if i.instrument == code]
        if not scored:
            return Absent("instrument")
        indicators = self.data.framework.indicators_of(code)
        heading = say(
            "report.instrument.heading",
            name=self.data.framework.instrument(code).name,
            code=code,
            first=indicators[0].code,
            last=indicators[-1].code,
        )
        return Words((), heading=self._digits(heading), level=3)

    def instrument_chart(self, code: str) -> Figure | Absent:
        """Return an instrument's indicators against the target."""
        return bars.plot_instrument(self.data, code)

    def indicator(self, slot: str) -> Words | Absent:
        """Return an indicator's heading and number; ``slot`` is its number, ``"06"``."""
        indicator = self._indicator(slot)
        value = self.data.assessment.value(indicator.code) if indicator else None
        if indicator is None or value is None:
            return Absent("indicators")
        heading = say("report.indicator.heading", code=indicator.code, name=indicator.name)
        target = format_score(self.data.target)
        line = say("report.indicator.score", score=format_score(value), target=target)
        return Words((self._digits(line),), kind="ita-score", heading=self._digits(heading))

    def items(self, slot: str) -> Table | Absent:
        """Return an indicator's sub-indicators and items."""
        indicator = self._indicator(slot)
        return items.tabulate_items(self.data, indicator) if indicator else Absent("indicators")

    def _indicator(self, slot: str) -> Indicator | None:
        """Return the indicator of a slot; years differ in how many they have."""
        return self.data.framework.find_indicator(str(int(slot)))

    def narrative(self, slot: str) -> Words | Absent:
        """Return the drafted words of a slot."""
        sentences = self._draft(slot)
        if not sentences:
            return Absent("indicators")
        return Words(to_paragraphs(sentences))

    def lowest_items(self) -> Table | Absent:
        """Return the lowest indicator's items with what there is to develop."""
        return items.tabulate_lowest_items(self.data)

    def measures_heading(self) -> Words | Absent:
        """Return the heading of the measures, as next year's assessment names them."""
        if self.data.plan is None:
            return Absent("plan")
        year = self.data.fiscal_year + 1
        evidence = self.data.evidence
        titled = evidence and evidence.analysis.title == label("plan.earlier_title")
        heading = (
            say("plan.heading_evidence", title=evidence.analysis.title, year=year)
            if evidence and titled
            else say("plan.heading", year=year)
        )
        return Words((), heading=self._digits(heading), level=2)

    def measures_lead(self) -> Words | Absent:
        """Return the sentence that leads to the measures."""
        if self.data.plan is None:
            return Absent("plan")
        evidence = None if missing_elements(self.data) else self.data.evidence
        is_assumed = evidence is not None and evidence.confidence == "assumed"
        found = coverage_of(self.data)
        follows = self._is_analysed_before("measures") and not (found and found.lowest_uncovered)
        lead = say(
            "plan.lead",
            name=self.data.organisation.name,
            follows=follows,
            year=self.data.fiscal_year + 1,
            count=len(self.data.plan.measures),
            evidence=evidence.analysis.item.upper() if evidence else "",
            is_assumed=is_assumed,
        )
        return Words((self._digits(lead),))

    def _is_analysed_before(self, part: PartName) -> bool:
        parts = self.data.layout.parts
        before = parts[: parts.index(part)] if part in parts else parts
        return front_matter.is_analysed(self.data, before)

    def measures(self) -> Table | Stack | Absent:
        """Return the measures of the plan in the report's layout."""
        return measures.tabulate_measures(self.data)

    def last_measures(self) -> Table | Absent:
        """Return last year's measures beside the change of the scores they aimed at."""
        return last_measures.tabulate_last_measures(self.data)

    def measures_chart(self) -> Figure | Absent:
        """Return the measures over the months of their fiscal year."""
        return gantt.plot_measures(self.data)

    def coverage(self) -> Words | Absent:
        """Return in words which part of the lost points the measures address."""
        return describe_coverage(self.data)

    def coverage_table(self) -> Table | Absent:
        """Return each indicator that loses points with its measures."""
        return coverage.tabulate_coverage(self.data)

    def all_scores(self) -> Table | Absent:
        """Return every score the report uses, with where it comes from."""
        return tabulate_all_scores(self.data)

    def memo(self) -> Stack:
        """Return the memo that carries the report to the head of the office."""
        return draft_memo(self.data)

    def unplaced_items(self) -> Table | Absent:
        """Return the scored items whose indicator is not known."""
        return items.tabulate_unplaced_items(self.data)

    def comparisons(self) -> Table | Absent:
        """Return published beside computed totals."""
        return sources.tabulate_comparisons(self.data)

    def method(self) -> Words:
        """Return how the figures were computed."""
        framework = self.data.framework
        weights = join_names(
            say("report.method.weight", code=each.code, weight=each.weight)
            for each in framework.instruments.list
        )
        unknown = [
            each.instrument
            for each in framework.items
            if each.item_rule == "unknown" and self.data.scored_items
        ]
        sentences = [
            say("report.method.exact", weights=weights),
            label("report.method.rounding"),
            label("report.method.used"),
            say("report.method.unknown", codes=join_names(unknown)) if unknown else "",
            self._advice_setting(),
        ]
        lines = [" ".join(filter(None, sentences))]
        if self.data.organisation.type:
            lines.append(say("report.method.type", type=self.data.organisation.type))
        return Words(tuple(self._digits(line) for line in lines))

    def _advice_setting(self) -> str:
        advice = self.data.advice
        if not front_matter.is_analysed(self.data, self.data.layout.parts):
            return ""
        return say("report.method.advice", points=advice.improve_below) if advice else ""

    def sources(self) -> Table:
        """Return where the figures were read."""
        return sources.tabulate_sources(self.data)

    def notes(self) -> Table | Absent:
        """Return the figures that carry a note."""
        return sources.tabulate_notes(self.data)

    def record(self) -> None:
        """Glue the numbers worth comparing, and what the exporters must know."""
        glue_all(
            {
                "ita-document": self._document(),
                "result": self._result(),
                DRAFTS: {slot: self._draft(slot) for slot in slots_of(self.data)},
            }
        )

    def _draft(self, slot: str) -> list[str]:
        if slot not in self._drafts:
            self._drafts[slot] = [self._digits(each) for each in draft(self.data, slot)]
        return self._drafts[slot]

    def _digits(self, text: str) -> str:
        return self.data.digits(text)

    def _document(self) -> dict[str, Any]:
        organisation, framework = self.data.organisation, self.data.framework
        place = [
            say("words.district", name=organisation.district) if organisation.district else "",
            say("words.province", name=organisation.province) if organisation.province else "",
        ]
        banners = [label("words.made_up_banner")] if organisation.is_made_up else []
        if assumed := assumption(framework, label("report.title.this")):
            banners.append(assumed)
        lines = [organisation.name, " ".join(filter(None, place))]
        office, layout = self.data.office, self.data.layout
        return {
            "title": self._digits(front_matter.title_of(self.data)),
            "subtitle": [self._digits(line) for line in lines if line],
            "banners": [self._digits(banner) for banner in banners],
            "mark": self._digits(label("words.made_up_banner")) if organisation.is_made_up else "",
            "running": self._digits(front_matter.running_of(self.data)),
            "organisation": organisation.code,
            "name": organisation.name,
            "fiscal_year": framework.fiscal_year,
            "rules_year": framework.rules_year,
            "numerals": self.data.numerals,
            "parts": list(layout.parts),
            "page_ranges": layout.page_ranges,
            "emblem": office.emblem,
            "garuda": office.garuda,
            "word_template": office.word_template,
            "word_font": office.word_font,
            "issued": self.data.issued.isoformat(),
            "whole": self._whole_names(),
            "rules": trail_of(framework),
        }

    def _whole_names(self) -> list[str]:
        """Return the names that no line breaks."""
        organisation = self.data.organisation
        given = self.data.office.year(self.data.fiscal_year)
        names = [
            organisation.short_name,
            say("words.district", name=organisation.district) if organisation.district else "",
            say("words.province", name=organisation.province) if organisation.province else "",
            *(f"“{level.name}”" for level in self.data.framework.levels.list),
            *(signer.name for signer in given.signers),
        ]
        return [name for name in names if name]

    def _assumed_from(self) -> dict[str, int]:
        year = self.data.framework.assumed_from
        return {"assumed_from": year} if self.data.framework.is_assumed and year else {}

    def _result(self) -> dict[str, Any]:
        assessment, organisation = self.data.assessment, self.data.organisation
        overall = assessment.value("ITA")
        highest, lowest = find_highest(assessment), find_lowest(assessment)
        return {
            "organisation": organisation.code,
            "name": organisation.name,
            "short_name": organisation.short_name,
            "type": organisation.type,
            "district": organisation.district,
            "province": organisation.province,
            "is_made_up": organisation.is_made_up,
            "fiscal_year": self.data.fiscal_year,
            **self._assumed_from(),
            "overall": _number(overall),
            "overall_shown": _shown(overall),
            "overall_computed": _number(assessment.reading("ITA").computed),
            "level": assessment.verdict.level,
            "level_status": assessment.verdict.status,
            "scores": {
                code: _number(value)
                for code in self.data.framework.codes
                if (value := assessment.value(code)) is not None
            },
            "lost": {loss.indicator.code: _number(loss.points) for loss in assessment.losses},
            "levels": [level.name for level in self.data.framework.levels.list],
            "target": _number(self.data.target),
            "below_target": None if overall is None else to_hundredths(overall) < self.data.target,
            "barred_by": self._barred_by(),
            **self._since_previous(),
            "highest": [each.code for each in highest.indicators] if highest else [],
            "lowest": [each.code for each in lowest.indicators] if lowest else [],
            "disagreements": [each.code for each in assessment.comparisons if not each.agrees],
        }

    def _barred_by(self) -> list[str]:
        """Return the components that alone keep the level above away."""
        above = self.data.assessment.next_level
        return [each.code for each in above.missing] if above and above.barred_by_components else []

    def _since_previous(self) -> dict[str, Any]:
        """Return the overall score of the year before, and the change where the rules allow one."""
        history = self.data.history
        change, previous = history.change("ITA"), history.previous
        return {
            "previous_overall": _shown(previous.overall) if previous else None,
            "change": _number(change.points) if change else None,
            "comparable": history.current.since_previous if previous else None,
        }


def load_report(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "thai",
    preset: PresetName = "standard",
    parts: Sequence[PartName] = (),
    title: TitleName | Literal[""] = "",
    plan_layout: PlanLayout | Literal[""] = "",
    root: Path | str | None = None,
) -> Report:
    """Load one organisation's result of a fiscal year (B.E.) with all earlier years.

    ``preset`` is the kind of report; ``parts``, ``title`` and ``plan_layout`` stand in place of
    the preset's where they are given. ``root`` is the workspace (default: ``ITA_ROOT`` or the
    nearest folder upwards). Raises an ``InputError`` that names file, place, value and remedy.
    In a notebook that is called from outside ``notebooks/``, the cells below go on beside the
    office's own notebook.
    """
    refuse_unknown()
    offer_font()
    workspace = find_workspace(root)
    _go_beside_own_notebook(workspace, f"{fiscal_year}/{organisation}")
    layout = choose_layout(preset, parts, title, plan_layout)
    return Report(load_data(workspace, organisation, fiscal_year, numerals, layout))


def _go_beside_own_notebook(workspace: Workspace, stem: str) -> None:
    """Let cells run where they do in JupyterLab: bare papermill leaves them where it is called."""
    own, running = workspace.edited(Path(stem)), sys.modules.get("IPython")
    is_elsewhere = not Path.cwd().is_relative_to((workspace.root / "notebooks").resolve())
    if running and running.get_ipython() and is_elsewhere and own.is_file():
        os.environ[ROOT_VARIABLE] = str(workspace.root)
        os.chdir(own.parent)


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)


def _shown(value: Fraction | None) -> float | None:
    """Return points as a reader sees them, with two decimals."""
    return None if value is None else float(to_hundredths(value))
