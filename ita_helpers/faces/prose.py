"""Text as values: paragraphs, lists and stacks of them, rendered as HTML or as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from markupsafe import Markup

from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.records.slots import Shape

ITEM = "\n- "
"""Begins an item of a list at the end of a paragraph, as in Markdown."""
RUN_ON = 3
"""At most this many sentences make one paragraph."""


class Face(Protocol):
    """Anything a notebook can show."""

    def _repr_html_(self) -> str: ...

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return it in these digits."""
        ...


@dataclass(frozen=True)
class Words:
    """Paragraphs; ``kind`` is a class of the page's style, a line break in one stays a break.

    A paragraph may end with a list: what follows each ``ITEM``.
    """

    paragraphs: tuple[str, ...]
    kind: str = ""
    heading: str = ""
    level: int = 4

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the words in these digits."""
        paragraphs = tuple(with_numerals(each, numerals) for each in self.paragraphs)
        heading = with_numerals(self.heading, numerals)
        return replace(self, paragraphs=paragraphs, heading=heading)

    def _repr_html_(self) -> str:
        html = Markup("")
        if self.heading:
            tag = Markup(f"h{self.level}")
            html += Markup("<{}>{}</{}>").format(tag, self.heading, tag)
        attribute = Markup(' class="{}"').format(self.kind) if self.kind else Markup("")
        for paragraph in self.paragraphs:
            text, *items = paragraph.split(ITEM)
            html += Markup("<p{}>{}</p>").format(attribute, with_breaks(text))
            html += Markup(Listing(tuple(items))._repr_html_() if items else "")
        return str(html)

    def __repr__(self) -> str:
        return "\n".join([self.heading, *self.paragraphs]).strip()


@dataclass(frozen=True)
class Line:
    """A line of a memo's head: names in bold, each with what stands after it."""

    pairs: tuple[tuple[str, str], ...]

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the line with its texts in these digits."""
        return replace(
            self, pairs=tuple((name, with_numerals(text, numerals)) for name, text in self.pairs)
        )

    def _repr_html_(self) -> str:
        written = Markup(" ").join(
            Markup("<strong>{}</strong> {}").format(name, text) for name, text in self.pairs
        )
        return str(Markup('<p class="ita-line">{}</p>').format(written))

    def __repr__(self) -> str:
        return " ".join(f"{name} {text}" for name, text in self.pairs)


@dataclass(frozen=True)
class Listing:
    """A list; an ``outline`` is filled by the exporter with the parts of the document."""

    items: tuple[str, ...]
    ordered: bool = False
    is_outline: bool = False

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the list in these digits."""
        return replace(self, items=tuple(with_numerals(each, numerals) for each in self.items))

    def _repr_html_(self) -> str:
        tag = Markup("ol" if self.ordered else "ul")
        attribute = Markup(' class="ita-outline"') if self.is_outline else Markup("")
        items = Markup("").join(Markup("<li>{}</li>").format(item) for item in self.items)
        return str(Markup("<{}{}>{}</{}>").format(tag, attribute, items, tag))

    def __repr__(self) -> str:
        return "\n".join(f"- {item}" for item in self.items)


@dataclass(frozen=True)
class Stack:
    """Several faces, one under the other."""

    faces: tuple[Face, ...]

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the faces in these digits."""
        return replace(self, faces=tuple(face.in_numerals(numerals) for face in self.faces))

    def _repr_html_(self) -> str:
        return "".join(face._repr_html_() for face in self.faces)

    def __repr__(self) -> str:
        return "\n".join(repr(face) for face in self.faces)


@dataclass(frozen=True)
class Together:
    """Rows that stay on one page, each of faces side by side."""

    rows: tuple[tuple[tuple[Face, ...], ...], ...]

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the rows in these digits."""
        rows = (
            tuple(tuple(face.in_numerals(numerals) for face in faces) for faces in row)
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    def _repr_html_(self) -> str:
        rows = ""
        for row in self.rows:
            sides = ("".join(face._repr_html_() for face in faces) for faces in row)
            rows += f"<div>{''.join(f'<div>{side}</div>' for side in sides)}</div>"
        return f'<div class="ita-together">{rows}</div>'

    def __repr__(self) -> str:
        return "\n".join(repr(face) for row in self.rows for faces in row for face in faces)


def with_breaks(text: str) -> Markup:
    """Return text whose line breaks are kept."""
    return Markup("<br>").join(text.split("\n"))


def to_paragraphs(sentences: Sequence[str], shape: Shape = "run-on") -> tuple[str, ...]:
    """Return sentences as paragraphs; of many that run on, the last one is its own paragraph."""
    if shape in ("paragraphs", "list"):
        return tuple(sentences)
    if shape == "paragraph" or len(sentences) <= RUN_ON:
        return (" ".join(sentences),)
    return (" ".join(sentences[:-1]), sentences[-1])


def to_words(sentences: Sequence[str], shape: Shape) -> Words | Stack:
    """Return sentences in their shape; what follows the first of a list is numbered."""
    if shape == "list" and len(sentences) > 1:
        return Stack((Words((sentences[0],)), Listing(tuple(sentences[1:]), ordered=True)))
    return Words(to_paragraphs(sentences, shape))
