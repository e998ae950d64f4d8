"""Changes and comparisons in any words, held against all differences that the scores have.

The number of a difference says by itself which two scores are meant; then the word for up or down,
above or below can be judged however the sentence is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.scopes import kinds
from ita_helpers.checks.finished.speaking import Number, Spoken, all_spoken, places
from ita_helpers.checks.finished.standing import is_slip, values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.records.spot import Spot

AHEAD, BEHIND, NEAR = 140, 18, 45
"""Characters before a number, behind it, and around a word, in which what belongs to it stands."""
UPWARD, DOWNWARD = ("up", "above"), ("down", "below")
CHANGES = ("up", "down", "same")


@dataclass(frozen=True)
class Gap:
    """A difference that two scores have: what is ``larger`` less ``smaller`` is ``by``.

    ``is_change`` if it is that of two years. ``code`` is what it is said of.
    """

    code: str
    one: Decimal
    other: Decimal
    is_change: bool = False
    is_named: bool = True

    @property
    def by(self) -> Decimal:
        """The difference, above zero if the first is more."""
        return self.one - self.other


def wrong_ways(report: Report) -> Iterator[Found]:
    """Yield words for up or down beside a number that is the difference of the contrary."""
    for spoken, number, word in report.once(_differences):
        gaps = [each for each in _gaps(report, spoken, word, number) if _is(number, each)]
        way = _way(word)
        is_told = any(_is(number, each) for each in _steps(spoken, word, way))
        if way and gaps and not is_told and all(each.by * way < 0 for each in gaps):
            yield _found(spoken, word.start(), word.group(), gaps[0])
    yield from _untold(report)
    yield from _signed(report)
    for spoken, words in report.once(_moves):
        for word in words:
            if told := said("from_to").match(spoken.text, word.end()):
                gap = Gap("", Decimal(told["new"]), Decimal(told["old"]))
                if _way(word) * gap.by < 0:
                    yield _found(spoken, word.start(), word.group(), gap)


def _steps(spoken: Spoken, word: re.Match[str], way: int) -> Iterator[Gap]:
    """Yield the steps from one score to the next that a sentence tells before a word, one way."""
    large = [each for each in spoken.numbers if each.points > SMALL and each.end <= word.start()]
    for one, other in pairwise(large):
        gap = Gap("", other.points, one.points)
        if gap.by * way > 0:
            yield gap


def _signed(report: Report) -> Iterator[Found]:
    """Yield differences with the contrary sign right behind what they are of."""
    for spoken in all_spoken(report):
        for number in spoken.numbers if spoken.named else ():
            sign = said("sign_before").search(spoken.text, 0, number.start)
            subject = spoken.last_named(number.start)
            if not sign or not subject or sign.start() - subject.end > 1:
                continue
            gaps = [e for e in _of_years(report, subject.code) if _is(number, e)]
            way = -1 if said("minus").match(sign["sign"]) else 1
            if gaps and all(each.by * way < 0 for each in gaps):
                found = spoken.text[sign.start("sign") : number.end]
                yield _found(spoken, sign.start("sign"), found, gaps[0])


def wrong_numbers(report: Report) -> Iterator[Found]:
    """Yield differences that nothing has, and that are nearly the one that is meant."""
    for spoken, number, word in report.once(_differences):
        gaps = _gaps(report, spoken, word, number)
        told = (*gaps, *_told(spoken), *_of_whole_numbers(report, spoken, word))
        if not gaps or any(_is(number, each) for each in told):
            continue
        near = [each for each in gaps if is_slip(number.points, abs(each.by))]
        if not near and _is_certain(report, spoken, word, number):
            near = [each for each in gaps if each.is_change] or gaps[:1]
        if near:
            right = format_score(abs(near[0].by))
            yield _found(spoken, number.start, number.text, near[0], right=right)


def _is_certain(report: Report, spoken: Spoken, word: re.Match[str], number: Number) -> bool:
    """Whether a number can only be the difference that its word tells, and is that of nothing."""
    text = spoken.text
    is_change = word.lastgroup in ("up", "down")
    is_told = is_change and said("by_so_much").fullmatch(text, word.end(), number.start)
    is_told = is_told or said("than_and_by").fullmatch(text, word.end(), number.start)
    before = text[max(0, word.start() - AHEAD) : word.end()]
    is_other = said("of_others").search(before) or said("of_past").search(before)
    is_limited = said("limit_behind").match(text, number.end)
    if not is_told or is_other or is_limited or said("not_told").search(text, 0, word.start()):
        return False
    codes = {each.code for each in spoken.named} | {spoken.passage.under, OVERALL}
    known = [each for code in codes for each in _of_all_years(report, code)]
    return not any(_is(number, each) for each in known)


def _found(spoken: Spoken, start: int, found: str, gap: Gap, **facts: object) -> Found:
    """Return what is found, with the two scores as they are compared: the old one first."""
    old, new = format_score(gap.other), format_score(gap.one)
    return found_in(spoken.passage, start, found, old=old, new=new, **facts)


def _differences(report: Report) -> list[tuple[Spoken, Number, re.Match[str]]]:
    """Return the small numbers of sentences with the word that makes each a difference."""
    found = []
    for spoken, words in report.once(_moves):
        for number in spoken.numbers:
            near = spoken.text[max(0, number.start - AHEAD) : number.start]
            if said("another_survey").search(near) or said("aimed_before").search(near):
                continue
            is_small = 0 < number.points <= SMALL
            word = _word(spoken, number, words) if is_small else _right_before(words, number)
            if word and not _is_lost(spoken, word, number):
                found.append((spoken, number, word))
    return found


def _is_lost(spoken: Spoken, word: re.Match[str], number: Number) -> bool:
    """Whether a number is what was lost, and not what is lacking to something that is named."""
    near = spoken.text[max(0, word.start() - BEHIND) : number.end + NEAR]
    return bool(said("lack").search(word.group())) and not said("lack_of").search(near)


def _moves(report: Report) -> list[tuple[Spoken, list[re.Match[str]]]]:
    """Return the sentences that have words for a change or a comparison, with these."""
    listed: dict[Spot, tuple[Spoken, list[re.Match[str]]]] = {}
    for spoken, word in places(report, "moves"):
        listed.setdefault(spoken.passage.spot, (spoken, []))[1].append(word)
    return list(listed.values())


def _word(spoken: Spoken, number: Number, words: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the word for a change or a comparison that a number belongs to."""
    before = [each for each in words if number.start - AHEAD < each.start() < number.start]
    small = [e.end for e in spoken.numbers if e.points <= SMALL and e.end < number.start]
    if before and not any(before[-1].end() <= each for each in small):
        return before[-1]
    behind = [each for each in words if number.end <= each.start() < number.end + BEHIND]
    return behind[0] if behind and not before else None


