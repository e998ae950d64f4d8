"""The Word file: what officers and Word find in it, and what LibreOffice makes of it."""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import zipfile

import docx
import PIL.Image
import pypdfium2
import pytest
from conftest import PRESETS, is_wide
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from libreoffice import needs_office
from lxml import etree
from reading import html_lines, skeleton, squeeze, word_lines, xml_of

from ita_helpers import errors
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.tree import (
    Document,
    Figure,
    Formula,
    Image,
    ListBlock,
    Paragraph,
    Part,
    Slot,
    Text,
)
from ita_helpers.publish.word.pictures import pixel_size
from ita_helpers.publish.word.template import open_template
from ita_helpers.publish.word.writer import write_docx
from notebooks import PIXEL, REPORT, markdown, notebook, output

FOLLOWED = "made-up-example-follow-up"


def written(*cells, document=REPORT):
    return write_docx(read_notebook(notebook(*cells, document=document)))


@pytest.fixture
def report(rendered):
    return (rendered / "2568/made-up-example.docx").read_bytes()


def test_thai_is_set_as_word_needs_it(report):
    styles = xml_of(report, "word/styles.xml")
    for mark in ('w:cs="TH Sarabun New"', "<w:szCs ", 'w:bidi="th-TH"'):
        assert mark in styles
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*<w:t .*?</w:r>", xml_of(report))
    assert len(runs) > 500
    assert all('w:bidi="th-TH"' in run for run in runs)


def test_headings_lists_tables_and_fields_are_real(report):
    body = xml_of(report)
    for mark in ("w:tblHeader", "w:vMerge", "w:gridSpan", "w:numPr", "w:cantSplit"):
        assert f"<{mark}" in body
    assert r'TOC \o "1-2"' in body
    assert "PAGEREF" not in body, "Word would ask, or print a page that is not there"
    document = docx.Document(io.BytesIO(report))
    styles = {p.style.name for p in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption", "Title"} <= styles
    ids = {style.style_id for style in document.styles}
    assert {"Heading1", "Heading2", "BodyText", "Caption", "TableGrid", "ListNumber"} <= ids
    assert "thaiNumbers" in xml_of(report, "word/numbering.xml")


def test_every_picture_has_words_and_every_slot_a_bookmark(report):
    body = docx.Document(io.BytesIO(report)).element.body
    described = [each.get("descr") for each in body.iter(qn("wp:docPr"))]
    assert described
    assert all(described)
    names = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    slots = {"summary", "iit", "06", "09", "lowest", "closing"}
    assert {f"slot_narrative_{slot}" for slot in slots} <= names


def test_a_link_leads_to_a_bookmark_that_is_there(report):
    body = docx.Document(io.BytesIO(report)).element.body
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    asked = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} - {None}
    assert asked <= set(names)


def test_words_of_a_table_cell_stand_in_their_bookmark(presets):
    content = presets["development"].with_suffix(".docx").read_bytes()
    cells = re.findall(r"<w:tc>(?:(?!</w:tc>).)*</w:tc>", xml_of(content), re.DOTALL)
    assert sum('w:name="slot_narrative_06"' in cell for cell in cells) == 1


