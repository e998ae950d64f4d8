"""Small steps through the XML of Word, whichever of its two namespaces a file uses."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ita_helpers.files.packages import local

_OFF = ("0", "false", "off", "none")
_SMALLEST = 8
"""Half-points: nobody reads smaller letters."""
_PAPER = ("FFFFFF", "auto", "")
_PALEST = 0xF0
_SIZES = ("sz", "szCs")


def children(parent: etree._Element | None) -> Iterator[etree._Element]:
    """Return the elements in an element."""
    return iter(()) if parent is None else parent.iterchildren("*")


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first element of this local name in an element."""
    return None if parent is None else next(parent.iterchildren(f"{{*}}{name}"), None)


def find(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of this local name anywhere below."""
    return next(iter(parent.iter(f"{{*}}{name}")), None)


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, or an empty string."""
    found = (value for key, value in element.attrib.items() if str(key).endswith(name))
    return str(next(found, ""))


def value_of(parent: etree._Element | None, name: str) -> str:
    """Return what the first element of this local name is set to, or an empty string."""
    found = child(parent, name)
    return "" if found is None else attribute(found, "val")


def is_on(element: etree._Element, properties: str, name: str) -> bool:
    """Whether a property like bold is switched on."""
    value = child(child(element, properties), name)
    return value is not None and attribute(value, "val") not in _OFF


def is_hidden(run: etree._Element) -> bool:
    """Whether a run of text is not shown."""
    return is_on(run, "rPr", "vanish")


def is_unseen(run: etree._Element) -> bool:
    """Whether nobody sees a run of text: hidden, as pale as the paper, or in tiny letters."""
    properties = child(run, "rPr")
    if properties is None:
        return False
    hidden = any(is_on(run, "rPr", name) for name in ("vanish", "webHidden", "specVanish"))
    sizes = [attribute(each, "val") for each in children(properties) if local(each) in _SIZES]
    is_tiny = any(each.isdecimal() and int(each) < _SMALLEST for each in sizes)
    return hidden or is_tiny or (_is_pale(properties) and not _is_shaded(run))


def _is_pale(properties: etree._Element) -> bool:
    value = value_of(properties, "color")
    try:
        return len(value) == 6 and min(bytes.fromhex(value)) >= _PALEST
    except ValueError:
        return False


def _is_shaded(run: etree._Element) -> bool:
    """Whether something dark may lie behind a run: its own, its paragraph's or its cell's."""
    for each in (run, *run.iterancestors()):
        properties = child(each, f"{local(each)}Pr")
        for found in children(properties):
            if local(found) == "highlight" or (
                local(found) == "shd" and attribute(found, "fill") not in _PAPER
            ):
                return True
    return False


def is_bold(run: etree._Element) -> bool:
    """Whether a run of text is bold, in Latin letters or in Thai ones."""
    return is_on(run, "rPr", "b") or is_on(run, "rPr", "bCs")


def is_deleted(row: etree._Element) -> bool:
    """Whether a row of a table was deleted by a tracked change."""
    return child(child(row, "trPr"), "del") is not None
