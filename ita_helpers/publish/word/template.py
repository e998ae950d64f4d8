"""Opening an office's own Word file as a template: nothing that reaches outside passes.

Only what shapes the page is kept: styles, numbering, headers, footers, notes, theme, fonts and
settings. The text is removed, with everything only the text needed. What is left may hold the
fields and relations listed below; others (a field that fetches or runs something, a linked picture,
an embedded object) are refused by name. So are pictures other than PNG and JPEG: nothing here has
checked them, and an EMF is a program for whatever draws it.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from ita_helpers.errors import BadWordTemplate
from ita_helpers.files.images import open_image

FIELDS = frozenset(
    "= PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TC DATE TIME "
    "CREATEDATE SAVEDATE PRINTDATE AUTHOR LASTSAVEDBY TITLE SUBJECT KEYWORDS COMMENTS DOCPROPERTY "
    "FILENAME FILESIZE NUMWORDS NUMCHARS REVNUM HYPERLINK SYMBOL QUOTE EQ IF COMPARE FORMTEXT "
    "FORMCHECKBOX FORMDROPDOWN".split()
)
"""What a field may ask for: the document itself, the day, a link that people click."""
OF_THE_PACKAGE = frozenset(
    {"officeDocument", "core-properties", "extended-properties", "custom-properties"}
)
OF_THE_DOCUMENT = frozenset(
    {"styles", "settings", "theme", "numbering", "fontTable", "footnotes", "endnotes"}
)
"""What a document has without naming it in its text."""
INSIDE = OF_THE_DOCUMENT | {"header", "footer", "image", "font"}
LINKS = ("http", "https", "mailto", "tel")
OUTWARD = frozenset(
    "OLEObject control altChunk subDoc frameset frame webVideoPr movie contentPart".split()
)
"""Elements that hold or fetch something else than words and pictures."""
OUT_OF_SETTINGS = frozenset({"attachedTemplate", "mailMerge", "saveThroughXslt", "schemaLibrary"})
"""Settings that link a file to others and are never visible: removed."""
OUT_OF_PROPERTIES = re.compile("HyperlinkBase|Template|_Assembly.*")
"""Properties that complete links or name a program to load: removed."""
_SWITCH = re.compile(r"\\[a-z]")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


def open_template(content: bytes, name: str) -> Any:
    """Return a Word document with the page of a template and no text.

    Raises ``BadWordTemplate`` for a file that is none, or that reaches outside.
    """
    try:
        word = docx.Document(io.BytesIO(content))
        _inherit_headers(word)
        _empty(word)
        _cut_ties(word)
        found = next(_outward(word), None)
        unread = next(_unread_pictures(word), None)
    except Exception as error:
        reason = type(error).__name__
        raise BadWordTemplate(file=name, reason=reason, part="", found="", picture="") from error
    for told, key, other in ((found, "found", "picture"), (unread, "picture", "found")):
        if told:
            part, what = told
            facts = {"part": part.partname.lstrip("/"), key: what, other: ""}
            raise BadWordTemplate(file=name, reason="", **facts)
    return word


def _inherit_headers(word: Any) -> None:
    """Give the last section, the one that is kept, the headers it takes from those before."""
    *earlier, last = (section._sectPr for section in word.sections)
    for section in reversed(earlier):
        for kind in ("w:footerReference", "w:headerReference"):
            known = {each.get(qn("w:type")) for each in last.findall(qn(kind))}
            for each in section.findall(qn(kind)):
                if each.get(qn("w:type")) not in known:
                    last.insert(0, copy.deepcopy(each))


def _empty(word: Any) -> None:
    """Take out the text, and the parts that nothing names any more."""
    body = word.element.body
    for each in list(body):
        if each.tag != qn("w:sectPr"):
            body.remove(each)
    for each in list(word.element.iter(qn("w:printerSettings"))):
        each.getparent().remove(each)
    named = {value for each in word.element.iter() for value in _related(each)}
    for key, relation in list(word.part.rels.items()):
        if key not in named and _kind(relation) not in OF_THE_DOCUMENT:
            del word.part.rels[key]
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.is_external or _kind(relation) not in OF_THE_PACKAGE:
            del package.rels[key]


def _cut_ties(word: Any) -> None:
    """Remove what links the file to a template, an address list or a link folder."""
    settings = word.settings.element
    for each in list(settings):
        if etree.QName(each).localname in OUT_OF_SETTINGS:
            settings.remove(each)
    named = {value for each in settings.iter() for value in _related(each)}
    relations = word.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for key in set(relations) - named:
        del relations[key]
    for relation in word.part.package.rels.values():
        if _kind(relation) in ("extended-properties", "custom-properties"):
            _cut_properties(relation.target_part)


def _cut_properties(part: Any) -> None:
    root = _parse(part.blob)
    for each in list(root):
        name = each.get("name") or etree.QName(each).localname
        if OUT_OF_PROPERTIES.fullmatch(name):
            root.remove(each)
    part._blob = serialize_part_xml(root)


def _outward(word: Any) -> Iterator[tuple[Any, str]]:
    """Yield each part that reaches outside, and what does it."""
    for part in word.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and not (
                _kind(relation) == "hyperlink" and _is_link(relation.target_ref)
            ):
                yield part, f"{_kind(relation)} {relation.target_ref}"
            elif not relation.is_external and _kind(relation) not in INSIDE:
                yield part, _kind(relation)
        if part.content_type.endswith("xml"):
            root = part.element if hasattr(part, "element") else _parse(part.blob)
            yield from ((part, each) for each in _outward_elements(root))


def _unread_pictures(word: Any) -> Iterator[tuple[Any, str]]:
    """Yield each part that shows a picture other than PNG and JPEG, and the picture's name."""
    for part in word.part.package.iter_parts():
        for relation in part.rels.values():
            if _kind(relation) == "image" and not relation.is_external:
                try:
                    open_image(relation.target_part.blob).close()
                except (OSError, Image.DecompressionBombError):
                    yield part, relation.target_part.partname.rpartition("/")[2]


