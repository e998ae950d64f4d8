"""Charts and formulas as PNG for Word, the one format that does not show drawings well.

All pictures of a document are drawn in one run of the compiler, with text as in the PDF.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from ita_helpers.files.images import in_order, open_image
from ita_helpers.files.moving import scratch_folder
from ita_helpers.publish.fonts import read_fonts
from ita_helpers.publish.formulas import SIZE, draw_formula
from ita_helpers.publish.reading.svg import split_text, view_size
from ita_helpers.publish.tree import Document, Formula, Text
from ita_helpers.publish.tree import Image as Picture
from ita_helpers.publish.walks import nodes_of
from ita_helpers.publish.word.styles import BODY

if TYPE_CHECKING:
    from PIL.Image import Image


FORMULA_SCALE = BODY / SIZE
FORMULA_SHARPNESS = 2
RESOLUTION = 200
"""Pixels an inch: crisp in print, and small."""
COLOURS = 32
WHITE = 250


@dataclass(frozen=True)
class Drawing:
    """An SVG and the width it is to have on the page, in points."""

    svg: str
    width: float


def render_pngs(drawings: Sequence[Drawing]) -> list[bytes]:
    """Return each drawing as PNG. Raises ``TypstError`` for what the compiler refuses."""
    if not drawings:
        return []
    with (
        scratch_folder() as folder,
        as_file(files("ita_helpers")) as package,
    ):
        for template in ("picture.typ", "pictures.typ"):
            (folder / template).write_bytes((package / "publish/templates" / template).read_bytes())
        nodes = [_write(folder, place, drawing) for place, drawing in enumerate(drawings)]
        (folder / "pictures.json").write_text(json.dumps(nodes), encoding="utf-8")
        made = typst.compile(
            folder / "pictures.typ",
            font_paths=read_fonts(package),
            format="png",
            ppi=RESOLUTION,
        )
    pages = made if isinstance(made, list) else [made]
    return [_reduce(page) for page in pages]


def _write(folder: Path, place: int, drawing: Drawing) -> dict[str, object]:
    picture, texts = split_text(drawing.svg)
    name = f"picture-{place}.svg"
    (folder / name).write_text(picture, encoding="utf-8")
    width, height = view_size(drawing.svg)
    return {
        "file": name,
        "wide": drawing.width,
        "width": width,
        "height": height,
        "texts": [vars(text) for text in texts],
    }


def _reduce(content: bytes) -> bytes:
    """Return the PNG on white in a palette: a few colours and their shades are all a chart has."""
    from PIL import Image

    with open_image(content) as picture:
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    buffer = io.BytesIO()
    # The octree is twice as quick as the median cut, and no eye tells them apart here.
    few = flat.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([value for colour in _colours(few) for value in colour])
    in_order(few).save(buffer, "PNG")
    return buffer.getvalue()


def _colours(picture: Image) -> Iterator[tuple[int, ...]]:
    """Yield the palette, its almost white made white: a chart stands on the paper, not in a box."""
    palette = picture.getpalette() or []
    for place in range(0, len(palette), 3):
        colour = tuple(palette[place : place + 3])
        yield (255, 255, 255) if min(colour) >= WHITE else colour


def as_png(content: bytes) -> bytes:
    """Return a picture as PNG."""
    buffer = io.BytesIO()
    with open_image(content) as picture:
        picture.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def pixel_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a picture in pixels."""
    with open_image(content) as picture:
        return picture.size


def draw_pictures(document: Document, width: float) -> dict[str, bytes]:
    """Draw all charts and formulas of a document at once, charts so many points wide."""
    wanted: dict[str, float] = {}
    for node in nodes_of(document):
        if isinstance(node, Picture) and node.kind == "svg":
            wanted[node.content] = width
        elif (tex := _tex(node)) and (drawn := draw_formula(tex)):
            wanted[drawn.svg] = drawn.width * FORMULA_SCALE * FORMULA_SHARPNESS
    drawings = [Drawing(source, width) for source, width in wanted.items()]
    return dict(zip(wanted, render_pngs(drawings), strict=True))


def _tex(node: object) -> str:
    if isinstance(node, Formula):
        return node.tex
    return node.text if isinstance(node, Text) and node.formula else ""
