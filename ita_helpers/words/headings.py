"""The headings of sections: of an instrument, an indicator, the measures."""

from __future__ import annotations

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words import front_matter
from ita_helpers.words.coverage import coverage_of, missing_elements
from ita_helpers.words.phrases import name_subject
from ita_helpers.words.slots import indicator_of


def head_instrument(data: ReportData, code: str) -> Words | Absent:
    """Return the heading of an instrument's section."""
    scored = [i for i in data.assessment.scored_indicators if i.instrument == code]
    if not scored:
        return Absent("instrument")
    indicators = data.framework.indicators_of(code)
    heading = say(
        "report.instrument.heading",
        name=data.framework.instrument(code).name,
        code=code,
        first=indicators[0].code,
        last=indicators[-1].code,
    )
    return Words((), heading=heading, level=3)


def head_indicator(data: ReportData, slot: str) -> Words | Absent:
    """Return an indicator's heading and what it asks, else its score; ``slot`` is ``"06"``.

    A table of all its items says itself what it asks.
    """
    indicator = indicator_of(data, slot)
    value = data.assessment.value(indicator.code) if indicator else None
    if indicator is None or value is None:
        return Absent("indicators")
    heading = say("report.indicator.heading", code=indicator.code, name=indicator.name)
    if _lists_all_items(data, indicator):
        return Words((), heading=heading)
    subject = name_subject(data, indicator)
    if not subject:
        line = say("report.indicator.score", score=format_score(value))
        return Words((line,), kind="ita-score", heading=heading)
    measures = data.framework.instrument(indicator.instrument).measures
    return Words((say(f"report.indicator.asks_{measures}", subject=subject),), heading=heading)


def _lists_all_items(data: ReportData, indicator: Indicator) -> bool:
    """Whether all items stand in a table under the heading, as in one layout of the analysis."""
    items = {each.code for each in data.framework.items_of(indicator.code)}
    listed = {each.about for each in data.assessment.scores.suggestions}
    listed |= {code for code in items if data.assessment.value(code) is not None}
    return bool(items) and items <= listed and "analysis" in data.layout.parts


def head_measures(data: ReportData) -> Words | Absent:
    """Return the heading of the measures, as next year's assessment names them."""
    if data.plan is None:
        return Absent("plan")
    year = data.fiscal_year + 1
    evidence = data.evidence
    titled = evidence and evidence.analysis.title == label("plan.earlier_title")
    heading = (
        say("plan.heading_evidence", title=evidence.analysis.title, year=year)
        if evidence and titled
        else say("plan.heading", year=year)
    )
    return Words((), heading=heading, level=2)


def lead_measures(data: ReportData) -> Words | Absent:
    """Return the sentence that leads to the measures."""
    if data.plan is None:
        return Absent("plan")
    evidence = None if missing_elements(data) else data.evidence
    found = coverage_of(data)
    lead = say(
        "plan.lead",
        name=data.organisation.name,
        follows=_is_analysed_before(data) and not (found and found.lowest_uncovered),
        year=data.fiscal_year + 1,
        count=len(data.plan.measures),
        evidence=evidence.analysis.item.upper() if evidence else "",
        is_assumed=evidence is not None and evidence.confidence == "assumed",
    )
    return Words((lead,))


def _is_analysed_before(data: ReportData) -> bool:
    """Whether an analysis comes before the measures."""
    parts = data.layout.parts
    before = parts[: parts.index("measures")] if "measures" in parts else parts
    return front_matter.is_analysed(data, before)
