"""Random tables, and what is wrong with a PDF that holds some: text off the page or over another.

A table is one of real words, of words that never end, or of both; its text is counted by letter.
"""

from __future__ import annotations

import ctypes
import itertools
import random
from collections.abc import Iterable, Iterator

import pypdfium2
from pypdfium2 import raw

from ita_helpers.publish.letters import missing_letters
from ita_helpers.publish.tree import Block, Cell, Document, Paragraph, Part, Table, Text

WORDS = (
    "หน่วยงาน เผยแพร่ ข้อมูล การปฏิบัติงาน ประชาสัมพันธ์ อิเล็กทรอนิกส์ กองคลัง สำนักปลัด และ "
    "ตัวชี้วัดที่ ผู้รับผิดชอบ ประสิทธิภาพ กำหนด ขั้นตอน ช่องทาง เว็บไซต์ ไตรมาส ๒๕๖๘ ได้ ที่ ทั้งนี้ "
    "ปีงบประมาณ O10 https://www.example.go.th/path/to/a/page?x=1 92.86 (ITA) report ทุจริต"
).split()
ENDLESS = ("W" * 60, "ก" * 200, "0123456789" * 12, "é" * 90, "น้ำ" * 70, "x" * 400)
LENGTHS = (1, 1, 2, 5, 12, 30, 60, 120, 314, 1000, 2500, 5000)
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)


def random_document(seed: int) -> Document:
    """Return a paper with one random table between two paragraphs."""
    dice = random.Random(seed)
    before = [Paragraph((Text(some_words(dice, 200)),)) for _ in range(dice.randint(0, 14))]
    blocks: list[Block] = [*before, random_table(dice), Paragraph((Text(some_words(dice, 30)),))]
    return Document(f"รายงาน {seed}", (Part("part-a", tuple(blocks)),), numerals="thai")


def random_table(dice: random.Random) -> Table:
    """Return a table of 1 to 60 rows; the longest cell has up to 5,000 characters."""
    columns = dice.randint(1, 7)
    most = dice.choice(LENGTHS[4:])
    rows = dice.randint(1, 60 if most < 1000 else 6)
    lengths = [dice.choice([each for each in LENGTHS if each <= most]) for _ in range(columns)]
    head = tuple(Cell((Text(some_words(dice, 25)),), "col") for _ in range(columns))
    body = tuple(_row(dice, lengths) for _ in range(rows))
    caption = (Text(some_words(dice, 40)),)
    return Table(caption, (head,), body, columns, label=f"ตารางที่ {dice.randint(1, 9)}", anchor="t")


def _row(dice: random.Random, lengths: list[int]) -> tuple[Cell, ...]:
    kind = dice.random()
    if kind < 0.06:
        words = (Text(some_words(dice, 60)),)
        return (Cell(words, "rowgroup", colspan=len(lengths)),)
    cells: list[Cell] = []
    place = 0
    while place < len(lengths):
        wide = min(dice.choice((1, 1, 1, 1, 1, 1, 2, 3)), len(lengths) - place)
        length = max(1, int(lengths[place] * dice.random()))
        cells.append(Cell((Text(some_words(dice, length)),), colspan=wide))
        place += wide
    return tuple(cells)


def some_words(dice: random.Random, length: int) -> str:
    """Return about so many characters of words, few of them endless."""
    gap = dice.choice((" ", " ", ""))
    written = dice.choice(WORDS)
    while len(written) < length:
        endless = dice.random() < 0.01 and length > 40
        written += gap + dice.choice(ENDLESS if endless else WORDS)
    return written[:length].strip() or "ก"


def find_faults(document: Document, content: bytes) -> list[str]:
    """Return what is wrong with the PDF of a document."""
    missing = missing_letters(document, content, "pdf")
    return [*([str(missing)] if missing else []), *find_overprints(content)]


def find_overprints(content: bytes) -> Iterator[str]:
    """Yield the letters of a PDF that stand on the same place of a line as another one."""
    for number, page in enumerate(pypdfium2.PdfDocument(content), start=1):
        text = page.get_textpage()
        places = (each for each in range(text.count_chars()) if _is_printed(text, each))
        placed = [
            (*_place(text, each), chr(raw.FPDFText_GetUnicode(text, each))) for each in places
        ]
        yield from (f"page {number}: {fault}" for fault in _overprints(placed))


def _is_printed(text: pypdfium2.PdfTextPage, place: int) -> bool:
    left, bottom, right, top = text.get_charbox(place)
    letter = chr(raw.FPDFText_GetUnicode(text, place))
    is_made = raw.FPDFText_IsGenerated(text, place)
    return letter.isalnum() and right - left >= 1 and top - bottom >= 1 and not is_made


def _place(text: pypdfium2.PdfTextPage, place: int) -> tuple[float, float]:
    """Return the middle of a letter and the line it stands on."""
    left, _, right, _ = text.get_charbox(place)
    across, line = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, across, line)
    return (left + right) / 2, line.value


def _overprints(placed: Iterable[tuple[float, float, str]]) -> Iterator[str]:
    grid: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for middle, line, letter in placed:
        row, column = int(line // 20), int(middle // 20)
        for near in grid.get((row, column), ()):
            if abs(near[0] - middle) < 1.2 and abs(near[1] - line) < 2.5:
                yield f"{letter} over {near[2]} at {middle:.0f}, {line:.0f}"
        for up, across in itertools.product((-1, 0, 1), repeat=2):
            grid.setdefault((row + up, column + across), []).append((middle, line, letter))
