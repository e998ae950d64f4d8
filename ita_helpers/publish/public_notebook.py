"""The executed notebook of a public edition: what its papers show, and nothing behind it.

It stays a report that can be exported. What goes are notes and hidden cells, cells tagged as
internal, parts that are not printed, what we noted in cells, the office's own code, and what no
paper prints of an output.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ita_helpers.edited.cells import (
    OURS,
    escaped,
    is_draft,
    ours,
    part_of,
    slot_of,
    tags_of,
    without_blank,
)
from ita_helpers.edited.join import STALE
from ita_helpers.files.scraps import MIME
from ita_helpers.publish.reading.hiding import folded_by, is_left_out, is_silent
from ita_helpers.records.editions import INTERNAL_TAG
from ita_helpers.records.layout import PARTS

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_UNSEEN = {"output_type": "stream", "name": "stdout", "text": ""}
"""Stands for an output that is folded away: it is reported, but not handed on."""


Sentences = Mapping[str, Sequence[str]]
"""Drafted sentences by slot."""


def sentences_withheld(drafted: Sentences, public: Sentences) -> Sentences:
    """Return the drafted sentences that the public edition's drafts lack."""
    return {
        slot: [each for each in said if each not in public.get(slot, ())]
        for slot, said in drafted.items()
    }


def publish_notebook(
    notebook: Any, template: Mapping[str, Any], printed: Collection[str], withheld: Sentences
) -> None:
    """Take out of an executed notebook what a public edition does not show.

    ``template`` is the one it was joined with, ``printed`` are the parts of the report;
    ``withheld`` are drafted sentences that an office may have kept in words of its own.
    """
    known = {cell["id"]: "".join(cell["source"]) for cell in template["cells"]}
    notebook.cells = [
        _bare(cell, withheld, is_own=known.get(cell["id"]) != cell["source"])
        for cell in public_cells(notebook.cells, known, printed)
    ]
    notebook.metadata.pop("papermill", None)


def public_cells(
    cells: Iterable[Any], known: Collection[str], printed: Collection[str]
) -> Iterator[Any]:
    """Yield the cells that a public edition has; ``known`` are the ids of the template's."""
    is_printed = True
    for cell in cells:
        if part := part_of(cell):
            is_printed = part in printed or part not in PARTS
        is_machinery = cell["id"] in known and is_left_out(cell)
        if is_machinery or (is_printed and not _is_internal(cell)):
            yield cell


def _is_internal(cell: Mapping[str, Any]) -> bool:
    is_marked = INTERNAL_TAG in tags_of(cell) or is_left_out(cell)
    return is_marked or cell["id"].startswith(STALE)


def _bare(cell: Any, withheld: Sentences, *, is_own: bool) -> Any:
    """Return a cell with its outputs as far as they are printed, its tags and its state."""
    folded = folded_by(cell)
    if cell["cell_type"] == "code":
        cell["outputs"] = list(_printed(cell, folded))
        is_given = is_left_out(cell)
        cell["source"] = "" if is_own and not is_given else cell["source"]
    else:
        cell["source"] = "" if folded else public_words(cell, withheld)
    kept = {
        name: cell["metadata"][name] for name in ("tags", "jupyter") if name in cell["metadata"]
    }
    state = _state(cell)
    cell["metadata"] = type(cell["metadata"])({**kept, OURS: state} if state else kept)
    return cell


def public_words(cell: Mapping[str, Any], withheld: Sentences) -> str:
    """Return words without withheld sentences, open places and comments that no paper shows.

    What stands between backticks is shown as it is.
    """
    source, slot = "".join(cell["source"]), slot_of(cell)
    for sentence in escaped(withheld.get(slot, ())):
        source = source.replace(f"{sentence} ", "").replace(sentence, "")
    source = without_blank(source) if slot else source
    return source if "`" in source else _COMMENT.sub("", source)


def _state(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return what tells whether words are a draft, without the draft they were written on."""
    if slot_of(cell) and is_draft(cell):
        return {"state": "draft", "lost": True}
    noted = ours(cell).get("state")
    return {"state": noted} if noted else {}


def _printed(cell: Mapping[str, Any], folded: str) -> Iterator[Any]:
    outputs = cell["outputs"]
    if folded and outputs:
        yield _UNSEEN
    for each in () if folded else outputs:
        is_scrap = MIME in each.get("data", {})
        is_shown = not (is_left_out(cell) or is_silent(cell) or each.get("name") == "stderr")
        if is_scrap or is_shown:
            yield each
