"""The report's font as style rules that load nothing: for the page, and for the notebook."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

FONTS = {400: "Sarabun-Regular.woff2", 700: "Sarabun-Bold.woff2"}


@cache
def font_faces() -> str:
    """Return one ``@font-face`` rule a weight, each with its font in it."""
    faces = []
    for weight, name in FONTS.items():
        font = (files("ita_helpers.publish") / "fonts" / name).read_bytes()
        faces.append(
            f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})"
            " format('woff2')}"
        )
    return "\n".join(faces)
