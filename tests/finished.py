"""Finished reports of a few lines, with what they claim, for the rules that check them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from conftest import ROOT

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rules import check_finished, chosen_rules
from ita_helpers.documents.claims import Claim, Claims, PlanRow
from ita_helpers.documents.document import Document
from ita_helpers.documents.reading import read_document
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.spot import Spot
from ita_helpers.store.rules import read_framework

FILE = "รายงาน.txt"
OFFICE = "องค์การบริหารส่วนตำบลดอนสมมติ"
OTHER = "เทศบาลตำบลทุ่งสมมติ"
SCORES = {
    "1": "98.81",
    "2": "98.81",
    "3": "100.00",
    "4": "98.81",
    "5": "100.00",
    "6": "94.99",
    "7": "90.23",
    "8": "90.56",
    "9": "87.50",
    "10": "90.00",
    "ITA": "92.86",
}
"""A made-up result of 2568 that recomputes."""


@cache
def all_rules():
    return {year: read_framework(Workspace(ROOT), year) for year in range(2562, 2570)}


def read(folder: Path, text: str) -> Document:
    file = folder / FILE
    file.write_text(text, encoding="utf-8")
    return read_document(file, FILE)


def claim(code: str, points: str, year: int = 2568, line: int = 1, **more) -> Claim:
    return Claim(code, year, Spot(FILE, line=line), f"{code} {points}", Decimal(points), **more)


def claims(year: int = 2568, plan=(), more=(), **points: str) -> Claims:
    """Return the claims of the made-up result with some other points, by ``i1`` or ``ITA``."""
    changed = {re.sub(r"^i(?=\d)", "", code): each for code, each in points.items()}
    listed = [claim(code, each, year) for code, each in {**SCORES, **changed}.items()]
    return Claims(OFFICE, year, (*listed, *more), tuple(plan))


def row(measure: str = "จัดทำคู่มือ", indicator: str = "9", **more: str) -> PlanRow:
    usual = {"method": "ประชุม", "owner": "สำนักปลัด", "period": "ต.ค. 2568 – ก.ย. 2569"}
    usual |= {"finding": "ขาดข้อมูล"}
    spot, codes = Spot(FILE, table=1, row=2), (indicator,)
    return PlanRow(indicator, measure, spot, codes=codes, **{**usual, **more})


def found(folder: Path, text: str = "รายงาน", said: Claims | None = None, **more) -> list[str]:
    """Return the codes of the rules that a text breaks, each once."""
    return sorted({each.rule for each in problems(folder, text, said, **more)})


def problems(
    folder: Path, text: str = "รายงาน", said: Claims | None = None, only: str = "", **more
):
    """Return what a text breaks, of one rule alone if one is named."""
    report = Report(
        read(folder, text), said or claims(), all_rules(), OfficeNames((OFFICE, OTHER)), **more
    )
    return check_finished(report, chosen_rules([only] if only else ()))