def _right_before(words: Sequence[re.Match[str]], number: Number) -> re.Match[str] | None:
    """Return the word for a change right before a number that may be too large for one."""
    for word in words:
        is_before = word.end() <= number.start and word.lastgroup in ("up", "down")
        if is_before and said("by_so_much").fullmatch(word.string, word.end(), number.start):
            return word
    return None


def _way(word: re.Match[str]) -> int:
    """Return 1 for a word for more, -1 for one for less, 0 for one that says neither."""
    kind = word.lastgroup
    return 1 if kind in UPWARD else -1 if kind in DOWNWARD else 0


def _is(number: Number, gap: Gap) -> bool:
    return abs(abs(gap.by) - number.points) <= CLOSE


def _gaps(report: Report, spoken: Spoken, word: re.Match[str], number: Number) -> list[Gap]:
    """Return the differences that a number beside a word may be meant as."""
    code = _subject(spoken, word)
    between = spoken.text[word.end() : number.start]
    other = [e.code for e in spoken.named if word.end() <= e.start < number.start]
    if word.lastgroup == "apart" and other and not spoken.last_named(word.start()):
        code, other = other[0], other[1:]
    found: list[Gap] = []
    if word.lastgroup not in ("above", "below") or _is_of_last_year(spoken, word):
        found += _of_years(report, code)
    if word.lastgroup == "apart" and said("highest_and_lowest").search(spoken.text):
        return list(_of_ends(report, code))
    if word.lastgroup not in CHANGES and not (_is_of_last_year(spoken, word) and not other):
        found += _of_pairs(report, code, other)
        if not other:
            found += _of_limits(report, code, between)
    return found


def _of_ends(report: Report, code: str) -> Iterator[Gap]:
    """Yield how far the highest and the lowest are apart, of indicators and of instruments."""
    for kind in list(kinds(report))[:3]:
        scores = [p for each in kind for p in values(report, each, report.year)[:1]]
        if len(scores) > 1:
            yield Gap(code, max(scores), min(scores))


def _subject(spoken: Spoken, word: re.Match[str]) -> str:
    """Return what a change or comparison is told of."""
    if said("points_of_all").search(spoken.text, 0, word.start()):
        return spoken.passage.under or OVERALL
    before = spoken.last_named(word.start())
    if before:
        return before.code
    described = [e for e in spoken.described if e.end <= word.start()]
    if described:
        return described[-1].code
    return spoken.passage.under or OVERALL


