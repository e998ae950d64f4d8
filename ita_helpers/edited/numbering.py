"""Where a cell of a joined notebook stands in the copy as written, to tell people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ita_helpers.edited.cells import squeezed


def numbers_in(
    written: Iterable[Mapping[str, Any]], cells: Iterable[Mapping[str, Any]] = ()
) -> dict[str, int]:
    """Return the number of each cell in a file, from one on, by its id there and in ``cells``.

    Ids that occur twice in a file are given anew when it is joined; such a cell is found by its
    words, each in its turn.
    """
    by_id: dict[str, list[int]] = {}
    by_words: dict[str, list[int]] = {}
    for number, cell in enumerate(written, start=1):
        by_id.setdefault(cell["id"], []).append(number)
        by_words.setdefault(_words(cell), []).append(number)
    found = {name: numbers[0] for name, numbers in by_id.items()}
    taken: set[int] = set()
    for cell in cells:
        named, said = by_id.get(cell["id"], []), by_words.get(_words(cell), [])
        likely = named if len(named) == 1 else [n for n in named if n in said] or named or said
        free = [number for number in likely if number not in taken] or likely
        if free:
            found[cell["id"]] = free[0]
            taken.add(free[0])
    return found


def _words(cell: Mapping[str, Any]) -> str:
    return squeezed("".join(cell["source"]))
