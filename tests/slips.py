"""Slips as hands make them in finished reports, one at a time, each in a text that was right."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from conftest import ROOT

from ita_helpers.checks.finished.rules import check_finished
from ita_helpers.documents.building import Builder
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.plain import read_plain
from ita_helpers.documents.reading import read_document
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import with_numerals
from ita_helpers.records.problem import Problem
from ita_helpers.rendering.finished import Basis, open_report

FILE = "รายงาน.txt"
OTHER_OFFICES = ("เทศบาลตำบลบางกระบือ", "องค์การบริหารส่วนตำบลป่าตึง", "องค์การบริหารส่วนตำบลหนองบัว")


@dataclass(frozen=True)
class Slip:
    """A text with one slip: what was changed, and the rules that may find it."""

    kind: str
    before: str
    after: str
    text: str
    rules: tuple[str, ...]


def as_text(document: Document) -> str:
    """Return a document as plain text: lines with blanks between, rows with tabs."""
    pieces = []
    for block in document.blocks:
        if isinstance(block, Line):
            pieces.append(" ".join(block.raw.split()))
        else:
            rows = ("\t".join(" ".join(c.raw.split()) for c in row) for row in block.rows)
            pieces.append("\n".join(rows))
    return "\n\n".join(pieces) + "\n"


def text_of(file: Path) -> str:
    return as_text(read_document(file, FILE))


class Held:
    """A right text with what it is held against, so that variants of it are checked quickly."""

    def __init__(self, file: Path) -> None:
        self.text = text_of(file)
        self.report = open_report(Basis.of(Workspace(ROOT)), file)
        self.usual = {self._key(each) for each in self.check(self.text)}

    def check(self, text: str) -> list[Problem]:
        builder = Builder(FILE)
        read_plain(builder, text)
        document = builder.finish()
        said = claims_of(document, self.report.all_rules)
        report = replace(self.report, document=document, claims=said, known={})
        return check_finished(report)

    def new_problems(self, slip: Slip) -> list[Problem]:
        """Return what is found of the rules that a slip breaks, and was not found before."""
        found = [each for each in self.check(slip.text) if self._key(each) not in self.usual]
        return [each for each in found if each.rule.startswith(slip.rules)]

    def _key(self, problem: Problem) -> tuple[str, str, str]:
        return problem.rule, problem.found, problem.sentence

    def slips(self, dice: random.Random, kinds: dict[str, Make] | None = None) -> Iterator[Slip]:
        """Yield one slip of each kind that the text has a place for."""
        for kind, make in (kinds or KINDS).items():
            if made := make(dice, self):
                yield replace(made, kind=kind)


Make = Callable[[random.Random, Held], Slip | None]


def swap(pattern: str, change: Callable[[random.Random, re.Match[str]], str], *rules: str) -> Make:
    """Return what changes one place of a pattern."""
    known = re.compile(pattern)

    def make(dice: random.Random, held: Held) -> Slip | None:
        places = list(known.finditer(held.text))
        dice.shuffle(places)
        for place in places:
            after = change(dice, place)
            if after != place.group():
                text = held.text[: place.start()] + after + held.text[place.end() :]
                return Slip("", place.group(), after, text, rules)
        return None

    return make


def other_points(dice: random.Random, written: str) -> str:
    """Return points with one digit changed, not only by a hundredth."""
    at = dice.choice([n for n, letter in enumerate(written[:-1]) if letter.isdigit()])
    digits = "123456789" if written[at].isascii() else "๑๒๓๔๕๖๗๘๙"
    digit = dice.choice([each for each in digits if each != written[at]])
    return written[:at] + digit + written[at + 1 :]


def _score(dice: random.Random, place: re.Match[str]) -> str:
    return place["head"] + other_points(dice, place["points"]) + place["tail"]


def _of(*choices: str) -> Callable[[random.Random, re.Match[str]], str]:
    def change(dice: random.Random, place: re.Match[str]) -> str:
        return dice.choice([each for each in choices if each != place.group()])

    return change


def _contrary(pairs: dict[str, str]) -> Callable[[random.Random, re.Match[str]], str]:
    both = {**pairs, **{b: a for a, b in pairs.items()}}
    return lambda _, place: re.sub(
        "|".join(both), lambda e: both[e.group()], place.group(), count=1
    )


def other(dice: random.Random, choices: tuple[str, ...], but: str) -> str:
    return dice.choice([each for each in choices if each != but])


def _office(dice: random.Random, held: Held) -> Slip | None:
    own = held.report.claims.office
    other = dice.choice([each for each in OTHER_OFFICES if each != own])
    return swap(re.escape(own), lambda *_: other, "ITA601")(dice, held)


def _year(dice: random.Random, held: Held) -> Slip | None:
    year = held.report.year
    wrong = dice.choice([year + 3, year + 5])

    def change(_: random.Random, place: re.Match[str]) -> str:
        written = place.group()
        return written.replace(_digits(year, written), _digits(wrong, written))

    pattern = rf"ปีงบประมาณ พ\.ศ\. {_either(year)}"
    return swap(pattern, change, "ITA1", "ITA6", "ITA70")(dice, held)


def _digits(number: int, like: str) -> str:
    return with_numerals(str(number), "thai" if re.search("[๐-๙]", like) else "arabic")


def _either(number: int) -> str:
    return rf"(?:{number}|{with_numerals(str(number), 'thai')})"


def _window(dice: random.Random, held: Held) -> Slip | None:
    plan = held.report.year + 1
    months = r"[ก-๙]+\.[ก-๙]+\."
    years = rf"(?:{_either(plan - 1)}|{_either(plan)})"
    pattern = rf"\t(?P<one>{months} {years}) – (?P<two>{months} {years})(?=\t)"

    def change(dice: random.Random, place: re.Match[str]) -> str:
        if dice.random() < 0.5:
            return f"\t{place['two']} – {place['one']}"
        later = place.group()
        for year in (plan, plan - 1):
            later = later.replace(_digits(year, later), _digits(year + 2, later))
        return later

    return swap(pattern, change, "ITA70")(dice, held)


NAMES = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
CODES = ("IIT", "EIT", "OIT")
SIDES = "ผู้มีส่วนได้ส่วนเสียภายใน|ผู้มีส่วนได้ส่วนเสียภายนอก|การเปิดเผยข้อมูลสาธารณะ"
CHANGED = "สูงกว่าค่าเป้าหมาย|ต่ำกว่าค่าเป้าหมาย|เพิ่มขึ้น|ลดลง"
LEVELS = ("ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "A", "AA")
D = r"[0-9๐-๙]"
POINTS = rf"(?P<points>{D}{{2,3}}\.{D}{{2}})"
_NAME = "|".join(NAMES)

KINDS: dict[str, Make] = {
    "score in a table": swap(
        rf"(?m)(?P<head>^(?:{D}+\t|{D}+\. )?(?:{_NAME})\t){POINTS}(?P<tail>)",
        _score,
        "ITA1",
        "ITA2",
    ),
    "score in a sentence": swap(
        rf"(?P<head>ตัวชี้วัดที่ {D}+[^\t\n]{{0,60}}? ได้(?:คะแนน)?(?:ต่ำที่สุด)? ?){POINTS}(?P<tail> คะแนน)",
        _score,
        "ITA1",
        "ITA2",
        "ITA5",
    ),
    "overall score": swap(
        rf"(?P<head>(?:คะแนนภาพรวม|ในภาพรวม)(?:ได้)? ?){POINTS}(?P<tail> คะแนน)",
        _score,
        "ITA1",
        "ITA2",
        "ITA3",
        "ITA5",
    ),
    "level": swap(
        r"อยู่ในระดับ “(?P<level>[^”]+)”",
        lambda dice, place: f"อยู่ในระดับ “{other(dice, LEVELS, place['level'])}”",
        "ITA30",
    ),
    "indicator's name": swap(
        rf"(?P<head>ตัวชี้วัดที่ {D}+ )(?P<name>{_NAME})",
        lambda dice, place: place["head"] + other(dice, NAMES, place["name"]),
        "ITA40",
    ),
    "indicator's number": swap(
        rf"(?m)^(?P<head>{D}+)(?P<tail>\. (?:{_NAME}))",
        lambda dice, place: _digits(dice.randint(1, 10), place["head"]) + place["tail"],
        "ITA40",
        "ITA1",
    ),
    "letter of a name": swap(
        rf"(?P<head>ตัวชี้วัดที่ {D}+ )(?P<name>{_NAME})",
        lambda dice, place: place["head"] + _without_a_letter(dice, place["name"]),
        "ITA40",
    ),
    "direction of a change": swap(
        rf"(?:เพิ่มขึ้น|ลดลง) {D}+\.{D}+ คะแนน",
        _contrary({"เพิ่มขึ้น": "ลดลง"}),
        "ITA51",
    ),
    "above for below": swap(
        rf"(?:สูงกว่า|ต่ำกว่า)ค่าเป้าหมาย {D}+\.{D}+ คะแนน",
        _contrary({"สูงกว่า": "ต่ำกว่า"}),
        "ITA51",
    ),
    "difference": swap(
        rf"(?P<head>(?:{CHANGED}) )(?P<points>{D}+\.{D}{{2}})(?P<tail> คะแนน)",
        _score,
        "ITA51",
    ),
    "highest for lowest": swap(
        rf"ได้คะแนน(?:สูงที่สุด|ต่ำที่สุด)(?= ?\(?{D}{{2}}| คือ ตัวชี้วัด| คือ [IEO]{D}+ \()",
        _contrary({"สูงที่สุด": "ต่ำที่สุด"}),
        "ITA50",
    ),
    "item's code": swap(
        r"(?<=ข้อ )(?P<kind>[IEO])\d{1,2}(?!\d)",
        lambda dice, place: f"{place['kind']}{dice.randint(61, 89)}",
        "ITA80",
    ),
    "another item's name": swap(
        r"(?m)^O(?P<number>\d{1,2})(?=\t[^\t]{14,})",
        lambda dice, place: f"O{(int(place['number']) + dice.randint(3, 9)) % 20 + 1}",
        "ITA80",
        "ITA1",
        "ITA2",
    ),
    "instrument's letters": swap(
        rf"(?P<head>{SIDES}) \((?P<code>IIT|EIT|OIT)\)",
        lambda dice, place: f"{place['head']} ({other(dice, CODES, place['code'])})",
        "ITA82",
        "ITA40",
    ),
    "office": _office,
    "year": _year,
    "window of a measure": _window,
    "share with the unit": swap(
        rf"(?<=[ก-๙ ]){POINTS} คะแนน", lambda _, place: f"ร้อยละ {place.group()}", "ITA90"
    ),
    "word written twice": swap(
        r"(?<=[ก-๙])(?:หน่วยงาน|มาตรการ|ข้อมูล|การประเมิน)(?=[ก-๙])",
        lambda _, place: place.group() * 2,
        "ITA902",
    ),
    "zero for O": swap(
        r"(?<=ข้อ )O(?P<number>\d{1,2})(?![\d–])",
        lambda _, place: "๐" + with_numerals(place["number"], "thai"),
        "ITA903",
    ),
    "both kinds of digits": swap(
        rf"(?<![0-9๐-๙.]){D}{D}\.{D}{D}(?= คะแนน)",
        lambda _, place: _mixed(place.group()),
        "ITA905",
    ),
    "instrument's name": swap(
        r"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก(?= \(EIT\))",
        lambda *_: "แบบวัดการรับรู้ผู้มีส่วนได้ส่วนเสียภายนอก",
        "ITA404",
    ),
}
"""What makes a slip of each kind."""


def _without_a_letter(dice: random.Random, name: str) -> str:
    places = [n for n in range(3, len(name) - 2) if "ก" <= name[n] <= "ฮ"]
    at = dice.choice(places)
    return name[:at] + name[at + 1 :]


def _mixed(written: str) -> str:
    arabic = re.search("[0-9]", written[0])
    first = with_numerals(written[0], "thai") if arabic else str("๐๑๒๓๔๕๖๗๘๙".index(written[0]))
    return first + written[1:]
