from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ORGANISATIONS, SCORE_HEAD, assert_helps_the_reader, rules, write, write_scores

from ita_helpers import errors
from ita_helpers.errors import BadCell, BadColumns, UnknownCode
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.loading import inputs_of
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import PublishedResult, read_year, require_year


def read(workspace: Workspace):
    return require_year(workspace, "ban-rai", 2568, rules(2568))


@pytest.mark.parametrize(
    ("row", "kind", "facts"),
    [
        ("1,abc,,s,", errors.BadScore, ["data/scores/2568.csv", 2, "abc"]),
        ("1,-1,,s,", errors.BadScore, [2, "-1"]),
        ("1,100.01,,s,", errors.BadScore, [2, "100.01"]),
        ("1,nan,,s,", errors.BadScore, [2, "nan"]),
        ("1,,,s,", errors.BadScore, [2]),
        ("11,90,,s,", errors.UnknownCode, [2, "11", "2568"]),
        ("o99,90,,s,", errors.UnknownCode, [2, "o99", "o9"]),
        ("1,90,guess,s,", errors.BadCell, [2, "status", "guess"]),
        ("1,90,,s,n,extra", errors.BadCell, [2, "extra"]),
    ],
)
def test_a_bad_score_row_stops_with_file_row_value_and_remedy(small_workspace, row, kind, facts):
    write_scores(small_workspace, row)
    with pytest.raises(kind) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, *facts)


def test_a_score_given_twice_is_refused_with_both_rows(small_workspace):
    write_scores(small_workspace, "1,90,,s,", "2,90,,s,", "1,91,,s,")
    with pytest.raises(errors.RepeatedScore) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "data/scores/2568.csv", 2, 4, "conflicting")


def test_conflicting_scores_are_kept_and_not_used(small_workspace):
    write_scores(small_workspace, "1,90,,s,", "1,91,conflicting,s,why", "1,92,conflicting,s,why")
    year = read(small_workspace)
    assert year.scores["1"].points == 90
    assert [each.points for each in year.conflicting] == [91, 92]


def test_thai_digits_and_letter_case_are_read(small_workspace):
    write_scores(small_workspace, "๑,๙๘.๘๑,,s,", "I1,90,,s,", "Ita,91,,s,", "๙.๑,80,,s,")
    scores = read(small_workspace).scores
    assert {code: str(score.points) for code, score in scores.items()} == {
        "1": "98.81",
        "i1": "90",
        "ITA": "91",
        "9.1": "80",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_the_three_encodings_of_offices_read_the_same(small_workspace, encoding, caplog):
    caplog.set_level("INFO", "ita_helpers")
    text = f"{SCORE_HEAD}\nban-rai,1,90,,รายงานของหน่วยงาน,\n"
    write(small_workspace, "data/scores/2568.csv", text.encode(encoding))
    assert read(small_workspace).scores["1"].source == "รายงานของหน่วยงาน"
    assert ("Windows-874" in caplog.text) == (encoding == "cp874")


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("organisation,code,score,status,source", ["note"]),
        ("organisation,code,points,status,source,note", ["score", "points"]),
        ("", ["organisation"]),
    ],
)
def test_wrong_heads_are_named(small_workspace, head, facts):
    write(small_workspace, "data/scores/2568.csv", head + "\n")
    with pytest.raises(errors.BadColumns) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "data/scores/2568.csv", *facts)


def test_an_unclosed_quotation_mark_swallows_no_rows(small_workspace):
    write_scores(small_workspace, '1,90,,s,"open', "2,91,,s,", "3,92,,s,")
    with pytest.raises(errors.UnreadableFile) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "data/scores/2568.csv")


def test_a_column_twice_is_refused(small_workspace):
    write(small_workspace, "data/scores/2568.csv", f"{SCORE_HEAD},score\nban-rai,1,90,,s,,50\n")
    with pytest.raises(errors.BadColumns) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "score")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe\xfc\xfd"])
def test_a_binary_file_is_no_table(small_workspace, content):
    write(small_workspace, "data/scores/2568.csv", content)
    with pytest.raises(errors.UnreadableFile) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "data/scores/2568.csv")


def test_an_office_without_scores_is_told_where_they_go(small_workspace):
    with pytest.raises(errors.NoScores) as caught:
        require_year(small_workspace, "ban-rao", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "ban-rao", "data/scores/2568.csv")


def test_a_year_without_a_score_file_is_no_scores(small_workspace):
    with pytest.raises(errors.NoScores):
        require_year(small_workspace, "ban-rai", 2567, rules(2567))


def test_an_unknown_office_is_offered_its_nearest(small_workspace):
    with pytest.raises(errors.UnknownOrganisation) as caught:
        find_organisation(small_workspace, "ban-raii")
    assert caught.value.facts["nearest"] == "ban-rai"
    assert_helps_the_reader(caught.value, "ban-raii", "“ban-rai”", "data/organisations.csv")


