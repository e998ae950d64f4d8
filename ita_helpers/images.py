"""Opening pictures: the one place, and PNG and JPEG only.

Pillow would run a program for some of the other kinds: Ghostscript for an EPS, whatever it is
named.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

KINDS = ("PNG", "JPEG")


def open_image(content: bytes) -> ImageFile:
    """Open a picture; it is decoded when it is asked for its pixels.

    Raises ``OSError`` for what is neither PNG nor JPEG, or ``DecompressionBombError``.
    """
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=KINDS)
