"""What is internal: the one list of it, and what the public edition has of each record.

A report in the public edition is loaded through ``public``, so that tables, words and charts, and
whatever a file carries unseen, never hold anything else. What nobody has decided on is internal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from ita_helpers.language.catalogue import label
from ita_helpers.records.editions import Edition
from ita_helpers.records.office import Office, OfficeYear
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.records.scores import (
    PublishedResult,
    Rank,
    Score,
    Suggestion,
    WeightedPoints,
    YearScores,
    printed_source,
)

T = TypeVar("T")
FEWEST = 10
"""A smaller number of respondents points at people, so it is not published. No rule of the
assessment sets a limit; ten is ours, a usual one for published counts."""
_LOCAL = re.compile(
    r"(?<![\w.:/-])(?:[A-Za-z]:[\\/]|\\\\\w|file:|~/|/(?:home|Users|mnt|media|tmp|root|var|srv)/)"
    r"[^\n;|<>\"”’)\]]*"
)
"""A place on somebody's machine, to the end of what may belong to its name."""
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|\"\s*\"")
_FILE = re.compile(r"[^/]+\.(?:xlsx?|ods|csv|docx?|odt)", re.IGNORECASE)


def without_places(text: str) -> str:
    r"""Return a text without places on somebody's machine.

    >>> without_places("ประกาศผล (C:\\งาน\\ผล 2568.pdf); https://www.example.org/home/a.pdf")
    'ประกาศผล; https://www.example.org/home/a.pdf'
    """
    lines = (_EMPTY_BRACKETS.sub("", _LOCAL.sub("", line)) for line in text.split("\n"))
    kept = (re.sub(r"\s+(?=[;,]|$)", "", line).strip(" ;,") for line in lines)
    return text if not _LOCAL.search(text) else "\n".join(filter(None, kept))


def public_source(source: str) -> str:
    """Return a source as the public can use it: no file of the office's own, nor its place."""
    named = without_places(printed_source(source))
    return label("words.own_file") if source and (not named or _FILE.fullmatch(named)) else named


def enough(respondents: Mapping[str, int]) -> dict[str, int]:
    """Return the respondents of the instruments that have no small group of them.

    A small part of an instrument is not told by the number of the other.
    """
    small = {group[:3] for group, count in respondents.items() if count < FEWEST}
    return {group: count for group, count in respondents.items() if group[:3] not in small}


@dataclass(frozen=True)
class Decided:
    """What the public edition has of a record's fields: those kept, left out, and changed."""

    public: str = ""
    internal: str = ""
    changed: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def names(self) -> Iterator[str]:
        """The fields that were decided on."""
        yield from (*self.public.split(), *self.internal.split(), *self.changed)

    def shown(self, name: str, value: Any) -> Any:
        """Return what the public edition has of a field."""
        if name in self.changed:
            return self.changed[name](value)
        return public(value) if name in self.public.split() else _nothing(value)


DECISIONS: Mapping[type, Decided] = {
    Organisation: Decided(
        public="code name short_name type district province official_code ministry size "
        "is_reference is_made_up"
    ),
    YearScores: Decided(
        public="organisation fiscal_year scores conflicting result suggestions ranks"
    ),
    Score: Decided(
        public="code points status row weighted",
        internal="note",
        changed={"source": public_source},
    ),
    WeightedPoints: Decided(public="points weight"),
    PublishedResult: Decided(
        public="level announced status assessed passed",
        changed={"respondents": enough, "source": public_source},
    ),
    Suggestion: Decided(public="code text", changed={"source": public_source}),
    Rank: Decided(public="scope name rank out_of", changed={"source": public_source}),
    Plan: Decided(public="measures", internal="file extra common_era remarks"),
    Measure: Decided(
        public="name indicators items aim kind finding guideline steps start end owners expected "
        "follow_up status result row period aimed_at status_said",
        internal="obstacles",
        changed={"evidence": without_places},
    ),
    Office: Decided(
        public="unit website head clerk units emblem word_template word_template_digest word_font "
        "years",
        internal="document_prefix garuda reviewer",
    ),
    OfficeYear: Decided(public="date", internal="number to subject signers"),
}
"""The decision on every field of what an office's files hold; a test names what is missing."""


def public(value: T) -> T:
    """Return a record, or several in a tuple or mapping, as the public edition has it."""
    if isinstance(value, tuple):
        return type(value)(map(public, value))
    if isinstance(value, Mapping):
        return {key: public(each) for key, each in value.items()}  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    decided = DECISIONS.get(type(value), Decided())
    held = {each.name: getattr(value, each.name) for each in fields(value)}
    return replace(value, **{name: decided.shown(name, each) for name, each in held.items()})


def of_edition(edition: Edition, value: T) -> T:
    """Return a record as an edition has it."""
    return public(value) if edition == "public" else value


def _nothing(value: Any) -> Any:
    return value if value is None else type(value)()
