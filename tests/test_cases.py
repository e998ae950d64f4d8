"""The drafts of every case a result can be, each read before it became a golden file.

One made-up office, one year, a few scores: what the words must say of them, and must not.
"""

from __future__ import annotations

import re

import pytest
from conftest import write, write_scores

from ita_helpers.store.loading import load_data
from ita_helpers.words.headline import headline
from ita_helpers.words.slots import draft, slots_of
from ita_helpers.words.summary import describe_result

HEAD = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
HIGH = {str(code): 96 for code in range(1, 11)}


class Case:
    """Scores of one year, with the slots worth reading."""

    def __init__(
        self, *slots, scores, level="", respondents="", previous=None, named=(), year=2568
    ):
        self.slots, self.scores, self.level = slots, scores, level
        self.respondents, self.previous, self.named = respondents, previous or {}, named
        self.year = year

    def load(self, workspace):
        """Write the scores and load them."""
        for year, scores in ((self.year, self.scores), (self.year - 1, self.previous)):
            rows = [f"{code},{points},,ข้อมูลสมมติ," for code, points in scores.items()]
            write_scores(workspace, *rows, fiscal_year=year)
        row = f"ban-rai,{self.level},,{self.respondents},,,ข้อมูลสมมติ"
        write(workspace, f"data/results/{self.year}.csv", f"{HEAD}\n{row}\n")
        named = "\n".join(f"ban-rai,{code},{text},ข้อมูลสมมติ" for code, text in self.named)
        write(
            workspace,
            f"data/suggestions/{self.year}.csv",
            f"organisation,code,text,source\n{named}\n",
        )
        return load_data(workspace, "ban-rai", self.year, "arabic")


PAGE = ("headline", "result", "summary")
"""Where the whole result is told: on the first screen, in section 3.1, in the slot."""
CASES = {
    "full": Case("01", "06", "10", scores={**HIGH, "1": 100, "6": 100, "10": 100}),
    "full-after-a-lower-year": Case(
        "04", scores={**HIGH, "4": 100}, previous={**HIGH, "4": "95.50"}, year=2565
    ),
    "high-with-a-bound": Case("01", "02", scores={**HIGH, "1": "98.33", "2": "97.64"}, year=2564),
    "high-without-a-bound": Case("01", scores={**HIGH, "1": "98.33"}),
    "above-the-target-below-90": Case(
        "09", scores={**HIGH, "9": "88.90", "EIT1": 96, "EIT2": 96}, level="ผ่านดี"
    ),
    "below-the-target-by-a-little": Case(
        "04", "iit", "lowest", scores={**HIGH, "4": "84.40"}, level="ผ่านดี"
    ),
    "clearly-below-and-lowest": Case("09", "oit", "lowest", "closing", scores={**HIGH, "9": 79}),
    "fell": Case(
        "02", "iit", *PAGE, scores={**HIGH, "2": "82.50"}, previous=HIGH, year=2565
    ),
    "fell-with-few-respondents": Case("02", "iit", scores={**HIGH, "2": "82.50"}, respondents="28"),
    "rose": Case(
        "02", *PAGE, scores={**HIGH, "2": 97}, previous={**HIGH, "2": "82.50"}, year=2565
    ),
    "items-known": Case(
        "01", "lowest", scores={**HIGH, "1": "84.00", "i1": 80, "i2": 85, "i3": 87}, level="ผ่านดี"
    ),
    "items-named-without-scores": Case(
        "01", "07", "closing", scores={**HIGH, "1": 86, "7": 87},
        named=[("i1", ""), ("i2", ""), ("e4", "ควรจัดทำป้ายประชาสัมพันธ์")],
    ),
    "a-component-bars": Case(
        *PAGE, "closing",
        scores={**dict.fromkeys(HIGH, 98), "9": 85, "10": 100, "EIT1": 98, "EIT2": 98},
        level="ผ่านดี",
    ),
    "the-level-is-not-determined": Case(
        *PAGE, scores={**HIGH, "6": 87, "7": 86, "8": 87}, level="ผ่านดี"
    ),
    "the-level-is-in-conflict": Case(
        *PAGE, scores={**HIGH, "EIT1": 96, "EIT2": 96}, level="ผ่าน"
    ),
    "published-is-not-computed": Case(*PAGE, scores={**HIGH, "ITA": "95.00"}),
    "overall-only": Case(*PAGE, scores={"ITA": "91.20"}),
    "exactly-at-the-target": Case("09", "lowest", scores={**HIGH, "9": 85}),
    "failing": Case(
        *PAGE, "eit", "lowest", "closing",
        scores={**dict.fromkeys(HIGH, 66), "7": 51, "9": 60}, level="ต้องปรับปรุงโดยด่วน",
    ),
    "ties": Case("lowest", "closing", scores={**HIGH, "1": 90, "2": 90, "3": 90, "4": 90}),
    "some-indicators-missing": Case("01", "iit", "lowest", "closing", scores={"1": 80, "2": 99}),
    "items-known-in-part": Case("09", scores={**HIGH, "9": 88, "o1": 50, "o2": 100}),
    "items-named-with-full-scores": Case(
        "01", scores={**HIGH, "1": 100, "i1": 100, "i2": 100, "i3": 100}, named=[("i1", "")]
    ),
    "hardly-anything-lost": Case(
        "01", "lowest", "closing", scores={**dict.fromkeys(HIGH, 100), "1": "99.99"}
    ),
    "three-largest-losses-tie": Case(
        *PAGE, scores={**dict.fromkeys(HIGH, 80)}, level="ต้องปรับปรุง"
    ),
    "a-level-of-doubtful-sources": Case(*PAGE, scores={"ITA": 45}, year=2565),
    "rules-that-broke": Case(*PAGE, scores=HIGH, previous={"ITA": 90}, year=2562),
}  # fmt: skip


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
