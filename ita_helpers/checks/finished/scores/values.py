"""One thing with two values: within the report, against ``data/``, against what is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.names.naming import names_under_numbers
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.heads import joined_heads
from ita_helpers.checks.finished.passages.shared import limits_of
from ita_helpers.checks.finished.passages.side_by_side import means_beside, over_full_marks
from ita_helpers.checks.finished.passages.standing import is_swap
from ita_helpers.checks.finished.reading import (
    SMALL,
    pattern,
    said,
    year_places,
    years_in,
)
from ita_helpers.checks.finished.report import Report, passages_by_spot, row_of, tables_by_number
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.checks.finished.scores.group_scores import wrong_group_scores
from ita_helpers.checks.finished.scores.many_offices import (
    scores_told_twice,
    wrong_scores_of_offices,
)
from ita_helpers.checks.finished.scores.pairs_in_rows import wrong_pairs
from ita_helpers.checks.finished.scores.roughly import wrong_rough_scores
from ita_helpers.checks.finished.scores.scored import is_of_another
from ita_helpers.checks.finished.scores.wrong_scores import wrong_cells, wrong_scores
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.checks.finished.trust import holds
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.points import format_score, round_half_up
from ita_helpers.scoring.possibility import Doubt, find_doubts, groups_of
from ita_helpers.scoring.weighted import weights_of

FULL = 100
NEAR_BEHIND = 45
"""Characters behind a score in which its year stands."""
NEAR = Fraction(2, 100)
"""Points: weighted points this near a score times its weight are the same figure."""


def _twice(report: Report) -> Iterator[Found]:
    """Yield values of a thing that differ from the one the report gives most often."""
    for (code, year), usual in report.scores.items():
        seen: set[Decimal] = set()
        for claim in report.claimed(code, year):
            points = claim.points
            if points is None or points in seen or _is_same(report, claim, usual):
                continue
            announced = pattern("announced_on").search(claim.words)
            if announced and announced["year"] != announced["on"] and not claim.is_of_table:
                continue
            if _knows_both(report, claim, usual) or _is_of_several_years(claim, report.year):
                continue
            is_small = claim.is_of_table and points < SMALL < usual
            is_loss = is_small and not is_swap(points, usual)
            if is_loss or is_of_another(report, claim) or _is_anothers(report, claim):
                continue
            if _is_of_the_name(report, claim) or _is_of_last_year(report, claim):
                continue
            if _is_of_another_column(report, claim) or _is_limit(report, claim):
                continue
            if _is_weighted_of_another(report, claim):
                continue
            seen.add(points)
            yield _of_claim(report, claim, usual=format_score(usual))


def _against_data(report: Report) -> Iterator[Found]:
    """Yield values that differ from those ``data/`` has of the office."""
    for (code, year), usual in report.scores.items():
        known = report.known.get(year, {}).get(code)
        if known is None:
            continue
        claims = report.claimed(code, year)
        claim = next((each for each in claims if each.points == usual), claims[0])
        if not _is_same(report, claim, known):
            yield _of_claim(report, claim, usual=format_score(known))


def _is_same(report: Report, claim: Claim, usual: Decimal) -> bool:
    """Whether a value is another one, rounded to fewer decimals or weighted."""
    assert claim.points is not None
    decimals = max(0, -int(claim.points.as_tuple().exponent))
    if claim.points == usual or round_half_up(Fraction(usual), min(decimals, 2)) == claim.points:
        return True
    if round_half_up(Fraction(claim.points), _decimals(usual)) == usual:
        return True
    rules = report.rules_of(claim.fiscal_year)
    weight = weights_of(rules).get(claim.code) if rules else None
    if not weight:
        return False
    pair = (Fraction(claim.points), Fraction(usual))
    return abs(min(pair) - max(pair) * weight / FULL) < NEAR


def _is_weighted_of_another(report: Report, claim: Claim) -> bool:
    """Whether a sentence about weighted points tells those of another instrument or year.

    Their sum, and out of how many points each of them is, is none of the instruments' either.
    """
    if claim.is_of_table or not said("weighted_before").search(claim.words):
        return False
    points = Fraction(claim.points or 0)
    for year in {claim.fiscal_year, report.year}:
        rules, known = report.rules_of(year), report.points(year)
        weights = weights_of(rules) if rules else {}
        told = [Fraction(known[code]) * weights[code] / FULL for code in known if code in weights]
        told += [Fraction(known[OVERALL])] if OVERALL in known and weights else []
        told += [Fraction(each) for each in weights.values()]
        if any(abs(each - points) < NEAR for each in told):
            return True
    return False


def _knows_both(report: Report, claim: Claim, usual: Decimal) -> bool:
    """Whether words or a row give the usual points too; weighted ones beside them are others."""
    if not holds(claim.words, usual):
        return False
    table, row = report.once(tables_by_number).get(claim.spot.table), row_of(report, claim.spot)
    heads = joined_heads(table) if table else []
    weighted = [at for at, head in enumerate(heads) if pattern("weighted_head").search(head)]
    beside = [row[at] for at in weighted if at < len(row)]
    others = [cell for cell in row if number_in(cell) == usual and cell not in beside]
    return bool(others) or not beside


def _decimals(points: Decimal) -> int:
    return min(2, max(0, -int(points.as_tuple().exponent)))


def _is_of_several_years(claim: Claim, year: int) -> bool:
    """Whether a sentence speaks of several years, and its figure is not told for the report's."""
    return not claim.is_of_table and claim.fiscal_year != year and len(years_in(claim.words)) > 1


