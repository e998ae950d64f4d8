"""Parting what stands in one cell of a plan: numbered steps, dashes, owners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ita_helpers.documents.patterns import pattern

_NUMBER = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s*(?=[^\s\d.)])")
_DASH = re.compile(r"(?:(?<=\s)|^)[-–•●▪✓]\s*(?=[^\s\d])")
_LINE = re.compile(r"\s*[;\n]\s*")
_SHORTEST_UNIT = 5
_DASHES = "-\u2013\u2014. "


@lru_cache(maxsize=1_000)
@lru_cache(maxsize=1_000)
def parted(text: str) -> tuple[str, ...]:
    """Return the steps of a cell, each once: by their numbers, else by dashes, else by lines.

    >>> parted("1.ทำคู่มือ 2.แจ้งเวียน"), parted("-วางแผน -ใช้จ่าย"), parted("ทำใน 3. วัน")
    (('ทำคู่มือ', 'แจ้งเวียน'), ('วางแผน', 'ใช้จ่าย'), ('ทำใน 3. วัน',))
    """
    pieces = list(_by_numbers(text)) or list(_by_dashes(text)) or _LINE.split(text)
    bare = (" ".join(each.split()) for each in pieces)
    return tuple(dict.fromkeys(filter(None, bare)))


def measures_in(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the cells of each measure of a row, by column.

    Several in one cell are parted by their numbers or dashes, and cells with as many pieces go with
    them; all else holds for each. They stay one where their steps cannot be told apart.
    """
    names = _pieces(texts.get("measure", ""))
    if len(names) < 2:
        return [dict(texts)]
    pieces = {column: _pieces(text) for column, text in texts.items()}
    if texts.get("steps") and len(pieces["steps"]) != len(names):
        return [dict(texts)]
    apart = [column for column, each in pieces.items() if len(each) == len(names)]
    return [dict(texts) | {key: pieces[key][at] for key in apart} for at in range(len(names))]


def is_several(text: str) -> bool:
    """Whether a cell lists several things by numbers or dashes."""
    return len(_pieces(text)) > 1


@lru_cache(maxsize=1_000)
def owners_of(text: str) -> tuple[str, ...]:
    """Return the owners of a cell, each once.

    They are parted by numbers, lines, commas, slashes, "and" or blanks between units.

    >>> owners_of("1. สำนักปลัด 2. กองคลัง"), owners_of("สำนักปลัด กองคลัง"), owners_of("ทุกส่วนราชการ")
    (('สำนักปลัด', 'กองคลัง'), ('สำนักปลัด', 'กองคลัง'), ('ทุกส่วนราชการ',))
    >>> owners_of("สำนักปลัดกองคลัง"), owners_of("ผู้อำนวยการกองคลัง"), owners_of("ทุกกองงาน")
    (('สำนักปลัด', 'กองคลัง'), ('ผู้อำนวยการกองคลัง',), ('ทุกกองงาน',))
    """
    pieces = [part for each in parted(text) for part in re.split(r"\s*[,/&+]\s*", each)]
    found = [name for each in pieces for part in _joined(each) for name in _units(part)]
    return tuple(dict.fromkeys(each for each in found if each.strip(_DASHES)))


@lru_cache(maxsize=1_000)
def without_number(text: str) -> str:
    """Return a text in one line, without the number or dash before it if it is one piece.

    >>> without_number("๒. ปรับเว็บไซต์"), without_number("1. ทำคู่มือ 2. แจ้งเวียน")
    ('ปรับเว็บไซต์', '1. ทำคู่มือ 2. แจ้งเวียน')
    """
    pieces = parted(text)
    line = pieces[0] if len(pieces) == 1 else " ".join(text.split())
    numbers = _NUMBER.findall(line)
    return _NUMBER.sub("", line) if len(numbers) == 1 and _NUMBER.match(line) else line


@lru_cache(maxsize=1_000)
def _pieces(text: str) -> tuple[str, ...]:
    """Return what numbers or dashes part; a text that they do not part is one piece."""
    pieces = list(_by_numbers(text)) or list(_by_dashes(text))
    return tuple(" ".join(each.split()) for each in pieces) or (text,)


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


def _joined(text: str) -> list[str]:
    """Return the owners that "and" joins; a name with "and" in it stays whole."""
    parts = [each.strip() for each in pattern("plan.and").split(text) if each.strip()]
    begins_as_owner = pattern("plan.owner")
    return parts if all(begins_as_owner.match(each) for each in parts) else [text]


def _units(text: str) -> list[str]:
    """Return the units in a text, if every word of it begins as names of units do."""
    words = [piece for each in text.split() for piece in _apart(each)]
    is_unit = pattern("plan.unit")
    return words if all(is_unit.match(each) for each in words) else [text.strip()]


def _apart(word: str) -> list[str]:
    """Return the units that a PDF has written together, where a line ended between them."""
    pieces = [each for each in pattern("plan.glued").split(word) if each]
    is_glued = all(pattern("plan.glued").match(each) for each in pieces)
    return pieces if is_glued and min(map(len, pieces), default=0) > _SHORTEST_UNIT else [word]
