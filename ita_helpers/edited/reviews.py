"""Who reviewed the words of a slot and when: a record beside the words, which holds for them alone.

Only an office's copy has it; no notebook that is run or published does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from ita_helpers.edited.cells import digest, ours, squeezed
from ita_helpers.language.catalogue import say
from ita_helpers.language.dates import format_date
from ita_helpers.language.thai import to_arabic

NOTED = "review"
LONGEST = 60
"""Letters of a name that are kept."""
_MARKUP = re.compile(r"[“”\"\\`*_{}\[\]<>#|$~\s]+")


@dataclass(frozen=True)
class Review:
    """A review of the words of a slot.

    ``by`` is a position or what Word calls its user, empty if nobody said. ``words`` is the digest
    of the words it holds for. ``in_word`` if it was made in Word; ``has_lapsed`` once words or data
    were changed since.
    """

    day: date
    by: str = ""
    words: str = ""
    in_word: bool = False
    has_lapsed: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        """The record as it is noted in a cell."""
        return {**asdict(self), "day": self.day.isoformat()}

    @property
    def sentence(self) -> str:
        """What is said above the slot."""
        key = "edit.lapsed" if self.has_lapsed else "edit.reviewed"
        return say(key, day=format_date(self.day), by=self.by, in_word=self.in_word)


def review_in(cells: Iterable[Mapping[str, Any]]) -> Review | None:
    """Return the record in the cells of a slot; one that makes no sense counts as none."""
    for cell in cells:
        with suppress(KeyError, TypeError, ValueError):
            facts = ours(cell)[NOTED]
            return Review(
                day=date.fromisoformat(facts["day"]),
                by=plain_name(str(facts.get("by", ""))),
                words=str(facts.get("words", "")),
                in_word=facts.get("in_word") is True,
                has_lapsed=facts.get("has_lapsed") is True,
            )
    return None


def digest_of_words(texts: Iterable[str]) -> str:
    """Return the digest of the words of a slot, digits and spaces aside."""
    return digest(squeezed(to_arabic("".join(texts))))


def judged(
    noted: Review | None, seen: Review | None, words: str, *, is_ticked: bool, is_seen: bool
) -> Review | None:
    """Return what holds of a review for today's ``words`` (a digest).

    ``seen`` is what a tick that has no record yet is recorded as. ``is_seen`` if the data are those
    the words were written on. A box that somebody emptied takes the review back.
    """
    if noted is None or noted.has_lapsed:
        return replace(seen, words=words) if seen and is_ticked and is_seen else noted
    if is_seen and noted.words == words:
        return noted if is_ticked else None
    return replace(noted, has_lapsed=True)


def plain_name(name: str) -> str:
    """Return a name without what Markdown would read as something else."""
    return _MARKUP.sub(" ", name).strip()[:LONGEST].strip()
