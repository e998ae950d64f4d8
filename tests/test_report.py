"""What a notebook gets from a report: tables, figures and words for every result there is."""

from __future__ import annotations

import re

import lxml.html
import pytest
from conftest import ROOT, rules, write, write_scores

from ita_helpers import load_report
from ita_helpers.faces.absent import Absent
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.slots import slot_of_code
from ita_helpers.store.params import load_parameters
from ita_helpers.words.slots import draft

PARTS = (
    "title_page headline components_at_once to_do to_keep bottom_line rules levels "
    "overall overall_history overall_history_chart "
    "components components_chart component_history component_history_chart indicator_scores "
    "indicators_chart indicator_history_chart points_lost points_lost_chart next_level "
    "comparisons method sources notes unplaced_items"
).split()
FILES = sorted((ROOT / "params").rglob("*.yml"))
SLOTS = ["summary", "iit", "eit", "oit", *(f"{n:02d}" for n in range(1, 11)), "lowest", "closing"]


def load(organisation, year, **options):
    return load_report(organisation, year, root=ROOT, **options)


@pytest.fixture(scope="module", params=FILES, ids=lambda f: f"{f.parent.stem}-{f.stem}")
def report(request):
    parameters = load_parameters(request.param, Workspace(ROOT))
    return load(parameters.organisation, parameters.fiscal_year)


@pytest.fixture(scope="module")
def faces(report):
    """Give what each part of a report returns, as a page and as text: charts take time to draw."""
    values = {part: getattr(report, part)() for part in PARTS}
    return {part: (value, value._repr_html_(), repr(value)) for part, value in values.items()}


def test_every_part_of_every_report_has_three_faces(faces):
    for _, *shown in faces.values():
        for face in shown:
            assert face
            assert "None" not in face
            assert "{{" not in face
            assert not re.search(r"[0-9](?![^<]*>)\.[0-9]{2} คะแนน", face)


def test_every_slot_of_every_report_is_plain_sentences(report):
    for slot in SLOTS:
        words = report.narrative(slot)
        if not isinstance(words, Absent):
            sentences = [report.data.digits(each) for each in draft(report.data, slot)]
            assert " ".join(words.paragraphs) == " ".join(sentences)
            assert len(words.paragraphs) == (2 if len(sentences) > 3 else 1)
            assert not re.search("  |None", " ".join(words.paragraphs))


def test_every_chart_states_its_finding_and_its_extremes(faces):
    for part, (value, page, _) in faces.items():
        if part.endswith("_chart") and not isinstance(value, Absent):
            assert ":" in value.caption
            numbers = re.findall("[๐-๙]{1,3}[.][๐-๙]{2}", value.alt)
            assert 1 <= len(numbers) <= 6, value.alt
            assert not re.search("กราฟ|^แผนภูมิ", value.alt)
            svg = lxml.html.fromstring(page).find(".//svg")
            assert svg.get("aria-label") == value.alt
            assert svg.findall(".//text")


@pytest.mark.parametrize(
    ("organisation", "year", "facts"),
    [
        (
            "bang-khae",
            2568,
            ["๙๒.๘๖", "“ผ่านดี”", "EIT ส่วนที่ ๑ และ EIT ส่วนที่ ๒", "ตรงกับเอกสารของหน่วยงาน"],
        ),
        ("bang-krabue", 2568, ["๙๖.๓๙", "ถึงเกณฑ์แล้ว แต่ OIT ยังขาด ๒.๕๐"]),
        ("chai-so", 2568, ["๘๘.๓๗", "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล (๗๙.๐๐"]),
        ("nong-saeng", 2565, ["๙๘.๔๗", "“AA”", "EIT พิมพ์ไว้ ๙๐.๐๙ คำนวณได้ ๙๙.๖๙"]),
        ("pa-tueng", 2562, ["๙๔.๘๙", "๙๕.๘๙", "“A”", "รายตัวชี้วัดและรายเครื่องมือทั้งหมด"]),
        ("ipst", 2567, ["๙๑.๑๕", "“ผ่าน”", "เพิ่มขึ้น ๔.๓๗"]),
        ("made-up-example", 2568, ["๙๓.๘๕", "“ผ่าน”", "EIT ส่วนที่ ๒ ยังขาด ๕.๔๒"]),
        ("made-up-example", 2566, ["๗๕.๗๖", "“ต้องปรับปรุง”", "ลดลง ๑๕.๓๖", "ต่ำกว่าค่าเป้าหมาย"]),
    ],
)
def test_the_bottom_line_says_what_matters(organisation, year, facts):
    text = repr(load(organisation, year).bottom_line())
    assert [fact for fact in facts if fact not in text] == []


