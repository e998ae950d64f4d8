"""What a sentence says of numbers side by side, of an office that the report has no scores of."""

from __future__ import annotations

import pytest
from conftest import ROOT

from ita_helpers.checks.finished.rules import RULES
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.finished import Basis, check_document

TITLE = "# ข่าวผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565\n\n"
CASES = (
    # The rule, a sentence with a blank to fill in, what is right there, and what is wrong.
    ("ITA301", "กรมคลองสมมติ ได้ 96.65 คะแนน อยู่ในเกณฑ์ระดับ {}", "AA", "A"),
    ("ITA301", "มทร.สมมติ ได้ค่าคะแนน 92.85 มีผลการประเมินระดับ {} (ผ่าน)", "A", "B"),
    ("ITA301", "จ.สมมติ มีผล ITA ร้อยละ 74.57 อยู่ในระดับ {}ขณะที่ปีก่อนดีกว่า", "C", "B"),
    ("ITA301", "ได้ 88.37 คะแนน จากคะแนนเต็ม 100 คะแนน โดยมีผลการประเมินระดับ {}", "A", "B"),
    ("ITA301", "คว้าระดับ {} ผลการประเมิน ITA ประจำปี 2565 โดยได้ผล 95.62 คะแนน", "AA", "A"),
    ("ITA512", "ได้ 93.40 คะแนน เทียบกับค่าเฉลี่ยที่ 67.90 ได้คะแนนสูงกว่าถึง {} คะแนน", "25.50", "22.50"),
    ("ITA512", "ได้ 85.92 คะแนน ปีก่อนได้ 58.80 คะแนน จึงเพิ่มขึ้นถึง {} คะแนน", "27.12", "21.72"),
    ("ITA512", "ทั่วประเทศมีคะแนนเฉลี่ย 87.57 คะแนน มากกว่าปีก่อน {} คะแนน", "6.32", "3.62"),
    ("ITA102", "ผลทั้งประเทศมีคะแนนเฉลี่ยทั่วประเทศ {} คะแนน", "87.57", "85.77"),
    (
        "ITA501",
        "อันดับ 1 สำนักงานคลองสมมติ 94.64 คะแนน อันดับ 2 สำนักงานนาสมมติ {} คะแนน",
        "93.47",
        "96.47",
    ),
    (
        "ITA501",
        "สูงสุด ได้แก่ กรมคลองสมมติ ได้ 97.96 คะแนน รองลงมาคือกรมนาสมมติ ได้ {} คะแนน",
        "95.99",
        "98.99",
    ),
    ("ITA501", "กรมคลองสมมติได้มากที่สุด 90.44 คะแนน กรมนาสมมติได้น้อยที่สุดคือ {} คะแนน", "71.20", "91.20"),
    ("ITA511", "ปี 2563 ได้ {} คะแนน และปี 2564 ได้ 81.41 คะแนน สูงขึ้นอย่างต่อเนื่อง", "77.57", "87.57"),
    ("ITA103", "ด้านความโปร่งใส คะแนนเต็ม 26.00 ได้ {}", "21.68", "28.61"),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    basis, file = Basis.of(Workspace(ROOT)), tmp_path_factory.mktemp("told") / "ข่าว.md"

    def told_of(sentence):
        file.write_text(TITLE + sentence + "\n", encoding="utf-8")
        return [(each.rule, each.found) for each in check_document(basis, file, RULES).problems]

    return told_of


@pytest.mark.parametrize(("rule", "sentence", "right", "wrong"), CASES)
def test_one_wrong_word_or_number_is_found_and_a_right_one_left_alone(
    told, rule, sentence, right, wrong
):
    assert told(sentence.format(right)) == []
    assert [each for each, _ in told(sentence.format(wrong))] == [rule]


@pytest.mark.parametrize(
    "sentence",
    [
        "ระดับ AA ตั้งแต่ 95.00 คะแนน ระดับ A ตั้งแต่ 85.00 คะแนน จึงต้องได้ 95.00 คะแนน จึงอยู่ในระดับ AA",
        "หน่วยงานที่ควรพัฒนา อันดับ 1 เทศบาลนาสมมติ ด้านงบประมาณ อันดับ 2 เทศบาลท่าสมมติ 81.20",
        "ปี 2563 ได้ 87.57 คะแนน ปี 2564 ได้ 81.41 คะแนน แต่การเปิดเผยข้อมูลดีขึ้นเป็นลำดับในปีนี้หรือไม่ยังไม่ทราบ",
        "กลุ่มเทศบาลสูงสุด 88.10 ส่วนกลุ่มมหาวิทยาลัยต่ำสุด 89.25",
        "ได้ 93.40 คะแนน สูงกว่าค่าเฉลี่ยของกลุ่มซึ่งไม่ได้ประกาศอยู่ 4.12 คะแนน",
    ],
)
def test_what_only_looks_like_it_is_left_alone(told, sentence):
    assert told(sentence) == []
