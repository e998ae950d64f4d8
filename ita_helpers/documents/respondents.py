"""How many people answered, as sentences tell it: by what they answered, each in its clause."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.documents.claims import CountClaim
from ita_helpers.documents.counts_said import ANSWERED
from ita_helpers.documents.document import Line
from ita_helpers.documents.naming import PARTED, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.language.held import may_stand


def respondents_of_line(line: Line, naming: Naming, fiscal_year: int) -> Iterator[CountClaim]:
    """Yield the counts of a text that says how many answered which instrument or part.

    ``fiscal_year`` (B.E.) holds unless the text names a year; then it must be this one.
    """
    text, known = line.text, pattern("counts.people")
    if not may_stand(known, text) or not pattern("counts.answered").search(text):
        return
    if any(each["year"] != _written(each["year"], fiscal_year) for each in _years(text)):
        return
    start, last = 0, ""
    for found in known.finditer(text):
        clause, start = text[start : found.start()], found.end()
        code = _instrument(clause, naming, last)
        last = code or last
        is_answered = pattern("counts.answered").search(text, 0, found.end())
        is_asked = pattern("counts.asked_said").search(clause)
        if code and is_answered and not is_asked:
            key = f"respondents_{code.lower()}"
            yield CountClaim(key, found["count"], fiscal_year, line.spot)


def _instrument(clause: str, naming: Naming, last: str) -> str:
    """Return the one instrument or part that a clause names, or a part of the one before."""
    codes = {code for each in naming.mentions(clause) for code in each.codes}
    if not codes and last.startswith(PARTED):
        part = pattern("naming.part_alone").search(clause)
        return f"{PARTED}{part[1]}" if part else ""
    return codes.pop() if len(codes) == 1 and codes <= set(ANSWERED) else ""


def _years(text: str) -> Iterator[dict[str, str]]:
    return (each.groupdict() for each in pattern("figures.year").finditer(text))


def _written(year: str, fiscal_year: int) -> str:
    return str(fiscal_year)[-len(year) :]
