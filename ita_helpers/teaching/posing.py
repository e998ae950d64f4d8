"""Exercises made from a year's rules and a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.table import Cell, Table, head_row, left_then_right, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Answers, Level
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.bounds import FULL
from ita_helpers.scoring.means import evaluate, means_of
from ita_helpers.teaching.answers import find_answers
from ita_helpers.teaching.exercises import ASKED, Calculation, Exercise, Grading, Sifting
from ita_helpers.words.rules import describe_further

ALL, NOTHING = "all", "nothing"
ENDS = {ALL: FULL, NOTHING: Fraction(0)}
ITEMS_YEAR, TOTALS_YEAR, LEVEL_YEAR, ANSWERS_YEAR = 2564, 2566, 2567, 2568
"""The years of the made-up organisation whose figures the exercises take."""
EXERCISED = (ITEMS_YEAR, TOTALS_YEAR, LEVEL_YEAR)
"""The years whose published figures are answers."""


def make_exercises(
    by_items: Assessment, by_totals: Assessment, by_level: Assessment, by_answers: Assessment
) -> tuple[Exercise, ...]:
    """Return the exercises on one organisation's figures of four years.

    The first result has items, sub-indicators and respondents, the second all indicators, the
    third a level by components, the fourth respondents under the newest rules. No year's table
    shows the answer to another exercise.
    """
    answers = by_items.framework.answers
    assert answers is not None
    return (
        _reversed_item(by_items, answers, answers.reversed[1]),
        _yes_no_item(by_items, answers, next(iter(answers.yes_points))),
        _indicator(by_items, answers, "3"),
        _grouped(by_items, "9"),
        _overall(by_totals),
        _level(by_level, "EIT", Fraction(84)),
        _effect(by_answers, "7", Fraction(5)),
        _respondent(by_answers, "1"),
        _mistyped(by_items, answers, ("i2", "i7")),
    )


def _reversed_item(assessment: Assessment, answers: Answers, code: str) -> Exercise:
    """Ask for the score of a reversed item; forgetting to reverse it is the mistake."""
    points = tuple(each.points for each in answers.scale)
    counts = _answers_to(assessment, code, points)[::-1]
    rows = [
        (each.name, str(each.points), str(count))
        for each, count in zip(answers.scale, counts, strict=True)
    ]
    turned = points[::-1]
    worth = " ".join(f"{e.name} {each}" for e, each in zip(answers.scale, turned, strict=True))
    facts = _item_facts(assessment, code) | {"points": worth}
    return Exercise(
        "reversed",
        _of_answers(counts, turned),
        (_table("reversed", rows, facts),),
        facts,
        {"forgotten": _of_answers(counts, points)},
    )


def _yes_no_item(assessment: Assessment, answers: Answers, code: str) -> Exercise:
    """Ask for the score of a yes-or-no item; reversing its points is the mistake."""
    yes = answers.yes_points[code]
    counts = _answers_to(assessment, code, (100 - yes, yes))
    rows = [
        (label("teaching.exercises.yes_no.no"), str(counts[0])),
        (label("teaching.exercises.yes_no.yes"), str(counts[1])),
    ]
    facts = {**_item_facts(assessment, code), "yes": yes, "no": 100 - yes}
    return Exercise(
        "yes_no",
        _of_answers(counts, (100 - yes, yes)),
        (_table("yes_no", rows, facts),),
        facts,
        {"swapped": _of_answers(counts, (yes, 100 - yes))},
    )


def _answers_to(assessment: Assessment, code: str, points: tuple[int, ...]) -> Sequence[int]:
    """Return answers that give an item's score, in the order of the points."""
    scale = tuple(sorted(points))
    found = find_answers(to_hundredths(assessment.exact(code)), _respondents(assessment), scale)
    assert found is not None
    by_points = dict(zip(scale, found, strict=True))
    return [by_points[each] for each in points]


def _respondents(assessment: Assessment) -> int:
    result = assessment.scores.result
    assert result is not None
    return result.respondents["iit"]


def _of_answers(counts: Sequence[int], points: Sequence[int]) -> Calculation:
    codes = [f"answer {place}" for place, _ in enumerate(counts)]
    values = {code: Fraction(each) for code, each in zip(codes, points, strict=True)}
    return Calculation({ASKED: tuple(zip(counts, codes, strict=True))}, values)


