from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from finished import OFFICE, OTHER, claim, claims, found, problems, row

from ita_helpers.checks.finished.rules import RULES, chosen_rules
from ita_helpers.records.spot import Spot

WRONG = {
    "ITA103": "ตัวชี้วัดที่ 2 ได้ 198.81 คะแนน",
    "ITA105": "อยู่ในลำดับที่ 24 จาก 23 แห่งของจังหวัด",
    "ITA106": f"{OFFICE} อยู่ในลำดับที่ 2 จาก 3 หน่วยงาน\n\nหน่วยงาน\tคะแนน\n{OFFICE}\t92.86\n"
    f"{OTHER}\t90.00\nเทศบาลตำบลสวนสมมติ\t80.00\n",
    "ITA202": "(90.00 + 80.00) ÷ 2 = 86.00",
    "ITA203": "มีมาตรการแล้ว 3 ตัวชี้วัด จาก 10 ตัวชี้วัด คิดเป็นร้อยละ 33.33",
    "ITA204": "ลดลงมี 3 ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร และตัวชี้วัดที่ 9 การเปิดเผยข้อมูล",
    "ITA205": "เรื่อง\tคะแนน\nก\t90.00\nข\t80.00\nค\t85.00\nรวม\t256.00\n",
    "ITA206": "เรื่อง\tปี 2567\tปี 2568\tผลต่าง\nก\t90.00\t92.00\t−2.00\n",
    "ITA207": "คะแนนเฉลี่ยทั้ง 10 ตัวชี้วัด เท่ากับ 93.97 คะแนน",
    "ITA208": "เครื่องมือ\tน้ำหนัก\tคะแนน\tคะแนนถ่วงน้ำหนัก\nIIT\t30\t90.00\t28.00\n",
    "ITA209": "ส่วนแรก 265 คน และส่วนหลัง 135 คน รวม 410 คน",
    "ITA210": "ตัวชี้วัดที่ 1 และ 9 ซึ่งมีคะแนนต่ำกว่า 95 คะแนนทุกตัวชี้วัด",
    "ITA211": "ค่าเฉลี่ยของตัวชี้วัดที่ 6 – 8 เท่ากับ 95.96 คะแนน",
    "ITA212": "กลุ่ม\tเป้าหมาย\tผู้ตอบ\tร้อยละ\nภายนอก\t400\t372\t92.00\n",
    "ITA302": "ผลการประเมินในภาพรวม 92.86 คะแนน อยู่ในระดับ A",
    "ITA303": "อยู่ในระดับ “ผ่านดี”\n\nอยู่ในระดับ “ผ่านดี”\n\nอยู่ในระดับ “ผ่าน”",
    "ITA304": "ทุกเครื่องมือไม่ต่ำกว่า 85 คะแนน เพื่อเลื่อนเป็นระดับ “ผ่านดีเยี่ยม”",
    "ITA401": "ตัวชี้วัดที่ 3 การใช้ทรัพย์สินของราชการ",
    "ITA402": "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน\n\nตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน",
    "ITA403": "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาน",
    "ITA404": "แบบวัดการรับรู้ของการเปิดเผยข้อมูลสาธารณะ (OIT)",
    "ITA405": "9.2 การจัดซื้อจัดจ้าง",
    "ITA501": "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน",
    "ITA502": "คะแนนสูงสุดคือ การใช้อำนาจ รองลงมาคือ คุณภาพการดำเนินงาน",
    "ITA511": "คะแนนภาพรวมเพิ่มขึ้นจาก 94.32 เป็น 92.86",
    "ITA512": "คะแนนภาพรวมเพิ่มขึ้น 2.54 คะแนน จาก 91.32 เป็น 92.86",
    "ITA513": "ตัวชี้วัดที่ 9 ได้ 87.50 คะแนน ต่ำกว่าค่าเป้าหมาย (85.00 คะแนน)",
    "ITA514": "ตัวชี้วัดที่ 4 ได้ 84.45 คะแนน ผ่านค่าเป้าหมาย",
    "ITA601": f"{OTHER} ได้รับผลการประเมิน",
    "ITA602": f"{OFFICE} อำเภอหนึ่ง\n\n{OFFICE} อำเภอหนึ่ง\n\n{OFFICE} อำเภอสอง",
    "ITA611": "ผลการประเมินประจำปีงบประมาณ พ.ศ. 2565 อยู่ในเกณฑ์",
    "ITA613": "การนำผลการประเมินไปสู่การปรับปรุงในปีงบประมาณ พ.ศ. 2571",
    "ITA614": "คู่มือการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2571",
    "ITA615": "วันที่ 13 พฤษภาคม 2566",
    "ITA616": "ประชุมเมื่อวันที่ 31 กันยายน 2568",
    "ITA617": "แผน 4 ปี (พ.ศ. 2564 – 2561)",
    "ITA618": "ประจำปีงบประมาณ 2025",
    "ITA619": "แผนภูมิที่ 1 ผลปีงบประมาณ พ.ศ. 2565",
    "ITA620": "จะดำเนินการในปีงบประมาณ พ.ศ. 2572",
    "ITA621": "ประกาศผลประจำปีงบประมาณ พ.ศ. 2567 เมื่อเดือนสิงหาคม 2568",
    "ITA622": "ประกาศผลเมื่อวันที่ 1 สิงหาคม 2568\n\n12 กรกฎาคม 2568",
    "ITA623": "21 กันยายน 2568\n\nอ้างถึง หนังสือจังหวัด ลงวันที่ 12 ตุลาคม 2568",
    "ITA705": "ตัวชี้วัดที่ 9 ได้ 79.00 คะแนน ไม่มีข้อคำถามใดที่ต้องปรับปรุง",
    "ITA801": "อ้างอิงจากข้อ O43",
    "ITA802": "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่\n\nพบว่า I5 ประเด็น การเบิกจ่ายเงิน",
    "ITA803": "O33 การเปิดโอกาสให้เกิดการมีส่วนร่วม",
    "ITA804": "จัดระบบ E-Service (อ้างอิงจาก O13)",
    "ITA811": "OIT น้ำหนักร้อยละ 30",
    "ITA305": "เกณฑ์ระดับ “ต้องปรับปรุง” คือ 70.00 – 80.99 คะแนน",
    "ITA812": "80.00 – 94.99 ผ่านดี",
    "ITA813": "85.00 – 94.99 A",
    "ITA814": "ค่าเป้าหมาย 80.00 คะแนน",
    "ITA815": "เครื่องมือ\tน้ำหนัก\nIIT\t30\nEIT\t40\nOIT\t40\n",
    "ITA821": "ด้าน ITA พบว่า แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",
    "ITA822": "IIT (ตัวชี้วัดที่ 1–6)",
    "ITA823": "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร\n\nตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน มีค่าคะแนน 90.56 คะแนน",
    "ITA824": "ให้น้ำหนัก IIT ร้อยละ 30 IIT ร้อยละ 30 และ OIT ร้อยละ 40",
    "ITA831": "2.1 ผลรายเครื่องมือ\n\n2.2 ผลรายตัวชี้วัด\n\nผล",
    "ITA832": "2.1 ผลรายเครื่องมือ\n\nผล\n\n2.2 ผลรายเครื่องมือ\n\nผล",
    "ITA833": "ตารางที่ 1 คะแนน\n\nตารางที่ 2 ระดับ\n\nดูจำนวนผู้ตอบในตารางที่ 7",
    "ITA834": "5.1 อบรมเจ้าหน้าที่\n5.2 ทบทวนคู่มือ\n5.3 ประชุมชี้แจง\n5.3 เผยแพร่รายงาน",
    "ITA901": "ได้ร้อยละ 92.86 คะแนน",
    "ITA902": "การประเมินคุณธรรมคุณธรรมและความโปร่งใส",
    "ITA903": "อ้างอิงจากข้อ ๐๘ และดำเนินการ",
    "ITA904": "พบว่า 1๒ ประเด็น",
    "ITA905": "ได้ 9๒.๘๖ คะแนน",
    "ITA906": "ได้ ๙๒.๘๖ คะแนน จากคะแนน 92.86",
    "ITA907": "ชื่อเรื่อง <p>สำคัญ</p>",
    "ITA908": "ตามหลักธรรมภิบาลของหน่วยงาน",
    "ITA909": "จากผลคะแนนที่ได้ 94.29 ไม่มีข้อคำถามใดที่มีคะแนน",
    "ITA910": "ได้ 92,86 คะแนน",
    "ITA911": "สำนักงาน ป.ป.ช ประกาศผล",
}
"""A text that breaks a rule, by the rule's code; the made-up result stands beside it."""


