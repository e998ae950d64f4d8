"""Made-up results of one small office, a few scores each: every case that a result can be."""

from __future__ import annotations

from conftest import write, write_scores

from ita_helpers.store.loading import load_data

HEAD = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
PLAN_HEAD = "มาตรการ,ตัวชี้วัด,ข้อ,ระยะเวลา,ผู้รับผิดชอบ,สถานะ,หลักฐาน\n"
HIGH = {str(code): 96 for code in range(1, 11)}


class Case:
    """Scores of one year, with the slots worth reading."""

    def __init__(
        self,
        *slots,
        scores,
        level="",
        respondents="",
        previous=None,
        named=(),
        plan="",
        files=None,
        year=2568,
    ):
        self.slots, self.scores, self.level = slots, scores, level
        self.respondents, self.previous, self.named = respondents, previous or {}, named
        self.plan, self.files, self.year = plan, files or {}, year

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
        if self.plan:
            write(workspace, f"data/plans/{self.year}/ban-rai.csv", PLAN_HEAD + self.plan)
        for file, content in self.files.items():
            write(workspace, file, content)
        return load_data(workspace, "ban-rai", self.year, "arabic")


FALLEN = {**HIGH, **dict.fromkeys(("1", "2", "3", "4", "5", "9", "10"), 84)}
"""Scores of which only two components reach 85 points."""
GROUPED = """\
organisation,name,short_name,type,district,province,official_code
ban-rai,องค์การบริหารส่วนตำบลบ้านไร่ (ข้อมูลสมมติ),อบต.บ้านไร่,องค์การบริหารส่วนตำบล,เมืองลม,ลมเย็น,
here,หน่วยงานในจังหวัดลมเย็น (ข้อมูลสมมติ),จังหวัดลมเย็น,ค่าอ้างอิง,,ลมเย็น,
"""
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
    "all-full": Case(*PAGE, "lowest", "closing", scores=dict.fromkeys(HIGH, 100)),
    "all-at-the-target": Case(
        *PAGE, "closing", scores=dict.fromkeys([*HIGH, "EIT1", "EIT2"], 85), level="ผ่านดี"
    ),
    "what-weighs-most-is-highest": Case(
        "lowest", "closing", scores={**dict.fromkeys(HIGH, 95), "1": 94, "9": 96, "10": 96}
    ),
    "nothing-to-develop-but-the-lowest": Case(
        "closing", scores={**dict.fromkeys(HIGH, 97), "9": 98, "10": 98}
    ),
    "suggestions-for-totals": Case(
        "summary", "iit", "oit", "09", scores=HIGH,
        named=[
            ("ITA", "ควรนำผลการประเมินเข้าที่ประชุมทุกไตรมาส"),
            ("IIT", "ควรจัดประชุมชี้แจงบุคลากร"),
            ("9.1", "ควรปรับปรุงข้อมูลการติดต่อ"),
            ("o1", ""),
        ],
    ),
    "the-same-as-last-year": Case(
        "02", "iit", *PAGE, "memo-background", scores=HIGH, previous=HIGH, year=2565
    ),
    "the-level-fell-by-several-components": Case(
        *PAGE, "memo-background",
        scores={**FALLEN, "EIT1": 96, "EIT2": 96}, previous=HIGH | {"1": 94, "9": 90},
        level="ผ่าน",
    ),
    "the-level-fell-by-a-part-without-a-score": Case(
        *PAGE, "memo-background",
        scores={**dict.fromkeys(HIGH, 100), "6": 60, "7": 60, "8": 60, "EIT1": 100},
        previous=dict.fromkeys(HIGH, 90), level="ผ่าน",
    ),
    "several-components-bar": Case(
        *PAGE, "memo-background",
        scores={**dict.fromkeys(HIGH, 94), **dict.fromkeys(("6", "7", "8", "EIT1", "EIT2"), 100)},
        level="ผ่านดี",
    ),
    "a-part-without-a-score-bars": Case(
        *PAGE, "memo-background",
        scores={**dict.fromkeys(HIGH, 100), "6": 90, "7": 90, "8": 90, "EIT1": 100},
        level="ผ่าน",
    ),
    "at-the-edge-of-a-level": Case(
        *PAGE, "memo-background",
        scores={"IIT": "25.50/30", "EIT": "25.50/30", "OIT": "34.00/40"}, level="A", year=2565,
    ),
    "little-lost-in-many": Case(
        *PAGE, "closing", scores={**HIGH, **dict.fromkeys("1234", 88)},
    ),
    "items-named-without-any-score": Case(
        "memo-facts", scores={str(code): 90 for code in range(1, 6)},
        named=[("o1", ""), ("o9", "")],
    ),
    "a-plan-that-covers-all": Case(
        *PAGE, "lowest", "memo-facts", "memo-proposals",
        scores={**dict.fromkeys(HIGH, 100), "7": 80, "9": 82},
        plan="ปรับปรุงเว็บไซต์,7,,ต.ค. 68 - มี.ค. 69,สำนักปลัด,ดำเนินการแล้ว,\n"
        "อบรมผู้ดูแลเว็บไซต์,7,,ก.ค. - ก.ย. 69,สำนักปลัด,ดำเนินการแล้ว,บันทึก\n"
        "ตรวจข้อมูลที่เผยแพร่,9,,,กองคลัง,ยังไม่ดำเนินการ,\n"
        "ประชุมประจำเดือน,,,ตลอดปี,,,\n"
        "ประกาศเจตนารมณ์,ทุกตัวชี้วัด,,ม.ค. 69,สำนักปลัด,ยกเลิก,\n",
    ),
    "ranked-and-grouped": Case(
        "headline", scores=HIGH,
        files={
            "data/organisations.csv": GROUPED,
            "data/ranks/2568.csv": "organisation,scope,name,rank,out_of,source\n"
            "ban-rai,province,,42,84,ข้อมูลสมมติ\nban-rai,country,,1200,,ข้อมูลสมมติ\n",
            "data/results/2568.csv": f"{HEAD},assessed,passed\nhere,,,,,,ข้อมูลสมมติ,84,80\n",
            "data/scores/2568.csv": "organisation,code,score,status,source,note\n"
            + "".join(f"ban-rai,{code},96,,ข้อมูลสมมติ,\n" for code in HIGH)
            + "here,ITA,91.20,,ข้อมูลสมมติ,\n",
        },
    ),
    "rules-taken-over": Case(
        "foreword", "background", "02", *PAGE, "memo-facts",
        scores=HIGH, previous={**HIGH, "2": 95}, year=2569,
    ),
    "rules-that-broke": Case(*PAGE, scores=HIGH, previous={"ITA": 90}, year=2562),
}  # fmt: skip