def test_tied_highest_indicators_are_all_named():
    text = repr(load("nong-saeng", 2565).bottom_line())
    for code in ("ตัวชี้วัดที่ ๑ ", "ตัวชี้วัดที่ ๓ ", "ตัวชี้วัดที่ ๙ "):
        assert code in text
    many = repr(load("bang-krabue", 2568).bottom_line())
    assert "๖ ตัวชี้วัด ได้แก่" in many


def test_a_short_result_has_no_empty_parts():
    report = load("pa-tueng", 2562)
    absent = {part for part in PARTS if isinstance(getattr(report, part)(), Absent)}
    assert {
        "components",
        "indicator_scores",
        "indicators_chart",
        "points_lost",
        "next_level",
    } - absent == {"next_level"}
    assert isinstance(report.instrument("IIT"), Absent)
    assert isinstance(report.indicator("06"), Absent)


def test_two_years_make_a_table_and_no_chart(small_workspace):
    write_scores(small_workspace, "ITA,80,,ข้อมูลสมมติ,", fiscal_year=2567)
    report = load_report("ban-rai", 2568, root=small_workspace.root)
    assert not isinstance(report.overall_history(), Absent)
    assert isinstance(report.overall_history_chart(), Absent)


def test_numerals_are_by_choice():
    thai, arabic = load("chai-so", 2568), load("chai-so", 2568, numerals="arabic")
    assert "๘๘.๓๗" in repr(thai.bottom_line())
    assert "88.37" in repr(arabic.bottom_line())
    assert not re.search("[๐-๙]", arabic.indicators_chart().svg)
    assert not re.search(">[0-9.]+<", thai.indicators_chart().svg)


def test_a_copy_made_earlier_may_ask_for_the_radar_and_gets_words():
    absent = load("chai-so", 2568).radar()
    assert isinstance(absent, Absent)
    assert "เลิกใช้แล้ว" in repr(absent)


def test_missing_indicators_are_named_and_nothing_is_totalled(small_workspace):
    write_scores(small_workspace, *(f"{code},90,,s," for code in range(1, 10)))
    report = load_report("ban-rai", 2568, root=small_workspace.root)
    text = repr(report.bottom_line())
    assert "คะแนนของตัวชี้วัดที่ ๑๐" in text
    assert report.data.assessment.value("OIT") is None
    assert report.data.assessment.value("ITA") is None
    assert "รวม" not in [cell.text for row in report.points_lost().body for cell in row]


def test_suggestions_without_scores_are_shown_without_scores():
    report = load("chai-so", 2568)
    table = report.items("01")
    assert [row[0].text for row in table.body] == ["I1", "I2"]
    assert {len(row) for row in (*table.head, *table.body)} == {2}
    assert "ข้อที่มีข้อเสนอแนะ" in table.caption
    assert "I1 และ I2" in repr(report.narrative("01"))


def test_perception_is_told_of_respondents_and_never_of_documents():
    report = load("made-up-example", 2568)
    for indicator in report.data.framework.indicators.list:
        slot, instrument = slot_of_code(indicator.code), indicator.instrument
        is_asked = instrument != "OIT"
        assert ("การรับรู้" in " ".join(draft(report.data, instrument.lower()))) == is_asked
        assert is_asked or "รับรู้" not in " ".join(draft(report.data, slot))
        assert is_asked or "รับรู้" not in repr(report.indicator(slot))


def test_no_score_of_the_data_is_left_out_of_the_report(report, faces):
    data = report.data
    tables = [report.items(slot) for slot in SLOTS if slot.isdigit()]
    texts = [repr(table) for table in tables if not isinstance(table, Absent)]
    texts += [text for value, _, text in faces.values() if not isinstance(value, Absent)]
    shown = "\n".join(texts)
    for item in data.scored_items:
        assert f"{item.code.upper()} | " in shown


def test_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError):
        load("chai-so", 2568).narrative("lowset")


def test_an_indicator_the_year_does_not_have_is_told_and_prints_nothing():
    report = load("chai-so", 2568)
    shown = [report.indicator("11"), report.items("11"), report.narrative("11")]
    assert shown == [Absent("indicators")] * 3


def test_markup_in_a_name_is_shown_as_text(small_workspace):
    name = "<script>alert(1)</script> **หนา** & ข้อมูลสมมติ"
    text = small_workspace.organisations.read_text(encoding="utf-8")
    write(small_workspace, "data/organisations.csv", text + f"evil,{name},,,,,\n")
    scores = small_workspace.root / "data/scores/2568.csv"
    scores.write_text(scores.read_text(encoding="utf-8") + "evil,ITA,90,,s,\n", encoding="utf-8")
    report = load_report("evil", 2568, root=small_workspace.root)
    for value in (report.title_page(), report.overall(), report.foreword()):
        html = value._repr_html_()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
        assert "**หนา**" in html


