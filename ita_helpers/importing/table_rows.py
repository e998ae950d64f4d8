"""What was found as rows of the tables, and when two of their values are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ita_helpers.importing.found import FoundRank, FoundScore, FoundYear, Place
from ita_helpers.importing.values import write_points
from ita_helpers.language.points import parse_number
from ita_helpers.records.names import normal
from ita_helpers.store.table_files import Cells


def rows_of(code: str, found: FoundYear) -> Iterator[tuple[str, Cells, dict[str, Place]]]:
    """Yield table, row, and the place of each value in it."""
    for score in found.scores:
        yield "scores", _score_row(code, score), {"score": score.place}
    if found.result:
        places = {column: place for column, (_, place) in found.result.items()}
        first = next(iter(places.values()))
        values = {column: value for column, (value, _) in found.result.items()}
        source = first.as_source(found.source)
        cells = {"organisation": code, **values, "status": found.told, "source": source}
        yield "results", cells, places
    for each in found.suggestions:
        source = each.place.as_source(each.source)
        cells = {"organisation": code, "code": each.code, "text": each.text, "source": source}
        yield "suggestions", cells, {"text": each.place}
    for rank in found.ranks:
        yield "ranks", _rank_row(code, rank, found.source), {"rank": rank.place}


def _score_row(code: str, score: FoundScore) -> Cells:
    return {
        "organisation": code,
        "code": score.code,
        "score": written(score),
        "status": score.status,
        "source": score.place.as_source(score.source),
        "note": score.note,
    }


def _rank_row(code: str, rank: FoundRank, source: str) -> Cells:
    return {
        "organisation": code,
        "scope": rank.scope,
        "name": rank.name,
        "rank": str(rank.rank),
        "out_of": str(rank.out_of or ""),
        "source": rank.place.as_source(source),
    }


def written(score: FoundScore) -> str:
    """Return a score as the tables hold it."""
    return str(score.weighted) if score.weighted else write_points(score.points)


def value_of(table: str, column: str, cells: Mapping[str, str]) -> str:
    """Return a value as it is compared and shown: a rank with the number of its group."""
    counted = table == "ranks" and cells["out_of"]
    return f"{cells[column]}/{counted}" if counted else cells[column]


def sources(old: str, new: str) -> str:
    """Return the sources of a row to which values were added later."""
    return old if new in old else f"{old}; {new}" if old else new


def same(table: str, column: str, old: str, new: str) -> bool:
    """Whether two values of a column are one, however they are written.

    An item that is only named says nothing against the words that are known.
    """
    if table == "suggestions" and not new:
        return True
    if table != "scores" or column != "score":
        return normal(old) == normal(new)
    pairs = [text.partition("/") for text in (old, new)]
    try:
        return parse_number(pairs[0][0]) == Decimal(pairs[1][0]) and pairs[0][2] == pairs[1][2]
    except ValueError:
        return False