def _is_of_last_year(report: Report, claim: Claim) -> bool:
    """Whether words of the year before give the score that it had then."""
    then = report.scores.get((claim.code, claim.fiscal_year - 1))
    points = claim.points
    if points is None or then not in (points, None) or claim.is_of_table:
        return False
    if then is None and _is_of_other_part(report, claim):
        return False
    places = [e.span() for e in re.finditer(re.escape(format_score(points)), claim.words)]
    if then == points and all(said("former_before").search(claim.words, 0, e) for e, _ in places):
        return True
    told = [e.span() for e in said("last_year").finditer(claim.words)]
    told += [e.span() for e in year_places(claim.words) if int(e["year"]) < claim.fiscal_year]
    return any(_is_dated(claim, *place, *of) for place in places for of in told)


def _is_of_another_column(report: Report, claim: Claim) -> bool:
    """Whether a sentence gives what stands beside the score of its subject in a table's row."""
    if claim.is_of_table:
        return False
    passage = report.once(passages_by_spot).get(claim.spot)
    codes = (claim.code, passage.under if passage else "")
    return claim.points in report.once_of(_numbers_beside, codes)


def _numbers_beside(report: Report, codes: tuple[str, str]) -> frozenset[Decimal | None]:
    """Return the numbers in the rows of scores of these codes that are no scores themselves."""
    known = {each.spot for each in report.claims.claims}
    rows = (row_of(report, each.spot) for each in report.claims.claims if each.code in codes)
    return frozenset(number_in(cell) for row in rows for cell in row if cell.spot not in known)


def _is_limit(report: Report, claim: Claim) -> bool:
    """Whether a sentence only tells of a limit of the year, or of the upper end of a range."""
    if claim.is_of_table or claim.points is None:
        return False
    words, at = claim.words, claim.words.find(format_score(claim.points))
    if at > 0 and said("range_ahead").search(words, 0, at):
        return True
    if claim.points not in limits_of(report):
        return False
    is_whole = re.search(rf"(?<![\d.]){int(claim.points)}(?![\d.])", words)
    behind = at + len(format_score(claim.points))
    is_told = at > 0 and (
        said("limit_before").search(words, 0, at) or said("limit_behind").match(words, behind)
    )
    return bool(is_told or (at < 0 and is_whole and said("of_limit").search(words)))


