"""Making an SVG safe to embed, and taking its text out for the PDF.

An SVG in a notebook may come from anywhere: only drawing elements and attributes pass, and an
address may only point inside the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from lxml import etree

NAMESPACE = "http://www.w3.org/2000/svg"

ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clipPath "
    "linearGradient radialGradient stop pattern symbol marker mask".split()
)
ATTRIBUTES = frozenset(
    "viewBox d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform style fill "
    "fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linejoin stroke-linecap "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit opacity clip-path clip-rule id offset "
    "stop-color stop-opacity gradientUnits gradientTransform spreadMethod patternUnits "
    "patternTransform patternContentUnits clipPathUnits text-anchor font-size font-weight "
    "font-style font-family preserveAspectRatio href marker-start marker-mid marker-end mask "
    "markerWidth markerHeight markerUnits refX refY orient dominant-baseline".split()
)
SEEN = frozenset(
    "image foreignObject a switch textPath filter animate animateTransform animateMotion".split()
)
"""Elements that people see, and that are left out."""
DEFAULT_SIZE = 10.0
DRAWINGS = 32
"""How many drawings are remembered: writers and the check of letters take the same apart."""
_CANONICAL = {name.lower(): name for name in ELEMENTS | ATTRIBUTES}
_CLASSES = re.compile(r"<style\b[^>]*>[^<]*?[.#][A-Za-z][\w-]*\s*[,{]")
_INNER_URL = re.compile(r"url\(\s*['\"]?#([\w.-]+)['\"]?\s*\)")
_HEXADECIMAL = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LENGTH = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True)
class SvgText:
    """One text of a picture, in the picture's units: where its baseline starts, turned or not."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    weight: int
    colour: str
    angle: float


