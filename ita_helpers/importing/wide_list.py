"""Finding a wide list on a sheet: its headings, its columns, where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ita_helpers.documents.patterns import pattern
from ita_helpers.errors import BadImport, TwoHeads
from ita_helpers.importing.found import FULL, Place
from ita_helpers.importing.headings import Headings, Meaning
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.spreadsheets.sheets import Area
from ita_helpers.store.places import official_places

SEARCHED = 40
"""Rows from the top in which the heading is looked for."""
ABOVE = 2
"""The number of rows above the heading that may hold part of it."""
FEWEST = 3
"""Columns that must be known for a row to be a heading."""
FACTS = ("name", "type", "district", "province", "official_code", "ministry")

_CODE = re.compile(r"(?P<instrument>[ieo]it)i(?P<number>\d{1,2})")


@dataclass
class List:
    """One sheet's list: where its heading is and what its columns mean."""

    grid: Grid
    head: int
    columns: dict[int, Meaning]
    filled: dict[tuple[int, int], str] = field(default_factory=dict)

    def column(self, key: str) -> int | None:
        """Return the column of a meaning."""
        return next((at for at, each in self.columns.items() if each.key == key), None)

    def text(self, row: int, column: int | None) -> str:
        """Return a cell; in a column merged downwards each row has the value."""
        if column is None:
            return ""
        return self.filled.get((row, column)) or self.grid.cell(row, column)


def find_list(grid: Grid, headings: Headings) -> List | None:
    """Return the list of a sheet. Raises ``TwoHeads`` where two rows may be its heading."""
    wide = {
        (row, column)
        for row, first, last_row, last in grid.merged
        for column in range(first, last + 1)
        if last > first
    }
    read = {
        row: {
            column: meaning
            for column, text in enumerate(grid.rows[row])
            if (meaning := headings.read(text, Place.of(grid, row, column)))
            and ((row, column) not in wide or meaning.key in FACTS)
        }
        for row in range(min(SEARCHED, len(grid.rows)))
    }
    for row, columns in read.items():
        columns |= _lone_score(grid, row, columns, headings.framework)
    heads = [row for row, columns in read.items() if len(columns) >= FEWEST and _is_text(grid, row)]
    if not heads:
        return None
    head = heads[0]
    for other in heads[1:]:
        if read[other] == read[head]:
            continue
        if other - head > ABOVE or not _fit(read[head], read[other]):
            raise TwoHeads(file=grid.file, sheet=grid.sheet, first=head + 1, second=other + 1)
        head = other
    head = _last_row(grid, head, read[head])
    columns = _without_second_ones(_with_rows_above(read, head))
    columns |= _by_number(grid, head, headings.framework)
    columns |= _of_the_whole(grid, head, columns, headings)
    _refuse_repeated(grid, head, columns)
    return List(grid, head, columns, _filled_down(grid))


def _lone_score(
    grid: Grid, row: int, columns: Mapping[int, Meaning], framework: Framework
) -> dict[int, Meaning]:
    """Return the one column headed as scores beside names, where no title says of what."""
    words = {normal(each) for each in label("import.score_heads").split("|")}
    keys = {each.key for each in columns.values()}
    found = [
        at for at, text in enumerate(grid.rows[row]) if normal(heading(grid, row, at)[0]) in words
    ]
    titles = " ".join(text for above in grid.rows[:row] for text in above)
    named = (name for each in framework.instruments.list for name in (each.code, each.name))
    if len(found) != 1 or "name" not in keys or keys & set(framework.codes):
        return {}
    is_of_part = any(name in titles for name in named)
    return {} if is_of_part else {found[0]: Meaning("ITA")}


def _last_row(grid: Grid, head: int, columns: Mapping[int, Meaning]) -> int:
    """Return the last row of the headings: that of names may reach over more rows than one."""
    names = [at for at, each in columns.items() if each.key == "name"]
    areas = (area for at in names if (area := _merged_over(grid, head, at)))
    return max((area[2] for area in areas if area[2] <= head + ABOVE), default=head)


