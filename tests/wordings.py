"""A made-up report of 2568 to which one sentence at a time is added, and what is found of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from conftest import ROOT

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rules import check_finished
from ita_helpers.documents.building import Builder
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.plain import read_plain
from ita_helpers.documents.year_told import year_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.problem import Problem
from ita_helpers.rendering.finished import Basis

FILE = "รายงาน.txt"
WORDINGS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
"""Right sentences, and wrong ones with the words at fault, by kind."""
REPORT = """รายงานผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. 2568

องค์การบริหารส่วนตำบลดอนสมมติ อำเภอสมมติ จังหวัดสมมติ

1. ผลการประเมิน

องค์การบริหารส่วนตำบลดอนสมมติ มีผลการประเมินในภาพรวม 91.03 คะแนน อยู่ในระดับ “ผ่านดี”

เครื่องมือ\tปี 2567\tปี 2568
IIT\t91.12\t92.47
EIT ส่วนที่ 1\t88.02\t90.43
EIT ส่วนที่ 2\t89.40\t92.16
EIT\t88.71\t91.30
OIT\t90.45\t89.75
คะแนนภาพรวม\t90.13\t91.03

2. คะแนนรายตัวชี้วัด

ตัวชี้วัด\tปี 2567\tปี 2568
1. การปฏิบัติหน้าที่\t92.93\t95.32
2. การใช้งบประมาณ\t92.50\t91.40
3. การใช้อำนาจ\t90.83\t93.16
4. การใช้ทรัพย์สินของราชการ\t88.04\t89.91
5. การแก้ไขปัญหาการทุจริต\t91.30\t92.55
6. คุณภาพการดำเนินงาน\t90.42\t93.45
7. ประสิทธิภาพการสื่อสาร\t88.07\t90.59
8. การปรับปรุงระบบการทำงาน\t87.65\t89.85
9. การเปิดเผยข้อมูล\t87.14\t87.50
10. การป้องกันการทุจริต\t93.75\t92.00

3. ข้อค้นพบ

{sentence}

องค์การบริหารส่วนตำบลดอนสมมติ
"""


@cache
def _basis() -> Basis:
    return Basis.of(Workspace(ROOT))


@cache
def _usual() -> frozenset[tuple[str, str]]:
    return frozenset((each.rule, each.found) for each in _check("ได้พิจารณาผลแล้ว"))


def _check(sentence: str) -> list[Problem]:
    return check_text(REPORT.replace("{sentence}", sentence))


def check_text(text: str) -> list[Problem]:
    """Return what the rules find in a report of plain text."""
    builder, basis = Builder(FILE), _basis()
    read_plain(builder, text)
    document = builder.finish()
    naming = basis.naming(year_of(document))
    said = claims_of(document, basis.rules, naming=naming)
    report = Report(document, said, basis.rules, OfficeNames(()), naming=naming)
    return check_finished(report)


def found_of(sentence: str) -> list[Problem]:
    """Return what is found because of a sentence, hints aside."""
    return [
        each
        for each in _check(sentence)
        if (each.rule, each.found) not in _usual() and each.severity != "hint"
    ]


def names(problem: Problem, wrong: str) -> bool:
    """Whether a problem is said of the words at fault."""
    one, other = (text.replace(" ", "") for text in (problem.found, wrong))
    return bool(one) and (one in other or other in one)
