"""Small tables of results as offices print them in a spreadsheet, and what each of them says.

All offices and figures are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ita_helpers.importing.found import FoundYear

OWN = "อบต.ทุ่งลม"
KNOWN = "องค์การบริหารส่วนตำบลบางแค"
TITLE = f"ผลการประเมิน ITA ของ{OWN} ประจำปีงบประมาณ พ.ศ. 2568"
PLACED = f"{TITLE}\nอำเภอเมืองลม จังหวัดลมเย็น"
PROVINCE, DISTRICT = "หน่วยงานในจังหวัดลมเย็น", "หน่วยงานในอำเภอเมืองลม จังหวัดลมเย็น"
COUNTRY = "หน่วยงานภาครัฐทั้งหมดที่เข้ารับการประเมิน"
NAMES = (
    "การปฏิบัติหน้าที่ การใช้งบประมาณ การใช้อำนาจ การใช้ทรัพย์สินของราชการ การแก้ไขปัญหาการทุจริต "
    "คุณภาพการดำเนินงาน ประสิทธิภาพการสื่อสาร การปรับปรุงระบบการทำงาน การเปิดเผยข้อมูล การป้องกันการทุจริต"
).split()
POINTS = (90, 90, 90, 90, 90, 92, 92, 92, 93, 92.5)
_ROWS = [
    f"{at}|{name}|{points}|" for at, (name, points) in enumerate(zip(NAMES, POINTS, strict=True), 1)
]
INDICATORS = "\n".join(["ที่|ตัวชี้วัด|คะแนน|ระดับ", *_ROWS])
INDICATORS_READ = " ".join(f"{at}={points}" for at, points in enumerate(POINTS, 1))
LIST_TITLE = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568 จังหวัดลมเย็น"

Results = Mapping[str, str]
"""Results by office and year: codes with points, levels as they are, ``code=points …``."""


@dataclass(frozen=True)
class Printed:
    """A table: rows of cells parted by ``|``; ``result`` by office and year, or why it is refused.

    ``told`` are words that a remark must hold.
    """

    rows: str
    result: Results = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    year: int = 0
    organisation: str = ""


def one(result: str, year: int = 2568, office: str = "องค์การบริหารส่วนตำบลทุ่งลม") -> Results:
    """Return the result of the made-up office."""
    return {f"{office} {year}": result}


def as_text(year: FoundYear) -> set[str]:
    """Return what was read of an office's year as ``Results`` has it."""
    scores = {
        f"{each.code}={each.points}" + (f"/{each.out_of}" if each.weighted else "")
        for each in year.scores
    }
    ranks = {f"{each.scope}={each.name}:{each.text}".replace("=:", ":") for each in year.ranks}
    result = {
        value if key == "level" else f"{key}={value}" for key, (value, _) in year.result.items()
    }
    return scores | ranks | result