def test_an_assumed_year_carries_its_banner_until_confirmed(small_workspace):
    write_scores(small_workspace, "ITA,90,,s,", fiscal_year=2569)
    assert "ยังไม่ได้รับการยืนยัน" in repr(
        load_report("ban-rai", 2569, root=small_workspace.root).title_page()
    )
    rules = (ROOT / "data/frameworks/2569.yml").read_text(encoding="utf-8")
    confirmed = rules + "confirmed_by: {document: ประกาศ, page: '1', date: 2569-01-01}\n"
    write(small_workspace, "data/frameworks/2569.yml", confirmed)
    report = load_report("ban-rai", 2569, root=small_workspace.root)
    assert "ยังไม่ได้รับการยืนยัน" not in repr(report.title_page())
    assert "หน่วยงานกำหนดเอง" not in repr(report.rules())


def test_analysts_get_data_frames():
    report = load("made-up-example", 2568)
    assert list(report.indicators["code"]) == [str(n) for n in range(1, 11)]
    assert list(report.history["fiscal_year"]) == [2564, 2565, 2566, 2567, 2568]
    assert report.indicator_scores().frame().shape == (14, 7)
    assert report.rules().frame().shape == (10, 3)


def test_every_indicator_of_every_year_has_its_cells_in_the_template():
    source = (ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8")
    for year in Workspace(ROOT).framework_years():
        for indicator in rules(year).indicators.list:
            assert f'report.indicator(\\"{slot_of_code(indicator.code)}\\")' in source
        for instrument in rules(year).instruments.list:
            assert f'report.instrument(\\"{instrument.code}\\")' in source


def test_nothing_is_called_largest_while_scores_are_missing(small_workspace):
    rows = ["IIT,96,,s,", "EIT,60,,s,", "OIT,99,,s,", "1,96,,s,", "2,96,,s,", "3,95,,s,"]
    write_scores(small_workspace, *rows, fiscal_year=2567)
    report = load_report("ban-rai", 2567, root=small_workspace.root)
    text = repr(report.bottom_line())
    assert "ขาดไปมากที่สุด" not in text
    assert "(๙๕.๐๐ คะแนน) ในตัวชี้วัดที่มีข้อมูล" in text


def test_an_unused_second_figure_does_not_undo_agreement(small_workspace):
    rows = [f"{code},96,,s," for code in range(1, 11)]
    write_scores(small_workspace, *rows, "ITA,96,,s,", "ITA,91.11,conflicting,s,why")
    report = load_report("ban-rai", 2568, root=small_workspace.root)
    assert "คะแนนภาพรวมตรงกับผลที่ประกาศ" in repr(report.bottom_line())


def test_the_notes_say_what_the_figures_contradict_and_ask_nothing(small_workspace):
    rows = ("ITA,95.86,,s,", "IIT,95,,s,", "EIT,95,,s,", "OIT,99,,s,")
    items = ("1,50,,s,", "i1,98,,s,", "i2,98,,s,", "i3,98,,s,")
    write_scores(small_workspace, *rows, *items, "OIT,91,conflicting,s,เหตุผล")
    head = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
    write(small_workspace, "data/results/2568.csv", f"{head}\nban-rai,ผ่าน,,0,10000,,s\n")
    report = load_report("ban-rai", 2568, numerals="arabic", root=small_workspace.root)
    told = repr(report.notes())
    for figures in (("95.86", "96.60"), ("50.00", "98.00"), ("“ผ่าน”", "“ผ่านดีเยี่ยม”"), ("0 คน",)):
        assert [each for each in figures if each not in told] == [], told
    assert "ให้ตรวจ" not in told and "เหตุผล" in told
    assert told.index("ผ่านดีเยี่ยม") < told.index("เหตุผล")


def test_points_of_the_overall_score_are_said_to_be_about_a_score(small_workspace):
    rows = ("ITA,98.04,,s,", "IIT,30/30,,s,", "EIT,28.04/30,,s,", "OIT,40.00/40,,s,")
    write_scores(small_workspace, *rows)
    report = load_report("ban-rai", 2568, numerals="arabic", root=small_workspace.root)
    assert "EIT ประมาณ 93.47" in repr(report.bottom_line())
    assert "EIT (ประมาณ 93.47 คะแนน)" in repr(report.overall())
    assert "28.04 จาก 30 คะแนน (อยู่ระหว่าง 93.45 ถึง 93.48)" in repr(report.components())
    assert "93.47**" in repr(report.all_scores())
    assert "ประมาณ 93.47" in repr(report.components_chart())
    assert "28.04 จาก 30 คะแนน" in repr(report.notes())
    assert "ตรงกัน" in repr(report.comparisons())


def test_own_charts_have_thai_letters_unless_somebody_chose_a_font():
    import matplotlib

    for before, after in (("sans-serif", "Sarabun"), ("serif", "serif")):
        with matplotlib.rc_context({"font.family": [before]}):
            load_report("bang-khae", 2568)
            assert matplotlib.rcParams["font.family"][0] == after
