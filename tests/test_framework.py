"""The rules of each year as they stand in data/frameworks, and what the reader refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from conftest import ROOT, YEARS, assert_helps_the_reader, indicators, rules, write, write_scores
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.errors import FrameworkError, NotInRules, RepeatedKey, UnreadableFile
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Level
from ita_helpers.reports.record import paper_facts
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.bounds import grade
from ita_helpers.store.loading import load_data
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import require_year
from ita_helpers.tables.rules import tabulate_levels, tabulate_rules
from ita_helpers.words.front_matter import background, foreword

NO_COMPONENTS: tuple[str, ...] = ()
LAST = 2569
"""Until this year the facts below were read; later ones bring their own."""
HUNDREDTHS = st.integers(0, 10_000).map(lambda each: Decimal(each).scaleb(-2))
EVERY_SCORE = [Decimal(each).scaleb(-2) for each in range(10_001)]
LEVELS = [
    pytest.param(year, level, id=f"{year}-{level.name}")
    for year in YEARS
    for level in rules(year).levels.list
]


def rank(framework: Framework, level: Level) -> int:
    return -framework.levels.list.index(level)


def graded(framework: Framework, overall: Decimal, lowest: Decimal) -> Level:
    """Return the level of an overall score when every component has the lowest one's score."""
    return grade(framework, {"ITA": overall, **dict.fromkeys(framework.levels.components, lowest)})


