"""Completing the structure tags of a finished PDF.

typst's binding has no switch for header cells outside a table's head, and typst groups contents
entries under one element only if it made the list itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from ita_helpers.publish.pdf.objects import Objects

Tables = Sequence[Mapping[str, Any]]
"""Tables with ``head`` and ``body``, rows of cells with ``scope``, ``inlines`` and spans."""
Names = dict[int, list[str]]
Named = dict[str, int]
"""The numbers of elements by the IDs others refer to."""
CELLS = (b"TH", b"TD")
_ROOT, _ELEMENT, _KIDS = b"<</Type/StructTreeRoot", b"<</Type/StructElem/S/", b"/K["
_ENTRY, _PARENT = b"TOCI", re.compile(rb"/P \d+ 0 R")
_KIND = re.compile(re.escape(_ELEMENT) + rb"(\w+)")
_KID = re.compile(rb"<<.*?>>|\d+ 0 R|\d+")
_NAME = re.compile(rb"/ID\((\w+)\)")
_ATTRIBUTES = re.compile(rb"/A(?:\[|<<)")
_TABLE = re.compile(rb"<</O/Table([^<>]*)>>")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_NAMES, _NAMED = b"/IDTree<</Names[", re.compile(rb"\((\w+)\)(\d+) 0 R")
_SCOPE = re.compile(rb"/Scope/\w+")


def complete_tags(objects: Objects, tables: Tables) -> None:
    """Tag header cells of the body and lists of contents among the objects of typst's.

    ``tables`` are the file's tables in order; one whose cells do not match the file keeps its tags.
    """
    bodies = objects.bodies
    root = next((n for n, body in bodies.items() if body.startswith(_ROOT)), None)
    if root is None:
        return
    elements = list(_under(_read(bodies, root, b"")))
    for parent in elements:
        _gather_contents(objects, parent)
    found = [each for each in elements if each.kind == b"Table"]
    if not found or len(found) != len(tables):
        return
    named: Named = {}
    for number, (element, table) in enumerate(zip(found, tables, strict=True), start=1):
        cells = [each.number for each in _under(element) if each.kind in CELLS]
        if len(cells) == sum(map(len, (*table["head"], *table["body"]))):
            named |= _tag_table([_Cell(bodies, cell) for cell in cells], table, number)
    _name_elements(objects, root, {name.encode(): cell for name, cell in named.items()})


def _name_elements(objects: Objects, root: int, named: Mapping[bytes, int]) -> None:
    """Enter elements by their names; typst writes that list only where it names one itself."""
    if not named:
        return
    before, _, told = objects.bodies[root].partition(_NAMES)
    listed, _, after = told.partition(b"]>>")
    known = {name: int(number) for name, number in _NAMED.findall(listed)}
    entries = (b"(%s)%d 0 R" % each for each in sorted({**known, **named}.items()))
    before, after = (before, after) if told else (before.removesuffix(b">>"), b">>")
    objects.bodies[root] = b"".join([before, _NAMES, *entries, b"]>>", after])


class _Element(NamedTuple):
    """An element of the structure: its kind, its kids as written, and those that are elements."""

    number: int
    kind: bytes
    listed: bytes
    elements: list[_Element]

    @property
    def kids(self) -> list[bytes]:
        """All its kids: elements, and what of its content it holds itself."""
        return _KID.findall(self.listed)


def _read(bodies: Mapping[int, bytes], number: int, kind: bytes) -> _Element:
    """Return an element with all under it."""
    _, begun, after = bodies[number].rpartition(_KIDS)
    listed = after.partition(b"]")[0] if begun else b""
    below = []
    for kid in _KID.findall(listed) if b"R" in listed else ():
        if kid.endswith(b"R") and (found := _KIND.match(bodies[own := int(kid.split()[0])])):
            below.append(_read(bodies, own, found[1]))
    return _Element(number, kind, listed, below)


def _under(parent: _Element) -> Iterator[_Element]:
    """Yield the elements under another in reading order, parents first."""
    waiting = parent.elements[::-1]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += each.elements[::-1]


def _gather_contents(objects: Objects, parent: _Element) -> None:
    """Group consecutive entries of the contents under a list element."""
    entries = {b"%d 0 R" % each.number for each in parent.elements if each.kind == _ENTRY}
    if parent.kind == b"TOC" or not entries:
        return
    gathered: list[bytes] = []
    for are_entries, group in groupby(parent.kids, entries.__contains__):
        kids = list(group)
        if are_entries:
            own = b"TOC/P %d 0 R/K[%s]>>" % (parent.number, b" ".join(kids))
            listed = b"%d 0 R" % objects.add(_ELEMENT + own)
            for kid in kids:
                number = int(kid.split()[0])
                entry = objects.bodies[number]
                objects.bodies[number] = _PARENT.sub(b"/P " + listed, entry, count=1)
            kids = [listed]
        gathered += kids
    before, _, after = objects.bodies[parent.number].rpartition(_KIDS)
    after = after.partition(b"]")[2]
    objects.bodies[parent.number] = before + _KIDS + b" ".join(gathered) + b"]" + after


class _Cell:
    """A cell of a table in the file."""

    def __init__(self, bodies: dict[int, bytes], number: int) -> None:
        self._bodies, self.number = bodies, number

    @property
    def name(self) -> str:
        """What others refer to it by; nothing where it has no ID."""
        found = _NAME.search(self._bodies[self.number])
        return found[1].decode() if found else ""

    def make_header(self, name: str) -> None:
        """Make it the header of its row."""
        cell = self._bodies[self.number].replace(b"/S/TD", b"/S/TH", 1)
        self._bodies[self.number] = _PARENT.sub(rb"\g<0>/ID(%s)" % name.encode(), cell, count=1)
        self._say(_SCOPE, b"/Scope/Row")

    def name_headers(self, names: Sequence[str]) -> None:
        """Name its headers."""
        if names:
            listed = b"".join(b"(%s)" % name.encode() for name in names)
            self._say(_HEADERS, b"/Headers[%s]" % listed)

    def _say(self, before: re.Pattern[bytes], now: bytes) -> None:
        """Say something of it as a part of its table; how it is drawn need not be told."""
        cell, _, kids = self._bodies[self.number].rpartition(_KIDS)
        own = _ATTRIBUTES.search(cell)
        at = own.start() if own else len(cell)
        told = _told(cell[at:], before, now)
        self._bodies[self.number] = b"".join((cell[:at], told, _KIDS, kids))


@lru_cache(maxsize=1_000)
def _told(attributes: bytes, before: re.Pattern[bytes], now: bytes) -> bytes:
    """Return attributes of a table's that say something now instead of what they said before."""
    told = _TABLE.search(attributes)
    return b"/A<</O/Table%s%s>>" % (before.sub(b"", told[1]) if told else b"", now)


