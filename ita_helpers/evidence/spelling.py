"""Spelling what a PDF shows of measures as the data do, since its lines may end inside words.

Measures are by the columns of a plan, as the record of a version holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ita_helpers.evidence.elements import Shown
from ita_helpers.language.catalogue import join_names
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import normal
from ita_helpers.records.plan import BETWEEN, Measure
from ita_helpers.words.measures import measure_name

_NUMBERS = re.compile(r"[\d.,]+")


def spelled(tables: Iterable[Shown], measures: Sequence[Mapping[str, str]]) -> list[Shown]:
    """Return tables of measures with their names, owners and statuses as the data spell them.

    What a table shows in other letters than the data stays as it was read.
    """
    printed = [measure_name(Measure(m["measure"], kind=m.get("kind", ""))) for m in measures]
    names = {_letters(each): each for each in printed}
    statuses = {_letters(m["status"]): m["status"] for m in measures if "status" in m}
    several = [m["owners"].split(BETWEEN) for m in measures if "owners" in m]
    owners = {_unnumbered("".join(each)): join_names(each) for each in several}
    return [
        replace(
            table,
            rows=tuple(
                replace(
                    row,
                    measure=names.get(_letters(row.measure), row.measure),
                    owner=owners.get(_unnumbered(row.owner), row.owner),
                    status=statuses.get(_letters(row.status), row.status),
                )
                for row in table.rows
            ),
        )
        for table in tables
    ]


def _letters(text: str) -> str:
    return normal(to_arabic(text))


def _unnumbered(text: str) -> str:
    """Return the names of several for comparing; papers number them."""
    return _NUMBERS.sub("", _letters(text))
