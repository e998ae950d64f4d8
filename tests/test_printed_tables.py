"""Tables as offices print them are imported as they stand, or refused with one clear message."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from conftest import assert_helps_the_reader, data_of, ita
from printed_tables import KNOWN, OWN, TABLES, TITLE, Printed, as_text
from typed import own_workspace, table

from ita_helpers.errors import ItaError
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, Found
from ita_helpers.tables.overall import tabulate_overall_history

FILE, PAGE = "ตาราง.csv", "ตาราง.html"


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def written(own, rows: str) -> Path:
    path = own.root / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(row.split("|") for row in rows.split("\n"))
    return path


def read(own, printed: Printed, *, in_document: bool = False) -> Found:
    orders = Asked(own, printed.year, printed.organisation)
    path = in_page(own, printed.rows) if in_document else written(own, printed.rows)
    return read_file(path, orders, path.name)


def in_page(own, rows: str) -> Path:
    """Write a table as a web page; rows of one cell are paragraphs, which part tables."""
    path = own.root / PAGE
    cells = [row.split("|") for row in rows.split("\n")]
    made = []
    for is_table, group in groupby(cells, key=lambda row: len(row) > 1):
        lines = ("".join(f"<td>{each}</td>" for each in row) for row in group)
        table = "".join(f"<tr>{each}</tr>" for each in lines)
        made.append(f"<table>{table}</table>" if is_table else table.replace("td>", "p>"))
    path.write_text(f"<html><body>{''.join(made)}</body>", encoding="utf-8")
    return path


IMPORTED = {name: each for name, each in TABLES.items() if not each.refused}
REFUSED = {name: each for name, each in TABLES.items() if each.refused}


@pytest.mark.parametrize("name", IMPORTED)
def test_a_table_as_printed_gives_what_stands_in_it_and_no_more(own, name):
    printed = IMPORTED[name]
    reading = read(own, printed)
    found = {f"{each.office.name} {each.fiscal_year}": as_text(each) for each in reading.years}
    assert found == {office: set(said.split()) for office, said in printed.result.items()}
    assert not reading.mistakes
    for words in printed.told:
        assert any(words in each for each in reading.remarks), (words, reading.remarks)


@pytest.mark.parametrize("name", IMPORTED)
def test_a_table_in_a_document_gives_no_more_either(own, name):
    printed = IMPORTED[name]
    reading = read(own, printed, in_document=True)
    found = {f"{each.office.name} {each.fiscal_year}": as_text(each) for each in reading.years}
    assert found == {office: set(said.split()) for office, said in printed.result.items()}
    assert not reading.mistakes


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_that_cannot_be_told_is_refused_with_one_message(own, name):
    try:
        reading = read(own, REFUSED[name])
    except ItaError as error:
        (told,) = [error]
    else:
        assert not any(each.scores or each.ranks for each in reading.years)
        (told,) = reading.mistakes
    assert_helps_the_reader(told, *REFUSED[name].refused)


def test_offices_of_one_name_are_told_apart_by_the_district_of_their_row(own):
    printed = TABLES["namesakes in two districts with years as columns"]
    same = replace(printed, rows=printed.rows.replace("ทต.ทุ่งลม", "อบต.ทุ่งลม"))
    plan = compare(own, [read(own, same)])
    placed = {(each.name, each.district, each.province) for each in plan.newcomers}
    name = "องค์การบริหารส่วนตำบลทุ่งลม"
    assert placed == {(name, "เมืองลม", "ลมเย็น"), (name, "ฝนแล้ง", "ลมเย็น")}
    assert len(plan.changes) == 4


TWO_YEARS = "ปีงบประมาณ|คะแนน\n2567|85\n2568|92.86"


def test_a_paper_of_an_office_with_namesakes_asks_once_and_says_how_to_name_it(own):
    path = written(own, f"ผลการประเมิน ITA ของ{KNOWN}\n{TWO_YEARS}")
    refused = ita("import", path, "--yes", root=own.root)
    assert refused.exit_code == 1
    assert refused.output.count(KNOWN) == 2
    assert "--organisation bang-khae" in refused.output
    done = ita("import", path, "--organisation", "bang-khae", "--yes", root=own.root)
    assert done.exit_code == 0, done.output


def test_a_list_is_not_told_to_name_one_office(own):
    rows = f"ปีงบประมาณ พ.ศ. 2568\nที่|หน่วยงาน|คะแนน\n1|{KNOWN}|91\n2|อบต.ทุ่งลม|92"
    refused = ita("import", written(own, rows), "--yes", root=own.root)
    assert refused.exit_code == 1
    assert "--province" in refused.output
    assert "--organisation" not in refused.output


def test_a_row_of_the_office_asked_for_needs_no_province(own):
    rows = f"ปีงบประมาณ พ.ศ. 2568\nที่|หน่วยงาน|คะแนน\n1|{KNOWN}|91\n2|อบต.ทุ่งลม|92"
    done = ita("import", written(own, rows), "--organisation", "bang-khae", "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    assert {each["organisation"] for each in table(own)} == {"bang-khae"}


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("ผล ITA ปี 2568 หน่วยงานในอำเภอแม่สอด จังหวัดตาก", "แม่สอด"),
        ("ผล ITA ปี 2568 องค์กรปกครองส่วนท้องถิ่นจังหวัดตาก", ""),
        ("ผล ITA ปี 2568 ท้องถิ่นในเขตจังหวัดตาก", ""),
    ],
)
@pytest.mark.parametrize("heads", ["หน่วยงาน|คะแนน ITA|ระดับ", "องค์กร|คะแนน|ระดับ"])
def test_a_place_written_on_to_the_words_of_a_title_is_that_of_the_offices(
    own, title, district, heads
):
    path = written(own, f"{title}\n{heads}\nอบต.ทุ่งลม|91|ผ่านดี\nทต.ฝนแล้ง|92|ผ่านดี")
    found = read_file(path, Asked(own), path.name).years
    assert {(each.office.district, each.office.province) for each in found} == {(district, "ตาก")}


def test_a_sentence_against_a_table_is_kept_beside_it(own):
    path = own.root / PAGE
    path.write_text(
        f"<h1>{TITLE} จังหวัดลมเย็น</h1><p>{OWN} มีคะแนนภาพรวม 93.10 คะแนน</p>"
        "<table><tr><th>เครื่องมือ<th>คะแนน<tr><td>IIT<td>91<tr><td>EIT<td>92<tr><td>OIT<td>93"
        "<tr><td>คะแนนรวม<td>92.10</table>",
        encoding="utf-8",
    )
    (year,) = read_file(path, Asked(own), path.name).years
    overall = {(str(e.points), e.status) for e in year.scores if e.code == "ITA"}
    assert overall == {("92.10", "printed"), ("93.10", "conflicting")}


def test_every_value_names_its_cell(own):
    (year,) = read(own, TABLES["instruments with weights"]).years
    assert [each.place.cell for each in year.scores] == ["C3", "C4", "C5", "C6"]


def test_a_name_with_its_abbreviation_is_no_other_office(own):
    plan = compare(own, [read(own, TABLES["a name with its abbreviation"])])
    assert {each.organisation for each in plan.changes} == {"bang-khae"}
    assert not plan.newcomers


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("year, score, level, from before the rules", "ita render bang-khae --year 2568"),
        ("only from before the rules", ""),
        ("counts of a province", ""),
    ],
)
def test_the_advice_after_an_import_names_a_year_that_can_be_rendered_or_none(own, name, advice):
    path = written(own, TABLES[name].rows)
    options = ["--organisation", "bang-khae"] if TABLES[name].organisation else []
    done = ita("import", path, *options, "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    assert advice in done.output
    assert ("ita render" in done.output or "ita params" in done.output) == bool(advice)
    assert table(own, 2560) or "จำนวน" in TABLES[name].rows


def test_no_parameter_file_is_written_for_a_year_without_rules(own):
    path = written(own, TABLES["only from before the rules"].rows)
    assert ita("import", path, "--yes", root=own.root).exit_code == 0
    refused = ita("params", "--year", "2560", root=own.root)
    assert refused.exit_code == 1
    assert not (own.root / "params/2560").exists()


def test_a_year_before_the_rules_stands_in_the_history_and_is_compared_with_nothing(own):
    printed = TABLES["year, score, level, from before the rules"]
    rows = printed.rows.replace("2567|84|ต้องปรับปรุง", "2562|88|A").replace("2561|83.1|สูง\n", "")
    path = written(own, rows.replace("2560|", "2561|"))
    assert ita("import", path, "--organisation", "bang-khae", "--yes", root=own.root).exit_code == 0
    shown = repr(tabulate_overall_history(data_of("bang-khae", 2562, workspace=own)))
    assert "2561 เป็นของดัชนีการประเมินชุดอื่น จึงไม่นำมาเปรียบเทียบ" in shown
    assert "สูงมาก" in shown
    assert "3.35" not in shown
