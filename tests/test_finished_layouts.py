from __future__ import annotations

from dataclasses import replace

import pytest
from finished import OFFICE, SCORES, all_rules, claim, claims, found, problems, read
from slips import NAMES

from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.reading import read_document
from ita_helpers.documents.whose import whose

RANKED = (3, 5, 1, 2, 4, 6, 8, 7, 10, 9)
"""The indicators of the made-up result, the highest score first."""


def table(head: str, numbered) -> str:
    rows = "".join(f"{number}\t{NAMES[code - 1]}\n" for number, code in numbered)
    return f"{head}\tตัวชี้วัด\n{rows}"


@pytest.mark.parametrize("head", ["ลำดับ", "ลำดับที่", "ที่", "อันดับ", ""])
def test_numbers_of_a_ranking_are_no_indicators(head, tmp_path):
    assert found(tmp_path, table(head, enumerate(RANKED, 1))) == []


@pytest.mark.parametrize("head", ["ลำดับ", "ข้อ", "ที่"])
def test_rows_of_some_indicators_are_counted(head, tmp_path):
    assert found(tmp_path, table(head, enumerate((4, 7, 8, 9), 1))) == []


@pytest.mark.parametrize("head", ["ลำดับ", "ที่", "ตัวชี้วัดที่"])
def test_one_wrong_number_in_a_list_of_all_is_found(head, tmp_path):
    pairs = [*zip(range(1, 11), range(1, 11), strict=True)]
    pairs[4] = (6, 5)
    assert [each.found for each in problems(tmp_path, table(head, pairs))] == [NAMES[4]]


def test_rows_numbered_anew_under_the_word_for_an_indicator_are_found(tmp_path):
    told = table("ตัวชี้วัดที่", enumerate((1, 2, 4, 6, 7, 8), 1))
    assert [each.rule for each in problems(tmp_path, told)] == ["ITA401"] * 4
    rows = "\n".join(f"{n}. {NAMES[code - 1]}\tอบรม" for n, code in enumerate((1, 2, 4, 6), 1))
    assert len(problems(tmp_path, f"ตัวชี้วัด\tวิธีดำเนินการ\n{rows}\n")) == 2


def test_entries_of_strengths_and_weaknesses_are_counted(tmp_path):
    lines = [f"{n}) {NAMES[code - 1]}" for n, code in enumerate((3, 5, 1), 1)]
    lines += ["จุดที่ต้องพัฒนา", *(f"{n}) {NAMES[c - 1]}" for n, c in enumerate((9, 10, 7), 1))]
    assert found(tmp_path, "\n\n".join(lines)) == []


def test_a_wrong_number_in_lines_of_all_indicators_is_found(tmp_path):
    lines = [f"{number}. {name}" for number, name in enumerate(NAMES, 1)]
    lines[6] = f"8. {NAMES[6]}"
    lines.append("ผลการประเมินเป็นไปตามประกาศ")
    assert [each.rule for each in problems(tmp_path, "\n\n".join(lines))] == ["ITA401"]


def test_entries_of_a_list_of_contents_are_no_names(tmp_path):
    text = "เรื่อง\tหน้า\n3. การใช้ผลการประเมิน\t2\n4. การวิเคราะห์รายตัวชี้วัด\t6\n"
    assert found(tmp_path, text) == []


def test_that_an_office_has_passed_is_no_level(tmp_path):
    old = claims(2566)
    text = "ปีงบประมาณ พ.ศ. 2566 ได้คะแนน 92.86 (ผ่าน) ระดับ {}"
    assert found(tmp_path, text.format("ผ่านดี"), old) == []
    assert found(tmp_path, text.format("AA"), old) == ["ITA302"]


def test_a_score_beside_a_wrong_number_and_its_name_is_not_wrong_too(tmp_path):
    text = f"ตัวชี้วัดที่ 6 {NAMES[3]} ได้ 98.81 คะแนน"
    said = claims(more=[claim("6", "98.81")])
    assert found(tmp_path, text, said) == ["ITA401"]
    other = claims(more=[claim("6", "98.18")])
    assert found(tmp_path, text, other) == ["ITA101", "ITA401"]


