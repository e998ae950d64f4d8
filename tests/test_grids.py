"""Spreadsheets of any kind as grids of text, and what a bad one is told."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal

import pytest
from conftest import assert_helps_the_reader
from hypothesis import example, given
from hypothesis import strategies as st
from libreoffice import needs_calc
from openpyxl import Workbook

from ita_helpers.errors import FileMissing, InputError, UnreadableFile, UnreadableSheet
from ita_helpers.files import packages
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets import grids, sheets
from ita_helpers.spreadsheets.cells import calls_out, number_text
from ita_helpers.spreadsheets.grids import ENDINGS, Grid, read_grids
from ita_helpers.spreadsheets.number_kinds import kind_of

STYLES = ["General", "0.00%", "yyyy-mm-dd", "h:mm", 'd mmm bbbb "น."', '0.00"%"']
THAI_BUILT_IN = [68, 71, 75]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKSHEET = f'Type="{RELATIONS}/worksheet"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = '<!DOCTYPE x [<!ENTITY a "{}">{}]>'.format(
    "ฮา" * 50,
    "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
)


def pack(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def xlsx(rows="", *, after="", strings="", namespace=MAIN, prolog="", book="", extra=()):
    """Build a workbook of one sheet from the XML of its rows."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + number}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for number, code in enumerate(STYLES)
    )
    used = [*(164 + number for number in range(len(STYLES))), *THAI_BUILT_IN]
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in used)
    return pack(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}">{book}'
            '<sheets><sheet name="ผล ITA" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="r1" {WORKSHEET} Target="/xl/worksheets/a.xml"/>'
            f'<Relationship Id="r2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="r4" Type="x/externalLink" Target="/x" TargetMode="External"/>'
            "</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts>{formats}</numFmts>'
            f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{styles}</cellXfs>'
            "</styleSheet>",
            "xl/SharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
            "xl/worksheets/a.xml": f'{prolog}<worksheet xmlns="{namespace}"><sheetData>{rows}'
            f"</sheetData>{after}</worksheet>",
            **dict(extra),
        }
    )


def ods(rows="", *, tables="", styles="", prolog="", manifest="<manifest/>", mimetype=ODS):
    """Build an OpenDocument file of one sheet from the XML of its rows."""
    table = f'<table:table table:name="ผล ITA">{rows}</table:table>'
    return pack(
        {
            "mimetype": mimetype,
            "META-INF/manifest.xml": manifest,
            "content.xml": f"{prolog}<office:document-content {NAMESPACES}>{styles}<office:body>"
            f"<office:spreadsheet>{tables}{table}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def cell_of(kind, text="", **attributes):
    """Write an OpenDocument cell: ``cell_of("float", office_value="1")``."""
    written = "".join(
        f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )
    kind = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{kind}{written}>{text}</table:table-cell>"


def row_of(*cells, repeated=1):
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


@pytest.fixture
def read(tmp_path):
    """Give a function that writes bytes, text or a workbook, and reads its grids."""

    def run(content, name="คะแนน.xlsx"):
        path = tmp_path / name
        if isinstance(content, Workbook):
            content.save(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_grids(path, f"งาน/{name}")

    return run


def book_of(*rows, title="ผล"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


# What a cell says


@pytest.mark.parametrize(
    ("written", "is_percent", "text"),
    [
        ("92.86", False, "92.86"),
        ("92.859999999999999", False, "92.86"),
        ("0.30000000000000004", False, "0.3"),
        ("90.0", False, "90"),
        ("9.0E1", False, "90"),
        ("1E-3", False, "0.001"),
        ("-0.0", False, "0"),
        ("1234567890123", False, "1234567890123"),
        ("1234567890123.5", False, "1234567890124"),
        ("12345678901.25", False, "12345678901.2"),
        ("0.9286", True, "92.86"),
        ("0.92859999999999998", True, "92.86"),
        ("1", True, "100"),
        ("0.07", True, "7"),
        ("1E999", False, "1E999"),
        ("nan", False, "nan"),
        ("ไม่มี", True, "ไม่มี"),
    ],
)
def test_a_number_is_as_a_person_types_it(written, is_percent, text):
    assert number_text(written, is_percent) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (" คะแนน ", "คะแนน"),
        ("น\u0e4d\u0e32ใจ", "นำใจ"),
        ("น\u0e4d\u0e49\u0e32ใจ", "น้ำใจ"),
        ("น\u0e49\u0e4d\u0e32ใจ", "น้ำใจ"),
        ("น\u0e4d\u200b\u0e32", "นำ"),
        ("อบต.\u00a0บ้าน\u200bไร่\ufeff", "อบต. บ้านไร่"),
        ("cafe\u0301", "café"),
        ("ก\r\nข\rค", "ก\nข\nค"),
        ("\u00a0\u200b \x0b", ""),
    ],
)
def test_text_is_composed_and_free_of_what_cannot_be_seen(written, text):
    assert tidy_text(written) == text
    assert tidy_text(text) == text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("0.00E+00", "number"),
        ("_-* #,##0.00_-;[Red]-#,##0.00", "number"),
        ("0.00;[Red]-0.00%", "percent"),
        (r"0.00\%", "number"),
        ('#,##0 "baht/day"', "number"),
        ("[$฿-41E]#,##0.00", "number"),
        ("[$-107041E]d mmmm yyyy", "date"),
        ("bbbb", "date"),
        ("mmmm", "date"),
        ("h:mm AM/PM", "time"),
        ("[mm]:ss", "time"),
        ("dd/mm/yyyy hh:mm", "date"),
    ],
)
def test_a_number_format_tells_percent_date_and_time(code, kind):
    assert kind_of(code) == kind


