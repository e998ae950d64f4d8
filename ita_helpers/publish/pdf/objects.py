"""The objects of a file as typst writes it, to be changed as text and written packed.

Reading and writing them by qpdf takes longer than all that is to be changed.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, pairwise
from struct import pack

LEVEL = 6
"""How hard streams are packed: the next level takes a third longer for a hundredth of the size."""
_BEGINS, _ENDS, _CONTENT, _STREAM = b"obj\n", b"\nendobj", b">>\nstream\n", b"\nendstream"
_TABLE, _TRAILER, _AT = b"xref", b"trailer", b"startxref"
_KEPT = re.compile(rb"/(?:Root|Info) \d+ 0 R|/ID\[\((?:[^()\\]|\\.)*\)", re.DOTALL)
_FLATE = b"/Filter/FlateDecode"
_LENGTH = re.compile(rb"/Length \d+")
_AT_PLACE, _IN_STREAM = 1, 2
_UP = 2
"""Each row of a table of places is written as what it adds to the one before."""


class Objects:
    """The objects of a file without updates: ``bodies`` by their numbers, to be changed.

    Raises ``ValueError`` for a file that is written otherwise.
    """

    def __init__(self, content: bytes) -> None:
        start = int(content[content.rindex(_AT) + len(_AT) :].split()[0])
        listed, _, rest = content[start:].partition(_TRAILER)
        table, first, count, *entries = listed.split()
        if (table, first) != (_TABLE, b"0") or len(entries) != 3 * int(count):
            raise ValueError(listed[:40])
        used = ((int(entries[at]), at // 3) for at in range(3, len(entries), 3))
        places = [*sorted(used), (start, 0)]
        self._head = content[: places[0][0]]
        self._contents: dict[int, bytes] = {}
        self._trailer = rest.partition(_AT)[0].strip()
        self.bodies = {
            number: content[begins:ends].partition(_BEGINS)[2].rpartition(_ENDS)[0]
            for (begins, number), (ends, _) in pairwise(places)
        }

    @cached_property
    def root(self) -> int:
        """The number of the catalogue."""
        return self._named_in_trailer(b"/Root")

    @cached_property
    def info(self) -> int:
        """The number of what the file says of itself."""
        return self._named_in_trailer(b"/Info")

    def _named_in_trailer(self, name: bytes) -> int:
        return int(self._trailer.partition(name + b" ")[2].split()[0])

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        number = max(self.bodies) + 1
        self.bodies[number] = body
        return number

    def named(self, number: int, name: bytes) -> int:
        """Return the number of the object that another names, also as the first of a list.

        Raises ``ValueError`` where it names none.
        """
        found = re.search(rb"/%s[ \[](\d+) 0 R" % name, self.bodies[number])
        if found is None:
            raise ValueError(self.bodies[number][:40])
        return int(found[1])

    def pages(self) -> Iterator[int]:
        """Yield the numbers of the pages in their order."""
        waiting = [self.named(self.root, b"Pages")]
        while waiting:
            number = waiting.pop()
            _, holds, kids = self.bodies[number].partition(b"/Kids[")
            if not holds:
                yield number
            waiting += [int(each) for each in kids.partition(b"]")[0].split()[::3]][::-1]

    def content(self, number: int) -> bytes:
        """Return what a stream holds; of a picture what its own packing makes of it."""
        if number not in self._contents:
            told, _, content = self.bodies[number].removesuffix(_STREAM).partition(_CONTENT)
            self._contents[number] = zlib.decompress(content) if _FLATE in told else content
        return self._contents[number]

    def put_content(self, number: int, content: bytes) -> None:
        """Put something else into a stream that is packed."""
        self._contents[number] = content
        told = self.bodies[number].partition(_CONTENT)[0]
        packed = zlib.compress(content, LEVEL)
        told = _LENGTH.sub(b"/Length %d" % len(packed), told, count=1)
        self.bodies[number] = told + _CONTENT + packed + _STREAM

    def tell(self, number: int, more: bytes) -> None:
        """Put more into a dictionary."""
        self.bodies[number] = self.bodies[number].removesuffix(b">>") + more + b">>"

    def written(self) -> bytes:
        """Return the file with all objects in one stream that are none themselves."""
        streams = {n: body for n, body in self.bodies.items() if body.endswith(_STREAM)}
        others = {n: body for n, body in self.bodies.items() if n not in streams}
        holder = max(self.bodies) + 1
        written = [_object(*each) for each in (streams | {holder: _stream_of(others)}).items()]
        *places, end = accumulate(map(len, written), initial=len(self._head))
        entries = dict(zip((*streams, holder), ((_AT_PLACE, at, 0) for at in places), strict=True))
        entries |= {n: (_IN_STREAM, holder, at) for at, n in enumerate(others)}
        own = b64encode(sha256(b"".join(written)).digest()[:16])
        table = self._table(entries | {holder + 1: (_AT_PLACE, end, 0)}, own)
        return b"".join([self._head, *written, table, b"startxref\n%d\n%%%%EOF\n" % end])

    def _table(self, entries: Mapping[int, tuple[int, int, int]], own: bytes) -> bytes:
        """Return the object that says where all are: itself, which is the last."""
        *_, last = entries
        rows = [pack(">BIH", *entries.get(n, (0, 0, 0))) for n in range(last + 1)]
        size = len(rows[0])
        listed = b"".join(rows)
        added = bytes(
            [(now - then) & 255 for then, now in zip(bytes(size) + listed, listed, strict=False)]
        )
        lines = (added[at : at + size] for at in range(0, len(added), size))
        packed = zlib.compress(b"".join(bytes([_UP]) + line for line in lines), LEVEL)
        told = b"".join(_KEPT.findall(self._trailer)) + b"(%s)]" % own
        named = b"<</Type/XRef/Size %d%s/W[1 4 2]%s/DecodeParms<</Predictor 12/Columns %d>>" % (
            last + 1,
            told,
            _FLATE,
            size,
        )
        return _object(last, _stream(named, packed))


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _stream(dictionary: bytes, content: bytes) -> bytes:
    """Return a stream, whose dictionary is open."""
    return b"%s/Length %d%s%s%s" % (dictionary, len(content), _CONTENT, content, _STREAM)


def _stream_of(objects: Mapping[int, bytes]) -> bytes:
    """Return a stream that holds objects."""
    bodies = [body + b"\n" for body in objects.values()]
    places = accumulate(map(len, bodies), initial=0)
    index = b" ".join(b"%d %d" % each for each in zip(objects, places, strict=False)) + b"\n"
    packed = zlib.compress(index + b"".join(bodies), LEVEL)
    named = b"<</Type/ObjStm/N %d/First %d%s" % (len(objects), len(index), _FLATE)
    return _stream(named, packed)
