"""Headings with nothing under them, tables that are not there, and numbers that come twice."""

from __future__ import annotations

import pytest
from finished import found

TABLE = "เรื่อง\tคะแนน\nก\t90.00\nข\t80.00\n\n"
TABLES = f"ตารางที่ 1 คะแนนรายเครื่องมือ\n\n{TABLE}ตารางที่ 2 คะแนนรายด้าน\n\n{TABLE}"
PARTS = "ส่วนที่ 1 ความเป็นมา\n\n1.1 เหตุผล\n\nตามหนังสือสั่งการ หน่วยงานจึงจัดทำรายงาน\n\n"
COSTS = "งบ\n\nงาน\tบาท\nก\t90\nข\t80\n\nตารางที่ 3 งบที่ใช้\n\nสรุปได้ว่าพอ\n"
REST = "ส่วนที่ 2 ผลการประเมิน\n\nผลเป็นไปตามเป้าหมาย\n\n"
LISTED = "3.1 อบรมเจ้าหน้าที่\n3.2 ทบทวนคู่มือ\n3.3 ประชุมชี้แจง\n"

EMPTY = {
    "before a part": f"{PARTS}1.2 ขอบเขตของรายงาน\n\n{REST}",
    "before a chapter": f"{PARTS}1.2 ข้อจำกัด\n\nบทที่ 2 วิธีการ\n\nใช้แบบวัดสามชุด\n\n",
    "before a number of higher rank": f"{PARTS}1.2 ข้อจำกัด\n\n2. วิธีการ\n\nใช้แบบวัดสามชุด\n\n",
    "at the end": f"{PARTS}1.2 ปัญหาและอุปสรรค\n",
    "in Thai digits": f"{PARTS}๑.๒ ปัญหาและอุปสรรค\n\n{REST}",
}
FILLED = {
    "by words": f"{PARTS}1.2 ขอบเขตของรายงาน\n\nเฉพาะปีนี้\n\n{REST}",
    "by a table": f"{PARTS}1.2 ผลรายเครื่องมือ\n\n{TABLE}{REST}",
    "by a heading below it": f"{PARTS}1.2 ผล\n\n1.2.1 ภาพรวม\n\nผลเป็นไปตามเป้าหมาย\n\n{REST}",
    "a title of two lines": f"{PARTS}1.2 ผล\n\nผลดี\n\nส่วนที่ 2 มาตรการ\n\nปีงบประมาณถัดไป\n\nอบรม\n\n",
    "entries of a list": "มาตรการ มีดังนี้\n1. อบรม\n2. ประชุม\n3. เผยแพร่รายงาน\n",
}


@pytest.mark.parametrize("case", EMPTY)
def test_a_heading_with_nothing_under_it(case, tmp_path):
    assert "ITA831" in found(tmp_path, EMPTY[case])


@pytest.mark.parametrize("case", FILLED)
def test_a_heading_with_something_under_it(case, tmp_path):
    assert "ITA831" not in found(tmp_path, FILLED[case])


WRONG = {
    "a caption alone": f"{TABLES}ตารางที่ 3 งบประมาณที่ใช้\n\nสรุปได้ว่าผลเป็นไปตามเป้าหมาย\n",
    "a table named in a note": f"{TABLES}หมายเหตุ: จำนวนผู้ตอบ ดูตารางที่ 9\n",
    "a table named in words": f"{TABLES}รายละเอียดปรากฏตามตารางที่ ๕\n",
}
RIGHT = {
    "named tables": f"{TABLES}รายละเอียดปรากฏตามตารางที่ 2\n",
    "a list of tables": f"สารบัญ\n\nตารางที่ 1 คะแนนรายเครื่องมือ\n\nตารางที่ 2 คะแนนรายด้าน\n\n{TABLES}",
    "one of a manual": f"{TABLES}เกณฑ์ปรากฏในตารางที่ 7 ของคู่มือการประเมิน\n",
    "a caption below its table": f"{TABLES}{COSTS}",
    "no table has a caption": "รายละเอียดปรากฏตามตารางที่ 9\n",
}


@pytest.mark.parametrize("case", WRONG)
def test_a_table_that_is_not_there(case, tmp_path):
    assert "ITA833" in found(tmp_path, WRONG[case])


@pytest.mark.parametrize("case", RIGHT)
def test_tables_that_are_there(case, tmp_path):
    assert "ITA833" not in found(tmp_path, RIGHT[case])


@pytest.mark.parametrize("entry", ["3.3 เผยแพร่รายงาน", "๓.๓ เผยแพร่รายงาน"])
def test_a_number_that_comes_twice(entry, tmp_path):
    assert "ITA834" in found(tmp_path, LISTED + entry)


@pytest.mark.parametrize(
    "rest",
    ["3.4 เผยแพร่รายงาน", "3.1 อบรมเจ้าหน้าที่\n3.2 ทบทวนคู่มือ", "3.3 ประชุมชี้แจง", "4.3 เผยแพร่รายงาน"],
)
def test_numbers_that_go_on_or_begin_again(rest, tmp_path):
    assert "ITA834" not in found(tmp_path, LISTED + rest)
