"""What goes in comes out: every letter of a document is on its papers, and a lost one is told."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat
import pikepdf
import pytest
from conftest import ROOT, assert_helps_the_reader, is_wide
from documents import paper, table, words
from hypothesis import given
from hypothesis import strategies as st
from tables import find_faults, random_document, some_words

from ita_helpers.errors import LettersLost
from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.formats import FORMATS, Given, format_named
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import (
    check_letters,
    count_lacking,
    letters,
    missing_letters,
    pieces_of,
)
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.pdf.column_widths import BREAK, break_long_words
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.read_back import counted, read_text
from ita_helpers.publish.tree import (
    Cell,
    Document,
    Formula,
    Heading,
    ListBlock,
    Preformatted,
    Text,
)
from ita_helpers.rendering.orders import exports_of

OFFICE = "made-up-example"
ENDINGS = tuple(each.name for each in FORMATS if each.is_whole)
WRITERS = {
    each.name: lambda document, write=each.write: write(document, Given()) for each in FORMATS
}


@cache
def papers(notebook: Path) -> list[tuple[Path, Document]]:
    """Return each paper of a rendered report with its document: ``(path without ending, tree)``."""
    return [
        (notebook.with_suffix(f".{key}" if key else ""), document)
        for key, document in read_papers(nbformat.read(notebook, 4)).items()
    ]


def pages(content: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.hypothesis
def test_every_report_has_all_letters_of_its_document_in_each_format(rendered):
    """Read a third of them, and all in ``make stress``: each was read back when it was made."""
    faults, seen = [], 0
    chosen = sorted(rendered.rglob("*.ipynb"))[:: 1 if is_wide() else 3]
    for stem, document in (each for notebook in chosen for each in papers(notebook)):
        for ending in ENDINGS:
            file = stem.parent / f"{stem.name}.{ending}"
            lost = missing_letters(document, file.read_bytes(), ending)
            faults += [f"{file.name}: {lost}"] if lost else []
            seen += 1
    assert not faults
    assert seen >= (39 if is_wide() else 15)


def test_every_preset_has_all_letters_and_hardly_one_besides(presets):
    for made in presets.values():
        for stem, document in papers(made.with_suffix(".ipynb")):
            for ending in ENDINGS:
                content = (stem.parent / f"{stem.name}.{ending}").read_bytes()
                pieces = list(pieces_of(document, ending))
                found = format_named(ending).read_back(content, pieces)
                wanted = Counter(letters("".join(piece.text for piece in pieces)))
                added = found.counted - wanted
                assert not count_lacking(pieces, found), (stem, ending)
                assert sum(added.values()) <= (12 if ending == "pdf" else 0), (stem, ending, added)
                assert not set(added) - set("๐๑๒๓๔๕๖๗๘๙–"), (stem, ending, added)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_letters_are_counted_as_they_are_read(text):
    assert counted(text) == Counter(letters(text)) == read_text(text).counted


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_text_of_a_document_vouches_for_another(rendered, ending):
    """A file that lacks any one text is found out: each is asked for once more than it stands."""
    stem, document = papers(rendered / "2568/made-up-example.ipynb")[0]
    pieces = list(pieces_of(document, ending))
    content = (stem.parent / f"{stem.name}.{ending}").read_bytes()
    found = format_named(ending).read_back(content, pieces)
    spare = found.counted - Counter(letters("".join(piece.text for piece in pieces)))
    named = {letters(piece.text) for piece in pieces} - {""}
    told = sorted(text for text in named if Counter(text) - spare)
    unseen = [
        text
        for text in told[::8]
        if not count_lacking([*pieces, replace(pieces[0], text=text)], found)
    ]
    assert len(named) > 300
    assert not unseen
    assert len(named) - len(told) < 30


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_lost_row_paragraph_or_list_is_told_with_its_place(ending):
    rows = [(str(n), f"มาตรการที่สำคัญลำดับ {n}", "กองคลัง") for n in range(1, 15)]
    whole = [
        Heading(2, (Text("ผลการประเมิน"),), number="1", anchor="h1"),
        words("ย่อหน้าแรก"),
        table(("ลำดับ", "มาตรการ", "ผู้รับผิดชอบ"), *rows),
        ListBlock(True, ((words("ข้อที่จะหาย"),), (words("ข้อที่อยู่"),))),
        Preformatted("print(1)\n  ปิดท้าย"),
    ]
    lossy = {
        "ย่อหน้าแรก": [whole[0], *whole[2:]],
        "ผลการประเมิน": whole[1:],
        "14": [*whole[:2], table(("ลำดับ", "มาตรการ", "ผู้รับผิดชอบ"), *rows[:-1]), *whole[3:]],
        "ข้อที่จะหาย": [*whole[:3], ListBlock(True, whole[3].items[1:]), whole[4]],
        "ปิดท้าย": whole[:4],
    }
    check_letters(paper(*whole), WRITERS[ending](paper(*whole)), ending)
    for text, left in lossy.items():
        lost = missing_letters(paper(*whole), WRITERS[ending](paper(*left)), ending)
        assert lost is not None, text
        assert_helps_the_reader(lost, text)
        assert lost.facts["letters"] >= len(letters(text))
    lost = missing_letters(paper(*whole), WRITERS[ending](paper(*lossy["14"])), ending)
    assert_helps_the_reader(lost, "ตารางที่ 1 ตารางทดลอง")


def test_text_that_slips_off_a_page_or_into_its_foot_is_lost():
    document = paper(*(words(f"ย่อหน้าที่ {n}") for n in range(30)))
    written = write_pdf(document)
    assert missing_letters(document, written, "pdf") is None
    for down in (170, 400):
        with pikepdf.open(io.BytesIO(written)) as pdf:
            page = pdf.pages[0]
            page.contents_add(f"1 0 0 1 0 -{down} cm".encode(), prepend=True)
            moved = io.BytesIO()
            pdf.save(moved)
        assert missing_letters(document, moved.getvalue(), "pdf") is not None


def test_a_paper_that_lacks_letters_is_no_report(monkeypatch):
    def forgetful(document):
        return write_html(replace(document, parts=()))

    monkeypatch.setattr("ita_helpers.publish.html.writer.write_html", forgetful)
    export = exports_of(("html",), "ua-1", Workspace(ROOT))["html"]
    with pytest.raises(LettersLost) as caught:
        export({"memo": paper(Heading(2, (Text("เรื่อง"),), anchor="h"), words("คำที่หายไป"))})
    assert_helps_the_reader(caught.value, "HTML", "เรื่อง")


def test_a_warning_stands_on_the_title_page_alone_and_the_mark_on_every_page():
    warned = {"banners": ("คำเตือนที่ยาวเกินหัวกระดาษ",), "mark": "ข้อมูลสมมติ", "has_cover": True}
    document = paper(*(words(f"ย่อหน้าที่ {n}") for n in range(60)), **warned)
    first, *others = ("".join(page.split()) for page in pages(write_pdf(document)))
    assert "คำเตือน" in first
    assert others
    assert [page for page in others if "คำเตือน" in page or "ข้อมูลสมมติ" not in page] == []
    page = write_html(document)
    assert (page.count("คำเตือน"), page.count("ข้อมูลสมมติ")) == (1, 1)


def test_a_line_that_ends_in_a_hyphen_has_lost_nothing():
    document = paper(*(words(f"{'ก' * n} rtrda-web-app-rtrda-web-app") for n in range(30, 60)))
    assert missing_letters(document, write_pdf(document), "pdf") is None
    assert missing_letters(paper(words("-"), *document.parts[0].blocks), write_pdf(document), "pdf")


def test_letters_no_font_has_are_no_loss_but_others_beside_them_are():
    document = paper(words("ดีมาก 👍 ใช้ได้ 漢字"))
    written = write_pdf(document)
    assert missing_letters(document, written, "pdf") is None
    assert missing_letters(paper(words("ดีมาก 👍 ใช้ได้ 漢字 หาย")), written, "pdf") is not None


@pytest.mark.parametrize("count", [10, 12, 13])
def test_ordinary_measures_are_all_on_the_page(count):
    import random

    dice = random.Random(count)
    rows = [(str(n), some_words(dice, 314), "กองคลัง") for n in range(1, count + 1)]
    document = paper(words("นำ"), table(("ลำดับ", "ขั้นตอน", "ผู้รับผิดชอบ"), *rows))
    assert not find_faults(document, write_pdf(document))


WIDE_WORDS = """
ขับเคลื่อนจริยธรรม ทรัพย์สินราชการ ทะเบียนครุภัณฑ์ พระราชบัญญัติ นายกเทศมนตรี ประชาสัมพันธ์ ราชอาณาจักร
กรุงเทพมหานคร สมุทรสงคราม ประสิทธิภาพ โฟลเดอร์งาน เทศบาลเมือง บรรลุเงื่อนไข มหาวิทยาลัย เปลี่ยนแปลง
วัตถุประสงค์ วิทยาศาสตร์ หนังสือเวียน สรุปประเด็น บังคับบัญชา บุคลากรเดิม องค์กรอิสระ บทวิเคราะห์
เปรียบเทียบ คะแนนภาพ ข้อมูลสมมติ เป้าประสงค์ ธรรมจรรยา คะแนนส่วน คะแนนย่อย รายละเอียด สถานการณ์
แผนภูมิช่วง รัฐธรรมนูญ ประมวลผล ยุทธศาสตร์
"""


def test_wide_words_without_spaces_stay_within_their_columns():
    wide = WIDE_WORDS.split()
    tables = []
    for lead, after in (("", "ไตรมาส"), ("report", "ไตรมาส")):
        for three in (wide[at : at + 3] for at in range(0, len(wide), 3)):
            head = [cell for word in three for cell in (f"{lead}{word}{after}", "กกกก")]
            tables.append(table(head, ["ก", "ข้อมูล " * 20] * len(three)))
    document = paper(words("นำ"), *tables)
    assert not find_faults(document, write_pdf(document))


def test_a_table_taller_than_a_page_breaks_and_repeats_its_head():
    head = ("ลำดับ", "ขั้นตอนของมาตรการ", "ผู้รับผิดชอบ", "W" * 60)
    long_cell = "หน่วยงานเผยแพร่ข้อมูล " * 227
    document = paper(words("นำ"), table(head, ("1", long_cell, "กองคลัง", "x" * 90)))
    written = write_pdf(document)
    assert not find_faults(document, written)
    with_text = [page for page in pages(written) if "หน่วยงานเผยแพร่" in page]
    assert len(with_text) >= 2
    assert all("นตอนของมาตรการ" in page for page in with_text)
    pieces = list(pieces_of(document, "pdf"))
    found = format_named("pdf").read_back(written, pieces)
    assert found.counted == Counter(letters("".join(piece.text for piece in pieces)))
    lacking = [*pieces, replace(pieces[0], text="กองคลัง")]
    assert count_lacking(lacking, format_named("pdf").read_back(written, lacking))


def test_a_small_table_still_stays_on_one_page():
    rows = [(str(n), f"ของ {n}") for n in range(1, 9)]
    for before in range(20, 30):
        document = paper(*(words("ก") for _ in range(before)), table(("ลำดับ", "รายการ"), *rows))
        shown = pages(write_pdf(document))
        assert len([page for page in shown if "ของ" in page]) == 1, before


@pytest.mark.hypothesis
def test_random_tables_stand_on_the_page_and_no_letter_over_another():
    for seed in range(1000, 1024 if is_wide() else 1006):
        document = random_document(seed)
        assert not find_faults(document, write_pdf(document)), seed


def test_words_without_an_end_stay_on_the_page_anywhere():
    endless = ["é" * 200, "ก" * 300, "ขคฃงจฉช" * 40, "Ж" * 90, "W" * 400, "x" * 400]
    lists = ListBlock(False, tuple((words(each),) for each in endless))
    document = paper(*(words(each) for each in endless), lists)
    assert not find_faults(document, write_pdf(document))


@pytest.mark.parametrize("endless", ["ก" * 40, "กข" * 20, "น้ำ" * 20, "กา" * 30])
@pytest.mark.parametrize("after", ["สำนักปลัด", "กำหนด", "ขั้นตอน", "นะ", "ๆ", "์"])
def test_no_line_is_broken_before_a_vowel_or_mark_of_its_letter(endless, after):
    (run,) = break_long_words((Text(endless + after),), 50, 10)
    assert run.text.replace(BREAK, "") == endless + after
    assert BREAK in run.text
    assert not re.search(rf"{BREAK}[\u0e30-\u0e3a\u0e45-\u0e4e]", run.text)


def test_formulas_in_the_cells_of_tables_are_drawn_each_in_its_own():
    """Also where a picture comes before: none stands in for another."""
    texts = [Text(tex, formula=True, verbatim=True) for tex in ("x^2", "y_1", "x^2")]
    formulas = [(Cell((text,)),) for text in texts]
    drawn = replace(table(("สูตร",), *[("",)] * 3), body=tuple(formulas))
    document = paper(words("นำ"), Formula("a+b"), drawn)
    written = write_pdf(document)
    assert not find_faults(document, written)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        elements = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/Alt" in e]
    assert sorted(str(each.Alt) for each in elements) == ["a+b", "x^2", "x^2", "y_1"]
