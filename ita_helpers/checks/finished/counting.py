"""Numbers of things that are counted in words, and shares of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.checks.finished.agreeing import numbered_lists, parts_of_cases
from ita_helpers.checks.finished.arithmetic import off_by, other_means
from ita_helpers.checks.finished.planned_counts import wrong_measures
from ita_helpers.checks.finished.quantities import wrong_counts, wrong_lists
from ita_helpers.checks.finished.reckoning import may_be_sum, wrong_shares, wrong_sums
from ita_helpers.checks.finished.relations import wrong_totals
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.stated import wrong_totals_of_rules
from ita_helpers.checks.finished.told_sums import wrong_means_of_years


def _counts_of_rules(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators, of all or of an instrument, that the year does not have."""
    rules = report.rules
    if not rules:
        return
    for passage, place in report.find("all_indicators"):
        if int(place["count"]) > len(rules.indicators.list):
            right = str(len(rules.indicators.list))
            yield found_in(passage, place.start("count"), place["count"], right=right).told("rules")
    for passage, place in report.find("indicators_of_instrument"):
        right = str(len(rules.indicators_of(place["code"])))
        if place["count"] != right:
            yield found_in(passage, place.start("count"), place["count"], right=right).told("rules")


def _shares(report: Report) -> Iterator[Found]:
    """Yield shares in per cent that are not those of the two numbers beside them."""
    for key in ("share_of",):
        for passage, place in report.find(key):
            whole, part = (_number(place[each]) for each in ("whole", "part"))
            if whole and part <= whole and (wrong := off_by(part / whole * 100, place["share"])):
                yield found_in(passage, place.start("share"), place["share"], right=wrong)


def _sums(report: Report) -> Iterator[Found]:
    """Yield sums of two or three numbers of the same unit that are not."""
    for passage, place in report.find("sum_of_counts"):
        told = [_number(each) for each in place.group("zero", "one", "two") if each]
        ways = {sum(told), sum(told[-2:])}
        if _number(place["sum"]) not in ways and not may_be_sum(report, passage, place["sum"]):
            right = str(sum(told[-2:]))
            yield found_in(passage, place.start("sum"), place["sum"], right=right)


def _number(written: str) -> Fraction:
    return Fraction(re.sub(",", "", written))


RULES = (
    Rule("ITA203", "error", all_of(_shares, wrong_shares)),
    Rule(
        "ITA204",
        "error",
        all_of(
            _counts_of_rules,
            wrong_totals_of_rules,
            wrong_counts,
            wrong_measures,
            numbered_lists,
        ),
    ),
    Rule("ITA209", "error", all_of(_sums, wrong_sums, wrong_totals, parts_of_cases)),
    Rule("ITA210", "error", wrong_lists),
    Rule("ITA211", "error", all_of(other_means, wrong_means_of_years)),
)
