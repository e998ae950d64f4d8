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
    """Return the instrument or part named last in a clause, or a part of the one before.

    Of two that are told together nothing is known of either.
    """
    named = naming.mentions(clause)
    if not named and last.startswith(PARTED):
        part = pattern("naming.part_alone").search(clause)
        return f"{PARTED}{part[1]}" if part else ""
    if not named or len(named[-1].codes) > 1 or named[-1].codes[0] not in ANSWERED:
        return ""
    between = clause[named[-2].end : named[-1].start] if len(named) > 1 else "."
    is_part = len(named) > 1 and named[-1].codes[0].startswith(named[-2].codes[0])
    is_joined = not is_part and pattern("figures.joint").fullmatch(between)
    return "" if is_joined else named[-1].codes[0]


def _years(text: str) -> Iterator[dict[str, str]]:
    return (each.groupdict() for each in pattern("figures.year").finditer(text))


def _written(year: str, fiscal_year: int) -> str:
    return str(fiscal_year)[-len(year) :]
