"""Changes whose two scores their sentence gives, or that are another indicator's, number and way.

The subject of such a sentence need not be known: the scores beside the number say whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.comparisons.certain import is_of, is_of_named, is_only_wished
from ita_helpers.checks.finished.comparisons.moves import (
    differences,
    found_of,
    moves_told,
    of_name,
    way_of,
)
from ita_helpers.checks.finished.comparisons.swapped_beside import swapped_score
from ita_helpers.checks.finished.comparisons.told import CHANGES, NEAR, Told, gaps_of, subject_of
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import kinds
from ita_helpers.checks.finished.passages.gaps import Gap, since_last_year
from ita_helpers.checks.finished.passages.speaking import places, spoken_with
from ita_helpers.checks.finished.passages.standing import indicators, is_slip, values
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

ROUNDED = Decimal("0.06")
"""Points by which a sum of rounded points may differ from the overall score."""


def wrong_ways_of_pairs(report: Report) -> Iterator[Found]:
    """Yield words for up or down whose number is the contrary change of two scores beside it."""
    for told in _changes(report):
        if any(is_of(told.number, each) for each in gaps_of(report, told)):
            continue
        told_beside = _from_old(told)
        pairs = [told_beside] if told_beside else _pairs(report, told)
        gaps = [each for each in pairs if is_of(told.number, each)]
        if gaps and all(each.by * way_of(told.word) < 0 for each in gaps):
            yield found_of(told.spoken, told.word.start(), told.word.group(), gaps[0])
    yield from _signed(report)
    yield from _from_last_year(report)


def wrong_pairs(report: Report) -> Iterator[Found]:
    """Yield changes that are none of the old score told right before them, or another's."""
    for told in _changes(report):
        gap = _from_old(told) or _of_another(report, told)
        is_of_name = any(is_of(told.number, each) for each in of_name(report, told))
        if gap and not is_of_name and not is_of(told.number, gap):
            number, right = told.number, format_score(abs(gap.by))
            found = found_of(told.spoken, number.start, number.text, gap, right=right)
            yield swapped_score(report, told.spoken, number, [gap]) or found


def sums_beside(report: Report) -> Iterator[Found]:
    """Yield by how much a sum is told to differ from the overall score, if it does not."""
    for passage, place in report.places(said("off_the_whole")):
        one, by = Decimal(place["one"]), Decimal(place["by"])
        own = values(report, OVERALL, report.year)
        is_near = any(abs(one - each) < ROUNDED for each in own)
        if is_near and all(abs(abs(one - each) - by) > CLOSE / 2 for each in own):
            facts = {"old": place["one"], "new": format_score(own[0])}
            right = format_score(abs(one - own[0]))
            yield found_at(passage, place, "by", right=right, **facts)


def names_of_pairs(report: Report) -> Iterator[Found]:
    """Yield indicators told to have had and to have the scores of another one."""
    for spoken, place in places(report, "had_then_has"):
        named = spoken.last_named(place.start())
        if not named or not named.code.isdigit():
            continue
        told = (Decimal(place["old"]), Decimal(place["new"]))
        pairs: dict[str, tuple[Decimal, Decimal]] = {
            code: (gap.other, gap.one)
            for code in indicators(report, report.year)
            for gap in since_last_year(report, code)
        }
        others = [code for code, pair in pairs.items() if pair == told]
        if named.code in pairs and others and named.code not in others:
            gap = next(since_last_year(report, named.code))
            found = spoken.text[named.start : named.end]
            yield found_of(spoken, named.start, found, gap, right=name_of(report, others[0])).told(
                "pair"
            )


