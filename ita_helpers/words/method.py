"""How the figures of a report were computed, in words."""

from __future__ import annotations

from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.front_matter import is_analysed


def describe_method(data: ReportData) -> Words:
    """Return how the figures were computed."""
    framework = data.framework
    weights = join_names(
        say("report.method.weight", code=each.code, weight=each.weight)
        for each in framework.instruments.list
    )
    unknown = [
        each.instrument
        for each in framework.items
        if each.item_rule == "unknown" and data.scored_items
    ]
    sentences = [
        say("report.method.exact", weights=weights),
        label("report.method.rounding"),
        label("report.method.used"),
        say("report.method.unknown", codes=join_names(unknown)) if unknown else "",
        _advice_setting(data),
    ]
    lines = [" ".join(filter(None, sentences))]
    if data.organisation.type:
        lines.append(say("report.method.type", type=data.organisation.type))
    return Words(tuple(lines))


def _advice_setting(data: ReportData) -> str:
    if data.advice is None or not is_analysed(data, data.layout.parts):
        return ""
    return say("report.method.advice", points=data.advice.improve_below)