@pytest.mark.parametrize(
    "formula",
    [
        'WEBSERVICE("http://a.example")',
        'FILTERXML(_xlfn.WEBSERVICE("http://a.example"),"//x")',
        "[1]Sheet1!A1",
        "SUM('[1]ผลการ ประเมิน'!A1:B2)",
        "[2]คะแนนปีที่แล้ว!$B$4+1",
        r"'C:\งาน\[ผล 2567.xlsx]Sheet1'!A1",
        "[1]!ชื่อ",
        'INDIRECT("[other.xlsx]Sheet1!A1")',
        "cmd|'/c calc'!A0",
        "cmd|'/c calc'!'A0'",
        'DDE("soffice";"/tmp/a.ods";"Sheet1.A1")',
        'IMPORTXML("http://a.example","//x")',
        'ImportRange("x","A1")',
        'IMAGE("http://a.example/x.png")',
        "of:=['file:///tmp/a.ods'#$Sheet1.A1]",
        "of:=SUM(['file:///tmp/a%20b.ods'#$'ผล ปี'.A1:.B2])",
        "A1+" * 40000,
    ],
)
def test_a_formula_that_reaches_outside_is_known(formula):
    assert calls_out(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:B2)",
        "'ผล ปี 2567'!A1",
        'HYPERLINK("http://a.example/[1]x!","เปิด")',
        'IF(A1="see [1]Sheet1!A1","WEBSERVICE(","a|b!")',
        "Table1[[#This Row],[คะแนน]]*2",
        "SUM(Table1[คะแนน])",
        "IMSUM(A1,B1)",
        "MYIMAGE(A1)",
        "of:=SUM([.A1:.B9];[$'ผล ปี'.C1])",
        "of:=SUM({1;2|3;4})",
        "of:=[.A1:.B2]![.B1:.C3]",
        "",
    ],
)
def test_a_formula_of_the_file_itself_is_harmless(formula):
    assert not calls_out(formula)


# Grids


def test_a_grid_answers_outside_its_cells_and_names_them_as_people_do():
    grid = Grid("a.xlsx", "ผล", (("ก",), (), ("", "ข")))
    assert [grid.cell(0, 0), grid.cell(2, 1), grid.cell(1, 0)] == ["ก", "ข", ""]
    assert [grid.cell(9, 0), grid.cell(0, 9), grid.cell(-1, 0), grid.cell(0, -1)] == [""] * 4
    names = [grid.address(7, 2), grid.address(0, 25), grid.address(0, 26), grid.address(9, 16383)]
    assert names == ["C8", "Z1", "AA1", "XFD10"]


