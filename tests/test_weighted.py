"""Points of the overall score are told from scores, and taken for what they are."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from conftest import ROOT, YEARS, assert_helps_the_reader, ita, rules, score, write, write_scores
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ita_helpers.errors import BadScore, InputError
from ita_helpers.files.workspace import Workspace
from ita_helpers.forms.writer import write_form
from ita_helpers.importing.apply import apply
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.scores import WeightedPoints, YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.weighted import are_points, as_weighted, weights_of
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.scores import organisations_with_scores, read_year, require_year
from ita_helpers.words.contradictions import check_result

POINTS = {"ITA": "98.04", "IIT": "30.00", "EIT": "28.04", "OIT": "40.00"}
SCORES = {"ITA": "96.39", "IIT": "100.00", "EIT": "97.96", "OIT": "92.50"}
LOW = {"ITA": "29.00", "IIT": "20.00", "EIT": "30.00", "OIT": "35.00"}


def as_scores(points):
    return {code: score(code, each) for code, each in points.items()}


def weighted(points, year=2568):
    return YearScores("ban-rai", year, as_weighted(rules(year), as_scores(points)))


def lists(workspace, head, *rows, name="ตาราง.csv"):
    """Write a list of offices with the codes ban-rai and ban-rao, as a province sends it."""
    known = read_organisations(workspace)
    names = (known[code].name for code in ("ban-rai", "ban-rao"))
    lines = [f"{office},{row}" for office, row in zip(names, rows, strict=False)]
    return write(workspace, name, "\n".join([f"ชื่อหน่วยงาน,{head}", *lines]) + "\n")


def take(workspace, path, **orders):
    reading = read_file(path, Asked(workspace, **{"fiscal_year": 2568, **orders}))
    plan = compare(workspace, [reading])
    apply(workspace, plan, force=False)
    return plan


def written(workspace, organisation="ban-rai"):
    with workspace.yearly("scores", 2568).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["organisation"] == organisation]
    return {row["code"]: row["score"] for row in rows if row["code"] in POINTS}


TAKEN = {"ITA": "98.04", "IIT": "30.00/30", "EIT": "28.04/30", "OIT": "40.00/40"}
BY_OVERALL = "ITA,IIT,EIT,OIT"


def test_points_in_a_list_are_taken_as_points_and_scores_beside_them_as_scores(small_workspace):
    rows = [",".join(each.values()) for each in (POINTS, SCORES)]
    plan = take(small_workspace, lists(small_workspace, BY_OVERALL, *rows))
    assert written(small_workspace) == TAKEN
    assert written(small_workspace, "ban-rao") == SCORES
    (remark,) = plan.remarks
    told = ("ตาราง.csv", "C2–E2", "IIT (เต็ม 30)", "EIT 28.04 จาก 30", "93.47")
    assert [each for each in told if each not in remark] == [], remark
    assert take(small_workspace, small_workspace.root / "ตาราง.csv").is_empty


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("คะแนน IIT (30),EIT 30 คะแนน,OIT (ร้อยละ 40)", "30.00,28.04,40.00", TAKEN),
        ("IIT ถ่วงน้ำหนัก,คะแนนถ่วงน้ำหนัก EIT,น้ำหนัก ๔๐ OIT", "30.00,28.04,40.00", TAKEN),
        (
            "IIT (100),EIT (100),OIT (100)",
            "20.00,28.04,35.00",
            {"IIT": "20.00", "EIT": "28.04", "OIT": "35.00"},
        ),
        ("คะแนนรวม (100),IIT (30),EIT (30),OIT (40)", ",".join(SCORES.values()), SCORES),
        ("คะแนนรวม,IIT (30),EIT (30),OIT (40)", ",".join(LOW.values()), LOW),
        ("IIT,IIT (30),EIT,OIT", "100,30.00,97.96,92.50", SCORES),
        ("IIT,EIT,OIT", "30.00/30,28.04 / ๓๐,40/40", TAKEN),
        ("IIT,EIT,OIT", "20/100,30/100,35/100", LOW),
        ("ระดับ,IIT,EIT,OIT", "ผ่านดี,30.00,28.04,40.00", TAKEN),
    ],
)
def test_headings_decide_only_where_figures_do_not(small_workspace, head, row, expected):
    write_scores(small_workspace)
    take(small_workspace, lists(small_workspace, head, row))
    wanted = {code: each for code, each in expected.items() if code != "ITA" or "รวม" in head}
    assert written(small_workspace) == wanted


def test_parts_of_an_instrument_are_points_of_their_own_weight(small_workspace):
    row = "98.04,30.00,14.00,14.04,40.00"
    take(small_workspace, lists(small_workspace, "ITA,IIT,EIT ส่วนที่ 1 (15),EIT2,OIT", row))
    with small_workspace.yearly("scores", 2568).open(encoding="utf-8-sig") as file:
        text = file.read()
    assert ",EIT1,14.00/15," in text and ",EIT2,14.04/15," in text


@pytest.mark.parametrize(
    ("row", "cell"),
    [(",30.00,28.04,40.00", "C2"), ("99.00,30.00,28.04,40.00", "C2"), (",,,28.04", "E2")],
)
def test_figures_that_may_be_either_are_refused_with_the_way_to_say_which(
    small_workspace, row, cell
):
    with pytest.raises(InputError) as caught:
        take(small_workspace, lists(small_workspace, BY_OVERALL, row))
    assert_helps_the_reader(caught.value, "ตาราง.csv", cell, "28.04", "/100")
    with pytest.raises(InputError) as caught:
        take(small_workspace, lists(small_workspace, BY_OVERALL, "98.04,30.00,28.04/31,40.00"))
    assert_helps_the_reader(caught.value, "D2", "28.04/31", "30")


def test_points_in_the_form_and_in_the_long_list_are_taken_alike(small_workspace):
    office = find_organisation(small_workspace, "ban-rai")
    rows = [f"ban-rai,{code},{each},,s," for code, each in POINTS.items()]
    head = "organisation,code,score,status,source,note"
    write_scores(small_workspace)
    take(small_workspace, write(small_workspace, "ยาว.csv", "\n".join([head, *rows]) + "\n"))
    assert written(small_workspace) == TAKEN
    form = write_form(small_workspace, 2568, office, small_workspace.root / "แบบ.xlsx")
    sheet = openpyxl.load_workbook(form)["2568"]
    rules_of = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    cells = {sheet.cell(row, 1).value: f"C{row}" for row in range(1, sheet.max_row + 1)}
    assert '"/30"' in rules_of[cells["EIT"]] and '"/40"' in rules_of[cells["OIT"]]
    assert cells["EIT"] in rules_of[cells["EIT"]]
    write_scores(small_workspace)
    take(small_workspace, form)
    assert written(small_workspace) == TAKEN


def test_low_scores_that_are_not_the_whole_are_scores_where_scores_are_asked_for(small_workspace):
    long = "organisation,code,score,status,source,note\nban-rai,{},,s,\n"
    write_scores(small_workspace)
    take(small_workspace, write(small_workspace, "ยาว.csv", long.format("OIT,28.04")))
    assert written(small_workspace) == {"OIT": "28.04"}
    rows = "\n".join(f"ban-rai,{code},{each},,s," for code, each in POINTS.items() if code != "ITA")
    with pytest.raises(InputError):
        take(
            small_workspace, write(small_workspace, "ยาว.csv", f"{long.splitlines()[0]}\n{rows}\n")
        )


def test_points_of_another_weight_in_the_data_are_told(small_workspace):
    write_scores(small_workspace, "IIT,28.04/40,,s,")
    with pytest.raises(BadScore) as caught:
        read_year(small_workspace, "ban-rai", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "28.04/40", "30")


def test_check_tells_of_points_typed_as_scores_and_how_to_write_them(small_workspace):
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    rows = [f"{code},{each},,s," for code, each in POINTS.items()]
    write_scores(small_workspace, *rows)
    run = ita("check", root=small_workspace.root)
    assert run.exit_code == 1
    told = ("แถวที่ 2, 3, 4, 5", "ดูเหมือนเป็นคะแนนถ่วงน้ำหนัก", "28.04/30", "98.04")
    assert [each for each in told if each not in run.output] == [], run.output
    write_scores(small_workspace, *(f"{code},{each},,s," for code, each in TAKEN.items()))
    assert ita("check", root=small_workspace.root).exit_code == 0


def test_a_score_from_points_is_a_range_and_the_total_agrees():
    result = assess(rules(2568), weighted(POINTS))
    assert result.value("EIT") == Fraction(2804, 30)
    assert (result.range("EIT").low, result.range("EIT").high) == (
        Decimal("93.45"),
        Decimal("93.48"),
    )
    assert result.comparisons and all(each.agrees for each in result.comparisons)
    assert result.verdict.level == "ผ่านดี"
    on_the_edge = assess(rules(2568), weighted({"OIT": "34.00"}))
    assert on_the_edge.requirements(rules(2568).level("ผ่านดี"))[-1].state == "open"


def test_what_is_computed_of_points_is_known_nearly_and_of_scores_exactly():
    of_points = assess(
        rules(2568), weighted({"IIT": "28.04", "EIT1": "14.00", "EIT2": "14.04", "OIT": "40"})
    )
    assert of_points.reading("EIT").is_about and of_points.reading("ITA").is_about
    points = as_weighted(rules(2568), as_scores({"IIT": "28.04", "OIT": "40"}))
    scores = as_scores({"1": "93.46", "2": "93.46", "3": "93.47", "4": "93.46", "5": "93.46"})
    both = assess(rules(2568), YearScores("x", 2568, {**points, **scores}))
    assert both.value("IIT") == Fraction("93.462")
    assert both.reading("IIT").is_computed and not both.reading("IIT").is_about


hundredths = st.integers(100, 10_000).map(lambda n: Fraction(n, 100))
thirds = st.integers(300, 30_000).map(lambda n: Fraction(n, 300))
components = st.lists(st.one_of(hundredths, thirds), min_size=4, max_size=4)


@given(st.sampled_from([2565, 2568]), components, st.booleans())
@example(2568, [Fraction(9345, 100)] * 4, False)
def test_the_true_score_lies_in_what_its_points_are_taken_for(year, true, shows_parts):
    iit, first, second, oit = true
    framework = rules(year)
    shows_parts = shows_parts and bool(framework.instrument("EIT").parts)
    exact = {"IIT": iit, "EIT": (first + second) / 2, "OIT": oit, "EIT1": first, "EIT2": second}
    weights = weights_of(framework)
    overall = sum(exact[code] * weights[code] for code in ("IIT", "EIT", "OIT")) / 100
    codes = [code for code in weights if shows_parts or code not in ("EIT1", "EIT2")]
    printed = {code: to_hundredths(exact[code] * weights[code] / 100) for code in codes}
    scores = as_scores({"ITA": to_hundredths(overall), **printed})
    assert are_points(framework, scores, None) is True
    result = assess(framework, YearScores("x", year, as_weighted(framework, scores)))
    assert not result.clashes
    assert all(each.agrees for each in result.comparisons)
    for code in codes:
        taken = WeightedPoints(printed[code], weights[code])
        assert taken.score - taken.slack <= exact[code] <= taken.score + taken.slack
        assert result.range(code).low <= to_hundredths(exact[code]) <= result.range(code).high


@given(components)
def test_scores_with_their_overall_score_are_never_points(true):
    iit, first, second, oit = true
    overall = to_hundredths((3 * iit + 3 * (first + second) / 2 + 4 * oit) / 10)
    exact = {"IIT": iit, "EIT": (first + second) / 2, "OIT": oit}
    assume(overall > 1)
    scores = as_scores({"ITA": overall, **{c: to_hundredths(each) for c, each in exact.items()}})
    assert are_points(rules(2568), scores, None) is False


def test_no_score_of_the_samples_is_taken_for_points():
    workspace = Workspace(ROOT)
    for year in YEARS:
        for organisation in organisations_with_scores(workspace, year):
            found = require_year(workspace, organisation, year, rules(year))
            level = found.result.level if found.result else None
            assert are_points(rules(year), found.scores, level) is False, (organisation, year)
            assert not check_result(assess(rules(year), found))
