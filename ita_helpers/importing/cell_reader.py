"""Reading a cell of an imported file: no failed formula, footnote mark or placeholder.

All readers go through here. A mark behind a value is removed, and a word that stands for a missing
score leaves its cell empty; each is reported once per sheet with all its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ita_helpers.errors import BadImport
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.names import normal
from ita_helpers.spreadsheets.grids import Grid

FEW = 10
"""At most this many cells are named one by one."""
_ERROR = re.compile(r"#(?:N/A|NAME\?|DIV/0!|[A-Z_]+!)|Err:\d{3}", re.IGNORECASE)
_SIGN = r"(?:[*\u2020\u2021\u00a7^\u00b9\u00b2\u00b3\u2070-\u2079]|[\[(](?:\*+|\d)[\])])"
_BEHIND = rf"(?:{_SIGN}|(?<!\S)\d{{1,2}}\))"
_MARKED = re.compile(rf"(?P<before>{_SIGN}*)\s*(?P<bare>.*?)\s*(?P<after>{_BEHIND}*)", re.DOTALL)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class CellText:
    """The text of a cell without the ``mark`` of a footnote beside it."""

    bare: str
    mark: str = ""

    @classmethod
    def of(cls, text: str) -> CellText:
        """Take the marks off; nothing else is changed.

        >>> CellText.of("92.86**"), CellText.of("(15)").bare, CellText.of("92.86 1)").mark
        (CellText(bare='92.86', mark='**'), '(15)', '1)')
        """
        found = _MARKED.fullmatch(text)
        assert found
        return cls(found["bare"], found["before"] + found["after"])


def is_failed(text: str) -> bool:
    """Whether a cell shows that its formula failed.

    >>> is_failed("#N/A"), is_failed("#REF!"), is_failed("#1 อบต.")
    (True, True, False)
    """
    return bool(_ERROR.fullmatch(text))


def stands_for_nothing(text: str) -> bool:
    """Whether words say that there is no score (the office did not take part, say)."""
    bare = normal(text)
    words = [normal(each) for each in label("import.missing").split()]
    others = [normal(each) for each in label("import.not_missing").split()]
    is_missing = any(bare.startswith(word) for word in words)
    return is_missing and not _DIGIT.search(bare) and not any(each in bare for each in others)


class Notices:
    """Notices about many cells, one sentence each."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._cells: dict[tuple[str, str], list[str]] = {}

    def add(self, key: str, value: str, row: int, column: int) -> None:
        """Remember a cell under the sentence ``import.remarks.<key>`` for a value."""
        self._cells.setdefault((key, value), []).append(self.grid.address(row, column))

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each key and value."""
        for (key, value), cells in self._cells.items():
            yield say(
                f"import.remarks.{key}",
                file=self.grid.file,
                sheet=self.grid.sheet,
                value=value,
                cells=cells[:FEW],
                more=len(cells[FEW:]),
            )


def tell_asides(grid: Grid) -> Iterator[str]:
    """Yield what a person should know about comments, struck and raised words, and pictures."""
    notices = Notices(grid)
    for each in grid.asides:
        notices.add(each.kind, each.text, each.row, each.column)
    return notices.sentences()


class CellReader:
    """Reads the cells of one sheet; what a person should know gathers in ``notices``."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.notices = grid, Notices(grid)

    def words(self, row: int, column: int, text: str | None = None) -> str:
        """Return a name or note; ``text`` is that of a merged cell. Raises ``BadImport``."""
        text = self.grid.cell(row, column) if text is None else text
        self._refuse_without_value(row, column)
        if is_failed(text):
            self._refuse("formula_error", text, row, column)
        return text

    def name(self, row: int, column: int, text: str) -> str:
        """Return a name without the mark of a footnote.

        Raises what ``words`` raises, or ``BadImport`` for one that is struck out.
        """
        read = CellText.of(self.words(row, column, text))
        if read.mark:
            self.notices.add("marks", read.mark, row, column)
        for each in self.grid.asides:
            if not text and each.kind == "struck" and (each.row, each.column) == (row, column):
                self._refuse("struck", each.text, row, column)
        return read.bare

    def value(self, row: int, column: int) -> CellText:
        """Return a value; empty for a word that means there is none.

        Raises ``BadImport`` for a formula that failed or refers outside the file.
        """
        text = self.grid.cell(row, column)
        self._refuse_without_value(row, column)
        if (row, column) in self.grid.calls_out:
            self._refuse("calls_out", text, row, column)
        if text.startswith("#") or is_failed(text):
            self._refuse("formula_error", text, row, column)
        read = CellText.of(text)
        if read.mark:
            key = "marks" if read.bare else "mark_alone"
            self.notices.add(key, read.mark, row, column)
        if stands_for_nothing(read.bare):
            self.notices.add("missing", read.bare, row, column)
            return CellText("", read.mark)
        return read

    def _refuse_without_value(self, row: int, column: int) -> None:
        if (row, column) in self.grid.without_value:
            self._refuse("no_value", "", row, column)

    def _refuse(self, problem: str, text: str, row: int, column: int) -> None:
        facts = Place.of(self.grid, row, column).facts
        raise BadImport(problem=problem, value=text, like="", **facts)
