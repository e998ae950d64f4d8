"""Numbers of indicators told of parts that make up all: so many reach a limit, so many do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from ita_helpers.checks.finished.counts.certain_counts import is_certain
from ita_helpers.checks.finished.counts.having import having_in
from ita_helpers.checks.finished.counts.many import Quantified
from ita_helpers.checks.finished.counts.quantified import quantified
from ita_helpers.checks.finished.counts.quantities import COUNT, judged
from ita_helpers.checks.finished.counts.things_counted import Group, groups, years_meant
from ita_helpers.checks.finished.passages.shared import Thing
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in

FEWEST, MOST = 2, 5
"""Parts that are apart."""
SAMPLES = tuple(Thing(Decimal(each) / 100) for each in range(0, 10001, 25))
"""Points from 0 to 100, of which each is in one of the parts."""
UP_AND_DOWN = tuple(Thing(Decimal(50), Decimal(each)) for each in (40, 50, 60))


def wrong_complements(report: Report) -> Iterator[Found]:
    """Yield numbers that do not make up all: the one that does not fit, if it can be told."""
    claims = sorted(_counts(report), key=lambda each: each.part.start)
    claims.sort(key=lambda each: id(each.spoken))
    for _, told in groupby(claims, key=lambda each: id(each.spoken)):
        yield from _of_passage(report, list(told))


def _counts(report: Report) -> Iterator[Quantified]:
    """Yield the numbers of indicators that reach a limit or not, or that rose or fell."""
    for ways in quantified(report):
        claim = ways[0] if ways else None
        if not claim or claim.part.how != "count" or claim.part.kind != "indicator":
            continue
        is_bare = not (claim.group or claim.among or claim.scopes or claim.excepted)
        is_known = claim.told and claim.told.of in ("points", "change")
        if is_bare and is_known and not claim.year and is_certain(claim):
            yield claim


def _of_passage(report: Report, claims: Sequence[Quantified]) -> Iterator[Found]:
    start = 0
    while start + FEWEST <= len(claims):
        sizes = range(min(MOST, len(claims) - start), FEWEST - 1, -1)
        size = next((e for e in sizes if _is_parted(report, claims[start : start + e])), 0)
        if size:
            yield from _judged(report, claims[start : start + size])
        start += size or 1


def _is_parted(report: Report, claims: Sequence[Quantified]) -> bool:
    """Whether nothing is in two of the parts that claims are of."""
    first = claims[0]
    if any(years_meant(report, each) != years_meant(report, first) for each in claims[1:]):
        return False
    kinds = {each.told.of for each in claims if each.told}
    return len(kinds) == 1 and max(_parts_of_samples(claims)) == 1


def _parts_of_samples(claims: Sequence[Quantified]) -> list[int]:
    """Return in how many of the parts each sample is."""
    told = [each.told for each in claims if each.told]
    samples = SAMPLES if told[0].of == "points" else UP_AND_DOWN
    return [sum(each.holds(sample) is True for each in told) for sample in samples]


def _is_all_in(claims: Sequence[Quantified], group: Group) -> bool:
    """Whether each thing of a group is in one of the parts, whatever it be or as is known."""
    known = {code for claim in claims for code in having_in(claim, group)[0]}
    return known == set(group) or min(_parts_of_samples(claims)) == 1


def _judged(report: Report, claims: Sequence[Quantified]) -> Iterator[Found]:
    told = [each.part.number for each in claims]
    wholes = [group for group in groups(report, claims[0]) if group]
    is_open = not all(_is_all_in(claims, group) for group in wholes)
    if not wholes or any(sum(told) == len(e) or (is_open and sum(told) < len(e)) for e in wholes):
        return
    known = {(found.spot, found.found) for rule, found in report.once(judged) if rule == COUNT}
    spoken = claims[0].spoken
    written = [spoken.text[e.part.at : e.part.end].strip() for e in claims]
    if any((spoken.passage.spot, each) in known for each in written):
        return
    ways = {
        way
        for group in wholes
        for known_as in _as_known(group)
        for way in _one_at_fault(claims, known_as)
    }
    if len(ways) == 1:
        ((at, number),) = ways
        place, facts = claims[at].part.at, {"right": str(number)}
        yield found_in(spoken.passage, place, written[at], **facts).told("beside")
    elif ways:
        first, last = claims[0].part.at, claims[-1].part.end
        facts = {"right": str(len(wholes[0])), "sum": str(sum(told))}
        words = spoken.text[first:last].strip()
        yield found_in(spoken.passage, first, words, **facts).told("all")


def _as_known(group: Group) -> Iterator[Group]:
    """Yield a group with points taken as they recompute, then as printed."""
    for code, thing in group.items():
        yield from ({**group, code: each} for each in thing.others)
    yield group


def _one_at_fault(claims: Sequence[Quantified], group: Group) -> list[tuple[int, int]]:
    """Return which numbers may be at fault alone, with what they should be."""
    possible, told = [], [each.part.number for each in claims]
    for claim in claims:
        having, unknown = having_in(claim, group)
        possible.append(range(len(having), len(having) + len(unknown) + 1))
    found = []
    for at, number in enumerate(told):
        right = len(group) - sum(told) + number
        fits = all(told[n] in possible[n] for n in range(len(told)) if n != at)
        if fits and right in possible[at]:
            found.append((at, right))
    return found
