"""The results: overall, components, indicators, each with its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.absent import Absent
from ita_helpers.assessment import Reading
from ita_helpers.catalogue import join_names, label, say
from ita_helpers.dates import format_date
from ita_helpers.figure_words import said_by
from ita_helpers.framework import Indicator, Instrument
from ita_helpers.history import HistoryYear, Verdict
from ita_helpers.report_data import ReportData
from ita_helpers.scores import told_by
from ita_helpers.tables.bottom_line import describe_level, shown_components
from ita_helpers.tables.table import (
    Align,
    Cell,
    Row,
    Table,
    group_row,
    head_row,
    left_then_right,
    number,
)
from ita_helpers.thai import format_change, format_score, to_hundredths

YEARS_SHOWN = 5
"""Indicators and components are shown over up to so many fiscal years."""


def tabulate_overall(data: ReportData) -> Table | Absent:
    """Return the overall score as published and computed, level, target, reference, respondents."""
    rows = [(key, text) for key, text in _overall_rows(data) if text]
    return Table(
        caption=say("report.overall.caption", name=data.organisation.name, year=data.fiscal_year),
        head=(head_row(label("report.head.topic"), label("report.head.result")),),
        body=tuple((Cell(name, scope="row"), Cell(text)) for name, text in rows),
    ).in_numerals(data.numerals)


def _overall_rows(data: ReportData) -> list[tuple[str, str]]:
    reading = data.assessment.reading("ITA")
    national = data.reference_score(data.fiscal_year, "ITA")
    result = data.assessment.scores.result
    by = said_by(data.assessment.scores.overall_told)

    def points(value: Fraction | Decimal | None) -> str:
        if value is None:
            return ""
        return say("words.score_with_unit", score=format_score(value))

    def name(key: str) -> str:
        return label(f"report.overall.{key}")

    return [
        (name("type"), data.organisation.type),
        (say("report.overall.published", by=by), points(reading.published)),
        (name("computed"), points(reading.computed)),
        *((name("printed_otherwise"), points(each)) for each in reading.conflicting),
        (name("level"), describe_level(data)),
        (name("target"), points(Fraction(data.framework.target.overall))),
        (name("national"), points(national)),
        (name("respondents"), _respondents(data)),
        (name("announced"), format_date(result.announced) if result and result.announced else ""),
    ]


def _respondents(data: ReportData) -> str:
    result = data.assessment.scores.result
    counts = result.respondents if result else {}
    whole = len(counts) and "eit1" in counts and "eit2" not in counts
    return " · ".join(
        say(f"report.overall.respondents_{'eit' if whole and key == 'eit1' else key}", count=count)
        for key, count in counts.items()
    )


def tabulate_overall_history(data: ReportData) -> Table | Absent:
    """Return overall and level by year, with the change and what broke or changed."""
    years = [year for year in data.history.years if year.overall is not None]
    if len(years) < 2:
        return Absent("history")
    national = any(data.reference_score(year.fiscal_year, "ITA") is not None for year in years)
    heads = ["year", "score", "level", "change", *(["national"] if national else [])]
    aligns: tuple[Align, ...] = ("left", "right", "left", "right", "right")
    return Table(
        caption=label("report.history.overall_caption"),
        head=(
            head_row(*(label(f"report.head.{key}") for key in heads), aligns=aligns[: len(heads)]),
        ),
        body=tuple(
            _history_row(data, year, before, national)
            for before, year in zip([None, *years], years, strict=False)
        ),
        notes=_history_notes(years),
    ).in_numerals(data.numerals)


def _history_row(
    data: ReportData, year: HistoryYear, before: HistoryYear | None, national: bool
) -> Row:
    cells = [
        Cell(str(year.fiscal_year), scope="row"),
        number(_score(year.overall), strong=year is data.history.current),
        Cell(year.level or label("words.no_data")),
        number(_yearly_change(year, before)),
    ]
    if national:
        reference = data.reference_score(year.fiscal_year, "ITA")
        cells.append(number(_score(reference)))
    return tuple(cells)


def _yearly_change(year: HistoryYear, before: HistoryYear | None) -> str:
    if before is None or before.fiscal_year != year.fiscal_year - 1:
        return label("words.no_data")
    if year.since_previous == "broken" or year.overall is None or before.overall is None:
        return label("report.bottom_line.change_broken")
    return format_change(year.overall - before.overall) + change_mark(year.since_previous)


def change_mark(verdict: Verdict) -> str:
    """Return the mark behind a change that is to be compared with care, else nothing."""
    is_marked = verdict in ("changed", "assumed")
    return label("report.history.change_mark") if is_marked else ""


def _history_notes(years: Sequence[HistoryYear]) -> tuple[str, ...]:
    details = [
        say(
            "report.history.changed_detail", year=year.fiscal_year, changes=join_names(year.changes)
        )
        for year in years[1:]
        if year.since_previous == "changed"
    ]
    return (*_change_notes(years[1:]), *details)


def _change_notes(years: Sequence[HistoryYear]) -> Iterator[str]:
    """Yield what the mark behind a change means for these years."""
    if any(year.since_previous == "changed" for year in years):
        yield label("report.history.change_note")
    for year in years:
        if year.since_previous == "assumed":
            yield say("report.history.assumed_note", year=year.fiscal_year)


def tabulate_components(data: ReportData) -> Table | Absent:
    """Return the component scores as published or computed, against the target."""
    codes = shown_components(data)
    readings = [data.assessment.reading(code) for code in codes]
    if all(reading.value is None for reading in readings):
        return Absent("components")
    heads = ("component", "score", "against_target", "remark")
    notes = (label("report.components.computed_note"),) if _any_computed(readings) else ()
    return Table(
        caption=label("report.components.caption"),
        head=(
            head_row(
                *(label(f"report.head.{key}") for key in heads),
                aligns=("left", "right", "right", "left"),
            ),
        ),
        body=tuple(_component_row(data, reading) for reading in readings),
        notes=notes,
    ).in_numerals(data.numerals)


def _any_computed(readings: Sequence[Reading]) -> bool:
    return any(reading.is_computed for reading in readings)


def _component_row(data: ReportData, reading: Reading) -> Row:
    name = Cell(component_label(data, reading.code), scope="row")
    if reading.value is None:
        within = data.assessment.range(reading.code)
        bounded = within.low > 0 or within.high < 100
        text = say(
            "report.components.not_published",
            low=format_score(within.low) if bounded else "",
            high=format_score(within.high),
        )
        return (name, number(label("words.no_data")), number(""), Cell(text if bounded else ""))
    score, gap = format_score(reading.value), _gap(data, reading)
    return (name, number(score), number(gap), Cell(_origin(data, reading)))


def _origin(data: ReportData, reading: Reading) -> str:
    """Say whether a score was published, computed, or published as weighted points."""
    if reading.is_computed:
        return label("report.components.computed")
    if reading.weighted is None:
        score = data.assessment.scores.scores.get(reading.code)
        return said_by(told_by(score.status if score else ""))
    within = data.assessment.range(reading.code)
    return say(
        "report.components.weighted",
        points=format_score(reading.weighted.points),
        weight=reading.weighted.weight,
        low=format_score(within.low),
        high=format_score(within.high),
    )


def component_label(data: ReportData, code: str) -> str:
    """Return the name a component is shown under."""
    names = {each.code: each.name for each in data.framework.instruments.list}
    if code in names:
        return say("words.instrument", name=names[code], code=code)
    return data.framework.component_name(code)


def _gap(data: ReportData, reading: Reading) -> str:
    target = data.framework.target
    asked = Fraction(target.every_component or target.overall)
    if reading.value is None:
        return ""
    gap = Fraction(to_hundredths(reading.value)) - asked
    if gap == 0:
        return label("report.components.equal")
    return say(
        "report.components.above" if gap > 0 else "report.components.below",
        gap=format_score(abs(gap)),
    )


def tabulate_component_history(data: ReportData) -> Table | Absent:
    """Return the components over up to five years."""
    codes = shown_components(data)
    years = data.history.years_with(codes, YEARS_SHOWN)
    if len(years) < 2:
        return Absent("history")
    return Table(
        caption=label("report.history.components_caption"),
        head=(_year_heads(label("report.head.component"), years),),
        body=tuple(
            (
                Cell(component_label(data, code), scope="row"),
                *(number(_score(year.value(code))) for year in years),
            )
            for code in codes
            if any(year.value(code) is not None for year in years)
        ),
    ).in_numerals(data.numerals)


def tabulate_indicators(data: ReportData) -> Table | Absent:
    """Return the indicators under their instruments, over up to five years, overall last."""
    assessment, framework = data.assessment, data.framework
    if not assessment.scored_indicators:
        return Absent("indicators")
    codes = [each.code for each in framework.indicators.list]
    years = data.history.years_with(codes, YEARS_SHOWN)
    shows_change = data.history.previous is not None
    columns = 1 + len(years) + shows_change
    heads = _year_heads(label("report.head.indicator"), years)
    if shows_change:
        heads += (Cell(label("report.head.change"), scope="col", align="right"),)
    body: list[Row] = []
    for instrument in framework.instruments.list:
        body.append(group_row(_group_name(instrument), columns))
        body += [
            _indicator_row(data, each, years) for each in framework.indicators_of(instrument.code)
        ]
    body.append(_overall_row(data, years))
    return Table(
        caption=label("report.indicators.caption"),
        head=(heads,),
        body=tuple(row[:columns] for row in body),
        notes=_indicator_notes(data),
    ).in_numerals(data.numerals)


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
    ).in_numerals(data.numerals)


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


def _group_name(instrument: Instrument) -> str:
    return say("report.indicators.group", name=instrument.name, code=instrument.code)


def _year_heads(first: str, years: Sequence[HistoryYear]) -> Row:
    return head_row(
        first,
        *(str(year.fiscal_year) for year in years),
        aligns=left_then_right(len(years)),
    )


def _indicator_row(data: ReportData, indicator: Indicator, years: Sequence[HistoryYear]) -> Row:
    return (
        Cell(say("report.indicators.row", code=indicator.code, name=indicator.name), scope="row"),
        *(
            number(_score(year.value(indicator.code)), strong=year is data.history.current)
            for year in years
        ),
        number(_change(data, indicator.code)),
    )


def _overall_row(data: ReportData, years: Sequence[HistoryYear]) -> Row:
    return (
        Cell(label("report.indicators.overall"), scope="row"),
        *(number(_score(year.overall), strong=True) for year in years),
        number(_change(data, "ITA")),
    )


def _change(data: ReportData, code: str) -> str:
    change = data.history.change(code)
    if change is None:
        return label("words.no_data")
    return format_change(change.points) + change_mark(change.verdict)


def _indicator_notes(data: ReportData) -> tuple[str, ...]:
    component = data.framework.target.every_component or 0
    notes = [say("report.indicators.target_note", component=component)]
    if data.history.change("ITA") is not None:
        notes += _change_notes([data.history.current])
    if data.assessment.missing_indicators:
        notes.append(label("report.indicators.missing_note"))
    return tuple(notes)


def _score(value: Fraction | Decimal | None) -> str:
    return label("words.no_data") if value is None else format_score(value)
