"""Opening pictures: the one place, and kinds that Pillow reads by itself only.

Pillow would run a program for some of the other kinds: Ghostscript for an EPS, whatever it is
named.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile


KINDS = ("PNG", "JPEG")
CONVERTED = ("GIF", "WEBP", "BMP", "TIFF")
"""What is written anew as PNG before a paper shows it."""


def open_image(content: bytes, kinds: tuple[str, ...] = KINDS) -> ImageFile:
    """Open a picture of some kinds; it is decoded when it is asked for its pixels.

    Raises ``OSError`` for what is of no such kind, or ``DecompressionBombError``.
    """
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=kinds)
