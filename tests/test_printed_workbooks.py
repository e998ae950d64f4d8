"""Printed tables in workbooks: merged cells are read, and what is hidden is left out and told."""

from __future__ import annotations

import openpyxl
import pytest
from conftest import ita
from printed_tables import TITLE, as_text
from typed import own_workspace, table

from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked

OFFICE = "องค์การบริหารส่วนตำบลทุ่งลม"


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def book_of(rows):
    book = openpyxl.Workbook()
    for row in rows.split("\n"):
        book.active.append([_value(each) for each in row.split("|")])
    return book


def _value(text):
    return float(text) if text[-2:-1] == "." else text or None


def read(own, book):
    path = own.root / "ตาราง.xlsx"
    book.save(path)
    return read_file(path, Asked(own), "ตาราง.xlsx")


def by_year(reading):
    return {
        (each.office.name, each.fiscal_year, each.is_hidden): as_text(each)
        for each in reading.years
    }


def test_titles_heads_and_labels_may_be_merged(own):
    book = book_of(
        f"{TITLE}|||\nเครื่องมือ|ตัวชี้วัด|ผลคะแนน|\n||2567|2568\n"
        "IIT|1. การปฏิบัติหน้าที่|80.5|91.5\n|2. การใช้งบประมาณ|81.5|92.5"
    )
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5"):
        book.active.merge_cells(area)
    found = by_year(read(own, book))
    assert found == {
        (OFFICE, 2567, False): {"1=80.5", "2=81.5"},
        (OFFICE, 2568, False): {"1=91.5", "2=92.5"},
    }


def test_an_office_merged_over_its_rows_keeps_its_scores(own):
    book = book_of(
        "ผลการประเมิน ITA ปี 2568||\nองค์กร|เครื่องมือ|คะแนน\n"
        "อบต.ทุ่งลม|IIT|91.5\n|OIT|92.5\nทต.ฝนแล้ง|IIT|81.5\n|OIT|82.5"
    )
    for area in ("A1:C1", "A3:A4", "A5:A6"):
        book.active.merge_cells(area)
    assert by_year(read(own, book)) == {
        (OFFICE, 2568, False): {"IIT=91.5", "OIT=92.5"},
        ("เทศบาลตำบลฝนแล้ง", 2568, False): {"IIT=81.5", "OIT=82.5"},
    }


def test_a_mean_merged_as_far_down_as_its_instrument_is_that_of_the_instrument(own):
    book = book_of(
        f"{TITLE}|||\nเครื่องมือ|ตัวชี้วัด|คะแนน|เฉลี่ยรายเครื่องมือ\n"
        "EIT|6. คุณภาพการดำเนินงาน|80.5|82.5\n|7. ประสิทธิภาพการสื่อสาร|82.5|\n"
        "|8. การปรับปรุงระบบการทำงาน|84.5|\n"
        "OIT|9. การเปิดเผยข้อมูล|90.5|91.5\n|10. การป้องกันการทุจริต|92.5|"
    )
    for area in ("A1:D1", "A3:A5", "D3:D5", "A6:A7", "D6:D7"):
        book.active.merge_cells(area)
    expected = "6=80.5 7=82.5 8=84.5 EIT=82.5 9=90.5 10=92.5 OIT=91.5"
    assert by_year(read(own, book)) == {(OFFICE, 2568, False): set(expected.split())}


def test_lines_may_break_within_names_heads_and_numbers(own):
    book = book_of(f"{TITLE}||\nที่|ตัวชี้วัด|คะแนน\n1|x|91.5\n2|x|92.5")
    sheet = book.active
    for cell, text in {
        "C2": "คะแนน\n(ร้อยละ)",
        "A3": "1\n",
        "B3": "การ\nปฏิบัติหน้าที่",
        "B4": "การใช้\nงบประมาณ",
        "A5": "คะแนน\nรวม",
        "C5": "92.10",
    }.items():
        sheet[cell] = text
    assert by_year(read(own, book)) == {(OFFICE, 2568, False): {"1=91.5", "2=92.5", "ITA=92.10"}}


