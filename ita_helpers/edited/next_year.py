"""What an earlier year's copy offers to a new one: own cells and the sentences people wrote.

Offered, not taken over: nothing of it is printed until somebody ticks its box, and every score in
it says of which year it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ita_helpers.catalogue import label, say
from ita_helpers.edited.cells import (
    SLOT,
    Cell,
    clean,
    digest,
    draft_of,
    escaped,
    is_changed,
    is_hint,
    markdown_cell,
    note,
    slot_of,
    tags_of,
    without_blank,
)
from ita_helpers.edited.join import offer_of, own_cells, read_ticks
from ita_helpers.thai import THAI_DIGITS, to_arabic, with_numerals

_DIGIT = f"[0-9{THAI_DIGITS}]"


def offers_from(
    previous: Mapping[str, Any], template: Mapping[str, Any], fiscal_year: int
) -> dict[str, list[Cell]]:
    """Return the cells an earlier copy offers, by the cell of the template they stand behind.

    ``fiscal_year`` (B.E.) is that of the earlier copy.
    """
    offers: dict[str, list[Cell]] = {}
    known = {cell["id"] for cell in template["cells"]}
    for behind, cells in own_cells(template, previous, read_ticks(previous)).items():
        offers.setdefault(behind, []).extend(
            cell if offer_of(cell) else _offered(cell, fiscal_year, behind) for cell in cells
        )
    for cell in previous["cells"]:
        if is_changed(cell) and not is_hint(cell) and cell["id"] in known:
            offers.setdefault(cell["id"], []).append(_offered(cell, fiscal_year, cell["id"]))
        text = _own_words(cell)
        if text:
            behind = f"{SLOT}{slot_of(cell)}"
            made = markdown_cell(f"{behind}-{fiscal_year}", text, behind)
            offers.setdefault(behind, []).append(_offered(made, fiscal_year, behind))
    return offers


def _own_words(cell: Mapping[str, Any]) -> str:
    """Return what of a slot's words is not its draft."""
    if not slot_of(cell) or cell["cell_type"] != "markdown" or offer_of(cell):
        return ""
    text = without_blank("".join(cell["source"]))
    for sentence in escaped(draft_of(cell) or ()):
        text = text.replace(sentence, "\n\n")
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip()


def _offered(cell: Mapping[str, Any], fiscal_year: int, place: str) -> Cell:
    made = clean(cell)
    if made["cell_type"] == "markdown":
        made["source"] = with_year(made["source"], fiscal_year)
    key = digest(f"{fiscal_year} {place} {made['source']}")
    made["id"] = f"offer-{key}"
    made["metadata"] = {"tags": sorted(each for each in tags_of(made) if each.startswith(SLOT))}
    note(made, offer=key, year=fiscal_year)
    return made


def with_year(text: str, fiscal_year: int) -> str:
    """Return a text whose scores say of which fiscal year (B.E.) they are."""
    unit = re.escape(label("check.unit"))
    score = re.compile(
        rf"(?<![\w.,/:-])(?:{_DIGIT}{{1,3}}\.{_DIGIT}{{1,2}}(?!{_DIGIT}|[/:%]|\.{_DIGIT})"
        rf"|{_DIGIT}{{1,3}}(?= ?{unit}))"
    )
    return score.sub(lambda place: place.group() + _mark(place.group(), fiscal_year), text)


def _mark(number: str, fiscal_year: int) -> str:
    mark = say("edit.year_mark", year=fiscal_year)
    return " " + with_numerals(mark, "arabic" if to_arabic(number) == number else "thai")
