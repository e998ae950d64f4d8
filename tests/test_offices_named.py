"""A word for a kind of office with another name is another office; with a verb it is the own."""

from __future__ import annotations

import pytest
from conftest import ROOT

from ita_helpers.checks.finished.rules import chosen_rules
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.finished import Basis, check_document

OWN = {
    "จังหวัด": "จังหวัดศรีพนม",
    "มหาวิทยาลัย": "มหาวิทยาลัยศรีพนม",
    "สถาบัน": "สถาบันพัฒนาลุ่มน้ำ",
    "กรม": "กรมชลประทานชุมชน",
    "เทศบาลเมือง": "เทศบาลเมืองศรีพนม",
    "องค์การบริหารส่วนตำบล": "องค์การบริหารส่วนตำบลศรีพนม",
    "อบต.": "องค์การบริหารส่วนตำบลศรีพนม",
}
ACTS = """\
ตอบแบบวัด ส่งเอกสาร จัดประชุม ขับเคลื่อนงาน ปรับปรุงระบบ เผยแพร่ข้อมูล วิเคราะห์ผล ชี้แจงเหตุ ลดขั้นตอน
สร้างความเข้าใจ บริหารงาน อบรมบุคลากร ยกระดับการให้บริการ รับเรื่องร้องเรียน พบปัญหา หารือ ตรวจสอบ เก็บข้อมูล
บันทึกข้อมูล ดังกล่าว ขาดคะแนน เข้าใจ คาดว่า ตั้งคณะทำงาน ออกประกาศ โอนงบประมาณ ยืมทรัพย์สิน มั่นใจ พึงพอใจ
สนับสนุน ส่งเสริมคุณธรรม ควบคุมการเบิกจ่าย ดูแล คงระดับ ทบทวนแผน เน้นการ เอง เดียวกัน กับ สามารถ""".split()
OTHERS = {
    "จังหวัด": "จังหวัดนครนายก",
    "มหาวิทยาลัย": "มหาวิทยาลัยลุ่มน้ำชี",
    "เทศบาลเมือง": "เทศบาลเมืองบางสำเภา",
    "องค์การบริหารส่วนตำบล": "องค์การบริหารส่วนตำบลสร้างค้อ",
    "อบต.": "อบต.พบพระ",
}


@pytest.fixture(scope="module")
def basis():
    return Basis.of(Workspace(ROOT))


def found(basis: Basis, folder, office: str, sentence: str) -> list[str]:
    """Return the offices that a report of one with a sentence is said to take for its own."""
    title = f"รายงานผลการประเมินคุณธรรมและความโปร่งใส\n{office} ประจำปีงบประมาณ พ.ศ. 2567\n\n"
    file = folder / "รายงาน.txt"
    text = f"{title}{office}ได้คะแนน 88.67 คะแนน อยู่ในระดับผ่าน\n\n{sentence}\n"
    file.write_text(text, encoding="utf-8")
    checked = check_document(basis, file, chosen_rules(["ITA601"]))
    return [each.found for each in checked.problems]


@pytest.mark.parametrize("kind", OWN)
def test_what_an_office_does_is_no_name(kind, basis, tmp_path):
    sentences = [f"บุคลากรของ{kind}{act} เพิ่มขึ้นกว่าเดิม และในปีนี้{kind}{act}อย่างต่อเนื่อง" for act in ACTS]
    told = {each: found(basis, tmp_path, OWN[kind], each) for each in sentences}
    assert not {each: offices for each, offices in told.items() if offices}


@pytest.mark.parametrize("kind", OTHERS)
def test_the_name_of_another_office_is_found(kind, basis, tmp_path):
    sentence = f"บุคลากรของ{OTHERS[kind]} จะร่วมกันปรับปรุงคะแนนให้สูงขึ้น"
    assert found(basis, tmp_path, OWN[kind], sentence) == [OTHERS[kind]]
