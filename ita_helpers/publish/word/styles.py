"""The styles of our Word files: the built-in ones, set right for Thai, and a few of our own.

Word treats Thai as a complex script: without a ``w:cs`` font, ``w:szCs`` and ``w:lang w:bidi`` a
paragraph is one word that no line can break. Officers restyle a report by changing these styles.
"""

from __future__ import annotations

import copy
import logging
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ita_helpers.language.catalogue import say

log = logging.getLogger(__name__)

FIRST_LINE = 70.9
"""Points: by how much the first line of an official paper's paragraph is indented, 2.5 cm."""
BODY = 16.0
"""Points: the size official Thai papers have in TH Sarabun."""
THAI = "th-TH"
NUMBER_STYLE, NUMBER_NAME, NUMBER_SHADE = "ItaNumber", "ITA Number", "E9EFF5"
"""The character style of numbers that come from the data, and what shows it lightly."""


@dataclass(frozen=True)
class Style:
    """One style: its name in Word, and how it looks; sizes and distances in points."""

    name: str
    size: float = BODY
    bold: bool = False
    colour: str = ""
    before: float = 0
    after: float = 6
    align: str = ""
    left: float = 0
    hanging: float = 0
    first: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    based_on: str = "Normal"
    font: str = ""
    shade: str = ""
    border: str = ""
    tab: bool = False


STYLES: dict[str, Style] = {
    "Title": Style("Title", 24, bold=True, align="center", before=12, after=12),
    "ItaMemoTitle": Style("ITA Memo Title", 29, bold=True, align="center", after=6),
    "Subtitle": Style("Subtitle", 18, align="center", after=4),
    **{
        f"Heading{level}": Style(
            f"heading {level}",
            size,
            bold=True,
            colour=colour,
            before=before,
            after=4,
            keep_next=True,
            keep_lines=True,
            outline=level - 1,
        )
        for level, size, colour, before in (
            (1, 20, "1B2733", 18),
            (2, 18, "1F5A92", 12),
            (3, 16, "1B2733", 8),
            (4, 16, "1B2733", 6),
            (5, 16, "1B2733", 6),
        )
    },
    "BodyText": Style("Body Text"),
    "Caption": Style("caption", 15, before=6, after=4, keep_next=True),
    "ListBullet": Style("List Bullet", after=3),
    "ListNumber": Style("List Number", after=3),
    "Quote": Style("Quote", colour="4B5A68", left=24),
    "Header": Style("header", 12, colour="4B5A68", after=0),
    "Footer": Style("footer", 12, colour="4B5A68", align="center", after=0),
    "TOCHeading": Style("TOC Heading", 18, bold=True, before=12, keep_next=True),
    "TOC1": Style("toc 1", after=2, tab=True),
    "TOC2": Style("toc 2", after=2, left=18, tab=True),
    "TableText": Style("Table Text", 14, after=0),
    "ItaNote": Style("ITA Note", 13, colour="4B5A68", after=3),
    "ItaScore": Style("ITA Score", colour="4B5A68", after=4, keep_next=True),
    "ItaBanner": Style("ITA Banner", bold=True, colour="8C2D2D", align="center", border="8C2D2D"),
    "ItaLine": Style("ITA Line", after=0),
    "ItaMemoHeading": Style(
        "ITA Memo Heading", bold=True, before=6, after=0, keep_next=True, keep_lines=True, outline=0
    ),
    "ItaMemoText": Style("ITA Memo Text", after=0, first=FIRST_LINE),
    "ItaHead": Style("ITA Head", bold=True, before=6, after=2, keep_next=True),
    "ItaSignature": Style("ITA Signature", align="center", before=18, left=210, keep_lines=True),
    "ItaPicture": Style("ITA Picture", align="center", before=6, after=2, keep_next=True),
    "ItaFormula": Style("ITA Formula", align="center", before=4, after=6),
    "ItaPictureCaption": Style("ITA Picture Caption", 15, align="center", after=10),
    "ItaCode": Style("ITA Code", 12, font="Courier New", shade="F3F6F8"),
}


def apply_styles(document: Any, font: str) -> None:
    """Set every style of a new document, and the defaults they stand on."""
    styles = document.styles.element
    _set_defaults(styles, font)
    former = _by_name(styles)
    for identity, style in STYLES.items():
        if style.name.lower() in former:
            styles.remove(former[style.name.lower()])
        styles.append(_build(identity, style, font))
    shade = element("w:shd", val="clear", color="auto", fill=NUMBER_SHADE)
    styles.append(
        element(
            "w:style",
            element("w:name", val=NUMBER_NAME),
            element("w:qFormat"),
            element("w:rPr", shade),
            type="character",
            styleId=NUMBER_STYLE,
            customStyle="1",
        )
    )


def modernise(document: Any) -> None:
    """Make Word open a new file in current mode, with Thai, and without another file's preview."""
    settings = document.settings.element
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for each in settings.iter(qn("w:themeFontLang")):
        each.set(qn("w:bidi"), THAI)
    _drop_relation(document.part.package, "thumbnail")
    _drop_relation(document.part, "stylesWithEffects")


