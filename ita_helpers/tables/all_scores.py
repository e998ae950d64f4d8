"""Every score that the report uses, with its notes."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import (
    Cell,
    Table,
    head_row,
    left_then_right,
    number,
)
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.readings import Reading
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.components import component_label


def tabulate_all_scores(data: ReportData) -> Table | Absent:
    """Return every score of the year that the report uses: code, name, points, points by part."""
    parts = [part for each in data.framework.instruments.list for part in each.parts]
    by_part = any("@" in code for code, _ in _used_scores(data))
    shown = parts if by_part else []
    rows = [
        (
            Cell(code.upper(), scope="row", verbatim=not code[0].isdigit()),
            Cell(_name_of(data, code)),
            number(_marked(reading)),
            *(number(_part_score(data, code, place)) for place, _ in enumerate(shown, start=1)),
        )
        for code, reading in _used_scores(data)
        if "@" not in code
    ]
    if not rows:
        return Absent("indicators")
    heads = [label(f"report.head.{key}") for key in ("code", "what", "score")]
    return Table(
        caption=say("report.all_scores.caption", year=data.fiscal_year),
        head=(
            head_row(
                *heads,
                *(part.name for part in shown),
                aligns=("left", *left_then_right(1 + len(shown))),
            ),
        ),
        body=tuple(rows),
        notes=_notes_on_scores([reading for _, reading in _used_scores(data)]),
    )


def _used_scores(data: ReportData) -> list[tuple[str, Reading]]:
    readings = ((code, data.assessment.reading(code)) for code in data.framework.codes)
    return [(code, reading) for code, reading in readings if reading.value is not None]


def _notes_on_scores(readings: Sequence[Reading]) -> tuple[str, ...]:
    marked = {
        "note": any(each.is_computed and not each.is_about for each in readings),
        "about_note": any(each.is_about for each in readings),
    }
    return tuple(label(f"report.all_scores.{key}") for key, is_used in marked.items() if is_used)


def _marked(reading: Reading) -> str:
    if reading.value is None:
        return ""
    key = "about_mark" if reading.is_about else "mark"
    mark = label(f"report.all_scores.{key}") if reading.is_about or reading.is_computed else ""
    return format_score(reading.value) + mark


def _part_score(data: ReportData, code: str, part: int) -> str:
    by_part = f"{code}@{part}"
    value = data.assessment.value(by_part) if by_part in data.framework.codes else None
    return "" if value is None else format_score(value)


def _name_of(data: ReportData, code: str) -> str:
    """Return the name a code is known by."""
    if code == "ITA":
        return label("words.overall")
    framework = data.framework
    names = {each.code: each.name for each in framework.indicators.list}
    names |= {each.code: each.name or "" for each in framework.all_sub_indicators}
    names |= {
        each.code: each.name or say("words.item_unnamed", code=each.code.upper())
        for each in framework.all_items
    }
    return names[code] if code in names else component_label(data, code)
