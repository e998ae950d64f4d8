"""A PDF without tags or rulings: columns by where words stand, and lines of a title apart."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import typst
from conftest import ROOT
from reading import lines, tables

from ita_helpers.documents.document import Document
from ita_helpers.documents.pdf_layout import _paragraphs
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
    assert [text for _, text, _ in _paragraphs(made, 20)] == ["ชื่อเรื่อง", "ความเรียงต่อไป"]


def test_paragraphs_of_one_line_each_are_not_joined(tmp_path):
    texts = [f"จุดที่ควรพัฒนาข้อ {at} {'ก' * (12 + 4 * at)}" for at in range(6)]
    source = f"#set par(leading: 0.4em, spacing: 2.4em)\n{LONG}\n\n" + "\n\n".join(texts)
    assert lines(read(tmp_path, source))[1:] == texts


def test_a_paragraph_goes_on_over_pages(tmp_path):
    whole = LONG * 3
    (told,) = lines(read(tmp_path, whole, height=140))
    assert told.replace(" ", "") == whole.replace(" ", "")


@pytest.mark.parametrize("begins", ["#h(24pt)", "#strong[ข้อสังเกต] ", "1. "])
def test_what_begins_anew_on_the_next_page_is_another_paragraph(tmp_path, begins):
    full = f"#block(width: 100%)[{LONG}#h(1fr)ครบถ้วน]"
    told = lines(read(tmp_path, f"{full}\n#pagebreak()\n{begins}คะแนนลดลงจากปีก่อน\n\n{LONG}"))
    assert told[0].endswith("ครบถ้วน")
    assert "คะแนนลดลงจากปีก่อน" in told[1]


def test_words_that_touch_have_no_blank_between_them():
    words = [
        Words("84", 0, 0, 10, 8, 0),
        Words(".00", 11, 0, 20, 8, 0),
        Words("ก", 25, 0, 30, 8, 0),
    ]
    assert line_text(words) == "84.00 ก"
