"""Opening a finished report of any kind without trusting it: what it is decides its content.

No link, macro or entity is followed, and nothing is computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.documents.building import Builder
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.endings import ENDINGS, PICTURES
from ita_helpers.documents.open_text import begins_as_open_text, is_open_text, read_open_text
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.pdf import open_pdf, read_pdf
from ita_helpers.documents.plain import read_plain
from ita_helpers.documents.web import read_markdown, read_web
from ita_helpers.documents.word import MAIN, has_macros, is_word, read_word
from ita_helpers.errors import FileMissing, UnreadableDocument, UnreadableFile
from ita_helpers.files.packages import BROKEN, Package, problem_of
from ita_helpers.files.text import read_text
from ita_helpers.language.catalogue import say

_BINARY = (".doc", ".docx", ".docm", ".odt", ".rtf", ".pdf")
MOST_BYTES = 50 * 1024 * 1024
MOST_TEXT = 5 * 1024 * 1024
"""Bytes of a text or a web page without what is embedded in it."""

_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_RICH = b"{\\rtf"
_PDF_SOON = 1024
"""Bytes within which a PDF says that it is one."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OWNER = re.compile(r"(?:~\$|\.~lock\.)(.+?)#?")
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=\s]+")
_WEB = re.compile(
    rb"\W*(?:<\?xml\b[^>]*>\W*)?<(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE
)
_LOOKED_AT = 2048
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_MEDIA = "word/media/"
_PICTURES, _BASIC = "pictures/", "basic/"


@dataclass(frozen=True)
class Paper:
    """A file as it was read, and its path for messages."""

    shown: str
    content: bytes

    def refused(self, problem: str, **facts: Any) -> UnreadableDocument:
        """Return the error for a file that cannot be used."""
        return UnreadableDocument(file=self.shown, problem=problem, **facts)

    def refuse_locked(self) -> None:
        """Raise ``UnreadableDocument`` for a Word file with a password, or of the old kind."""
        if self.content.startswith(_OLE):
            raise self.refused("locked" if _LOCKED in self.content else "old_word")


def refuse_locked(shown: str, content: bytes) -> None:
    """Raise ``UnreadableDocument`` for a file that nobody can read without its password."""
    paper = Paper(shown, content)
    paper.refuse_locked()
    if _PDF in content[:_PDF_SOON]:
        try:
            open_pdf(paper).close()
        except UnreadableDocument as error:
            if error.facts["problem"] == "locked":
                raise


def holds_document(path: Path) -> bool:
    """Whether a file is a Word file, an OpenDocument text or a PDF, whatever it is called."""
    try:
        with path.open("rb") as file:
            content = file.read(_LOOKED_AT)
            if content.startswith(_ZIP):
                content += file.read(MOST_BYTES)
    except OSError:
        return False
    is_packed = content.startswith(_ZIP) and (
        MAIN.encode() in content or begins_as_open_text(content)
    )
    return is_packed or _PDF in content[:_PDF_SOON]


def is_web_page(path: Path) -> bool:
    """Whether a file is a web page, whatever it is called."""
    try:
        with path.open("rb") as file:
            return _begins_as_web_page(file.read(_LOOKED_AT))
    except OSError:
        return False


def _begins_as_web_page(content: bytes) -> bool:
    return bool(_WEB.match(content[:_LOOKED_AT].replace(b"\0", b"")))


def has_thai(document: Document) -> bool:
    """Whether a document has a text in Thai, which alone is understood."""
    known = pattern("thai_words")
    for each in document.blocks:
        rows = [[each]] if isinstance(each, Line) else each.rows
        if any(known.search(piece.text) for row in rows for piece in row):
            return True
    return False


def read_document(path: Path, shown: str) -> Document:
    """Read a finished report; ``shown`` is its path for messages.

    Raises ``FileMissing``, ``UnreadableFile`` for what may not be opened or is no text, and
    ``UnreadableDocument`` for whatever else cannot be read.
    """
    paper = Paper(shown, read_bytes(path, shown))
    builder = Builder(shown)
    try:
        _read(builder, paper, path)
        document = builder.finish()
    except BROKEN as error:
        raise paper.refused(problem_of(error)) from error
    if not document.blocks:
        raise paper.refused("scanned" if builder.has_pictures else "empty")
    return document


def _read(builder: Builder, paper: Paper, path: Path) -> None:
    content, ending = paper.content, path.suffix.lower()
    if content.startswith(_ZIP):
        _read_packed(builder, paper)
    elif _PDF in content[:_PDF_SOON]:
        read_pdf(builder, paper)
    elif content.startswith(_OLE):
        paper.refuse_locked()
    elif content.startswith(_RICH):
        raise paper.refused("rich_text")
    elif content.startswith(_PICTURE) or ending in PICTURES:
        raise paper.refused("scanned")
    elif _begins_as_web_page(content) or ending not in _BINARY:
        _read_text(builder, paper, path)
    elif ending == ".doc":
        raise paper.refused("old_word")
    else:
        raise paper.refused("broken" if content.strip() else "empty")


def _read_packed(builder: Builder, paper: Paper) -> None:
    package = Package(paper)
    if is_open_text(package):
        _read_open_text(builder, paper, package)
        return
    if not is_word(package):
        raise paper.refused("archive")
    builder.has_pictures = any(each.startswith(_MEDIA) for each in package.names)
    if has_macros(package):
        builder.losses.append(say("documents.macros", file=paper.shown))
    read_word(builder, package)


def _read_open_text(builder: Builder, paper: Paper, package: Package) -> None:
    if package.is_open_locked:
        raise paper.refused("locked")
    builder.has_pictures = any(each.startswith(_PICTURES) for each in package.names)
    if any(each.startswith(_BASIC) for each in package.names):
        builder.losses.append(say("documents.macros", file=paper.shown))
    read_open_text(builder, package)


def _read_text(builder: Builder, paper: Paper, path: Path) -> None:
    ending = path.suffix.lower()
    text = _EMBEDDED.sub("", read_text(path, paper.shown))
    if len(text) > MOST_TEXT:
        raise paper.refused("too_big", limit=MOST_TEXT // 1024**2)
    if ending in (".html", ".htm") or _begins_as_web_page(paper.content):
        read_web(builder, text)
    elif ending == ".md":
        read_markdown(builder, text)
    else:
        read_plain(builder, text)


def read_bytes(path: Path, shown: str) -> bytes:
    """Return the bytes of a document.

    Raises ``FileMissing``, ``UnreadableFile``, or ``UnreadableDocument`` for one that is too big,
    of another kind, or the lock of an open one.
    """
    owner = _OWNER.fullmatch(path.name)
    if owner:
        raise UnreadableDocument(file=shown, problem="owner", meant=owner[1])
    if path.is_dir():
        raise UnreadableFile(file=shown, problem="folder", line="")
    if not path.is_file():
        raise FileMissing(file=shown)
    if not (_is_known(path) or holds_document(path) or is_web_page(path)):
        raise UnreadableDocument(file=shown, problem="ending", known=ENDINGS)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableDocument(file=shown, problem="too_big", limit=MOST_BYTES // 1024**2)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(file=shown, problem="denied", line="") from error
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(file=shown, problem="too_big", limit=MOST_BYTES // 1024**2)
    return content


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in (*ENDINGS, *PICTURES, ".doc", ".rtf")
