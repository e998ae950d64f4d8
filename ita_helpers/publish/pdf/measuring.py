"""How high the blocks of a report are, by marks whose places on the pages the compiler tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum
from typing import Any

from ita_helpers.publish.pdf.paging import ROOM, Kind, Piece
from ita_helpers.publish.pdf.tags import is_across

TOP, BOTTOM = 65.2, 779.5
"""Points: where the text of a page begins and ends, from the edge."""
LINE, SPACE = 16.33, 8.28
"""Points from one line to the next, and between them."""
GAP = 14.0
"""Points above a block that was only seen on top of a page."""
INSET, CAPTION = 4.5, 13.0
"""Points: above and below the text of a cell, and a table's caption of one line."""
HEADED = ("score", "head")
"""Paragraphs that stay with what follows."""
ROW_LINE = 13.0
"""Points from one line of a cell to the next."""
Node = Mapping[str, Any]
Place = tuple[int, float]
"""A page, and points from its upper edge."""


ENDS, ROW, ROW_ENDS = "end", "row", "row end"


def mark(parts: Sequence[Node]) -> None:
    """Put marks before each block and at the end of its text, and tell those of a table's rows.

    Rows are counted where they are set in their order: nothing reaches down into another.
    """
    for number, part in enumerate(parts):
        for place, node in enumerate(part["blocks"]):
            node["mark"] = key = f"{number}.{place}"
            for inlines in _ends(node):
                inlines.append({"mark": ENDS})
            if rows := [*filter(None, node.get("body", ()))]:
                in_order = all(cell["rowspan"] == 1 for row in rows for cell in row)
                node["marks"] = [
                    (ROW, _lowest(row), ROW_ENDS)
                    if in_order
                    else (f"{key} {ROW} {at}", _lowest(row), f"{key} {ROW} {at} {ENDS}")
                    for at, row in enumerate(rows)
                ]


def _lowest(row: Sequence[Node]) -> int:
    """Return the place of the cell of a row that has most lines in it."""
    lines = [cell["lines"] / cell["rowspan"] for cell in row]
    return lines.index(max(lines))


def _named(told: Iterable[tuple[str, int, float]]) -> Iterator[tuple[str, Place]]:
    """Yield the marks by the blocks and rows they belong to: most only say what they are.

    The compiler sets a text again that it has set in another report, which has other names.
    """
    block, row = "", -1
    for name, page, height in told:
        if name == ROW:
            row += 1
        elif name not in (ENDS, ROW_ENDS):
            block, row = name.partition(" ")[0], -1
        own = {ROW: f"{block} {ROW} {row}", ROW_ENDS: f"{block} {ROW} {row} {ENDS}"}
        yield own.get(name, f"{block} {ENDS}" if name == ENDS else name), (page, height)


def _ends(node: Node) -> Iterator[list[Any]]:
    """Yield the texts of a block that may be its last."""
    kind = node["kind"]
    if kind in ("heading", "paragraph"):
        yield node["inlines"]
    elif kind == "figure" and node["caption"]:
        yield node["caption"]
    elif kind == "list" and node["items"] and node["items"][-1]:
        yield from _ends(node["items"][-1][-1])


@dataclass(frozen=True)
class _Seen:
    """A block where the compiler has set it first."""

    key: tuple[int, int]
    node: Node
    begins: Place
    ends: Place
    rows: tuple[tuple[Place, Place], ...]
    new_page: bool

    @property
    def height(self) -> float:
        return _between(self.begins, self.ends)

    @property
    def look(self) -> str:
        return f"{self.node['kind']} {self.node.get('style', self.node.get('level', ''))}"


def measure(
    parts: Sequence[Node], told: Iterable[tuple[str, int, float]]
) -> tuple[list[Piece], float]:
    """Return the pieces of the flow, and the height above them on their first page.

    ``told`` are the marks with page and height.
    """
    places: dict[str, Place] = {}
    for name, place in _named(told):
        places[name] = max(places.get(name, (0, 0.0)), place)
    seen = list(_see(parts, places))
    pieces: list[Piece] = []
    gaps = _gaps(seen)
    for gap, each in zip(gaps, seen, strict=True):
        is_note = each.node.get("style") == "note"
        before = pieces[-1] if pieces else None
        if is_note and before and before.kind in ("table", "chart") and not each.new_page:
            notes = (*before.notes, (each.key, gap + each.height))
            pieces[-1] = replace(before, notes=notes)
        else:
            pieces.append(_piece(each, gap))
    return pieces, seen[0].begins[1] - TOP


