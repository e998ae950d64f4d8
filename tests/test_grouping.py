"""The analysis, grouped: a section for each indicator with a finding, a row for each other one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from calling import called, cell_of, write_in
from conftest import SAMPLES, data_of, examples, rules, year_scores
from copies import DRAFTS, OWNER, TEMPLATE
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.edited.lines import without_ours
from ita_helpers.edited.make import make_copy
from ita_helpers.faces.absent import Absent
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.tree import Heading, ListBlock, Paragraph, Table, plain, unfold
from ita_helpers.records.layout import ANALYSES, choose_layout
from ita_helpers.records.scores import Suggestion
from ita_helpers.records.slots import slot_of_code
from ita_helpers.reports.report import Report
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.history import build_history
from ita_helpers.scoring.remarkable import find_reasons, find_unremarkable
from ita_helpers.tables.kept import tabulate_kept
from ita_helpers.words.slots import draft

KEPT = "ตัวชี้วัดที่ควรรักษาระดับ"
OWN = "หน่วยงานได้จัดอบรมเจ้าหน้าที่แล้ว"
HIGH = {str(code): 96 for code in range(1, 11)}
FULL = dict.fromkeys(HIGH, 100)
OFFICE = data_of("made-up-example")


def office(scores, before=None, suggestions=(), analysis="grouped"):
    """Return the data of an office with these scores of 2568, and of the year before if given."""
    years = {2568: replace(year_scores(2568, **scores), suggestions=tuple(suggestions))}
    if before:
        years[2567] = year_scores(2567, **before)
    found = {year: assess(rules(year), each) for year, each in years.items()}
    history = build_history(found, {})
    layout = replace(OFFICE.layout, analysis=analysis)
    return replace(OFFICE, assessment=found[2568], history=history, layout=layout)


def paper_of(data, layout="", change=lambda notebook: None):
    """Return the analysis of a report, by default all its parts, after somebody's ``change``."""
    if layout:
        data = replace(data, layout=replace(data.layout, parts=(layout,)))
    notebook = called(data)
    change(notebook)
    return read_notebook(notebook)


def places_of(document):
    """Return the indicators of a document's analysis by where they stand: sections and rows."""
    blocks = [block for part in document.parts for block in unfold(part.blocks)]
    tables = [each for each in blocks if isinstance(each, Table)]
    kept = [plain(row[0].inlines) for each in tables if KEPT in plain(each.caption)
            for row in each.body]  # fmt: skip
    heads = [plain(each.inlines) for each in blocks if isinstance(each, Heading)]
    names = [plain(each.inlines) for each in blocks if isinstance(each, Paragraph)]
    names += [plain(item[0].inlines) for each in blocks if isinstance(each, ListBlock)
              for item in each.items if isinstance(item[0], Paragraph)]  # fmt: skip
    cells = [plain(row[0].inlines) for each in tables if "ผลการวิเคราะห์" in plain(each.caption)
             for row in each.body]  # fmt: skip
    known = {f"{each.code} {each.name}": each.code for each in OFFICE.framework.indicators.list}
    found = [re.sub(r"^.*?ตัวชี้วัดที่\s", "", each) for each in (*heads, *names, *cells)]
    return (
        [known[each] for each in found if each in known],
        [re.match("[0-9]+", each).group() for each in kept],
    )


SCORES = st.sampled_from([60, 84.99, 85, 89.99, 90, 96, 99.37, 100])
RESULTS = st.dictionaries(st.sampled_from(list(HIGH)), SCORES, max_size=10)
NAMED = st.lists(st.sampled_from(["i1", "e4", "e9@2", "o20", "7", "10.1"]), max_size=2)


@examples(1 / 3)
@given(
    RESULTS,
    st.one_of(st.none(), RESULTS),
    NAMED,
    st.sets(st.sampled_from(list(HIGH)), max_size=3),
    st.sampled_from(ANALYSES),
    st.sampled_from(["grouped", "full"]),
)
def test_each_indicator_is_a_section_or_a_row_and_one_with_own_words_a_section(
    scores, before, named, written, layout, analysis
):
    data = office(scores, before, [Suggestion(each, "", "s") for each in named], analysis)

    def write(notebook):
        for code in written & set(scores):
            write_in(notebook, slot_of_code(code), f"{OWN} {code}")

    document = paper_of(data, layout, write)
    sections, rows = places_of(document)
    assert sorted([*sections, *rows], key=int) == sorted(scores, key=int)
    assert not set(rows) & (written | (set(scores) if analysis == "full" else set()))
    told = str(document)
    assert all(told.count(f"{OWN} {code}'") == 1 for code in written & set(scores))
    assert {"ตาราง", KEPT} & set(re.findall("text='([^']*)'", told)) <= {KEPT}
    assert (f"text='{KEPT}'" in told) == bool(rows)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"scores": {**HIGH, "3": "89.99"}}, "low"),
        ({"scores": {**HIGH, "3": 95, "i7": "89.99", "i8": 100, "i9": 100}}, "low item"),
        ({"scores": {**HIGH, "3": "95.99"}}, "lowest"),
        ({"scores": {**HIGH, "2": 91, "3": 96}, "before": {**HIGH, "3": "96.01"}}, "fell"),
        ({"scores": HIGH, "suggestions": [Suggestion("3", "", "s")]}, "named"),
        ({"scores": HIGH, "suggestions": [Suggestion("i8@2", "", "s")]}, "named"),
        ({"scores": {**FULL, "2": 90, "3": "90.10"}}, "lost"),
    ],
)
def test_an_indicator_is_remarkable_for_a_reason(changed, reason):
    data = office(**changed)
    third = data.framework.indicator("3")
    assert reason in find_reasons(data, third)
    assert third not in find_unremarkable(data)
    assert find_unremarkable(data)


