"""Dates are read however people and spreadsheets write them, and never of a wrong century."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.dates import (
    BadDate,
    format_date,
    parse_announcement,
    parse_date,
    today_in_thailand,
)
from ita_helpers.language.thai import with_numerals

DAY = date(2025, 8, 15)
WRITTEN = [
    *("2568-08-15", "2025-08-15", "2025-08-15T10:30:00", "2025-08-15 00:00:00", "2025/8/15"),
    *("15/8/2568", "15/08/2568", "15-8-2568", "15.8.2568", "๑๕/๘/๒๕๖๘", "15/8/68", "15/8/2025"),
    *("8/15/2025", "8/15/25", "15-Aug-25", "15 August 2025", "15 ส.ค. 68", "15 ส.ค.68", "15สค68"),
    *("15 สิงหาคม พ.ศ. 2568", "วันที่ 15 เดือนสิงหาคม พ.ศ. 2568", "15 สิงหาคม\u00a02568"),
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_date_is_read_however_it_is_written(text):
    assert parse_announcement(text, 2568) == DAY


@given(st.dates(date(2024, 10, 1), date(2027, 9, 30)), st.sampled_from(["thai", "arabic"]))
def test_what_is_written_is_read_again(day, numerals):
    year = day.year + 543
    for text in (
        format_date(day),
        f"{day.day}/{day.month}/{year}",
        f"{day.day}/{day.month}/{year % 100}",
    ):
        assert parse_announcement(with_numerals(text, numerals), 2568) == day


@pytest.mark.parametrize(
    ("text", "problem", "like"),
    [
        ("15/8/1968", "date_far", "15 สิงหาคม 2568"),
        ("1968-08-15", "date_far", "15 สิงหาคม 2568"),
        ("15 สิงหาคม 2511", "date_far", "15 สิงหาคม 2568"),
        ("15 สิงหาคม 2567", "date_far", ""),
        ("1 ตุลาคม 2570", "date_far", ""),
        ("15/8/11", "date_far", ""),
        ("8/5/2025", "date_order", "8 พฤษภาคม 2568 / 5 สิงหาคม 2568"),
        ("8/15/2568", "date", ""),
        ("31 กุมภาพันธ์ 2568", "date", ""),
        ("15/8", "date", ""),
        ("15 สิงหา 2568", "date", ""),
        ("สิงหาคม 2568", "date", ""),
        ("45884", "date", ""),
    ],
)
def test_a_date_that_may_be_misread_is_refused_with_what_may_be_meant(text, problem, like):
    with pytest.raises(BadDate) as raised:
        parse_announcement(text, 2568)
    assert (raised.value.problem, raised.value.like) == (problem, like)


def test_a_date_of_any_paper_is_near_the_year_it_is_planned_in():
    assert parse_date("30/9/69", 2569) == date(2026, 9, 30)
    assert parse_date("15 ส.ค. 68") == DAY
    for text, planned in (("30 กันยายน 2511", 2569), ("30/9/26", 0)):
        with pytest.raises(BadDate):
            parse_date(text, planned)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all programs")
@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14"])
def test_today_is_thailands_whatever_clock_the_machine_goes_by(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert today_in_thailand() == (datetime.now(UTC) + timedelta(hours=7)).date()
    finally:
        monkeypatch.undo()
        time.tzset()
