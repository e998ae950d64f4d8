"""The memo: what it says of each kind of result, and how officers find it set."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from calling import called, write_in
from conftest import SAMPLES, data_of, spanning
from lxml import etree
from reading import squeeze

from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import missing_letters
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.word.writer import write_docx
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.words.slots import draft

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAYOUT = {"preset": "memo-and-tracking"}
CLOSING, SIGNATURES = "จึงเรียนมาเพื่อโปรดพิจารณา", 4
LONG = " ".join(f"คำที่{number}ของเรา" for number in range(1500))
SLOTS = ("memo-background", "memo-facts", "memo-proposals")


def memo_of(data, **words):
    """Return the memo, with an office's words in some of its slots."""
    notebook = called(data, ("memo",))
    for slot, text in words.items():
        write_in(notebook, slot.replace("_", "-"), text)
    return read_papers(notebook)["memo"]


def said(data):
    return {slot: "\n".join(draft(data, slot)) for slot in SLOTS}


def pages_of(document):
    with pypdfium2.PdfDocument(write_pdf(document)) as pdf:
        return [squeeze(page.get_textpage().get_text_bounded()) for page in pdf]


def word_of(document):
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as package:
        return etree.fromstring(package.read("word/document.xml"))


BACKGROUND = {
    ("made-up-example", 2568): (
        "ได้ 93.85 คะแนน",
        "เพิ่มขึ้น 1.53 คะแนน จาก 92.32 คะแนน แต่ระดับลดลงจาก “ผ่านดี” เป็น “ผ่าน”",
        "เนื่องจาก EIT ส่วนที่ 2 ได้ 79.58 คะแนน",
    ),
    ("bang-krabue", 2568): (
        "ไม่มีข้อมูลคะแนนของปีก่อน",
        "คะแนนภาพรวมถึงเกณฑ์ของระดับ “ผ่านดีเยี่ยม” แล้ว แต่ OIT ได้ 92.50 คะแนน",
        "ระดับผลการประเมินจึงเป็น “ผ่านดี”",
    ),
    ("bang-khae", 2568): ("OIT ขาด 6.25 คะแนน", "ยืนยันจากคะแนนไม่ได้"),
    ("made-up-example", 2566): ("ลดลง 15.36 คะแนน", "ระดับ “ผ่าน” คือ คะแนนภาพรวม ขาด 9.24 คะแนน"),
    ("nong-saeng", 2565): ("อยู่ในระดับ “AA” ซึ่งเป็นระดับสูงสุด",),
    ("pa-tueng", 2562): ("ได้ 94.89 คะแนน", "ขาด 0.11 คะแนน"),
}


@pytest.mark.parametrize("sample", BACKGROUND, ids=lambda each: f"{each[1]}-{each[0]}")
def test_the_memo_says_result_change_and_why_the_level_in_this_order(sample):
    text = said(data_of(*sample))["memo-background"]
    places = [text.find(phrase) for phrase in BACKGROUND[sample]]
    assert -1 not in places, text
    assert places == sorted(places)


def test_the_memo_says_what_follows_and_names_measures_with_owner_and_period():
    words = said(data_of("made-up-example", 2568))
    for phrase in (
        "เอกสารหลักฐานของข้อ O25 และ O26 ในการประเมินปีงบประมาณ พ.ศ. 2569",
        "โครงการปรับปรุงเว็บไซต์หลักให้ค้นหาข้อมูลได้ง่าย (สำนักปลัด และอีก 1 หน่วย ต.ค. 2568 – มี.ค. 2569)",
        "และมาตรการอื่นอีก 2 รายการ",
        "ข้อ E9 ซึ่งมีข้อเสนอแนะ ยังไม่มีมาตรการรองรับ",
    ):
        assert phrase in words["memo-facts"]
    assert "กำหนดมาตรการสำหรับข้อ E9" in words["memo-proposals"]
    lifted = said(data_of("bang-krabue", 2568))["memo-facts"]
    assert "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล เพิ่มจาก 85.00 คะแนน เป็นไม่น้อยกว่า 90.00 คะแนน" in lifted


