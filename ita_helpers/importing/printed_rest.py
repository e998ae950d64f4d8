"""Telling which figures of a printed table were not taken, and refusing those that are mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.row_numbers import LABELS, are_numbered, named_in, number_of
from ita_helpers.documents.sentence_parts import ALL
from ita_helpers.errors import BadImport
from ita_helpers.importing.cell_reader import is_failed, stands_for_nothing
from ita_helpers.importing.found import Place
from ita_helpers.importing.values import read_points
from ita_helpers.importing.wide_list import is_total
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.names import full_type, normal, short_types
from ita_helpers.records.spot import Spot

HEADS = 3
"""Rows of a table that may be its head."""
_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_FIGURE = re.compile(r"[\d.,/%\s]*\d[\d.,/%\s]*")


def is_group(of: str) -> bool:
    """Whether what is claimed of something is claimed of a group of offices, or is a total."""
    words = [normal(each) for each in label("import.group_words").split()]
    is_type = full_type(of) in short_types()
    return of == ALL or is_type or normal(of).startswith(tuple(words)) or is_total([of])


def with_office_of_capital(of: str, document: Document) -> str:
    """Return the name of a district of the capital as that of its office, if the list is of them.

    A row that names the district alone would be read as its mean.
    """
    office, district = label("import.office_of_capital").split()
    tables = (each for each in document.blocks if not isinstance(each, Line))
    heads = (normal(cell.text) for table in tables for row in table.rows[:HEADS] for cell in row)
    is_listed = of.startswith(district) and any(each.endswith(office) for each in heads)
    return of.replace(district, office, 1) if is_listed else of


def refuse_rounds(document: Document) -> None:
    """Raise ``BadImport`` for scores of several rounds: nothing says which was announced."""
    for table in document.blocks:
        for row in () if isinstance(table, Line) else table.rows[:HEADS]:
            rounds = [each for each in row if pattern("columns.round").search(each.text)]
            if len({normal(each.text) for each in rounds}) > 1:
                facts = Place.in_report(rounds[1].spot).facts
                like, value = rounds[0].text, rounds[1].text
                raise BadImport(problem="rounds", value=value, like=like, **facts)


def refuse_misnumbered(document: Document, naming: Naming) -> None:
    """Raise ``BadImport`` for another indicator's number where rows are numbered as indicators."""
    for table in document.blocks:
        if isinstance(table, Line) or not are_numbered(naming, table.rows):
            continue
        for row in table.rows:
            number, code = number_of(naming, row), named_in(naming, row)
            named = naming.framework.find_indicator(code) if number not in ("", code) else None
            if named:
                texts = (each.text for each in row[:LABELS] if not _FIGURE.fullmatch(each.text))
                value = " ".join(dict.fromkeys((*_bare_number(row), *filter(None, texts))))
                like, facts = f"{code} {named.name}", Place.in_report(row[0].spot).facts
                raise BadImport(problem="label", value=value, like=like, **facts)


def _bare_number(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return the number that stands in a cell of its own before the name."""
    return (row[0].text,) if row[0].text.strip(" .)").isdecimal() else ()


def refuse_commas(document: Document) -> None:
    """Raise ``BadImport`` for a decimal comma below a head of scores in a sheet without figures."""
    for table in document.blocks:
        for column in () if isinstance(table, Line) else zip_longest(*table.rows):
            cells = [each for each in column if each]
            if any(pattern("columns.score").search(each.text) for each in cells[:HEADS]):
                for each in filter(lambda cell: _COMMA.fullmatch(cell.text.strip()), cells):
                    read_points(each.text, Place.in_report(each.spot))


def tell_rest(document: Document, taken: Iterable[Spot]) -> Iterator[str]:
    """Yield what a person should know of figures that are at no spot taken.

    Raises ``BadImport`` for one among scores that is no figure a score can be.
    """
    cells = {each.cell for each in taken}
    for table in document.blocks:
        if not isinstance(table, Line):
            yield from _Rest(table, cells).tell()


def words_for_scores(document: Document, taken: Iterable[Spot]) -> Iterator[Spot]:
    """Yield the cells below scores that hold no figure but what stands for one that is missing."""
    cells = {each.cell for each in taken}
    for table in document.blocks:
        if not isinstance(table, Line):
            yield from _Rest(table, cells).words()


class _Rest:
    def __init__(self, table: Table, taken: set[str]) -> None:
        self.table, self.taken = table, taken

    def tell(self) -> Iterator[str]:
        heads, rows = list[str](), dict[int, Cell]()
        for column in range(1, max(map(len, self.table.rows))):
            cells = [row[column] for row in self.table.rows]
            taken = [at for at, each in enumerate(cells) if each.spot.cell in self.taken]
            left = [at for at, each in enumerate(cells) if self._is_left(each)]
            above = [at for at in left if taken and at < taken[0]]
            if left and len(above) >= len(taken):
                heads.append(self._head(cells))
            elif taken:
                rows |= {at: cells[at] for at in left if at > taken[0]}
        if heads := list(dict.fromkeys(heads)):
            place = Place.in_report(self.table.spot)
            yield say("import.remarks.unread", place=place, names=heads)
        for at, cell in rows.items():
            yield from self._row(self.table.rows[at], cell)

    def words(self) -> Iterator[Spot]:
        for column in zip_longest(*self.table.rows):
            is_below = False
            for cell in filter(None, column):
                is_below = is_below or cell.spot.cell in self.taken
                if is_below and (is_failed(cell.text) or stands_for_nothing(cell.text)):
                    yield cell.spot

    def _is_left(self, cell: Cell) -> bool:
        return bool(_FIGURE.fullmatch(cell.text)) and cell.spot.cell not in self.taken

    def _head(self, cells: Sequence[Cell]) -> str:
        words = (" ".join(each.text.split()) for each in cells if not _FIGURE.fullmatch(each.text))
        return next(filter(None, words), cells[0].spot.cell.rstrip("0123456789"))

    def _row(self, row: Sequence[Cell], cell: Cell) -> Iterator[str]:
        texts = (each.text for each in row if not _FIGURE.fullmatch(each.text))
        name = next(filter(None, texts), row[0].text)
        if not pattern("columns.none").search(name) and not is_group(name):
            read_points(cell.text, Place.in_report(cell.spot))
        yield say("import.remarks.unread_row", place=Place.in_report(row[0].spot), value=name)
