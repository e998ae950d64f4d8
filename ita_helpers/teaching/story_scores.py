"""The lesson's steps from an answer to the overall score, using figures of the data."""

from __future__ import annotations

from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row, number
from ita_helpers.figures.bars import plot_points_lost
from ita_helpers.figures.drawing import Figure
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Answers, Indicator
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.bounds import FULL
from ita_helpers.scoring.means import evaluate, means_of, weighted_mean
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.teaching.loading import LessonData, indicators_with_items, item_with_answers
from ita_helpers.teaching.posing import bare_name
from ita_helpers.teaching.tabulating import exact, frame, published, source, source_of, tabulate


def answer_scale(lesson: LessonData) -> Table:
    """Return what each answer is worth, and its reverse in the newest year known to reverse any."""
    framework, turning = lesson.answered.framework, _reversing(lesson)
    answers, turned = framework.answers, turning.answers
    assert answers is not None and turned is not None
    points = {
        each.name: other.points
        for each, other in zip(turned.scale, reversed(turned.scale), strict=True)
    }
    rows = [(each.name, str(each.points), str(points[each.name])) for each in answers.scale]
    facts = {"year": framework.fiscal_year, "turned_year": turning.fiscal_year}
    notes = [_tell_kinds(turning, turned), source(answers.source, turned.source)]
    return tabulate("scale", rows, facts, notes)


def _reversing(lesson: LessonData) -> Framework:
    """Return the newest rules that say which items are reversed."""
    return [each for each in lesson.frameworks if each.answers and each.answers.reversed][-1]


def _tell_kinds(framework: Framework, answers: Answers) -> str:
    """Explain with examples that some items are reversed, and some answered yes or no."""
    turned, asked = answers.reversed[0], next(iter(answers.yes_points))
    return say(
        "teaching.kinds",
        year=framework.fiscal_year,
        turned=turned.upper(),
        turned_name=bare_name(framework, turned),
        asked=asked.upper(),
        asked_name=bare_name(framework, asked),
    )


def item_from_answers(lesson: LessonData) -> Table:
    """Return how answers make the score of an item: one way that gives the known score."""
    data = lesson.answered
    answers, found = data.framework.answers, item_with_answers(data.assessment)
    assert answers is not None and found is not None
    code, counts = found
    rows = [
        (each.name, str(count), str(each.points), f"{count * each.points:,}")
        for each, count in zip(answers.scale, counts, strict=True)
    ]
    total = sum(count * each.points for each, count in zip(answers.scale, counts, strict=True))
    name = data.framework.item(code).name
    facts = {
        "item": say("teaching.item", code=code.upper(), name=name),
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "total": f"{total:,}",
        "respondents": sum(counts),
        "score": format_score(data.assessment.exact(code)),
    }
    rows.append((label("teaching.together"), str(sum(counts)), "", f"{total:,}"))
    notes = [say("teaching.item_from_answers.note", **facts), source_of(data, code)]
    return tabulate("item_from_answers", rows, facts, notes)


def indicator_from_items(lesson: LessonData) -> Table:
    """Return how items make an indicator: the lowest one whose items are known."""
    data = lesson.detailed
    indicator = _taught_indicator(lesson)
    items = data.framework.items_under(indicator.code)
    rows = [
        (
            say("teaching.item", code=each.code.upper(), name=each.name or ""),
            format_score(data.assessment.exact(each.code)),
        )
        for each in items
    ]
    mean = weighted_mean((1, data.assessment.exact(each.code)) for each in items)
    total = sum(data.assessment.exact(each.code) for each in items)
    facts = {
        "code": indicator.code,
        "indicator": indicator.name,
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "count": len(items),
        "total": format_score(Fraction(total)),
        "exact": exact(mean),
        "score": format_score(mean),
    }
    rows.append((label("teaching.mean"), exact(mean)))
    notes = [say("teaching.indicator_from_items.note", **facts)]
    notes.append(source_of(data, items[0].code))
    return tabulate("indicator_from_items", rows, facts, notes)


def _taught_indicator(lesson: LessonData) -> Indicator:
    """Return the lowest indicator whose items give its score to the hundredth, else the lowest."""
    assessment = lesson.detailed.assessment
    known = indicators_with_items(assessment)
    return min(known, key=lambda each: (not _agrees(assessment, each), assessment.value(each.code)))


def _agrees(assessment: Assessment, indicator: Indicator) -> bool:
    reading = assessment.reading(indicator.code)
    return reading.computed is not None and to_hundredths(reading.computed) == reading.published


