"""The objects of a file as typst writes it, to be changed as text and handed on at once.

qpdf takes three times as long to read objects that stand in a file one by one as it does where all
stand in one stream, and what is done through it takes longer than all else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate, pairwise
from struct import pack

_BEGINS, _ENDS, _STREAM = b"obj\n", b"\nendobj", b"endstream"
_TABLE, _TRAILER, _AT = b"xref", b"trailer", b"startxref"
_SIZE = re.compile(rb"/Size \d+")
_AT_PLACE, _IN_STREAM = 1, 2


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
        self._trailer = rest.partition(_AT)[0].strip()
        self.bodies = {
            number: content[begins:ends].partition(_BEGINS)[2].rpartition(_ENDS)[0]
            for (begins, number), (ends, _) in pairwise(places)
        }

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        number = max(self.bodies) + 1
        self.bodies[number] = body
        return number

    def written(self) -> bytes:
        """Return the file with all objects in one stream that are none themselves."""
        streams = {n: body for n, body in self.bodies.items() if body.endswith(_STREAM)}
        others = {n: body for n, body in self.bodies.items() if n not in streams}
        holder = max(self.bodies) + 1
        written = [_object(*each) for each in (streams | {holder: _stream_of(others)}).items()]
        *places, end = accumulate(map(len, written), initial=len(self._head))
        entries = dict(zip((*streams, holder), ((_AT_PLACE, at, 0) for at in places), strict=True))
        entries |= {n: (_IN_STREAM, holder, at) for at, n in enumerate(others)}
        table = self._table(entries | {holder + 1: (_AT_PLACE, end, 0)})
        return b"".join([self._head, *written, table, b"startxref\n%d\n%%%%EOF" % end])

    def _table(self, entries: Mapping[int, tuple[int, int, int]]) -> bytes:
        """Return the object that says where all are: itself, which is the last."""
        *_, last = entries
        listed = b"".join(pack(">BII", *entries.get(n, (0, 0, 0))) for n in range(last + 1))
        named = _SIZE.sub(b"/Size %d" % (last + 1), self._trailer, count=1).removesuffix(b">>")
        return _object(last, _stream(named + b"/Type/XRef/W[1 4 4]", listed))


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _stream(dictionary: bytes, content: bytes) -> bytes:
    """Return a stream, whose dictionary is open."""
    return b"%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def _stream_of(objects: Mapping[int, bytes]) -> bytes:
    """Return a stream that holds objects."""
    bodies = [body + b"\n" for body in objects.values()]
    places = accumulate(map(len, bodies), initial=0)
    index = b" ".join(b"%d %d" % each for each in zip(objects, places, strict=False)) + b"\n"
    named = b"<</Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    return _stream(named, index + b"".join(bodies))
