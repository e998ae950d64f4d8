"""The drafted words of an indicator: true for the numbers, and never boilerplate."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

import pytest
from conftest import (
    ROOT,
    SAMPLES,
    assert_helps_the_reader,
    rules,
    write,
    write_scores,
    year_scores,
)
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.errors import FrameworkError
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.points import to_hundredths
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.findings import lowest_possible_item
from ita_helpers.store.loading import load_data
from ita_helpers.store.rules import read_advice
from ita_helpers.words.slots import draft

SLOTS = [f"{number:02d}" for number in range(1, 11)]
ALL_SLOTS = ["summary", "iit", "eit", "oit", *SLOTS, "lowest", "closing"]
NEVER = ("ล้มเหลว", "แย่", "น่าผิดหวัง", "น่าเสียดาย", "ดังนั้น", "ไม่ผ่าน", "อย่างมีนัยสำคัญ")
SHARE = re.compile("ร้อยละ [0-9.]+ ของคะแนนภาพรวมที่ขาดไปทั้งหมด")
ASKING = re.compile("(ขอให้|ควรให้|เชิญชวน).{0,30}(ตอบ|ให้คะแนน)")


def load(organisation, year):
    return load_data(Workspace(ROOT), organisation, year, "arabic")


def drafted(data, slot):
    return [sentence for sentence in draft(data, slot) if sentence]


@pytest.fixture(params=SAMPLES, ids=lambda sample: f"{sample[1]}-{sample[0]}")
def data(request):
    return load(*request.param)


def test_an_indicator_has_five_sentences_at_the_most(data):
    assert all(len(drafted(data, slot)) <= 5 for slot in SLOTS)


def test_nothing_is_said_twice(data):
    said = Counter(sentence for slot in ALL_SLOTS for sentence in drafted(data, slot))
    assert [sentence for sentence in said if said[sentence] > 1 and len(sentence) > 60] == []


def pieces(sentences):
    """Return all runs of twelve characters, whatever the numbers."""
    text = re.sub("[0-9]", "#", " ".join(sentences))
    return [text[at : at + 12] for at in range(len(text) - 11)]


@pytest.mark.parametrize(("organisation", "year"), [("made-up-example", 2568), ("chai-so", 2568)])
def test_one_indicator_does_not_repeat_what_another_said(organisation, year):
    data = load(organisation, year)
    runs = [pieces(drafted(data, slot)) for slot in SLOTS]
    known, again = set(), 0
    for each in runs:
        again += sum(piece in known for piece in each)
        known |= set(each)
    assert again < 0.4 * sum(map(len, runs))


def test_no_draft_says_what_drafts_never_say(data):
    for slot in ALL_SLOTS:
        for sentence in drafted(data, slot):
            assert [word for word in NEVER if word in sentence] == []
            assert "ร้อยละ" not in SHARE.sub("", sentence)
            assert not ASKING.search(sentence)


def test_a_full_score_has_no_weakness(data):
    for slot in SLOTS:
        value = data.assessment.value(str(int(slot)))
        if value is not None and to_hundredths(value) == 100:
            text = " ".join(drafted(data, slot))
            assert not re.search("ต่ำที่สุด|ขาดไป|เพื่อพัฒนา|ในเบื้องต้น|ต่ำกว่า", text)
            assert "รักษา" in text


def test_two_offices_do_not_read_alike():
    one = {sentence for slot in ALL_SLOTS for sentence in drafted(load("bang-khae", 2568), slot)}
    other = {sentence for slot in ALL_SLOTS for sentence in drafted(load("chai-so", 2568), slot)}
    assert len(one & other) <= 12
    assert len(one & other) < len(one) / 3


ITEMS = st.lists(st.integers(0, 10_000).map(lambda n: Fraction(n, 100)), min_size=7, max_size=7)


def with_score(year, code, points):
    """Return the assessment of a year in which one indicator has such a score."""
    return assess(rules(year), year_scores(year, **{code: points}))


@given(ITEMS)
def test_no_item_can_be_under_the_bound_that_is_printed(scores):
    indicator = rules(2564).indicator("1")
    count = len(rules(2564).items_of("1"))
    items = scores[:count]
    assessment = with_score(2564, "1", to_hundredths(sum(items, Fraction(0)) / count))
    low = lowest_possible_item(assessment, indicator)
    assert low is None or low <= min(items)


def test_the_bound_is_said_only_where_the_number_of_items_is_verified():
    indicator = rules(2564).indicator("1")
    count = len(rules(2564).items_of("1"))
    expected = count * (Fraction("98.33") - Fraction(5, 1000)) - 100 * (count - 1)
    assert lowest_possible_item(with_score(2564, "1", "98.33"), indicator) == expected
    for code in ("1", "6", "9"):
        assessment = with_score(2568, code, 98)
        assert lowest_possible_item(assessment, rules(2568).indicator(code)) is None


def test_few_respondents_are_told_what_one_answer_moves(small_workspace):
    write_scores(small_workspace, "1,90,,s,")
    head = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
    write(small_workspace, "data/results/2568.csv", f"{head}\nban-rai,,,28,,,s\n")
    data = load_data(small_workspace, "ban-rai", 2568, "arabic")
    said = [each for slot in ALL_SLOTS for each in drafted(data, slot) if "28 คน" in each]
    assert len(said) == 1 and "3.57 คะแนน" in said[0]


@pytest.mark.parametrize("value", [89.99, 90])
def test_advice_follows_the_setting_and_is_marked_as_general(small_workspace, value):
    write_scores(small_workspace, f"1,{value},,s,")
    data = load_data(small_workspace, "ban-rai", 2568, "arabic")
    last = drafted(data, "01")[-1]
    assert last.startswith("ในเบื้องต้น หน่วยงานควร" if value < 90 else "หน่วยงานควร")


ADVICE = "fiscal_year: 2568\nimprove_below: 90\nindicators: {}\n"
ITEM = "{meaning: ก, actions: [ก, ข], evidence: [o8], owners: [ก]}"


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (
            "fiscal_year: 2568\nimprove_below: 90\nindicators:\n  '11': {improve: ก, keep: ข}\n",
            "11",
        ),
        ("fiscal_year: 2567\nimprove_below: 90\nindicators: {}\n", "2567"),
        (f"{ADVICE}items:\n  i99: {ITEM}\n", "i99"),
        (f"{ADVICE}items:\n  i1: {ITEM.replace('o8', 'o99')}\n", "o99"),
        (f"{ADVICE}items:\n  i1: {ITEM.replace('[ก, ข]', '[ก]')}\n", "actions"),
        ("fiscal_year: 2568\nimprove_below: 200\nindicators: {}\n", "improve_below"),
        ("fiscal_year: 2568\nimprove_below: 90\nindicators:\n  '1': {improve: ก}\n", "keep"),
    ],
)
def test_a_bad_advice_file_is_named(small_workspace, content, fact):
    write(small_workspace, "data/advice/2568.yml", content)
    with pytest.raises(FrameworkError) as caught:
        read_advice(small_workspace, 2568, rules(2568))
    assert_helps_the_reader(caught.value, "data/advice/2568.yml", fact)


GOLDEN = [("bang-khae", 2568), ("bang-krabue", 2568), ("chai-so", 2568), ("nong-saeng", 2565)]


@pytest.mark.parametrize(("organisation", "year"), [*GOLDEN, ("made-up-example", 2568)])
def test_the_drafts_read_as_they_were_read(golden, organisation, year):
    data = load(organisation, year)
    lines = [f"[{slot}]\n" + "\n".join(drafted(data, slot)) for slot in ALL_SLOTS]
    golden(f"drafts-{year}-{organisation}.txt", "\n\n".join(lines) + "\n")


def test_items_are_called_full_only_when_the_indicator_is():
    data = load("nong-saeng", 2565)
    assert "ได้คะแนนเต็ม" not in " ".join(drafted(data, "10"))