@pytest.mark.parametrize("code", WRONG)
def test_a_rule_finds_what_breaks_it(code, tmp_path):
    said = claims(i9="79.00") if code == "ITA705" else claims()
    assert found(tmp_path, WRONG[code], said, only=code) == [code]


SAID = {
    "ITA101": claims(more=[claim("9", "78.50", line=7)]),
    "ITA201": claims(ITA="93.86"),
    "ITA701": claims(plan=[row(period="ต.ค. 2566 – ก.ย. 2567")]),
    "ITA702": claims(plan=[row(period="ก.ย. 2569 – ต.ค. 2568")]),
    "ITA703": claims(plan=[row(owner=""), row("อบรม")]),
    "ITA704": claims(plan=[row(indicator="1")]),
    "ITA706": claims(plan=[row(), row()]),
    "ITA707": claims(plan=[row(owner="ทุกคน")]),
    "ITA708": claims(plan=[row(finding="จัดอบรมเจ้าหน้าที่ทุกกอง", method="จัดอบรมเจ้าหน้าที่ทุกกอง ปีละครั้ง")]),
}
"""Claims that break a rule, by its code."""


@pytest.mark.parametrize("code", SAID)
def test_a_rule_finds_claims_that_break_it(code, tmp_path):
    assert code in found(tmp_path, said=SAID[code])


