"""Finding and reporting what is hidden, dropped or not shown of somebody's HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ita_helpers.publish.losses import Loss

DROPPED = frozenset(
    "script style iframe object embed applet form input button select option textarea template "
    "noscript link meta title head base audio video source canvas frame frameset dialog".split()
)
EMBEDDED = frozenset("iframe object embed applet audio video canvas frame input".split())
"""Dropped elements that people see without their text."""
UNSEEN = frozenset("link meta head base noscript source".split())
"""Dropped elements that nobody sees anyway."""
OF_FRAMES = ".dataframe"
"""Occurs in the style sheet that pandas puts before every table."""
UNDERLINED = ("u", "ins", "mark")
BACK = "footnote"
"""The class of the arrow by which a footnote leads back to its mark."""
_COLOUR = re.compile(r"(?:^|[;\s])(?:color|background(?:-color)?)\s*:", re.IGNORECASE)


_MAY_BE_HIDDEN = etree.XPath("descendant-or-self::*[@hidden or @style]")
_MAY_HAVE_A_LOOK = etree.XPath(
    "descendant-or-self::*[@style or @color or @bgcolor or {}]".format(
        " or ".join(f"self::{name}" for name in UNDERLINED)
    )
)


def take_hidden(root: etree._Element) -> list[Loss]:
    """Remove what a browser never shows, and return its text."""
    hidden = [each for each in _elements(_MAY_BE_HIDDEN, root) if _is_hidden(each)]
    texts = [" ".join(all_text(each).split()) for each in hidden]
    for each in hidden:
        if each.getparent() is not None:
            each.drop_tree()  # type: ignore[attr-defined]
    return [Loss("words", text) for text in texts if text]


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that a path selects, in their order, without asking each of them."""
    return path(root)  # type: ignore[return-value]


def _is_hidden(element: etree._Element) -> bool:
    style = str(element.get("style", "")).replace(" ", "").lower()
    is_shown = element.getparent() is None or not tag_of(element)
    return not is_shown and (element.get("hidden") is not None or "display:none" in style)


def looks(root: etree._Element) -> Iterable[Loss]:
    """Yield formatting that no paper has: underlining, colours."""
    for each in _elements(_MAY_HAVE_A_LOOK, root):
        is_coloured = each.get("color") or each.get("bgcolor")
        style = str(each.get("style", ""))
        if tag_of(each) in UNDERLINED or is_coloured or _COLOUR.search(style):
            yield Loss("look")


def shown(element: etree._Element) -> Iterable[str]:
    """Yield the texts of an element that a browser shows, but for what only folds or leads back."""
    name = tag_of(element)
    is_arrow = name == "a" and BACK in classes(element)
    if name and name not in DROPPED and name != "summary" and not is_arrow:
        yield element.text or ""
        for child in element:
            yield from shown(child)
    yield f"{element.tail or ''} "


def dropped(root: etree._Element) -> Iterable[Loss]:
    """Yield what is lost with the elements that are dropped, the outermost of each."""
    for element in root.iter(*DROPPED):
        name = tag_of(element)
        text = " ".join(all_text(element).split())
        if name in UNSEEN or any(tag_of(each) in DROPPED for each in element.iterancestors()):
            continue
        if name in EMBEDDED:
            yield Loss("embedded", f"{name} {element.get('src', '')}".strip())
        elif name in ("script", "style"):
            if text and OF_FRAMES not in text:
                yield Loss(name)
        elif text:
            yield Loss("words", text)


def classes(element: etree._Element) -> list[str]:
    """Return the classes of an element."""
    return str(element.get("class", "")).split()


def all_text(element: etree._Element) -> str:
    """Return the text of an element and all within it."""
    return "".join(str(each) for each in element.itertext())


def tag_of(element: etree._Element) -> str:
    """Return the name of an element; empty for a comment."""
    return element.tag.lower() if isinstance(element.tag, str) else ""
