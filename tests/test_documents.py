"""Finished reports of any kind become the same lines and tables, or one clear refusal."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

import docx
import pikepdf
import pytest
import typst
from conftest import CHARACTERS, ROOT, YEARS, assert_helps_the_reader, examples, rules
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reading import lines, tables

from ita_helpers.documents import pdf as pdf_reader
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.letters import put_right
from ita_helpers.documents.pdf_streams import unpacks_to_more
from ita_helpers.documents.reading import read_document
from ita_helpers.errors import ItaError
from ita_helpers.files import packages

BROKEN = """\
ตัวชี้วัดที่ ๒ การใช้งบประมาณ ๘๘.๐๘ คะแนน และตัวชี้วัดที่ ๓ การใช้อำนาจ
๘๙.๔๐ คะแนน

ผู้รับบริการบางส่วนเห็นว่าข้อมูลที่เผยแพร่เข้าถึงยากและไม่เป็นปัจจุบัน
จึงควรปรับปรุงเว็บไซต์

๔  การใช้ทรัพย์สินของราชการ  ๙๑.๒๙
๕  การแก้ไขปัญหาการทุจริต  ๘๘.๐๘
แบบวัด EIT
๖  คุณภาพการดำเนินงาน  ๘๙.๔๐
คะแนนภาพรวม  ๗๖.๖๗
"""
NUMBERS = """\
รายงานปีงบประมาณ พ.ศ. 2568

ที่\tตัวชี้วัด\tเครื่องมือ\tคะแนน
1\tการปฏิบัติหน้าที่\tIIT\t90.00
2\tการใช้งบประมาณ\tIIT\t88.00
3\tการใช้อำนาจ\tIIT\t86.00
4\tการใช้ทรัพย์สินของราชการ\tIIT\t85.00
5\tการแก้ทุจริตคอร์รัปชัน\tIIT\t84.00

ปี\t1\t2\t3\t4\tรวม
2567\t80.10\t81.10\t82.10\t83.10\t85.00
"""
TEXT = """\
รายงานของหน่วยงานตัวอย่าง (ข้อมูลสมมติ)

๑. ผลคะแนน

ปีงบประมาณ พ.ศ. ๒๕๖๘ ได้ ๙๒.๘๖ คะแนน

ตัวชี้วัด\tคะแนน
๑. การปฏิบัติหน้าที่\t๙๐.๐๐

- ๒ -

