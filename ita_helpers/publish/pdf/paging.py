"""Choosing where the pages of a report end, so that none but a part's last is a quarter empty.

The compiler sets one block after the other: a chart or a whole table that does not fit leaves the
rest of its page empty. Here the order of a section's tables and charts is chosen, and which tables
are whole, from the heights of the blocks (points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from math import fsum
from typing import Literal

Kind = Literal["heading", "text", "table", "chart", "other"]
"""A ``text`` stays with a table or chart that follows."""
ROOM = 714.3
"""The height of the text on a page."""
QUARTER = ROOM / 4
HIGHEST = 0.9 * ROOM
"""No higher table is kept whole."""
NEAR = 4.0
"""What fits by less than this is taken not to fit."""
FEW_ROWS = 14
"""A table of no more rows is better whole."""
WHITE, TORN, RUNT, PARTED, MOVED, LOOSE = 3.0, 1.0, 3.0, 3.0, 0.6, 0.8
"""What speaks against a page's empty share, a torn table, a row of it alone, a note on another page
than its table, a chart that stands later or earlier, a sentence whose chart is on the next page."""
TOO_EMPTY = 100.0
STATES, ORDERS, TABLES = 5, 10, 3
"""How many ways to go on from, orders of a section and tables torn or whole are compared."""


@dataclass(frozen=True)
class Piece:
    """A block of the flow: its key, and its heights between the places where a page may end.

    ``gap`` stands above it except on top of a page. ``head`` is added where it goes on on another
    page: a table's head, or less than nothing for the space above a line. ``notes`` are those of a
    table or chart, each with its height. With ``new_page`` a page begins here. A ``is_loose`` text
    may stand on the page before its chart.
    """

    key: tuple[int, int]
    kind: Kind
    slices: tuple[float, ...]
    gap: float = 0.0
    head: float = 0.0
    notes: tuple[tuple[tuple[int, int], float], ...] = ()
    new_page: bool = False
    is_whole: bool = False
    is_loose: bool = False

    @cached_property
    def height(self) -> float:
        """All of it, on one page."""
        return fsum(self.slices) + fsum(height for _, height in self.notes)

    @property
    def choice(self) -> dict[str, bool]:
        """How it is set where that differs from what the compiler would do."""
        chosen = {"whole": self.is_whole, "loose": self.is_loose}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Plan:
    """Pieces in their order, how far the last page is filled, and what speaks against them."""

    pieces: tuple[Piece, ...] = ()
    filled: float = 0.0
    cost: float = 0.0


def choose_pages(pieces: Sequence[Piece], filled: float = 0.0) -> tuple[Piece, ...]:
    """Return the pieces in the order they are best set in, each whole, loose or neither.

    ``filled`` is the height of what stands above them on the first page.

    No piece leaves its section, and none stands before the sentences its section begins with.
    """
    plans = [Plan(filled=filled)]
    for section in _sections(pieces):
        following: dict[int, Plan] = {}
        for plan in plans:
            for way in _ways(section, plan):
                kept = following.get(round(way.filled))
                if kept is None or way.cost < kept.cost:
                    following[round(way.filled)] = way
        plans = sorted(following.values(), key=lambda each: each.cost)[:STATES]
    return plans[0].pieces


def _sections(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces from one heading to the next; headings in a row are one."""
    section: list[Piece] = []
    for piece in pieces:
        if section and _begins_section(piece, section[-1]):
            yield tuple(section)
            section = []
        section.append(piece)
    if section:
        yield tuple(section)


def _begins_section(piece: Piece, before: Piece) -> bool:
    is_heading = piece.kind == "heading" != before.kind
    return is_heading or piece.new_page or piece.key[0] != before.key[0]


def _ways(section: tuple[Piece, ...], plan: Plan) -> Iterator[Plan]:
    """Yield the plan with the section added in every way; in one only where all of it fits."""
    first = _added(section, plan)
    yield first
    if first.cost <= plan.cost:
        return
    for moved, order in _orders(section):
        for way in _variants(order):
            added = _added(way, plan)
            yield replace(added, cost=added.cost + MOVED * moved)