@pytest.mark.parametrize(("points", "rules"), [("27.58", []), ("27.85", ["ITA208"])])
def test_weighted_points_are_right_where_only_the_score_beside_them_is_not(points, rules, tmp_path):
    text = f"เครื่องมือ\tน้ำหนัก\tคะแนน\tคะแนนถ่วงน้ำหนัก\nEIT\t30\t90.09\t{points}\n"
    assert [rule for rule in found(tmp_path, text) if rule == "ITA208"] == rules


def test_a_year_whose_score_follows_that_of_the_year_is_compared(tmp_path):
    text = "{}ผลการประเมินประจำปีงบประมาณ พ.ศ. 2566 ได้ร้อยละ 89.10"
    assert found(tmp_path, text.format("ในปี 2568 ได้คะแนน ITA ร้อยละ 92.86 ซึ่ง")) == []
    assert "ITA611" in found(tmp_path, text.format(""))


def test_lines_of_earlier_years_with_their_scores_are_a_list_of_them(tmp_path):
    line = "ปีงบประมาณ พ.ศ. {} ได้ 89.10 คะแนน ในการประเมิน ITA"
    text = "\n\n".join(line.format(year) for year in (2565, 2566))
    assert found(tmp_path, text, claims(more=BEFORE)) == []
    assert "ITA611" in found(tmp_path, line.format(2565))


SPANS = {
    "มติคณะรัฐมนตรีเมื่อวันที่ 23 มกราคม 2561 ให้หน่วยงานเข้ารับการประเมินในปีงบประมาณ พ.ศ. {}": "2561 – 2565",
}
"""What has a span of years, by sentence; the right one."""


@pytest.mark.parametrize(
    "text",
    [
        "ตามแผนแม่บทภายใต้ยุทธศาสตร์ชาติ หน่วยงานร้อยละ 80 ผ่านเกณฑ์ 85 คะแนน ภายในปี พ.ศ. {}",
        "แผนแม่บทฯ กำหนดว่าภายในปี {} หน่วยงานไม่น้อยกว่าร้อยละ 80 ต้องผ่านเกณฑ์",
    ],
)
def test_the_national_aim_has_its_year(text, tmp_path):
    assert found(tmp_path, text.format(2565)) == []
    assert "ITA614" in found(tmp_path, text.format(2562))


@pytest.mark.parametrize("text", SPANS)
def test_the_years_of_a_plan_or_a_resolution_are_its_own(text, tmp_path):
    assert found(tmp_path, text.format(SPANS[text])) == []
    assert found(tmp_path, text.format("2561 – 2564")) == ["ITA614"]


def test_a_long_cell_may_name_another_instrument(tmp_path):
    name = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"
    more = " ซึ่งต้องเสนอผู้บริหารก่อนเผยแพร่บนเว็บไซต์ของหน่วยงาน และแจ้งทุกกองให้ทราบผลด้วย"
    text = "เครื่องมือ\tเรื่อง\nIIT\t{}\n"
    assert found(tmp_path, text.format(name)) == ["ITA821"]
    assert found(tmp_path, text.format(name + more)) == []