def _item_facts(assessment: Assessment, code: str) -> dict[str, object]:
    return {
        "item": code.upper(),
        "name": bare_name(assessment.framework, code),
        "respondents": _respondents(assessment),
        "year": assessment.fiscal_year,
    }


def bare_name(framework: Framework, item: str) -> str:
    """Return an item's text without brackets at its end."""
    name = framework.item(item).name or ""
    return name.rpartition(" (")[0] if name.endswith(")") else name


def _indicator(assessment: Assessment, answers: Answers, code: str) -> Exercise:
    """Ask for the mean of items; reversing already reversed ones is the mistake."""
    framework = assessment.framework
    values = {each.code: assessment.exact(each.code) for each in framework.items_under(code)}
    turned = {
        item: FULL - points if item in answers.reversed else points
        for item, points in values.items()
    }
    rows = [
        (say("teaching.item", code=item.upper(), name=bare_name(framework, item)), points)
        for item, points in values.items()
    ]
    facts = _indicator_facts(assessment, code) | {"count": len(values)}
    means = {ASKED: means_of(framework)[code]}
    written = [(name, format_score(points)) for name, points in rows]
    return Exercise(
        "indicator",
        Calculation(means, values),
        (_table("indicator", written, facts),),
        facts,
        {"again": Calculation(means, turned)},
    )


def _grouped(assessment: Assessment, code: str) -> Exercise:
    """Ask for an indicator made of sub-indicators; the mean of all its items is the mistake."""
    groups = assessment.framework.sub_indicators_of(code)
    full: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for group in groups:
        items = assessment.framework.items_under(group.code)
        full[group.code] = sum(assessment.exact(each.code) == FULL for each in items)
        sizes[group.code] = len(items)
    means = {ASKED: tuple((1, each.code) for each in groups)} | {
        each.code: ((full[each.code], ALL), (sizes[each.code] - full[each.code], NOTHING))
        for each in groups
    }
    found, count = sum(full.values()), sum(sizes.values())
    flat = {ASKED: ((found, ALL), (count - found, NOTHING))}
    rows = [
        (
            say("words.sub_indicator", code=each.code, name=each.name or ""),
            str(sizes[each.code]),
            str(full[each.code]),
        )
        for each in groups
    ]
    facts = _indicator_facts(assessment, code) | {"count": count, "groups": len(groups)}
    return Exercise(
        "grouped",
        Calculation(means, ENDS),
        (_table("grouped", rows, facts),),
        facts,
        {"flat": Calculation(flat, ENDS)},
    )


def _indicator_facts(assessment: Assessment, code: str) -> dict[str, object]:
    name = assessment.framework.indicator(code).name
    return {"code": code, "name": name, "year": assessment.fiscal_year}


def _overall(assessment: Assessment) -> Exercise:
    """Ask for the overall score; the mean of all indicators is the mistake."""
    framework = assessment.framework
    values = {each.code: assessment.exact(each.code) for each in framework.indicators.list}
    means = means_of(framework)
    plain = {ASKED: tuple((1, code) for code in values)}
    alike = {**means, ASKED: tuple((1, code) for _, code in means["ITA"])}
    weights = " : ".join(str(each.weight) for each in framework.instruments.list)
    facts: dict[str, object] = {"year": assessment.fiscal_year, "weights": weights}
    rows = [
        (
            say("report.indicators.row", code=each.code, name=each.name),
            each.instrument,
            format_score(values[each.code]),
        )
        for each in framework.indicators.list
    ]
    return Exercise(
        "overall",
        Calculation({**means, ASKED: means["ITA"]}, values),
        (_table("overall", rows, facts),),
        facts,
        {"plain": Calculation(plain, values), "alike": Calculation(alike, values)},
    )


def _level(assessment: Assessment, component: str, points: Fraction) -> Exercise:
    """Ask for the level if a component were lower; the overall score alone is the mistake."""
    framework = assessment.framework
    values = {each.code: assessment.exact(each.code) for each in framework.instruments.list}
    before, values[component] = values[component], points
    overall = evaluate(means_of(framework), values, "ITA")
    assert overall is not None
    facts = {
        "year": assessment.fiscal_year,
        "component": component,
        "points": format_score(points),
        "before": format_score(before),
    }
    named = {label("words.overall"): overall} | values
    rows = [(name, format_score(each)) for name, each in named.items()]
    return Exercise(
        "level",
        Grading(framework, overall, values),
        (_table("level", rows, facts), _conditions(framework)),
        facts,
        {"overall_only": Grading(framework, overall, {})},
    )


