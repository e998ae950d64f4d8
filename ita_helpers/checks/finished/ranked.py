"""Places in the order of scores: the second, the last but one, the three lowest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.reading import Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.scopes import kinds, scopes
from ita_helpers.checks.finished.speaking import Spoken, places
from ita_helpers.language.points import format_score

FEWEST, NEAR = 3, 30
"""Codes among which places are told; characters behind a place in which stands among what."""
Points = Mapping[str, Decimal]


def joined_names(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Return the first names of a list, up to where something else is said."""
    kept = list(named[:1])
    for each in named[1:]:
        between = text[kept[-1].end : each.start]
        if each.start > kept[-1].start and not said("in_list").fullmatch(between):
            break
        kept.append(each)
    return kept


def wrong_places(report: Report) -> Iterator[Found]:
    """Yield places of indicators and instruments that are not theirs among all or in a group."""
    for spoken, word in places(report, "rank_told") if report.rules else ():
        mention = _subject(spoken, word)
        behind = spoken.text[word.end() : word.end() + NEAR]
        if not mention or said("no_rank").match(behind.lstrip()):
            continue
        place = 2 if word["last"] else _counted(word["place"])
        is_low = bool(word["last"] or said("low_words").search(spoken.text[: word.end() + NEAR]))
        groups = list(_groups(report, spoken, mention.code))
        if groups and not any(_has_place(each, mention.code, place, is_low) for each in groups):
            yield _found(report, spoken, mention, word, groups[0])


def _subject(spoken: Spoken, word: re.Match[str]) -> Mention | None:
    text = spoken.text
    behind = spoken.next_named(word.end())
    if behind and said("rank_is").fullmatch(text, word.end(), behind.start):
        return behind
    before = spoken.last_named(word.start())
    first = said("rank_told").search(text)
    leads = first and not any(each.end <= first.start() for each in spoken.named)
    if behind and leads and not text[word.end() : behind.start].strip():
        return None if behind.code == word["place"] else behind
    near = before and said("rank_before").fullmatch(text, before.end, word.start())
    if near:
        return before
    is_last = word["last"] and not spoken.between(0, 0)
    return before if is_last and before else None


def _counted(written: str) -> int:
    if written.isdigit():
        return int(written)
    return said("counting_words").pattern.split().index(written) + 1


def _groups(report: Report, spoken: Spoken, code: str) -> Iterator[Points]:
    """Yield the scores among which a code may have its place."""
    kind = next((each for each in kinds(report) if code in each), ())
    year = min(spoken.year_at(len(spoken.text), report.year), report.year)
    scores = {e: p for e, p in report.points(year).items() if e in kind}
    if code in scores:
        yield from (e for e in scopes(report, spoken, scores, [code]) if len(e) >= FEWEST)


def _has_place(scores: Points, code: str, place: int, is_low: bool) -> bool:
    own = scores[code]
    above = sum(each > own for each in scores.values())
    below = sum(each < own for each in scores.values())
    same = sum(each == own for each in scores.values())
    is_from_top = above < place <= above + same
    return is_from_top or (is_low and below < place <= below + same)


def _found(
    report: Report, spoken: Spoken, mention: Mention, word: re.Match[str], scores: Points
) -> Found:
    ordered = sorted(scores, key=lambda each: -scores[each])
    facts = {
        "code": name_of(report, mention.code),
        "score": format_score(scores[mention.code]),
        "place": ordered.index(mention.code) + 1,
    }
    start, end = min(mention.start, word.start()), max(mention.end, word.end())
    return found_in(spoken.passage, start, spoken.text[start:end], **facts).told("place")


def wrong_top_lists(report: Report) -> Iterator[Found]:
    """Yield what is listed among the highest or the lowest and is not one of so many."""
    for spoken, word in places(report, "top_list") if report.rules else ():
        behind = [each for each in spoken.named if each.start >= word.end()]
        listed = joined_names(spoken.text, behind)
        between = spoken.text[word.end() : behind[0].start] if behind else "-"
        count = _counted(word["count"] or word["number"])
        before = spoken.text[max(0, word.start() - 2 * NEAR) : word.start()]
        if len(listed) < 2 or not said("list_begins").fullmatch(between):
            continue
        if said("no_top").search(before) or said("of_changes").search(before):
            continue
        told = (word["how"] or "") + (word["first"] or "") + (word["end"] or "")
        is_low = bool(said("low_words").search(told))
        yield from _unlisted(report, spoken, listed[:count], count, is_low)


def _unlisted(
    report: Report, spoken: Spoken, listed: Sequence[Mention], count: int, is_low: bool
) -> Iterator[Found]:
    codes = list(dict.fromkeys(each.code for each in listed))
    wrong: list[list[Mention]] = []
    for group in _groups_of(report, spoken, codes):
        ordered = sorted(group.values(), reverse=not is_low)
        limit = ordered[min(count, len(ordered)) - 1]
        beyond = [e for e in listed if (group[e.code] > limit if is_low else group[e.code] < limit)]
        wrong.append(beyond)
    if wrong and all(wrong):
        mention = min(wrong, key=len)[0]
        facts = {"code": name_of(report, mention.code), "count": count, "is_low": is_low}
        found = spoken.text[mention.start : mention.end]
        yield found_in(spoken.passage, mention.start, found, **facts).told("list")


def _groups_of(report: Report, spoken: Spoken, codes: Sequence[str]) -> Iterator[Points]:
    kind = next((each for each in kinds(report) if codes[0] in each), ())
    year = min(spoken.year_at(0, spoken.passage.year or report.year), report.year)
    scores = {e: p for e, p in report.points(year).items() if e in kind}
    if all(each in scores for each in codes):
        yield from (e for e in scopes(report, spoken, scores, codes) if len(e) >= FEWEST)
