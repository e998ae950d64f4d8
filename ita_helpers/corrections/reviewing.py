"""Noting that somebody reviewed a slot in Word: who tracked changes there that were taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from ita_helpers.corrections.applying import places_of
from ita_helpers.documents.corrected_lines import Hand
from ita_helpers.edited.cells import Notebook, is_hint, note, ours, ticked, written
from ita_helpers.edited.reviews import NOTED, Review, digest_of_words, plain_name


def review_of(hands: Collection[Hand]) -> Review | None:
    """Return the review of a slot by those who changed it in Word; nothing where no day is said."""
    days = [day for each in hands if (day := _day(each.date))]
    names = dict.fromkeys(each.author.strip() for each in hands)
    return (
        Review(max(days), plain_name(", ".join(filter(None, names))), in_word=True)
        if days
        else None
    )


def _day(written_as: str) -> date | None:
    try:
        return date.fromisoformat(written_as[:10])
    except ValueError:
        return None


def with_reviews(copied: Mapping[str, Any], reviews: Mapping[str, Review]) -> Notebook:
    """Return a copy with these reviews by slot, each noted beside the words and ticked above."""
    cells = [{**cell, "metadata": dict(cell["metadata"])} for cell in copied["cells"]]
    for slot, review in reviews.items():
        places = places_of(cells, slot)
        words = digest_of_words(written(cells[place]) for place in places)
        for place in places:
            note(cells[place], **{NOTED: {**review.facts, "words": words}})
    for cell in cells:
        if is_hint(cell) and ours(cell).get("for") in reviews:
            cell["source"] = ticked("".join(cell["source"]))
    return {**copied, "cells": cells}
