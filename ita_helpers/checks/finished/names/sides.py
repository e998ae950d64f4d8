"""Who answers which instrument, and which indicators it has, in any words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.passages.signs import home_of, side_of, sign
from ita_helpers.checks.finished.passages.speaking import all_spoken, places
from ita_helpers.checks.finished.reading import bare, said
from ita_helpers.checks.finished.report import Passage, Report, of_cell, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in, found_in_cell
from ita_helpers.documents.document import Cell
from ita_helpers.documents.naming import OVERALL
from ita_helpers.records.framework import Framework

LONG = 120
"""Characters: a longer cell says more than which instrument its row is of."""


def sides_under_another(report: Report) -> Iterator[Found]:
    """Yield those who answer one instrument in what stands under the heading of another one."""
    rules = report.rules
    for passage, place in report.places(said("side_alone"), in_lines=True) if rules else ():
        indicator = rules.find_indicator(passage.under) if rules else None
        under = indicator.instrument if indicator else passage.under
        told, right = (
            {e.group() for e in said("codes").finditer(passage.text)},
            _code_of(place.group()),
        )
        if under in ("IIT", "EIT") and right != under and right not in told:
            yield found_at(passage, place, right=under)


def _code_of(side: str) -> str:
    if said("inside").search(side):
        return "IIT"
    return "EIT" if said("outside").search(side) else "OIT"


def wrong_members(report: Report) -> Iterator[Found]:
    """Yield indicators said to be in another instrument than theirs, in sentences and rows."""
    rules = report.rules
    if not rules:
        return
    yield from _in_rows(report, rules)

    yield from _ranges_in_rows(report, rules)
    yield from _best_of_another(report, rules)


def _best_of_another(report: Report, rules: Framework) -> Iterator[Found]:
    """Yield what is said to be the highest or lowest of an instrument that it is not in."""
    for spoken, place in places(report, "top_of"):
        named = [e.code for e in spoken.named_before(place.start()) if e.code.isdigit()]
        sure = report.mentions.before(spoken.text, place.start())
        sure_codes = [e.code for e in sure if e.code.isdigit()]
        may_be = {home_of(rules, each) for each in (*named[-1:], *sure_codes[-1:])}
        is_behind = said("that_is_behind").match(spoken.text, place.end())
        if place["code"] not in may_be and not is_behind:
            code = named[-1] if named else spoken.passage.under
            yield from _member(rules, spoken.passage, place, code)


def _member(
    rules: Framework, passage: Passage, place: re.Match[str], number: str
) -> Iterator[Found]:
    indicator = rules.find_indicator(number)
    if indicator and indicator.instrument != place["code"]:
        facts = {"code": number, "name": indicator.name, "right": indicator.instrument}
        yield found_at(passage, place, **facts)


def _in_rows(report: Report, rules: Framework) -> Iterator[Found]:
    """Yield the code of an instrument in the row of an indicator that is in another one."""
    codes = {each.code for each in rules.instruments.list}
    for row in (row for table in report.tables for row in table.rows):
        cells = [squeezed(each.text) for each in row]
        told = [at for at, each in enumerate(cells) if each in codes]
        words = bare("".join(cells)) if len(told) == 1 else ""
        named = {code for name, code in report.indicator_names if name in words}
        if len(named) == 1 and not row[told[0]].is_continued:
            passage = of_cell(row[told[0]])
            place = said("instrument_alone").fullmatch(passage.text)
            yield from _member(rules, passage, place, named.pop()) if place else ()


def _ranges_in_rows(report: Report, rules: Framework) -> Iterator[Found]:
    """Yield ranges of indicators in the row of an instrument that some of them are not in."""
    codes = {each.code for each in rules.instruments.list}
    for row in (row for table in report.tables for row in table.rows):
        told = {code for cell in row if (code := _code_alone(rules, cell)) in codes}
        for cell in row if len(told) == 1 else ():
            (code,) = told
            place = said("range_of_indicators").fullmatch(squeezed(cell.text))
            ends = (
                [rules.find_indicator(place[each]) for each in ("first", "last")] if place else []
            )
            wrong = [each for each in ends if each and each.instrument != code]
            if wrong:
                facts = {"code": wrong[0].code, "name": wrong[0].name, "right": wrong[0].instrument}
                yield found_in_cell(cell, **facts)


def names_of_another(report: Report) -> Iterator[Found]:
    """Yield names of instruments, and those who answer, in a row of another instrument."""
    rules = report.rules
    if not rules:
        return
    for row in (row for table in report.tables for row in table.rows):
        told = [(cell, code) for cell in row if (code := _code_alone(rules, cell))]
        for cell in row if len(told) == 1 else ():
            text = squeezed(cell.text)
            named = {_instrument(rules, each.code) for each in report.mentions(text)} - {""}
            side = said("side_in_a_cell").fullmatch(text)
            named |= {_code_of(side["side"])} if side else set()
            is_name = cell is not told[0][0] and len(text) < LONG
            if is_name and len(named) == 1 and told[0][1] not in named:
                yield found_in_cell(cell, right=told[0][1])


def _code_alone(rules: Framework, cell: Cell) -> str:
    """Return the instrument that a cell names by its code, or by the number of an indicator."""
    text = squeezed(cell.text)
    if place := said("instrument_cell").fullmatch(text):
        return place["code"]
    numbered = said("indicator_cell").match(text)
    indicator = rules.find_indicator(numbered["number"]) if numbered else None
    is_named = indicator and numbered and text[numbered.end() :].startswith(indicator.name)
    return indicator.instrument if indicator and is_named else ""


def _instrument(rules: Framework, code: str) -> str:
    return code[:3] if code[:3] in {each.code for each in rules.instruments.list} else ""


def sides_of_what_is_named(report: Report) -> Iterator[Found]:
    """Yield those said to answer "the indicator named", or "all of these", that answer another."""
    rules, last = report.rules, ""
    for spoken in all_spoken(report) if rules else ():
        for place in said("side_of_named").finditer(spoken.text):
            before = [e.code for e in spoken.named_before(place.start()) if e.code.isdigit()]
            under = spoken.passage.under if spoken.passage.under.isdigit() else ""
            code = before[-1] if before else under or last
            indicator = rules.find_indicator(code) if rules else None
            side = _code_of(place["side"])
            if indicator and indicator.instrument != side and side != "OIT":
                found = spoken.text[place.start("told") : place.end("side")]
                facts = {"right": indicator.instrument}
                yield found_in(spoken.passage, place.start("told"), found, **facts)
        codes = [each.code for each in spoken.named if each.code.isdigit()]
        last = codes[-1] if codes else last


def seen_by_others(report: Report) -> Iterator[Found]:
    """Yield those who find something of an indicator that others were asked about."""
    rules = report.rules
    for passage, place in report.places(sign("sees")) if rules else ():
        side = place["code"] or side_of(place["side"])
        told = {each.code for each in report.mentions(passage.text, with_bare=True)}
        whole = {each for each in told if each.isupper()} - {OVERALL, place["code"]}
        under = {passage.under} if passage.under.isdigit() else set()
        asked = {each for each in told if each[0] in "ie"}
        named = {each for each in told if each.isdigit()} or under
        named = named or (asked if len(sign("sees").findall(passage.text)) == 1 else set())
        homes = {home_of(rules, each) for each in named} if rules and not whole else set()
        if len(homes) == 1 and homes <= {"IIT", "EIT"} - {side}:
            yield found_at(passage, place, right=homes.pop())
