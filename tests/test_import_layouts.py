"""Layouts of reports: figures apart from their names, rows of means, people in sentences."""

from __future__ import annotations

import pytest

from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, FoundYear
from ita_helpers.offices.workspace import make_workspace

TITLE = """\
# รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568

เทศบาลตำบลริมคลอง (ข้อมูลสมมติ) อำเภอเมืองคลอง จังหวัดคลองเย็น
"""
INDICATORS = """
| ที่ | ตัวชี้วัด | คะแนน |
|---|---|---|
| 1 | การปฏิบัติหน้าที่ | 92.10 |
| 2 | การใช้งบประมาณ | 91.20 |
"""
PARTS = """
| ตัวชี้วัด | EIT ส่วนที่ 1 | EIT ส่วนที่ 2 | เฉลี่ย |
|---|---|---|---|
| 6. คุณภาพการดำเนินงาน | 90.00 | 88.00 | 89.00 |
| 7. ประสิทธิภาพการสื่อสาร | 86.00 | 84.00 | 85.00 |
| 8. การปรับปรุงระบบการทำงาน | 85.00 | 83.00 | 84.00 |
"""


@pytest.fixture
def own(tmp_path) -> Workspace:
    return make_workspace(tmp_path / "งาน ITA")


def read(own: Workspace, text: str, name: str = "รายงาน.md") -> FoundYear:
    path = own.root / name
    path.write_text(TITLE + text, encoding="utf-8")
    (year,) = [e for e in read_file(path, Asked(own), name).years if e.fiscal_year == 2568]
    return year


def scores(year: FoundYear) -> dict[str, str]:
    return {each.code: str(each.points) for each in year.scores if each.status != "conflicting"}


@pytest.mark.parametrize(
    "lines",
    [
        ["คะแนนภาพรวม", "88.40 คะแนน", "ระดับ ผ่านดี", "IIT", "91.65", "OIT", "90.00"],
        ["88.40", "ผ่านดี", "คะแนนภาพรวม", "91.65", "IIT", "90.00 คะแนน", "OIT"],
        ["ผลคะแนนรวม 88.40 คะแนน", "ระดับ: ผ่านดี", "แบบวัด IIT", "91.65 คะแนน", "OIT 90.00"],
    ],
)
def test_a_score_in_a_line_of_its_own_is_of_the_name_beside_it(own, lines):
    year = read(own, "\n\n".join(["", *lines, INDICATORS]))
    expected = {"ITA": "88.40", "IIT": "91.65", "OIT": "90.00", "1": "92.10", "2": "91.20"}
    assert scores(year) == expected
    assert year.result["level"][0] == "ผ่านดี"


@pytest.mark.parametrize(
    "lines",
    [
        ["91.65", "IIT", "90.00", "OIT", "95.00"],
        ["คะแนนภาพรวม", "IIT", "OIT"],
        ["คะแนนรวมเป้าหมาย", "95.00 คะแนน"],
        ["ผลคะแนนรวม", "ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"],
    ],
)
def test_what_may_be_of_either_name_or_of_none_is_left_out(own, lines):
    year = read(own, "\n\n".join(["", *lines, INDICATORS]))
    assert scores(year) == {"1": "92.10", "2": "91.20"}
    assert not year.result


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("ผลคะแนนในภาพรวม 88.40 คะแนน (ผ่านดี)", "ผ่านดี"),
        ("ผลคะแนนในภาพรวม 88.40 คะแนน ต้องได้ 95.00 คะแนน (ผ่านดีเยี่ยม)", ""),
        ("ผลคะแนนในภาพรวม 88.40 คะแนน และตรวจแล้ว (ผ่าน)", ""),
    ],
)
def test_a_level_in_brackets_belongs_to_the_score_before_it(own, told, level):
    year = read(own, f"\n{told}\n{INDICATORS}")
    assert scores(year)["ITA"] == "88.40"
    assert year.result.get("level", ("",))[0] == level


@pytest.mark.parametrize("label", ["ระดับ", "เกรด"])
def test_a_level_below_the_scores_is_that_of_the_whole_in_any_cell_of_its_row(own, label):
    rows = f"<tr><td colspan=2>คะแนนรวม<td>88.40<tr><td colspan=2>{label}<td>ผ่านดี"
    table = f"<table><tr><th>ที่<th>ตัวชี้วัด<th>คะแนน<tr><td>1<td>การปฏิบัติหน้าที่<td>92.10{rows}</table>"
    office = "<h1>ผล ITA ปีงบประมาณ พ.ศ. 2568</h1><p>เทศบาลตำบลริมคลอง อำเภอเมืองคลอง จังหวัดคลองเย็น</p>"
    path = own.root / "ผล.html"
    path.write_text(f"<html><body>{office}{table}</body></html>", encoding="utf-8")
    (year,) = read_file(path, Asked(own), path.name).years
    assert scores(year) == {"1": "92.10", "ITA": "88.40"}
    assert year.result["level"][0] == "ผ่านดี"


