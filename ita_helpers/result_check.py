"""What is wrong within one result: figures that exclude each other, or that no answers give.

Used before scores are written, when they are checked, and in the notes of a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ita_helpers.assessment import Assessment
from ita_helpers.bounds import Clash
from ita_helpers.catalogue import join_names, label, say
from ita_helpers.framework import Framework
from ita_helpers.possibility import FEWEST, MOST, Doubt, find_doubts
from ita_helpers.thai import format_score, to_hundredths


@dataclass(frozen=True)
class ResultProblem:
    """One thing to look at: ``codes`` are the figures it is about, the suspected one first.

    ``level`` stands among them for the published level. ``is_certain`` where nothing but a wrong
    figure explains it; a doubt rests on rules that are inferred.
    """

    codes: tuple[str, ...]
    text: str
    is_certain: bool


def check_result(assessment: Assessment) -> tuple[ResultProblem, ...]:
    """Return what is wrong within one organisation's result of one year."""
    return (
        *(_mean(assessment, each) for each in assessment.clashes),
        *_level(assessment),
        *(_doubt(assessment.framework, each) for each in _doubts(assessment)),
    )


def _mean(assessment: Assessment, clash: Clash) -> ResultProblem:
    framework, scores = assessment.framework, assessment.scores.scores
    text = say(
        "result_check.mean",
        name=figure_name(framework, clash.code),
        printed=format_score(scores[clash.code].points) if clash.code in scores else "",
        parts=_listed(assessment, clash.below),
        low=format_score(to_hundredths(clash.low)),
        high=format_score(to_hundredths(clash.high)),
        is_partial=clash.is_partial,
    )
    return ResultProblem((clash.code, *clash.below), text, is_certain=True)


def _level(assessment: Assessment) -> Iterator[ResultProblem]:
    verdict = assessment.verdict
    if verdict.status != "in conflict" or verdict.published is None:
        return
    judged = ("ITA", *assessment.framework.levels.components)
    known = [code for code in judged if code in assessment.scores.scores]
    text = say(
        "result_check.level",
        published=verdict.published,
        possible=join_names(f"“{each.name}”" for each in verdict.possible),
        scores=_listed(assessment, known),
    )
    yield ResultProblem(("level", *known), text, is_certain=True)


def _listed(assessment: Assessment, codes: Iterable[str]) -> str:
    """Return figures with their names."""
    scores = assessment.scores.scores
    named = ((figure_name(assessment.framework, code), scores[code].points) for code in codes)
    return join_names(f"{name} {format_score(points)}" for name, points in named)


def _doubts(assessment: Assessment) -> tuple[Doubt, ...]:
    scores, result = assessment.scores.scores, assessment.scores.result
    printed = {code: each.points for code, each in scores.items()}
    return find_doubts(assessment.framework, printed, result.respondents if result else {})


def _doubt(framework: Framework, doubt: Doubt) -> ResultProblem:
    is_verified = framework.answers is not None and framework.answers.confidence == "verified"
    text = say(
        "result_check.doubt",
        name=figure_name(framework, doubt.code),
        printed=format_score(doubt.printed),
        respondents=doubt.respondents,
        nearest=join_names(format_score(each) for each in doubt.nearest),
        fewest=FEWEST,
        most=MOST,
        is_inferred=not is_verified,
    )
    return ResultProblem((doubt.code,), text, is_certain=False)


def figure_name(framework: Framework, code: str) -> str:
    """Return what a sentence calls a figure: overall score, instrument, part, indicator, item."""
    if code == "ITA":
        return label("words.overall")
    if code in {each.code for each in framework.indicators.list}:
        return say("result_check.indicator", code=code)
    if code in {each.code for each in framework.all_sub_indicators}:
        return say("result_check.sub_indicator", code=code)
    item, _, part = code.partition("@")
    if item in framework.item_codes:
        return say("result_check.item", code=item.upper(), part=part)
    return framework.component_name(code)
