"""What the check of documents found: by document, counted, as lines and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import indent
from typing import Any

from ita_helpers.language.catalogue import label, say, section
from ita_helpers.records.problem import Problem, Severity
from ita_helpers.records.spot import Spot

MOST_KEPT = 4096
"""Places that are kept in words: reports have the same lines, rows and columns."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True)
class CheckedDocument:
    """One document: whose it is, its fiscal year (B.E., 0 if unknown), and what was found.

    ``failure`` says why it could not be checked, ``losses`` what of it could not be read.
    """

    file: str
    office: str = ""
    fiscal_year: int = 0
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    losses: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many problems of a severity were found."""
        return sum(1 for each in self.problems if each.severity == severity)

    @property
    def is_wrong(self) -> bool:
        """Whether something is certainly wrong, or nothing could be checked."""
        return bool(self.failure or self.count("error"))


@dataclass
class Tally:
    """What is kept of documents that pass by: their numbers, and a row of the table for each."""

    found: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    rows: list[str] = field(default_factory=list)
    failed: int = 0

    def over(self, checked: Iterable[CheckedDocument]) -> Iterator[CheckedDocument]:
        """Yield documents, and count each."""
        for document in checked:
            self.failed += bool(document.failure)
            self.found.update(each.severity for each in document.problems)
            self.broken.update(each.rule for each in document.problems)
            self.rows.append(_table_row(document))
            yield document

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of documents, of those that failed, and of problems by severity."""
        found: dict[str, int] = {each: self.found[each] for each in SEVERITIES}
        return {"documents": len(self.rows), "failed": self.failed, **found}

    @property
    def is_wrong(self) -> bool:
        """Whether something is certainly wrong, or a document could not be checked."""
        return bool(self.failed or self.found["error"])


def tell_documents(checked: Iterable[CheckedDocument], tally: Tally) -> Iterator[str]:
    """Yield the lines for people: what was found, a table over several documents, the count.

    Each document is told as it comes; ``tally`` counts those that have.
    """
    for document in checked:
        yield from tell_document(document)
    if len(tally.rows) > 1:
        yield label("finished.table_head")
        yield from tally.rows
    yield say("finished.done", **tally.counts)


def tell_document(document: CheckedDocument) -> Iterator[str]:
    """Yield the lines of one document."""
    if document.failure:
        yield document.failure
        return
    yield from document.losses
    for each in document.problems:
        yield say(
            "finished.line",
            file=document.file,
            place=place_of(each.spot),
            severity=section("finished.severity")[each.severity],
            rule=each.rule,
            sentence=each.sentence,
            problem=each.text,
        ).rstrip()


def place_of(spot: Spot | None) -> str:
    """Return where something stands, in words."""
    return _place(spot.page, spot.line, spot.table, spot.row, spot.column) if spot else ""


@lru_cache(MOST_KEPT)
def _place(page: int, line: int, table: int, row: int, column: int) -> str:
    facts = {"page": page, "line": line, "table": table, "row": row, "column": column}
    return say("finished.place", **facts).strip()


def _table_row(document: CheckedDocument) -> str:
    return say(
        "finished.table_row",
        file=document.file,
        office=document.office,
        year=document.fiscal_year,
        failed=bool(document.failure),
        **{severity: document.count(severity) for severity in SEVERITIES},
    )


def as_json(checked: Iterable[CheckedDocument]) -> dict[str, Any]:
    """Return everything found for programs; keys stay, and new ones may come."""
    tally = Tally()
    documents = [_document_as_json(each) for each in tally.over(checked)]
    return {"documents": documents, "counts": tally.counts}


def json_of(checked: Iterable[CheckedDocument], tally: Tally) -> Iterator[str]:
    """Yield the pieces of the same as text, each document as it comes and the counts last."""
    yield '{\n  "documents": ['
    parted = ""
    for document in checked:
        yield f"{parted}\n{_indented(_document_as_json(document), 4)}"
        parted = ","
    yield f'\n  ],\n  "counts": {_indented(tally.counts, 2).lstrip()}\n}}\n'


def _indented(told: Mapping[str, Any], blanks: int) -> str:
    return indent(json.dumps(told, ensure_ascii=False, indent=2), " " * blanks)


def _document_as_json(document: CheckedDocument) -> dict[str, Any]:
    return {
        "file": document.file,
        "office": document.office,
        "fiscal_year": document.fiscal_year or None,
        "failure": document.failure or None,
        "losses": list(document.losses),
        "problems": [_problem_as_json(each) for each in document.problems],
    }


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    spot = vars(problem.spot) if problem.spot else {}
    place = {key: each for key, each in spot.items() if key != "file" and each}
    place |= {"text": problem.place} if problem.place else {}
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "place": place,
        "sentence": problem.sentence,
        "found": problem.found,
        "statement": problem.statement,
        "remedy": problem.remedy,
    }
