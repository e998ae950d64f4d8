"""Where a list of names in a sentence begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.reading import Mention, said

NEAR = 34
"""Characters behind a name in which its points stand."""
_FIGURE = re.compile(r"\d\.\d\d")


def joined_names(text: str, named: Sequence[Mention], joined_by: str = "in_list") -> list[Mention]:
    """Return the first names of a list, up to where something else is said."""
    kept = list(named[:1])
    for each in named[1:]:
        between = text[kept[-1].end : each.start]
        if each.start > kept[-1].start and not said(joined_by).fullmatch(between):
            break
        if said("next_is_listed").search(between):
            break
        if _FIGURE.search(between) and not _FIGURE.search(text, each.end, each.end + NEAR):
            break
        if not said("joined_by_word").search(between) and said("own_end").match(text, each.end):
            break
        kept.append(each)
    return kept


def joined_back(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Return the last name, with those before it that are joined to it by a word or comma."""
    kept = [each for each in named if each.start == named[-1].start]
    for each in reversed(named[: -len(kept)]):
        between = text[each.end : kept[0].start]
        if each.start < kept[0].start and not said("joins").fullmatch(between):
            break
        if each.code.isdigit() != kept[0].code.isdigit():
            break
        kept.insert(0, each)
    return kept


def is_told_on(spoken: Spoken, last: Mention, measures: Sequence[str]) -> bool:
    """Whether the last of a list is rather what the next words tell of, by how it changed."""
    change = said("of_changes_near").match(spoken.text, last.end)
    change = change or said("of_changes_near").match(spoken.text, last.end + 1)
    return bool(change and ("fall" if change["down"] else "rise") not in measures)
