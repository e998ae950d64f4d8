"""A library of Windows without code, whose functions are those of others."""

from __future__ import annotations

import struct


def forwarder(name: str, forwards: dict[str, str]) -> bytes:
    """Return a 64-bit library without code whose functions are those of others.

    >>> forwarder("a.dll", {"F": "B.G"})[:2]
    b'MZ'
    """
    place, names, strings, at = 0x1000, sorted(forwards), b"", dict[str, int]()
    count = len(names)
    for text in (name, *names, *forwards.values()):
        at[text] = place + 40 + 10 * count + len(strings)
        strings += text.encode("ascii") + b"\0"
    tables = (place + 40, place + 40 + 4 * count, place + 40 + 8 * count)
    section = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, at[name], 1, count, count, *tables)
    section += b"".join(struct.pack("<I", at[forwards[each]]) for each in names)
    section += b"".join(struct.pack("<I", at[each]) for each in names)
    section += b"".join(struct.pack("<H", number) for number in range(count)) + strings
    size = len(section)
    raw = section.ljust((size + 511) // 512 * 512, b"\0")
    header = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    header += struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, len(raw), 0, 0, 0x1000)
    header += struct.pack("<QII", 0x180000000, 0x1000, 512)
    header += struct.pack("<HHHHHHIIIIHH", 6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0, 3, 0x160)
    header += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    header += struct.pack("<II", place, size) + bytes(8 * 15)
    sizes = (size, place, len(raw), 512, 0, 0, 0, 0, 0x40000040)
    header += struct.pack("<8sIIIIIIHHI", b".edata", *sizes)
    begin = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    return (begin + header).ljust(512, b"\0") + raw