TABLES: dict[str, Printed] = {
    "number, name, score": Printed(
        f"{LIST_TITLE}\nที่|หน่วยงาน|คะแนน\n1|อบต.ทุ่งลม|92.86\n2|ทต.ฝนแล้ง|88.1\n|เฉลี่ย|90.48",
        one("ITA=92.86") | one("ITA=88.1", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "district, level and rank beside the score": Printed(
        f"{LIST_TITLE}\nที่|อำเภอ|หน่วยงาน|คะแนน|ระดับ|อันดับในจังหวัด\n"
        "1|เมืองลม|อบต.ทุ่งลม|92.86|ผ่านดี|76/211\n2|ฝนน้อย|อบต.ทุ่งฝน|80|ต้องปรับปรุง|200/211",
        one("ITA=92.86 ผ่านดี province:76/211")
        | one("ITA=80 ต้องปรับปรุง province:200/211", office="องค์การบริหารส่วนตำบลทุ่งฝน"),
    ),
    "instruments with weights": Printed(
        f"{TITLE}\nเครื่องมือ|น้ำหนัก (ร้อยละ)|คะแนน\n"
        "IIT|30|93.1\nEIT|30|90.2\nOIT|40|95\nคะแนนรวม|100|92.99",
        one("IIT=93.1 EIT=90.2 OIT=95 ITA=92.99"),
        told=("น้ำหนัก",),
    ),
    "indicators under instrument rows": Printed(
        f"{TITLE}\nที่|ประเด็นการประเมิน|คะแนน\n|แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)|93.1\n"
        "1|การปฏิบัติหน้าที่|94\n2|การใช้งบประมาณ|92.2\n|แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)|95\n"
        "1|การเปิดเผยข้อมูล|96\n2|การป้องกันการทุจริต|94",
        one("IIT=93.1 1=94 2=92.2 OIT=95 9=96 10=94"),
    ),
    "sums named in the cell of the number": Printed(
        f"{TITLE}\nลำดับ|ตัวชี้วัด|2567|2568\n1|การปฏิบัติหน้าที่|80.5|91.25\n2|การใช้งบประมาณ|81|82\n"
        "คะแนน IIT||80.75|86.63\nคะแนนภาพรวม||85|88.5",
        one("1=80.5 2=81 IIT=80.75 ITA=85", 2567) | one("1=91.25 2=82 IIT=86.63 ITA=88.5"),
    ),
    "instruments told with all their indicators": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT (ตัวชี้วัด 1–5)|91.25\nEIT (ตัวชี้วัดที่ 6–8)|82\n"
        "OIT การเปิดเผยข้อมูลสาธารณะ|95\nTotal|89.9",
        one("IIT=91.25 EIT=82 OIT=95 ITA=89.9"),
    ),
    "points out of 100 beside those of the weight": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนนเต็มถ่วงน้ำหนัก|คะแนนถ่วงน้ำหนัก|คะแนน (เต็ม 100)\n"
        "IIT|30|27.38|91.25\nEIT|30|24.6|82.01\nOIT|40|38|95\nรวม|100|89.98|89.98",
        one("IIT=91.25 EIT=82.01 OIT=95 ITA=89.98"),
        told=("ถ่วงน้ำหนัก",),
    ),
    "parts of each indicator with their mean": Printed(
        f"{TITLE}\nตัวชี้วัด|ส่วนที่ 1|ส่วนที่ 2|เฉลี่ย\n6|91.1|85.7|88.4\n7|87.26|81.34|84.3\n"
        "EIT|89.18|83.52|86.35",
        one("6=88.4 7=84.3 EIT1=89.18 EIT2=83.52 EIT=86.35"),
    ),
    "years as columns with difference and target": Printed(
        f"เปรียบเทียบผลคะแนน ITA ของ{OWN}\nตัวชี้วัด|2567|2568|ผลต่าง|เป้าหมาย 2569\n"
        "1. การปฏิบัติหน้าที่|80.5|91.25|10.75|95\n2. การใช้งบประมาณ|81|82|1|85\nคะแนนรวม|85|88.5|3.5|90",
        one("1=80.5 2=81 ITA=85", 2567) | one("1=91.25 2=82 ITA=88.5"),
        told=("ผลต่าง", "เป้าหมาย"),
    ),
    "years as rows, instruments as columns": Printed(
        f"ผลการประเมินย้อนหลังของ{OWN}\nปีงบประมาณ|IIT|EIT|OIT|รวม\n2567|81|82|83|82.1\n2568|91|92|93|92.1",
        one("IIT=81 EIT=82 OIT=83 ITA=82.1", 2567) | one("IIT=91 EIT=92 OIT=93 ITA=92.1"),
    ),
    "year, score, level, from before the rules": Printed(
        "ปีงบประมาณ|คะแนน|ระดับ\n2560|91.35|สูงมาก\n"
        "2561|83.1|สูง\n2567|84|ต้องปรับปรุง\n2568|92.86|ผ่านดี",
        one("ITA=91.35 สูงมาก", 2560, KNOWN)
        | one("ITA=83.1 สูง", 2561, KNOWN)
        | one("ITA=84 ต้องปรับปรุง", 2567, KNOWN)
        | one("ITA=92.86 ผ่านดี", office=KNOWN),
        told=("2560 และ 2561 เป็นของดัชนีการประเมินชุดอื่น",),
        organisation="bang-khae",
    ),
    "offices as columns": Printed(
        "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\nรายการ|อบต.ทุ่งลม|ทต.ฝนแล้ง|ค่าเฉลี่ยอำเภอเมืองลม\n"
        "IIT|91|81|86\nEIT|92|82|87\nOIT|93|83|88\nคะแนนภาพรวม|92.1|82.1|87.1\nระดับ|ผ่านดี|ต้องปรับปรุง|",
        one("IIT=91 EIT=92 OIT=93 ITA=92.1 ผ่านดี")
        | one("IIT=81 EIT=82 OIT=83 ITA=82.1 ต้องปรับปรุง", office="เทศบาลตำบลฝนแล้ง"),
        told=("“อำเภอเมืองลม” เพราะไม่ทราบว่าเป็นกลุ่มหน่วยงานใด", "--province"),
    ),
    "office and year only by options": Printed(
        "รายการ|คะแนน\nIIT|91\nEIT|92\nOIT|93\nรวม|92.1",
        one("IIT=91 EIT=92 OIT=93 ITA=92.1", office=KNOWN),
        year=2568,
        organisation="bang-khae",
    ),
    "a card of names and values": Printed(
        "หน่วยงาน|อบต.ทุ่งลม\nจังหวัด|ลมเย็น\nปีงบประมาณ|2568\nคะแนน ITA|92.86\nระดับ|ผ่านดี\n"
        "อันดับในจังหวัด|76/211\nจำนวนผู้ตอบ IIT|45\nค่าเฉลี่ยจังหวัด|90.11",
        one("ITA=92.86 ผ่านดี province:76/211 respondents_iit=45")
        | one("ITA=90.11", office=PROVINCE),
    ),
    "ranks as rows": Printed(
        f"{TITLE}\nรายการ|ผล\nคะแนน ITA|92.86\nอันดับในอำเภอ|3\nอันดับในจังหวัด|76/211\n"
        "อันดับในประเภท|1,204",
        one("ITA=92.86 district:3 province:76/211 type:1204"),
    ),
    "ranks in a table of their own": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nคะแนน ITA|92.86\n\nระดับ|อันดับ|จากทั้งหมด (แห่ง)\n"
        "อำเภอเมืองลม|๓|๙\nจังหวัด|๗๖|๒๑๑\nทั้งประเทศ|๑,๒๐๔|๗,๘๕๐",
        one("ITA=92.86 district=เมืองลม:3/9 province:76/211 country:1204/7850"),
    ),
    "ranks beside each year's score": Printed(
        f"ผลการประเมินย้อนหลังของ{OWN}\n"
        "ปีงบประมาณ|คะแนน ITA|อันดับในจังหวัด|อันดับในประเภท อบต.\n"
        "2567|84|ที่ 80 จาก 211 แห่ง|-\n2568|92.86|76/211|1,204/5,300",
        one("ITA=84 province:80/211", 2567)
        | one("ITA=92.86 province:76/211 type=อบต.:1204/5300"),
    ),
    "ranks below years as columns": Printed(
        f"เปรียบเทียบผลของ{OWN}\nรายการ|2567|2568\n"
        "คะแนน ITA|85|88.5\nอันดับของจังหวัดลมเย็น|80/211|76/211",
        one("ITA=85 province=ลมเย็น:80/211", 2567) | one("ITA=88.5 province=ลมเย็น:76/211"),
    ),
    "a rank that says no group": Printed(
        f"{LIST_TITLE}\nที่|หน่วยงาน|คะแนน|อันดับ\n1|อบต.ทุ่งลม|92.86|1\n2|อบต.ทุ่งฝน|80|2",
        one("ITA=92.86") | one("ITA=80", office="องค์การบริหารส่วนตำบลทุ่งฝน"),
        told=("อันดับ",),
    ),
    "a rank above its count": Printed(
        f"{TITLE}\nรายการ|ผล\nคะแนน ITA|92.86\nอันดับในจังหวัด|212/211",
        refused=("B4", "212", "211"),
    ),
    "a rank that became a date": Printed(
        f"{TITLE}\nรายการ|ผล\nคะแนน ITA|92.86\nอันดับในอำเภอ|2568-09-03",
        refused=("B4", "76/211"),
    ),
    "a rank above its count in a list": Printed(
        f"{LIST_TITLE}\nที่|หน่วยงาน|คะแนน ITA|อันดับในจังหวัด\n1|อบต.ทุ่งลม|92.86|9/8",
        refused=("D3", "9", "8"),
    ),
    "means of groups beside the office's": Printed(
        f"{TITLE}\nตัวชี้วัด|คะแนนหน่วยงาน|คะแนนเฉลี่ยจังหวัด|คะแนนเฉลี่ยประเทศ|คะแนนสูงสุด\n"
        "การปฏิบัติหน้าที่|91|90|93.5|100\nการใช้งบประมาณ|92|88|91|99.9",
        one("1=91 2=92") | one("1=93.5 2=91", office=COUNTRY),
        told=("“จังหวัด” เพราะไม่ทราบว่าเป็นกลุ่มหน่วยงานใด", "คะแนนสูงสุด"),
    ),
    "own score, district, province and country side by side": Printed(
        f"{PLACED}\nตัวชี้วัด|หน่วยงาน|อำเภอ|จังหวัด|ประเทศ\n1. การปฏิบัติหน้าที่|91|90|93.5|95\n"
        "2. การใช้งบประมาณ|92|88|91|96\nคะแนนภาพรวม|92|88.5|91|96",
        one("1=91 2=92 ITA=92")
        | one("1=90 2=88 ITA=88.5", office=DISTRICT)
        | one("1=93.5 2=91 ITA=91", office=PROVINCE)
        | one("1=95 2=96 ITA=96", office=COUNTRY),
    ),
    "means as rows of a card": Printed(
        "หน่วยงาน|อบต.ทุ่งลม\nจังหวัด|ลมเย็น\nปีงบประมาณ|2568\nคะแนน ITA|92.86\n"
        "ค่าเฉลี่ยจังหวัด|90.11\nค่าเฉลี่ยประเภท อบต.|89.5\n"
        "ค่าเฉลี่ยของกระทรวงมหาดไทย|91\nค่าเฉลี่ยภาคกลาง|88",
        one("ITA=92.86")
        | one("ITA=90.11", office=PROVINCE)
        | one("ITA=89.5", office="หน่วยงานประเภทองค์การบริหารส่วนตำบล")
        | one("ITA=91", office="หน่วยงานในกระทรวงมหาดไทย"),
        told=("“ภาคกลาง” เพราะไม่ทราบว่าเป็นกลุ่มหน่วยงานใด",),
    ),
    "a mean of the province below a list": Printed(
        f"{LIST_TITLE}\nที่|หน่วยงาน|คะแนน ITA\n1|อบต.ทุ่งลม|92.86\n|ค่าเฉลี่ยจังหวัด|90.1",
        one("ITA=92.86") | one("ITA=90.1", office=PROVINCE),
    ),
    "own score beside the province's by name": Printed(
        f"{PLACED}\nเครื่องมือ|อบต.ทุ่งลม|จังหวัดลมเย็น|ทั้งประเทศ\nIIT|91|90|93.5\nOIT|92|88|91",
        one("IIT=91 OIT=92")
        | one("IIT=90 OIT=88", office=PROVINCE)
        | one("IIT=93.5 OIT=91", office=COUNTRY),
    ),
    "a list with years as columns": Printed(
        "ผลคะแนน ITA ย้อนหลัง จังหวัดลมเย็น\nลำดับ|ชื่อหน่วยงาน|ปี 2560|ปี 2567|ปี 2568|เฉลี่ย\n"
        "1|อบต.ทุ่งลม|80|85|92.86|85.95\n2|ทต.ฝนแล้ง|||88|88",
        one("ITA=80", 2560)
        | one("ITA=85", 2567)
        | one("ITA=92.86")
        | one("ITA=88", office="เทศบาลตำบลฝนแล้ง"),
        told=("เฉลี่ย",),
    ),
    "a list with score and level of each year": Printed(
        "ผลคะแนน ITA จังหวัดลมเย็น\nที่|อปท.|ปีงบประมาณ 2567||ปีงบประมาณ 2568|\n"
        "||คะแนน|ระดับ|คะแนน|ระดับ\n1|อบต.ทุ่งลม|84|ต้องปรับปรุง|92.86|ผ่านดี\n2|ทต.ฝนแล้ง|91|ผ่านดี|88|ผ่านดี",
        one("ITA=84 ต้องปรับปรุง", 2567)
        | one("ITA=92.86 ผ่านดี")
        | one("ITA=91 ผ่านดี", 2567, "เทศบาลตำบลฝนแล้ง")
        | one("ITA=88 ผ่านดี", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "a list with last year's scores first": Printed(
        f"{LIST_TITLE}\nที่|อำเภอ|หน่วยงาน|คะแนน ปี 2567|คะแนน ปี 2568\n1|เมืองลม|อบต.ทุ่งลม|85|92.86",
        one("ITA=85", 2567) | one("ITA=92.86"),
    ),
    "namesakes in two districts with years as columns": Printed(
        "ผลคะแนน ITA จังหวัดลมเย็น\nที่|อำเภอ|หน่วยงาน|2567|2568\n1|เมืองลม|อบต.ทุ่งลม|85|92.86\n"
        "2|ฝนแล้ง|ทต.ทุ่งลม|70|75",
        one("ITA=85", 2567)
        | one("ITA=92.86")
        | one("ITA=70", 2567, "เทศบาลตำบลทุ่งลม")
        | one("ITA=75", office="เทศบาลตำบลทุ่งลม"),
    ),
    "a row for each instrument of each office": Printed(
        f"{LIST_TITLE}\nองค์กร|เครื่องมือ|คะแนน\nอบต.ทุ่งลม|IIT|91.5\nอบต.ทุ่งลม|OIT|92.5\n"
        "ทต.ฝนแล้ง|IIT|81.5\nทต.ฝนแล้ง|OIT|82.5",
        one("IIT=91.5 OIT=92.5") | one("IIT=81.5 OIT=82.5", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "two rounds": Printed(
        f"{TITLE}\nเครื่องมือ|รอบ 1|รอบ 2\nIIT|91|92\nOIT|93|94",
        refused=("C2", "“รอบ 1” และ “รอบ 2”"),
    ),
    "two rounds of a list": Printed(
        f"{LIST_TITLE}\nที่|หน่วยงาน|คะแนนรอบแรก|คะแนนรอบสุดท้าย\n1|อบต.ทุ่งลม|91|92",
        refused=("D2", "รอบแรก", "รอบสุดท้าย"),
    ),
    "the one round that counts": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนนรอบที่ 2\nIIT|92\nOIT|94", one("IIT=92 OIT=94")
    ),
    "districts as rows with counts and means": Printed(
        f"{LIST_TITLE}\nอำเภอ|จำนวนหน่วยงาน (แห่ง)|ผ่าน|คะแนนเฉลี่ย ITA\n"
        "เมืองลม|9|8|91.2\nอำเภอฝนแล้ง|5|5|88",
        one("assessed=9 passed=8 ITA=91.2", office=DISTRICT)
        | one("assessed=5 passed=5 ITA=88", office="หน่วยงานในอำเภอฝนแล้ง จังหวัดลมเย็น"),
    ),
    "counts of a province, one in each row": Printed(
        f"{LIST_TITLE}\nรายการ|จำนวน\nจำนวนหน่วยงานที่เข้ารับการประเมิน|69\nจำนวนหน่วยงานที่ผ่านเกณฑ์|64\n"
        "ค่าเฉลี่ยคะแนน ITA ของจังหวัด|92.37\nจำนวนผู้ตอบแบบวัด IIT|4,210",
        one("assessed=69 passed=64 ITA=92.37 respondents_iit=4210", office=PROVINCE),
    ),
    "counts of the levels of a province in rows": Printed(
        f"{LIST_TITLE}\nรายการ|แห่ง\nจำนวนหน่วยงานที่เข้ารับการประเมิน|69\nผ่านดีเยี่ยม|3\nผ่านดี|41\nผ่าน|20",
        one("assessed=69", office=PROVINCE),
    ),
    "more passed than were assessed": Printed(
        "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n"
        "จังหวัด|จำนวนหน่วยงาน|ผ่าน (แห่ง)|คะแนนเฉลี่ย\nลมเย็น|20|21|88",
        refused=("C3", "21", "20"),
    ),
    "weighted points": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนนที่ได้\nIIT|27.93\nEIT|27.06\nOIT|38\nรวม|92.99",
        one("IIT=27.93/30 EIT=27.06/30 OIT=38/40 ITA=92.99"),
        told=("ถ่วงน้ำหนัก",),
    ),
    "scores and weighted points": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนนเต็ม 100|คะแนนถ่วงน้ำหนัก\n"
        "IIT|93.1|27.93\nEIT|90.2|27.06\nOIT|95|38\nรวม||92.99",
        one("IIT=93.1 EIT=90.2 OIT=95 ITA=92.99"),
        told=("ถ่วงน้ำหนัก",),
    ),
    "points and their maximum in one cell": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|27.93/30\nEIT|27.06/30\nOIT|38/40\nภาพรวม|92.99",
        one("IIT=27.93/30 EIT=27.06/30 OIT=38/40 ITA=92.99"),
    ),
    "points, their maximum and their share": Printed(
        f"{TITLE}\nแบบวัด|คะแนนเต็ม|คะแนนที่ได้|ร้อยละ\n"
        "IIT|30|27.93|93.1\nEIT|30|27.06|90.2\nOIT|40|38|95\nรวม|100|92.99|92.99",
        one("IIT=93.1 EIT=90.2 OIT=95 ITA=92.99"),
        told=("คะแนนที่ได้",),
    ),
    "parts as columns beside a total": Printed(
        f"{TITLE}\nเครื่องมือ|ส่วนที่ 1|ส่วนที่ 2|รวม\nIIT|-|-|89.4\nEIT|89.9|88.45|89.18\nOIT|-|-|87",
        one("IIT=89.4 EIT1=89.9 EIT2=88.45 EIT=89.18 OIT=87"),
    ),
    "score and level in one cell": Printed(
        f"{TITLE}\nรายการ|ผล\nคะแนนภาพรวม|92.86 (ผ่านดี)\nIIT|91", one("ITA=92.86 ผ่านดี IIT=91")
    ),
    "two offices in a title": Printed(
        f"{TITLE.replace(OWN, f'{OWN}และเทศบาลตำบลฝนแล้ง')}\nเครื่องมือ|คะแนน\nIIT|91",
        refused=("ทุ่งลม", "ฝนแล้ง"),
    ),
    "a name with its abbreviation": Printed(
        "ปีงบประมาณ พ.ศ. 2568 จังหวัดสมุทรสงคราม\nลำดับ|ชื่อหน่วยงาน|คะแนน\n"
        "1|องค์การบริหารส่วนตำบลบางแค (อบต.บางแค)|92.86",
        one("ITA=92.86", office=KNOWN),
    ),
    "a district office of Bangkok": Printed(
        "ผลการประเมิน ITA กรุงเทพมหานคร ปีงบประมาณ พ.ศ. 2568\nลำดับ|หน่วยงาน|คะแนน|ระดับ\n"
        "1|สำนักงานเขตลมเย็น|92.86|ผ่านดี\n2|สำนักงานเขตฝนแล้ง|95.1|ผ่านดีเยี่ยม",
        one("ITA=92.86 ผ่านดี", office="สำนักงานเขตลมเย็น")
        | one("ITA=95.1 ผ่านดีเยี่ยม", office="สำนักงานเขตฝนแล้ง"),
    ),
    "Thai digits and words beside figures": Printed(
        f"ผลการประเมิน ITA ของ{OWN} ปี ๒๕๖๘\nเครื่องมือ|ผลคะแนน\n"
        "IIT|๙๑.๐๐ คะแนน\nEIT|ร้อยละ ๙๒\nOIT|ได้ ๙๓\n"
        "ภาพรวม|๙๒.๑๐\nระดับ|ระดับ ผ่านดี",
        one("IIT=91.00 EIT=92 OIT=93 ITA=92.10 ผ่านดี"),
    ),
    "last year before this year": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนนปีก่อน|คะแนนปีนี้|เพิ่ม/ลด\nIIT|81|91|10\nOIT|82|93|11",
        one("IIT=81 OIT=82", 2567) | one("IIT=91 OIT=93"),
        told=("เพิ่ม/ลด",),
    ),
    "years in words of their own": Printed(
        f"ผลคะแนนของ{OWN}\nตัวชี้วัด|ITA67|FY2025\nการใช้งบประมาณ|80|90",
        one("2=80", 2567) | one("2=90"),
    ),
    "one instrument by its title": Printed(
        f"คะแนน OIT ของ{OWN}\nปีงบประมาณ|คะแนน\n2567|80\n2568|90",
        one("OIT=80", 2567) | one("OIT=90"),
    ),
    "another year than asked for": Printed(
        TITLE.replace("2568", "2567") + "\nเครื่องมือ|คะแนน\nIIT|91",
        refused=("2567", "2568"),
        year=2568,
    ),
    "what levels ask for": Printed(
        f"{TITLE}\nระดับ|คะแนน\nผ่านดีเยี่ยม|95\nผ่านดี|85\nผ่าน|85", refused=("ไม่พบคะแนน",)
    ),
    "only from before the rules": Printed(
        f"ผลการประเมินของ{OWN}\nปี|คะแนน|ระดับ\n2560|91.35|สูงมาก\n2561|83.1|สูง",
        one("ITA=91.35 สูงมาก", 2560) | one("ITA=83.1 สูง", 2561),
        told=("ดัชนีการประเมินชุดอื่น",),
    ),
    "a list from before the rules": Printed(
        f"{LIST_TITLE.replace('2568', '2561')}\nที่|หน่วยงาน|คะแนน ITA|ระดับ\n"
        "1|อบต.ทุ่งลม|83.1|สูง\n2|ทต.ฝนแล้ง|91|สูงมาก",
        one("ITA=83.1 สูง", 2561) | one("ITA=91 สูงมาก", 2561, "เทศบาลตำบลฝนแล้ง"),
        told=("ดัชนีการประเมินชุดอื่น",),
    ),
    "a year whose rules nobody has yet": Printed(
        f"{TITLE.replace('2568', '2575')}\nเครื่องมือ|คะแนน\nIIT|91", refused=("2575", "หลักเกณฑ์"),
    ),
    "two scores of a year before the rules": Printed(
        f"ผลการประเมินของ{OWN}\nปี|คะแนน\n2560|91.35\n2560|91.53", refused=("B3", "B4"),
    ),
    "two scores for one thing": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|91\nOIT|93\nIIT|92", refused=("B3", "B5"),
    ),
    "a comma for the point": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|91.2\nOIT|92,86", refused=("B4", "92.86"),
    ),
    "schools by their column alone": Printed(
        "ที่|สถานศึกษา|คะแนน\n1|โรงเรียนลมเย็น|91\n2|โรงเรียนฟ้าใส|90\n3|โรงเรียนดินดี|89",
        refused=("โรงเรียน", "การประเมินอื่น"),
    ),
    "schools": Printed(
        "ผลการประเมิน ITA Online 2568\nที่|โรงเรียน|คะแนน\n1|โรงเรียนลมเย็น|91", refused=("ITA Online",),
    ),
    "counts of a province": Printed(
        f"{LIST_TITLE}\nประเภท|จำนวนหน่วยงาน|ผ่าน|ไม่ผ่าน|ร้อยละที่ผ่าน\n"
        "อบต.|45|40|5|88.89\nทต.|20|18|2|90\nรวม|65|58|7|89.23",
        one(
            "assessed=45 passed=40",
            office="หน่วยงานประเภทองค์การบริหารส่วนตำบลในจังหวัดลมเย็น",
        )
        | one("assessed=20 passed=18", office="หน่วยงานประเภทเทศบาลตำบลในจังหวัดลมเย็น")
        | one("assessed=65 passed=58", office=PROVINCE),
        told=("ไม่ผ่าน, ร้อยละที่ผ่าน",),
    ),
    "counts by level": Printed(
        f"{LIST_TITLE}\nประเภท|จำนวนหน่วยงาน|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ไม่ผ่าน\nทต.|20|3|9|6|2",
        one("assessed=20", office="หน่วยงานประเภทเทศบาลตำบลในจังหวัดลมเย็น"),
        told=("ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ไม่ผ่าน",),
    ),
    "counts of a province by year": Printed(
        "ผลการประเมิน ITA จังหวัดลมเย็น\nปีงบประมาณ|จำนวนหน่วยงาน (แห่ง)|ผ่าน (แห่ง)\n"
        "2567|64|50\n2568|65|58",
        one("assessed=64 passed=50", 2567, PROVINCE)
        | one("assessed=65 passed=58", office=PROVINCE),
    ),
    "counts of levels": Printed(
        f"{LIST_TITLE}\nระดับ|จำนวนหน่วยงาน\nผ่านดีเยี่ยม|12\nผ่านดี|40\nผ่าน|6",
        refused=("ไม่พบคะแนน",),
    ),
    "shares of respondents": Printed(
        f"{TITLE}\nเครื่องมือ|กลุ่มเป้าหมาย|ตอบแล้ว|ร้อยละ\nIIT|30|28|93.33\nEIT|60|55|91.67",
        one("respondents_iit=28"),
        told=("กลุ่มเป้าหมาย, ร้อยละ", "“EIT”"),
    ),
    "respondents of a year without parts": Printed(
        f"{TITLE.replace('2568', '2566')}\nเครื่องมือ|จำนวนผู้ตอบ (คน)|คะแนน\nIIT|28|91\nEIT|1,055|92",
        one("IIT=91 EIT=92 respondents_iit=28 respondents_eit1=1055", 2566),
    ),
    "the year of a plan": Printed(
        f"แผนยกระดับ ITA ปี 2569 ของ{OWN}\nตัวชี้วัด|คะแนน\nการใช้งบประมาณ|91", refused=("--year",),
    ),
    "a mean below the offices": Printed(
        "ผลการประเมิน ITA ปี 2568\nหน่วยงาน|คะแนน ITA\nอบต.ทุ่งลม|91\nอบต.ทุ่งฝน|82\nเฉลี่ย|86.5",
        one("ITA=91") | one("ITA=82", office="องค์การบริหารส่วนตำบลทุ่งฝน"),
    ),
    "no year": Printed(
        f"ผลการประเมินของ{OWN}\nเครื่องมือ|คะแนน\nIIT|91\nOIT|92", refused=("--year",),
    ),
    "no office": Printed(
        "ผลการประเมิน ITA ปี 2568\nเครื่องมือ|คะแนน\nIIT|91\nOIT|92", refused=("--organisation",),
    ),
    "a mean of the scores that the rules make the overall one": Printed(
        f"{TITLE}\n{INDICATORS}\n|คะแนนเฉลี่ย|91.7|ผ่านดี",
        one(f"{INDICATORS_READ} ITA=91.7 ผ่านดี"),
    ),
    "a plain mean of the indicators": Printed(
        f"{TITLE}\n{INDICATORS}\n|คะแนนเฉลี่ย|91.15|",
        one(INDICATORS_READ),
        told=("“คะแนนเฉลี่ย”",),
    ),
    "a total of each office beside the others": Printed(
        f"{LIST_TITLE}\nเครื่องมือ|อบต.ทุ่งลม|ทต.ฝนแล้ง\nIIT|91|81\nEIT|92|82\nOIT|93|83\nรวม|92.1|82",
        one("IIT=91 EIT=92 OIT=93 ITA=92.1")
        | one("IIT=81 EIT=82 OIT=83 ITA=82", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "totals and levels of a list under vague heads": Printed(
        f"{LIST_TITLE}\nหน่วยงาน|IIT|EIT|OIT|รวม|ผล\nอบต.ทุ่งลม|91|92|93|92.1|ผ่านดี\n"
        "ทต.ฝนแล้ง|81|82|83|82.1|-",
        one("IIT=91 EIT=92 OIT=93 ITA=92.1 ผ่านดี")
        | one("IIT=81 EIT=82 OIT=83 ITA=82.1", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "a newcomer with its abbreviation in brackets": Printed(
        f"{LIST_TITLE}\nหน่วยงาน|IIT|OIT\nเทศบาลตำบลฝนแล้ง (ทต.ฝนแล้ง)|91|92",
        one("IIT=91 OIT=92", office="เทศบาลตำบลฝนแล้ง"),
    ),
    "district offices of the capital by their districts": Printed(
        "ผล ITA ปีงบประมาณ พ.ศ. 2568 กรุงเทพมหานคร\nที่|สำนักงานเขต|คะแนน\n1|เขตดุสิต|91\n2|เขตสาทร|92",
        one("ITA=91", office="สำนักงานเขตดุสิต") | one("ITA=92", office="สำนักงานเขตสาทร"),
    ),
    "a list of hospitals with scores like ours": Printed(
        "ผลการประเมิน ปีงบประมาณ พ.ศ. 2568\nลำดับ|หน่วยงาน|ITA|ระดับ\n"
        "1|โรงพยาบาลทุ่งลม|96|ผ่านดี\n2|โรงพยาบาลฝนแล้ง|90|ผ่านดี",
        refused=("โรงพยาบาล",),
    ),
    "items of hospitals over a list": Printed(
        "ผล MOIT ปีงบประมาณ พ.ศ. 2568\nลำดับ|หน่วยงาน|คะแนนรวม|ระดับ\n1|รพ.ทุ่งลม|96|ผ่านดี",
        refused=("MOIT",),
    ),
    "two columns of scores told apart in the second row of heads": Printed(
        f"{TITLE}\nตัวชี้วัด|คะแนน|คะแนน\n|ประเมินตนเอง|ป.ป.ช.\n1 การปฏิบัติหน้าที่|99|91\n"
        "2 การใช้งบประมาณ|99|92\n3 การใช้อำนาจ|99|93",
        one("1=91 2=92 3=93"),
    ),
    "words in place of a score": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|91\nEIT|รอประกาศผล\nOIT|93",
        one("IIT=91 OIT=93"),
        told=("รอประกาศผล",),
    ),
    "a failed formula in place of a score": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|91\nEIT|#DIV/0!\nOIT|93",
        refused=("B4",),
    ),
    "the mean of a type beside that of all": Printed(
        f"{PLACED}\nเครื่องมือ|{OWN}|ค่าเฉลี่ย อบต. ทั่วประเทศ|ค่าเฉลี่ยทั้งประเทศ\nIIT|91|92|93",
        one("IIT=91")
        | one("IIT=92", office="หน่วยงานประเภทองค์การบริหารส่วนตำบล")
        | {f"{COUNTRY} 2568": "IIT=93"},
    ),
    "a row for each score by its code": Printed(
        "หน่วยงาน|ปี|รหัส|คะแนน\nอบต.ทุ่งลม|2568|I1|91\nอบต.ทุ่งลม|2568|E2|92\nทต.ฝนแล้ง|2567|OIT|93",
        one("i1=91 e2=92") | one("OIT=93", 2567, "เทศบาลตำบลฝนแล้ง"),
    ),
    "decimal commas alone": Printed(
        f"{LIST_TITLE}\nองค์กร|คะแนนเฉลี่ย ITA|ระดับ\nอบต.ทุ่งลม|91,5|ผ่านดี\nทต.ฝนแล้ง|82,5|-",
        refused=("B3", "91.5"),
    ),
    "numbers of two indicators changed about": Printed(
        f"{TITLE}\n{INDICATORS}".replace("3|", "x|").replace("4|", "3|").replace("x|", "4|"),
        refused=("A5", "4 การใช้อำนาจ", "ชื่อนี้เป็นของ 3"),
    ),
    "rows numbered from the best score down": Printed(
        f"{TITLE}\nที่|ตัวชี้วัด|คะแนน\n1|{NAMES[8]}|95\n2|{NAMES[1]}|94\n3|{NAMES[0]}|93\n4|{NAMES[7]}|92",
        one("9=95 2=94 1=93 8=92"),
    ),
    "totals of two years under their years": Printed(
        "ผล ITA จังหวัดลมเย็น\nหน่วยงาน|ปีงบประมาณ พ.ศ. 2567||||ปีงบประมาณ พ.ศ. 2568|||\n"
        "|IIT|EIT|OIT|รวม|IIT|EIT|OIT|รวม\nอบต.ทุ่งลม|81|82|83|82.1|91|92|93|92.1",
        one("IIT=81 EIT=82 OIT=83 ITA=82.1", 2567) | one("IIT=91 EIT=92 OIT=93 ITA=92.1"),
    ),
    "an own assessment beside the score": Printed(
        f"{LIST_TITLE}\nหน่วยงาน|อำเภอ|คะแนนประเมินตนเอง|คะแนน ป.ป.ช.\nอบต.ทุ่งลม|เมืองลม|99|91",
        one("ITA=91"),
        told=("คะแนนประเมินตนเอง",),
    ),
    "a scale of five": Printed(
        f"{TITLE}\nเครื่องมือ|คะแนน\nIIT|4.51\nEIT|4.62\nOIT|4.7",
        refused=("B5", "4.7", "เต็ม 100"),
    ),
    "a head of names with a point in it": Printed(
        f"{LIST_TITLE}\nที่|ชื่อ อปท.|IIT|EIT|OIT|ITA\n1|อบต.ทุ่งลม|91|92|93|92.1\n"
        "|เฉลี่ยทั้งจังหวัด|81|82|83|82.1\n|คะแนนสูงสุด|99|99|99|99",
        one("IIT=91 EIT=92 OIT=93 ITA=92.1")
        | one("IIT=81 EIT=82 OIT=83 ITA=82.1", office=PROVINCE),
    ),
}  # fmt: skip
