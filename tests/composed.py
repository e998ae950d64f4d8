"""Sentences of a phrase bank about the made-up report of ``wordings.py``, right or with one slip.

Each is a subject, a kind of value, a way to say it, a numeral form, and words before and behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from wordings import REPORT

from ita_helpers.language.thai import with_numerals

_ROW = re.compile(r"^(?:(\d+)\. )?([^\t\n]+)\t(\d\d\.\d\d)\t(\d\d\.\d\d)$", re.MULTILINE)
SCORES = {
    (number or name): (name, Decimal(new), Decimal(old))
    for number, name, old, new in _ROW.findall(REPORT)
}
"""Name, points of 2568 and points of 2567 by number or name."""
INDICATORS = [code for code in SCORES if code.isdigit()]
TARGET = Decimal(85)
ENDS = ("1", "4", "6", "8", "9", "10")
"""The highest and the lowest of each instrument."""
BEFORE = ("", "ทั้งนี้ ", "เมื่อพิจารณารายละเอียดพบว่า ", "นอกจากนี้ ", "จากการวิเคราะห์ข้อมูล ")
BEHIND = ("", " จึงควรรักษาไว้", " และจะได้นำไปปรับปรุงการทำงานต่อไป", " ทั้งนี้ ให้ทุกส่วนราชการรับทราบ")
UP = ("เพิ่มขึ้น", "สูงขึ้น", "ปรับตัวเพิ่มขึ้น", "ดีขึ้น")
DOWN = ("ลดลง", "ต่ำลง", "ปรับตัวลดลง", "ถดถอยลง")
WORDS = ("สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")


@dataclass(frozen=True)
class Composed:
    """A sentence of a kind, and the words at fault; none of a right one."""

    kind: str
    text: str
    wrong: str = ""


def name(dice: Random, code: str) -> str:
    """Return one of the ways to name what has a score."""
    called = SCORES[code][0]
    if not code.isdigit():
        return called if called.startswith("คะแนน") else f"แบบวัด {called}"
    return dice.choice((f"ตัวชี้วัดที่ {code} {called}", f"ตัวชี้วัดที่ {code}", f"ตัวชี้วัด{called}"))


def other(dice: Random, right: Decimal) -> Decimal:
    """Return points that are neither right nor those of anything in the report."""
    step = dice.choice((Decimal("2.37"), Decimal("-1.83"), Decimal("0.64"), Decimal("-3.19")))
    wrong = abs(right + step)
    known = {e for _, *both in SCORES.values() for e in both}
    return wrong if wrong not in known and wrong <= 100 else abs(right - Decimal("4.41"))


def score(dice: Random, *, wrong: bool) -> Composed:
    code = dice.choice(list(SCORES))
    points = SCORES[code][1]
    told = other(dice, points) if wrong else points
    says = dice.choice(("ได้ {} คะแนน", "มีคะแนน {} คะแนน", "ได้คะแนนเท่ากับ {}", "อยู่ที่ {} คะแนน"))
    return _told("score", f"{name(dice, code)} {says.format(told)}", told, wrong=wrong)


def change(dice: Random, *, wrong: bool) -> Composed:
    code = dice.choice(list(SCORES))
    _, new, old = SCORES[code]
    told = other(dice, abs(new - old)) if wrong else abs(new - old)
    way = dice.choice(UP if new > old else DOWN)
    says = dice.choice(
        (
            f"{way} {told} คะแนน เมื่อเทียบกับปีก่อน",
            f"{way}จากปีก่อน {told} คะแนน",
            f"ได้ {new} คะแนน {way}จากปีงบประมาณ พ.ศ. 2567 จำนวน {told} คะแนน",
            f"{way} {told} คะแนน จาก {old} คะแนน เป็น {new} คะแนน",
        )
    )
    return _told("change", f"{name(dice, code)} {says}", told, wrong=wrong)


def way(dice: Random, *, wrong: bool) -> Composed:
    code = dice.choice(list(SCORES))
    _, new, old = SCORES[code]
    is_up = (new > old) != wrong
    word = dice.choice(UP if is_up else DOWN)
    says = dice.choice((f"{word} {abs(new - old)} คะแนน", f"{word}จากปีก่อน {abs(new - old)} คะแนน"))
    return Composed("way", f"{name(dice, code)} {says}", word if wrong else "")


def target(dice: Random, *, wrong: bool) -> Composed:
    code = dice.choice(list(SCORES))
    by = SCORES[code][1] - TARGET
    told = other(dice, by) if wrong else by
    says = dice.choice(("สูงกว่าค่าเป้าหมาย", "สูงกว่าค่าเป้าหมาย 85 คะแนน อยู่", "สูงกว่าเป้าหมาย"))
    return _told("target", f"{name(dice, code)} {says} {told} คะแนน", told, wrong=wrong)


def count(dice: Random, *, wrong: bool) -> Composed:
    limit = dice.choice((88, 90, 92, 93))
    is_below = dice.random() < 0.5
    points = [SCORES[code][1] for code in INDICATORS]
    right = sum(each < limit if is_below else each >= limit for each in points)
    told = (right + dice.choice((1, 2, -1))) if wrong else right
    told = told if 0 < told < 10 else right + 2 if wrong else right
    word = f"ต่ำกว่า {limit} คะแนน" if is_below else f"{limit} คะแนนขึ้นไป"
    number = dice.choice((str(told), WORDS[told - 2] if 2 <= told <= 9 else str(told)))
    says = dice.choice((f"ตัวชี้วัดที่ได้{word} มี {number} ตัวชี้วัด", f"มี {number} ตัวชี้วัดที่ได้{word}"))
    return Composed("count", says, number if wrong else "")


def share(dice: Random, *, wrong: bool) -> Composed:
    whole = dice.randint(120, 400)
    part = dice.randint(30, whole - 20)
    right = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"))
    told = (right * Decimal("0.8")).quantize(Decimal("0.01")) if wrong else right
    says = f"ผู้ตอบแบบวัดจำนวน {part} คน จากทั้งหมด {whole} คน คิดเป็นร้อยละ {told}"
    return _told("share", says, told, wrong=wrong)


def total(dice: Random, *, wrong: bool) -> Composed:
    one, two = dice.randint(20, 99), dice.randint(100, 300)
    told = one + two + (dice.choice((10, -10, 1, 100)) if wrong else 0)
    joined = dice.choice(("รวม", "รวมทั้งสิ้น", "รวมผู้ตอบทั้งหมด"))
    says = f"บุคลากรตอบ {one} คน และผู้รับบริการตอบ {two} คน {joined} {told} คน"
    return _told("total", says, told, wrong=wrong)


def extreme(dice: Random, *, wrong: bool) -> Composed:
    is_high = dice.random() < 0.5
    ordered = sorted(INDICATORS, key=lambda code: SCORES[code][1], reverse=is_high)
    code = dice.choice([each for each in ordered[2:8] if each not in ENDS]) if wrong else ordered[0]
    word = dice.choice(("สูงที่สุด", "สูงสุด") if is_high else ("ต่ำที่สุด", "ต่ำสุด"))
    says = dice.choice((f"ตัวชี้วัดที่ได้คะแนน{word} คือ {{}}", f"{{}} ได้คะแนน{word}"))
    return Composed("extreme", says.format(name(dice, code)), word if wrong else "")


def level(dice: Random, *, wrong: bool) -> Composed:
    told = dice.choice(("ผ่าน", "ผ่านดีเยี่ยม", "A", "ต้องปรับปรุง")) if wrong else "ผ่านดี"
    says = dice.choice(
        (f"คะแนนภาพรวม 91.03 คะแนน อยู่ในระดับ “{told}”", f"ผลการประเมินปีนี้อยู่ในระดับ{told}")
    )
    return Composed("level", says, told if wrong else "")


KINDS: dict[str, Callable[..., Composed]] = {
    each.__name__: each
    for each in (score, change, way, target, count, share, total, extreme, level)
}


def _told(kind: str, text: str, told: object, *, wrong: bool) -> Composed:
    return Composed(kind, text, str(told) if wrong else "")


def compose(kind: str, seed: int, *, wrong: bool) -> Composed:
    """Return a sentence of a kind; the same seed gives the same one."""
    dice = Random(seed)
    made = KINDS[kind](dice, wrong=wrong)
    text = dice.choice(BEFORE) + made.text + dice.choice(BEHIND)
    return Composed(kind, with_numerals(text, "thai") if dice.random() < 0.5 else text, made.wrong)
