"""What the sentences of a document say besides its tables, where it is read by these."""

from __future__ import annotations

from dataclasses import replace

from ita_helpers.documents.document import Document, Line
from ita_helpers.errors import InputError
from ita_helpers.importing.found import CONFLICTING, Asked, Found, FoundYear
from ita_helpers.importing.report_reader import read_report
from ita_helpers.records.names import identity


def with_sentences(found: Found, document: Document, orders: Asked) -> Found:
    """Return what was found in tables of one office, with what only sentences say of it.

    A value of the tables stays; a document that cannot be read as a report adds nothing.
    """
    offices = {identity(each.office.name) for each in found.years}
    if found.mistakes or not offices:
        return found
    lines = tuple(each for each in document.blocks if isinstance(each, Line))
    try:
        said = read_report(replace(document, blocks=lines), orders).years[0]
    except InputError:
        return found
    return replace(found, years=tuple(_with(each, said) for each in found.years))


def _with(year: FoundYear, said: FoundYear) -> FoundYear:
    is_same = identity(year.office.name) == identity(said.office.name)
    if not is_same or year.fiscal_year != said.fiscal_year:
        return year
    known = {each.code for each in year.scores}
    scores = (e for e in said.scores if e.code not in known and e.status != CONFLICTING)
    return replace(
        year,
        scores=(*year.scores, *scores),
        result={**said.result, **year.result},
        suggestions=year.suggestions or said.suggestions,
        told=year.told or said.told,
        ranks=year.ranks or said.ranks,
    )