def _outward_elements(root: Any) -> Iterator[str]:
    for each in root.iter(etree.Element):
        name = _local(each.tag)
        if name in OUTWARD:
            yield name
        for key, value in each.attrib.items():
            local = _local(key).lower()
            if local in ("src", "althref") or (local == "href" and not _is_reference(value)):
                yield f"{name} {value}"
    for instruction in _instructions(root):
        if not _is_harmless(instruction):
            yield " ".join(instruction.split()) or "{ }"


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _instructions(root: Any) -> Iterator[str]:
    """Yield the instruction of each field, nested ones separately."""
    fields: list[list[str] | None] = []
    simple, mark = qn("w:fldSimple"), qn("w:fldChar")
    for each in root.iter(simple, mark, qn("w:instrText"), qn("w:delInstrText")):
        if each.tag == simple:
            yield each.get(qn("w:instr"), "")
        elif each.tag == mark:
            yield from _follow(each.get(qn("w:fldCharType")), fields)
        elif fields and fields[-1] is not None:
            fields[-1].append(each.text or "")
        else:
            yield each.text or ""
    yield from ("".join(asked) for asked in fields if asked is not None)


def _follow(kind: str, fields: list[list[str] | None]) -> Iterator[str]:
    """Process a field mark; the instruction comes before the result.

    A field before another's name could give that name, so the other one has none.
    """
    if kind == "begin":
        if fields and fields[-1] is not None and not "".join(fields[-1]).strip():
            yield ""
        fields.append([])
    elif fields:
        asked = fields.pop()
        if asked is not None:
            yield "".join(asked)
        if kind == "separate":
            fields.append(None)


def _is_harmless(instruction: str) -> bool:
    name, *rest = instruction.replace('"', " ").split() or [""]
    if name.upper() != "HYPERLINK":
        return name.upper() in FIELDS or name.startswith("=")
    if rest[:1] == ["\\l"]:
        return all(_SWITCH.fullmatch(each) for each in rest[2:])
    return bool(rest) and _is_link(rest[0])


def _is_reference(address: str) -> bool:
    return not address or address.startswith(("#", "data:image/")) or _is_link(address)


def _is_link(address: str) -> bool:
    """Whether an address is an internet link for people to click, not a file or program."""
    try:
        return urlsplit(address.strip()).scheme.lower() in LINKS
    except ValueError:
        return False


def _related(element: Any) -> list[str]:
    """Return the relations that an element names."""
    return [value for key, value in element.attrib.items() if key.startswith((_R, _STRICT))]


def _kind(relation: Any) -> str:
    return str(relation.reltype).rstrip("/").rpartition("/")[2]


def _parse(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)
