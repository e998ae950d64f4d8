"""Means and counts of an office's groups stand beside its score, with their names and sources."""

from __future__ import annotations

import pytest
from conftest import SCORE_HEAD, assert_helps_the_reader, data_of, ita, rules, write
from printed_tables import LIST_TITLE, PLACED, as_text
from typed import own_workspace, table

from ita_helpers.checks.words import check_words, collect_facts
from ita_helpers.errors import BadCell
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.store.loading import inputs_of
from ita_helpers.store.organisations import read_office_names, read_organisations
from ita_helpers.store.scores import read_reference, read_result
from ita_helpers.tables.indicators import tabulate_indicators
from ita_helpers.tables.overall import tabulate_overall, tabulate_overall_history
from ita_helpers.tables.sources import tabulate_sources
from ita_helpers.words.headline import headline

OFFICES = """\
organisation,name,short_name,type,district,province,official_code,ministry
ban-rai,องค์การบริหารส่วนตำบลบ้านไร่ (ข้อมูลสมมติ),อบต.บ้านไร่,องค์การบริหารส่วนตำบล,เมืองลม,ลมเย็น,,
all-agencies,หน่วยงานทั้งหมด (ข้อมูลสมมติ),ทั้งหมด,ค่าอ้างอิง,,,,
type,หน่วยงานประเภท อบต.,ประเภท อบต.,ค่าอ้างอิง องค์การบริหารส่วนตำบล,,,,
here,หน่วยงานในจังหวัดลมเย็น,จังหวัดลมเย็น,ค่าอ้างอิง,,ลมเย็น,,
near,หน่วยงานในอำเภอเมืองลม จังหวัดลมเย็น,อำเภอเมืองลม,ค่าอ้างอิง,เมืองลม,ลมเย็น,,
there,หน่วยงานในจังหวัดฝนแล้ง,จังหวัดฝนแล้ง,ค่าอ้างอิง,,ฝนแล้ง,,
namesake,หน่วยงานในอำเภอเมืองลม จังหวัดฝนแล้ง,อำเภอเมืองลม,ค่าอ้างอิง,เมืองลม,ฝนแล้ง,,
ours,หน่วยงานในกระทรวงสมมติ,กระทรวงสมมติ,ค่าอ้างอิง,,,,สมมติ
"""
COUNTED = (
    "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,"
    "assessed,passed,source"
)


@pytest.fixture
def placed(small_workspace):
    write(small_workspace, "data/organisations.csv", OFFICES)
    return small_workspace


def write_means(workspace, year=2568, **means):
    path = workspace.yearly("scores", year)
    text = path.read_text("utf-8") if path.exists() else f"{SCORE_HEAD}\n"
    rows = "".join(f"{code},ITA,{mean},,บัญชีของ {code},\n" for code, mean in means.items())
    write(workspace, f"data/scores/{year}.csv", text + rows)


def in_one_line(shown):
    return " ".join(repr(shown).replace("|", " ").split())


def test_the_table_tells_every_group_of_the_office_and_no_other(placed):
    write_means(placed, type=88, here=90.11, near=91, there=70, namesake=71, ours=72)
    data = data_of("ban-rai", workspace=placed)
    shown = in_one_line(tabulate_overall(data))
    for words in (
        "ค่าเฉลี่ยของจังหวัดลมเย็น 90.11 คะแนน",
        "ค่าเฉลี่ยของอำเภอเมืองลม 91.00 คะแนน",
        "ค่าเฉลี่ยของประเภท อบต. 88.00 คะแนน",
    ):
        assert words in shown
    for other in ("70.00", "71.00", "72.00"):
        assert other not in shown
    sources = in_one_line(tabulate_sources(data))
    assert "ข้อมูลของจังหวัดลมเย็น ปีงบประมาณ พ.ศ. 2568 บัญชีของ here" in sources
    assert "บัญชีของ there" not in sources