ตัวชี้วัด\tคะแนน
๒. การใช้งบประมาณ\t<p>๘๐.๐๐</p>
"""


def read(tmp_path: Path, name: str, content: str | bytes) -> Document:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path, name)


ROWS = [["ตัวชี้วัด", "คะแนน"], ["1. การปฏิบัติหน้าที่", "90.00"], ["2. การใช้งบประมาณ", "80.00"]]


def test_text_has_tables_joined_over_pages_and_the_lines_of_its_file(tmp_path):
    document = read(tmp_path, "รายงาน.txt", TEXT)
    assert tables(document) == [ROWS]
    spots = {each.text: each for each in document.blocks if isinstance(each, Line)}
    assert spots["1. ผลคะแนน"].level == 1
    sentence = spots["ปีงบประมาณ พ.ศ. 2568 ได้ 92.86 คะแนน"]
    assert (sentence.level, sentence.spot.line) == (0, 5)
    assert sentence.raw == "ปีงบประมาณ พ.ศ. ๒๕๖๘ ได้ ๙๒.๘๖ คะแนน"


def test_lines_broken_in_a_sentence_are_one_and_rows_set_with_blanks_are_a_table(tmp_path):
    file = tmp_path / "broken.txt"
    file.write_text(BROKEN, encoding="utf-8")
    document = read_document(file, file.name)
    assert lines(document)[0].endswith("การใช้อำนาจ 89.40 คะแนน")
    assert lines(document)[1].endswith("จึงควรปรับปรุงเว็บไซต์")
    (table,) = tables(document)
    assert table[2] == ["แบบวัด EIT", "", ""]
    assert table[-1] == ["คะแนนภาพรวม", "", "76.67"]


def test_rows_and_columns_are_of_the_indicators_that_their_numbers_say(tmp_path):
    file = tmp_path / "numbers.txt"
    file.write_text(NUMBERS, encoding="utf-8")
    known = {2568: rules(2568)}
    said = claims_of(read_document(file, file.name), known, fiscal_year=2568).claims
    points = {(e.code, e.fiscal_year): str(e.points) for e in said if e.points is not None}
    assert points["5", 2568] == "84.00"
    assert points["4", 2567] == "83.10"
    assert points["ITA", 2567] == "85.00"
    assert ("IIT", 2568) not in points


def test_a_web_page_and_markdown_give_the_same_table(tmp_path):
    web = """<html><head><title>ก</title></head><body><h1>ผล</h1><p>ได้ <b>๙๒.๘๖</b> คะแนน
        <script>1</script></p><table><tr><th>ตัวชี้วัด<th>คะแนน<tr><td>๑. การปฏิบัติหน้าที่<td>๙๐.๐๐
        <tr><td>๒. การใช้งบประมาณ<td>๘๐.๐๐</table><div>ท้าย<br>เรื่อง</div></body></html>"""
    mark = "# ผล\n\nได้ **๙๒.๘๖** คะแนน\n\n|ตัวชี้วัด|คะแนน|\n|--|--|\n"
    mark += "|๑. การปฏิบัติหน้าที่|๙๐.๐๐|\n|๒. การใช้งบประมาณ|๘๐.๐๐|\n"
    page, plain = read(tmp_path, "a.html", web), read(tmp_path, "a.md", mark)
    assert tables(page) == tables(plain) == [ROWS]
    assert lines(page) == ["ผล", "ได้ 92.86 คะแนน", "ท้าย", "เรื่อง"]
    assert lines(plain) == ["ผล", "ได้ 92.86 คะแนน"]
    assert [each.level for each in page.blocks if isinstance(each, Line)] == [1, 0, 0, 0]


def test_merged_cells_of_a_web_page_keep_their_columns(tmp_path):
    web = "<table><tr><td rowspan=2>ก<td colspan=2>ข<tr><td>ค<td>ง</table>"
    (table,) = read(tmp_path, "a.html", web).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["ก", "ข", ""], ["", "ค", "ง"]]
    assert [cell.is_continued for cell in table.rows[1]] == [True, False, False]


def word(*xml: str) -> bytes:
    book = docx.Document()
    body = book.element.body
    for each in xml:
        body.insert(
            len(body) - 1,
            parse_xml(each.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)),
        )
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_word_shows_insertions_and_text_boxes_and_no_deletions(tmp_path):
    paragraph = (
        "<w:p><w:r><w:t>ได้ </w:t></w:r><w:del><w:r><w:delText>๑๐.๐๐</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>๙๒.๘๖</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert lines(read(tmp_path, "a.docx", word(paragraph))) == ["ได้ 92.86", "ในกล่อง"]


def test_word_numbers_its_lists_and_merges_its_cells(tmp_path):
    entry = '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = (
        "<w:tbl><w:tr>"
        + cell.format('<w:vMerge w:val="restart"/>', "ก")
        + cell.format('<w:gridSpan w:val="2"/>', "ข")
        + "</w:tr><w:tr>"
        + cell.format("<w:vMerge/>", "")
        + cell.format("", "ค")
        + cell.format("", "ง")
        + "</w:tr></w:tbl>"
    )
    document = read(tmp_path, "a.docx", word(entry.format("หนึ่ง"), entry.format("สอง"), table))
    assert lines(document) == ["1. หนึ่ง", "2. สอง"]
    assert tables(document) == [[["ก", "ข", ""], ["", "ค", "ง"]]]


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("(อ้างอิงจาก ๐๑๒, ๐๑๓) ข้อ ๐๘", "(อ้างอิงจาก O12, O13) ข้อ O8"),
        ("พบว่า 1๑ ประเด็น E๒", "พบว่า I1 ประเด็น E2"),
        ("๑๐๐.๐๐ คะแนน 1๒ เดือน", "100.00 คะแนน 12 เดือน"),
        ("๐๕/๑๒/๒๕๖๗ โทร ๐๕๓ ๑๒๓๔๕๖ วันที่ ๐๑ มกราคม", "05/12/2567 โทร 053 123456 วันที่ 01 มกราคม"),
        ("ส านักงาน ประจ\u0e4d\u0e32ปี ท\uf70aี่", "สำนักงาน ประจำปี ที่"),
        ("พ.ศ. ๒๕ ๖๘ ได้ ๙๒ .๘๖", "พ.ศ. 2568 ได้ 92.86"),
        ("ใ ห้ ค\u200bะแนน เเละ ข้อ ๑. ๑๐ คน", "ให้ คะแนน และ ข้อ 1. 10 คน"),
    ],
)
def test_letters_of_old_fonts_and_scanners_are_put_right(raw, right):
    assert put_right(raw) == right
    assert put_right(right) == right


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 30_000_000)
    return made.getvalue()


def packed(document: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", document)
    return made.getvalue()


OPEN = {
    each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"
    for each in ("office", "text", "table", "style", "drawing", "fo")
}
OPEN_STYLES = """
<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="H"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="๑, ๒" style:num-suffix="."/>
<text:list-level-style-number text:level="2" text:display-levels="2" style:num-format="๑"/>
</text:list-style>"""


def open_text(body: str, edge: str = "", locked: str = "") -> bytes:
    """Return a text as LibreOffice packs it."""
    names = " ".join(f'xmlns:{each}="{name}"' for each, name in OPEN.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", f"<a>{locked}</a>")
        content = f"{OPEN_STYLES}<office:text>{body}</office:text>"
        for name, inside in (("content.xml", content), ("styles.xml", edge)):
            package.writestr(name, f"<office:document {names}>{inside}</office:document>")
    return made.getvalue()


def test_an_open_text_shows_lists_tables_and_text_boxes_and_no_deletions(tmp_path):
    entry = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = f"<text:list>{entry('ย่อย', '')}</text:list>"
    cell = "<table:table-cell {}><text:p>{}</text:p></table:table-cell>".format
    covered = "<table:covered-table-cell/>"
    rows = (
        cell('table:number-columns-spanned="2"', "ก") + covered,
        cell('table:number-rows-spanned="2"', "ข") + cell("", "ค"),
        covered + cell("", "ง"),
    )
    body = (
        "<text:tracked-changes><text:p>ลบแล้ว</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">ผล<text:s text:c="2"/>คะแนน</text:h>'
        '<text:p>ได้<text:tab/>๙๒.๘๖<text:span text:style-name="H">ซ่อน</text:span>'
        "<drawing:frame><drawing:text-box><text:p>ในกรอบ</text:p></drawing:text-box></drawing:frame>"
        "</text:p>"
        f'<text:list text:style-name="L">{entry("หนึ่ง", inner)}{entry("สอง", "")}</text:list>'
        f"<table:table>{''.join(map('<table:table-row>{}</table:table-row>'.format, rows))}"
        "</table:table>"
        '<text:p text:style-name="B">1. ตัวหนา</text:p>'
    )
    edge = "<style:header><text:p>หัวกระดาษ</text:p></style:header>"
    document = read(tmp_path, "รายงาน.odt", open_text(body, edge))
    said = ["ผล คะแนน", "ได้ 92.86", "ในกรอบ", "1. หนึ่ง", "1.1 ย่อย", "2. สอง"]
    assert lines(document) == [*said, "1. ตัวหนา", "หัวกระดาษ"]
    assert tables(document) == [[["ก", ""], ["ข", "ค"], ["", "ง"]]]
    (table,) = (each for each in document.blocks if isinstance(each, Table))
    assert table.rows[2][0].is_continued
    assert [each.level for each in document.blocks if isinstance(each, Line) and each.level] == [
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"PK\x03\x04 broken", "ชำรุด"),
        ("a.docx", bomb(), "คลายการบีบอัด"),
        (
            "a.docx",
            packed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
            "ปลอดภัย",
        ),
        ("a.docx", packed("<a"), "ชำรุด"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "รหัสผ่าน",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("a.odt", b"PK", "ชำรุด"),
        ("a.odt", open_text("", locked="encryption-data"), "รหัสผ่าน"),
        ("a.rtf", b"{\\rtf1 a}", ".docx"),
        ("a.doc", b"{\\rtf1 a}", ".rtf"),
        ("a.txt", b"  \n ", "ไม่มีข้อความ"),
        ("~$a.docx", b"", "a.docx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path, name, content, said):
    with pytest.raises(ItaError) as told:
        read(tmp_path, name, content)
    assert_helps_the_reader(told.value, name, said)


def test_a_package_may_not_unpack_to_more_than_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MOST_UNPACKED", 100)
    with pytest.raises(ItaError, match="คลายการบีบอัด"):
        read(tmp_path, "a.docx", word("<w:p><w:r><w:t>ก</w:t></w:r></w:p>"))


@pytest.mark.parametrize("limit", ["MOST_KEPT", "MOST_MARKS", "MOST_MEMBERS"])
def test_a_package_may_not_hold_more_than_memory_should(tmp_path, monkeypatch, limit):
    many = word(*["<w:p><w:r><w:t>ก</w:t></w:r></w:p>"] * 9)
    assert lines(read(tmp_path, "a.docx", many)) == ["ก"] * 9
    monkeypatch.setattr(packages, limit, 5)
    with pytest.raises(ItaError, match="คลายการบีบอัด"):
        read(tmp_path, "a.docx", many)


PAGE = """\
#set document(title: "รายงาน")
#set page(width: 400pt, height: 300pt, header: [หัวกระดาษ], footer: context counter(page).display())
#set text(lang: "th", size: 10pt, font: "Sarabun")
= ผลคะแนน
ปีงบประมาณ พ.ศ. ๒๕๖๘ ได้ ๙๒.๘๖ คะแนน
#table(columns: 2, [ตัวชี้วัด], [คะแนน], [๑. การปฏิบัติหน้าที่], [๙๐.๐๐], [๒. การใช้งบประมาณ], [๘๐.๐๐])
#pagebreak()
#table(columns: 3, table.cell(rowspan: 2)[ก], table.cell(colspan: 2)[ข], [ค], [ง])
#pagebreak()
ท้ายเรื่อง
"""


def printed(source: str) -> bytes:
    fonts = ROOT / "ita_helpers/faces/fonts"
    return typst.compile(source.encode(), font_paths=[fonts], ignore_system_fonts=True)


@cache
def pdf() -> bytes:
    return printed(PAGE)


def without_tags(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as opened:
        del opened.Root["/StructTreeRoot"]
        saved = io.BytesIO()
        opened.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("change", [bytes, without_tags])
def test_a_pdf_is_read_by_its_tags_or_by_where_its_words_stand(tmp_path, change):
    document = read(tmp_path, "รายงาน.pdf", change(pdf()))
    assert tables(document) == [ROWS, [["ก", "ข", ""], ["", "ค", "ง"]]]
    said = ["ผลคะแนน", "ปีงบประมาณ พ.ศ. 2568 ได้ 92.86 คะแนน", "ท้ายเรื่อง", "หัวกระดาษ"]
    assert lines(document) == said
    places = [(each.spot.page, each.spot.line) for each in document.blocks]
    assert places[:5] == [(1, 1), (1, 2), (1, 0), (2, 0), (3, 1)]


def test_a_table_without_tags_goes_on_over_a_page(tmp_path):
    rows = "".join(f"[{number}. ข้อ], [ค่า]," for number in range(1, 30))
    source = PAGE.partition("= ผล")[0] + f"= ผล\n#table(columns: 2, [ข้อ], [ค่า], {rows})"
    (_, table, *edge) = read(tmp_path, "ก.pdf", without_tags(printed(source))).blocks
    assert [each.text for each in edge] == ["หัวกระดาษ"]
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["ข้อ", *(f"{n}. ข้อ" for n in range(1, 30))]
    assert table.rows[-1][0].spot.page > 1
    assert [row[0].spot.row for row in table.rows] == list(range(1, 31))


def test_rows_parted_by_several_pages_without_heads_are_joined(tmp_path):
    steps = " ".join(f"ขั้นที่ {number} แจ้งเวียน" for number in range(30))
    rows = "".join(f"[{at}], [มาตรการ {at}], [{steps}]," for at in (7, 8, 9))
    source = PAGE.partition("= ผล")[0].replace("300pt, header", "200pt, header")
    heads = "[ตัวชี้วัด], [มาตรการ], [ขั้นตอน],"
    source += f"#table(columns: (50pt, 90pt, 120pt), {heads} {rows})"
    (table, *_) = read(tmp_path, "ก.pdf", without_tags(printed(source))).blocks
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["ตัวชี้วัด", "7", "8", "9"]
    assert all("ขั้นที่ 29" in row[2].text for row in table.rows[1:])
    assert table.rows[-1][0].spot.page > 3


def scan() -> bytes:
    made = io.BytesIO()
    Image.new("L", (200, 300), 200).save(made, "PDF")
    return made.getvalue()


def locked() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        opened.save(made, encryption=pikepdf.Encryption(owner="ก", user="secret"))
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (scan, "OCR"),
        (locked, "รหัสผ่าน"),
        (lambda: b"%PDF-1.7 broken", "ชำรุด"),
        (lambda: b"", "ไม่มีข้อความ"),
    ],
)
def test_a_pdf_without_words_to_read_is_refused_with_what_to_do(tmp_path, make, said):
    with pytest.raises(ItaError) as told:
        read(tmp_path, "สแกน.pdf", make())
    assert_helps_the_reader(told.value, "สแกน.pdf", said)


def packed_stream(text: bytes, times: int = 1, kind: bytes = b"") -> bytes:
    for _ in range(times):
        text = zlib.compress(text)
    return b"%PDF-1.4\n1 0 obj <<" + kind + b">> stream\n" + text + b"\nendstream endobj"


def test_a_pdf_may_not_unpack_to_more_than_is_allowed(tmp_path, monkeypatch):
    text = b"0 0 m 1 1 l S\n" * 10_000
    for times in (1, 2, 3):
        assert unpacks_to_more(packed_stream(text, times), 100_000)
        assert not unpacks_to_more(packed_stream(text, times), 200_000)
    picture = packed_stream(text, kind=b"/Subtype /Image")
    assert not unpacks_to_more(picture + b" 2 0 obj <<>> stream\nplain\nendstream", 100_000)
    monkeypatch.setattr(pdf_reader, "MOST_UNPACKED", 100)
    with pytest.raises(ItaError, match="คลายการบีบอัด"):
        read(tmp_path, "ก.pdf", pdf())


def test_a_pdf_of_too_many_pages_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 2)
    with pytest.raises(ItaError, match="เกิน 2 หน้า"):
        read(tmp_path, "ก.pdf", pdf())


PARTS = (
    *"ตัวชี้วัดที่|๙|IIT|๙๒.๘๖|คะแนน|ปี ๒๕๖๘|มาตรการ|ผู้รับผิดชอบ|<td>|</p>|ระดับ A|จาก|เป็น".split("|"),
    *"(|O๘|๐๔๒|ตามลำดับ|และ".split("|"),
    *"|\t\n \u0e33\uf70a",
)
PIECES = st.lists(st.sampled_from(PARTS) | st.text(CHARACTERS, max_size=4), max_size=60)


@examples(1 / 4)
@given(PIECES, st.sampled_from(["a.txt", "a.html", "a.md"]))
def test_whatever_is_written_is_read_or_refused(tmp_path_factory, pieces, name):
    content = "".join(pieces).encode("utf-8", "ignore")
    try:
        document = read(tmp_path_factory.getbasetemp(), name, content)
    except ItaError:
        return
    claims = claims_of(document, {year: rules(year) for year in YEARS})
    assert all(each.points is None or 0 <= each.points <= 100 for each in claims.claims)


@examples(1 / 4)
@given(st.binary(max_size=200), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b""]))
def test_whatever_bytes_a_file_holds_it_is_read_or_refused(tmp_path_factory, content, start):
    for name in ("a.pdf", "a.docx", "a.txt", "a.html"):
        with suppress(ItaError):
            read(tmp_path_factory.getbasetemp(), name, start + content)


def test_a_page_of_many_layers_is_read(tmp_path):
    deep = "<div>" * 5000 + "ได้ ๙๒.๘๖ คะแนน" + "</div>" * 5000
    with suppress(ItaError):
        read(tmp_path, "a.html", deep)


TEXTS = {
    "\tเรื่องแรก\n\n\tเรื่องที่สอง\n": [],
    "\tหน้า\nคำนำ\t1\nผล\t2\n": [["", "หน้า"], ["คำนำ", "1"], ["ผล", "2"]],
    "ก   ปี 2567   ปี 2568\nข   90.00   91.00\nค   80.00   81.00\n": [
        ["ก", "ปี 2567", "ปี 2568"],
        ["ข", "90.00", "91.00"],
        ["ค", "80.00", "81.00"],
    ],
}
"""Texts with tabs and wide gaps, and the table each holds."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_set_in_is_no_row_and_columns_set_with_blanks_are(text, tmp_path):
    document = read(tmp_path, "ก.txt", text.encode())
    assert tables(document) == [TEXTS[text]] * bool(TEXTS[text])


def test_blocks_laid_out_in_rows_and_columns_are_a_table(tmp_path):
    rows = "".join(f"<div><div>{one}</div><div>{two}</div></div>" for one, two in ("กข", "คง"))
    document = read(tmp_path, "ก.html", f"<div><div>{rows}</div></div>".encode())
    assert tables(document) == [[["ก", "ข"], ["ค", "ง"]]]
