"""What a check of a report found, with its place: as a line, and as an item of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ita_helpers.language.catalogue import label, say
from ita_helpers.records.problem import Problem, Severity


@dataclass(frozen=True)
class Finding:
    """A problem in a ``file``, and ``where`` in it, in words; no file where its text names it."""

    problem: Problem
    file: str = ""
    where: str = ""

    @property
    def line(self) -> str:
        """The line that tells it: the file, the place in it, what to look at."""
        text = self.problem.text
        return (
            say("check.line", file=self.file, where=self.where, problem=text) if self.file else text
        )

    @property
    def kept(self) -> list[str]:
        """What a row of the manifest keeps of it: the place in the office's notebook, the text."""
        return [self.where, self.problem.text]

    def as_problem(self) -> Problem:
        """Return the problem with its place, for the page of a check."""
        return replace(self.problem, place=f"{self.file} {self.where}".strip())


def rated(findings: Iterable[Finding], severity: Severity) -> list[Finding]:
    """Return findings with a severity."""
    return [replace(e, problem=replace(e.problem, severity=severity)) for e in findings]


def lines_of(findings: Iterable[Finding]) -> list[str]:
    """Return the lines that tell findings."""
    return [each.line for each in findings]


def find_whole(kind: str, text: str) -> Finding:
    """Return what a sentence tells that names its file and place."""
    return Finding(Problem(kind, text))


def find_in_cell(problem: Problem, file: str, numbers: Mapping[str, int]) -> Finding:
    """Return a problem of a notebook's cell; ``numbers`` are those of the cells by their ids."""
    return Finding(problem, file, say("check.cell", cell=numbers.get(problem.cell, "–")))


def find_in_row(problem: Problem, file: str) -> Finding:
    """Return a problem of a row in a plan's file, or of the plan as a whole."""
    where = say("check.rows", rows=[problem.row]) if problem.row else label("check.whole_plan")
    return Finding(problem, file, where)


def find_in_figures(problem: Problem, file: str, rows: Sequence[int]) -> Finding:
    """Return a problem of figures of a result, with their rows in the table."""
    return Finding(problem, file, say("check.rows", rows=rows) if rows else "")
