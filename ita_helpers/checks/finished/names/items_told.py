"""Items told as those of an indicator, or of a group of its items, that are another one's."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.names.homes import named, owner_of
from ita_helpers.checks.finished.passages.signs import Sign, home_of, sign, signs_of
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.records.framework import Framework

OWNERS = ("number", "name", "group")


def items_told_of_others(report: Report) -> Iterator[Found]:
    """Yield items said to be missing or met in an indicator or a group that does not have them."""
    rules = report.rules
    for passage, signs in signs_of(report) if rules else ():
        kinds = {each.kind for each in signs}
        if rules and "item" in kinds and kinds & {*OWNERS}:
            yield from _told(rules, passage, signs)


def _told(rules: Framework, passage: Passage, signs: tuple[Sign, ...]) -> Iterator[Found]:
    owner: Sign | None = None
    for each in with_bare_groups(rules, passage.text, signs):
        if each.kind in OWNERS:
            is_aside = sign("aside_before").search(passage.text, 0, each.start)
            owner = None if is_aside or len(each.codes) > 1 else each
        elif each.kind == "instrument":
            owner = None
        elif owner and _is_told_of(rules, passage.text, owner, each):
            right = owner_of(rules, each.codes[0], owner.codes[0])
            if right and right != owner.codes[0]:
                under = named(rules, owner.codes[0])
                facts = {"owner": named(rules, right), "under": under}
                yield found_in(passage, each.start, each.words.strip(), **facts).told("item")


def _is_told_of(rules: Framework, text: str, owner: Sign, item: Sign) -> bool:
    """Whether an item is told as one that an indicator or a group lacks or has."""
    if item.codes[0][0] != "o" or sign("has_no_items").search(text, owner.end, item.start):
        return False
    if sign("lacking_of").search(text, 0, owner.start):
        return bool(sign("lacking_are").fullmatch(text, owner.end, item.start))
    is_oit = home_of(rules, owner.codes[0]) == "OIT"
    known = sign("has_items" if is_oit else "has_items_beside")
    return bool(known.fullmatch(text, owner.end, item.start))


def with_bare_groups(rules: Framework, text: str, signs: tuple[Sign, ...]) -> list[Sign]:
    """Return the signs with groups of items told by their numbers alone behind one told in full."""
    first = next((each.end for each in signs if each.kind == "group"), len(text))
    codes = {each.code for each in rules.all_sub_indicators}
    bare = [
        Sign(*each.span(), "group", (each.group(),), each.group())
        for each in sign("bare_group").finditer(text)
        if each.group() in codes
        and (each.start() > first or sign("lacking_of").search(text, 0, each.start()))
        and not any(e.start <= each.start() < e.end for e in signs)
    ]
    return sorted([*signs, *bare], key=lambda each: each.start)
