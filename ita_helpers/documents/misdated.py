"""Headings and captions left from an earlier year: what stands below them is this year's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.headings import is_caption, level_of
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.year_told import years_of_heading
from ita_helpers.records.framework import Framework
from ita_helpers.records.spot import Spot

LONGEST, SLACK, FEW = 150, Decimal("0.011"), 2
"""Characters of a heading; points by which a mean may be off; claims that tell a year surely."""
Points = Mapping[str, set[Decimal]]


def misdated_headings(
    document: Document, claims: Sequence[Claim], year: int, rules: Framework | None
) -> frozenset[Spot]:
    """Return the headings that name an earlier year (B.E.) than the report's over its figures.

    The figures below tell it: a column of the report's year, or scores that are the report's
    elsewhere, and not those of the year named.
    """
    of_own = (each for each in claims if each.of == "own" and each.points is not None)
    own = [(_place(each.spot), each) for each in of_own]
    found = set()
    for at, told in _of_earlier_years(document, year):
        heading = document.blocks[at]
        below = _section(document.blocks, at)
        places = {_place(each.spot) for each in below}
        inside = [each for place, each in own if place in places]
        outside = [each for place, each in own if place not in places]
        of_tables = [each for each in inside if each.is_of_table]
        if _has_column_of(year, of_tables) or _is_of(year, told, inside, outside, rules):
            found.add(heading.spot)
    return frozenset(found)


def _place(spot: Spot) -> tuple[int, int]:
    """Return the table or the line that something stands in."""
    return (spot.table, 0) if spot.table else (0, spot.line)


def _of_earlier_years(document: Document, year: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each block that is a heading of one earlier year alone, and the year."""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Line) or len(block.text) > LONGEST:
            continue
        years = years_of_heading(block.text)
        if len(years) != 1 or (told := years.pop()) >= year or not _is_heading(document.blocks, at):
            continue
        alone = pattern("figures.beside_last_year").sub("", block.text)
        is_of_others = pattern("figures.heading_of_others").search(alone)
        if not is_of_others and pattern("figures.heading_of_result").search(block.text):
            yield at, told


def _is_heading(blocks: Sequence[Line | Table], at: int) -> bool:
    line = blocks[at]
    assert isinstance(line, Line)
    is_above_table = at + 1 < len(blocks) and isinstance(blocks[at + 1], Table)
    return bool(line.level or level_of(line.text)) or (is_above_table and is_caption(line.text))


def _section(blocks: Sequence[Line | Table], at: int) -> Sequence[Line | Table]:
    """Return what stands below a heading, up to the next of its level or that has its own year.

    Of a caption that is the table.
    """
    line = blocks[at]
    assert isinstance(line, Line)
    if is_caption(line.text):
        return blocks[at + 1 : at + 2]
    level = line.level or level_of(line.text)
    for end in range(at + 1, len(blocks)):
        block = blocks[end]
        if isinstance(block, Line):
            deep = block.level if line.level else level_of(block.text)
            if 0 < deep <= level or (deep and _has_its_year(block.text)):
                return blocks[at + 1 : end]
    return blocks[at + 1 :]


def _has_its_year(text: str) -> bool:
    return bool(years_of_heading(text) or pattern("columns.this_year").search(text))


def _has_column_of(year: int, claims: Sequence[Claim]) -> bool:
    """Whether a table gives scores of a year beside those of others."""
    return sum(each.fiscal_year == year for each in claims) >= FEW


def _is_of(
    year: int,
    told: int,
    inside: Sequence[Claim],
    outside: Sequence[Claim],
    rules: Framework | None,
) -> bool:
    """Whether scores that are read as of the year told are those of another year elsewhere."""
    mine, theirs = _points(outside, year, rules), _points(outside, told, rules)
    asked = {
        (each.code, each.points)
        for each in inside
        if each.fiscal_year == told and each.points is not None and not _names_its_year(each)
    }
    known = [(code, points) for code, points in asked if code in mine]
    right = [(code, points) for code, points in known if _is_near(points, mine[code])]
    others = sum(_is_near(points, theirs.get(code, set())) for code, points in asked)
    is_told = len(right) >= FEW or any(code == OVERALL or code in theirs for code, _ in right)
    return is_told and len(right) > 2 * others and 2 * len(right) >= len(known)


def _names_its_year(claim: Claim) -> bool:
    """Whether a sentence says itself of which year a score is."""
    keys = "figures.year", "figures.year_before", "columns.this_year"
    return not claim.is_of_table and any(pattern(key).search(claim.words) for key in keys)


def _points(claims: Sequence[Claim], year: int, rules: Framework | None) -> Points:
    """Return the points of a year by code, with the means of instruments where all are given."""
    found: dict[str, set[Decimal]] = defaultdict(set)
    for each in claims:
        if each.fiscal_year == year and each.points is not None:
            found[each.code].add(each.points)
    for instrument in rules.instruments.list if rules else ():
        parts = rules.indicators_of(instrument.code) if rules else ()
        given = [min(found[each.code]) for each in parts if found.get(each.code)]
        if parts and len(given) == len(parts):
            found[instrument.code].add(sum(given, Decimal(0)) / len(given))
    return found


def _is_near(points: Decimal, known: set[Decimal]) -> bool:
    return any(abs(points - each) < SLACK for each in known)
