"""A chart as a value: SVG, caption and alternative text, with an HTML and a plain face.

The SVG keeps its text as text, so that it is small, selectable and set in the page's own font.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import matplotlib
from lxml import etree
from markupsafe import Markup
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing

WIDTH = 6.3
"""Inches: the text width of an A4 page."""

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


@dataclass(frozen=True)
class Figure:
    """A captioned chart; ``alt`` states what a reader who cannot see it must know."""

    caption: str
    alt: str
    svg: str

    def _repr_html_(self) -> str:
        image = self.svg.replace(
            "<svg ", str(Markup('<svg role="img" aria-label="{}" ').format(self.alt)), 1
        )
        return str(
            Markup('<figure class="ita-figure">{}<figcaption>{}</figcaption></figure>').format(
                Markup(image), self.caption
            )
        )

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.alt}"


@contextmanager
def report_style(salt: str) -> Iterator[None]:
    """Draw in the report's style; ``salt`` keeps the ids of two charts apart and repeatable."""
    _add_fonts()
    with as_file(files(__package__) / "report.mplstyle") as path:
        style = matplotlib.rc_params_from_file(path, use_default_template=False)
    with matplotlib.rc_context({**style, "svg.hashsalt": salt}):
        yield


def new_drawing(height: float) -> Drawing:
    """Return an empty drawing of the page's width and ``height`` inches."""
    drawing = Drawing(figsize=(WIDTH, height))
    FigureCanvasSVG(drawing)
    return drawing


def to_svg(drawing: Drawing) -> str:
    """Return the drawing as compact SVG: no metadata, no style sheet, two decimals."""
    buffer = io.BytesIO()
    drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    root = etree.fromstring(buffer.getvalue(), etree.XMLParser(remove_blank_text=True))
    for name in ("metadata", "style"):
        for element in list(root.iter(_SVG + name)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, "")
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    for element in root.iter():
        _compact(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _compact(element: etree._Element) -> None:
    if element.tag == _SVG + "g":
        element.attrib.pop("id", "")
    for name, value in element.attrib.items():
        if name in ("d", "transform", "x", "y", "style", "width", "height"):
            shorter = _NUMBER.sub(lambda number: f"{float(number.group()):.2f}", str(value))
            element.attrib[name] = " ".join(shorter.split())


@cache
def _add_fonts() -> None:
    folder = files("ita_helpers.publish") / "fonts"
    for name in ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf"):
        with as_file(folder / name) as path:
            font_manager.fontManager.addfont(Path(path))
