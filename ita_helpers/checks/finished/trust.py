"""Which claims of a sentence are surely scores of what they are claimed for.

Rules call nothing wrong on the strength of a claim that may be a difference, a target or a loss.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache

from ita_helpers.checks.finished.reading import (
    SMALL,
    Mentions,
    any_of,
    bare,
    figures,
    pattern,
    said,
)
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Document, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern as document_pattern
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.catalogue import label
from ita_helpers.language.held import may_stand
from ita_helpers.records.names import normal

BEFORE, FAR = 22, 70
"""Characters before a figure in which a word makes it something else, or of a group."""
AROUND = 90
"""Characters before a score or level in which the office stands whose it is."""
LONG = 60
"""Characters: a row of a table that is longer holds a sentence."""
MOST_KEPT = 16384
"""Texts of which is kept whether offices may be named in them."""
_OFFICES_SAID = {"another": True, "own_again": False}
"""What offices are called besides by their names, and whether another than the own is meant."""


def is_sure(claim: Claim, mentions: Mentions, office: str = "") -> bool:
    """Whether a claim can be relied on, in a report of an office."""
    if claim.points is None:
        return True
    item = pattern("item").match(claim.words)
    if item and (item["kind"] + item["number"]).lower() != claim.code:
        return False
    is_of_chart = pattern("years_of_a_chart").search(claim.words) or (
        claim.is_of_table and said("axis").search(claim.words)
    )
    if claim.is_rejected or is_of_chart:
        return False
    if "@" not in claim.code and claim.code not in PARTS and _is_of_a_part(claim):
        return False
    if claim.is_of_table and (len(claim.words) < LONG or not _has_unit(claim)):
        return claim.points >= SMALL or not any_of("loss_words").search(claim.words)
    return any(
        figure.points == claim.points
        and (claim.points >= SMALL or pattern("scored").search(claim.words[: figure.start]))
        and _is_score(claim, figure.start, mentions)
        and not (claim.code == OVERALL and another_named(claim.words, figure.start, bare(office)))
        for figure in figures(claim.words)
    )


def _is_of_a_part(claim: Claim) -> bool:
    """Whether all figures like a claim's stand right behind the number of a part."""
    told = [each for each in figures(claim.words) if each.points == claim.points]
    return bool(told) and all(said("of_a_part").search(claim.words, 0, e.start) for e in told)


def _has_unit(claim: Claim) -> bool:
    return any(each.has_unit and each.points == claim.points for each in figures(claim.words))


def _is_score(claim: Claim, start: int, mentions: Mentions) -> bool:
    """Whether the figure that begins here is told as the score of what is claimed."""
    before = claim.words[:start]
    is_of_last_year = claim.points is not None and claim.points >= SMALL
    is_of_last_year = is_of_last_year and bool(said("got_last_year").search(before))
    is_other = any_of("not_a_score").search(before[-BEFORE:]) and not is_of_last_year
    if not before.strip() or is_other or pattern("target_before").search(before):
        return False
    if of_others(before) or (claim.code.isdigit() and said("of_a_part").search(before)):
        return False
    if said("limit_passed").search(before):
        return False
    if said("supposed_before").search(before[-FAR:]):
        return False
    if said("whole_number").match(claim.words, start) and said("wished").search(claim.words):
        return False
    assert claim.points is not None
    named = mentions(claim.words)
    ahead = [each for each in named if each.end <= start]
    if pattern("mean_of_all").search(before, ahead[-1].start if ahead else 0):
        return False
    if ahead and any(e.end() >= ahead[-1].end for e in said("mean_of_list").finditer(before)):
        return False
    if not ahead and claim.code == OVERALL and claim.level:
        return True
    if not ahead:
        other = mentions.naming.any_name.search(before)
        is_other = other and mentions.naming.by_name.get(normal(other.group())) != claim.code
        is_named = bool(named) or bool(is_other)
        return not is_named and not said("unknown_label").fullmatch(before)
    if claim.code == OVERALL and said("whole_goes_on").search(before, ahead[-1].end):
        return True
    return ahead[-1].code.lower() == claim.code.lower()


@lru_cache(MOST_KEPT)
def _may_name_offices(text: str) -> bool:
    known = (said("any_office"), *(document_pattern(f"figures.{key}") for key in _OFFICES_SAID))
    return any(may_stand(each, text) for each in known)


def another_named(text: str, place: int, own: str, others: Collection[str] = ()) -> bool:
    """Whether the office spoken of last before a place is not the one named ``own``, no blanks.

    ``others`` are names that are surely those of others.
    """
    if not (_may_name_offices(text) or others):
        return False
    around = (max(0, place - AROUND), place)
    any_office = said("any_office")
    is_there = own and may_stand(any_office, text)
    named = any_office.finditer(text, *around) if is_there else ()
    told = [(each.end(), _is_another(each, own)) for each in named]
    for key, is_another in _OFFICES_SAID.items():
        known = document_pattern(f"figures.{key}")
        found = known.finditer(text, *around) if may_stand(known, text) else ()
        told += [(each.end(), is_another) for each in found]
    for name in others:
        told += [(at + len(name), True) for at in [text.rfind(name, *around)] if at >= 0]
    return bool(told) and max(told)[1]


def _is_another(place: re.Match[str], own: str) -> bool:
    """Whether a name is not that of an office, whole, short or with its kind abbreviated."""
    name, rest = bare(place.group()), bare(place["name"])
    proper = said("office_kind").sub("", own, count=1)
    is_same = name.startswith(own) or own.startswith(name) or own.endswith(name)
    is_same = is_same or _shortened(name) == _shortened(own)
    return not (is_same or (proper != own and rest.startswith(proper)))


def _shortened(name: str) -> str:
    """Return the name of an office as it is called in short."""
    return name.replace(label("said.acting"), "")


def of_others(before: str) -> bool:
    """Whether words right before a figure say that it is the mean of a group of offices."""
    found = [each.end() for each in said("of_others").finditer(before[-FAR:])]
    return bool(found) and not any(e.start >= found[-1] for e in figures(before[-FAR:]))


def holds(words: str, points: Decimal) -> bool:
    """Whether words give these points too: they tell of two values and know it."""
    return any(each.points == points for each in figures(words))


def tables_of_groups(document: Document, mentions: Mentions) -> frozenset[int]:
    """Return the numbers of tables with what groups of those who answered gave, a group a row."""
    found = set()
    for table in (each for each in document.blocks if isinstance(each, Table)):
        labels = [row[0] for row in table.rows if row]
        is_of_groups = labels and said("group_head").fullmatch(" ".join(labels[0].text.split()))
        cells = [cell.text for row in table.rows[1:] for cell in row] if is_of_groups else []
        if is_of_groups and not any(mentions(text, with_bare=True) for text in cells):
            found.add(labels[0].spot.table)
    return frozenset(found)
