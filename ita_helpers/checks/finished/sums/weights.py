"""The weights of instruments as sentences and tables tell them, against those of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.listed_names import joined_back
from ita_helpers.checks.finished.passages.speaking import Spoken, places
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import Mention, said
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.number_words import number_of
from ita_helpers.scoring.weighted import weights_of

Weights = Mapping[str, Fraction]
CENT = Fraction(1, 100)
"""How far weighted points may be off where their score was rounded."""
_NUMBER = re.compile(r"\d+")
FULL, NEAR, FEWEST = 100, 30, 2
"""A whole in per cent; characters between listed instruments and their common weight."""


@dataclass(frozen=True)
class Told:
    """A weight in a passage, and what it should be."""

    start: int
    text: str
    code: str
    told: Fraction
    right: Fraction


def _wrong_weights(report: Report) -> Iterator[Found]:
    """Yield weights of instruments that the year's rules do not have, the first of a passage."""
    rules = report.rules
    known = {code: Fraction(weight) for code, weight in weights_of(rules).items()} if rules else {}
    for passage in report.whole.that_may_hold(said("weight_gate")) if known else ():
        for each in _told(report, passage, known):
            if each.told != each.right:
                named = name_of(report, each.code)
                facts = {"code": named, "right": int(each.right), "year": report.year}
                yield found_in(passage, each.start, each.text, **facts)
                break


def _wrong_wholes(report: Report) -> Iterator[Found]:
    """Yield out of how many points an instrument is said to have got what its weight makes."""
    known = weights_of(report.rules) if report.rules else {}
    for spoken, place in places(report, "points_of_weight") if known else ():
        group, points = ("weight", "points") if place["weight"] else ("whole", "got")
        named = [e.code for e in spoken.named_before(place.start()) if e.code in known]
        for code in named[-1:]:
            scores = [Fraction(each) for each in values(report, code, report.year)]
            weighted = [each * known[code] / FULL for each in scores]
            fits = any(abs(each - Fraction(place[points])) <= CENT for each in weighted)
            if fits and int(place[group]) != known[code]:
                facts = {"code": code, "right": known[code], "year": report.year}
                yield found_at(spoken.passage, place, **facts)


def _told(report: Report, passage: Passage, known: Weights) -> Iterator[Told]:
    spoken = Spoken(report, passage)
    named = [each for each in spoken.named if each.code in known]
    named = sorted([*named, *_ranges(report, passage.text)], key=lambda each: each.start)
    yield from _in_order(passage.text, named, known)
    yield from _of_each(passage, named, known)
    yield from _ratios(passage.text, named, known)
    yield from _together(passage.text, named, known)
    yield from _of_parts(passage.text, named, known)


def _ranges(report: Report, text: str) -> Iterator[Mention]:
    """Yield the instruments whose indicators are named from the first to the last."""
    rules = report.rules
    for place in said("range_of_indicators").finditer(text) if rules else ():
        for instrument in rules.instruments.list if rules else ():
            codes = [each.code for each in rules.indicators_of(instrument.code)] if rules else []
            if codes and (place["first"], place["last"]) == (codes[0], codes[-1]):
                yield Mention(*place.span(), instrument.code)


def _of_each(passage: Passage, named: Sequence[Mention], known: Weights) -> Iterator[Told]:
    """Yield weights told of one instrument each, with their mark or several in one passage."""
    text = passage.text
    found: list[tuple[Told, bool]] = []
    for each in named:
        is_told = said("weight_ahead").search(text, 0, each.start)
        place = said("weight_told" if is_told else "weight_behind").match(text, each.end)
        ahead = said("factor_ahead").search(text, 0, each.start)
        if said("weights_in_order").match(text, each.end):
            continue
        if place and not said("no_weight").match(text, place.end()):
            told = _weight(place["weight"])
            written = text[each.start : place.end("weight")]
            start = each.start
            is_marked = said("weight_mark").search(place["mark"] or "")
            is_label = told in known.values() and _is_label(passage, each, place.end())
            is_sure = bool(is_marked or is_told) or is_label
        elif ahead:
            told, start, is_sure = _weight(ahead["weight"]), ahead.start(), True
            written = text[start : each.end]
        else:
            continue
        found.append((Told(start, written, each.code, told, known[each.code]), is_sure))
    is_list = len({told.code for told, _ in found}) >= FEWEST
    is_of_people = said("of_people").search(text)
    yield from (each for each, is_sure in found if is_sure or (is_list and not is_of_people))


