"""The tree and both writers, on tiny notebooks, hostile ones among them."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import documents
import lxml.html
import nbformat
import pypdfium2
import pytest
from conftest import CHARACTERS, examples
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.publish import boxes
from ita_helpers.publish.assembly.numbering import number_all
from ita_helpers.publish.assembly.references import refer_all
from ita_helpers.publish.assembly.typography import Typography, typeset
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import check_letters
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.reading.html import read_html
from ita_helpers.publish.tree import (
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Slot,
    Table,
    Text,
    plain,
)
from ita_helpers.publish.walks import nodes_of, runs_of
from notebooks import PIXEL, REPORT, markdown, notebook, output

v4 = nbformat.v4
ABSENT = '<p class="ita-absent">ไม่มีข้อมูล</p>'


def outline(nb):
    return [
        f"{block.level} {block.number} {plain(block.inlines)}".replace("\u00a0", " ").replace(
            "  ", " "
        )
        for block in read_notebook(nb).blocks
        if isinstance(block, Heading)
    ]


def pdf_text(content):
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_the_source_of_code_never_leaves_the_notebook():
    nb = notebook(output(text="42"))
    assert "secret" not in write_html(read_notebook(nb))


def test_a_section_whose_data_are_absent_leaves_no_trace():
    nb = notebook(
        markdown("## ผล", "part-a", "lead"),
        markdown("### มี\n\nอ่านว่า", "lead"),
        output(html="<p>ค่า</p>"),
        markdown("### ไม่มี\n\nตารางต่อไปนี้", "lead"),
        output(html=ABSENT),
        output(html=ABSENT),
        markdown("## ว่าง", "part-b", "lead"),
        markdown("### ว่างด้วย\n\nประโยค", "lead"),
        output(html=ABSENT),
        document=REPORT,
    )
    page = write_html(read_notebook(nb))
    assert outline(nb) == ["2 ส่วนที่ ๑ ผล", "3 ๑.๑ มี"]
    assert "ตารางต่อไปนี้" not in page
    assert "ไม่มีข้อมูล" not in page


def test_a_lead_stays_when_one_of_two_outputs_is_there():
    nb = notebook(
        markdown("### ย้อนหลัง\n\nดูแผนภูมิ", "lead"), output(html=ABSENT), output(html="<p>ก</p>")
    )
    assert "ดูแผนภูมิ" in write_html(read_notebook(nb, name="x"))


def test_an_analysts_own_heading_and_words_are_never_dropped():
    nb = notebook(markdown("### ของฉัน\n\nคำ"), output(html=ABSENT), document=REPORT)
    assert "คำ" in write_html(read_notebook(nb))
    assert outline(nb) == ["2 ของฉัน"]


def test_parts_sections_tables_and_charts_are_numbered_in_order():
    table = "<table><caption>ก</caption><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    svg = '<figure><svg viewBox="0 0 1 1" aria-label="x"></svg><figcaption>ข</figcaption></figure>'
    nb = notebook(
        markdown("## สรุป\n\nก", "part-s", "unnumbered"),
        markdown("## หนึ่ง", "part-a"),
        markdown("### ย่อย"),
        output(html=table),
        output(html=svg),
        output(html=table),
        markdown("## ท้าย\n\nก", "part-z", "appendix"),
        markdown("### ย่อย\n\nก"),
        document=REPORT,
    )
    assert outline(nb) == [
        "2 สรุป",
        "2 ส่วนที่ ๑ หนึ่ง",
        "3 ๑.๑ ย่อย",
        "2 ภาคผนวก ก ท้าย",
        "3 ก.๑ ย่อย",
    ]
    blocks = read_notebook(nb).blocks
    labels = [block.label for block in blocks if isinstance(block, Table | Figure)]
    assert labels == ["ตารางที่ ๑", "แผนภูมิที่ ๑", "ตารางที่ ๒"]


def test_an_own_part_has_a_number_of_its_own():
    cells = [markdown("## ก", "part-a"), markdown("## ของเรา"), markdown("### ข")]
    cells += [markdown("## ค", "part-b"), markdown("## ง", "part-c", "appendix"), markdown("## จ")]
    numbers = ["ส่วนที่ ๑", "ส่วนที่ ๒", "๒.๑", "ส่วนที่ ๓", "ภาคผนวก ก", "ภาคผนวก ข"]
    levels = [3 if "." in number else 2 for number in numbers]
    expected = zip(levels, numbers, ["ก", "ของเรา", "ข", "ค", "ง", "จ"], strict=True)
    found = outline(notebook(*cells, document=REPORT))
    assert found == [" ".join(map(str, each)) for each in expected]


def test_an_own_heading_amid_a_part_keeps_its_own_section_only_and_is_told(caplog):
    ours, going_on = ("lead",), ("part-b", "continued", "lead")
    cells = [markdown("## ก", "part-a", "lead"), markdown("## แรก\n\n### ใต้"), markdown("คำ")]
    cells += [markdown("### ข\n\nคำ", *ours), markdown("# กลาง\n\nคำ"), markdown("### ค", *ours)]
    cells += [output(html="<p>ค</p>"), markdown("## ก่อนต่อ"), markdown("### ง\n\nคำ", *going_on)]
    cells += [output(html="<p>ค</p>"), markdown("## ท้าย\n\n### ใต้"), markdown("### จ", *ours)]
    cells += [output(html=ABSENT), markdown("## ฉ", "part-c", "lead"), output(html="<p>ค</p>")]
    assert outline(notebook(*cells, document=REPORT)) == [
        "2 ส่วนที่ ๑ ก",
        "3 ๑.๑ แรก",
        "4 ใต้",
        "3 ๑.๒ ข",
        "3 ๑.๓ กลาง",
        "3 ๑.๔ ค",
        "3 ๑.๕ ก่อนต่อ",
        "3 ๑.๖ ง",
        "2 ส่วนที่ ๒ ท้าย",
        "3 ๒.๑ ใต้",
        "2 ส่วนที่ ๓ ฉ",
    ]
    told = [name for name in ("แรก", "กลาง", "ก่อนต่อ", "ท้าย") if f"“{name}”" in caplog.text]
    assert told == ["แรก", "กลาง", "ก่อนต่อ"]


def test_a_link_leads_to_a_heading_by_its_words():
    nb = notebook(
        markdown("## ผล ITA (ย่อ)\n\nดู[หัวข้อ](#ผล-ITA-(ย่อ)) และ[ที่อื่น](#ไม่มี)", "part-a"),
        document=REPORT,
    )
    links = [run.href for run in runs_of(read_notebook(nb).blocks) if run.href]
    assert links == ["#s1"]


def test_a_heading_gets_the_year_it_leaves_open():
    nb = notebook(markdown("## หลักเกณฑ์ พ.ศ. …\n\nก", "part-a"), document=REPORT)
    assert outline(nb) == ["2 ส่วนที่ ๑ หลักเกณฑ์ พ.ศ. ๒๕๖๘"]


def test_the_part_on_rules_is_of_the_year_whose_rules_it_prints():
    cells = [markdown(f"## {name} พ.ศ. …\n\nก", f"part-{name}") for name in ("rules", "results")]
    found = outline(notebook(*cells, document={**REPORT, "fiscal_year": 2569, "rules_year": 2568}))
    assert found == ["2 ส่วนที่ ๑ rules พ.ศ. ๒๕๖๘", "2 ส่วนที่ ๒ results พ.ศ. ๒๕๖๙"]


@pytest.mark.parametrize(
    "within",
    [lambda block: block, lambda block: ListBlock(False, ((block,),)), lambda b: Slot("x", (b,))],
    ids=["alone", "in a list", "in a slot"],
)
def test_a_table_has_its_number_wherever_it_stands(within):
    link = Paragraph((Text("ตาราง", href="#own"),))
    inner = replace(documents.table(("1",)), label="", anchor="own")
    parts = refer_all(number_all(documents.paper(link, within(within(inner))).parts))
    document = typeset(Document("", tuple(parts)), Typography("thai"))
    found = next(each for each in nodes_of(document) if isinstance(each, Table))
    assert (found.label, found.anchor) == ("ตารางที่ ๑", "own")
    shown = "".join(run.text for run in runs_of(document.parts)).replace("\u00a0", " ")
    assert shown == "ตารางที่ ๑ ตารางทดลอง๑"


def test_heading_jumps_are_closed_and_empty_headings_dropped():
    nb = notebook(markdown("# ก\n\n##### ข\n\n# \n\n###### ค\n\n## ง"), document=REPORT)
    assert [line[0] for line in outline(nb)] == ["2", "3", "4", "2"]


def test_digits_follow_the_report_but_not_in_codes_and_addresses():
    nb = notebook(
        markdown("ข้อ O10 ได้ 85.40 `v1.2` [E-Service](https://example.org/12)"), document=REPORT
    )
    page = write_html(read_notebook(nb))
    for text in ("O10 ได้ ๘๕.๔๐", "<code>v1.2</code>", "https://example.org/12"):
        assert text in page


def test_an_ordinary_notebook_is_exported_with_its_first_heading_as_title():
    document = read_notebook(notebook(markdown("# ชื่อ\n\nคำ 12")), name="file")
    assert document.title == "ชื่อ"
    page = lxml.html.fromstring(write_html(document))
    assert [h.text for h in page.iter("h1")] == ["ชื่อ"]
    assert "คำ 12" in page.text_content()


def test_markdown_tables_lists_quotes_links_and_formulas_are_read():
    nb = notebook(
        markdown(
            "| ก | ข |\n|---|--:|\n| ๑ | 2 |\n\n1. หนึ่ง\n2. สอง\n   - ย่อย\n\n> อ้าง\n\n"
            "[ลิงก์](https://example.org) **หนา**\n\n$$x^2$$\n\n```\nโค้ด\n```\n\n---"
        )
    )
    kinds = [type(block).__name__ for block in read_notebook(nb, name="x").blocks]
    assert kinds == [
        "Table",
        "ListBlock",
        "Paragraph",
        "Paragraph",
        "Formula",
        "Preformatted",
        "Break",
    ]


def test_a_table_keeps_its_spans_scopes_and_alignment():
    html = (
        "<table><caption>ก</caption><thead><tr><th scope='col'>a</th><th>b</th></tr></thead>"
        "<tbody><tr><th scope='rowgroup' rowspan='2'>x</th><td style='text-align:right'>1</td></tr>"
        "<tr><td>2</td></tr><tr><td colspan='2'>y</td></tr></tbody></table>"
    )
    (table,) = read_html(html, "p").blocks
    assert table.columns == 2
    assert (table.body[0][0].rowspan, table.body[0][0].scope) == (2, "rowgroup")
    assert table.body[0][1].align == "right"
    page = write_html(read_notebook(notebook(output(html=html)), name="x"))
    assert "rowspan=2" in page
    assert "colspan=2" in page
    assert "scope=col" in page


CELLS = st.lists(
    st.lists(st.tuples(st.sampled_from(["td", "th"]), st.integers(1, 4), st.integers(1, 4))),
    min_size=1,
    max_size=5,
)


@examples(1 / 6)
@given(CELLS, CELLS)
def test_any_table_becomes_even_and_can_be_printed(head, body):
    def rows(lines):
        return "".join(
            "<tr>" + "".join(f"<{n} colspan={c} rowspan={r}>x</{n}>" for n, c, r in line) + "</tr>"
            for line in lines
        )

    html = f"<table><thead>{rows(head)}</thead><tbody>{rows(body)}</tbody></table>"
    document = read_notebook(notebook(output(html=html)), name="x")
    for table in document.blocks:
        for section in (table.head, table.body):
            places = sum(cell.colspan * cell.rowspan for row in section for cell in row)
            assert places == table.columns * len(section)
    assert write_pdf(document).startswith(b"%PDF")


def test_pictures_without_words_take_them_from_caption_or_heading():
    nb = notebook(markdown("## หัวข้อ"), output(png=PIXEL), document=REPORT)
    (figure,) = [block for block in read_notebook(nb).blocks if isinstance(block, Figure)]
    assert figure.alt == "หัวข้อ"
    assert write_pdf(read_notebook(nb)).startswith(b"%PDF")


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<img src="https://example.org/t.png">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<iframe src="https://example.org"></iframe>',
    '<p style="background:url(https://example.org)" onclick="alert(1)">x</p>',
    "<style>@import url(https://example.org)</style>",
    '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>',
    '<svg viewBox="0 0 1 1" onload="alert(1)"/>',
    '<svg viewBox="0 0 1 1"><text>x</text>',
    '<figure><svg viewBox="0 0 1 1" aria-label="&quot;onload=alert(1) x"></svg></figure>',
    '<form action="https://example.org"><input autofocus onfocus="alert(1)"></form>',
    '<link rel="stylesheet" href="https://example.org"><meta http-equiv="refresh" content="0">',
    '<object data="https://example.org"></object><embed src="https://example.org">',
    "</main></body><script>alert(1)</script>",
    "<table><tr><td colspan=99999 rowspan=-3>x</table>",
    "<table></table><table><caption>x</caption></table>",
    "<ul></ul><ol start=x><li></li></ol><h3></h3><p></p>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "\x00\x08\ufffe",
    "<" * 500,
    "<div>" * 200 + "x",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("make", [lambda html: output(html=html), lambda html: markdown(html)])
def test_hostile_content_is_harmless_and_fails_no_report(html, make):
    document = read_notebook(notebook(make(html), document=REPORT))
    page = lxml.html.fromstring(write_html(document))
    body = page.find("body")
    for element in body.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "form", "style", "link")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("src", "style", "action") or value.startswith("data:image/")
            assert not (name == "href" and re.match(r"\s*javascript", value, re.IGNORECASE))
    assert write_pdf(document).startswith(b"%PDF")


ODD = [
    '<svg viewBox="0 0 9 9"><text fill="black" x="1" y="5">ก</text></svg>',
    '<svg viewBox="0 0 9 9"><text style="fill:rgb(0,0,0)" transform="translate()">ก</text></svg>',
    '<svg viewBox="0 0 9 9"><text transform="rotate()">ก</text></svg>',
    '<svg viewBox="0 0 1e999 9"><path d="M0 0"/></svg>',
    '<svg viewBox="0 0 9 9"><use xlink:href="#a"/></svg>',
    '<ita-svg n="99"></ita-svg><ita-svg n="x"></ita-svg>',
    '<table><tr><td colspan="²">x</td></tr></table><ol start="²"><li>x</li></ol>',
    '<ol start="99999999999999999999"><li>x</li></ol>',
    '<img alt="x" src="data:image/png;base64,AAAA">',
    '<img alt="x" src="data:image/jpeg;base64,A">',
    f'<img alt="x" src="data:image/jpeg;base64,{PIXEL}">',
    "<p>&#x1b;&#x9f;\ufeff x</p>",
    f'<a href="https://example.org/{"x" * 9000}">x</a>',
]


@pytest.mark.parametrize("html", ODD)
def test_an_odd_cell_fails_no_report(html):
    document = read_notebook(notebook(output(html=html), markdown(html)), name="x")
    assert write_html(document)
    assert write_pdf(document).startswith(b"%PDF")


def test_content_in_odd_places_is_kept():
    html = "<figure><pre>keep me</pre></figure><ul><ul><li>and me</li></ul></ul>"
    page = write_html(read_notebook(notebook(output(html=html)), name="x"))
    assert "keep me" in page
    assert "and me" in page
    heading = notebook(markdown("## ปัญหา… และทางแก้\n\nก", "part-a"), document=REPORT)
    assert outline(heading) == ["2 ส่วนที่ ๑ ปัญหา… และทางแก้"]


def test_a_cell_without_tags_and_a_foreign_scrap_are_harmless():
    nb = notebook(markdown("ก"), document="text")
    nb.cells[0].metadata["tags"] = None
    assert "ก" in write_html(read_notebook(nb, name="x"))


@given(st.text(CHARACTERS, max_size=200))
def test_any_text_of_an_output_can_be_read(text):
    read_notebook(notebook(output(html=text), output(text=text), markdown(text)))


@pytest.mark.parametrize(
    "text",
    ["#set page(width: 1cm)", "$x$ @ref <label> [a](b)", "\\u{0}", '#import "x"', "😀 ☐ ✓ → ≥"],
)
def test_no_text_is_read_as_markup_by_the_pdf(text):
    nb = notebook(output(text=text), markdown(f"<p>{text.replace('<', '&lt;')}</p>"))
    assert write_pdf(read_notebook(nb, name=text)).startswith(b"%PDF")


def test_a_wide_table_and_a_long_text_fit_a_pdf():
    row = "".join(f"<td>ข้อความ {number}</td>" for number in range(40))
    words = "<p>" + "ผู้ใหญ่ที่นี่กตัญญู " * 5000 + "</p>"
    nb = notebook(output(html=f"<table><tr>{row}</tr></table>"), output(html=words))
    assert write_pdf(read_notebook(nb, name="x")).startswith(b"%PDF")


def test_the_page_is_locked_down_and_in_thai():
    page = lxml.html.fromstring(write_html(read_notebook(notebook(), name="x")))
    assert page.get("lang") == "th"
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_text_of_the_pdf_is_text():
    svg = (
        '<figure><svg viewBox="0 0 300 30"><text x="5" y="20">ตัวชี้วัด ๘๕.๔๐</text></svg>'
        "<figcaption>แผนภูมิ</figcaption></figure>"
    )
    text = pdf_text(write_pdf(read_notebook(notebook(output(html=svg)), name="ชื่อ")))
    assert "๘๕.๔๐" in text


def test_the_same_notebook_gives_the_same_bytes():
    nb = notebook(markdown("## ก\n\nข"), output(html="<p>ค</p>"), document=REPORT)
    first, second = read_notebook(nb), read_notebook(nb)
    assert write_html(first) == write_html(second)
    assert write_pdf(first) == write_pdf(second)


def test_standard_error_and_scraps_are_not_published():
    cell = v4.new_code_cell("")
    cell.outputs = [
        v4.new_output("stream", name="stderr", text="warning"),
        v4.new_output("stream", name="stdout", text="printed"),
    ]
    blocks = read_notebook(notebook(cell)).blocks
    assert blocks == (Preformatted("printed"),)


def test_nested_lists_and_paragraph_styles_are_kept():
    blocks = read_html(
        '<ul><li>a<ul><li>b</li></ul></li></ul><p class="ita-note">n</p>', "p"
    ).blocks
    assert isinstance(blocks[0], ListBlock)
    assert isinstance(blocks[0].items[0][1], ListBlock)
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].style == "note"


def test_lists_in_lists_have_marks_of_their_own():
    source = "- ก\n  - ข\n    - ค\n      - ง\n        1. จ"
    document = read_notebook(notebook(markdown(source), document=REPORT))
    check_letters(document, write_pdf(document), "pdf")


def test_formulas_are_drawn_and_their_tex_is_said():
    nb = notebook(markdown("ค่า $x_1$ คือ\n\n$$\\frac{1}{n} \\sum x_i$$"), document=REPORT)
    page = lxml.html.fromstring(write_html(read_notebook(nb)))
    said = [svg.get("aria-label") for svg in page.iter("svg")]
    assert said == ["x_1", "\\frac{1}{n} \\sum x_i"]
    assert write_pdf(read_notebook(nb)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ราคา $5 และ $6 บาท", "ราคา $5 และ $6 บาท"),
        ("$\\frac{1$ จบ", "\\frac{1"),
        ("$คะแนน$", "$คะแนน$"),
    ],
)
def test_what_is_no_formula_stays_text(text, shown):
    nb = notebook(markdown(text), document=None)
    page = lxml.html.fromstring(write_html(read_notebook(nb, name="x")))
    assert not list(page.iter("svg"))
    assert shown in page.text_content()


WIDE = "<table><caption>กว้าง</caption><tr>{}</tr><tr>{}</tr></table>".format(
    "".join(f"<th>หัวข้อที่ {n}</th>" for n in range(40)),
    "".join(f"<td>ค่าที่{n}</td>" for n in range(40)),
)


def test_a_table_wider_than_any_page_is_cut_and_loses_no_cell():
    document = read_notebook(notebook(output(html=WIDE), document=REPORT))
    assert all(f"ค่าที่{n}" in write_html(document) for n in "๑๒๓")
    content = write_pdf(document)
    sizes = {pypdfium2.PdfDocument(content)[n].get_size() for n in range(2)}
    assert len(sizes) == 2
    text = pdf_text(content).replace(" ", "")
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert [n for n in range(40) if f"ที่{n}".translate(thai) not in text] == []


def test_columns_of_a_table_that_fits_are_left_alone():
    from ita_helpers.publish.table_fit import fit_table

    (table,) = read_html("<table><tr><td>ก</td><td>คำ</td></tr></table>", "p").blocks
    (fit,) = fit_table(table)
    assert (fit.table, fit.size, fit.is_turned) == (table, 10.0, False)


@examples(1 / 4)
@given(CELLS, st.integers(1, 60))
def test_no_text_of_a_wide_table_is_lost(body, length):
    from ita_helpers.publish.table_fit import fit_table

    rows = "".join(
        "<tr>" + "".join(f"<{n} colspan={c} rowspan={r}>{'x' * length}</{n}>" for n, c, r in line)
        + "</tr>"
        for line in body
    )  # fmt: skip
    for table in read_html(f"<table>{rows}</table>", "p").blocks:
        pieces = fit_table(table)
        assert sum(piece.table.columns - 1 for piece in pieces) + 1 == table.columns
        for piece in pieces:
            for row in piece.table.body:
                assert all(cell.colspan >= 1 for cell in row)


def test_an_emblem_and_scores_come_with_the_report(rendered):
    import json

    import pikepdf

    with pikepdf.open(rendered / "2568/made-up-example.pdf") as pdf:
        scores = json.loads(pdf.attachments["scores.json"].get_file().read_bytes())
        assert pdf.Root.Lang == "th-TH" or pdf.Root.Lang == "th"
    assert scores["overall"] == 93.85
    page = (rendered / "2568/made-up-example.html").read_text(encoding="utf-8")
    assert 'class="emblem"' in page
    archive = write_pdf(read_notebook(notebook(markdown("ก"), document=REPORT)), "a-2b")
    with pikepdf.open(io.BytesIO(archive)) as pdf:
        assert not pdf.attachments


EXOTIC = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))


def test_characters_no_font_holds_are_boxes_and_named(caplog):
    nb = notebook(markdown(f"😀 🇹🇭 {EXOTIC} 1\ufe0f\u20e3 ①→\u0645"), document=REPORT)
    text = pdf_text(write_pdf(read_notebook(nb)))
    assert "๑□ ①→\u0645" in text
    assert "😀" in caplog.text and "①" not in caplog.text
    title = notebook(markdown("ก"), document={**REPORT, "title": "รายงาน 📌"})
    assert "□" in pdf_text(write_pdf(read_notebook(title)))
    assert "📌" in caplog.text
    everyday = [chr(code) for code in range(0x20, 0x3000) if not boxes.is_unsure(chr(code))]
    assert boxes.undrawn("".join(everyday)) == ""