def _by_number(grid: Grid, head: int, framework: Framework) -> dict[int, Meaning]:
    """Return columns headed i1, i2 … that are those of all indicators, each under its instrument.

    Such a code is otherwise that of a question to the staff.
    """
    found = {}
    for column in range(max(map(len, grid.rows))):
        text, _ = heading(grid, head, column)
        numbered = _CODE.fullmatch(normal(to_arabic(text)))
        indicator = framework.find_indicator(numbered["number"]) if numbered else None
        if numbered and indicator and normal(indicator.instrument) == numbered["instrument"]:
            found[column] = Meaning(indicator.code)
    codes = sorted(each.key for each in found.values())
    return found if codes == sorted(each.code for each in framework.indicators.list) else {}


def _of_the_whole(
    grid: Grid, head: int, columns: Mapping[int, Meaning], headings: Headings
) -> dict[int, Meaning]:
    """Return the one column of totals beside scores, and the one whose cells are all levels."""
    keys = {each.key for each in columns.values()}
    if not keys & {each.code for each in headings.framework.instruments.list}:
        return {}
    heads = {at: heading(grid, head, at)[0] for at in range(max(map(len, grid.rows)))}
    rest = {at: text for at, text in heads.items() if at not in columns and text}
    totals = [at for at, text in rest.items() if pattern("columns.total").search(text)]
    levels = {normal(each.name) for each in headings.framework.levels.list}
    leveled = [at for at in rest if _are_all(grid, head, at, levels)]
    found = {"ITA": totals, "level": leveled}
    return {
        each[0]: Meaning(key) for key, each in found.items() if key not in keys and len(each) == 1
    }


def _are_all(grid: Grid, head: int, column: int, levels: Collection[str]) -> bool:
    """Whether the cells below a heading are levels, or say that there is none."""
    texts = [grid.cell(row, column) for row in range(head + 1, len(grid.rows))]
    empty = [normal(each) for each in label("import.empty").split()]
    told = [bare for each in texts if (bare := normal(each)) and bare not in empty]
    return bool(told) and all(each in levels for each in told)


def heading(grid: Grid, head: int, column: int) -> tuple[str, int]:
    """Return the headings over a column, its group first, and the row of the nearest one."""
    texts, row = list[str](), head
    for above in range(head, max(-1, head - 1 - ABOVE), -1):
        area = _merged_over(grid, above, column)
        text = grid.cell(*area[:2]) if area else grid.cell(above, column)
        if text and text not in texts and (area or not texts):
            row = row if texts else (area or (above,))[0]
            texts.insert(0, text)
    return " ".join(texts), row


def _merged_over(grid: Grid, row: int, column: int) -> Area | None:
    """Return the merged area of a cell; one that starts in the first column is a title's."""
    areas = (
        area for area in grid.merged if area[0] <= row <= area[2] and area[1] <= column <= area[3]
    )
    return next((area for area in areas if area[1] or area[1] == area[3]), None)


def _is_text(grid: Grid, row: int) -> bool:
    """Whether most cells are words or numbers of indicators, not scores."""
    cells = [to_arabic(each) for each in grid.rows[row] if each]
    return sum("." in each and each.replace(".", "").isdigit() for each in cells) <= len(cells) / 3


def _fit(upper: Mapping[int, Meaning], lower: Mapping[int, Meaning]) -> bool:
    """Whether two rows are one heading: no column means two things, no meaning occurs twice."""
    if any(upper[at].key != lower[at].key for at in upper.keys() & lower.keys()):
        return False
    both = {**upper, **lower}
    return len({each.key for each in both.values()}) == len(both)


