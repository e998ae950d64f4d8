"""Behind a tone mark that is drawn alone no gap is left that a reader could take for a space."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import FOLLOW_UPS, is_wide

from ita_helpers.publish.pdf.gaps import LARGEST, Closing
from ita_helpers.publish.pdf.texts import part_texts

FONT = 7
WIDTHS = {FONT: {1: 500.0, 2: 600.0}}
"""Glyph 3 has no width: it is the mark."""


def text(x: object, glyphs: str, before: str = "") -> str:
    shown = "".join(f"\\000\\00{each}" for each in glyphs)
    return (
        f"q 1 0 0 -1 {x} 700 cm/c0 cs 0 0 0 scn\n"
        f"BT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm[{before}({shown})]TJ\nET\nQ\nEMC/Span<</MCID 1>>BDC\n"
    )


def closed(*texts: str) -> str:
    (page,), parted = part_texts([("".join(texts).encode("latin-1"), {b"/f0": FONT})])
    closing = Closing(parted, WIDTHS)
    return closing.closed(page).written(closing.texts.written([])).decode("latin-1")


@pytest.mark.parametrize(
    ("before", "marks", "behind", "moved"),
    [
        ((10, "1"), ["3"], 15.01, "14.999"),
        ((10, "12"), ["3"], 21.004, "20.999"),
        ((10, "1"), ["3", "3"], 15.01, "14.999"),
        ((10, "1", "-3"), ["3"], 15.04, "15.029"),
        ((10, "1"), ["3"], 15, "15"),
        ((10, "1"), ["3"], 14.99, "14.99"),
        ((10, "1"), ["3"], 15 + 2 * LARGEST, "15.1"),
        ((10, "1"), [], 15.01, "15.01"),
    ],
)
def test_a_mark_and_what_follows_begin_where_the_letter_ends(before, marks, behind, moved):
    letter = text(*before)
    given = [text(behind, mark, "9") for mark in marks]
    wanted = [text(moved, mark, "9") for mark in marks]
    assert closed(letter, *given, text(behind, "2")) == "".join([letter, *wanted, text(moved, "2")])


def test_what_was_moved_is_where_the_next_is_measured_from():
    moved = closed(
        text(10, "1"), text(15.01, "3"), text(15.01, "1"), text(20.01, "3"), text(20.01, "2")
    )
    assert moved.endswith(text("19.998", "3") + text("19.998", "2"))


@pytest.mark.parametrize(
    ("glyph", "shift", "kept"), [("3", "-3", False), ("3", "-60", True), ("2", "-3", True)]
)
def test_a_mark_does_not_begin_right_of_what_follows(glyph, shift, kept):
    assert (f"[{shift}(" in closed(text(10, "1"), text(15, glyph, shift), text(15, "2"))) == kept


def widths_of(font: Any) -> dict[int, float]:
    """Return the widths of a font's glyphs as another parser reads them: one run a glyph."""
    numbers = list(map(float, font.DescendantFonts[0].get("/W", [])))
    runs = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return {code: width for first, last, width in runs for code in range(int(first), int(last) + 1)}


def shown(page: Any) -> list[tuple[float, float]]:
    """Return where each text of a page begins and ends, as another parser reads it."""
    widths = {name.encode(): widths_of(font) for name, font in page.Resources.Font.items()}
    found = []
    left = size = end = last = wide = 0.0
    font = b""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "cm":
                left = float(operands[4])
            case "BT":
                end = last = 0.0
            case "Tf":
                font, size = str(operands[0]).encode(), float(operands[1])
            case "Tm":
                end = float(operands[4])
            case "TJ" | "Tj":
                listed = operands[0] if str(operator) == "TJ" else [operands[0]]
                for each in listed:
                    if isinstance(each, pikepdf.String):
                        codes = bytes(each)
                        glyphs = (codes[at] * 256 + codes[at + 1] for at in range(0, len(codes), 2))
                        wide = sum(widths[font].get(code, 0) for code in glyphs)
                        end += wide * size / 1000
                    else:
                        end -= float(each) * size / 1000
                    last = end if isinstance(each, pikepdf.String) and wide else last
            case "ET":
                found.append((left, left + last, last > 0))
    return found


@pytest.mark.hypothesis
def test_no_report_has_a_gap_behind_a_mark(rendered: Path, presets: dict[str, Path]) -> None:
    """Read a report of each preset and the follow-ups, and all of a year in ``make stress``."""
    files = [each.with_suffix(".pdf") for each in presets.values()]
    for file in rendered.glob("2568/*.pdf"):
        files += [file] if is_wide() or file.stem.endswith(FOLLOW_UPS) else []
    marks = 0
    for file in files:
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                end = None
                is_behind = False
                for begins, ends, has_width in shown(page):
                    if not has_width:
                        is_behind = True
                        continue
                    if is_behind and end is not None and abs(begins - end) < LARGEST:
                        marks += 1
                        assert begins <= end + 1e-9, (file, begins, end)
                    end, is_behind = ends, False
    assert marks > 300
