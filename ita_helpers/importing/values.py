"""Values as people type them into cells: points, counts, dates, levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ita_helpers.catalogue import label
from ita_helpers.dates import parse_date
from ita_helpers.errors import BadImport, nearest
from ita_helpers.importing.found import Place
from ita_helpers.organisation_names import normal
from ita_helpers.thai import to_arabic

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})", re.ASCII)
_WITHOUT_POINT = re.compile(r"\d{3,6}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})*|\d+", re.ASCII)
_SPACES = re.compile(r"\s+")


def read_points(text: str, place: Place) -> Decimal | None:
    """Return a score (0 to 100 points); nothing for an empty cell or a dash.

    Thai digits, spaces, a percent sign and the word for points may stand there. Raises
    ``BadImport``.
    """
    written = _bare(text)
    if not written:
        return None
    if comma := _DECIMAL_COMMA.fullmatch(written):
        raise BadImport(problem="comma", value=text, like=".".join(comma.groups()), **place.facts)
    if not _NUMBER.fullmatch(written):
        raise BadImport(problem="number", value=text, like="", **place.facts)
    points = Decimal(written)
    if 0 <= points <= 100:
        return points + 0
    raise BadImport(problem="range", value=text, like=_with_point(written), **place.facts)


def read_count(text: str, place: Place) -> str:
    """Return a count as plain digits; thousands may be parted by commas. Raises ``BadImport``."""
    written = _bare(text)
    if written and not _GROUPED.fullmatch(written):
        raise BadImport(problem="count", value=text, like="", **place.facts)
    return written.replace(",", "")


def read_day(text: str, place: Place) -> str:
    """Return a date as ``YYYY-MM-DD`` (C.E.). Raises ``BadImport``."""
    if not _bare(text):
        return ""
    try:
        return parse_date(text).isoformat()
    except ValueError as error:
        raise BadImport(problem="date", value=text, like="", **place.facts) from error


def read_level(text: str, known: Sequence[str], place: Place) -> str:
    """Return the name of a level of the year. Raises ``BadImport`` with the nearest."""
    if not _bare(text):
        return ""
    by_name = {normal(each): each for each in known}
    bare = normal(text).removeprefix(normal(label("import.level_word")))
    if bare not in by_name:
        raise BadImport(
            problem="level", value=text, like=nearest(bare, known) or known[0], **place.facts
        )
    return by_name[bare]


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
