"""What a difference in a sentence is told of, and against what: a year, a limit, another score.

The one place that reads it; whatever judges differences asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ita_helpers.checks.finished.names.offices import own_names
from ita_helpers.checks.finished.passages.contests import office_names, offices
from ita_helpers.checks.finished.passages.gaps import (
    FULL,
    Gap,
    of_ends,
    of_limits,
    of_one_end,
    of_years,
    pairs_of,
    parts_compared,
    since_last_year,
)
from ita_helpers.checks.finished.passages.listed_names import joined_back
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, names_another
from ita_helpers.checks.finished.passages.standing import may_be, values
from ita_helpers.checks.finished.reading import SMALL, Mention, bare, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.trust import of_others
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.number_words import number_of

BEHIND, NEAR, FAR = 30, 45, 70
"""Characters behind a number, around a word, and before it, in which stands what belongs to it."""
CHANGES, SIDES = ("up", "down", "same"), ("above", "below", "apart")
ALL_YEARS = 2
"""Years of a sum over several at least."""


@dataclass(frozen=True)
class Told:
    """A word for a difference with its number, what it is told of, and against what.

    ``against`` is "year", "limit", "code", "others" (whose scores are not known), or empty where
    the words do not say it. ``years`` are pairs of a later and an earlier year (B.E.) of which a
    change may be told.
    """

    spoken: Spoken
    word: re.Match[str]
    number: Number
    code: str
    against: str
    years: tuple[tuple[int, int], ...]
    others: tuple[str, ...] = ()

    @cached_property
    def limit(self) -> Decimal | None:
        """The points that a sentence says are to be reached, which the number is lacking to."""
        return limit_of(self.spoken, self.number)

    @property
    def year(self) -> int:
        """The year (B.E.) that is spoken of where the word stands."""
        return self.spoken.year_at(self.word.start(), self.spoken.report.year)

    @property
    def between(self) -> str:
        """The words between the word and its number, whichever comes first."""
        text, first = self.spoken.text, min(self.word.end(), self.number.end)
        return text[first : max(self.word.start(), self.number.start)]


def told_of(report: Report, spoken: Spoken, word: re.Match[str], number: Number) -> Told:
    """Return what a number is told of as a difference beside a word for one."""
    text, next_one = spoken.text, change_goes_on(spoken, number)
    code = next_one.code if next_one else _in_order(spoken, word, number)
    code = code or subject_of(spoken, word)
    ahead = word.end() <= number.start
    between = text[word.end() : number.start] if ahead else text[word.end() :][:BEHIND]
    others = [e.code for e in spoken.named if word.end() <= e.start < number.start]
    if word.lastgroup == "apart" and others and not spoken.last_named(word.start()):
        code, others = others[0], others[1:]
    listed = listed_with(spoken, number)
    if len(others) == len(listed) > 1 and word.lastgroup in SIDES:
        others = [others[listed.index(number)]]
    if word.lastgroup == "apart" and not others:
        code, others = _pair_before(spoken, word) or (code, others)
    if not others and code in PARTS and said("other_part").match(text, word.end()):
        code, others = parts_compared(spoken, word, code)
    behind = text[number.end : number.end + BEHIND] if ahead else ""
    plain = spoken.plain[word.end() : word.end() + len(between)]
    against = _against(spoken, word, plain, behind, others)
    years = _years(report, spoken, word, number)
    return Told(spoken, word, number, code, against, years, tuple(others))


def listed_with(spoken: Spoken, number: Number) -> list[Number]:
    """Return the numbers of the list that one stands in."""
    runs: list[list[Number]] = []
    for each in spoken.numbers:
        last = runs[-1][-1] if runs else None
        is_alike = last is not None and (last.points > SMALL) == (each.points > SMALL)
        if (
            last
            and is_alike
            and said("between_figures").fullmatch(spoken.text, last.end, each.start)
        ):
            runs[-1].append(each)
        else:
            runs.append([each])
    return next((run for run in runs if number in run), [number])


def _in_order(spoken: Spoken, word: re.Match[str], number: Number) -> str:
    """Return of what a number in a list of several is, told in the order of as many names."""
    listed = listed_with(spoken, number)
    is_change = word.lastgroup in CHANGES
    if len(listed) < ALL_YEARS or listed[0].start < word.end() or not is_change:
        return ""
    before = spoken.named_before(word.start())
    codes = list(dict.fromkeys(each.code for each in before))[-len(listed) :]
    if len(codes) == 1 and (rules := spoken.report.rules):
        codes = [each.code for each in rules.indicators_of(codes[0])]
    if not before and said("of_instruments").match(spoken.text, word.end()):
        codes = ["IIT", "EIT", "OIT"]
    return codes[listed.index(number)] if len(codes) == len(listed) else ""


def limit_of(spoken: Spoken, number: Number) -> Decimal | None:
    """Return the points that a sentence tells as what is to be reached, and lacks a number."""
    text = spoken.text
    if behind := said("lacks_to").match(text, number.end):
        return Decimal(behind["points"] or FULL)
    if not said("lacking").search(text, 0, number.start):
        return None
    reached = list(said("to_reach").finditer(text, 0, number.start))
    if not reached or said("in_other_words").search(text, reached[-1].end(), number.start):
        return None
    return Decimal(reached[-1]["points"])


def change_goes_on(spoken: Spoken, number: Number) -> Mention | None:
    """Return what a number stands right behind, where a change was told just before of another."""
    before = [each for each in spoken.numbers if each.end <= number.start]
    named = spoken.last_named(number.start)
    if not named or not before or before[-1].points > SMALL or named.start < before[-1].end:
        return None
    is_beside = not spoken.text[named.end : number.start].strip(" (+")
    goes_on = said("change_goes_on").fullmatch(spoken.text, before[-1].end, named.start)
    return named if is_beside and goes_on else None


def is_of_several(spoken: Spoken, word: re.Match[str], number: Number) -> bool:
    """Whether a number is one of a list of changes, and it is not known of what each is."""
    listed = listed_with(spoken, number)
    is_list = len(listed) > 1 and listed[0].start >= word.end() and word.lastgroup in CHANGES
    return is_list and listed[-1].points <= SMALL and not _in_order(spoken, word, number)


def subject_of(spoken: Spoken, word: re.Match[str]) -> str:
    """Return what a change or comparison is told of."""
    if said("points_of_all").search(spoken.text, 0, word.start()):
        return spoken.passage.under or OVERALL
    report, before = spoken.report, spoken.last_named(_first_of(spoken, word))
    described = [e for e in spoken.described if e.end <= word.start()]
    if before and described and described[-1].code.isdigit() and described[-1].start > before.end:
        return described[-1].code
    under = spoken.passage.under
    if before and under.isdigit() and spoken.is_aside(before):
        return under
    if before and before.code[0].islower() and under.isdigit():
        return before.code if values(report, before.code, report.year) else under
    if before:
        return OVERALL if _goes_on_with_whole(spoken, before, word) else before.code
    if described:
        return described[-1].code
    return spoken.passage.under or OVERALL


def _goes_on_with_whole(spoken: Spoken, named: Mention, word: re.Match[str]) -> bool:
    """Whether the score told last before a word is that of the whole, and none of what is named."""
    start, end = named.end, word.start()
    told = [e for e in spoken.numbers if start <= e.start and e.end <= end and e.points > SMALL]
    report = spoken.report
    known = {c for (c, _), p in report.scores.items() if len(told) > 1 and p == told[-1].points}
    return OVERALL in known and named.code not in known


def _pair_before(spoken: Spoken, word: re.Match[str]) -> tuple[str, list[str]] | None:
    """Return the two things joined right before a word that says that they are apart."""
    before = spoken.named_before(word.start())
    if not before or not said("equal_filler").fullmatch(spoken.text, before[-1].end, word.start()):
        return None
    codes = list(dict.fromkeys(each.code for each in joined_back(spoken.text, before)))
    return (codes[0], codes[1:]) if len(codes) == ALL_YEARS else None


def _first_of(spoken: Spoken, word: re.Match[str]) -> int:
    """Return where the first of comparisons joined by "and" stands: their subject is one."""
    start = word.start()
    if word.lastgroup not in ("above", "below") or not said("and_so").search(spoken.text, 0, start):
        return start
    others = list(said("moves").finditer(spoken.text, 0, start))
    last = spoken.last_named(start)
    is_other = others and last and last.start >= others[-1].end()
    is_other = is_other and others[-1].lastgroup in SIDES
    return others[-1].start() if is_other else start


def _against(
    spoken: Spoken, word: re.Match[str], between: str, behind: str, others: Sequence[str]
) -> str:
    """Return what kind of thing a difference is from, by the words beside its number."""
    between = said("level_aside").sub("", between)
    is_other = said("another_office").search(between) and not others
    if said("of_others").search(between) or is_other:
        return "others"
    if said("target").search(between) or said("limit_told").search(between):
        return "limit"
    if is_of_last_year(spoken, word) and not others:
        return "year"
    if others:
        return "code"
    if said("lack_of").match(behind.lstrip()) and word.lastgroup == "below":
        return "limit"
    return ""


def is_of_last_year(spoken: Spoken, word: re.Match[str]) -> bool:
    """Whether a year before stands near a word, nearer than another word for a difference."""
    text = spoken.text
    start, end = max(0, word.start() - NEAR), min(len(text), word.end() + NEAR)
    ends = [each.start() for each in said("moves").finditer(text, word.end(), end)]
    end = clause_end(text, word.end(), min([end, *ends]))
    starts = [each.end() for each in said("moves").finditer(text, start, word.start())]
    start = max([start, *starts])
    return bool(said("last_year").search(text, start, end)) or any(
        word.end() <= place < end for place, _ in spoken.years
    )


def _years(
    report: Report, spoken: Spoken, word: re.Match[str], number: Number
) -> tuple[tuple[int, int], ...]:
    """Return the later and the earlier year (B.E.) of a change, the ways it may be meant."""
    text, year = spoken.text, report.year
    several = said("over_years").search(text, max(0, word.start() - NEAR), word.start())
    several = several or _over_years_before(spoken, word)
    if several and (count := number_of(several["count"])) >= ALL_YEARS:
        return (year, year - count), (year, year - count + 1)
    if pair := said("between_years").match(text, number.end):
        return ((int(pair["new"]), int(pair["old"])),)
    first, last = sorted((word.end(), number.end))
    end = clause_end(text, last, last + BEHIND)
    if said("formerly").search(text, max(0, word.start() - NEAR), word.start()):
        return ((year - 1, year - 2),)
    led = said("year_leads_change").search(text, max(0, word.start() - FAR), word.start())
    if led and not led["from"] and int(led["year"]) < year:
        return ((int(led["year"]), int(led["year"]) - 1),)
    named = [each for place, each in spoken.years if first <= place < end]
    old = next((each for each in named if each < year), 0)
    return ((year, old or year - 1),)


def _over_years_before(spoken: Spoken, word: re.Match[str]) -> re.Match[str] | None:
    """Return over how many years a sentence began to tell changes, if it names no year since."""
    told = list(said("over_so_many_years").finditer(spoken.text, 0, word.start()))
    end = told[-1].end() if told else 0
    is_other = said("last_year").search(spoken.text, end, word.start()) or any(
        end <= place < word.start() for place, _ in spoken.years
    )
    return told[-1] if told and not is_other else None


def clause_end(text: str, start: int, end: int) -> int:
    """Return where a clause ends that goes on at a place, at the latest there."""
    found = said("clause_ends").search(text, start, min(len(text), end))
    return found.start() if found else end


def gaps_of(report: Report, told: Told) -> list[Gap]:
    """Return the differences that a number beside a word may be meant as."""
    kind, code = told.word.lastgroup, told.code
    if pair := said("pair_behind").match(told.spoken.text, told.number.end):
        return [Gap(code, Decimal(pair["new"]), Decimal(pair["old"]), is_change=True)]
    found = list(of_offices(report, told.spoken, told.word, told.number))
    means = [] if found else list(_from_mean(report, told))
    if found or means or told.against == "others":
        return found or means
    if told.limit is not None:
        return [Gap(code, one, told.limit) for one in may_be(report, code, told.year)]
    if kind == "apart" and (both := _both_before(told)):
        return both
    end = said("from_an_end").match(told.spoken.text, told.word.end())
    if kind in SIDES and end and not end["office"] and code.isdigit():
        return list(of_one_end(report, code, is_low=bool(said("low_words").search(end["end"]))))
    if kind == "apart" and said("highest_and_lowest").search(told.spoken.text):
        of_last_year = report.year - 1 in {each for _, each in told.spoken.years}
        before = of_ends(report, code, earlier=1) if of_last_year else ()
        return [*of_ends(report, code), *before]
    if told.against == "limit":
        return list(of_limits(report, code, told.between, told.year, is_by=True))
    if told.others and _is_of_changes(told):
        return list(between_changes(report, code, told.others))
    if kind not in ("above", "below") or told.against == "year":
        found += [gap for pair in told.years for gap in of_years(report, code, *pair)]
    if kind not in CHANGES and told.against != "year":
        for year in dict.fromkeys((report.year, told.year)):
            found += pairs_of(report, code, told.others, year)
        if not told.others:
            found += list(of_limits(report, code, told.between, told.year, is_by=True))
    return found


def of_offices(
    report: Report, spoken: Spoken, word: re.Match[str], number: Number
) -> Iterator[Gap]:
    """Yield how far the report's own office, or one named near, is from the one behind a word."""
    text, start = spoken.text, word.start() - NEAR
    named = office_names(report, text) if word.lastgroup in ("above", "below") else []
    others = [each.code for each in named if word.end() <= each.start < number.start]
    first = [each.code for each in named if start <= each.start and each.end <= word.start()]
    for table in offices(report) if len(others) == 1 else ():
        one = first[-1] if first else table.own
        if one in table.points and others[0] in table.points and one != others[0]:
            yield Gap(OVERALL, table.points[one], table.points[others[0]])


