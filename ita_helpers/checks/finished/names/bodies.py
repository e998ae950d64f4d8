"""What kind of office a report is of, its ministry and its name, and who assesses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import cast

from ita_helpers.checks.finished.names.posts import kind_of_posts
from ita_helpers.checks.finished.passages.signs import sign
from ita_helpers.checks.finished.reading import bare, likeness, same_letters
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.names import type_of

HEAD, NEAR = 8, 40
"""Lines in which a report says whose it is; characters before a ministry, or behind a name."""
LACKING, ENDING, MOST_LACKING = 3, 6, 4
"""Letters that a name lacks at least, and that stand behind them; of an office's one in so many."""
FIRST, ALIKE = 8, 0.86
"""Letters that a misspelt name has in common with the right one at the start, and in all."""


def wrong_ministries(report: Report) -> Iterator[Found]:
    """Yield ministries that the office is said to be under where it says another one elsewhere."""
    own, heads = bare(report.claims.office), {each.spot for each in report.lines[:HEAD]}
    told: list[tuple[bool, Passage, re.Match[str]]] = []
    for passage, place in report.places(_ministry()) if own else ():
        before = passage.text[max(0, place.start() - NEAR - len(own)) : place.start()]
        is_own = bare(before).endswith(own) or (bool(place["under"]) and own in bare(before))
        is_head = passage.spot in heads and place.group() == passage.text
        is_under = place["behind"] or place["under"]
        if is_own or is_head or (is_under and not sign("others_under").search(before)):
            told.append((is_own, passage, place))
    names = Counter(place["name"] for _, _, place in told)
    sure = {place["name"] for is_own, _, place in told if is_own}
    right = sure.pop() if len(sure) == 1 else ""
    for _, passage, place in told if right and len(names) == 2 else ():
        if place["name"] != right:
            yield found_at(passage, place, "name", own=right).told("ministry")


@cache
def _ministry() -> re.Pattern[str]:
    return compiled(label("signs.ministry").replace("MINISTRIES", label("signs.ministries")))


def shortened_ministries(report: Report) -> Iterator[Found]:
    """Yield names of ministries that lack a word of one that the report names in full."""
    known = tuple(label("signs.ministries").split("|"))
    told = list(report.places(sign("ministry_written")))
    full = {name for _, place in told for name in known if place["rest"].startswith(name)}
    for passage, place in told:
        rest = place["rest"]
        names = () if rest.startswith(known) else full
        lacking = ((name, left) for name in names if (left := _lacks(rest, name)))
        for name, left in islice(lacking, 1):
            found = passage.text[place.start() : place.start("rest") + len(left)]
            own = found.removesuffix(left) + name
            yield found_in(passage, place.start(), found, own=own).told("ministry_cut")


def _lacks(run: str, name: str) -> str:
    """Return what a run of letters begins with that is a name less some letters before its end."""
    same = same_letters(name, run)
    ends = range(same + LACKING, len(name) - ENDING + 1)
    left = (name[:at] + name[end:] for at in range(same + 1) for end in ends)
    return next((each for each in left if run.startswith(each)), "")


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
            yield found_at(passage, place, "kind", **facts).told("type")


def kinds_of_others(report: Report) -> Iterator[Found]:
    """Yield what belongs to the office or acts for it, told of an office of another kind."""
    mine = kind_of_posts(report)
    kinds = cast(dict[str, str], section("said.kinds_of_owners"))
    others = {kind: names for kind, names in kinds.items() if kind != mine}
    acting = [others[each] for each in label("said.kinds_that_act").split() if each in others]
    is_known = mine and mine not in label("said.kinds_above").split()
    keys = {"owned_by_kind": others.values(), "kind_acts": acting}
    for key, names in keys.items() if is_known else ():
        known = compiled(label(f"signs.{key}").replace("KINDS", "|".join(names)))
        for passage, place in report.places(known):
            is_others = sign("others_owned").search(passage.text, 0, place.start())
            if is_others or (key == "kind_acts" and _is_named(report, place["kind"])):
                continue
            start, found = place.start("found"), place["found"]
            yield found_in(passage, start, found, own=report.claims.office).told("post")


def _is_named(report: Report, kind: str) -> bool:
    """Whether a report names an office of a kind, that may be meant by the word for it alone."""
    named = any(place["kind"].startswith(kind[:FIRST]) for _, place in report.find("office"))
    return named or report.has(sign("named_university"))


def misspelt_own(report: Report) -> Iterator[Found]:
    """Yield names that are nearly the office's own."""
    own = report.claims.office
    begin = re.compile(re.escape(own[:FIRST]))
    is_long = len(own) > 2 * FIRST and not type_of(own)
    for passage, place in report.places(begin) if is_long else ():
        left = _lacks(passage.text[place.start() :], own) if sign("may_be_cut").match(own) else ""
        if left and len(own) - len(left) <= len(own) // MOST_LACKING:
            yield found_in(passage, place.start(), left, own=own)
            continue
        told = passage.text[place.start() : place.start() + len(own)]
        rest = passage.text[place.start() : place.start() + len(own) + 2]
        if bare(rest).startswith(bare(own)) or not re.fullmatch(r"[\u0e01-\u0e4e ]+", told):
            continue
        if own.startswith(told.partition(" ")[0]) and " " not in own:
            continue
        tries = [rest[: len(own) + at] for at in (-1, 0, 1)]
        ratios = {likeness(each, own): each for each in tries}
        if max(ratios) > ALIKE:
            yield found_in(passage, place.start(), ratios[max(ratios)].strip(), own=own)
