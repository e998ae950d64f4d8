"""Opening a Word file that somebody corrected: its lines, where it comes from, its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from ita_helpers.documents.corrected import read_lines, slots_marked
from ita_helpers.documents.corrected_lines import Hand, Line, Remark, as_compared
from ita_helpers.documents.origin import NAMESPACE, PROPERTY, Origin, read_origin
from ita_helpers.documents.reading import Paper, read_bytes
from ita_helpers.documents.word import MAIN, has_macros, is_word
from ita_helpers.documents.word_lists import Numbering, Styles
from ita_helpers.documents.word_xml import attribute, find
from ita_helpers.errors import UnreadableDocument
from ita_helpers.files.packages import BROKEN, Package, problem_of

COMMENTS, LINKS = "word/comments.xml", "word/_rels/document.xml.rels"
PROPERTIES = "docProps/custom.xml"
_ZIP = b"PK"
MOST_PARTS = 50
"""Custom parts that are looked at: a file has one or a handful."""


@dataclass(frozen=True)
class Corrected:
    """A Word file as it came back.

    ``carried`` is what it was made from, if it still says so. ``marked`` are the slots whose
    bookmark is there, one as often as it is. ``pictures`` are by their id in the runs: only those
    that lie in the file. ``has_shapes`` if something was drawn that is no picture, which may cover
    words, ``has_macros`` if programs lie in it, which nobody runs. ``is_open`` if a program seems
    to hold the file open.
    """

    shown: str
    lines: tuple[Line, ...]
    carried: Origin | None = None
    marked: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    has_shapes: bool = False
    has_macros: bool = False
    is_open: bool = False

    @property
    def origin(self) -> Origin | None:
        """What it was made from, if that is a report with a notebook that an office writes in."""
        return self.carried if self.carried and not self.carried.report else None


def read_corrected(path: Path, shown: str) -> Corrected:
    """Read a Word file that came back; ``shown`` is its path for messages.

    Raises ``FileMissing``, ``UnreadableFile`` or ``UnreadableDocument``.
    """
    if path.suffix.lower() not in (".docx", ".docm"):
        raise UnreadableDocument(file=shown, problem="not_word")
    return replace(corrected_from(read_bytes(path, shown), shown), is_open=_is_open(path))


def _is_open(path: Path) -> bool:
    """Whether Word's or LibreOffice's lock lies beside a file; Word cuts the name in it."""
    cut = max(0, min(2, len(path.stem) - 6))
    locks = (f"~${path.name[cut:]}", f".~lock.{path.name}#")
    return any(path.with_name(lock).exists() for lock in locks)


def corrected_from(content: bytes, shown: str) -> Corrected:
    """Read the content of a Word file. Raises ``UnreadableDocument``."""
    paper = Paper(shown, content)
    paper.refuse_locked()
    try:
        if not content.startswith(_ZIP) or not is_word(package := Package(paper)):
            raise paper.refused("broken")
        return _read(package, shown)
    except BROKEN as error:
        raise paper.refused(problem_of(error)) from error


def _read(package: Package, shown: str) -> Corrected:
    body = find(package.tree(MAIN), "body")
    if body is None:
        raise ValueError(MAIN)
    styles = Styles.of(package)
    relations = dict(_relations(package))
    lines = read_lines(
        body, styles, Numbering.of(package, styles), dict(_comments(package)), relations
    )
    pictures = {
        run.picture: package.read(name)
        for line in lines
        for run in line.pictures
        if (name := f"word/{relations.get(run.picture, '')}") in package
    }
    marked = tuple(slots_marked(body))
    return Corrected(
        shown,
        tuple(lines),
        _origin(package),
        marked,
        pictures,
        has_shapes=_has_shapes(body),
        has_macros=has_macros(package),
    )


def _has_shapes(body: etree._Element) -> bool:
    drawn = body.iter("{*}drawing", "{*}pict")
    return any(find(each, "blip") is None and find(each, "imagedata") is None for each in drawn)


def _relations(package: Package) -> Iterator[tuple[str, str]]:
    if LINKS in package:
        for each in package.tree(LINKS).iter("{*}Relationship"):
            yield str(each.get("Id")), str(each.get("Target"))


def _comments(package: Package) -> Iterator[tuple[str, Remark]]:
    if COMMENTS in package:
        for each in package.tree(COMMENTS).iter("{*}comment"):
            text = "\n".join(
                "".join(str(one.text or "") for one in paragraph.iter("{*}t"))
                for paragraph in each.iter("{*}p")
            )
            hand = Hand(attribute(each, "author"), attribute(each, "date"))
            yield attribute(each, "id"), Remark(hand, as_compared(text))


def _origin(package: Package) -> Origin | None:
    """Return what the file was made from: by its own part, else by its property."""
    parts = (f"customXml/item{number}.xml" for number in range(1, MOST_PARTS))
    trees = (package.tree(name) for name in parts if name in package)
    whole = [
        read_origin(str(tree.text or "")) for tree in trees if tree.tag == f"{{{NAMESPACE}}}origin"
    ]
    return next((each for each in whole if each), None) or _from_property(package)


def _from_property(package: Package) -> Origin | None:
    if PROPERTIES not in package:
        return None
    for each in package.tree(PROPERTIES).iter("{*}property"):
        if each.get("name") == PROPERTY:
            return read_origin("".join(str(text) for text in each.itertext()))
    return None
