"""What errors are called on the start page, where there are no command options."""

from __future__ import annotations

from ita_helpers.errors import ItaError, SeveralMistakes
from ita_helpers.language.catalogue import say

OTHERWISE = {
    *("BadImport", "NotPlaced", "OfficeNotSaid", "SimilarOrganisation", "UnusablePaper"),
    "WrongYear",
}
"""Errors whose message names a command option, and that have another message on this page."""


def worded(error: ItaError) -> str:
    """Return the words of an error, without command options, which do not exist here."""
    if isinstance(error, SeveralMistakes):
        return error.told_by(worded)
    name = type(error).__name__
    others = say(f"start.otherwise.{name}", **error.facts) if name in OTHERWISE else ""
    return others or str(error)
