"""Helpers of the ITA workbook: from one organisation's scores to its yearly report.

A notebook needs ``load_report`` or ``load_follow_up`` and what the report gives it; the rest is for
tests and tools.
The names are loaded when first used, so that the command line starts without the charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ita_helpers.follow_up import FollowUp, load_follow_up
    from ita_helpers.report import Report, load_report

__all__ = ["FollowUp", "Report", "load_follow_up", "load_report"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from ita_helpers import follow_up, report

        return getattr(report if hasattr(report, name) else follow_up, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
