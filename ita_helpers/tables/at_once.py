"""The components of the level beside what it asks of them, this year and last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Panel
from ita_helpers.faces.prose import Words
from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.rules import Instrument
from ita_helpers.scoring.findings import find_way_up
from ita_helpers.scoring.levels import Requirement
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.figures import write_score
from ita_helpers.words.rules import condition_name


def _say(key: str, **facts: object) -> str:
    return say(f"first_page.components.{key}", **facts)


def _label(key: str) -> str:
    return label(f"first_page.components.{key}")


def tabulate_at_once(data: ReportData) -> Panel | Absent:
    """Return each component beside what the level asks of it, this year and last.

    The level is the next one, or the highest once it is reached, or the highest that the scores
    allow. Where none asks anything of components, they stand beside the target.
    """
    if all(data.assessment.value(code) is None for code in shown_components(data)):
        return Absent("components")
    level, asked = _conditions(data)
    codes = _with_wholes(data, [*asked] or [*shown_components(data)])
    has_last = any(_last(data, code) for code in codes)
    keys = ("name", "last", "now", "needed" if asked else "target", "outcome")
    heads = [key for key in keys if key != "last" or has_last]
    right: Align = "right"
    aligns: list[Align] = ["left", *(right for _ in heads[2:])]
    table = Table(
        caption="",
        head=(head_row(*(_label(f"head.{key}") for key in heads), aligns=aligns),),
        body=tuple(_row(data, code, asked, has_last=has_last) for code in codes),
    )
    title = _say("title_level", level=level) if asked else _label("title_target")
    beside = _beside_target(data, asked) if asked else []
    return Panel("components", (Words((), heading=title, level=3), table, *beside))


def _conditions(data: ReportData) -> tuple[str, Mapping[str, Requirement]]:
    """Return the level whose conditions on components are shown, and these by their code."""
    assessment = data.assessment
    verdict, way = assessment.verdict, find_way_up(assessment)
    if verdict.status == "not determined":
        level, requirements = verdict.possible[0], assessment.requirements(verdict.possible[0])
    elif way is not None:
        level, requirements = way.following.level, way.following.requirements
    elif verdict.status == "determined" and verdict.level:
        level = data.framework.level(verdict.level)
        requirements = assessment.requirements(level)
    else:
        return "", {}
    return level.name, {each.code: each for each in requirements if each.code != "ITA"}


def _with_wholes(data: ReportData, codes: Sequence[str]) -> Sequence[str]:
    """Put an instrument before its parts where the score of one, or of last year's, is unknown."""
    found: list[str] = []
    for code in codes:
        whole = next(
            (e for e in data.framework.instruments.list if code in [p.code for p in e.parts]), None
        )
        if whole and whole.code not in (*found, *codes) and _is_only_known_whole(data, whole):
            found.append(whole.code)
        found.append(code)
    return found


def _is_only_known_whole(data: ReportData, instrument: Instrument) -> bool:
    for year in (data.history.current, data.history.previous):
        known = year is not None and year.value(instrument.code) is not None
        if known and any(year and year.value(part.code) is None for part in instrument.parts):
            return True
    return False


def _row(data: ReportData, code: str, asked: Mapping[str, Requirement], *, has_last: bool) -> Row:
    value, requirement = data.assessment.value(code), asked.get(code)
    needed = requirement.needed if requirement else _target(data, code)
    is_judged = requirement is not None or not asked
    outcome = _outcome(value, needed, requirement) if is_judged else _label("by_parts")
    is_short = is_judged and outcome not in (_label(key) for key in ("met", "met_target", "open"))
    return (
        Cell(condition_name(data.framework, code), scope="row", strong=is_short),
        *([number(_last(data, code))] if has_last else []),
        number(write_score(data.assessment, code) or label("words.no_data"), strong=is_short),
        number(format_score(needed) if is_judged else ""),
        Cell(outcome, strong=is_short),
    )


def _outcome(value: Fraction | None, needed: Fraction, asked: Requirement | None) -> str:
    """Say whether a condition, or else the target, is met."""
    is_short = asked.state == "short" if asked else value is not None and _below(value, needed)
    if is_short and value is not None:
        return _say("short", gap=format_score(needed - Fraction(to_hundredths(value))))
    if asked is None:
        return _label("met_target" if value is not None else "open")
    return _label("short_open" if is_short else asked.state)


def _below(value: Fraction, needed: Fraction) -> bool:
    return to_hundredths(value) < needed


def _target(data: ReportData, code: str) -> Fraction:
    target = data.framework.target
    own = target.every_component if code in data.framework.component_codes else None
    return Fraction(own or target.overall)


def _last(data: ReportData, code: str) -> str:
    previous = data.history.previous
    value = previous.value(code) if previous else None
    return format_score(value) if value is not None else ""


def _beside_target(data: ReportData, asked: Mapping[str, Requirement]) -> list[Words]:
    """Say how the components stand to their target, where the level asks another score."""
    known = {code: value for code in asked if (value := data.assessment.value(code)) is not None}
    targets = {_target(data, code) for code in known}
    if len(targets) != 1 or all(asked[code].needed in targets for code in known):
        return []
    (target,) = targets
    below = [condition_name(data.framework, c) for c, v in known.items() if _below(v, target)]
    known_only = len(known) < len(asked)
    said = _say("target", target=format_score(target), below=below, known_only=known_only)
    return [Words((said,), kind="ita-note")]
