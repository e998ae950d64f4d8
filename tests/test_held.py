"""Patterns are looked for only where the words stand that they need, and found all the same."""

from __future__ import annotations

import re
from itertools import product

import pytest

from ita_helpers.language import begun
from ita_helpers.language.begun import compiled, letters_of
from ita_helpers.language.catalogue import section
from ita_helpers.language.held import Searched
from ita_helpers.language.needed import needs_of

TEXTS = (
    "ตัวชี้วัดที่ 3 ได้ 92.86 คะแนน ลดลงจากปี 2567",
    "ตัว ชี้ วัด ที่ 4",
    "สูงกว่าปีก่อน 2.10 คะแนน",
    "KPI 7 ต่ำที่สุด",
    "kpi 8 = 81.20",
    "๙๒.๘๖",
    "",
)


def _patterns() -> list[re.Pattern[str]]:
    listed = {**section("said"), **section("finished.patterns")}.values()
    return [re.compile(each) for each in listed if isinstance(each, str)]


def test_nothing_is_missed() -> None:
    examples = [each["example"] for each in section("finished.rules").values()]
    searched = Searched([*TEXTS, *examples], lambda text: text)
    for pattern in _patterns():
        there = [(text, each.span()) for text in searched.things for each in pattern.finditer(text)]
        assert [(text, each.span()) for text, each in searched.places(pattern)] == there


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("ตัว ?ชี้ ?วัด(?:ที่)?", [{"ตัวชี้วัด"}]),
        (r"(?:สูง|ต่ำ)\s?กว่า", [{"สูงกว่า", "ต่ำกว่า"}]),
        (r"(?:ลดลง.{0,9}จาก|เหลือ)", [{"เหลือ"}]),
        ("(?i:kpi) ?ที่", [{"ที่"}]),
        ("[^ก]ข{2}(?=ค)", [{"ข"}, {"ค"}]),
        ("(?:ก|.)?", []),
        ("[0-Z]", []),
    ],
)
def test_needed_words(pattern: str, needed: list[set[str]]) -> None:
    assert [set(each.words) for each in needs_of(pattern)] == needed


def test_most_patterns_need_something() -> None:
    listed = _patterns()
    free = [each.pattern for each in listed if not needs_of(each.pattern)]
    assert len(free) < len(listed) / 10, "give each way of these a word or a digit"


def test_letters_in_any_order() -> None:
    texts = ["".join(each) for each in product("กข ", repeat=4)]
    searched = Searched(texts, lambda text: text)
    for pattern in map(re.compile, ("กข", "ก ?ข ?ก", "(?:ก|ข)ก$", "^ข+", "ก(?!ข)ก", "(ก|ข)\\1")):
        found = [(text, each.span()) for text, each in searched.places(pattern)]
        assert found == [(text, e.span()) for text in texts for e in pattern.finditer(text)]


def test_patterns_compiled_find_the_same() -> None:
    text = " ".join([*TEXTS, *(each["example"] for each in section("finished.rules").values())])
    for pattern in _patterns():
        quick = compiled(pattern.pattern)
        there = [(each.span(), each.groupdict()) for each in pattern.finditer(text)]
        assert [(each.span(), each.groupdict()) for each in quick.finditer(text)] == there


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(?:ก|ข(?:ค|ง))จ?ฉ", ""),
        (r"(?<!\d)\d", "\\d"),
        ("ก?ข?[ค-ง]", "กขค-ง"),
        ("ก?", ""),
        ("(?:ก?|ข)ค", "กขค"),
        (".ก", ""),
        ("ก?[^ข]", ""),
        ("(?i)x?y", ""),
    ],
)
def test_letters_that_a_pattern_begins_with(pattern: str, told: str) -> None:
    letters = letters_of(pattern)
    assert letters == (letters_of(f"(?={told}.)[{told}]") if told else set())


def test_letters_in_any_case() -> None:
    text = "kpi KPI \u212apI \u017fum ปี"
    for pattern in (r"(?:ที่)?kpi", "(?:ที่)?KPI", "(?:k|s)?(?:pi|um)", "(?:ปี)?[r-t]um"):
        plain = re.compile(pattern, re.IGNORECASE)
        assert compiled(pattern, re.IGNORECASE).findall(text) == plain.findall(text)


def test_an_engine_of_another_kind_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begun, "_engine", object())
    assert compiled("(?:ก|ข)?ค ก").findall("ขค ก") == ["ขค ก"]
