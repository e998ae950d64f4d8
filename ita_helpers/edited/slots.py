"""The state of one slot of a copy: its words carried over, confirmed, or seen before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ita_helpers.edited.cells import (
    ALL,
    Cell,
    State,
    draft_of,
    drafted_state,
    escaped,
    is_older,
    note,
    ours,
    squeezed,
    to_markdown,
    unescaped,
)
from ita_helpers.edited.merge import OldAndNew, merge
from ita_helpers.edited.placing import confirmed
from ita_helpers.edited.reviews import Review, digest_of_words, judged, review_in

APART = "\x1e"
"""Separates the cells of a slot while their words are merged."""


@dataclass(frozen=True)
class Words:
    """One slot of the copy against today's draft: its cells by their place in the copy.

    There are no cells if nobody touched the draft. ``review`` is the last one, also if it lapsed.
    """

    cells: Mapping[int, Cell]
    state: State
    open: tuple[OldAndNew, ...] = ()
    carried: tuple[OldAndNew, ...] = ()
    review: Review | None = None


def read_slot(
    cells: Mapping[int, Cell],
    draft: Sequence[str],
    slot: str,
    ticks: frozenset[str],
    fiscal_year: int,
    seen: Review | None = None,
) -> Words:
    """Compare the words of a slot with today's draft; no cells if nobody touched them.

    ``seen`` is what a tick that is seen for the first time is recorded as.
    """
    drafted = next((cell for cell in cells.values() if draft_of(cell) is not None), None)
    is_lost = drafted is None and any(ours(cell).get("lost") for cell in cells.values())
    old = (draft_of(drafted) or ()) if drafted else ()
    is_seen = _is_seen(drafted, cells, draft)
    is_ticked = bool(ticks & {slot, ALL})
    texts = [cell["source"] for cell in cells.values()]
    noted, words = review_in(cells.values()), digest_of_words(texts)
    review = judged(noted, seen, words, is_ticked=is_ticked, is_seen=is_seen)
    is_reviewed = is_seen and is_ticked and not (review and review.has_lapsed)
    if squeezed("".join(texts)) == squeezed(to_markdown(draft if is_lost else old, slot)) != "":
        state = "reviewed" if is_reviewed else drafted_state(slot)
        return Words({}, state, review=None if state == "standing" else review)
    changed: State = "draft" if is_lost else "edited"
    merged = merge(APART.join(texts), escaped(old), escaped(draft if old else ()), fiscal_year)
    known = draft if is_reviewed else [unescaped(each) for each in merged.known]
    carried = () if is_reviewed else merged.carried or _carried_before(drafted, draft)
    made = {}
    for (number, cell), text in zip(cells.items(), merged.text.split(APART), strict=True):
        one = {**confirmed(cell), "source": text}
        state = "reviewed" if is_reviewed else changed
        note(one, state=state, draft=list(known), seen=list(draft), lost=state == "draft")
        note(one, carried=[text for each in carried for text in (each.old, each.new)])
        made[number] = one
    still = () if is_reviewed else merged.open
    return Words(made, "reviewed" if is_reviewed else changed, still, carried, review)


def _carried_before(
    drafted: Mapping[str, Any] | None, draft: Sequence[str]
) -> tuple[OldAndNew, ...]:
    """Return what was carried at the last renewal of the copy, while that is still news."""
    if drafted is None or is_older(drafted, draft):
        return ()
    noted = ours(drafted).get("carried", ())
    return tuple(map(OldAndNew, noted[::2], noted[1::2]))


def _is_seen(
    drafted: Mapping[str, Any] | None, cells: Mapping[int, Cell], draft: Sequence[str]
) -> bool:
    """Whether the words were written on today's draft; without their facts nobody knows."""
    if drafted is None:
        return any(ours(each).get("seen") and not is_older(each, draft) for each in cells.values())
    return not is_older(drafted, draft)
