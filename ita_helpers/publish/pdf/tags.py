"""Completing the structure tags of a finished PDF.

typst's binding has no switch for header cells outside a table's head, and typst groups contents
entries under one element only if it made the list itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Tables = Sequence[Mapping[str, Any]]
"""Tables with ``head`` and ``body``, rows of cells with ``scope``, ``inlines`` and spans."""
Names = dict[int, list[str]]
CELLS = ("/TH", "/TD")
_TABLE = Name.Table


def complete_tags(pdf: pikepdf.Pdf, tables: Tables) -> None:
    """Tag header cells of the body and lists of contents in an opened PDF of typst's.

    ``tables`` are the file's tables in order; one whose cells do not match the file keeps its tags.
    """
    if Name.StructTreeRoot not in pdf.Root:
        return
    root = _read(pdf.Root.StructTreeRoot)
    elements = list(_under(root))
    for parent in elements:
        _gather_contents(pdf, parent)
    found = [each for each in elements if each.kind == "/Table"]
    if not found or len(found) != len(tables):
        return
    named: dict[str, Any] = {}
    for number, (element, table) in enumerate(zip(found, tables, strict=True), start=1):
        cells = [each.own for each in _under(element) if each.kind in CELLS]
        if len(cells) == sum(map(len, (*table["head"], *table["body"]))):
            named |= _tag_table(cells, table, number)
    if named:
        _names_of(pdf, root.own).update(named)


def _names_of(pdf: pikepdf.Pdf, root: Any) -> pikepdf.NameTree:
    """Return the elements by name; typst writes that tree only where it names one itself."""
    if Name.IDTree not in root:
        root.IDTree = pikepdf.NameTree.new(pdf).obj
    return pikepdf.NameTree(root.IDTree)


class _Element(NamedTuple):
    """An element of the structure: its kind, its kids, and those of them that are elements."""

    own: Any
    kind: str
    kids: list[Any]
    elements: list[_Element]


def _read(own: Any, kind: str = "") -> _Element:
    """Return an element with all under it: reading from the file takes longer than all else."""
    kids = own.get("/K")
    listed = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
    below = [
        _read(kid, each)
        for kid in listed
        if type(kid) is not int and isinstance(kid, Dictionary) and (each := str(kid.get("/S", "")))
    ]
    return _Element(own, kind, listed, below)


def _under(parent: _Element) -> Iterator[_Element]:
    """Yield the elements under another in reading order, parents first."""
    waiting = parent.elements[::-1]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += each.elements[::-1]


def _gather_contents(pdf: pikepdf.Pdf, parent: _Element) -> None:
    """Group consecutive entries of the contents under a list element."""
    if parent.kind == "/TOC" or all(each.kind != "/TOCI" for each in parent.elements):
        return
    gathered: list[Any] = []
    for are_entries, group in groupby(parent.kids, _is_entry):
        if not are_entries:
            gathered += group
            continue
        entries = list(group)
        listed = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.TOC, P=parent.own, K=Array(entries))
        )
        for entry in entries:
            entry.P = listed
        gathered.append(listed)
    parent.own.K = Array(gathered)


def _is_entry(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.S) == Name.TOCI


def _tag_table(cells: Sequence[Any], table: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Turn body cells with a scope into headers; return them by the IDs others refer to.

    A header applies to its rows, one across a whole row to all rows until the next such header.
    Each cell names all of its headers: a reader that is given some looks for no others.
    """
    named: dict[str, Any] = {}
    group: list[str] = []
    beside: dict[str, int] = {}
    left = iter(cells)
    above = _names_above(table["head"], left)
    body = table["body"]
    for place, (row, columns) in enumerate(zip(body, _columns(body), strict=True)):
        tagged = [(cell, next(left)) for cell in row]
        beside = {name: end for name, end in beside.items() if end > place}
        if is_across(row, table):
            group = [str(tagged[0][1].ID)]
            continue
        heads = [(cell, element) for cell, element in tagged if _is_header(cell)]
        names = {f"R{number}y{place}n{count}": head for count, head in enumerate(heads)}
        for (cell, element), covered in zip(tagged, columns, strict=True):
            over = dict.fromkeys(name for column in covered for name in above.get(column, ()))
            own = () if _is_header(cell) else names
            _name_headers(element, [*over, *group, *beside, *own])
        for name, (cell, element) in names.items():
            _make_header(element, name)
            beside[name] = place + cell["rowspan"]
            named[name] = element
    return named


def _names_above(head: Sequence[Sequence[Mapping[str, Any]]], cells: Iterator[Any]) -> Names:
    """Return the IDs of the headers over each column."""
    names: Names = {}
    for columns in _columns(head):
        for covered in columns:
            name = str(next(cells).get(Name.ID, ""))
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


def _make_header(element: Any, name: str) -> None:
    element.S = Name.TH
    element.ID = String(name)
    _of_table(element).Scope = Name.Row


def _name_headers(element: Any, names: Sequence[str]) -> None:
    if names:
        _of_table(element)["/Headers"] = Array([*map(String, names)])


def _of_table(element: Any) -> Any:
    """Return what a cell says as a part of its table; how it is drawn need not be told."""
    attributes = element.get("/A")
    listed = list(attributes) if isinstance(attributes, Array) else [attributes]
    own = next((each for each in listed if each is not None and each.get("/O") == _TABLE), None)
    if own is None:
        own = Dictionary(O=_TABLE)
    element["/A"] = own
    return own
