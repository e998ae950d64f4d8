"""Texts are written into an .ods file, and all else in it stays."""

from __future__ import annotations

import zipfile

import pytest
from libreoffice import needs_calc, needs_office
from ods_files import KIND, save_ods

from ita_helpers.errors import UnreadableSheet
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.spreadsheets.ods_rows import add_ods_rows, fill_ods_cells

ROWS = [["มาตรการ", "", "", "ผู้รับผิดชอบ"], ["ทำเพจ", "", "", "กองช่าง"]]
TWICE = (
    '<table:table-row table:number-rows-repeated="2"><table:table-cell '
    'table:number-columns-repeated="4" office:value-type="string"><text:p>ซ้ำ</text:p>'
    "</table:table-cell></table:table-row>"
)
NOTED = (
    '<table:table-row><table:table-cell office:value-type="string"><office:annotation>'
    "<text:p>ถามกองคลัง</text:p></office:annotation><text:p>ก</text:p></table:table-cell>"
    "</table:table-row>"
)
FORMULA = (
    '<table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell '
    'table:formula="of:=1+1"{value}/></table:table-row>'
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "แผน.ods"


def rows_of(path, content=None):
    if content is not None:
        path.write_bytes(content)
    return [list(row) for row in read_grids(path, path.name)[0].rows]


def test_only_the_cells_that_are_filled_change(path):
    save_ods(path, ROWS, TWICE)
    before = rows_of(path)
    made = fill_ods_cells(path.read_bytes(), "แผน", {2: {2: "7"}, 3: {3: "ก\nข"}, 9: {6: "ไกล"}})
    after = rows_of(path, made)
    assert (after[1][1], after[2][2], after[8][5]) == ("7", "ก\nข", "ไกล")
    after[1][1] = ""
    after[2][2] = "ซ้ำ"
    assert after[:4] == before
    assert after[4:8] == [[]] * 4


def test_all_other_members_and_their_packing_stay(path):
    save_ods(path, ROWS)
    with zipfile.ZipFile(path) as package:
        before = [(each.filename, each.compress_type) for each in package.infolist()]
    path.write_bytes(fill_ods_cells(path.read_bytes(), "แผน", {1: {1: "ก"}}))
    with zipfile.ZipFile(path) as package:
        assert [(each.filename, each.compress_type) for each in package.infolist()] == before
        assert package.read("mimetype").decode() == KIND


def test_a_note_on_a_cell_stays(path):
    save_ods(path, ROWS, NOTED)
    rows_of(path, fill_ods_cells(path.read_bytes(), "แผน", {3: {1: "ข"}}))
    (grid, _) = read_grids(path, path.name)
    assert grid.cell(2, 0) == "ข"
    assert [each.text for each in grid.asides] == ["ถามกองคลัง"]


def test_rows_are_added_below_the_last_formula_in_the_look_of_the_plan(path):
    save_ods(path, ROWS, FORMULA.format(value=' office:value-type="float" office:value="2"'))
    made = add_ods_rows(path.read_bytes(), path.name, "แผน", 3, [{1: "ใหม่", 4: "กองคลัง"}], 2)
    after = rows_of(path, made.content)
    assert after[2:] == [["", "", "", "2"], ["ใหม่", "", "", "กองคลัง"]]
    assert made.formulas == 1
    with zipfile.ZipFile(path) as package:
        assert package.read("content.xml").decode().count('style-name="ce1"') == 6


def test_a_formula_without_a_value_is_refused_with_its_cell(path):
    save_ods(path, ROWS, FORMULA.format(value=""))
    with pytest.raises(UnreadableSheet) as caught:
        add_ods_rows(path.read_bytes(), path.name, "แผน", 3, [{1: "ใหม่"}], 2)
    assert "D3" in str(caught.value)


@pytest.mark.libreoffice
@needs_office
@needs_calc
def test_libreoffice_reads_what_is_filled_in_as_we_do(path, convert):
    save_ods(path, ROWS, TWICE + NOTED)
    filled = fill_ods_cells(path.read_bytes(), "แผน", {2: {2: "7, 9"}, 3: {3: "ก\nข"}})
    more = [{1: "=ไม่ใช่สูตร & <ข้อความ>", 4: "กองคลัง"}]
    path.write_bytes(add_ods_rows(filled, path.name, "แผน", 6, more, 2).content)
    (saved,) = convert("xlsx", path)
    assert rows_of(saved) == rows_of(path)
