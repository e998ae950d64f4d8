"""A chart as a value: SVG, caption and alternative text; rendered as HTML or plain text.

The SVG keeps its text as text, so that it is small, selectable and set in the page's own font.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

import matplotlib
from lxml import etree
from markupsafe import Markup
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D
from matplotlib.typing import RcKeyType

from ita_helpers.faces.table import Cell, Table, head_row, left_then_right, number
from ita_helpers.figures.palette import INK
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import Numerals, with_numerals

WIDTH = 6.3
"""Inches: the text width of an A4 page."""

SIZE = 11
"""Pixels of the picture: the size of its text, but for what is set smaller."""
_SVG = "{http://www.w3.org/2000/svg}"
DEFAULTS = (
    "",
    f"font-size: {SIZE}px",
    "stroke-dashoffset: 0",
    "stroke-linecap: butt",
    "text-anchor: start",
)
DRAWN = [_SVG + name for name in ("g", "path", "text", "use", "rect", "circle")]
_NUMBER = re.compile(r"-?\d+\.\d{2,}|(?<![\d.])-0(?![\d.])")


@dataclass(frozen=True)
class Figure:
    """A captioned chart; ``alt`` states what a reader who cannot see it must know.

    ``data`` are its figures, folded away under it.
    """

    caption: str
    alt: str
    svg: str
    data: Table | None = None

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the chart with words and figures in these digits; what is drawn has its own."""
        return replace(
            self,
            caption=with_numerals(self.caption, numerals),
            alt=with_numerals(self.alt, numerals),
            data=self.data.in_numerals(numerals) if self.data else None,
        )

    def _repr_html_(self) -> str:
        image = self.svg.replace(
            "<svg ", str(Markup('<svg role="img" aria-label="{}" ').format(self.alt)), 1
        )
        data = Markup("")
        if self.data is not None:
            data = Markup("<details><summary>{}</summary>{}</details>").format(
                label("report.title.chart_data"), Markup(self.data._repr_html_())
            )
        return str(
            Markup('<figure class="ita-figure">{}<figcaption>{}</figcaption>{}</figure>').format(
                Markup(image), self.caption, data
            )
        )

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.alt}"


@contextmanager
def report_style(salt: str) -> Iterator[None]:
    """Draw in the report's style; ``salt`` keeps the ids of two charts apart and repeatable.

    All settings are put in as they were read: matplotlib's own way judges each of them anew.
    """
    _add_fonts()
    settings: dict[RcKeyType, Any] = matplotlib.rcParams
    before: dict[RcKeyType, Any] = dict.copy(settings)
    before.pop("backend", None)
    dict.update(settings, _style(), **{"svg.hashsalt": salt})
    try:
        yield
    finally:
        dict.update(settings, before)


@cache
def _style() -> Mapping[RcKeyType, Any]:
    """Return matplotlib's own settings with those of the report; the backend stays as it is."""
    with as_file(files(__package__) / "report.mplstyle") as path:
        style = matplotlib.rc_params_from_file(path, use_default_template=True)
    return {name: value for name, value in style.items() if name != "backend"}


def offer_font() -> None:
    """Let charts drawn in a notebook have Thai letters, unless somebody chose a font for them."""
    _add_fonts()
    if list(matplotlib.rcParams["font.family"]) == ["sans-serif"]:
        matplotlib.rcParams["font.family"] = ["Sarabun", "sans-serif"]


class _Words(Text):
    """A line of words; an SVG says where its anchor is, so that nothing has to be measured."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the words from their anchor."""
        x, y = self.get_transform().transform(self.get_position())
        y = renderer.get_canvas_width_height()[1] - y
        font, angle = self.get_fontproperties(), self.get_rotation()
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        renderer.draw_text(look, x, y, self.get_text(), font, angle, mtext=self)
        look.restore()


