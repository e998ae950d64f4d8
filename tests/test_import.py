"""Scores come out of spreadsheets as they stand there, or one message says which cell is wrong."""

from __future__ import annotations

import csv
import shutil
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, assert_helps_the_reader, examples, ita, rules, write
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import needs_calc
from lists import write_list
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from PIL import Image as Pillow
from reading import without_links
from typed import (
    SAMPLE_SCORES,
    TITLES,
    everything,
    fill,
    form,
    imported,
    own_workspace,
    sample_entries,
    sample_rows,
    scores_of,
    table,
    wide,
)

from ita_helpers.forms.writer import render_form
from ita_helpers.importing import files
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, Found, FoundScore, FoundYear, Place
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import to_arabic
from ita_helpers.offices.newcomers import Newcomer, add_organisation
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.records.names import normal
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.scores import read_year


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def test_a_form_filled_in_makes_the_sample_again(own, rendered):
    path = form(own, sample_entries())
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    plan = own.root / "data/plans/2568/bang-khae.csv"
    write(own, str(plan.relative_to(own.root)), (ROOT / plan.relative_to(own.root)).read_bytes())
    assert ita("render", "บางแค", "--year", "2568", root=own.root).exit_code == 0
    for ending in ("html", "pdf"):
        one, other = (
            (folder / f"2568/bang-khae.{ending}").read_bytes()
            for folder in (own.rendered, rendered)
        )
        assert without_links(one) == without_links(other), ending


@pytest.mark.parametrize("with_overall", [True, False])
def test_a_form_says_that_others_made_its_figures_known(own, with_overall):
    entries = {"1": 90, "level": "ผ่านดี", "status": label("form.statuses.reported")}
    imported(own, form(own, entries | ({"ITA": 90} if with_overall else {})))
    assert {row["status"] for row in table(own)} == {"reported"}
    read = read_year(own, "bang-khae", 2568, rules(2568))
    assert read.level_told == "reported"


def test_what_was_imported_names_its_file_and_cell(own):
    imported(own, form(own, sample_entries()))
    (row,) = [each for each in table(own) if each["code"] == "1"]
    assert row["source"].startswith(sample_rows()[0]["source"])
    assert row["source"].endswith("[แบบกรอกคะแนน.xlsx 2568!C27]")
    assert row["status"] == "printed"
    book = openpyxl.load_workbook(own.root / "แบบกรอกคะแนน.xlsx")
    assert book["2568"]["C27"].value == float(row["score"])
    (result,) = table(own, name="results")
    assert result["level"] == "ผ่านดี"


def test_importing_again_changes_nothing(own):
    path = form(own, sample_entries())
    imported(own, path)
    before = everything(own)
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 0
    assert label("cli.import.nothing").split("{{")[0] in done.output
    assert everything(own) == before


def test_a_dry_run_and_a_no_write_nothing(own):
    path = form(own, sample_entries())
    before = everything(own)
    for arguments, answer in (("--dry-run",), None), ((), "n\n"):
        done = ita("import", path, *arguments, root=own.root, answers=answer)
        assert done.exit_code == 0
        assert "98.81" in done.output
        assert everything(own) == before


AS_TYPED = {
    "thai digits": lambda text: text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    "spaces": lambda text: f" {text[:2]} {text[2:]} ",
    "percent": lambda text: f"{text}%",
    "units": lambda text: f"{text} คะแนน",
}


@pytest.mark.parametrize("kind", AS_TYPED)
def test_a_form_typed_in_another_way_imports_the_same(own, kind):
    entries = sample_entries(AS_TYPED[kind])
    imported(own, form(own, entries | {"respondents_iit": "1,234"}))
    assert scores_of(own) == SAMPLE_SCORES
    assert table(own, name="results")[0]["respondents_iit"] == "1234"


def test_a_cell_formatted_as_percent_is_read_as_it_is_shown(own):
    path = form(own, sample_entries())
    book = openpyxl.load_workbook(path)
    rows = {cell.value: cell.row for cell in book["2568"]["A"] if cell.value}
    for code, points in SAMPLE_SCORES.items():
        cell = book["2568"].cell(rows[code], 3)
        cell.value, cell.number_format = float(points / 100), "0.00%"
    book.save(path)
    imported(own, path)
    assert scores_of(own) == SAMPLE_SCORES


@needs_calc
@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_form_saved_by_libreoffice_imports_the_same(own, convert, kind):
    (saved,) = convert(kind, form(own, sample_entries()))
    imported(own, saved)
    assert scores_of(own) == SAMPLE_SCORES
    assert table(own, name="results")[0]["level"] == "ผ่านดี"