def test_a_row_to_compare_with_has_no_report(small_workspace):
    with pytest.raises(errors.ReferenceOrganisation) as caught:
        find_organisation(small_workspace, "all-agencies")
    assert_helps_the_reader(caught.value, "all-agencies")


def test_a_year_without_rules_names_the_years_that_have_some(small_workspace):
    with pytest.raises(errors.YearWithoutFramework) as caught:
        read_framework(small_workspace, 2600)
    assert_helps_the_reader(caught.value, 2600, 2562, 2569, "data/frameworks/2600.yml")


def test_a_missing_list_of_offices_is_named(small_workspace):
    small_workspace.organisations.unlink()
    with pytest.raises(errors.FileMissing) as caught:
        read_organisations(small_workspace)
    assert_helps_the_reader(caught.value, "data/organisations.csv")


@pytest.mark.parametrize("code", ["../x", "Ban Rai", "ban-rai", ""])
def test_a_code_that_is_no_slug_or_stands_twice_is_refused(small_workspace, code):
    write(small_workspace, "data/organisations.csv", f"{ORGANISATIONS}{code},ชื่อ,,,,,\n")
    with pytest.raises(errors.BadCell) as caught:
        read_organisations(small_workspace)
    assert_helps_the_reader(caught.value, "data/organisations.csv", 5)


def test_markup_in_a_name_is_kept_as_text(small_workspace):
    write(small_workspace, "data/organisations.csv", f"{ORGANISATIONS}x,<b>**ชื่อ**</b>,,,,,\n")
    assert find_organisation(small_workspace, "x").name == "<b>**ชื่อ**</b>"


@pytest.mark.parametrize(
    ("row", "kind", "facts"),
    [
        ("ดีมาก,,,,,s", errors.UnknownLevel, ["ดีมาก", "ผ่านดี"]),
        ("ผ่าน,32/12/2568,,,,s", errors.BadCell, ["32/12/2568", "announced"]),
        ("ผ่าน,15/8/1968,,,,s", errors.BadCell, ["15/8/1968", "announced", "15 สิงหาคม 2568"]),
        ("ผ่าน,8/5/2025,,,,s", errors.BadCell, ["8/5/2025", "announced", "8 พฤษภาคม 2568"]),
        ("ผ่าน,2568-02-31,,,,s", errors.BadCell, ["2568-02-31"]),
        ("ผ่าน,,-3,,,s", errors.BadCell, ["-3", "respondents_iit"]),
        ("ผ่าน,,,x,,s", errors.BadCell, ["respondents_eit1"]),
    ],
)
def test_a_bad_result_row_is_explained(small_workspace, row, kind, facts):
    write_result(small_workspace, row)
    with pytest.raises(kind) as caught:
        read(small_workspace)
    assert_helps_the_reader(caught.value, "data/results/2568.csv", 2, *facts)


def test_how_a_level_was_read_is_one_of_three_words_or_left_to_its_score(small_workspace):
    assert read_with_status(small_workspace, "").status == ""
    assert read_with_status(small_workspace, "Reported").status == "reported"
    with pytest.raises(errors.BadCell) as caught:
        read_with_status(small_workspace, "conflicting")
    facts = ("data/results/2568.csv", 2, "status", "conflicting", "announced printed หรือ reported")
    assert_helps_the_reader(caught.value, *facts)


def read_with_status(workspace: Workspace, status: str) -> PublishedResult:
    head = ",".join(columns_of("results"))
    row = f"ban-rai,ผ่าน,,{status},,,,s"
    write(workspace, "data/results/2568.csv", f"{head}\n{row}\n")
    return read(workspace).result


def test_a_result_is_read_with_either_era(small_workspace):
    write_result(small_workspace, "ผ่านดี,๒๕๖๘-๐๘-๑๕,28,,,s")
    result = read(small_workspace).result
    assert str(result.announced) == "2025-08-15"
    assert result.respondents == {"iit": 28}


SAVED_AGAIN = {
    "semicolons": lambda text: text.replace(",", ";").encode("utf-8-sig"),
    "trailing commas": lambda text: text.replace("\n", ",,\r\n").encode("utf-8-sig"),
    "tabs in UTF-16": lambda text: text.replace(",", "\t").encode("utf-16"),
    "Windows-874": lambda text: text.encode("cp874"),
}
ANNOUNCED = ("2568-08-15", "2025-08-15", "15/8/2568", "8/15/2025", "15/8/68", "15-Aug-25")