class Sheet:
    """A drawing measured in points from the upper left corner.

    Lines, areas and words are given to what writes matplotlib's SVG: a figure takes longer to load
    than all that draws, and its axes longer to make, of which ours would show nothing.
    """

    def __init__(self, width: float, height: float) -> None:
        self._size = width, height
        self._points = Affine2D().scale(1, -1).translate(0, height)
        self._artists: list[Artist] = []

    def add_artist(self, artist: Artist) -> None:
        """Put an area onto the sheet."""
        artist.set_transform(self._points)
        self._artists.append(artist)

    def plot(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """Draw a line through points."""
        self.add_artist(Line2D(xs, ys, **look))

    def mark(self, x: float, y: float, form: str, size: float, **look: Any) -> None:
        """Draw a mark of a form that matplotlib names."""
        self.plot([x], [y], linestyle="", marker=form, markersize=size, markeredgewidth=0, **look)

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write words that begin at a point, or as ``ha`` says."""
        self.add_artist(_Words(x, y, text, **look))

    def to_svg(self) -> str:
        """Return the drawing as compact SVG: no metadata, no style sheet, tenths of a pixel."""
        written = io.StringIO()
        metadata = {"Date": None, "Creator": None}
        renderer: Any = RendererSVG(*self._size, written, metadata=metadata)  # type: ignore[no-untyped-call]
        for artist in sorted(self._artists, key=Artist.get_zorder):
            artist.draw(renderer)
        renderer.finalize()
        return _compacted(written.getvalue().encode())


@cache
def width_of(text: str, *, bold: bool = False, size: float = SIZE) -> float:
    """Return how many points a text takes in the report's font."""
    _add_fonts()
    font = FontProperties(family="Sarabun", weight="bold" if bold else "normal", size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _compacted(written: bytes) -> str:
    root = etree.fromstring(written, etree.XMLParser(remove_blank_text=True))
    for element in list(root.iter(_SVG + "metadata", _SVG + "style")):
        _remove(element)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, "")
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    root.set("font-size", f"{SIZE}px")
    root.set("fill", INK)
    for element in list(root.iter(*DRAWN)):
        _compact(element)
    for element in list(root.iter(_SVG + "g", _SVG + "defs")):
        _drop_empty(element)
    _join_lines(root)
    _name_forms(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _compact(element: etree._Element) -> None:
    """Shorten numbers, and leave out what says nothing: all our lines lie on their sheet."""
    for name, value in element.attrib.items():
        if name in ("d", "transform", "x", "y", "style", "width", "height"):
            shorter = _NUMBER.sub(lambda number: _tenths(number.group()), str(value))
            element.attrib[name] = " ".join(shorter.split())
    for name in ("id", "clip-path"):
        if element.tag != _SVG + "path" or name != "id" or not _is_defined(element):
            element.attrib.pop(name, "")
    if element.get("transform", "").startswith("rotate(0 "):
        del element.attrib["transform"]
    if element.get("style"):
        kept = [each.strip() for each in str(element.get("style")).split(";")]
        said = [each.replace(": ", ":") for each in kept if _says(each)]
        if element.tag == _SVG + "text" and f"fill:{INK}" in said:
            said.remove(f"fill:{INK}")
        element.set("style", ";".join(said))
        if not said:
            del element.attrib["style"]
    if element.get("style") == "fill:none":
        _remove(element)


@lru_cache(maxsize=4_000)
def _tenths(number: str) -> str:
    """Round a number; what is next to nothing has no sign, which differs between systems.

    >>> _tenths("-0.0000001"), _tenths("-5.25")
    ('0', '-5.2')
    """
    return f"{round(float(number), 1) + 0.0:g}"


def _name_forms(root: etree._Element) -> None:
    """Name the forms of marks by what is shown, not by digits that differ between systems."""
    salt = matplotlib.rcParams["svg.hashsalt"]
    names: dict[str, str] = {}
    for element in root.iter(_SVG + "path"):
        if known := element.get("id"):
            told = f"{salt} {len(names)} {element.get('d')} {element.get('style')}"
            names[f"#{known}"] = f"m{sha256(told.encode()).hexdigest()[:10]}"
            element.set("id", names[f"#{known}"])
    for element in root.iter(_SVG + "use"):
        for name in (name for name in element.attrib if str(name).endswith("href")):
            target = str(element.get(name))
            element.set(name, f"#{names[target]}" if target in names else target)


def _join_lines(root: etree._Element) -> None:
    """Draw neighbouring lines of one look as one."""
    before: etree._Element | None = None
    for element in list(root):
        look = element.get("style", "")
        is_line = element.tag == _SVG + "path" and "fill:none" in look
        if is_line and before is not None and before.get("style") == look:
            before.set("d", f"{before.get('d')} {element.get('d')}")
            root.remove(element)
        else:
            before = element if is_line else None


def _is_defined(element: etree._Element) -> bool:
    return any(each.tag == _SVG + "defs" for each in element.iterancestors())


def _says(declaration: str) -> bool:
    return declaration not in DEFAULTS and not declaration.startswith("font-family")


def _drop_empty(element: etree._Element) -> None:
    """Take a group without a meaning of its own out of its parent."""
    parent = element.getparent()
    if parent is None or (element.attrib and len(element)):
        return
    if element.tag == _SVG + "defs" and len(element):
        if all(child.tag == _SVG + "clipPath" for child in element):
            _remove(element)
        return
    at = parent.index(element)
    for child in reversed(element):
        parent.insert(at + 1, child)
    _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


@cache
def _add_fonts() -> None:
    folder = files("ita_helpers.faces") / "fonts"
    for name in ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf"):
        with as_file(folder / name) as path:
            font_manager.fontManager.addfont(Path(path))


def chart_data(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return the figures of a chart as a table: a name and its numbers in each row."""
    return Table(
        caption=caption.partition(":")[0],
        head=(head_row(*heads, aligns=left_then_right(len(heads) - 1)),),
        body=tuple((Cell(name, scope="row"), *map(number, values)) for name, *values in rows),
    )
