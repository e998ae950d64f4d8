"""What is drawn: no text on a line or on a text, none pale, none outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from ita_helpers.figures.dots import SMALL, Dot, draw_dots
from ita_helpers.publish.reading.svg import SvgText, split_text, view_size

SVG = "{http://www.w3.org/2000/svg}"
READABLE = 4.5
"""Contrast that text needs with what lies under it."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Where a text is on paper, to the edges of its letters."""

    text: SvgText
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Whether a straight line runs through it (Liang and Barsky)."""
        first, last = 0.0, 1.0
        dx, dy = end[0] - start[0], end[1] - start[1]
        for step, room in (
            (-dx, start[0] - self.left),
            (dx, self.right - start[0]),
            (-dy, start[1] - self.top),
            (dy, self.bottom - start[1]),
        ):
            if step == 0 and room <= 0:
                return False
            if step < 0:
                first = max(first, room / step)
            elif step > 0:
                last = min(last, room / step)
        return first < last


def boxes_of(svg: str) -> list[Box]:
    return [_box(each) for each in split_text(svg)[1]]


def _box(text: SvgText) -> Box:
    weight = "bold" if text.weight == 700 else "normal"
    font = FontProperties(family="Sarabun", size=text.size, weight=weight)
    width, height, depth = text_to_path.get_text_width_height_descent(text.text, font, ismath=False)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return Box(text, left, text.y - height + depth, left + width, text.y + depth)


def lines_of(svg: str) -> list[tuple[Point, Point]]:
    """Return every straight piece of every line that is drawn."""
    return [
        piece
        for path, style in _paths(svg)
        if "stroke:#" in style
        for piece in pairwise(_points(path))
    ]


def areas_of(svg: str) -> list[tuple[list[Point], str]]:
    """Return every filled area with its colour, the lowest first."""
    return [
        (_points(path), found.group(1))
        for path, style in _paths(svg)
        if (found := re.search(r"fill:(#[0-9a-f]{6})", style)) and "stroke" not in style
    ]


def _paths(svg: str) -> list[tuple[str, str]]:
    root = etree.fromstring(svg)
    defined = {each for group in root.iter(SVG + "defs") for each in group.iter()}
    drawn = [each for each in root.iter(SVG + "path") if each not in defined]
    return [(each.get("d", ""), each.get("style", "")) for each in drawn]


def _points(path: str) -> list[Point]:
    assert not set(re.findall("[A-Za-z]", path)) - {*"MLz"}, path
    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [*points, points[0]] if "z" in path else points


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faults(svg: str) -> list[str]:
    """Say which texts cannot be read: too pale, cut off, on a line or on another text."""
    boxes, lines, (width, height) = boxes_of(svg), lines_of(svg), view_size(svg)
    found = [f"on a line: {b.text.text}" for b in boxes for each in lines if b.is_crossed(*each)]
    found += [
        f"on a text: {one.text.text} {other.text.text}"
        for one, other in combinations(boxes, 2)
        if one.meets(other)
    ]
    found += [
        f"cut off: {b.text.text}"
        for b in boxes
        if b.left < -0.5 or b.top < -0.5 or b.right > width + 0.5 or b.bottom > height + 0.5
    ]
    found += [f"too pale: {b.text.text}" for b in boxes if paleness(b, areas_of(svg)) < READABLE]
    return found + [f"too small: {b.text.text}" for b in boxes if b.text.size < 9.5]


def paleness(box: Box, areas: list[tuple[list[Point], str]]) -> float:
    """Return the least contrast of a text with the paper or any area it touches."""
    under = [
        colour
        for points, colour in areas
        if min(x for x, _ in points) < box.right
        and box.left < max(x for x, _ in points)
        and min(y for _, y in points) < box.bottom
        and box.top < max(y for _, y in points)
    ]
    return min(contrast(box.text.colour, each) for each in (*under, "#ffffff"))


scores = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 100))
asked = st.one_of(st.none(), scores)
rows = st.lists(st.tuples(st.one_of(st.none(), scores), asked), min_size=1, max_size=11)


def draw(values, **options):
    dots = [
        Dot(f"EIT {n}", value, "ไม่มีข้อมูล" if value is None else f"{float(value):.2f}", condition)
        for n, (value, condition) in enumerate(values)
    ]
    options = {"caption": "c", "alt": "a", "numerals": "thai", "line": "ค่าเป้าหมาย 85.00", **options}
    return draw_dots(dots, **options).svg


@given(rows, asked, st.sampled_from([SMALL, 6.3]), st.sampled_from(["thai", "arabic"]))
def test_no_score_stands_on_a_line_whatever_is_scored_and_asked(values, shared, width, numerals):
    assert faults(draw(values, width=width, numerals=numerals)) == []
    same = [(value, shared) for value, _ in values]
    assert faults(draw(same, width=width, numerals=numerals)) == []


def test_a_score_below_its_condition_is_told_by_form_and_weight():
    fine, below = (draw([(Fraction(value), Fraction(85))]) for value in ("85", "84.99"))
    assert [box.text.weight for box in boxes_of(fine)[:2]] == [400, 400]
    assert [box.text.weight for box in boxes_of(below)[:2]] == [700, 700]
    marks = [
        etree.fromstring(each).find(f".//{SVG}defs/{SVG}path").get("d") for each in (fine, below)
    ]
    assert marks[0] != marks[1]


def test_no_score_lies_outside_the_scale():
    for lowest, start in ((98, "70"), (70, "70"), (69, "60"), (0, "0")):
        texts = [
            box.text.text for box in boxes_of(draw([(Fraction(lowest), None)], numerals="arabic"))
        ]
        assert texts[2] == start
        assert texts[-1] == "100"


def test_an_unknown_score_has_words_and_no_dot():
    svg = draw([(None, Fraction(85))])
    assert "<use" not in svg
    assert "ไม่มีข้อมูล" in svg
