"""Claims of how many of some things have something: all, none, so many, one alone, all but some.

The one place that reads them. A sentence is cut into the parts such a claim is made of; those that
stand beside each other, with nothing but filling words between, are one claim. What stands beside
words that are not understood is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ita_helpers.checks.finished.counts.counting_parts import (
    LONGEST,
    OF_ALL,
    Part,
    kind_of,
    parts_in,
)
from ita_helpers.checks.finished.counts.former_counts import changes, formerly, moved_from, was
from ita_helpers.checks.finished.counts.many import LISTED, Quantified
from ita_helpers.checks.finished.passages.shared import Predicate, pattern
from ita_helpers.checks.finished.passages.speaking import Spoken, spoken_with
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.values import replace

AHEAD = 65
"""Characters before a claim in which words make it a wish or a condition."""


def quantified(report: Report) -> tuple[tuple[Quantified, ...], ...]:
    """Return the claims of a report; those of one group are ways to read the same words."""
    return report.once(_quantified)


def _quantified(report: Report) -> tuple[tuple[Quantified, ...], ...]:
    found = report.once(counted_passages) if report.rules else ()
    return tuple(ways for spoken in found for ways in _claims(report, spoken) if ways)


def is_told_of_many(report: Report, passage: Passage, place: int, kinds: Sequence[str]) -> bool:
    """Whether words at a place of a passage are told of so many things of some kinds."""
    spans = report.once(_spans).get(id(passage), ())
    return any(kind in kinds and start <= place < end for kind, start, end in spans)


def _spans(report: Report) -> dict[int, list[tuple[str, int, int]]]:
    found: dict[int, list[tuple[str, int, int]]] = {}
    for way in (each for ways in quantified(report) for each in ways):
        for told in (way.told, way.among):
            if told:
                spans = found.setdefault(id(way.spoken.passage), [])
                spans.append((way.part.kind, told.start, told.end))
    return found


def counted_passages(report: Report) -> tuple[Spoken, ...]:
    """Return the sentences in which something may be counted."""
    return tuple(spoken_with(report, pattern("gate")))


def _claims(report: Report, spoken: Spoken) -> Iterator[tuple[Quantified, ...]]:
    parts, used = report.once_of(parts_in, spoken), list[Part]()
    told_before: list[Quantified] = []
    moved = list(moved_from(report, spoken, parts))
    for at, each in enumerate(parts):
        if each.is_a != "quantifier" or each.how == "whole":
            continue
        if any(claim.start <= each.start < claim.end for claim in moved):
            continue
        ways = [_right(spoken, parts, at), _left(spoken, parts, at)]
        used += [part for way in ways if way for part in way.parts]
        chosen = _chosen(spoken, each, [way for way in ways if way])
        changed = list(changes(report, spoken, each, parts, told_before))
        others = [*changed, *was(report, each, told_before, chosen)]
        told_before += [] if others else chosen
        yield (*others, *(chosen if changed or not others else ()))
    for former in (*formerly(report, spoken, told_before), *moved):
        yield (former,)
    for told, named in pairwise(parts):
        if named not in used and (way := _these(spoken, told, named)):
            yield (way,)


def _these(spoken: Spoken, told: Part, named: Part) -> Quantified | None:
    """Return the claim that all of a list have what is told before it, if it is one."""
    text, between = spoken.text, spoken.text[told.end : named.start]
    is_list = named.is_a == "names" and len(named.codes) > 1 and told.told
    if not is_list or not pattern("list_told").search(between + text[named.start :][:1]):
        return None
    if not pattern("filler").fullmatch(between) or not told.told:
        return None
    if told.told.of != "points" and not _is_restricting(text, told.start):
        return None
    part = Part("quantifier", told.start, told.start, "these", kind_of(named.codes[0]))
    claim = Quantified(spoken, part, told.told, listed=named, parts=[told, named])
    return None if _is_wished(text, claim) else claim


def _near(text: str, parts: Sequence[Part], at: int, step: int) -> Iterator[Part]:
    """Yield the parts on one side of one, as long as only filling words stand between."""
    here, there = at, at + step
    is_of_years = parts[at].kind == "year"
    while 0 <= there < len(parts):
        first, last = sorted((here, there))
        between = text[parts[first].end : parts[last].start]
        if is_of_years:
            between = pattern("of_years").sub("", between)
        if len(between) > LONGEST or not pattern("filler").fullmatch(between):
            return
        yield parts[there]
        here, there = there, there + step


@dataclass
class _Reading(Quantified):
    """A claim while it is read; ``is_excepting`` behind a word for "except"."""

    is_excepting: bool = False


def _right(spoken: Spoken, parts: Sequence[Part], at: int) -> Quantified | None:
    """Return what is claimed by what stands behind a quantifier."""
    text, part = spoken.text, parts[at]
    if part.how == "count" and pattern("noun_again").match(text, part.end):
        return None
    known = _Reading(spoken, part, None, whole=part.whole, parts=[part])
    for each in _near(text, parts, at, 1):
        if not _take_behind(known, each):
            break
        known.parts.append(each)
    told = known.told
    is_noun = told and part.how == "all" and not known.among
    if known.is_excepting or not (told or known.listed):
        return None
    if told and part.how in ("only", "alone") and pattern("told_further").match(text, told.end):
        return None
    if told and is_noun and _is_restricting(text, told.start):
        return None
    is_first = part.how in ("count", "all") and not known.among
    if told and is_first and _is_of_next(text, parts, part, told):
        return None
    known.whole = known.whole or _whole([*_near(text, parts, at, -1)][:1] + known.parts)
    _take_subject(known, parts, at)
    is_rest = pattern("another").search(text, 0, part.start)
    if told and part.how == "count" and not is_rest and pattern("all_behind").match(text, told.end):
        known.part = replace(part, how="all")
    return known


def _is_of_next(text: str, parts: Sequence[Part], part: Part, told: Predicate) -> bool:
    """Whether what stands behind a number is told of a smaller one behind it: "8, done 5"."""
    behind = next((each for each in parts if each.start >= told.end), None)
    is_count = behind is not None and behind.how == "count" and behind.kind == part.kind
    if not behind or not is_count or not 0 < behind.number < part.number:
        return False
    own = next((e for e in reversed(parts) if e.told and e.end <= part.start), None)
    is_told = own and pattern("restricting_noun").search(text, 0, own.start)
    return bool(told.of == "status" or (is_told and told.of == "change"))


def _take_behind(known: _Reading, each: Part) -> bool:
    """Take the next part behind a quantifier, or return that it belongs to something else."""
    part, text = known.part, known.spoken.text
    if each.is_a == "owner":
        return part.kind in ("measure", "any")
    if each.is_a == "exception":
        known.is_excepting = True
    elif each.named and known.is_excepting:
        known.excepted, known.is_excepting = each.codes, False
    elif each.is_a == "scope" and part.how == "only" and not known.listed:
        known.listed = each
    elif not known.told and (each.is_a == "scope" or _is_of_item(text, part, each)):
        known.scopes += each.codes
    elif each.is_a == "names" and not known.listed:
        known.listed = each
        return _is_list(text, part, known.parts[-1], each) or _none(known)
    elif each.is_a == "predicate" and not known.told:
        known.told = each.told
    elif each.is_a == "predicate" and known.told and not known.among:
        is_both = part.how in ("all", "none") and _is_restricting(text, known.told.start)
        known.among, known.told = (known.told, each.told) if is_both else (None, known.told)
        return is_both
    elif each.is_a == "scope" and not known.listed and _is_subject(part, each):
        known.listed = each
        return _is_list(text, part, known.parts[-1], each) or _none(known)
    else:
        return each.is_a == "quantifier" and each.how in ("whole", "only")
    return True


def _none(known: _Reading) -> bool:
    """Take back a list that is none."""
    known.listed = None
    return False


def _take_subject(known: _Reading, parts: Sequence[Part], at: int) -> None:
    """Take the names, the instrument or the predicate right before a quantifier."""
    spoken, part = known.spoken, known.part
    known.excepted = known.excepted or _excepted_before(spoken, parts, at)
    before = next(iter(_near(spoken.text, parts, at, -1)), None)
    if not before or (known.excepted and before.is_a == "names"):
        return
    if _is_of_item(spoken.text, part, before):
        known.scopes += before.codes
        return
    if before.is_a == "names":
        is_these = pattern("is_these").search(spoken.text[before.end : part.start])
        if part.how == "count" and len(before.codes) > 1 and is_these and not known.listed:
            known.listed = before
        elif part.how in (*OF_ALL, "count") and len(before.codes) > 1:
            known.group = before
        elif part.how in ("alone", "one_of") and not known.listed:
            known.listed = before
    elif before.is_a == "scope":
        if part.how in ("alone", "one_of") and not known.listed and _is_subject(part, before):
            known.listed = before
        else:
            known.scopes += before.codes
    elif part.how == "all" and before.told and _is_restricting(spoken.text, before.start):
        known.among = before.told
        known.parts.append(before)


def _excepted_before(spoken: Spoken, parts: Sequence[Part], at: int) -> tuple[str, ...]:
    """Return what is excepted before a quantifier."""
    near = [*_near(spoken.text, parts, at, -1)][:2]
    is_so = [each.is_a for each in near] in (["names", "exception"], ["scope", "exception"])
    return near[0].codes if is_so else ()


def _left(spoken: Spoken, parts: Sequence[Part], at: int) -> Quantified | None:
    """Return what is claimed by what stands before a quantifier."""
    text, part = spoken.text, parts[at]
    known = _Reading(spoken, part, None, whole=part.whole, parts=[part])
    for each in _near(text, parts, at, -1):
        if not _take_before(known, parts, each):
            break
        known.parts.append(each)
    told = known.told
    if not (told or known.listed) or part.how in ("none", "half"):
        return None
    if part.how in ("rest", "count") and pattern("goes_on_with").match(text, part.end):
        return None
    consists = told and pattern("consists").search(text, told.end, part.start)
    if told and consists and part.how == "count" and not _is_restricting(text, told.start):
        return None
    is_bare = part.how == "all" and not known.group and not known.among
    if told and is_bare and _is_restricting(text, told.start, only_noun=True):
        return None
    right = list(_near(text, parts, at, 1))
    if not known.listed and right and right[0].named:
        is_names = right[0].is_a == "names" or part.how in ("only", "alone")
        if is_names and _is_list(text, part, part, right[0]):
            known.listed = right[0]
            known.parts.append(right[0])
    if right and right[0].is_a == "exception":
        known.excepted = right[1].codes if len(right) > 1 else ()
        if not known.excepted:
            return None
    known.whole = known.whole or _whole(known.parts)
    return known


def _take_before(known: _Reading, parts: Sequence[Part], each: Part) -> bool:
    """Take the next part before a quantifier, or return that it belongs to something else."""
    part, text, told = known.part, known.spoken.text, known.told
    if each.is_a == "owner":
        return part.kind in ("measure", "any")
    if each.is_a == "turn":
        return not told
    if each.is_a == "names" and not told and not known.listed and part.how in LISTED:
        known.listed = each
    elif told and _is_of_item(text, part, each):
        known.scopes += each.codes
    elif each.is_a == "names" and told and not known.group and _is_group(part, each):
        known.group = each
    elif each.is_a == "scope" and not known.listed and not told and _is_subject(part, each):
        known.listed = each
    elif each.is_a == "scope":
        known.scopes += each.codes
    elif each.is_a == "predicate" and not told:
        known.told = each.told
    elif each.is_a == "predicate" and told and _is_answered(text, part, each, told):
        known.among, known.told = told, each.told
    elif told and _is_whole(parts, part, each):
        known.whole = each.number
    else:
        return each.is_a == "quantifier" and each.how in ("whole", "only")
    return True


def _is_answered(text: str, part: Part, told: Part, among: Predicate) -> bool:
    """Whether measures are told to answer all of those of which a predicate stands behind."""
    is_of_measures = told.told and told.told.of == "covered"
    is_noun = _is_restricting(text, among.start, only_noun=True)
    return bool(part.how == "all" and is_of_measures and is_noun)


def _is_whole(parts: Sequence[Part], part: Part, other: Part) -> bool:
    """Whether a number before what is told is that of all, and nothing is told of it alone."""
    at = parts.index(other)
    is_first = at == 0 or parts[at - 1].is_a != "predicate"
    is_number = other.is_a == "quantifier" and other.how == "count" and other.kind == part.kind
    return is_first and is_number and other.number >= part.number


def _whole(used: Sequence[Part]) -> int:
    return next((each.whole for each in used if each.how == "whole"), 0)


def _is_restricting(text: str, start: int, *, only_noun: bool = False) -> bool:
    """Whether what begins here says which things are meant, and not what they have."""
    key = "restricting_noun" if only_noun else "restricting"
    return bool(pattern(key).search(text[max(0, start - LONGEST) : start]))


def _is_of_item(text: str, part: Part, names: Part) -> bool:
    """Whether names are the indicator whose items are counted."""
    is_of_items = names.is_a == "names" and len(names.codes) == 1
    is_of_items = is_of_items and part.kind in ("item", "point")
    is_inside = bool(
        pattern("inside").search(text[: names.start][-LONGEST:])
        or pattern("has_items").match(text, names.end)
    )
    return is_of_items and names.codes[0].isdigit() and is_inside


def _is_group(part: Part, names: Part) -> bool:
    return part.how in OF_ALL and len(names.codes) > 1


def _is_list(text: str, part: Part, before: Part, names: Part) -> bool:
    """Whether names behind a quantifier are those that it counts."""
    if part.how == "only":
        return True
    between = text[before.end : names.start] + text[names.start : names.start + 1]
    return part.how in LISTED and bool(pattern("list_begins").search(between))


def _is_subject(part: Part, scope: Part) -> bool:
    """Whether one instrument is what is told to be the only one."""
    return part.how == "only" or (part.how == "alone" and kind_of(scope.codes[0]) == part.kind)


def _chosen(spoken: Spoken, part: Part, ways: list[Quantified]) -> list[Quantified]:
    """Return the ways to read a claim that its words leave open, none if it is only wished."""
    text = spoken.text
    kept = [each for each in ways if not _is_wished(text, each)]
    if len(kept) != len(ways) or len(kept) < 2:
        return kept
    right, left = kept
    if not right.told or not left.told:
        return [each for each in kept if each.told] or kept
    if pattern("that").match(text, part.end):
        return [right]
    return [left] if pattern("has_so_many").search(text, left.told.end, part.start) else kept


def _is_wished(text: str, claim: Quantified) -> bool:
    if claim.spoken.passage.is_aim:
        return True
    if pattern("had_then").search(text, 0, claim.part.at or claim.part.start):
        return True
    start = max(0, claim.start - AHEAD)
    if pattern("defined").search(text, start, claim.start):
        return True
    ends = [each.end() for each in pattern("ends").finditer(text, start, claim.start)]
    plain = claim.spoken.plain
    for each in (claim.told, claim.listed, claim.group):
        if each:
            plain = plain[: each.start] + " " * (each.end - each.start) + plain[each.end :]
    return bool(pattern("not_counted").search(plain, max([start, *ends]), claim.end))
