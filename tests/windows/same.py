"""Whether two papers are the same: byte for byte, or but for their pictures, and how these differ.

What differs there comes of libraries in C, not of the program:

- The wheels of Pillow bring another zlib for Windows, so the same pixels become other bytes, and
  with them the digest that a paper carries of itself.
- A chart in Word has 32 colours. Of two shades that as many pixels have, Pillow's octree keeps the
  one that ``qsort`` puts first, and each system sorts equals in its own way.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

from PIL import Image, ImageChops

_PICTURE = re.compile(rb"data:image/png;base64,([A-Za-z0-9+/=]+)")
_DIGEST = re.compile(rb"(digest(?:&quot;|\"):(?:&quot;|\"))[0-9a-f]{24}")
HOW = ("the same bytes", "the same pixels, packed otherwise", "some shades of a chart", "differing")
SHADE, SHARE = 32, 0.02
"""Shades that count as alike (of 255 steps), and the share of pixels that may differ by one."""


def how_same(one: Path, other: Path) -> str:
    """Return in which of the ways two papers are the same, the last being that they are not."""
    contents = one.read_bytes(), other.read_bytes()
    if contents[0] == contents[1]:
        return HOW[0]
    (rest, pictures), (other_rest, others) = (_parted(each, one.suffix) for each in contents)
    if rest != other_rest or len(pictures) != len(others):
        return HOW[-1]
    return HOW[max((_grade(*each) for each in zip(pictures, others, strict=True)), default=0)]


def _parted(content: bytes, suffix: str) -> tuple[object, list[bytes]]:
    """Return a paper without pictures and its own digest, and its pictures."""
    if suffix == ".png":
        return None, [content]
    if suffix != ".docx":
        found = [base64.b64decode(each) for each in _PICTURE.findall(content)]
        return _DIGEST.sub(rb"\1", _PICTURE.sub(b"", content)), found
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [(each, packed.read(each)) for each in packed.namelist()]
    pictures = [content for name, content in parts if name.endswith(".png")]
    rest = [(n, b"" if n.endswith(".png") else _DIGEST.sub(rb"\1", c)) for n, c in parts]
    return rest, pictures


def _grade(one: bytes, other: bytes) -> int:
    """Return the place in ``HOW`` of two pictures: what they say in words counts too."""
    if one == other:
        return 0
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        if first.size != second.size or first.info != second.info:
            return len(HOW) - 1
        apart = ImageChops.difference(first.convert("RGBA"), second.convert("RGBA"))
    if not any(high for _, high in apart.getextrema()):
        return 1
    most = [ImageChops.lighter(*apart.split()[:2]), apart.getchannel("B"), apart.getchannel("A")]
    counts = ImageChops.lighter(ImageChops.lighter(most[0], most[1]), most[2]).histogram()
    few = sum(counts[1:]) <= SHARE * sum(counts) and not any(counts[SHADE + 1 :])
    return 2 if few else len(HOW) - 1
