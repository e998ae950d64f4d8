"""Putting into a Word file what it was made from, so that corrections can be taken back."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from ita_helpers.documents.corrected import read_lines
from ita_helpers.documents.corrected_lines import Line
from ita_helpers.documents.origin import NAMESPACE, PROPERTY, Origin
from ita_helpers.documents.word_lists import Numbering, Styles
from ita_helpers.publish.tree import Document
from ita_helpers.records.kinds import kind_named, report_kinds

_STORE = "{B0B9E2F5-1F0C-4B5B-9E53-0A25690A17A1}"
"""The name of our custom XML store: Word wants one."""
_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What Word calls the format of properties that users define."""
_FIRST = "2"


def add_origin(word: Any, document: Document) -> None:
    """Add the origin of a report's Word file, once all of its body is written.

    Nobody takes corrections back from a comparison, so its lines are not kept.
    """
    origin = document.origin
    if origin is None:
        return
    if not kind_named(origin.report or report_kinds()[0].name).is_of_many:
        origin = origin.showing(_lines(word))
    _add_store(word.part, origin)
    _add_property(word.part.package, origin)


def _lines(word: Any) -> list[Line]:
    """Return the lines of the body as a reader of the file will find them."""
    styles = Styles.within(word.styles.element)
    numbering = Numbering.within(word.part.numbering_part.element, styles)
    return read_lines(word.element.body, styles, numbering)


def _add_store(part: Any, origin: Origin) -> None:
    package = part.package
    name = package.next_partname("/customXml/item%d.xml")
    store = Part(name, CONTENT_TYPE.XML, origin.as_xml(), package)
    part.relate_to(store, RELATIONSHIP_TYPE.CUSTOM_XML)
    number = name.rpartition("item")[2]
    described = Part(
        PackURI(f"/customXml/itemProps{number}"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        _described(),
        package,
    )
    store.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _described() -> bytes:
    item: Any = etree.Element(f"{{{_XML}}}datastoreItem", nsmap={"ds": _XML})
    item.set(f"{{{_XML}}}itemID", _STORE)
    kinds = etree.SubElement(item, f"{{{_XML}}}schemaRefs")
    etree.SubElement(kinds, f"{{{_XML}}}schemaRef").set(f"{{{_XML}}}uri", NAMESPACE)
    return etree.tostring(item, xml_declaration=True, encoding="UTF-8", standalone=False)


def _add_property(package: Any, origin: Origin) -> None:
    """Add the property, unless the office's template has properties of its own."""
    kind = RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
    if any(each.reltype == kind for each in package.rels.values()):
        return
    root = etree.fromstring(f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>')
    each = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
    for key, value in (("fmtid", _FORMAT), ("pid", _FIRST), ("name", PROPERTY)):
        each.set(key, value)
    etree.SubElement(each, f"{{{_TYPES}}}lpwstr").text = origin.as_property()
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    content = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    package.relate_to(Part(PackURI("/docProps/custom.xml"), content, made, package), kind)
