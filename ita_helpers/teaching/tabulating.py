"""Making the lesson's tables: words by key, a source under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ita_helpers.faces.table import Cell, Row, Table, head_row, left_then_right, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, round_half_up
from ita_helpers.records.scores import printed_source
from ita_helpers.scoring.report_data import ReportData


def tabulate(
    key: str,
    rows: Sequence[tuple[str, ...]],
    facts: Mapping[str, Any],
    notes: Sequence[str] = (),
) -> Table:
    """Return a table of names with numbers; caption and headings are in the catalogue."""
    heads = label(f"teaching.{key}.heads").split("|")
    return frame(
        say(f"teaching.{key}.caption", **facts),
        head_row(*heads, aligns=left_then_right(len(heads) - 1)),
        [(Cell(name, scope="row"), *map(number, cells)) for name, *cells in rows],
        notes,
    )


def frame(caption: str, head: Row, body: Sequence[Row], notes: Sequence[str] = ()) -> Table:
    """Return a table of cells."""
    return Table(caption, (head,), tuple(body), tuple(notes))


def exact(points: Fraction) -> str:
    """Write points with four decimals, where rounding can be seen."""
    return f"{round_half_up(points, 4):.4f}"


def published(data: ReportData) -> str:
    """Write the published overall score."""
    points = data.assessment.reading("ITA").published
    return format_score(points) if points is not None else label("words.no_data")


def facts_of(data: ReportData) -> dict[str, Any]:
    """Return the facts that sentences on a case need: organisation, year, score and level."""
    overall = data.assessment.value("ITA")
    return {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "overall": format_score(overall) if overall is not None else label("words.no_data"),
        "level": data.assessment.verdict.level or label("words.no_data"),
    }


def source_of(data: ReportData, code: str) -> str:
    """Name the source of a figure, or of the figures it is computed from."""
    scores = data.assessment.scores.scores
    score = scores.get(code) or next(iter(scores.values()))
    return source(printed_source(score.source))


def source(*names: str) -> str:
    """Name sources, each once."""
    return say("report.rules.source", source="; ".join(dict.fromkeys(names)))
