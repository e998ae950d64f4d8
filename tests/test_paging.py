"""Where the pages of a PDF end: none but a part's last is more than a quarter empty."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from documents import paper, table

from ita_helpers.publish.pdf.column_room import widen
from ita_helpers.publish.pdf.paging import QUARTER, ROOM, Piece, choose_pages
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Cell, Figure, Heading, Image, Paragraph, Part, Text

ROW = 16.0


def heading(place, **more):
    return Piece((0, place), "heading", (18.0,), **more)


def text(place, lines=1):
    return Piece((0, place), "text", (16.0 * lines,))


def chart(place, height=200.0):
    return Piece((0, place), "chart", (height,))


def rows(place, count, **more):
    return Piece((0, place), "table", (ROW,) * count, **more)


def filling(place, left):
    """Fill a page up to what is left."""
    return Piece((0, place), "other", (ROOM - left,))


def order(pieces):
    return [piece.key[1] for piece in choose_pages(pieces)]


def test_what_fits_stays_as_it_is():
    pieces = [heading(0), text(1), chart(2), rows(3, 5)]
    assert choose_pages(pieces) == tuple(pieces)


def test_a_table_fills_the_page_that_a_chart_would_leave_empty():
    pieces = [filling(0, QUARTER + 40), heading(1), text(2), chart(3), rows(4, 5), heading(5)]
    assert order(pieces) == [0, 1, 2, 4, 3, 5]


def test_no_chart_leaves_its_section():
    pieces = [filling(0, QUARTER + 60), heading(1), text(2), chart(3), heading(4), rows(5, 5)]
    assert order(pieces) == list(range(6))


@pytest.mark.parametrize("left, is_whole", [(QUARTER - 20, True), (QUARTER + 60, False)])
def test_a_table_is_torn_only_where_it_would_leave_more_than_a_quarter(left, is_whole):
    chosen = choose_pages([filling(0, left), heading(1), rows(2, 14, head=ROW)])
    assert chosen[-1].is_whole == is_whole


def test_a_sentence_stands_on_the_page_before_its_chart_where_nothing_else_can():
    chosen = choose_pages([filling(0, QUARTER + 50), heading(1), text(2, 3), chart(3, 260.0)])
    assert [piece.is_loose for piece in chosen] == [False, False, True, False]


def test_a_part_on_a_page_of_its_own_may_leave_the_one_before_empty():
    pieces = [heading(0), chart(1), heading(2, new_page=True), rows(3, 14)]
    assert choose_pages(pieces) == tuple(pieces)


def test_a_column_gets_the_room_where_it_saves_lines():
    narrow, wide = widen([50.0, 50.0], 300.0, [[40.0, 230.0]] * 3, growing=(0, 1))
    assert narrow < 70 and wide >= 230
    assert sum(widen([50.0, 50.0], 300.0, [], growing=(0,))) == pytest.approx(300)


def section(number, height):
    """Return a section with a sentence, a chart and a table."""
    drawing = f'<svg viewBox="0 0 453 {height}"><path d="M0 0H453V{height}H0Z"/></svg>'
    figure = Figure(Image("svg", drawing), "ภาพ", (Text("ก"),), label="แผนภูมิ", anchor=f"c{number}")
    lines = table(("ก", "ข"), *[("1", "2")] * (3 + number % 9))
    return (
        Heading(3, (Text("หัวข้อ"),), anchor=f"h{number}"),
        Paragraph((Text("ปรากฏตามแผนภูมิและตาราง"),)),
        figure,
        replace(lines, caption=(Text("ตาราง"),), label="ตารางที่ 1", anchor=f"t{number}"),
        Paragraph((Text("หมายเหตุ"),), "note"),
    )


def test_no_page_of_a_report_is_more_than_a_quarter_empty():
    blocks = [block for number in range(9) for block in section(number, 120 + number * 37 % 100)]
    document = replace(paper(), parts=(Part("part-a", tuple(blocks)),))
    content = write_pdf(document)
    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        left = [_lowest(page) - 62.4 for page in pdf]
    assert len(left) > 4
    assert max(left[:-1]) <= QUARTER


def _lowest(page):
    """Return where the text or drawing of a page ends above its footer, in points."""
    places = (each.get_bounds()[1] for each in page.get_objects())
    return min(place for place in places if place > 60)


def test_a_row_that_heads_others_is_never_the_last_of_a_page():
    across = (Cell((Text("กลุ่ม"),), scope="rowgroup", colspan=2),)
    lines = table(("ก", "ข"), *[("1", "ของ")] * 70)
    body = [
        row for number, row in enumerate(lines.body) for row in ([across, row], [row])[number % 2]
    ]
    content = write_pdf(paper(replace(lines, body=tuple(body))))
    with pypdfium2.PdfDocument(content) as pdf:
        ends = [page.get_textpage().get_text_range().split()[-5] for page in pdf]
    assert len(ends) > 2 and set(ends) == {"ของ"}
