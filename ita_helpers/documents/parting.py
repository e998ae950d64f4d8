"""Parting what stands in one cell of a plan: numbered steps, dashes, owners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.documents.patterns import pattern

_NUMBER = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s*(?=[^\s\d.)])")
_DASH = re.compile(r"(?:(?<=\s)|^)[-–•●▪✓]\s*(?=[^\s\d])")
_LINE = re.compile(r"\s*[;\n]\s*")


def parted(text: str) -> tuple[str, ...]:
    """Return the steps of a cell, each once: by their numbers, else by dashes, else by lines.

    >>> parted("1.ทำคู่มือ 2.แจ้งเวียน"), parted("-วางแผน -ใช้จ่าย"), parted("ทำใน 3. วัน")
    (('ทำคู่มือ', 'แจ้งเวียน'), ('วางแผน', 'ใช้จ่าย'), ('ทำใน 3. วัน',))
    """
    pieces = list(_by_numbers(text)) or list(_by_dashes(text)) or _LINE.split(text)
    bare = (" ".join(each.split()) for each in pieces)
    return tuple(dict.fromkeys(filter(None, bare)))


def owners_of(text: str) -> tuple[str, ...]:
    """Return the owners of a cell, parted by numbers, lines, commas, or blanks between units.

    >>> owners_of("1. สำนักปลัด 2. กองคลัง"), owners_of("สำนักปลัด กองคลัง"), owners_of("ทุกส่วนราชการ")
    (('สำนักปลัด', 'กองคลัง'), ('สำนักปลัด', 'กองคลัง'), ('ทุกส่วนราชการ',))
    """
    pieces = [part for each in parted(text) for part in re.split(r"\s*[,/]\s*", each)]
    found = [name for each in pieces for name in _units(each)]
    return tuple(dict.fromkeys(filter(None, found)))


def without_number(text: str) -> str:
    """Return a text in one line, without the number or dash before it if it is one piece.

    >>> without_number("๒. ปรับเว็บไซต์"), without_number("1. ทำคู่มือ 2. แจ้งเวียน")
    ('ปรับเว็บไซต์', '1. ทำคู่มือ 2. แจ้งเวียน')
    """
    pieces = parted(text)
    line = pieces[0] if len(pieces) == 1 else " ".join(text.split())
    numbers = _NUMBER.findall(line)
    return _NUMBER.sub("", line) if len(numbers) == 1 and _NUMBER.match(line) else line


def _by_numbers(text: str) -> Iterator[str]:
    """Yield what stands behind 1, 2, 3 …; nothing where they do not count up."""
    found = list(_NUMBER.finditer(text))
    wanted, starts = 1, []
    for each in found:
        if int(each[1]) == wanted:
            starts.append(each)
            wanted += 1
    yield from _behind(text, starts)


def _by_dashes(text: str) -> Iterator[str]:
    yield from _behind(text, list(_DASH.finditer(text)))


def _behind(text: str, marks: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield what stands behind each mark; nothing where the text does not begin with one."""
    if not marks or text[: marks[0].start()].strip():
        return
    ends = [each.start() for each in marks[1:]] + [len(text)]
    for each, end in zip(marks, ends, strict=True):
        yield text[each.end() : end]


def _units(text: str) -> list[str]:
    """Return the units in a text, if every word of it begins as names of units do."""
    words = text.split()
    is_unit = pattern("plan.unit")
    return words if all(is_unit.match(each) for each in words) else [text.strip()]