def _with_rows_above(read: Mapping[int, dict[int, Meaning]], head: int) -> dict[int, Meaning]:
    columns = dict(read[head])
    known = {each.key for each in columns.values()}
    for row in range(head - 1, max(-1, head - 1 - ABOVE), -1):
        for column, meaning in read[row].items():
            if column not in columns and meaning.key not in known:
                columns[column] = meaning
                known.add(meaning.key)
    return columns


def _without_second_ones(columns: dict[int, Meaning]) -> dict[int, Meaning]:
    """Return the columns without weighted points that are beside a column of the scores."""
    scored = {each.key for each in columns.values() if each.out_of in (0, FULL)}
    return {
        at: each
        for at, each in columns.items()
        if each.out_of in (0, FULL) or each.key not in scored
    }


def _refuse_repeated(grid: Grid, head: int, columns: Mapping[int, Meaning]) -> None:
    first: dict[str, int] = {}
    for column, meaning in sorted(columns.items()):
        if meaning.key in ("number", "note"):
            continue
        if meaning.key in first:
            place = Place.of(grid, head, column)
            raise BadImport(
                problem="twice",
                value=heading(grid, head, column)[0],
                like=grid.address(head, first[meaning.key]),
                **place.facts,
            )
        first[meaning.key] = column


def _filled_down(grid: Grid) -> dict[tuple[int, int], str]:
    return {
        (row, first): grid.cell(top, first)
        for top, first, bottom, last in grid.merged
        if first == last
        for row in range(top, bottom + 1)
    }


def is_head_again(listed: List, row: int) -> bool:
    """Whether the heading is repeated, as on every printed page."""
    return listed.grid.rows[row] == listed.grid.rows[listed.head]


def district_row(texts: Sequence[str]) -> str:
    """Return the district a separate row names, whatever number or count is beside it."""
    words = [each for each in texts if not is_number(each)]
    starts = label("import.district_words").split()
    if len(words) != 1 or not any(words[0].startswith(start) for start in starts):
        return ""
    return place_in(words[0], "district") or words[0]


def has_values(listed: List, row: int, framework: Framework) -> bool:
    """Whether a row has a number in a column of scores: it is an office's, whatever its name."""
    columns = (at for at, each in listed.columns.items() if each.key in framework.codes)
    return any(is_number(listed.grid.cell(row, at)) for at in columns)


def is_number(text: str) -> bool:
    """Whether a text is digits, with or without points."""
    return to_arabic(text).replace(".", "").isdigit()


def place_in(text: str, kind: str) -> str:
    """Return the one province or district that a text names, or an empty string.

    The capital is named without a word before it.
    """
    words = "|".join(map(re.escape, label(f"import.{kind}_words").split()))
    joined = "|".join(map(re.escape, label(f"import.{kind}_in").split()))
    before = rf"(?:(?:^|[\s(])(?:{words})|{joined})"
    found = set(re.findall(rf"{before}\s*([^\s\d(),.]{{2,}})", text))
    if kind == "province" and not found:
        found = set(_official_province().findall(text))
    if kind == "province" and not found:
        names = sorted(label("words.capital_names").split(), key=len, reverse=True)
        found = {label("words.capital") for each in names if each in text}
    return found.pop() if len(found) == 1 else ""


@cache
def _official_province() -> re.Pattern[str]:
    """Return a pattern of official names of provinces, written on to any word but an office."""
    names = "|".join(map(re.escape, official_places().districts))
    return re.compile(label("import.province_anywhere").replace("NAMES", names))


def is_total(texts: Sequence[str]) -> bool:
    """Whether the texts of a row begin as a total or a mean does, or a note below the list."""
    first = normal(next((each for each in texts if not each.replace(".", "").isdigit()), ""))
    totals, rest = (label(f"import.{key}").split() for key in ("totals", "after_totals"))
    behind = (first.removeprefix(word) for word in totals if first.startswith(word))
    return any(not each or each[0].isdigit() or each.startswith(tuple(rest)) for each in behind)
