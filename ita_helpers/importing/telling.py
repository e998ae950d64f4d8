"""Describing what an import would change, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ita_helpers.importing.new_values import Import, NewValue
from ita_helpers.importing.result_problems import FoundProblem
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.places import places_of

MOST_LINES = 30
"""Up to this many changes are shown one by one; beyond that, one line per office."""
FEW = 10


def describe_plan(plan: Import, *, whole: bool = False) -> Iterator[str]:
    """Yield the lines that show what an import would do, the ``whole`` of it or at most some.

    If there are many values, the whole has one line per office with all of them.
    """
    newcomers = [
        _say("newcomer", name=each.name, code=each.code, places=places_of(*_placed(each)))
        for each in plan.newcomers
    ]
    yield from _section("newcomers", newcomers, most=len(newcomers))
    if len(plan.additions) <= MOST_LINES:
        lines = [_describe_change("addition", plan, each) for each in plan.additions]
    else:
        lines = list(_offices(plan, whole=whole))
    yield from _section("additions", lines, len(plan.additions))
    yield from _section("plans", list(_plans(plan)), len(plan.plans), most=MOST_LINES)
    contradictions = [_describe_change("contradiction", plan, each) for each in plan.contradictions]
    most = len(contradictions) if whole else MOST_LINES
    yield from _section("contradictions", contradictions, most=most)
    yield from _section("problems", [_describe_problem(plan, each) for each in plan.problems])
    yield from describe_hidden(plan)
    remarks = [_say("remark", text=each) for each in plan.remarks]
    yield from _section("remarks", remarks, most=MOST_LINES)


def describe_hidden(plan: Import) -> Iterator[str]:
    """Yield the lines that report what is hidden in the files."""
    lines = [
        _say("hidden_row", name=each.office.name, year=each.fiscal_year, place=str(each.place))
        for each in plan.hidden
    ]
    yield from _section("hidden", lines)


def _placed(office: Newcomer) -> tuple[str, str, str]:
    return office.name, office.district, office.province


def _section(
    key: str, lines: list[str], count: int | None = None, most: int = FEW
) -> Iterator[str]:
    if not lines:
        return
    yield _say(key, count=len(lines) if count is None else count)
    shown = lines if len(lines) <= max(most, MOST_LINES) else lines[:most]
    yield from shown
    if len(shown) < len(lines):
        yield _say("more", count=len(lines) - len(shown))


def _plans(plan: Import) -> Iterator[str]:
    """Yield a line for each plan, and below it one for each of its measures."""
    for (code, year), found in plan.plans.items():
        yield _say("plan", name=plan.names[code], year=year, count=len(found))
        for each in found:
            yield _say("measure", name=each.measure.name, where=each.place.where)


def _offices(plan: Import, *, whole: bool) -> Iterator[str]:
    by_office: dict[tuple[str, int], list[NewValue]] = {}
    for each in plan.additions:
        by_office.setdefault((each.organisation, each.fiscal_year), []).append(each)
    for (code, year), changes in by_office.items():
        overall = next((each.new for each in changes if each.what == "ITA"), "")
        name = plan.names[code]
        values = [f"{_what(each)} {_shown(each, each.new)}" for each in changes] if whole else []
        shown = "" if whole else overall
        yield _say("office", name=name, year=year, count=len(changes), overall=shown, values=values)


def _describe_change(key: str, plan: Import, change: NewValue) -> str:
    return _say(
        key,
        name=plan.names[change.organisation],
        year=change.fiscal_year,
        what=_what(change),
        old=_shown(change, change.old),
        new=_shown(change, change.new),
        place=str(change.place),
        where=change.place.where,
    )


def _describe_problem(plan: Import, found: FoundProblem) -> str:
    return _say(
        "problem",
        name=plan.names[found.organisation],
        year=found.fiscal_year,
        text=found.problem.text,
        places=[str(each) for each in found.places[:FEW]],
    )


def _shown(change: NewValue, value: str) -> str:
    """Return a value as people write it: a day in Thai, with its year B.E."""
    if change.what != "announced" or not value:
        return value
    try:
        return format_date(date.fromisoformat(value))
    except ValueError:
        return value


def _what(change: NewValue) -> str:
    if change.table == "results":
        return label(f"cli.import.what.{change.what}")
    if change.table == "suggestions":
        return _say("what.suggestion", code=change.what.upper())
    if change.table == "ranks":
        return label(f"cli.import.what.rank_{change.what}")
    if change.what == "note":
        return label("cli.import.what.note")
    if change.what == "ITA":
        return label("cli.import.what.overall")
    key = "indicator" if change.what[0].isdigit() else "score"
    return _say(f"what.{key}", code=change.what.upper())


def _say(key: str, **facts: object) -> str:
    return say(f"cli.import.{key}", **facts)
