"""The output formats: one list, read by all code that makes, offers, links or copies files.

A new format is a line of ``FORMATS`` with its writer, and the line of its exporter in
``pyproject.toml``. Writers and readers are loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ita_helpers.publish.standards import STANDARDS, Standard

if TYPE_CHECKING:
    from ita_helpers.publish.read_back import Piece, Read
    from ita_helpers.publish.tree import Document


@dataclass(frozen=True)
class Given:
    """What a writer gets besides the paper: the PDF standard, and the workspace if there is one.

    ``root`` is the workspace's folder, in which an office's Word template lies.
    """

    standard: Standard = "ua-1"
    root: Path | None = None


def _whole(document: Document) -> Document:
    return document


@dataclass(frozen=True)
class Format:
    """One format. ``name`` is what ``--to`` takes and files end in, ``title`` what people call it.

    ``read_back`` returns the letters that a reader of the written file sees; the pieces are what
    the paper must show. ``variants`` are its kinds that are recorded as different formats.
    ``is_usual`` marks a format made by default. ``is_paged`` has pages, so that tables are fitted
    to them and a trainer's papers can be printed. ``has_list_marks`` tells whether the marks of
    lists are letters of the file, ``has_drawn_text`` whether the words in charts are,
    ``has_memo_subtitle`` whether a memo shows its subtitle. ``shows`` returns what of a paper the
    format is made of.
    """

    name: str
    title: str
    mimetype: str
    write: Callable[[Document, Given], bytes]
    read_back: Callable[[bytes, Sequence[Piece]], Read]
    variants: tuple[str, ...] = ()
    is_usual: bool = False
    is_paged: bool = True
    opens_in_browser: bool = False
    has_list_marks: bool = False
    has_drawn_text: bool = True
    has_memo_subtitle: bool = True
    shows: Callable[[Document], Document] = _whole

    @property
    def is_whole(self) -> bool:
        """Whether all of a paper is shown."""
        return self.shows is _whole

    @property
    def ending(self) -> str:
        """What the name of a report's file ends in."""
        return self.ending_of("")

    def ending_of(self, paper: str) -> str:
        """Return what the name of a paper's file ends in; the report itself has no name."""
        return f".{paper}.{self.name}" if paper else f".{self.name}"

    def name_with(self, standard: Standard) -> str:
        """Return the name under which files are recorded."""
        return f"{self.name} {standard}" if standard in self.variants else self.name


def all_formats() -> tuple[Format, ...]:
    """Return the formats there are, in the order in which files are made and linked to."""
    return FORMATS


def format_named(name: str) -> Format:
    """Return the format of a name that is in the list."""
    return next(each for each in FORMATS if each.name == name)


def _write_html(document: Document, _: Given) -> bytes:
    from ita_helpers.publish.html.writer import write_html

    return write_html(document).encode("utf-8")


def _read_html(content: bytes, _: Sequence[Piece]) -> Read:
    from ita_helpers.publish.read_back import read_html

    return read_html(content)


def _write_pdf(document: Document, given: Given) -> bytes:
    from ita_helpers.publish.pdf.writer import write_pdf

    return write_pdf(document, given.standard)


def _read_pdf(content: bytes, pieces: Sequence[Piece]) -> Read:
    from ita_helpers.publish.read_back import read_pdf

    return read_pdf(content, pieces)


def _write_docx(document: Document, given: Given) -> bytes:
    """Write Word, in the office's own template where the workspace has it."""
    from ita_helpers.publish.word.writer import write_docx

    name = document.word_template
    template = given.root / name if given.root and name else None
    if template is None or not template.is_file():
        return write_docx(document)
    return write_docx(document, template.read_bytes(), name)


def _read_docx(content: bytes, _: Sequence[Piece]) -> Read:
    from ita_helpers.publish.read_back import read_docx

    return read_docx(content)


def _write_png(document: Document, _: Given) -> bytes:
    from ita_helpers.publish.png.writer import write_png

    return write_png(document)


def _read_png(content: bytes, _: Sequence[Piece]) -> Read:
    from ita_helpers.publish.read_back import read_png

    return read_png(content)


def _summary(document: Document) -> Document:
    from ita_helpers.publish.png.writer import shown_of

    return shown_of(document)


FORMATS = (
    Format(
        "html",
        "HTML",
        "text/html",
        _write_html,
        _read_html,
        is_usual=True,
        is_paged=False,
        opens_in_browser=True,
    ),
    Format(
        "pdf",
        "PDF",
        "application/pdf",
        _write_pdf,
        _read_pdf,
        variants=STANDARDS,
        is_usual=True,
        opens_in_browser=True,
        has_list_marks=True,
        has_memo_subtitle=False,
    ),
    Format(
        "docx",
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _write_docx,
        _read_docx,
        has_drawn_text=False,
    ),
    Format(
        "png",
        "PNG",
        "image/png",
        _write_png,
        _read_png,
        opens_in_browser=True,
        has_list_marks=True,
        has_memo_subtitle=False,
        shows=_summary,
    ),
)
