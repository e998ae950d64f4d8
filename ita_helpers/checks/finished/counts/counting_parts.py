"""The parts that claims of so many are made of: quantifiers, what is told, names, exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.passages.shared import (
    KINDS,
    Predicate,
    Test,
    Thing,
    pattern,
    predicates,
)
from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.reading import Mention
from ita_helpers.checks.finished.report import BLOT, Report, squeezed
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import section
from ita_helpers.language.number_words import number_of
from ita_helpers.values import replace, value

BARE = "bare"
QUANTIFIERS = tuple(each for each in section("quantified.quantifiers") if each != BARE)
NOBODY = ("own", "all")
OF_ALL = ("all", "both", "each")
LONGEST = 60
"""Characters before a quantifier in which words make it none."""


@value(frozen=True)
class Part:
    """A part of a claim: ``is_a`` quantifier, predicate, turn, names, scope or exception.

    ``how`` and ``kind`` are those of a quantifier, with its ``number`` and of how many, 0 if none;
    ``at`` is where its number begins, and ``percent`` the share that it tells instead, as printed
    or as a fraction.
    """

    is_a: str
    start: int
    end: int
    how: str = ""
    kind: str = ""
    number: int = 0
    whole: int = 0
    at: int = 0
    percent: str = ""
    told: Predicate | None = None
    named: tuple[Mention, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What names stand for, each once."""
        return tuple(dict.fromkeys(each.code for each in self.named))


def parts_in(report: Report, spoken: Spoken) -> list[Part]:
    """Return the parts of claims in a passage, in order; nothing overlaps."""
    text = spoken.text
    named = (*spoken.named, *_numbers_listed(report, spoken), *_offices_named(report, text))
    names = [e for e in named if e.code != OVERALL and not _is_number_of(text, e)]
    plain = text
    for each in names:
        plain = plain[: each.start] + BLOT * (each.end - each.start) + plain[each.end :]
    kept: list[Part] = []
    for part in _quantifiers(report, spoken, plain):
        is_sum = part.kind == "year" and pattern("sum_over").search(text, 0, part.start)
        if not is_sum and not _overlaps(part, kept):
            kept.append(part)
    is_counted = any(each.is_a == "quantifier" for each in kept)
    if not is_counted and not (names and pattern("list_told").search(plain)):
        return []
    for told in _joined(plain, predicates(report, plain, spoken.passage)):
        part = _turn(plain, told) or Part("predicate", told.start, told.end, told=told)
        if not _overlaps(part, kept):
            kept.append(part)
            if told.of == "status":
                kept += _bare_number(plain, told.end)
    for place in pattern("except").finditer(plain):
        kept.append(Part("exception", *place.span()))
    for owner in owners_of_measures(report):
        if (start := plain.find(owner)) >= 0 and not _overlaps(Mention(start, start + 1, ""), kept):
            kept.append(Part("owner", start, start + len(owner)))
    names = [e for e in names if not _overlaps(e, [k for k in kept if k.is_a != "predicate"])]
    kept += _runs(text, sorted(names, key=lambda each: each.start), kept)
    return sorted(kept, key=lambda each: each.start)


def _turn(text: str, told: Predicate) -> Part | None:
    """Return the words for a change as those of a number: of what it has become."""
    becomes = pattern("becomes").match(text, told.end) if told.of == "change" else None
    if not becomes or pattern("restricting").search(text, 0, told.start):
        return None
    return Part("turn", told.start, becomes.end())


def _joined(text: str, told: Iterator[Predicate]) -> Iterator[Predicate]:
    """Yield what things may have in common, two of them as one where either may be so."""
    listed = sorted(told, key=lambda each: each.start)
    while listed:
        first, *listed = listed
        other = listed[0] if listed else None
        if other and pattern("or_else").fullmatch(text, first.end, other.start):
            listed[0] = replace(first, end=other.end, holds=_either(first.holds, other.holds))
            continue
        yield first


def _either(one: Test, other: Test) -> Test:
    def holds(thing: Thing) -> bool | None:
        ways = {one(thing), other(thing)}
        return True if True in ways else None if None in ways else False

    return holds


def _is_number_of(text: str, name: Mention) -> bool:
    """Whether a name is a word for indicators with the number of those that follow."""
    written = text[name.start : name.end]
    return bool(
        written[-1:].isdigit()
        and pattern("noun_and_number").fullmatch(written)
        and pattern("before_kind").match(text, name.end)
    )


def _overlaps(one: Part | Mention, others: Sequence[Part]) -> bool:
    return any(one.start < each.end and each.start < one.end for each in others)