@pytest.mark.parametrize(
    ("row", "more"),
    [
        ("คะแนนเฉลี่ย | 87.00 | 85.00 | 86.00", {"EIT1": "87.00", "EIT2": "85.00", "EIT": "86.00"}),
        ("รวมเฉลี่ย | 87.00 | 85.00 | 86.00", {"EIT1": "87.00", "EIT2": "85.00", "EIT": "86.00"}),
        ("รวม | 261.00 | 255.00 | 258.00", {}),
    ],
)
def test_the_mean_of_all_indicators_of_an_instrument_is_its_score(own, row, more):
    indicators = {"6": "89.00", "7": "85.00", "8": "84.00"}
    assert scores(read(own, f"{PARTS}| {row} |\n")) == indicators | more


def test_the_mean_of_some_indicators_is_no_score_of_their_instrument(own):
    some = PARTS.replace("| 8. การปรับปรุงระบบการทำงาน | 85.00 | 83.00 | 84.00 |\n", "")
    found = scores(read(own, f"{some}| คะแนนเฉลี่ย | 88.00 | 86.00 | 87.00 |\n"))
    assert found == {"6": "89.00", "7": "85.00"}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "มีผู้ตอบแบบวัด IIT จำนวน 42 คน แบบวัด EIT ส่วนที่ 1 จำนวน 1,118 คน และส่วนที่ 2 จำนวน 30 ราย",
            ("42", "1118", "30"),
        ),
        ("บุคลากรตอบแบบวัด IIT 42 คน จากทั้งหมด 60 คน", ("42", "", "")),
        ("ผู้ตอบแบบวัด IIT ควรมีอย่างน้อย 30 คน", ("", "", "")),
        ("ปีงบประมาณ พ.ศ. 2567 มีผู้ตอบแบบวัด IIT 39 คน", ("", "", "")),
        ("ผู้ตอบแบบวัดการรับรู้แนะนำว่าควรอบรมเจ้าหน้าที่ 3 คน", ("", "", "")),
    ],
)
def test_sentences_tell_how_many_answered(own, told, found):
    year = read(own, f"\nคะแนนภาพรวม 88.40 คะแนน\n\n{told}\n{INDICATORS}")
    keys = ("respondents_iit", "respondents_eit1", "respondents_eit2")
    assert tuple(year.result.get(key, ("",))[0] for key in keys) == found


COMMAS = INDICATORS.replace("92.10", "92,10").replace("91.20", "91,2")


def test_a_comma_for_the_point_is_read_and_told(own):
    text = f"\nคะแนนภาพรวมอยู่ที่ 88,40 คะแนน (ข้อ 26,27 ยังไม่ครบ)\n{COMMAS}"
    assert scores(read(own, text)) == {"ITA": "88.40", "1": "92.10", "2": "91.2"}
    name = "รายงาน.md"
    (told,) = [e for e in read_file(own.root / name, Asked(own), name).remarks if "88.40" in e]
    assert "88,40" in told


def test_where_all_scores_have_commas_they_are_read_without_words_beside(own):
    lines = ["คะแนนภาพรวม 88,40 คะแนน", "IIT ได้ 91,65", "OIT ได้ 90,05", "การใช้อำนาจ 92,30"]
    text = "\n\n".join(["", *lines, "หน้า 12,13 ของเล่ม"])
    expected = {"ITA": "88.40", "IIT": "91.65", "OIT": "90.05", "3": "92.30"}
    assert scores(read(own, text)) == expected


@pytest.mark.parametrize("told", ["ข้อ 26,27 ยังไม่ครบ", "ตัวชี้วัดที่ 10,12 คะแนนดี", "1,250 คะแนน"])
def test_numbers_of_a_list_and_thousands_are_no_scores(own, told):
    assert scores(read(own, f"\n{told}\n{INDICATORS}")) == {"1": "92.10", "2": "91.20"}


def page(own: Workspace, body: str) -> FoundYear:
    title = "<h1>ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568</h1><p>เทศบาลตำบลริมคลอง จังหวัดคลองเย็น</p>"
    path = own.root / "ผล.html"
    path.write_text(f"<html><body>{title}{body}</body></html>", encoding="utf-8")
    (year,) = [e for e in read_file(path, Asked(own), path.name).years if e.fiscal_year == 2568]
    return year


def rows(*lines: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in line.split("|")) for line in lines)
    return f"<table>{''.join(f'<tr>{each}</tr>' for each in cells)}</table>"


PROSE = "<p>" + "ผู้จัดทำเล่าผลของแบบวัดแต่ละชุดก่อน แล้วจึงสรุปเรื่องที่ควรลงมือทำก่อนเรื่องอื่น </p><p>" * 3 + "</p>"


