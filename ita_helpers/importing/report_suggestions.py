"""The items that a report names as weak: in its words, in lists, by marks in its tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Cell, Document, Line
from ita_helpers.documents.patterns import pattern
from ita_helpers.importing.found import FoundSuggestion, Place

_CODE = re.compile(r"[IEO]\d{1,2}")


def suggestions_of(
    document: Document, claims: Iterable[Claim], known: Collection[str]
) -> tuple[FoundSuggestion, ...]:
    """Return each of the ``known`` items that is named, with the words of the report if it has any.

    The first words count.
    """
    found: dict[str, FoundSuggestion] = {}
    for each in (*_described(claims), *_listed(document)):
        if each.code in known and not (each.code in found and found[each.code].text):
            found[each.code] = each if each.text else found.get(each.code, each)
    return tuple(found.values())


def _described(claims: Iterable[Claim]) -> Iterator[FoundSuggestion]:
    for claim in claims:
        found = pattern("named_weak").search(claim.words) if claim.points is None else None
        if found:
            text = re.split(r"\s*\n", found["text"])[0].strip()
            yield FoundSuggestion(claim.code, text, Place.in_report(claim.spot))


def _listed(document: Document) -> Iterator[FoundSuggestion]:
    for block in document.blocks:
        if isinstance(block, Line):
            yield from _listed_in(block)
            continue
        for row in block.rows:
            yield from _marked(row)
            for cell in row:
                yield from _listed_in(cell)


def _listed_in(said: Line | Cell) -> Iterator[FoundSuggestion]:
    for found in pattern("suggested").finditer(said.text):
        codes = [] if found["none"] else _CODE.findall(found["codes"])
        text = (found["text"] or "").strip() if len(codes) == 1 else ""
        for code in codes:
            yield FoundSuggestion(code.lower(), text, Place.in_report(said.spot))


def _marked(row: tuple[Cell, ...]) -> Iterator[FoundSuggestion]:
    """Yield the item of a row that is marked as one with a suggestion."""
    code = row[0].text.strip() if row else ""
    is_marked = any(pattern("suggested_mark").search(each.text) for each in row[1:])
    if is_marked and _CODE.fullmatch(code):
        yield FoundSuggestion(code.lower(), "", Place.in_report(row[0].spot))
