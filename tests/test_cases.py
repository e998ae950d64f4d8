"""The drafts of every case a result can be, each read before it became a golden file.

One made-up office, one year, a few scores: what the words must say of them, and must not.
"""

from __future__ import annotations

import re

import pytest
from cases import CASES

from ita_helpers.words.headline import headline
from ita_helpers.words.slots import draft, slots_of
from ita_helpers.words.summary import describe_result


def said_in(data, place):
    """Return the sentences of a slot, of the page's headline, or of the result in words."""
    if place == "headline":
        return repr(headline(data)).splitlines()
    return [*filter(None, describe_result(data))] if place == "result" else draft(data, place)


@pytest.mark.parametrize("name", CASES)
def test_a_case_reads_as_it_was_read(name, small_workspace, golden):
    data = CASES[name].load(small_workspace)
    lines = [f"[{slot}]\n" + "\n".join(said_in(data, slot)) for slot in CASES[name].slots]
    golden(f"case-{name}.txt", "\n\n".join(lines) + "\n")


PERCEIVED = [f"{number:02d}" for number in range(1, 9)]
DISCLOSED = ["09", "10"]


def test_nothing_is_made_of_a_loss_nobody_can_see(small_workspace):
    data = CASES["hardly-anything-lost"].load(small_workspace)
    text = " ".join(sentence for slot in slots_of(data) for sentence in draft(data, slot))
    assert " 0.00 คะแนน" not in text


@pytest.mark.parametrize("name", CASES)
def test_perception_is_never_fact_and_documents_perceive_nothing(name, small_workspace):
    data = CASES[name].load(small_workspace)
    for slot in set(slots_of(data)) & {*PERCEIVED, *DISCLOSED}:
        text = " ".join(draft(data, slot))
        if slot in DISCLOSED:
            assert not re.search("รับรู้|เห็นว่า|ผู้ตอบ", text)
        assert not re.search("ไม่มีการเรียกรับ|ไม่มีการทุจริต|ปลอดการทุจริต", text)


SAID = {
    "full": ["10: รักษา"],
    "high-with-a-bound": ["01: ไม่มีข้อคำถามใดได้ต่ำกว่า"],
    "below-the-target-by-a-little": ["04: ต่ำกว่าค่าเป้าหมาย 0.60 คะแนน", "lowest: IIT ซึ่งยังไม่ถึง"],
    "fell": ["02: จาก 96.00 คะแนนในปีก่อนซึ่งถึงค่าเป้าหมาย", "iit: ตัวชี้วัดที่ 2 ได้คะแนนลดลง"],
    "fell-with-few-respondents": ["iit: 28 คน", "iit: 3.57 คะแนน"],
    "items-named-without-scores": ["01: ข้อคำถาม I1 และ I2", "07: ควรจัดทำป้ายประชาสัมพันธ์"],
    "a-component-bars": ["headline: OIT ได้ 92.50", "summary: เป็นไม่น้อยกว่า 90.00"],
    "the-level-is-not-determined": ["result: EIT ส่วนที่ 1", "result: ยืนยันระดับ"],
    "published-is-not-computed": ["result: 95.00", "result: 96.00", "result: 1.00"],
    "exactly-at-the-target": ["09: หากคะแนนลดลงในปีถัดไป"],
    "ties": ["lowest: ตัวชี้วัดที่ 1 2 3 และ 4 ได้คะแนนต่ำที่สุดเท่ากัน"],
    "items-known-in-part": ["09: ในข้อที่มีคะแนน"],
    "three-largest-losses-tie": ["summary: มากที่สุดจาก 2 ตัวชี้วัด"],
    "a-level-of-doubtful-sources": ["result: “F”", "result: ยังมิได้ตรวจเทียบกับคู่มือ"],
    "rules-that-broke": ["headline: หลักเกณฑ์ต่างกัน จึงเปรียบเทียบกันไม่ได้"],
}


@pytest.mark.parametrize(("name", "said"), [(n, s) for n, all_ in SAID.items() for s in all_])
def test_a_case_says_what_it_must(name, said, small_workspace):
    slot, _, text = said.partition(": ")
    data = CASES[name].load(small_workspace)
    assert text in " ".join(said_in(data, slot))
