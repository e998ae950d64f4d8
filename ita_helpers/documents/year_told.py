"""Of which fiscal year (B.E.) a report is: all that tells it has votes, its title among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentences import full_year
from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import BadDate, parse_date

TITLE, COVER = 15, 5
"""Texts from the top among which a report says what it is, and on whose first it surely does."""
OF_COVER, OF_TITLE = 5, 3
"""Votes of a year told there; elsewhere it has one, and twice as many beside words of a result."""
TABLE = 12
"""Votes of the last year in the heads of a table of several years."""
BEFORE, NEXT, MOST_NEXT = 3, 3, 6
"""Votes of a year that another is told to follow, or to be planned after; most of the latter."""
STARTS, MOST_STARTS = 1, 6
"""Votes of a day or month that a text begins with, or a plan, for the result known by then."""
FEWEST = 3
LONGEST_HEADING = 160
"""Letters of the heading of a plan."""
MOST_KEPT = 4096
"""Texts of which is kept whether figures in brackets are of another year: lines are asked again."""
KNOWN = 7
"""The first month in which the result of the running fiscal year may be known."""
_YEAR = re.compile(r"\D{0,20}(2[45]\d\d)\D{0,12}")
_SCORE = re.compile(r"\d{2,3}\.\d\d")


def year_of(document: Document) -> int:
    """Return the fiscal year whose result a report is about, 0 if it does not say."""
    votes: Counter[int] = Counter()
    planned: Counter[int] = Counter()
    started: Counter[int] = Counter()
    for text, weight in _weighed(document):
        for year, count, is_planned in _told(text, weight):
            (planned if is_planned else votes)[year] += count
        started.update(_known_at(text))
    for year in _years_of_tables(document):
        votes[year] += TABLE
    for year in votes:
        votes[year] += min(MOST_NEXT, planned[year]) + min(MOST_STARTS, STARTS * started[year])
    return max(votes, key=lambda year: votes[year], default=0)


def texts_of(document: Document) -> Iterator[str]:
    """Yield the lines and filled cells of a report."""
    for block in document.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row if cell.text)


def _weighed(document: Document) -> Iterator[tuple[str, int]]:
    """Yield all texts with the votes of a year told in each; of cells the same wherever it is."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Line):
            is_near = number < TITLE and not _is_day(block.text)
            yield block.text, (OF_COVER if number < COVER else OF_TITLE) if is_near else 1
        else:
            yield from ((cell.text, 1) for row in block.rows for cell in row if cell.text)


def _is_day(text: str) -> bool:
    """Whether a line is no more than a day, on which a page may have been opened or printed."""
    try:
        return bool(parse_date(pattern("whose.weekday").sub("", text.strip())))
    except BadDate:
        return False


def _told(text: str, weight: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the years for which a text speaks, with its votes, and whether a plan follows them.

    Behind a year that is told as the one before, earlier ones are no more than history.
    """
    past = end_of_past = 0
    for found in pattern("figures.year").finditer(text):
        year, before = full_year(found["year"]), text[max(0, found.start() - 70) : found.start()]
        planned = pattern("whose.planned").search(before[-34:]) or _heads_plan(text, found)
        is_yearly = (before + found.group()).endswith(_yearly() + found.group())
        if pattern("whose.year_before").search(before):
            past, end_of_past = max(past, year), found.end()
            yield year + 1, BEFORE, False
        elif pattern("whose.score_left").search(before):
            yield year + 1, 1, False
        elif (
            year <= past
            or pattern("figures.compared").search(before[-20:])
            or (past and pattern("whose.and_year").fullmatch(text, end_of_past, found.start()))
            or _is_aside(text, found)
        ):
            continue
        elif not planned or (planned.groupdict().get("leads") and is_yearly):
            is_assessed = pattern("whose.assessed").search(before)
            yield year, weight * (2 if is_assessed else 1), False
        elif pattern("whose.of_plan").search(planned.group()):
            yield year - 1, NEXT, True


def _heads_plan(text: str, year: re.Match[str]) -> re.Match[str] | None:
    """Return what of a short text before its year makes it the heading of a plan."""
    is_short = len(text) <= LONGEST_HEADING
    return pattern("whose.heads_plan").match(text, 0, year.start()) if is_short else None


def _is_aside(text: str, found: re.Match[str]) -> bool:
    """Whether a year begins what a bracket adds, or is that of figures in brackets."""
    before, behind = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    begins = before.endswith("(") and not behind.startswith(")")
    return begins or is_of_brackets(text, found)


def is_of_brackets(text: str, year: re.Match[str]) -> bool:
    """Whether a year is that of figures in brackets."""
    return bool(pattern("whose.in_brackets").search(text, max(0, year.start() - 20), year.start()))


def years_of_heading(text: str) -> set[int]:
    """Return the years (B.E.) of which a heading says that what follows is of them."""
    found = pattern("figures.year").finditer(text)
    return {full_year(each["year"]) for each in found if not is_of_brackets(text, each)}


@lru_cache(MOST_KEPT)
def year_in_brackets(text: str) -> int:
    """Return the year (B.E.) of which a text says that figures in brackets are, or 0."""
    for found in pattern("figures.year").finditer(text):
        if is_of_brackets(text, found):
            return full_year(found["year"])
    return 0


@cache
def _yearly() -> str:
    return label("documents.yearly")


def years_paired(text: str, year: int) -> tuple[int, ...]:
    """Return the two years (B.E.) that a text gives with a stroke between them, this one's beside.

    >>> years_paired("ตัวชี้วัด (ปี 2566 / ปี 2565)", 2566), years_paired("ปีนี้ / ปีก่อน", 2566)
    ((2566, 2565), (2566, 2565))
    """
    found = pattern("figures.paired").search(text) if "/" in text else None
    if not found:
        return ()
    return tuple(
        int(each) if each[:1].isdigit() else year - place
        for place, each in enumerate((found["one"], found["other"]))
    )


def _known_at(text: str) -> Iterator[int]:
    """Yield the year of the last result at the day or month that a text begins with."""
    if found := pattern("whose.begins_on").match(text):
        try:
            day = parse_date(f"1 {found['month']} {found['year']}")
        except BadDate:
            return
        yield int(found["year"]) - (day.month < KNOWN)


def _years_of_tables(document: Document) -> Iterator[int]:
    """Yield the last year in the heads of each table that has scores of several years."""
    for block in document.blocks:
        if isinstance(block, Table) and _has_scores(block):
            heads = [[cell.text for cell in block.rows[0]], [row[0].text for row in block.rows]]
            for texts in heads:
                found = (_YEAR.fullmatch(text.strip()) for text in texts)
                years = sorted({int(each[1]) for each in found if each})
                if len(years) > 1:
                    yield years[-1]


def _has_scores(table: Table) -> bool:
    return sum(bool(_SCORE.fullmatch(e.text.strip())) for row in table.rows for e in row) >= FEWEST
