"""Tables whose rows stand in groups: indicators under their instrument, and its mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ita_helpers.checks.finished.passages.heads import joined_heads
from ita_helpers.checks.finished.reading import pattern, said
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Cell, Table
from ita_helpers.records.framework import Framework

FEWEST = 2
"""Indicators of one instrument under the name of another one: this is at fault, and not they."""
FIRST = 4
"""Characters within which a cell names what it is about."""
LABELS = 2
"""Cells of a row that say what it is about, a running number first."""
Row = Sequence[Cell]


@dataclass
class _Group:
    """The rows of indicators, by code, that stand together, with the row that names their group.

    ``named`` is the instrument that it names, and ``means`` are rows with a mean below them.
    """

    head: Row = ()
    named: str = ""
    members: list[tuple[Row, str]] = field(default_factory=list)
    means: list[tuple[Row, str]] = field(default_factory=list)


def misplaced_rows(report: Report) -> Iterator[Found]:
    """Yield indicators in the rows under another instrument's."""
    for rules, group in _all_groups(report):
        wrong = [each for each in group.members if _home(rules, each[1]) != group.named]
        for row, code in wrong if group.named and not _is_misnamed(rules, group) else ():
            indicator = rules.indicator(code)
            facts = {"code": code, "name": indicator.name, "right": indicator.instrument}
            texts = [squeezed(each.text) for each in row]
            passage = Passage(" | ".join(filter(None, texts)), "", row[0].spot)
            yield found_in(passage, 0, next(filter(None, texts)), **facts)


def misnamed_rows(report: Report) -> Iterator[Found]:
    """Yield rows that name another instrument than that of the indicators they stand with."""
    for rules, group in _all_groups(report):
        homes = {_home(rules, code) for _, code in group.members}
        if len(group.members) < FEWEST or len(homes) != 1:
            continue
        (home,) = homes
        told = [(group.head, group.named)] if _is_misnamed(rules, group) else []
        for row, code in (*told, *group.means):
            if code != home:
                named = (each for each in row if report.mentions(squeezed(each.text)))
                cell = next(named, row[0])
                yield found_in_cell(cell, code if code in cell.text else "", right=home)


def labels_of_others(report: Report) -> Iterator[Found]:
    """Yield instruments before cells of which each names an indicator, and all another one's."""
    rules = report.rules
    for row in (row for table in report.tables for row in table.rows) if rules else ():
        code = _instrument(report, [squeezed(row[0].text)]) if row else ""
        members = list(_members(report, row[1:])) if code and rules else []
        homes = {_home(rules, each) for each in members} if rules else set()
        if len(members) >= FEWEST and len(homes) == 1 and homes != {code}:
            yield found_in_cell(row[0], code if code in row[0].text else "", right=homes.pop())


def counts_of_indicators(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators in the row of an instrument that are not its own.

    They stand under a head of nothing else, or a cell says of so many that they are its mean.
    """
    rules = report.rules
    for table in report.tables if rules else ():
        heads = joined_heads(table)
        counted = {
            at for at, head in enumerate(heads) if said("head_counting_indicators").fullmatch(head)
        }
        for row in table.rows[1:]:
            code = _instrument(report, [squeezed(row[0].text)]) if rules and row else ""
            members = len(rules.indicators_of(code)) if rules and code else 0
            for at, cell in enumerate(row) if members else ():
                place = said("count_of_indicators").fullmatch(squeezed(cell.text))
                is_told = place and at and (at in counted or place["word"])
                if place and is_told and int(place["count"]) != members:
                    yield found_in_cell(row[at], place["count"], right=str(members)).told("rules")


def _members(report: Report, cells: Row) -> Iterator[str]:
    """Yield the indicator that each of some cells begins with, if it names no other one."""
    for cell in cells:
        named = report.mentions(squeezed(cell.text), with_bare=True)
        if len({each.code for each in named}) == 1 and named[0].start < FIRST:
            yield from (e.code for e in named[:1] if e.code.isdigit())


def _is_misnamed(rules: Framework, group: _Group) -> bool:
    """Whether all rows of a group belong to one instrument, and it is named for another."""
    homes = {_home(rules, code) for _, code in group.members}
    is_sure = bool(group.named) and len(group.members) >= FEWEST and len(homes) == 1
    return is_sure and homes != {group.named}


def _home(rules: Framework, code: str) -> str:
    return rules.indicator(code).instrument


def _all_groups(report: Report) -> list[tuple[Framework, _Group]]:
    return report.once(_groups)


def _groups(report: Report) -> list[tuple[Framework, _Group]]:
    rules = report.rules
    tables = report.tables if rules else ()
    return [(rules, each) for table in tables if rules for each in _of_table(report, rules, table)]


def _of_table(report: Report, rules: Framework, table: Table) -> Iterator[_Group]:
    """Yield the groups of rows; where a mean stands first, means stand above what they are of."""
    group, is_above = _Group(), False
    for row in table.rows:
        texts = [squeezed(each.text) for each in row]
        filled = [each for each in texts if each]
        code = _instrument(report, filled if len(filled) == 1 else texts[:LABELS])
        is_mean = bool(code and said("mean_row").search(" ".join(texts[:LABELS])))
        is_above = is_above or (is_mean and not group.members and not group.named)
        if code and (len(filled) == 1 or (is_mean and is_above)):
            yield group
            group = _Group(row, code)
        elif is_mean:
            if any(number_in(cell) is not None for cell in row[1:]):
                group.means.append((row, code))
            yield group
            group = _Group()
        elif indicator := _indicator(rules, texts):
            group.members.append((row, indicator))
    yield group


def _instrument(report: Report, labels: Sequence[str]) -> str:
    """Return the one instrument that the first cells of a row name, and no more."""
    named = {each.code for label in labels for each in report.mentions(label)}
    code = named.pop() if len(named) == 1 else ""
    return code if code in ("IIT", "EIT", "OIT") else ""


def _indicator(rules: Framework, texts: Sequence[str]) -> str:
    """Return the indicator that a row begins with the number and the name of."""
    joined = f"{texts[0]}. {texts[1]}" if len(texts) > 1 and texts[0].isdecimal() else ""
    for text in (*texts[:1], joined):
        place = pattern("numbered_name").match(text)
        indicator = rules.find_indicator(place["code"]) if place else None
        if place and indicator and place["name"].startswith(indicator.name):
            return indicator.code
    return ""
