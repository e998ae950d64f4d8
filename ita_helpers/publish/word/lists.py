"""Lists and their numbering in Word."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from ita_helpers.publish.word.styles import (
    element,
    twips,
)

LEVELS = 6
INDENT = 20.0


def list_level(level: int, format_: str, text: str) -> Any:
    """Return the definition of one level of a list."""
    left = twips(INDENT * (level + 1))
    return element(
        "w:lvl",
        element("w:start", val="1"),
        element("w:numFmt", val=format_),
        element("w:lvlText", val=text.format(level + 1)),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=left, hanging=twips(INDENT))),
        ilvl=str(level),
    )


def abstracts(numbering: Any) -> list[Any]:
    """Return the definitions of lists of a document."""
    return list(numbering.iter(qn("w:abstractNum")))


def insert_abstract(numbering: Any, abstract: Any) -> None:
    """Put a definition before the first list: the order Word asks for."""
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)


def numbering_of(word: Any) -> Any:
    """Return the lists of a Word document; a template may come without any."""
    part = word.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    empty = f"<w:numbering {nsdecls('w')}/>".encode()
    made = NumberingPart.load(
        PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package
    )
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made.element
