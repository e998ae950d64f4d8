"""A finished report gives its office's data with their places, or says why it cannot."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import assert_helps_the_reader, ita, rules, write
from typed import table

from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, Found
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.store.plans import read_plan

OFFICE = "องค์การบริหารส่วนตำบลทุ่งลม (ข้อมูลสมมติ)"
TITLE = f"""\
รายงานผลการประเมิน ITA ของ{OFFICE} ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
อำเภอเมืองลม จังหวัดลมเย็น

ส่วนนี้เล่าความเป็นมาของการประเมินไว้โดยย่อ เพื่อให้ผู้อ่านที่ไม่เคยเห็นรายงานลักษณะนี้เข้าใจตัวเลขที่ตามมา
ส่วนต่อไปนำตัวเลขของแบบวัดทั้งสามมาเทียบกัน แล้วจึงบอกว่าเรื่องใดควรทำก่อนเมื่อกำลังคนและงบประมาณมีจำกัด
ส่วนสุดท้ายรวมมาตรการที่ผู้บริหารเห็นชอบให้ดำเนินการ พร้อมผู้รับผิดชอบและเวลาที่คาดว่าจะแล้วเสร็จของแต่ละเรื่อง
"""
SCORES = """
เครื่องมือ\tคะแนน
IIT\t๙๐.๐๐
EIT ส่วนที่ ๑\t๘๘.๐๐
EIT ส่วนที่ ๒\t๘๖.๐๐
OIT\t๘๕.๐๐
"""
PLAN = """
ตัวชี้วัด\tโครงการ/กิจกรรม\tผลการวิเคราะห์\tวิธีการดำเนินการ\tระยะเวลา\tผู้รับผิดชอบ
๓. การใช้ทรัพย์สินของราชการ\tทะเบียนยืมคืน\tผู้ยืมไม่รู้ขั้นตอน\t-ทำทะเบียน -แจ้งเวียน\tม.ค. - ก.ย.๖๙\tสำนักปลัด กองคลัง
๗. ประสิทธิภาพการสื่อสาร\tเพจของตำบล\tข้อมูลไม่ทันสมัย\t๑.เปิดเพจ ๒.ตอบทุกวัน\tเมื่อพร้อม\tกองช่าง
"""


@pytest.fixture
def own(tmp_path) -> Workspace:
    return make_workspace(tmp_path / "งาน ITA")


def read(own: Workspace, text: str, name: str = "รายงาน.txt", **asked: object) -> Found:
    path = own.root / name
    path.write_text(text, encoding="utf-8")
    return read_file(path, Asked(own, **asked), name)


def test_a_report_gives_scores_level_items_and_plan_with_their_places(own):
    text = (
        f"{TITLE}\nคะแนนภาพรวม ๘๗.๑๐ คะแนน อยู่ในระดับ “ผ่านดี”\n{SCORES}\n"
        "ตัวชี้วัด\tผลการวิเคราะห์\n๖. คุณภาพการดำเนินงาน\tพบว่า E๒ ประเด็น บางรายรอนาน (อ้างอิงจาก ๐๘)\n\n"
        f"มาตรการ\n{PLAN}"
    )
    (year,) = read(own, text).years
    assert (year.office.name, year.office.district, year.fiscal_year) == (OFFICE, "เมืองลม", 2568)
    found = {each.code: (str(each.points), each.status, each.place.cell) for each in year.scores}
    assert found["ITA"] == ("87.10", "printed", "บรรทัดที่ 8")
    assert found["EIT2"] == ("86.00", "printed", "ตารางที่ 1 แถวที่ 4")
    assert year.result["level"][0] == "ผ่านดี"
    assert [(each.code, each.text) for each in year.suggestions] == [
        ("e2", "บางรายรอนาน (อ้างอิงจาก O8)")
    ]
    assert [each.measure.indicators for each in year.plan] == [("4",), ("7",)]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("๘๗.๑๐ คะแนน ระดับผ่านดี", "ผ่านดี"),
        ("๘๗.๑๐ คะแนน ผลระดับ ผ่านดี", "ผ่านดี"),
        ("๘๗.๑๐ คะแนน ซึ่งต้องได้ ๙๕.๐๐ คะแนน ระดับผ่านดีเยี่ยม", ""),
        ("๘๗.๑๐ คะแนน เป้าหมายปีต่อไป ๙๕.๐๐ คะแนน ระดับผ่านดีเยี่ยม", ""),
        ("๘๗.๑๐ คะแนน (ตั้งแต่ ๙๕.๐๐ คะแนน ระดับผ่านดีเยี่ยม)", ""),
    ],
)
def test_a_level_right_behind_a_score_is_that_of_the_result(own, told, level):
    (year,) = read(own, f"{TITLE}\nคะแนนภาพรวม {told}\n{SCORES}").years
    assert year.result.get("level", ("",))[0] == level


def test_the_plan_becomes_the_offices_plan_file_with_its_cells_parted(own):
    path = own.root / "รายงาน.txt"
    path.write_text(f"{TITLE}\nคะแนนภาพรวม ๘๗.๑๐ คะแนน\n{SCORES}{PLAN}", encoding="utf-8")
    done = ita("import", path, "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    assert "“เมื่อพร้อม”" in done.output
    assert "- ทะเบียนยืมคืน (ตารางที่ 2 แถวที่ 2)" in done.output
    (file,) = (own.root / "data/plans/2568").iterdir()
    plan = read_plan(own, file.stem, 2568, rules(2568))
    assert plan is not None
    first, second = plan.measures
    assert (first.name, first.steps) == ("ทะเบียนยืมคืน", ("ทำทะเบียน", "แจ้งเวียน"))
    assert first.owners == ("สำนักปลัด", "กองคลัง")
    assert (str(first.start), str(first.end)) == ("2026-01-01", "2026-09-30")
    assert (second.steps, second.start) == (("เปิดเพจ", "ตอบทุกวัน"), None)
    again = ita("import", path, "--yes", root=own.root)
    assert "ไม่มีสิ่งใดต้องบันทึก" in again.output


@pytest.mark.parametrize("title", [TITLE, TITLE.replace("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", "")])
def test_a_plan_without_scores_is_taken_for_the_year_that_is_said_or_asked_for(own, title):
    path = write(own, "แผน.txt", title + PLAN)
    before = ita("import", path, "--yes", root=own.root)
    assert ("--year" in before.output) == (title != TITLE)
    done = ita("import", path, "--year", "2568", "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    (file,) = (own.root / "data/plans/2568").iterdir()
    plan = read_plan(own, file.stem, 2568, rules(2568))
    assert plan is not None
    assert [each.indicators for each in plan.measures] == [("4",), ("7",)]
    assert not table(own)


def test_of_two_values_the_one_that_recomputes_is_proposed(own):
    text = f"{TITLE}\nคะแนนภาพรวม ๙๘.๖๐ คะแนน\n\nสรุป คะแนนภาพรวม ๘๗.๑๐ คะแนน\n{SCORES}"
    reading = read(own, text)
    found = [(str(e.points), e.status) for e in reading.years[0].scores if e.code == "ITA"]
    assert found == [("87.10", "printed"), ("98.60", "conflicting")]
    (told,) = [each for each in reading.remarks if "87.10" in each]
    assert "98.60 (บรรทัดที่ 8)" in told
    plan = compare(own, [reading])
    assert not plan.problems


def test_last_years_scores_are_told_and_taken_when_asked_for(own):
    text = f"{TITLE}\nคะแนนภาพรวม ๘๗.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ ที่ได้ ๘๐.๐๐ คะแนน\n{SCORES}"
    reading = read(own, text)
    assert any("2567" in each for each in reading.remarks)
    (year,) = read(own, text, fiscal_year=2567).years
    assert [(each.code, each.points) for each in year.scores] == [("ITA", Decimal("80.00"))]
    assert not year.plan


def test_items_are_named_in_words_in_lists_and_by_marks(own):
    text = (
        f"{TITLE}{SCORES}\nมีข้อเสนอแนะในข้อคำถาม I1 และ I2 หน่วยงานจึงควรดำเนินการ\n\n"
        "ข้อเสนอแนะจากผลการประเมินสำหรับข้อคำถาม I10 คือ ควรทำทะเบียน ในการนี้ หน่วยงานควรเริ่มทันที\n\n"
        "ข้อที่มีข้อเสนอแนะจากผลการประเมิน ได้แก่ I10 E4 และ E9\n\nไม่มีข้อเสนอแนะในข้อ E1\n\n"
        "ข้อ\tเรื่อง\nE7\tการมีส่วนร่วม (มีข้อเสนอแนะ)\n"
    )
    (year,) = read(own, text).years
    named = {each.code: each.text for each in year.suggestions}
    assert named == {"i1": "", "i2": "", "i10": "ควรทำทะเบียน", "e4": "", "e9": "", "e7": ""}
    assert ita("import", own.root / "รายงาน.txt", "--yes", root=own.root).exit_code == 0
    less = text.replace(" คือ ควรทำทะเบียน ในการนี้", "")
    assert not compare(own, [read(own, less)]).changes


ANALYSIS = """
ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน

