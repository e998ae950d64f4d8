"""What can be put in order: indicators, instruments, items, offices of a table and years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.passages.standing import firm
from ita_helpers.checks.finished.reading import SMALL, Mention, any_of, bare, pattern, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Table
from ita_helpers.documents.patterns import pattern as document_pattern
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import in_full, place_of, short_types

Points = Mapping[str, Decimal]
FEWEST, SHORT = 3, 4
"""Offices of a table that are compared; letters of a place by which an office is named alone."""
NEAR = 34
"""Characters before a level in which the office of a table stands whose it is."""
OFFICE = "@"
"""Before the name of an office where codes stand."""


@dataclass(frozen=True)
class Offices:
    """The offices of a table with their points, the report's own among them, if it is there.

    ``caption`` is the line above the table with its heads.
    """

    caption: str
    table: int
    points: Points
    own: str


def kinds(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the codes that are compared with each other, instruments as the report tells them."""
    rules = report.rules
    if not rules:
        return
    yield tuple(each.code for each in rules.indicators.list)
    whole, parts = tuple(each.code for each in rules.instruments.list), rules.levels.components
    is_whole = all(firm(report, code, report.year) for code in whole)
    yield from (whole, parts) if is_whole else (parts, whole)
    yield tuple(each.code for each in rules.all_items)
    yield tuple(each.code for each in rules.all_sub_indicators)


def groups(spoken: Spoken, rules: Framework, only: str = "") -> Iterator[set[str]]:
    """Yield the codes of each group a sentence may speak of, or of one instrument ``only``."""
    under = spoken.passage.under
    named = {each.code for each in spoken.named} | {under}
    named |= {each.code for each in spoken.described}
    named |= {code for code in ("IIT", "EIT") if said(f"asked_{code}").search(spoken.text)}
    for instrument in rules.instruments.list:
        group = {each.code for each in rules.indicators_of(instrument.code)}
        codes = {instrument.code, *(each.code for each in instrument.parts)}
        if only in codes or (not only and (named & codes or under in group)):
            yield group
    for indicator in rules.indicators.list if not only else ():
        yield {each.code for each in rules.items_of(indicator.code)}
        yield {each.code for each in rules.sub_indicators_of(indicator.code)}
    for each in rules.items if not only else ():
        yield {item.code for item in each.list}


def changes(report: Report) -> dict[str, Decimal]:
    """Return by how much the points of each code rose from the year before."""
    old, new = report.points(report.year - 1), report.points()
    return {code: points - old[code] for code, points in new.items() if code in old}


def offices(report: Report) -> list[Offices]:
    """Return the tables of offices with points."""
    return report.once(_offices)


def _offices(report: Report) -> list[Offices]:
    own, found, line = bare(report.claims.office), [], ""
    for table in report.document.blocks:
        if not isinstance(table, Table):
            line = table.text or line
            continue
        column = _column(report, table)
        points = _points_of(report, table, column) if column else {}
        mine = [e for e in points if own and (e[1:] in own or own in e[1:])]
        if len(points) >= FEWEST:
            heads = " ".join(each.text for each in table.rows[0])
            own_key = mine[0] if len(mine) == 1 else ""
            found.append(Offices(f"{line} {heads}", table.spot.table, points, own_key))
    return found


def _column(report: Report, table: Table) -> int:
    """Return the column of points: that of the report's year, else the last; 0 if there is none."""
    heads = heads_of(table)
    width = max((len(row) for row in table.rows), default=0)
    known = []
    for column in range(1, width):
        cells = [row[column] for row in table.rows[1:] if len(row) > column]
        numbers = [n for each in cells if (n := number_in(each)) is not None]
        if len(numbers) >= FEWEST and all(SMALL < each <= 100 for each in numbers):
            known.append(column)
    of_year = [each for each in known if each < len(heads) and str(report.year) in heads[each]]
    return (of_year or known or [0])[-1]


def _points_of(report: Report, table: Table, column: int) -> dict[str, Decimal]:
    found = {}
    heads = heads_of(table)
    is_headed = any(document_pattern("columns.offices").match(each) for each in heads)
    for row in table.rows[1:]:
        name = max((squeezed(each.text) for each in row), key=len, default="")
        points = number_in(row[column]) if len(row) > column else None
        is_office = (is_headed or pattern("office_row").match(name)) and not _is_mean(name)
        if points is not None and is_office and not report.mentions(name, with_bare=True):
            found[OFFICE + bare(name)] = points
    return found


def _is_mean(name: str) -> bool:
    return bool(pattern("mean_row").search(name) or any_of("sum_words").match(name))


def office_names(report: Report, text: str) -> list[Mention]:
    """Return where a text names offices of the tables, in full, in short or by place alone."""
    known = report.once(_names)
    if not known:
        return []
    finder, keys = known
    return [Mention(*e.span(), keys[bare(e["name"])]) for e in finder.finditer(text)]


def is_of_listed(report: Report, text: str, place: int) -> bool:
    """Whether the office of a table that is named right before a place is not the report's own."""
    before = [e for e in office_names(report, text) if place - NEAR < e.end <= place]
    own = bare(report.claims.office)
    told = bare(text[before[-1].start : before[-1].end]) if before else ""
    is_own = not told or told in own or own in told
    return not is_own and before[-1].code not in {each.own for each in offices(report)}


def _names(report: Report) -> tuple[re.Pattern[str], Mapping[str, str]] | None:
    """Return what finds the offices of the report's tables, and each one's key by its name."""
    keys = list(dict.fromkeys(key for each in offices(report) for key in each.points))
    places = {key: place_of(in_full(key[1:])) for key in keys}
    count = Counter(places.values())
    by_name = {key[1:]: key for key in keys}
    by_name |= {p: key for key, p in places.items() if count[p] == 1 and len(p) >= SHORT}
    if not by_name:
        return None
    before = "|".join(map(re.escape, (*short_types(), *short_types().values())))
    names = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    return re.compile(rf"(?:{before})?\s?(?P<name>{names})"), by_name


def has_place(scores: Points, keys: Sequence[str], first: int, last: int, *, is_low: bool) -> bool:
    """Whether each key may stand at one of the places, counted from the top or from the end.

    Those that share a place may take one each, or one together.
    """
    for key in keys:
        ahead = [p for p in scores.values() if (p < scores[key] if is_low else p > scores[key])]
        same = sum(each == scores[key] for each in scores.values())
        is_there = len(ahead) < last and len(ahead) + same >= first
        if not is_there and not first <= len(set(ahead)) + 1 <= last:
            return False
    return True