def test_values_of_every_kind_are_read_from_a_workbook(read):
    book = book_of(
        [92.86, 90.0, 0.1 + 0.2, True, date(2025, 8, 15), datetime(2025, 8, 15, 10, 30)],
        [clock(10, 30), "  น\u0e4d\u0e49\u0e32ใจ\u00a0", "#REF!", None, "=1+1", Decimal("87.5")],
        [],
        ["", None, " "],
    )
    book.active["A2"].number_format = "h:mm"
    book.active["G1"] = 0.9286
    book.active["G1"].number_format = "0.00%"
    (grid,) = read(book)
    assert (grid.file, grid.sheet) == ("งาน/คะแนน.xlsx", "ผล")
    assert grid.rows == (
        ("92.86", "90", "0.3", "TRUE", "2025-08-15", "2025-08-15T10:30:00", "92.86"),
        ("10:30:00", "น้ำใจ", "#REF!", "", "", "87.5"),
    )


def test_hidden_sheets_are_read_and_charts_are_none(read):
    book = book_of(["เห็น"])
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet.sheet_state = state
        sheet["B2"] = state
    book.create_chartsheet("แผนภูมิ")
    book.create_sheet("ว่าง")
    read_back = {grid.sheet: grid.rows for grid in read(book)}
    hidden = {state: ((), ("", state)) for state in ("hidden", "veryHidden")}
    assert read_back == {"ผล": (("เห็น",),), **hidden, "ว่าง": ()}


def test_what_is_hidden_is_known_from_every_kind_of_file(read):
    book = book_of(["ก", "ข"], ["ค", "ง"], ["จ", "ฉ"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("ลับ").sheet_state = "hidden"
    cell = cell_of("string", "<text:p>ก</text:p>")
    style = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    hidden_row = row_of(cell).replace(
        "<table:table-row", '<table:table-row table:visibility="filter"'
    )
    rows = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows += row_of(cell, cell) + hidden_row + row_of(cell)
    secret = '<table:table table:name="ลับ" table:style-name="s"/>'
    styles = f'<style:style {style} style:name="s" style:family="table">'
    styles += '<style:table-properties table:display="false"/></style:style>'
    content = ods(rows, tables=secret, styles=styles)
    for grids_read in (read(book), list(reversed(read(content, "ผล.ods")))):
        shown, hidden = grids_read
        assert (shown.is_hidden, hidden.is_hidden) == (False, True)
        assert (shown.hidden_rows, shown.hidden_columns) == ({1}, {1})


def test_a_merged_area_speaks_by_its_first_cell_only(read):
    sheet = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>'
    )
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D9"/></mergeCells>'
    (grid,) = read(xlsx(sheet, after=after))
    assert grid.rows == (("1", "", "3"),)
    assert grid.merged == ((0, 0, 1, 1),)


def test_formulas_give_the_value_saved_with_them(read):
    sheet = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2.5</v></c><c r="B1" t="str"><f>X</f><v> ก </v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>A1</f></c>'
        '<c r="E1" t="b"><f>TRUE()</f><v>0</v></c><c r="F1" s="1"><f>A1</f><v>0.9286</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">[1]S!A1</f><v>1</v></c></row>'
        '<row r="4"><c r="A4"><f t="shared" si="0"/><v>2</v></c><c r="B4"><f>B1</f><v/></c></row>'
    )
    (grid,) = read(xlsx(sheet))
    assert grid.rows == (
        ("2.5", "ก", "#DIV/0!", "", "FALSE", "92.86"),
        (),
        ("1",),
        ("2",),
    )
    assert grid.calls_out == {(2, 0), (3, 0)}


def test_formats_of_a_thai_excel_are_known_by_their_number(read):
    cells = "".join(f'<c s="{style}"><v>45884</v></c>' for style in (0, 2, 4, 5, 7))
    cells += '<c s="6"><v>0.9286</v></c><c s="8"><v>0.4375</v></c><c s="2"><v>-9</v></c>'
    (grid,) = read(xlsx(f"<row>{cells}</row>"))
    day = "2025-08-15"
    texts = ("45884", day, day, "45884", day, "92.86", "10:30:00", "1899-12-21")
    assert grid.rows == (texts,)


def test_a_date_beyond_the_calendar_stays_a_number(read):
    (grid,) = read(xlsx('<row><c s="2"><v>99999999</v></c><c s="3"><v>nan</v></c></row>'))
    assert grid.rows == (("99999999", "nan"),)