ผู้มาติดต่อบางรายเห็นว่าเจ้าหน้าที่ใช้เวลานานกว่าที่ติดประกาศไว้หน้าห้อง จึงควรจัดคิว

ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร

ผู้มาติดต่อบางรายเห็นว่าหน้าเว็บหายากและข้อความที่ลงไว้ไม่ชัดเจนเท่าที่ควร จึงควรปรับหน้าแรก
"""
UNNAMED = """
มาตรการ\tผลการวิเคราะห์\tวิธีการดำเนินการ\tผู้รับผิดชอบ
ปรับหน้าแรก\tผู้มาติดต่อเห็นว่าหน้าเว็บหายากและข้อความที่ลงไว้ไม่ชัดเจน\tออกแบบใหม่\tสำนักปลัด
อบรม\tผู้มาติดต่อบางรายเห็นว่าควรอบรม\tจัดอบรม\tกองคลัง
"""


def test_a_measure_whose_finding_repeats_an_analysis_is_for_its_indicator(own):
    reading = read(own, f"{TITLE}{SCORES}{ANALYSIS}\nมาตรการ\n{UNNAMED}")
    assert [each.measure.indicators for each in reading.years[0].plan] == [("7",), ()]
    (told,) = [each for each in reading.remarks if "บทวิเคราะห์" in each]
    assert "ตารางที่ 2 แถวที่ 2" in told
    assert "ตัวชี้วัดที่ 7" in told


PROSE = TITLE.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TITLE.replace("๒๕๖๘", "๒๕๕๙") + SCORES, "2559"),
        (
            f"ITA report of a township, fiscal year 2025\n\n{'The result was good. ' * 9}\n" * 4,
            "ไทย",
        ),
        (f"รายงาน ITA Online ของโรงเรียนลมเย็น ปีงบประมาณ พ.ศ. ๒๕๖๘\n\n{PROSE}{SCORES}", "ITA Online"),
        (f"{TITLE}{SCORES}" + "เทศบาลตำบลฝนแล้ง ทำได้ดี\n" * 9, "ฝนแล้ง"),
        (f"รายงานผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๘\n\n{PROSE}{SCORES}", "--organisation"),
        (TITLE.replace("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", "") + SCORES, "--year"),
        (TITLE, "ไม่พบคะแนน"),
    ],
)
def test_what_is_no_report_of_one_office_is_refused_with_a_reason(own, text, said):
    with pytest.raises(ItaError) as told:
        read(own, text)
    assert_helps_the_reader(told.value, "รายงาน.txt", said)


def test_a_report_of_another_office_than_asked_for_is_refused(own):
    read_file(written(own), Asked(own))
    ita("import", written(own), "--yes", root=own.root)
    code = next(iter((own.root / "data/organisations.csv").read_text("utf-8-sig").splitlines()[1:]))
    other = TITLE.replace("ทุ่งลม", "ทุ่งฝน") + SCORES
    with pytest.raises(ItaError, match="ทุ่งฝน"):
        read(own, other, organisation=code.split(",")[0])


def written(own: Workspace) -> Path:
    path = own.root / "หนึ่ง.txt"
    path.write_text(TITLE + SCORES, encoding="utf-8")
    return path


def test_a_text_table_is_no_report(own):
    path = own.root / "ตาราง.txt"
    path.write_text("ที่\tชื่อหน่วยงาน\tคะแนน ITA\n1\tอบต.ทุ่งลม จ.ลมเย็น\t87.10\n", encoding="utf-8")
    (year,) = read_file(path, Asked(own, 2568), path.name).years
    assert year.office.name == "องค์การบริหารส่วนตำบลทุ่งลม"


PRINTED = "ที่\tตัวชี้วัด\tคะแนน\n" + "\n".join(
    f"{at}\t{each.name}\t{80 + at}.50" for at, each in enumerate(rules(2568).indicators.list, 1)
)
SHORT = f"รายงานผลการประเมิน ITA\nประจำปีงบประมาณ พ.ศ. 2568\n{OFFICE}\n"


def scores_of(found: Found, year: int = 2568) -> dict[str, Decimal]:
    return {
        score.code: score.points
        for each in found.years
        for score in each.scores
        if each.fiscal_year == year and score.status != "conflicting"
    }


@pytest.mark.parametrize(
    "heading",
    [
        "มาตรการด้านแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) ปีงบประมาณ พ.ศ. 2569",
        "ตารางที่ 2 แผนการพัฒนาของผู้มีส่วนได้ส่วนเสียภายนอกทุกกลุ่ม ประจำปีงบประมาณ พ.ศ. 2569",
        "รายการที่ต้องจัดทำให้ครบถ้วนก่อนเปิดให้ประชาชนตรวจดูในปี 2569",
        "แนวทางการดำเนินงานของคณะทำงานทุกคณะที่แต่งตั้งไว้ ปีงบประมาณ พ.ศ. 2569",
    ],
)
def test_headings_of_plans_do_not_make_a_report_one_of_their_year(own, heading):
    plans = "".join(f"\n{heading} ({name})\n" for name in ("ก", "ข", "ค", "ง"))
    title = TITLE.replace(" ประจำปีงบประมาณ", "\nประจำปีงบประมาณ")
    found = read(own, f"{title}\nได้คะแนนรวม 85.50 คะแนน\n\n{PRINTED}\n{plans}")
    assert {each.fiscal_year for each in found.years} == {2568}


def test_headings_of_plans_from_a_result_speak_for_its_year(own):
    _, _, rest = TITLE.partition("\n")
    from_result = "มาตรการที่กำหนดจากผลการประเมินคุณธรรมและความโปร่งใสของหน่วยงาน"
    title = f"{OFFICE}\n{from_result} ปีงบประมาณ พ.ศ. 2567\n{rest}"
    found = read(own, f"{title}\nได้คะแนนรวม 85.50 คะแนน อยู่ในระดับผ่านดี\n\n{PRINTED}\n")
    assert {each.fiscal_year for each in found.years} == {2567}


@pytest.mark.parametrize("start", ["ตารางที่ 2 ผลของ", "ภาคผนวก ผลการประเมินของ"])
def test_the_table_of_another_office_is_not_a_second_value(own, start):
    other = PRINTED.replace(".50", ".25")
    title = f"{TITLE}\nคะแนนรวม 85.50 คะแนน\n\n{PRINTED}\n"
    text = f"{title}\n{start}องค์การบริหารส่วนตำบลดอนเนิน\n\n{other}\n"
    (year,) = read(own, text).years
    assert {each.points % 1 for each in year.scores} == {Decimal("0.50")}


def test_a_slip_in_the_office_over_a_table_loses_no_value(own):
    score = f"{OFFICE}ได้คะแนนรวม 85.50 คะแนน\n\n{OFFICE}ขอบคุณทุกคน\n"
    text = f"{TITLE}\n{score}\nตารางที่ 1 ผลขององค์การบริหารส่วนตำบลดอนเนิน\n\n{PRINTED}\n"
    assert len(scores_of(read(own, text))) == 11


@pytest.mark.parametrize("row", ["คะแนน", "คะแนนที่ได้", "ผลคะแนน"])
def test_a_row_of_scores_under_years_is_that_of_the_whole(own, row):
    levels = "ระดับ" + 3 * "\tต้องปรับปรุง"
    text = f"{TITLE}\nรายการ\t2566\t2567\t2568\n{row}\t81.10\t82.20\t83.30\n{levels}\n"
    assert scores_of(read(own, text)) == {"ITA": Decimal("83.30")}


@pytest.mark.parametrize(
    "head", ["ตัวชี้วัดที่คะแนนต่ำสุด", "ตัวชี้วัดที่ได้คะแนนลดลง", "ประเด็นที่คะแนนไม่ถึง 88", "เรื่องที่มีผลการประเมินสูงสุด"]
)
def test_a_head_over_what_has_such_points_is_over_names(own, head):
    rows = "\n6. คุณภาพการดำเนินงาน\t87.78\n10. การป้องกันการทุจริต\t87.50\n"
    found = read(own, f"{TITLE}\n{head}\tคะแนน{rows}")
    assert scores_of(found) == {"6": Decimal("87.78"), "10": Decimal("87.50")}


def test_the_ends_of_each_instrument_beside_it_are_of_the_indicators_they_name(own):
    heads = "เครื่องมือ\tคะแนน\tตัวชี้วัดที่คะแนนสูงสุด\tคะแนน\tตัวชี้วัดที่คะแนนต่ำสุด\tคะแนน"
    rows = (
        "IIT\t90.10\t1. การปฏิบัติหน้าที่\t95.11\t4. การใช้ทรัพย์สินของราชการ\t86.20",
        "EIT\t88.12\t6. คุณภาพการดำเนินงาน\t89.13\t7. ประสิทธิภาพการสื่อสาร\t84.20",
    )
    found = scores_of(read(own, "\n".join((TITLE, heads, *rows))))
    said = {"IIT": "90.10", "1": "95.11", "4": "86.20", "EIT": "88.12", "6": "89.13", "7": "84.20"}
    assert {code: str(points) for code, points in found.items()} == said


def test_what_only_sentences_say_joins_the_values_of_tables(own):
    text = f"{SHORT}\nคะแนนภาพรวม 86.20 คะแนน อยู่ในระดับผ่านดี\n\n{PRINTED}\n"
    (year,) = read(own, text, "รายงาน.md").years
    assert scores_of(Found((year,)))["ITA"] == Decimal("86.20")
    assert year.result["level"][0] == "ผ่านดี"


@pytest.mark.parametrize("typed", ["9O.5O", "90.5O", "9o.50"])
def test_a_letter_in_a_figure_is_read_as_a_zero_and_told(own, typed):
    found = read(own, f"{TITLE}\nตัวชี้วัดที่ 1O การป้องกันการทุจริต ได้ {typed} คะแนน\n")
    assert scores_of(found) == {"10": Decimal("90.50")}
    assert any(typed in each for each in found.remarks)


def test_tables_of_one_measure_each_are_its_fields(own):
    fields = (
        "ตัวชี้วัดที่เกี่ยวข้อง\tตัวชี้วัดที่ 7\nขั้นตอนการดำเนินการ\tจัดทำคู่มือ\n"
        "ผู้รับผิดชอบ\tกองช่าง\nระยะเวลา\tม.ค. 2569\n"
    )
    names = ("จัดทำแผนผัง", "ตั้งตู้")
    plans = "\n".join(f"มาตรการข้อนี้\n\nมาตรการ\t{each}\n{fields}" for each in names)
    (year,) = read(own, f"{TITLE}\nคะแนนรวม 85.50 คะแนน\n\n{plans}").years
    assert [each.measure.name for each in year.plan] == ["จัดทำแผนผัง", "ตั้งตู้"]
    assert {each.measure.owners for each in year.plan} == {("กองช่าง",)}


def test_the_assessment_of_how_local_governments_work_is_another(own):
    kind = "ผลการประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น"
    text = f"รายงาน{kind} ประจำปี 2568\n{TITLE}\nคะแนนรวม 88.25 คะแนน"
    with pytest.raises(ItaError) as refused:
        read(own, text)
    assert_helps_the_reader(refused.value)
