"""The report's font as style rules that load nothing: for the page, and for the notebook."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

from markupsafe import Markup

FONTS = {400: "Sarabun-Regular.woff2", 700: "Sarabun-Bold.woff2"}


@cache
def font_faces() -> str:
    """Return one ``@font-face`` rule a weight, each with its font in it."""
    faces = []
    for weight, name in FONTS.items():
        font = (files(__package__) / "fonts" / name).read_bytes()
        faces.append(
            f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})"
            " format('woff2')}"
        )
    return "\n".join(faces)


def set_up_notebook(name: str) -> str:
    """Return HTML that names what a notebook is about, and brings its page font and style."""
    sheet = files(__package__) / "notebook.css"
    css = font_faces() + sheet.read_text(encoding="utf-8")
    style = Markup("<style>{}</style>").format(Markup(css))
    return str(style + Markup('<p class="ita-setup">{}</p>').format(name))