def test_nothing_is_remarkable_where_all_are_equal_and_good():
    assert len(find_unremarkable(office(FULL))) == 10
    assert len(find_unremarkable(office(dict.fromkeys(HIGH, 98)))) == 10
    assert find_unremarkable(office(dict.fromkeys(HIGH, 60))) == ()
    assert isinstance(tabulate_kept(office({"ITA": 90})), Absent)


def test_the_table_has_the_columns_that_are_known_and_says_what_brings_an_indicator_into_it():
    data = office({**HIGH, "2": "97.50"}, before=HIGH)
    heads = [cell.text for cell in tabulate_kept(data).head[0]]
    assert heads == ["ตัวชี้วัด", "เรื่องที่ประเมิน", "คะแนน", "เปลี่ยนแปลงจากปีก่อน", "แนวทางรักษาระดับ"]
    second = tabulate_kept(data).body[1]
    assert [cell.text for cell in second[2:4]] == ["97.50", "+1.50*"]
    assert any(note.startswith("*") for note in tabulate_kept(data).notes)
    bare = replace(office(HIGH), advice=None)
    assert [cell.text for cell in tabulate_kept(bare).head[0]] == heads[:3]
    (note,) = tabulate_kept(bare).notes
    assert "90.00 คะแนน" in note and "ลดลง" not in note


def test_what_somebody_puts_beside_an_untouched_draft_brings_its_section_back():
    data = office(FULL)

    def add(notebook):
        at = notebook["cells"].index(cell_of(notebook, "narrative-02"))
        cell = {"id": "own", "cell_type": "markdown", "metadata": {}, "source": OWN}
        notebook["cells"].insert(at + 1, cell)

    def show(notebook):
        cell_of(notebook, "items-02")["source"] = "my_items()"
        shown = {"text/html": "<p>ผลของเรา</p>"}
        cell_of(notebook, "items-02")["outputs"] = [
            {"output_type": "execute_result", "data": shown}
        ]

    for change in (add, show):
        sections, rows = places_of(paper_of(data, change=change))
        assert (sections, len(rows)) == (["2"], 9)


def test_every_indicator_has_its_section_where_the_table_is_not_as_it_was_made():
    data = office(FULL)

    def drop(notebook):
        notebook["cells"].remove(cell_of(notebook, "kept"))

    def own(notebook):
        cell_of(notebook, "kept")["source"] = "report.kept().frame()"

    for change in (drop, own):
        assert len(places_of(paper_of(data, change=change))[0]) == 10


@pytest.mark.parametrize("layout", ANALYSES)
def test_an_overall_score_alone_is_laid_out_without_section_and_row(layout):
    assert places_of(paper_of(office({"ITA": 90}), layout)) == ([], [])


def test_drafts_that_are_not_printed_make_no_report_a_draft():
    data = office(FULL)

    def confirm(notebook):
        for slot in ("iit", "eit", "oit", "lowest", "closing"):
            write_in(notebook, slot, OWN)

    assert paper_of(data).is_draft
    assert not paper_of(data, change=confirm).is_draft
    assert paper_of(
        replace(data, layout=replace(data.layout, analysis="full")), change=confirm
    ).is_draft


def test_the_line_above_a_slot_says_that_it_is_a_row_until_somebody_writes():
    owner = replace(OWNER, folded=frozenset({"06"}))
    made = make_copy(TEMPLATE, TEMPLATE, DRAFTS, owner)
    hints = {each["id"]: each["source"] for each in made["cells"] if each["id"].startswith("hint-")}
    assert [name for name in hints if "ตารางรวม" in hints[name]] == ["hint-narrative-06"]
    assert without_ours(hints["hint-narrative-06"], is_hint=True).text == ""


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_what_an_indicator_asks_is_told_once_by_its_heading_or_a_table_of_all_items(
    organisation, year
):
    data = data_of(organisation, year)
    report = Report(data)
    for indicator in data.assessment.scored_indicators:
        slot = slot_of_code(indicator.code)
        head, words = report.indicator(slot), " ".join(draft(data, slot))
        items = data.framework.items_of(indicator.code)
        rows = len(getattr(report.items(slot), "body", ()))
        for item in items:
            if item.topic and indicator.instrument != "OIT":
                assert repr(head).count(item.topic) == (rows < len(items))
                assert item.topic not in words


