"""Many offices beside each other: ranks, what is left out and told, and the files that are made."""

from __future__ import annotations

import io
import json
import shutil
from decimal import Decimal
from itertools import pairwise
from operator import mul
from statistics import median

import pytest
from compared import YEAR, make_reports, write_offices, write_report
from conftest import CHARACTERS, ROOT, assert_helps_the_reader, ita, write
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from published_sheets import assert_for_everyone

from ita_helpers.errors import NoOrganisations, NothingToCompare, NotOfOneOffice
from ita_helpers.faces.absent import Absent
from ita_helpers.figures.heat import CUTS, PALE, SHADES, plot_heat, shade_of
from ita_helpers.figures.palette import INK
from ita_helpers.figures.spread import bins_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.offices.comparisons import place_comparison
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.one import Maker
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.reports.comparison import load_comparison
from ita_helpers.reports.gathering import read_comparison
from ita_helpers.run.manifest import Manifest
from ita_helpers.run.sealing import read_report
from ita_helpers.scoring.compared import Scope
from ita_helpers.scoring.ranking import quartile_of, rank_all
from ita_helpers.spreadsheets.book_writer import HEAD
from ita_helpers.store.params import load_parameters
from ita_helpers.tables.compared_sheets import book_of
from ita_helpers.tables.comparison import ENDS, MOST, tabulate_ranks
from ita_helpers.words.comparison import describe_limits, describe_skipped, headline

SAMUT = "สมุทรสงคราม"
HUNDREDTHS = st.integers(0, 300).map(lambda n: Decimal(n).scaleb(-2) + 90)


@pytest.fixture
def own(tmp_path):
    """Give a workspace of four real-looking offices in two provinces, and a made-up one."""
    workspace = Workspace(tmp_path)
    rows = [
        {"organisation": "a", "name": "อบต.ก", "province": SAMUT, "district": "อัมพวา"},
        {"organisation": "b", "name": "อบต.ข", "province": SAMUT, "district": "อัมพวา"},
        {"organisation": "c", "name": "อบต.ค", "province": SAMUT, "district": "เมือง"},
        {"organisation": "d", "name": "อบต.ก", "province": "เชียงราย", "district": "แม่จัน"},
        {"organisation": "z", "name": "อบต.ง (ข้อมูลสมมติ)", "province": SAMUT},
    ]
    write_offices(workspace, rows)
    return workspace


def compare(workspace, **scope):
    return read_comparison(workspace, YEAR, Scope(**scope), "arabic")


def texts(table):
    return [[cell.text for cell in row] for row in table.body]


def said(data):
    return describe_limits(data).paragraphs


@given(st.dictionaries(st.text(CHARACTERS, min_size=1), HUNDREDTHS))
def test_a_rank_is_one_more_than_the_scores_that_are_higher(scores):
    plain = {
        name: 1 + sum(other > score for other in scores.values()) for name, score in scores.items()
    }
    assert rank_all(scores) == plain