NUMBERED = (
    "ผล ITA ของ อปท. ในจังหวัดลมเย็น ปี 2568||||||||||||\n"
    "อำเภอ|หน่วยงาน|IIT|||||EIT|||OIT||ITA\n||" + "|".join(f"i{at}" for at in range(1, 11)) + "|\n"
    "เมืองลม|อบต.ทุ่งลม|" + "|".join(f"9{at}.5" for at in range(10)) + "|95.9\n"
    "|ทต.ฝนแล้ง|" + "|".join(f"8{at}.5" for at in range(10)) + "|85.9"
)


def test_heads_over_two_rows_with_names_merged_over_both_hold_all_indicators(own):
    book = book_of(NUMBERED)
    for area in ("A1:M1", "A2:A3", "B2:B3", "C2:G2", "H2:J2", "K2:L2", "M2:M3", "A4:A5"):
        book.active.merge_cells(area)
    reading = read(own, book)
    assert by_year(reading) == {
        (OFFICE, 2568, False): {*(f"{at + 1}=9{at}.5" for at in range(10)), "ITA=95.9"},
        ("เทศบาลตำบลฝนแล้ง", 2568, False): {
            *(f"{at + 1}=8{at}.5" for at in range(10)),
            "ITA=85.9",
        },
    }
    assert {(e.office.district, e.office.province) for e in reading.years} == {("เมืองลม", "ลมเย็น")}


def test_codes_of_questions_under_no_instrument_of_theirs_are_told_and_not_taken(own):
    book = book_of(NUMBERED.replace("EIT|||OIT", "|||"))
    for area in ("A1:M1", "A2:A3", "B2:B3", "C2:L2", "M2:M3", "A4:A5"):
        book.active.merge_cells(area)
    reading = read(own, book)
    assert by_year(reading)[(OFFICE, 2568, False)] == {"ITA=95.9"}
    assert any("i6" in each for each in reading.remarks)


ROWS = f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|91.5\nEIT|92.5\nOIT|93.5"


def test_a_hidden_row_is_left_out_and_told(own):
    book = book_of(ROWS)
    book.active.row_dimensions[4].hidden = True
    reading = read(own, book)
    assert by_year(reading) == {
        (OFFICE, 2568, False): {"IIT=91.5", "OIT=93.5"},
        (OFFICE, 2568, True): {"EIT=92.5"},
    }
    plan = compare(own, [reading])
    assert {each.what for each in plan.changes} == {"IIT", "OIT"}
    assert [each.place.cell for each in plan.hidden] == ["B4"]


def test_an_old_figure_in_a_hidden_row_contradicts_nothing(own):
    book = book_of(ROWS + "\nOIT|83.5")
    book.active.row_dimensions[6].hidden = True
    reading = read(own, book)
    assert not reading.mistakes
    assert by_year(reading)[OFFICE, 2568, False] == {"IIT=91.5", "EIT=92.5", "OIT=93.5"}


def test_a_hidden_sheet_is_left_out_and_told(own):
    book = book_of(ROWS)
    book.create_sheet("อื่น")
    book.active.sheet_state, book.active = "hidden", 1
    reading = read(own, book)
    assert by_year(reading) == {(OFFICE, 2568, True): {"IIT=91.5", "EIT=92.5", "OIT=93.5"}}
    assert not compare(own, [reading]).changes


def test_a_hidden_column_that_is_read_is_told(own):
    book = book_of(f"{TITLE}\nเครื่องมือ|2567|2568\nIIT|80.5|91.5\nOIT|81.5|92.5")
    book.active.column_dimensions["B"].hidden = True
    reading = read(own, book)
    assert by_year(reading)[OFFICE, 2567, False] == {"IIT=80.5", "OIT=81.5"}
    assert any("คอลัมน์ที่ซ่อนไว้ด้วย คือ B" in each for each in reading.remarks)


def test_hidden_rows_are_imported_only_when_asked_for(own):
    book = book_of(ROWS.replace("อบต.ทุ่งลม", "อบต.บางแค"))
    book.active.row_dimensions[4].hidden = True
    book.save(own.root / "ตาราง.xlsx")
    asked = ("import", own.root / "ตาราง.xlsx", "--organisation", "bang-khae", "--yes")
    assert ita(*asked, root=own.root).exit_code == 1
    assert {each["code"] for each in table(own)} == {"IIT", "OIT"}
    assert ita(*asked, "--hidden", root=own.root).exit_code == 0
    assert {each["code"] for each in table(own)} == {"IIT", "EIT", "OIT"}
