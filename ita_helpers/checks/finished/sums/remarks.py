"""Remarks in the row of an indicator: that it rose or fell, or is the highest or the lowest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import changes
from ita_helpers.checks.finished.passages.standing import indicators
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Cell
from ita_helpers.language.points import format_score

Row = Sequence[Cell]


def wrong_ways_remarked(report: Report) -> Iterator[Found]:
    """Yield remarks that an indicator rose or fell whose scores went the other way."""
    moved, points = changes(report), report.points()
    for code, cell in report.once(_remarks):
        told = said("remark_of_way").match(squeezed(cell.text))
        by = moved.get(code)
        if told and by and (by > 0) != bool(told["up"]):
            facts = {"old": format_score(points[code] - by), "new": format_score(points[code])}
            yield found_in_cell(cell, **facts)


def wrong_ends_remarked(report: Report) -> Iterator[Found]:
    """Yield remarks that an indicator is the highest or the lowest of all or its instrument."""
    rules, scores = report.rules, indicators(report, report.year)
    for code, cell in report.once(_remarks):
        told = said("remark_of_end").fullmatch(squeezed(cell.text))
        indicator = rules.find_indicator(code) if rules and told else None
        if not rules or not told or not indicator or len(scores) < len(rules.indicators.list):
            continue
        own = {e.code: scores[e.code] for e in rules.indicators_of(indicator.instrument)}
        among = [scores] if told["all"] else [own] if told["group"] else [scores, own]
        end = max if told["high"] else min
        if all(scores[code] != end(each.values()) for each in among):
            best = end(among[0].values())
            right = [name_of(report, each) for each in among[0] if scores[each] == best]
            facts: dict[str, object] = {
                "is_highest": bool(told["high"]),
                "is_low": not told["high"],
                "measure": "points",
                "codes": [name_of(report, code)],
                "scores": [format_score(scores[code])],
                "right": right[:3],
                "score": format_score(best),
            }
            yield found_in_cell(cell, **facts)


def _remarks(report: Report) -> list[tuple[str, Cell]]:
    """Return the cells of words in rows that have the score of an indicator, with its code."""
    found, points = [], report.points()
    for table in report.tables if report.rules else ():
        heads = heads_of(table)
        for row in table.rows[1:]:
            told = [
                (at, each)
                for at, each in enumerate(row)
                if at and said("is_remark").match(squeezed(each.text))
            ]
            code = _code_of(report, row) if told else ""
            if not code.isdigit() or not _has(row, points.get(code)):
                continue
            for at, cell in told:
                if not (at < len(heads) and said("head_of_aims").search(heads[at])):
                    found.append((code, cell))
    return found


def _has(row: Row, points: Decimal | None) -> bool:
    return points is not None and any(number_in(cell) == points for cell in row[1:])


def _code_of(report: Report, row: Row) -> str:
    """Return the one code that the first cells of a row name, by number or name alone."""
    found = [report.mentions(squeezed(cell.text), with_bare=True) for cell in row[:2]]
    codes = next(({each.code for each in named} for named in found if named), set())
    return codes.pop() if len(codes) == 1 else ""
