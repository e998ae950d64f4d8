"""Rank and quarter of the overall score and each indicator among the office's peers."""

from __future__ import annotations

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.peer_ranking import OVERALL, Standing
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.peers import name_of_peers, standings

COLUMNS = ("score", "rank", "count", "quartile", "middle")


def tabulate_peers(data: ReportData) -> Table | Absent:
    """Return a row for each score that is ranked among at least five offices."""
    found = standings(data)
    if not found:
        return Absent("none")
    group = name_of_peers(data)
    heads = [label(f"peers.head.{key}") for key in COLUMNS]
    aligns: list[Align] = ["left"]
    aligns += ["right" for _ in COLUMNS]
    return Table(
        caption=say("peers.caption", group=group, year=data.fiscal_year),
        head=(head_row(label("peers.head.name"), *heads, aligns=aligns),),
        body=tuple(_row(data, each) for each in found.values()),
        notes=(say("peers.note", group=group),),
    )


def name_of_row(data: ReportData, code: str) -> str:
    """Return what a ranked score is called: the overall one, or the indicator with its number."""
    if code == OVERALL:
        return label("peers.overall_name")
    return f"{code}. {data.framework.indicator(code).name}"


def _row(data: ReportData, each: Standing) -> Row:
    rank = say("peers.sharing", rank=each.rank, sharing=each.sharing)
    figures = [format_score(each.score), rank, f"{each.count:,}", str(each.quartile)]
    cells = [*map(number, figures), number(format_score(each.middle))]
    return (Cell(name_of_row(data, each.code), scope="row"), *cells)
