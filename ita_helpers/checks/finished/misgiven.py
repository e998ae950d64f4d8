"""Scores that are another's: of another year, of another part of a list, or not the overall one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.reading import CLOSE, SMALL, Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import BEHIND, Number, Spoken, all_spoken, names_another
from ita_helpers.checks.finished.standing import explained, firm, values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.weighted import weights_of

NEAR, FEWEST = 60, 2
"""Characters from a year to its score, entries of a list."""


def in_order(report: Report) -> Iterator[Found]:
    """Yield scores of a list told in the order of their subjects that are those of another one."""
    for spoken in all_spoken(report) if report.rules else ():
        for named, numbers in _lists(spoken):
            year = spoken.year_at(numbers[0].start, report.year)
            years = dict.fromkeys((report.year, min(year, report.year), report.year - 1))
            codes = [each.code for each in named]
            known = [year for year in years if all(values(report, e, year) for e in codes)]
            wrong = [_wrong_ones(report, named, numbers, each) for each in known]
            if wrong and all(wrong):
                each, right = min(wrong, key=len)[0]
                facts = {"name": name_of(report, each.code), "year": report.year}
                found = spoken.text[numbers[0].start : numbers[-1].end]
                facts["usual"] = format_score(right)
                yield found_in(spoken.passage, numbers[0].start, found, **facts)


def _wrong_ones(
    report: Report, named: Sequence[Mention], numbers: Sequence[Number], year: int
) -> list[tuple[Mention, Decimal]]:
    """Return what of a list has other points in a year, with these."""
    pairs = zip(named, numbers, strict=True)
    known = [(each, number, values(report, each.code, year)) for each, number in pairs]
    return [(e, right[0]) for e, n, right in known if right and not _is_any(n.points, right)]


def _is_any(points: Decimal, right: Sequence[Decimal]) -> bool:
    return any(abs(points - each) <= CLOSE for each in right)


def _is_other(before: str) -> bool:
    """Whether words before a number say that it is a limit, or of somebody else."""
    return bool(said("limit_before").search(before) or said("of_others").search(before))


def _lists(spoken: Spoken) -> Iterator[tuple[list[Mention], list[Number]]]:
    """Yield subjects in one list with as many scores in one list behind them."""
    groups = _joined_names(spoken)
    for named in groups:
        behind = [each for each in spoken.numbers if each.start >= named[-1].end]
        listed = behind[:1]
        for one, other in pairwise(behind):
            if not said("between_figures").fullmatch(spoken.text, one.end, other.start):
                break
            listed.append(other)
        if len(listed) == len(named) and min(each.points for each in listed) > SMALL:
            between = spoken.text[named[-1].end : listed[0].start]
            if said("before_figures").fullmatch(between):
                yield named, listed


def _joined_names(spoken: Spoken) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for each in spoken.named:
        last = groups[-1][-1] if groups else None
        if last and said("between_names").fullmatch(spoken.text, last.end, each.start):
            groups[-1].append(each)
        else:
            groups.append([each])
    return [each for each in groups if len(each) >= FEWEST]


def not_overall(report: Report) -> Iterator[Found]:
    """Yield scores told of the whole result right behind them that are another's."""
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers:
            if number.points <= SMALL or not said("of_overall").match(spoken.text, number.end):
                continue
            before = spoken.plain[max(0, number.start - BEHIND) : number.start]
            years = {report.year, spoken.year_at(number.start, report.year), report.year - 1}
            right = [each for year in years for each in values(report, OVERALL, year)]
            if right and number.points not in right and not _is_other(before):
                usual = values(report, OVERALL, report.year) or right
                facts = {"name": name_of(report, OVERALL), "year": report.year}
                facts["usual"] = format_score(usual[0])
                yield found_in(spoken.passage, number.start, number.text, **facts)


def misplaced(report: Report) -> Iterator[Found]:
    """Yield scores right beside what they are told of that are another's, or nobody's."""
    known = explained(report)
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers:
            code = _told_of(spoken, number) if number.points > SMALL else ""
            if code and number.points in known:
                yield from _other_score(report, spoken, number, code, number.start)
            elif mention := own_subject(spoken, number):
                yield from _other_score(report, spoken, number, mention.code, mention.start)