@needs_calc
@pytest.mark.libreoffice
def test_the_form_recomputes_and_says_what_does_not_agree(own, convert):
    (saved,) = convert("xlsx", form(own, {**sample_entries(), "OIT": 95.5}))
    sheet = openpyxl.load_workbook(saved, data_only=True)["2568"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    said = {key: (sheet.cell(rows[key], 4).value, sheet.cell(rows[key], 5).value) for key in rows}
    assert said["ITA"] == (pytest.approx(92.8638, abs=1e-4), label("form.agrees"))
    assert said["OIT"] == (pytest.approx(88.75), f"{label('form.differs')} 6.75")


def test_rows_may_be_moved_and_columns_put_in_between(own):
    path = form(own, sample_entries())
    book = openpyxl.load_workbook(path)
    book["2568"].insert_rows(5, 3)
    book["2568"].insert_cols(3, 2)
    book.save(path)
    imported(own, path)
    assert scores_of(own) == SAMPLE_SCORES


def test_earlier_years_items_and_suggestions_come_along(own):
    path = form(own, {"ITA": 90, "i1": "88.5", "e4@2": 71})
    fill(path, {"ITA": 85.25, "level": "ผ่านดี"}, sheet="2567")
    fill(path, {"o20": "ควรเปิดโอกาสให้มีส่วนร่วม", "i2": label("form.named_only")}, column=7 - 1)
    plan = imported(own, path)
    assert scores_of(own) == {"ITA": 90, "i1": Decimal("88.5"), "e4@2": 71}
    assert scores_of(own, year=2567) == {"ITA": Decimal("85.25")}
    suggestions = {row["code"]: row["text"] for row in table(own, name="suggestions")}
    assert suggestions == {"o20": "ควรเปิดโอกาสให้มีส่วนร่วม", "i2": ""}
    assert {each.fiscal_year for each in plan.changes} == {2567, 2568}


@given(
    points=st.dictionaries(
        st.sampled_from(rules(2568).codes),
        st.decimals(0, 100, places=2),
        min_size=1,
    ),
    respondents=st.integers(0, 5000) | st.none(),
    note=st.text(st.characters(exclude_categories=("C",)), max_size=20),
)
@examples(1 / 15)
def test_a_form_written_from_data_and_imported_gives_the_same_data(
    tmp_path_factory, points, respondents, note
):
    first, again = (make_workspace(tmp_path_factory.mktemp("w") / "w") for _ in "ab")
    office = Newcomer.of("องค์การบริหารส่วนตำบลสมมติ (ข้อมูลสมมติ)", code="x", province="สมมตินคร")
    for each in (first, again):
        add_organisation(each, office, 2568)
    entries = {code: float(value) for code, value in points.items()}
    entries |= {"respondents_iit": respondents, "source": "ประกาศผล"}
    notes = (7, {next(iter(points)): note})
    imported(first, form(first, entries, organisation="x", notes=notes))
    known = find_organisation(first, "x")
    exported = again.root / "ส่งออก.xlsx"
    exported.write_bytes(render_form(first, 2568, known))
    imported(again, exported)
    for name in ("scores", "results", "suggestions"):
        one, other = (
            sorted([{k: v for k, v in row.items() if k != "source"} for row in rows], key=str)
            for rows in (table(first, name=name), table(again, name=name))
        )
        assert one == other
    assert scores_of(first, "x") == points


def test_the_long_form_of_the_data_can_be_imported(own):
    for table_name in ("organisations",):
        shutil.copy(ROOT / f"data/{table_name}.csv", own.organisations)
    path = ROOT / "data/scores/2568.csv"
    imported(own, path)
    keys = ("organisation", "code", "score", "status", "note")
    written = [[row[key] for key in keys] for row in table(own) if row["status"] != "conflicting"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[row[key] for key in keys] for row in csv.DictReader(file)]
    rows = [[*row[:2], f"{Decimal(row[2]):.2f}", *row[3:]] for row in rows]
    assert sorted(written) == sorted(row for row in rows if row[3] != "conflicting")


@pytest.fixture
def province(tmp_path):
    workspace = make_workspace(tmp_path / "จังหวัด")
    return workspace, write_list(tmp_path / "รายการ.xlsx", workspace, 120), tmp_path / "รายการ.xlsx"


def test_a_provincial_list_is_imported_in_one_command(province):
    workspace, offices, path = province
    done = ita("import", path, "--year", "2567", "--yes", root=workspace.root)
    assert done.exit_code == 0, done.output
    organisations = read_organisations(workspace)
    assert len(organisations) == 120
    assert all(each.province == "สมมตินคร" for each in organisations.values())
    by_place = {(normal(each.short_name), each.district): each for each in organisations.values()}
    for office in offices:
        short = office.name.replace("องค์การบริหารส่วนตำบล", "อบต.")
        known = by_place[normal(short), office.district]
        points = scores_of(workspace, known.code, 2567)
        assert points == {code: Decimal(text) for code, text in office.points.items()}
    for said in ("D5", "I5", "M5", "C126", "C127"):
        assert f"เซลล์ {said}:" in done.output
    assert all(each.code in done.output for each in organisations.values())


@pytest.mark.processes
def test_the_reports_of_a_list_print_its_totals(province):
    workspace, offices, path = province
    assert ita("import", path, "--year", "2567", "--yes", root=workspace.root).exit_code == 0
    for office in offices[:2]:
        name = office.name if office.name.startswith("องค์") else office.name.split("(")[0].strip()
        code = next(
            each.code
            for each in read_organisations(workspace).values()
            if normal(name.replace("อบต.", "องค์การบริหารส่วนตำบล")) in normal(each.name)
            and each.district == office.district
        )
        done = ita("render", code, "--year", "2567", "--to", "html", root=workspace.root)
        assert done.exit_code == 0, done.output
        page = (workspace.rendered / f"2567/{code}.html").read_text(encoding="utf-8")
        total = office.points["ITA"].translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert total in page


def test_a_short_name_in_two_districts_is_two_offices(province):
    workspace, _, path = province
    imported(workspace, path, fiscal_year=2567)
    found = read_organisations(workspace).values()
    twins = [each for each in found if each.short_name.startswith("อบต.สมมติ1 ")]
    assert len({each.code for each in twins}) == len({each.district for each in twins}) == 2
    done = ita("render", "สมมติ1 (ข้อมูลสมมติ)", "--year", "2567", root=workspace.root)
    assert done.exit_code == 1
    assert all(each.code in done.output for each in twins)


ROW = "องค์การบริหารส่วนตำบลบางแค,อัมพวา,สมุทรสงคราม"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_as_text_is_read_in_any_writing(own, encoding, separator):
    text = f"{TITLES},คะแนนรวม,ระดับ\n{ROW},92.86,ผ่านดี\n".replace(",", separator)
    name = "รายการ.txt" if separator == "\t" else "รายการ.csv"
    imported(own, wide(own, text, name, encoding), fiscal_year=2568)
    assert scores_of(own) == {"ITA": Decimal("92.86")}


def test_a_short_name_is_read_in_full_but_never_matched_alone(own):
    text = "หน่วยงาน,ตชว.1,ตชว.2\nอบต.บางแค,98.81,98.81\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "A2" in message
    assert "bang-khae" in message
    path = wide(own, text, "อีก.csv")
    done = ita(
        "import", path, "--year", "2568", "--province", "จ.สมุทรสงคราม", "--yes", root=own.root
    )
    assert done.exit_code == 0, done.output
    assert set(scores_of(own)) == {"1", "2"}
    assert len(read_organisations(own)) == 1


def test_what_contradicts_is_shown_with_both_and_kept(own):
    imported(own, form(own, sample_entries()))
    before = table(own)
    path = wide(own, f"{TITLES},คะแนนรวม,OIT\n{ROW},93.5,88.75\n")
    done = ita("import", path, "--year", "2568", "--yes", root=own.root)
    assert done.exit_code == 1
    assert "92.86" in done.output
    assert "93.50" in done.output
    assert table(own) == before
    done = ita("import", path, "--year", "2568", "--yes", "--force", root=own.root)
    assert done.exit_code == 0
    assert scores_of(own) == SAMPLE_SCORES | {"ITA": Decimal("93.5"), "OIT": Decimal("88.75")}
    (backup,) = (own.root / "data/scores/backups").glob("*.csv")
    kept = backup.read_text(encoding="utf-8-sig")
    assert kept == "".join(
        [",".join(before[0]) + "\n", *(",".join(row.values()) + "\n" for row in before)]
    )


def refused(workspace, path, *arguments):
    """Import, see that one message says no and that nothing was written; return the message."""
    before = everything(workspace)
    done = ita("import", path, *arguments, "--yes", root=workspace.root)
    assert done.exit_code == 1, done.output
    assert everything(workspace) == before
    message = done.output.strip().splitlines()
    assert len(message) == 1, message
    return message[0]


WRONG_VALUES = {
    "no comma": ("92,86", ["92.86"]),
    "no point": (9286, ["9286", "92.86"]),
    "below": (-3, ["-3"]),
    "word": ("ดี", ["ดี"]),
    "failed formula": ("#REF!", ["#REF!"]),
}


@pytest.mark.parametrize("kind", WRONG_VALUES)
def test_a_value_that_is_no_score_is_told_with_its_cell(own, kind):
    value, expected = WRONG_VALUES[kind]
    message = refused(own, form(own, sample_entries() | {"4": value}))
    for each in (*expected, "แบบกรอกคะแนน.xlsx", "2568", "C30"):
        assert each in message


def test_a_formula_that_calls_out_is_never_followed(own):
    path = form(own, sample_entries() | {"4": '=WEBSERVICE("http://127.0.0.1:9/")'})
    message = refused(own, path)
    assert "C30" in message


def test_a_level_that_the_numbers_exclude_is_told(own):
    path = form(own, sample_entries() | {"level": "ผ่านดีเยี่ยม"})
    message = refused(own, path)
    assert "ผ่านดีเยี่ยม" in message
    assert "ผ่านดี " in message.replace(",", " ")
    assert "--accept" in refused(own, path, "--force")
    assert ita("import", path, "--yes", "--accept", root=own.root).exit_code == 0


def test_each_consent_means_one_thing(own):
    imported(own, form(own, {"1": 90}))
    asked = ("--year", "2568", "--yes")
    similar = wide(own, f"{TITLES},1,2\n{ROW.replace('บางแค', 'บางแคร์')},90,91\n", "ก.csv")
    for consent in ("--force", "--hidden"):
        refused(own, similar, "--year", "2568", consent)
    assert ita("import", similar, *asked, "--accept", root=own.root).exit_code == 0
    assert len(read_organisations(own)) == 2
    changed = wide(own, f"{TITLES},1,2\n{ROW},97,91\n", "ข.csv")
    for consent, status, score in (("--accept", 1, 90), ("--hidden", 1, 90), ("--force", 0, 97)):
        assert ita("import", changed, *asked, consent, root=own.root).exit_code == status
        assert scores_of(own)["1"] == score


def test_a_level_misspelt_is_told_with_the_nearest(own):
    message = refused(own, form(own, sample_entries() | {"level": "ผ่านดีมาก"}))
    assert "C12" in message


def test_a_year_the_form_was_not_made_for_is_told(own):
    path = form(own, sample_entries())
    assert "2566" in refused(own, path, "--year", "2566")
    fill(path, {"fiscal_year": 2575})
    message = refused(own, path)
    assert "2575" in message
    assert "C3" in message


def test_two_plausible_headings_are_told(own):
    text = f"{TITLES},1,2\n{ROW},90,91\n{TITLES},2,1\n{ROW},90,91\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "1" in message
    assert "3" in message


def test_a_heading_that_is_repeated_on_every_page_is_no_trouble(own):
    text = f"{TITLES},1,2\n{ROW},90,91\n{TITLES},1,2\n"
    imported(own, wide(own, text), fiscal_year=2568)
    assert scores_of(own) == {"1": 90, "2": 91}


def test_a_number_and_a_name_that_do_not_belong_together_are_told(own):
    text = f"{TITLES},9. การป้องกันการทุจริต,คะแนนรวม\n{ROW},90,91\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "D1" in message
    assert "10" in message


def test_the_year_of_a_list_must_be_said_and_must_agree(own):
    text = f"{TITLES},1,2\n{ROW},90,91\n"
    assert "--year" in refused(own, wide(own, text))
    titled = wide(own, f"ผล ITA พ.ศ. ๒๕๖๗\n{text}", "ปี.csv")
    message = refused(own, titled, "--year", "2568")
    assert "2567" in message
    imported(own, titled)
    assert set(scores_of(own, year=2567)) == {"1", "2"}


def test_an_office_under_another_spelling_is_asked_about(own):
    text = f"{TITLES},1,2\n{ROW.replace('บางแค', 'บางแคร์')},90,91\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "บางแคร์" in message
    assert "bang-khae" in message
    assert "A2" in message


def test_a_name_of_another_writing_is_the_same_office(own):
    text = f"{TITLES},1,2\n{ROW.replace('แ', 'เเ').replace('ตำบล', 'ตําบล ')},90,91\n"
    imported(own, wide(own, text), fiscal_year=2568)
    assert set(scores_of(own)) == {"1", "2"}
    assert len(read_organisations(own)) == 1


def test_a_name_too_long_for_an_office_is_told(own):
    text = f"{TITLES},1,2\n{'ก' * 120},,,90,91\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "120" in message
    assert "A2" in message


def test_an_office_twice_with_other_values_is_told(own):
    text = f"{TITLES},1,2\n{ROW},90,91\n{ROW},90,92\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "A3" in message
    assert "A2" in message


def test_a_file_of_another_kind_is_told(own):
    for text in ("เรียน ท่านนายก\n", "", "ก,ข\n1,2\n"):
        assert "รายการ.csv" in refused(own, wide(own, text), "--year", "2568")


def test_a_form_of_another_office_is_told(own):
    path = form(own, sample_entries() | {"name": "เทศบาลตำบลบางกระบือ", "type": "เทศบาลตำบล"})
    assert "bang-khae" in refused(own, path)


def test_an_empty_form_is_told(own):
    assert "แบบกรอกคะแนน.xlsx" in refused(own, form(own, {}))


def test_nothing_is_half_written_when_a_table_cannot_be(own, monkeypatch):
    path = form(own, sample_entries())
    write(own, "data/results/2568.csv/keep", "")
    before = everything(own)
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 1
    assert everything(own) == before
    assert_helps_the_reader(done.output.strip())


def test_one_import_never_overwrites_what_it_brought_itself(own):
    first = wide(own, f"{TITLES},คะแนนรวม,1\n{ROW},92.86,98\n", "ก.csv")
    second = wide(own, f"{TITLES},คะแนนรวม,1\n{ROW},62.86,98\n", "ข.csv")
    before = everything(own)
    done = ita("import", first, second, "--year", "2568", "--yes", root=own.root)
    assert done.exit_code == 1
    assert "ก.csv" in done.output and "ข.csv" in done.output
    assert everything(own) == before


def test_a_second_published_figure_stays_beside_the_first(own):
    rows = "organisation,code,score,status,source,note\n"
    rows += "bang-khae,ITA,92.86,printed,ก,\nbang-khae,ITA,94.88,conflicting,ข,พิมพ์ไม่ตรงกัน\n"
    path = wide(own, rows, "2568.csv")
    imported(own, path)
    statuses = {row["status"]: row["score"] for row in table(own)}
    assert statuses == {"printed": "92.86", "conflicting": "94.88"}
    assert not imported(own, path).changes


def test_a_province_of_the_title_and_of_the_command_must_agree(own):
    text = "ผล ITA จังหวัดราชบุรี\nหน่วยงาน,1,2\nอบต.บางแค,90,91\n"
    message = refused(own, wide(own, text), "--year", "2568", "--province", "สมุทรสงคราม")
    assert "ราชบุรี" in message
    assert "สมุทรสงคราม" in message


DISTRICTS = {
    "title": "อำเภอบางคนที จังหวัดสมุทรสงคราม,,\nหน่วยงาน,1,2\nอบต.บางแค,90,91\n",
    "row": "จังหวัดสมุทรสงคราม,,\nหน่วยงาน,1,2\n2,อำเภอบางคนที จำนวน 3 แห่ง,\nอบต.บางแค,90,91\n",
    "column": "ผล,จังหวัดสมุทรสงคราม,,\nหน่วยงาน,อำเภอ,1,2\nอบต.ก,บางคนที,90,91\nอบต.บางแค,,90,91\n",
}


@pytest.mark.parametrize("kind", DISTRICTS)
def test_the_district_of_a_list_tells_offices_apart(own, kind):
    imported(own, wide(own, DISTRICTS[kind]), fiscal_year=2568)
    known = read_organisations(own)
    assert {each.district for each in known.values() if each.code != "bang-khae"} == {"บางคนที"}
    assert not scores_of(own)


@pytest.mark.parametrize("name", ["เขตบางรัก", "อำเภอเมืองตาก", "อ.แม่จัน", "กิ่งอำเภอสมมติ"])
@pytest.mark.parametrize("cells", ["90,91", "๙๐.๕,", ",91", "90.00%,91", "100,"])
def test_a_row_with_scores_is_an_office_whatever_its_name(own, name, cells):
    heads = "ที่,หน่วยงาน,ประเภท,จังหวัด,1,2"
    rows = f"1,{name},,ตาก,{cells}\n2,อบต.ก,,ตาก,80,81\n"
    read = read_file(wide(own, f"{heads}\n{rows}"), Asked(own, 2568))
    first, second = read.years
    assert (first.office.name, second.office.district) == (name, "")
    assert first.scores


def test_a_row_that_names_a_district_is_told(own):
    read = read_file(wide(own, DISTRICTS["row"]), Asked(own, 2568))
    (remark,) = [each for each in read.remarks if "บางคนที" in each]
    assert "A3" in remark


def test_a_list_is_read_for_the_one_office_that_is_asked_for(own):
    text = f"{TITLES},1,2\n{ROW},90,91\n{ROW.replace('บางแค', 'อื่น')},80,81\n"
    path = wide(own, text)
    asked = ("--year", "2568", "--organisation", "bang-khae", "--yes")
    assert ita("import", path, *asked, root=own.root).exit_code == 0
    assert scores_of(own) == {"1": 90, "2": 91}
    assert len(read_organisations(own)) == 1


@pytest.mark.parametrize("year", ["²", "๒๕²๘", "25680", "-2568", "พ.ศ."])
def test_a_year_of_the_form_that_is_none_is_told_with_its_cell(own, year):
    message = refused(own, form(own, {"fiscal_year": year, "ITA": 90}))
    assert to_arabic(year) in message
    assert "C3" in message


@pytest.mark.parametrize(
    ("code", "reason"), [("Bang Khae", "a–z"), ("../../x", "a–z"), ("con", "Windows")]
)
def test_a_code_typed_in_the_form_must_be_one(own, code, reason):
    entries = sample_entries() | {"organisation": code, "name": "อบต.ใหม่ (ข้อมูลสมมติ)"}
    assert reason in refused(own, form(own, entries, organisation=""))


def test_shares_of_one_are_not_taken_for_points(own):
    text = f"{TITLES},1,2,คะแนนรวม\n{ROW},0.98,0.97,0.9286\n"
    message = refused(own, wide(own, text), "--year", "2568")
    assert "98.00" in message
    assert "D2" in message


def test_a_column_of_another_year_is_not_read(own):
    text = f"{TITLES},คะแนนรวมปี 2567,คะแนนรวม ปี 2568,1\n{ROW},80,90,91\n"
    imported(own, wide(own, text), fiscal_year=2568)
    assert scores_of(own) == {"ITA": 90, "1": 91}


def test_values_added_to_a_result_name_their_source_too(own):
    imported(own, wide(own, f"{TITLES},1,ระดับ\n{ROW},90,ผ่านดี\n", "ก.csv"), fiscal_year=2568)
    imported(own, wide(own, f"{TITLES},1,ผู้ตอบ IIT\n{ROW},90,35\n", "ข.csv"), fiscal_year=2568)
    (row,) = table(own, name="results")
    assert (row["level"], row["respondents_iit"]) == ("ผ่านดี", "35")
    assert "ก.csv" in row["source"] and "ข.csv" in row["source"]


@pytest.mark.parametrize(
    ("code", "typed", "told"),
    [
        ("ITA", 82.86, ["82.86", "92.86", "87.50"]),
        ("7", 9.23, ["9.23", "92.86", "84.77"]),
        ("9", 78.5, ["78.50", "92.86"]),
    ],
)
def test_figures_that_exclude_each_other_are_told_before_anything_is_written(
    own, code, typed, told
):
    entries = {key: each for key, each in sample_entries().items() if key != "level"}
    path = form(own, entries | {code: typed})
    shown = ita("import", path, "--dry-run", root=own.root)
    assert "ตัวเลขที่ควรตรวจก่อนบันทึก" in shown.output
    assert [each for each in told if each not in shown.output] == [], shown.output
    assert not own.yearly("scores", 2568).exists()
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 0 and "ตัวเลขที่ควรตรวจก่อนบันทึก" in done.output
    assert own.yearly("scores", 2568).exists()


@pytest.mark.parametrize(
    ("year", "typed", "level", "told"),
    [
        (2568, "(ผ่าน) ระดับ AA", "ผ่าน", "“ผ่าน”"),
        (2568, "ระดับ B / ต้องปรับปรุง", "ต้องปรับปรุง", "“ต้องปรับปรุง”"),
        (2568, "สูงมาก (ผ่านดี)", "ผ่านดี", "“ผ่านดี”"),
        (2568, "Grade A", None, "ไม่ได้อ่านระดับ “Grade A”"),
        (2565, "(ผ่าน) ระดับAA", "AA", "“AA”"),
        (2565, "เกรด B", "B", "“B”"),
    ],
)
def test_a_level_of_another_year_beside_the_own_one_stops_nothing(own, year, typed, level, told):
    plan = imported(own, wide(own, f"{TITLES},1,ระดับ\n{ROW},90,{typed}\n"), fiscal_year=year)
    assert [row["level"] for row in table(own, year, "results")] == ([level] if level else [])
    (remark,) = plan.remarks
    assert typed in remark and told in remark and "E2" in remark


@pytest.mark.parametrize("typed", ["ไม่ ผ่าน", "ผ่าน ผ่านดี", "ผ่านดีเยี่ยมม", "ระดับ"])
def test_a_level_that_may_be_misread_is_refused(own, typed):
    path = wide(own, f"{TITLES},1,ระดับ\n{ROW},90,{typed}\n")
    assert "E2" in refused(own, path, "--year", "2568")


def test_a_level_of_another_year_in_the_form_stops_nothing(own):
    plan = imported(own, form(own, sample_entries() | {"level": "Grade A"}))
    assert table(own, name="results") == []
    assert scores_of(own) == SAMPLE_SCORES
    assert any("Grade A" in each for each in plan.remarks)


def workbook(own, *rows, name="รายการ.xlsx", title="คะแนน"):
    """Write a list as a workbook: its rows, in a sheet of this title."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    path = own.root / name
    book.save(path)
    return path


HEADS = ["ที่", "ชื่อหน่วยงาน", "อำเภอ", "คะแนน ITA", "ระดับ", "วันที่ประกาศ"]


def row_of(number, score=90, level="", announced="", name="", district="อัมพวา"):
    """Return a row of a list with an office that nobody knows yet."""
    return [number, name or f"อบต.สมมติ{number}", district, score, level, announced]


ERRORS = ["#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#SPILL!", "Err:502"]


def test_a_failed_formula_is_never_a_name_nor_any_other_value(own):
    rows = [row_of(number, name=error) for number, error in enumerate(ERRORS)]
    rows += [row_of(7, district="#N/A"), row_of(8, "#N/A"), row_of(9, level="#N/A")]
    path = workbook(own, HEADS, *rows, row_of(10, announced="#N/A"))
    done = ita("import", path, "--year", "2568", "--yes", root=own.root)
    _, *told = done.output.strip().splitlines()
    places = [*(f"B{row}" for row in range(2, 9)), "C9", "D10", "E11", "F12"]
    assert len(told) == len(places)
    for place, error, line in zip(places, [*ERRORS, *["#N/A"] * 4], told, strict=True):
        assert f"เซลล์ {place}:" in line and error in line
    long = "organisation,code,score,note\nbang-khae,ITA,90,#REF!\n"
    assert "D2" in refused(own, wide(own, long, "2568.csv"))
    assert "#REF!" in refused(own, form(own, {"ITA": 90, "source": "#REF!"}))
    assert len(read_organisations(own)) == 1


def test_all_mistakes_of_a_file_are_told_at_once(own):
    rows = [
        row_of(1, "92,86"),
        row_of(2, name="#N/A"),
        row_of(3, level="ผ่านดีมาก"),
        row_of(4, announced="15/8/1968"),
        row_of(5, 9286),
        row_of(6, name="อบต.บางแคร์"),
        row_of(7),
        row_of(7, 91),
    ]
    path = workbook(own, ["จังหวัดสมุทรสงคราม"], HEADS, *rows)
    before = everything(own)
    done = ita("import", path, "--year", "2568", "--yes", root=own.root)
    assert done.exit_code == 1
    assert everything(own) == before
    first, *told = done.output.strip().splitlines()
    assert "7" in first and len(told) == 7
    for place in ("D3", "B4", "E5", "F6", "D7", "B8", "B10"):
        (line,) = [each for each in told if f"เซลล์ {place}:" in each]
        assert_helps_the_reader(line, "รายการ.xlsx", place)


def test_more_mistakes_than_anybody_reads_are_counted(own):
    path = workbook(own, HEADS, *(row_of(number, "ดี") for number in range(1, 41)))
    done = ita("import", path, "--year", "2568", "--yes", root=own.root)
    assert "40" in done.output and "อีก 10 แห่ง" in done.output
    assert len(done.output.strip().splitlines()) == 31


def test_mistakes_of_a_form_and_of_a_table_are_told_at_once(own):
    done = ita("import", form(own, {"1": "ดี", "2": 9286, "level": "ดี"}), root=own.root)
    assert [each for each in ("C27", "C28", "C12") if each not in done.output] == []
    text = "organisation,code,score\nbang-khae,ITA,ดี\nbang-kae,1,90\nbang-khae,99,80\n"
    done = ita("import", wide(own, text, "2568.csv"), root=own.root)
    assert [each for each in ("C2", "bang-kae", "B4") if each not in done.output] == []


ABSENT = ["ไม่เข้าร่วมการประเมิน", "รอผล", "อยู่ระหว่างประเมิน", "ไม่ ประเมิน", "ยังไม่ประกาศผล", "*"]


@pytest.mark.parametrize("word", ABSENT)
def test_a_word_for_a_missing_score_skips_its_cell_and_is_told(own, word):
    plan = imported(own, workbook(own, HEADS, row_of(1), row_of(2, word, word)), fiscal_year=2568)
    assert len(table(own)) == 1
    assert any("D3" in each and "E3" in each and word in each for each in plan.remarks)
    assert any("B3" in each and "สมมติ2" in each for each in plan.remarks)


@pytest.mark.parametrize("word", ["ดี", "ผ่าน", "ไม่ผ่าน", "รองลงมา 90", "ไม่ 90"])
def test_another_word_in_place_of_a_score_is_asked_about(own, word):
    assert "D2" in refused(own, workbook(own, HEADS, row_of(1, word)), "--year", "2568")


@pytest.mark.parametrize("mark", ["*", "**", "†", "¹", " (1)", "[2]", " *"])
def test_the_mark_of_a_footnote_is_taken_off_kept_and_told(own, mark):
    row = row_of(1, f"92.50{mark}", f"ผ่านดี{mark}", f"15/8/2568{mark}", f"อบต.บางแค{mark}")
    plan = imported(own, workbook(own, ["จังหวัดสมุทรสงคราม"], HEADS, row), fiscal_year=2568)
    (score,) = table(own)
    assert (score["organisation"], score["score"]) == ("bang-khae", "92.50")
    assert score["note"] == mark.strip()
    (result,) = table(own, name="results")
    assert (result["level"], result["announced"]) == ("ผ่านดี", "2025-08-15")
    assert any(mark.strip() in each and "D3" in each for each in plan.remarks)


@pytest.mark.parametrize("mark", ["*", "1)", "(๑)"])
def test_a_mark_alone_is_no_score_and_told(own, mark):
    plan = imported(own, workbook(own, HEADS, row_of(1, mark), row_of(2)), fiscal_year=2568)
    assert [row["score"] for row in table(own)] == ["90.00"]
    assert [mark in each for each in plan.remarks if "D2" in each] == [True]


def besides(own):
    """Write a list of which a cell shows more than its value."""
    book = openpyxl.load_workbook(workbook(own, HEADS, *(row_of(n) for n in range(1, 5))))
    sheet = book.active
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
    sheet["D2"] = CellRichText("92.86", raised)
    sheet["D3"].font = Font(strike=True)
    sheet["D4"] = CellRichText(TextBlock(InlineFont(strike=True), "85.00"), " 92.50")
    sheet["D4"].comment = Comment("หลังอุทธรณ์", "")
    sheet["H5"] = "ยังไม่รวมผลอุทธรณ์"
    picture = BytesIO()
    Pillow.new("RGB", (2, 2)).save(picture, "PNG")
    sheet.add_image(Image(picture), "J2")
    return book


def test_what_a_sheet_shows_besides_its_values_is_told(own):
    book, path = besides(own), own.root / "รายการ.xlsx"
    book.save(path)
    plan = imported(own, path, fiscal_year=2568)
    assert [row["score"] for row in table(own)] == ["92.86", "92.50", "90.00"]
    for cell, words in (("D2", " 1 "), ("D3", "90"), ("D4", "85.00"), ("D4", "หลังอุทธรณ์")):
        assert [each for each in plan.remarks if f"เซลล์ {cell}:" in each and words in each]
    assert [each for each in plan.remarks if "ไม่ได้อ่านคอลัมน์ H" in each]
    assert [each for each in plan.remarks if "ไม่ได้อ่านรูปภาพ" in each]
    book = besides(own)
    book.active["B3"].font = Font(strike=True)
    book.active["D5"] = "=AVERAGE(D2:D4)"
    book.save(path)
    told = ita("import", path, "--year", "2568", "--yes", root=own.root).output
    assert "B3: “อบต.สมมติ2” ถูกขีดฆ่า" in told and "D5: สูตรในเซลล์นี้ยังไม่ได้คำนวณ" in told


@pytest.mark.parametrize("name", ["รวม 4 แห่ง", "คะแนนเฉลี่ยระดับอำเภอ", "สรุป", "รวมทั้งสิ้น"])
def test_a_row_of_sums_is_no_office(own, name):
    plan = imported(own, workbook(own, HEADS, row_of(1), row_of("", name=name)), fiscal_year=2568)
    assert len(table(own)) == 1
    assert [each for each in plan.remarks if "B3" in each and name in each]


def sheets(own, **rows):
    """Write a workbook with a sheet of each name, its rows below a heading."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, each in rows.items():
        sheet = book.create_sheet(name)
        for row in (HEADS, *each):
            sheet.append(row)
    path = own.root / "รายการ.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["2567", "ผล ITA ๒๕๖๗", "ปี 67", "2024"])
def test_a_sheet_of_another_year_is_never_taken_for_the_one_asked_for(own, name):
    alone = sheets(own, **{name: [row_of(1)]})
    message = refused(own, alone, "--year", "2568")
    assert "2567" in message and name in message
    both = sheets(own, **{name: [row_of(1)], "2568": [row_of(2)]})
    plan = imported(own, both, fiscal_year=2568)
    assert [each.name[-1] for each in plan.newcomers] == ["2"]
    assert any(name in each and "2567" in each for each in plan.remarks)
    assert not own.yearly("scores", 2567).exists()


def test_every_sheet_is_of_its_own_year_where_none_is_asked_for(own):
    path = sheets(own, **{"2567": [row_of(1, 80)], "2568": [row_of(1, 90)]})
    imported(own, path)
    assert [row["score"] for year in (2567, 2568) for row in table(own, year)] == ["80.00", "90.00"]


def test_a_file_named_after_another_year_is_not_taken_for_the_one_asked_for(own):
    path = workbook(own, HEADS, row_of(1), name="ผล 2567.xlsx")
    message = refused(own, path, "--year", "2568")
    assert "ผล 2567.xlsx" in message and "2568" in message
    long = wide(own, "organisation,code,score\nbang-khae,ITA,90\n", "2567.csv")
    assert "2567" in refused(own, long, "--year", "2568")
    titled = workbook(own, ["ITA 2568"], HEADS, row_of(1), name="ส่ง 2567.xlsx")
    plan = imported(own, titled, fiscal_year=2568)
    assert any("ส่ง 2567.xlsx" in each for each in plan.remarks)


def test_rows_of_another_year_are_skipped_and_told(own):
    heads = [*HEADS, "ปีงบประมาณ"]
    rows = [[*row_of(1, 80), 2567], [*row_of(1, 90), "๒๕๖๘"]]
    plan = imported(own, workbook(own, heads, *rows), fiscal_year=2568)
    assert [row["score"] for row in table(own)] == ["90.00"]
    assert any("G2" in each and "2567" in each for each in plan.remarks)
    assert "2567" in refused(own, workbook(own, heads, rows[0]), "--year", "2568")


def test_remarks_of_a_list_are_kept_as_notes(own):
    heads = [*HEADS, "หมายเหตุ", "หมายเหตุ"]
    rows = [[*row_of(1), "อุทธรณ์แล้ว", "ก"], row_of(2), [*row_of(3, "*"), "ถอนตัว"]]
    imported(own, workbook(own, heads, *rows), fiscal_year=2568)
    assert [row["note"] for row in table(own)] == ["อุทธรณ์แล้ว; ก", ""]
    rows[0][-1], rows[1] = "ก", [*row_of(2), "ภายหลัง"]
    again = imported(own, workbook(own, heads, *rows), fiscal_year=2568)
    assert [(each.what, each.new) for each in again.changes] == [("note", "ภายหลัง")]
    assert [row["note"] for row in table(own)] == ["อุทธรณ์แล้ว; ก", "ภายหลัง"]
    assert imported(own, workbook(own, heads, *rows), fiscal_year=2568).is_empty


def test_merged_headings_keep_their_names_in_messages(own):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ผล ITA ปี 2568"])
    sheet.append(["ที่", "ชื่อหน่วยงาน", *["IIT"] * 4, "คะแนน ITAA", "เบอร์โทร", "ที่อยู่"])
    sheet.append([None, None, "1", "2", "3", "ผู้กรอก"])
    sheet.append([1, "อบต.สมมติ", 90, 90, 90, "ก", 90, "02", "ก", "ข"])
    for area in ("A1:I1", "A2:A3", "B2:B3", "C2:F2", "G2:G3", "H2:H3", "I2:J3"):
        sheet.merge_cells(area)
    path = own.root / "หัว.xlsx"
    book.save(path)
    plan = imported(own, path)
    assert {row["score"] for row in table(own)} == {"90.00"}
    told = "\n".join(plan.remarks)
    for name in ("IIT ผู้กรอก, เบอร์โทร, ที่อยู่", "“คะแนน ITAA”", "G2"):
        assert name in told


NAMES = [
    *("1. องค์การบริหารส่วนตำบลบางแค", "๑) อบต.บางแค", "(1) อบต. บางแค", "1 อบต.บางแค"),
    *("อบต.บางแค อ.อัมพวา", "อบต.บางแค อำเภออัมพวา จังหวัดสมุทรสงคราม", "อบต.บางแค (อัมพวา)"),
    *("องค์การบริหารส่วนตำบลบางแคอำเภออัมพวา", "1. อบต.บางแค (อ.อัมพวา จ.สมุทรสงคราม)"),
]


def test_an_office_is_known_with_its_place_or_a_running_number_in_its_name(own):
    for name in NAMES:
        for district in ("", "อัมพวา"):
            row = row_of(1, name=name, district=district)
            path = workbook(own, ["จังหวัดสมุทรสงคราม"], HEADS, row)
            plan = compare(own, [read_file(path, Asked(own, 2568))])
            assert not plan.newcomers, name
            assert {each.organisation for each in plan.changes} == {"bang-khae"}


def test_a_place_in_a_name_must_agree_with_its_row(own):
    row = row_of(1, name="อบต.บางแค อ.บางคนที")
    message = refused(own, workbook(own, HEADS, row), "--year", "2568")
    assert "B2" in message and "บางคนที" in message and "อัมพวา" in message


@pytest.mark.parametrize("name", ["สำนักงานเกษตร จังหวัดตาก", "เขตบางรัก", "อบต.เขตแดน"])
def test_a_name_that_only_looks_like_one_with_a_place_stays_whole(own, name):
    plan = imported(own, workbook(own, HEADS, row_of(1, name=name)), fiscal_year=2568)
    (office,) = plan.newcomers
    assert normal(office.name).endswith(normal(name.removeprefix("อบต.")))


def hiding(own, rows=(), columns=(), sheet=""):
    """Write a list of an office shown and one hidden, by its row or in a sheet of its own."""
    path = sheets(own, **{"2568": [row_of(1), row_of(2)], "อื่น": [row_of(3)]})
    book = openpyxl.load_workbook(path)
    for row in rows:
        book["2568"].row_dimensions[row].hidden = True
    for column in columns:
        book["2568"].column_dimensions[column].hidden = True
    if sheet:
        book["อื่น"].sheet_state = sheet
    book.save(path)
    return path


def offices_after(own, path, *arguments, answers=None):
    """Import into a workspace that forgets it again; return the offices, the status, the words."""
    kept = own.organisations.read_bytes()
    done = ita("import", path, "--year", "2568", *arguments, root=own.root, answers=answers)
    known = {each.name[-1] for each in read_organisations(own).values()} & set("123")
    own.organisations.write_bytes(kept)
    shutil.rmtree(own.yearly("scores", 2568).parent, ignore_errors=True)
    return known, done.exit_code, done.output


@pytest.mark.parametrize(
    ("hidden", "left", "place"),
    [
        ({"rows": [3]}, {"2"}, "B3"),
        ({"sheet": "hidden"}, {"3"}, "อื่น"),
        ({"sheet": "veryHidden"}, {"3"}, "อื่น"),
    ],
)
def test_what_a_file_hides_is_told_and_asked_about(own, hidden, left, place):
    path, every = hiding(own, **hidden), {"1", "2", "3"}
    found, status, words = offices_after(own, path, "--yes")
    assert (found, status) == (every - left, 1)
    assert place in words and "สมมติ" + left.copy().pop() in words and "--hidden" in words
    assert offices_after(own, path, "--yes", "--hidden")[:2] == (every, 0)
    assert offices_after(own, path, answers="n\ny\n")[:2] == (every - left, 0)
    assert offices_after(own, path, answers="y\ny\n")[:2] == (every, 0)
    assert offices_after(own, path, answers="y\nn\n")[0] == set()


def test_a_hidden_sheet_of_the_form_is_asked_about(own):
    path = fill(form(own, {"ITA": 90}), {"ITA": 80}, sheet="2567")
    book = openpyxl.load_workbook(path)
    book["2567"].sheet_state = "hidden"
    book.save(path)
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 1 and "2567" in done.output
    assert scores_of(own) == {"ITA": 90} and not own.yearly("scores", 2567).exists()


def test_a_mistake_in_a_hidden_row_stops_nothing_that_is_shown(own):
    path = hiding(own, rows=[3])
    book = openpyxl.load_workbook(path)
    book["2568"]["D3"] = "ดี"
    book.save(path)
    assert offices_after(own, path, "--yes")[:2] == ({"1", "3"}, 1)
    assert "D3" in refused(own, path, "--year", "2568", "--hidden")


def test_a_hidden_column_that_is_read_is_told(own):
    plan = imported(own, hiding(own, columns="D"), fiscal_year=2568)
    assert any("D1" in each and "คะแนน ITA" in each for each in plan.remarks)


def test_leading_zeros_of_a_code_stay(own):
    book = openpyxl.load_workbook(workbook(own, [*HEADS, "รหัสหน่วยงาน"], [*row_of(1), 512]))
    book.active["G2"].number_format = "00000"
    book.save(own.root / "รหัส.xlsx")
    for path in (
        own.root / "รหัส.xlsx",
        workbook(own, [*HEADS, "รหัสหน่วยงาน"], [*row_of(1), "00512"]),
        wide(own, ",".join([*HEADS, "รหัสหน่วยงาน"]) + "\n1,อบต.สมมติ1,อัมพวา,90,,,00512\n"),
    ):
        (office,) = compare(own, [read_file(path, Asked(own, 2568))]).newcomers
        assert office.official_code == "00512"


DOWN = [(9, "90.5"), (8, "91"), (1, "92"), (10, "๘๙.๕")]


@pytest.mark.parametrize("heads", [["order", "value", "score"], ["ที่", "ตัวชี้วัด", "คะแนน"]])
@pytest.mark.parametrize("with_number", [True, False])
def test_a_list_of_one_office_has_its_indicators_one_below_the_other(own, heads, with_number):
    names = {each.code: each.name for each in rules(2568).indicators.list}
    rows = [
        [number, f"{code}. {names[str(code)]}" if with_number else names[str(code)], points]
        for number, (code, points) in enumerate(DOWN, start=3)
    ]
    path = workbook(own, heads, *rows, [None, "คะแนนรวม", 90.75], [None, "อื่น ๆ", 5])
    book = openpyxl.load_workbook(path)
    book.active.append([None, names["2"], "ไม่เข้าร่วม"])
    book.save(path)
    assert "--organisation" in refused(own, path, "--year", "2568")
    plan = imported(own, path, fiscal_year=2568, organisation="bang-khae")
    expected = {str(code): Decimal(to_arabic(points)) for code, points in DOWN}
    assert scores_of(own) == {**expected, "ITA": Decimal("90.75")}
    for word in ("อื่น ๆ", "ไม่เข้าร่วม"):
        assert any(word in each for each in plan.remarks)
    message = refused(
        own,
        workbook(own, heads, *rows, name="ปี 67.xlsx"),
        *("--year", "2568", "--organisation", "bang-khae"),
    )
    assert "2567" in message


def test_a_list_of_one_office_with_two_columns_of_numbers_is_asked_about(own):
    names = [each.name for each in rules(2568).indicators.list]
    path = workbook(own, ["ก", "ข", "ค"], *([name, 91.5, 30.25] for name in names))
    message = refused(own, path, "--year", "2568", "--organisation", "bang-khae")
    assert "B2" in message and "C2" in message


class CardReader:
    """Reads a layout of nobody's, for these tests: one card an office, three cells in a row."""

    def recognises(self, grids):
        return any(grid.cell(0, 0) == "บัตรคะแนน" for grid in grids)

    def read(self, grids, orders):
        (grid,) = grids
        name, points = Place.of(grid, 0, 1), Place.of(grid, 0, 2)
        score = FoundScore("ITA", Decimal(grid.cell(0, 2)), points)
        office = Newcomer.of(grid.cell(0, 1), province=orders.province)
        year = FoundYear(office, name, orders.fiscal_year, (score,))
        return Found((year,), (f"{name}: บัตร",))


def test_a_reader_in_the_list_is_all_that_a_new_layout_takes(own, monkeypatch):
    known = find_organisation(own, "bang-khae")
    path = write(own, "card.csv", f"บัตรคะแนน,{known.name},92.86\n")
    command = ("import", path, "--year", "2568", "--province", known.province, "--yes")
    before = ita(*command, root=own.root)
    assert (before.exit_code, table(own)) == (1, [])
    monkeypatch.setattr(files, "READERS", (CardReader(), *files.READERS))
    done = ita(*command, root=own.root)
    assert (done.exit_code, scores_of(own)) == (0, {"ITA": Decimal("92.86")}), done.output
    assert "B1: บัตร" in done.output
    assert "[card.csv C1]" in table(own)[0]["source"]


def layouts_lacking(readers):
    """Return which layouts users are not told of, and where the line belongs."""
    named, shown = section("cli.import.layouts"), label("cli.import.help")
    for home in (type(each).__module__.rpartition(".")[2] for each in readers):
        if home not in named:
            yield f"language/th/program/cli.yml, import.layouts: {home}"
        elif named[home] not in shown:
            yield f"language/th/program/cli.yml, import.help: {named[home]}"


def test_every_layout_is_named_for_users(own):
    lacking = list(layouts_lacking(files.READERS))
    assert not lacking, "\n".join(lacking)
    message = refused(own, workbook(own, ["ก", "ข"], [1, 2]))
    assert [each for each in section("cli.import.layouts").values() if each not in message] == []


def test_a_layout_without_a_name_is_told_where_the_line_belongs():
    assert list(layouts_lacking([CardReader()])) == [
        "language/th/program/cli.yml, import.layouts: test_import"
    ]


def test_no_reader_takes_anything_from_another():
    homes = {type(each).__module__ for each in files.READERS}
    for home in homes:
        source = Path(sys.modules[home].__file__).read_text(encoding="utf-8")
        assert [other for other in homes if f"from {other} import" in source] == []
