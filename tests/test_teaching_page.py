"""The teaching page: what stands in it, and that its script computes what Python computes."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import random
import re
from fractions import Fraction
from functools import cache

import pytest
import yaml
from browsers import AXE, blank, in_each_setting, violations, watch, with_browser
from conftest import ROOT, YEARS, assessed, is_wide, rules
from hypothesis import settings

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, round_up
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.tree import Cell, Document, Heading, Paragraph, Part, Table, Text
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.what_if import Trial, find_least_gain, try_out
from ita_helpers.teaching.exercises import check
from ita_helpers.teaching.page import pack, write_teaching_page
from ita_helpers.teaching.posing import (
    ANSWERS_YEAR,
    ITEMS_YEAR,
    LEVEL_YEAR,
    TOTALS_YEAR,
    make_exercises,
)
from ita_helpers.teaching.typed import NotPoints, read_points

OFFICE = "made-up-example"
SOURCE = "คะแนนของ อบต.ตัวอย่าง (ข้อมูลสมมติ) ปีงบประมาณ พ.ศ. 2568"
HUNDREDTH = Fraction(1, 100)
CUTS = (70, 85, 95)
STEPS = ("-0.01", "-0.006", "-0.005", "0", "0.004")
NEAR = [cut + Fraction(step) for cut in CUTS for step in STEPS]
NEAR += [each / 2 for each in NEAR]
"""Scores about the cuts, and those that put one part there while another is nothing."""
CASES, GAINS = 40 * settings.default.max_examples, 10 * settings.default.max_examples
"""How many random cases the script and Python are set against each other on, by the profile."""


def words(key, **facts):
    return say(f"teaching_page.{key}", **facts)


def heading(number, text, anchor):
    return Heading(2, (Text(text),), number, anchor=anchor)


def story(numerals="arabic", tags=("part-what-if", "part-exercises"), **facts):
    head = (Cell((Text("แบบวัด"),), "col"), Cell((Text("น้ำหนัก"),), "col", "right"))
    rows = tuple(
        (Cell((Text(code),), "row"), Cell((Text(weight),), align="right"))
        for code, weight in (("IIT", "30"), ("EIT", "30"), ("OIT", "40"))
    )
    table = Table((Text("น้ำหนักของแบบวัด"),), (head,), rows, 2, "ตารางที่ 1", "t1")
    told = Paragraph((Text("คะแนนภาพรวมเป็นค่าเฉลี่ยถ่วงน้ำหนักของสามแบบวัด"),))
    parts = [Part("part-rules", (heading("1", "คะแนนมาจากไหน", "s1"), told, table))]
    parts += [
        Part(tag, (heading(str(place), f"ส่วนของ {tag}", f"s{place}"), told))
        for place, tag in enumerate(tags, start=2)
    ]
    parts.append(Part("part-end", (heading("9", "แหล่งที่มา", "s9"), told)))
    return Document("บทเรียนเรื่องคะแนน ITA", tuple(parts), numerals=numerals, **facts)


@cache
def start():
    trial = try_out(assessed(OFFICE, 2568))
    assert trial is not None
    return trial


@cache
def exercises():
    return make_exercises(
        *(assessed(OFFICE, y) for y in (ITEMS_YEAR, TOTALS_YEAR, LEVEL_YEAR, ANSWERS_YEAR))
    )


def tables():
    return sum(len(each.tables) for each in exercises())


def frameworks():
    return [rules(year) for year in YEARS]


@cache
def written(document=None):
    return write_teaching_page(document or story(), start(), SOURCE, frameworks(), exercises())


def data_of(page):
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_runs_one_script_and_loads_nothing():
    page = written()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    directives = dict(each.split(" ", 1) for each in html.unescape(policy).split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == f"'sha256-{digest}'"
    assert (page.count("<script"), page.count("</script>")) == (2, 2)
    assert "://" not in re.sub(r'xmlns="[^"]+"', "", page)
    assert not re.findall(r"(?:src|href)=\"(?!#|data:)", page)
    assert not re.search("[ก-๙]", scripts[0])


def test_the_same_input_gives_the_same_bytes_and_not_many():
    again = write_teaching_page(story(), start(), SOURCE, frameworks(), exercises())
    assert written() == again
    assert len(again.encode()) < 300_000


def test_what_if_and_exercises_follow_their_parts():
    places = [written().index(each) for each in (
        'id="s2"', 'class="what-if"', 'id="s3"', 'class="exercises"', 'id="s9"'
    )]  # fmt: skip
    assert places == sorted(places)
    page = written(story(tags=()))
    places = [page.index(each) for each in (
        'id="s9"', 'id="what-if"', 'class="what-if"', 'id="exercises"', 'class="exercises"'
    )]  # fmt: skip
    assert places == sorted(places)
    assert 'href="#what-if"' in page


def test_banners_stand_in_the_head():
    page = written(story(banners=("ข้อมูลสมมติ",)))
    assert '<p class="banner">ข้อมูลสมมติ</p>' in page[: page.index("</header>")]


def test_no_answer_stands_in_the_page_beside_its_question():
    packed = data_of(written())["exercises"]
    for exercise in exercises():
        page = written()
        at = page.index(f'id="ita-exercise-{exercise.key}"')
        section = page[at : page.index("</form>", at)]
        offered = ("levels", "mistakes", "figures") if exercise.choices else ()
        kept = {name: each for name, each in packed[exercise.key].items() if name not in offered}
        told = json.dumps(kept, ensure_ascii=False)
        if exercise.choices:
            assert f"{exercise.answer}<" not in section.replace(f">{exercise.answer}<", "")
            others = [each for each in exercise.choices if each != exercise.answer]
            assert section.count(f">{exercise.answer}<") == section.count(f">{others[-1]}<")
        else:
            assert exercise.answer not in section
            assert str(Fraction(exercise.answer)) not in re.findall(r"[\d/]+", told)
        assert f'"{exercise.answer}"' not in told
        assert exercise.choices or exercise.answer not in told


def test_no_text_ends_the_data():
    nasty = "</script><script>document.title='x'</script>"
    page = write_teaching_page(story(), start(), nasty, frameworks(), exercises())
    assert nasty not in page
    packed = pack(start(), frameworks(), exercises())
    assert packed["start"]["year"] == 2568
    assert "2568" in packed["years"][2569]["assumed"]
    assert not packed["years"][2568]["assumed"]


def test_questions_and_tables_stand_in_the_page_without_the_script():
    page = written(story("thai"))
    for exercise in exercises():
        assert html.escape(with_numerals(exercise.question, "thai")) in page
        for table in exercise.tables:
            assert html.escape(with_numerals(table.caption, "thai")) in page
    assert f'id="ita-no-script" class="banner">{words("no_script")}<' in page


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teaching")
    for numerals in ("arabic", "thai"):
        (folder / f"{numerals}.html").write_text(written(story(numerals)), encoding="utf-8")
    return {numerals: (folder / f"{numerals}.html").as_uri() for numerals in ("arabic", "thai")}


@pytest.fixture
def page(sheet, files):
    """Open the page on a telephone; afterwards it has asked for nothing and complained not."""
    page = blank(sheet, 360, 740)
    page.goto(files["arabic"])
    yield page
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith("data:")] == [files["arabic"]]


def enter(page, code, text):
    page.fill(f"#ita-box-{code}", text)
    page.press(f"#ita-box-{code}", "Enter")


def shown(page):
    return page.inner_text("#ita-overall"), page.inner_text("#ita-level")


def expected(trial):
    levels = [each.name for each in trial.possible]
    either = f" {label('teaching_page.what_if.either')} "
    told = levels[0]
    if len(levels) > 1:
        told = label("teaching_page.what_if.open").replace("{levels}", either.join(levels))
    return f"{format_score(trial.overall)} คะแนน", told


def carried(year, **values):
    """Return the starting indicators under another year's rules."""
    framework = rules(year)
    scores = {each.code: start().score(each.code) for each in framework.indicators.list}
    parts = start().parts if framework.instrument("EIT").parts else {}
    return Trial(framework, scores | values, parts)