@pytest.mark.parametrize("kind", SAVED_AGAIN)
def test_a_table_that_a_spreadsheet_saved_again_says_the_same(small_workspace, kind):
    saved_again = SAVED_AGAIN[kind]
    expected = read(small_workspace).scores
    folder = small_workspace.root / "data"
    for path in (folder / "organisations.csv", folder / "scores/2568.csv"):
        path.write_bytes(saved_again(path.read_text(encoding="utf-8-sig")))
    head = ",".join(columns_of("results"))
    for day in ANNOUNCED:
        text = f"{head}\nban-rai,ผ่าน,{day},,28,,,s\n"
        write(small_workspace, "data/results/2568.csv", saved_again(text))
        again = read(small_workspace)
        assert again.scores == expected
        assert (str(again.result.announced), again.result.respondents) == (
            "2025-08-15",
            {"iit": 28},
        )


def write_result(workspace: Workspace, row: str) -> None:
    head = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
    write(workspace, "data/results/2568.csv", f"{head}\nban-rai,{row}\n")


def test_an_office_in_the_wrong_case_is_not_passed_over(small_workspace):
    write(small_workspace, "data/scores/2568.csv", f"{SCORE_HEAD}\nBan-Rai,1,90,,s,\n")
    with pytest.raises(errors.BadCell) as caught:
        read_year(small_workspace, "ban-rai", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "data/scores/2568.csv", "แถวที่ 2", "Ban-Rai")


def test_the_nearest_code_is_of_the_same_kind(small_workspace):
    write_scores(small_workspace, "O99,90,,s,")
    with pytest.raises(errors.UnknownCode) as caught:
        read_year(small_workspace, "ban-rai", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "O99", "“o9”")


def test_a_line_break_in_a_cell_leaves_the_message_one_line(small_workspace):
    write_scores(small_workspace, '1,"9\n0x",,,')
    with pytest.raises(errors.BadScore) as caught:
        read_year(small_workspace, "ban-rai", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "9 0x")


def test_a_score_of_minus_nothing_is_nothing(small_workspace):
    write_scores(small_workspace, "1,-0,,s,")
    year = read_year(small_workspace, "ban-rai", 2568, rules(2568))
    assert str(year.scores["1"].points) == "0"


QUESTIONS = "code,text,source\nE3,หน่วยงานเปิดโอกาสให้มีส่วนร่วม,แบบวัด EIT\n"


def test_a_question_typed_once_stands_wherever_its_item_is_named(small_workspace):
    unnamed = next(each for each in rules(2568).all_items if each.code == "e3")
    assert unnamed.name is None
    before = inputs_of(small_workspace, "ban-rai", 2568)
    write(small_workspace, "data/questions/2568.csv", QUESTIONS)
    framework = read_framework(small_workspace, 2568)
    named = {each.code: each.name for each in framework.all_items}
    assert named["e3"] == "หน่วยงานเปิดโอกาสให้มีส่วนร่วม"
    assert [each.name for each in rules(2568).all_items if each.code != "e3"] == [
        name for code, name in named.items() if code != "e3"
    ]
    assert inputs_of(small_workspace, "ban-rai", 2568) != before


def test_words_that_the_rules_have_stay(small_workspace):
    named = next(each for each in rules(2568).all_items if each.name)
    write(small_workspace, "data/questions/2568.csv", f"code,text,source\n{named.code},x,s\n")
    assert read_framework(small_workspace, 2568).all_items == rules(2568).all_items


@pytest.mark.parametrize(
    ("rows", "error", "fact"),
    [
        ("e99,x,s", UnknownCode, "e99"),
        ("e3,x,s\nE3,y,s", BadCell, "ซ้ำ"),
        ("e3,,s", BadCell, "ใส่ข้อความของข้อนั้น"),
        ("e3,x", BadColumns, "source"),
    ],
)
def test_questions_that_cannot_be_taken_are_named(small_workspace, rows, error, fact):
    head = "code,text" if error is BadColumns else "code,text,source"
    write(small_workspace, "data/questions/2568.csv", f"{head}\n{rows}\n")
    with pytest.raises(error) as raised:
        read_framework(small_workspace, 2568)
    assert_helps_the_reader(raised.value, "data/questions/2568.csv", fact)


LOADING = """
import sys
from pathlib import Path
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.loading import load_data
load_data(Workspace(Path(sys.argv[1])), "ban-rai", 2568, "thai")
print([name for name in sys.modules if name in ("lxml", "openpyxl", "ita_helpers.store.plans")])
"""


@pytest.mark.processes
def test_a_report_without_a_plan_loads_no_reader_of_spreadsheets(small_workspace):
    write_scores(small_workspace, "1,90,,s,")
    command = [sys.executable, "-c", LOADING, str(small_workspace.root)]
    assert subprocess.check_output(command, text=True).strip() == "[]"
