"""How much the compressed streams of a PDF unpack to, found before anything parses it.

pdfium stops only at a gigabyte for each stream, and qpdf nowhere.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LONGEST_DICTIONARY = 2000
_PIECE = 4 * 1024 * 1024
_DEEPEST = 3
"""Times that a stream may be compressed over again and still be looked into."""


def unpacks_to_more(content: bytes, limit: int) -> bool:
    """Whether the streams of a PDF that are no pictures unpack to more than ``limit`` bytes."""
    unpacked = 0
    for size in _sizes(content, limit):
        unpacked += size
        if unpacked > limit:
            return True
    return False


def _sizes(content: bytes, limit: int) -> Iterator[int]:
    for found in _STREAM.finditer(content):
        begin = content.rfind(b"obj", max(0, found.start() - _LONGEST_DICTIONARY), found.start())
        dictionary = content[max(begin, 0) : found.start()]
        if dictionary.endswith(b"end") or _PICTURE.search(dictionary):
            continue
        end = content.find(b"endstream", found.end())
        yield _size(content[found.end() : end if end >= 0 else None], limit)


def _size(packed: bytes, limit: int, depth: int = 0) -> int:
    """Return the bytes that a stream unpacks to, at most a piece more than the limit."""
    unpacker, size = zlib.decompressobj(), 0
    first = b""
    try:
        while packed and not unpacker.eof and size <= limit:
            piece = unpacker.decompress(packed, _PIECE)
            first = first or piece
            size += len(piece)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return size
    is_packed_again = depth < _DEEPEST and first[:1] == b"\x78"
    return size + (_size(first, limit, depth + 1) if is_packed_again else 0)