BEFORE = (claim("ITA", "91.32", 2567), claim("ITA", "84.86", 2566))
"""The made-up result's overall scores of the years before."""
SENTENCES = (
    "ตัวชี้วัดที่ได้คะแนนสูงสุดคือ การใช้อำนาจ 100.00 คะแนน รองลงมาคือ การปฏิบัติหน้าที่ และต่ำสุดคือ การเปิดเผยข้อมูล",
    "คะแนนภาพรวมเพิ่มขึ้น 1.54 คะแนน และเทียบกับปี 2566 เพิ่มขึ้น 8.00 คะแนน",
    "สูงกว่าปี 2567 (91.32 คะแนน) 1.54 คะแนน และสูงกว่าปี 2566 (84.86 คะแนน ระดับต้องปรับปรุง) 8.00 คะแนน",
    "ตัวชี้วัดที่ 9 จาก 97.50 เป็น 87.50 คะแนน",
    "ตั้งแต่ 95 คะแนนขึ้นไปมี 5 ตัวชี้วัด ค่าเฉลี่ยอย่างง่ายของทั้ง 10 ตัวชี้วัดเท่ากับ 94.97 คะแนน",
    "ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน ซึ่งต่ำกว่าค่าเฉลี่ยของ EIT 1.70 คะแนน ตัวชี้วัดที่ 8 ได้ 90.56 คะแนน",
    "เกณฑ์ของปี: ผ่านดีเยี่ยม ตั้งแต่ 95 คะแนน ขึ้นไปทุกเครื่องมือ",
    "ผ่านดีเยี่ยม (ทุกเครื่องมือ 95 คะแนนขึ้นไป)",
    "ได้คะแนนรวม 92.86 คะแนน ผลการประเมิน (ปีงบประมาณ พ.ศ. 2566 ได้ 84.86 คะแนน)",
    "ผ่านเกณฑ์ 4 แห่ง จาก 6 แห่ง คิดเป็นร้อยละ 66.67 คะแนนเฉลี่ยของอำเภอเท่ากับ 88.04 คะแนน",
    "ได้ 92.86 คะแนน แต่มีเครื่องมือหนึ่งต่ำกว่า 90 คะแนน",
    "ตัวชี้วัดที่ 9 (87.50 คะแนน) คือข้อ O11 การให้บริการของหน่วยงาน (87.50 คะแนน)",
    "(1) การใช้อำนาจ ได้ 100.00 คะแนน\n\n(2) การใช้งบประมาณ ได้ 98.81 คะแนน",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_what_reports_often_say_is_not_called_wrong(text, tmp_path):
    assert found(tmp_path, text, claims(more=BEFORE)) == []


WRONG = {
    "ตัวชี้วัดที่ได้คะแนนสูงสุดคือ การปฏิบัติหน้าที่ รองลงมาคือ การใช้อำนาจ": "ITA501",
    "คะแนนภาพรวมเพิ่มขึ้น 1.45 คะแนน และเทียบกับปี 2566 เพิ่มขึ้น 8.00 คะแนน": "ITA512",
    "สูงกว่าปี 2566 (84.86 คะแนน ระดับผ่านดี)": "ITA301",
    "ตัวชี้วัดที่ 9 จาก 97.50 เป็น 78.50 คะแนน": "ITA101",
    "ค่าเฉลี่ยของทั้ง 10 ตัวชี้วัด เท่ากับ 97.94 คะแนน": "ITA207",
}


@pytest.mark.parametrize("text", WRONG)
def test_the_same_sentences_are_called_wrong_where_they_are(text, tmp_path):
    assert WRONG[text] in found(tmp_path, text, claims(more=BEFORE))


def test_offices_of_a_list_are_named_in_what_is_said_of_it(tmp_path):
    names = ("อบต.ดงเค็ง", "อบต.คึมชาด", "อบต.วังหิน")
    rows = "".join(f"{n}\t{name}\t9{n}.10\n" for n, name in enumerate(names, 1))
    assert found(tmp_path, f"ลำดับ\tหน่วยงาน\tคะแนน\n{rows}\n\n{names[1]} ได้รายงานผลแล้ว") == []
    assert found(tmp_path, f"{names[1]} ได้รายงานผลแล้ว") == ["ITA601"]


LEFT = {
    "จุดเด่นของเทศบาลตำบลหนองสมมติเหนือคือการใช้อำนาจ": "เทศบาลตำบลหนองสมมติเหนือ",
    "ผลคะแนนขององค์การบริหารส่วนตำบลวังสมมติใหญ่ในปีนี้อยู่ในเกณฑ์ดี": "องค์การบริหารส่วนตำบลวังสมมติใหญ่",
    "เทศบาลตำบลโคกสมมติกลางพบว่าเว็บไซต์ยังไม่ครบ": "เทศบาลตำบลโคกสมมติกลาง",
}
"""Names that run into the words behind them."""


@pytest.mark.parametrize("text", LEFT)
def test_the_name_of_another_office_ends_where_words_go_on(text, tmp_path):
    told = [each.found for each in problems(tmp_path, text) if each.rule == "ITA601"]
    assert told == [LEFT[text]]


@pytest.mark.parametrize(
    "words", ["ดีขึ้นจากปีก่อน", "ตรงนี้ต้องเร่งแก้", "ยังไม่ครบทุกข้อ", "เคยได้ระดับนี้", "กำกับดูแลทั่วถึง"]
)
def test_words_behind_the_short_word_for_an_office_are_no_place(words, tmp_path):
    assert found(tmp_path, f"ผลของ อบต. {words}") == []


def test_a_blank_in_the_name_of_an_indicator_is_no_slip(tmp_path):
    assert found(tmp_path, "ตัวชี้วัดที่ 8 การปรับปรุง ระบบการทำงาน ได้ 90.56 คะแนน") == []
    assert found(tmp_path, "ตัวชี้วัดที่ 8 การปรับปรุง ระบบงาน ได้ 90.56 คะแนน") == ["ITA403"]


def test_an_office_that_speaks_of_itself_by_its_kind_names_no_other(tmp_path):
    said = replace(claims(), office="กรมทางน้ำสมมติ")
    assert found(tmp_path, "กรมจะดำเนินการดังนี้ และคะแนนของกรมเพิ่มขึ้นทุกปี", said) == []
    assert found(tmp_path, "กรมทางบกสมมติจะดำเนินการดังนี้", said) == ["ITA601"]
    assert found(tmp_path, "เห็นว่ากรมพัฒนาที่พักสมมติควรแก้ไข", said) == ["ITA601"]


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("มหาวิทยาลัยเทคโนโลยีสมมติ", "ที่ประชุมรับทราบผลการประเมินของมหาวิทยาลัยเทคโนโลยี{} และมอบกองแผน"),
        ("ที่ทำการปกครองอำเภอสมมติ", "ที่ทำการปกครองอำเภอ{}จะติดตามผลทุกไตรมาส"),
        ("สถาบันพิพิธภัณฑ์สมมติ", "สถาบันพิพิธภัณฑ์{} เผยแพร่รายงานนี้บนเว็บไซต์"),
        ("สำนักงานเขตสมมติ", "จัดทำโดย ฝ่ายปกครอง สำนักงานเขต{}"),
    ],
)
def test_an_office_of_the_same_kind_is_another_one(office, text, tmp_path):
    said = replace(claims(), office=office)
    assert found(tmp_path, text.format("สมมติ"), said) == []
    assert found(tmp_path, text.format("ทองคำ"), said) == ["ITA601"]


