"""How numbers are written in Thai papers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import CHARACTERS
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.points import format_change, format_score, parse_number, to_hundredths
from ita_helpers.language.thai import THAI_DIGITS, to_arabic, with_numerals

HUNDREDTHS = st.integers(0, 10_000).map(lambda each: Decimal(each).scaleb(-2))


@given(st.text(alphabet=st.sampled_from("0123456789.,/%() ขอคะแนนOITe@:")))
def test_thai_digits_round_trip(text: str) -> None:
    assert to_arabic(with_numerals(text, "thai")) == text


@given(st.text(CHARACTERS))
def test_arabic_numerals_leave_no_thai_digit(text: str) -> None:
    assert not set(with_numerals(text, "arabic")) & set(THAI_DIGITS)


@given(HUNDREDTHS)
def test_a_score_in_thai_digits_is_read_back(points: Decimal) -> None:
    assert parse_number(with_numerals(format_score(points), "thai")) == points


@pytest.mark.parametrize(
    ("arabic", "thai"),
    [
        ("92.86 คะแนน", "๙๒.๘๖ คะแนน"),
        ("ปีงบประมาณ พ.ศ. 2568", "ปีงบประมาณ พ.ศ. ๒๕๖๘"),
        ("ตัวชี้วัดที่ 10", "ตัวชี้วัดที่ ๑๐"),
        ("−9.60", "−๙.๖๐"),
        ("", ""),
    ],
)
def test_numbers_are_written_in_thai_digits(arabic: str, thai: str) -> None:
    assert with_numerals(arabic, "thai") == thai


@pytest.mark.parametrize(
    "token",
    ["O10", "i1", "e1@1", "EIT1", "E-Service", "https://www.ipst.ac.th/news/76226/ita67.html"],
)
def test_codes_and_addresses_keep_their_digits(token: str) -> None:
    assert with_numerals(f"ข้อ {token} ได้ 5", "thai") == f"ข้อ {token} ได้ ๕"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("92.86", "92.86"),
        ("๙๒.๘๖", "92.86"),
        (" 100 ", "100"),
        ("๑0", "10"),
        ("-1", "-1"),
        ("+2.5", "2.5"),
    ],
)
def test_a_number_is_read_in_either_digits(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "nan",
        "inf",
        "-inf",
        "1e2",
        "1,0",
        "1.",
        ".5",
        "1 0",
        "1_0",
        "0x1",
        "９",
        "๑.๒.๓",
        "-",
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(96_875, 1_000), "96.88"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(-5, 1_000), "-0.01"),
        (Fraction(-4, 1_000), "0.00"),
        (Fraction(99_995, 1_000), "100.00"),
        (Fraction(99_994_999, 1_000_000), "99.99"),
        (Decimal("2.675"), "2.68"),
        (Decimal("-2.675"), "-2.68"),
        (Decimal("85"), "85.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction | Decimal, rounded: str) -> None:
    assert to_hundredths(value) == Decimal(rounded)
    assert format_score(value) == rounded


@given(st.decimals(-100, 100, places=5))
def test_a_fraction_and_a_decimal_are_rounded_alike(value: Decimal) -> None:
    assert to_hundredths(Fraction(value)) == to_hundredths(value)


@given(st.fractions(-100, 100))
def test_rounding_moves_a_figure_by_half_a_hundredth_at_most(value: Fraction) -> None:
    assert abs(Fraction(to_hundredths(value)) - value) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(96, 10), "+9.60"),
        (Fraction(-96, 10), "−9.60"),
        (Fraction(0), "0.00"),
        (Fraction(4, 1_000), "0.00"),
        (Fraction(-4, 1_000), "0.00"),
        (Fraction(-5, 1_000), "−0.01"),
        (Decimal("0.5"), "+0.50"),
        (Decimal("-0.001"), "0.00"),
    ],
)
def test_a_change_carries_its_sign_unless_it_rounds_to_nothing(
    value: Fraction | Decimal, written: str
) -> None:
    assert format_change(value) == written
