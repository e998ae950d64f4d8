"""What-if and exercises as widgets, in plain Python; test_browser.py uses them by hand."""

from __future__ import annotations

import pytest
from conftest import ROOT

from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals
from ita_helpers.teaching.lesson import load_lesson
from ita_helpers.teaching.loading import EXAMPLE
from ita_helpers.teaching.widgets import WhatIf, exercise_boxes

GOOD = "ผ่านดี"


@pytest.fixture(scope="module")
def lesson():
    return load_lesson(EXAMPLE, 2568, root=ROOT)


@pytest.fixture
def what_if(lesson):
    return WhatIf(lesson.trial, lesson.source, "arabic")


def walk(box):
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def level_in(what_if):
    return what_if.result.value.partition(label("teaching_page.what_if.level"))[2][:40]


def test_it_begins_with_the_scores_of_the_result(what_if):
    assert "93.85" in what_if.result.value
    assert "<b>ผ่าน</b>" in level_in(what_if)
    assert what_if.scores["7"].typed.value == "78.03"
    assert what_if.parts["EIT1"].typed.value == "88.21"


def test_a_slider_moves_everything_that_follows(what_if):
    what_if.scores["7"].slider.value = 100
    assert what_if.scores["7"].typed.value == "100.00"
    assert f"<b>{GOOD}</b>" in level_in(what_if)
    assert "2.20" in what_if.result.value
    assert float(what_if.parts["EIT1"].typed.value) > 88.21


def test_what_a_page_sends_back_of_its_own_changes_nothing(what_if):
    what_if.scores["e4"].typed.value = "100"
    exact = what_if.trial.score("7")
    what_if.scores["7"].slider.value = 86.0433
    assert what_if.trial.score("7") == exact


def test_an_item_moves_its_indicator(what_if):
    what_if.scores["e4"].typed.value = "๑๐๐"
    assert what_if.scores["7"].typed.value == "86.04"
    what_if.scores["7"].typed.value = "50"
    assert what_if.scores["e4"].typed.value == "100.00"


@pytest.mark.parametrize("typed", ["", "มาก", "1e9", "92,86", "-1", "101"])
def test_what_is_no_points_changes_nothing_and_is_told(what_if, typed):
    what_if.scores["7"].typed.value = typed
    assert 'role="alert"' in what_if.scores["7"].problem.value
    assert "93.85" in what_if.result.value
    what_if.scores["7"].typed.value = "78.04"
    assert what_if.scores["7"].problem.value == ""


def test_a_part_that_leaves_no_room_for_the_other_is_told(what_if):
    what_if.parts["EIT1"].typed.value = "10"
    assert "67.79" in what_if.parts["EIT1"].problem.value
    assert what_if.parts["EIT1"].typed.value == "88.21"


def test_the_way_back_from_a_level_can_be_tried(what_if):
    assert what_if.goal.value == GOOD
    assert "8.13" in what_if.way.value
    assert label("teaching_page.backwards.no_advice") in what_if.way.value
    what_if.use.click()
    assert f"<b>{GOOD}</b>" in level_in(what_if)
    what_if.goal.value = "ผ่านดีเยี่ยม"
    what_if.use.click()
    assert what_if.goal.value is None
    assert label("teaching_page.what_if.highest") in what_if.result.value
    reset = next(
        each
        for each in walk(what_if.box)
        if getattr(each, "description", "") == label("teaching_page.what_if.reset")
    )
    reset.click()
    assert "93.85" in what_if.result.value


def test_a_level_that_is_not_determined_is_told_so():
    lesson = load_lesson("bang-khae", 2568, root=ROOT)
    what_if = WhatIf(lesson.trial, lesson.source, "thai")
    assert label("teaching_page.what_if.either") in level_in(what_if)
    assert "๘๓.๘๕" in what_if.result.value
    assert label("teaching_page.backwards.equal_parts") in what_if.way.value
    assert what_if.parts == {}


def test_years_without_conditions_on_components_are_tried_out_too():
    lesson = load_lesson("nong-saeng", 2565, root=ROOT)
    what_if = WhatIf(lesson.trial, lesson.source, "arabic")
    assert "<b>AA</b>" in level_in(what_if)
    what_if.scores["10"].typed.value = "0"
    assert "<b>B</b>" in level_in(what_if)
    assert label("teaching_page.what_if.not_asked") in what_if.result.value


def test_an_exercise_answers_in_words(lesson):
    box = exercise_boxes(lesson.data.exercises, "arabic").children[0]
    _, (answer, button), reply = box.children[0], box.children[1].children, box.children[2]
    answer.value = "13.94"
    forgotten = reply.value
    answer.value = "๘๖.๐๖"
    assert label("teaching_page.exercises.again") in forgotten
    assert "ถูกต้อง" in reply.value
    answer.value = "มาก"
    button.click()
    assert "มาก" in reply.value


def test_a_choice_is_shown_in_the_digits_of_the_lesson_and_answered_in_words(lesson):
    exercise = next(each for each in lesson.data.exercises if each.key == "mistyped")
    (box,) = exercise_boxes([exercise], "thai").children
    reply = box.children[2]
    answer, button = box.children[1].children
    shown = dict(answer.options)
    assert [with_numerals(each, "thai") for each in exercise.choices] == list(shown)[1:]
    button.click()
    assert label("teaching.typed.choose") in reply.value
    for value in list(shown.values())[1:]:
        answer.value = value
        button.click()
        assert ("ถูกต้อง" in reply.value) == (value == exercise.answer)