@given(st.integers(5, 400).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_quarters_are_told_of_five_or_more(place):
    rank, count = place
    assert (
        (quartile_of(rank, count) - 1) * count <= 4 * (rank - 1) < quartile_of(rank, count) * count
    )
    assert quartile_of(1, 4) == 0


def test_equal_scores_share_a_rank_and_the_next_one_skips(own):
    for code, score in {"a": 90.5, "b": 95.0, "c": 90.5, "d": 80.0}.items():
        write_report(own, code, score)
    table = tabulate_ranks(compare(own))
    assert [(row[0], row[3]) for row in texts(table)] == [
        ("1", "95.00"),
        ("2", "90.50"),
        ("2", "90.50"),
        ("4", "80.00"),
    ]
    assert "จัดอันดับทั้ง 4 แห่ง" in table.notes[0]


def test_a_province_is_ranked_in_the_order_in_which_it_was_published(tmp_path):
    """Of these 13 offices the scores of 2564 are known, not the names.

    Source: table 4.26 of the report on group 6 of ITA 2564 (Prince of Songkla University for the
    NACC): offices of Phichit, page 138, the highest first; two have 94.73.
    """
    workspace = Workspace(tmp_path)
    shown = "98.04 97.41 97.37 97.25 97.08 97.05 96.38 96.08 94.73 94.73 94.46 94.38 94.37".split()
    levels = [*["AA"] * 8, *["A"] * 5]
    codes = [f"row-{place:02d}" for place in range(1, 14)]
    write_offices(workspace, [{"organisation": c, "name": c, "province": "พิจิตร"} for c in codes])
    given = {"levels": "AA A B C D E F".split(), "year": 2564}
    for code, score, level in [*zip(codes, shown, levels, strict=True)][::-1]:
        write_report(workspace, code, float(score), level=level, **given)
    table = tabulate_ranks(read_comparison(workspace, 2564, Scope(province="พิจิตร"), "arabic"))
    told = [(code, score, level) for _, code, score, level in texts(table)]
    assert told == [*zip(codes, shown, levels, strict=True)]
    assert [row[0] for row in texts(table)] == [*map(str, (*range(1, 10), 9, 11, 12, 13))]


def test_offices_of_one_name_are_told_apart_by_their_place(own):
    for code in "abd":
        write_report(own, code, 90.0)
    names = [row[1] for row in texts(tabulate_ranks(compare(own)))]
    assert sorted(names) == ["อบต.ก (อำเภออัมพวา)", "อบต.ก (อำเภอแม่จัน)", "อบต.ข"]


def test_only_offices_of_the_place_type_or_list_are_compared(own):
    for code in "abcd":
        write_report(own, code, 90.0)
    scopes = {"province": SAMUT}, {"district": "อัมพวา"}, {"listed": ("c", "d")}
    found = [[each.code for each in compare(own, **scope).offices] for scope in scopes]
    assert found == [["a", "b", "c"], ["a", "b"], ["c", "d"]]
    with pytest.raises(NoOrganisations) as caught:
        compare(own, province="เชียงใหม่")
    assert_helps_the_reader(caught.value, "เชียงใหม่")


def test_made_up_offices_are_never_mixed_with_others(own):
    for code in "az":
        write_report(own, code, 90.0)
    data = compare(own)
    assert ([each.code for each in data.offices], data.made_up) == (["a"], 1)
    assert any("ข้อมูลสมมติ 1 แห่ง" in each for each in said(data))
    alone = compare(own, listed=("z",))
    assert alone.is_made_up and alone.made_up == 0


def test_an_office_without_a_report_is_missing_and_named(own):
    write_report(own, "a", 90.0)
    data = compare(own, province=SAMUT)
    assert [each.code for each in data.missing] == ["b", "c"]
    assert "อบต.ข" in said(data)[0]
    (own.rendered / str(YEAR) / "a.ipynb").unlink()
    with pytest.raises(NothingToCompare) as caught:
        compare(own, province=SAMUT)
    assert_helps_the_reader(caught.value, "ita render")


def test_notebooks_that_are_no_reports_of_the_year_are_skipped_and_named(own):
    write_report(own, "a", 90.0)
    write_report(own, "b", 91.0, fiscal_year=2567)
    write_report(own, "x", 91.0, file="c")
    write_report(own, "stranger", 91.0)
    write(own, f"rendered/{YEAR}/d.ipynb", '{"cells": [')
    data = compare(own)
    why = {each.file.rpartition("/")[2].removesuffix(".ipynb"): each.why for each in data.skipped}
    assert why == {
        "b": "other_year",
        "c": "other_office",
        "d": "damaged",
        "stranger": "unknown",
    }
    assert [each.code for each in data.offices] == ["a"]
    assert len(describe_skipped(data).paragraphs) == 5
    write_report(own, "b", 91.0, report="follow-up")
    assert "foreign" in [each.why for each in compare(own).skipped]


def test_a_site_compares_the_public_editions_it_has_and_names_nobody_else(own):
    for code in "abc":
        write_report(own, code, 90.0)
        write_report(own, code, 95.0, file=f"{code}-public")
    scope = {"province": SAMUT, "offices": ("a", "b"), "published": True}
    report = load_comparison("x", YEAR, numerals="arabic", edition="public", root=own.root, **scope)
    assert [each.overall for each in report.data.scored] == [95, 95]
    told = [report.limits(), report.headline(), report.to_do(), report.title_page(), report.ranks()]
    shown = "\n".join(map(repr, told))
    assert "2 แห่งที่เผยแพร่รายงานในเว็บไซต์นี้ จาก 3 แห่ง" in shown and "อบต.ค" not in shown
    book = book_of(report.data, ["ขอบเขต"])
    assert [len(each.rows) for each in book.sheets if each.key == "offices"] == [2]
    assert not report.data.skipped


def test_results_under_other_rules_stand_apart(own):
    for code in "abc":
        write_report(own, code, 90.0)
    write_report(own, "d", 99.0, levels=["AA", "A", "B"], level="AA")
    data = compare(own)
    assert [each.code for each in data.apart] == ["d"]
    assert "d" not in data.ranks
    assert any("หลักเกณฑ์" in each and "อบต.ก" in each for each in said(data))


def test_offices_whose_level_is_not_known_are_counted(own):
    write_report(own, "a", 90.0)
    write_report(own, "b", 90.0, level=None)
    write_report(own, "c", None, level=None)
    assert "ไม่มีข้อมูลระดับ 2 แห่ง" in repr(headline(compare(own)))


def test_a_change_is_told_only_across_rules_that_can_be_compared(own):
    write_report(own, "a", 90.0, change=-2.0, comparable="same", previous_overall=92.0)
    write_report(own, "b", 90.0, previous_overall=95.0, comparable="broken")
    data = compare(own, province=SAMUT)
    assert [each.code for each in data.fell] == ["a"]
    assert "1 แห่ง จาก 1 แห่งที่เปรียบเทียบกับปีก่อนได้" in repr(headline(data))
    assert not any(each.level_moved for each in data.offices if each.code == "b")


@pytest.mark.parametrize(
    ("named", "place"), [("ขอนแก่น", "จังหวัดขอนแก่น"), ("กรุงเทพมหานคร", " ระบุกรุงเทพมหานคร")]
)
def test_an_office_whose_report_names_another_province_is_told(own, named, place):
    write_report(own, "a", 90.0, province=named)
    told = said(compare(own, province=SAMUT))
    assert any(place in each and f"จังหวัด{SAMUT}" in each for each in told)


def test_an_office_that_is_listed_twice_is_told(own):
    rows = [
        {"organisation": "a", "name": "อบต.ก", "province": SAMUT, "official_code": "5750101"},
        {"organisation": "d", "name": "อบต.ก", "province": "เชียงราย", "official_code": "5750101"},
    ]
    write_offices(own, rows)
    for code in "ad":
        write_report(own, code, 90.0)
    assert compare(own).twice == (("a", "d"),)


def test_a_published_rank_that_contradicts_the_scores_is_told(own):
    for code, score in {"a": 90.0, "b": 95.0}.items():
        write_report(own, code, score)
    ranks = "organisation,scope,name,rank,out_of,source\na,province,,1,2,\nb,province,,1,2,\n"
    write(own, f"data/ranks/{YEAR}.csv", ranks)
    data = compare(own, province=SAMUT)
    assert [each.code for each in data.contradicted] == ["a"]
    assert texts(tabulate_ranks(data))[1][-1] == "1 จาก 2 (ไม่ตรงกัน)"
    assert not compare(own, listed=("a", "b")).contradicted


def test_data_that_changed_after_a_report_was_made_are_told(own):
    write_report(own, "a", 90.0)
    write_report(own, "b", 91.0)
    scores = "organisation,code,score,status,source,note\na,ITA,90.5,,,\nb,ITA,91.00,,,\n"
    write(own, f"data/scores/{YEAR}.csv", scores)
    found = {each.code: each.changed for each in compare(own, province=SAMUT).offices}
    assert found == {"a": ("data",), "b": ()}


def test_one_office_has_no_rank_and_four_no_quarter(own):
    write_report(own, "a", 90.0)
    alone = tabulate_ranks(compare(own, province=SAMUT))
    assert texts(alone)[0][0] == "อบต.ก"
    assert any("แห่งเดียว" in note for note in alone.notes)
    for code in "bcd":
        write_report(own, code, 91.0)
    report = load_comparison("x", YEAR, numerals="arabic", marked="a", root=own.root)
    assert "อันดับที่ 4 จาก 4 แห่ง" in repr(report.marked())
    assert "กลุ่มที่" not in repr(report.marked())


def test_measures_are_told_as_the_reports_on_them_tell(own):
    write_report(own, "a", 90.0, statuses={"ดำเนินการแล้ว": 1, "ยังไม่ดำเนินการ": 2})
    told = {"report": "follow-up", "as_of": "2026-09-30", "measures": 3, "late": 2}
    write_report(own, "a", None, file="a-follow-up", statuses={"ดำเนินการแล้ว": 1}, **told)
    report = load_comparison("x", YEAR, numerals="arabic", province=SAMUT, root=own.root)
    found = repr(report.measures())
    assert "อบต.ก | 3 | 1 | 2 | 30 กันยายน 2569" in found
    assert "ล่าช้ากว่ากำหนดรวม 2 รายการ" in found


def test_measures_that_should_have_ended_are_told_where_no_report_tells_of_them(own):
    due = {"2000-09-30": 2, "9999-09-30": 1}
    for code in "ab":
        write_report(own, code, 90.0, statuses={"ยังไม่ดำเนินการ": 3}, due=due)
    write_report(own, "a", None, file="a-follow-up", report="follow-up", as_of="2026-09-30", late=1)
    data = compare(own, province=SAMUT)
    assert [data.overdue(each) for each in data.offices] == [0, 2]
    report = load_comparison("x", YEAR, numerals="arabic", province=SAMUT, root=own.root)
    assert "ยังไม่มีรายงานผล (ครบกำหนดแล้ว 2 รายการ)" in repr(report.measures())
    assert "แผนยังไม่ระบุว่าดำเนินการแล้ว | 1 แห่ง | อบต.ข" in repr(report.to_do())


def test_the_manifest_tells_what_the_notebooks_tell(rendered, tmp_path):
    shutil.copytree(rendered / "2568", tmp_path / "out/2568")
    scope = Scope()
    workspace = Workspace(ROOT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITA_RENDERED", str(tmp_path / "out"))
        by_notebook = read_comparison(workspace, 2568, scope)
        Manifest(tmp_path / "out", read_report).close()
        patch.setattr("ita_helpers.reports.recorded.read_json", None)
        by_manifest = read_comparison(workspace, 2568, scope)
    assert by_manifest == by_notebook
    assert len(by_notebook.offices) >= 3 and by_notebook.made_up == 1


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Give more offices than a table lists one by one."""
    return make_reports(tmp_path_factory.mktemp("many"), MOST + 10, ("เชียงราย", "น่าน", "ตาก"))


def test_of_very_many_the_ends_are_listed_and_the_marked_one_between(many):
    data = compare(many)
    middle = data.scored[len(data.scored) // 2]
    report = load_comparison("x", YEAR, marked=middle.code, root=many.root, numerals="arabic")
    rows = texts(report.ranks())
    assert len(rows) == 2 * ENDS + 1 + 3
    assert [row[1] for row in rows if len(row) > 1 and row[1].startswith("»")]
    points = sorted(each.overall for each in data.scored)
    assert f"{median(points):.2f}" in repr(headline(data))
    assert len(texts(report.changes())) <= 22
    assert len(plot_heat(data).faces) == 2
    assert sum(each.count for each in bins_of(data)) == len(data.scored)


def test_a_darker_cell_is_a_lower_score_in_colour_and_in_grey():
    def grey(colour):
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(map(mul, (0.2126, 0.7152, 0.0722), linear)) + 0.05

    assert all(light(each) >= 4.5 * light(INK) for each in SHADES[:PALE])
    assert all(4.5 * light(each) <= 1.05 for each in SHADES[PALE:])
    shades = [grey(each) for each in SHADES]
    assert all(light - dark > 20 for light, dark in pairwise(shades))
    assert [shade_of(Decimal(cut)) for cut in (100, *CUTS)] == [0, 0, 1, 2, 3]


def test_without_indicators_there_is_no_heat_map(own):
    write_report(own, "a", 90.0)
    assert isinstance(plot_heat(compare(own, province=SAMUT)), Absent)


def test_a_parameter_file_is_written_once_for_the_same_offices(own):
    first = place_comparison(own, YEAR, {"province": SAMUT})
    assert first.name == "samut-songkhram-comparison.yml"
    assert place_comparison(own, YEAR, {"province": SAMUT, "offices": []}) == first
    other = place_comparison(own, YEAR, {"province": SAMUT, "marked": "a"})
    assert other.name == "samut-songkhram-2-comparison.yml"
    assert load_parameters(other, own).marked == "a"


def test_a_comparison_never_passes_for_a_report_of_an_office_of_its_name(own):
    write_offices(own, [{"organisation": "samut-songkhram", "name": "อบต.ก", "province": SAMUT}])
    write(own, "params/defaults.yml", f"provinces:\n  {SAMUT}:\n    numerals: arabic\n")
    file = place_comparison(own, YEAR, {"province": SAMUT})
    assert file.name == "samut-songkhram-2-comparison.yml"
    text = file.read_text("utf-8").replace("songkhram-2", "songkhram")
    named = write(own, f"params/{YEAR}/samut-songkhram-comparison.yml", text)
    asked = load_parameters(named, own)
    assert asked.numerals == "thai"
    assert HandingOut(own, own.rendered).names(asked.paper) == {}


def test_what_is_of_one_office_refuses_a_comparison(own):
    write_report(own, "a", 90.0)
    file = place_comparison(own, YEAR, {"province": SAMUT})
    with pytest.raises(NotOfOneOffice) as caught:
        load(own, load_parameters(file, own))
    assert_helps_the_reader(caught.value, "ita compare")
    assert "ita compare" in ita("explain", file, root=own.root).output
    checked = ita("check", file, root=own.root)
    assert "อบต.ข" in checked.output
    stood = json.loads(ita("status", file, "--format", "json", root=own.root).output)
    assert stood[0]["lacks"][0]["kind"] == "render"


def test_what_no_paper_shows_of_a_changed_notebook_is_told(own):
    write_report(own, "a", 90.0)
    notebook = json.loads((ROOT / "notebooks/compare_organisations.ipynb").read_text("utf-8"))
    first, last = notebook["cells"][:5], notebook["cells"][-1:]
    added = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "![](gone.png)"}
    cells = [*first, added, *last]
    write(own, "notebooks/compare_organisations.ipynb", json.dumps({**notebook, "cells": cells}))
    file = place_comparison(own, YEAR, {"province": SAMUT})
    asked = (own, own.rendered, ("html",), "ua-1", False, 60)
    made = Maker(RenderOptions(*asked, is_trusted=True))(file)
    assert made.row.losses == 1
    (line,) = made.messages
    assert all(each in line for each in ("compare_organisations.ipynb", "6", "gone.png"))


def test_a_comparison_of_nothing_is_refused_before_anything_runs(own):
    done = ita("compare", "--province", SAMUT, "--year", YEAR, root=own.root)
    assert done.exit_code == 1
    assert "ita render" in done.output and "NothingToCompare" not in done.output
    assert not [*own.rendered.rglob("*.ipynb")]


@pytest.mark.processes
def test_a_comparison_is_made_in_every_format_and_again_when_a_report_changes(tmp_path):
    workspace = make_reports(tmp_path, 13, (SAMUT,))
    asked = ("compare", "--province", SAMUT, "--year", YEAR, "--to", "html,pdf,docx")
    made = ita(*asked, root=tmp_path)
    assert made.exit_code == 0, made.output
    stem = workspace.rendered / f"{YEAR}/samut-songkhram-comparison"
    page = stem.with_suffix(".html").read_text(encoding="utf-8")
    assert "ภาพรวมสำหรับผู้บริหาร" in page and "<script" not in page
    assert "samut-songkhram-comparison.xlsx" in page and "ทบทวนแล้ว" in page
    assert all(stem.with_suffix(each).stat().st_size for each in (".pdf", ".docx", ".ipynb"))
    content = stem.with_suffix(".xlsx").read_bytes()
    assert_for_everyone(content)
    sheet = load_workbook(io.BytesIO(content))[label("comparison.sheets.offices")]
    ranks = [row[0] for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)]
    assert ranks == sorted(ranks) and len(ranks) == 13
    assert "ยังตรงกับข้อมูล" in ita(*asked, root=tmp_path).output
    write_report(workspace, "made-up-00000", 12.34)
    again = ita("render", workspace.params, "--to", "html", root=tmp_path)
    assert again.exit_code == 0, again.output
    assert "๑๒.๓๔" in stem.with_suffix(".html").read_text(encoding="utf-8")
    assert not stem.with_suffix(".pdf").exists()
