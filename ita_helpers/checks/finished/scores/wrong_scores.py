"""Scores in sentences that are none of what they are told of: the one judge of them.

What a number is told of is read in ``scored``. One that surely is the score of a thing and is none
of its values is wrong. Where it may be of several, it is wrong only if the report has no reason to
print it, and if it is nearly the value of one of them: a slip of the hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby, takewhile

from ita_helpers.checks.finished.names.naming import names_under_numbers
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.speaking import BEFORE
from ita_helpers.checks.finished.passages.standing import (
    explained,
    firm,
    indicators,
    is_slip,
    is_swap,
    may_be,
    plain_mean,
    values,
)
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in, found_in_cell
from ita_helpers.checks.finished.scores.scored import Scored, all_scored, year_beside, years_meant
from ita_helpers.checks.finished.sums.arithmetic import off_by
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern as document_pattern
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.weighted import weights_of


def wrong_scores(report: Report) -> Iterator[Found]:
    """Yield scores of sentences that are none of what they are told of."""
    known = explained(report)
    for listed, group in groupby(all_scored(report), key=lambda each: each.listed):
        if listed:
            yield from _list(report, list(group))
            continue
        for each in group:
            if each.codes[0] == OVERALL and _is_out_of_less(each):
                continue
            is_known = each.number.points.quantize(Decimal("0.01")) in known
            is_sure = each.how == "beside" or (each.how == "told" and is_known)
            is_large = each.number.points > SMALL or each.weight
            found = _surely(report, each) if is_sure and is_large else None
            if not found and is_known:
                found = _of_other_year(report, each)
            elif not found and known:
                found = _nearly(report, each)
            if found:
                yield found


def wrong_cells(report: Report) -> Iterator[Found]:
    """Yield scores in cells that nothing explains and that are nearly those their rows name."""
    known = explained(report)
    for table in report.tables if known else ():
        heads = heads_of(table)
        for row in table.rows:
            texts = [squeezed(cell.text) for cell in row]
            code = _code_of_row(report, texts)
            for at, text in enumerate(texts) if code else ():
                place = said("score_in_a_cell").fullmatch(text)
                points = Decimal(place["points"]) if place else Decimal(0)
                head = heads[at] if at < len(heads) else ""
                if not place or points in known or not said("head_of_scores").fullmatch(head):
                    continue
                for year, right in _values_of(report, code):
                    if (is_swap if points <= SMALL else is_slip)(points, right):
                        facts = {"name": name_of(report, code), "year": year}
                        facts["usual"] = format_score(right)
                        yield found_in_cell(row[at], place["points"], **facts)
                        break


def _code_of_row(report: Report, texts: Sequence[str]) -> str:
    """Return the one thing that the cells of a row before its first number name."""
    label = " ".join(takewhile(lambda text: not said("score_in_a_cell").fullmatch(text), texts))
    codes = {each.code for each in report.mentions(label, with_bare=True)}
    if not codes and said("result_row").fullmatch(label):
        return OVERALL
    return codes.pop() if len(codes) == 1 else ""


def _values_of(report: Report, code: str) -> Iterator[tuple[int, Decimal]]:
    for year in (report.year, report.year - 1):
        yield from ((year, points) for points in values(report, code, year))


def _list(report: Report, listed: Sequence[Scored]) -> Iterator[Found]:
    """Yield a list told in the order of its subjects that has another one's score in every year."""
    spoken, first, last = listed[0].spoken, listed[0].number, listed[-1].number
    years = years_meant(report, listed[0])
    codes = [each.codes[0] for each in listed]
    if not all(values(report, code, years[0]) for code in codes) and years[0] < report.year:
        return
    if _is_out_of_less(listed[0]):
        return
    known = [year for year in years if all(values(report, code, year) for code in codes)]
    wrong = [_wrong_ones(report, listed, year) for year in known]
    if wrong and all(wrong):
        each, right = min(wrong, key=len)[0]
        facts = {"name": name_of(report, each.codes[0]), "year": report.year}
        facts["usual"] = format_score(right)
        found = spoken.text[first.start : last.end]
        yield found_in(spoken.passage, first.start, found, **facts)


def _is_out_of_less(scored: Scored) -> bool:
    """Whether what stands behind a number says that full marks are fewer than a hundred."""
    behind = document_pattern("figures.out_of_less")
    return bool(behind.match(scored.spoken.text, scored.number.end))


