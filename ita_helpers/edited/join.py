"""Joining an office's copy with today's template: code from here, words from there."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from ita_helpers.edited.boxes import ALL_BOX, OFFER_BOX, SLOT_BOX
from ita_helpers.edited.cells import (
    ALL,
    HIDDEN,
    PART,
    Cell,
    Notebook,
    State,
    around,
    clean,
    draft_of,
    drafted_state,
    escaped,
    is_changed,
    is_hint,
    markdown_cell,
    note,
    ours,
    part_of,
    slot_of,
    squeezed,
    tags_of,
    written,
)
from ita_helpers.edited.lines import missing_hint, name_of
from ita_helpers.edited.merge import OldAndNew
from ita_helpers.edited.placing import offer_of, own_behind, place_cells
from ita_helpers.edited.reviews import Review
from ita_helpers.edited.slots import Words, read_slot
from ita_helpers.edited.tidy import tidied
from ita_helpers.errors import ConflictingSlot
from ita_helpers.language.catalogue import label, say

STALE = "stale-"
MISSING = "missing-"
TITLE = "title"
GENERATED = ("own-part", "kept-part")

Drafts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Joined:
    """A notebook to run, and how its slots stand.

    ``open`` are old and new values that edited words may still state as they were, ``carried``
    those that were updated in them. ``vanished`` are the slots whose cell is gone, merged into
    another or deleted; ``missing`` those that nobody has agreed to leave out; ``released`` those
    whose hint about it was deleted, so that renewing the copy drops them. ``blanks`` are slots
    whose place for what the office has done is unfilled, ``lost`` those whose facts a tool removed,
    so that their draft is unknown. ``typed`` are slots with words typed into their hints; these
    words come below the slot. ``offers`` counts last year's words that nobody has confirmed.
    ``values`` are those somebody typed into the parameters cell: a run uses the file's.
    ``reviews`` tell by slot who reviewed its words last; the notebook does not.
    """

    notebook: Notebook
    states: Mapping[str, State] = field(default_factory=dict)
    open: Mapping[str, tuple[OldAndNew, ...]] = field(default_factory=dict)
    carried: Mapping[str, tuple[OldAndNew, ...]] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    offers: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)

    @property
    def lapsed(self) -> tuple[str, ...]:
        """The slots whose words were edited after somebody had reviewed them."""
        edited = self.slots("edited")
        return tuple(
            slot for slot, each in self.reviews.items() if each.has_lapsed and slot in edited
        )

    def slots(self, state: State) -> tuple[str, ...]:
        """Return the slots of one state."""
        return tuple(slot for slot, each in self.states.items() if each == state)


def join(
    template: Mapping[str, Any],
    edited: Mapping[str, Any],
    drafts: Drafts,
    shown: str,
    seen: Review | None = None,
) -> Joined:
    """Return today's template with the words and cells of an office's copy.

    ``seen`` is what a tick that is seen for the first time is recorded as. Raises
    ``ConflictingSlot`` where two cells hold different versions of one slot; ``shown`` is the copy's
    name for the message.
    """
    written_down = edited
    edited = tidied(edited, template)
    ticks = read_ticks(edited)
    year = int(ours(edited).get("fiscal_year", 0))
    placed = place_cells(template, edited, ticks)
    slots = {
        slot: read_slot(
            _without_copies(slot, cells, shown),
            tuple(drafts.get(slot, ())),
            slot,
            ticks,
            year,
            seen,
        )
        for slot, cells in placed.slots.items()
    }
    noted = ours(edited)
    released = tuple(
        slot for slot in noted.get("missing", ()) if not _is_hinted(slot, written_down, edited)
    )
    gone = {*released, *noted.get("gone", ())}
    changed = {cell["id"]: clean(cell) for cell in edited["cells"] if _is_rewritten(cell)}
    woven = _Weaving(slots, drafts, placed.behind, changed, noted.get("slots", ()), gone)
    for cell in template["cells"]:
        woven.take(cell, is_last=cell is template["cells"][-1])
    missing = tuple(slot for slot in woven.vanished if slot not in noted.get("gone", ()))
    cells = woven.cells
    if missing:
        cells.insert(_behind_title(cells), _missing_note(missing))
    known = {slot_of(cell) for cell in template["cells"]}
    cells += _kept_words(words for slot, words in slots.items() if slot not in known)
    return Joined(
        notebook=around(template, cells),
        states=woven.states,
        vanished=tuple(woven.vanished),
        missing=missing,
        released=released,
        offers=len({offer_of(cell) for cell in cells} - {""}),
        **_told_of(slots, edited),
    )


def _told_of(slots: Mapping[str, Words], edited: Notebook) -> dict[str, Any]:
    """Return what to report about the words of a copy and the cells that hold them."""
    return {
        "open": {slot: words.open for slot, words in slots.items() if words.open},
        "reviews": {slot: words.review for slot, words in slots.items() if words.review},
        "carried": {slot: words.carried for slot, words in slots.items() if words.carried},
        "lost": tuple(slot for slot, each in slots.items() if each.cells and each.state == "draft"),
        "blanks": tuple(dict.fromkeys(_unfilled(edited))),
        "typed": tuple(dict.fromkeys(_typed_over(edited))),
        "values": dict(
            pair for cell in edited["cells"] for pair in ours(cell).get("values", {}).items()
        ),
    }


@dataclass
class _Weaving:
    """Collects the cells of a run: the template's, with the words and cells of a copy.

    ``changed`` are template cells that somebody changed, ``known`` the slots the copy once had,
    ``gone`` those that were dropped.
    """

    slots: Mapping[str, Words]
    drafts: Drafts
    behind: Mapping[str, Sequence[Cell | int]]
    changed: Mapping[str, Cell]
    known: Collection[str]
    gone: Collection[str]
    cells: list[Cell] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells += own_behind(self.behind.get("", ()))

    def take(self, cell: Cell, *, is_last: bool) -> None:
        """Add a template cell, or the words of its slot, and the own cells that follow it."""
        slot, behind = slot_of(cell), self.behind.get(cell["id"], ())
        words = self.slots.get(slot)
        if slot and words and words.cells:
            self.states[slot] = words.state
            self.cells += _interleaved(words, behind, slot)
            return
        if not slot:
            self.cells.append(clean(self.changed.get(cell["id"], cell)))
        elif words:
            self.states[slot] = words.state
            self.cells.append(_drafted(cell, words.state))
        elif slot in self.known:
            self._miss(slot)
        else:
            state = drafted_state(slot)
            self.cells.append(_drafted(cell, state))
            self.states |= {slot: state} if self.drafts.get(slot) else {}
        if behind and is_last:
            self.cells.append(markdown_cell("own-part", "", "part-own-words", "continued"))
        self.cells += own_behind(behind)

    def _miss(self, slot: str) -> None:
        self.vanished.append(slot)
        if slot not in self.gone:
            self.cells.append(_gap(slot))


def _interleaved(words: Words, behind: Sequence[Cell | int], slot: str) -> list[Cell]:
    """Return the words of a slot with the own cells between them, and what to report below."""
    cells: list[Cell] = []
    last = max((place for place in behind if isinstance(place, int)), default=0)
    for each in behind:
        if isinstance(each, int):
            cells += [words.cells[each]] if each in words.cells else []
            if each == last and words.open:
                cells.append(_stale_note(slot, words.open))
        else:
            cells.append(each)
    return cells


def count_unprinted(
    notebook: Mapping[str, Any], template: Mapping[str, Any], parts: Collection[str]
) -> int:
    """Return how many cells with an office's words are in parts that are not printed.

    ``notebook`` is a joined one.
    """
    known = {cell["id"] for cell in template["cells"]}
    all_parts = {part_of(cell) for cell in template["cells"]}
    count, is_printed = 0, True
    for cell in notebook["cells"]:
        part = part_of(cell)
        if part:
            is_printed = part in parts or part not in all_parts
        is_own = cell["id"] not in known and not cell["id"].startswith((STALE, *GENERATED))
        is_words = is_own or (slot_of(cell) != "" and cell["cell_type"] == "markdown")
        count += is_words and not is_printed and HIDDEN not in tags_of(cell)
    return count


def printed_slots(template: Mapping[str, Any], parts: Collection[str]) -> frozenset[str]:
    """Return the slots of a template that stand in parts which are printed."""
    slots, is_printed = set(), True
    for cell in template["cells"]:
        is_printed = part_of(cell) in parts if part_of(cell) else is_printed
        slots |= {slot_of(cell)} if is_printed else set()
    return frozenset(slots - {""})


def read_ticks(edited: Mapping[str, Any]) -> frozenset[str]:
    """Return what the ticked boxes of a tidied copy stand for: slots, offers, ``all``."""
    return frozenset(each for cell in edited["cells"] for each in _ticks_of(cell))


def _ticks_of(cell: Mapping[str, Any]) -> Iterator[str]:
    of = str(ours(cell).get("for", "")) if is_hint(cell) else slot_of(cell)
    ticked = set(ours(cell).get("ticked", ()))
    if ALL_BOX in ticked:
        yield ALL
    if of != ALL and ticked & {SLOT_BOX, OFFER_BOX}:
        yield of


def _is_rewritten(cell: Mapping[str, Any]) -> bool:
    return is_changed(cell) and not is_hint(cell)


def _without_copies(slot: str, cells: Mapping[int, Cell], shown: str) -> dict[int, Cell]:
    """Return the cells of a slot as written, equal copies once; refuse different versions."""
    kept: dict[int, Cell] = {}
    for number, cell in cells.items():
        made = {**cell, "source": written(cell)}
        if squeezed(made["source"]) not in {squeezed(each["source"]) for each in kept.values()}:
            kept[number] = made
    _refuse_conflict(slot, kept, shown)
    return kept


def _refuse_conflict(slot: str, cells: Mapping[int, Cell], shown: str) -> None:
    """Refuse two cells that both hold a sentence of the slot's draft: only one can be meant."""
    drafts = {sentence for cell in cells.values() for sentence in escaped(draft_of(cell) or ())}
    for sentence in drafts:
        holders = [n for n, cell in cells.items() if sentence in "".join(cell["source"])]
        if len(holders) > 1:
            raise ConflictingSlot(file=shown, slot=slot, cells=holders)