def _conditions(framework: Framework) -> Table:
    """Return what each level asks of the overall score and of every component."""
    rows = [
        (
            each.name,
            format_score(Fraction(each.overall)),
            _of_components(framework, each),
        )
        for each in framework.levels.list
    ]
    return _table("conditions", rows, {"year": framework.fiscal_year})


def _of_components(framework: Framework, level: Level) -> str:
    every = format_score(Fraction(level.every_component)) if level.every_component else ""
    return " ".join(filter(None, (every, describe_further(framework, level)))) or "–"


def _effect(assessment: Assessment, code: str, rise: Fraction) -> Exercise:
    """Ask what a number of extra points in one indicator adds to the overall score."""
    framework = assessment.framework
    values = {each.code: Fraction(0) for each in framework.indicators.list} | {code: rise}
    means = means_of(framework)
    instrument = framework.indicator(code).instrument
    facts = _indicator_facts(assessment, code) | {
        "rise": format_score(rise),
        "instrument": instrument,
    }
    rows = [
        (each.code, str(each.weight), str(len(framework.indicators_of(each.code))))
        for each in framework.instruments.list
    ]
    return Exercise(
        "effect",
        Calculation({**means, ASKED: means["ITA"]}, values),
        (_table("effect", rows, facts),),
        facts,
        {
            "same": Calculation({ASKED: ((1, code),)}, values),
            "instrument": Calculation({**means, ASKED: means[instrument]}, values),
        },
    )


def _respondent(assessment: Assessment, code: str) -> Exercise:
    """Ask how far one respondent of an item moves its indicator."""
    count = len(assessment.framework.items_under(code))
    respondents = _respondents(assessment)
    item = {"item": ((1, ALL), (respondents - 1, NOTHING))}
    facts = _indicator_facts(assessment, code) | {"count": count, "respondents": respondents}
    rows = [
        (label("teaching.exercises.respondent.respondents"), str(respondents)),
        (label("teaching.exercises.respondent.items"), str(count)),
    ]
    return Exercise(
        "respondent",
        Calculation({**item, ASKED: ((1, "item"), (count - 1, NOTHING))}, ENDS),
        (_table("respondent", rows, facts),),
        facts,
        {"item_only": Calculation({**item, ASKED: ((1, "item"),)}, ENDS)},
    )


def _mistyped(assessment: Assessment, answers: Answers, codes: tuple[str, str]) -> Exercise:
    """Ask which of two items' scores was mistyped: the second, whose decimals are swapped."""
    first, second = (to_hundredths(assessment.exact(code)) for code in codes)
    figures = (first, _exchanged(second))
    points = tuple(each.points for each in answers.scale)
    facts: dict[str, object] = {
        "respondents": _respondents(assessment),
        "points": points,
        "year": assessment.fiscal_year,
    }
    rows = [
        (say("teaching.item", code=code.upper(), name=bare_name(assessment.framework, code)), text)
        for code, text in zip(codes, map(str, figures), strict=True)
    ]
    asked = Sifting(figures, _respondents(assessment), points)
    return Exercise("mistyped", asked, (_table("mistyped", rows, facts),), facts)


def _exchanged(score: Decimal) -> Decimal:
    """Return a score with its two decimals swapped, as in a typing error."""
    whole, _, decimals = f"{score:.2f}".partition(".")
    return Decimal(f"{whole}.{decimals[::-1]}")


def _table(key: str, rows: Sequence[tuple[str, ...]], facts: Mapping[str, object]) -> Table:
    heads = label(f"teaching.exercises.{key}.heads").split("|")
    return Table(
        caption=say(f"teaching.exercises.{key}.caption", **facts),
        head=(head_row(*heads, aligns=left_then_right(len(heads) - 1)),),
        body=tuple((Cell(name, scope="row"), *map(number, cells)) for name, *cells in rows),
    )