def test_a_table_that_spans_covers_every_place():
    html = (
        "<table><caption>ก</caption><tr><th>a</th><th>b</th><th>c</th></tr>"
        "<tr><td rowspan=2>x</td><td colspan=2 rowspan=2>y</td></tr><tr></tr>"
        "<tr><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    document = docx.Document(io.BytesIO(written(output(html=html))))
    for row in document.tables[0]._tbl.iter(qn("w:tr")):
        spans = row.xpath("./w:tc/w:tcPr/w:gridSpan/@w:val")
        cells = row.xpath("./w:tc")
        assert len(cells) - len(spans) + sum(map(int, spans)) == 3


def test_each_list_counts_anew_and_from_its_start():
    content = written(markdown("1. ก\n2. ข"), markdown("คั่น"), markdown("5. ค\n   - ง\n6. จ"))
    numbering = xml_of(content, "word/numbering.xml")
    assert re.findall(r'<w:startOverride w:val="(\d+)"', numbering)[-3:] == ["1", "5", "1"]


def test_a_wide_table_is_turned_and_a_wider_one_is_cut():
    def table(columns):
        cells = "".join(f"<td>คอลัมน์ที่{n}</td>" for n in range(columns))
        return output(html=f"<table><caption>ก</caption><tr>{cells}</tr></table>")

    turned = docx.Document(io.BytesIO(written(table(12))))
    assert [section.orientation for section in turned.sections] == [0, 1]
    cut = docx.Document(io.BytesIO(written(table(40))))
    assert len(cut.tables) > 1
    first = {t.rows[0].cells[0].text for t in cut.tables}
    assert first == {"คอลัมน์ที่๐"}
    assert sum(len(t.columns) - 1 for t in cut.tables) == 39


def test_an_offices_template_gives_its_styles_and_keeps_its_header(caplog):
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "หัวกระดาษของหน่วยงาน"
    template.add_paragraph("เนื้อหาเดิมของแม่แบบ")
    template.styles["Heading 1"].font.name = "Angsana New"
    buffer = io.BytesIO()
    template.save(buffer)
    document = read_notebook(notebook(markdown("## หัวข้อ\n\nคำ", "part-a"), document=REPORT))
    content = write_docx(document, buffer.getvalue(), "แม่แบบ.docx")
    made = docx.Document(io.BytesIO(content))
    assert made.styles["Heading 1"].font.name == "Angsana New"
    assert "หัวกระดาษของหน่วยงาน" in made.sections[0].header.paragraphs[0].text
    assert "เนื้อหาเดิม" not in xml_of(content)
    assert "ITA Note" in caplog.text


@pytest.mark.parametrize("content", [b"", b"no word file", b"PK\x03\x04" + b"\0" * 50])
def test_a_template_that_is_no_word_file_is_named(content):
    with pytest.raises(errors.BadWordTemplate) as caught:
        write_docx(read_notebook(notebook(document=REPORT)), content, "data/offices/x.doc")
    assert "data/offices/x.doc" in str(caught.value)


OUTSIDE = "file:///tmp/somewhere"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
A = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def field(*instructions):
    """Return a complex field whose instruction is split into runs; a tuple is one within."""
    runs = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    for each in instructions:
        runs += field(*each) if isinstance(each, tuple) else instruction(each)
    runs += '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    return f'{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def instruction(text):
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def template_with(inside, part="header", relations=()):
    """Return a Word file that holds XML in its header, its text or its settings."""
    word = docx.Document()
    paragraph = word.add_paragraph() if part == "text" else word.sections[0].header.paragraphs[0]
    owner = {
        "header": word.sections[0].header.part,
        "text": word.part,
        "settings": word.part.part_related_by(f"{A[1:-1]}/settings"),
    }[part]
    for kind, target in relations:
        owner.relate_to(target, f"{A[1:-1]}/{kind}", is_external=True)
    place = word.settings.element if part == "settings" else paragraph._p
    place.extend(etree.fromstring(f"<x {nsdecls('w', 'r')} {VML}>{inside}</x>"))
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


REFUSED = [
    *(
        (field(f" {name} c:\\\\x.exe a "), (), name)
        for name in "DDE DDEAUTO INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK DATABASE RD ADDIN "
        "MACROBUTTON GOTOBUTTON CONTROL EMBED PRINT HTMLCONTROL ASK FILLIN MERGEFIELD".split()
    ),
    (field("DDE", "AUTO c:\\x"), (), "DDEAUTO"),
    (field(" ddeauto x"), (), "ddeauto"),
    (field("IF 1=1 ", (' INCLUDETEXT "http://x/y" ',), " x"), (), "INCLUDETEXT"),
    (field(("QUOTE DDEAUTO",), " PAGE "), (), "{ }"),
    (field(("QUOTE DDEAUTO",)), (), "{ }"),
    (instruction("DDE x"), (), "DDE"),
    ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + instruction("DDE x"), (), "DDE"),
    ('<w:fldSimple w:instr=" LINK Excel.Sheet x "/>', (), "LINK"),
    (field(f' HYPERLINK "{OUTSIDE}" '), (), OUTSIDE),
    (field(" HYPERLINK \\l a file:///x "), (), "file:///x"),
    (field(' HYPERLINK "\\\\server\\share" '), (), "server"),
    ('<w:r><w:pict><v:imagedata src="http://x/y.png"/></w:pict></w:r>', (), "http://x/y.png"),
    ('<w:r><w:pict><v:rect href="javascript:x"/></w:pict></w:r>', (), "javascript:x"),
    ('<w:r><w:object><o:OLEObject Type="Embed"/></w:object></w:r>', (), "OLEObject"),
    ("<w:control/>", (), "control"),
    ("<w:subDoc/>", (), "subDoc"),
    *(
        ("", [(kind, OUTSIDE)], kind)
        for kind in "image oleObject attachedTemplate frame subDocument aFChunk video".split()
    ),
    ("", [("hyperlink", OUTSIDE)], OUTSIDE),
    ("", [("hyperlink", "\\\\server\\share")], "server"),
    ("", [("hyperlink", "..\\x.docm")], "x.docm"),
]


@pytest.mark.parametrize(("inside", "relations", "found"), REFUSED)
def test_a_template_that_reaches_outside_is_refused_by_part_and_name(inside, relations, found):
    content = template_with(inside, relations=relations)
    with pytest.raises(errors.BadWordTemplate) as caught:
        open_template(content, "data/offices/x.docx")
    for fact in ("data/offices/x.docx", "word/header1.xml", found):
        assert fact in str(caught.value)


@pytest.mark.parametrize(
    ("inside", "relations"),
    [
        (field(" PAGE "), ()),
        (field(" NUMPAGES ", "\\* THAIARABIC"), ()),
        (field("STYLEREF ", '"Heading 1"', " \\n"), ()),
        (field(" IF ", (" PAGE ",), " = 1 x y"), ()),
        (field(" = 2 + ", ("PAGE",)), ()),
        (field(' HYPERLINK "https://example.org/ก?a=1" \\o x'), ()),
        (field(" HYPERLINK \\l place \\h"), ()),
        ('<w:fldSimple w:instr="DATE \\@ d"><w:r><w:t>1</w:t></w:r></w:fldSimple>', ()),
        ("", [("hyperlink", "https://example.org")]),
        ("", [("hyperlink", "mailto:office@example.org")]),
    ],
)
def test_an_ordinary_header_of_a_template_passes_whole(inside, relations):
    word = open_template(template_with(inside, relations=relations), "x.docx")
    header = word.sections[0].header
    assert len(header.part.rels) == len(relations)
    text = "".join(etree.tostring(each).decode() for each in header._element)
    assert text.count("<w:instrText") == inside.count("<w:instrText")


@pytest.mark.parametrize("kind", ["image", "oleObject", "aFChunk", "subDocument", "hyperlink"])
def test_what_only_the_text_of_a_template_needs_goes_with_it(kind):
    content = template_with(field(" DDEAUTO x "), "text", [(kind, OUTSIDE)])
    assert OUTSIDE.encode() not in unpacked(made_with(content))
    assert b"DDEAUTO" not in unpacked(made_with(content))


EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(44)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EMF, "image1.emf"),
        (b"\xd7\xcd\xc6\x9a" + bytes(18), "image1.wmf"),
        (SVG, "image1.svg"),
        (b"GIF89a" + bytes(20), "image1.gif"),
        (EMF, "image1.png"),
    ],
    ids="emf wmf svg gif named-png".split(),
)
def test_a_template_with_a_picture_nobody_reads_is_refused_by_the_pictures_name(content, name):
    with pytest.raises(errors.BadWordTemplate) as caught:
        open_template(template_showing(content, name), "data/offices/x.docx")
    for fact in ("data/offices/x.docx", "word/header1.xml", name, "PNG"):
        assert fact in str(caught.value)


