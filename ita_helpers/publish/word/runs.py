"""Runs of Word text: properties for Thai, fields, bookmarks."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from ita_helpers.publish.tree import (
    Text,
)
from ita_helpers.publish.word.styles import (
    THAI,
    element,
)

FONT = "TH Sarabun New"
STYLE_OF = {
    "body": "BodyText",
    "note": "ItaNote",
    "score": "ItaScore",
    "quote": "Quote",
    "banner": "ItaBanner",
    "line": "ItaLine",
    "signature": "ItaSignature",
    "head": "ItaHead",
    "flush": "BodyText",
}
RAISED = {"sup": "superscript", "sub": "subscript"}
NO_BREAK = "\u00a0"
PROPERTIES = [
    qn(f"w:{name}")
    for name in "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
    "spacing ind jc outlineLvl rPr sectPr".split()
]
"""What a paragraph may have, in the order Word asks for."""
_NAME = re.compile(r"[^A-Za-z0-9_]")


def run_properties(run: Text, size: float) -> list[Any]:
    """Return a run's properties in the order Word asks for."""
    made = [element("w:rFonts", hint="cs")]
    if run.code or run.formula:
        made = [element("w:rFonts", ascii="Courier New", hAnsi="Courier New", hint="cs")]
    if run.strong:
        made += [element("w:b"), element("w:bCs")]
    if run.emphasis:
        made += [element("w:i"), element("w:iCs")]
    if run.struck:
        made.append(element("w:strike"))
    if run.href and not run.href.startswith("#"):
        made.append(element("w:color", val="1F5A92"))
    if size:
        half_points = str(round(size * 2))
        made += [element("w:sz", val=half_points), element("w:szCs", val=half_points)]
    if run.href and not run.href.startswith("#"):
        made.append(element("w:u", val="single"))
    if run.raised:
        made.append(element("w:vertAlign", val=RAISED[run.raised]))
    return [*made, element("w:lang", bidi=THAI)]


def field_marks(instruction: str) -> tuple[Any, Any, Any, Any]:
    """Return the runs of a field: begin, instruction, separator, end."""
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    kinds = ("begin", "separate", "end")
    begin, separate, end = (
        element("w:r", element("w:fldChar", fldCharType=kind)) for kind in kinds
    )
    return begin, element("w:r", code), separate, end


def preformatted(text: str) -> list[Any]:
    """Return preformatted text as runs with their breaks and spaces."""
    runs = []
    for place, line in enumerate(text.expandtabs(4).split("\n")):
        if place:
            runs.append(element("w:r", element("w:br")))
        written = element("w:t")
        written.text = line
        written.set(qn("xml:space"), "preserve")
        runs.append(element("w:r", element("w:rPr", element("w:lang", bidi=THAI)), written))
    return runs


def bookmark_name(anchor: str) -> str:
    """Return an anchor as Word allows it: letters, digits and underscores, at most forty."""
    name = _NAME.sub("_", anchor)[:40]
    return name if name[:1].isalpha() else f"b_{name}"[:40]


def give(paragraph: Any, mark: Any) -> None:
    """Set a property of a paragraph, in the order Word requires; an existing one is replaced."""
    properties = paragraph.get_or_add_pPr()
    for each in properties.findall(mark.tag):
        properties.remove(each)
    later = PROPERTIES[PROPERTIES.index(mark.tag) + 1 :]
    following = next((each for each in properties if each.tag in later), None)
    if following is None:
        properties.append(mark)
    else:
        following.addprevious(mark)


def style_of(block: Any) -> str:
    """Return the style a block of the template has; empty for the usual one."""
    named = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(named.get(qn("w:val"))) if named is not None else ""


def shrink(paragraph: Any) -> None:
    """Shrink the paragraph that ends a section so that it does not start a new page."""
    give(paragraph, element("w:spacing", before="0", after="0", line="20", lineRule="exact"))
