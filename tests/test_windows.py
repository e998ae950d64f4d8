"""A period is read as people write it, and printed so that it reads as the same one again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.period_words import parse_window
from ita_helpers.language.periods import (
    Window,
    fiscal_window,
    fiscal_year_of,
    format_window,
    months_of,
)

YEAR = (date(2025, 10, 1), date(2026, 9, 30))
WRITTEN = {
    "ต.ค.๖๘-ก.ย.๖๙": YEAR,
    "ต . ค . ๖ ๘ - ก.ย.๖๙": YEAR,
    "ม.ค. - ก.ย.๖๙": (date(2026, 1, 1), date(2026, 9, 30)),
    "ต.ค. - ก.ย.๖๙": YEAR,
    "ต.ค.๖๘ - ก.ย.": YEAR,
    "ต.ค. – ธ.ค.": (date(2025, 10, 1), date(2025, 12, 31)),
    "พ.ย. ๒๕๖๘": (date(2025, 11, 1), date(2025, 11, 30)),
    "ก.พ.": (date(2026, 2, 1), date(2026, 2, 28)),
    "ตลอดปีงบประมาณ": YEAR,
    "ตลอด ปีงบประมาณ": YEAR,
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙": YEAR,
    "ปีงบประมาณ ๖๙": YEAR,
    "ตลอดทั้งปี": YEAR,
    "ตุลาคม ๒๕๖๘ – มีนาคม ๒๕๖๙": (date(2025, 10, 1), date(2026, 3, 31)),
    "ตั้งแต่เดือนตุลาคม ๒๕๖๘ ถึงเดือนมีนาคม พ.ศ. ๒๕๖๙": (date(2025, 10, 1), date(2026, 3, 31)),
    "1 ตุลาคม 2568 - 15 มกราคม 2569": (date(2025, 10, 1), date(2026, 1, 15)),
    "1 - 15 ธ.ค. 68": (date(2025, 12, 1), date(2025, 12, 15)),
    "2568-10-01 - 2569-09-30": YEAR,
    "2568-10-01/2569-09-30".replace("/", " – "): YEAR,
    "2025-10-01 2026-09-30": YEAR,
    "1/10/2568 - 30/9/2569": YEAR,
    "1/10/68-30/9/69": YEAR,
    "ต.ค. 2025 - ก.ย. 2026": YEAR,
    "ไตรมาสที่ ๑-๒": (date(2025, 10, 1), date(2026, 3, 31)),
    "ไตรมาส 4/2569": (date(2026, 7, 1), date(2026, 9, 30)),
    "ไตรมาสที่ 1-4": YEAR,
    "Q1 - Q4": YEAR,
    "ไตรมาส ๒ ปีงบประมาณ ๒๕๖๙": (date(2026, 1, 1), date(2026, 3, 31)),
    "12 เดือน": YEAR,
    "รอบ 6 เดือนแรก": (date(2025, 10, 1), date(2026, 3, 31)),
    "ครึ่งปีหลัง": (date(2026, 4, 1), date(2026, 9, 30)),
    "ปีงบประมาณ พ.ศ. ๒๕๖๙ (ต.ค. ๖๘ - ก.ย. ๖๙)": YEAR,
    "ตลอดปีงบประมาณ พ.ศ. 2569 - 2570": (YEAR[0], date(2027, 9, 30)),
    "ภายในไตรมาส 2": (date(2026, 1, 1), date(2026, 3, 31)),
}
SAYING_MORE = {
    "ทุกเดือน": YEAR,
    "ทุก 3 เดือน": YEAR,
    "ทุกวันที่ ๑๐ ของเดือน": YEAR,
    "อย่างน้อยปีละ 1 ครั้ง": YEAR,
    "ต่อเนื่องตลอดปี": YEAR,
    "ทุกไตรมาส (ม.ค. - ก.ย. 69)": (date(2026, 1, 1), YEAR[1]),
    "พ.ศ. 2569 - 2570": (YEAR[0], date(2027, 9, 30)),
    "ปี ๖๙": YEAR,
    "๒๕๖๙": YEAR,
    "ธ.ค. 68, มี.ค. 69 และ ก.ย. 69": (date(2025, 12, 1), YEAR[1]),
    "ไตรมาส 1 และ 3": (YEAR[0], date(2026, 6, 30)),
    "1 พ.ย. 68 เป็นต้นไป": (date(2025, 11, 1), YEAR[1]),
    "ต.ค. - ธ.ค. 68\nเม.ย. - มิ.ย. 69": (YEAR[0], date(2026, 6, 30)),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_period_is_read_as_people_write_it(text):
    window = parse_window(text, 2569)
    assert (window.start, window.end) == WRITTEN[text]
    assert window.is_common_era == ("ต.ค. 2025" in text)


@pytest.mark.parametrize("text", SAYING_MORE)
def test_words_that_say_more_than_their_days_are_marked(text):
    window = parse_window(text, 2569)
    assert (window.start, window.end, window.says_more) == (*SAYING_MORE[text], True)


@pytest.mark.parametrize("text", ["ภายใน 31 มี.ค. 69", "ภายในเดือนมีนาคม 2569", "ไม่เกิน มี.ค. 69"])
def test_a_day_by_which_something_ends_is_no_first_day(text):
    window = parse_window(text, 2569)
    assert (window.end, window.is_due) == (date(2026, 3, 31), True)


def test_a_period_of_another_year_is_read_as_written():
    assert parse_window("ตุลาคม ๒๕๖๔ – มีนาคม ๒๕๖๕", 2569).start == date(2021, 10, 1)
    assert parse_window("ม.ค.-มี.ค.", 2563).start == date(2020, 1, 1)


NO_WINDOWS = [
    *("", "-", "เร็ว ๆ นี้", "ต.ค.ก.ย.", "13/13/2568", "31 ก.พ. 69", "ต.ค.40", "1-2"),
    *("ภายใน 30 วัน", "6 เดือน", "เมื่อได้รับงบประมาณ", "ธ.ค. 68 และคราวหน้า", "69", "ไตรมาส 3, 2"),
    *("ไตรมาส 5", "ไตรมาส 3-2", "ต.ค.-พ.ย.-ธ.ค.", "ก.ย.๖๙-ต.ค.๖๘", "ตลอดปีงบประมาณหน้า"),
]


@pytest.mark.parametrize("text", NO_WINDOWS)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        parse_window(text, 2569)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(0, 800))
def test_what_is_printed_reads_as_the_same_window(start, days):
    window = Window(start, date.fromordinal(start.toordinal() + days))
    printed = format_window(window.start, window.end)
    assert parse_window(printed, 2569) == window


@given(st.text("0123456789๐๑ตคกยพ.ศ-– /ไตรมาสที่ถึงปีงบประมาณ", max_size=24))
def test_whatever_is_accepted_is_printed_as_the_same_window(text):
    try:
        window = parse_window(text, 2569)
    except ValueError:
        return
    again = parse_window(format_window(window.start, window.end), 2569)
    assert (again.start, again.end) == (window.start, window.end)


@given(st.sampled_from(sorted(WRITTEN)))
def test_the_ways_people_write_print_as_the_same_window(text):
    window = parse_window(text, 2569)
    again = parse_window(format_window(window.start, window.end), 2569)
    assert (again.start, again.end) == (window.start, window.end)


def test_a_fiscal_year_has_twelve_months_and_its_days():
    months = months_of(2569)
    assert months[0][1] == date(2025, 10, 1)
    assert len(months) == 12
    assert fiscal_window(2569) == Window(*YEAR)
    assert {fiscal_year_of(day) for _, day in months} == {2569}
