"""A PDF without tags or rulings: columns by where words stand, and lines of a title apart."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import typst
from conftest import ROOT
from reading import lines, tables

from ita_helpers.documents.document import Document
from ita_helpers.documents.pdf import _in_order
from ita_helpers.documents.pdf_layout import _paragraphs
from ita_helpers.documents.pdf_page import Letter
from ita_helpers.documents.pdf_words import Words, line_text
from ita_helpers.documents.reading import read_document

START = """\
#set page(width: 420pt, height: HEIGHTpt, margin: 40pt)
#set text(font: "Sarabun", size: 12pt, lang: "th")
#set table(stroke: none, inset: (x: 6pt, y: 9pt), align: left + horizon)
"""
LONG = "ผลการประเมินครั้งนี้แสดงคะแนนของหน่วยงานตัวอย่างซึ่งเป็นข้อมูลสมมติ " * 4
SCORES = [
    ["ตัวชี้วัด", "ปี 2567", "ปี 2568", "ผลต่าง"],
    ["1. การปฏิบัติหน้าที่", "90.00", "92.00", "+2.00"],
    ["2. การใช้งบประมาณของหน่วยงาน", "91.00", "93.00", "+2.00"],
    ["3. การใช้อำนาจ", "92.00", "91.00", "−1.00"],
    ["4. การใช้ทรัพย์สินของราชการ", "93.00", "95.00", "+2.00"],
]


def read(tmp_path: Path, source: str, height: int = 700) -> Document:
    start = START.replace("HEIGHT", str(height))
    fonts = ROOT / "ita_helpers/faces/fonts"
    made = typst.compile((start + source).encode(), font_paths=[fonts], ignore_system_fonts=True)
    with pikepdf.open(io.BytesIO(made)) as opened:
        del opened.Root["/StructTreeRoot"]
        opened.save(tmp_path / "ก.pdf")
    return read_document(tmp_path / "ก.pdf", "ก.pdf")


def table(rows: list[list[str]]) -> str:
    cells = "".join(f"[{cell}]," for row in rows for cell in row)
    return f"#table(columns: (110pt, 70pt, 70pt, 70pt), {cells})"


def test_a_table_without_rulings_is_read_by_its_columns(tmp_path):
    document = read(tmp_path, f"{LONG}\n\nตาราง 1 คะแนน\n\n{table(SCORES)}\n\n{LONG}")
    assert tables(document) == [SCORES]
    assert [each[:7] for each in lines(document)] == ["ผลการปร", "ตาราง 1", "ผลการปร"]


def test_a_table_without_rulings_goes_on_over_pages(tmp_path):
    document = read(tmp_path, f"{LONG}\n\n{table(SCORES)}", height=260)
    assert tables(document) == [SCORES]
    assert max(each.spot.page for row in document.blocks[-1].rows for each in row) > 1


def test_lines_with_wide_gaps_are_no_table(tmp_path):
    head = "ที่ 123/2568 #h(60pt) วันที่ 5 มกราคม 2568 \\\nเรื่อง รายงาน #h(60pt) ด่วน"
    document = read(tmp_path, f"{head}\n\n{LONG}\n\n- ก #h(30pt) ข\n- ค #h(30pt) ง")
    assert not tables(document)


def test_a_line_in_the_middle_does_not_go_on():
    places = [("ชื่อเรื่อง", 202, 415), ("ความเรียง", 125, 530), ("ต่อไป", 80, 530)]
    made = [
        [Words(text, left, -20 * at, right, 12 - 20 * at, -20 * at)]
        for at, (text, left, right) in enumerate(places)
    ]
    assert [text for text, _ in _paragraphs(made, 20)] == ["ชื่อเรื่อง", "ความเรียงต่อไป"]


def test_a_blank_drawn_behind_a_letter_it_stands_before_is_not_read_twice():
    def letter(text: str, left: float, right: float, *, is_gap: bool = False) -> Letter:
        return Letter(text, left, 0, right, 8, is_gap=is_gap)

    made = [letter("น", 0, 10), letter(" ", 15, 15, is_gap=True), letter("จ", 15, 24)]
    made += [letter(" ", 10, 15), letter("า", 24, 30)]
    assert "".join(each.text for each in _in_order(made)) == "น จา"


def test_words_that_touch_have_no_blank_between_them():
    words = [
        Words("84", 0, 0, 10, 8, 0),
        Words(".00", 11, 0, 20, 8, 0),
        Words("ก", 25, 0, 30, 8, 0),
    ]
    assert line_text(words) == "84.00 ก"