@with_browser
def test_the_page_begins_with_the_scores_of_the_office(page):
    assert shown(page) == expected(start())
    assert page.locator("#ita-conditions tr").all_inner_texts() == [
        "คะแนนภาพรวม\t93.85\tถึง 85.00 แล้ว",
        "IIT\t98.04\tถึง 85.00 แล้ว",
        "EIT ส่วนที่ 1\t88.21\tถึง 85.00 แล้ว",
        "EIT ส่วนที่ 2\t79.58\tต้องได้ 85.00 ยังขาด 5.42",
        "OIT\t98.18\tถึง 85.00 แล้ว",
    ]
    assert "EIT ส่วนที่ 2 ขาดอีก 5.42 คะแนน" in page.inner_text("#ita-barred")
    assert not page.locator("#ita-assumed").is_visible()


@with_browser
def test_a_slider_moved_by_keyboard_changes_the_level(page):
    trial = start()
    page.focus("#ita-slider-9")
    page.keyboard.press("Home")
    trial = trial.with_value("9", Fraction(0))
    assert shown(page) == expected(trial)
    assert page.inner_text("#ita-level") == "ต้องปรับปรุง"
    page.keyboard.press("ArrowRight")
    assert shown(page) == expected(trial.with_value("9", Fraction(1, 2)))
    assert page.input_value("#ita-box-9") == "0.50"
    assert "ลดลง 95.86 คะแนน" in page.inner_text("#ita-change-9")
    assert page.get_attribute("#ita-slider-9", "aria-valuetext") == "0.50 คะแนน"
    page.click("#ita-reset")
    assert shown(page) == expected(start())