def _drop_relation(source: Any, kind: str) -> None:
    for name, relation in list(source.rels.items()):
        if relation.reltype.endswith(f"/{kind}"):
            del source.rels[name]


def add_missing(document: Any, source: Any, template: str) -> None:
    """Add the styles that an office's own template lacks, from ``source``, and say so."""
    styles = document.styles.element
    known, ours = _by_name(styles), _by_name(source.styles.element)
    missing = []
    for style in (*(each.name for each in STYLES.values()), NUMBER_NAME, "Table Grid"):
        if style.lower() not in known:
            styles.append(copy.deepcopy(ours[style.lower()]))
            missing.append(style)
    if missing:
        log.warning(say("messages.word_styles_added", template=template, styles=missing))


def style_ids(document: Any) -> dict[str, str]:
    """Return the id under which the document knows each of our styles: Word localises some."""
    known, found = _by_name(document.styles.element), {}
    for identity, style in (*((i, s.name) for i, s in STYLES.items()), ("TableGrid", "Table Grid")):
        element = known.get(style.lower())
        found[identity] = str(element.get(qn("w:styleId"))) if element is not None else identity
    return found


def _by_name(styles: Any) -> dict[str, Any]:
    """Return the styles of a document by name in small letters; the first of a name counts."""
    tag, name, value = map(qn, ("w:style", "w:name", "w:val"))
    found: dict[str, Any] = {}
    for each in styles.iter(tag):
        named = each.find(name)
        if named is not None:
            found.setdefault(str(named.get(value)).lower(), each)
    return found


def _set_defaults(styles: Any, font: str) -> None:
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.remove(defaults)
    properties = element(
        "w:docDefaults",
        element("w:rPrDefault", element("w:rPr", *_text_properties(font, BODY))),
        element("w:pPrDefault", element("w:pPr")),
    )
    styles.insert(0, properties)
    normal = _by_name(styles).get("normal")
    if normal is not None:
        for each in normal.findall(qn("w:rPr")):
            normal.remove(each)


def _build(identity: str, style: Style, font: str) -> Any:
    return element(
        "w:style",
        element("w:name", val=style.name),
        element("w:basedOn", val=style.based_on),
        *([element("w:next", val="BodyText")] if style.outline is not None else []),
        element("w:qFormat"),
        element("w:pPr", *_paragraph_properties(style)),
        element("w:rPr", *_style_text(style, font)),
        type="paragraph",
        styleId=identity,
        **({} if style.name[0].islower() or " " not in style.name else {"customStyle": "1"})
        if identity.startswith(("Ita", "TableText"))
        else {},
    )


def _paragraph_properties(style: Style) -> list[Any]:
    """Return a style's paragraph properties in the order Word asks for."""
    made = []
    if style.keep_next:
        made.append(element("w:keepNext"))
    if style.keep_lines:
        made.append(element("w:keepLines"))
    made.append(element("w:widowControl"))
    if style.border:
        sides = ("top", "left", "bottom", "right")
        edges = (
            element(f"w:{side}", val="single", sz="8", space="4", color=style.border)
            for side in sides
        )
        made.append(element("w:pBdr", *edges))
    if style.shade:
        made.append(element("w:shd", val="clear", color="auto", fill=style.shade))
    if style.tab:
        stop = element("w:tab", val="right", leader="dot", pos="9354")
        made.append(element("w:tabs", stop))
    made.append(element("w:spacing", before=twips(style.before), after=twips(style.after)))
    if style.first:
        made.append(element("w:ind", firstLine=twips(style.first)))
    elif style.left or style.hanging:
        made.append(element("w:ind", left=twips(style.left), hanging=twips(style.hanging)))
    if style.align:
        made.append(element("w:jc", val=style.align))
    if style.outline is not None:
        made.append(element("w:outlineLvl", val=str(style.outline)))
    return made


def _style_text(style: Style, font: str) -> list[Any]:
    made = _text_properties(font, style.size, bold=style.bold, colour=style.colour)
    if style.font:
        # Thai keeps its font: none of fixed width has Thai letters.
        made[0].set(qn("w:ascii"), style.font)
        made[0].set(qn("w:hAnsi"), style.font)
    return made


def _text_properties(font: str, size: float, *, bold: bool = False, colour: str = "") -> list[Any]:
    made = [element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)]
    if bold:
        made += [element("w:b"), element("w:bCs")]
    if colour:
        made.append(element("w:color", val=colour))
    half_points = str(round(size * 2))
    made += [element("w:sz", val=half_points), element("w:szCs", val=half_points)]
    made.append(element("w:lang", val="en-US", eastAsia="en-US", bidi=THAI))
    return made


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """Return an element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def twips(points: float) -> str:
    """Return points as twentieths of a point, the unit of Word."""
    return str(round(points * 20))
