"""Reading .xlsx and .xlsm files, in one pass over their XML.

openpyxl would have to load a file twice, once for values and once for formulas, holds an object
for every cell, and stops at styles it does not know; none of that is needed for plain text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from ita_helpers.files.packages import Package, local
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets.cells import calls_out, column_number, iso_date_text
from ita_helpers.spreadsheets.number_kinds import (
    BUILT_IN,
    EPOCH,
    EPOCH_OF_MAC,
    Kind,
    kind_of,
    text_of,
)
from ita_helpers.spreadsheets.sheets import Allowance, Area, Aside, Sheet, Words

MAIN, TYPES = "xl/workbook.xml", "[Content_Types].xml"
_WORKBOOK = re.compile(rb"(?:spreadsheetml|ms-excel)\.[A-Za-z.]+\.main\+xml")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OF_A_THREAD = "[Threaded comment]"
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.ASCII)


@dataclass(frozen=True)
class _Workbook:
    package: Package
    strings: list[Words]
    kinds: list[Kind]
    struck: list[bool]
    epoch: datetime


def read_xlsx(package: Package, allowance: Allowance) -> list[Sheet]:
    """Read every worksheet, including hidden ones, but not chart and macro sheets."""
    main = _main_part(package)
    parts = _relations(package, main)
    by_kind = dict(parts.values())
    book = _Workbook(
        package,
        _shared_strings(package, by_kind.get("sharedStrings", ""), allowance),
        *_styles(package, by_kind.get("styles", "")),
        _epoch(package, main),
    )
    sheets, hidden = _worksheets(package, main, parts), _hidden_sheets(package, main)
    return [
        _read_sheet(book, part, Sheet(name, allowance, is_hidden=name in hidden))
        for part, name in sheets.items()
    ]


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the name of each worksheet by its member of the package, in small letters."""
    main = _main_part(package)
    sheets = _worksheets(package, main, _relations(package, main))
    return {part.lower(): name for part, name in sheets.items()}


def _worksheets(package: Package, main: str, parts: dict[str, tuple[str, str]]) -> dict[str, str]:
    found = ((name, *parts[key]) for name, key in _listed(package, main))
    return {part: name for name, kind, part in found if kind == "worksheet"}


def is_xlsx(package: Package) -> bool:
    """Tell whether a package holds a workbook."""
    if TYPES in package:
        return bool(_WORKBOOK.search(package.read(TYPES)))
    return MAIN in package


