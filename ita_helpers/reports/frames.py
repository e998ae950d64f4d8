"""Scores as DataFrames, for an analyst's own work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ita_helpers.scoring.report_data import ReportData

if TYPE_CHECKING:
    import pandas as pd


def frame_indicators(data: ReportData) -> pd.DataFrame:
    """Return the indicators: code, name, instrument, score, lost (points of the overall)."""
    import pandas as pd

    lost = {loss.indicator.code: float(loss.points) for loss in data.assessment.losses}
    return pd.DataFrame(
        [
            {
                "code": each.code,
                "name": each.name,
                "instrument": each.instrument,
                "score": float(value) if value is not None else None,
                "lost": lost.get(each.code),
            }
            for each in data.framework.indicators.list
            for value in (data.assessment.value(each.code),)
        ]
    )


def frame_history(data: ReportData) -> pd.DataFrame:
    """Return the fiscal years (B.E.): overall, level and every known score, in points."""
    import pandas as pd

    codes = data.framework.codes
    rows = []
    for year in data.history.years:
        scores = {code: v for code in codes if (v := year.value(code)) is not None}
        rows.append(
            {"fiscal_year": year.fiscal_year, "level": year.level}
            | {code: float(value) for code, value in scores.items()}
        )
    return pd.DataFrame(rows)
