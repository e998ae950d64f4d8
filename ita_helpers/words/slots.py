"""The text of one slot, as plain sentences that follow from the findings.

Pure: a result and the name of a slot in, sentences out. Perceptions are never stated as facts: for
IIT and EIT the subject is the respondents, for OIT the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ita_helpers.records.rules import Indicator
from ita_helpers.records.slots import FRONT, MEMO, code_of, slot_of_code
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words import front_matter, memo
from ita_helpers.words.closing import close, describe_lowest
from ita_helpers.words.indicator import describe_indicator
from ita_helpers.words.instrument import describe_instrument
from ita_helpers.words.summary import summarise


def draft(data: ReportData, slot: str) -> tuple[str, ...]:
    """Return the sentences of a slot; none if the data have nothing to say.

    Slots: ``summary``, an instrument (``iit``), an indicator (``06``; nothing is said of one that
    the year does not have), ``lowest``, ``closing``, those of the front matter and of the memo.
    Raises ``KeyError`` for any other name.
    """
    if slot in _NAMED:
        return _said(_NAMED[slot](data))
    for instrument in data.framework.instruments.list:
        if slot == instrument.code.lower():
            return _said(describe_instrument(data, instrument))
    indicator = indicator_of(data, slot)
    return _said(describe_indicator(data, indicator)) if indicator else ()


def draft_all(data: ReportData) -> dict[str, list[str]]:
    """Return the sentences of every slot, in the report's digits."""
    return {slot: [data.digits(each) for each in draft(data, slot)] for slot in slots_of(data)}


def slots_of(data: ReportData) -> tuple[str, ...]:
    """Return all slots of a report; those of the memo only where its edition may have one."""
    memo_slots = MEMO if data.edition == "internal" else ()
    instruments = (each.code.lower() for each in data.framework.instruments.list)
    indicators = (slot_of_code(each.code) for each in data.framework.indicators.list)
    return (*FRONT, "summary", *instruments, *indicators, "lowest", "closing", *memo_slots)


def indicator_of(data: ReportData, slot: str) -> Indicator | None:
    """Return the indicator of a slot; years differ in how many they have.

    Raises ``KeyError`` for a slot that is not an indicator's.
    """
    code = code_of(slot)
    if not code:
        raise KeyError(slot)
    return data.framework.find_indicator(code)


def _said(sentences: Iterator[str]) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


_NAMED: dict[str, Callable[[ReportData], Iterator[str]]] = {
    "foreword": front_matter.draft_foreword,
    "background": front_matter.draft_background,
    "principles": front_matter.draft_principles,
    "purpose": front_matter.draft_purpose,
    "summary": summarise,
    "lowest": describe_lowest,
    "closing": close,
    "memo-background": memo.draft_background,
    "memo-facts": memo.draft_facts,
    "memo-proposals": memo.draft_proposals,
}
