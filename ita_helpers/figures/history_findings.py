"""What the charts of history show, in words: one finding each, and alternative texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ita_helpers.figures.alternative import as_written, tell_extremes
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.history import Change, HistoryYear
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import change_mark


def span_of(years: Sequence[HistoryYear]) -> dict[str, int]:
    """Return the first and the last fiscal year (B.E.) as facts of a sentence."""
    return {"first": years[0].fiscal_year, "last": years[-1].fiscal_year}


def breaks(year: HistoryYear) -> bool:
    """Whether the rules of a year cannot be compared with those of the year before."""
    return year.since_previous == "broken"


def find_overall(data: ReportData) -> str:
    """Say in one sentence what the overall score did since last year."""
    change = data.history.change("ITA")
    overall = data.history.current.overall
    if change is None:
        return (
            say("report.history.finding_latest", score=format_score(overall))
            if overall is not None
            else label("words.no_data")
        )
    points = to_hundredths(change.points)
    key = "rose" if points > 0 else "fell" if points < 0 else "steady"
    return say(
        f"report.history.finding_{key}",
        points=format_score(abs(points)),
        mark=change_mark(change.verdict),
    )


def find_indicators(data: ReportData) -> str:
    """Say in one sentence which indicators fell most since last year."""
    changes = [
        change
        for each in data.assessment.scored_indicators
        if (change := data.history.change(each.code)) is not None
    ]
    lowest = find_lowest(data.assessment)
    if not changes and lowest is not None:
        codes = join_names(each.code for each in lowest.indicators)
        return say("report.history.indicator_latest", code=codes)
    worst = min(changes, key=lambda change: change.points)
    if to_hundredths(worst.points) >= 0:
        return label("report.history.indicator_none_fell")
    return say(
        "report.history.indicator_fell",
        code=join_names(each.code for each in changes if each.points == worst.points),
        points=format_score(abs(worst.points)),
        mark=change_mark(worst.verdict),
    )


def tell_overall(data: ReportData, years: Sequence[HistoryYear]) -> str:
    """Return the alternative text of the overall score's chart."""
    overall = data.history.current.overall
    return say(
        "report.history.overall_alt",
        latest=format_score(overall) if overall is not None else label("words.no_data"),
        extremes=extremes_of(years, {"ITA": ""}),
        target=format_score(data.target),
        breaks=join_names(str(year.fiscal_year) for year in years[1:] if breaks(year)),
        **_tell_change(data.history.change("ITA")),
    )


def tell_indicators(data: ReportData, years: Sequence[HistoryYear]) -> str:
    """Return the alternative text of the indicators' charts."""
    indicators = data.assessment.scored_indicators
    changes = [c for each in indicators if (c := data.history.change(each.code)) is not None]
    worst = min(changes, key=lambda change: change.points, default=None)
    lowest = find_lowest(data.assessment)
    names = {each.code: say("words.indicator_short", code=each.code) for each in indicators}
    return say(
        "report.history.indicators_alt",
        code=join_names(each.code for each in changes if each.points == worst.points)
        if worst
        else "",
        lowest=join_names(each.code for each in lowest.indicators) if lowest else "",
        extremes=extremes_of(years, names),
        target=format_score(data.target),
        **span_of(years),
        **_tell_change(worst),
    )


def _tell_change(change: Change | None) -> dict[str, str]:
    """Return the facts of a change: its direction, empty without one, and both scores."""
    if change is None:
        return {"direction": "", "previous": "", "current": "", "mark": ""}
    points = change.points
    return {
        "direction": "rose" if points > 0 else "fell" if points < 0 else "steady",
        "previous": format_score(change.previous),
        "current": format_score(change.current),
        "mark": change_mark(change.verdict),
    }


def extremes_of(years: Sequence[HistoryYear], names: Mapping[str, str]) -> str:
    """Say which scores of all lines and years are highest and lowest."""
    return tell_extremes(
        [
            as_written(say("report.history.place", name=name, year=year.fiscal_year), value)
            for year in years
            for code, name in names.items()
            if (value := year.value(code)) is not None
        ]
    )
