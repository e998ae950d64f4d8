"""What a number in a sentence is the score of: of which thing, and how surely.

The one place that reads it; whatever judges the scores of sentences asks here. What stands right
before a number, in a list in its order, or right behind it is surely meant; of all else that a
sentence speaks of it may be the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ita_helpers.checks.finished.passages.speaking import (
    BEFORE,
    BEHIND,
    Number,
    Spoken,
    all_spoken,
    names_another,
)
from ita_helpers.checks.finished.passages.standing import plain_mean, values
from ita_helpers.checks.finished.reading import CLOSE, SMALL, Mention, bare, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.naming import OVERALL
from ita_helpers.records.spot import Spot
from ita_helpers.scoring.weighted import weights_of
from ita_helpers.values import value

FEWEST, FULL, FAR = 2, 100, 30
"""Entries of a list; points; characters from a number to the year beside it."""
_WHOLE = re.compile(r"(?<![\d.])\d{2,3}(?![\d.])")


@value(frozen=True)
class Scored:
    """A number with what it may be the score of, the nearest first.

    It is "beside" if it can only be of the first, "told" if it is so unless it is something else
    altogether; ``start`` is where the first is named, or the number. ``listed`` are all numbers of
    the list that it stands in. ``weight`` is out of how many points it is told to be, if it is
    weighted.
    """

    spoken: Spoken
    number: Number
    codes: tuple[str, ...]
    start: int
    how: str = ""
    listed: tuple[Number, ...] = ()
    weight: int = 0


def all_scored(report: Report) -> tuple[Scored, ...]:
    """Return the numbers of all sentences that are scores of the report's own things."""
    return report.once(_all_scored)


def _all_scored(report: Report) -> tuple[Scored, ...]:
    spoken = all_spoken(report) if report.rules else ()
    return tuple(each for one in spoken if one.numbers for each in scored_in(one))


def scored_in(spoken: Spoken) -> Iterator[Scored]:
    """Yield the numbers of a sentence that are scores of what it speaks of."""
    seen: set[int] = set()
    for each in _in_lists(spoken) if len(spoken.numbers) >= FEWEST else ():
        seen.add(each.number.start)
        yield each
    for number in spoken.numbers:
        if number.start in seen or number.points > FULL:
            continue
        if weighted := _weighted(spoken, number):
            yield weighted
        elif not is_other(spoken, number):
            yield _alone(spoken, number)


def is_other(spoken: Spoken, number: Number) -> bool:
    """Whether words around a number say that it is a limit, wished, or of something else."""
    return spoken.report.once_of(_is_other, (spoken, number))


def _is_other(_: Report, of: tuple[Spoken, Number]) -> bool:
    spoken, number = of
    text = spoken.plain
    before = text[max(0, number.start - BEFORE) : number.start]
    near = before[-BEHIND:]
    return bool(
        _is_foreign(spoken, number)
        or (said("limit_before").search(near) and not said("although").search(before))
        or (_is_aimed(before) and not said("mean_of_all").search(before))
        or said("limit_behind").match(text, number.end)
        or said("change_before").search(near)
    )


def _is_foreign(spoken: Spoken, number: Number) -> bool:
    """Whether words before a number say that it is others', some people's, or only hoped for."""
    before = spoken.plain[max(0, number.start - BEFORE) : number.start]
    area = said("of_area").search(before)
    return bool(
        said("another_survey").search(before)
        or said("of_others").search(before)
        or said("mean_over").search(before)
        or said("supposed_before").search(before)
        or said("mean_goes_on").search(spoken.plain, 0, number.start)
        or said("of_group").search(before)
        or (said("hoped").search(before) and not said("of_this_year").search(before))
        or (area and area["area"] not in spoken.report.claims.office)
        or names_another(spoken, number.start)
        or (said("mean").search(before) and _is_mean(spoken, number))
    )


def _is_mean(spoken: Spoken, number: Number) -> bool:
    """Whether a number is the mean of the last things named before it, of one year."""
    report = spoken.report
    named = [each.code for each in spoken.named_before(number.start)]
    for year in (report.year, report.year - 1):
        points = [values(report, code, year) for code in dict.fromkeys(named)]
        for count in range(FEWEST, len(points) + 1):
            last = [each[0] for each in points[-count:] if each]
            if len(last) == count and abs(plain_mean(last) - number.points) <= CLOSE:
                return True
    return False


def is_of_another(report: Report, claim: Claim) -> bool:
    """Whether the words around what a sentence claims say that it is no score of the report's."""
    if claim.is_of_table:
        return False
    spoken = report.once(_by_spot).get(claim.spot)
    told = [each for each in spoken.numbers if each.points == claim.points] if spoken else []
    return bool(spoken and told) and all(_is_foreign(spoken, each) for each in told if spoken)


