"""Years too far ahead to be those of a result, a plan or an aim of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import squeezed, tables_by_number
from ita_helpers.checks.finished.times.time_cases import Case, Judged
from ita_helpers.checks.finished.times.times_read import years_written
from ita_helpers.documents.document import Line
from ita_helpers.language.begun import compiled

ABOVE = 2
"""Lines above a table or a list in which may stand that it is of aims."""
_POINTS = compiled(r"(?<![\d.,])\d{2,3}(?:\.\d{1,2})?(?![\d.,])")


def ahead(case: Case) -> Judged | None:
    """Judge a year that neither a result, a plan nor an aim of the report can be of."""
    time = case.time
    is_compared = time.kind == "year" and time.role == "compared" and not case.near("aimed")
    if is_compared and time.years[0] > case.year:
        return None if case.behind("told_as_coming") else case.tell("ITA611")
    if time.kind not in ("year", "years") or time.years[-1] <= case.year + 1:
        return None
    if time.kind == "years" and time.role != "result":
        return None
    is_other = time.role in ("law", "source") or case.around("aimed")
    is_other = is_other or (time.years[-1] == case.year + 2 and case.before("next_round"))
    is_other = is_other or (time.role == "due" and not case.before("fiscal"))
    if is_other or _is_a_later_step(case) or is_next_of_aims(case):
        return None
    return case.tell("ITA620")


def _is_a_later_step(case: Case) -> bool:
    """Whether words tell of aims for the next year and for later ones."""
    text = case.time.passage.text
    is_told = case.year + 1 in years_written(text)
    return is_told and bool(said("aim_of_years").search(text))


def is_next_of_aims(case: Case) -> bool:
    """Whether a year ahead is the last so far of a list or table of aims, one for each year."""
    year = case.time.years[0]
    steps = range(case.year + 1, year + 1)
    for texts, above in _listed(case):
        listed = texts[-len(steps) :]
        is_one_each = [years_written(each)[:1] for each in listed] == [(each,) for each in steps]
        if is_one_each and all(map(_POINTS.search, listed)):
            return bool(said("aim_of_years").search(" ".join((*above, *listed))))
    return False


def _listed(case: Case) -> Iterator[tuple[list[str], Sequence[str]]]:
    """Yield the lines, rows or columns up to the one a year stands in, and what stands above."""
    report, spot = case.report, case.time.passage.spot
    table = report.once(tables_by_number).get(spot.table) if case.time.passage.row else None
    blocks = report.document.blocks
    if not table:
        at = next((at for at, each in enumerate(blocks) if each.spot == spot), 0)
        lines = _lines_before(blocks[: at + 1])
        steps = case.time.years[0] - case.year
        yield lines, (case.place.heading, *lines[:-steps][-ABOVE:])
        return
    above = _lines_before(blocks[: blocks.index(table)])[-ABOVE:]
    rows = [[squeezed(cell.text) for cell in row] for row in table.rows]
    yield [" ".join(row) for row in rows[: spot.row]], (*above, *rows[0])
    columns = range(max(map(len, rows)))
    parts = [" ".join(row[at] for row in rows if at < len(row)) for at in columns]
    yield parts[: spot.column], (*above, *(row[0] for row in rows if row))


def _lines_before(blocks: Sequence[object]) -> list[str]:
    """Return the filled lines of a document up to a block."""
    lines = (squeezed(each.text) for each in blocks if isinstance(each, Line))
    return [each for each in lines if each]