def test_days_are_counted_from_1904_where_the_workbook_says_so(read):
    book = '<workbookPr date1904="1"/>'
    (grid,) = read(xlsx('<row><c s="2"><v>44422</v></c></row>', book=book))
    assert grid.rows == (("2025-08-15",),)


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_strings_of_every_shape_are_read(read, namespace):
    strings = (
        '<si><r><t>อบต.</t></r><r><t xml:space="preserve"> บ้านไร่</t></r><rPh><t>x</t></rPh></si>'
        "<si><t>ก_x000D_\nข_x005F_x</t></si>"
    )
    sheet = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>ค</t></is></c>'
        '<c t="d"><v>2025-08-15T00:00:00Z</v></c></row>'
    )
    (grid,) = read(xlsx(sheet, strings=strings, namespace=namespace))
    assert grid.rows == (("อบต. บ้านไร่", "ก\nข_x", "ค", "2025-08-15"),)
    assert grid.sheet == "ผล ITA"


def test_values_of_every_kind_are_read_from_an_open_document(read):
    comment = "<office:annotation><text:p>ความเห็น</text:p></office:annotation>"
    outside = "of:=['file:///tmp/a.ods'#$S.A1]"
    cells = [
        cell_of("float", "<text:p>92.9</text:p>", office_value="92.859999999999999"),
        cell_of("percentage", "<text:p>93%</text:p>", office_value="0.9286"),
        cell_of("currency", "<text:p>฿5</text:p>", office_value="5"),
        cell_of("date", "<text:p>ส.ค.</text:p>", office_date_value="2025-08-15"),
        cell_of("date", office_date_value="2025-08-15T10:29:59.999999999"),
        cell_of("time", office_time_value="PT26H30M00S"),
        cell_of("boolean", office_boolean_value="true"),
        cell_of("float", "<text:p>FALSE</text:p>", office_value="0"),
        cell_of("string", "<text:p>#REF!</text:p>", office_string_value=""),
        cell_of("string", f"{comment}<text:p>ก<text:s text:c='2'/><text:span>ข</text:span></text:p>"
                "<text:p>ค<text:line-break/>ง<text:tab/>จ</text:p>"),
        cell_of("float", table_formula=outside, office_value="7"),
        cell_of("", table_formula="of:=1"),
        cell_of("", "<table:cell-range-source/>"),
    ]  # fmt: skip
    (grid,) = read(ods(row_of(*cells)), "ผล.ods")
    texts = [
        "92.86",
        "92.86",
        "5",
        "2025-08-15",
        "2025-08-15T10:30:00",
        "26:30:00",
        "TRUE",
        "FALSE",
    ]
    assert grid.rows == ((*texts, "#REF!", "ก  ข\nค\nง\tจ", "7"),)
    assert grid.calls_out == {(0, 10), (0, 12)}