def _from_mean(report: Report, told: Told) -> Iterator[Gap]:
    """Yield how far the office is from the mean of others told before a comparison.

    Either may be the subject where the office is named on neither side of the word.
    """
    mean = mean_before(told)
    if mean is None:
        return
    is_first, is_last = own_sides(report, told, mean)
    between = told.spoken.text[max(0, mean.start - FAR) : told.word.start()]
    is_named = report.mentions(between)
    codes = [told.code] if is_named else [told.spoken.passage.under or OVERALL, OVERALL]
    for code in dict.fromkeys(codes):
        for own in values(report, code, report.year):
            if is_first or not is_last:
                yield Gap(code, own, mean.points)
            if is_last or not is_first:
                yield Gap(code, mean.points, own)


def mean_before(told: Told) -> Number | None:
    """Return the score or mean of others that stands before a comparison that is with it."""
    spoken = told.spoken
    before = [e for e in spoken.numbers if e.points > SMALL and e.end <= told.word.start()]
    is_with_mean = told.against == "others" and said("than_the_mean").match(
        spoken.text, told.word.end()
    )
    is_meant = told.word.lastgroup in ("above", "below") and not told.others
    if not is_meant or not before or (told.against and not is_with_mean):
        return None
    is_other = of_others(spoken.text[: before[-1].start]) or names_another(spoken, before[-1].start)
    return before[-1] if is_other else None