@pytest.mark.parametrize("office", ["ที่ทำการปกครองอำเภอดงสมมติ", "สำนักงานเขตทุ่งสมมติ"])
def test_an_office_of_a_district_is_read_whole(office, tmp_path):
    text = f"รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n{office} จังหวัดลม\n{office}ได้คะแนน 90.00\n"
    path = tmp_path / "รายงาน.txt"
    path.write_text(f"{text}สำนักงานเขตควรปรับปรุง และสำนักงานเขตต้องติดตามผล\n", encoding="utf-8")
    assert whose(read_document(path, path.name)).name == office


DOES = ["รับทราบ", "รับรองผล", "ติดตามผล", "กำกับดูแล", "เน้นความโปร่งใส", "วางแผนไว้", "แก้ไขแล้ว", "เติบโต"]


@pytest.mark.parametrize("does", DOES)
@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("กรมทางน้ำสมมติ", "เห็นว่ากรม{0} เพราะกรม{0} ซึ่งกรม{0}"),
        ("มหาวิทยาลัยสมมติ", "สภามหาวิทยาลัย{0} และจุดแข็งของมหาวิทยาลัย{0}"),
    ],
)
def test_what_an_office_called_by_its_kind_does_is_no_name(office, text, does, tmp_path):
    assert found(tmp_path, text.format(does), replace(claims(), office=office)) == []


