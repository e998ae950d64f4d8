"""Corrections in a Word file: found where they were made, and put into their slot and no other."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections import Counter
from functools import cache
from itertools import chain

import pytest
from browsers import assert_readable_for_everyone, with_browser
from conftest import examples
from copies import SLOTS, fresh, own, place_of, slot_cells
from correcting import (
    add_below,
    adopted,
    as_word_saves,
    corrections_in,
    lines_of,
    opened,
    paragraphs_of,
    remove,
    saved,
    tracked,
    without_marks,
    word_file,
    write,
)
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.corrections.aligning import align
from ita_helpers.corrections.applying import NewCell, add_cells
from ita_helpers.corrections.cell_words import pieces_of
from ita_helpers.corrections.finding import Corrections
from ita_helpers.corrections.page import write_page
from ita_helpers.corrections.telling import Outline, ShownArea, ShownStep, difference
from ita_helpers.documents.corrected_file import corrected_from, read_corrected
from ita_helpers.errors import UnreadableDocument

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = ("เร่งรัด", "ทบทวน", "เผยแพร่", "ประชุม", "ติดตาม", "รายงาน", "ปรับปรุง", "ชี้แจง")


@cache
def notebook():
    return fresh()


@cache
def content():
    return word_file(notebook())


def is_emptied(change):
    """Whether nothing is left of the words of an area."""
    return bool(change.steps) and all(step.kind == "gone" for step in change.steps)


def words_of(made, slot):
    return [line for cell in slot_cells(made, slot) for line in lines_of(cell)]


def test_a_file_that_nobody_touched_has_no_corrections():
    assert corrections_in(content()) == Corrections()
    assert corrections_in(saved(opened(content()))) == Corrections()
    for change in (as_word_saves, without_marks):
        document = opened(content())
        change(document)
        assert corrections_in(saved(document)) == Corrections()


def test_a_word_a_sentence_a_paragraph_and_a_slot_are_found_where_they_were_changed():
    document = opened(content())
    first, *_ = paragraphs_of(document, "06")
    write(first, "ร่างของ 06 ที่แก้แล้ว")
    add_below(first, "ย่อหน้าใหม่ของช่อง")
    for each in paragraphs_of(document, "07"):
        remove(each)
    found = {each.area: each for each in corrections_in(saved(document)).areas}
    assert set(found) == {"06", "07"}
    assert is_emptied(found["07"])
    made = adopted(notebook(), saved(document)).notebook
    assert words_of(made, "06")[:2] == ["ร่างของ 06 ที่แก้แล้ว", "ย่อหน้าใหม่ของช่อง"]
    assert not "".join(words_of(made, "07"))
    assert words_of(made, "08") == words_of(notebook(), "08")


def test_tracked_changes_and_comments_come_with_whoever_made_them():
    document = opened(content())
    first = paragraphs_of(document, "summary")[0]
    tracked("ins", first.add_run(" และเร่งรัดให้แล้วเสร็จ"), "รองปลัด")
    gone = paragraphs_of(document, "eit")[0]
    before = gone.text
    gone.add_run(" คำที่ตัดออก")
    tracked("del", gone.runs[-1], "นายก")
    document.add_comment(
        paragraphs_of(document, "oit")[0].runs, text="ขอให้เพิ่มแนวทาง", author="หัวหน้า"
    )
    found = {each.area: each for each in corrections_in(saved(document)).areas}
    assert [hand.author for hand in found["summary"].hands] == ["รองปลัด"]
    assert "เร่งรัด" in found["summary"].steps[0].new
    assert "eit" not in found
    assert before
    (remark,) = found["oit"].remarks
    assert (remark.hand.author, remark.text) == ("หัวหน้า", "ขอให้เพิ่มแนวทาง")
    assert remark.about == paragraphs_of(opened(content()), "oit")[0].text.replace("\u00a0", " ")


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next():
    document = opened(content())
    first = paragraphs_of(document, "purpose")[0]
    following = add_below(first, "ตอนท้าย")
    properties = first._p.get_or_add_pPr()
    mark = properties.makeelement(qn("w:rPr"))
    properties.append(mark)
    mark.append(mark.makeelement(qn("w:del"), {qn("w:author"): "ปลัด", qn("w:id"): "7"}))
    (change,) = corrections_in(saved(document)).areas
    assert change.steps[0].new.endswith("ตอนท้าย")
    assert following.text == "ตอนท้าย"
    assert [hand.author for hand in change.hands] == ["ปลัด"]


def test_emphasis_lists_and_pieces_nobody_changed_keep_their_markdown():
    edited = copy.deepcopy(notebook())
    (cell,) = slot_cells(edited, "06")
    cell["source"] = "ย่อหน้า **เน้น** แรก\n\n1. ข้อ *หนึ่ง*\n2. ข้อสอง\n3. ข้อสาม\n\nย่อหน้าท้าย"
    document = opened(word_file(edited))
    paragraphs = paragraphs_of(document, "06")
    write(paragraphs[2], "ข้อสองที่แก้")
    added = add_below(paragraphs[-1], "เน้นใน Word")
    added.runs[0].bold = True
    (made,) = slot_cells(adopted(edited, saved(document)).notebook, "06")
    assert made["source"] == (
        "ย่อหน้า **เน้น** แรก\n\n1. ข้อ *หนึ่ง*\n2. ข้อสองที่แก้\n3. ข้อสาม\n\nย่อหน้าท้าย\n\n**เน้นใน Word**"
    )


def test_macros_are_noticed():
    assert not corrected_from(content(), "").has_macros
    held = io.BytesIO(content())
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    assert corrected_from(held.getvalue(), "").has_macros


def test_words_that_are_struck_out_come_back_struck_and_those_nobody_sees_as_gone():
    document = opened(content())
    (paragraph, *_) = paragraphs_of(document, "06")
    write(paragraph, "คงไว้ ")
    for text in ("ไม่ใช้แล้ว ", "มองไม่เห็น", "คงไว้ด้วย"):
        paragraph.add_run(text)
    paragraph.runs[1].font.strike = True
    paragraph.runs[2].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    made = adopted(notebook(), saved(document)).notebook
    assert slot_cells(made, "06")[0]["source"].startswith("คงไว้ ~~ไม่ใช้แล้ว~~ คงไว้ด้วย\n")
    again = adopted(made, saved(document))
    assert (again.changed, again.conflicts) == ([], {})
    assert not corrections_in(word_file(made)).areas


@pytest.mark.parametrize(
    "text", ["1. ไม่ใช่รายการ", "# ไม่ใช่หัวข้อ", "- ขีด", "ดาว * และ _ขีด_", "|ตาราง|"]
)
def test_what_looks_like_markdown_is_printed_as_it_was_typed(text):
    document = opened(content())
    write(paragraphs_of(document, "06")[0], text)
    made = adopted(notebook(), saved(document)).notebook
    assert words_of(made, "06")[0] == text


def test_links_and_pictures_outside_a_file_are_neither_followed_nor_taken():
    document = opened(content())
    first = paragraphs_of(document, "iit")[0]
    for kind, address in (("image", "https://example.org/x.png"), ("image", "../../../etc/passwd")):
        run = first.add_run()
        identity = document.part.relate_to(address, f"{RELATIONS}/{kind}", is_external=True)
        drawing = parse_xml(
            f'<w:drawing {nsdecls("w")}><a:blip {nsdecls("a")} xmlns:r="{RELATIONS}" '
            f'r:link="{identity}"/></w:drawing>'
        )
        run._r.append(drawing)
    for address in ("javascript:alert(1)", "file:///etc/passwd", "https://example.org/a"):
        link = OxmlElement("w:hyperlink")
        target = document.part.relate_to(address, f"{RELATIONS}/hyperlink", is_external=True)
        link.set(qn("r:id"), target)
        link.append(first.add_run(f"ที่{address[:4]}")._r)
        first._p.append(link)
    outcome = adopted(notebook(), saved(document))
    (cell,) = slot_cells(outcome.notebook, "iit")
    assert outcome.lost_pictures == 2
    assert "ที่javaที่file[ที่http](https://example.org/a)" in cell["source"]
    assert "passwd" not in str(outcome.notebook)


@pytest.mark.parametrize(
    ("name", "lock", "is_open"),
    [
        ("งาน.docx", "~$งาน.docx", True),
        ("รายงาน1.docx", "~$ายงาน1.docx", True),
        ("รายงานผล.docx", "~$ยงานผล.docx", True),
        ("รายงานผล.docx", ".~lock.รายงานผล.docx#", True),
        ("รายงานผล.docx", "~$งานอื่น.docx", False),
    ],
)
def test_a_file_that_is_open_is_known_by_the_lock_beside_it(tmp_path, name, lock, is_open):
    (tmp_path / name).write_bytes(content())
    (tmp_path / lock).touch()
    assert read_corrected(tmp_path / name, name).is_open is is_open


def test_words_changed_in_the_notebook_meanwhile_are_left_and_reported():
    document = opened(content())
    write(paragraphs_of(document, "06")[0], "แก้ใน Word เป็นอย่างอื่นทั้งหมด")
    meanwhile = copy.deepcopy(notebook())
    slot_cells(meanwhile, "06")[0]["source"] = "แก้ในสมุดงานเป็นอย่างอื่น"
    outcome = adopted(meanwhile, saved(document))
    assert words_of(outcome.notebook, "06") == ["แก้ในสมุดงานเป็นอย่างอื่น"]
    assert outcome.conflicts["06"][0].new == "แก้ใน Word เป็นอย่างอื่นทั้งหมด"


def test_a_slot_that_is_no_longer_in_the_notebook_is_named():
    document = opened(content())
    write(paragraphs_of(document, "06")[0], "แก้ใน Word")
    without = copy.deepcopy(notebook())
    without["cells"] = [cell for cell in without["cells"] if cell not in slot_cells(without, "06")]
    assert adopted(without, saved(document)).absent == ["06"]


def test_notes_stand_above_their_slot_unprinted_and_come_once():
    note = NewCell("ความเห็น", above="06", is_note=True)
    made, added = add_cells(notebook(), [note, note])
    assert added == [note]
    place = place_of(made, note.identity)
    assert made["cells"][place]["metadata"]["tags"] == ["remove-cell"]
    assert made["cells"][place + 1]["id"] == "hint-narrative-06"
    assert add_cells(made, [note])[1] == []


def test_new_cells_keep_the_order_in_which_they_were_typed():
    cells = [NewCell("หนึ่ง", behind="own"), NewCell("สอง", behind="own")]
    edited = {**notebook(), "cells": [*notebook()["cells"], own("ของหน่วยงาน")]}
    made, _ = add_cells(edited, cells)
    assert [cell["source"] for cell in made["cells"][-3:]] == ["ของหน่วยงาน", "หนึ่ง", "สอง"]


def test_a_changed_table_or_heading_is_told_and_not_taken():
    edited = copy.deepcopy(notebook())
    edited["cells"].insert(5, own("## หัวข้อเอง\n\n| ก | ข |\n|---|---|\n| 91.25 | 92.50 |"))
    document = opened(word_file(edited))
    table = document.tables[0]
    table.rows[1].cells[0].paragraphs[0].runs[0].text = "99.99"
    told = corrections_in(saved(document)).told
    assert [(each.kind, each.old, each.new) for each in told] == [("cell", "91.25", "99.99")]


def test_a_part_that_was_not_sent_back_empties_no_slot():
    document = opened(content())
    body = document.element.body
    for each in list(body)[len(body) // 2 : -1]:
        body.remove(each)
    found = corrections_in(saved(document))
    assert not any(is_emptied(each) for each in found.areas)
    assert {each.old for each in found.told if each.kind == "slot"} <= set(SLOTS)
    assert any(each.kind == "slot" for each in found.told)


def _edit(document, chance, slots):
    """Correct slots at random; return what each must print now."""
    wanted = {}
    for number, slot in enumerate(slots):
        paragraphs = paragraphs_of(document, slot)
        place = chance.randrange(len(paragraphs))
        chosen = paragraphs[place]
        text = f"{chance.choice(WORDS)}ครั้งที่ {number} ของช่อง {slot}"
        match chance.randrange(5):
            case 0:
                write(chosen, text)
            case 1:
                add_below(chosen, text)
            case 2 if len(paragraphs) > 1:
                remove(chosen)
            case 3:
                chosen.add_run(f" {text}")
            case _ if len(paragraphs) > 1:
                paragraphs[0]._p.addprevious(paragraphs[-1]._p)
        wanted[slot] = [
            each.text.replace("\u00a0", " ").strip() for each in paragraphs_of(document, slot)
        ]
    return wanted


@pytest.mark.hypothesis
@examples(1 / 3)
@given(seed=st.integers(0, 10**6), marks=st.sampled_from(["ours", "moved", "none"]))
def test_no_word_is_lost_or_taken_into_another_slot_and_twice_is_once(seed, marks):
    chance = random.Random(seed)
    document = opened(content())
    slots = chance.sample(corrected_from(content(), "").marked, 4)
    wanted = _edit(document, chance, slots)
    if marks == "moved":
        as_word_saves(document)
    elif marks == "none":
        without_marks(document)
    outcome = adopted(notebook(), saved(document))
    expected = {slot: wanted.get(slot, words_of(notebook(), slot)) for slot in SLOTS}
    now = {slot: words_of(outcome.notebook, slot) for slot in SLOTS}
    if marks != "none":
        assert {slot: sorted(each) for slot, each in now.items()} == {
            slot: sorted(filter(None, each)) for slot, each in expected.items()
        }
    outside = (each.lines for each in corrections_in(saved(document)).additions)
    found = Counter(chain(*now.values(), (line.text for lines in outside for line in lines)))
    assert not Counter(filter(None, chain(*expected.values()))) - found
    again = adopted(outcome.notebook, saved(document))
    assert again.notebook["cells"] == outcome.notebook["cells"]
    assert not again.changed


def test_lines_in_another_order_are_found_again():
    before = ["ก", "ข", "ค", "ง"]
    assert align(before, ["ก", "ค", "ง", "ข"]) == {0: 0, 1: 2, 2: 3, 3: 1}


def test_a_difference_shows_whole_words():
    told = difference("ควรเผยแพร่ข้อมูลทุกเดือน", "ควรเผยแพร่ข้อมูลทุกไตรมาส")
    assert "".join(each.text for each in told if each.kind != "new") == "ควรเผยแพร่ข้อมูลทุกเดือน"
    assert [each.text for each in told if each.kind == "new"] == ["ไตรมาส"]


def test_pieces_of_a_cell_are_what_it_prints():
    cell = own("ย่อหน้า\n\n- ก\n- ข\n\n## หัวข้อ")
    assert [[each.text for each in piece.printed] for piece in pieces_of(cell)] == [
        ["ย่อหน้า"],
        ["ก", "ข"],
        ["หัวข้อ"],
    ]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [(b"", "broken"), (b"PK\x03\x04", "broken"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_word")],
)
def test_what_is_no_word_file_is_refused(broken, problem):
    with pytest.raises(UnreadableDocument) as caught:
        corrected_from(broken, "x.docx")
    assert caught.value.facts["problem"] == problem


def _outline():
    steps = (
        ShownStep("changed", "รายงานทุกเดือน", "รายงานทุกไตรมาส <b>"),
        ShownStep("gone", "ตัดออก", ""),
    )
    refused = (("ได้ 99.99 คะแนน", ("ตัวเลขไม่ตรงกับข้อมูล",)),)
    area = ShownArea("06", "ตัวชี้วัดที่ 6", ("ปลัด",), steps, ("ความเห็น",), refused)
    file = "/home/somebody/แก้.docx"
    return Outline(file, "รายงานของ อบต.", ("คำเตือน",), (area,), ("ใหม่",), ("ตาราง",))


def test_the_page_shows_old_and_new_words_and_names_no_folder():
    page = write_page(_outline())
    assert "<ins>ไตรมาส &lt;b&gt;</ins>" in page and "<del>เดือน</del>" in page
    assert "somebody" not in page and "<script" not in page


@with_browser
def test_the_page_is_readable_for_everyone_at_every_width(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(write_page(_outline()), encoding="utf-8")
    assert_readable_for_everyone(file)
