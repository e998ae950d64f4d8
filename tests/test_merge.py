"""New numbers in edited words: carried where nothing can be mistaken, told everywhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.edited.merge import OldAndNew, merge

RESULT = "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร ได้ {} คะแนน สูงกว่าค่าเป้าหมาย (85.00 คะแนน) อยู่ {} คะแนน"
LOST = "คะแนนส่วนที่ยังขาด (คิดตามน้ำหนัก) คือ {} คะแนน มากเป็นลำดับที่ {} ของตัวชี้วัดทั้งหมด"
ADVICE = "เพื่อรักษาระดับ หน่วยงานควรรักษาช่องทางเผยแพร่ข้อมูลไว้"
OLD = [RESULT.format("90.23", "5.23"), LOST.format("0.98", "3"), ADVICE]
NEW = [RESULT.format("91.11", "6.11"), LOST.format("0.89", "4"), ADVICE]
FELL = ["ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร ได้ 84.00 คะแนน ต่ำกว่าค่าเป้าหมาย (85.00 คะแนน) อยู่ 1.00 คะแนน"]


@pytest.mark.parametrize(
    ("words", "new", "expected", "told"),
    [
        pytest.param(" ".join(OLD), NEW, " ".join(NEW), (), id="an untouched draft"),
        pytest.param(
            f"{OLD[0]} หน่วยงานปรับเว็บไซต์แล้ว",
            NEW,
            f"{NEW[0]} หน่วยงานปรับเว็บไซต์แล้ว",
            (),
            id="a sentence added, two removed",
        ),
        pytest.param(
            f"{OLD[1]}\n\nคำของเรา {OLD[0]}",
            NEW,
            f"{NEW[1]}\n\nคำของเรา {NEW[0]}",
            (),
            id="sentences in another order",
        ),
        pytest.param(
            OLD[0].replace("สูงกว่าค่าเป้าหมาย", "เกินค่าเป้าหมาย"),
            NEW,
            OLD[0].replace("สูงกว่าค่าเป้าหมาย", "เกินค่าเป้าหมาย").replace("5.23", "6.11"),
            (OldAndNew("90.23", "91.11"),),
            id="only the number with its neighbours as they were",
        ),
        pytest.param(
            "เราทำได้ถึง 90.23 ในปีนี้",
            NEW,
            "เราทำได้ถึง 90.23 ในปีนี้",
            (OldAndNew("90.23", "91.11"),),
            id="a rewritten sentence keeps its number",
        ),
        pytest.param(
            f"{OLD[0]} {OLD[0]}",
            NEW,
            f"{OLD[0]} {OLD[0]}",
            (OldAndNew("90.23", "91.11"), OldAndNew("5.23", "6.11")),
            id="what stands twice is not touched",
        ),
        pytest.param(
            OLD[0], FELL, OLD[0], (OldAndNew(OLD[0], FELL[0]),), id="other words: only told"
        ),
        pytest.param("คำของเราเท่านั้น", FELL, "คำของเราเท่านั้น", (), id="nothing left of the draft"),
        pytest.param("", NEW, "", (), id="nothing written"),
    ],
)
def test_merging(words, new, expected, told):
    merged = merge(words, OLD, new)
    assert merged.text == expected
    assert merged.open == told


def test_a_foreign_sentence_with_the_same_neighbours_is_not_altered():
    own = "เทียบกับปี 2567 ซึ่งต่ำกว่าเกณฑ์ของจังหวัด (90.00 คะแนน) อยู่ 5.23 คะแนน"
    merged = merge(own, OLD, NEW)
    assert merged.text == own
    assert merged.open == (OldAndNew("5.23", "6.11"),)


ELSEWHEN = [
    "ประกาศครั้งแรกเมื่อ 15 สิงหาคม ระบุว่า {} ต่อมาหน่วยงานได้อุทธรณ์",
    "ปีงบประมาณ พ.ศ. 2567 {} ซึ่งเท่ากับปีนี้พอดี",
    "ในปี พ.ศ. ๒๕๖๖ หน่วยงานเคยได้ผลดังนี้\n\n{}",
    "{}\n\nผลข้างต้นเป็นผลก่อนอุทธรณ์",
    "ผลเดิม {}",
]


@pytest.mark.parametrize("words", ELSEWHEN)
def test_a_number_of_another_year_or_an_earlier_result_is_told_and_not_altered(words):
    text = words.format(OLD[0])
    merged = merge(text, OLD, NEW, 2568)
    assert merged.text == text
    assert merged.carried == ()
    assert OldAndNew("90.23", "91.11") in merged.open


@pytest.mark.parametrize("words", ["ปีงบประมาณ พ.ศ. 2568 {}", "{} ข้อ 2500.5", "คำของเรา {} อื่น ๆ"])
def test_a_number_of_this_year_is_carried_and_told(words):
    merged = merge(words.format(OLD[0]), OLD, NEW, 2568)
    assert merged.text == words.format(NEW[0])
    assert merged.carried == (OldAndNew("90.23", "91.11"), OldAndNew("5.23", "6.11"))


def test_what_was_told_follows_the_data_and_the_hand_that_mends_it():
    words = "เราทำได้ถึง 90.23 ในปีนี้"
    first = merge(words, OLD, NEW)
    third = [RESULT.format("92.00", "7.00"), *NEW[1:]]
    assert merge(words, first.known, third).open == (OldAndNew("90.23", "92.00"),)
    assert merge(words, first.known, OLD).open == ()
    assert merge("เราทำได้ถึง 91.11 ในปีนี้", first.known, NEW).open == ()
    edited = OLD[0].replace("สูงกว่าค่าเป้าหมาย", "เกินค่าเป้าหมาย")
    once = merge(edited, OLD, NEW)
    again = merge(once.text, once.known, third)
    assert "7.00" in again.text
    assert again.open == (OldAndNew("90.23", "92.00"),)


def test_other_words_with_the_same_numbers_are_no_change_of_data():
    reworded = [each.replace("ได้", "มีคะแนน") for each in OLD]
    assert merge(f"{OLD[0]} คำของเรา", OLD, reworded).open == ()


def test_digits_change_with_the_report_and_are_no_change_of_data():
    thai = [RESULT.format("๙๐.๒๓", "๕.๒๓").replace("85.00", "๘๕.๐๐").replace("ที่ 7", "ที่ ๗")]
    merged = merge(f"{OLD[0]} ข้อ O10", OLD[:1], thai)
    assert merged.text == f"{thai[0]} ข้อ O10"
    assert merged.open == ()


def test_a_number_next_to_a_changed_number_is_carried_with_it():
    old, new = ["คะแนนเพิ่มขึ้น จาก 85.00 เป็น 90.23 คะแนน"], ["คะแนนเพิ่มขึ้น จาก 86.00 เป็น 91.11 คะแนน"]
    assert merge(old[0], old, new).text == new[0]


POINTS = st.integers(0, 10_000).map(lambda n: f"{n / 100:.2f}")
OWN = st.lists(
    st.one_of(
        st.sampled_from(["คำของเรา", "เทศบาลข้างเคียง", "ได้", "คะแนน", "อยู่", "(", ")", "O10"]),
        POINTS,
        st.sampled_from(["90.23", "5.23", "0.98", "3", "๙๐.๒๓"]),
    ),
    max_size=12,
)


@given(OWN, OWN, st.lists(st.integers(0, 2), max_size=3, unique=True), POINTS, POINTS)
def test_no_number_of_the_analyst_is_ever_altered(before, after, kept, score, gap):
    new = [RESULT.format(score, gap), LOST.format(gap, "1"), ADVICE]
    own = [" ".join(before), " ".join(after)]
    drafted = " ".join(OLD[place] for place in kept)
    merged = merge(f"{own[0]} | {drafted} | {own[1]}", OLD, new)
    assert merged.text.startswith(f"{own[0]} |")
    assert merged.text.endswith(f"| {own[1]}")


@given(st.permutations(OLD), POINTS, POINTS)
def test_every_old_number_that_stays_is_told(sentences, score, gap):
    new = [RESULT.format(score, gap), LOST.format(gap, "1")]
    words = " ".join(sentences).replace("ได้", "ได้รวม").replace("คือ", "ประมาณ")
    merged = merge(words, OLD, new)
    for number, value in (("90.23", score), ("5.23", gap), ("0.98", gap)):
        if number != value and number in re.findall(r"\d+\.\d+", merged.text):
            assert number in {each.old for each in merged.open}


@given(st.permutations(OLD), POINTS, POINTS)
def test_merging_again_changes_nothing(sentences, score, gap):
    new = [RESULT.format(score, gap), LOST.format(gap, "1"), ADVICE]
    once = merge(" ".join(sentences), OLD, new).text
    assert merge(once, new, new).text == once
