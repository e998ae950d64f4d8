"""What is drawn: no text on a line or on a text, none pale, none outside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise

from conftest import data_of, examples
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.bars import plot_points_lost
from ita_helpers.figures.dots import SMALL, Dot, draw_dots
from ita_helpers.figures.gantt import plot_measures
from ita_helpers.figures.history_lines import (
    plot_component_history,
    plot_indicator_history,
    plot_overall_history,
)
from ita_helpers.figures.palette import INSTRUMENTS, OTHER
from ita_helpers.figures.scores import plot_indicators
from ita_helpers.language.catalogue import label
from ita_helpers.language.periods import fiscal_window
from ita_helpers.publish.assembly.chart_data import tell_where, with_chart_data
from ita_helpers.publish.reading.svg import SvgText, split_text, view_size
from ita_helpers.publish.tree import Cell, Document, Figure, Image, Part, Table, Text
from ita_helpers.records.plan import Measure
from ita_helpers.scoring.history import History

SVG = "{http://www.w3.org/2000/svg}"
READABLE = 4.5
"""Contrast that text needs with what lies under it."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Where a text is on paper, to the edges of its letters."""

    text: SvgText | None
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


@cache
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
        for line in re.findall("M[^M]*", path)
        for piece in pairwise(_points(line))
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


def marks_of(svg: str) -> list[Box]:
    """Return the middles of all marks, three points each way."""
    used = etree.fromstring(svg).iter(SVG + "use")
    places = [(float(each.get("x")), float(each.get("y"))) for each in used]
    return [Box(None, x - 3, y - 3, x + 3, y + 3) for x, y in places]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faults(svg: str) -> list[str]:
    """Say which texts cannot be read: too pale or small, cut off, on a line, mark or other text."""
    boxes, lines, marks, areas = boxes_of(svg), lines_of(svg), marks_of(svg), areas_of(svg)
    width, height = view_size(svg)
    found = [f"two texts: {one} {two}" for one, two in combinations(boxes, 2) if one.meets(two)]
    for box in boxes:
        wrong = {
            "on a line": any(box.is_crossed(*each) for each in lines),
            "on a mark": any(box.meets(each) for each in marks),
            "cut off": box.left < -0.5 or box.top < -0.5,
            "cut off at the end": box.right > width + 0.5 or box.bottom > height + 0.5,
            "too pale": paleness(box, areas) < READABLE,
            "too small": box.text.size < 9.5,
        }
        found += [f"{name}: {box}" for name, is_wrong in wrong.items() if is_wrong]
    return found


def paleness(box: Box, areas: list[tuple[list[Point], str]]) -> float:
    """Return the least contrast of a text with what lies under any of it."""
    under = ["#ffffff"]
    for points, colour in areas:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        area = Box(None, min(xs), min(ys), max(xs), max(ys))
        is_within = area.left <= box.left and box.right <= area.right
        if is_within and area.top <= box.top and box.bottom <= area.bottom:
            under = [colour]
        elif box.meets(area):
            under.append(colour)
    return min(contrast(box.text.colour, each) for each in under)


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


@given(rows, st.one_of(st.just("each its own"), asked), st.sampled_from([SMALL, 6.3]))
@examples(1 / 6)
def test_no_score_stands_on_a_line_whatever_is_scored_and_asked(values, shared, width):
    if shared != "each its own":
        values = [(value, shared) for value, _ in values]
    assert faults(draw(values, width=width)) == []


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
    assert not marks_of(svg)
    assert "ไม่มีข้อมูล" in svg


EXAMPLE = data_of("made-up-example")


def test_every_text_of_every_chart_of_the_samples_can_be_read(rendered):
    found: dict[str, list[str]] = {}
    charts = 0
    for file in sorted(rendered.glob("*/*.html")):
        page = file.read_text(encoding="utf-8")
        for svg in re.findall(r'<svg role="img" aria-label="[^"]*" viewBox.*?</svg>', page):
            named = f'<svg xmlns="{SVG[1:-1]}" {svg.removeprefix("<svg ")}'
            charts += "<text" in named
            found |= {f"{file.stem} {charts}": each for each in [faults(named)] if each}
    assert charts > 50
    assert found == {}


