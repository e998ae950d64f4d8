"""PDFs that LibreOffice writes with two fonts are read as the Word file they were made of."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import matplotlib
import pytest
from conftest import ROOT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from libreoffice import converter, needs_office
from reading import lines, tables

from ita_helpers.documents.reading import read_document

SENTENCES = (
    "3.1 ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ (๘๘.๓๒ คะแนน)",
    "ข้อเสนอแนะ เปิดให้จองบริการผ่าน E-Service (O๑๐)",
    "ค่าเฉลี่ยของสองส่วนเท่ากับ ๘๗.๕๙ คะแนน",
    "จุดแข็ง คะแนนเพิ่มขึ้นจากปีก่อน 3.09 คะแนน",
    "EIT ส่วนที่ 2 ได้ 94.12 คะแนน ซึ่งต่ำกว่าเกณฑ์",
    "ปี 2568 ได้ 92.74 คะแนน และปี 2567 ได้ 90.10 คะแนน",
    "แจ้งแผนการใช้งบประมาณประจำปี (O๑๒) ในที่ประชุม",
    "กำหนดผู้รับผิดชอบรายข้อ ตั้งแต่ O ๑ ถึง O ๒๐",
    "อบต.สมมติได้รับคะแนนเป็นลำดับที่ ๓ ของอำเภอ (จาก ๑๒ แห่ง)",
)
LONG = (
    "ทั้งนี้ หน่วยงานได้ชี้แจงผลการประเมินให้บุคลากรทราบทั่วกัน และเปิดช่องทาง Facebook "
    "เพื่อรับฟังความคิดเห็น ผู้รับบริการจึงเข้าถึงข้อมูลได้เพิ่มขึ้น ส่วนที่ยังต่ำกว่า ๘๕ คะแนน จะเร่งแก้ไข "
)
PLAN = [
    ["มาตรการ", "ระยะเวลา"],
    ["เพิ่มข้อมูลบนเว็บไซต์", "มกราคม – มิถุนายน 2569"],
    ["ชี้แจงการใช้จ่าย", "ต.ค. ๖๘ – ก.ย. ๖๙"],
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a Word file in two fonts, and LibreOffice's PDF of it."""
    folder = tmp_path_factory.mktemp("two_fonts")
    fonts = folder / "fonts"
    shutil.copytree(ROOT / "ita_helpers/faces/fonts", fonts)
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", fonts)
    written = docx.Document()
    usual = written.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    written.styles["Normal"].paragraph_format.space_after = Pt(6)
    for script, font in (("ascii", "DejaVu Sans"), ("hAnsi", "DejaVu Sans"), ("cs", "Sarabun")):
        usual.set(qn(f"w:{script}"), font)
    for text in (*SENTENCES, LONG * 12, *SENTENCES):
        _say(written.add_paragraph(), text)
    table = written.add_table(rows=0, cols=2, style="Table Grid")
    for row in PLAN:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _say(cell.paragraphs[0], text)
    written.save(str(folder / "ก.docx"))
    (made,) = converter(folder, fonts)("pdf", folder / "ก.docx")
    return folder / "ก.docx", made


def _say(paragraph: object, text: str) -> None:
    run = paragraph.add_run(text)
    run._element.get_or_add_rPr().append(OxmlElement("w:cs"))


@pytest.mark.libreoffice
@needs_office
def test_a_pdf_in_two_fonts_is_read_as_its_word_file(both):
    word, pdf = (read_document(each, each.name) for each in both)
    assert tables(pdf) == tables(word)
    there, told = lines(word), lines(pdf)
    short = [each for each in there if len(each) < len(LONG)]
    assert len(short) == 2 * len(SENTENCES)
    assert [each for each in told if len(each) < len(LONG)] == short
    assert [each.replace(" ", "") for each in told] == [each.replace(" ", "") for each in there]
