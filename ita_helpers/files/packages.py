"""Opening zipped spreadsheets and papers without trusting them.

Sizes are checked before anything is unpacked, and no more is unpacked than was declared: the zip
library stops there and compares the checksum, for the two compression methods that such files use.
XML is read as a stream, without network access, and a document type, where entities are defined, is
refused before any is used. So is XML of more elements and attributes than memory should hold.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Protocol, cast

from lxml import etree

from ita_helpers.errors import InputError

MOST_UNPACKED = 300 * 1024 * 1024
SUSPECT_SIZE, SUSPECT_RATIO = 20 * 1024 * 1024, 200
MOST_MEMBERS = 20_000
MOST_KEPT, MOST_MARKS = 3_000_000, 40_000_000
"""Tags and attributes of XML that are in memory at once, and of all that is read of one member."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(etree.XMLSyntaxError, ValueError, LookupError, OverflowError, OSError),
)
"""The exceptions that reading a damaged package may raise."""
BEYOND: int = etree.ErrorTypes.ERR_RESOURCE_LIMIT
"""The code of an error for XML or HTML that goes beyond what the parser takes."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_MANIFEST = "META-INF/manifest.xml"
_MEMBER = b"PK\x01\x02"

UNIX = 3
"""The system that all files in our packages name as the one they were made on."""


class Content(Protocol):
    """A file as it was read, and how it is refused."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""

    def refused(self, problem: str, **facts: Any) -> InputError:
        """Return the error for a file that cannot be used."""


class Package:
    """The members of a zip file, by name without regard to case.

    Raises what ``refused`` returns for a file that expands too much, is compressed in an unusual
    way, locked, or has a document type; one of ``BROKEN`` for a damaged file.
    """

    def __init__(self, source: Content) -> None:
        self._source = source
        if source.content.count(_MEMBER) > MOST_MEMBERS:
            raise source.refused("bomb")
        self._zip = zipfile.ZipFile(io.BytesIO(source.content))
        members = self._zip.infolist()
        self._members = {each.filename.replace("\\", "/").lower(): each for each in members}
        self._refuse_bombs(members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members in small letters."""
        return tuple(self._members)

    @property
    def is_open_locked(self) -> bool:
        """Whether an OpenDocument needs a password."""
        return _MANIFEST in self and b"encryption-data" in self.read(_MANIFEST)

    def read(self, name: str) -> bytes:
        """Return a small member whole."""
        with self._open(name) as stream:
            return stream.read()

    def tree(self, name: str) -> etree._Element:
        """Return a member's XML whole."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        with self._open(name) as stream:
            counted = _Counted(stream, self._source.refused("bomb"))
            root = cast(etree._Element, etree.parse(cast(IO[bytes], counted), parser).getroot())
        self._refuse_document_type(root)
        return root

    def elements(
        self, name: str, *tags: str, events: tuple[str, ...] = ("end",)
    ) -> Iterator[tuple[str, etree._Element]]:
        """Walk through the elements of these local names; each is emptied after its end."""
        with self._open(name) as stream:
            counted = _Counted(stream, self._source.refused("bomb"))
            parsed = etree.iterparse(
                counted,
                events=events,
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            )
            is_checked = False
            for event, element in cast(Iterator[tuple[str, etree._Element]], parsed):
                if not is_checked:
                    self._refuse_document_type(element)
                    is_checked = True
                yield event, element
                if event == "end":
                    _forget(element)
                    counted.kept = 0

    def _open(self, name: str) -> zipfile.ZipExtFile:
        member = self._members[name.lower()]
        if member.flag_bits & _ENCRYPTED:
            raise self._source.refused("locked")
        return cast(zipfile.ZipExtFile, self._zip.open(member))

    def _refuse_bombs(self, members: list[zipfile.ZipInfo]) -> None:
        if any(each.compress_type not in _METHODS for each in members):
            raise self._source.refused("unsafe")
        if sum(each.file_size for each in members) > MOST_UNPACKED or any(map(_swells, members)):
            raise self._source.refused("bomb")

    def _refuse_document_type(self, element: etree._Element) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            raise self._source.refused("unsafe")


class _Counted:
    """A stream of XML that ends with a refusal where too much of it is in memory, or is read."""

    def __init__(self, stream: zipfile.ZipExtFile, refusal: InputError) -> None:
        self._stream, self._refusal = stream, refusal
        self._read = self.kept = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        content = self._stream.read(size)
        count = _marks(content)
        self._read += count
        self.kept += count
        if self.kept > MOST_KEPT or self._read > MOST_MARKS:
            raise self._refusal
        return content


class BeyondLimits(ValueError):
    """A parser has given up at something that is nested too deeply, and handed out what it had."""


def problem_of(error: BaseException) -> str:
    """Return what is wrong with a file for which one of ``BROKEN`` was raised.

    XML that is nested too deeply, has texts too long or entities in entities is whole, but no
    document has it.
    """
    is_beyond = isinstance(error, BeyondLimits) or getattr(error, "code", None) == BEYOND
    return "unsafe" if is_beyond else "broken"


def _marks(content: bytes) -> int:
    return content.count(b"<") + content.count(b"=")


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _swells(member: zipfile.ZipInfo) -> bool:
    is_dense = member.file_size > SUSPECT_RATIO * member.compress_size
    return is_dense and member.file_size > SUSPECT_SIZE


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