def test_what_has_no_measure_is_proposed_and_nothing_unknown_is_said():
    without = said(data_of("bang-krabue", 2568))
    assert "เอกสารที่แนบยังไม่มีมาตรการ" in without["memo-facts"]
    assert "กำหนดมาตรการจากผลการประเมิน" in without["memo-proposals"]
    some = said(data_of("bang-khae", 2568))
    assert "ตัวชี้วัดที่ 10 การป้องกันการทุจริต ยังไม่มีมาตรการรองรับ" in some["memo-facts"]
    assert "กำหนดมาตรการสำหรับตัวชี้วัดที่ 9 และ 10" in some["memo-proposals"]
    only = said(data_of("pa-tueng", 2562))["memo-facts"]
    assert "มีเฉพาะคะแนนภาพรวม" in only
    assert "ต่ำที่สุด" not in only
    bare = Plan((Measure("ก"),))
    text = said(replace(data_of("bang-krabue", 2568), plan=bare))["memo-facts"]
    assert "ก (ยังไม่ระบุผู้รับผิดชอบ ยังไม่ระบุระยะเวลา)" in text


SPANNING = ("pa-tueng", 2562), ("nong-saeng", 2565), ("made-up-example", 2568)


@pytest.mark.hypothesis
@pytest.mark.parametrize("sample", spanning(SAMPLES, *SPANNING), ids=str)
def test_the_text_stands_on_one_page_and_its_end_on_one(sample):
    document = memo_of(data_of(*sample, **LAYOUT))
    pages = pages_of(document)
    ends = [page for page in pages if squeeze("ไม่เห็นชอบ เนื่องจาก") in page]
    assert len(ends) == 1
    assert len(pages) == 1 or pages.index(ends[0]) == 1
    assert ends[0].count("(ลงชื่อ)") == SIGNATURES
    assert squeeze(CLOSING) in ends[0]


def test_own_words_of_any_length_replace_ours_and_leave_the_end_whole():
    data = data_of("bang-khae", **LAYOUT)
    document = memo_of(data, memo_facts=LONG)
    pages = pages_of(document)
    assert len(pages) > 2
    assert pages[-1].count("(ลงชื่อ)") == SIGNATURES
    assert squeeze(CLOSING) in pages[-1]
    assert "(ลงชื่อ)" not in "".join(pages[:-1])
    written = "".join(pages)
    assert squeeze("คำที่1499ของเรา") in written
    assert squeeze("ยังไม่มีมาตรการรองรับ") not in written
    assert missing_letters(document, write_docx(document), "docx") is None


def test_the_memo_is_set_as_officers_know_it_in_word():
    body = word_of(memo_of(data_of("bang-khae", **LAYOUT)))
    (table,) = body.iter(f"{WORD}tbl")
    rows = list(table.iter(f"{WORD}tr"))
    assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
    for row in rows[:-1]:
        paragraphs = row.iter(f"{WORD}p")
        assert all(each.find(f"{WORD}pPr/{WORD}keepNext") is not None for each in paragraphs)
    lines = [p for p in body.iter(f"{WORD}p") if style(p) == "ItaLine"]
    assert len(lines) == 3
    for line in lines:
        assert line.find(f".//{WORD}szCs").get(f"{WORD}val") == "40"
        assert [u.get(f"{WORD}val") for u in line.iter(f"{WORD}u")][-1] == "dotted"
    assert "ItaMemoText" in [style(paragraph) for paragraph in body.iter(f"{WORD}p")]


def style(paragraph):
    named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    return named.get(f"{WORD}val") if named is not None else ""


def test_the_memo_says_that_it_is_a_draft_until_each_slot_is_somebodys():
    data = data_of("bang-khae", **LAYOUT)
    drafted = memo_of(data)
    assert drafted.is_draft
    assert "<strong>ร่าง</strong>" in write_html(drafted)
    assert pages_of(drafted)[0].startswith("ร่าง")
    own = {slot.replace("-", "_"): f"คำของเราใน {slot}" for slot in SLOTS}
    written = memo_of(data, **own)
    assert not written.is_draft
    assert "ร่าง" not in write_html(written)
    page = squeeze("".join(pages_of(written)))
    assert all(squeeze(text) in page for text in own.values())
    assert "ได้เข้ารับการประเมิน" not in page


def test_an_offices_foreword_and_rationale_replace_ours_and_ours_need_no_review():
    data = data_of("bang-khae", preset="memo-and-tracking", parts=["foreword", "rationale"])
    ours = read_papers(called(data, ("foreword", "rationale")))[""]
    assert not ours.is_draft
    notebook = called(data, ("foreword", "rationale"))
    slots = ("foreword", "background", "principles", "purpose")
    for slot in slots:
        write_in(notebook, slot, f"ถ้อยคำของเรา {slot}")
    page = write_html(read_papers(notebook)[""])
    for slot in slots:
        assert f"ถ้อยคำของเรา {slot}" in page
        assert draft(data, slot)[0][:30] not in page
        assert draft(data, slot)[0][:30] in write_html(ours)