def own_subject(spoken: Spoken, number: Number) -> Mention | None:
    """Return what a number surely is the score of: what stands right before it."""
    before = spoken.plain[max(0, number.start - BEHIND) : number.start]
    behind = spoken.text[number.end : number.end + BEHIND]
    is_limit = _is_other(before) or said("limit_behind").match(behind)
    if number.points <= SMALL or is_limit or said("another_survey").search(before):
        return None
    mention = spoken.last_named(number.start)
    if not mention or mention.code[0].islower():
        return None
    ahead = spoken.plain[max(0, mention.start - BEHIND) : mention.start]
    is_aim = said("aim_ahead").search(ahead) or said("of_others").search(ahead)
    if is_aim or names_another(spoken, number.start):
        return None
    start = mention.end
    first = next((each for each in spoken.numbers if each.start >= start), number)
    if first is not number and said("then_score").fullmatch(spoken.text, first.end, number.start):
        start, number = mention.end, first
    is_beside = said("own_score").fullmatch(spoken.text, start, number.start)
    is_list = sum(each.end == mention.end for each in spoken.named) > 1
    is_several = said("between_figures").match(behind) and re.match(r"\D{0,9}\d", behind)
    return mention if is_beside and not (is_list or is_several) else None


def _other_score(
    report: Report, spoken: Spoken, number: Number, code: str, start: int
) -> Iterator[Found]:
    """Yield a number that its subject has in none of the years that the report gives."""
    years = sorted({year for of, year in report.scores if of == code}, reverse=True)
    year = spoken.year_at(number.start, report.year)
    if year not in (*years, report.year) and year < report.year:
        return
    right = [each for of in years or [report.year] for each in values(report, code, of)]
    rules = report.rules
    weight = weights_of(rules).get(code) if rules else None
    if weight:
        right += [to_hundredths(Fraction(each) * weight / 100) for each in right]
    firm_ones = [e for of in years for e in firm(report, code, of)]
    if right and firm_ones and not _is_any(number.points, right):
        usual = (values(report, code, report.year) or right)[0]
        facts = {"name": name_of(report, code), "year": report.year}
        facts["usual"] = format_score(usual)
        found = spoken.text[start : number.end]
        yield found_in(spoken.passage, start, found, **facts).told("pair")


def _told_of(spoken: Spoken, number: Number) -> str:
    """Return what a number is surely said to be of: what follows, or the office itself."""
    before = spoken.plain[max(0, number.start - NEAR) : number.start]
    if _is_other(before):
        return ""
    behind = spoken.next_named(number.end)
    if behind and said("of_what_follows").fullmatch(spoken.text, number.end, behind.start):
        return behind.code
    named = spoken.last_named(number.start)
    is_alone = not spoken.passage.under and (not named or number.start - named.end > NEAR)
    return OVERALL if is_alone and said("of_office").search(before) else ""


def of_another_year(report: Report) -> Iterator[Found]:
    """Yield years beside a score that its subject has in another year."""
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers:
            told = [(start, year) for start, year in spoken.years if start < number.start]
            near = told and number.start - told[-1][0] < NEAR
            if number.points <= SMALL or not near or spoken.between(told[-1][0], number.start):
                continue
            if found := _another(report, spoken, number, *told[-1]):
                yield found


def _another(report: Report, spoken: Spoken, number: Number, start: int, year: int) -> Found | None:
    """Return the year if the score is certainly that of another one."""
    written = spoken.text.find(str(year), start, number.start)
    between = spoken.text[start : number.start]
    before = spoken.plain[max(0, start - BEHIND) : start]
    if written < 0 or _is_other(between) or said("aimed_before").search(before):
        return None
    named = [each for each in spoken.named if each.end <= number.start]
    code = named[-1].code if named else spoken.passage.under or OVERALL
    if number.points in firm(report, code, year):
        return None
    years = [e for e in (report.year, report.year - 1) if number.points in firm(report, code, e)]
    if len(years) != 1 or years[0] == year:
        return None
    return found_in(spoken.passage, written, str(year), year=years[0])
