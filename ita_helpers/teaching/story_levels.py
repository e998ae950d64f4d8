"""What the lesson says about levels, single scores and the years, using figures of the data."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Stack, Words
from ita_helpers.faces.table import Cell, Row, Table, head_row
from ita_helpers.figures.drawing import Figure
from ita_helpers.figures.scores import plot_condition
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Sourced
from ita_helpers.scoring.bounds import FULL
from ita_helpers.scoring.what_if import try_out
from ita_helpers.tables import losses, rules
from ita_helpers.teaching.loading import LessonData
from ita_helpers.teaching.tabulating import (
    exact,
    facts_of,
    frame,
    source,
    source_of,
    tabulate,
)
from ita_helpers.words.rules import condition_name

RESPONDENTS = (10, 28, 50, 100, 400)
"""Numbers of respondents for which the weight of one is shown."""
RISE = Fraction(10)
"""Points an indicator rises, to see what becomes of the overall score."""


def levels(lesson: LessonData) -> Table:
    """Return the levels of the year with both conditions."""
    return rules.tabulate_levels(lesson.graded)


def barred(lesson: LessonData) -> Stack:
    """Return a real case whose overall score suffices but a component bars the level."""
    table = losses.tabulate_next_level(lesson.cases["barred"])
    return Stack((_tell_barred(lesson, "teaching.barred"), table))


def barred_in_short(lesson: LessonData) -> Stack:
    """Return the real case whose level a component bars, in words and as a chart."""
    return Stack((_tell_barred(lesson, "teaching.handout.case"), barred_chart(lesson)))


def barred_chart(lesson: LessonData) -> Figure | Absent:
    """Return the components of the case that is barred against the condition they must meet."""
    data = lesson.cases["barred"]
    following = data.assessment.next_level
    assert following is not None
    return plot_condition(data, following.level)


def _tell_barred(lesson: LessonData, sentence: str) -> Words:
    data = lesson.cases["barred"]
    following = data.assessment.next_level
    assert following is not None
    missing = following.missing[0]
    way = missing.ways[0]
    facts = {
        **facts_of(data),
        "next": following.level.name,
        "component": data.framework.component_name(missing.code),
        "score": format_score(data.assessment.exact(missing.code)),
        "needed": format_score(missing.needed),
        "code": way.indicator.code,
        "indicator": way.indicator.name,
        "start": format_score(way.start),
        "end": format_score(way.end),
    }
    return Words((say(sentence, **facts),))


def low_indicators(lesson: LessonData) -> Table:
    """Return a real case with indicators below 85 that bar no level."""
    data = lesson.cases["low_indicators"]
    level = data.framework.level(data.assessment.verdict.level or "")
    needed = Fraction(level.every_component or 0)
    low = [
        each for each in data.framework.indicators.list if data.assessment.exact(each.code) < needed
    ]
    rows = [
        (data.framework.component_name(code), format_score(data.assessment.exact(code)))
        for code in data.framework.levels.components
    ]
    rows += [
        (
            say("words.indicator", code=each.code, name=each.name),
            format_score(data.assessment.exact(each.code)),
        )
        for each in low
    ]
    facts = {
        **facts_of(data),
        "needed": format_score(needed),
        "low": join_names(
            say("teaching.low_indicators.one", code=each.code, score=score)
            for each in low
            for score in (format_score(data.assessment.exact(each.code)),)
        ),
    }
    notes = [say("teaching.low_indicators.note", **facts), source_of(data, "ITA")]
    return tabulate("low_indicators", rows, facts, notes)


def higher_but_lower(lesson: LessonData) -> Table:
    """Return a real case whose overall score rose while its level fell."""
    data = lesson.cases["higher"]
    years = [
        (each.fiscal_year, format_score(points), each.level or "")
        for each in data.history.years
        if (points := each.value("ITA")) is not None
    ]
    rows = [(str(year), points, level) for year, points, level in years[-2:]]
    (_, before, before_level), (_, after, _) = years[-2:]
    facts = {
        **facts_of(data),
        "before": before,
        "before_level": before_level,
        "after": after,
        "target": format_score(Fraction(data.framework.target.every_component or 0)),
    }
    notes = [say("teaching.higher.note", **facts), source_of(data, "ITA")]
    return tabulate("higher", rows, facts, notes)


def undetermined(lesson: LessonData) -> Table:
    """Return a real case whose level the published numbers leave open."""
    data = lesson.cases["early"]
    trial = try_out(data.assessment)
    assert trial is not None
    whole = trial.score("EIT")
    parts = data.framework.instrument("EIT").parts
    ranges = [(part.name, data.assessment.range(part.code)) for part in parts]
    rows = [("EIT", format_score(whole))]
    rows += [(name, _range(each.low, each.high)) for name, each in ranges]
    facts = {
        **facts_of(data),
        "exact": exact(whole),
        "low": format_score(ranges[0][1].low),
        "possible": join_names(f"“{each.name}”" for each in trial.possible),
    }
    notes = [say("teaching.undetermined.note", **facts), source_of(data, "ITA")]
    return tabulate("undetermined", rows, facts, notes)


def one_respondent(lesson: LessonData) -> Table:
    """Return how far one respondent moves an item, and an indicator made of several."""
    framework = lesson.example.framework
    items = len(framework.items_under("1"))
    rows = [
        (str(count), format_score(FULL / count), format_score(FULL / count / items))
        for count in RESPONDENTS
    ]
    few = RESPONDENTS[1]
    facts = {
        "year": framework.fiscal_year,
        "items": items,
        "few": few,
        "moves": format_score(FULL / few / items),
    }
    asked = next(each for each in framework.items if each.instrument == "IIT")
    notes = [say("teaching.one_respondent.note", **facts), source(asked.source)]
    return tabulate("one_respondent", rows, facts, notes)


def ten_points(lesson: LessonData) -> Table:
    """Return what ten extra points in one indicator add to the overall score."""
    framework = lesson.shown.framework
    rows, effects = [], []
    for instrument in framework.instruments.list:
        count = len(framework.indicators_of(instrument.code))
        effect = effect_of_rise(framework, instrument.code)
        rows.append((instrument.code, str(instrument.weight), str(count), effect))
        effects.append(f"{effect} ({instrument.code})")
    facts = {
        "year": framework.fiscal_year,
        "rise": int(RISE),
        "effects": join_names(effects),
    }
    notes = [say("teaching.ten_points.note", **facts), source(framework.instruments.source)]
    return tabulate("ten_points", rows, facts, notes)


def effect_of_rise(framework: Framework, instrument: str) -> str:
    """Return the points of the overall score that one risen indicator of an instrument adds."""
    first = framework.indicators_of(instrument)[0]
    return format_score(RISE * framework.weight_of(first.code))


def rules_by_year(lesson: LessonData) -> Table:
    """Return how the rules changed, year by year."""
    body: list[Row] = []
    for framework in lesson.frameworks:
        year, *texts = _rules_of(framework)
        body.append((Cell(year, scope="row"), *map(Cell, texts)))
    sources = [
        name
        for each in lesson.frameworks
        for name in (
            each.instruments.source,
            each.levels.source,
            *(change.source for change in each.compared_with_previous.changes),
        )
    ]
    notes = (label("teaching.rules_by_year.note"), source(*sources))
    head = head_row(*label("teaching.rules_by_year.heads").split("|"))
    return frame(label("teaching.rules_by_year.caption"), head, body, notes)


def evidence(lesson: LessonData) -> Table:
    """Return which assessment asks for each year's result as evidence."""
    asked = [(each.fiscal_year, each.evidence) for each in lesson.frameworks if each.evidence]
    body: list[Row] = []
    for year, evidence in asked:
        item = f"{evidence.analysis.item.upper()} {evidence.analysis.title}"
        texts = (str(year), str(year), item)
        body.append((Cell(str(year - 1), scope="row"), *map(Cell, texts)))
    head = head_row(*label("teaching.evidence.heads").split("|"))
    note = source(*(evidence.source for _, evidence in asked))
    return frame(label("teaching.evidence.caption"), head, body, (note,))


def _range(low: Decimal, high: Decimal) -> str:
    return f"{format_score(low)}–{format_score(high)}"


def _rules_of(framework: Framework) -> tuple[str, ...]:
    """Return a year's rules in words: weights, levels, what the levels look at, what changed."""
    components = [condition_name(framework, code) for code in framework.levels.judged]
    changes = [each.text for each in framework.compared_with_previous.changes]
    if framework.is_assumed:
        changes.append(say("report.rules.assumed", year=framework.assumed_from))
    return (
        str(framework.fiscal_year),
        _marked(
            " : ".join(str(e.weight) for e in framework.instruments.list), framework.instruments
        ),
        _marked(" ".join(each.name for each in framework.levels.list), framework.levels),
        " ".join(components) or label("teaching.rules_by_year.none"),
        "\n".join(changes) or label("teaching.rules_by_year.same"),
    )


def _marked(text: str, block: Sourced) -> str:
    """Return the text, marked if no source gives it."""
    if block.confidence == "verified":
        return text
    return f"{text} {label(f'teaching.rules_by_year.{block.confidence}')}"