def test_instruments_differ_in_grey_print_and_by_form():
    for (one, form), (other, its_form) in combinations([*INSTRUMENTS.values()], 2):
        assert contrast(one, other) > 1.5
        assert form != its_form
    for colour, _ in (*INSTRUMENTS.values(), OTHER):
        assert contrast(colour, "#ffffff") >= 3
    for plot in (plot_indicators, plot_indicator_history, plot_points_lost):
        texts = [box.text.text for box in boxes_of(plot(EXAMPLE).svg)]
        rows = [texts.count(code) for code in INSTRUMENTS]
        assert rows == ([5, 3, 1] if plot is plot_points_lost else [5, 3, 2])
    marks = etree.fromstring(plot_component_history(EXAMPLE).svg).iter(SVG + "defs")
    assert len({path.get("d") for each in marks for path in each}) == len(INSTRUMENTS)


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
periods = st.lists(st.tuples(days, st.integers(0, 500)), min_size=1, max_size=9)
of = st.sets(st.sampled_from(["1", "6", "9", "10", "2", "3", "4", "5"]))


@given(periods, of)
@examples(1 / 6)
def test_the_months_are_drawn_and_what_lies_outside_is_said(starts, codes):
    measures = [
        Measure("ก", start=start, end=start + timedelta(length), indicators=tuple(sorted(codes)))
        for start, length in starts
    ]
    figure = plot_measures(replace(EXAMPLE, plan=replace(EXAMPLE.plan, measures=tuple(measures))))
    texts = [box.text.text for box in boxes_of(figure.svg)]
    window = fiscal_window(2569)
    outside = [m for m in measures if m.end < window.start or m.start > window.end]
    assert faults(figure.svg) == []
    assert {*label("words.months_short").split()} <= {*texts}
    assert len([text for text in texts if "นอกปีงบประมาณ" in text]) == len(outside)
    assert len(areas_of(figure.svg)) == len(measures) - len(outside)
    assert ("นอกปีงบประมาณ" in figure.caption) == bool(outside)


@dataclass(frozen=True)
class Year:
    """A fiscal year of a history, with scores of any kind."""

    fiscal_year: int
    since_previous: str
    scores: dict[str, Fraction]

    @property
    def overall(self):
        return self.value("ITA")

    def value(self, code):
        return self.scores.get(code)


KNOWN = ("ITA", "IIT", "EIT", "OIT", *map(str, range(1, 11)))
some_scores = st.fixed_dictionaries({}, optional=dict.fromkeys(KNOWN, scores))
verdicts = st.sampled_from(["same", "changed", "assumed", "broken"])
histories = st.dictionaries(
    st.integers(2555, 2567), st.tuples(verdicts, some_scores), min_size=3, max_size=12
)


@given(histories, st.fixed_dictionaries(dict.fromkeys(KNOWN, scores)), verdicts)
@examples(1 / 6)
def test_no_line_of_any_history_runs_through_a_word(earlier, latest, verdict):
    told = {**earlier, 2568: (verdict, latest)}
    history = History(tuple(Year(year, *told[year]) for year in sorted(told)))
    data = replace(EXAMPLE, history=history)
    for plot in (plot_overall_history, plot_component_history, plot_indicator_history):
        figure = plot(data)
        if not isinstance(figure, Absent):
            assert faults(figure.svg) == []


def test_an_alternative_text_ends_with_the_table_that_has_the_numbers():
    rows = ((Cell((Text("OIT"),)), Cell((Text("98.18"),))),)
    data = Table((), (), rows, 2)
    chart = Figure(Image("svg", ""), "OIT สูงที่สุด", (Text("c"),), data=data, is_chart=True)
    for text, told in (("98.18", "OIT สูงที่สุด ตัวเลขทั้งหมดอยู่ในตารางที่ 4"), ("90", "OIT สูงที่สุด")):
        printed = (Cell((Text("OIT"),)), Cell((Text(text),)))
        table = Table((), (), (printed,), 2, label="ตารางที่ 4", anchor="t")
        (part,) = tell_where(with_chart_data([Part("part-results", (chart, table))]))
        assert part.blocks[0].alt == told
        assert (part.blocks[0].data is None) == (text == "98.18")


def test_an_emblem_is_named_by_its_office_and_the_memos_is_the_garuda():
    report = Document("t", (), author="เทศบาลตำบลตัวอย่าง")
    assert report.emblem_name == "ตราสัญลักษณ์ของเทศบาลตำบลตัวอย่าง"
    assert replace(report, author="").emblem_name == "ตราสัญลักษณ์ของหน่วยงาน"
    assert replace(report, kind="memo").emblem_name == "ตราครุฑ"
