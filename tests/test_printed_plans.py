"""Plans are read as offices print them, whatever their headings are called."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from conftest import ROOT, assert_helps_the_reader, data_of, ita, rules, write
from ods_files import save_ods

from ita_helpers.checks.plan import check_plan
from ita_helpers.documents.plan_heads import column_of
from ita_helpers.errors import TwoPlanHeads
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, section
from ita_helpers.plans.filling import fill_indicators, propose_indicators
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.reports.report import Report
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.plans import read_plan
from ita_helpers.words.coverage import coverage_of

FILE = "data/plans/2568/ban-rai.csv"
YEAR = (date(2025, 10, 1), date(2026, 9, 30))

HEADS = {
    "มาตราการ": "measure",
    "แนวทาง/มาตรการ": "guideline",
    "มาตรการ/แนวทาง": "measure",
    "มาตรการแก้ไขปัญหา": "measure",
    "ชื่อโครงการ": "measure",
    "กิจกรรม/ขั้นตอน": "steps",
    "ขั้นตอนการดำเนิการ": "steps",
    "วิธีการดำเนินงาน": "steps",
    "วิธีการติดตาม": "follow_up",
    "ผู้รับผิดขอบ": "owners",
    "สำนัก/กองที่รับผิดชอบ": "owners",
    "ผู้ดำเนินการ": "owners",
    "กรอบระยะเวลา": "start",
    "ช่วงระยะเวลา การดำเนินการ": "start",
    "เริ่มต้น - สิ้นสุด": "start",
    "กำหนดแล้วเสร็จ": "end",
    "กำหนดส่งงาน": "end",
    "ปีงบประมาณที่ดำเนินการ": "start",
    "ปีงบประมาณ": "start",
    "คาดว่าจะแล้วเสร็จ": "end",
    "ผลที่คาดว่าจะเกิดขึ้น": "expected",
    "ผลการดำเนินงานตามมาตรการ": "result",
    "รายงานผลการดำเนินการ": "follow_up",
    "ใครทำ": "owners",
    "เมื่อไร": "start",
    "ทำอย่างไร": "steps",
    "สิ่งที่จะทำ": "measure",
    "ผลวิเคราะห์ที่ใช้": "finding",
    "ข้อบกพร่อง/จุดอ่อน": "finding",
    "ผลการวิเคราะห์ตัวชี้วัดที่สอดคล้องกับมาตรการ": "finding",
    "แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ": "guideline",
    "ได้ดำเนินการแล้ว": "done",
    "ยังไม่ได้ดำเนินการ": "not_done",
    "ตัวชี้วัด ITA": "indicators",
    "ตัวชี้วัดความสำเร็จ": "",
    "งบประมาณในการดำเนินการ": "",
    "ลำดับที่": "",
    "คะแนน": "",
    "มาตรฐาน": "",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_heading_is_known_by_its_meaning(head):
    assert column_of(head) == HEADS[head]


def test_every_name_of_a_column_means_it():
    for column in columns_of("plans"):
        for name in (column, *section("plan.columns")[column].split("|")):
            assert column_of(name) == column


def plan_of(workspace, *rows: str) -> Plan:
    """Return the plan of a table; a bar parts its cells."""
    text = io.StringIO()
    csv.writer(text).writerows([cell.strip() for cell in row.split("|")] for row in rows)
    write(workspace, FILE, text.getvalue().encode())
    plan = read_plan(workspace, "ban-rai", 2568, rules(2568))
    assert plan is not None
    return plan


PRINTED = {
    "numbers and dashes in cells": (
        [
            "แผนพัฒนา ปีงบประมาณ พ.ศ. ๒๕๖๙",
            "มาตรการ/ กิจกรรม | ผลการวิเคราะห์ | ขั้นตอน | ช่วงระยะเวลา การดำเนินการ | ผู้รับผิดชอบ",
            "๑. ป้ายบอกขั้นตอน | หาช่องไม่พบ | ๑) นับ ๒) ติดป้าย | ต.ค.๖๘-ก.ย.๖๙ | ๑.สำนักปลัด ๒.กองช่าง",
        ],
        Measure(
            "ป้ายบอกขั้นตอน",
            finding="หาช่องไม่พบ",
            steps=("นับ", "ติดป้าย"),
            owners=("สำนักปลัด", "กองช่าง"),
            start=YEAR[0],
            end=YEAR[1],
            row=3,
        ),
    ),
    "two rows of headings with ticks": (
        [
            "จุดอ่อน | แนวทางไปสู่การปฏิบัติ | มาตรการ | ผู้รับผิดชอบ | การกำกับติดตาม ณ สิ้นปี |",
            " | | | | ดำเนินการแล้ว | ยังไม่ดำเนินการ",
            "๒. ของยืมไม่คืน | ๑. ประกาศ | ๑. ทะเบียนยืมคืน | สำนักปลัด, กองคลัง | | ✓",
        ],
        Measure(
            "ทะเบียนยืมคืน",
            finding="ของยืมไม่คืน",
            guideline="ประกาศ",
            owners=("สำนักปลัด", "กองคลัง"),
            status="ยังไม่ดำเนินการ",
            row=3,
        ),
    ),
    "approach, method, follow-up": (
        [
            "ที่ | แนวทาง | วิธีการ | หน่วยงานผู้รับผิดชอบ | กรอบเวลา | การติดตามผล",
            "1 | รับฟังความเห็น | - ตั้งตู้ - เปิดเพจ | สำนักปลัด กองคลัง | ต.ค. 66 - ก.ย. 67 | สรุปปลายปี",
        ],
        Measure(
            "รับฟังความเห็น",
            steps=("ตั้งตู้", "เปิดเพจ"),
            owners=("สำนักปลัด", "กองคลัง"),
            start=date(2023, 10, 1),
            end=date(2024, 9, 30),
            follow_up="สรุปปลายปี",
            row=2,
        ),
    ),
    "weak point, guideline, measure, due": (
        [
            "จุดอ่อน | แนวทางแก้ไข | มาตราการ | กองที่รับผิดชอบ | กำหนดแล้วเสร็จ",
            "ไม่รู้ช่องร้องเรียน | เพิ่มช่อง | สายตรงร้องเรียน | สำนักปลัด/กองช่าง | ภายในเดือน มี.ค. 2569",
        ],
        Measure(
            "สายตรงร้องเรียน",
            finding="ไม่รู้ช่องร้องเรียน",
            guideline="เพิ่มช่อง",
            owners=("สำนักปลัด", "กองช่าง"),
            end=date(2026, 3, 31),
            row=2,
        ),
    ),
    "rows that go on, and the heading again": (
        [
            "ตัวชี้วัด | กิจกรรม | ขั้นตอนการดำเนินการ | ผู้รับผิดขอบ | ระยะเวลา",
            "ตัวชี้วัด | กิจกรรม | ขั้นตอนการดำเนินการ | ผู้รับผิดขอบ | ระยะเวลา",
            "๗. ประสิทธิภาพการสื่อสาร | เพจของตำบล | เปิดเพจ | สำนักปลัด | ตลอด ปีงบประมาณ",
            " | | ตอบทุกวัน | กองช่าง |",
        ],
        Measure(
            "เพจของตำบล",
            indicators=("7",),
            steps=("เปิดเพจ", "ตอบทุกวัน"),
            owners=("สำนักปลัด", "กองช่าง"),
            start=YEAR[0],
            end=YEAR[1],
            row=3,
        ),
    ),
}


@pytest.mark.parametrize("kind", PRINTED)
def test_a_printed_plan_is_read_as_it_is_meant(small_workspace, kind):
    rows, measure = PRINTED[kind]
    assert plan_of(small_workspace, *rows).measures == (measure,)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("มาตรการ | วิธีการ | ขั้นตอนดำเนินการ", ("B1 “วิธีการ”", "C1 “ขั้นตอนดำเนินการ”")),
        ("มาตรการ | โครงการ | ผู้รับผิดชอบ", ("A1 “มาตรการ”", "B1 “โครงการ”")),
    ],
)
def test_two_headings_for_one_column_are_refused_and_named(small_workspace, heads, cells):
    with pytest.raises(TwoPlanHeads) as caught:
        plan_of(small_workspace, heads, "ก | ข | ค")
    assert_helps_the_reader(str(caught.value), *cells)


def test_of_two_headings_the_usual_one_counts(small_workspace):
    plan = plan_of(small_workspace, "มาตรการ/โครงการ/กิจกรรม | โครงการ | ผู้รับผิดชอบ", "ก | ข | ค")
    assert (plan.measures[0].name, plan.extra) == ("ก", ("โครงการ",))


LAYOUTS = ("by-measure", "by-indicator", "with-follow-up", "one-measure", "tracking")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_said_of_indicators_that_a_plan_does_not_name(layout):
    data = data_of("made-up-example")
    window = {"start": YEAR[0], "end": YEAR[1]}
    bare = replace(
        data,
        plan=Plan((Measure("ตั้งตู้รับฟังความเห็น", finding="ช่องทางน้อย", **window),)),
        layout=replace(data.layout, plan_layout=layout),
    )
    assert coverage_of(bare) is None
    report = Report(bare)
    parts = (
        report.coverage,
        report.coverage_table,
        report.measures,
        report.measures_chart,
        report.memo,
    )
    shown = " ".join(repr(each()) for each in (*parts, report.to_do))
    for claim in (label("plan.general"), label("first_page.to_do.none"), "ร้อยละ 0", "0.00 จาก"):
        assert claim not in shown
    assert label("plan.unnamed") in repr(report.to_do())
    problems = [each.kind for each in check_plan(bare, OfficeNames(()))]
    assert "unnamed" in problems
    assert "lowest" not in problems


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("head", ["", "ตัวชี้วัด"])
def test_indicators_named_in_words_are_proposed_and_filled_in(small_workspace, kind, head):
    rows = [
        ["มาตรการ", "จุดอ่อน", "หมายเหตุ", *([head] if head else [])],
        ["ตู้รับฟัง", "ประสิทธิภาพการสื่อสารต่ำกว่าปีก่อน", "ก"],
        ["ตรวจเว็บไซต์", "ข้อ O8 ไม่ครบ", "ข"],
        ["อบรม", "ความรู้น้อย", "ค"],
    ]
    path = small_workspace.root / FILE.replace("csv", kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, rows)
    before, framework = path.read_bytes(), rules(2568)
    plan = read_plan(small_workspace, "ban-rai", 2568, framework)
    proposals = propose_indicators(plan, framework)
    assert [each.codes for each in proposals] == [("7",), ("9",)]
    backup = fill_indicators(small_workspace, path, proposals)
    filled = read_plan(small_workspace, "ban-rai", 2568, framework)
    assert [each.indicators for each in filled.measures] == [("7",), ("9",), ()]
    assert [replace(each, indicators=()) for each in filled.measures] == list(plan.measures)
    assert backup.read_bytes() == before
    assert propose_indicators(filled, framework) == []


def save(path, rows):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".ods":
        save_ods(path, rows)
    else:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Workspace(tmp_path)


UNITS = {"สป.": "สำนักปลัด", "กช.": "กองช่าง"}


@pytest.mark.parametrize(
    ("written", "owners"),
    [
        (("สป. กช.",), ("สำนักปลัด", "กองช่าง")),
        (("สำนัก ปลัด", "สป."), ("สำนักปลัด",)),
        (("ทีมงาน กช.",), ("ทีมงาน กช.",)),
    ],
)
def test_owners_are_matched_with_the_list_of_the_office(written, owners):
    plan = Plan((Measure("ก", owners=written),)).with_units(UNITS)
    assert plan.measures[0].owners == owners


@pytest.mark.parametrize(("answer", "is_filled"), [("y\n", True), ("\n", False)])
def test_proposed_indicators_are_written_only_when_confirmed(own, monkeypatch, answer, is_filled):
    monkeypatch.setattr("ita_helpers.cli.plan.can_ask", lambda: True)
    (path,) = own.plans("bang-khae", 2568)
    path.write_text("มาตรการ,จุดอ่อน\nตู้รับฟัง,ประสิทธิภาพการสื่อสารต่ำ\n", encoding="utf-8")
    shown = ita("plan", "bang-khae", root=own.root, answers=answer)
    assert shown.exit_code == 0, shown.output
    assert "แถวที่ 2 ตู้รับฟัง: ตัวชี้วัดที่ 7" in shown.output
    measure = read_plan(own, "bang-khae", 2568, rules(2568)).measures[0]
    assert (measure.indicators == ("7",)) is is_filled