def _main_part(package: Package) -> str:
    parts = _relations(package, "") if "_rels/.rels" in package else {}
    return next((part for kind, part in parts.values() if kind == "officeDocument"), MAIN)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part points at inside the package: kind and name, by id."""
    folder, name = posixpath.split(part)
    found = {}
    for _, each in package.elements(posixpath.join(folder, f"_rels/{name}.rels"), "Relationship"):
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target[1:])
    return found


def _listed(package: Package, main: str) -> Iterator[tuple[str, str]]:
    for _, each in package.elements(main, "sheet"):
        keys = [value for key, value in each.attrib.items() if str(key).endswith("}id")]
        if keys:
            yield tidy_text(each.get("name", "")), str(keys[0])


def _hidden_sheets(package: Package, main: str) -> set[str]:
    listed = (each for _, each in package.elements(main, "sheet"))
    hidden = ("hidden", "veryHidden")
    return {tidy_text(each.get("name", "")) for each in listed if each.get("state") in hidden}


def _epoch(package: Package, main: str) -> datetime:
    for _, each in package.elements(main, "workbookPr"):
        if each.get("date1904") in ("1", "true"):
            return EPOCH_OF_MAC
    return EPOCH


def _shared_strings(package: Package, part: str, allowance: Allowance) -> list[Words]:
    strings: list[Words] = []
    if part in package:
        for _, each in package.elements(part, "si"):
            strings.append(_rich_text(each))
            allowance.expect(len(strings))
    return strings


def _rich_text(element: etree._Element) -> Words:
    """Return the text of all runs, without the guide to pronunciation."""
    runs = (each for each in element.iter("{*}t") if not _is_phonetic(each))
    return Words.of((_unescaped(each.text or ""), _kind_of_run(each)) for each in runs)


def _kind_of_run(text: etree._Element) -> str:
    """Return whether a run's words are struck out or raised."""
    parent = text.getparent()
    look = parent.find("{*}rPr") if parent is not None and local(parent) == "r" else None
    if look is None:
        return ""
    if _is_on(look.find("{*}strike")):
        return "struck"
    raised = look.find("{*}vertAlign")
    return "marks" if raised is not None and raised.get("val") == "superscript" else ""


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_phonetic(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "rPh"


def _plain(text: str) -> str:
    return tidy_text(_unescaped(text))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def _styles(package: Package, part: str) -> tuple[list[Kind], list[bool]]:
    """Return the kind of number and whether it is struck out, by cell style."""
    kinds: list[Kind] = []
    struck: list[bool] = []
    if part not in package:
        return kinds, struck
    formats, fonts = dict(BUILT_IN), list[bool]()
    for _, each in package.elements(part, "numFmt", "fonts", "cellXfs"):
        if local(each) == "numFmt":
            formats[int(each.get("numFmtId", 0))] = kind_of(each.get("formatCode", ""))
        elif local(each) == "fonts":
            fonts = [_is_on(font.find("{*}strike")) for font in each.iterfind("{*}font")]
        else:
            used = list(each.iterfind("{*}xf"))
            kinds = [formats.get(int(style.get("numFmtId", 0)), "number") for style in used]
            faces = [int(style.get("fontId", 0)) for style in used]
            struck = [face < len(fonts) and fonts[face] for face in faces]
    return kinds, struck


def _read_sheet(book: _Workbook, part: str, sheet: Sheet) -> Sheet:
    shared: dict[str, bool] = {}
    row = -1
    for _, element in book.package.elements(part, "row", "mergeCell", "col"):
        if local(element) == "mergeCell":
            sheet.merge(_area(element.get("ref", "")))
            continue
        if local(element) == "col":
            if _is_hidden(element):
                first, last = int(element.get("min", 1)), int(element.get("max", 0))
                sheet.hide_columns(range(first - 1, last))
            continue
        row = int(element.get("r", row + 2)) - 1
        if _is_hidden(element):
            sheet.hide_rows(range(row, row + 1))
        column = -1
        for cell in element:
            place = cell.get("r")
            column = _column(place.rstrip("0123456789")) if place else column + 1
            _read_cell(book, cell, sheet, row, column, shared)
    _read_asides(book.package, part, sheet)
    return sheet


def _read_asides(package: Package, part: str, sheet: Sheet) -> None:
    """Read the comments of a sheet and the text of its text boxes."""
    folder, name = posixpath.split(part)
    if posixpath.join(folder, f"_rels/{name}.rels") not in package:
        return
    for kind, target in _relations(package, part).values():
        if target not in package:
            continue
        if kind in ("comments", "threadedComment"):
            for _, each in package.elements(target, "comment", "threadedComment"):
                _read_comment(each, sheet)
        elif kind == "drawing":
            texts = (each.text or "" for _, each in package.elements(target, "t"))
            sheet.add_aside(Aside("drawings", tidy_text(" ".join(texts))))


def _read_comment(comment: etree._Element, sheet: Sheet) -> None:
    """Read a comment or a reply, ignoring the placeholder Excel writes for older versions."""
    texts = (each.text or "" for each in comment.iter("{*}t", "{*}text"))
    words = tidy_text("".join(texts))
    if words and not words.startswith(_OF_A_THREAD):
        row, column, *_ = _area(comment.get("ref", ""))
        sheet.add_aside(Aside("comments", words, row, column))


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden", "0") in ("1", "true")


def _read_cell(
    book: _Workbook,
    cell: etree._Element,
    sheet: Sheet,
    row: int,
    column: int,
    shared: dict[str, bool],
) -> None:
    words, is_formula = Words(""), False
    for child in cell:
        name = local(child)
        if name == "v":
            words = _value_words(book, cell, child.text or "")
        elif name == "is":
            words = _rich_text(child)
        elif name == "f":
            is_formula = True
            if _calls_out(child, shared):
                sheet.mark_call(row, column)
    if is_formula and not words.text and cell.get("t", "n") != "str":
        sheet.mark_without_value(row, column)
    style = int(cell.get("s", 0))
    if words.text and style < len(book.struck) and book.struck[style]:
        words = Words(words.text, struck=words.text)
    sheet.put_words(row, column, words)


def _calls_out(formula: etree._Element, shared: dict[str, bool]) -> bool:
    """Check a formula; the followers of a shared one have no text of their own."""
    key = formula.get("si", "")
    if not formula.text:
        return shared.get(key, False)
    found = calls_out(formula.text)
    if key:
        shared[key] = found
    return found


def _value_words(book: _Workbook, cell: etree._Element, value: str) -> Words:
    if cell.get("t", "n") == "s" and value:
        return book.strings[int(value)]
    return Words(_value_text(book, cell, value))


def _value_text(book: _Workbook, cell: etree._Element, value: str) -> str:
    kind = cell.get("t", "n")
    if kind == "n" and value:
        style = int(cell.get("s", 0))
        found = book.kinds[style] if style < len(book.kinds) else "number"
        return text_of(found, value, book.epoch)
    if kind == "b" and value:
        return "FALSE" if value.strip() in ("0", "false") else "TRUE"
    return iso_date_text(value) if kind == "d" else _plain(value)


def _area(reference: str) -> Area:
    found = _AREA.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    left, top, right, bottom = found.groups()
    return int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left)


def _column(letters: str) -> int:
    return column_number(letters) - 1