def _orders(section: tuple[Piece, ...]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Yield how many charts were moved, and the section with its charts among its other pieces."""
    opening = next((n for n, each in enumerate(section) if each.kind in ("table", "chart")), 0)
    rest = section[opening:]
    charts = [each for each in rest if each.kind == "chart"]
    others = [each for each in rest if each.kind != "chart"]
    yield 0, section
    for number, places in enumerate(combinations(range(len(rest)), len(charts))):
        if number >= ORDERS:
            return
        waiting, left = iter(charts), iter(others)
        order = [next(waiting) if n in places else next(left) for n in range(len(rest))]
        moved = sum(a is not b and a.kind == "chart" for a, b in zip(order, rest, strict=True))
        if moved:
            yield moved, (*section[:opening], *order)


def _variants(order: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Yield the section with each table torn or whole, each sentence with its chart or not."""
    choices = [
        n
        for n, each in enumerate(order)
        if (
            each.kind == "table"
            and len(each.slices) + len(each.notes) > 1
            and each.height <= HIGHEST
        )
        or (each.kind == "text" and order[n + 1 : n + 2] and order[n + 1].kind == "chart")
    ][:TABLES]
    for chosen in product((False, True), repeat=len(choices)):
        way = list(order)
        for place, is_chosen in zip(choices, chosen, strict=True):
            name = "is_whole" if way[place].kind == "table" else "is_loose"
            way[place] = replace(way[place], **{name: is_chosen})  # type: ignore[arg-type]
        yield tuple(way)


def _added(section: tuple[Piece, ...], plan: Plan) -> Plan:
    """Return the plan with the pieces of a section set one after the other."""
    filled, cost = plan.filled, plan.cost
    waiting: list[Piece] = []
    for place, piece in enumerate(section):
        filled = 0.0 if piece.new_page else filled
        follows = section[place + 1].kind if place + 1 < len(section) else ""
        waiting.append(piece)
        if not _stays_with(piece, follows):
            filled, more = _set(waiting, filled)
            cost += more
            waiting = []
    if waiting:
        filled, more = _set(waiting, filled)
        cost += more
    return Plan((*plan.pieces, *section), filled, cost)


def _stays_with(piece: Piece, follows: str) -> bool:
    """Return whether no page ends between a piece and what follows."""
    if piece.kind == "heading":
        return bool(follows)
    return piece.kind == "text" and not piece.is_loose and follows in ("table", "chart")


def _set(unit: Sequence[Piece], filled: float) -> tuple[float, float]:
    """Return how far the page is filled after pieces that stay together, and what it costs."""
    *before, last = unit
    is_whole = last.is_whole or last.kind == "chart"
    slices = (last.height,) if is_whole else last.slices
    opening = fsum(each.gap + each.height for each in before) + last.gap
    opening -= unit[0].gap if not filled else 0.0
    cost = LOOSE if last.is_loose else 0.0
    if filled and filled + opening + slices[0] > ROOM - NEAR:
        cost += _emptiness(filled)
        filled, opening = 0.0, opening - unit[0].gap
    filled += opening + slices[0]
    beside = [1]
    for height in slices[1:]:
        if filled + height > ROOM - (NEAR if last.kind == "table" else 0.0):
            cost += _emptiness(filled)
            filled = last.head
            beside.append(0)
        filled += height
        beside[-1] += 1
    cost += _torn(last, beside) if last.kind == "table" else 0.0
    for _, height in () if is_whole else last.notes:
        if filled + height > ROOM:
            cost += _emptiness(filled) + PARTED
            filled = 0.0
        filled += height
    return filled, cost


def _emptiness(filled: float) -> float:
    share = 1 - filled / ROOM
    return share * WHITE + (TOO_EMPTY * (1 + share) if ROOM - filled > QUARTER - NEAR else 0.0)


def _torn(table: Piece, rows: Sequence[int]) -> float:
    """Return what speaks against a table with so many rows on each of its pages."""
    tears = len(rows) - 1
    is_short = len(table.slices) <= FEW_ROWS
    return tears * TORN * (1 + is_short) + RUNT * sum(tears and each < 2 for each in rows)
