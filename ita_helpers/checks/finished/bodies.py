"""What kind of office a report is of, its ministry and its name, and who assesses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import cast

from ita_helpers.checks.finished.posts import kind_of_posts
from ita_helpers.checks.finished.reading import bare
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.signs import sign
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.names import type_of

HEAD, NEAR = 8, 40
"""Lines in which a report says whose it is; characters before a ministry, or behind a name."""
FIRST, ALIKE = 8, 0.86
"""Letters that a misspelt name has in common with the right one at the start, and in all."""


@cache
def _body(key: str) -> re.Pattern[str]:
    known = cast(dict[str, str], section("signs.bodies"))
    return compiled(label(f"signs.{key}").replace("FULL", "|".join(known.values())))


def wrong_bodies(report: Report) -> Iterator[Found]:
    """Yield names of bodies with another's letters, and bodies that do not assess."""
    right = label("said.assessing_body")
    known = cast(dict[str, str], section("signs.bodies"))
    for passage, place in report.places(_body("full_and_short")):
        letter = re.sub(r"[\s.]", "", place["short"])[-1]
        own = next(short for short, full in known.items() if re.search(full, place["full"]))
        if letter != re.sub(r"[\s.]", "", own)[-1]:
            found = found_in(passage, place.start(), place.group(), own=f"{own}")
            yield found.told("letters")
    for passage, place in report.places(_body("assessor")):
        group = "body" if place["body"] else "behind"
        told = place[group]
        if sign("assesses").search(told) and not sign("narcotics").search(told):
            continue
        yield found_in(passage, place.start(group), told, own=right).told("body")


def wrong_ministries(report: Report) -> Iterator[Found]:
    """Yield ministries that the office is said to be under where it says another one elsewhere."""
    own, heads = bare(report.claims.office), {each.spot for each in report.lines[:HEAD]}
    told: list[tuple[bool, Passage, re.Match[str]]] = []
    for passage, place in report.places(sign("ministry")) if own else ():
        before = passage.text[max(0, place.start() - NEAR - len(own)) : place.start()]
        is_own = bool(place["under"]) and own in bare(before)
        is_head = passage.spot in heads and place.group() == passage.text
        if is_own or is_head or (place["under"] and not sign("others_under").search(before)):
            told.append((is_own, passage, place))
    names = Counter(place["name"] for _, _, place in told)
    sure = {place["name"] for is_own, _, place in told if is_own}
    right = sure.pop() if len(sure) == 1 else ""
    for _, passage, place in told if right and len(names) == 2 else ():
        if place["name"] != right:
            yield found_in(passage, place.start("name"), place["name"], own=right).told("ministry")


def wrong_kinds(report: Report) -> Iterator[Found]:
    """Yield kinds of office that an office says to be and elsewhere says not to be."""
    own = bare(report.claims.office)
    for passage, place in report.places(sign("own_kind")) if own else ():
        if not bare(passage.text[: place.start()]).endswith(own):
            continue
        kinds = Counter(each.group() for _, each in report.places(sign("kinds_of_offices")))
        others = [kind for kind in kinds if kind != place["kind"]]
        if others and kinds[place["kind"]] == 1:
            facts = {"own": others[0]}
            yield found_in(passage, place.start("kind"), place["kind"], **facts).told("type")


def kinds_of_others(report: Report) -> Iterator[Found]:
    """Yield what belongs to the office, and is said to be of an office of another kind."""
    mine = kind_of_posts(report)
    kinds = cast(dict[str, str], section("said.kinds_of_owners"))
    names = "|".join(names for kind, names in kinds.items() if kind != mine)
    known = compiled(label("signs.owned_by_kind").replace("KINDS", names))
    for passage, place in report.places(known) if mine in kinds else ():
        if not sign("others_owned").search(passage.text, 0, place.start()):
            found = found_in(passage, place.start(), place.group(), own=report.claims.office)
            yield found.told("post")


def misspelt_own(report: Report) -> Iterator[Found]:
    """Yield names that are nearly the office's own."""
    own = report.claims.office
    begin = re.compile(re.escape(own[:FIRST]))
    is_long = len(own) > 2 * FIRST and not type_of(own)
    for passage, place in report.places(begin) if is_long else ():
        told = passage.text[place.start() : place.start() + len(own)]
        rest = passage.text[place.start() : place.start() + len(own) + 2]
        if bare(rest).startswith(bare(own)) or not re.fullmatch(r"[\u0e01-\u0e4e ]+", told):
            continue
        if own.startswith(told.partition(" ")[0]) and " " not in own:
            continue
        tries = [rest[: len(own) + at] for at in (-1, 0, 1)]
        ratios = {_share(each, own): each for each in tries}
        if max(ratios) > ALIKE:
            yield found_in(passage, place.start(), ratios[max(ratios)].strip(), own=own)


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
