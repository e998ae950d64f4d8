"""Numbers of things that are counted in words, and shares of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.agreeing import (
    measures_of_plan,
    numbered_lists,
    parts_of_cases,
    the_rest,
)
from ita_helpers.checks.finished.arithmetic import off_by, other_means
from ita_helpers.checks.finished.others import claimed_points
from ita_helpers.checks.finished.reading import any_of, pattern
from ita_helpers.checks.finished.reckoning import (
    may_be_sum,
    wrong_instruments,
    wrong_measures,
    wrong_shares,
    wrong_sums,
)
from ita_helpers.checks.finished.relations import wrong_totals
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.stated import wrong_totals_of_rules
from ita_helpers.checks.finished.tallies import wrong_tallies
from ita_helpers.checks.finished.told_sums import wrong_means_of_years

Test = Callable[[Decimal, Decimal], bool]


def _counts(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators that are not as many as are listed behind."""
    for passage, place in report.find("counted_list"):
        listed = _listed(place["list"])
        if listed and listed != int(place["count"]):
            yield found_in(passage, place.start("count"), place["count"], right=str(listed))


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


def _all_counts(report: Report) -> Iterator[Found]:
    yield from _counts(report)
    yield from _counts_of_rules(report)


def _listed(text: str) -> int:
    """Return how many indicators a list names, 0 if that is not certain."""
    numbers = [each["code"] for each in pattern("named_indicator").finditer(text)]
    if more := pattern("numbers_alone").match(text):
        numbers = re.findall(r"\d{1,2}", more.group())
    return len(set(numbers)) if len(numbers) > 1 else 0


def _test(how: str, more: str | None) -> Test:
    """Return the comparison that words mean; what is not below may be equal."""
    is_not = any_of("not_words").match(how)
    if more or any_of("from_words").search(how):
        return operator.ge
    if any_of("below_words").search(how):
        return operator.ge if is_not else operator.lt
    return operator.le if is_not else operator.gt


def _all_below(report: Report) -> Iterator[Found]:
    """Yield lists of indicators said to be all above or below some points of which one is not."""
    for passage, place in report.find("all_of_limit"):
        named = report.mentions.before(passage.text, place.start())
        limit, test = Decimal(place["limit"]), _test(place["how"], place["more"])
        codes = [each.code for each in named if each.code.isdigit()]
        for code in codes:
            claimed = claimed_points(report, code, report.year)
            if claimed and not any(test(points, limit) for points in claimed):
                yield found_in(passage, place.start(), place.group(), right=code).told("one")
                break


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
            _all_counts,
            wrong_totals_of_rules,
            wrong_tallies,
            wrong_instruments,
            wrong_measures,
            measures_of_plan,
            numbered_lists,
            the_rest,
        ),
    ),
    Rule("ITA209", "error", all_of(_sums, wrong_sums, wrong_totals, parts_of_cases)),
    Rule("ITA210", "error", _all_below),
    Rule("ITA211", "error", all_of(other_means, wrong_means_of_years)),
)
