"""What another version of a plan would change, a line for each measure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ita_helpers.documents.plan_heads import head_of
from ita_helpers.language.catalogue import join_names, say, section
from ita_helpers.language.dates import format_date
from ita_helpers.records.names import normal
from ita_helpers.records.plan import Measure, Plan


def describe_changes(old: Plan | None, new: Plan) -> Iterator[str]:
    """Yield a line for each measure that is new, gone, or has another value.

    Measures are told apart by their names; of several of one name each is compared with its like.
    """
    before = _by_name(old) if old else {}
    after = _by_name(new)
    for key, measure in after.items():
        if key not in before:
            yield say("plan.change.new", name=measure.name)
        elif changes := list(_changes(before[key], measure)):
            yield say("plan.change.changed", name=measure.name, changes=changes)
    for key, measure in before.items():
        if key not in after:
            yield say("plan.change.gone", name=measure.name)


def _by_name(plan: Plan) -> dict[tuple[str, int], Measure]:
    found: dict[tuple[str, int], Measure] = {}
    for each in plan.measures:
        name = normal(each.name)
        found[name, sum(key[0] == name for key in found)] = each
    return found


def _changes(old: Measure, new: Measure) -> Iterator[str]:
    for column in section("plan.columns"):
        before, after = (_shown(_value(each, column)) for each in (old, new))
        if before != after:
            yield say("plan.change.value", what=head_of(column), old=before, new=after)


def _value(measure: Measure, column: str) -> object:
    """Return what a column says: words of the file where they say more than the values."""
    words = {"start": measure.period, "indicators": measure.aimed_at, "status": measure.status_said}
    return words.get(column) or getattr(measure, "name" if column == "measure" else column)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    return join_names(value) if isinstance(value, tuple) else str(value or "")
