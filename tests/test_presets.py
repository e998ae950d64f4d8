"""The five kinds of report: what each holds, the same in every format."""

from __future__ import annotations

import re

import nbformat
import pytest
from conftest import FOLLOW_UPS, is_wide
from reading import docx_outline, html_outline, in_order, pdf_headings, pdf_skeleton, skeleton

from ita_helpers.files.scraps import MIME
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.standards import STANDARDS
from ita_helpers.publish.tree import Figure, Heading, Table, plain
from ita_helpers.records.layout import PARTS, PRESETS, choose_layout


def relaid(notebook, *parts, preset="standard"):
    """Give an executed notebook another choice of parts."""
    layout = choose_layout(preset, parts)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            scrap = output.get("data", {}).get(MIME)
            if scrap and scrap["name"] == "ita-document":
                scrap["data"] |= {"parts": list(layout.parts), "page_ranges": layout.page_ranges}
    return notebook


def headings(document, level=2):
    found = (b for b in document.blocks if isinstance(b, Heading) and b.level <= level)
    return [
        f"{block.number} {plain(block.inlines)}".strip().replace("\xa0", " ") for block in found
    ]


@pytest.fixture
def sample(rendered):
    return nbformat.read(rendered / "2568/made-up-example.ipynb", as_version=4)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_outline_of_a_preset_is_the_same_in_every_format(presets, golden, preset):
    stem = presets[preset]
    outline = html_outline(stem.with_suffix(".html").read_text(encoding="utf-8"))
    golden(f"outline-{preset}.txt", "\n".join(outline) + "\n")
    assert docx_outline(stem.with_suffix(".docx").read_bytes()) == outline
    content = stem.with_suffix(".pdf").read_bytes()
    assert pdf_headings(content) == [line for line in outline if line.startswith("#")]


@pytest.mark.parametrize("preset", PRESETS)
def test_captions_and_heads_stand_in_the_pdf_in_their_order(presets, preset):
    """A chart may stand before or after the tables of its section, as pages end best."""
    stem = presets[preset]
    outline = html_outline(stem.with_suffix(".html").read_text(encoding="utf-8"))
    captions = [skeleton(line) for line in outline if not line.startswith(("#", "|"))]
    text = pdf_skeleton(stem.with_suffix(".pdf"))
    body = text[text.rfind(captions[0]) :]
    for name in map(skeleton, ("ตารางที่", "แผนภูมิที่")):
        of_one_kind = [each for each in captions if each.startswith(name)]
        assert of_one_kind and in_order(of_one_kind, body) == []
    heads = [skeleton(head) for line in outline if line[0] == "|" for head in line.split("|")]
    assert [head for head in heads if head not in text] == []


@pytest.mark.hypothesis
@pytest.mark.parametrize("preset", PRESETS)
def test_every_sample_is_laid_out_in_every_preset_and_printed_in_each_standard(rendered, preset):
    """Take each sample in one preset, and in all of them in ``make stress``.

    ``presets`` has the fullest in all.
    """
    one_in = 1 if is_wide() else len(PRESETS)
    first = list(PRESETS).index(preset) % one_in
    for place, file in enumerate(sorted(rendered.rglob("*.ipynb"))[first::one_in]):
        papers = read_papers(relaid(nbformat.read(file, as_version=4), preset=preset))
        has_memo = preset == "memo-and-tracking" and not file.stem.endswith(FOLLOW_UPS)
        assert set(papers) == ({"", "memo"} if has_memo else {""})
        for document in papers.values():
            standard = STANDARDS[(place + first) % len(STANDARDS)]
            assert write_pdf(document, standard).startswith(b"%PDF"), (file, standard)


def test_parts_come_in_the_order_that_is_asked_for(sample):
    asked = ("results", "rules", "summary", "appendix-method")
    assert headings(read_papers(relaid(sample, *asked))[""]) == [
        "ส่วนที่ ๑ ผลการประเมิน",
        "ส่วนที่ ๒ กรอบและหลักเกณฑ์การประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "บทสรุปสำหรับผู้บริหาร",
        "ภาคผนวก ก วิธีคำนวณ",
    ]


def test_a_continued_part_alone_stands_on_its_own(sample):
    assert headings(read_papers(relaid(sample, "closing", "lowest"))[""], 3) == [
        "ส่วนที่ ๑ สรุปประเด็นที่ควรรักษาไว้และประเด็นที่ควรพัฒนา",
        "๑.๑ ตัวชี้วัดที่ได้คะแนนต่ำที่สุด",
    ]


def test_an_analysts_own_part_stays_behind_its_neighbour(sample):
    cells = [nbformat.v4.new_markdown_cell("## ของเรา\n\nคำ", metadata={"tags": ["part-own"]})]
    at = next(i for i, cell in enumerate(sample.cells) if cell.id == "h-analysis")
    sample.cells[at:at] = cells
    found = headings(read_papers(relaid(sample, "analysis", "results", "rules"))[""])
    assert found[1:3] == ["ส่วนที่ ๒ ผลการประเมิน", "ส่วนที่ ๓ ของเรา"]


