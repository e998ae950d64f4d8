"""Helpers of the ITA workbook: from one organisation's scores to its yearly report.

A notebook needs only ``load_report``, ``load_follow_up`` or ``load_lesson`` and what they return
(``records/kinds.py`` names them); the rest is for tests and tools. The names are loaded on first
use, so that the command line starts without the charts.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    from ita_helpers.records.kinds import all_kinds

    for kind in all_kinds():
        if name in kind.offers:
            return getattr(import_module(f"ita_helpers.{kind.home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
