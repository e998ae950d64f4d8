"""The one place where pictures are opened, and only in formats that Pillow reads by itself.

For some other formats Pillow would run a program: Ghostscript for an EPS, whatever its name.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile


KINDS = ("PNG", "JPEG")
CONVERTED = ("GIF", "WEBP", "BMP", "TIFF")
"""Formats converted to PNG before a paper shows them."""


def open_image(content: bytes, kinds: tuple[str, ...] = KINDS) -> ImageFile:
    """Open a picture of some kinds; it is decoded when it is asked for its pixels.

    Raises ``OSError`` for what is of no such kind, or ``DecompressionBombError``.
    """
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=kinds)


def in_order(picture: Image) -> Image:
    """Sort the palette of a picture, which each system's library orders in its own way."""
    mode = picture.palette.mode if picture.palette else "RGB"
    values, width = picture.getpalette(mode) or [], len(mode)
    used = [place for place, count in enumerate(picture.histogram()) if count]
    return picture.remap_palette(
        sorted(used, key=lambda place: values[place * width : (place + 1) * width])
    )