def own_sides(report: Report, told: Told, mean: Number) -> tuple[bool, bool]:
    """Whether the office is named before a comparison, and behind it."""
    text, word = told.spoken.text, told.word
    names = report.once(own_names)
    sides = [text[mean.end : word.start()], text[word.end() : told.number.start]]
    is_first, is_last = (any(bare(name) in bare(side) for name in names) for side in sides)
    is_first = is_first or bool(said("office_before").search(sides[0]))
    return is_first, is_last or bool(said("than_us").match(sides[1]))


def _is_of_changes(told: Told) -> bool:
    """Whether it is two changes that are compared: one rose by more than another."""
    text, end = told.spoken.text, told.word.start()
    return any(said(key).search(text, 0, end) for key in ("rising", "falling", "changing"))


def between_changes(report: Report, code: str, others: Sequence[str]) -> Iterator[Gap]:
    """Yield how much more a code changed than others did."""
    for one in since_last_year(report, code):
        for each in others:
            for other in since_last_year(report, each):
                yield Gap(code, abs(one.by), abs(other.by))


def _both_before(told: Told) -> list[Gap]:
    """Return how far the two parts of an instrument are apart that were told right before."""
    spoken, start = told.spoken, told.word.start()
    named = spoken.named_before(start)[-2:]
    if {each.code for each in named} != set(PARTS) or told.others:
        return []
    ends = [named[1].start, start]
    one, other = (
        [number.points for number in spoken.numbers if each.end <= number.start < end][-1:]
        for each, end in zip(named, ends, strict=True)
    )
    return [Gap(named[0].code, one[0], other[0])] if one and other else []
