"""Points as numbers and text: parsing, rounding half up to hundredths, formatting with a sign."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ita_helpers.language.thai import to_arabic

_HUNDREDTH = Decimal("0.01")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def parse_number(text: str) -> Decimal:
    """Read a number written in Thai or Arabic digits.

    Raises ``ValueError`` for anything but a plain finite number.
    """
    cleaned = to_arabic(text.strip())
    if not _NUMBER.fullmatch(cleaned):
        raise ValueError(text)
    return Decimal(cleaned) + 0


def to_hundredths(value: Fraction | Decimal) -> Decimal:
    """Round half up to two decimals, the only rounding between the data and the paper.

    >>> to_hundredths(Fraction(96875, 1000))
    Decimal('96.88')
    """
    if isinstance(value, Fraction):
        return round_half_up(value, 2)
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Round to so many decimals, a half away from zero.

    >>> round_half_up(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    twice, divisor = 2 * 10**decimals * abs(value.numerator), value.denominator
    whole = (twice + divisor) // (2 * divisor)
    return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def round_up(value: Fraction) -> Decimal:
    """Round up to two decimals: the least that is enough.

    >>> round_up(Fraction("94.9951"))
    Decimal('95.00')
    """
    return Decimal(-(-value.numerator * 100 // value.denominator)).scaleb(-2)


def format_score(value: Fraction | Decimal) -> str:
    """Write points with two decimals.

    >>> format_score(Fraction(928638, 10000))
    '92.86'
    """
    return f"{to_hundredths(value):.2f}"


def format_count(count: int) -> str:
    """Write how many there are, with commas between thousands.

    >>> format_count(8317)
    '8,317'
    """
    return f"{count:,}"


def format_change(value: Fraction | Decimal) -> str:
    """Write a difference in points with its sign; no change is ``0.00``.

    >>> format_change(Decimal("-9.6"))
    '−9.60'
    """
    rounded = to_hundredths(value)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.2f}"
