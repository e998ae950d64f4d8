"""Telling weighted points from scores, office by office, before anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ita_helpers.errors import BadImport
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.found import CONFLICTING, FULL, Found, FoundScore, FoundYear
from ita_helpers.importing.mistakes import Mistakes
from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import Score
from ita_helpers.scoring.weighted import are_points, has_all_instruments, weights_of
from ita_helpers.store.rules import read_framework

FEW = 10


def tell_points_from_scores(workspace: Workspace, reading: Found) -> Found:
    """Return what was read with each weighted point marked as one, and a remark for each sheet.

    A figure that may be either is a mistake.
    """
    known = workspace.framework_years()
    shown, hidden, years = Mistakes(), Mistakes(), list[FoundYear]()
    for each in reading.years:
        with (hidden if each.is_hidden else shown).kept():
            is_known = each.fiscal_year in known
            rules = read_framework(workspace, each.fiscal_year) if is_known else None
            years.append(_told(rules, each) if rules else each)
    remarks = (*reading.remarks, *_remarks(years))
    return Found(
        tuple(years),
        remarks,
        (*reading.mistakes, *shown.found),
        (*reading.hidden_mistakes, *hidden.found),
    )


def scores_of(found: Sequence[FoundScore]) -> dict[str, Score]:
    """Return the scores that are used, by code."""
    return {
        each.code: Score(each.code, each.points, "", "", "", weighted=each.weighted)
        for each in found
        if each.status != CONFLICTING
    }


def _told(framework: Framework, year: FoundYear) -> FoundYear:
    weights = weights_of(framework)
    for each in year.scores:
        _check_out_of(each, weights.get(each.code))
    used = [each for each in year.scores if each.code in weights and each.status != CONFLICTING]
    undecided = [each.code for each in used if not each.out_of]
    if not undecided or not _are_points(framework, year, used):
        return year
    scores = (
        replace(each, out_of=weights[each.code])
        if each.code in undecided and each.status != CONFLICTING
        else each
        for each in year.scores
    )
    return replace(year, scores=tuple(scores))


def _check_out_of(score: FoundScore, weight: int | None) -> None:
    if score.out_of not in (0, weight, FULL):
        value = f"{score.points}/{score.out_of}"
        raise BadImport(problem="out_of", value=value, like=weight or "", **score.place.facts)


def _are_points(framework: Framework, year: FoundYear, used: Sequence[FoundScore]) -> bool:
    """Whether the undecided figures are weighted points.

    The text beside them decides if the office's other figures do not.
    """
    level = year.result["level"][0] if "level" in year.result else None
    found = are_points(framework, scores_of(year.scores), level)
    if found is not None:
        return found
    said = {each.out_of or each.headed for each in used} - {0}
    if said:
        return said != {FULL}
    is_whole = has_all_instruments(framework, [each.code for each in used])
    if is_whole or not year.asks_for_scores:
        raise _undecided(framework, used)
    return False


def _undecided(framework: Framework, used: Sequence[FoundScore]) -> BadImport:
    weights = weights_of(framework)
    first = used[0]
    value = join_names(f"{each.code} {format_score(each.points)}" for each in used)
    points = format_score(first.points)
    like = f"{points}/{FULL}, {points}/{weights[first.code]}"
    return BadImport(problem="weighted", value=value, like=like, **first.place.facts)


def _remarks(years: Sequence[FoundYear]) -> Iterator[str]:
    """Yield a sentence for each sheet that has weighted points."""
    by_sheet: dict[tuple[str, str], list[list[FoundScore]]] = {}
    for year in years:
        if taken := [each for each in year.scores if each.weighted]:
            place = taken[0].place
            by_sheet.setdefault((place.file, place.sheet), []).append(taken)
    for (file, sheet), offices in by_sheet.items():
        yield say("import.remarks.weighted", file=file, sheet=sheet, **_facts(offices))


def _facts(offices: Sequence[Sequence[FoundScore]]) -> Mapping[str, object]:
    cells = [_cells(each) for each in offices[:FEW]]
    weights = {each.code: each.out_of for taken in offices for each in taken}
    shown = max(offices[0], key=lambda each: each.out_of - each.points)
    return {
        "cells": cells,
        "more": len(offices) - len(cells),
        "weights": join_names(
            say("import.weight", code=code, weight=weight) for code, weight in weights.items()
        ),
        "name": shown.code,
        "points": format_score(shown.points),
        "weight": shown.out_of,
        "score": format_score(scores_of([shown])[shown.code].exact),
    }


def _cells(taken: Sequence[FoundScore]) -> str:
    first, last = taken[0].place.cell, taken[-1].place.cell
    return first if first == last else f"{first}–{last}"
