"""What an earlier year's copy offers a new one: the office's own cells and sentences.

Offered, not taken over: none of it is printed until somebody ticks its box, and every score in it
names its year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ita_helpers.edited.cells import (
    SLOT,
    Cell,
    clean,
    digest,
    draft_of,
    escaped,
    is_changed,
    is_hint,
    note,
    slot_of,
    tags_of,
    words_cell,
    written,
)
from ita_helpers.edited.join import read_ticks
from ita_helpers.edited.placing import is_only_offered, offer_of, own_cells
from ita_helpers.edited.tidy import tidied
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import THAI_DIGITS, to_arabic, with_numerals

_BARE_NUMBER = re.compile(r"^ *\d+\. *$", re.MULTILINE)
"""What is left of an item of a list whose sentence is gone."""
_DIGIT = f"[0-9{THAI_DIGITS}]"


def offers_from(
    previous: Mapping[str, Any], template: Mapping[str, Any], fiscal_year: int
) -> dict[str, list[Cell]]:
    """Return the cells an earlier copy offers, by the template cell they follow.

    ``fiscal_year`` (B.E.) is that of the earlier copy.
    """
    previous = tidied(previous, template)
    ticks = read_ticks(previous)
    scores = _scores(previous)
    offers: dict[str, list[Cell]] = {}
    known = {cell["id"] for cell in template["cells"]}
    for behind, cells in own_cells(template, previous, ticks).items():
        offers.setdefault(behind, []).extend(
            cell if offer_of(cell) else _offered(cell, fiscal_year, behind, scores)
            for cell in cells
        )
    for cell in previous["cells"]:
        if is_changed(cell) and not is_hint(cell) and cell["id"] in known:
            made = _offered(cell, fiscal_year, cell["id"], scores)
            offers.setdefault(cell["id"], []).append(made)
        text = _own_words(cell, ticks)
        if text:
            behind = f"{SLOT}{slot_of(cell)}"
            words = words_cell(cell, f"{behind}-{fiscal_year}", text, behind)
            offers.setdefault(behind, []).append(_offered(words, fiscal_year, behind, scores))
    return offers


def _scores(copied: Mapping[str, Any]) -> frozenset[str]:
    """Return the numbers with decimals of all drafts of a copy, in Arabic digits."""
    drafts = (sentence for cell in copied["cells"] for sentence in draft_of(cell) or ())
    return frozenset(each for text in drafts for each in re.findall(r"\d+\.\d+", to_arabic(text)))


def _own_words(cell: Mapping[str, Any], ticks: frozenset[str]) -> str:
    """Return the part of a slot's words that is not its draft."""
    if not slot_of(cell) or cell["cell_type"] != "markdown" or is_only_offered(cell, ticks):
        return ""
    text = written(cell)
    for sentence in escaped(draft_of(cell) or ()):
        text = text.replace(sentence, "\n\n")
    text = _BARE_NUMBER.sub("", text)
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip()


def _offered(cell: Mapping[str, Any], fiscal_year: int, place: str, scores: frozenset[str]) -> Cell:
    made = clean(cell)
    if made["cell_type"] == "markdown":
        made["source"] = with_year(made["source"], fiscal_year, scores)
    key = digest(f"{fiscal_year} {place} {made['source']}")
    made["id"] = f"offer-{key}"
    made["metadata"] = {"tags": sorted(each for each in tags_of(made) if each.startswith(SLOT))}
    note(made, offer=key, year=fiscal_year)
    return made


def with_year(text: str, fiscal_year: int, scores: frozenset[str] = frozenset()) -> str:
    """Return a text whose scores say of which fiscal year (B.E.) they are.

    A score is a number before the word for points, or one of ``scores``; one that says its year
    is left alone.
    """
    unit = re.escape(label("check.unit"))
    number = re.compile(
        rf"(?<![\w.,/:-])(?P<number>{_DIGIT}{{1,3}}(?:\.{_DIGIT}{{1,2}})?)"
        rf"(?!{_DIGIT}|[/:%]|\.{_DIGIT}| ?\[)(?P<unit> ?{unit})?"
    )

    def mark(place: re.Match[str]) -> str:
        value = place["number"]
        if place["unit"] is None and to_arabic(value) not in scores:
            return place.group()
        return f"{value}{_mark(value, fiscal_year)}{place['unit'] or ''}"

    return number.sub(mark, text)


def _mark(number: str, fiscal_year: int) -> str:
    mark = say("edit.year_mark", year=fiscal_year)
    return " " + with_numerals(mark, "arabic" if to_arabic(number) == number else "thai")
