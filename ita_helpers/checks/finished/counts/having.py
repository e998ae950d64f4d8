"""Which of the things that a claim counts have what is told, in one year and in another."""

from __future__ import annotations

from ita_helpers.checks.finished.counts.many import MORE, Quantified
from ita_helpers.checks.finished.counts.things_counted import Group, groups
from ita_helpers.checks.finished.report import Report
from ita_helpers.values import replace


def having_in(claim: Quantified, group: Group) -> tuple[list[str], list[str]]:
    """Return which of a group have what is told, and of which that is not known."""
    having, unknown = [], []
    for code, thing in group.items():
        is_meant = claim.among.holds(thing) if claim.among else True
        has = claim.told.holds(thing) if is_meant and claim.told else False
        if is_meant is None or has is None:
            unknown.append(code)
        elif has:
            having.append(code)
    return having, unknown


def among_in(claim: Quantified, group: Group) -> list[str]:
    """Return those of a group that a claim is about."""
    return [code for code, thing in group.items() if not claim.among or claim.among.holds(thing)]


def wrong_change(report: Report, claim: Quantified) -> int | None:
    """Return by how many more or fewer have something than then, if it is not as told.

    None if it may be as told, or if what is known is not enough to tell.
    """
    sign, counted = (1 if claim.part.how == MORE else -1), replace(claim.part, how="count")
    of_year = replace(claim, part=counted)
    right = None
    for now in groups(report, replace(of_year, year=report.year)):
        for then in groups(report, of_year):
            if list(now) != list(then):
                continue
            pairs = ((a, b) for a in _sizes(claim, now) for b in _sizes(claim, then))
            changes = {(a - b) * sign for a, b in pairs}
            if not changes or claim.part.number in changes:
                return None
            right = max(changes) if right is None else right
    return right


def _sizes(claim: Quantified, group: Group) -> set[int]:
    """Return how many of a group may have what is told, none if that is not known."""
    having, unknown = having_in(claim, group)
    if unknown:
        return set()
    others = (
        len(having_in(claim, {**group, code: other})[0])
        for code, thing in group.items()
        for other in thing.others
    )
    return {len(having), *others}
