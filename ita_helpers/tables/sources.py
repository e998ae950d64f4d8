"""Where the figures of the report come from, and how they compare with what was published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_score
from ita_helpers.records.problem import Problem
from ita_helpers.records.scores import Score, printed_source
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import join_years
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.contradictions import find_contradictions
from ita_helpers.words.figures import figure_name, said_by
from ita_helpers.words.rules import confirmation_of

_IDENTIFIER = re.compile(r"[0-9]{5}")


def tabulate_sources(data: ReportData) -> Table:
    """Return each kind of figure with its source and how sure it is."""
    rows = [
        *_score_sources(data),
        *_rank_sources(data),
        *_reference_sources(data),
        *_peer_sources(data),
    ]
    heads = ("what", "source")
    return Table(
        caption=label("report.sources.caption"),
        head=(
            head_row(
                *(label(f"report.head.{key}") for key in heads),
                label("report.sources.confidence"),
            ),
        ),
        body=tuple(
            (Cell(what, scope="row"), Cell(source, verbatim=_is_looked_up(source)), Cell(sure))
            for what, source, sure in rows
        ),
        notes=(rules_rest_on(data),),
    )


def rules_rest_on(data: ReportData) -> str:
    """Say in one sentence what the rules of the year rest on."""
    framework = data.framework
    if framework.confirmed_by:
        confirmed = confirmation_of(framework.confirmed_by)
        return say("report.sources.rules_confirmed", year=framework.fiscal_year, by=confirmed)
    if data.own_framework:
        return say("report.sources.rules_own", year=framework.fiscal_year)
    return say(
        "report.sources.rules_unconfirmed",
        year=framework.rules_year,
    )


def _is_looked_up(source: str) -> bool:
    """Whether a source has an address or number by which it can be looked up."""
    return "://" in source or bool(_IDENTIFIER.search(source))


def _score_sources(data: ReportData) -> Iterator[tuple[str, str, str]]:
    by_source: dict[tuple[str, str], list[int]] = {}
    for year in data.history.years:
        for score in year.scores.scores.values():
            years = by_source.setdefault((printed_source(score.source), score.status), [])
            if year.fiscal_year not in years:
                years.append(year.fiscal_year)
    for (source, status), years in by_source.items():
        if status != "conflicting":
            yield (
                say("report.sources.scores", years=join_years(years)),
                source,
                label(f"report.sources.{status or 'announced'}"),
            )
    for source in sorted(
        {printed_source(each.source) for each in data.assessment.scores.suggestions}
    ):
        yield (
            label("report.sources.suggestions"),
            source,
            label("report.sources.suggested"),
        )


def _rank_sources(data: ReportData) -> Iterator[tuple[str, str, str]]:
    what = say("report.sources.ranks", year=data.fiscal_year)
    sources = (printed_source(each.source) for each in data.assessment.scores.ranks)
    for source in dict.fromkeys(sources):
        yield what, source, label("report.sources.as_said")


def _reference_sources(data: ReportData) -> Iterator[tuple[str, str, str]]:
    shown = {year.fiscal_year for year in data.history.years}
    years = sorted(y for y, each in data.reference.items() if y in shown and each.scores.get("ITA"))
    if years:
        yield (
            say("report.sources.reference", years=join_years(years)),
            label("report.sources.public"),
            label("report.sources.not_compared"),
        )


def _peer_sources(data: ReportData) -> Iterator[tuple[str, str, str]]:
    """Yield the sources of what is told of the office's groups in the year of the report."""
    for peers in data.peers:
        year = peers.years.get(data.fiscal_year)
        written = [each.source for each in year.scores.values()] if year else []
        written += [year.result.source] if year and year.result else []
        for source in dict.fromkeys(map(printed_source, filter(None, written))):
            what = say("report.sources.group", group=peers.group.short_name, year=data.fiscal_year)
            yield what, source, label("report.sources.group_as_said")


def tabulate_comparisons(data: ReportData) -> Table | Absent:
    """Return published beside computed totals, and whether rounding explains the difference."""
    totals = ("ITA", *shown_components(data))
    rows = [each for each in data.assessment.comparisons if each.code in totals]
    if not rows:
        return Absent("components")
    body: list[Row] = []
    for each in sorted(rows, key=lambda row: totals.index(row.code)):
        key = "agrees" if each.agrees else "differs" if each.is_used else "unused"
        overall = each.code == "ITA"
        name = label("words.overall") if overall else data.framework.component_name(each.code)
        body.append(
            (
                Cell(name, scope="row"),
                number(format_score(each.published)),
                number(format_score(each.computed)),
                number(format_change(each.difference)),
                Cell(label(f"report.sources.{key}")),
            )
        )
    by = said_by(data.assessment.scores.overall_told)
    what, *others = (
        label(f"report.head.{key}") for key in ("what", "computed", "difference", "remark")
    )
    return Table(
        caption=say("report.sources.comparisons_caption", by=by),
        head=(head_row(what, by, *others, aligns=("left", "right", "right", "right", "left")),),
        body=tuple(body),
    )


def tabulate_notes(data: ReportData) -> Table | Absent:
    """Return the figures that exclude each other, and those that carry a note.

    The latter include figures that are not used.
    """
    scores = data.assessment.scores
    all_scores = (*scores.scores.values(), *scores.conflicting)
    noted = [(each, note) for each in all_scores if (note := _note_on(each))]
    problems = find_contradictions(data.assessment)
    if not noted and not problems:
        return Absent("items")
    return Table(
        caption=label("report.sources.notes_caption"),
        head=(
            head_row(
                *(label(f"report.head.{key}") for key in ("what", "score", "remark")),
                aligns=("left", "right", "left"),
            ),
        ),
        body=(
            *(_problem_row(data, each) for each in problems),
            *(
                (
                    Cell(each.code.upper(), scope="row", verbatim=True),
                    number(format_score(each.points)),
                    Cell(note),
                )
                for each, note in noted
            ),
        ),
    )


def _problem_row(data: ReportData, problem: Problem) -> Row:
    """Return the figure that others exclude, as printed, and what they imply."""
    code, *_ = problem.codes
    if code == "level":
        return (Cell(label("report.head.level"), scope="row"), number(""), Cell(problem.statement))
    score = data.assessment.scores.scores.get(code)
    printed = format_score(score.points) if score else label("words.no_data")
    name = figure_name(data.framework, code)
    return (Cell(name, scope="row"), number(printed), Cell(problem.statement))


def _note_on(score: Score) -> str:
    """Return the note on a figure: that it is not used, or was printed as points."""
    kinds = []
    if score.status == "conflicting":
        kinds.append(label("report.sources.conflicting"))
    if score.weighted:
        facts = {"points": format_score(score.weighted.points), "weight": score.weighted.weight}
        kinds.append(say("report.sources.weighted", **facts))
    if not score.note and not score.weighted:
        return ""
    return ": ".join(filter(None, (*kinds, score.note)))