def _by_spot(report: Report) -> dict[Spot, Spoken]:
    return {each.passage.spot: each for each in all_spoken(report)}


def _is_aimed(before: str) -> bool:
    """Whether a word for something wished stands before a number, without one of its own."""
    found = list(said("aim_ahead").finditer(before))
    return bool(found) and not _WHOLE.search(before, found[-1].end())


def _in_lists(spoken: Spoken) -> Iterator[Scored]:
    """Yield the scores of subjects in one list with as many of them in one list behind."""
    for named in _groups(spoken):
        behind = [each for each in spoken.numbers if each.start >= named[-1].end]
        listed = behind[:1]
        for one, other in pairwise(behind):
            if not said("between_figures").fullmatch(spoken.text, one.end, other.start):
                break
            listed.append(other)
        points = sorted(each.points for each in listed)
        if len(listed) != len(named) or points[(len(points) - 1) // 2] <= SMALL:
            continue
        between = spoken.plain[named[-1].end : listed[0].start]
        if said("before_figures").fullmatch(between) and not is_other(spoken, listed[0]):
            for mention, number in zip(named, listed, strict=True):
                yield Scored(
                    spoken, number, (mention.code,), listed[0].start, "beside", tuple(listed)
                )


def _groups(spoken: Spoken) -> list[list[Mention]]:
    """Return what is named in lists, with the instruments where all three are meant."""
    groups: list[list[Mention]] = []
    for each in spoken.named:
        last = groups[-1][-1] if groups else None
        is_same = last is not None and last.start == each.start
        if last and (is_same or said("between_names").fullmatch(spoken.text, last.end, each.start)):
            groups[-1].append(each)
        else:
            groups.append([each])
    for place in said("all_instruments").finditer(spoken.text):
        groups.append([Mention(*place.span(), code) for code in ("IIT", "EIT", "OIT")])
    for place in said("numbers_in_a_row").finditer(spoken.text):
        codes = re.findall(r"\d+", place.group())
        groups.append([Mention(*place.span(), code) for code in codes])
    return [each for each in groups if len(each) >= FEWEST]


def _alone(spoken: Spoken, number: Number) -> Scored:
    """Return a number with what it is the score of by itself."""
    if said("of_overall").match(spoken.text, number.end) or _is_reckoned(spoken, number):
        return Scored(spoken, number, (OVERALL,), number.start, "beside")
    codes = _subjects(spoken, number)
    if code := _told_of(spoken, number):
        return Scored(spoken, number, tuple(dict.fromkeys((code, *codes))), number.start, "told")
    if mention := own_subject(spoken, number):
        codes = list(dict.fromkeys((mention.code, *codes)))
        return Scored(spoken, number, tuple(codes), mention.start, "beside")
    return Scored(spoken, number, tuple(codes), number.start)


def _weighted(spoken: Spoken, number: Number) -> Scored | None:
    """Return a number that is told as weighted points of what alone stands before it."""
    mention = spoken.last_named(number.start)
    out_of = said("out_of_weight").match(spoken.text, number.end)
    weights = weights_of(spoken.report.rules) if mention and spoken.report.rules else {}
    weight = weights.get(mention.code, 0) if mention else 0
    if not mention or not weight or number.points > weight or _is_foreign(spoken, number):
        return None
    if said("change_before").search(spoken.plain, 0, number.start):
        return None
    if any(each[-1].start == mention.start for each in _groups(spoken)):
        return None
    is_told = said("weighted_before").search(spoken.text, 0, number.start)
    is_beside = said("own_score").fullmatch(spoken.text, mention.end, number.start)
    if (out_of and int(out_of["weight"]) == weight) or (is_told and is_beside):
        return Scored(spoken, number, (mention.code,), number.start, "beside", weight=weight)
    return None


def _is_reckoned(spoken: Spoken, number: Number) -> bool:
    """Whether a number is what the scores of all instruments before it are said to come to."""
    before = {each.code for each in spoken.named_before(number.start)}
    is_all = before >= {"IIT", "EIT", "OIT"}
    return is_all and bool(said("comes_to").search(spoken.plain, 0, number.start))


def own_subject(spoken: Spoken, number: Number) -> Mention | None:
    """Return what a number surely is the score of: what stands right before it."""
    if number.points <= SMALL or is_other(spoken, number):
        return None
    mention = spoken.last_named(number.start)
    if not mention or mention.code[0].islower():
        return None
    ahead = spoken.plain[max(0, mention.start - BEHIND) : mention.start]
    if said("aim_ahead").search(ahead) or said("of_others").search(ahead):
        return None
    is_inside = said("inside_of").search(spoken.text, 0, mention.start)
    is_end = is_inside and said("low_or_high").search(spoken.text, mention.end, number.start)
    if is_end or said("end_of").search(spoken.text, 0, mention.start):
        return None
    behind = spoken.text[number.end : number.end + BEHIND]
    first = next((each for each in spoken.numbers if each.start >= mention.end), number)
    if first is not number and said("then_score").fullmatch(spoken.text, first.end, number.start):
        number = first
    is_beside = said("own_score").fullmatch(spoken.text, mention.end, number.start)
    is_list = sum(each.end == mention.end for each in spoken.named) > 1
    is_several = said("between_figures").match(behind) and re.match(r"\D{0,9}\d+(?![\d)])", behind)
    return mention if is_beside and not (is_list or is_several) else None


def _told_of(spoken: Spoken, number: Number) -> str:
    """Return what a number is surely said to be of: what follows, or the office itself."""
    behind = spoken.next_named(number.end)
    if behind and said("of_what_follows").fullmatch(spoken.text, number.end, behind.start):
        return behind.code
    named = spoken.last_named(number.start)
    is_alone = not spoken.passage.under and (not named or number.start - named.end > BEFORE)
    return OVERALL if is_alone and is_of_office(spoken, number) else ""


def is_of_office(spoken: Spoken, number: Number) -> bool:
    """Whether the office itself is said to have got a number."""
    before = spoken.plain[max(0, number.start - BEFORE) : number.start]
    got = said("office_got").search(before)
    if not got:
        return False
    own = bare(spoken.report.claims.office)
    return bool(
        said("of_office").search(before) or (own and bare(before[: got.start()]).endswith(own))
    )


def _subjects(spoken: Spoken, number: Number) -> list[str]:
    """Return what a number may be of, the nearest first."""
    before = spoken.last_named(number.start)
    behind = spoken.next_named(number.end)
    found = [before.code] if before else []
    if is_of_office(spoken, number):
        found.insert(0, OVERALL)
    if behind and not spoken.between(number.end, behind.start):
        is_told = said("of_what_follows").match(spoken.text[number.end : behind.start] or " ")
        own = next((each for each in spoken.numbers if each.start >= behind.end), None)
        has_own = own and said("own_score").fullmatch(spoken.text, behind.end, own.start)
        if not has_own:
            found = [behind.code, *found] if is_told else [*found, behind.code]
    is_under = spoken.passage.under.isdigit()
    near = [e for e in spoken.described if abs(number.start - e.start) < BEFORE]
    described = near if before or not is_under else []
    closer = [e for e in described if e.end <= number.start and before and e.start > before.end]
    found = [*(each.code for each in reversed(closer)), *found]
    described = sorted(described, key=lambda each: (each.start > number.start, -each.start))
    found += [each.code for each in described]
    if not before:
        found.append(spoken.passage.under or OVERALL)
    return list(dict.fromkeys(found))


def years_meant(report: Report, scored: Scored) -> Sequence[int]:
    """Return the years (B.E.) whose score a number may be, the likeliest first."""
    spoken = scored.spoken
    year = spoken.year_at(scored.number.start, spoken.passage.year or report.year)
    if is_former(spoken, scored.number):
        return list(dict.fromkeys((min(year, report.year) - 1, report.year - 1)))
    return list(dict.fromkeys((min(year, report.year), report.year, report.year - 1)))


def is_former(spoken: Spoken, number: Number) -> bool:
    """Whether a number is that from which a score has come to another one."""
    before = spoken.text[max(0, number.start - BEHIND) : number.start]
    is_from = said("former_before").search(before)
    return bool(is_from and said("former_behind").match(spoken.text, number.end))


def year_beside(report: Report, scored: Scored) -> int:
    """Return the year (B.E.) that words right beside a number tell it for, 0 for none.

    Years written before a number are held against it by themselves.
    """
    spoken, number = scored.spoken, scored.number
    next_one = next((each.start for each in spoken.numbers if each.start > number.start), 0)
    behind = [each for each in spoken.years_behind if 0 <= each[0] - number.start < FAR]
    behind = [each for each in behind if not spoken.between(number.end, each[0])]
    if behind and not (next_one and 0 < next_one - behind[0][0] < FAR):
        return behind[0][1]
    is_first = not any(place < number.start for place, _ in spoken.years)
    if is_first and said("then_compared").match(spoken.text, number.end):
        return report.year
    before = max(0, number.start - FAR)
    found = [
        (place.end(), year)
        for key, year in (("this_year", report.year), ("last_year", report.year - 1))
        for place in said(key).finditer(spoken.text, before, number.start)
        if (place.start(), year) not in spoken.years_behind
    ]
    end, year = max(found, default=(0, 0))
    is_beside = year and said("own_score").fullmatch(spoken.text, end, number.start)
    return year if is_beside else 0
