"""The headline of the summary page: the result, what changed, and the one reason.

Said from the findings alone, so that it is right for every office: what is not known is said to be
unknown, and no reason is given that the numbers do not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Finding, Panel
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import join_names, label, say, spaced
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import (
    LevelChange,
    find_change,
    find_level_change,
    find_way_up,
)
from ita_helpers.scoring.levels import Requirement
from ita_helpers.scoring.priorities import find_kept, find_tasks, most_fallen
from ita_helpers.scoring.remarkable import find_worth_keeping
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.figures import said_by, write_score
from ita_helpers.words.phrases import name_indicator, name_indicators
from ita_helpers.words.rules import condition_name

NOTE = "ita-note"


def _say(key: str, **facts: object) -> str:
    return say(f"first_page.{key}", **facts)


def _label(key: str) -> str:
    return label(f"first_page.{key}")


def headline(data: ReportData) -> Panel:
    """Return level, score and what they compare with, and in one sentence what changed and why."""
    score = write_score(data.assessment, "ITA")
    points = _say("points", score=score) if score else _label("no_points")
    return Panel(
        "headline",
        (
            Panel("level", (Words((_label("level"),), kind=NOTE), Words((_level(data),)))),
            Panel("score", (Words((_label("score"),), kind=NOTE), Words((points,)))),
            Panel("why", (Finding(*_why(data)),)),
            Panel("facts", (Words(tuple(_facts(data)), kind=NOTE),)),
        ),
    )


def _level(data: ReportData) -> str:
    verdict = data.assessment.verdict
    if verdict.level:
        return verdict.level
    return _label("level_open" if verdict.possible else "level_unknown")


def _facts(data: ReportData) -> Iterator[str]:
    """Yield what the score compares with: target, means of its nearest group and all, last year."""
    reading = data.assessment.reading("ITA")
    if reading.value is not None:
        if reading.is_computed:
            yield _label("computed")
        yield _beside("target", Fraction(data.target), reading.value, is_exact=not reading.is_about)
        means = {_label("country"): data.reference_score(data.fiscal_year, "ITA")}
        if data.nearest:
            near = data.nearest.score(data.fiscal_year, "ITA")
            means = {data.nearest.group.short_name: near, **means}
        for group, mean in means.items():
            if mean is not None:
                other, is_exact = Fraction(mean), not reading.is_about
                yield _beside("mean", other, reading.value, is_exact=is_exact, group=group)
    previous = data.history.previous
    if previous is None or (previous.overall is None and previous.level is None):
        yield _label("no_last")
        return
    yield _say(
        "last",
        score=format_score(previous.overall) if previous.overall is not None else "",
        level=previous.level or "",
        rules=data.history.current.since_previous,
    )


def _beside(key: str, other: Fraction, value: Fraction, *, is_exact: bool, **named: str) -> str:
    """Return a figure the score compares with, and on which side of it the score is."""
    gap: Decimal = to_hundredths(value) - to_hundredths(other)
    side = "above" if gap > 0 else "below" if gap < 0 else "equal"
    facts = {"side": _label(f"sides.{side}") if is_exact else "", "gap": format_score(abs(gap))}
    return _say(key, **{key: format_score(other)}, **facts, **named)


def _why(data: ReportData) -> tuple[str, str]:
    """Return what changed and the reason; the reason alone where no change can be told."""
    changed, reason = _change(data), reason_of(data)
    return (changed, reason) if changed else (reason, "")


def _change(data: ReportData) -> str:
    """Say how score and level changed, against each other where they went apart."""
    changed = find_change(data.assessment, data.history, "ITA")
    found = find_level_change(data.assessment, data.history)
    score = (
        _say(f"change.{changed.kind}", points=format_score(abs(changed.points))) if changed else ""
    )
    level = _level_change(data, found)
    if not score or not level:
        return score or (level if found else "")
    contrary = bool(
        changed and found and (changed.points >= 0 if found.has_fallen else changed.points <= 0)
    )
    return _say("change.both", score=score, level=level, contrary=contrary, same=found is None)


def _level_change(data: ReportData, found: LevelChange | None) -> str:
    if found:
        key = "level_fell" if found.has_fallen else "level_rose"
        return _say(f"change.{key}", previous=found.previous, current=found.current)
    current, previous = data.history.current, data.history.previous
    is_same = previous and current.level and previous.level == current.level
    return _label("change.level_same") if is_same and data.history.change("ITA") else ""


def reason_of(data: ReportData) -> str:
    """Say why the level is what it is, by the one thing that decides it."""
    verdict, assessment = data.assessment.verdict, data.assessment
    found, way = find_level_change(assessment, data.history), find_way_up(assessment)
    quoted = [f"“{each.name}”" for each in verdict.possible]
    possible = f" {_label('why.or')} ".join(quoted)
    if verdict.status == "no score":
        return _label("why.no_score")
    if verdict.status == "in conflict":
        by = said_by(assessment.scores.level_told)
        return _say("why.conflict", level=verdict.published, by=by, possible=possible)
    if found and found.has_fallen and found.missed:
        return _missed("fell", data, found.previous, found.missed)
    if verdict.status == "not determined":
        names = join_names(condition_name(data.framework, e) for e in verdict.open_components)
        return _say("why.open", open=names, possible=possible)
    if way is None:
        top = _say("why.top", level=verdict.level) if verdict.level else ""
        return " ".join(filter(None, (_fallen(data), top)))
    if way.barring:
        return _missed("barred", data, way.following.level.name, way.barring)
    overall = way.following.overall
    if overall.gap is None:
        return ""
    facts = {"gap": format_score(overall.gap), "needed": format_score(overall.needed)}
    said = _say("why.overall", level=way.following.level.name, **facts)
    return " ".join(filter(None, (_fallen(data), said)))


def _fallen(data: ReportData) -> str:
    """Name the indicator that brought the overall score down most, where it fell."""
    changed = find_change(data.assessment, data.history, "ITA")
    indicator = most_fallen(data.assessment, data.history)
    fall = data.history.change(indicator.code) if indicator else None
    if changed is None or changed.points >= 0 or indicator is None or fall is None:
        return ""
    points = format_score(abs(fall.points))
    return _say("change.fallen", indicator=name_indicator(indicator), points=points)


def _missed(kind: str, data: ReportData, level: str, missed: Sequence[Requirement]) -> str:
    """Say which conditions of a level are missed: the overall score's alone, else each."""
    decisive = [each for each in missed if each.code == "ITA"] or list(missed)
    names = [condition_name(data.framework, each.code) for each in decisive]
    scores = [format_score(each.value) for each in decisive if each.value is not None]
    if len(scores) < len(names):
        return _say(f"why.{kind}_unknown", names=spaced(join_names(names)), level=level)
    needed = format_score(max(each.needed for each in decisive))
    if len(decisive) > 1:
        said = join_names(
            _say("why.scored", name=name, score=score)
            for name, score in zip(names, scores, strict=True)
        )
        return _say(f"why.{kind}_many", scores=spaced(said), level=level, needed=needed)
    gap = format_score(decisive[0].gap or Fraction(0))
    facts = {"name": spaced(names[0]), "score": scores[0], "needed": needed, "gap": gap}
    return _say(f"why.{kind}", level=level, **facts)


def keep(data: ReportData) -> Panel | Absent:
    """Return in a line what is to be kept: the highest indicators, and the others near them."""
    kept = find_kept(data.assessment)
    if kept is None:
        return Absent("indicators")
    highest = kept.highest.indicators
    said = [
        _say(
            "keep.one",
            names=_name(highest),
            each=len(highest) > 1,
            score=format_score(kept.highest.score),
        )
    ]
    to_do = {each.indicator for each in find_tasks(data)}
    worth_keeping = set(find_worth_keeping(data)) - to_do
    if others := [each for each in kept.others if each in worth_keeping]:
        floor = format_score(kept.floor)
        codes = join_names(each.code for each in others)
        said.append(
            _say("keep.others", names=say("words.indicator_short", code=codes), floor=floor)
        )
    return Panel("keep", (Words((" ".join(said),), heading=_label("keep.title"), level=3),))


def _name(indicators: Sequence[Indicator]) -> str:
    if len(indicators) > NAMED_TIES:
        codes = join_names(each.code for each in indicators)
        return say("words.indicator_short", code=codes)
    return name_indicators(indicators)
