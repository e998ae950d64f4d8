"""Lists and their numbering in Word."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from ita_helpers.language.thai import Numerals
from ita_helpers.publish.tree import ListBlock
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


class Lists:
    """The lists of one Word file: two kinds, bullets and numbers, six levels deep."""

    def __init__(self, word: Any, numerals: Numerals) -> None:
        self._numbering = numbering = numbering_of(word)
        taken = [int(each.get(qn("w:abstractNumId"))) for each in abstracts(numbering)]
        first = max(taken, default=0) + 1
        digits = "thaiNumbers" if numerals == "thai" else "decimal"
        kinds = [("bullet", "•"), (digits, "%{}.")]
        for place, (format_, text) in enumerate(kinds):
            levels = (list_level(level, format_, text) for level in range(LEVELS))
            abstract = element("w:abstractNum", *levels, abstractNumId=str(first + place))
            insert_abstract(numbering, abstract)
        self._first = first

    def begin(self, block: ListBlock, level: int) -> str:
        """Return the number of a new list, which begins where the block says."""
        used = [int(each.get(qn("w:numId"))) for each in self._numbering.iter(qn("w:num"))]
        number = str(max(used, default=0) + 1)
        start = element("w:startOverride", val=str(block.start))
        restart = element("w:lvlOverride", start, ilvl=str(level))
        kind = element("w:abstractNumId", val=str(self._first + block.ordered))
        self._numbering.append(element("w:num", kind, restart, numId=number))
        return number