@with_browser
@pytest.mark.parametrize("typed", ["", "92,86", "1e9", "-1", "100.01", "เก้าสิบ", "{x}", "..5"])
def test_what_is_no_points_is_refused_in_the_words_of_python(page, typed):
    enter(page, "6", "91")
    before = shown(page)
    enter(page, "6", typed)
    with pytest.raises(NotPoints) as caught:
        read_points(typed)
    assert page.inner_text("#ita-problem-6") == str(caught.value)
    assert page.get_attribute("#ita-box-6", "aria-invalid") == "true"
    assert "problem-6" in page.get_attribute("#ita-box-6", "aria-describedby")
    assert shown(page) == before
    enter(page, "6", "๙๒.๘๖")
    assert page.inner_text("#ita-problem-6") == ""
    assert page.get_attribute("#ita-box-6", "aria-invalid") == "false"
    changed = start().with_value("6", Fraction(91)).with_value("6", Fraction("92.86"))
    assert shown(page) == expected(changed)
    assert page.input_value("#ita-box-6") == "92.86"


@with_browser
def test_an_item_moves_its_indicator_until_that_is_set_by_hand(page):
    trial = start().with_value("i1", Fraction(10))
    page.click("summary >> nth=0")
    assert page.locator("details .note").first.is_visible()
    enter(page, "i1", "10")
    assert not page.locator("details .note").first.is_visible()
    assert shown(page) == expected(trial)
    assert page.input_value("#ita-box-1") == format_score(trial.score("1"))
    enter(page, "1", "50")
    assert page.locator("details .note").first.is_visible()
    assert shown(page) == expected(trial.with_value("1", Fraction(50)))
    enter(page, "i2", "20")
    assert not page.locator("details .note").first.is_visible()
    assert shown(page) == expected(trial.with_value("i2", Fraction(20)))


@with_browser
def test_parts_follow_their_instrument_and_a_part_that_cannot_be_is_explained(page):
    enter(page, "7", "100")
    trial = start().with_value("7", Fraction(100))
    assert page.input_value("#ita-box-EIT1") == format_score(trial.part("EIT1"))
    assert format_score(trial.part("EIT2")) in page.inner_text(".rest")
    enter(page, "EIT1", "50")
    assert "ต้องอยู่ระหว่าง" in page.inner_text("#ita-problem-EIT1")
    assert shown(page) == expected(trial)
    enter(page, "EIT1", "90")
    assert shown(page) == expected(trial.with_part("EIT1", Fraction(90)))
    page.uncheck("#ita-parts-EIT")
    assert shown(page) == expected(Trial(trial.framework, trial.values))
    assert "ยังกำหนดไม่ได้" in page.inner_text("#ita-level")
    assert "อาจอยู่ระหว่าง" in page.inner_text("#ita-barred")


@with_browser
def test_a_long_play_with_sliders_and_boxes_stays_with_python(page):
    chance = random.Random(2567)
    trial = start()
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    boxes = page.eval_on_selector_all("[id^=ita-box-]", "all => all.map(each => each.id.slice(8))")
    codes = [code for code in boxes if code != "EIT1"]
    for _ in range(60):
        code, points = chance.choice(codes), chance.choice([0, 100, *NEAR[::5], Fraction("12.34")])
        enter(page, code, str(float(points)))
        trial = trial.with_value(code, Fraction(points))
        assert shown(page) == expected(trial)
        assert page.input_value("#ita-box-EIT1") == format_score(trial.part("EIT1"))
        rest = page.locator(".rest b").text_content()
        assert rest == f"{format_score(trial.part('EIT2'))} คะแนน"


