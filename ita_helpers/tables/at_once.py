"""The components of the level beside what it asks of them, this year and last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.rules import Instrument, Level
from ita_helpers.scoring.findings import find_way_up
from ita_helpers.scoring.levels import Requirement
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.figures import write_score
from ita_helpers.words.rules import condition_name


@dataclass(frozen=True)
class Compared:
    """A component beside its condition: scores and condition in points, ``""`` for none.

    ``asked`` is nothing for an instrument that is judged by its parts.
    """

    code: str
    name: str
    value: Fraction | None
    score: str
    last: str
    asked: Fraction | None
    outcome: str
    is_short: bool


@dataclass(frozen=True)
class AtOnce:
    """All components beside the conditions of one level, or beside the target without ``level``."""

    level: str
    rows: tuple[Compared, ...]


def compare_at_once(data: ReportData) -> AtOnce | None:
    """Compare each component with what the level asks of it; nothing without any score.

    The level is the next one, or the highest once it is reached, or the highest that the scores
    allow. Where none asks anything of components, they stand beside the target.
    """
    if all(data.assessment.value(code) is None for code in shown_components(data)):
        return None
    level, asked = _conditions(data)
    codes = _with_wholes(data, [*asked] or [*shown_components(data)])
    return AtOnce(level if asked else "", tuple(_compare(data, code, asked) for code in codes))


def tabulate_at_once(found: AtOnce) -> Table:
    """Return the comparison as a table without a caption: its heading stands above it."""
    has_last = any(each.last for each in found.rows)
    keys = ("name", "last", "now", "needed" if found.level else "target", "outcome")
    heads = [key for key in keys if key != "last" or has_last]
    right: Align = "right"
    aligns: list[Align] = ["left", *(right for _ in heads[2:])]
    return Table(
        caption="",
        head=(head_row(*(_label(f"head.{key}") for key in heads), aligns=aligns),),
        body=tuple(_row(each, has_last=has_last) for each in found.rows),
    )


def beside_target(data: ReportData, found: AtOnce) -> str:
    """Say how the components stand to their target, where the level asks another score."""
    judged = [each for each in found.rows if each.asked is not None]
    known = [each for each in judged if each.value is not None]
    targets = {_target(data, each.code) for each in known}
    if not found.level or len(targets) != 1 or {each.asked for each in known} <= targets:
        return ""
    (target,) = targets
    below = [each.name for each in known if each.value is not None and _below(each.value, target)]
    known_only = len(known) < len(judged)
    return _say("beside", target=format_score(target), below=below, known_only=known_only)


def _conditions(data: ReportData) -> tuple[str, Mapping[str, Requirement]]:
    """Return the level whose conditions on components are shown, and these by their code."""
    assessment = data.assessment
    verdict, way = assessment.verdict, find_way_up(assessment)
    level: Level | None = None
    if verdict.status == "not determined":
        level = verdict.possible[0]
    elif way is not None:
        level = way.following.level
    elif verdict.status == "determined" and verdict.level:
        level = data.framework.level(verdict.level)
    if level is None:
        return "", {}
    conditions = assessment.requirements(level)
    return level.name, {each.code: each for each in conditions if each.code != "ITA"}


def _with_wholes(data: ReportData, codes: Sequence[str]) -> Sequence[str]:
    """Put an instrument before its parts where the score of one, or of last year's, is unknown."""
    wholes = {part.code: each for each in data.framework.instruments.list for part in each.parts}
    found: list[str] = []
    for code in codes:
        whole = wholes.get(code)
        if whole and whole.code not in (*found, *codes) and _is_only_known_whole(data, whole):
            found.append(whole.code)
        found.append(code)
    return found


def _is_only_known_whole(data: ReportData, instrument: Instrument) -> bool:
    return any(
        year is not None
        and year.value(instrument.code) is not None
        and any(year.value(part.code) is None for part in instrument.parts)
        for year in (data.history.current, data.history.previous)
    )


def _compare(data: ReportData, code: str, asked: Mapping[str, Requirement]) -> Compared:
    value, requirement = data.assessment.value(code), asked.get(code)
    previous = data.history.previous
    last = previous.value(code) if previous else None
    needed = requirement.needed if requirement else None if asked else _target(data, code)
    state = requirement.state if requirement else _against(value, needed)
    return Compared(
        code,
        condition_name(data.framework, code),
        value,
        write_score(data.assessment, code),
        "" if last is None else format_score(last),
        needed,
        _outcome(value, needed, state if asked else f"{state}_target"),
        is_short=state == "short",
    )


def _against(value: Fraction | None, needed: Fraction | None) -> str:
    if value is None or needed is None:
        return "open"
    return "short" if _below(value, needed) else "met"


def _outcome(value: Fraction | None, needed: Fraction | None, state: str) -> str:
    if needed is None:
        return _label("outcome.by_parts")
    if not state.startswith("short"):
        return _label(f"outcome.{state}")
    if value is None:
        return _label("outcome.short_open")
    return _say("outcome.short", gap=format_score(needed - Fraction(to_hundredths(value))))


def _row(each: Compared, *, has_last: bool) -> Row:
    score = each.score or label("words.no_data")
    return (
        Cell(each.name, scope="row", strong=each.is_short),
        *([number(each.last)] if has_last else []),
        number(score, strong=each.is_short),
        number("" if each.asked is None else format_score(each.asked)),
        Cell(each.outcome, strong=each.is_short),
    )


def _below(value: Fraction, needed: Fraction) -> bool:
    return to_hundredths(value) < needed


def _target(data: ReportData, code: str) -> Fraction:
    target = data.framework.target
    own = target.every_component if code in data.framework.component_codes else None
    return Fraction(own or target.overall)


def _say(key: str, **facts: object) -> str:
    return say(f"first_page.components.{key}", **facts)


def _label(key: str) -> str:
    return label(f"first_page.components.{key}")