def test_an_open_document_shows_more_than_its_cells_too(read):
    styles = (
        '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'style:name="{}"><style:text-properties {}/></style:style>'
    )
    body = (
        '<table:shapes><draw:frame xmlns:draw="urn:x"><text:p>กล่อง'
        "</text:p></draw:frame></table:shapes><table:table-row>"
        '<table:table-cell office:value-type="string"><office:annotation><text:p>ความเห็น</text:p>'
        '</office:annotation><text:p>92.86<text:span text:style-name="up">1</text:span></text:p>'
        '</table:table-cell><table:table-cell table:style-name="cut" office:value-type="float" '
        'office:value="85"><text:p>85</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    )
    looks = styles.format("up", 'style:text-position="super 58%"')
    looks += styles.format("cut", 'style:text-line-through-style="solid"')
    (grid,) = read(ods(body, styles=looks), "ก.ods")
    assert grid.rows == (("92.861", "85"),)
    assert grid.without_asides().rows == (("92.86", ""),)
    assert {(each.kind, each.text, each.row, each.column) for each in grid.asides} == {
        ("drawings", "กล่อง", -1, -1),
        ("comments", "ความเห็น", 0, 0),
        ("marks", "1", 0, 0),
        ("struck", "85", 0, 1),
    }
    assert grid.without_value == {(0, 2)}


def test_repeated_cells_stand_where_they_are_shown(read):
    twice = cell_of("string", "<text:p>ก</text:p>", table_number_columns_repeated="2")
    gap = cell_of("", table_number_columns_repeated="3")
    rest = cell_of("", table_number_columns_repeated="16376")
    span = cell_of(
        "float", office_value="1", table_number_columns_spanned="2", table_number_rows_spanned="2"
    )
    covered = '<table:covered-table-cell office:value-type="float" office:value="9"/>'
    rows = (
        row_of(twice, gap, twice, rest, repeated=2)
        + f"<table:table-row-group>{row_of(gap, repeated=3)}</table:table-row-group>"
        + f"<table:table-header-rows>{row_of(span, covered)}</table:table-header-rows>"
        + row_of(covered.replace("/>", ' table:number-columns-repeated="2"/>'), twice)
        + row_of(gap, repeated=1_000_000)
    )
    (grid,) = read(ods(rows))
    wide = ("ก", "ก", "", "", "", "ก", "ก")
    assert grid.rows == (wide, wide, (), (), (), ("1",), ("", "", "ก", "ก"))
    assert grid.merged == ((5, 0, 6, 1),)


def test_a_million_empty_rows_cost_nothing(read):
    blank = cell_of("", table_number_columns_repeated="16384")
    rows = row_of(cell_of("float", office_value="1")) + row_of(blank, repeated=1_048_575)
    start = time.process_time()
    (grid,) = read(ods(rows))
    assert grid.rows == (("1",),)
    assert time.process_time() - start < 1


def test_what_an_open_document_keeps_of_other_files_is_no_sheet(read):
    row = row_of(cell_of("float", office_value="1"))
    kept = (
        f"<table:table table:name=\"'file:///tmp/a.ods'#S\">{row}</table:table>"
        f"<table:dde-links><table:dde-link><table:table>{row}</table:table></table:dde-link>"
        "</table:dde-links>"
    )
    assert [grid.sheet for grid in read(ods(row, tables=kept))] == ["ผล ITA"]


@pytest.mark.parametrize("name", ["ผล.csv", "ผล.tsv", "ผล.CSV"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_delimited_text_is_read_with_any_separator_and_encoding(read, name, separator, encoding):
    lines = [["ผลการประเมิน"], ["ชื่อ", "คะแนน", ""], [], ['"อบต. ก, ข; ค\nง"', "92.860", "85%"]]
    text = "\r\n".join(separator.join(line) for line in lines) + "\r\n\r\n"
    (grid,) = read(text.encode(encoding), name)
    last = ("อบต. ก, ข; ค\nง", "92.860", "85%")
    assert grid == Grid(f"งาน/{name}", "", (("ผลการประเมิน",), ("ชื่อ", "คะแนน"), (), last))


def test_the_content_decides_what_a_file_is_not_its_ending(read):
    row = row_of(cell_of("float", office_value="1"))
    assert read(ods(row), "ผล.xlsx")[0].rows == (("1",),)
    assert read(xlsx("<row><c><v>2</v></c></row>"), "ผล.xls")[0].rows == (("2",),)
    assert read(xlsx("<row><c><v>3</v></c></row>"), "ผล.csv")[0].rows == (("3",),)


# Bad files

PLAIN = xlsx("<row><c><v>1</v></c></row>")


@pytest.mark.parametrize(
    ("name", "content", "problem", "facts"),
    [
        ("ผล.xlsx", PLAIN[:-40], "broken", ["ชำรุด", ".xlsx"]),
        ("ผล.xlsx", PLAIN[:300], "broken", ["ชำรุด"]),
        ("ผล.xlsx", xlsx("<row></rox>"), "broken", ["ชำรุด"]),
        ("ผล.xlsx", bytes(range(256)) * 4, "broken", ["ชำรุด"]),
        ("ผล.ods", ods()[:-30], "broken", ["ชำรุด"]),
        ("ผล.xlsx", xlsx("<row r='x'/>"), "broken", ["ชำรุด"]),
        ("ผล.xlsx", xlsx("<row><c t='s'><v>9</v></c></row>"), "broken", ["ชำรุด"]),
        ("ผล.xlsx", pack({"[Content_Types].xml": TYPES}), "broken", ["ชำรุด"]),
        ("ผล.ods", ods("<table:table-row table:number-rows-repeated='-1'/>"), "broken", ["ชำรุด"]),
        ("ผล.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked", ["รหัสผ่าน"]),
        ("ผล.ods", ods(manifest="<m:encryption-data/>"), "locked", ["รหัสผ่าน"]),
        ("ผล.xls", OLE + "Workbook".encode("utf-16-le"), "broken", ["ชำรุด", ".xlsx"]),
        ("ผล.xlsx", OLE, "broken", [".xlsx"]),
        ("ผล.xlsb", b"PK", "ending", [".xlsx"]),
        ("ผล.pdf", b"%PDF-1.7", "ending", list(ENDINGS)),
        ("ผล", b"", "ending", list(ENDINGS)),
        ("ผล.xlsx", "เรียน ท่านผู้อำนวยการ\nส่งมาแล้ว\n", "text", [".csv"]),
        ("ผล.xls", "ส่งมาแล้ว\n".encode("cp874"), "text", [".csv"]),
        ("ผล.xls", "\ufeff\r\n<HTML><body><table>", "web_page", ["หน้าเว็บ", ".xlsx"]),
        ("ผล.xls", "<html>".encode("utf-16"), "web_page", ["หน้าเว็บ"]),
        ("ผล.csv", '<?xml version="1.0"?><Workbook/>', "web_page", ["XML"]),
        ("ผล.xls", "MIME-Version: 1.0\nX-Document-Type: Workbook", "web_page", ["หน้าเว็บ"]),
        ("ผล.xlsx", pack({"ผล.xlsx": PLAIN}), "archive", ["ZIP"]),
        ("ผล.ods", ods(mimetype=ODS.replace("spreadsheet", "text")), "archive", ["ZIP"]),
        ("~$ผล.xlsx", b"officer", "owner", [" ผล.xlsx "]),
        (".~lock.ผล.ods#", b"officer", "owner", [" ผล.ods "]),
        ("ผล.csv", " \n", "empty", ["ไม่มีข้อมูล"]),
        ("ผล.csv", ",,\n", "empty", ["ไม่มีข้อมูล"]),
        ("ผล.xlsx", b"", "empty", ["ไม่มีข้อมูล"]),
        ("ผล.xlsx", xlsx("<row><c/><c t='str'><v> </v></c></row>"), "empty", ["ไม่มีข้อมูล"]),
        ("ผล.xlsx", pack({"a": bytes(21 * 2**20), **dict.fromkeys("bc", "")}), "bomb", ["บีบอัด"]),
        ("ผล.xlsx", pack({"a": "a"}, zipfile.ZIP_LZMA), "unsafe", ["ปลอดภัย"]),
        ("ผล.xlsx", xlsx(f"<row><c><f>{'A' * 12_000_000}</f></c></row>"), "unsafe", ["ปลอดภัย"]),
    ],
)
def test_a_bad_file_is_told_with_its_name_and_a_remedy(read, name, content, problem, facts):
    with pytest.raises(UnreadableSheet) as caught:
        read(content, name)
    assert caught.value.facts["problem"] == problem
    assert_helps_the_reader(caught.value, f"งาน/{name}", "ให้", *facts)


def test_a_workbook_of_word_is_no_spreadsheet(read, tmp_path):
    docx = pytest.importorskip("docx")
    docx.Document().save(tmp_path / "a.docx")
    with pytest.raises(UnreadableSheet, match="ZIP"):
        read((tmp_path / "a.docx").read_bytes())


def test_a_missing_file_a_folder_and_a_locked_file_are_told_as_everywhere(tmp_path, monkeypatch):
    with pytest.raises(FileMissing) as missing:
        read_grids(tmp_path / "ผล.xlsx", "ผล.xlsx")
    with pytest.raises(UnreadableFile) as folder:
        read_grids(tmp_path, "งาน")
    (tmp_path / "ผล.xlsx").write_bytes(PLAIN)
    monkeypatch.setattr("pathlib.Path.open", lambda *_: (_ for _ in ()).throw(PermissionError()))
    with pytest.raises(UnreadableFile) as denied:
        read_grids(tmp_path / "ผล.xlsx", "ผล.xlsx")
    for error, name in ((missing, "ผล.xlsx"), (folder, "งาน"), (denied, "ผล.xlsx")):
        assert_helps_the_reader(error.value, name)
    assert denied.value.facts["problem"] == "denied"


def test_an_open_quote_is_told_with_its_line(read):
    with pytest.raises(UnreadableFile) as caught:
        read('ชื่อ,คะแนน\n"ก,1\n', "ผล.csv")
    assert_helps_the_reader(caught.value, "งาน/ผล.csv", '"')


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"]
)
def test_a_table_of_text_is_read_in_every_encoding_and_with_every_separator(
    read, separator, encoding
):
    rows = [("ชื่อหน่วยงาน", "คะแนน"), ("อบต.สมมติ", "92.50")]
    text = "\r\n".join(separator.join(row) for row in rows)
    (grid,) = read(text.encode(encoding), "ผล.csv")
    assert grid.rows == tuple(rows)


def test_a_large_file_is_refused_before_it_is_read(read, monkeypatch):
    monkeypatch.setattr(grids, "MOST_BYTES", 1024**2)
    with pytest.raises(UnreadableSheet) as caught:
        read(bytes(1024**2 + 1))
    assert_helps_the_reader(caught.value, "งาน/คะแนน.xlsx", "1 เมกะไบต์")


def test_many_members_that_swell_together_are_refused(read, monkeypatch):
    monkeypatch.setattr(packages, "MOST_UNPACKED", 10_000)
    members = {str(number): bytes(5_000) for number in range(3)}
    with pytest.raises(UnreadableSheet, match="บีบอัด"):
        read(pack(members))


def test_a_member_that_lies_about_its_size_is_cut_there(read):
    rows = "<row><c><v>1</v></c></row>" * 200_000
    honest = xlsx(rows)
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        size = package.getinfo("xl/worksheets/a.xml").file_size
    lying = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(UnreadableSheet, match="ชำรุด"):
        read(lying)


@pytest.mark.parametrize("where", ["text", "attribute"])
@pytest.mark.parametrize("build", ["xlsx", "ods"])
def test_entities_never_grow(read, build, where):
    start = time.process_time()
    if build == "xlsx":
        cell = {"text": "<c t='str'><v>&i;</v></c>", "attribute": "<c t='&i;'/>"}[where]
        content = xlsx(f"<row>{cell}</row>", prolog=BOMB)
    else:
        text = {"text": "<text:p>&i;</text:p>", "attribute": "<text:p text:x='&i;'/>"}[where]
        content = ods(row_of(cell_of("string", text)), prolog=BOMB)
    with pytest.raises(UnreadableSheet) as caught:
        read(content)
    assert caught.value.facts["problem"] in ("unsafe", "broken")
    assert time.process_time() - start < 2


def test_no_other_file_is_read_through_an_entity(read, tmp_path):
    (tmp_path / "secret").write_text("ความลับ", encoding="utf-8")
    prolog = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    with pytest.raises(UnreadableSheet, match="ปลอดภัย"):
        read(xlsx("<row><c t='str'><v>&a;</v></c></row>", prolog=prolog))


@pytest.mark.parametrize(
    "content",
    [
        ods(row_of(cell_of("float", office_value="1"), repeated=4_000_000)),
        ods(row_of(cell_of("float", office_value="1", table_number_columns_repeated="999999"))),
        ods(row_of(cell_of("", table_formula="DDE(1)"), repeated=4_000_000)),
        xlsx('<row r="99999999"><c><v>1</v></c></row>'),
        xlsx("".join(f'<row><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 300))),
        xlsx('<row r="1048577"><c><v>1</v></c></row>'),
    ],
)
def test_too_many_cells_are_refused_while_they_are_few(read, content):
    start = time.process_time()
    with pytest.raises(UnreadableSheet) as caught:
        read(content)
    assert_helps_the_reader(caught.value, "งาน/คะแนน.xlsx", "ผล ITA", "3,000,000")
    assert time.process_time() - start < 8


def test_all_sheets_share_one_allowance(read, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_CELLS", 10)
    book = book_of(range(6))
    book.create_sheet("สอง").append(list(range(6)))
    with pytest.raises(UnreadableSheet, match="“สอง”"):
        read(book)
    with pytest.raises(UnreadableSheet, match="เกิน 10 เซลล์"):
        read("1,2,3\n" * 4, "ผล.csv")


# The same from every program

LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="_\ufffe\uffff"
)
THAI_LETTERS = st.sampled_from("กขนำา\u0e4d\u0e48\u0e49ู้ \u00a0\u200b1,;\"'=")
CELLS = st.one_of(
    st.text(st.one_of(LETTERS, THAI_LETTERS), max_size=12),
    st.decimals(-(10**6), 10**6, places=4).map(lambda number: number + 0),
    st.integers(-(10**14), 10**14),
    st.none(),
)


@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=5))
@example(rows=[["=1+1", Decimal("92.86")], [None, "น\u0e4d\u0e32"]])
def test_what_openpyxl_writes_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "written.xlsx"
    book = Workbook()
    for number, row in enumerate([["หัว"], *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    (grid,) = read_grids(path, "a.xlsx")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            assert grid.cell(number, column) == expected(value)
    assert all(row[-1] for row in grid.rows if row)


def expected(value):
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".")
    return tidy_text(str(value))


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", OLE[:8], b"<"]))
def test_any_bytes_give_grids_or_a_refusal(tmp_path_factory, content, start):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(start + content)
    try:
        assert read_grids(path, "any.csv")
    except InputError as error:
        assert_helps_the_reader(error, "any.csv")


@given(place=st.integers(0, len(PLAIN) - 1), byte=st.integers(0, 255))
def test_a_damaged_byte_gives_grids_or_a_refusal(tmp_path_factory, place, byte):
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(PLAIN[:place] + bytes([byte]) + PLAIN[place + 1 :])
    try:
        assert read_grids(path, "damaged.xlsx")
    except InputError as error:
        assert_helps_the_reader(error, "damaged.xlsx")


def results():
    """Build what an office may send: title, merged heads, percents, dates, formulas, mistakes."""
    book = book_of(
        ["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568"],
        ["หน่วยงาน", "น\u0e4d\u0e49\u0e32ใจ\u00a0", None, "ร้อยละ", "วันที่", "เวลา", "สูตร"],
        ["อบต.บ้านไร่", 92.86, 0.1 + 0.2, 0.9286, date(2025, 8, 15), clock(10, 30), "=B3+1"],
        ["อบต.บ้านเรา", "90.50", 1234567890123, 1, datetime(2025, 8, 15, 9, 5), True, "=1/0"],
        [],
        [None, "บรรทัดหนึ่ง\nบรรทัดสอง", "  เว้นวรรค  สองครั้ง ", 0, -1.5, "'", '=A9&"ก"'],
    )
    sheet = book.active
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A3:A4")
    for place, code in (("D3", "0.00%"), ("D4", "0%"), ("F3", "h:mm"), ("B3", '0.00"%"')):
        sheet[place].number_format = code
    sheet["G5"] = '=WEBSERVICE("http://localhost:9/")'
    hidden = book.create_sheet("ซ่อน")
    hidden.sheet_state = "hidden"
    hidden["C3"] = "=SUM(ผล!B3:B3)"
    return book


@pytest.mark.libreoffice
@needs_calc
def test_libreoffice_saves_the_same_grids_in_both_formats(tmp_path, convert):
    results().save(tmp_path / "ผล.xlsx")
    read_back = {}
    for ending in ("ods", "xlsx"):
        (saved,) = convert(ending, tmp_path / "ผล.xlsx")
        read_back[ending] = read_grids(saved, "ผล")
    assert read_back["ods"] == read_back["xlsx"]
    visible, hidden = read_back["xlsx"]
    assert visible.rows[2] == (
        *("อบต.บ้านไร่", "92.86", "0.3", "92.86", "2025-08-15", "10:30:00", "93.86"),
    )
    assert visible.rows[3][1:] == (
        *("90.50", "1234567890123", "100", "2025-08-15T09:05:00", "TRUE", "#DIV/0!"),
    )
    assert visible.cell(1, 1) == "น้ำใจ"
    assert visible.merged == ((0, 0, 0, 6), (1, 1, 1, 2), (2, 0, 3, 0))
    assert visible.calls_out == {(4, 6)}
    assert hidden.cell(2, 2) == "92.86"
