"""The line that reports a problem: the file, the place in it, what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ita_helpers.language.catalogue import label, say
from ita_helpers.records.problem import Problem


def tell_of_cell(problem: Problem, file: str, numbers: Mapping[str, int]) -> str:
    """Return the line of a notebook's cell; ``numbers`` are those of the cells by their ids."""
    return _line(problem, file, say("check.cell", cell=numbers.get(problem.cell, "–")))


def tell_of_row(problem: Problem, file: str) -> str:
    """Return the line of a row in a plan's file, or of the plan as a whole."""
    where = say("check.rows", rows=[problem.row]) if problem.row else label("check.whole_plan")
    return _line(problem, file, where)


def tell_of_figures(problem: Problem, file: str, rows: Sequence[int]) -> str:
    """Return the line of figures of a result, with their rows in the table."""
    return _line(problem, file, say("check.rows", rows=rows) if rows else "")


def _line(problem: Problem, file: str, where: str) -> str:
    return say("check.line", file=file, where=where, problem=problem.text)
