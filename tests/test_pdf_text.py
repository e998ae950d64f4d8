"""In a finished PDF every glyph says its own letters, so that all readers find all words."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from ita_helpers.publish.pdf.packing import pack
from ita_helpers.publish.pdf.text import WORD_JOINER
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Document, Paragraph, Part, Text

WORDS = ("การประเมิน คะแนน ตัวชี้วัดที่ เพิ่มขึ้น หนึ่ง ต่ำกว่า เชื่อมั่น “ผ่านดี” (ร้อยละ) คำ").split()


def by_pdfium(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def by_poppler(file: Path) -> str:
    """Read in the order of the file; poppler's own guess at lines parts raised tone marks."""
    run = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True)
    return run.stdout.decode()


def by_pypdf(file: Path) -> str:
    """Read as readers do that know fonts' maps and nothing of ``ActualText``."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def counts(read: Callable[[Path], str], file: Path) -> dict[str, int]:
    text = unicodedata.normalize("NFKC", read(file))
    return {word: text.count(unicodedata.normalize("NFKC", word)) for word in WORDS}


@pytest.mark.poppler
def test_three_readers_find_every_word_as_often(rendered: Path, presets: dict[str, Path]) -> None:
    total: Counter[str] = Counter()
    for stem in (rendered / "2568/made-up-example", presets["memo-and-tracking"]):
        file = stem.with_suffix(".pdf")
        first, *others = (counts(read, file) for read in (by_pdfium, by_poppler, by_pypdf))
        assert others == [first, first], file
        total.update(first)
    assert total["คะแนน"] > 100 and all(total[word] for word in WORDS[:6]), total


def test_maps_name_letters_and_no_text_holds_a_joiner(
    rendered: Path, presets: dict[str, Path]
) -> None:
    files = {*rendered.glob("*/*.pdf"), *(each.with_suffix(".pdf") for each in presets.values())}
    for file in files:
        with pikepdf.open(file) as pdf:
            fonts = [each for page in pdf.pages for each in page.Resources.Font.values()]
            said = [text for page in pdf.pages for text in _actual_texts(page)]
            mapped = [text for font in fonts for text in _mapped(font)]
        assert not [text for text in (*said, *mapped) if WORD_JOINER in text], file
        consonants = {text for text in mapped if len(text) > 1 and "ก" <= text[0] <= "ฮ"}
        assert len(consonants) <= 2, (file, consonants)


def _actual_texts(page: pikepdf.Page) -> list[str]:
    written = re.findall(rb"/ActualText<FEFF([0-9A-F]*)>", page.Contents.read_bytes())
    return [bytes.fromhex(each.decode()).decode("utf-16-be") for each in written]


def _mapped(font: pikepdf.Object) -> list[str]:
    entries = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
    return [bytes.fromhex(each.decode()).decode("utf-16-be") for each in entries]


def _unpacked(content: bytes) -> bytes:
    """Return a packed file with its objects one by one, as the compiler writes them."""
    bodies = dict(re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj(?=\n)", content, re.DOTALL))
    told = bodies.popitem()[1].partition(b"/Size")[2].partition(b"/W")[0]
    head, _, packed = bodies.popitem()[1].removesuffix(b"\nendstream").partition(b"stream\n")
    holds = zlib.decompress(packed)
    first = int(re.findall(rb"/First (\d+)", head)[0])
    index = holds[:first].split()
    places = [*map(int, index[1::2]), len(holds) - first]
    bodies |= {
        number: holds[first + begins : first + ends].removesuffix(b"\n")
        for number, (begins, ends) in zip(index[::2], pairwise(places), strict=True)
    }
    written, table = b"%PDF-1.7\n", b""
    for number in range(1, len(bodies) + 1):
        table += b"%010d 00000 n \n" % len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, bodies[b"%d" % number])
    listed = b"xref\n0 %d\n%010d 65535 f \n%s" % (len(bodies) + 1, 0, table)
    trailer = b"trailer\n<</Size%s>>\nstartxref\n%d\n%%%%EOF" % (told, len(written))
    return written + listed + trailer


def test_doing_it_twice_changes_nothing_more(rendered: Path) -> None:
    content = (rendered / "2568/made-up-example.pdf").read_bytes()
    told = []
    for each in (content, pack(_unpacked(content))):
        with pikepdf.open(io.BytesIO(each)) as pdf:
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            said = [text for page in pdf.pages for text in _actual_texts(page)]
            told.append((said, [text for font in fonts for text in _mapped(font)]))
    assert told[0] == told[1]


@pytest.mark.parametrize("words", ["ซึ่งถือตาม", "ตั้งแต่", "ขั้นตอน ข", "เพิ่มขึ้น หนึ่ง", "สั้น คำ ค่ำ"])
def test_a_raised_mark_of_a_short_paper_is_said_once(words: str, tmp_path: Path) -> None:
    part = Part("part-a", (Paragraph((Text(words),)),))
    (tmp_path / "a.pdf").write_bytes(write_pdf(Document("ก", (part,))))
    said = unicodedata.normalize("NFKC", words)
    for read in (by_pdfium, by_pypdf):
        assert said in unicodedata.normalize("NFKC", read(tmp_path / "a.pdf")).splitlines()


def test_a_mark_whose_glyph_has_a_high_number_is_said(tmp_path: Path) -> None:
    letters = "".join(map(chr, (*range(0x21, 0x7F), *range(0x0E01, 0x0E2F))))
    part = Part("part-a", (Paragraph((Text(letters),)), Paragraph((Text("ปู่ ที่"),))))
    (tmp_path / "a.pdf").write_bytes(write_pdf(Document("ก", (part,))))
    for read in (by_pdfium, by_pypdf):
        assert "ปู่ ที่" in read(tmp_path / "a.pdf").splitlines()
