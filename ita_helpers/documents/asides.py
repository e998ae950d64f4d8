"""Whether a year that a sentence names holds for an aside in it alone, which has ended."""

from __future__ import annotations

from ita_helpers.documents.patterns import pattern


def has_ended(text: str, year: int, place: int) -> bool:
    """Whether the aside in which a year stands has ended before a place."""
    for kind in ("aside", "conceded"):
        begins, ends = pattern(f"figures.{kind}_begins"), pattern(f"figures.{kind}_ends")
        if begins.search(text, 0, year) and ends.match(text, year, place):
            return True
    return False


def may_have_ended(text: str, year: int, place: int) -> bool:
    """Whether words before a place may lead back from an aside, or go on with it."""
    if pattern("figures.placed_begins").search(text, 0, year):
        return not pattern("figures.placed_goes_on").fullmatch(text, year, place)
    begins, ends = pattern("figures.conceded_begins"), pattern("figures.may_end")
    return bool(begins.search(text, 0, year) and ends.match(text, year, place))