def test_terms_with_short_descriptions_are_a_table_of_facts(own):
    facts = {
        "ระดับผลการประเมิน": "ผ่านดี",
        "คะแนนภาพรวม": "88.40",
        "ผู้ตอบแบบวัด IIT": "61 คน",
        "อันดับในจังหวัด": "5 จาก 58",
    }
    listed = "".join(f"<dt>{term}</dt><dd>{told}</dd>" for term, told in facts.items())
    year = page(own, f"<dl>{listed}</dl>")
    assert scores(year) == {"ITA": "88.40"}
    assert {key: each[0] for key, each in year.result.items()} == {
        "level": "ผ่านดี",
        "respondents_iit": "61",
    }
    assert [(each.scope, each.rank, each.out_of) for each in year.ranks] == [("province", 5, 58)]


@pytest.mark.parametrize("prose", ["", PROSE])
def test_heads_of_an_instrument_over_its_indicators_name_the_indicators(own, prose):
    heads = "<tr><th rowspan=2>ปี<th colspan=2>IIT<th>EIT<th rowspan=2>คะแนนรวม<tr>"
    heads += "".join(f"<th>ตัวชี้วัดที่ {at}" for at in (1, 2, 6))
    year = page(
        own, f"{prose}<table>{heads}<tr><td>2568<td>92.10<td>91.20<td>85.00<td>88.40</table>"
    )
    assert scores(year) == {"1": "92.10", "2": "91.20", "6": "85.00", "ITA": "88.40"}


def test_rows_of_years_below_a_heading_are_of_what_it_names(own):
    told = [
        f"<h3>{at}. {name}</h3>" + rows(f"คะแนนปี 2568|{score}", "คะแนนปี 2567|80.00", "ผลต่าง|+1.00")
        for at, name, score in [(1, "การปฏิบัติหน้าที่", "92.10"), (3, "การใช้อำนาจ", "91.20")]
    ]
    year = page(own, f"{PROSE}<p>คะแนนภาพรวม 88.40 คะแนน</p>{''.join(told)}")
    assert scores(year) == {"ITA": "88.40", "1": "92.10", "3": "91.20"}


@pytest.mark.parametrize("prose", ["", PROSE])
def test_names_and_scores_in_turns_are_tables_below_each_other(own, prose):
    table = rows("คะแนนภาพรวม|ระดับ|IIT", "88.40|ผ่านดี|91.65", "EIT|OIT|", "85.10|88.25|")
    year = page(own, prose + table)
    assert scores(year) == {"ITA": "88.40", "IIT": "91.65", "EIT": "85.10", "OIT": "88.25"}
    assert year.result["level"][0] == "ผ่านดี"


def test_a_score_below_its_instrument_in_one_cell_is_the_instruments(own):
    body = (
        "<tr><td rowspan=2>IIT<br>(91.65)<td>1 การปฏิบัติหน้าที่<td>92.10<tr><td>2 การใช้งบประมาณ<td>91.20"
    )
    table = f"<table><tr><th>แบบวัด<th>ตัวชี้วัด<th>คะแนน{body}</table>"
    assert scores(page(own, PROSE + table)) == {"IIT": "91.65", "1": "92.10", "2": "91.20"}


def test_what_is_named_without_a_score_is_told(own):
    told = "<p>แบบวัด IIT และตัวชี้วัดที่ 4 ยังต่ำ ส่วน OIT ได้ 90.00 คะแนน มีคนตอบแบบวัด EIT 80 คน</p>"
    page(own, f"{PROSE}{told}")
    remarks = read_file(own.root / "ผล.html", Asked(own), "ผล.html").remarks
    (unread,) = [each for each in remarks if "ตัวชี้วัดที่ 4" in each]
    assert "คะแนน IIT" in unread and "คะแนนภาพรวม" in unread and "OIT" not in unread
    assert any("80" in each and "EIT" in each for each in remarks)


@pytest.mark.parametrize("prose", ["", PROSE])
@pytest.mark.parametrize("first", [True, False])
def test_cells_with_a_name_and_its_score_are_read_each_by_itself(own, prose, first):
    cards = [("คะแนนภาพรวม", "88.40"), ("แบบวัด IIT", "91.65"), ("EIT", "85.10"), ("OIT", "88.25")]
    cells = ["<br>".join(card if first else card[::-1]) for card in cards]
    table = rows("|".join(cells[:2]), "|".join([*cells[2:]]), "ระดับผลการประเมิน<br>ผ่านดี|")
    year = page(own, prose + table)
    assert scores(year) == {"ITA": "88.40", "IIT": "91.65", "EIT": "85.10", "OIT": "88.25"}
    assert year.result["level"][0] == "ผ่านดี"


def test_the_mean_of_all_items_of_an_indicator_is_its_score(own):
    items = [f"I{at}|{90 + at}.00" for at in (1, 2, 3)]
    year = page(
        own, PROSE + rows("ข้อ|คะแนน", *items, "คะแนนเฉลี่ย|92.00", "I4|80.00", "คะแนนเฉลี่ย|80.00")
    )
    assert scores(year) == {
        "i1": "91.00",
        "i2": "92.00",
        "i3": "93.00",
        "1": "92.00",
        "i4": "80.00",
    }
