"""A heading left from last year's file is told, and what stands below it read as this year's."""

from __future__ import annotations

import pytest
from finished import OFFICE, SCORES, all_rules, found, problems, read
from slips import NAMES

from ita_helpers.documents.claiming import claims_of

LAST = {code: f"{float(points) - 3:.2f}" for code, points in SCORES.items()}
COVER = (
    "รายงานผลการประเมิน ITA\n\nประจำปีงบประมาณ พ.ศ. 2568\n\n"
    f"{OFFICE}\n\n1. ความเป็นมา\n\n"
    "รายงานนี้วิเคราะห์ผลการประเมินประจำปีงบประมาณ พ.ศ. 2568\n\n"
    "ผู้ตอบแบบวัดมีทั้งบุคลากรและผู้มาติดต่อ\n\n"
    "ในปีงบประมาณ พ.ศ. 2568 ได้คะแนนภาพรวม 92.86 คะแนน อยู่ในระดับผ่านดี\n\n"
)


def rows(*columns):
    return "".join(
        "\t".join((f"{n}. {name}", *(each[str(n)] for each in columns))) + "\n"
        for n, name in enumerate(NAMES, 1)
    )


ONE = "ตัวชี้วัด\tคะแนน\n" + rows(SCORES)
TWO = "ตัวชี้วัด\tปี 2567\tปี 2568\n" + rows(LAST, SCORES)
THIS = "ตัวชี้วัด\tคะแนนปีก่อน\tคะแนนปีนี้\n" + rows(LAST, SCORES)
LEFT = "ตัวชี้วัด\tคะแนน\n" + rows(LAST)
TOLD = "\n".join(f"\nตัวชี้วัดที่ {n} ได้ {SCORES[str(n)]} คะแนน" for n in (1, 4, 7))
HEADS = [
    "2. ผลการประเมินรายตัวชี้วัด ประจำปีงบประมาณ พ.ศ. {}",
    "ตารางที่ 1 ผลคะแนนรายตัวชี้วัด ปีงบประมาณ พ.ศ. {}",
]


def told(folder, text):
    document = read(folder, text)
    said = claims_of(document, all_rules())
    return [e for e in problems(folder, text, said) if e.rule == "ITA611"], said


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("below", [ONE, TWO, THIS])
def test_last_year_over_scores_of_this_one_is_told_and_they_stay_this_years(head, below, tmp_path):
    behind = f"\n3. การวิเคราะห์\n{TOLD}\n"
    wrong, said = told(tmp_path, f"{COVER}{head.format(2567)}\n\n{below}{behind}")
    assert [each.found for each in wrong] == ["2567"]
    right, same = told(tmp_path, f"{COVER}{head.format(2568)}\n\n{below}{behind}")
    assert not right
    points = [{(e.code, e.fiscal_year, e.points) for e in each.claims} for each in (said, same)]
    assert points[0] == points[1]


@pytest.mark.parametrize("head", HEADS)
def test_a_section_of_last_years_scores_keeps_its_year(head, tmp_path):
    text = (
        f"{COVER}{head.format(2567)}\n\n{LEFT}\n3. ผลการประเมิน ปีงบประมาณ พ.ศ. 2568\n\n{ONE}{TOLD}\n"
    )
    wrong, said = told(tmp_path, text)
    assert not wrong
    assert {e.fiscal_year for e in said.claims if e.code == "7"} == {2567, 2568}


@pytest.mark.parametrize(
    "head",
    [
        "2. เปรียบเทียบผลคะแนนกับปีงบประมาณ พ.ศ. 2567",
        "2. ผลคะแนนที่เพิ่มขึ้นจากปีก่อน (ปีงบประมาณ พ.ศ. 2567)",
        "2. ผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. 2567",
    ],
)
def test_a_heading_that_compares_or_tells_of_measures_is_right(head, tmp_path):
    assert not told(tmp_path, f"{COVER}{head}\n\n{TWO}{TOLD}\n")[0]


@pytest.mark.parametrize("head", ["3.1 ผลการประเมิน ปีงบประมาณ พ.ศ. 2568", "3.1 ผลคะแนนปีนี้"])
def test_a_heading_below_with_its_own_year_ends_the_section(head, tmp_path):
    text = f"{COVER}3. ผลการประเมิน ปีงบประมาณ พ.ศ. 2567\n\n{head}\n\n{ONE}"
    assert not told(tmp_path, f"{text}\n4. สรุป\n{TOLD}\n")[1].misdated


def test_sentences_that_tell_of_this_year_leave_the_heading_above_them_its_own(tmp_path):
    head = "3. รางวัลจากผลการประเมิน ปีงบประมาณ พ.ศ. 2567"
    below = "ปีนี้ตัวชี้วัดที่ 4 ได้ 98.81 คะแนน ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน"
    assert not told(tmp_path, f"{COVER}{head}\n\n{below}\n\n4. สรุป\n{TOLD}\n")[1].misdated


def test_scores_that_are_equal_in_both_years_tell_nothing(tmp_path):
    few = "เครื่องมือ\tคะแนน\nOIT\t88.75\n"
    told = "ปี 2568 OIT ได้ 88.75 คะแนน เท่ากับปี 2567 ซึ่งได้ 88.75 คะแนน"
    text = f"{COVER}2. ผลการประเมิน ปีงบประมาณ พ.ศ. 2567\n\n{few}\n3. สรุป\n\n{told}\n"
    assert "ITA611" not in found(tmp_path, text, claims_of(read(tmp_path, text), all_rules()))