def _is_dated(claim: Claim, start: int, end: int, begun: int, ended: int) -> bool:
    """Whether words that name the year before are those of a score, and not of a difference."""
    text = claim.words
    if begun >= end:
        is_apart = said("told_anew").search(text, end, begun)
        return begun - end < NEAR_BEHIND and not is_apart
    between = text[ended:start]
    by = said("by_points").match(between)
    is_of_this = said("this_year").search(between) or claim.fiscal_year in years_in(between)
    return not is_of_this and not (by and Decimal(by["points"]) < SMALL)


def _is_of_the_name(report: Report, claim: Claim) -> bool:
    """Whether a value is that of the name beside the number of another indicator (ITA401)."""
    meant = report.once(names_under_numbers).get((claim.spot, claim.code), "")
    return claim.points == report.scores.get((meant, claim.fiscal_year))


def _is_anothers(report: Report, claim: Claim) -> bool:
    """Whether a sentence that names no overall score gives the score of something else."""
    if claim.is_of_table or claim.code != OVERALL:
        return False
    is_named = any(each.code == OVERALL for each in report.mentions(claim.words))
    others = [points for (code, _), points in report.scores.items() if code != OVERALL]
    return not is_named and claim.points in others


def _is_of_other_part(report: Report, claim: Claim) -> bool:
    """Whether a value is that of the other part of the same instrument."""
    others = [e for e in PARTS if claim.code in PARTS and e != claim.code]
    return any(claim.points == report.scores.get((e, claim.fiscal_year)) for e in others)


def _of_claim(report: Report, claim: Claim, **facts: object) -> Found:
    assert claim.points is not None
    facts = {"name": name_of(report, claim.code), "year": claim.fiscal_year, **facts}
    found, words = format_score(claim.points), claim.words
    before = report.mentions.before(words, words.find(found))
    if _is_of_other_part(report, claim) and before and before[-1].code == claim.code:
        found = words[before[-1].start : words.find(found) + len(found)]
        return Found(claim.spot, found, words, facts).told("pair")
    return Found(claim.spot, found, words, facts)


def _impossible(report: Report) -> Iterator[Found]:
    """Yield points above 100."""
    for passage, place in report.find("too_many_points"):
        before = passage.text[: place.start()]
        if Decimal(place["points"]) > FULL and not said("of_no_score").search(before):
            yield found_at(passage, place, "points")
    of_scores = {each.spot.table for each in report.own if each.is_of_table and each.points}
    for passage in report.passages:
        is_score = passage.row and passage.spot.table in of_scores
        cell = pattern("points_in_a_cell").fullmatch(passage.text) if is_score else None
        if cell and Decimal(cell["points"]) > FULL:
            yield found_in(passage, 0, cell["points"])


def _respondents(report: Report) -> Iterator[Found]:
    """Yield the one score of an instrument that no answers of the respondents named can give.

    Where several are impossible, the number told is not that of those who answered.
    """
    if not report.rules:
        return
    unknown = dict.fromkeys((each.counted_as for each in groups_of(report.rules)), 0)
    doubts: dict[str, list[Doubt]] = {}
    for doubt in find_doubts(report.rules, report.points(), unknown | _counted(report)):
        indicator = report.rules.find_indicator(doubt.code)
        doubts.setdefault(indicator.instrument if indicator else doubt.code, []).append(doubt)
    for doubt in (of_one[0] for of_one in doubts.values() if len(of_one) == 1):
        claim = report.claimed(doubt.code)[0]
        nearest = [format_score(each) for each in doubt.nearest]
        yield _of_claim(report, claim, people=doubt.respondents, nearest=nearest)


def _counted(report: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in ("respondents", "who_answered"):
        for _, place in report.find(key):
            code = "iit" if place["inside"] else "eit1"
            found.setdefault(code, int(place["count"].replace(",", "")))
    return found


RULES = (
    Rule(
        "ITA101",
        "error",
        all_of(
            wrong_scores,
            wrong_cells,
            wrong_pairs,
            _twice,
            wrong_scores_of_offices,
            scores_told_twice,
            wrong_rough_scores,
            wrong_group_scores,
        ),
    ),
    Rule("ITA102", "error", all_of(_against_data, means_beside)),
    Rule("ITA103", "error", all_of(_impossible, over_full_marks)),
    Rule("ITA104", "warning", _respondents),
)
