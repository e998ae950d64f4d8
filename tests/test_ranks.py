"""Ranks are kept as published with their group and source, and printed where the result is told."""

from __future__ import annotations

import pytest
from conftest import assert_helps_the_reader, data_of, ita, write
from printed_tables import TITLE
from typed import own_workspace, table

from ita_helpers.errors import BadCell, BadImport
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.store.ranks import read_ranks
from ita_helpers.tables.overall import tabulate_overall
from ita_helpers.tables.sources import tabulate_sources

HEAD = "organisation,scope,name,rank,out_of,source"


def write_ranks(workspace, *rows, year=2568):
    lines = [HEAD, *(f"ban-rai,{row}" for row in rows)]
    return write(workspace, f"data/ranks/{year}.csv", "\n".join(lines) + "\n")


def placed(workspace, district="แม่จัน", province="เชียงราย"):
    path = workspace.organisations
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("ตำบล,,,\nban-rao", f"ตำบล,{district},{province},\nban-rao"), "utf-8"
    )
    return workspace


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        (["village,,1,9,s"], ["scope", "village", "district province type ministry country"]),
        (["province,,10,9,s"], ["rank", "10", "9"]),
        (["province,,0,9,s"], ["rank", "0"]),
        (["province,,,9,s"], ["rank"]),
        (["province,,first,9,s"], ["rank", "first"]),
        (["province,,1,many,s"], ["out_of", "many"]),
        (["province,,1,9,s", "province,,2,9,s"], ["scope", 3]),
    ],
)
def test_a_rank_that_cannot_be_stops_with_file_row_value_and_remedy(small_workspace, rows, facts):
    write_ranks(small_workspace, *rows)
    with pytest.raises(BadCell) as caught:
        read_ranks(small_workspace, "ban-rai", 2568)
    assert_helps_the_reader(caught.value, "data/ranks/2568.csv", *facts)


def test_ranks_are_printed_with_their_groups_and_source_the_smallest_first(small_workspace):
    write_ranks(
        placed(small_workspace),
        "country,,1204,7850,ประกาศ",
        "type,,๘๐,,ประกาศ",
        "province,,76,211,รายชื่อของจังหวัด",
        "district,อื่น,3,9,รายชื่อของจังหวัด",
    )
    data = data_of("ban-rai", workspace=small_workspace)
    shown = repr(tabulate_overall(data))
    told = [
        "อันดับในอำเภออื่น 3 จาก 9 แห่ง",
        "อันดับในจังหวัดเชียงราย 76 จาก 211 แห่ง",
        "อันดับในหน่วยงานประเภทองค์การบริหารส่วนตำบล 80",
        "อันดับของหน่วยงานทั้งประเทศ 1,204 จาก 7,850 แห่ง",
    ]
    places = [" ".join(shown.replace("|", " ").split()).find(each) for each in told]
    assert -1 not in places
    assert places == sorted(places)
    sources = repr(tabulate_sources(data))
    assert "อันดับ ปีงบประมาณ พ.ศ. 2568" in sources
    assert "รายชื่อของจังหวัด" in sources


def test_nothing_is_printed_of_ranks_where_there_are_none(small_workspace):
    write_ranks(small_workspace, "province,,76,211,s", year=2567)
    data = data_of("ban-rai", workspace=small_workspace)
    assert "อันดับ" not in repr(tabulate_overall(data)) + repr(tabulate_sources(data))


@pytest.mark.parametrize(
    ("district", "province", "shown"),
    [("ดุสิต", "กรุงเทพมหานคร", "อันดับในเขตดุสิต"), ("", "", "อันดับในอำเภอ")],
)
def test_a_rank_names_the_offices_own_district(small_workspace, district, province, shown):
    write_ranks(placed(small_workspace, district, province), "district,,3,9,s")
    assert shown in repr(tabulate_overall(data_of("ban-rai", workspace=small_workspace)))


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def written(own, text):
    path = own.root / "อันดับ.csv"
    path.write_text(text.replace("|", ","), encoding="utf-8")
    return path


def test_imported_ranks_are_kept_and_a_second_import_changes_nothing(own):
    path = written(own, f"{TITLE}\nรายการ|ผล\nคะแนน ITA|92.86\nอันดับในจังหวัดสมุทรสงคราม|76/211\n")
    asked = ("import", path, "--organisation", "bang-khae", "--yes")
    path.write_text(path.read_text("utf-8").replace("อบต.ทุ่งลม", "อบต.บางแค"), "utf-8")
    done = ita(*asked, root=own.root)
    assert done.exit_code == 0, done.output
    assert "อันดับในจังหวัด 76/211" in done.output
    (row,) = table(own, name="ranks")
    assert (row["scope"], row["name"], row["rank"], row["out_of"]) == ("province", "", "76", "211")
    assert "B4" in row["source"]
    assert "ไม่มีสิ่งใดต้องบันทึก" in ita(*asked, root=own.root).output
    path.write_text(path.read_text("utf-8").replace("76/211", "76/212"), "utf-8")
    told = ita(*asked, root=own.root)
    assert told.exit_code == 1
    assert "เดิม 76/211 ในแฟ้ม 76/212" in told.output


def test_a_rank_of_a_year_without_a_score_is_refused(own):
    path = written(own, f"{TITLE}\nรายการ|ผล\nคะแนน ITA|92.86\nอันดับในจังหวัด ปี 2567|76/211\n")
    reading = read_file(path, Asked(own), "อันดับ.csv")
    with pytest.raises(BadImport) as caught:
        compare(own, [reading])
    assert_helps_the_reader(caught.value, "B4", "76/211", "2567")


def test_a_report_gives_the_ranks_of_its_sentences_and_tables(own):
    prose = "ข้อความของรายงานซึ่งยาวพอที่จะเป็นย่อหน้าหนึ่งของรายงานที่จัดทำแล้วและไม่ใช่ตารางคะแนน"
    text = "\n".join(
        [
            "รายงานผลการประเมิน ITA ของอบต.บางแค ประจำปีงบประมาณ พ.ศ. 2568",
            *[prose] * 3,
            "ได้คะแนนภาพรวม 92.86 คะแนน และอยู่ในอันดับที่ 76 จาก 211 แห่งในจังหวัดสมุทรสงคราม",
            "",
            "รายการ\tผล",
            "IIT\t90.00",
            "อันดับในประเภท\t1,204 จาก 7,850 แห่ง",
        ]
    )
    path = own.root / "รายงาน.txt"
    path.write_text(text, encoding="utf-8")
    (year,) = read_file(path, Asked(own), "รายงาน.txt").years
    found = {(each.scope, each.name, each.text) for each in year.ranks}
    assert found == {("province", "สมุทรสงคราม", "76/211"), ("type", "", "1204/7850")}
