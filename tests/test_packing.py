"""A packed PDF shows what it showed before."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from importlib.resources import as_file, files

import pikepdf
import PIL.Image
import PIL.ImageChops
import pypdfium2
import pytest
import typst
from documents import paper

from ita_helpers.documents.marks import read_mark
from ita_helpers.publish.pdf.operators import take_apart
from ita_helpers.publish.pdf.packing import pack
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Figure, Image

SOURCE = """#set page(width: 300pt, height: 300pt)
#set text(font: "Sarabun", lang: "th")
น้ำ ที่ ปู่ กำนัน ได้ ๙๒.๘๖ คะแนน *ตัวหนา* O10
#text(20pt)[ใหญ่] #rotate(90deg)[หมุน #text(8pt)[เล็ก]] #rotate(33deg)[เอียง]
#table(columns: 3, [ก], [ข], [*ค*], [๑], [๒], [๓])
#text(9pt)[#lorem(60)]
"""

SPAN = b"/Span<</ActualText<FEFF0E01>>>BDC"


@pytest.fixture(scope="module")
def content():
    with as_file(files("ita_helpers.faces") / "fonts") as fonts:
        return typst.compile(SOURCE.encode(), font_paths=[fonts], ignore_system_fonts=True)


def drawn(content):
    return pypdfium2.PdfDocument(content)[0].render(scale=4).to_pil().convert("L")


def test_a_packed_page_looks_and_reads_the_same(content):
    packed = pack(content)
    assert len(packed) < len(content)
    difference = PIL.ImageChops.difference(drawn(content), drawn(packed))
    assert sum(difference.histogram()[160:]) == 0
    both = (pypdfium2.PdfDocument(each)[0].get_textpage() for each in (content, packed))
    assert len({page.get_text_range() for page in both}) == 1
    assert pack(content) == packed


def shorten(operators: bytes) -> bytes:
    page = take_apart(operators)
    return page.rounded().written(
        b"<%s>" % said for _, said, _ in page.clusters(range(len(page.said)))
    )


@pytest.mark.parametrize(
    ("operators", "short"),
    [
        (b"1 0 0 -1 70.86614 798.95197 cm", b"1 0 0 -1 70.87 798.95 cm"),
        (b"1 0 0 -1 100.004 -12.5 Tm", b"1 0 0 -1 100 -12.5 Tm"),
        (b"1 0 0 -1 0 -10 Tm", b"1 0 0 -1 0 -10 Tm"),
        (b"0.29411766 0.3529412 0.40784314 scn", b"0.29411766 0.3529412 0.40784314 scn"),
        (b"BT 0 Tr/f0 9 Tf @(a)Tj 0 Tr/f0 9 Tf @(b)Tj", b"BT 0 Tr/f0 9 Tf @(a)Tj @(b)Tj"),
        (b"BT 0 Tr/f0 9 Tf @(a)Tj ET BT 0 Tr/f0 9 Tf @(b)Tj ET", None),
        (b"BT 0 Tr/f0 9 Tf @ 0 Tr/f1 9 Tf @ 0 Tr/f0 9 Tf @ ET", None),
        (b"BT 0 Tr/f0 9 Tf @ 2 Tr/f0 9 Tf @ ET", None),
        (b"BT 0 Tr/f0 9 Tf @ 0 Tr/f0 8 Tf @ ET", None),
        (SPAN + b" 0 Tr/f0 9 Tf @(a)Tj EMC", b"<0E01> 0 Tr/f0 9 Tf @(a)Tj EMC"),
        (b"", None),
    ],
)
def test_only_what_says_nothing_is_left_out(operators, short):
    given, wanted = (
        each.replace(b"@", b"1 0 0 -1 0 0 Tm") for each in (operators, short or operators)
    )
    assert shorten(given) == wanted


def test_a_text_that_need_not_say_what_it_is_has_no_span():
    page = take_apart(SPAN + b" 0 Tr/f0 9 Tf 1 0 0 -1 0 0 Tm(a)Tj\nEMC/Span<</MCID 1>>")
    assert list(page.clusters([0])) == [(b"/f0", b"0E01", b"(a)Tj\n")]
    assert page.written([b""]) == b" 0 Tr/f0 9 Tf 1 0 0 -1 0 0 Tm(a)Tj\n/Span<</MCID 1>>"


def test_the_positions_of_a_real_page_move_less_than_a_hundredth(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        before = pdf.pages[0].Contents.read_bytes()
    position = re.compile(rb"1 0 0 -1 (-?[\d.]+) (-?[\d.]+) (?:Tm|cm)")
    both = zip(position.findall(before), position.findall(shorten(before)), strict=True)
    for old, new in both:
        assert all(abs(float(a) - float(b)) <= 0.005001 for a, b in zip(old, new, strict=True))


def picture(kind, mode):
    content = io.BytesIO()
    PIL.Image.linear_gradient("L").resize((40, 30)).convert(mode).save(content, kind)
    return Figure(Image(kind, base64.b64encode(content.getvalue()).decode()), "ภาพ")


@pytest.mark.parametrize("standard", ["ua-1", "a-2b"])
def test_the_mark_that_is_written_is_the_one_that_is_read(standard):
    forms = '<g opacity="0.4"><path d="M0 0H50V50H0Z"/><path d="M9 9H60V60H9Z"/></g>'
    drawing = Figure(Image("svg", f'<svg viewBox="0 0 99 60">{forms}</svg>'), "ภาพ", anchor="c1")
    pictures = [picture(*each) for each in (("png", "RGB"), ("png", "LA"), ("jpeg", "L"))]
    document = replace(paper(*pictures, drawing), organisation="ban-mai", fiscal_year=2568)
    content = write_pdf(document, standard)
    mark = read_mark(content, ".pdf")
    assert mark.is_intact and mark.origin.organisation == "ban-mai"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.check_pdf_syntax()
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        pictured = next(each for each in streams if each.get("/Subtype") == pikepdf.Name.Image)
        pictured.write(bytes(len(pictured.read_bytes())))
        changed = io.BytesIO()
        pdf.save(changed)
    assert not read_mark(changed.getvalue(), ".pdf").is_intact