def test_items_that_no_table_lists_are_told_under_the_heading():
    data = data_of("made-up-example")
    topic = data.framework.items_of("1")[0].topic
    assert topic not in repr(Report(data).indicator("01"))
    book = Report(replace(data, layout=choose_layout("book")))
    assert topic in repr(book.indicator("01"))


def test_the_items_of_the_lowest_indicator_are_in_one_table():
    data = data_of("made-up-example")
    assert not isinstance(Report(data).items("07"), Absent)
    assert isinstance(Report(data).lowest_items(), Absent)
    book = Report(replace(data, layout=choose_layout("book")))
    assert not isinstance(book.lowest_items(), Absent)


def test_the_lowest_gets_all_its_actions_and_each_named_item_one():
    named = [Suggestion(code, "", "s") for code in ("i1", "i2")]
    data = office({**HIGH, "1": 92, "7": 80, "e4": 75, "e5": 80, "e6": 85}, suggestions=named)
    lowest, named = " ".join(draft(data, "07")), " ".join(draft(data, "01"))
    assert all(f"\n- {each}" in lowest for each in data.advice.items["e4"].actions)
    for code in ("i1", "i2"):
        first, *others = data.advice.items[code].actions
        assert f"ข้อ {code.upper()}: {first}" in named
        assert not any(each in named for each in others)
    html = Report(data).narrative("07")._repr_html_()
    assert html.count("<li>") == len(data.advice.items["e4"].actions)
    assert "\n- " not in html


def test_the_assessors_words_are_passed_on_by_the_part_of_the_survey_they_come_from():
    words = [Suggestion("e4@2", "ควรเพิ่มป้าย", "s"), Suggestion("e4@1", "ควรปรับเว็บไซต์", "s")]
    data = office({**HIGH, "7": 80}, suggestions=words)
    said = " ".join(draft(data, "07"))
    first, second = (f"ข้อคำถาม E4 (EIT ส่วนที่ {part}) คือ {text}" for part, text in
                     ((1, "ควรปรับเว็บไซต์"), (2, "ควรเพิ่มป้าย")))  # fmt: skip
    assert said.index(first) < said.index(second)
    assert "E4" in " ".join(draft(data, "closing"))


@pytest.mark.parametrize("organisation", ["bang-khae", "bang-krabue", "chai-so", "made-up-example"])
def test_an_analysis_repeats_a_third_of_itself_at_the_most(organisation):
    document = paper_of(data_of(organisation))
    sections = [""]
    for block in (block for part in document.parts for block in unfold(part.blocks)):
        if isinstance(block, Heading):
            sections.append("")
        elif isinstance(block, Paragraph) and block.style != "note":
            sections[-1] += re.sub("[0-9๐-๙]", "#", plain(block.inlines)) + " "
    runs = [[each[at : at + 12] for at in range(len(each) - 11)] for each in sections]
    again = sum(
        run in {other for there in runs if there is not here for other in there}
        for here in runs
        for run in here
    )
    assert 3 * again <= sum(map(len, runs))


def test_the_analysis_reads_as_it_was_read(golden):
    lines = []
    for block in (
        b for part in paper_of(data_of("made-up-example")).parts for b in unfold(part.blocks)
    ):
        match block:
            case Heading() | Paragraph():
                lines.append(plain(block.inlines))
            case ListBlock():
                lines += [f"- {plain(each.inlines)}" for item in block.items for each in item]
            case Table():
                rows = (*block.head, *block.body)
                lines += [" | ".join(plain(cell.inlines) for cell in row) for row in rows]
    golden("analysis-made-up-example.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_the_closing_sorts_all_indicators_into_what_to_keep_and_what_to_develop(organisation, year):
    data = data_of(organisation, year)
    said = re.sub(r"\d+\.\d+|[A-Z]\d+", "", " ".join(draft(data, "closing")))
    scored = {each.code for each in data.assessment.scored_indicators}
    assert scored <= set(re.findall(r"\d+", said))


def test_where_all_are_low_the_closing_says_where_to_begin():
    low = office(dict.fromkeys(HIGH, 60) | {"7": 40, "9": 50})
    (said,) = draft(low, "closing")
    assert said.index("ตัวชี้วัดที่ 9") < said.index("ตัวชี้วัดที่ 10") < said.index("ตัวชี้วัดที่ 7")
    alike = " ".join(draft(office(dict.fromkeys(HIGH, 60)), "closing"))
    assert "ตัวชี้วัดที่ 9" in alike and "ตัวชี้วัดที่ 1 " not in alike
