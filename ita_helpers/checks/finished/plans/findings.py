"""What was found, as a plan of measures tells it: it is no finding where it says what is done."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import bare, pattern, same_letters
from ita_helpers.checks.finished.report import Report, heads_of, squeezed, tables_by_number
from ita_helpers.checks.finished.rule import Found, around
from ita_helpers.documents.claims import PlanRow
from ita_helpers.language.excerpts import shortened

ALIKE = 25
"""Letters without blanks with which a finding and its steps both begin where one is the other."""
SHOWN = 60
"""Letters of a finding that are shown."""


def findings_that_are_none(report: Report) -> Iterator[Found]:
    """Yield findings that are the steps of their row, or say only what is to be done."""
    headed = report.once(_tables_of_findings)
    for row in report.claims.plan:
        if not headed.get(row.spot.table, True):
            continue
        words = pattern("entry_number").sub("", squeezed(row.finding))
        if not words:
            continue
        if any(_is_same(words, each) for each in (row.method, row.guideline)):
            yield _found(row, words).told("steps")
        elif pattern("remedy_first").match(words) and not pattern("weakness").search(words):
            yield _found(row, words)


def _tables_of_findings(report: Report) -> dict[int, bool]:
    """Return of each table whether a head surely is one of what was found."""
    known = pattern("finding_head")
    tables = tables_by_number(report).items()
    return {at: any(known.search(bare(head)) for head in heads_of(table)) for at, table in tables}


def _is_same(finding: str, steps: str) -> bool:
    """Whether a finding has the words of the first step, but perhaps for the end."""
    one, other = bare(finding), bare(pattern("entry_number").sub("", squeezed(steps)))
    same = same_letters(one, other)
    return same >= min(ALIKE, max(len(one), 1)) and same >= ALIKE // 2


def _found(row: PlanRow, words: str) -> Found:
    shown = shortened(words, SHOWN)
    return Found(row.spot, shown, shown, {"measure": around(row.measure, 0, 20)})
