"""Making an office's copy from an executed notebook: a new one, or one that renews an old copy."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ita_helpers.edited.cells import (
    ALL,
    HIDDEN,
    HINT,
    OURS,
    PART,
    Cell,
    Notebook,
    around,
    clean,
    drafted_state,
    is_changed,
    mark_made,
    markdown_cell,
    note,
    ours,
    part_of,
    slot_of,
    tags_of,
    ticked,
    to_markdown,
)
from ita_helpers.edited.folding import fold_unprinted
from ita_helpers.edited.join import GENERATED, STALE, Drafts, Joined, gap_of
from ita_helpers.edited.last_cell import last_cell
from ita_helpers.edited.lines import missing_hint, name_of, restore_command
from ita_helpers.edited.placing import offer_of
from ita_helpers.edited.values import PARAMETERS, values_in, with_note, with_values
from ita_helpers.files.notebook_parameters import INJECTED
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.slots import code_of

VERSION = 1
"""The version of this kind of notebook; a newer one is not ours to change."""
GUIDE = "guide"
"""The template's own first cell, which is replaced in a copy."""
RUN_TIMES = ("papermill", "execution")


@dataclass(frozen=True)
class Owner:
    """Whose copy it is.

    ``parameters`` is the path of its parameter file relative to the copy, ``parts`` the printed
    ones, ``values`` all values of the file, ``folded`` the slots of the indicators that share a
    table as long as nobody writes in them.
    """

    organisation: str
    fiscal_year: int
    parameters: str
    parts: frozenset[str]
    values: Mapping[str, Any]
    folded: frozenset[str] = frozenset()


def make_copy(
    executed: Mapping[str, Any],
    template: Mapping[str, Any],
    drafts: Drafts,
    owner: Owner,
    *,
    joined: Joined | None = None,
    offers: Mapping[str, Sequence[Cell]] | None = None,
) -> Notebook:
    """Return the copy of an executed notebook, each slot a Markdown cell with its draft.

    ``joined`` is what was executed where there was a copy before; ``offers`` are cells of an
    earlier year by the cell they stand behind.
    """
    ids = {cell["id"] for cell in template["cells"]}
    maker = _Maker(ids, owner, drafts, joined or Joined({}), is_first=joined is None)
    offered = dict(offers or {})
    cells = [hint_cell(ALL, say("edit.hint_all"), is_ticked=maker.all_reviewed)]
    cells += maker.all_of(offered.pop("", ()))
    for cell in executed["cells"]:
        if cell["id"] in GENERATED or cell["id"].startswith(STALE):
            continue
        is_guide = cell["id"] == GUIDE and not is_changed(cell)
        cells += maker.all_of(([] if is_guide else [cell]) + list(offered.pop(cell["id"], ())))
    for left in offered.values():
        cells += maker.all_of(left)
    cells += [hint_cell(f"{PART}render", label("edit.hint_render")), last_cell(owner.parameters)]
    fold_unprinted(cells, owner.parts, ids)
    made = around(executed, cells)
    made["metadata"] = {
        key: value for key, value in executed["metadata"].items() if key not in RUN_TIMES
    }
    made["metadata"][OURS] = _facts(owner, maker)
    return made


def _facts(owner: Owner, maker: _Maker) -> dict[str, Any]:
    """Return what a copy records about itself; which slots are gone only if some are."""
    vanished = set(maker.joined.vanished)
    gone = {"missing": sorted(maker.missing), "gone": sorted(vanished - maker.missing)}
    return {
        "copy": VERSION,
        "organisation": owner.organisation,
        "fiscal_year": owner.fiscal_year,
        "slots": sorted(maker.slots | vanished),
        **{key: slots for key, slots in gone.items() if slots},
    }


