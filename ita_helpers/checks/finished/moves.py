"""Changes and comparisons in any words, held against all differences that the scores have.

The number of a difference says by itself which two scores are meant; then the word for up or down,
above or below can be judged however the sentence is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import Number, Spoken, all_spoken, places
from ita_helpers.checks.finished.standing import indicators, is_slip, values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.records.spot import Spot

AHEAD, BEHIND, NEAR = 75, 18, 45
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
        if way and gaps and all(each.by * way < 0 for each in gaps):
            yield _found(spoken, word.start(), word.group(), gaps[0])
    yield from _untold(report)
    yield from _signed(report)
    for spoken, words in report.once(_moves):
        for word in words:
            if told := said("from_to").match(spoken.text, word.end()):
                gap = Gap("", Decimal(told["new"]), Decimal(told["old"]))
                if _way(word) * gap.by < 0:
                    yield _found(spoken, word.start(), word.group(), gap)


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
        if not gaps or any(_is(number, each) for each in (*gaps, *_told(spoken))):
            continue
        if near := [each for each in gaps if is_slip(number.points, abs(each.by))]:
            right = format_score(abs(near[0].by))
            yield _found(spoken, number.start, number.text, near[0], right=right)


def _found(spoken: Spoken, start: int, found: str, gap: Gap, **facts: object) -> Found:
    """Return what is found, with the two scores as they are compared: the old one first."""
    old, new = format_score(gap.other), format_score(gap.one)
    return found_in(spoken.passage, start, found, old=old, new=new, **facts)


def _differences(report: Report) -> list[tuple[Spoken, Number, re.Match[str]]]:
    """Return the small numbers of sentences with the word that makes each a difference."""
    found = []
    for spoken, words in report.once(_moves):
        for number in spoken.numbers:
            word = _word(spoken, number, words) if 0 < number.points <= SMALL else None
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
        points = sorted(indicators(report, report.year).values())
        return [Gap(code, points[-1], points[0])] if points else []
    if word.lastgroup not in CHANGES:
        found += _of_pairs(report, code, other)
        if not other:
            found += _of_limits(report, code, between)
    return found


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
            limits.add(Decimal(str(float(asked))))
    return [Gap(code, one, each) for one in values(report, code, report.year) for each in limits]


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