def _from_last_year(report: Report) -> Iterator[Found]:
    """Yield words for up or down from the score of the year before, told right behind them."""
    for spoken, words in report.once(moves_told):
        for word in (each for each in words if each.lastgroup in ("up", "down")):
            old = said("from_old").match(spoken.text, word.end())
            if (
                not old
                or Decimal(old["old"]) <= SMALL
                or said("not_told").search(spoken.plain, 0, word.start())
                or said("mean_of_list").search(spoken.text, 0, word.start())
            ):
                continue
            before = [e for e in spoken.numbers if e.end <= word.start() and e.points > SMALL]
            own = values(report, subject_of(spoken, word), report.year)
            near = before and word.start() - before[-1].end < NEAR
            new = own[0] if own else before[-1].points if near else None
            if new is not None and (new - Decimal(old["old"])) * way_of(word) < 0:
                gap = Gap("", new, Decimal(old["old"]))
                yield found_of(spoken, word.start(), word.group(), gap)


def _signed(report: Report) -> Iterator[Found]:
    """Yield differences with the contrary sign right behind what they are of."""
    for spoken in spoken_with(report, said("sign_before")):
        for number in spoken.numbers if spoken.named else ():
            sign = said("sign_before").search(spoken.text, 0, number.start)
            subject = spoken.last_named(number.start)
            if not sign or not subject:
                continue
            between = spoken.text[subject.end : sign.start("sign")].rstrip("( ")
            if len(between) > 1 and not said("score_then").fullmatch(between):
                continue
            gaps = [e for e in since_last_year(report, subject.code) if is_of(number, e)]
            way = -1 if said("minus").match(sign["sign"]) else 1
            if gaps and all(each.by * way < 0 for each in gaps):
                found = spoken.text[sign.start("sign") : number.end]
                yield found_of(spoken, sign.start("sign"), found, gaps[0])


def _changes(report: Report) -> Iterator[Told]:
    """Yield the changes that are neither wished nor only lacking to something."""
    for told in report.once(differences):
        is_wished = is_only_wished(told.spoken, told.word) and not is_of_named(
            told.spoken, told.word
        )
        if told.word.lastgroup in CHANGES and told.limit is None and not is_wished:
            yield told


def _pairs(report: Report, told: Told) -> Iterator[Gap]:
    """Yield the changes since last year of which a sentence gives both scores before the number."""
    before = {e.points for e in told.spoken.numbers if e.end <= told.number.start}
    for code in dict.fromkeys(code for code, year in report.scores if year == report.year):
        for gap in since_last_year(report, code):
            if {gap.one, gap.other} <= before:
                yield gap


def _from_old(told: Told) -> Gap | None:
    """Return the change from the old score that stands right before the word for it."""
    spoken, word = told.spoken, told.word
    beside = said("by_so_much").fullmatch(spoken.text, word.end(), told.number.start)
    large = [e for e in spoken.numbers if e.points > SMALL and e.end <= word.start()]
    if not beside or len(large) < 2:
        return None
    new, old = large[-2:]
    is_old = said("old_between").fullmatch(spoken.text, new.end, old.start)
    is_near = said("change_of_it").fullmatch(spoken.text, old.end, word.start())
    return Gap(told.code, new.points, old.points, is_change=True) if is_old and is_near else None


def _of_another(report: Report, told: Told) -> Gap | None:
    """Return the change of what is named, if the number is exactly that of another of its kind."""
    spoken, word, number = told.spoken, told.word, told.number
    named = spoken.last_named(word.start())
    way = way_of(word)
    kind = next((e for e in kinds(report) if named and named.code in e), ())
    if not named or not kind or told.code != named.code or not way:
        return None
    between = said("though").sub("", spoken.text[named.end : word.start()])
    beside = said("under_filler").fullmatch(between)
    if not beside or not said("by_so_much").fullmatch(spoken.text, word.end(), number.start):
        return None
    own = [e for e in gaps_of(report, told) if e.is_change]
    if not own or any(is_of(number, e) or is_slip(number.points, abs(e.by)) for e in own):
        return None
    others = [
        gap
        for code in kind
        for gap in since_last_year(report, code)
        if is_of(number, gap) and gap.by * way > 0
    ]
    return own[0] if others else None