def _drafted(cell: Mapping[str, Any], state: State) -> Cell:
    made = copy.deepcopy(dict(cell))
    note(made, state=state)
    return made


def _stale_note(slot: str, changes: Sequence[OldAndNew]) -> Cell:
    told = [say("edit.stale_change", old=each.old, new=each.new) for each in changes]
    text = escape(say("edit.stale_note", changes=told))
    return markdown_cell(f"{STALE}{slot}", f'<p class="ita-note">{text}</p>')


def _gap(slot: str) -> Cell:
    made = markdown_cell(f"{MISSING}{slot}", "", HIDDEN)
    note(made, gap=slot)
    return made


def gap_of(cell: Mapping[str, Any]) -> str:
    """Return the slot whose place a cell of a joined notebook takes, or an empty string."""
    return str(ours(cell).get("gap", ""))


def _missing_note(slots: Sequence[str]) -> Cell:
    text = escape(say("edit.missing_note", slots=list(map(name_of, slots))))
    return markdown_cell(f"{STALE}{MISSING}", f'<p class="ita-note">{text}</p>')


def _behind_title(cells: Sequence[Cell]) -> int:
    places = (place for place, cell in enumerate(cells, start=1) if TITLE in tags_of(cell))
    return next(places, 0)


def _is_hinted(slot: str, edited: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Whether a copy, also as it is ``read``, still says that a slot is gone."""
    said = squeezed(missing_hint(slot).split("\n")[0])
    return any(is_hint(cell) and ours(cell).get("for") == slot for cell in read["cells"]) or any(
        said in squeezed(cell["source"]) for cell in edited["cells"]
    )


def _kept_words(gone: Iterator[Words]) -> list[Cell]:
    """Return the words of slots that no longer exist, as an appendix."""
    cells = [cell for words in gone for cell in words.cells.values()]
    if not cells:
        return []
    heading = f"## {label('edit.kept_heading')}"
    return [markdown_cell("kept-part", heading, "part-kept-words", "appendix"), *cells]


def _typed_over(edited: Mapping[str, Any]) -> Iterator[str]:
    """Yield the slot of each hint that words were typed into; nothing for other lines of ours."""
    for cell in edited["cells"]:
        if ours(cell).get("typed"):
            slot = slot_of(cell) or str(ours(cell).get("for", ""))
            yield slot if slot != ALL and not slot.startswith(PART) else ""


def _unfilled(edited: Mapping[str, Any]) -> Iterator[str]:
    """Yield the slots whose open place is still in words that somebody is editing."""
    blank = label("edit.blank")
    for cell in edited["cells"]:
        if slot_of(cell) and cell["cell_type"] == "markdown" and blank in "".join(cell["source"]):
            yield slot_of(cell)