RIGHT = (
    f"{OFFICE}ได้คะแนนภาพรวม 92.86 คะแนน อยู่ในระดับ “ผ่านดี”",
    "ตัวชี้วัดที่ 9 ได้ 87.50 คะแนน สูงกว่าค่าเป้าหมาย 2.50 คะแนน",
    "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ 3 การใช้อำนาจ และตัวชี้วัดที่ 5 การแก้ไขปัญหาการทุจริต",
    "ในเครื่องมือ EIT ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน มีคะแนนสูงสุด",
    "ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล (87.50 คะแนน)",
    "ผลการประเมินย้อนหลัง ปีงบประมาณ พ.ศ. 2565",
    "คะแนนภาพรวมเพิ่มขึ้น 1.54 คะแนน จาก 91.32 คะแนน เป็น 92.86 คะแนน",
    "ผู้บริหารสูงสุดของหน่วยงานให้ความสำคัญกับการแก้ไขปัญหาการทุจริต",
    "ตามแผน (พ.ศ. 2566 – 2570) ระยะ 5 ปี (พ.ศ. 2566 – 2570)",
    "เพื่อเลื่อนสู่ระดับ “ผ่านดีเยี่ยม” คะแนนต้องไม่ต่ำกว่า 95.00 คะแนน",
    "95.00 – 100.00 ผ่านดีเยี่ยม",
    "(100 + 99.61 + 100 + 98.84 + 98.45) ÷ 5 = 99.38",
    "ตามพระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. 2537",
    "นายอำเภอและองค์การบริหารส่วนตำบลทุกแห่ง",
    "โครงการ อบต.พบประชาชน และองค์การบริหารส่วนตำบลเคลื่อนที่ ของ อบต. ทุกแห่ง",
    "อ้างอิงข้อ O8 และ O9 ระยะเวลา 08.30 – 16.30 น.",
    "ข้อเสนอให้คะแนนเพิ่มขึ้นเป็น 95.00 คะแนน",
    "เรื่อง\tคะแนน\nก\t90.00\nข\t80.00\nค\t85.00\nเฉลี่ย\t85.00\n",
    "ค่าเฉลี่ยของตัวชี้วัดที่ 6 – 8 เท่ากับ 91.93 คะแนน",
    "ตัวชี้วัดที่ได้คะแนนต่ำกว่า 90.00 คะแนน มี 1 ตัวชี้วัด",
    "อยู่ในลำดับที่ 6 จาก 11 แห่ง (ลำดับ 76/211)",
    "ส่วนแรก 265 คน และส่วนหลัง 135 คน รวม 400 คน",
    "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน",
    "ผลของปีก่อน (พ.ศ. 2565) อยู่ในระดับ A",
    "ตัวชี้วัดที่คะแนนเพิ่มขึ้นมากที่สุด คือ ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร",
    "กลุ่ม\tเป้าหมาย\tผู้ตอบ\tร้อยละ\nภายนอก\t400\t372\t93.00\n",
    "หากต่ำกว่า 70 คะแนน จะอยู่ในระดับ “ต้องปรับปรุงโดยด่วน”",
    "ระดับ “ผ่านดีเยี่ยม” กำหนดไว้ที่ 95.00 คะแนน ขึ้นไป ระดับ “ผ่านดี” 85.00 – 94.99 คะแนน",
    "เครื่องมือ\tปี 2567\tปี 2568\tผลต่าง\tผล\nก\t92.00\t90.36\t-1.64\tผ่าน\n",
    "ได้ 95 คะแนนขึ้นไปมี 5 ตัวชี้วัด ที่เหลือ 5 ตัวชี้วัด ต้องพัฒนา",
    "1. ตารางคะแนน 2. สำเนาประกาศ จำนวนรวม 2 รายการ",
    "รับเรื่อง 1,126 เรื่อง ยุติเรื่อง 1,031 เรื่อง คงเหลือ 95 เรื่อง",
    "เครื่องมือ\tปี 2567\tปี 2568\tผลต่างจาก 90 คะแนน\nก\t91.00\t92.00\t+2.00\nข\t91.00\t89.00\t-1.00\n",
    "เครื่องมือ\tตัวชี้วัด\nEIT\tตัวชี้วัดที่ 6 – 8\nIIT\tตัวชี้วัดที่ 1 – 5\n",
    "เดิมรายการที่ต้องเปิดเผยมี 43 ข้อ ปีนี้รายการที่ต้องเปิดเผยมี 28 ข้อ",
    "คะแนนเฉลี่ยทั้งประเทศเท่ากับ 93.82 คะแนน ซึ่งสูงกว่าคะแนนของหน่วยงาน",
    "ขอให้ดำเนินการตามมาตรการตั้งแต่เดือนตุลาคม 2568 เป็นต้นไป",
    "ตัวชี้วัด\tคะแนน\n8. การปรับปรุงระบบการทำงาน (EIT)\t90.56\n",
    "แห่งแรกได้ 97.88 คะแนน ระดับ “ผ่านดีเยี่ยม” แห่งที่สองได้ 84.46 คะแนน ระดับ “ต้องปรับปรุง”",
    "เทศบาลใกล้เคียงได้คะแนนภาพรวม 85.40 คะแนน อยู่ในระดับ “ผ่าน”",
    "ผู้ตอบ 44 คน กลุ่มแรก 60 คน และกลุ่มหลัง 75 คน รวมภายนอก 135 คน รวมทั้งหมด 179 คน",
    "ได้คะแนนภาพรวม 92.86 คะแนน แม้มีตัวชี้วัดที่ต่ำกว่า 90.00 คะแนน",
    "ตัวชี้วัดที่ได้ 90 คะแนนขึ้นไปมี 9 ตัวชี้วัด และต่ำกว่า 90.00 คะแนน 1 ตัวชี้วัด",
    "หวังเลื่อนสู่ระดับ “ผ่านดีเยี่ยม” เป้าหมายปี 2569 ไม่น้อยกว่า 93 คะแนน",
    "ตัวชี้วัด\tปี 2567\tปี 2568\tต่าง\n9. การเปิดเผยข้อมูล\t100.00\t87.50\t-12.50\n",
    "ตามรายงานผลปีงบประมาณ พ.ศ. 2567 กำหนดมาตรการสำหรับปีงบประมาณ พ.ศ. 2568 ไว้ 4 มาตรการ",
    "ที่ทำการองค์การบริหารส่วนตำบลดอนสมมติ อำเภอเมือง",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_called_wrong(text, tmp_path):
    assert found(tmp_path, text) == []


def test_a_level_is_judged_by_components_and_never_by_an_indicator(tmp_path):
    text = "คะแนนภาพรวม 96.39 คะแนน อยู่ในระดับ ผ่านดี"
    full = dict.fromkeys(("i1", "i2", "i3", "i4", "i5", "i10"), "100.00")
    said = claims(i6="98.33", i7="97.64", i8="97.92", i9="85.00", ITA="96.39", **full)
    assert found(tmp_path, text, said) == []
    assert found(tmp_path, text.replace("ผ่านดี", "ผ่านดีเยี่ยม"), said) == ["ITA301"]


MORE = {
    "ผลการประเมิน ITA ประจำปี 2565": "ITA611",
    "เรื่อง แจ้งผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567": "ITA611",
    "ระดับ “ผ่านดีเยี่ยม” กำหนดไว้ที่ 90.00 คะแนน ขึ้นไป ระดับ “ผ่านดี” 85.00 – 94.99 คะแนน": "ITA304",
    "ต้องได้ระดับ “ผ่านดีเยี่ยม” จึงต้องเพิ่มอีก\n\nเกณฑ์ของระดับนี้ให้ทุกเครื่องมือได้ตั้งแต่ 90 คะแนนขึ้นไป": "ITA304",
    "หากต่ำกว่า 60 คะแนน จะอยู่ในระดับ “ต้องปรับปรุงโดยด่วน”": "ITA304",
    "ผ่านดีเยี่ยม 95.00 – 100 คะแนน ผ่านดี 80.00 – 94.99 คะแนน และผ่าน 85.00 – 89.99 คะแนน": "ITA812",
    "ได้ 95 คะแนนขึ้นไปมี 5 ตัวชี้วัด ที่เหลืออีก 6 ตัวชี้วัด ต้องพัฒนา": "ITA204",
    "1. ตารางคะแนน 2. สำเนาประกาศ จำนวนรวม 3 ฉบับ": "ITA204",
    "รับคำร้องทั้งหมด 25 เรื่อง แก้ไขเสร็จ 20 เรื่อง ยังค้าง 4 เรื่อง": "ITA209",
    "เครื่องมือ\tตัวชี้วัด\nEIT\tตัวชี้วัดที่ 6 – 9\nIIT\tตัวชี้วัดที่ 1 – 5\n": "ITA822",
    "เรื่อง\tคะแนน\tเทียบ 80 คะแนน\n"
    "ก\t88.07\tถึงเกณฑ์\nข\t73.41\tต่ำกว่า\nค\t79.15\tถึงเกณฑ์\nง\t81.00\tถึงเกณฑ์\n": "ITA514",
    "รายการที่ต้องเปิดเผยต่อสาธารณะมี 43 ข้อ": "ITA801",
    "คะแนนเฉลี่ยทั้งประเทศเท่ากับ 93.82 คะแนน ซึ่งต่ำกว่าคะแนนของหน่วยงาน": "ITA513",
    "ขอให้ดำเนินการตามมาตรการตั้งแต่เดือนตุลาคม 2567 เป็นต้นไป": "ITA613",
    "เรื่อง\tช่วงดำเนินการ\tผล\n"
    "ก\tพ.ย. 2567 – ม.ค. 2568\tมี\nข\tมี.ค. 2568\tมี\nค\tมิ.ย. 2567\tมี\n": "ITA701",
    "ตัวชี้วัด\tคะแนน\n8. การปรับปรุงระบบการทำงาน (IIT)\t90.56\n": "ITA822",
    "อีกแห่งได้ 97.88 คะแนน ส่วนคะแนนภาพรวมของเรา 92.86 คะแนน อยู่ในระดับ “ผ่านดีเยี่ยม”": "ITA301",
    "ผลคะแนน 92.86 ระดับ A สูงกว่าปี พ.ศ. 2565 ซึ่งได้ 91.00 คะแนน": "ITA302",
    "แบบวัด IIT มี 6 ตัวชี้วัด": "ITA204",
    "ผลคะแนนทั้ง 12 ตัวชี้วัด": "ITA204",
    "ตัวชี้วัดที่ได้คะแนนเต็ม 100 คะแนน มี 3 ตัวชี้วัด": "ITA204",
    "มี 4 ตัวชี้วัดที่ได้คะแนนต่ำกว่า 90.00 คะแนน": "ITA204",
    "แผนมีทั้งหมด 12 มาตรการ ดำเนินการแล้ว 4 มาตรการ คิดเป็นร้อยละ 40.00": "ITA203",
    "สูงสุดคือการใช้งบประมาณ": "ITA501",
    "ตัวชี้วัดที่ 7 การเผยแพร่ข้อมูล": "ITA403",
    "เป้าหมายปีหน้าคือคงระดับ A ไว้": "ITA302",
    "ระดับผลการประเมินของหน่วยงานคือ A": "ITA302",
    "แบบตรวจการเปิดเผยข้อมูลสาธารณะ": "ITA404",
    f"ทั้งนี้ {OFFICE.replace('องค์การบริหารส่วนตำบล', 'เทศบาลตำบล')} จะรายงานผล": "ITA601",
    "มาตรการปีงบประมาณ พ.ศ. 2569\n\n- ทำคู่มือ ต.ค. 2566 – ก.ย. 2567 กองคลัง": "ITA701",
    "IIT (แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก)": "ITA821",
    "ที่\tมาตรการ\tตัวชี้วัด\n1\tอบรม\t4\n1\tติดป้าย\t2\n": "ITA834",
    "ตัวชี้วัด\tคะแนน\n9. การเปิดเผยข้อมูล\t87.50\n11. การป้องกันการทุจริต\t90.00\n": "ITA401",
    "เทศบาลจะติดตามผลทุกไตรมาส": "ITA601",
    f"{OFFICE} อำเภอหนึ่ง จังหวัดหนึ่งดี\n\nรายงานสำนักงาน ป.ป.ช. ประจำจังหวัดสองดี": "ITA602",
    "คุณธรรมและความโปร่งใสในการดำเนินการของหน่วยงานภาครัฐ": "ITA404",
    "แบบวัดการเปิดเผยข้อมูลสาธารณะ (OTI)": "ITA404",
    "O17 รายงานผลการสำรวจความพึงพอใจการให้บริการ": "ITA803",
    "เรื่อง\tปี 2567\tปี 2568\tผลต่าง\nก\t90.00\t84.00\t6.00\nข\t90.00\t84.00\t-6.00\n": "ITA206",
}
"""Other ways to break a rule."""


@pytest.mark.parametrize("text", MORE)
def test_a_rule_is_broken_in_several_ways(text, tmp_path):
    assert MORE[text] in found(tmp_path, text)


def test_a_score_is_of_one_year(tmp_path):
    said = claims(more=[claim("9", "87.50", line=3)])
    text = "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล ในปี {} ได้ 87.50 คะแนน"
    assert found(tmp_path, text.format(2567), said) == ["ITA612"]
    assert found(tmp_path, text.format(2568), said) == []


def test_a_total_of_measures_is_that_of_the_rows_of_the_plan(tmp_path):
    text = "มาตรการ\tตัวชี้วัด\nอบรม\t4\nติดป้าย\t2\n\nสรุปมาตรการทั้งสิ้น 3 มาตรการ รายงานผลทุกไตรมาส"
    said = claims(plan=[replace(row(each), spot=Spot("", table=1)) for each in ("อบรม", "ติดป้าย")])
    assert "ITA204" in found(tmp_path, text, said)
    assert "ITA204" not in found(tmp_path, text.replace("3 มาตรการ", "2 มาตรการ"), said)


def test_the_wrong_cell_of_a_row_is_told_once(tmp_path):
    rows = ("ก\t90.00\t92.00\t+2.00", "ข\t80.00\t83.00\t+3.00", "ค\t71.00\t72.00\t+1.00")
    for cells, wrong in (("88.76\t98.51\t+0.75", "98.51"), ("76.50\t82.00\t+3.99", "+3.99")):
        text = "\n".join(("เรื่อง\tปี 2567\tปี 2568\tผลต่าง", *rows, f"ง\t{cells}", ""))
        told = [each for each in problems(tmp_path, text) if each.rule == "ITA206"]
        assert [each.found for each in told] == [wrong]


def test_a_level_in_a_table_is_held_against_the_points_beside_it(tmp_path):
    row = claim("ITA", "92.86", level="ผ่านดีเยี่ยม", is_of_table=True)
    assert "ITA301" in found(tmp_path, said=claims(more=[row]))
    letter = claim("9", "87.50", 2565, level="B", is_of_table=True)
    assert "ITA301" in found(tmp_path, said=claims(2565, more=[letter]))


def test_last_years_figures_stand_beside_this_years(tmp_path):
    said = claims(more=[claim("9", "91.50", 2567, is_of_table=True)])
    text = "ตัวชี้วัดที่ 9 ได้ 87.50 คะแนน ลดลง 4.00 คะแนนจากปีก่อน"
    assert found(tmp_path, text, said) == []
    assert found(tmp_path, text.replace("ลดลง", "เพิ่มขึ้น"), said) == ["ITA511"]


def test_a_score_that_so_many_people_cannot_give_is_doubted(tmp_path):
    text = "IIT จำนวนผู้ตอบ 28 คน"
    assert found(tmp_path, text) == []
    assert "ITA104" in found(tmp_path, text, claims(i1="98.90", ITA="92.86"))


def test_a_change_is_told_from_the_year_whose_difference_it_is(tmp_path):
    said = claims(more=[claim("ITA", "91.87", 2567, is_of_table=True)])
    text = "คะแนนภาพรวมเพิ่มขึ้นจากปี 2567 จำนวน 0.99 คะแนน"
    assert found(tmp_path, text, said) == []
    assert found(tmp_path, text.replace("2567", "2566"), said) == ["ITA512"]


@pytest.mark.parametrize("words", ["แม้คะแนนภาพรวมขยับขึ้นถึง 95 คะแนน", "ไม่มีคะแนนภาพรวมใดถึง 95 คะแนน"])
def test_points_that_are_only_reached_are_no_score(words, tmp_path):
    said = claims(more=[replace(claim("ITA", "95"), words=words)])
    assert "ITA101" not in found(tmp_path, said=said)


def test_what_data_have_of_the_office_is_compared(tmp_path):
    known = {2568: {"9": Decimal("88.50")}}
    assert found(tmp_path, known=known) == ["ITA102"]


def test_each_rule_has_its_words_and_a_way_to_break_it():
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    untried = {*codes} - {*WRONG, *SAID} - {"ITA102", "ITA104", "ITA301", "ITA612", "ITA816"}
    assert not untried, "give each a text that breaks it in WRONG"
    for rule in RULES:
        assert re.fullmatch(r"ITA\d{3}", rule.code)
        assert rule.title and rule.explanation and rule.example


def test_rules_are_chosen_by_the_beginning_of_their_codes():
    assert {rule.code[:4] for rule in chosen_rules(select=("ITA9",))} == {"ITA9"}
    assert not [e for e in chosen_rules(ignore=("ITA9", "ITA101")) if e.code == "ITA101"]


def test_a_problem_says_where_it_is_what_stands_there_and_what_to_do(tmp_path):
    (problem,) = problems(tmp_path, "บรรทัดแรก\n\nได้ร้อยละ 92.86 คะแนน")
    assert problem.spot and problem.spot.line == 3
    assert problem.severity == "warning"
    assert problem.sentence == "ได้ร้อยละ 92.86 คะแนน"
    assert problem.remedy in problem.text


@pytest.mark.parametrize("seed", range(8))
def test_a_result_that_contradicts_itself_anywhere_is_checked_to_its_end(seed, tmp_path):
    dice = random.Random(seed)
    codes = ["IIT", "EIT", "EIT1", "EIT2", "OIT", "ITA", "i1", "i6", "i9"]
    said = {code: f"{dice.uniform(60, 99):.2f}" for code in dice.sample(codes, dice.randint(2, 9))}
    assert "ITA201" in found(tmp_path, said=claims(**said))


FINDINGS = {
    "1. จัดทำป้ายบอกขั้นตอนไว้หน้าสำนักงาน": True,
    "เพิ่มช่องทางรับฟังทางโทรศัพท์": True,
    "ประชาชนเห็นว่าขั้นตอนยาวเกินไป": False,
    "เผยแพร่ข้อมูลไม่ครบทุกไตรมาส": False,
    "การสื่อสารไปไม่ถึงผู้สูงอายุ": False,
    "ปรับปรุงเว็บไซต์แล้ว แต่ผู้ใช้งานน้อย": False,
}
"""What a plan tells as found, and whether it only tells what is to be done."""


@pytest.mark.parametrize("finding", FINDINGS)
def test_a_finding_says_what_was_found_and_not_what_is_to_be_done(finding, tmp_path):
    told = found(tmp_path, said=claims(plan=[row(finding=finding)]))
    assert ("ITA708" in told) == FINDINGS[finding]


CELLS = {
    "ตัวชี้วัดที่ 3 การใช้อำนาจ ไม่มีข้อใดได้คะแนนน้อยกว่า": True,
    "ตัวชี้วัดที่ 3 การใช้อำนาจ ทุกข้อได้คะแนนไม่ต่ำกว่า": True,
    "บุคลากรเข้าใจขั้นตอนการทำงานของตนดี และ": True,
    "ควรประชาสัมพันธ์ให้ทั่วถึงกว่าเดิมเพื่อให้": True,
    "ควรประชาสัมพันธ์ให้ทั่วถึงกว่าเดิมเพื่อให้ประชาชนทราบ": False,
    "เมื่อเทียบกับปีก่อนหน้านี้ คะแนนของปีนี้สูงกว่า": False,
    "ต่ำกว่า": False,
}
"""Cells, and whether they stop before what they need."""


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_that_stops_too_early_is_told(cell, tmp_path):
    text = f"เรื่อง\tผลการวิเคราะห์\nก\t{cell}\nข\tบุคลากรเห็นว่าดีอยู่แล้ว\n"
    assert ("ITA909" in found(tmp_path, text)) == CELLS[cell]
    goes_on = f"เรื่อง\tผลการวิเคราะห์\nก\t{cell}\n\tบุคลากรเห็นว่าดีอยู่แล้ว\n"
    assert "ITA909" not in found(tmp_path, goes_on)


def test_a_plan_is_held_against_the_elements_that_the_year_after_lists(tmp_path):
    for year, lists in ((2562, False), (2564, False), (2568, True), (2569, True)):
        said = claims(year, plan=[row(period=""), row("อบรม", period="")])
        assert ("ITA703" in found(tmp_path, said=said)) == lists
    empty = [row(period=""), row("อบรม")]
    assert "ITA703" in found(tmp_path, said=claims(2562, plan=empty))
    elsewhere = [row(period=""), replace(row("อบรม"), spot=Spot("", table=2))]
    assert "ITA703" not in found(tmp_path, said=claims(2562, plan=elsewhere))


def test_the_part_with_swapped_digits_is_named(tmp_path):
    (problem,) = problems(tmp_path, said=claims(i4="89.81", IIT="99.29"))
    assert (problem.rule, problem.found) == ("ITA201", "89.81")
    assert "98.81" in problem.text


def test_the_part_left_as_the_year_before_is_named_where_its_change_is_told(tmp_path):
    said = claims(i4="95.31", IIT="99.29", more=[claim("4", "95.31", year=2567, line=9)])
    text = "การใช้ทรัพย์สินของราชการเพิ่มขึ้น {} คะแนน"
    (problem,) = [e for e in problems(tmp_path, text.format("3.50"), said) if e.rule == "ITA201"]
    assert (problem.found, "98.81" in problem.text) == ("95.31", True)
    (problem,) = [e for e in problems(tmp_path, text.format("2.17"), said) if e.rule == "ITA201"]
    assert problem.found != "95.31"


def test_weighted_points_may_be_those_of_the_score_that_recomputes(tmp_path):
    text, said = "คะแนนถ่วงน้ำหนักของ OIT เท่ากับ {} คะแนน", claims(OIT="88.57")
    assert not {"ITA101", "ITA208"} & {*found(tmp_path, text.format("35.50"), said)}
    assert "ITA208" in found(tmp_path, text.format("35.05"), said)