def test_beside_the_score_stand_the_nearest_group_and_the_country_and_no_more(placed):
    write_means(placed, type=88, here=90.11, near=91, **{"all-agencies": 93.05})
    write(placed, "data/scores/2567.csv", f"{SCORE_HEAD}\nban-rai,ITA,80,,s,\nhere,ITA,79.5,,s,\n")
    data = data_of("ban-rai", workspace=placed)
    first = in_one_line(headline(data))
    assert "ค่าเฉลี่ยจังหวัดลมเย็น 90.11 คะแนน" in first
    assert "ค่าเฉลี่ยระดับประเทศ 93.05 คะแนน" in first
    assert "91.00" not in first
    history = in_one_line(tabulate_overall_history(data))
    assert "ค่าเฉลี่ยของจังหวัดลมเย็น ค่าเฉลี่ยระดับประเทศ" in history
    assert "79.50" in history


def test_means_of_most_indicators_stand_beside_them(placed):
    write_means(placed, here=90.11)
    assert "ค่าเฉลี่ย" not in in_one_line(tabulate_indicators(data_of("ban-rai", workspace=placed)))
    path = placed.yearly("scores", 2568)
    rows = "".join(f"here,{code},7{code}.25,,s,\n" for code in range(1, 10))
    write(placed, "data/scores/2568.csv", path.read_text("utf-8") + rows)
    shown = in_one_line(tabulate_indicators(data_of("ban-rai", workspace=placed)))
    assert "ค่าเฉลี่ยของจังหวัดลมเย็น" in shown
    assert all(f"7{code}.25" in shown for code in range(1, 10))
    assert "90.11" in shown


def test_counts_of_groups_and_of_the_country_are_told(placed):
    rows = ["here,,,,,,65,58,บัญชี", "all-agencies,,,,,,8325,,ประกาศ"]
    write(placed, "data/results/2568.csv", "\n".join([COUNTED, *rows]) + "\n")
    shown = in_one_line(tabulate_overall(data_of("ban-rai", workspace=placed)))
    counts = "เข้ารับการประเมิน 65 แห่ง ผ่านการประเมิน 58 แห่ง"
    assert f"จำนวนหน่วยงานในจังหวัดลมเย็น {counts}" in shown
    assert "จำนวนหน่วยงานทั้งประเทศ เข้ารับการประเมิน 8,325 แห่ง" in shown


@pytest.mark.parametrize(
    ("counts", "facts"),
    [("20,21", ["passed", "21", "20"]), ("many,", ["assessed", "many"]), (",-1", ["passed", "-1"])],
)
def test_counts_that_cannot_be_are_refused(placed, counts, facts):
    write(placed, "data/results/2568.csv", f"{COUNTED}\nhere,,,,,,{counts},s\n")
    with pytest.raises(BadCell) as caught:
        read_result(placed, "here", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "data/results/2568.csv", 2, *facts)


def test_a_report_depends_on_its_groups_and_on_no_others(placed):
    before = inputs_of(placed, "ban-rai", 2568)
    write_means(placed, there=70)
    assert inputs_of(placed, "ban-rai", 2568) == before
    write_means(placed, here=70)
    assert inputs_of(placed, "ban-rai", 2568) != before


def test_a_workspaces_mean_of_one_year_hides_none_of_the_programs_other_years(placed):
    program = read_reference(placed, 2568, rules(2568))
    assert program
    write_means(placed, year=2567, **{"all-agencies": 50})
    own = read_reference(placed, 2567, rules(2567))
    assert own
    assert own.scores["ITA"].points == 50
    assert read_reference(placed, 2568, rules(2568)) == program


def test_an_offices_words_may_name_its_groups_with_their_means(placed):
    write_means(placed, here=90.11, there=61.37)
    data = data_of("ban-rai", workspace=placed)
    facts = collect_facts(data, "", read_office_names(placed))
    text = "ตัวชี้วัดอื่นอยู่ในจังหวัดลมเย็นซึ่งมีค่าเฉลี่ย {} คะแนน"
    assert not check_words(text.format("90.11"), facts)
    assert [each.found for each in check_words(text.format("61.37"), facts)] == ["61.37"]


