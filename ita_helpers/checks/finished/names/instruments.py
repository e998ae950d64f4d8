"""IIT, EIT and OIT mixed up, and what is said under the heading of another one."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.comparisons.lacking import rises_of_others
from ita_helpers.checks.finished.counts.counted_parts import wrongly_of_one
from ita_helpers.checks.finished.names.homes import (
    answered_by_others,
    members_of_others,
    no_parts,
    points_of_others,
)
from ita_helpers.checks.finished.names.instruments_told import (
    homes_of_ends,
    listed_again,
    members_counted,
    told_by_another,
)
from ita_helpers.checks.finished.names.letters import (
    headed_by_others,
    letters_of_others,
    opened_by_others,
)
from ita_helpers.checks.finished.names.sides import (
    names_of_another,
    seen_by_others,
    sides_of_what_is_named,
    sides_under_another,
    wrong_members,
)
from ita_helpers.checks.finished.names.spans import backward_ranges, long_ranges, short_ranges
from ita_helpers.checks.finished.names.topics import topics_of_other_indicators
from ita_helpers.checks.finished.names.twice import named_twice
from ita_helpers.checks.finished.plans.measures import measures_of_others
from ita_helpers.checks.finished.reading import figures, pattern, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.checks.finished.sums.grouped_rows import (
    labels_of_others,
    misnamed_rows,
    misplaced_rows,
)
from ita_helpers.checks.finished.sums.headed_twice import instruments_twice
from ita_helpers.records.framework import Framework

FIRST = 70
"""Characters: what a passage is about is named in the first."""
LONG = 400
"""Characters: a cell longer than this may hold what belongs to another row."""


def _wrong_side(report: Report) -> Iterator[Found]:
    """Yield the letters of a side behind which those of another one follow."""
    for passage, side in report.places(pattern("side_and_code")):
        if side.start() == 0 and side["side"] != side["code"]:
            yield found_at(passage, side, "side", right=side["code"])


def _under_another(report: Report) -> Iterator[Found]:
    """Yield scores of an indicator told under the heading of another one."""
    rules = report.rules
    if not rules:
        return
    for passage in report.passages:
        if passage.is_first or not rules.find_indicator(passage.under):
            continue
        named = [e for e in report.mentions(passage.text) if rules.find_indicator(e.code)]
        if passage.row and len(passage.text) > LONG:
            yield from _in_a_cell(report, rules, passage)
        is_of_another = named and all(each.code != passage.under for each in named)
        is_score = not passage.row and bool(figures(passage.text))
        is_compared = named and (
            said("against").search(passage.text, 0, named[0].start)
            or said("top").search(passage.text, 0, named[0].start)
            or said("this_one").search(passage.text)
        )
        if is_of_another and is_score and not is_compared and named[0].start < FIRST:
            yield _told_under(rules, passage, named[0].start, named[0].code)


def _in_a_cell(report: Report, rules: Framework, passage: Passage) -> Iterator[Found]:
    """Yield the first indicator of another instrument that a long cell of a row turns to."""
    own = rules.indicator(passage.under).instrument
    for each in report.mentions(passage.text):
        indicator = rules.find_indicator(each.code)
        if indicator and indicator.instrument != own:
            yield _told_under(rules, passage, each.start, each.code)
            return


def _told_under(rules: Framework, passage: Passage, start: int, code: str) -> Found:
    found = passage.text[start : start + 25].strip()
    facts = {"code": code, "name": rules.indicator(code).name, "under": passage.under}
    return found_in(passage, start, found, **facts, heading=rules.indicator(passage.under).name)


RULES = (
    Rule(
        "ITA821",
        "error",
        all_of(
            _wrong_side,
            answered_by_others,
            points_of_others,
            no_parts,
            sides_under_another,
            names_of_another,
            sides_of_what_is_named,
            seen_by_others,
            letters_of_others,
            headed_by_others,
            instruments_twice,
            rises_of_others,
            wrongly_of_one,
            misnamed_rows,
            labels_of_others,
            members_counted,
            told_by_another,
            homes_of_ends,
        ),
    ),
    Rule(
        "ITA822",
        "error",
        all_of(
            misplaced_rows,
            members_of_others,
            wrong_members,
            backward_ranges,
            short_ranges,
            long_ranges,
            opened_by_others,
        ),
    ),
    Rule(
        "ITA823",
        "warning",
        all_of(_under_another, measures_of_others, topics_of_other_indicators),
    ),
    Rule("ITA824", "error", all_of(named_twice, listed_again)),
)
