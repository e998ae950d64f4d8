"""Small steps through the XML of Word, whichever of its two namespaces a file uses."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ita_helpers.files.packages import local

_OFF = ("0", "false", "off", "none")


def children(parent: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the elements in an element."""
    if parent is not None:
        yield from (each for each in parent if isinstance(each.tag, str))


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of this local name in an element."""
    return next((each for each in children(parent) if local(each) == name), None)


def find(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of this local name anywhere below."""
    return next(iter(parent.iter(f"{{*}}{name}")), None)


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, or an empty string."""
    found = (value for key, value in element.attrib.items() if str(key).endswith(name))
    return str(next(found, ""))


def is_on(element: etree._Element, properties: str, name: str) -> bool:
    """Whether a property like bold is switched on."""
    found = child(element, properties)
    value = None if found is None else child(found, name)
    return value is not None and attribute(value, "val") not in _OFF


def is_hidden(run: etree._Element) -> bool:
    """Whether a run of text is not shown."""
    return is_on(run, "rPr", "vanish")


def is_bold(run: etree._Element) -> bool:
    """Whether a run of text is bold, in Latin letters or in Thai ones."""
    return is_on(run, "rPr", "b") or is_on(run, "rPr", "bCs")


def is_deleted(row: etree._Element) -> bool:
    """Whether a row of a table was deleted by a tracked change."""
    properties = child(row, "trPr")
    return properties is not None and child(properties, "del") is not None