def _is_label(passage: Passage, named: Mention, end: int) -> bool:
    """Whether a line or a first cell is only an instrument's name, with a weight ending there."""
    text = squeezed(passage.row[0].text) if passage.row else passage.text
    before = said("label_of_weight").fullmatch(text, 0, named.start)
    return bool(before and said("label_ends").match(text, end))


def _in_order(text: str, named: Sequence[Mention], known: Weights) -> Iterator[Told]:
    """Yield weights told in the order of as many instruments that are named before them."""
    for place in said("weights_in_order").finditer(text):
        numbers = list(_NUMBER.finditer(text, place.start("list"), place.end("list")))
        before = dict.fromkeys(each.code for each in named if each.end <= place.start("list"))
        codes = list(before)[-len(numbers) :]
        for code, number in zip(codes, numbers, strict=False) if len(codes) == len(numbers) else ():
            yield Told(number.start(), number.group(), code, Fraction(number.group()), known[code])


def _weight(written: str) -> Fraction:
    value = Fraction(written)
    return value * FULL if value < 1 else value


def _ratios(text: str, named: Sequence[Mention], known: Weights) -> Iterator[Told]:
    """Yield lists of the weights of all instruments alone that are others than the year's."""
    whole = [code for code in known if not code[-1].isdigit()]
    parts = [code for code in known if code != "EIT"]
    for place in said("weight_ratio").finditer(text):
        told = [Fraction(number_of(each)) for each in place.group("a", "b", "c", "d") if each]
        codes = parts if len(told) == len(parts) else whole
        before = list(dict.fromkeys(each.code for each in named if each.end <= place.start()))
        ordered = [each for each in before if each in codes]
        codes = ordered if len(ordered) == len(codes) else codes
        right = [known[code] for code in codes]
        is_other = sorted(told) != sorted(right) or (ordered == codes and told != right)
        if len(told) == len(right) and is_other:
            at = next(n for n, each in enumerate(told) if each != right[n])
            yield Told(place.start(), place.group(), codes[at], told[at], right[at])


def _together(text: str, named: Sequence[Mention], known: Weights) -> Iterator[Told]:
    """Yield the greatest weight, one that several have, or what several have together."""
    for place in said("weights_together").finditer(text):
        before = [each for each in named if each.end <= place.start()]
        near = before and place.start() - before[-1].end < NEAR
        codes = list(dict.fromkeys(e.code for e in joined_back(text, before))) if near else []
        told, start = Fraction(place["weight"]), place.start("weight")
        if place["most"]:
            code = max(known, key=lambda each: known[each])
            yield Told(start, place["weight"], code, told, known[code])
        elif place["sum"] and len(codes) >= FEWEST:
            right = sum((known[each] for each in codes), Fraction(0))
            yield Told(start, place["weight"], codes[0], told, right)
        elif place["each"]:
            for code in codes if len(codes) >= FEWEST else ():
                yield Told(start, place["weight"], code, told, known[code])


def _of_parts(text: str, named: Sequence[Mention], known: Weights) -> Iterator[Told]:
    """Yield the weight told of each of the two parts of an instrument."""
    if not set(PARTS) <= known.keys():
        return
    for place in said("weight_of_parts").finditer(text):
        before = [each.code for each in named if each.start <= place.start()]
        if before and before[-1] in ("EIT", *PARTS):
            right = known[PARTS[0]]
            yield Told(place.start(), place.group(), PARTS[0], Fraction(place["weight"]), right)


RULES = (Rule("ITA811", "error", all_of(_wrong_weights, _wrong_wholes)),)
