"""Slips whose right value stands elsewhere: in a heading, a table of groups, another line.

Each is made in a report in which nothing is wrong, and is the only thing then said of it.
"""

from __future__ import annotations

import pytest
from conftest import ROOT

from ita_helpers.checks.finished.rules import RULES
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.finished import Basis, check_document

FOLDER = ROOT / "tests/right_reports"
HEADED = "headings-that-name-indicators.md"
DISTRICT = "summary-and-headings-of-a-district.md"
STROKE = "scores-of-two-years-with-a-stroke.md"
COLLEGE = "groups-that-answered-a-college.md"
LISTS = "groups-that-answered-and-lists.md"
PROVINCE = "news-of-the-best-of-a-province.md"
WRONG = (
    (HEADED, "คะแนนที่เพิ่มขึ้น 10.31 คะแนน", "10.31", "13.01"),
    (HEADED, "เพิ่มขึ้นเล็กน้อย 0.38 คะแนน", "0.38", "0.83"),
    (HEADED, "ได้คะแนนมากที่สุดของแบบวัด IIT", "มากที่สุด", "น้อยที่สุด"),
    (HEADED, "ยังขาดอีก 12.45 คะแนน", "12.45", "14.25"),
    (DISTRICT, "เพิ่มขึ้นมากที่สุดของเขต (4.02 คะแนน)", "4.02", "4.20"),
    (DISTRICT, "เพิ่มจากปีก่อน 3.57", "3.57", "3.75"),
    (DISTRICT, "94.47 คะแนน 1.33 คะแนน", "1.33", "1.53"),
    (STROKE, "IIT ขึ้นเล็กน้อยแค่ 0.11", "0.11", "0.21"),
    (STROKE, "มีถึง 8 ตัวชี้วัดที่ได้ตั้งแต่ 90", "8", "7"),
    (COLLEGE, "ส่วนใหญ่เป็นครูและบุคลากรทางการศึกษา", "ครูและบุคลากรทางการศึกษา", "เจ้าหน้าที่ธุรการ"),
    (COLLEGE, "รวมกันได้ 140 คน", "140", "150"),
    (COLLEGE, "รวมผู้ตอบทั้งสองแบบ 476 คน", "476", "467"),
    (COLLEGE, "ลดจากปีก่อนที่มี 4 ตัวชี้วัด", "4", "5"),
    (LISTS, "คิดเป็นร้อยละ 78.33", "78.33", "73.88"),
    (LISTS, "พนักงานส่วนตำบล 17 คน", "17", "27"),
    (PROVINCE, "เทศบาลตำบลห้วยแก้วงาม 98.12 คะแนน", "98.12", "98.21"),
    (PROVINCE, "น้อยกว่าอันดับหนึ่ง 2.35 คะแนน", "2.35", "2.53"),
    (PROVINCE, "ต้องปรับปรุงโดยด่วน 2 แห่ง", "2", "3"),
)


@pytest.fixture(scope="module")
def basis():
    return Basis.of(Workspace(ROOT))


@pytest.mark.parametrize(("name", "words", "right", "wrong"), WRONG, ids=lambda each: each[:24])
def test_what_is_told_elsewhere_shows_a_slip(basis, tmp_path, name, words, right, wrong):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(words) == 1
    file = tmp_path / name
    file.write_text(text.replace(words, words.replace(right, wrong)), encoding="utf-8")
    told = [each.found for each in check_document(basis, file, RULES).problems]
    assert told
    assert any(wrong in each for each in told)


def test_a_swap_in_a_part_is_told_where_the_change_bears_it_out(basis, tmp_path):
    text = (FOLDER / STROKE).read_text(encoding="utf-8")
    file = tmp_path / STROKE
    file.write_text(text.replace("95.54 / 89.81", "95.45 / 89.81"), encoding="utf-8")
    told = [each.found for each in check_document(basis, file, RULES).problems]
    assert "95.45" in told


BESIDE = """รายงานการวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566

เทศบาลตำบลสวนสมมติ

ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล 96.10 คะแนน (ปีก่อน 90.04)

ตัวชี้วัดที่ 10 การป้องกันการทุจริต 91.20 คะแนน (ปีก่อน 90.20)

คะแนน OIT เท่ากับ {now} คะแนน ปีก่อน 90.12 คะแนน เพิ่มขึ้น {by} คะแนน
"""


@pytest.mark.parametrize(
    ("now", "by", "wrong"),
    [("93.65", "3.53", set()), ("93.56", "3.53", {"93.56"}), ("93.65", "3.35", {"3.35"})],
)
def test_of_a_score_and_its_change_the_one_at_fault_is_told(basis, tmp_path, now, by, wrong):
    file = tmp_path / "report.txt"
    file.write_text(BESIDE.format(now=now, by=by), encoding="utf-8")
    problems = check_document(basis, file, RULES).problems
    assert {each.found for each in problems if each.severity == "error"} == wrong