def _tag_table(cells: Sequence[_Cell], table: Mapping[str, Any], number: int) -> Named:
    """Turn body cells with a scope into headers; return them by the IDs others refer to.

    A header applies to its rows, one across a whole row to all rows until the next such header.
    Each cell names all of its headers: a reader that is given some looks for no others.
    """
    named: Named = {}
    group: list[str] = []
    beside: dict[str, int] = {}
    left = iter(cells)
    above = _names_above(table["head"], left)
    body = table["body"]
    for place, (row, columns) in enumerate(zip(body, _columns(body), strict=True)):
        tagged = [(cell, next(left)) for cell in row]
        beside = {name: end for name, end in beside.items() if end > place}
        if is_across(row, table):
            group = [tagged[0][1].name]
            continue
        heads = [(cell, element) for cell, element in tagged if _is_header(cell)]
        names = {f"R{number}y{place}n{count}": head for count, head in enumerate(heads)}
        for (cell, element), covered in zip(tagged, columns, strict=True):
            over = dict.fromkeys(name for column in covered for name in above.get(column, ()))
            own = () if _is_header(cell) else names
            element.name_headers([*over, *group, *beside, *own])
        for name, (cell, element) in names.items():
            element.make_header(name)
            beside[name] = place + cell["rowspan"]
            named[name] = element.number
    return named


def _names_above(head: Sequence[Sequence[Mapping[str, Any]]], cells: Iterator[_Cell]) -> Names:
    """Return the IDs of the headers over each column."""
    names: Names = {}
    for columns in _columns(head):
        for covered in columns:
            name = next(cells).name
            for column in covered if name else ():
                names.setdefault(column, []).append(name)
    return names


def _columns(rows: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[list[range]]:
    """Yield the columns that each cell of a row covers."""
    reaching: dict[int, int] = {}
    for row in rows:
        covered: list[range] = []
        column = 0
        for cell in row:
            while reaching.get(column):
                column += 1
            covered.append(range(column, column + cell["colspan"]))
            column += cell["colspan"]
        reaching = {place: left - 1 for place, left in reaching.items() if left}
        for cell, columns in zip(row, covered, strict=True):
            reaching |= dict.fromkeys(columns, cell["rowspan"] - 1)
        yield covered


def is_across(row: Sequence[Mapping[str, Any]], table: Mapping[str, Any]) -> bool:
    """Return whether a row is a header of the rows under it."""
    across = row[0]["colspan"] if len(row) == 1 and row[0]["scope"] else 0
    return bool(1 < across == len(table["columns"]))


def _is_header(cell: Mapping[str, Any]) -> bool:
    return bool(cell["scope"] and cell["inlines"])
