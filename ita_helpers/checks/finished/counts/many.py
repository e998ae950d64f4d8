"""A claim of how many of some things have something, as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ita_helpers.checks.finished.counts.counting_parts import Part
from ita_helpers.checks.finished.passages.shared import Predicate
from ita_helpers.checks.finished.passages.speaking import Spoken

LISTED = ("count", "rest", "alone", "one_of", "share", "only")
MORE, FEWER = "more", "fewer"
"""How a number is told by which another one has changed since the year before."""


@dataclass
class Quantified:
    """A claim: so many of a kind have something. It does not change once it is read.

    ``among`` narrows what is counted by a predicate, ``scopes`` by codes of instruments or of an
    indicator, ``whole`` by number, and ``group`` to the names told. ``listed`` are those named as
    having it, ``excepted`` those named as not; ``year`` (B.E.) is that of which it is told, 0 if
    that is open.
    """

    spoken: Spoken
    part: Part
    told: Predicate | None
    among: Predicate | None = None
    scopes: tuple[str, ...] = ()
    whole: int = 0
    group: Part | None = None
    listed: Part | None = None
    excepted: tuple[str, ...] = ()
    year: int = 0
    parts: list[Part] = field(default_factory=list, compare=False)

    @property
    def start(self) -> int:
        """Where the claim begins."""
        return min(each.start for each in self.parts)

    @property
    def end(self) -> int:
        """Where the claim ends."""
        return max(each.end for each in self.parts)

    @property
    def is_of_change(self) -> bool:
        """Whether it is told by how many more or fewer have something than in another year."""
        return self.part.how in (MORE, FEWER)