def _quantifiers(report: Report, spoken: Spoken, plain: str) -> Iterator[Part]:
    text, number_of_text = spoken.text, report.number_of(spoken.passage)
    for how, known, bits in report.once(_quantifying):
        for place in known.finditer(plain) if bits >> number_of_text & 1 else ():
            told = {key[0]: value for key, value in place.groupdict().items() if value}
            kind = _kind(told.get("k", ""))
            if _is_none(text, how, place):
                yield Part("nothing", *place.span())
                continue
            number, whole = (number_of(told.get(each, "")) for each in "nm")
            at = place.start("n") if how == "rest" and place["n"] else place.start()
            share = told.get("p", "")
            if how == "fraction":
                share, number, whole = f"{number}/{whole}", 0, 0
            yield Part("quantifier", *place.span(), how, kind, number, whole, at, share)


def _quantifying(report: Report) -> list[tuple[str, re.Pattern[str], int]]:
    """Return each quantifier with its pattern, and the texts in which that may stand, as bits."""
    known = [(how, pattern(f"quantifiers.{how}")) for how in QUANTIFIERS]
    return [(how, each, report.bits(each)) for how, each in known]


def _is_none(text: str, how: str, place: re.Match[str]) -> bool:
    """Whether the words around a quantifier make it something else."""
    before = text[max(0, place.start() - LONGEST) : place.start()]
    key = "no_all_before" if how in OF_ALL else "no_count_before"
    is_other = how not in ("whole", "rest", "each") and pattern(key).search(before)
    return bool(is_other or pattern("no_count_behind").match(text, place.end()))


def _bare_number(text: str, start: int) -> Iterator[Part]:
    """Yield the number without a word for what it counts, right behind a status."""
    place = pattern(f"quantifiers.{BARE}").match(text, start)
    if place:
        start, end = place.span("n")
        yield Part("quantifier", start, end, "count", "measure", int(place["n"]), at=start)


def _kind(written: str) -> str:
    kinds = section("quantified.kinds")
    return next((each for each in KINDS if written and re.match(kinds[each], written)), "any")


def _numbers_listed(report: Report, spoken: Spoken) -> Iterator[Mention]:
    """Yield indicators by numbers alone, behind a word for one or in a list.

    A number in brackets right before an instrument counts these.
    """
    rules = report.rules
    known = pattern("numbers_listed")
    is_there = rules and report.may_hold(spoken.passage, known)
    for place in known.finditer(spoken.text) if is_there else ():
        behind = next((e for e in spoken.named if e.start >= place.end()), None)
        gap = spoken.text[place.end() : behind.start] if behind else ""
        is_count = behind and behind.code.isalpha() and gap.strip() == ")"
        is_named = any(e.start < place.end() and place.start() < e.end for e in spoken.named)
        if rules and not (is_named or is_count):
            start = place.start()
            for number in re.finditer(r"\d{1,2}", place.group()):
                end = place.start() + number.end()
                if rules.find_indicator(number.group()):
                    yield Mention(start, end, number.group())
                start = end


def offices_scored(report: Report) -> frozenset[str]:
    """Return the names of other offices whose scores a table of the report gives."""
    return report.once(_offices_scored)


def _offices_scored(report: Report) -> frozenset[str]:
    told = (each for each in report.claims.claims if each.is_of_table and each.points is not None)
    return frozenset(each.of for each in told if each.of not in NOBODY)


def _offices_named(report: Report, text: str) -> Iterator[Mention]:
    """Yield other offices by the names that a table of scores gives them."""
    for name in offices_scored(report):
        if (start := text.find(name)) >= 0:
            yield Mention(start, start + len(name), name)


def owners_of_measures(report: Report) -> frozenset[str]:
    """Return who answers for the measures of the plan, as printed."""
    return report.once(_owners_of_measures)


def _owners_of_measures(report: Report) -> frozenset[str]:
    return frozenset(owner for row in report.claims.plan if (owner := squeezed(row.owner)))


def kind_of(code: str) -> str:
    """Return what kind of thing a code or a name stands for."""
    if not code.isascii():
        return "office"
    return "indicator" if code.isdigit() else "item" if code[0].islower() else "instrument"


def _runs(text: str, names: Sequence[Mention], others: Sequence[Part]) -> Iterator[Part]:
    """Yield names that stand in one list together; one instrument alone is a scope."""
    run: list[Mention] = []
    for each in (*names, None):
        if each and run:
            first, last = run[-1].end, each.start
            between = text[first:last] if first <= last else ""
            is_cut = any(first <= e.start < last for e in others)
            is_alike = (kind_of(run[-1].code) == "item") == (kind_of(each.code) == "item")
            if not is_cut and is_alike and pattern("between_list").fullmatch(between):
                run.append(each)
                continue
        if run:
            is_one = len({each.code for each in run}) == 1
            is_scope = is_one and kind_of(run[0].code) == "instrument"
            yield Part(
                "scope" if is_scope else "names", run[0].start, run[-1].end, named=tuple(run)
            )
        run = [each] if each else []
