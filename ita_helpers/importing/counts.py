"""Reading counts that stand beside scores: respondents, and organisations assessed and passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ita_helpers.documents.claims import CountClaim
from ita_helpers.errors import BadImport
from ita_helpers.importing.found import Place
from ita_helpers.importing.values import read_count
from ita_helpers.records.framework import Framework


def read_counts(claims: Iterable[CountClaim], framework: Framework) -> dict[str, tuple[str, Place]]:
    """Return columns of ``data/results`` with their places.

    Respondents of a whole survey that has parts have no column. Raises ``BadImport`` for two values
    of one, and for more organisations that passed than were assessed.
    """
    found: dict[str, tuple[str, Place]] = {}
    for each in claims:
        key, place = column_of(each.key, framework), Place.in_report(each.spot)
        value = read_count(each.text, place)
        if not key or not value:
            continue
        known, first = found.setdefault(key, (value, place))
        if known != value:
            raise BadImport(problem="twice", value=value, like=first.cell, **place.facts)
    _refuse_more_passed(found)
    return found


def column_of(key: str, framework: Framework) -> str:
    """Return the column of a count; empty for a whole survey where its parts have their own."""
    if key != "respondents_eit":
        return key
    has_parts = any(each.parts for each in framework.instruments.list)
    return "" if has_parts else "respondents_eit1"


def _refuse_more_passed(found: Mapping[str, tuple[str, Place]]) -> None:
    if "assessed" in found and "passed" in found:
        (assessed, _), (passed, place) = found["assessed"], found["passed"]
        if int(passed) > int(assessed):
            raise BadImport(problem="passed_above", value=passed, like=assessed, **place.facts)
