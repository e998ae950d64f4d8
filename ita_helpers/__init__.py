"""Helpers of the ITA workbook: from one organisation's scores to its yearly report.

A notebook needs ``load_report`` and what the report gives it; the rest is for tests and tools.
"""

from ita_helpers.errors import ItaError
from ita_helpers.report import Report, load_report

__all__ = ["ItaError", "Report", "load_report"]