def test_words_of_a_slot_stand_in_each_layout_of_the_analysis(sample):
    cell = next(each for each in sample.cells if each.id == "narrative-06")
    words = nbformat.v4.new_markdown_cell("คำของเรา\n\n1. ก่อนอื่น\n2. ต่อมา", metadata=cell.metadata)
    sample.cells[sample.cells.index(cell)] = words
    for layout in ("analysis", "analysis-by-instrument", "analysis-table"):
        page = write_html(read_papers(relaid(sample, layout))[""])
        assert page.count("คำของเรา") == 1
        assert page.count("ก่อนอื่น") == 1


def test_what_no_cell_can_hold_follows_the_table_of_the_analysis(sample):
    own = "| ก | ข |\n|---|---|\n| หนึ่ง | สอง |"
    cell = next(each for each in sample.cells if each.id == "narrative-06")
    words = nbformat.v4.new_markdown_cell(f"คำ\n\n{own}", metadata=cell.metadata)
    sample.cells[sample.cells.index(cell)] = words
    page = write_html(read_papers(relaid(sample, "analysis-table"))[""])
    assert len(re.findall(r"<td>หนึ่ง\s*<", page)) == 1


def test_words_that_point_at_a_table_name_it_or_stay_words(sample):
    cell = nbformat.v4.new_markdown_cell(
        "ดู[ตาราง](#overall) และ[แผนภูมิ](#indicators-chart) [ที่นี่](#levels)"
    )
    at = next(i for i, each in enumerate(sample.cells) if each.id == "h-analysis")
    sample.cells.insert(at + 1, cell)
    page = write_html(read_papers(relaid(sample, "results", "analysis"))[""])
    assert 'ดู<a href="#overall">ตารางที่\xa0๑</a> ' in page
    assert '<a href="#indicators-chart">แผนภูมิที่\xa0๔</a>  ที่นี่' in page


def test_the_memo_never_stands_in_the_report(presets):
    for preset, stem in presets.items():
        report = stem.with_suffix(".html").read_text(encoding="utf-8")
        assert "บันทึกข้อความ" not in report
        memo = stem.with_suffix(".memo.pdf")
        assert memo.exists() == (preset == "memo-and-tracking")


def test_the_summary_fits_one_page(rendered):
    from pypdfium2 import PdfDocument

    for file in sorted(rendered.rglob("*.pdf")):
        if file.stem.endswith(FOLLOW_UPS):
            continue
        pages = [skeleton(page.get_textpage().get_text_range()) for page in PdfDocument(file)]
        assert skeleton("บทสรุปสำหรับผู้บริหาร") in pages[1]
        assert skeleton("สารบัญตาราง") in pages[2] or skeleton("สารบัญ") in pages[2], file


def test_the_summary_is_one_page_of_every_preset(presets):
    from pypdfium2 import PdfDocument

    first, last = skeleton("บทสรุปสำหรับผู้บริหาร"), skeleton("รักษาไว้ตัวชี้วัดที่ ๑๐")
    for preset, stem in presets.items():
        pages = [
            skeleton(page.get_textpage().get_text_range())
            for page in PdfDocument(stem.with_suffix(".pdf"))
        ]
        (begins,) = [number for number, page in enumerate(pages) if last in page]
        assert first in pages[begins], preset
        assert begins == (preset != "brief"), preset


def test_every_part_has_a_preset_and_every_preset_known_parts():
    used = {part for layout in PRESETS.values() for part in layout.parts}
    assert used == set(PARTS)


def test_a_charts_figures_are_printed_where_it_says(sample):
    document = read_papers(sample)[""]
    tables = {b.anchor: b for b in document.blocks if isinstance(b, Table)}
    charts = [b for b in document.blocks if isinstance(b, Figure) and b.is_chart and b.caption]
    assert len(charts) == 10
    (gantt,) = [chart for chart in charts if not chart.data_at]
    assert gantt.alt.endswith("อยู่ในตารางมาตรการ")
    periods = {plain(row[3].inlines) for row in tables["measures"].body}
    assert any("ตลอดปีงบประมาณ" in period for period in periods)
    assert "ตั้งแต่เดือน ต.ค. ๒๕๖๘ และแล้วเสร็จภายในเดือน ก.ย. ๒๕๖๙" in " ".join(gantt.alt.split())
    for chart in charts:
        if chart is gantt:
            continue
        assert chart.alt.endswith(f"ตัวเลขทั้งหมดอยู่ใน{tables[chart.data_at].label}")
        shown = {plain(c.inlines) for row in tables[chart.data_at].body for c in row}
        values = set(re.findall("[๐-๙]+[.][๐-๙]{2}", chart.alt)) - {"๘๕.๐๐"}
        assert values <= {text.rstrip("*") for text in shown}, chart.alt
