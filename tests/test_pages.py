"""The pages of a report: their names, the contents, the cover."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
from documents import paper, table

from ita_helpers.files.facts import PaperFacts
from ita_helpers.publish.assembly.contents import with_contents
from ita_helpers.publish.assembly.typography import title_phrases
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Figure, Heading, Image, Paragraph, Part, Text


def part(tag, *, is_numbered=True):
    heading = Heading(2, (Text(tag),), anchor=tag)
    return Part(tag, (heading, Paragraph((Text("ก"),))), is_numbered=is_numbered)


def test_pages_before_the_first_part_have_letters_and_the_first_part_begins_page_one():
    parts = (part("summary", is_numbered=False), part("rationale"), part("results"))
    document = replace(
        paper(), parts=parts, has_cover=True, numerals="thai", made=("จัดทำโดย สำนักปลัด",)
    )
    with pypdfium2.PdfDocument(write_pdf(document)) as pdf:
        assert [pdf.get_page_label(number) for number in range(len(pdf))] == ["", "ก", "๑"]
        cover, front, body = (page.get_textpage().get_text_range() for page in pdf)
    assert "จัดทำโดย สำนักปลัด" in cover
    assert "หน้า ก" in front and "จาก" not in front
    assert "หน้า ๑ จาก ๑" in body


def test_the_contents_say_what_a_chart_shows_and_not_what_is_found():
    captions = {
        "คะแนนรายเครื่องมือ: EIT ต่ำกว่าค่าเป้าหมาย": "คะแนนรายเครื่องมือ",
        "คะแนนภาพรวม ปีงบประมาณ พ.ศ. ๒๕๖๔–๒๕๖๘ (เส้นประ) เพิ่มขึ้น": "คะแนนภาพรวม",
        "มาตรการ ปีงบประมาณ พ.ศ. 2569": "มาตรการ",
        "คะแนนของทุกตัวชี้วัด": "คะแนนของทุกตัวชี้วัด",
    }
    charts = [
        Figure(Image("svg", "<svg/>"), "", (Text(caption),), label="1", anchor=f"c{number}")
        for number, caption in enumerate(captions)
    ]
    parts = [Part("part-contents", ()), Part("a", tuple(charts))]
    (contents,) = with_contents(parts, PaperFacts())[0].blocks
    shown = ["".join(run.text for run in entry.inlines[1:]) for entry in contents.lists[-1].entries]
    assert shown == list(captions.values())


def test_a_title_breaks_where_its_sense_goes_on():
    title = (
        "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๘"
    )
    phrases = [run.text for run in title_phrases(title) if run.whole]
    assert phrases == [
        "รายงานการวิเคราะห์ผลการประเมินคุณธรรม",
        "และความโปร่งใส",
        "ในการดำเนินงาน",
        "ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๘",
    ]
    assert "".join(run.text for run in title_phrases(title)) == title


def test_only_a_table_that_may_scroll_is_a_tab_stop():
    narrow, wide = table(("ก", "ข"), ("1", "2")), table(["ประสิทธิภาพ"] * 6, ["1"] * 6)
    assert "tabindex" not in write_html(paper(narrow)).split("<main")[1]
    assert 'tabindex="0"' in write_html(paper(wide)).split("<main")[1]


def test_the_navigations_of_a_page_have_names_of_their_own():
    parts = with_contents([Part("part-contents", ()), part("results")], PaperFacts())
    names = re.findall(
        r'<nav [^>]*aria-label="([^"]*)"', write_html(replace(paper(), parts=tuple(parts)))
    )
    assert len(names) == len(set(names)) == 2


def test_the_title_of_a_paper_is_a_heading_in_its_structure():
    with pikepdf.open(io.BytesIO(write_pdf(paper(Paragraph((Text("ก"),)))))) as pdf:
        kinds = [str(each.S) for each in pdf.objects if "/S" in _of(each) and "/P" in _of(each)]
    assert kinds.count("/H1") == 1


def _of(each):
    return each if isinstance(each, pikepdf.Dictionary) else {}


def test_an_entry_of_the_contents_is_one_link():
    caption = (Text("ข้อมูลของ"), Text("แผนภูมิที่ 2", href="#c2"))
    figure = Figure(Image("svg", "<svg/>"), "", caption, label="1", anchor="c1")
    parts = with_contents([Part("part-contents", ()), Part("a", (figure,))], PaperFacts())
    entries = parts[0].blocks[0].lists[-1].entries
    assert [run.href for entry in entries for run in entry.inlines] == ["", "", ""]
