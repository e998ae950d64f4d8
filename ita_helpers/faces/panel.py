"""A box of the summary page as a value: faces that belong together, and what they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from markupsafe import Markup

from ita_helpers.faces.prose import Face
from ita_helpers.language.thai import Numerals, with_numerals

HTML_CLASS = "ita-panel"


@dataclass(frozen=True)
class Panel:
    """Faces in one box; ``role`` is what the writers lay it out by."""

    role: str
    faces: tuple[Face, ...]

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the panel in these digits."""
        return replace(self, faces=tuple(face.in_numerals(numerals) for face in self.faces))

    def _repr_html_(self) -> str:
        inner = Markup("").join(Markup(face._repr_html_()) for face in self.faces)
        return str(Markup('<div class="{} ita-{}">{}</div>').format(HTML_CLASS, self.role, inner))

    def __repr__(self) -> str:
        return "\n".join(repr(face) for face in self.faces)


@dataclass(frozen=True)
class Pointing:
    """A note with the word for a table in it, which becomes the number of that table.

    ``cell`` is the id of the notebook's cell that shows the table; without a ``kind`` it is an
    ordinary paragraph.
    """

    before: str
    word: str
    cell: str
    kind: str = "ita-note"

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the note in these digits."""
        return replace(self, before=with_numerals(self.before, numerals))

    def _repr_html_(self) -> str:
        attribute = Markup(' class="{}"').format(self.kind) if self.kind else Markup("")
        return str(
            Markup('<p{}>{}<a href="#{}">{}</a></p>').format(
                attribute, self.before, self.cell, self.word
            )
        )

    def __repr__(self) -> str:
        return f"{self.before}{self.word}"


@dataclass(frozen=True)
class Finding:
    """A sentence in bold, and what follows it."""

    said: str
    because: str = ""

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return both in these digits."""
        said, because = (with_numerals(each, numerals) for each in (self.said, self.because))
        return replace(self, said=said, because=because)

    def _repr_html_(self) -> str:
        return str(
            Markup("<p><strong>{}</strong>{}</p>").format(
                self.said, f" {self.because}" if self.because else ""
            )
        )

    def __repr__(self) -> str:
        return f"{self.said} {self.because}".strip()
