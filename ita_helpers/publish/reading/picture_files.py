"""Reading a notebook's pictures: pasted into a cell, inline data, or a file beside it.

Each becomes a picture of the document tree, or a loss. Files are read inside one folder only, and
recorded, since they are inputs of the report.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ita_helpers.files.images import CONVERTED, open_image
from ita_helpers.publish.losses import Loss
from ita_helpers.publish.reading.svg import clean_svg, left_out
from ita_helpers.publish.tree import Image

LARGEST = 30_000_000
"""Bytes: a larger file is no picture for a report."""
MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
TAIL = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
PASTED = "attachment:"
_DATA = re.compile(r"data:(image/[a-z0-9.+-]+)(?:;charset=[\w-]+)?(;base64)?,(.*)\Z", re.DOTALL)
_ELSEWHERE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")

Found = tuple[Image | None, tuple[Loss, ...]]
"""A picture, and what of it is lost."""


@dataclass
class PictureFolder:
    """The folder a notebook's pictures lie in; nothing outside ``root`` is read.

    Missing files may be in one of the ``others``. ``read`` has the digests of the files asked for,
    by path from ``root``; empty for a missing file.
    """

    folder: Path
    root: Path
    others: tuple[Path, ...] = ()
    read: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The folder as seen from the root; empty for one outside."""
        folder, root = self.folder.resolve(), self.root.resolve()
        return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else ""

    def open(self, address: str) -> bytes | Loss:
        """Return the content of a picture's file, or why there is none."""
        address = unquote(address)
        try:
            paths = [(each / address).resolve() for each in (self.folder, *self.others)]
            path = next((each for each in paths if each.is_file()), paths[0])
            if not path.is_relative_to(self.root.resolve()):
                return Loss("picture_outside", address)
            shown = path.relative_to(self.root.resolve()).as_posix()
            if not path.is_file():
                self.read[shown] = ""
                return Loss("picture_missing", address)
            if path.stat().st_size > LARGEST:
                return Loss("picture_unreadable", address)
            content = path.read_bytes()
        except (OSError, ValueError):
            return Loss("picture_unreadable", address)
        self.read[shown] = hashlib.sha256(content).hexdigest()
        return content


@dataclass(frozen=True)
class Pictures:
    """Where the addresses of one cell's pictures lead."""

    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: PictureFolder | None = None

    def find(self, address: str, prefix: str) -> Found:
        """Return the picture of an address; ``prefix`` makes the ids of a drawing unique."""
        address = address.strip()
        if address.startswith(PASTED):
            return self._pasted(address.removeprefix(PASTED), prefix)
        if data := _DATA.match(address):
            return _of_data(data, prefix)
        if address.lower().startswith("file:"):
            return None, (Loss("picture_outside", address),)
        if _ELSEWHERE.match(address):
            return None, (Loss("picture_from_web", address),)
        found = self.files.open(address) if self.files else Loss("picture_missing", address)
        return (None, (found,)) if isinstance(found, Loss) else as_image(found, address, prefix)

    def _pasted(self, written: str, prefix: str) -> Found:
        name = unquote(written)
        for mime, content in (self.attachments.get(name) or {}).items():
            if mime.startswith("image/"):
                return of_bundle(mime, content, name, prefix)
        return None, (Loss("picture_missing", name),)


def of_bundle(mime: str, content: Any, name: str, prefix: str) -> Found:
    """Return a picture as a notebook keeps it: a drawing as text or base64, others as base64."""
    written = "".join(content)
    if mime == "image/svg+xml" and "<svg" in written:
        return as_image(written.encode("utf-8", "replace"), name, prefix)
    return _decoded(written, name, prefix)


def _of_data(found: re.Match[str], prefix: str) -> Found:
    if found[2]:
        return _decoded(unquote(found[3]), found[1], prefix)
    return as_image(unquote(found[3]).encode("utf-8", "replace"), found[1], prefix)


def _decoded(written: str, name: str, prefix: str) -> Found:
    try:
        content = base64.b64decode("".join(written.split()), validate=True)
    except ValueError:
        return None, (Loss("picture_unreadable", name),)
    return as_image(content, name, prefix)


def as_image(content: bytes, name: str, prefix: str) -> Found:
    """Return a picture's bytes as the tree has pictures; ``name`` tells it in a message."""
    for kind, magic in MAGIC.items():
        if content.startswith(magic):
            if not content.rstrip(b"\0").endswith(TAIL[kind]):
                return None, (Loss("picture_unreadable", name),)
            return Image(kind, base64.b64encode(content).decode("ascii")), ()  # type: ignore[arg-type]
    return _as_drawing(content, name, prefix) if b"<svg" in content else _as_png(content, name)


def _as_drawing(content: bytes, name: str, prefix: str) -> Found:
    source = content.decode("utf-8", "replace")
    svg = clean_svg(source[source.index("<svg") :], prefix)
    if svg is None:
        return None, (Loss("picture_unreadable", name),)
    missing = left_out(source)
    return Image("svg", svg), ((Loss("drawing", missing),) if missing else ())


def _as_png(content: bytes, name: str) -> Found:
    """Write a picture of another kind as PNG; of several pictures the first."""
    from PIL.Image import DecompressionBombError

    buffer = io.BytesIO()
    try:
        with open_image(content, CONVERTED) as picture:
            is_first = getattr(picture, "n_frames", 1) > 1
            picture.convert("RGBA").save(buffer, "PNG")
    except (OSError, ValueError, SyntaxError, DecompressionBombError):
        return None, (Loss("picture_unreadable", name),)
    image = Image("png", base64.b64encode(buffer.getvalue()).decode("ascii"))
    return image, ((Loss("first_picture", name),) if is_first else ())