def _see(parts: Sequence[Node], places: Mapping[str, Place]) -> Iterator[_Seen]:
    """Yield the blocks; one whose end has no mark ends where the next begins."""
    nodes = [
        ((number, place), part, node)
        for number, part in enumerate(parts)
        for place, node in enumerate(part["blocks"])
    ]
    was_turned = False
    for (key, part, node), after in zip(nodes, [*nodes[1:], None], strict=True):
        begins = places[node["mark"]]
        rows = tuple(_rows_of(node, places))
        ends = rows[-1][1] if rows else places.get(f"{node['mark']} end")
        if ends is None:
            following = places[after[2]["mark"]] if after else begins
            ends = following if following[0] == begins[0] else (begins[0], BOTTOM)
        is_turned = node.get("turned", False)
        begins_part = key[1] == 0 < key[0] and part["begins_page"]
        yield _Seen(key, node, begins, ends, rows, begins_part or is_turned or was_turned)
        was_turned = is_turned


def _rows_of(node: Node, places: Mapping[str, Place]) -> Iterator[tuple[Place, Place]]:
    """Yield where the rows of a table begin and end."""
    for row in range(sum(map(bool, node.get("body", ())))):
        begins = places[f"{node['mark']} row {row}"]
        ends = places[f"{node['mark']} row {row} end"]
        yield (begins[0], begins[1] - INSET), (ends[0], ends[1] + INSET)


def _between(begins: Place, ends: Place) -> float:
    """Return the height of what may go on over pages, of which each ends with a whole line."""
    pages = ends[0] - begins[0]
    if not pages:
        return ends[1] - begins[1]
    first = (BOTTOM - begins[1] + SPACE) // LINE * LINE
    return first + (pages - 1) * ROOM + ends[1] - TOP


def _gaps(seen: Sequence[_Seen]) -> list[float]:
    """Return what stands above each block, as above others of its kind where a page began."""
    usual: dict[str, float] = {}
    found: list[float | None] = [None]
    for before, each in pairwise(seen):
        gap = each.begins[1] - before.ends[1] if each.begins[0] == before.ends[0] else None
        found.append(gap)
        if gap is not None:
            usual[each.look] = gap
    return [
        usual.get(each.look, GAP) if gap is None else max(gap, 0.0)
        for gap, each in zip(found, seen, strict=True)
    ]


def _piece(seen: _Seen, gap: float) -> Piece:
    kind, head = _kind(seen.node), 0.0
    slices: tuple[float, ...] = (seen.height,)
    if kind == "table":
        slices, head = _rows(seen)
    elif seen.node["kind"] in ("paragraph", "list") and kind != "heading":
        slices, head = _lines(seen.height, orphans=2 if kind == "text" else 1), -SPACE
    return Piece(seen.key, kind, slices, gap, head, new_page=seen.new_page)


def _kind(node: Node) -> Kind:
    kind, style = node["kind"], node.get("style")
    if kind == "heading" or style in HEADED:
        return "heading"
    if kind == "figure":
        return "chart"
    if kind == "paragraph" and style == "body":
        return "text"
    return "table" if kind == "table" and node["body"] and not node["turned"] else "other"


def _lines(height: float, orphans: int) -> tuple[float, ...]:
    """Return the heights of the lines with the space above, the first and the last few as one."""
    count = max(1, round((height + SPACE) / LINE))
    if count < 2 * orphans:
        return (height,)
    middle = [LINE] * (count - 2 * orphans)
    return (orphans * LINE - SPACE, *middle, orphans * LINE)


def _rows(seen: _Seen) -> tuple[tuple[float, ...], float]:
    """Return the heights of a table's rows, the first with all above it, and of its head.

    A tall row is taken apart into lines; one that heads others stays with the next.
    """
    above = max(seen.rows[0][0][1] - seen.begins[1], 0.0)
    slices = [above]
    heading = 0.0
    cells = filter(None, seen.node["body"])
    for row, places, after in zip(cells, seen.rows, [*seen.rows[1:], None], strict=True):
        ends = after[0] if after and after[0][0] == places[0][0] else places[1]
        height = heading + _between(places[0], ends)
        heading = height if is_across(row, seen.node) and after else 0.0
        if heading:
            continue
        lines = max(1, round(height / ROW_LINE)) if row[0]["tall"] else 1
        slices += [height / lines] * lines
    caption = CAPTION if seen.node["caption"] else 0.0
    return (fsum(slices[:2]), *slices[2:]), max(above - caption, 0.0)
