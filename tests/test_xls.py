"""Workbooks of Excel until 2003 give the same grids as today's, or one clear message."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from libreoffice import needs_calc
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ita_helpers.errors import UnreadableSheet
from ita_helpers.spreadsheets.grids import read_grids

pytestmark = [pytest.mark.libreoffice, needs_calc]
OUTWARD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>
<office:spreadsheet><table:table table:name="A"><table:table-row>
<table:table-cell table:formula="of:=['file:///nowhere/other.xlsx'#$Sheet1.A1]"/>
<table:table-cell table:formula="of:=SUM([$B.A1];[.C1])"/>
<table:table-cell office:value-type="float" office:value="5"/>
</table:table-row></table:table><table:table table:name="B"><table:table-row>
<table:table-cell office:value-type="float" office:value="3"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>"""


def results():
    """Return a sheet with all that a cell may be, and what a person does not see."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["หน่วยงาน", "คะแนน", "ร้อยละ", "วันที่", "เวลา", "รหัส"])
    sheet.append(["อบต.ทุ่งลม", 92.86, 0.9286, 45884, 0.4375, 42])
    sheet.append(["อบต.ซ่อน", 90, 0.5, 45884.4375, True, None])
    sheet.append(["อบต.ขีดฆ่า", "=B2+1", "=1/0", None, None, None])
    for place, code in (("C2", "0.00%"), ("C3", "0%"), ("E2", "h:mm"), ("F2", "00000")):
        sheet[place].number_format = code
    sheet["D2"].number_format = sheet["D3"].number_format = "yyyy-mm-dd"
    sheet["A4"].font = Font(strike=True)
    sheet["A5"] = CellRichText("92.86", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    sheet["B5"], sheet["B5"].comment = "มีหมายเหตุ", Comment("ตรวจแล้ว", "ก")
    sheet["G2"] = "ในคอลัมน์ที่ซ่อน"
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["G"].hidden = True
    sheet.merge_cells("A7:B8")
    sheet["A7"] = "ผสาน"
    book.create_sheet("ซ่อน")["A1"] = "ในแผ่นที่ซ่อน"
    book["ซ่อน"].sheet_state = "hidden"
    return book


@pytest.fixture(scope="module")
def saved(tmp_path_factory, convert) -> tuple[Path, Path, Path]:
    folder = tmp_path_factory.mktemp("xls")
    results().save(folder / "ผล.xlsx")
    (folder / "นอก.fods").write_text(OUTWARD, encoding="utf-8")
    old, outward = convert("xls", folder / "ผล.xlsx", folder / "นอก.fods")
    (new,) = convert("xlsx", folder / "ผล.xlsx")
    return old, new, outward


def test_an_old_workbook_gives_the_grids_of_the_new_one(saved):
    old, new, _ = (read_grids(each, "ผล") for each in saved)
    assert old == new
    shown, hidden = old
    assert shown.rows[1] == (
        *("อบต.ทุ่งลม", "92.86", "92.86", "2025-08-15", "10:30:00", "00042"),
        "ในคอลัมน์ที่ซ่อน",
    )
    assert shown.rows[2][2:5] == ("50", "2025-08-15T10:30:00", "TRUE")
    assert shown.rows[3][1:3] == ("93.86", "#DIV/0!")
    assert shown.hidden_rows == {2}
    assert shown.hidden_columns == {6}
    assert shown.merged == ((6, 0, 7, 1),)
    assert {each.kind for each in shown.asides} == {"struck", "marks", "comments"}
    assert hidden.is_hidden


def test_only_the_cell_whose_formula_names_another_file_is_said_to(saved):
    *_, outward = saved
    sheet, _ = read_grids(outward, "นอก")
    assert sheet.calls_out == {(0, 0)}
    assert replace(sheet, calls_out=frozenset()).cell(0, 2) == "5"


def test_a_damaged_old_workbook_is_refused_and_nothing_else_happens(saved, tmp_path):
    content, dice, path = saved[0].read_bytes(), random.Random(2568), tmp_path / "ผล.xls"
    for _ in range(40):
        broken = bytearray(content[: dice.randrange(600, len(content))])
        for _ in range(dice.randrange(4)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path.write_bytes(broken)
        try:
            read_grids(path, "ผล.xls")
        except UnreadableSheet as error:
            assert error.facts["problem"] in ("broken", "locked", "empty")
