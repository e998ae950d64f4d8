"""Helpers of the ITA workbook: from one organisation's scores to its yearly report.

A notebook needs ``load_report``, ``load_follow_up`` or ``load_lesson`` and what it gives; the rest
is for tests and tools.
The names are loaded when first used, so that the command line starts without the charts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ita_helpers.reports.follow_up import FollowUp, load_follow_up
    from ita_helpers.reports.report import Report, load_report
    from ita_helpers.teaching.lesson import Lesson, load_lesson


HOMES = {
    "FollowUp": "reports.follow_up",
    "load_follow_up": "reports.follow_up",
    "Lesson": "teaching.lesson",
    "load_lesson": "teaching.lesson",
    "Report": "reports.report",
    "load_report": "reports.report",
}
__all__ = ["FollowUp", "Lesson", "Report", "load_follow_up", "load_lesson", "load_report"]


def __getattr__(name: str) -> Any:
    if name in HOMES:
        return getattr(import_module(f"ita_helpers.{HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