@with_browser
@pytest.mark.parametrize("year", [2562, 2566, 2569])
def test_another_year_keeps_the_indicators_and_has_its_own_rules(page, year):
    page.select_option("#ita-year", str(year))
    assert shown(page) == expected(carried(year))
    assert page.locator("details").count() == 0
    assert page.locator("#ita-box-EIT1").count() == (1 if year == 2569 else 0)
    assert page.locator("#ita-assumed").is_visible() == (year == 2569)
    assert page.locator("#ita-caveat").is_visible() is False
    if year == 2569:
        assert "2568" in page.inner_text("#ita-assumed")
    enter(page, "1", "12.5")
    assert shown(page) == expected(carried(year).with_value("1", Fraction("12.5")))
    page.select_option("#ita-year", "2568")
    assert not page.locator("#ita-assumed").is_visible()


@with_browser
@pytest.mark.parametrize("keeps_parts", [True, False])
@pytest.mark.parametrize("goal", ["ผ่านดี", "ผ่านดีเยี่ยม"])
def test_the_least_gain_put_into_the_sliders_reaches_its_level(page, goal, keeps_parts):
    trial = start()
    if not keeps_parts:
        page.uncheck("#ita-parts-EIT")
        trial = Trial(trial.framework, trial.values)
    page.select_option("#ita-goal", goal)
    gain = find_least_gain(trial, trial.framework.level(goal))
    rounded_up = -(-gain.total // HUNDREDTH) * HUNDREDTH
    told = page.inner_text("#ita-total") if gain.total else format_score(rounded_up)
    assert format_score(rounded_up) in told
    assert page.locator("#ita-gains tr").count() == len(gain.by_group)
    assert page.locator("#ita-equal-parts").is_visible() == gain.assumes_equal_parts
    assert "ผู้ตอบ" in page.inner_text(".caution")
    page.click("#ita-use")
    assert page.inner_text("#ita-level") == goal
    assert page.evaluate("document.activeElement.id") == "ita-verdict"
    assert page.locator("#ita-backwards").is_visible() == (goal == "ผ่านดี")
    assert page.locator("#ita-no-goal").is_visible() == (goal != "ผ่านดี")


@with_browser
def test_a_gain_that_is_needed_is_rounded_up(page):
    page.select_option("#ita-year", "2562")
    enter(page, "1", "90.02")
    page.select_option("#ita-goal", "AA")
    gain = find_least_gain(
        carried(2562).with_value("1", Fraction("90.02")), rules(2562).level("AA")
    )
    rounded_up = -(-gain.total // HUNDREDTH) * HUNDREDTH
    assert format_score(rounded_up) != format_score(gain.total)
    assert f" {format_score(rounded_up)} " in page.inner_text("#ita-total")


@with_browser
def test_a_level_on_which_sources_disagree_says_so(page):
    page.select_option("#ita-year", "2562")
    for code in range(1, 11):
        enter(page, str(code), "45")
    assert page.inner_text("#ita-level") == "F"
    assert rules(2562).level("F").caveat in page.inner_text("#ita-caveat")


def answer(page, key, typed):
    field = f"#ita-answer-{key}"
    if page.eval_on_selector(field, "each => each.tagName") == "SELECT":
        page.select_option(field, typed)
        page.click(f"[data-exercise={key}] button")
    else:
        page.fill(field, typed)
        page.press(field, "Enter")
    return page.inner_text(f"#ita-reply-{key}")


@with_browser
def test_an_answer_gets_the_reply_it_gets_from_python(page):
    again = words("exercises.again")
    for exercise in exercises():
        right = exercise.answer
        wrong = [each for each in exercise.choices if each != right] or ["1.23", "", "92,86"]
        wrong += [mistake.answer for mistake in exercise.mistakes.values()]
        replies = {typed: answer(page, exercise.key, typed) for typed in [*wrong, right]}
        for typed, told in replies.items():
            reply = check(exercise, typed)
            assert told == (reply.text if reply.is_right else f"{again} {reply.text}")
            assert reply.is_right == (typed == right)
            assert page.evaluate("([k, t]) => ita.check(k, t)", [exercise.key, typed]) == {
                "isRight": reply.is_right,
                "text": reply.text,
            }
        if not exercise.choices:
            assert answer(page, exercise.key, with_numerals(right, "thai")) == replies[right]
        assert len({replies[right], replies[wrong[0]]}) == 2


@with_browser
def test_what_is_typed_is_read_as_python_reads_it(page):
    texts = ["90", "๙๐", " 90 ", "\u00a090\u200b", "+5", "-0", "007", "100", "100.0", "100.001"]
    texts += ["90.", ".5", "9 0", "90,5", "90,555", "1,000", "1e2", "NaN", "∞", "½", "<b>", "0.005"]
    for text in texts:
        try:
            wanted = {"points": str(read_points(text))}
        except NotPoints as problem:
            wanted = {"problem": str(problem)}
        assert page.evaluate("text => ita.read(text)", text) == wanted


def flip(chance):
    return chance.random() < 0.5


def random_points(chance, least):
    hundredths = Fraction(chance.randint(least, 10_000), 100)
    return chance.choice((chance.choice(NEAR), hundredths, hundredths))


def random_trial(chance, framework=None):
    """Return scores of any year: many near the cuts, some by items, parts known or not."""
    framework = framework or rules(chance.choice(YEARS))
    base = chance.choice(NEAR)
    close, least = flip(chance), chance.choice((0, 8_000))
    values = {}
    for indicator in framework.indicators.list:
        shift = chance.choice([0, 0, 1, -1, 2]) * HUNDREDTH
        codes = [each.code for each in framework.items_of(indicator.code)]
        knows = framework.item_rule(indicator.instrument) != "unknown" and chance.random() < 0.2
        for code in codes if knows else [indicator.code]:
            values[code] = base + shift if close else random_points(chance, least)
    trial = Trial(framework, values)
    for instrument in framework.instruments.list:
        if instrument.parts and flip(chance):
            first = instrument.parts[0].code
            low, high = trial.span(first)
            within = low + (high - low) * Fraction(chance.randint(0, 100), 100)
            points = chance.choice([within, trial.score(instrument.code), low, high, base])
            trial = Trial(framework, values, {first: min(max(points, low), high)})
    return trial


def as_json(trial):
    values = {code: str(points) for code, points in trial.values.items()}
    return [
        trial.framework.fiscal_year,
        values,
        {code: str(points) for code, points in trial.parts.items()},
    ]


def ask_many(page, name, cases):
    """Ask the page's script once for many cases; as text, which Playwright carries fast."""
    script = "([name, all]) => JSON.stringify(JSON.parse(all).map(each => ita[name](...each)))"
    return json.loads(page.evaluate(script, [name, json.dumps(list(cases))]))


def judgement_of(trial, level):
    """Return what the script must say of a trial and of what bars it from a level."""
    spans = [trial.span(code) for code in trial.framework.levels.judged]
    return {
        "overall": format_score(trial.overall),
        "levels": [each.name for each in trial.possible],
        "spans": [list(map(format_score, each)) for each in spans],
        "barred": [
            {"code": e.code, "needed": str(e.needed), "gap": str(e.gap), "isOpen": e.is_open}
            for e in trial.barred_by(level)
        ],
    }


def gain_of(trial, level):
    gain = find_least_gain(trial, level)
    _, values, parts = as_json(gain.trial)
    return {
        "total": str(gain.total),
        "groups": {code: list(map(str, ends)) for code, ends in gain.by_group.items()},
        "values": values,
        "parts": parts,
        "assumesEqualParts": gain.assumes_equal_parts,
    }


@with_browser
def test_the_script_takes_up_a_rule_that_no_year_has_yet(watched, tmp_path):
    changed = rules(2568).model_dump()
    changed["levels"]["list"][1]["at_least"] = {"OIT": 90, "9": 85, "EIT": 88}
    made_up = Framework.model_validate(changed)
    years = tuple(made_up if each.fiscal_year == 2568 else each for each in frameworks())
    text = write_teaching_page(story(), start(), SOURCE, years, exercises())
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page = watched
    page.goto((tmp_path / "page.html").as_uri())
    chance = random.Random(2590)
    cases = [(random_trial(chance, made_up), each) for each in made_up.levels.list * 60]
    judged = ask_many(page, "judge", (as_json(trial) for trial, _ in cases))
    asked = [[*as_json(trial), level.name] for trial, level in cases]
    gained = ask_many(page, "leastGain", asked)
    for (trial, level), found, gain in zip(cases, judged, gained, strict=True):
        barred = found["barred"][level.name]
        assert found | {"barred": barred} == judgement_of(trial, level), as_json(trial)
        assert gain == gain_of(trial, level), as_json(trial)
    assert {"9", "EIT"} <= {e["code"] for found in judged for e in found["barred"]["ผ่านดี"]}
    indicator = say("words.indicator", code="9", name=made_up.indicator("9").name)
    assert indicator in page.inner_text("#ita-conditions")


@with_browser
@pytest.mark.hypothesis
def test_the_script_judges_random_cases_as_python_does(page):
    chance = random.Random(2568)
    trials = [random_trial(chance) for _ in range(CASES)]
    judged = ask_many(page, "judge", map(as_json, trials))
    for trial, found in zip(trials, judged, strict=True):
        level = trial.framework.levels.list[0]
        barred = found["barred"][level.name]
        assert found | {"barred": barred} == judgement_of(trial, level), as_json(trial)
    assert len({each.framework.fiscal_year for each in trials}) == len(YEARS)
    assert sum(len(found["levels"]) > 1 for found in judged) > CASES // 100


@with_browser
@pytest.mark.hypothesis
def test_the_script_finds_the_least_gain_as_python_does(page):
    chance = random.Random(2569)
    cases = []
    for _ in range(GAINS):
        trial = random_trial(chance)
        cases.append((trial, chance.choice(trial.framework.levels.list)))
    asked = [[*as_json(trial), level.name] for trial, level in cases]
    for (trial, level), found in zip(cases, ask_many(page, "leastGain", asked), strict=True):
        assert found == gain_of(trial, level)


@with_browser
def test_a_page_in_thai_digits_has_no_others(watched, files):
    page = watched
    page.goto(files["thai"])
    assert page.inner_text("#ita-overall") == "๙๓.๘๕ คะแนน"
    assert page.input_value("#ita-box-10") == "๑๐๐.๐๐"
    enter(page, "6", "๑,๒")
    answer(page, "reversed", "๑")
    assert not re.search("[0-9]", page.inner_text(".what-if").replace("I1", ""))
    assert page.locator("#ita-problem-6").inner_text() == with_numerals(
        say("teaching.typed.comma", meant="1.2"), "thai"
    )


@with_browser
def test_without_the_script_the_story_can_be_read_and_nothing_waits(browser, files):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["arabic"])
    assert page.locator("#ita-no-script").inner_text() == words("no_script")
    assert not page.locator("#ita-try, form, button").filter(visible=True).count()
    assert page.locator(".exercise table").count() == tables()
    context.close()


@with_browser
def test_on_paper_controls_go_and_questions_stay(page):
    page.emulate_media(media="print")
    assert not page.locator("button, input, select").filter(visible=True).count()
    assert page.locator(".exercise table").filter(visible=True).count() == tables()
    assert page.locator("#ita-verdict").is_visible()


@with_browser
@pytest.mark.hypothesis
@in_each_setting(360)
def test_no_rule_of_accessibility_is_broken_and_nothing_overflows(
    browser, files, width, scheme, contrast
):
    """Look again after each step, at contrast before the first and after the last shows all.

    A step changes no rule with the width or the colours: after each of them in one setting only.
    """
    page = browser.new_page(
        viewport={"width": width, "height": 740}, color_scheme=scheme, bypass_csp=True
    )
    page.goto(files["arabic"])
    page.evaluate(AXE)
    assert violations(page, contrast=contrast or is_wide()) == []
    for act in (
        lambda: page.click("summary >> nth=0"),
        lambda: enter(page, "6", "92,86"),
        lambda: [answer(page, "reversed", each) for each in ("13.94", "86.06")],
        lambda: answer(page, "overall", "1"),
        lambda: page.uncheck("#ita-parts-EIT"),
        lambda: page.select_option("#ita-year", "2569"),
    ):
        act()
        if is_wide() or width == 360:
            assert violations(page, contrast=is_wide()) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, contrast=contrast or is_wide()) == []
    for other in (320, 640, 768, 1119, 1121) if width == 1280 else ():
        page.set_viewport_size({"width": other, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= other
    page.close()


@with_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_that_is_sent_works_as_a_whole(browser, width):
    """Story, what-if and exercises together: their names do not clash, and nothing is fetched."""
    file = ROOT / "rendered/teaching.html"
    context = browser.new_context(
        viewport={"width": width, "height": 740}, offline=True, bypass_csp=True
    )
    page = watch(context.new_page())
    page.goto(file.as_uri())
    names = page.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
    assert len(names) == len(set(names))
    assert page.locator("#overall").locator("xpath=self::div").count() == 1
    assert "93.8526" in page.inner_text("#overall")
    page.evaluate(AXE)
    assert violations(page, contrast=width == 360) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    enter(page, "7", "100")
    assert page.inner_text("#ita-level") == "ผ่านดี"
    replies = [answer(page, "indicator", typed) for typed in ("65.61", "๘๔.๒๖")]
    assert "กลับคะแนนซ้ำ" in replies[0]
    assert "ถูกต้อง" in replies[1]
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith("data:")] == [file.as_uri()]
    context.close()


@with_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_sentences_is_readable_for_everyone(browser, width):
    file = ROOT / "rendered/sentences.html"
    context = browser.new_context(
        viewport={"width": width, "height": 740}, offline=True, bypass_csp=True
    )
    page = watch(context.new_page())
    page.goto(file.as_uri())
    assert page.locator("script").count() == 0
    names = page.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
    assert len(names) == len(set(names))
    page.evaluate(AXE)
    narrow = width == 360
    assert violations(page, "html" if narrow else "nav.side", contrast=narrow) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith("data:")] == [file.as_uri()]
    context.close()


