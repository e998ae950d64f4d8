"""Writing lines of a corrected Word file as Markdown, letter by letter as they stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ita_helpers.documents.corrected_lines import Line, Run
from ita_helpers.edited.cells import escaped
from ita_helpers.files.images import open_image
from ita_helpers.publish.reading.html import SAFE_LINK

ENDINGS = {"PNG": "png", "JPEG": "jpg"}
_OPENING = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BULLET = re.compile(r"^([-+=])")


@dataclass
class Pasted:
    """Pictures that came with lines, as a notebook holds them; ``lost`` counts those it cannot."""

    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: int = 0


def line_to_markdown(
    line: Line,
    pictures: Mapping[str, bytes],
    pasted: Pasted,
    formulas: Collection[str] = (),
) -> str:
    """Return a line as Markdown; its pictures go into ``pasted``.

    A picture of one of the ``formulas`` (TeX) becomes that formula again.
    """
    pieces = [_piece(run, pictures, pasted, formulas) for run in line.runs]
    text = "".join(pieces).strip()
    text = _BULLET.sub(r"\\\1", _OPENING.sub(r"\1\\\2", text))
    mark = f"{'#' * min(line.number + 1, 6)} " if line.kind == "heading" else ""
    return mark + text.replace("\n", "\\\n")


def entry_of(text: str, *, is_ordered: bool, depth: int, number: int) -> str:
    """Return an entry of a list."""
    mark = f"{number}. " if is_ordered else "- "
    return "   " * depth + mark + text.replace("\n", "\n" + "   " * (depth + 1))


def picture_name(content: bytes) -> str:
    """Return what a pasted picture is called, without its ending."""
    return hashlib.sha256(content).hexdigest()[:12]


def _piece(
    run: Run, pictures: Mapping[str, bytes], pasted: Pasted, formulas: Collection[str]
) -> str:
    if run.picture:
        return f"${run.alt}$" if run.alt in formulas else _picture(run, pictures, pasted)
    inner = run.text.replace("\u00a0", " ").strip(" ")
    if not inner:
        return run.text
    before = " " * (len(run.text) - len(run.text.lstrip(" \u00a0")))
    after = " " * (len(run.text) - len(run.text.rstrip(" \u00a0")))
    text = escaped([inner])[0]
    if run.raised:
        text = f"<{run.raised}>{text}</{run.raised}>"
    for is_set, mark in ((run.struck, "~~"), (run.emphasis, "*"), (run.strong, "**")):
        text = f"{mark}{text}{mark}" if is_set else text
    if SAFE_LINK.match(run.href) and not run.href.startswith("#"):
        text = f"[{text}]({run.href})"
    return f"{before}{text}{after}"


def _picture(run: Run, pictures: Mapping[str, bytes], pasted: Pasted) -> str:
    """Return a picture pasted into a cell, or nothing for one of another kind."""
    from base64 import b64encode

    content = pictures.get(run.picture, b"")
    try:
        kind = str(open_image(content).format)
    except (OSError, ValueError):
        pasted.lost += 1
        return ""
    name = f"{picture_name(content)}.{ENDINGS[kind]}"
    mime = f"image/{kind.lower()}"
    pasted.attachments[name] = {mime: b64encode(content).decode("ascii")}
    alt = escaped([run.alt])[0].replace("\n", " ")
    return f"![{alt}](attachment:{name})"
