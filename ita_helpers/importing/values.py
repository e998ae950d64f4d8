"""Values as people type them into cells: points, counts, dates, levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ita_helpers.errors import (
    BadImport,
    nearest,
)
from ita_helpers.importing.found import Asked, FoundScore, Place
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import BadDate, parse_announcement
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.store.rules import read_framework

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})", re.ASCII)
_WITHOUT_POINT = re.compile(r"\d{3,6}", re.ASCII)
_WHOLE = re.compile(r"\d{1,3}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})*|\d+", re.ASCII)
_NAME = re.compile(r"[^\s()\[\]/,;:\-–\"'“”]+")
_SPACES = re.compile(r"\s+")
SMALL_SCALE, FEWEST_OF_SCALE = 10, 3
"""So many scores none of which is above the first are on another scale, as that of five."""
FEWEST = 3
"""From this many scores on, all being between 0 and 1 is no coincidence."""


def read_points(text: str, place: Place) -> tuple[Decimal, int] | None:
    """Return points and their stated maximum, 0 if none is stated.

    Nothing for an empty cell or a dash. Thai digits, spaces, a percent sign and the word for
    points may stand there. Raises ``BadImport``.
    """
    written, slash, full = _bare(text).partition("/")
    if not written:
        return None
    if slash and not _WHOLE.fullmatch(full):
        raise BadImport(problem="number", value=text, like="", **place.facts)
    if comma := _DECIMAL_COMMA.fullmatch(written):
        raise BadImport(problem="comma", value=text, like=".".join(comma.groups()), **place.facts)
    if not _NUMBER.fullmatch(written):
        raise BadImport(problem="number", value=text, like="", **place.facts)
    points, out_of = Decimal(written), int(full or 0)
    if 0 <= points <= (out_of or 100):
        return points + 0, out_of
    raise BadImport(problem="range", value=text, like=_with_point(written), **place.facts)


def read_count(text: str, place: Place) -> str:
    """Return a count as plain digits; thousands may be parted by commas. Raises ``BadImport``."""
    written = _bare(text)
    if written and not _GROUPED.fullmatch(written):
        raise BadImport(problem="count", value=text, like="", **place.facts)
    return written.replace(",", "")


def read_announcement(text: str, fiscal_year: int, place: Place) -> str:
    """Return the day a year's (B.E.) result was announced, as ``YYYY-MM-DD`` (C.E.).

    Raises ``BadImport``.
    """
    if not _bare(text):
        return ""
    try:
        return parse_announcement(text, fiscal_year).isoformat()
    except BadDate as error:
        facts = {"problem": error.problem, "like": error.like, "year": fiscal_year}
        raise BadImport(value=text, **facts, **place.facts) from error


def level_names(orders: Asked, framework: Framework) -> LevelNames:
    """Return the levels of a year, and of all others that have rules."""
    workspace = orders.workspace
    rules = (read_framework(workspace, year) for year in workspace.framework_years())
    all_names = {level.name for each in rules for level in each.levels.list}
    names = [each.name for each in framework.levels.list]
    return LevelNames(framework.fiscal_year, names, all_names)


class LevelNames:
    """The levels of a year, and those of other years that may appear beside them."""

    def __init__(self, fiscal_year: int, names: Sequence[str], all_names: Iterable[str]) -> None:
        self.fiscal_year, self.names = fiscal_year, names
        self.own = {normal(each): each for each in names}
        older = label("import.older_levels").split()
        self.foreign = {normal(each) for each in (*all_names, *older)} - self.own.keys()
        self.words = {normal(each) for each in label("import.level_words").split()}

    def read(self, text: str, place: Place, remarks: list[str]) -> str:
        """Return the name of a level of the year, the one among names of other years' levels.

        Empty if all are of other years. What was used or left out is added to ``remarks``. Raises
        ``BadImport`` for a name of no year, with the nearest of this one, and for two.
        """
        if not _bare(text):
            return ""
        bare = normal(text).removeprefix(normal(label("import.level_word")))
        if bare in self.own:
            return self.own[bare]
        named = [each for each in map(self._bare, _NAME.findall(text)) if each]
        own = {self.own[each] for each in named if each in self.own}
        if not named or len(own) > 1 or set(named) - self.foreign - self.own.keys():
            like = nearest(bare, self.names) or self.names[0]
            raise BadImport(problem="level", value=text, like=like, **place.facts)
        level = "".join(own)
        key, facts = ("level", {"level": level}) if own else ("foreign_level", {})
        remarks.append(
            say(f"import.remarks.{key}", place=place, value=text, year=self.fiscal_year, **facts)
        )
        return level

    def _bare(self, name: str) -> str:
        bare = normal(name)
        for word in self.words:
            bare = bare.removeprefix(word)
        return bare


def read_result(key: str, text: str, place: Place, levels: LevelNames, remarks: list[str]) -> str:
    """Return a value of ``data/results`` (level, day or count) as stored there; empty for none.

    What a person should know is added to ``remarks``. Raises ``BadImport``.
    """
    if key == "level":
        return levels.read(text, place, remarks)
    if key == "announced":
        return read_announcement(text, levels.fiscal_year, place)
    return read_count(text, place)


def write_points(points: Decimal) -> str:
    """Return points as the tables hold them: with two decimals, or with all there are."""
    plain = points.normalize()
    exponent = plain.as_tuple().exponent
    return f"{plain:f}" if isinstance(exponent, int) and exponent < -2 else f"{plain:.2f}"


def _bare(text: str) -> str:
    """Return the value in Arabic digits, without spaces and units; nothing for a dash."""
    bare = _SPACES.sub("", to_arabic(text))
    for unit in ("%", *label("import.units").split()):
        bare = bare.removesuffix(unit).removeprefix(unit)
    return "" if bare.casefold() in label("import.empty").split() else bare


def _with_point(written: str) -> str:
    """Return 9286 as 92.86, where that makes a score."""
    if not _WITHOUT_POINT.fullmatch(written):
        return ""
    with_point = Decimal(written) / 100
    return f"{with_point:.2f}" if with_point <= 100 else ""


def refuse_fractions(scores: Sequence[FoundScore]) -> None:
    """Raise ``BadImport`` if all of several scores look like fractions of 1, or of a small scale.

    Points out of a weight that the cell states are none.
    """
    known = [each for each in scores if each.points]
    unstated = [each for each in known if not each.out_of]
    if len(unstated) >= FEWEST_OF_SCALE and 1 < max(e.points for e in unstated) <= SMALL_SCALE:
        first = max(unstated, key=lambda each: each.points)
        value, facts = str(first.points), first.place.facts
        raise BadImport(problem="scale", value=value, like=str(SMALL_SCALE), **facts)
    if len(known) >= FEWEST and all(each.points <= 1 for each in known):
        first = known[0]
        like = f"{first.points * 100:.2f}"
        raise BadImport(problem="fraction", value=str(first.points), like=like, **first.place.facts)