@with_browser
def test_an_old_browser_is_told_why_nothing_can_be_tried(browser, files):
    page = browser.new_page()
    page.add_init_script("delete window.BigInt")
    page.goto(files["arabic"])
    assert page.locator("#ita-no-script").is_visible()
    page.close()


@with_browser
def test_a_reply_goes_when_the_answer_is_changed(page):
    assert answer(page, "overall", "1")
    page.fill("#ita-answer-overall", "12")
    assert page.inner_text("#ita-reply-overall") == ""


@with_browser
def test_a_level_without_conditions_on_components_asks_none(page):
    for code in (str(number) for number in range(1, 11)):
        enter(page, code, "60")
    states = page.locator("#ita-conditions td:last-child").all_inner_texts()
    assert states[0].startswith("ต้องได้ 70.00")
    assert set(states[1:]) == {words("what_if.not_asked")}


@with_browser
def test_what_the_gain_needs_is_shown_rounded_up(page):
    page.select_option("#ita-goal", "ผ่านดีเยี่ยม")
    gain = find_least_gain(start(), start().framework.level("ผ่านดีเยี่ยม"))
    shown_ends = page.locator("#ita-gains td:last-child").all_inner_texts()
    assert shown_ends == [f"{round_up(end):.2f}" for _, end in gain.by_group.values()]
    assert shown_ends == ["95.00", "95.00"]
    enter(page, "EIT1", "90")
    page.select_option("#ita-goal", "ผ่านดี")
    assert page.locator("#ita-gains td:last-child").all_inner_texts() == ["85.00"]