@dataclass
class _Maker:
    """Turns executed cells into those of a copy."""

    template: set[str]
    owner: Owner
    drafts: Drafts
    joined: Joined
    is_first: bool
    hinted: set[str] = field(default_factory=set)
    slots: set[str] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    holds_values: bool = False

    @property
    def all_reviewed(self) -> bool:
        states = self.joined.states.values()
        return "reviewed" in states and {*states} <= {"reviewed", "standing"}

    def all_of(self, cells: Sequence[Cell]) -> list[Cell]:
        """Return the cells of the copy that executed or offered cells turn into."""
        return [made for cell in cells for made in self.cells_of(copy.deepcopy(dict(cell)))]

    def cells_of(self, cell: Cell) -> Iterator[Cell]:
        """Yield the cells of the copy for one executed cell, its hint first."""
        for key in RUN_TIMES:
            cell["metadata"].pop(key, None)
        slot, key = slot_of(cell), offer_of(cell)
        if gap_of(cell):
            yield self._missing_hint(gap_of(cell))
        elif INJECTED in tags_of(cell) and self.holds_values:
            return
        elif key:
            if key not in self.hinted:
                self.hinted.add(key)
                yield hint_cell(key, say("edit.hint_offer", year=ours(cell)["year"]))
            yield _shown(cell)
        elif slot and (self.drafts.get(slot) or cell["cell_type"] == "markdown"):
            if slot not in self.slots:
                self.slots.add(slot)
                yield self._slot_hint(slot, cell)
            made = self._slot(cell, slot)
            review = self.joined.reviews.get(slot)
            note(made, hint=self._hint_text(slot, cell), review=review.facts if review else {})
            yield made
        else:
            part = part_of(cell)
            if part and cell["id"] in self.template and part not in self.owner.parts:
                yield hint_cell(f"{PART}{part}", label("edit.not_printed"))
            yield self._other(cell, slot)

    def _hint_text(self, slot: str, cell: Cell) -> str:
        facts = {"changes": self.joined.open, "carried": self.joined.carried}
        review = self.joined.reviews.get(slot)
        return say(
            "edit.hint",
            name=name_of(slot),
            folded=slot in self.owner.folded and cell["cell_type"] == "code",
            reviewed=review.sentence if review else "",
            **{key: each.get(slot, ()) for key, each in facts.items()},
        )

    def _slot_hint(self, slot: str, cell: Cell) -> Cell:
        text = self._hint_text(slot, cell)
        is_ticked = self.joined.states.get(slot) == "reviewed"
        return hint_cell(slot, text, is_ticked=is_ticked, identity=f"hint-narrative-{slot}")

    def _missing_hint(self, slot: str) -> Cell:
        self.missing.add(slot)
        command = restore_command(self.owner.organisation, self.owner.fiscal_year)
        return hint_cell(slot, missing_hint(slot, command), identity=f"hint-narrative-{slot}")

    def _slot(self, cell: Cell, slot: str) -> Cell:
        draft = list(self.drafts.get(slot, ()))
        if cell["cell_type"] == "markdown":
            note(cell, state="")
            if slot in self.joined.blanks and slot not in self.blank:
                self.blank.add(slot)
                cell["source"] = _with_blank(cell["source"])
            return cell
        source = to_markdown(draft, slot)
        has_blank = bool(code_of(slot)) and (self.is_first or slot in self.joined.blanks)
        made = markdown_cell(cell["id"], _with_blank(source) if has_blank else source)
        made["metadata"]["tags"] = list(cell["metadata"].get("tags", []))
        note(made, draft=draft, state=self.joined.states.get(slot, drafted_state(slot)))
        return made

    def _other(self, cell: Cell, slot: str) -> Cell:
        is_ours = cell["id"] in self.template or INJECTED in tags_of(cell)
        if cell["id"] in self.template and PARAMETERS in tags_of(cell):
            self._fill(cell)
        if is_ours and cell["cell_type"] == "code" and not is_changed(cell):
            cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
        if is_ours and "source" not in ours(cell) and not slot:
            mark_made(cell)
            note(cell, origin=cell["id"] if cell["id"] in self.template else "")
        return cell

    def _fill(self, cell: Cell) -> None:
        """Put the office's values into the parameters cell, and change nothing else in it."""
        values = self.owner.values
        cell["source"] = with_note(with_values(cell["source"], values))
        named = values_in(cell["source"])
        self.holds_values = all(name in named and named[name] == values[name] for name in values)


def hint_cell(name: str, text: str, *, is_ticked: bool = False, identity: str = "") -> Cell:
    """Return the line above a slot or an offer, with its box."""
    made = markdown_cell(identity or f"hint-{name}", text, HIDDEN, HINT)
    note(made, **{"for": name, "hint": text})
    mark_made(made)
    if is_ticked:
        made["source"] = ticked(text)
    return made


def _with_blank(text: str) -> str:
    blank = label("edit.blank")
    return text if blank in text else f"{text}\n\n{blank}"


def _shown(cell: Cell) -> Cell:
    """Return an offered cell as people see it in the copy."""
    cell["metadata"]["tags"] = sorted(tags_of(cell) - {HIDDEN})
    if ours(cell).get("was_code"):
        cell = clean({**cell, "cell_type": "code"})
        note(cell, was_code=False)
    return cell
