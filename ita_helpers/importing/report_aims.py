"""What the measures of a report are for where its plan does not say: by its own analysis.

A plan often repeats, word for word, what the analysis finds under the heading of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.plan_tables import is_plan
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import say
from ita_helpers.records.names import normal

SIZE = 12
"""Letters of the pieces by which texts are compared."""
LEAST, TWICE = 0.3, 2
"""The share of a finding's pieces that an analysis must have, and how far ahead of any other."""


def with_aims(
    rows: Iterable[PlanRow], document: Document, naming: Naming, remarks: list[str]
) -> Iterator[PlanRow]:
    """Yield rows with the indicator whose analysis their finding repeats; each is told."""
    analysed: dict[str, set[str]] = {}
    for code, text in _analysis(document, naming):
        analysed.setdefault(code, set()).update(_pieces(text))
    for row in rows:
        code = "" if row.codes or row.indicator else _repeated(row.finding, analysed)
        if code:
            place = str(Place.in_report(row.spot))
            remarks.append(say("import.remarks.aim_repeated", place=place, code=code))
        yield replace(row, codes=(code,)) if code else row


def _repeated(finding: str, analysed: dict[str, set[str]]) -> str:
    pieces = _pieces(finding)
    if not pieces:
        return ""
    shares = {code: len(pieces & known) / len(pieces) for code, known in analysed.items()}
    ordered = sorted(shares.values(), reverse=True)
    if not ordered or ordered[0] < LEAST or (ordered[1:] and ordered[0] < TWICE * ordered[1]):
        return ""
    return next(code for code, share in shares.items() if share == ordered[0])


def _pieces(text: str) -> set[str]:
    bare = normal(text)
    return {bare[at : at + SIZE] for at in range(len(bare) - SIZE + 1)}


def _analysis(document: Document, naming: Naming) -> Iterator[tuple[str, str]]:
    """Yield what stands under the headings of indicators, and beside them in tables."""
    code = ""
    for block in document.blocks:
        if isinstance(block, Line):
            code = _indicator(block.text, naming) if block.level else code
            if code and not block.level:
                yield code, block.text
        elif not is_plan(block):
            for row in block.rows:
                if beside := _indicator(row[0].text, naming):
                    yield beside, " ".join(each.text for each in row[1:])


def _indicator(text: str, naming: Naming) -> str:
    code = naming.code_of(text)
    return code if naming.framework.find_indicator(code) else ""
