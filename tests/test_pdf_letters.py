"""Letters of PDFs whose Thai clusters are drawn in pieces, as browsers and offices print them."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium

from ita_helpers.documents.pdf import _drawn_once
from ita_helpers.documents.pdf_letters import placed_letters, tagged_letters

CODES = dict(zip("บัน้ชีวดสาทกงม", "0123456789bdeh", strict=True))
"""Latin letters as wide as each other, as which the font draws Thai ones."""
WIDE = 5.56
"""Points that a letter takes."""


def font(paper: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font that draws each of some Thai letters for a Latin one."""
    codes = "\n".join(f"<{ord(code):02x}> <{ord(each):04x}>" for each, code in CODES.items())
    names = f"1 begincodespacerange <00> <ff> endcodespacerange {len(CODES)} beginbfchar\n{codes}"
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    said = f"{head}{names}\nendbfchar endcmap end end".encode()
    return paper.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            BaseFont=pikepdf.Name.Helvetica,
            ToUnicode=paper.make_stream(said),
        )
    )


def piece(left: float, text: str, *, line: float = 700) -> str:
    """Return what draws letters of 10 points from so many letters on."""
    codes = "".join(map(CODES.get, text))
    return f"1 0 0 1 {left * WIDE} {line} Tm ({codes}) Tj"


def cluster(said: str, *pieces: str) -> str:
    """Return pieces beside which stands what text they are."""
    text = said.encode("utf-16-be").hex()
    return "\n".join((f"/Span <</ActualText <feff{text}>>> BDC", *pieces, "EMC"))


def read(*pieces: str, clip: str = "") -> set[str]:
    """Return what is read of a page, by places and by tags."""
    paper = pikepdf.new()
    page = paper.add_blank_page()
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font(paper)))
    drawn = "\n".join((clip, "BT /F 10 Tf", *pieces, "ET"))
    page.Contents = paper.make_stream(drawn.encode())
    file = io.BytesIO()
    paper.save(file)
    (shown,) = pdfium.PdfDocument(file.getvalue())
    text = shown.get_textpage()
    readers = (lambda *of: _drawn_once(placed_letters(*of)), tagged_letters)
    return {"".join(e.text for e in reader(shown, text)).strip() for reader in readers}


def test_a_cluster_that_says_its_text_is_read_once():
    moved = cluster("บั", piece(1, "บ"), piece(2.02, "ั"))
    assert read(moved, piece(2, "น"), piece(3, "ท")) == {"บันท"}


def test_a_mark_drawn_by_itself_stays_behind_its_letter():
    assert read(piece(1, "ช"), piece(2.05, "้"), piece(2, "วด")) == {"ช้วด"}


def test_no_blank_is_seen_behind_a_cluster_of_which_the_first_piece_is_narrow():
    wide = cluster("สำ", piece(1, "ส"), piece(2, "า"))
    assert read(wide, piece(3, "น"), piece(4, "ก")) == {"สำนก"}
    assert read(wide, piece(3.5, "น"), piece(4.5, "ก")) == {"สำ นก"}


def test_what_the_end_of_a_page_cuts_is_read_where_it_stands():
    clip = "0 100 600 650 re W n"
    assert read(piece(1, "งาน"), piece(1, "มา", line=90), clip=clip) == {"งาน"}


def test_a_line_drawn_again_to_look_bold_is_read_once():
    once = read(piece(1, "งาน"), piece(1, "มา", line=600), piece(1.05, "งาน"))
    assert "งาน\r\nมา" in once
