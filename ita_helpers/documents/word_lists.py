"""The numbers of Word's lists and the levels of its headings, as its pages show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ita_helpers.documents.word_xml import attribute, child, children, is_on, value_of
from ita_helpers.files.packages import Package, local
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals

STYLES, NUMBERS = "word/styles.xml", "word/numbering.xml"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 20


@dataclass(frozen=True)
class Style:
    """What a paragraph style says of headings and lists; ``entry`` is a list and a level of it."""

    name: str = ""
    level: int = 0
    based_on: str = ""
    is_bold: bool = False
    entry: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of a file by their id."""

    known: Mapping[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Styles:
        """Read the styles of a file; none if it has none."""
        return cls.within(package.tree(STYLES)) if STYLES in package else cls()

    @classmethod
    def within(cls, tree: etree._Element) -> Styles:
        """Read styles from their XML."""
        return cls({attribute(each, "styleId"): _style(each) for each in tree.iter("{*}style")})

    def name(self, paragraph: etree._Element) -> str:
        """Return the name of a paragraph's style, in small letters; empty for the usual one."""
        return next((each.name for each in self._of(child(paragraph, "pPr"))), "")

    def level(self, paragraph: etree._Element) -> int:
        """Return the level of a heading, its own or that of its style; 0 for other lines."""
        properties = child(paragraph, "pPr")
        own = _outline(properties)
        return own or next((each.level for each in self._of(properties) if each.level), 0)

    def is_bold(self, paragraph: etree._Element) -> bool:
        """Whether the style of a paragraph is bold."""
        return any(each.is_bold for each in self._of(child(paragraph, "pPr")))

    def list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list of a paragraph and its level there: its own, or that of its style."""
        properties = child(paragraph, "pPr")
        own = _list(properties)
        if own[0]:
            return own
        return next((each.entry for each in self._of(properties) if each.entry[0]), ("", 0))

    def _of(self, properties: etree._Element | None) -> list[Style]:
        """Return the style of a paragraph and those it is based on."""
        name, found = value_of(properties, "pStyle"), list[Style]()
        while name in self.known and len(found) < _DEEPEST:
            found.append(self.known[name])
            name = self.known[name].based_on
        return found


@dataclass(frozen=True)
class Level:
    """One level of a list: the kind of its numbers, their text (``%1.``), and the first."""

    kind: str
    text: str
    start: int


class Numbering:
    """Counts the entries of a file's lists."""

    def __init__(
        self,
        styles: Styles,
        lists: Mapping[str, tuple[str, Mapping[int, Level]]] | None = None,
        restarts: Mapping[str, Mapping[int, int]] | None = None,
    ) -> None:
        self._styles, self._lists, self._restarts = styles, lists or {}, restarts or {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    @classmethod
    def of(cls, package: Package, styles: Styles) -> Numbering:
        """Read the lists of a file; none if it has none."""
        return cls.within(package.tree(NUMBERS), styles) if NUMBERS in package else cls(styles)

    @classmethod
    def within(cls, tree: etree._Element, styles: Styles) -> Numbering:
        """Read lists from their XML."""
        abstract = {
            attribute(each, "abstractNumId"): {
                int(attribute(level, "ilvl") or 0): _level(level) for level in each.iter("{*}lvl")
            }
            for each in children(tree)
            if local(each) == "abstractNum"
        }
        lists = {
            attribute(each, "numId"): (name, abstract.get(name, {}))
            for each in children(tree)
            if local(each) == "num"
            for name in [value_of(each, "abstractNumId")]
        }
        restarts = {
            attribute(each, "numId"): _restarts(each)
            for each in children(tree)
            if local(each) == "num"
        }
        return cls(styles, lists, restarts)

    def entry(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the kind of list a paragraph is an entry of, and its level there from 0 on.

        The kind is Word's (``bullet``, ``decimal``); it is empty for what is no entry.
        """
        name, depth = self._styles.list_of(paragraph)
        _, levels = self._lists.get(name, ("", {}))
        return (levels[depth].kind, depth) if depth in levels else ("", 0)

    def number(self, paragraph: etree._Element) -> str:
        """Return what stands before an entry of a list, and count it; else nothing."""
        name, depth = self._styles.list_of(paragraph)
        key, levels = self._lists.get(name, ("", {}))
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        if name not in self._begun:
            self._begun.add(name)
            counts |= {at: first - 1 for at, first in self._restarts.get(name, {}).items()}
        number = next_number(levels, counts, depth)
        return "-" if levels[depth].kind == "bullet" else number


def next_number(
    levels: Mapping[int, Level], counts: dict[int, int], depth: int, first: int = 0
) -> str:
    """Count an entry of a list and return its number, which may be set anew."""
    counts[depth] = first or counts.get(depth, levels[depth].start - 1) + 1
    for deeper in [each for each in counts if each > depth]:
        del counts[deeper]

    def put(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        level = levels.get(at, levels[depth])
        return written(counts.get(at, level.start), level.kind)

    return _PLACE.sub(put, levels[depth].text)


def _style(element: etree._Element) -> Style:
    properties = child(element, "pPr")
    named = _HEADING.fullmatch(value_of(element, "name"))
    level = int(named[1]) if named else _outline(properties)
    bold = is_on(element, "rPr", "b") or is_on(element, "rPr", "bCs")
    name = value_of(element, "name").lower()
    return Style(name, level, value_of(element, "basedOn"), bold, _list(properties))


def _outline(properties: etree._Element | None) -> int:
    written = value_of(properties, "outlineLvl")
    return int(written) + 1 if written.isdecimal() and int(written) < 9 else 0


def _list(properties: etree._Element | None) -> tuple[str, int]:
    found = child(properties, "numPr")
    depth = value_of(found, "ilvl")
    return value_of(found, "numId"), int(depth) if depth.isdecimal() else 0


def _level(element: etree._Element) -> Level:
    start = value_of(element, "start")
    text = value_of(element, "lvlText")
    return Level(value_of(element, "numFmt"), text, int(start) if start.isdecimal() else 1)


def _restarts(number: etree._Element) -> dict[int, int]:
    """Return the first numbers that a list sets anew, by level."""
    return {
        int(attribute(each, "ilvl") or 0): int(written)
        for each in children(number)
        if local(each) == "lvlOverride" and (written := value_of(each, "startOverride")).isdecimal()
    }


def written(number: int, kind: str) -> str:
    """Return a number as a list writes it.

    >>> written(3, "thaiNumbers"), written(2, "thaiLetters"), written(4, "lowerLetter")
    ('๓', 'ข', 'd')
    """
    if kind in ("thaiNumbers", "thaiCounting"):
        return with_numerals(str(number), "thai")
    if kind == "thaiLetters":
        letters = label("documents.list_letters")
        return letters[(number - 1) % len(letters)]
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if kind == "lowerRoman" else roman
    return "" if kind == "none" else str(number)


def _roman(number: int) -> str:
    pairs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in pairs:
        while number >= value:
            written, number = written + letters, number - value
    return written
