"""Sums, means, shares and products that do not recompute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.reading import any_of, pattern, years_in
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, found_in
from ita_helpers.checks.finished.values import name_of
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_change, format_score, parse_number, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import Clash, find_bounds

FULL = 100
HALF = Fraction(1, 200)
"""Points: a printed figure of two decimals is at most this far from the true one."""
FEWEST = 3
"""Rows: a row of sums or means has at least so many above it."""


def _means(report: Report) -> Iterator[Found]:
    """Yield instruments and overall scores that are not the mean of what stands under them."""
    for year in sorted({year for _, year in report.scores}):
        rules = report.rules_of(year)
        points = report.points(year)
        known = {c: p for c, p in points.items() if rules and c in rules.codes and p <= FULL}
        while rules and (clashes := find_bounds(rules, known).clashes):
            clash = clashes[0]
            without_parts = {c: p for c, p in known.items() if c not in clash.below}
            known = {c: p for c, p in known.items() if c != clash.code}
            is_of_parts = _contradicts(rules, known) and not _contradicts(rules, without_parts)
            if found := _clash(report, clash, year):
                yield found.told("parts") if is_of_parts and found.facts else found
            if is_of_parts:
                known = without_parts
            elif clash.code not in points:
                break


def _contradicts(rules: Framework, known: Mapping[str, Decimal]) -> bool:
    return bool(find_bounds(rules, known).clashes)


def _clash(report: Report, clash: Clash, year: int) -> Found | None:
    claims = report.claimed(clash.code, year)
    if not claims:
        below = [each for code in clash.below for each in report.claimed(code, year)]
        return Found(below[0].spot, "", below[0].words).told("below") if below else None
    points = report.scores[clash.code, year]
    claim = next(each for each in claims if each.points == points)
    facts = {
        "name": name_of(report, clash.code),
        "year": year,
        "low": format_score(to_hundredths(clash.low)),
        "high": format_score(to_hundredths(clash.high)),
        "below": [name_of(report, code) for code in clash.below],
    }
    return Found(claim.spot, format_score(points), claim.words, facts)


def _formulas(report: Report) -> Iterator[Found]:
    """Yield sums, means and products written out that come to something else."""
    for passage in report.passages:
        for place in pattern("mean_written_out").finditer(passage.text):
            terms = [Fraction(each) for each in re.findall(r"\d+(?:\.\d+)?", place["terms"])]
            value = sum(terms) / Fraction(place["count"] or 1)
            if wrong := _wrong(value, place["value"]):
                yield found_in(passage, place.start("value"), place["value"], right=wrong)
        for place in pattern("product_written_out").finditer(passage.text):
            value = Fraction(place["points"]) * Fraction(place["weight"])
            value /= 1 if Fraction(place["weight"]) <= 1 else 100
            if wrong := _wrong(value, place["value"]):
                yield found_in(passage, place.start("value"), place["value"], right=wrong)


def _plain_means(report: Report) -> Iterator[Found]:
    """Yield means of all indicators that are neither their plain mean nor the overall score."""
    rules = report.rules
    scores = [p for c, p in report.points().items() if rules and rules.find_indicator(c)]
    if not rules or len(scores) != len(rules.indicators.list):
        return
    plain = sum(map(Fraction, scores), Fraction(0)) / len(scores)
    for passage, place in report.find("mean_of_indicators"):
        ways = [plain, *map(Fraction, _overall(report))]
        if all(_wrong(each, place["value"]) for each in ways):
            right = format_score(plain)
            yield found_in(passage, place.start("value"), place["value"], right=right)


def _weighted_rows(report: Report) -> Iterator[Found]:
    """Yield weighted points in a table that are not the weight times the score beside them."""
    for table in report.tables:
        heads = [squeezed(each.text) for each in table.rows[0]] if table.rows else []
        products = [at for at, head in enumerate(heads) if pattern("weighted_head").search(head)]
        weights = [at for at, head in enumerate(heads) if pattern("weight_head").match(head)]
        scores = [at for at, head in enumerate(heads) if pattern("score_head").match(head)]
        if len(products) == len(weights) == len(scores) == 1:
            for row in table.rows[1:]:
                yield from _weighted(row, weights[0], scores[0], products[0])


def _weighted(row: Sequence[Cell], weight: int, score: int, product: int) -> Iterator[Found]:
    if len(row) <= max(weight, score, product):
        return
    numbers = [_number(row[at]) for at in (weight, score, product)]
    if None in numbers:
        return
    share, points, printed = (Fraction(each) for each in numbers if each is not None)
    if right := _wrong(share * points / 100, format_score(printed)):
        text = squeezed(" | ".join(each.text for each in row))
        found = squeezed(row[product].text)
        passage = Passage(text, text, row[product].spot)
        yield found_in(passage, text.rfind(found), found, right=right)


def _wrong(value: Fraction, printed: str) -> str:
    """Return the right figure if a printed one is further off than its rounding."""
    decimals = len(printed.partition(".")[2])
    slack = Fraction(1, 2 * 10**decimals) + (HALF if decimals >= 2 else 0)
    return format_score(value) if abs(value - Fraction(printed)) > slack else ""


def _shares(report: Report) -> Iterator[Found]:
    """Yield shares in per cent that are not those of the two numbers beside them."""
    for passage, place in report.find("share_of"):
        whole = Fraction(place["whole"].replace(",", ""))
        part = Fraction(place["part"].replace(",", ""))
        if not whole or part > whole:
            continue
        if wrong := _wrong(part / whole * 100, place["share"]):
            yield found_in(passage, place.start("share"), place["share"], right=wrong)


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
    return len(set(numbers)) if len(numbers) > 1 else 0


def _last_rows(report: Report) -> Iterator[Found]:
    """Yield sums and means in the last row of a table that are not those of the rows above."""
    for table in report.tables:
        for number, row in enumerate(table.rows):
            name = squeezed(" ".join(each.text for each in row[:2]))
            if number >= FEWEST and any_of("sum_words").match(name):
                yield from _sums(report, table, number)


def _differences(report: Report) -> Iterator[Found]:
    """Yield differences in a table that are not those of the two years beside them."""
    for table in report.tables:
        columns = _columns_of_change(table)
        for row in table.rows[1:] if columns else ():
            if columns and len(row) > max(columns):
                yield from _difference(row, *columns)


def _columns_of_change(table: Table) -> tuple[int, int, int] | None:
    """Return the columns of an earlier year, a later one and their difference, if so headed."""
    heads = [squeezed(each.text) for each in table.rows[0]] if table.rows else []
    years = {years_in(head)[0]: at for at, head in enumerate(heads) if len(years_in(head)) == 1}
    change = [at for at, head in enumerate(heads) if any_of("change_heads").match(head)]
    if len(years) != 2 or len(change) != 1:
        return None
    first, last = sorted(years)
    return years[first], years[last], change[0]


def _difference(row: Sequence[Cell], first: int, last: int, change: int) -> Iterator[Found]:
    old, new = _number(row[first]), _number(row[last])
    told = pattern("signed").match(squeezed(row[change].text))
    if old is None or new is None or not told:
        return
    by, sign = Decimal(told["points"]), told["sign"] or ""
    is_down = bool(any_of("down_signs").search(sign + (told["word"] or "")))
    is_up = bool(any_of("up_signs").search(sign + (told["word"] or "")))
    right = new - old
    is_wrong_way = (is_down and right > 0) or (is_up and right < 0)
    if abs(abs(right) - by) > Decimal("0.011") or (is_wrong_way and by):
        text = squeezed(" | ".join(each.text for each in row))
        passage = Passage(text, text, row[change].spot)
        found = squeezed(row[change].text)
        yield found_in(passage, text.find(found), found, right=format_change(right))


def _sums(report: Report, table: Table, number: int) -> Iterator[Found]:
    for column, cell in enumerate(table.rows[number]):
        above = _numbers(table.rows[:number], column)
        printed = _number(cell)
        if printed is None or len(above) < FEWEST or column == 0:
            continue
        ways = [*_sums_of(above), *map(Fraction, _overall(report))]
        decimals = len(str(printed).partition(".")[2])
        slack = Fraction(len(above), 200) if decimals else Fraction(1, 2)
        if not any(abs(Fraction(each) - Fraction(printed)) <= slack for each in ways):
            passage = Passage(squeezed(cell.text), cell.raw, cell.spot)
            right = format_score(ways[0])
            yield found_in(passage, 0, cell.text.strip(), right=right, mean=format_score(ways[1]))


def _overall(report: Report) -> Iterator[Decimal]:
    """Yield the overall score that the report has, and the two ends of what its scores allow."""
    if ("ITA", report.year) in report.scores:
        yield report.scores["ITA", report.year]
    if report.rules:
        known = {c: p for c, p in report.points().items() if c in report.rules.codes and p <= 100}
        within = find_bounds(report.rules, known).range("ITA")
        yield from (within.low, within.high)


def _sums_of(above: Sequence[Decimal]) -> Iterator[Fraction]:
    """Yield the sum and the mean of a column."""
    total = sum(map(Fraction, above), Fraction(0))
    yield total
    yield total / len(above)


def _numbers(rows: Sequence[tuple[Cell, ...]], column: int) -> list[Decimal]:
    cells = [row[column] for row in rows if len(row) > column]
    return [found for each in cells if (found := _number(each)) is not None]


def _number(cell: Cell) -> Decimal | None:
    text = cell.text.strip().replace(",", "")
    try:
        return parse_number(text)
    except ValueError:
        return None


RULES = (
    Rule("ITA201", "error", _means),
    Rule("ITA202", "error", _formulas),
    Rule("ITA203", "error", _shares),
    Rule("ITA204", "error", _all_counts),
    Rule("ITA205", "error", _last_rows),
    Rule("ITA206", "error", _differences),
    Rule("ITA207", "error", _plain_means),
    Rule("ITA208", "error", _weighted_rows),
)