def test_a_part_with_swapped_digits_is_named_where_its_whole_is_not_told(tmp_path):
    parts = [claim("EIT1", "93.35", line=7), claim("EIT2", "95.00", line=8)]
    told = [e for e in problems(tmp_path, said=claims(more=parts)) if e.rule == "ITA201"]
    assert [each.found for each in told] == ["95.00"]
    right = [parts[0], claim("EIT2", "90.50", line=8)]
    assert "ITA201" not in found(tmp_path, said=claims(more=right))


LAST_YEAR = tuple(claim(code, f"{float(points) - 2:.2f}", 2567) for code, points in SCORES.items())
LEFT_OVER = {
    "ตัวชี้วัดที่ 7 ได้ 88.23 คะแนน เพิ่มขึ้นจากปีก่อน 2.00 คะแนน": ["ITA101"],
    "ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน ปีก่อนได้ 88.23 คะแนน": [],
    "ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน เพิ่มจาก 88.23 คะแนนในปีก่อน": [],
    "เพิ่มขึ้นจากเดิม 2.00 คะแนน ตัวชี้วัดที่ 7 ได้ 88.23 คะแนน": ["ITA101"],
}
"""What is told with last year's score, and the rules by which it is a slip."""


@pytest.mark.parametrize("text", LEFT_OVER)
def test_last_years_score_is_right_only_where_words_say_so(text, tmp_path):
    document = read(tmp_path, f"รายงานผลการประเมินปีงบประมาณ พ.ศ. 2568\n\n{text}")
    told = claims_of(document, all_rules(), fiscal_year=2568).claims
    said = claims(more=(*LAST_YEAR, *told))
    assert [e for e in found(tmp_path, text, said) if e == "ITA101"] == LEFT_OVER[text]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("แบบวัดภายใน (IIT) ใช้กับตัวชี้วัดที่ 1 – {}", {"6": ["ITA822"], "5": []}),
        ("แบบวัด EIT ตอบโดยผู้มาติดต่อ ครอบคลุมตัวชี้วัดที่ {} ถึง 8", {"5": ["ITA822"], "6": []}),
        ("คะแนนน้อยที่สุดใน 10 ตัว คือตัวชี้วัดที่ {}", {"8": ["ITA501"], "9": []}),
        ("คะแนนต่ำที่สุดในสิบตัวชี้วัดคือตัวชี้วัดที่ {}", {"8": ["ITA501"], "9": []}),
        ("ตัวชี้วัดที่ {} ได้คะแนนสูงที่สุดในด้านภายนอก", {"8": ["ITA501"], "6": []}),
    ],
)
def test_what_is_told_of_a_whole_group_is_held_against_it(text, wrong, tmp_path):
    for told, rules in wrong.items():
        assert found(tmp_path, text.format(told)) == rules


@pytest.mark.parametrize("heads", [("คะแนนปีก่อน", "คะแนนปีนี้"), ("ปี 2567", "ปี 2568")])
def test_the_cell_with_swapped_digits_is_named_beside_its_difference(heads, tmp_path):
    rows = "ก\t90.10\t91.20\t+1.10\nข\t84.77\t86.84\t+1.71\nค\t80.00\t82.00\t+2.00\n"
    wrong = problems(tmp_path, f"เรื่อง\t{heads[0]}\t{heads[1]}\tเปลี่ยนแปลง\n{rows}")
    assert [(each.rule, each.found) for each in wrong] == [("ITA206", "86.84")]