def clean_svg(source: str, prefix: str) -> str | None:
    """Return the SVG with only what draws, and unique ids; nothing if it is not an SVG."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
        load_dtd=False, recover=True, remove_blank_text=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or _local(root) != "svg":
        return None
    cleaned = _clean_element(root, prefix)
    if cleaned is None or _view_box(cleaned) is None:
        return None
    _drop_unused_ids(cleaned)
    return etree.tostring(cleaned, encoding="unicode")


def left_out(source: str) -> str:
    """Return the names of the elements that people would miss in the cleaned picture."""
    found = dict.fromkeys(re.findall(r"<(?:svg:)?([A-Za-z]+)", source))
    named = [name for name in found if name in SEEN]
    return " ".join([*named, *(["style"] if _CLASSES.search(source) else [])])


def view_size(svg: str) -> tuple[float, float]:
    """Return width and height of the picture in its own units."""
    box = _view_box(etree.fromstring(svg)) or (0, 0, 1, 1)
    return box[2], box[3]


@lru_cache(maxsize=DRAWINGS)
def split_text(svg: str) -> tuple[str, tuple[SvgText, ...]]:
    """Return the picture without its text, and the texts."""
    root = etree.fromstring(svg)
    texts = []
    size, colour = _length(root.get("font-size"), DEFAULT_SIZE), str(root.get("fill", ""))
    for element in list(root.iter(f"{{{NAMESPACE}}}text")):
        texts += _read_text(element, size, colour)
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return etree.tostring(root, encoding="unicode"), tuple(texts)


def _local(element: etree._Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    name = etree.QName(tag).localname if tag else ""
    return _CANONICAL.get(name.lower(), name)


def _clean_element(element: etree._Element, prefix: str) -> etree._Element | None:
    name = _local(element)
    if name not in ELEMENTS:
        return None
    clean = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for key, value in element.attrib.items():
        _clean_attribute(clean, str(key), str(value), prefix)
    clean.text = element.text if name in ("text", "tspan") else None
    for child in element:
        kept = _clean_element(child, prefix)
        if kept is not None:
            kept.tail = child.tail if name in ("text", "tspan") else None
            clean.append(kept)
    if name == "svg" and not clean.get("viewBox"):
        size = [_LENGTH.search(str(element.get(side, ""))) for side in ("width", "height")]
        if all(size):
            clean.set("viewBox", "0 0 " + " ".join(each.group() for each in size if each))
    if name == "svg":
        for side in ("width", "height", "style"):
            clean.attrib.pop(side, "")
    return clean


def _clean_attribute(clean: etree._Element, key: str, value: str, prefix: str) -> None:
    local = key.rpartition("}")[2].rpartition(":")[2]
    name = _CANONICAL.get(local.lower(), "")
    if name not in ATTRIBUTES:
        return
    if name == "href":
        if value.startswith("#"):
            clean.set("href", f"#{prefix}{value[1:]}")
        return
    if name == "id":
        value = prefix + value
    if re.search(r"url|image|src|https?:|\\|@", value, re.IGNORECASE):
        value = _INNER_URL.sub(lambda found: f"url(#{prefix}{found.group(1)})", value)
        if re.search(
            r"url\((?!#)|\\|@|expression|javascript|image-set|src\(|https?:", value, re.IGNORECASE
        ):
            return
    clean.set(name, value)


def _drop_unused_ids(root: etree._Element) -> None:
    written = etree.tostring(root, encoding="unicode")
    used = set(re.findall(r"(?:url\(#|href=\"#)([^\")]+)", written))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", "")


def _view_box(root: etree._Element) -> tuple[float, float, float, float] | None:
    numbers = [float(each) for each in _LENGTH.findall(str(root.get("viewBox", "")))]
    if len(numbers) != 4 or not all(map(isfinite, numbers)) or numbers[2] <= 0 or numbers[3] <= 0:
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _style_of(element: etree._Element) -> dict[str, str]:
    declarations = (each.partition(":") for each in str(element.get("style", "")).split(";"))
    style = {name.strip(): value.strip() for name, _, value in declarations if value}
    for name in ("font-size", "font-weight", "fill", "text-anchor"):
        if element.get(name):
            style.setdefault(name, str(element.get(name)))
    return style


def _read_text(element: etree._Element, size: float, colour: str) -> list[SvgText]:
    lines = [child for child in element if _local(child) == "tspan"]
    x, y, angle = _place(element)
    shared = _style_of(element)
    texts = [(x, y, element.text, shared)]
    for line in lines:
        own = {**shared, **_style_of(line)}
        texts.append((_length(line.get("x"), x), _length(line.get("y"), y), line.text, own))
    return [
        SvgText(
            text=text.strip(),
            x=at_x,
            y=at_y,
            size=_length(style.get("font-size"), size),
            anchor=style.get("text-anchor", "start"),
            weight=700 if style.get("font-weight") in ("bold", "700") else 400,
            colour=_colour(style.get("fill", colour)),
            angle=angle,
        )
        for at_x, at_y, text, style in texts
        if text and text.strip()
    ]


def _place(element: etree._Element) -> tuple[float, float, float]:
    """Read where matplotlib put a text: ``x y rotate(…)`` or ``translate(…) rotate(…)``."""
    x, y = _length(element.get("x"), 0), _length(element.get("y"), 0)
    transform = str(element.get("transform", ""))
    moved = re.search(r"translate\(([^)]*)\)", transform)
    turned = re.search(r"rotate\(([^)]*)\)", transform)
    if moved:
        across, down, *_ = [*map(float, _LENGTH.findall(moved.group(1))), 0.0, 0.0]
        x, y = x + across, y + down
    angle = [*map(float, _LENGTH.findall(turned.group(1))), 0.0][0] if turned else 0.0
    return x, y, angle


def _colour(value: str) -> str:
    """Return a hexadecimal colour; any other name is black."""
    return value if _HEXADECIMAL.fullmatch(value) else "#000000"


def _length(value: object, default: float) -> float:
    found = _LENGTH.search(str(value)) if value is not None else None
    return float(found.group()) if found else default