def _is_of_last_year(spoken: Spoken, word: re.Match[str]) -> bool:
    near = spoken.text[max(0, word.start() - NEAR) : word.end() + NEAR]
    return bool(said("last_year").search(near)) or any(
        word.end() <= start < word.end() + NEAR for start, _ in spoken.years
    )


def _of_years(report: Report, code: str) -> list[Gap]:
    year = report.year
    return [
        Gap(code, new, old, is_change=True)
        for new in values(report, code, year)
        for old in values(report, code, year - 1)
    ]


def _of_all_years(report: Report, code: str) -> Iterator[Gap]:
    """Yield the changes of a code between any two years that the report gives."""
    years = sorted(year for of, year in report.scores if of == code)
    for old, new in combinations(years, 2):
        yield Gap(code, report.scores[code, new], report.scores[code, old], is_change=True)


def _of_pairs(report: Report, code: str, others: Sequence[str]) -> list[Gap]:
    return [
        Gap(code, one, other)
        for each in others
        for one in values(report, code, report.year)
        for other in values(report, each, report.year)
    ]


def _of_limits(report: Report, code: str, between: str) -> list[Gap]:
    """Return the distances from the target, from what levels ask, and from full points."""
    rules = report.rules
    if not rules:
        return []
    limits = {Decimal(str(rules.target.overall))}
    if not said("target").search(between):
        limits.add(Decimal(100))
        for level in rules.levels.list:
            asked = level.conditions.get(code, level.conditions.get(OVERALL, 0))
            limits |= {Decimal(str(float(asked)))} if asked else set()
    return [Gap(code, one, each) for one in values(report, code, report.year) for each in limits]


def _of_whole_numbers(report: Report, spoken: Spoken, word: re.Match[str]) -> Iterator[Gap]:
    """Yield how far a subject is from the whole numbers in its sentence, its limits."""
    code = _subject(spoken, word)
    for written in re.findall(r"(?<![\d.])\d{2,3}(?![\d.])", spoken.text):
        for points in values(report, code, report.year):
            yield Gap(code, points, Decimal(written))


def _told(spoken: Spoken) -> list[Gap]:
    """Return the differences of the scores that a sentence itself gives."""
    large = [each.points for each in spoken.numbers if each.points > SMALL]
    large += [Decimal(e) for e in re.findall(r"(?<![\d.])\d{2,3}(?![\d.])", spoken.text)]
    return [Gap("", one, other) for one in large for other in large if one > other]


def _untold(report: Report) -> Iterator[Found]:
    """Yield words for up or down without a number, told of what went the other way."""
    for spoken, words in report.once(_moves):
        for word in words:
            if word.lastgroup == "apart" or said("not_told").search(spoken.text, 0, word.start()):
                continue
            gaps = list(_meant(report, spoken, word))
            if gaps and all(_contradicts(word, each) for each in gaps):
                yield _found(spoken, word.start(), word.group(), gaps[0])


def _meant(report: Report, spoken: Spoken, word: re.Match[str]) -> Iterator[Gap]:
    """Yield the differences that a word without a number speaks of, if that is certain."""
    subject = spoken.last_named(word.start())
    is_counted = said("counted_behind").match(spoken.text, word.end())
    if is_counted or _number_follows(spoken, word):
        return
    if not subject:
        is_of_all = said("points_of_all").search(spoken.text, 0, word.start())
        if is_of_all and not spoken.passage.under and said("target").match(spoken.text, word.end()):
            yield from _of_limits(report, OVERALL, spoken.text[word.end() : word.end() + NEAR])
        return
    is_beside = said("filler").fullmatch(spoken.text, subject.end, word.start())
    if not is_beside:
        return
    if word.lastgroup in CHANGES:
        is_bare = not re.search(r"\d|[A-Z]", spoken.text[subject.start : subject.end])
        if _is_of_last_year(spoken, word) or not is_bare:
            yield from _of_years(report, subject.code)
        return
    if said("than_last_year").match(spoken.text, word.end()):
        yield from _of_years(report, subject.code)
        return
    if said("target").match(spoken.text, word.end()):
        yield from _of_limits(report, subject.code, spoken.text[word.end() : word.end() + NEAR])
        return
    other = spoken.next_named(word.end())
    if other and said("filler").fullmatch(spoken.text, word.end(), other.start):
        yield from _of_pairs(report, subject.code, [other.code])


def _number_follows(spoken: Spoken, word: re.Match[str]) -> bool:
    return any(word.end() <= each.start < word.end() + NEAR for each in spoken.numbers)


def _contradicts(word: re.Match[str], gap: Gap) -> bool:
    if word.lastgroup == "same":
        return gap.by != 0
    return gap.by * _way(word) <= 0
