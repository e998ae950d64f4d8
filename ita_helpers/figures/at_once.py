"""The components of the level at once: dots against its condition, and the same as a table."""

from __future__ import annotations

from dataclasses import replace

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Panel
from ita_helpers.faces.prose import Face, Words
from ita_helpers.figures.dots import SMALL, Dot, draw_dots
from ita_helpers.figures.drawing import Figure
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.at_once import (
    AtOnce,
    Compared,
    beside_target,
    compare_at_once,
    tabulate_at_once,
)


def plot_at_once(data: ReportData) -> Panel | Absent:
    """Return each component against what the level asks of it, this year and last.

    Screens show the dots and papers the table.
    """
    found = compare_at_once(data)
    if found is None:
        return Absent("components")
    title = (
        _say("title_level", level=found.level)
        if found.level
        else label("first_page.components.title_target")
    )
    figure = replace(_draw(data, found, title), caption="", data=tabulate_at_once(found))
    faces: list[Face] = [Words((), heading=title, level=3), figure]
    if beside := beside_target(data, found):
        faces.append(Words((beside,), kind="ita-note"))
    return Panel("components", tuple(faces))


def _draw(data: ReportData, found: AtOnce, title: str) -> Figure:
    dots = [_dot(data, each) for each in found.rows]
    asked = {each.asked for each in found.rows if each.asked is not None}
    needed = format_score(min(asked)) if len(asked) == 1 else ""
    scores = [(each.value, each) for each in found.rows if each.value is not None]
    low, high = (choose(scores, key=lambda pair: pair[0])[1] for choose in (min, max))
    alt = _say(
        "alt",
        title=title,
        needed=needed,
        short=join_names(each.name for each in found.rows if each.is_short),
        low=_said(low),
        high=_said(high),
    )
    line = _say("line" if found.level else "line_target", needed=needed) if needed else ""
    numerals = data.numerals
    return draw_dots(dots, caption=title, alt=alt, numerals=numerals, line=line, width=SMALL)


def _dot(data: ReportData, each: Compared) -> Dot:
    instruments = data.framework.instruments.list
    owner = next(
        (i.code for i in instruments if each.code in (i.code, *(p.code for p in i.parts))), ""
    )
    text = (
        _say("dot", score=each.score, last=each.last)
        if each.score
        else _say("unknown", outcome=each.outcome)
    )
    return Dot(each.name, each.value, text, each.asked, owner)


def _said(each: Compared) -> str:
    return f"{each.name} {each.score}"


def _say(key: str, **facts: object) -> str:
    return say(f"first_page.components.{key}", **facts)