@with_browser
def test_years_of_other_indicators_can_be_tried_and_left(watched, tmp_path):
    written_rules = (ROOT / "data/frameworks/2568.yml").read_text(encoding="utf-8")
    tenth = '    - {code: "10", instrument: OIT'
    eleven = written_rules.replace(
        tenth, f'    - {{code: "11", instrument: OIT, name: x, name_en: x}}\n{tenth}'
    )
    own = Framework.model_validate(yaml.safe_load(eleven))
    trial = Trial(own, {str(code): Fraction(90) for code in range(1, 12)})
    others = [own if each.fiscal_year == 2568 else each for each in frameworks()]
    file = tmp_path / "page.html"
    text = write_teaching_page(story(), trial, SOURCE, others, exercises())
    file.write_text(text, encoding="utf-8")
    page = watched
    page.goto(file.as_uri())
    enter(page, "11", "50")
    before = shown(page)
    for year in ("2565", "2568"):
        page.select_option("#ita-year", year)
    assert shown(page) == before
    assert page.input_value("#ita-box-11") == "50.00"
    assert page.complaints == []


def test_the_rules_of_an_exercise_come_with_it():
    packed = pack(start(), [], exercises())["exercises"]["level"]
    assert [name for name, *_ in packed["levels"]][1] == "ผ่านดี"
    assert "year" not in packed
