"""What is wrong within one result: figures that exclude each other or that no answers give.

Used before scores are written, when they are checked, and in the notes of a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.problem import Problem
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.bounds import Clash
from ita_helpers.scoring.possibility import FEWEST, MOST, Doubt, counted_codes, find_doubts
from ita_helpers.scoring.weighted import are_points, weights_of
from ita_helpers.words.figures import about, figure_name


def check_result(assessment: Assessment) -> tuple[Problem, ...]:
    """Return what is wrong within one organisation's result of one year, what is certain first."""
    doubts = (_doubt(assessment.framework, each) for each in _doubts(assessment))
    return (*find_contradictions(assessment), *doubts)


def find_contradictions(assessment: Assessment) -> tuple[Problem, ...]:
    """Return the figures of a result that exclude each other."""
    if weighted := _weighted(assessment):
        return (weighted, *_nobody(assessment))
    means = (_mean(assessment, each) for each in assessment.clashes)
    return (*means, *_level(assessment), *_nobody(assessment))


def _problem(
    key: str, codes: tuple[str, ...], *, is_certain: bool = True, **facts: object
) -> Problem:
    statement, remedy = (say(f"result_check.{each}", **facts) for each in (key, f"{key}_remedy"))
    return Problem(key, statement, remedy, codes=codes, is_certain=is_certain)


def _weighted(assessment: Assessment) -> Problem | None:
    """Report instrument scores that, by all other figures, are weighted points."""
    framework, scores = assessment.framework, assessment.scores.scores
    if not are_points(framework, scores, assessment.verdict.published):
        return None
    weights = weights_of(framework)
    codes = tuple(code for code in weights if code in scores and not scores[code].weighted)
    overall = tuple(code for code in ("ITA",) if code in scores)
    return _problem(
        "weighted",
        (*codes, *overall),
        parts=_listed(assessment, codes),
        overall=_listed(assessment, overall),
        like=join_names(f"{code} {scores[code].points:.2f}/{weights[code]}" for code in codes),
    )


def _mean(assessment: Assessment, clash: Clash) -> Problem:
    return _problem(
        "mean",
        (clash.code, *clash.below),
        name=figure_name(assessment.framework, clash.code),
        printed=_printed(assessment, clash.code),
        parts=_listed(assessment, clash.below),
        low=format_score(to_hundredths(clash.low)),
        high=format_score(to_hundredths(clash.high)),
        is_partial=clash.is_partial,
    )


def _level(assessment: Assessment) -> Iterator[Problem]:
    verdict = assessment.verdict
    if verdict.status != "in conflict" or verdict.published is None:
        return
    judged = ("ITA", *assessment.framework.levels.judged)
    known = tuple(code for code in judged if code in assessment.scores.scores)
    yield _problem(
        "level",
        ("level", *known),
        published=verdict.published,
        possible=join_names(f"“{each.name}”" for each in verdict.possible),
        scores=_listed(assessment, known),
    )


def _nobody(assessment: Assessment) -> Iterator[Problem]:
    """Report scores that no answers can have given."""
    framework, scores = assessment.framework, assessment.scores.scores
    respondents = assessment.scores.result.respondents if assessment.scores.result else {}
    for counted_as, codes in counted_codes(framework).items():
        known = tuple(code for code in codes if code in scores)
        if known and respondents.get(counted_as) == 0:
            name = figure_name(framework, codes[0])
            parts = _listed(assessment, known)
            yield _problem("nobody", (*known, f"respondents_{counted_as}"), name=name, parts=parts)


def _listed(assessment: Assessment, codes: Iterable[str]) -> str:
    """Return figures with their names."""
    framework = assessment.framework
    return join_names(
        f"{figure_name(framework, code)} {_printed(assessment, code)}" for code in codes
    )


def _printed(assessment: Assessment, code: str) -> str:
    score = assessment.scores.scores.get(code)
    return about(Fraction(score.exact), is_exact=score.weighted is None) if score else ""


def _doubts(assessment: Assessment) -> tuple[Doubt, ...]:
    scores, result = assessment.scores.scores, assessment.scores.result
    printed = {code: each.points for code, each in scores.items() if not each.weighted}
    return find_doubts(assessment.framework, printed, result.respondents if result else {})


def _doubt(framework: Framework, doubt: Doubt) -> Problem:
    is_verified = framework.answers is not None and framework.answers.confidence == "verified"
    return _problem(
        "doubt",
        (doubt.code,),
        is_certain=False,
        name=figure_name(framework, doubt.code),
        printed=format_score(doubt.printed),
        respondents=doubt.respondents,
        nearest=join_names(format_score(each) for each in doubt.nearest),
        fewest=FEWEST,
        most=MOST,
        is_inferred=not is_verified,
    )
