"""Thai typography: digits, what stays together, dates and windows."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import CHARACTERS
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.dates import format_date, parse_date
from ita_helpers.language.periods import format_window
from ita_helpers.publish.assembly.typography import (
    NO_BREAK,
    Typography,
    fill_years,
    keep_together,
    whole_pieces,
)
from ita_helpers.publish.tree import ContentsEntry, Text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ได้ 92.86 คะแนน", "ได้ 92.86~คะแนน"),
        ("ได้ ๙๒.๘๖ คะแนน", "ได้ ๙๒.๘๖~คะแนน"),
        ("ปีงบประมาณ พ.ศ. 2568 และ", "ปีงบประมาณ พ.ศ.~2568 และ"),
        ("น้ำหนักร้อยละ 30", "น้ำหนักร้อยละ~30"),
        ("ตามตารางที่ 3 และแผนภูมิที่ 4", "ตามตารางที่~3 และแผนภูมิที่~4"),
        ("ข้อ O25 กับข้อ O26", "ข้อ~O25 กับข้อ~O26"),
        ("ภาคผนวก ก ตาราง", "ภาคผนวก~ก ตาราง"),
        ("มาตรา 7 และมาตรา 9", "มาตรา~7 และมาตรา~9"),
        ("ด้านต่าง ๆ และอื่น ๆ ฯลฯ", "ด้านต่าง~ๆ และอื่น~ๆ~ฯลฯ"),
        ("Assessment : ITA", "Assessment~: ITA"),
        ("คำ สอง คำ", "คำ สอง คำ"),
    ],
)
def test_a_number_stays_with_its_word(text, kept):
    assert keep_together(text) == kept.replace("~", NO_BREAK)


def test_codes_and_addresses_keep_their_digits():
    thai = Typography("thai")
    assert thai.text("ข้อ O10 ใน E-Service2 ที่ https://example.org/12 ได้ 85.40") == (
        "ข้อ O10 ใน E-Service2 ที่ https://example.org/12 ได้ ๘๕.๔๐"
    )
    (run,) = thai.inlines((Text("v1.2", code=True, verbatim=True),))
    assert run.text == "v1.2"


def test_a_name_is_kept_whole_and_nothing_is_lost():
    runs = Typography("thai", ("อบต.บางแค", "“ผ่านดี”")).inlines(
        (Text("ระดับของอบต.บางแค คือ “ผ่านดี” ในปี 2568", strong=True),)
    )
    assert [run.text for run in runs if run.whole] == ["อบต.บางแค", "“ผ่านดี”"]
    assert "".join(run.text for run in runs) == "ระดับของอบต.บางแค คือ “ผ่านดี” ในปี ๒๕๖๘"
    assert all(run.strong for run in runs)


@given(
    st.text(CHARACTERS, max_size=60),
    st.lists(st.text(CHARACTERS, min_size=1, max_size=8), max_size=3),
)
def test_typography_never_changes_the_words(text, names):
    runs = Typography("arabic", tuple(names)).inlines((Text(text),))
    shown = "".join(run.text for run in runs).replace(NO_BREAK, " ")
    arabic = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    assert shown == arabic.replace(NO_BREAK, " ")


def test_a_title_is_never_cut_inside_a_compound():
    pieces = whole_pieces("มาตรการส่งเสริมคุณธรรมภายในหน่วยงาน")
    assert "".join(text for text, _ in pieces) == "มาตรการส่งเสริมคุณธรรมภายในหน่วยงาน"
    assert ("ภายใน", True) in pieces


def test_open_years_are_filled_with_this_year_or_the_next():
    runs = (Text("ปีงบประมาณ พ.ศ. … และ พ.ศ. … (ปีถัดไป)"),)
    assert fill_years(runs, 2568)[0].text == "ปีงบประมาณ พ.ศ. 2568 และ พ.ศ. 2569"
    assert ContentsEntry(2, fill_years(runs, 2568), "s1").inlines[0].text.endswith("2569")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2568-10-31", date(2025, 10, 31)),
        ("2025-10-31", date(2025, 10, 31)),
        ("๒๕๖๘-๑๐-๓๑", date(2025, 10, 31)),
        ("31 ตุลาคม 2568", date(2025, 10, 31)),
        ("๓๑ ตุลาคม พ.ศ. ๒๕๖๘", date(2025, 10, 31)),
        ("1 ม.ค. 2569", date(2026, 1, 1)),
        ("29 กุมภาพันธ์ 2567", date(2024, 2, 29)),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["๓๑ กุมภาพันธ์ ๒๕๖๘", "29 กุมภาพันธ์ 2568", "2568-13-01", "31 ต.ค.", "", "วันนี้", "1 มะ 2568"],
)
def test_a_date_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError):
        parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_written_date_is_read_back(day):
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2025, 10, 1), date(2026, 9, 30), "ตลอดปีงบประมาณ พ.ศ. 2569"),
        (date(2025, 10, 1), date(2026, 3, 31), "ต.ค. 2568 – มี.ค. 2569"),
        (date(2026, 1, 5), date(2026, 1, 9), "5 – 9 ม.ค. 2569"),
        (None, date(2026, 1, 9), "ม.ค. 2569"),
        (None, None, ""),
    ],
)
def test_a_window_has_its_years(start, end, written):
    assert format_window(start, end) == written
