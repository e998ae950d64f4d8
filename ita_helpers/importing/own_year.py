"""The fiscal year that a file, a sheet or a title states for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from ita_helpers.errors import WrongYear
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import BUDDHIST_ERA, to_arabic
from ita_helpers.records.names import normal
from ita_helpers.spreadsheets.grids import Grid

_YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)")
_COMMON_YEAR, _SHORT = r"20[12]\d", r"(?:5[5-9]|6\d|7[0-4])"
_SIGNS = re.compile(r"[\s._()-]+")


def years_in(text: str) -> set[int]:
    """Return the years (B.E.) written in full in a text."""
    return {int(each) for each in _YEAR.findall(to_arabic(text))}


def year_of_name(name: str) -> int:
    """Return the one year (B.E.) that the name of a sheet or a file says, or 0.

    >>> [year_of_name(each) for each in ("ผล ITA 2567", "ปี ๖๗", "2024", "80 ผล", "2566-2567")]
    [2567, 2567, 2567, 0, 0]
    """
    years = years_in(name)
    if years:
        return years.pop() if len(years) == 1 else 0
    bare = _SIGNS.sub("", normal(to_arabic(name)))
    words = ("^", "ita", *label("import.year_words").replace(".", "").split())
    before = f"(?:{'|'.join(words)})"
    if found := re.fullmatch(f"{before}*({_COMMON_YEAR})", bare):
        return int(found[1]) + BUDDHIST_ERA
    short = set(re.findall(f"{before}({_SHORT})(?!\\d)", bare))
    return 2500 + int(short.pop()) if len(short) == 1 else 0


def year_of_names(grid: Grid) -> int:
    """Return the year that a sheet is named after, else its file, or 0."""
    return year_of_name(grid.sheet) or year_of_name(PurePath(grid.file).stem)


def check_names(grid: Grid, fiscal_year: int, *, is_said: bool) -> Iterator[str]:
    """Yield warnings about a file named after another year than its sheet or title says.

    ``is_said`` if the title does. Raises ``WrongYear`` for a sheet named after another year than
    that of its scores, and for such a file if nothing else states the year.
    """
    of_sheet, of_file = year_of_name(grid.sheet), year_of_name(PurePath(grid.file).stem)
    if of_sheet:
        refuse_other([of_sheet], fiscal_year, say("import.sheet", file=grid.file, sheet=grid.sheet))
    elif of_file and not is_said:
        refuse_other([of_file], fiscal_year, grid.file)
    if of_file not in (0, fiscal_year):
        facts = {"file": grid.file, "found": of_file, "year": fiscal_year}
        yield say("import.remarks.file_of_year", **facts)


def refuse_other(found: Iterable[int], fiscal_year: int, place: str) -> None:
    """Raise ``WrongYear`` if years are named and none of them is that of the scores."""
    years = set(found)
    if years and fiscal_year not in years:
        raise WrongYear(place=place, found=min(years), expected=fiscal_year)
