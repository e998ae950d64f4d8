"""Words for up or down without a number, told of what went the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.comparisons.certain import is_of_named, is_only_wished
from ita_helpers.checks.finished.comparisons.moves import found_of, moves_told, way_of
from ita_helpers.checks.finished.comparisons.told import CHANGES, is_of_last_year
from ita_helpers.checks.finished.passages.gaps import Gap, of_limits, pairs_of, since_last_year
from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.records.names import normal

NEAR = 45
"""Characters behind a word in which what belongs to it stands."""


def untold_ways(report: Report) -> Iterator[Found]:
    """Yield words for up or down without a number, told of what went the other way."""
    for spoken, words in report.once(moves_told):
        for word in words:
            is_wished = is_only_wished(spoken, word)
            is_condition = said("conditional").search(spoken.plain, 0, word.start())
            if word.lastgroup == "apart" or is_condition:
                continue
            dated = said("in_year_behind").match(spoken.text, word.end())
            is_past = dated and int(dated["year"]) < report.year
            if is_past or said("of_each_behind").match(spoken.text, word.end()):
                continue
            if is_wished and not (_is_alone(spoken, word) or is_of_named(spoken, word)):
                continue
            gaps = list(_meant(report, spoken, word))
            if gaps and all(_contradicts(word, each) for each in gaps):
                yield found_of(spoken, word.start(), word.group(), gaps[0])


def _is_alone(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether a word is told of what is named as the only thing of its kind that has it."""
    subject = spoken.last_named(word.start())
    if not subject:
        return False
    if said("only_one").fullmatch(spoken.text, subject.end, word.start()):
        return True
    only = said("only_one_told").search(spoken.text, subject.end, word.start())
    ends = (subject.end, only.start()) if only else (0, 0)
    told = list(said("of_changes_near").finditer(spoken.text, *ends))
    naming = spoken.report.mentions.naming
    name = naming.any_name.search(spoken.text, subject.start, ends[0])
    if name and naming.by_name.get(normal(name.group()), subject.code) != subject.code:
        return False
    return bool(told) and bool(told[-1]["down"]) != (way_of(word) < 0)


def _meant(report: Report, spoken: Spoken, word: re.Match[str]) -> Iterator[Gap]:
    """Yield the differences that a word without a number speaks of, if that is certain."""
    subject = spoken.last_named(word.start())
    is_counted = said("counted_behind").match(spoken.text, word.end())
    if (under := spoken.under_before(word.start())) and _is_than_last_year(spoken, word):
        yield from since_last_year(report, under)
    is_compared = word.lastgroup in CHANGES and said("more_than_follows").match(
        spoken.text, word.end()
    )
    if is_counted or (_number_follows(spoken, word) and not is_compared):
        return
    if not subject:
        is_of_all = said("points_of_all").search(spoken.text, 0, word.start())
        if is_of_all and not spoken.passage.under and said("target").match(spoken.text, word.end()):
            yield from of_limits(report, OVERALL, spoken.text[word.end() : word.end() + NEAR])
        return
    if said("change_right_before").search(spoken.text, subject.end, word.start()):
        yield from _more_changed(report, spoken, word, subject)
        return
    beside = [said(key) for key in ("filler", "though_it_does")]
    is_beside = any(e.fullmatch(spoken.text, subject.end, word.start()) for e in beside)
    is_only = is_compared and len({e.code for e in spoken.named_before(word.start())}) == 1
    if not (is_beside or is_only or _is_alone(spoken, word)):
        return
    if not subject.code.isdigit() and said("some_of_it").search(spoken.text, 0, subject.start):
        return
    if word.lastgroup in CHANGES:
        is_bare = not re.search(r"\d|[A-Z]", spoken.text[subject.start : subject.end])
        if is_of_last_year(spoken, word) or not is_bare:
            yield from since_last_year(report, subject.code)
        return
    if said("than_last_year").match(spoken.text, word.end()):
        yield from since_last_year(report, subject.code)
        return
    if said("target").match(spoken.text, word.end()):
        yield from of_limits(report, subject.code, spoken.text[word.end() : word.end() + NEAR])
        return
    if subject.code in PARTS and said("other_part").match(spoken.text, word.end()):
        yield from pairs_of(report, subject.code, [e for e in PARTS if e != subject.code])
        return
    other = spoken.next_named(word.end())
    if (
        other
        and other.code != subject.code
        and said("filler").fullmatch(spoken.text, word.end(), other.start)
    ):
        yield from pairs_of(report, subject.code, [other.code])


def _more_changed(
    report: Report, spoken: Spoken, word: re.Match[str], subject: Mention
) -> Iterator[Gap]:
    """Yield how much more a subject changed than what is named right behind, the same way."""
    other = spoken.next_named(word.end())
    if not other or not said("filler").fullmatch(spoken.text, word.end(), other.start):
        return
    for one in since_last_year(report, subject.code):
        for than in since_last_year(report, other.code):
            if one.by * than.by > 0:
                yield Gap(subject.code, abs(one.by), abs(than.by))


def _is_than_last_year(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether the year before stands right behind a word, and not by how much."""
    behind = said("than_last_year").match(spoken.text, word.end())
    near = (e for e in spoken.numbers if e.points <= SMALL)
    return bool(behind) and not any(word.end() <= e.start < word.end() + NEAR for e in near)


def _number_follows(spoken: Spoken, word: re.Match[str]) -> bool:
    return any(word.end() <= each.start < word.end() + NEAR for each in spoken.numbers)


def _contradicts(word: re.Match[str], gap: Gap) -> bool:
    if word.lastgroup == "same":
        return gap.by != 0
    return gap.by * way_of(word) <= 0
