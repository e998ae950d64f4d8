"""Points lost per indicator, and the conditions of the next level."""

from __future__ import annotations

from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row, left_then_right, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.findings import largest_losses
from ita_helpers.scoring.levels import Requirement
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.figures import write_score
from ita_helpers.words.phrases import describe_short_wholes, requirement_name


def tabulate_points_lost(data: ReportData) -> Table | Absent:
    """Return the lost points by indicator (weight x shortfall), the largest first.

    They add up to 100 - overall.
    """
    losses = largest_losses(data.assessment)
    if not losses:
        return Absent("losses")
    overall = data.assessment.reading("ITA").computed
    complete = overall is not None and not data.assessment.missing_indicators
    total = sum((loss.points for loss in losses), Fraction(0))
    heads = ["indicator", "score", "shortfall", "weight_share", "lost"]
    body: list[Row] = []
    for loss in losses:
        name = say("report.indicators.row", code=loss.indicator.code, name=loss.indicator.name)
        cells = [
            Cell(name, scope="row"),
            number(format_score(100 - loss.shortfall)),
            number(format_score(loss.shortfall)),
            number(format_score(loss.weight * 100)),
            number(format_score(loss.points)),
        ]
        if complete:
            cells.append(number(_share(loss.points, total)))
        body.append(tuple(cells))
    if complete:
        heads.append("share")
        body.append(_total_row(total))
    notes = (
        (say("report.points_lost.note", overall=format_score(overall)),)
        if complete and overall is not None
        else (label("report.indicators.missing_note"),)
    )
    aligns = left_then_right(len(heads) - 1)
    return Table(
        caption=label("report.points_lost.caption"),
        head=(head_row(*(label(f"report.head.{key}") for key in heads), aligns=aligns),),
        body=tuple(body),
        notes=notes,
    )


def _total_row(total: Fraction) -> Row:
    return (
        Cell(label("report.points_lost.total"), scope="row", colspan=4),
        number(format_score(total), strong=True),
        number(_share(total, total), strong=True),
    )


def _share(part: Fraction, total: Fraction) -> str:
    return format_score(part * 100 / total)


def tabulate_next_level(data: ReportData) -> Table | Absent:
    """Return each condition of the level above: needed, present, missing."""
    following = data.assessment.next_level
    if following is None:
        return Absent("next_level")
    heads = ("condition", "score", "state")
    return Table(
        caption=say("report.next_level.caption", level=following.level.name),
        head=(
            head_row(
                *(label(f"report.head.{key}") for key in heads), aligns=("left", "right", "left")
            ),
        ),
        body=tuple(_requirement_row(data, each) for each in following.requirements),
        notes=(*describe_short_wholes(data, following), *_ways(data)),
    )


def _requirement_row(data: ReportData, requirement: Requirement) -> Row:
    name = requirement_name(data, requirement)
    needed = say("report.rules.at_least", points=format_score(requirement.needed))
    value = write_score(data.assessment, requirement.code)
    return (
        Cell(f"{name} {needed}", scope="row"),
        number(value or label("words.no_data")),
        Cell(_state(requirement)),
    )


def _state(requirement: Requirement) -> str:
    known = requirement.value is not None
    suffix = "" if known or requirement.state == "open" else "_open"
    return say(
        f"report.next_level.{requirement.state}{suffix}",
        gap=format_score(requirement.gap) if requirement.gap is not None else "",
        low=format_score(requirement.range.low),
        high=format_score(requirement.range.high),
    )


def _ways(data: ReportData) -> tuple[str, ...]:
    following = data.assessment.next_level
    ways = [
        say(
            "report.next_level.way",
            code=way.indicator.code,
            start=format_score(way.start),
            end=format_score(way.end),
            component=data.framework.component_name(requirement.code),
        )
        for requirement in (following.missing if following else ())
        for way in requirement.ways
    ]
    return (*ways, label("report.next_level.way_note")) if ways else ()
