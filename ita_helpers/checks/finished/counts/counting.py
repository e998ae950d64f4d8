"""Numbers of things that are counted in words, and shares of them."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.comparisons.stated import wrong_totals_of_rules
from ita_helpers.checks.finished.counts.agreeing import (
    counted_in_order,
    counts_behind_lists,
    numbered_lists,
)
from ita_helpers.checks.finished.counts.band_rows import wrong_bands
from ita_helpers.checks.finished.counts.complements import wrong_complements
from ita_helpers.checks.finished.counts.counted_items import (
    wrong_groups_counted,
    wrong_items_counted,
)
from ita_helpers.checks.finished.counts.counted_parts import (
    wrong_counts_by_instrument,
    wrong_numbers_of_items,
    wrong_numbers_of_these,
    wrong_sums_by_instrument,
)
from ita_helpers.checks.finished.counts.part_and_whole import misread_counts, wrong_halves
from ita_helpers.checks.finished.counts.parties import (
    offices_told_twice,
    wrong_parties,
    wrong_rates,
    wrong_shares_of_offices,
    wrong_sums_of_two_levels,
)
from ita_helpers.checks.finished.counts.quantities import wrong_counts, wrong_lists
from ita_helpers.checks.finished.counts.reckoning import wrong_shares, wrong_sums
from ita_helpers.checks.finished.counts.tallies import (
    wrong_extremes,
    wrong_gaps_of_groups,
    wrong_together,
    wrong_totals_told,
)
from ita_helpers.checks.finished.counts.told_rows import wrong_rows
from ita_helpers.checks.finished.counts.units_of_office import wrong_sums_of_units
from ita_helpers.checks.finished.counts.wholes import wrong_differences, wrong_parts
from ita_helpers.checks.finished.passages.shared import predicates
from ita_helpers.checks.finished.plans.planned_counts import wrong_measures
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at
from ita_helpers.checks.finished.scores.many_offices import wrong_sums_of_levels
from ita_helpers.checks.finished.sums.grouped_rows import counts_of_indicators
from ita_helpers.checks.finished.sums.growth import wrong_sums_of_changes
from ita_helpers.checks.finished.sums.relations import wrong_shares_of_totals, wrong_totals


def _counts_of_rules(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators, of all or of an instrument, that the year does not have."""
    rules = report.rules
    if not rules:
        return
    for passage, place in report.find("all_indicators"):
        if int(place["count"]) > len(rules.indicators.list):
            right = str(len(rules.indicators.list))
            yield found_at(passage, place, "count", right=right).told("rules")
    for passage, place in report.find("whole_of_instrument"):
        size = len(rules.indicators_of(place["code"]))
        if int(place["count"]) not in (size, len(rules.indicators.list)):
            yield found_at(passage, place, "count", right=str(size)).told("rules")
    for passage, place in report.find("all_of_instrument"):
        size, told = len(rules.indicators_of(place["code"])), int(place["count"])
        others = {
            each.code for each in report.mentions(place.group()) if each.code != place["code"]
        }
        if size < told < len(rules.indicators.list) and not others:
            yield found_at(passage, place, "count", right=str(size)).told("rules")
    for passage, place in report.find("indicators_of_instrument"):
        if next(predicates(report, passage.text[: place.start()], passage), None):
            continue
        right = str(len(rules.indicators_of(place["code"])))
        named = {each.code for each in report.mentions.before(passage.text, place.end())}
        is_of_all = {each.code for each in rules.instruments.list} <= named
        if place["count"] != right and not (
            is_of_all and int(place["count"]) == len(rules.indicators.list)
        ):
            yield found_at(passage, place, "count", right=right).told("rules")


RULES = (
    Rule(
        "ITA203",
        "error",
        all_of(wrong_shares, wrong_shares_of_totals, wrong_rates, wrong_shares_of_offices),
    ),
    Rule(
        "ITA204",
        "error",
        all_of(
            _counts_of_rules,
            wrong_totals_of_rules,
            wrong_groups_counted,
            wrong_items_counted,
            wrong_counts_by_instrument,
            wrong_numbers_of_these,
            wrong_numbers_of_items,
            wrong_counts,
            wrong_complements,
            wrong_measures,
            numbered_lists,
            counts_behind_lists,
            counted_in_order,
            wrong_rows,
            wrong_bands,
            wrong_extremes,
            counts_of_indicators,
        ),
    ),
    Rule(
        "ITA209",
        "error",
        all_of(
            wrong_sums,
            wrong_sums_by_instrument,
            wrong_totals,
            wrong_parts,
            wrong_halves,
            misread_counts,
            wrong_parties,
            offices_told_twice,
            wrong_sums_of_two_levels,
            wrong_differences,
            wrong_together,
            wrong_sums_of_levels,
            wrong_totals_told,
            wrong_gaps_of_groups,
            wrong_sums_of_changes,
            wrong_sums_of_units,
        ),
    ),
    Rule("ITA210", "error", wrong_lists),
)
