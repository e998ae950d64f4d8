"""Headings right above their words, with the score in them, say what these are about."""

from __future__ import annotations

import pytest
from finished import problems, read

from ita_helpers.documents.document import Line

HEADS = (
    "3.{} {} ({} คะแนน)",
    "3.{} {}: {}",
    "3.{} {} – {} คะแนน (ปีก่อนต่ำกว่านี้)",
    "3.{} {} ได้ {} คะแนน",
)
NAMED = {
    "1": ("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "98.81"),
    "7": ("ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร", "90.23"),
    "10": ("ตัวชี้วัดที่ 10 การป้องกันการทุจริต", "90.00"),
}


def report(head: str, **words: str) -> str:
    parts = (
        f"{head.format(code, *NAMED[code])}\nจุดแข็ง {words.get(f'i{code}', 'ทำงานตรงเวลา')}\n"
        for code in NAMED
    )
    closing = f"4. สรุปและการนำไปใช้\n{words.get('closing', 'จะรายงานผู้บริหาร')}\n"
    return "\n".join(["3. การวิเคราะห์รายตัวชี้วัด", *parts, closing])


def levels(folder, text: str) -> list[int]:
    return [each.level for each in read(folder, text).blocks if isinstance(each, Line)]


@pytest.mark.parametrize("head", HEADS)
def test_a_line_that_names_an_indicator_above_its_words_is_a_heading(head, tmp_path):
    assert levels(tmp_path, report(head)) == [0, 2, 0, 2, 0, 2, 0, 1, 0]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("code", "words", "right", "wrong"),
    [
        ("1", "คะแนนสูงกว่าเกณฑ์ 95 คะแนน อยู่ {} คะแนน", "3.81", "3.18"),
        ("10", "คะแนนสูงกว่าเกณฑ์ 85 คะแนน อยู่ {} คะแนน", "5.00", "5.50"),
    ],
)
def test_what_stands_below_it_is_told_of_it(head, code, words, right, wrong, tmp_path):
    assert problems(tmp_path, report(head, **{f"i{code}": words.format(right)})) == []
    assert problems(tmp_path, report(head, **{f"i{code}": words.format(wrong)}))


def test_the_part_behind_them_is_about_something_else(tmp_path):
    told = "คะแนนสูงกว่าเกณฑ์ 85 คะแนน อยู่ 7.86 คะแนน"
    assert problems(tmp_path, report(HEADS[0], closing=told)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["ตัวชี้วัดที่ 1 98.81 คะแนน", "ตัวชี้วัดที่ 7 90.23 คะแนน", "จะรายงานผู้บริหาร"],
        ["ตัวชี้วัดที่ 1 ได้คะแนนสูง (98.81)", "ดีแล้ว", "ตัวชี้วัดที่ 7 ได้คะแนนต่ำ (90.23)", "แก้ไข"],
        ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ (98.81 คะแนน)", "ดีแล้ว"],
        ["แบบวัด IIT 99.29 คะแนน", "- ข้อเดียว", "แบบวัด EIT 91.93 คะแนน", "- ข้อเดียว", "จะรายงาน"],
    ],
)
def test_entries_of_a_list_and_sentences_are_no_headings(lines, tmp_path):
    assert not any(levels(tmp_path, "\n".join(lines)))