BOTH_YEARS = {
    "1. การปฏิบัติหน้าที่": ("88.02", "90.12", "+2.10"),
    "2. การใช้งบประมาณ": ("85.61", "87.46", "+1.85"),
    "3. การใช้อำนาจ": ("89.95", "91.30", "+1.35"),
    "4. การใช้ทรัพย์สินของราชการ": ("82.47", "84.22", "+1.75"),
    "5. การแก้ไขปัญหาการทุจริต": ("86.10", "88.05", "+1.95"),
    "IIT": ("86.43", "88.23", "+1.80"),
}
"""Points of two years that recompute, and their differences."""


@pytest.mark.parametrize(
    ("row", "column", "wrong", "way"),
    [
        ("1. การปฏิบัติหน้าที่", 1, "96.12", "ค่าเฉลี่ย"),
        ("5. การแก้ไขปัญหาการทุจริต", 0, "89.10", "ค่าเฉลี่ย"),
        ("4. การใช้ทรัพย์สินของราชการ", 1, "82.42", "สลับ"),
        ("IIT", 1, "88.73", "ค่าเฉลี่ย"),
        ("3. การใช้อำนาจ", 2, "+1.45", "คะแนนสองปี"),
        ("2. การใช้งบประมาณ", 2, "-1.85", "คะแนนสองปี"),
    ],
)
def test_the_cell_is_named_that_neither_its_difference_nor_its_mean_fits(
    row, column, wrong, way, tmp_path
):
    cells = {**BOTH_YEARS, row: [*BOTH_YEARS[row]]}
    cells[row][column] = wrong
    rows = "".join("\t".join((name, *each)) + "\n" for name, each in cells.items())
    text = f"ITA 2568\n\nตัวชี้วัด\tปี 2567\tปี 2568\tผลต่าง\n{rows}"
    said = claims_of(read(tmp_path, text), all_rules(), fiscal_year=2568)
    told = problems(tmp_path, text, said, only="ITA206")
    assert [(each.found, way in each.text) for each in told] == [(wrong, True)]


def test_weighted_points_are_those_of_the_reports_year(tmp_path):
    head = "เครื่องมือ\tคะแนนปี 2567\tคะแนนปี 2568\tน้ำหนัก\tคะแนนถ่วงน้ำหนัก\n"
    for points, rules in {"35.50": [], "36.50": ["ITA208"]}.items():
        text = f"{head}OIT\t80.00\t88.75\t40\t{points}\n"
        assert [e for e in found(tmp_path, text) if e == "ITA208"] == rules


def test_one_of_several_numbered_names_in_a_cell_is_held_against_its_number(tmp_path):
    text = "เครื่องมือ\tตัวชี้วัด\nEIT\t6. {} 7. ประสิทธิภาพการสื่อสาร 8. การปรับปรุงระบบการทำงาน\n"
    assert found(tmp_path, text.format("คุณภาพการดำเนินงาน")) == []
    assert found(tmp_path, text.format("คุณภาพการต้อนรับ")) == ["ITA403"]


def test_a_difference_may_be_that_of_a_score_that_follows_from_those_below(tmp_path):
    said = claims(more=[*LAST_YEAR, claim("OIT", "98.75"), claim("OIT", "86.75", 2567)])
    text = "OIT เพิ่มขึ้นจากปีก่อน {} คะแนน"
    assert "ITA512" not in found(tmp_path, text.format("2.00"), said)
    assert "ITA512" in found(tmp_path, text.format("2.20"), said)


