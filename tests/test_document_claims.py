"""Whatever a finished report says is found with its year and place, doubled or contradicting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import YEARS, rules

from ita_helpers.documents.building import Builder
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import Claims
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.plain import read_plain
from ita_helpers.documents.whose import whose
from ita_helpers.documents.year_told import year_of
from ita_helpers.records.spot import Spot

TITLE = """\
รายงานผลการประเมิน ITA ขององค์การบริหารส่วนตำบลทุ่งลม (ข้อมูลสมมติ) ประจำปีงบประมาณ พ.ศ. ๒๕๖๘

อำเภอเมืองลม จังหวัดลมเย็น
"""


def claimed(text: str, **asked: int) -> Claims:
    builder = Builder("รายงาน.txt")
    read_plain(builder, f"{TITLE}\n{text}")
    return claims_of(builder.finish(), {year: rules(year) for year in YEARS}, **asked)


def said(text: str, of: str = "own") -> list[tuple[str, int, str]]:
    found = claimed(text).claims
    return [
        (each.code, each.fiscal_year, str(each.points))
        for each in found
        if each.points is not None and each.of == of
    ]


def test_a_report_says_whose_it_is_and_of_which_year():
    claims = claimed("มาตรการในปีงบประมาณ พ.ศ. ๒๕๖๙ ของ อบต.ทุ่งลมได้กำหนดไว้แล้ว")
    assert claims.office == "องค์การบริหารส่วนตำบลทุ่งลม (ข้อมูลสมมติ)"
    assert (claims.district, claims.province) == ("เมืองลม", "ลมเย็น")
    assert (claims.fiscal_year, claims.others) == (2568, ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("องค์การบริหารส่วนตำบลทุ่งลมอำเภอเมืองลม ขอรายงานผล", "องค์การบริหารส่วนตำบลทุ่งลม"),
        ("เทศบาลตำบลทุ่งลม-นาฝน ขอรายงานผล", "เทศบาลตำบลทุ่งลม-นาฝน"),
        ("ส.ส.กทม. พรรคลมดี ถามถึงองค์การบริหารส่วนตำบลทุ่งลม", "องค์การบริหารส่วนตำบลทุ่งลม"),
        ("หนังสือจากทม.ลมดี ขอรายงานผล", "เทศบาลเมืองลมดี"),
        ("กลุ่มงานยุทธศาสตร์ สำนักงานจังหวัดลมเย็น", "จังหวัดลมเย็น"),
        ("จังหวัดลมเย็น ประจำปีงบประมาณ พ.ศ. 2568", "จังหวัดลมเย็น"),
        ("สำนักงานลมเย็นเผยผลการประเมิน ITA", "สำนักงานลมเย็น"),
        ("กรมสวนสาธารณะโชว์ผลประเมิน ITA", "กรมสวนสาธารณะ"),
        ("มอบรางวัล ณ ศาลากลางจังหวัดลมเย็น", ""),
        ("ศาลากลางจังหวัดลมเย็น", ""),
        ("ประกอบด้วย กรมหรือเทียบเท่า องค์การมหาชน รัฐวิสาหกิจ", ""),
        ("ที่ได้คะแนนต่ำสุดคือ มหาวิทยาลัยลมเย็น ได้ 57.43 คะแนน", ""),
        (
            "วันนี้ สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาลำปาง ลำพูน ได้ประชุม",
            "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาลำปาง ลำพูน",
        ),
        ("การท่าเรือฯ ได้ 95.11 คะแนน ผู้อำนวยการ การท่าเรือลมเย็น กล่าวว่า", "การท่าเรือลมเย็น"),
    ],
)
def test_an_office_is_named_without_its_place_and_a_province_not_by_its_office(text, name):
    lines = tuple(Line(text, text, Spot("ก.txt", line=number)) for number in range(1, 4))
    assert whose(Document("ก.txt", lines)).name == name


def test_the_day_above_a_report_is_no_year_of_a_result():
    told = ("วันเสาร์ที่ 6 มีนาคม พ.ศ. 2564", "ผลการประเมินปีงบประมาณ พ.ศ. 2561 อยู่ในระดับสูง")
    lines = tuple(Line(text, text, Spot("ก.txt", line=number)) for number, text in enumerate(told))
    assert year_of(Document("ก.txt", lines)) == 2561


@pytest.mark.parametrize(
    "text",
    [
        "จาก ป.ป.ช. ประจำปี 2565 ระดับ A ด้วยคะแนน 91.16 จาก 89.34 คะแนน ในปี พ.ศ. 2564",
        "ปี 2565 ได้ 86.63 คะแนน ในปีที่ผ่านมา คือ ปี 2560 ได้ 77.57 คะแนน และปี 2561 ได้ 81.41 คะแนน",
        "เพิ่มจากคะแนน 81.40 ของปี 2564 เป็น 86.63 คะแนน",
    ],
)
def test_a_year_that_is_compared_with_is_not_the_reports(text):
    assert year_of(Document("ก.txt", (Line(text, text, Spot("ก.txt", line=1)),))) == 2565


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ผลการประเมิน ITA ด้านตัวชี้วัดการป้องกันโกง มีคะแนน 81.25 คะแนน", []),
        ("มีคะแนนภาพรวม ๙๒.๘๖ คะแนน", [("ITA", 2568, "92.86")]),
        ("ผลคะแนนโดยรวม ร้อยละ ๙๐ คะแนน", [("ITA", 2568, "90")]),
        ("คะแนนภาพรวม ๙๒ .๘๖ คะแนน เกินค่าเป้าหมาย ๘๕ คะแนน", [("ITA", 2568, "92.86")]),
        ("IIT ๘๙.๔๐ คะแนน EIT ส่วนที่ ๒ ได้ ๘๘.๔๕", [("IIT", 2568, "89.40"), ("EIT2", 2568, "88.45")]),
        ("คะแนน IIT EIT และ OIT ได้ ๘๑.๐๐ ๘๒.๐๐ และ ๘๓.๐๐ ตามลำดับ",
         [("IIT", 2568, "81.00"), ("EIT", 2568, "82.00"), ("OIT", 2568, "83.00")]),
        ("ตัวชี้วัดที่ ๓ การใช้อำนาจ ได้ ๘๐.๐๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ (๗๗.๕๐ คะแนน) อยู่ ๒.๕๐ คะแนน",
         [("3", 2568, "80.00"), ("3", 2567, "77.50")]),
        ("เมื่อเทียบกับปี ๒๕๖๗ หน่วยงานมีคะแนนรวม ๙๑.๐๐ คะแนน", [("ITA", 2568, "91.00")]),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖ ได้คะแนนภาพรวม ๘๘.๐๐ คะแนน", [("ITA", 2566, "88.00")]),
        ("แบบวัด IIT ได้คะแนนเฉลี่ยร้อยละ ๙๙.๕ แบบวัด OIT ได้ร้อยละ ๘๘.๗๕",
         [("IIT", 2568, "99.5"), ("OIT", 2568, "88.75")]),
        ("คะแนนรายเครื่องมือ IIT และ OIT ต้องได้ ๘๕ คะแนนขึ้นไป", []),
        ("มีผู้ตอบ IIT ๔๕ คน งบประมาณ ๑๒,๓๔๕.๐๐ บาท ตามมาตรา ๙.๑", []),
        ("ตัวชี้วัดที่ ๑, ๒ และ ๔ ได้ ๙๘.๘๑ คะแนน เท่ากัน",
         [("1", 2568, "98.81"), ("2", 2568, "98.81"), ("4", 2568, "98.81")]),
    ],
)  # fmt: skip
def test_a_score_in_a_sentence_belongs_to_what_was_named_last(text, found):
    assert said(text) == found


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("ตัวชี้วัด\tคะแนน\t\n\tปี ๒๕๖๗\tปี ๒๕๖๘\n๑. การปฏิบัติหน้าที่\t๘๐.๑๐\t๙๐.๐๐",
         [("1", 2567, "80.10"), ("1", 2568, "90.00")]),
        ("ปีงบประมาณ\tIIT\tOIT\tคะแนนรวม\nพ.ศ. ๒๕๖๗\t๘๐.๐๐\t๘๒.๐๐\t๘๑.๑๐",
         [("IIT", 2567, "80.00"), ("OIT", 2567, "82.00"), ("ITA", 2567, "81.10")]),
        ("ที่\tตัวชี้วัด\tคะแนนเต็ม\tคะแนนที่ได้\n๒\tการปฏิบัติหน้าที่\t๑๐๐\t๙๐.๐๐",
         [("1", 2568, "90.00")]),
        ("เครื่องมือ\tน้ำหนัก\tค่าเป้าหมาย\tผลคะแนน\tผลต่าง\tคะแนนถ่วงน้ำหนัก\n"
         "IIT\t๓๐\t๘๕.๐๐\t๙๐.๐๐\t+๕.๐๐\t๒๗.๐๐", [("IIT", 2568, "90.00")]),
        ("ตัวชี้วัดที่ ๑\tตัวชี้วัดที่ ๒\n๙๐.๐๐\t๙๑.๐๐", [("1", 2568, "90.00"), ("2", 2568, "91.00")]),
        ("ตัวชี้วัดย่อย\tข้อ\tคะแนน\n๙.๑ ข้อมูลพื้นฐาน\tO๑ โครงสร้าง\t๑๐๐", [("o1", 2568, "100")]),
        ("ลำดับ\tหน่วยงาน\tคะแนน ITA\n๑\tอบต.ทุ่งลม\t๙๒.๘๖\n๒\tเทศบาลตำบลฝนแล้ง\t๙๑.๐๐",
         [("ITA", 2568, "92.86")]),
        ("ข้อ\tเรื่อง\tคะแนน\n๐๑\tโครงสร้าง\t๑๐๐\n๐๒\tผู้บริหาร\t๐",
         [("o1", 2568, "100"), ("o2", 2568, "0")]),
        ("ข้อ\tคะแนน\nE๑ บริการ\t๙๐.๕๐", [("e1", 2568, "90.50")]),
        ("ข้อ\tคะแนน\tEIT ส่วนที่ ๑\tEIT ส่วนที่ ๒\nE๑ บริการ\t๙๐.๕๐\t๙๔.๘๗\t๘๖.๑๓",
         [("e1", 2568, "90.50"), ("e1@1", 2568, "94.87"), ("e1@2", 2568, "86.13")]),
        ("ระดับคะแนน\tความหมาย\n๙๕.๐๐ – ๑๐๐\tAA\n๘๕.๐๐ – ๙๔.๙๙\tA", []),
    ],
)  # fmt: skip
def test_a_table_of_an_office_is_read_as_it_is_meant(table, found):
    assert said(table) == found


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดที่ ๗ (๗๘.๐๓ คะแนน) ขาดไปจากเป้าหมาย ๖.๙๗ คะแนน",
        "หากตัวชี้วัดที่ ๙ เพิ่มจาก ๗๙.๐๐ เป็น ๙๕.๐๐ คะแนน แต่ตัวชี้วัดที่ ๗ ได้ ๗๘.๐๓ คะแนน",
        "ค่าเป้าหมายของคะแนนภาพรวมคือ ๘๕.๐๐ คะแนน ส่วนตัวชี้วัดที่ ๗ มีคะแนน ๗๘.๐๓",
        "ที่ขาดไปมากที่สุด ได้แก่ ตัวชี้วัดที่ ๙ (๔.๒๐ คะแนน) โดยมีคะแนนของตัวชี้วัดที่ ๗ เท่ากับ ๗๘.๐๓",
        "ตารางที่ ๔ คะแนนรายตัวชี้วัด: ตัวชี้วัดที่ ๗ ได้ ๗๘.๐๓",
        "ตัวชี้วัดที่ ๗ ของ EIT (๗๘.๐๓) เป้าหมายปี ๒๕๖๙: คะแนนภาพรวม ๙๓.๐๐ คะแนน",
        "ตัวชี้วัดที่ ๗ ได้ ๗๘.๐๓ ส่วน IIT ๙๑.๙๐ ๘๙.๕๐ และคะแนนภาพรวม = ๒๗.๕๗ + ๒๖.๘๕ + ๓๘.๐๐",
    ],
)
def test_differences_targets_and_what_ifs_are_no_scores(text):
    assert said(text) == [("7", 2568, "78.03")]


def test_a_year_that_a_bracket_adds_is_not_that_of_the_report():
    builder = Builder("รายงาน.txt")
    text = "ผลการประเมิน ITA (ปีงบประมาณ พ.ศ. ๒๕๖๘)\n\nลำดับที่ ๓๘ (ปี ๒๕๖๗ ลำดับที่ ๔๕)\n\n"
    read_plain(builder, text + "คะแนน (ในวงเล็บคือปี ๒๕๖๗)\n\nOIT ๙๕.๐๐ (ปี ๒๕๖๗ ได้ ๘๙.๗๕)")
    assert year_of(builder.finish()) == 2568


def test_a_score_without_a_name_belongs_to_the_heading():
    text = "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร\n\nหน่วยงานมีค่าคะแนน ๘๑.๒๕ เพราะข้อมูลไม่ชัดเจน"
    assert said(text) == [("7", 2568, "81.25")]


def test_means_of_others_are_not_the_offices_own():
    text = "ค่าเฉลี่ยทั้งประเทศ ๙๓.๘๒ คะแนน คะแนนเฉลี่ยของจังหวัดลมเย็น ๙๐.๑๑ คะแนน"
    assert said(text) == []
    assert said(text, "all") == [("ITA", 2568, "93.82")]
    assert said(text, "จังหวัดลมเย็น") == [("ITA", 2568, "90.11")]


def test_tables_are_read_by_rows_and_by_columns():
    by_row = "ตัวชี้วัด\tน้ำหนัก\tคะแนน\n๑. การปฏิบัติหน้าที่\t๑๐\t๘๗.๙๔\n๒. การใช้งบประมาณ\t๑๐\t๘๘.๒๖"
    assert said(by_row) == [("1", 2568, "87.94"), ("2", 2568, "88.26")]
    by_year = "เครื่องมือ\tปี ๒๕๖๗\tปี ๒๕๖๘\tผลต่าง\nIIT\t๘๐.๐๐\t๘๒.๐๐\t๒.๐๐\nOIT\t๗๐.๐๐\t๗๕.๐๐\t๕.๐๐"
    assert said(by_year) == [
        *(("IIT", 2567, "80.00"), ("IIT", 2568, "82.00")),
        *(("OIT", 2567, "70.00"), ("OIT", 2568, "75.00")),
    ]
    history = "ปีงบประมาณ\tคะแนน\tระดับ\n๒๕๖๗\t๘๔.๐๐\tต้องปรับปรุง\n๒๕๖๘\t๘๘.๓๗\tผ่านดี"
    assert said(history) == [("ITA", 2567, "84.00"), ("ITA", 2568, "88.37")]
    assert [each.level for each in claimed(history).claims] == ["ต้องปรับปรุง", "ผ่านดี"]
    across = "IIT\tEIT ส่วนที่ ๑\tEIT ส่วนที่ ๒\tOIT\n๘๑.๐๐\t๘๒.๐๐\t๘๓.๐๐\t๘๔.๐๐"
    assert [code for code, _, _ in said(across)] == ["EIT1", "EIT2", "OIT"] or len(
        said(across)
    ) == 4


def test_what_a_level_asks_for_is_no_score():
    assert said("ระดับ\tคะแนนภาพรวม\nผ่านดีเยี่ยม\t๙๕.๐๐\nผ่านดี\t๘๕.๐๐\nผ่าน\t๘๕.๐๐") == []


def test_a_level_stands_beside_its_score_and_wishes_are_none():
    (claim,) = claimed("คะแนนภาพรวม ๘๘.๓๗ คะแนน อยู่ในระดับ “ผ่านดี” และมุ่งให้ได้ระดับ ผ่านดีเยี่ยม").claims
    assert (claim.points, claim.level) == (Decimal("88.37"), "ผ่านดี")


def test_items_are_named_but_not_where_they_are_only_referred_to():
    table = (
        "ตัวชี้วัด\tผลการวิเคราะห์\n๔. การใช้ทรัพย์สินของราชการ\t"
        "พบว่า 1๐๐ ประเด็น เจ้าหน้าที่บางรายยืมของโดยไม่แจ้ง (อ้างอิงจาก ๐๘)"
    )
    assert [each.code for each in claimed(table).claims if each.code[0] in "ieo"] == ["i10"]


def test_the_name_of_a_row_tells_more_than_its_running_number():
    plan = (
        "ตัวชี้วัด\tโครงการ\tวิธีการ\tระยะเวลา\tผู้รับผิดชอบ\n"
        "๓. การใช้ทรัพย์สินของราชการ\tทะเบียนยืม\tจัดทำทะเบียน\tม.ค. - ก.ย.๖๙\tกองคลัง"
    )
    (row,) = claimed(plan).plan
    assert (row.codes, row.indicator) == (("4",), "3. การใช้ทรัพย์สินของราชการ")
    assert (row.measure, row.period, row.owner) == ("ทะเบียนยืม", "ม.ค. - ก.ย.69", "กองคลัง")


def test_a_plan_with_ticks_under_two_rows_of_heads_is_read_by_them():
    plan = (
        "๑. ด้าน EIT พบว่า แบบวัด (EIT) ประสิทธิภาพการสื่อสาร ควรเผยแพร่ข้อมูลหลายทาง\n\n"
        "จุดอ่อน\tแนวทางการปรับปรุง\tมาตรการ\tผู้รับผิดชอบ\tการกำกับติดตาม\t\n"
        "\t\t\t\tดำเนินการแล้ว\tยังไม่ดำเนินการ\n"
        "ข้อมูลไม่ครบ\tเพิ่มช่องทาง\tเผยแพร่ข้อมูล\tสำนักปลัด\t✓\t\n"
        "ตอบช้า\tกำหนดเวลา\tตอบใน ๓ วัน\tกองช่าง\t\t✓"
    )
    first, second = claimed(plan).plan
    assert (first.status, second.status) == ("ดำเนินการแล้ว", "ยังไม่ดำเนินการ")
    assert first.codes == second.codes == ("7",)
    assert (first.finding, first.guideline, first.follow_up) == ("ข้อมูลไม่ครบ", "เพิ่มช่องทาง", "")


OLD_TITLE = "เรื่อง รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๗\n\n"


@pytest.mark.parametrize(
    "told",
    [
        "เครื่องมือ\tคะแนนปี ๒๕๖๗ (เดิม)\tคะแนนปี ๒๕๖๘ (ใหม่)\nIIT\t๘๐.๐๐\t๘๑.๐๐\nEIT\t๗๐.๐๐\t๗๒.๐๐",
        "ได้ ๘๑.๐๐ คะแนน ปีก่อนหน้า (ปีงบประมาณ พ.ศ. ๒๕๖๗) ได้ ๘๐.๐๐ คะแนน\n\nเพิ่มขึ้นจากปี ๒๕๖๗\n\n"
        "ตัวชี้วัดที่ ๙ เพิ่มขึ้นจากปี ๒๕๖๗ ตัวชี้วัดที่ ๘ ลดลงจากปี ๒๕๖๗\n\n"
        "มาตรการประจำปีงบประมาณ พ.ศ. ๒๕๖๙\n\nแผนปรับปรุงปีงบประมาณ พ.ศ. ๒๕๖๙",
        "บัดนี้ มีประกาศผลประจำปีงบประมาณ พ.ศ. ๒๕๖๘ แล้ว\n\nมาตรการประจำปีงบประมาณ พ.ศ. ๒๕๖๙\n\n"
        "มาตรการ\tระยะเวลา\nอบรม\tต.ค. ๒๕๖๘ – ธ.ค. ๒๕๖๘\nติดป้าย\tม.ค. ๒๕๖๙ – มี.ค. ๒๕๖๙",
    ],
)
def test_the_title_has_one_voice_in_which_year_a_report_is_of(told):
    builder = Builder("รายงาน.txt")
    read_plain(builder, OLD_TITLE + told)
    assert year_of(builder.finish()) == 2568
