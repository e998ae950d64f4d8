"""Putting the mark into a PDF that is being written: whose report it is, a digest of its pages.

``documents.marks`` reads it again, from any file and by another library; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ita_helpers.documents.marks import KEY, USED, digest_of
from ita_helpers.documents.origin import Origin
from ita_helpers.publish.pdf.objects import Objects

_TOKEN = re.compile(
    rb"(<<|>>|\[|\])|(\d+) 0 R|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>|/?[^\s<>\[\]()/]+",
    re.DOTALL,
)
_STREAM, _ENDS = b">>\nstream\n", b"\nendstream"


class _Reference(int):
    """The number of an object that stands elsewhere."""


Value = dict[bytes, "Value"] | list["Value"] | _Reference | bytes


def mark_pdf(objects: Objects, origin: Origin) -> None:
    """Put the mark into a file of typst's whose pages are done."""
    told = replace(origin, digest=_Digests(objects).of_pages()).as_property().encode()
    escaped = re.sub(rb"([()\\])", rb"\\\1", told)
    objects.tell(objects.info, b"%s(%s)" % (KEY.encode(), escaped))


class _Digests:
    """Digests of what the pages of a file draw and what they draw it with."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._known: dict[int, str] = {}

    def of_pages(self) -> str:
        """Return a digest of what is drawn on all pages."""
        return digest_of(part for page in self._objects.pages() for part in self._drawn(page))

    def _drawn(self, page: int) -> Iterator[bytes]:
        """Yield the visible part of a page, what is drawn on it, and its pictures and fonts."""
        told = _read(self._objects.bodies[page])
        assert isinstance(told, dict)
        box = told[b"/MediaBox"]
        for each in (box, told.get(b"/CropBox", box)):
            assert isinstance(each, list)
            sides = (float(side) for side in each if isinstance(side, bytes))
            yield b" ".join(b"%.2f" % side for side in sides)
        yield self._objects.content(self._objects.named(page, b"Contents"))
        resources = self._found(told[b"/Resources"])
        for kind in USED:
            used = resources.get(kind.encode()) if isinstance(resources, dict) else None
            yield self._of(used).encode()

    def _found(self, value: Value) -> Value:
        if isinstance(value, _Reference):
            return _read(self._objects.bodies[value].partition(_STREAM)[0])
        return value

    def _of(self, value: Value | None) -> str:
        """Return a digest of the streams in a value; nothing for one that holds no other."""
        number = value if isinstance(value, _Reference) else None
        if number is not None and number in self._known:
            return self._known[number]
        found = self._found(value) if value is not None else None
        if not isinstance(found, dict | list):
            return ""
        if number is not None:
            self._known[number] = ""
        is_stream = number is not None and self._objects.bodies[number].endswith(_ENDS)
        content = self._objects.content(number) if number is not None and is_stream else b""
        inner = [each for _, each in sorted(found.items())] if isinstance(found, dict) else found
        digest = digest_of([content, *(self._of(each).encode() for each in inner)])
        if number is not None:
            self._known[number] = digest
        return digest


def _read(body: bytes) -> Value:
    """Return the value that an object is; of a stream's, which is open, what it says of it."""
    levels: list[list[Value]] = [[]]
    for found in _TOKEN.finditer(body):
        match found[1]:
            case b"<<" | b"[":
                levels.append([])
            case b">>":
                flat = levels.pop()
                names = (bytes(each) for each in flat[::2] if isinstance(each, bytes))
                levels[-1].append(dict(zip(names, flat[1::2], strict=True)))
            case b"]":
                levels[-2].append(levels.pop())
            case _:
                levels[-1].append(_Reference(found[2]) if found[2] else found[0])
    if len(levels) > 1:
        return _read(body + b">>")
    return levels[0][0]
