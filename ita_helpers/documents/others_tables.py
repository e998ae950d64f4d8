"""Tables that a report prints of another office, beside those of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.whose import names_in
from ita_helpers.values import replace

FEWEST = 2
"""Values that differ from those of the report's own office; one may be a slip."""


def office_over(texts: Iterable[str], own: str) -> str:
    """Return the one office that the texts over a table name, if it is not the report's own."""
    names = {name for text in texts for name in names_in(text)}
    if not own or len(names) != 1:
        return ""
    (name,) = names
    return "" if name.startswith(own) or own.startswith(name) else name


def with_others(claims: Collection[Claim], named: dict[int, str]) -> list[Claim]:
    """Return claims with those of tables under another office's name as that office's.

    ``named`` holds the offices by the numbers of tables. A name over the values that the report
    gives for its own office, or over its only ones, is a slip: most must differ from others.
    """
    others = {table for table in named if _differ(claims, table, named)}
    return [
        replace(each, of=named[each.spot.table])
        if each.of == OWN and each.spot.table in others
        else each
        for each in claims
    ]


def _differ(claims: Collection[Claim], table: int, named: dict[int, str]) -> bool:
    """Whether most values of a table are others than those told elsewhere."""
    told = [e for e in claims if e.of == OWN and e.points is not None]
    elsewhere = {(e.code, e.fiscal_year): e.points for e in told if e.spot.table not in named}
    inside = [e for e in told if e.spot.table == table]
    known = [e for e in inside if (e.code, e.fiscal_year) in elsewhere]
    differing = [e for e in known if elsewhere[e.code, e.fiscal_year] != e.points]
    return len(differing) >= max(FEWEST, len(known) / 2 + 0.5)
