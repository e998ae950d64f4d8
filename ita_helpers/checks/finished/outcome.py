"""What the check of documents found: by document, counted, as lines and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ita_helpers.language.catalogue import label, say, section
from ita_helpers.records.problem import Problem, Severity
from ita_helpers.records.spot import Spot

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


def tell_documents(checked: Sequence[CheckedDocument]) -> Iterator[str]:
    """Yield the lines for people: what was found, a table over several documents, the count."""
    for document in checked:
        yield from tell_document(document)
    if len(checked) > 1:
        yield from _tabulate(checked)
    yield say("finished.done", **counts(checked))


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
    return say("finished.place", **asdict(spot)).strip() if spot else ""


def _tabulate(checked: Sequence[CheckedDocument]) -> Iterator[str]:
    yield label("finished.table_head")
    for each in checked:
        facts = {severity: each.count(severity) for severity in SEVERITIES}
        yield say(
            "finished.table_row",
            file=each.file,
            office=each.office,
            year=each.fiscal_year,
            failed=bool(each.failure),
            **facts,
        )


def counts(checked: Sequence[CheckedDocument]) -> dict[str, int]:
    """Return the numbers of documents, of those that failed, and of problems by severity."""
    found: dict[str, int] = {
        each: sum(document.count(each) for document in checked) for each in SEVERITIES
    }
    failed = sum(1 for each in checked if each.failure)
    return {"documents": len(checked), "failed": failed, **found}


def most_broken(checked: Sequence[CheckedDocument]) -> list[tuple[str, int]]:
    """Return the codes of the rules with how often they were broken, the most often first."""
    return Counter(each.rule for doc in checked for each in doc.problems).most_common()


def as_json(checked: Sequence[CheckedDocument]) -> dict[str, Any]:
    """Return everything found for programs; keys stay, and new ones may come."""
    return {"counts": counts(checked), "documents": [_document_as_json(e) for e in checked]}


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
    spot = asdict(problem.spot) if problem.spot else {}
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
