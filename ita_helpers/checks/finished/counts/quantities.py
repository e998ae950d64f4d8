"""What is claimed of how many, held against the report: the one judge of such claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from ita_helpers.checks.finished.counts.certain_counts import is_certain
from ita_helpers.checks.finished.counts.counting_parts import OF_ALL, Part, kind_of, parts_in
from ita_helpers.checks.finished.counts.having import among_in, having_in, wrong_change
from ita_helpers.checks.finished.counts.many import LISTED, Quantified
from ita_helpers.checks.finished.counts.quantified import counted_passages, quantified
from ita_helpers.checks.finished.counts.things_counted import Group, groups
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.shared import pattern
from ita_helpers.checks.finished.passages.speaking import SOFT, Spoken, names_another
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.sums.arithmetic import off_by
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

OF_LIST, ALONE, COUNT = "ITA210", "ITA514", "ITA204"
FEWEST, MOST_NAMED, FULL = 2, 6, 100


def wrong_counts(report: Report) -> Iterator[Found]:
    """Yield numbers, "all", "none", and lists of what has something in common that are not so."""
    yield from _of_rule(report, COUNT)


def wrong_lists(report: Report) -> Iterator[Found]:
    """Yield lists that are said to have something in common of which one does not."""
    yield from _of_rule(report, OF_LIST)


def wrongly_alone(report: Report) -> Iterator[Found]:
    """Yield what is said to be the only one to have something and is not."""
    yield from _of_rule(report, ALONE)


def _of_rule(report: Report, code: str) -> Iterator[Found]:
    yield from (found for rule, found in report.once(judged) if rule == code)


def judged(report: Report) -> list[tuple[str, Found]]:
    """Return what is wrong in what is claimed of so many, with the code of its rule."""
    found = []
    for ways in quantified(report):
        wrong = [each for each in (_wrong(report, way) for way in ways) if each is not _UNKNOWN]
        if wrong and all(each is not None for each in wrong) and wrong[0] is not None:
            found.append(wrong[0])
    return [*found, *((COUNT, each) for each in _wrong_rests(report, found))]


def _wrong_rests(report: Report, known: Sequence[tuple[str, Found]]) -> Iterator[Found]:
    """Yield numbers of the remaining ones that do not make all with those told before."""
    rules, wrong = report.rules, {(found.spot, found.found) for _, found in known}
    for spoken in report.once(counted_passages) if rules else ():
        whole = report.once_of(parts_in, spoken)
        dated = report.once(_dated)
        parts = [e for e in whole if e.is_a == "quantifier" and (id(spoken), e.start) not in dated]
        yield from _rests_of_names(report, spoken, wrong)
        for some, rest in pairwise(parts):
            told = spoken.text[some.start : some.end]
            if _is_told_anew(spoken.text, whole, some, rest):
                continue
            is_told = rest.how == "rest" and some.how == "count" and rest.kind == "indicator"
            is_told = is_told and not said("left_this_year").search(spoken.text, 0, rest.at)
            if not is_told or (spoken.passage.spot, told) in wrong or some.kind != rest.kind:
                continue
            groups = [rules.indicators_of(e.code) for e in rules.instruments.list] if rules else []
            wholes = {len(rules.indicators.list)} if rules else set()
            if any(each.code in SOFT for each in spoken.named):
                wholes |= {len(each) for each in groups}
            if some.number + rest.number not in wholes and some.number < max(wholes):
                found = spoken.text[rest.at : rest.end].strip()
                right = str(max(wholes) - some.number)
                yield found_in(spoken.passage, rest.at, found, right=right).told("rest")


def _is_told_anew(text: str, parts: Sequence[Part], some: Part, rest: Part) -> bool:
    """Whether a number is not that of all but those before: something else is told of it."""
    told = [e for e in parts if some.end <= e.start < rest.start and e.is_a == "predicate"]
    return any(
        pattern("restricting").search(text, some.end, each.start)
        and not pattern("restricting").fullmatch(text[some.end : each.start].lstrip())
        for each in told
    )


def _dated(report: Report) -> set[tuple[int, int]]:
    """Return where numbers stand that are those of another year, or differ from those of one."""
    claims = (claim for ways in quantified(report) for claim in ways)
    return {(id(e.spoken), e.part.start) for e in claims if e.is_of_change or e.year}


def _rests_of_names(
    report: Report, spoken: Spoken, wrong: set[tuple[Spot, str]]
) -> Iterator[Found]:
    """Yield how many indicators are said to be left behind some that are named, if it is not so."""
    rules = report.rules
    for some, rest in pairwise(report.once_of(parts_in, spoken)):
        is_rest = rest.how == "rest" and rest.kind in ("indicator", "any") and some.is_a == "names"
        between = spoken.text[some.end : rest.start]
        if not rules or not is_rest or not pattern("only_named").search(spoken.text, 0, some.start):
            continue
        if not all(each.isdigit() for each in some.codes) or between.strip():
            continue
        sizes = [len(rules.indicators_of(e.code)) for e in rules.instruments.list]
        wholes = {len(rules.indicators.list), *sizes}
        found = spoken.text[rest.at : rest.end].strip()
        is_known = (spoken.passage.spot, found) in wrong
        if len(some.codes) + rest.number not in wholes and not is_known:
            right = str(max(wholes) - len(some.codes))
            yield found_in(spoken.passage, rest.at, found, right=right).told("rest")


_UNKNOWN = ("", Found(Spot(""), ""))
"""What is found where the report does not say enough."""


def _wrong(report: Report, claim: Quantified) -> tuple[str, Found] | None:
    """Return what is wrong in a claim, nothing if it holds in any group that may be meant."""
    if claim.is_of_change:
        right = wrong_change(report, claim)
        return None if right is None else (COUNT, _counted(claim, right).told("changed"))
    if found := _unlike_list(claim):
        return COUNT, found
    is_of_another = claim.part.kind != "office" and names_another(claim.spoken, claim.part.start)
    if not claim.told or is_of_another or not is_certain(claim):
        return _UNKNOWN
    first: tuple[str, Found] | None = None
    is_fitting = False
    named = {*claim.excepted, *(claim.listed.codes if claim.listed else ())}
    for group in groups(report, claim):
        is_fitting = True
        having, unknown = having_in(claim, group)
        if claim.scopes and claim.part.number > len(group):
            continue
        if claim.part.kind == "office" and claim.whole not in (0, len(group)):
            continue
        if not named <= set(group) or len(unknown) == len(group):
            continue
        if _holds(claim, group, having) or _may_hold(claim, group, having, unknown):
            return None
        first = first or _found(report, claim, group, having)
    if not is_fitting and (found := _misnumbered(report, claim) or _wrong_whole(report, claim)):
        return COUNT, found
    return first or _UNKNOWN


def _misnumbered(report: Report, claim: Quantified) -> Found | None:
    """Return the number of all, where there are others in all and it is so of all of these."""
    part, rules, text = claim.part, report.rules, claim.spoken.text
    is_plain = part.how == "all" and part.number and part.kind in ("indicator", "instrument")
    if not rules or not is_plain or claim.among or claim.excepted or claim.listed:
        return None
    if pattern("these_behind").match(text, part.end) or _is_told_elsewhere(report, part):
        return None
    known = {len({each.code for each in claim.spoken.named_before(part.start)})}
    if part.kind == "instrument":
        known.add(len(rules.levels.components))
    if claim.group:
        goes_back = pattern("list_goes_back").search(text, 0, claim.group.start)
        is_of_kind = all(kind_of(each) == part.kind == "indicator" for each in claim.group.codes)
        is_open = bool(goes_back or claim.scopes or not is_of_kind)
        open_claim = replace(claim, part=replace(part, number=len(claim.group.codes)))
    else:
        is_open = part.number in known
        open_claim = replace(claim, part=replace(part, number=0))
    is_of_some = part.kind == "indicator" and not (claim.scopes or claim.group)
    if is_open or (is_of_some and said("surveys").search(text)):
        return None
    sizes = [len(group) for group in groups(report, open_claim) if _is_so(open_claim, group)]
    return _counted(claim, max(sizes)) if sizes else None


def _wrong_whole(report: Report, claim: Quantified) -> Found | None:
    """Return out of how many indicators some are told to be, where there are others in all."""
    part, text = claim.part, claim.spoken.text
    parts = report.once_of(parts_in, claim.spoken)
    whole = next((e for e in parts if e.how == "whole" and e.whole == claim.whole), part)
    number = [e for e in re.finditer(r"\d+", text[whole.start : whole.end]) if claim.whole]
    is_plain = part.how in ("count", "share") and part.kind == "indicator" and not claim.among
    if not number or not is_plain or claim.group or int(number[-1].group()) != claim.whole:
        return None
    is_open = not claim.scopes and said("surveys").search(text)
    named = {each.code for each in claim.spoken.named_before(whole.start)}
    of_all = replace(whole, number=claim.whole)
    if is_open or len(named) == claim.whole or _is_told_elsewhere(report, of_all):
        return None
    if pattern("these_behind").match(text, whole.end) and whole is not part:
        return None
    open_claim = replace(claim, whole=0, part=replace(part, whole=0))
    sizes = [len(group) for group in groups(report, open_claim) if _is_so(open_claim, group)]
    start, found = whole.start + number[-1].start(), number[-1].group()
    right = str(max(sizes, default=0))
    return (
        found_in(claim.spoken.passage, start, found, right=right).told("rules") if sizes else None
    )


def _is_so(claim: Quantified, group: Group) -> bool:
    """Whether a claim holds in a group, but for one of which it is not known."""
    having, unknown = having_in(claim, group)
    is_open = len(unknown) == 1 < len(group)
    return _holds(claim, group, [*having, *unknown] if is_open else having)


def _is_told_elsewhere(report: Report, part: Part) -> bool:
    """Whether so many things of a kind are counted in another place, which may be meant."""
    return any(
        other is not part and (other.kind, other.number) == (part.kind, part.number)
        for spoken in report.once(counted_passages)
        for other in report.once_of(parts_in, spoken)
        if other.how not in ("all", "rest")
    )


def _may_hold(
    claim: Quantified, group: Group, having: Sequence[str], unknown: Sequence[str]
) -> bool:
    """Whether a claim may hold: some points are not known, or one of them does not recompute."""
    for count in range(1, len(unknown) + 1):
        for more in combinations(unknown, count):
            if _holds(claim, group, [*having, *more]):
                return True
    for code, thing in group.items():
        for other in thing.others:
            changed, _ = having_in(claim, {**group, code: other})
            if changed != list(having) and _holds(claim, group, changed):
                return True
    return False


def _holds(claim: Quantified, group: Group, having: Sequence[str]) -> bool:
    """Whether a claim holds in a group of which these have what is told."""
    part, listed = claim.part, set(claim.listed.codes if claim.listed else ())
    meant = among_in(claim, group)
    excepted = set(claim.excepted) & set(meant)
    if part.how in OF_ALL:
        is_number = not claim.among or part.number in (0, len(meant))
        return is_number and set(meant) - excepted == set(having)
    if part.how == "none":
        return set(having) == excepted
    if part.percent:
        share = Fraction(len(having), len(meant) or 1)
        is_fraction = part.how == "fraction"
        return (
            share == Fraction(part.percent)
            if is_fraction
            else not off_by(share * FULL, part.percent)
        )
    if part.how == "half":
        is_more = not claim.spoken.text.startswith(label("quantified.half"), part.start)
        return 2 * len(having) > len(meant) if is_more else 2 * len(having) == len(meant)
    if part.how == "only":
        return listed == set(having)
    if part.how == "these":
        return listed <= set(having)
    if part.how == "alone":
        return len(having) == 1 and listed <= set(having)
    is_whole = part.number == len(meant) and not _is_told_of_some(claim)
    return is_whole or (part.number == len(having) and listed <= set(having))


def _is_told_of_some(claim: Quantified) -> bool:
    """Whether a number is surely of those that have what is told, and not that of all."""
    is_behind = claim.told and claim.told.start < claim.part.start
    return bool(is_behind or pattern("that").match(claim.spoken.text, claim.part.end))


def _found(
    report: Report, claim: Quantified, group: Group, having: Sequence[str]
) -> tuple[str, Found]:
    """Return what is wrong in a claim that does not hold."""
    part, passage = claim.part, claim.spoken.passage
    start, words = _span(claim)
    told = found_in(passage, start, words, right=_names(report, having))
    missing = next((code for code in among_in(claim, group) if code not in having), "")
    if part.how in OF_ALL and claim.group and missing.isdigit():
        return OF_LIST, found_in(passage, start, words, right=missing).told("one")
    if part.how == "alone":
        return ALONE, told.told("only")
    if part.how == "percent":
        right = format_score(Fraction(len(having), len(among_in(claim, group)) or 1) * FULL)
        start = claim.spoken.text.find(part.percent, part.start)
        return COUNT, found_in(passage, start, part.percent, right=right).told("share")
    if part.how not in (*LISTED, "these") or part.how == "only":
        return COUNT, told.told("which")
    if len(having) != part.number and part.how != "these":
        return COUNT, _counted(claim, len(having))
    for each in claim.listed.named if claim.listed else ():
        if each.code not in having:
            named = claim.spoken.text[each.start : each.end]
            found = found_in(passage, each.start, named, right=_names(report, having))
            return COUNT, found.told("member")
    return COUNT, _counted(claim, len(having))


def _unlike_list(claim: Quantified) -> Found | None:
    """Return a number that is not that of the list beside it, if the list is whole."""
    part, listed = claim.part, claim.listed
    if not listed or part.how not in ("count", "rest", "one_of") or len(listed.codes) < FEWEST:
        return None
    if part.how == "one_of" or not _is_of_kind(part, listed):
        return None
    if not is_whole_list(claim.spoken.text, part, listed) or part.number == len(listed.codes):
        return None
    return _counted(claim, len(listed.codes))


def _is_of_kind(part: Part, listed: Part) -> bool:
    kind = kind_of(listed.codes[0])
    known = {"instrument": ("instrument", "part", "any"), "item": ("item", "point", "any")}
    return part.kind in known.get(kind, ("indicator", "any"))


def is_whole_list(text: str, part: Part, listed: Part) -> bool:
    """Whether a list beside a number is told to its end."""
    if listed.start >= part.end:
        between = text[part.end : listed.start]
        is_open = part.kind != "instrument"
        ends = pattern("list_ends" if is_open else "names_end").match(text, listed.end)
        if kind_of(listed.codes[0]) == "item":
            ends = ends or pattern("items_end").match(text, listed.end)
        return bool(ends) and not pattern("open_list").search(between)
    return bool(pattern("sum_of_list").search(text[listed.end : part.start]))


def _counted(claim: Quantified, right: int) -> Found:
    part = claim.part
    found = claim.spoken.text[part.at : part.end].strip()
    return found_in(claim.spoken.passage, part.at, found, right=str(right)).told("scores")


def _span(claim: Quantified) -> tuple[int, str]:
    """Return where the words of a claim begin, and the words."""
    text = claim.spoken.text[claim.start : claim.end]
    return claim.start + len(text) - len(text.lstrip()), text.strip()


def _names(report: Report, codes: Sequence[str]) -> list[str]:
    """Return what codes are called, of many only the first."""
    named = [_name(report, code) for code in codes[:MOST_NAMED]]
    return named + (["…"] if len(codes) > MOST_NAMED else [])


def _name(report: Report, code: str) -> str:
    if " " in code:
        return code.partition(" ")[2]
    if not code:
        return report.claims.office
    is_known = report.rules and code in report.rules.codes
    return name_of(report, code) if is_known else code
