"""The summary page and the first screen: what is known stands there, and nothing that is not."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from calling import called
from conftest import SAMPLES, data_of, rules, year_scores
from PIL import Image

from ita_helpers.publish.formats import Given, format_named
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import check_letters, missing_letters
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Paragraph, Text, plain
from ita_helpers.publish.walks import nodes_of
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.reports.report import Report
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.history import build_history
from ita_helpers.scoring.priorities import find_tasks
from ita_helpers.tables.at_once import compare_at_once, tabulate_at_once
from ita_helpers.words.headline import keep

PAGE = ("headline", "components_at_once", "to_do", "to_keep")
WAYS = re.compile("เพิ่มขึ้น|ลดลง|สูงขึ้น|คงเดิม|เท่ากับปีก่อน")
LONG_NAME = ("องค์การบริหารส่วนตำบลตัวอย่างแห่งหนึ่งซึ่งมีชื่อยาว" * 3)[:120]


def page_of(data):
    """Return the text of what the page shows, but for the slot's words."""
    report, found = Report(data), compare_at_once(data)
    table = [repr(tabulate_at_once(found))] if found else []
    return "\n".join([*(repr(getattr(report, name)()) for name in PAGE), *table])


def paper_of(data):
    """Return the summary of a report as a document of its own."""
    paper = read_papers(called(data, ("summary",)))[""]
    parts = tuple(part for part in paper.parts if part.tag == "part-summary")
    return replace(paper, parts=parts, has_cover=False)


def paragraphs_of(document):
    """Return the text of each paragraph of a document."""
    found = (node for node in nodes_of(document.parts) if isinstance(node, Paragraph))
    return [plain(each.inlines).replace("\xa0", " ") for each in found]


def eleven_measures():
    data = data_of("made-up-example")
    measures = tuple(Measure(f"มาตรการลำดับ {n}", ("7",), owners=("สำนักปลัด",)) for n in range(1, 12))
    return replace(data, plan=Plan(measures))


def failing(**codes):
    """Return the made-up office with such scores this year, in a year that has no level given."""
    data = data_of("made-up-example")
    assessment = assess(rules(2568), year_scores(2568, **codes))
    previous = data.history.previous.assessment
    history = build_history({2567: previous, 2568: assessment}, {})
    return replace(data, assessment=assessment, history=history, plan=None)


def part_below(**codes):
    """Return the made-up office where all but one part of the EIT is known to be full."""
    return failing(**codes | dict.fromkeys("678", 60) | {"EIT1": 100})