PLANNED = "มาตรการ\tวิธีการ\tผู้รับผิดชอบ\tระยะเวลา\n" + "".join(
    f"{name}\tประชุม\tสำนักปลัด\t{period}\n"
    for name, period in {
        "จัดทำคู่มือ": "ต.ค. 2568 – มี.ค. 2569",
        "อบรมบุคลากร": "ม.ค. 2569 – มิ.ย. 2569",
        "ปรับเว็บไซต์": "ตลอดปีงบประมาณ พ.ศ. 2569",
    }.items()
)
YEARS = {
    "เทศบาลจะนำผลนี้ไปใช้ในแผนของปีงบประมาณ พ.ศ. {} ต่อไป": ("2568", "2569"),
    "เรื่องที่จะทำต่อไปในปีงบประมาณ พ.ศ. {}": ("2568", "2569"),
    "ประชุมเมื่อวันที่ 5 พฤศจิกายน 2568 และจะรายงานอีกครั้งเมื่อสิ้นปีงบประมาณ พ.ศ. {}": ("2568", "2569"),
    "ได้รับหนังสือแจ้งให้ดูผลคะแนน เมื่อวันที่ 2 ตุลาคม {}": ("2567", "2568"),
    "ประชุมเมื่อวันที่ 9 ตุลาคม 2568 และเผยแพร่บนเว็บไซต์เมื่อวันที่ 20 ตุลาคม {}": ("2567", "2568"),
    "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {}\n\n" + PLANNED: ("2568", "2569"),
}
"""What has a year, wrong and right, in a report of 2568."""
OF_YEARS = {"ITA611", "ITA613", "ITA617", "ITA620", "ITA622"}


@pytest.mark.parametrize("text", YEARS)
def test_what_is_done_and_planned_has_its_year(text, tmp_path):
    wrong, right = YEARS[text]
    assert OF_YEARS & {*of_report(tmp_path, text.format(wrong))}
    assert not OF_YEARS & {*of_report(tmp_path, text.format(right))}


def of_report(folder, text):
    """Return the rules that a text breaks behind the title of a report that has been read."""
    whole = f"รายงานผลการประเมินปีงบประมาณ พ.ศ. 2568\n\n{OFFICE}\n\n{text}\n"
    told = claims_of(read(folder, whole), all_rules(), fiscal_year=2568)
    return found(folder, whole, replace(told, claims=claims().claims))


SAID = {
    "ไม่ได้คะแนน 1 ข้อ ได้ 7 ข้อจาก 8 ข้อ คิดเป็น {} คะแนน": ("78.50", "87.50"),
    "ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน {}จากปี 2567 ที่เคยได้ 92.30 คะแนน": ("เพิ่มขึ้น", "ลดลง"),
    "เรื่อง\tส่วนแรก\tส่วนหลัง\tเฉลี่ย\nก\t91.10\t85.72\t88.41\nข\t87.26\t81.34\t84.30\n"
    "ค\t80.00\t84.00\t82.00\nง\t88.70\t82.42\t{}\n": ("86.55", "85.56"),
    "ผลงานของกรม{}สมมติเป็นที่ยอมรับ": ("ทางบก", "ทางน้ำ"),
}
"""What has a figure or a name, wrong and right."""


@pytest.mark.parametrize("text", SAID)
def test_what_follows_from_what_stands_beside_it_is_held_against_it(text, tmp_path):
    said = replace(claims(), office="กรมทางน้ำสมมติ")
    wrong, right = SAID[text]
    assert wrong in "".join(each.found for each in problems(tmp_path, text.format(wrong), said))
    assert found(tmp_path, text.format(right), said) == []


@pytest.mark.parametrize("head", ["ร้อยละ", "คิดเป็นร้อยละ", "% ของทั้งหมด"])
def test_shares_beside_counts_are_those_of_the_total_below_them(head, tmp_path):
    rows = "IIT\tครู\t71\t38.59\nIIT\tพนักงาน\t98\t{}\nIIT\tผู้บริหาร\t15\t8.15\n"
    rows += "IIT\tรวม\t184\t100.00\nEIT\tนักเรียน\t60\t60.00\nEIT\tผู้ปกครอง\t40\t40.00\n"
    rows += "EIT\tรวม\t100\t100.00\n"
    text = f"แบบวัด\tกลุ่ม\tจำนวน (คน)\t{head}\n{rows}"
    assert found(tmp_path, text.format("53.26")) == []
    wrong = problems(tmp_path, text.format("35.26"))
    assert [(each.rule, each.found) for each in wrong] == [("ITA203", "35.26")]
