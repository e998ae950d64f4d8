"""The overall score, this year and over the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Pointing
from ita_helpers.faces.prose import Stack, Words, to_paragraphs
from ita_helpers.faces.table import (
    Align,
    Cell,
    Row,
    Table,
    head_row,
    number,
)
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_change, format_score
from ita_helpers.scoring.history import HistoryYear
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.bottom_line import BEYOND_THE_RESULT, bottom_line_rows
from ita_helpers.tables.years import change_mark, change_notes, join_years, score_text
from ita_helpers.words.standing import describe_groups, describe_ranks, mean_name
from ita_helpers.words.summary import describe_result


def tabulate_overall(data: ReportData) -> Stack:
    """Return the result in words, and what else is known of it: a row for each fact."""
    rows = [(name, text) for name, text in _overall_rows(data) if text]
    table = Table(
        caption=say("report.overall.caption", name=data.organisation.name, year=data.fiscal_year),
        head=(head_row(label("report.head.topic"), label("report.head.result")),),
        body=tuple((Cell(name, scope="row"), Cell(text)) for name, text in rows),
    )
    said = [each for each in describe_result(data) if each]
    more = Pointing(label("report.overall.more"), label("report.overall.table"), "overall", kind="")
    return Stack((Words(to_paragraphs(said)), more, table))


def _overall_rows(data: ReportData) -> list[tuple[str, str]]:
    national = data.reference_score(data.fiscal_year, "ITA")
    result = data.assessment.scores.result

    def points(value: Fraction | Decimal) -> str:
        return say("words.score_with_unit", score=format_score(value))

    def name(key: str) -> str:
        return label(f"report.overall.{key}")

    conflicting = data.assessment.reading("ITA").conflicting
    return [
        (name("type"), data.organisation.type),
        (name("national"), "" if national is None else points(national)),
        *describe_groups(data),
        *describe_ranks(data),
        *((name("printed_otherwise"), points(each)) for each in conflicting),
        *bottom_line_rows(data, BEYOND_THE_RESULT),
        (name("respondents"), _respondents(data)),
        (name("announced"), format_date(result.announced) if result and result.announced else ""),
    ]


def _respondents(data: ReportData) -> str:
    result = data.assessment.scores.result
    counts = result.respondents if result else {}
    whole = len(counts) and "eit1" in counts and "eit2" not in counts
    return join_names(
        say(f"report.overall.respondents_{'eit' if whole and key == 'eit1' else key}", count=count)
        for key, count in counts.items()
    )


def tabulate_overall_history(data: ReportData) -> Table | Absent:
    """Return overall score and level by year, with changes in score and in rules."""
    years = [year for year in data.history.years if year.overall is not None]
    if len(years) < 2:
        return Absent("history")
    means = dict(_means(data, years))
    own = (label(f"report.head.{key}") for key in ("year", "score", "level", "change"))
    aligns: list[Align] = ["left", "right", "left", "right"]
    aligns += ["right"] * len(means)
    return Table(
        caption=label("report.history.overall_caption"),
        head=(head_row(*own, *means, aligns=aligns),),
        body=tuple(
            _history_row(data, year, before, means.values())
            for before, year in zip([None, *years], years, strict=False)
        ),
        notes=_history_notes(years),
    )


def _means(
    data: ReportData, years: Sequence[HistoryYear]
) -> Iterator[tuple[str, dict[int, Decimal]]]:
    """Yield the nearest group's means by year (points), then those of all offices."""
    named = [(label("report.head.national"), data.reference_score)]
    if data.nearest:
        named.insert(0, (mean_name(data.nearest), data.nearest.score))
    for name, score in named:
        known = {y.fiscal_year: m for y in years if (m := score(y.fiscal_year, "ITA")) is not None}
        if known:
            yield name, known


def _history_row(
    data: ReportData,
    year: HistoryYear,
    before: HistoryYear | None,
    means: Iterable[Mapping[int, Decimal]],
) -> Row:
    return (
        Cell(str(year.fiscal_year), scope="row"),
        number(score_text(year.overall), strong=year is data.history.current),
        Cell(year.level or label("words.no_data")),
        number(_yearly_change(year, before)),
        *(number(score_text(each.get(year.fiscal_year))) for each in means),
    )


def _yearly_change(year: HistoryYear, before: HistoryYear | None) -> str:
    if before is None or before.fiscal_year != year.fiscal_year - 1:
        return label("words.no_data")
    if year.since_previous == "broken" or year.overall is None or before.overall is None:
        return label("report.bottom_line.change_broken")
    return format_change(year.overall - before.overall) + change_mark(year.since_previous)


def _history_notes(years: Sequence[HistoryYear]) -> tuple[str, ...]:
    details = [
        say(
            "report.history.changed_detail", year=year.fiscal_year, changes=join_names(year.changes)
        )
        for year in years[1:]
        if year.since_previous == "changed"
    ]
    older = [year.fiscal_year for year in years if year.assessment is None]
    if older:
        shown = join_years(older)
        details.insert(0, say("report.history.other_index", years=shown))
    return (*change_notes(years[1:]), *details)
