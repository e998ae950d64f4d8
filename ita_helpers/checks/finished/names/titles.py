"""What the assessment and its instruments are called: in Thai, in English and by their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ita_helpers.checks.finished.passages.signs import sign
from ita_helpers.checks.finished.reading import bare, likeness, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in, once_each
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.values import replace

NEARLY, ALIKE, LIKE = 0.6, 0.86, 0.7
"""Words that share so much with the name of an instrument are that name misspelt: with its
letters behind, in a sentence, in English.
"""

SHORT = 100
"""Letters of a line of a title at most."""


def wrong_titles(report: Report) -> Iterator[Found]:
    """Yield names of the assessment and of its instruments that are nearly right, each once."""
    finders = (
        _with_letters,
        _of_other_years,
        _in_words,
        _in_english,
        _in_other_letters,
        _of_assessment,
        _over_two_lines,
    )
    yield from once_each(each for finder in finders for each in finder(report))


def _official(report: Report) -> Mapping[str, str]:
    """Return the names of the year's instruments by code."""
    return {each.code: each.name for each in report.rules.instruments.list} if report.rules else {}


def _with_letters(report: Report) -> Iterator[Found]:
    """Yield names with letters in brackets that no instrument has, and misspelt names."""
    official = _official(report)
    known = {bare(name): code for code, name in official.items()}
    for passage, place in report.places(sign("title_and_letters")) if official else ():
        if said("renamed").search(passage.text):
            continue
        name, code = place["name"].strip(), place["code"]
        if code not in official and code != OVERALL and bare(name) in known:
            right = known[bare(name)]
            yield found_in(passage, place.start("code"), code, right=right)
            continue
        is_near = likeness(bare(name), bare(official.get(code, ""))) > NEARLY
        if is_near and bare(name) not in known:
            yield found_in(passage, place.start(), name, right=official[code])


def _of_other_years(report: Report) -> Iterator[Found]:
    """Yield names of instruments that they have in other years only."""
    official = _official(report)
    years = report.all_rules.values() if official else ()
    others = {each.name: each.code for year in years for each in year.instruments.list}
    for name, code in others.items():
        if name not in official.values():
            found = (
                (e, at)
                for e in report.passages
                if (at := e.text.find(name)) >= 0 and not said("renamed").search(e.text)
            )
            for passage, at in found:
                yield found_in(passage, at, name, right=official[code])


def _in_words(report: Report) -> Iterator[Found]:
    """Yield names of instruments without their letters."""
    names = {bare(name): name for name in _official(report).values()}
    for passage, place in report.places(said("instrument_in_words")) if names else ():
        told = bare(place.group())
        if told.startswith(tuple(names)) or said("renamed").search(passage.text):
            continue
        ratios = {
            likeness(told[: len(name) + at], name): name for name in names for at in (-3, 0, 3)
        }
        best = max(ratios)
        found = place.group()[: len(ratios[best]) + 3]
        if best > ALIKE:
            yield found_in(passage, place.start(), found, right=names[ratios[best]])


def _in_english(report: Report) -> Iterator[Found]:
    """Yield English names that are misspelt, or of another instrument than the letters beside."""
    listed = report.rules.instruments.list if report.rules else ()
    official = {each.code: each.name_en or "" for each in listed}
    official[OVERALL] = label("signs.assessment_en")
    for passage, place in report.places(sign("english")) if listed else ():
        name = place["name"].replace("&", "and")
        code = place["ahead"] or place["behind"] or ""
        letters = place["letters"]
        ratios = {each: likeness(name.lower(), right.lower()) for each, right in official.items()}
        code = code or max(ratios, key=lambda each: ratios[each])
        if name.lower() != official[code].lower() and max(ratios.values()) > LIKE:
            yield found_at(passage, place, "name", right=official[code])
        if letters and letters not in official and ratios[code] > ALIKE:
            yield found_at(passage, place, "letters", right=code)


def _of_assessment(report: Report) -> Iterator[Found]:
    """Yield names of the assessment in which a word is another one."""
    yield from _misnamed(report.places(sign("assessment_named")))


def _over_two_lines(report: Report) -> Iterator[Found]:
    """Yield the same of names that begin at the end of a short line and go on in the next."""
    at = {id(each): number for number, each in enumerate(report.passages)}
    for first in report.that_may_hold(sign("name_goes_on"), in_lines=True):
        begun = sign("name_goes_on").search(first.text)
        if not begun or len(first.text) > SHORT:
            continue
        second = next(iter(report.passages[at[id(first)] + 1 :]), first)
        if second is first or second.row or len(second.text) > SHORT:
            continue
        joined = f"{first.text} {second.text}"
        both = replace(second, text=joined)
        places = ((both, e) for e in sign("assessment_named").finditer(joined))
        yield from _misnamed(e for e in places if e[1].start() < len(first.text) < e[1].end())


def _is_slip_of(right: str, rest: str, least: float) -> bool:
    """Whether the end of a name is nearly that of the right one."""
    return bool(rest) and rest not in right and likeness(rest, right[-len(rest) :]) > least


def _misnamed(places: Iterable[tuple[Passage, re.Match[str]]]) -> Iterator[Found]:
    right = label("signs.assessment")
    for passage, place in places:
        rest = (place["rest"] or "").strip()
        is_named = bare(place["subject"] or label("signs.assessed")).endswith(
            label("signs.assessed")
        )
        is_named = is_named and place["second"] == label("signs.openness")
        if not is_named and (place["sure"] or rest):
            found = passage.text[place.start() : place.end("names")]
            yield found_in(passage, place.start(), found, right=right).told("assessment")
        least = LIKE if place["sure"] else ALIKE
        is_cut = rest and right.endswith(rest) and place["second"] + rest not in right
        if is_named and is_cut:
            found = passage.text[place.start("second") : place.end("rest")]
            yield found_in(passage, place.start("second"), found, right=right).told("assessment")
        elif is_named and _is_slip_of(right, bare(rest), least):
            yield found_in(passage, place.start("rest"), rest, right=right).told("assessment")


def _in_other_letters(report: Report) -> Iterator[Found]:
    """Yield letters of another assessment in brackets behind the name of this one."""
    for passage, place in report.places(sign("assessment_letters")):
        yield found_at(passage, place, "code", right=OVERALL)
    is_named = report.has(sign("letters_right")) and not report.has(sign("letters_explained"))
    for passage, place in report.places(sign("letters_changed")) if is_named else ():
        yield found_at(passage, place, "code", right=OVERALL)
