"""Words of strangers are no formulas in what we write, and come back as they were."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from conftest import CHARACTERS, data_of
from hypothesis import example, given
from hypothesis import strategies as st

from ita_helpers.files.inert import as_csv_cell, of_csv_cell
from ita_helpers.files.workspace import Workspace
from ita_helpers.plans.book import render_book
from ita_helpers.plans.draft import draft_measures
from ita_helpers.run.manifest import Manifest, ReportRow
from ita_helpers.store.table_files import read_cells, render_table

FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","ก")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "- ควรปรับปรุง",
    "\t=1",
    " =1",
    "'=1",
    "''=1",
    "\uff1d1+1",
    "+5",
]
HARMLESS = ["-5", "-5.00", "92.86", "เทศบาลตำบล", "'กขค", "5-1", "a=b", "'", "", "(=1)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_computes_a_cell_we_write(text):
    assert as_csv_cell(text)[0] == "'"
    assert of_csv_cell(as_csv_cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    assert as_csv_cell(text) == of_csv_cell(text) == text


ANY = st.text("'=+-@\t 5.กa|!\uff1d") | st.text(CHARACTERS)


@given(ANY)
@example("'-5")
@example("'\t5")
def test_what_is_written_is_what_is_read(text):
    assert of_csv_cell(as_csv_cell(text)) == text


LINES = ANY.map(lambda text: re.sub("\r\n?", "\n", text).replace("\0", "").strip())


@given(st.lists(LINES, min_size=2, max_size=2))
@example(["=cmd|' /C calc'!A0", "@x"])
def test_a_table_written_read_and_written_is_the_same(tmp_path_factory, cells):
    folder = tmp_path_factory.mktemp("table")
    path = folder / "data/organisations.csv"
    path.parent.mkdir()
    given = {"organisation": "x", "name": cells[0], "short_name": cells[1]}
    path.write_bytes(render_table("organisations", [given]))
    (read,) = read_cells(Workspace(folder), path, "organisations")
    assert {key: read[key] for key in given} == given
    assert render_table("organisations", [read]) == path.read_bytes()
    rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    for cell in [*rows][1]:
        assert as_csv_cell(of_csv_cell(cell)) == cell


def test_a_lone_carriage_return_begins_no_row(small_workspace):
    path = small_workspace.organisations
    row = {"organisation": "x", "name": "ก\ry,=1,,,,,"}
    path.write_bytes(render_table("organisations", [row]))
    assert [each["name"] for each in read_cells(small_workspace, path, "organisations")] == [
        "ก\ny,=1,,,,,"
    ]


@pytest.mark.parametrize("name", FORMULAS[:6])
def test_the_list_of_failures_computes_nothing(tmp_path, name):
    manifest = Manifest(tmp_path, lambda path: None)
    manifest.write(ReportRow("2568/x", name, "failed", reason=name, cell=name))
    manifest.write_failures()
    text = (tmp_path / "failures.csv").read_text(encoding="utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row == ["2568/x", *[as_csv_cell(name)] * 3]
    manifest.close()


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(name):
    data = data_of("bang-khae")
    measures = draft_measures(data, None)
    content = render_book(data.organisation, data.framework, measures, [name])
    assert name.strip() in _texts_without_formulas(content)


def _texts_without_formulas(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return {str(cell.value).strip() for cell in cells}