def test_a_template_keeps_its_png_and_loses_what_only_its_text_showed():
    png = base64.b64decode(PIXEL)
    assert png in unpacked(made_with(template_showing(png, "image1.png")))
    assert EMF not in unpacked(made_with(template_showing(EMF, "image1.emf", "text")))


def template_showing(content, name, part="header"):
    """Return a Word file with a picture in its header or its text."""
    word = docx.Document()
    owner = word.sections[0].header.part if part == "header" else word.part
    kind = f"image/{name.rpartition('.')[2]}"
    picture = PackagePart(PackURI(f"/word/media/{name}"), kind, content, word.part.package)
    owner.relate_to(picture, f"{A[1:-1]}/image")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def made_with(template):
    document = read_notebook(notebook(markdown("## หัวข้อ\n\nคำ", "part-a"), document=REPORT))
    return write_docx(document, template, "แม่แบบ.docx")


def unpacked(content):
    """Return every name and byte of a package in one piece."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(name.encode() + package.read(name) for name in package.namelist())


@pytest.mark.parametrize(
    "inside",
    [
        '<w:attachedTemplate r:id="rId1"/>',
        '<w:mailMerge><w:query w:val="SELECT 1"/><w:dataSource r:id="rId1"/></w:mailMerge>',
        "",
    ],
)
def test_what_ties_a_template_to_other_files_is_taken_out(inside):
    content = template_with(inside, "settings", [("attachedTemplate", OUTSIDE)])
    assert OUTSIDE.encode() in unpacked(content)
    made = unpacked(made_with(content))
    for tie in (OUTSIDE, "attachedTemplate", "mailMerge", "SELECT"):
        assert tie.encode() not in made


def test_the_package_of_a_template_brings_no_program_along():
    word = docx.Document()
    package = word.part.package
    uri = PackURI("/word/vbaProject.bin")
    word.part.relate_to(
        PackagePart(uri, "application/vnd.ms-office.vbaProject", b"code-of-macros", package),
        "x/vbaProject",
    )
    pane = PackagePart(PackURI("/word/taskpanes.xml"), "application/xml", b"<pane/>", package)
    package.relate_to(pane, "http://x/webextensiontaskpanes")
    props = PackagePart(
        PackURI("/docProps/custom.xml"),
        "application/xml",
        b'<p xmlns="c"><property name="_AssemblyLocation">http://x</property>'
        b'<property name="Unit">kept</property></p>',
        package,
    )
    package.relate_to(props, "x/custom-properties")
    buffer = io.BytesIO()
    word.save(buffer)
    made = unpacked(made_with(buffer.getvalue()))
    for gone in (b"code-of-macros", b"vbaProject", b"taskpanes", b"_AssemblyLocation"):
        assert gone in unpacked(buffer.getvalue())
        assert gone not in made
    assert b"kept" in made


def test_the_same_document_gives_the_same_bytes(report, rendered):
    import nbformat

    made = nbformat.read(rendered / "2568/made-up-example.ipynb", as_version=4)
    assert write_docx(read_notebook(made)) == report


@pytest.mark.parametrize(
    "cell",
    [
        markdown("คำ " * 5000),
        markdown(f"## {'ยาว' * 40}\n\nก"),
        markdown("😀 ก 🇹🇭 \x0b"),
        markdown("##### ก\n\n# \n\n###### ข"),
        markdown(
            "- \n- ก\n  1. ข\n     - ค\n       - ง\n         - จ\n           - ฉ\n             - ช"
        ),
        markdown("$$x^2$$ ก $y_1$ และ $\\frac{$"),
        markdown("> อ้าง\n\n```\nโค้ด  ๑\n```\n\n---\n\n[ลิงก์](https://example.org/ก)"),
        output(png=PIXEL),
        output(html="<table></table><table><tr><td></td></tr></table>"),
        output(html='<svg viewBox="0 0 9 9"><text x="1" y="5">ก</text></svg>'),
    ],
)
def test_whatever_an_analyst_adds_can_be_opened(cell):
    document = docx.Document(io.BytesIO(written(cell)))
    assert document.element.body is not None


ON_A_COVER = re.compile("จัดทำโดย .+|[๐-๙]+ [ก-๙]+ [๐-๙]{4}")
"""Unit and date, which only papers have."""


@pytest.mark.hypothesis
@pytest.mark.libreoffice
@needs_office
def test_libreoffice_reads_the_same_text_as_the_page_has(rendered, presets, convert, tmp_path):
    """Read a report of each preset and a third of the samples, and all in ``make stress``."""
    found = sorted(rendered.rglob("*.docx"))[:: 1 if is_wide() else 3]
    stems = {f"{p.parent.name}-{p.stem}": p.with_suffix("") for p in found}
    stems |= {f"preset-{preset}": presets[preset] for preset in PRESETS}
    files = [shutil.copy(p.with_suffix(".docx"), tmp_path / f"{n}.docx") for n, p in stems.items()]
    texts = convert("txt:Text (encoded):UTF8", *files)
    for (name, stem), text in zip(stems.items(), texts, strict=True):
        page = html_lines(stem.with_suffix(".html").read_text(encoding="utf-8"))
        read = word_lines(text.read_text(encoding="utf-8"))
        cover = [line for line in read[:8] if not ON_A_COVER.fullmatch(line)]
        assert cover + read[8:] == page, name


@pytest.mark.libreoffice
@needs_office
def test_libreoffice_prints_each_kind_with_heads_repeated(rendered, presets, convert, tmp_path):
    """A report of each set of rules, a follow-up and a memo; all are read by the test above."""
    names = ("2562/pa-tueng", "2565/nong-saeng", "2568/made-up-example", f"2568/{FOLLOWED}")
    stems = {each.replace("/", "-"): rendered / f"{each}.docx" for each in names}
    memo = presets["memo-and-tracking"].with_suffix(".memo.docx")
    files = [shutil.copy(path, tmp_path / f"{n}.docx") for n, path in (stems | {"m": memo}).items()]
    for made in convert("pdf", *files):
        text = subprocess.run(["pdftotext", made, "-"], capture_output=True, text=True, check=True)
        assert "หน้า" in squeeze(text.stdout) or made.stem == "m"
        if made.stem == "2568-made-up-example":
            assert skeleton(text.stdout).count(skeleton("เรื่องที่ประเมิน")) > 5


def opened(*cells, document=REPORT):
    return docx.Document(io.BytesIO(written(*cells, document=document)))


def tree(*parts, **facts):
    return Document(title="ชื่อ", parts=parts, **facts)


def paragraph(text, **facts):
    return Paragraph((Text(text, **facts),))


def children(body, parent):
    elements = etree.fromstring(body.encode()).iter(qn(parent))
    return [[etree.QName(child).localname for child in each] for each in elements]


@pytest.mark.parametrize(
    ("parent", "order"),
    [
        (
            "w:pPr",
            "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
            "spacing ind jc outlineLvl rPr sectPr",
        ),
        ("w:rPr", "rStyle rFonts b bCs i iCs color position sz szCs u lang"),
        ("w:tcPr", "tcW gridSpan vMerge shd"),
        (
            "w:sectPr",
            "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
        ),
    ],
)
def test_every_property_stands_where_the_schema_of_word_wants_it(report, parent, order):
    places = order.split()
    for names in children(xml_of(report), parent):
        found = [places.index(name) for name in names]
        assert found == sorted(found), names


def test_turned_tables_share_a_section_and_take_their_heading_along():
    def table(columns):
        cells = "".join(f"<td>คอลัมน์ที่{n}</td>" for n in range(columns))
        return output(html=f"<table><caption>ก</caption><tr>{cells}</tr></table>")

    turned = (table(columns) for columns in (12, 12, 40))
    document = opened(markdown("ต้น\n\n## หนึ่ง\n\nคำ\n\n## สอง"), *turned, markdown("จบ"))
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    first, second, third = (
        "".join(each.text for each in section.iter_inner_content() if hasattr(each, "text"))
        for section in document.sections
    )
    assert ("หนึ่ง" in first, "สอง" in first, "สอง" in second) == (True, False, True)
    assert third == "จบ"


def test_a_part_on_its_own_page_leaves_no_empty_one():
    own = Part("b", (paragraph("ข"),), own_page=True)
    content = write_docx(tree(Part("a", (paragraph("ก"),)), own, own, has_cover=True))
    made = docx.Document(io.BytesIO(content))
    starts = [p.text for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert starts == ["ก", "ข", "ข"]
    assert 'w:type="page"' not in xml_of(content)


def test_a_template_keeps_its_margins_and_the_headers_its_last_section_inherits():
    template = docx.Document()
    template.sections[0].left_margin = Cm(4)
    template.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
    template.add_section()
    buffer = io.BytesIO()
    template.save(buffer)
    made = docx.Document(io.BytesIO(write_docx(tree(Part("", ())), buffer.getvalue(), "x.docx")))
    (section,) = made.sections
    assert round(section.left_margin.cm, 2) == 4
    assert not section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "หัวกระดาษ"


def test_a_slot_without_words_leaves_no_bookmark():
    content = write_docx(tree(Part("", (Slot("summary", ()), paragraph("ก")))))
    assert "slot_summary" not in xml_of(content)


def test_an_empty_item_keeps_its_number():
    items = ((paragraph("ก"),), (), (paragraph("ค"),))
    content = write_docx(tree(Part("", (ListBlock(ordered=True, items=items),))))
    made = docx.Document(io.BytesIO(content))
    numbered = [p.text for p in made.paragraphs if p._p.pPr.numPr is not None]
    assert numbered == ["ก", "", "ค"]


def test_a_formula_in_a_line_is_lowered_and_says_its_tex():
    blocks = (paragraph(r"\frac{a}{b}", formula=True), Formula("x^2"))
    body = xml_of(write_docx(tree(Part("", blocks))))
    assert re.findall(r'descr="([^"]*)"', body) == [r"\frac{a}{b}", "x^2"]
    assert re.search(r'<w:position w:val="-[1-9]', body)


def test_a_jpeg_without_the_marks_of_a_camera_is_printed():
    buffer = io.BytesIO()
    PIL.Image.new("CMYK", (9, 9)).save(buffer, "JPEG")
    figure = Figure(Image("jpeg", base64.b64encode(buffer.getvalue()).decode()), "ภาพ")
    assert 'descr="ภาพ"' in xml_of(write_docx(tree(Part("", (figure,)))))


def test_a_chart_stands_on_white_and_is_small(report):
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        media = [package.read(name) for name in package.namelist() if "media/" in name]
    charts = [each for each in media if pixel_size(each)[0] > 1000]
    assert len(charts) > 5
    assert sum(map(len, charts)) / len(charts) < 25_000
    for each in charts:
        with PIL.Image.open(io.BytesIO(each)) as picture:
            assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_memo_has_its_title_in_the_official_size_and_no_page_numbers():
    content = write_docx(tree(Part("", (paragraph("ก"),)), kind="memo"))
    made = docx.Document(io.BytesIO(content))
    assert made.paragraphs[0].style.font.size == Pt(29)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "footer" in name]


@pytest.mark.libreoffice
@needs_office
def test_libreoffice_repeats_heads_and_breaks_no_number(convert, tmp_path):
    row = f"<tr><td>ข้อความยาวพอสมควรของตัวชี้วัดนี้</td>{'<td>๑๐๐.๐๐</td>' * 6}</tr>"
    head = f"<thead><tr><th>หัวตาราง</th>{'<th>๒๕๖๘</th>' * 6}</tr></thead>"
    html = f"<table><caption>ก</caption>{head}<tbody>{row * 60}</tbody></table>"
    file = tmp_path / "long.docx"
    file.write_bytes(written(output(html=html)))
    (made,) = convert("pdf", file)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert len(texts) > 1
    assert all("หัวตาราง" in text for text in texts)
    assert "".join(texts).count("๑๐๐.๐๐") == 360


def test_tables_tell_their_headers_and_their_caption(report):
    body = xml_of(report)
    looks = re.findall(r"<w:tblLook [^>]*>", body)
    assert any('w:firstRow="1"' in look and 'w:firstColumn="1"' in look for look in looks)
    captions = dict(
        re.findall(r'<w:tblCaption w:val="([^"]*)"/><w:tblDescription w:val="([^"]*)"', body)
    )
    assert captions["ตารางที่ ๑"]