def test_imported_means_and_counts_become_rows_of_groups_that_have_no_report(tmp_path):
    own = own_workspace(tmp_path)
    path = own.root / "ตาราง.csv"
    rows = [
        *PLACED.replace("ทุ่งลม", "บางแค").split("\n"),
        "ตัวชี้วัด,หน่วยงาน,อำเภอ,จังหวัด",
        "การใช้งบประมาณ,92,88,91",
        "คะแนนภาพรวม,93,89,92",
    ]
    path.write_text("\n".join(rows).replace("เมืองลม", "อัมพวา").replace("ลมเย็น", "สมุทรสงคราม"))
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    assert "ita render bang-khae --year 2568" in done.output
    scores = {(e["organisation"], e["code"]): e["score"] for e in table(own)}
    assert scores["all-samut-songkhram", "2"] == "91.00"
    assert scores["all-amphawa-samut-songkhram", "ITA"] == "89.00"
    refused = ita("render", "all-samut-songkhram", "--year", 2568, root=own.root)
    assert refused.exit_code == 1
    again = ita("import", path, "--yes", root=own.root)
    assert "ไม่มีสิ่งใดต้องบันทึก" in again.output


def test_a_list_says_the_ministry_of_its_offices(tmp_path):
    own = own_workspace(tmp_path)
    path = own.root / "กระทรวง.csv"
    rows = "ที่,กระทรวง,หน่วยงาน,คะแนน ITA\n1,กระทรวงสมมติ,กรมสมมติ,92.86\n"
    path.write_text(f"ผลการประเมิน ITA ปี 2568\n{rows}", encoding="utf-8")
    assert ita("import", path, "--yes", root=own.root).exit_code == 0
    office = next(e for e in read_organisations(own).values() if e.name == "กรมสมมติ")
    assert office.ministry == "สมมติ"


def test_counts_of_a_list_go_to_the_results_of_their_groups(tmp_path):
    own = own_workspace(tmp_path)
    path = own.root / "จำนวน.csv"
    text = f"{LIST_TITLE}\nประเภท,จำนวนหน่วยงาน,ผ่าน\nอบต.,45,40\nรวม,65,58\n"
    path.write_text(text, encoding="utf-8")
    assert ita("import", path, "--yes", root=own.root).exit_code == 0
    counted = {(e["assessed"], e["passed"]) for e in table(own, name="results")}
    assert counted == {("45", "40"), ("65", "58")}
    assert all("จำนวน.csv" in e["source"] for e in table(own, name="results"))


def test_what_a_report_prints_of_groups_and_ranks_is_read_back_and_nothing_else(placed):
    write_means(placed, type=88, here=90.11, near=91, **{"all-agencies": 93.05})
    write(placed, "data/results/2568.csv", f"{COUNTED}\nhere,,,,,,65,58,บัญชี\n")
    ranks = "organisation,scope,name,rank,out_of,source\nban-rai,province,,76,211,s\n"
    write(placed, "data/ranks/2568.csv", ranks)
    *_, printed = tabulate_overall(data_of("ban-rai", workspace=placed)).faces
    rows = [f"{row[0].text}\t{row[1].text}" for row in printed.body]
    title = "รายงานผลการประเมิน ITA ขององค์การบริหารส่วนตำบลบ้านไร่ (ข้อมูลสมมติ) ปีงบประมาณ พ.ศ. 2568"
    prose = "ข้อความของรายงานซึ่งยาวพอที่จะเป็นย่อหน้าหนึ่งของรายงานที่จัดทำแล้วและไม่ใช่ตารางคะแนน"
    scores = ["เครื่องมือ\tคะแนน", "IIT\t90.00", ""]
    path = placed.root / "รายงาน.txt"
    path.write_text("\n".join([title, *[prose] * 3, "", *scores, "รายการ\tผล", *rows]), "utf-8")
    found = read_file(path, Asked(placed), "รายงาน.txt")
    years = {each.office.code or "ban-rai": as_text(each) for each in found.years}
    assert years == {
        "ban-rai": {"IIT=90.00", "1=81.50", "10=90.50", "province=ลมเย็น:76/211"},
        "here": {"ITA=90.11"},
        "near": {"ITA=91.00"},
        "type": {"ITA=88.00"},
    }
