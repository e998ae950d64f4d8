"""Made-up lists of scores as provinces send them, with all that is odd about real ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from made_up import MARK
from openpyxl import Workbook

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.scores import Score, YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.store.rules import read_framework

DISTRICTS = ("เมือง", "สมมติเหนือ", "สมมติใต้")
MISSPELT = {"1": "การปฎิบัติหน้าที", "6": "คุณภาพการดำเนิงาน", "10": "การป้องกันการทุจริด"}
"""Three headings as they are often typed."""


@dataclass(frozen=True)
class Office:
    """One row of a list: its name as printed, its district, its points by code."""

    name: str
    district: str
    points: dict[str, str]
    level: str


def offices(count: int, framework) -> list[Office]:
    """Return so many made-up offices; the first two bear one short name in two districts."""
    dice = random.Random(count)
    found = []
    for number in range(count):
        place = f"สมมติ{max(1, number)} ({MARK})"
        points = {
            each.code: f"{min(100, max(60, dice.gauss(91, 5))):.2f}"
            for each in framework.indicators.list
        }
        total, level = _overall(points, framework)
        name = f"อบต.{place}" if number % 3 else f"องค์การบริหารส่วนตำบล{place}"
        found.append(Office(name, DISTRICTS[number % 3], {"ITA": total, **points}, level))
    return found


def _overall(points: dict[str, str], framework) -> tuple[str, str]:
    from decimal import Decimal

    scores = {code: Score(code, Decimal(text), "", "", "") for code, text in points.items()}
    result = assess(framework, YearScores("x", framework.fiscal_year, scores))
    levels = [each.name for each in result.verdict.possible]
    return str(to_hundredths(result.value("ITA"))), levels[-1]


def write_list(path: Path, workspace, count: int, fiscal_year: int = 2567) -> list[Office]:
    """Write a list: title rows, merged group headings, districts merged downwards, totals below."""
    framework = read_framework(workspace, fiscal_year)
    rows = sorted(offices(count, framework), key=lambda each: DISTRICTS.index(each.district))
    book = Workbook()
    sheet = book.active
    sheet.title = "คะแนน"
    sheet.append([f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {fiscal_year} ({MARK})"])
    sheet.append(["จังหวัดสมมตินคร"])
    sheet.append([])
    codes = [each.code for each in framework.indicators.list]
    sheet.append(["ที่", "อำเภอ", "หน่วยงาน", "IIT", *[None] * 4, "EIT", *[None] * 2, "OIT"])
    names = {each.code: each.name for each in framework.indicators.list}
    heads = [f"{code}. {MISSPELT.get(code, names[code])}" for code in codes]
    sheet.append([None, None, None, *heads, "คะแนนรวม", "ระดับ"])
    for merged in ("A1:O1", "A2:O2", "A4:A5", "B4:B5", "C4:C5", "D4:H4", "I4:K4", "L4:M4"):
        sheet.merge_cells(merged)
    first, district = 6, ""
    for number, each in enumerate(rows, start=1):
        row = 5 + number
        if each.district != district:
            if district:
                sheet.merge_cells(f"B{first}:B{row - 1}")
            first, district = row, each.district
        points = [float(each.points[code]) for code in (*codes, "ITA")]
        sheet.append([number, district, each.name, *points, each.level])
    sheet.merge_cells(f"B{first}:B{5 + len(rows)}")
    last = 5 + len(rows)
    sheet.append([None, None, "คะแนนเฉลี่ยทั้งจังหวัด", *[f"=AVERAGE(D6:D{last})"] * 11])
    sheet.append(["ที่มา: ข้อมูลสมมติ"])
    book.save(path)
    return rows