def text_of(fiscal_year: int) -> str:
    return (ROOT / f"data/frameworks/{fiscal_year}.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_every_year_loads_with_ten_indicators_and_weights_of_100(year: int) -> None:
    framework = rules(year)
    assert framework.fiscal_year == year
    count = len(framework.indicators.list) if year > LAST else 10
    assert [each.code for each in framework.indicators.list] == [
        str(number) for number in range(1, count + 1)
    ]
    assert sum(each.weight for each in framework.instruments.list) == 100
    assert sum(framework.weight_of(each.code) for each in framework.indicators.list) == 1


@pytest.mark.parametrize(
    ("year", "components"),
    [
        *((year, NO_COMPONENTS) for year in YEARS if year < 2566),
        (2566, ("IIT", "EIT", "OIT")),
        (2567, ("IIT", "EIT", "OIT")),
        (2568, ("IIT", "EIT1", "EIT2", "OIT")),
        (2569, ("IIT", "EIT1", "EIT2", "OIT")),
    ],
)
def test_the_level_looks_at_the_components_of_its_year(
    year: int, components: tuple[str, ...]
) -> None:
    assert rules(year).levels.components == components


@pytest.mark.parametrize(
    ("look_up", "code", "meant"),
    [
        (Framework.indicator, "11", "1"),
        (Framework.indicator, "IIT", ""),
        (Framework.instrument, "OTI", "OIT"),
        (Framework.item, "o99", "o9"),
        (Framework.level, "ผ่านดีเยียม", "ผ่านดีเยี่ยม"),
        (Framework.level_above, "ผ่านด", "ผ่านดี"),
    ],
)
def test_what_the_rules_do_not_know_is_told_with_the_nearest_they_do(
    look_up: Callable[[Framework, str], object], code: str, meant: str
) -> None:
    with pytest.raises(NotInRules) as caught:
        look_up(rules(2568), code)
    assert_helps_the_reader(caught.value, 2568, code, meant)
    assert caught.value.facts["nearest"] == meant


def test_every_code_leads_to_what_has_it() -> None:
    framework = rules(2568)
    assert framework.find_indicator("11") is framework.find_indicator("IIT") is None
    for code in framework.codes[1:]:
        assert framework.by_code[code.split("@")[0]].code == code.split("@")[0]


@pytest.mark.parametrize("year", YEARS)
def test_levels_cover_all_scores_and_never_go_down(year: int) -> None:
    framework = rules(year)
    ranks = [rank(framework, graded(framework, each, each)) for each in EVERY_SCORE]
    assert ranks == sorted(ranks)
    assert ranks[0] == 1 - len(framework.levels.list)
    assert ranks[-1] == 0


@given(year=st.sampled_from(YEARS), overall=HUNDREDTHS, lowest=HUNDREDTHS)
def test_every_pair_of_scores_has_exactly_one_level(
    year: int, overall: Decimal, lowest: Decimal
) -> None:
    framework = rules(year)
    level = graded(framework, overall, lowest)
    better = framework.levels.list[: framework.levels.list.index(level)]
    assert overall >= level.overall
    assert lowest >= (level.every_component or 0)
    assert all(overall < e.overall or lowest < (e.every_component or 0) for e in better)


@given(
    year=st.sampled_from(YEARS),
    overall=st.tuples(HUNDREDTHS, HUNDREDTHS).map(sorted),
    lowest=st.tuples(HUNDREDTHS, HUNDREDTHS).map(sorted),
)
def test_a_higher_score_never_costs_a_level(
    year: int, overall: list[Decimal], lowest: list[Decimal]
) -> None:
    framework = rules(year)
    low, high = (
        rank(framework, graded(framework, *each)) for each in zip(overall, lowest, strict=True)
    )
    assert low <= high


@pytest.mark.parametrize(("year", "level"), LEVELS)
def test_a_level_begins_at_its_cut_and_not_a_hundredth_below(year: int, level: Level) -> None:
    framework = rules(year)
    overall = Decimal(str(level.overall))
    others = [*level.conditions.values()][1:]
    component = Decimal(str(float(max(others, default=0))))
    assert graded(framework, overall, component) == level
    if overall:
        below = graded(framework, overall - Decimal("0.01"), Decimal(100))
        assert rank(framework, below) < rank(framework, level)
    if component:
        below = graded(framework, overall, component - Decimal("0.01"))
        assert rank(framework, below) < rank(framework, level)


@pytest.mark.parametrize("year", [2562, 2563, 2564, 2565])
def test_disputed_levels_carry_a_caveat(year: int) -> None:
    caveats = {each.name for each in rules(year).levels.list if each.caveat}
    assert caveats == {"E", "F"}


def test_answers_are_known_only_where_a_source_gives_them() -> None:
    years = [year for year in YEARS if year <= LAST]
    known = {year: each.confidence for year in years if (each := rules(year).answers)}
    assert known == {2564: "verified", 2568: "inferred", 2569: "assumed"}
    for year in known:
        assert [each.points for each in rules(year).answers.scale] == [0, 33, 67, 100]


def test_of_the_years_until_then_only_2569_is_assumed() -> None:
    assert [year for year in YEARS if year <= LAST and rules(year).is_assumed] == [2569]


WAS = re.compile(r", was: (\w+)")
NAMES = re.compile(r'(?m)(\{code: [eio]\d+, under: "[\d.]+", name: ")')
COPIES = [
    pytest.param(lambda text: text, "items.o1", "2569", id="as it is"),
    pytest.param(lambda text: NAMES.sub(r"\1ใหม่ ", text), "items.o12.was", "o13", id="new names"),
    pytest.param(
        lambda text: WAS.sub("", text).replace("{code: o5,", "{code: o5, was: o99,"),
        "items.o5.was",
        "o99",
        id="an unknown item",
    ),
]


def as_2570(change: Callable[[str], str] = lambda text: WAS.sub("", text)) -> str:
    """Return the rules of 2570 as a copy of those of 2569, changed (made up)."""
    text = text_of(2569).replace("fiscal_year: 2569", "fiscal_year: 2570", 1)
    return change(text.replace("assumed_from: 2568", "assumed_from: 2569"))


@pytest.mark.parametrize(("change", "place", "value"), COPIES)
def test_a_copied_file_that_contradicts_the_year_it_takes_over_is_refused(
    change: Callable[[str], str], place: str, value: str, small_workspace: Workspace
) -> None:
    write(small_workspace, "data/frameworks/2570.yml", as_2570(change))
    with pytest.raises(FrameworkError) as caught:
        read_framework(small_workspace, 2570)
    assert_helps_the_reader(caught.value, "2570.yml", place, value, "2569")


def test_items_that_truly_moved_again_are_accepted(small_workspace: Workspace) -> None:
    names = {each.code: each.name for each in rules(2569).all_items}

    def move(text: str) -> str:
        for line in text.splitlines():
            if (moved := WAS.search(line)) and names.get(moved[1]):
                own = re.sub('name: "[^"]*"', f'name: "{names[moved[1]]}"', line)
                text = text.replace(line, own)
        return text

    write(small_workspace, "data/frameworks/2570.yml", as_2570(move))
    assert read_framework(small_workspace, 2570).item("o12").name == names["o13"]


@pytest.mark.parametrize("change", [("confidence: assumed", "confidence: inferred"), None])
def test_each_table_names_the_year_its_rules_are_of(
    change: tuple[str, str] | None, small_workspace: Workspace
) -> None:
    write_scores(small_workspace, "ITA,90,,s,", fiscal_year=2570)
    changes = {
        "instruments": ("IIT\n      name: แบบ", "IIT\n      name: แบบสำรวจ แบบ"),
        "levels": ("overall: 95", "overall: 96"),
        "target": ("  overall: 85", "  overall: 86"),
        "answers": ("points: 33", "points: 34"),
    }
    for name, other in changes.items():
        rules, block = as_2570().split(f"\n{name}:\n")
        text = f"{rules}\n{name}:\n{block.replace(*(change or other), 1)}"
        write(small_workspace, "data/frameworks/2570.yml", text)
        data = load_data(small_workspace, "ban-rai", 2570, "arabic")
        years = {each: 2570 if each == name else 2569 for each in changes}
        assert tabulate_rules(data).caption.endswith(str(years["instruments"])), name
        assert tabulate_levels(data).caption.endswith(str(years["levels"])), name
        assert f"พ.ศ. {years['instruments']} " in background(data).paragraphs[1], name
        told = "ของปีงบประมาณ พ.ศ. 2570" if name == "target" else "ที่ใช้ในรายงาน"
        assert f"ค่าเป้าหมาย{told}" in repr(foreword(data)), name
        assert paper_facts(data).rules_year == max(years["instruments"], years["levels"])


def test_assumed_rules_follow_those_they_are_assumed_from(small_workspace: Workspace) -> None:
    assert read_framework(small_workspace, 2569).rules_year == 2568
    other = text_of(2568).replace("overall: 95,", "overall: 96,", 1)
    write(small_workspace, "data/frameworks/2568.yml", other)
    assert read_framework(small_workspace, 2569).rules_year == 2569
    write(small_workspace, "data/frameworks/2568.yml", text_of(2568))
    assert read_framework(small_workspace, 2569).rules_year == 2568


def test_assumed_rules_are_assumed_until_confirmed(small_workspace: Workspace) -> None:
    confirmation = 'confirmed_by: {document: manual, page: "12", date: "2569-01-05"}\n'
    write(small_workspace, "data/frameworks/2569.yml", text_of(2569) + confirmation)
    assert not read_framework(small_workspace, 2569).is_assumed


@pytest.mark.parametrize(
    ("found", "written", "place"),
    [
        ("weight: 40", "weight: 41", "instruments"),
        ("EIT2, name: EIT ส่วนที่ 2, weight: 15", "EIT2, name: x, weight: 16", "EIT"),
        ('"1", instrument: IIT', '"1", instrument: XIT', "XIT"),
        ("components: [IIT", "components: [XIT", "XIT"),
        ('i1, under: "1"', 'i1, under: "11"', "11"),
        ('"9.1", indicator: "9"', '"9.1", indicator: "19"', "19"),
        ("ผ่านดี, overall: 85", "ผ่านดี, overall: 65", "levels"),
        ("ต้องปรับปรุงโดยด่วน, overall: 0", "ต้องปรับปรุงโดยด่วน, overall: 1", "levels"),
        ("overall: 70", "overall: 700", "levels.list.ต้องปรับปรุง.overall"),
        ("มาก, points: 67", "มาก, points: 20", "answers"),
        ("มากที่สุด, points: 100", "มากที่สุด, points: 101", "answers.scale.มากที่สุด.points"),
        ("answers:", "answers:\n  reversed: [i99]", "i99"),
        ("compared_with_previous:", "colour: red\ncompared_with_previous:", "colour"),
        ("measures: perception", "measures: taste", "instruments.list.IIT.measures"),
        ("{code: i2,", "{code: i1,", "i1"),
        ("item_rule: mean", "item_rule: median", "items.IIT.item_rule"),
        ("confidence: inferred", "confidence: recalled", "instruments.confidence"),
        ("fiscal_year: 2568", "fiscal_year: 2567", "fiscal_year"),
        ("fiscal_year: 2568", "fiscal_years: 2568", "fiscal_year"),
        ("fiscal_year: 2568", "fiscal_year: 2568\nassumed_from: 2568", "assumed_from"),
    ],
)
def test_broken_rules_are_refused_with_their_place(
    small_workspace: Workspace, found: str, written: str, place: str
) -> None:
    assert found in text_of(2568)
    write(small_workspace, "data/frameworks/2568.yml", text_of(2568).replace(found, written, 1))
    with pytest.raises(FrameworkError) as caught:
        read_framework(small_workspace, 2568)
    assert_helps_the_reader(caught.value, "data/frameworks/2568.yml", place)


@pytest.mark.parametrize(
    ("content", "error"),
    [("", UnreadableFile), ("levels: [", UnreadableFile), ("a: 1\na: 2\n", RepeatedKey)],
)
def test_rules_that_are_no_mapping_are_refused(
    small_workspace: Workspace, content: str, error: type[Exception]
) -> None:
    write(small_workspace, "data/frameworks/2568.yml", content)
    with pytest.raises(error):
        read_framework(small_workspace, 2568)


MADE_UP_YEAR = """\
fiscal_year: 2590
compared_with_previous: {verdict: broken}
instruments:
  confidence: assumed
  source: ข้อมูลสมมติ
  list:
    - {code: STAFF, name: ก, name_en: Staff, weight: 50, measures: perception}
    - {code: PUBLIC, name: ข, name_en: Public, weight: 20, measures: perception}
    - {code: PAPERS, name: ค, name_en: Papers, weight: 30, measures: disclosure}
indicators:
  confidence: assumed
  source: ข้อมูลสมมติ
  list:
    - {code: "1", instrument: STAFF, name: ก1, name_en: S1}
    - {code: "2", instrument: STAFF, name: ก2, name_en: S2}
    - {code: "3", instrument: STAFF, name: ก3, name_en: S3}
    - {code: "4", instrument: PUBLIC, name: ข1, name_en: P1}
    - {code: "5", instrument: PUBLIC, name: ข2, name_en: P2}
    - {code: "6", instrument: PAPERS, name: ค1, name_en: D1}
levels:
  confidence: assumed
  source: ข้อมูลสมมติ
  components: [STAFF, PAPERS]
  list:
    - {name: ทอง, overall: 80, every_component: 60}
    - {name: เงิน, overall: 50}
    - {name: ทองแดง, overall: 0}
target: {confidence: assumed, source: ข้อมูลสมมติ, overall: 75}
"""


@pytest.mark.parametrize(
    ("points", "overall", "level"),
    [
        ((90, 80, 70, 100, 90, 60), "77", "เงิน"),
        ((90, 90, 90, 100, 90, 60), "82", "ทอง"),
        ((100, 100, 100, 100, 100, 59), "87.7", "เงิน"),
        ((10, 10, 10, 10, 10, 10), "10", "ทองแดง"),
    ],
)
def test_a_new_year_is_a_new_file_and_no_code(
    small_workspace: Workspace, points: tuple[int, ...], overall: str, level: str
) -> None:
    write(small_workspace, "data/frameworks/2590.yml", MADE_UP_YEAR)
    rows = [f"{code},{each},,," for code, each in indicators(*points).items()]
    write_scores(small_workspace, *rows, fiscal_year=2590)
    framework = read_framework(small_workspace, 2590)
    assessment = assess(framework, require_year(small_workspace, "ban-rai", 2590, framework))
    assert assessment.value("ITA") == Decimal(overall)
    assert assessment.verdict.level == level
    assert sum(each.points for each in assessment.losses) == 100 - Decimal(overall)


@pytest.mark.parametrize(
    ("found", "written", "fact"),
    [
        ("- instrument: IIT\n    confidence", "- instrument: XIT\n    confidence", "XIT"),
        ('"1", instrument: IIT', '"1", instrument: "2"', "indicators.list"),
        ('"9.1", indicator: "9"', '"9.1", indicator: "IIT"', "sub_indicators.list"),
        ('{code: i1, under: "1"', "{code: i1, under: IIT", "ไม่มี IIT"),
        ("components: [IIT", "components: [XIT", "levels.components"),
        ("name: ผ่าน,", "name: ผ่านดี,", "“ผ่านดี”"),
    ],
)
def test_rules_that_lead_nowhere_are_refused(small_workspace, found, written, fact):
    text = (ROOT / "data/frameworks/2568.yml").read_text(encoding="utf-8")
    assert found in text
    write(small_workspace, "data/frameworks/2568.yml", text.replace(found, written, 1))
    with pytest.raises(FrameworkError) as caught:
        read_framework(small_workspace, 2568)
    assert_helps_the_reader(caught.value, "data/frameworks/2568.yml", fact)