def _wrong_ones(
    report: Report, listed: Sequence[Scored], year: int
) -> list[tuple[Scored, Decimal]]:
    """Return what of a list has other points in a year, with these."""
    right = [(each, values(report, each.codes[0], year)) for each in listed]
    return [(each, of[0]) for each, of in right if not _is_any(each, of)]


def _is_any(scored: Scored, right: Sequence[Decimal]) -> bool:
    """Whether a number is one of some points, as many decimals as it has."""
    points, places = scored.number.points, Decimal(1).scaleb(-scored.number.decimals)
    return any(
        abs(points - each) <= CLOSE or points == each.quantize(places, ROUND_HALF_UP)
        for each in right
    )


def _surely(report: Report, scored: Scored) -> Found | None:
    """Return a number that its subject has in none of the years that the report gives."""
    code, spoken = scored.codes[0], scored.spoken
    years = sorted({year for of, year in report.scores if of == code}, reverse=True)
    year = spoken.year_at(scored.number.start, report.year)
    if year not in (*years, report.year) and year < report.year:
        return None
    right = [each for of in years or [report.year] for each in values(report, code, of)]
    known = [*right, *may_be(report, code, report.year)]
    weighted = list(_weighted(report, code, known, scored.weight))
    right = weighted if scored.weight else right + weighted
    firm_ones = [e for of in years for e in firm(report, code, of)]
    is_reckoned = code == OVERALL and not years
    if not right or not (firm_ones or is_reckoned) or _is_any(scored, right):
        return None
    before = spoken.text[max(0, scored.number.start - 2 * BEFORE) : scored.number.start]
    if code.isdigit() and said("of_part_before").search(before):
        return None
    losses = [scored.weight * (1 - Fraction(each) / 100) for each in known if scored.weight]
    if any(not off_by(each, scored.number.text) for each in losses):
        return None
    meant = report.once(names_under_numbers).get((spoken.passage.spot, code), "")
    if meant and _is_any(scored, values(report, meant, report.year)):
        return None
    usual = ((not scored.weight and values(report, code, report.year)) or right)[0]
    return _found(report, scored, code, report.year, usual)


def _of_other_year(report: Report, scored: Scored) -> Found | None:
    """Return a number that its subject has in the other year than the one told right beside it."""
    spoken, number = scored.spoken, scored.number
    told = year_beside(report, scored)
    named = spoken.last_named(number.start)
    code = named.code if named else spoken.passage.under or OVERALL
    right = values(report, code, told) if told else []
    if not right or _is_any(scored, right):
        return None
    others = {report.year, report.year - 1} - {told}
    if not any(number.points in firm(report, code, year) for year in others):
        return None
    return _found(report, scored, code, told, right[0])


def _weighted(
    report: Report, code: str, points: Sequence[Decimal], out_of: int = 0
) -> Iterator[Decimal]:
    """Yield points times the weight of their instrument, if it is the one told, if one is."""
    weight = weights_of(report.rules).get(code) if report.rules else None
    for each in points if weight and out_of in (0, weight) else ():
        yield to_hundredths(Fraction(each) * Fraction(weight or 0) / 100)


def _nearly(report: Report, scored: Scored) -> Found | None:
    """Return a number that is nearly the value of something that it may be of."""
    spoken, number = scored.spoken, scored.number
    if said("end_of_band").search(spoken.text, 0, number.start):
        return None
    if said("mean_of_all").search(spoken.text, max(0, number.start - BEFORE), number.start):
        listed = indicators(report, report.year)
        right = plain_mean(listed.values()) if len(listed) > 1 else None
        is_wrong = right is not None and is_slip(number.points, right)
        return _found(report, scored, OVERALL, report.year, right) if right and is_wrong else None
    is_small = number.points <= SMALL
    codes, years = scored.codes[: 1 if is_small else None], years_meant(report, scored)
    of_scores = [code for code in codes if not code[0].islower()]
    if any(_is_any(scored, values(report, code, year)) for code in of_scores for year in years):
        return None
    for code in codes:
        for year in years:
            for right in values(report, code, year):
                nearly = is_swap if is_small else is_slip
                if nearly(number.points, right):
                    return _found(report, scored, code, year, right)
    return None


def _found(report: Report, scored: Scored, code: str, year: int, right: Decimal) -> Found:
    facts = {"name": name_of(report, code), "year": year, "usual": format_score(right)}
    passage, number = scored.spoken.passage, scored.number
    if scored.start == number.start:
        return found_in(passage, number.start, number.text, **facts)
    found = passage.text[scored.start : number.end]
    return found_in(passage, scored.start, found, **facts).told("pair")
