"""The record of an issued version: what it consists of, and what it was made from.

It lies beside the version's papers as JSON. Scores, measures and words stand in it so that two
versions can be compared when the data have long changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ita_helpers.errors import BadVersion
from ita_helpers.files.json_reading import read_json
from ita_helpers.records.plan import BETWEEN

NAME = "version.json"
FORMAT = 1
ISSUED = "issued"
"""The state of every version that is in its folder; drafts and working copies have no record."""


@dataclass(frozen=True)
class MadeFrom:
    """Digests of all that a version was made from.

    ``data`` are tables, plan and office file as this report uses them, ``rules`` the year's file,
    ``words`` the notebook's cells, ``program`` the program's own files, whose ``release`` is its
    number. ``read`` are the files that the notebook's own code read, by path; ``None`` if that is
    not known.
    """

    data: str = ""
    rules: str = ""
    parameters: str = ""
    words: str = ""
    program: str = ""
    release: str = ""
    read: Mapping[str, str] | None = None

    def is_same_state(self, other: MadeFrom) -> bool:
        """Whether the office's data and words are the same, whatever program made them."""
        names = ("data", "rules", "parameters", "words")
        return all(getattr(self, name) == getattr(other, name) for name in names)


@dataclass(frozen=True)
class Change:
    """One difference between two versions of a report: what was, and what is.

    ``name`` is the code of a score, a slot, or a measure, of which ``part`` is a column. What was
    not there before has no ``old``, what is gone no ``new``.
    """

    kind: str
    name: str = ""
    part: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One issued version.

    ``number`` counts the versions of an ``edition`` of a report, which is empty for those issued
    before there were two. ``document`` is the office's number of the paper and ``day`` its date;
    ``signers`` are positions, never names.

    ``scores`` are in points with two decimals, by code; ``words`` by slot, those that the office
    added by ``cell:`` and an id. ``files`` are the digests (SHA-256) of the papers by name,
    ``changes`` what differs from the version before.
    """

    organisation: str
    name: str
    fiscal_year: int
    report: str
    edition: str = ""
    number: int = 0
    state: str = ISSUED
    document: str = ""
    day: date
    signers: tuple[str, ...] = ()
    is_made_up: bool = False
    level: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[Mapping[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    made_from: MadeFrom = MadeFrom()
    files: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    def as_json(self) -> bytes:
        """Return the record as it is written."""
        told = {"format": FORMAT, **asdict(self), "day": self.day.isoformat()}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_version(path: Path, shown: str) -> Version:
    """Read the record of a version.

    Raises ``BadVersion`` for one that is gone or damaged, or that a newer program wrote.
    """
    try:
        told = read_json(path)
        if isinstance(told, dict) and told.get("format", FORMAT) != FORMAT:
            raise BadVersion(file=shown, problem="newer")
        return TypeAdapter(Version).validate_python(told)
    except (OSError, ValueError) as error:
        raise BadVersion(file=shown, problem="damaged") from error


def as_measure(named: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of a measure that say something, each as one text."""
    texts = {
        column: BETWEEN.join(value) if isinstance(value, tuple) else str(value)
        for column, value in named.items()
    }
    return {column: text for column, text in texts.items() if text}
