"""All rules for finished reports, and what they find in one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ita_helpers.checks.finished.comparisons import comparing, order, ranks
from ita_helpers.checks.finished.counts import counting
from ita_helpers.checks.finished.levels import bands, level_conditions, levels
from ita_helpers.checks.finished.names import instruments, items, naming, offices
from ita_helpers.checks.finished.outcome import SEVERITIES
from ita_helpers.checks.finished.plans import planning
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Rule
from ita_helpers.checks.finished.scores import values
from ita_helpers.checks.finished.sums import aggregates, arithmetic, columns, weights
from ita_helpers.checks.finished.times import years
from ita_helpers.checks.finished.writing import headings, writing
from ita_helpers.documents.claims import Claims
from ita_helpers.documents.document import Document, Line
from ita_helpers.records.framework import Framework
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.problem import Problem
from ita_helpers.records.spot import Spot

_ALL = (
    *values.RULES,
    *ranks.RULES,
    *arithmetic.RULES,
    *aggregates.RULES,
    *counting.RULES,
    *columns.RULES,
    *levels.RULES,
    *level_conditions.RULES,
    *naming.RULES,
    *order.RULES,
    *comparing.RULES,
    *offices.RULES,
    *years.RULES,
    *planning.RULES,
    *items.RULES,
    *weights.RULES,
    *bands.RULES,
    *instruments.RULES,
    *headings.RULES,
    *writing.RULES,
)
RULES: tuple[Rule, ...] = tuple(sorted(_ALL, key=lambda rule: rule.code))
"""The rules in the order of their codes."""


_NOWHERE = Spot("")
OF_WORDS = ("ITA202", "ITA203", "ITA51", "ITA616", "ITA617", "ITA618", "ITA82", "ITA901", "ITA902")
"""The rules that hold for any words, whatever stands around them."""
ANY_VALUE = "ITA101"
"""The rule about any value that is told otherwise elsewhere."""


def chosen_rules(select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules whose codes begin with what is selected, but for those ignored."""
    return tuple(
        rule
        for rule in RULES
        if (not select or rule.code.startswith(tuple(select)))
        and not (ignore and rule.code.startswith(tuple(ignore)))
    )


def check_any_words(text: str, rules: Framework) -> list[Problem]:
    """Return what breaks the rules in words that somebody wrote: a notebook's, or a plan's."""
    document = Document("", (Line(text, text, _NOWHERE),))
    report = Report(document, Claims("", 0, ()), {0: rules}, OfficeNames(()))
    return check_finished(report, chosen_rules(OF_WORDS))


def check_finished(
    report: Report,
    rules: Sequence[Rule] = RULES,
    on_failure: Callable[[Rule, Exception], None] | None = None,
) -> list[Problem]:
    """Return what breaks the rules in a report, in reading order; each place once a rule.

    A rule that fails is handed to ``on_failure``, and the others go on; without it, it raises.
    """
    found = {}
    for rule in rules:
        try:
            problems = list(rule.check(report))
        except Exception as error:
            if on_failure is None:
                raise
            on_failure(rule, error)
            continue
        found.update({(each.rule, each.spot, each.found): each for each in problems})
    told = _told_once(found.values())
    order: dict[tuple[object, ...], int] = {}
    for place, passage in enumerate(report.passages):
        order.setdefault(_place(passage.spot), place)
        order.setdefault(_place(passage.spot, is_row=True), place)
    return sorted(told, key=lambda each: order.get(_place(each.spot or _NOWHERE), 0))


def _told_once(problems: Collection[Problem]) -> list[Problem]:
    """Return problems without those whose words another one calls wrong at the same place.

    The gravest stays, then the one that knows more than that a value is told otherwise elsewhere.
    """
    ranked = sorted(
        problems,
        key=lambda each: (
            SEVERITIES.index(each.severity),
            each.rule == ANY_VALUE,
            -len(each.found),
        ),
    )
    told: dict[tuple[object, ...], list[Problem]] = {}
    for each in ranked:
        place = (_place(each.spot or _NOWHERE, is_row=True), each.sentence, each.at)
        known = told.setdefault(place, [])
        if not any(_is_told_by(each, other) for other in known):
            known.append(each)
    kept = {id(each) for known in told.values() for each in known}
    return [each for each in problems if id(each) in kept]


def _is_told_by(one: Problem, other: Problem) -> bool:
    """Whether a problem at the same place is told by another one, which does not cut its word."""
    rest = other.found.removeprefix(one.found)
    is_cut = one.rule == other.rule and one.at is not None and rest not in ("", other.found)
    return bool(one.found) and (one.found == other.found or (is_cut and not rest[0].isspace()))


def _place(spot: Spot, *, is_row: bool = False) -> tuple[object, ...]:
    """Return what tells one place of a document from another; of a cell also that of its row."""
    column = 0 if is_row else spot.column
    return spot.page, spot.line, spot.table, spot.row, column, spot.cell
