"""Where everything is in the score form, shared by its writer and its reader.

Every row has a key in a hidden column, so rows can be moved and columns inserted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ita_helpers.language.catalogue import label, say
from ita_helpers.records.framework import Framework

MARK = "ita-form 1"
"""The key of the first row: it tells a form, and the version of its layout."""
OFFICE = ("organisation", "name", "type", "district", "province", "official_code")
RESULT = ("level", "announced", "respondents_iit", "respondents_eit1", "respondents_eit2")
EARLIER_YEARS = 5
KEY, LABEL, VALUE, COMPUTED, CHECK, SUGGESTION, NOTE = range(1, 8)
"""The columns, 1-based."""

Kind = Literal["text", "score", "level", "date", "count", "status"]


@dataclass(frozen=True)
class FormLine:
    """A row to be filled in: its key, what people read beside it, what may be put there.

    ``block`` names the heading it stands under; ``is_item`` rows are folded away at first.
    """

    key: str
    label: str
    kind: Kind
    block: str
    is_item: bool = False


def lines(framework: Framework, *, with_office: bool) -> Iterator[FormLine]:
    """Yield the rows of one year's sheet in their order."""
    if with_office:
        for key in OFFICE:
            yield FormLine(key, label(f"form.{key}"), "text", "office")
    kinds: dict[str, Kind] = {"level": "level", "announced": "date"}
    for key in RESULT:
        yield FormLine(key, _result_label(framework, key), kinds.get(key, "count"), "result")
    yield FormLine("status", label("form.status"), "status", "result")
    yield FormLine("source", label("form.source"), "text", "result")
    yield FormLine("ITA", label("form.overall"), "score", "totals")
    for instrument in framework.instruments.list:
        name = say("form.instrument", name=instrument.name, code=instrument.code)
        yield FormLine(instrument.code, name, "score", "totals")
        for part in instrument.parts:
            yield FormLine(part.code, f"    {part.name}", "score", "totals")
    for indicator in framework.indicators.list:
        name = say("words.indicator", code=indicator.code, name=indicator.name)
        yield FormLine(indicator.code, name, "score", "indicators")
    yield from _details(framework)


def _result_label(framework: Framework, key: str) -> str:
    has_parts = any(each.parts for each in framework.instruments.list)
    return label(
        "form.respondents_eit" if key.endswith("eit1") and not has_parts else f"form.{key}"
    )


def _details(framework: Framework) -> Iterator[FormLine]:
    """Yield sub-indicators and items, which only some offices know."""
    names = {each.code: each.name or "" for each in framework.all_sub_indicators}
    names |= {each.code: each.name or "" for each in framework.all_items}
    top = {line.code for line in framework.indicators.list} | {"ITA"}
    for each in framework.instruments.list:
        top |= {each.code, *(part.code for part in each.parts)}
    for code in framework.codes:
        if code in top:
            continue
        item, _, part = code.partition("@")
        key = "form.item_of_part" if part else "form.item"
        if code in {each.code for each in framework.all_sub_indicators}:
            key = "form.sub_indicator"
        name = say(key, code=item.upper(), name=names[item], part=part)
        yield FormLine(code, name, "score", "items", is_item=True)
