"""The status of a measure: one of four where its words are certain, and the words that say more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import normal, tidy

_BLANK = "-\u2013\u2014. "


@dataclass(frozen=True)
class Status:
    """A status, and the words of the cell where it does not say all of them.

    It is empty where the words are not certain to mean one of the four.
    """

    status: str = ""
    words: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether the cell says something that is no status for certain."""
        return bool(self.words and not self.status)


def read_status(text: str) -> Status:
    """Read the cell of a status; an empty one, or a dash, gives none.

    >>> read_status("เรียบร้อยแล้ว").status, read_status("๕๐%").status, read_status("✓").status
    ('ดำเนินการแล้ว', 'อยู่ระหว่างดำเนินการ', '')
    """
    if not text.strip(_BLANK):
        return Status()
    bare = normal(to_arabic(text))
    for status, pattern in _patterns().items():
        if bare == normal(status):
            return Status(status)
        if found := pattern.fullmatch(bare):
            return Status(status, tidy(text) if found["more"] else "")
    return Status(words=tidy(text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each status, for a text without blanks."""
    words = section("plan.status_words")
    return {each: re.compile(words[each]) for each in label("plan.statuses").split()}
