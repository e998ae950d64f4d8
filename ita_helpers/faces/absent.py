"""What a notebook shows where the data have nothing to show.

The analyst sees one sentence; the exporters drop it together with its lead sentence and, if nothing
else is left, its heading, so that no report has an empty section.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from markupsafe import Markup

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import Numerals

HTML_CLASS = "ita-absent"


@dataclass(frozen=True)
class Absent:
    """Nothing to show; ``what`` is a key of ``report.what``."""

    what: str

    def in_numerals(self, _: Numerals) -> Self:
        """Return itself: it has no digits."""
        return self

    def __repr__(self) -> str:
        return say("report.absent", what=label(f"report.what.{self.what}"))

    def _repr_html_(self) -> str:
        return str(Markup('<p class="{}">{}</p>').format(HTML_CLASS, repr(self)))