def indicator_from_groups(lesson: LessonData) -> Table:
    """Return how sub-indicators make an indicator, and that the mean of all items is not it."""
    data = lesson.cases["grouped"]
    groups = data.framework.sub_indicators_of("9")
    rows, found, count = [], 0, 0
    for group in groups:
        items = data.framework.items_under(group.code)
        full = sum(data.assessment.exact(each.code) == FULL for each in items)
        found, count = found + full, count + len(items)
        name = say("words.sub_indicator", code=group.code, name=group.name or "")
        score = format_score(data.assessment.exact(group.code))
        rows.append((name, str(len(items)), str(full), score))
    facts = {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "indicator": data.framework.indicator("9").name,
        "groups": len(groups),
        "score": format_score(data.assessment.exact("9")),
        "count": count,
        "flat": format_score(FULL * found / count),
        "years": [
            each.fiscal_year for each in lesson.frameworks if each.item_rule("OIT") == "grouped"
        ],
    }
    rows.append((label("teaching.mean"), "", "", str(facts["score"])))
    notes = [say("teaching.indicator_from_groups.note", **facts), source_of(data, "9")]
    return tabulate("indicator_from_groups", rows, facts, notes)


def instruments(lesson: LessonData) -> Table:
    """Return how the indicators make the instruments, unrounded."""
    data = lesson.shown
    rows: list[Row] = []
    for instrument in data.framework.instruments.list:
        indicators = data.framework.indicators_of(instrument.code)
        spanned = (
            Cell(instrument.code, align="center", rowspan=len(indicators)),
            Cell(
                exact(data.assessment.exact(instrument.code)),
                align="right",
                rowspan=len(indicators),
            ),
        )
        for place, each in enumerate(indicators):
            name = say("report.indicators.row", code=each.code, name=each.name)
            score = number(format_score(data.assessment.value(each.code) or Fraction(0)))
            rows.append((Cell(name, scope="row"), score, *(() if place else spanned)))
    facts = {"name": data.organisation.name, "year": data.fiscal_year}
    heads = label("teaching.instruments.heads").split("|")
    return frame(
        say("teaching.instruments.caption", **facts),
        head_row(*heads, aligns=("left", "right", "center", "right")),
        rows,
        (label("teaching.instruments.note"), source_of(data, "1")),
    )


def overall(lesson: LessonData) -> Table:
    """Return how the weights make the overall score, rounded once at the end."""
    data = lesson.shown
    rows = [
        (
            each.code,
            exact(data.assessment.exact(each.code)),
            str(each.weight),
            exact(data.assessment.exact(each.code) * each.weight / 100),
        )
        for each in data.framework.instruments.list
    ]
    whole = data.assessment.exact("ITA")
    rows.append((label("words.overall"), "", "100", exact(whole)))
    facts = {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "exact": exact(whole),
        "score": format_score(whole),
        "published": published(data),
    }
    return tabulate(
        "overall",
        rows,
        facts,
        [say("teaching.overall.note", **facts), *_tell_difference(data), source_of(data, "ITA")],
    )


def _tell_difference(data: ReportData) -> list[str]:
    """Explain why the published overall score is not the computed one, if they differ."""
    return [
        label(f"teaching.overall.{'rounded' if each.agrees else 'contradicts'}")
        for each in data.assessment.comparisons
        if each.code == "ITA" and each.is_used and each.difference
    ]


def points_lost_chart(lesson: LessonData) -> Figure | Absent:
    """Return where the missing points are."""
    return plot_points_lost(lesson.shown)


def plain_mean(lesson: LessonData) -> Table:
    """Return a real case where the mean of the ten indicators is not the overall score."""
    data = lesson.cases["plain_mean"]
    indicators = data.framework.indicators.list
    plain = weighted_mean((1, data.assessment.exact(each.code)) for each in indicators)
    whole = data.assessment.exact("ITA")
    facts = {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "wrong": format_score(plain),
        "published": published(data),
        "count": len(indicators),
    }
    rows = [
        (label("teaching.plain_mean.weighted"), exact(whole), format_score(whole)),
        (say("teaching.plain_mean.plain", **facts), exact(plain), format_score(plain)),
        (label("teaching.published"), "", published(data)),
    ]
    notes = [say("teaching.plain_mean.note", **facts), source_of(data, "ITA")]
    return tabulate("plain_mean", rows, facts, notes)


def early_rounding(lesson: LessonData) -> Table:
    """Return a real case where rounding the instruments first gives a wrong overall score."""
    data = lesson.cases["early"]
    scores = {e.code: data.assessment.exact(e.code) for e in data.framework.instruments.list}
    rounded = {code: Fraction(to_hundredths(points)) for code, points in scores.items()}
    means = means_of(data.framework)
    late = evaluate(means, scores, "ITA")
    early = evaluate(means, rounded, "ITA")
    assert late is not None and early is not None
    rows = [(code, exact(points), format_score(rounded[code])) for code, points in scores.items()]
    rows.append((label("words.overall"), exact(late), exact(early)))
    rows.append((label("teaching.rounded"), format_score(late), format_score(early)))
    facts = {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "wrong": format_score(early),
        "published": published(data),
    }
    notes = [say("teaching.early_rounding.note", **facts), source_of(data, "ITA")]
    return tabulate("early_rounding", rows, facts, notes)
