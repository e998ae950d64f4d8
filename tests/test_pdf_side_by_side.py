"""PDFs without tags whose text stands in two columns, or whose tables stand upon each other."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import typst
from conftest import ROOT
from reading import lines, tables

from ita_helpers.documents.document import Document
from ita_helpers.documents.reading import read_document

START = """\
#set page(width: 460pt, height: 640pt, margin: 40pt)
#set text(font: "Sarabun", size: 11pt, lang: "th")
"""
TITLE = "#align(center)[รายงานผลการประเมินของหน่วยงานตัวอย่าง ประจำปีงบประมาณ พ.ศ. 2568]\n\n"
TOLD = "ผลการประเมินแสดงคะแนนของหน่วยงานซึ่งเป็นข้อมูลสมมติทั้งหมด และเล่าเหตุผลไว้โดยย่อ"
FIRST = [f"ข้อที่ {at} {TOLD}" for at in range(1, 4)]
SECOND = [f"เรื่องที่ {at} {TOLD} และอื่น ๆ อีกตามที่ได้เล่าไว้ในบทก่อน" for at in range(1, 4)]


def read(tmp_path: Path, source: str) -> Document:
    fonts = ROOT / "ita_helpers/faces/fonts"
    made = typst.compile((START + source).encode(), font_paths=[fonts], ignore_system_fonts=True)
    with pikepdf.open(io.BytesIO(made)) as opened:
        del opened.Root["/StructTreeRoot"]
        opened.save(tmp_path / "ก.pdf")
    return read_document(tmp_path / "ก.pdf", "ก.pdf")


def beside(first: list[str], second: list[str], gutter: int) -> str:
    sides = (" \\\n\\ \n".join(each) for each in (first, second))
    columns = f"columns: (1fr, 1fr), column-gutter: {gutter}pt"
    return f"#grid({columns}, {', '.join(f'[{side}]' for side in sides)})\n\n"


@pytest.mark.parametrize("gutter", [13, 30])
@pytest.mark.parametrize("after", ["", f"{TOLD * 3}\n"])
def test_the_second_of_two_columns_of_text_is_read_behind_the_first(tmp_path, gutter, after):
    document = read(tmp_path, f"{TITLE}{beside(FIRST, SECOND, gutter)}{after}")
    told = [each for line in lines(document)[1:] for each in line.split("\n")]
    text = "".join(told).replace(" ", "")
    assert text == "".join([*FIRST, *SECOND, after]).replace(" ", "").strip()
    assert not tables(document)


def test_a_table_without_rulings_is_no_text_in_two_columns(tmp_path):
    rows = [
        ["ประเภทหน่วยงาน", "องค์การบริหารส่วนตำบลของจังหวัดตัวอย่าง"],
        ["ค่าเฉลี่ยของหน่วยงานทั้งประเทศ", "93.82 คะแนน"],
        ["ตัวชี้วัดที่ได้คะแนนสูงที่สุด", "ตัวชี้วัดที่ 10 การป้องกันการทุจริต (95.00 คะแนน)"],
        ["ตัวชี้วัดที่ได้คะแนนต่ำที่สุด", "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล (79.00 คะแนน)"],
        ["การตรวจสอบด้วยการคำนวณ", "คะแนนที่คำนวณได้ตรงกับคะแนนที่ประกาศ"],
        ["ข้อมูลที่ไม่มี", "คะแนนรายข้อ"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    document = read(tmp_path, f"{TITLE}#table(columns: 2, stroke: none, {cells})")
    text = "\n".join(lines(document))
    assert text.index(rows[0][1]) < text.index(rows[1][0]) < text.index(rows[-1][0])


def ruled(rows: list[list[str]], columns: str) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#block(above: 0pt, below: 0pt, table(columns: ({columns}), {cells}))\n"


SCORES = [["ที่", "ตัวชี้วัด", "คะแนน"], ["1", "การปฏิบัติหน้าที่", "95.00"], ["2", "การใช้งบประมาณ", "94.00"]]
PLAN = [
    ["มาตรการ", "วิธีการ", "ผู้รับผิดชอบ", "เวลา"],
    ["จัดทำคู่มือ", "ร่างและแจกจ่าย", "สำนักปลัด", "ต.ค. 2568"],
]


def test_tables_that_touch_are_parted_where_their_columns_differ(tmp_path):
    source = ruled(SCORES, "40pt, 240pt, 100pt") + ruled(PLAN, "100pt, 120pt, 90pt, 70pt")
    assert tables(read(tmp_path, source + ruled(SCORES, "40pt, 240pt, 100pt"))) == [
        SCORES,
        PLAN,
        SCORES,
    ]


def test_merged_cells_part_no_table(tmp_path):
    wide = "table.cell(colspan: 2)"
    cells = f"{wide}[ภายใน], [ก], [ข], [1], {wide}[2], [3], [4], [5], [6], [7]"
    (rows,) = tables(read(tmp_path, f"#table(columns: (90pt, 90pt, 90pt, 90pt), {cells})"))
    assert rows == [["ภายใน", "", "ก", "ข"], ["1", "2", "", "3"], ["4", "5", "6", "7"]]


def test_a_raised_mark_is_read_once(tmp_path):
    text = "คะแนนเพิ่มขึ้น เจ้าหน้าที่เริ่มทำ ผู้รับบริการเชื่อมั่นยิ่งขึ้น สิ้นปีทิ้งไว้ไม่ได้"
    assert lines(read(tmp_path, text)) == [text]
