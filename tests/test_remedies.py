"""What a finding says, and what it asks to be done, fit what was found."""

from __future__ import annotations

import re

import pytest
from wordings import REPORT, check_text

from ita_helpers.language.catalogue import section

RULES = section("finished.rules")
WAYS = re.compile(r"way (?:== |in )\(?(?P<ways>'[a-z_', ]+')")
CASES = {
    "points in a sentence are in no row": (
        "OIT ได้ 89.75 คะแนน คิดเป็นคะแนนถ่วงน้ำหนัก 39.50 คะแนน",
        ("ITA208", "35.90"),
        "แถว",
    ),
    "a rise is not told as a score": (
        "เครื่องมือที่เพิ่มขึ้นน้อยที่สุด คือ EIT",
        ("ITA501", "ไม่ได้เพิ่มขึ้นน้อยที่สุด"),
        "คะแนนต่ำสุด",
    ),
    "a fall has its sign": (
        "ตัวชี้วัดที่ลดลงมากที่สุด คือ ตัวชี้วัดที่ 2 การใช้งบประมาณ",
        ("ITA501", "(−1.10) ไม่ได้ลดลงมากที่สุด", "−1.75"),
        "คะแนนสูงสุด",
    ),
    "a weight names its instrument once": (
        "คะแนนภาพรวมคิดจากน้ำหนัก IIT ร้อยละ 30 EIT ร้อยละ 30 และ OIT ร้อยละ 30",
        ("ITA811", "“OIT ร้อยละ 30” ไม่ตรงกับน้ำหนักของ OIT"),
        "พิมพ์เป็น OIT",
    ),
    "two units may be those of a share": (
        "ผู้ตอบเป็นหญิงร้อยละ 52.10 %",
        ("ITA901", "หน่วยเดียว"),
        "เป็นคะแนนเพียงอย่างเดียว",
    ),
    "a slip is told once": ("ยึดหลักธรรมภิบาล", ("ITA908", "“ธรรมาภิบาล”"), "น่าจะหมายถึง"),
    "a comma is no nought": (
        "คะแนนภาพรวมเท่ากับ 91,03 คะแนน",
        ("ITA910", "จุลภาค"),
        "ศูนย์",
    ),
    "a day of the week is no month": (
        "ประชุมเมื่อวันจันทร์ที่ 2 กันยายน 2568",
        ("ITA616", "ชื่อวันหรือวันที่"),
        "เดือน",
    ),
    "a bracket is no letter's point": (
        "ผลการประเมินในภาพรวม (91.03 คะแนน อยู่ในระดับผ่านดี",
        ("ITA911", "วงเล็บที่ขาด"),
        "จุด",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_finding_fits_what_was_found(case):
    sentence, (rule, *told), never = CASES[case]
    found = check_text(REPORT.replace("{sentence}", sentence))
    texts = [each.text for each in found if each.rule == rule]
    assert len(texts) == 1, [each.text for each in found]
    assert all(each in texts[0] for each in told), texts
    assert never not in texts[0]


def test_a_remedy_tells_apart_only_ways_that_its_rule_has():
    told = 0
    for code, words in RULES.items():
        for found in WAYS.finditer(words["remedy"]):
            ways = re.findall("[a-z_]+", found["ways"])
            told += len(ways)
            assert set(ways) <= words.keys(), code
    assert told > 20