BAD = {
    "no last year": (
        lambda: data_of("bang-khae"),
        ["“ผ่านดี” หรือ “ผ่าน”", "ไม่มีข้อมูลผลการประเมินของปีก่อน"],
        ["เพิ่มขึ้น", "ลดลง", "(ปีก่อน"],
    ),
    "no national mean": (
        lambda: replace(data_of("made-up-example"), reference={}),
        ["93.85 คะแนน", "ค่าเป้าหมาย 85.00"],
        ["ค่าเฉลี่ย"],
    ),
    "no plan": (
        lambda: replace(data_of("made-up-example"), plan=None),
        ["78.03 (89.63)", "ยังไม่มีมาตรการ"],
        ["สำนักปลัด", "แผนมีทั้งหมด"],
    ),
    "only an overall score": (
        lambda: data_of("ipst", 2567),
        ["91.15 คะแนน", "เพิ่มขึ้น 4.37", "ไม่มีคะแนนรายตัวชี้วัด", "ยังไม่มีแผนมาตรการ"],
        ["ถึงเกณฑ์ทุกข้อ", "ได้คะแนนเต็ม"],
    ),
    "only an overall score, and a plan": (
        lambda: data_of("pa-tueng", 2562),
        ["94.89 คะแนน", "ยังขาด 0.11 คะแนน", "สำนักปลัด และกองคลัง", "ก.ย.\u00a02563"],
        ["ตัวชี้วัดที่", "เพิ่มขึ้น", "ลดลง"],
    ),
    "eleven measures for one indicator": (
        eleven_measures,
        ["มาตรการลำดับ 1\n(และอีก 10 รายการ)", "มาตรการทั้งหมด 11 รายการปรากฏตามตาราง"],
        ["ลำดับ 2", "ลำดับ 11"],
    ),
    "a component that is not known": (
        lambda: data_of("bang-krabue"),
        ["แต่ OIT ได้ 92.50 คะแนน", "EIT ส่วนที่ 1 | ไม่มีข้อมูล | 95.00 | ถึงเกณฑ์"],
        ["EIT ส่วนที่ 1 | 0.00"],
    ),
    "an overall score that fails": (
        lambda: failing(**{str(code): 60 for code in range(1, 11)}),
        ["ต้องปรับปรุงโดยด่วน", "คะแนนลดลง 32.32", "ระดับลดลงจาก “ผ่านดี”", "ยังไม่มีมาตรการ"],
        ["รักษาไว้", "แต่ระดับ"],
    ),
    "a part that is too low by all that is known": (
        lambda: part_below(**{str(code): 100 for code in range(1, 11)}),
        ["EIT ส่วนที่ 2 |  | ไม่มีข้อมูล | 85.00 | ไม่ถึงเกณฑ์"],
        ["{"],
    ),
    "no score at all": (
        lambda: failing(**{"1": 90}),
        ["ไม่มีคะแนนภาพรวม", "ไม่มีข้อมูล"],
        ["สูงกว่า", "ต่ำกว่า", "ถึงเกณฑ์ทุกข้อ"],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_the_page_says_what_is_known_and_nothing_that_is_not(case):
    load, said, unsaid = BAD[case]
    text = page_of(load())
    assert [each for each in said if each not in text] == []
    assert [each for each in unsaid if each in text] == []


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_every_result_has_level_reason_and_what_is_to_be_done(organisation, year):
    data = data_of(organisation, year)
    text = page_of(data)
    score, (_, level, *_) = data.assessment.value("ITA"), text.splitlines()
    assert level == (data.assessment.verdict.level or "ยังสรุปไม่ได้")
    assert f"{float(score):.2f} คะแนน" in text
    why = text.splitlines()[4]
    assert re.search("เนื่องจาก|แล้ว แต่|ยังขาด|ถึงเกณฑ์ทุกข้อ|ยืนยันระดับจากคะแนนไม่ได้|ไม่ตรงกับ", why)
    assert bool(WAYS.search(why)) == (data.history.change("ITA") is not None)
    assert f"ต้องทำในปีงบประมาณ พ.ศ. {year + 1}" in text


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_nothing_stands_twice_on_the_page(organisation, year):
    paper = paper_of(data_of(organisation, year))
    said = Counter(text for text in paragraphs_of(paper))
    assert [text for text in said if said[text] > 1] == []
    score = f"{float(data_of(organisation, year).assessment.value('ITA')):.2f} คะแนน"
    assert sum(text.count(score) for text in paragraphs_of(paper)) == 1


def test_a_name_of_120_letters_leaves_the_page_whole():
    data = data_of("made-up-example", preset="brief")
    paper = paper_of(replace(data, organisation=replace(data.organisation, name=LONG_NAME)))
    assert LONG_NAME in write_html(paper)
    assert len(pypdfium2.PdfDocument(write_pdf(paper))) == 1


def test_the_page_says_whether_it_is_a_draft():
    data = data_of("made-up-example")
    notebook = called(data, ("summary",))
    page = write_html(read_papers(notebook)[""])
    assert "ร่าง ยังทบทวนไม่ครบ" in page
    cell = next(each for each in notebook["cells"] if each["id"] == "narrative-summary")
    cell |= {"cell_type": "markdown", "source": "คำของหน่วยงานเอง"}
    page = write_html(read_papers(notebook)[""])
    assert "ทบทวนแล้ว" in page
    assert "คำของหน่วยงานเอง" in page
    assert "ขาดไปมากที่สุด" not in page


def test_links_lead_only_to_files_that_are_made_together():
    paper = paper_of(data_of("chai-so"))
    assert 'href="chai-so' not in write_html(paper)
    others = (("HTML", "chai-so.html"), ("PDF", "chai-so.pdf"))
    page = write_html(replace(paper, others=others))
    assert '<a href="chai-so.pdf">PDF</a>' in page
    assert "chai-so.html" not in page


def test_the_picture_shows_the_page_and_holds_its_words():
    paper = paper_of(data_of("made-up-example"))
    made = format_named("png")
    content = made.write(paper, Given())
    assert content == made.write(paper, Given())
    assert len(content) < 400_000
    check_letters(paper, content, "png")
    picture = Image.open(io.BytesIO(content))
    picture.load()
    assert picture.width == 1240
    assert picture.height == pytest.approx(1240 * 297 / 210, abs=2)
    assert "ร่าง ยังทบทวนไม่ครบ" in picture.text["Description"]
    part = paper.parts[0]
    more = replace(part, blocks=(*part.blocks, Paragraph((Text("อีกหนึ่งย่อหน้า"),))))
    assert missing_letters(replace(paper, parts=(more,)), content, "png") is not None


def test_nothing_is_both_to_be_done_and_kept():
    good = (99.2, 97.1, 98.4, 96.3, 97.7, 95.9, 96.4, 95.6, 97.5, 98.75)
    scores = {str(code): score for code, score in enumerate(good, start=1)}
    found = {2568: assess(rules(2568), year_scores(2568, **scores))}
    office = data_of("made-up-example")
    data = replace(office, assessment=found[2568], history=build_history(found, {}))
    assert [each.indicator.code for each in find_tasks(data)] == ["9", "8"]
    assert "ตัวชี้วัดที่ 2 3 4 5 6 7 และ 10 ได้ไม่ต่ำกว่า 95.00 คะแนน" in repr(keep(data))
