"""Sums, means, shares and products that do not recompute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeVar

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.reading import any_of, pattern
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in_cell
from ita_helpers.checks.finished.sums.mean_columns import means_beside_scores
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score, parse_number, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import Clash
from ita_helpers.scoring.weighted import weights_of

N = TypeVar("N", int, Decimal)
FULL = 100
MOST_KEPT = 4096
"""Texts of cells that are kept as numbers: several rules ask for each."""
NEAR = Fraction(2, 100)
"""Points: weighted points are at most this far from the product."""
HALF = Fraction(1, 200)
EXACT_HALF = Decimal("0.005")
"""Points: a printed figure of two decimals is at most this far from the true one."""
FEWEST = 3
"""Rows: a row of sums or means has at least so many above it."""


def _means(report: Report) -> Iterator[Found]:
    """Yield instruments and overall scores that are not the mean of what stands under them."""
    for year in sorted({year for _, year in report.scores}):
        rules = report.rules_of(year)
        points = report.points(year)
        known = {c: p for c, p in points.items() if rules and c in rules.codes and p <= FULL}
        held = len(known) + 1
        while rules and len(known) < held and (clashes := report.bounds(rules, known).clashes):
            held, clash = len(known), clashes[0]
            without_parts = {c: p for c, p in known.items() if c not in clash.below}
            known = {c: p for c, p in known.items() if c != clash.code}
            is_of_parts = _contradicts(report, rules, known) and not _contradicts(
                report, rules, without_parts
            )
            if found := _clash(report, clash, year):
                is_of_one = is_of_parts or not _is_slip_itself(report, clash, year)
                swapped = _swapped(report, clash, year)
                swapped = swapped if is_of_one or _is_borne_out(report, swapped, year) else None
                plain = found.told("parts") if is_of_parts and "below" in found.facts else found
                yield swapped or plain
            known = without_parts if is_of_parts else known


def swapped_part(parts: Mapping[str, Decimal], mean: Decimal) -> tuple[str, Decimal] | None:
    """Return the one part in which swapping two digits gives a mean, with its right points."""
    missing = len(parts) * mean - sum(parts.values())
    slack = EXACT_HALF * (2 * len(parts) - 1)
    found = [
        (code, other)
        for code, points in parts.items()
        for other in with_swaps(format_score(points))
        if abs(other - points - missing) <= slack
    ]
    return found[0] if len({code for code, _ in found}) == 1 else None


def copied_part(
    parts: Mapping[str, Decimal], mean: Decimal, before: Mapping[str, Decimal]
) -> tuple[str, Decimal] | None:
    """Return the one part that has its points of the year before, with those that give a mean."""
    copied = [code for code, points in parts.items() if before.get(code) == points]
    missing = len(parts) * mean - sum(parts.values())
    right = parts[copied[0]] + missing if len(copied) == 1 else Decimal(0)
    return (copied[0], right) if missing and 0 < right < FULL else None


def _is_slip_itself(report: Report, clash: Clash, year: int) -> bool:
    """Whether a mean is the right one with two digits swapped, or one of them another."""
    points = report.scores.get((clash.code, year))
    if points is None:
        return True
    written = format_score(points)
    rounded = {format_score(to_hundredths(each)) for each in (clash.low, clash.high)}
    swaps = {*with_swaps(written)}
    return any(
        Decimal(each) in swaps
        or (len(each) == len(written) and sum(map(str.__ne__, each, written)) == 1)
        for each in rounded
    )


def _is_borne_out(report: Report, found: Found | None, year: int) -> bool:
    """Whether the report tells the change from the year before that right points would have."""
    code = str(found.facts["code"]) if found else ""
    old = report.scores.get((code, year - 1))
    if not found or old is None:
        return False
    by = format_score(abs(Decimal(str(found.facts["right"])) - old))
    return any(f" {by}" in each.text for each in report.lines)


def _contradicts(report: Report, rules: Framework, known: Mapping[str, Decimal]) -> bool:
    return bool(report.bounds(rules, known).wrong)


def _clash(report: Report, clash: Clash, year: int) -> Found | None:
    claims = report.claimed(clash.code, year)
    if not claims:
        if found := _swapped_part(report, clash, year):
            return found
        below = [each for code in clash.below for each in report.claimed(code, year)]
        return Found(below[0].spot, "", below[0].words).told("below") if below else None
    points = report.scores[clash.code, year]
    if is_weighted(report, clash.code, year, points, clash.low, clash.high):
        return None
    claim = next((each for each in claims if each.points == points), claims[0])
    facts = {
        "name": name_of(report, clash.code),
        "year": year,
        "low": format_score(to_hundredths(clash.low)),
        "high": format_score(to_hundredths(clash.high)),
        "below": [name_of(report, code) for code in clash.below],
    }
    return Found(claim.spot, format_score(points), claim.words, facts)


def _swapped_part(report: Report, clash: Clash, year: int) -> Found | None:
    """Return the one part in which two digits are swapped, if all else fits the right one."""
    rules, points = report.rules_of(year), report.points(year)
    known = {code: each for code, each in points.items() if rules and code in rules.codes}
    found = [
        (code, format_score(other))
        for code in clash.below
        if rules and code in known
        for other in with_swaps(format_score(known[code]))
        if not report.bounds(rules, {**known, code: other}).wrong
    ]
    if len(found) != 1:
        return None
    (code, right), *_ = found
    claim = next((e for e in report.claimed(code, year) if e.points == known[code]), None)
    facts = {"name": name_of(report, code), "year": year, "right": right}
    words = (claim.spot, format_score(known[code]), claim.words, facts) if claim else None
    return Found(*words).told("swapped_part") if words else None


def _swapped(report: Report, clash: Clash, year: int) -> Found | None:
    """Return the one part of a mean in which two digits are swapped, if that explains it."""
    parts = {code: report.scores.get((code, year)) for code in clash.below}
    mean = report.scores.get((clash.code, year))
    known = {code: points for code, points in parts.items() if points is not None}
    if mean is None or len(known) != len(parts):
        return None
    one = swapped_part(known, mean) or _copied(report, clash, year, known)
    if one is None:
        return None
    code, right = one
    claim = next((e for e in report.claimed(code, year) if e.points == parts[code]), None)
    if claim is None:
        return None
    facts: dict[str, object] = {"code": code, "name": name_of(report, code), "year": year}
    facts |= {"whole": name_of(report, clash.code)}
    facts |= {"right": format_score(right), "mean": format_score(mean)}
    way = "swapped" if right in with_swaps(format_score(known[code])) else "copied"
    return Found(claim.spot, format_score(known[code]), claim.words, facts).told(way)


def _copied(
    report: Report, clash: Clash, year: int, parts: Mapping[str, Decimal]
) -> tuple[str, Decimal] | None:
    """Return the one part that was left as the year before, if its change is told elsewhere."""
    before = report.points(year - 1)
    one = copied_part(parts, report.scores[clash.code, year], before)
    if not one:
        return None
    code, mended = one
    most = len(parts) // 2
    for off in sorted(range(-most, most + 1), key=abs):
        right = mended + Decimal(off) / 100
        by = format_score(abs(right - before[code]))
        if any(f" {by}" in each.text for each in report.lines):
            return code, right
    return None


@lru_cache(MOST_KEPT)
def with_swaps(written: str, *, is_any: bool = False) -> tuple[Decimal, ...]:
    """Return the points that come of swapping two digits beside each other, or any two."""
    digits, found = [at for at, letter in enumerate(written) if letter.isdigit()], []
    for one, other in combinations(digits, 2) if is_any else pairwise(digits):
        if written[one] != written[other]:
            letters = list(written)
            letters[one], letters[other] = letters[other], letters[one]
            if (points := Decimal("".join(letters))) <= FULL:
                found.append(points)
    return tuple(found)


def is_weighted(
    report: Report, code: str, year: int, points: Decimal, low: Fraction, high: Fraction
) -> bool:
    """Whether points are a score between two bounds times the weight of its instrument."""
    rules = report.rules_of(year)
    weight = weights_of(rules).get(code) if rules else None
    if not weight:
        return False
    return low * weight / FULL - NEAR <= points <= high * weight / FULL + NEAR


def off_by(value: Fraction, printed: str) -> str:
    """Return the right figure if a printed one is further off than its rounding."""
    decimals = len(printed.partition(".")[2])
    slack = Fraction(1, 2 * 10**decimals) + (HALF if decimals >= 2 else 0)
    return format_score(value) if abs(value - Fraction(printed)) > slack else ""


def add_up(parts: Sequence[N], total: N, slack: N | int = 0, most: int = 0) -> bool:
    """Whether some of the parts, two at least and so many at most, add up to a total."""
    return any(
        abs(sum(some) - total) <= slack
        for count in range(2, min(most or len(parts), len(parts)) + 1)
        for some in combinations(parts, count)
    )


def _last_rows(report: Report) -> Iterator[Found]:
    """Yield sums and means in the last row of a table that are not those of the rows above."""
    for table in report.tables:
        if any(pattern("instrument").search(cell.text) for row in table.rows for cell in row[:1]):
            continue
        sums = list[int]()
        for number, row in enumerate(table.rows):
            name = squeezed(" ".join(each.text for each in row[:2]))
            is_sum = number >= FEWEST and any_of("sum_words").match(name)
            if is_sum and not pattern("instrument").search(name):
                yield from _sums(report, table, number, sums)
                sums.append(number)


def _sums(report: Report, table: Table, number: int, before: Sequence[int]) -> Iterator[Found]:
    """Yield what is no sum or mean of the rows above, or of those behind the sum ``before``."""
    part = table.rows[before[-1] + 1 : number] if before else ()
    totals = [table.rows[at] for at in before]
    single = [row for at, row in enumerate(table.rows[:number]) if at not in before]
    for column, cell in enumerate(table.rows[number]):
        above = _numbers(part, column)
        if len(above) < FEWEST:
            above = _numbers(table.rows[:number], column)
        printed = number_in(cell)
        if printed is None or len(above) < FEWEST or column == 0 or _is_share(table, column):
            continue
        ways = [*_sums_of(above), *map(Fraction, _overall(report))]
        ways += _gaps(table.rows[number], cell)
        for rows in (single, totals) if before else ():
            if numbers := _numbers(rows, column):
                ways += _sums_of(numbers)
        decimals = len(str(printed).partition(".")[2])
        slack = Fraction(len(above), 200) if decimals else Fraction(1, 2)
        if not any(abs(Fraction(each) - Fraction(printed)) <= slack for each in ways):
            right, mean = map(format_score, ways[:2])
            yield found_in_cell(cell, right=right, mean=mean)


def _gaps(row: Sequence[Cell], cell: Cell) -> Iterator[Fraction]:
    """Yield how far two numbers beside each other in front of a cell are apart."""
    numbers = [number_in(each) for each in row[: row.index(cell)]]
    for one, other in pairwise(numbers):
        if one is not None and other is not None:
            yield abs(Fraction(other) - Fraction(one))


def _is_share(table: Table, column: int) -> bool:
    """Whether a column is one of shares, whose last row is that of the sums beside it."""
    head = squeezed(table.rows[0][column].text) if len(table.rows[0]) > column else ""
    return bool(pattern("share_head").match(head))


def _overall(report: Report) -> Iterator[Decimal]:
    """Yield the overall scores that the report has, and the two ends of what its scores allow."""
    for (code, year), points in report.scores.items():
        if code == OVERALL and year <= report.year:
            yield points
    if report.rules:
        known = {c: p for c, p in report.points().items() if c in report.rules.codes and p <= 100}
        within = report.bounds(report.rules, known).range("ITA")
        yield from (within.low, within.high)


def _sums_of(above: Sequence[Decimal]) -> Iterator[Fraction]:
    """Yield the sum and the mean of a column."""
    total = sum(map(Fraction, above), Fraction(0))
    yield total
    yield total / len(above)


def _numbers(rows: Sequence[tuple[Cell, ...]], column: int) -> list[Decimal]:
    cells = [row[column] for row in rows if len(row) > column]
    return [found for each in cells if (found := number_in(each)) is not None]


def number_in(cell: Cell) -> Decimal | None:
    """Return the number that a cell consists of, or None."""
    return _number_of(cell.text)


@lru_cache(MOST_KEPT)
def _number_of(text: str) -> Decimal | None:
    try:
        return parse_number(text.strip().replace(",", ""))
    except ValueError:
        return None


RULES = (
    Rule("ITA201", "error", _means),
    Rule("ITA205", "error", all_of(_last_rows, means_beside_scores)),
)
