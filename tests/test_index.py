"""The index over all reports: figures, page, workbook."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from browsers import AXE, in_each_setting, violations, with_browser
from conftest import ROOT, assert_helps_the_reader, is_wide, ita
from hypothesis import given
from hypothesis import strategies as st
from made_up import make_rows
from measure import measure_in
from published_sheets import assert_for_everyone

from ita_helpers import load_report
from ita_helpers.errors import WriteFailed
from ita_helpers.index import PAGE, WORKBOOK, write_index
from ita_helpers.index.entries import read_entries
from ita_helpers.index.page import LONGEST_FINDING, pack, write_page
from ita_helpers.index.summary import count_bins, mean_of, median_of, summarise
from ita_helpers.index.workbook import name_bin, write_workbook
from ita_helpers.language.catalogue import label
from ita_helpers.reports.record import result_facts
from ita_helpers.run.manifest import Manifest, ReportRow
from ita_helpers.spreadsheets.book_writer import HEAD

MANY = 8317
NASTY = "</script><script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"


def row(code="ban-rai", year=2568, *, drafts=0, status="done", reason="", **result):
    given = {"name": f"อบต. {code}", "levels": ["ผ่านดี", "ผ่าน"], **result}
    stem = f"{year}/{code}" if year else ""
    done = status == "done"
    return ReportRow(
        stem,
        f"params/{stem or code}.yml",
        status,
        reason=reason,
        written={".html": [1, 1, 1], ".ipynb": [1, 1, 1]} if done else {},
        drafts=drafts,
        result=given if done else {},
    )


def failed(code="ban-rao", year=2568, reason="ไม่มีคะแนน"):
    return row(code, year, status="failed", reason=reason)


def summary_of(*rows):
    return summarise(read_entries(rows))


def names(entries):
    return [each.code for each in entries]


@pytest.fixture(scope="module")
def many():
    return [*make_rows(MANY), *make_rows(40, 2567), failed("x.yml", 0)]


@pytest.mark.parametrize(
    ("scores", "mean", "median"),
    [
        ([], None, None),
        ([85], "85.00", "85.00"),
        ([92.86, 92.87], "92.87", "92.87"),
        ([0, 0, 0.01], "0.00", "0.00"),
        ([0, 0.01, 0.01], "0.01", "0.01"),
        ([100, 0, 50, 49.99], "50.00", "50.00"),
        ([84.99, 85, 85.01], "85.00", "85.00"),
    ],
)
def test_mean_and_median_are_rounded_half_up(scores, mean, median):
    found = summary_of(*(row(str(n), overall_shown=s) for n, s in enumerate(scores)))
    assert (found.mean, found.median) == tuple(each and Decimal(each) for each in (mean, median))


points = st.integers(0, 10000).map(lambda hundredths: Decimal(hundredths) / 100)


@given(st.lists(points, min_size=1))
def test_the_mean_is_off_by_half_a_hundredth_at_most(scores):
    for found, exact in ((mean_of(scores), Fraction(sum(scores)) / len(scores)),):
        assert -Fraction(1, 200) < Fraction(found) - exact <= Fraction(1, 200)
    assert min(scores) <= median_of(scores) <= max(scores)


@given(st.lists(points))
def test_every_score_lies_in_one_bin(scores):
    bins = count_bins(scores)
    assert sum(each.count for each in bins) == len(scores)
    assert (bins[0].low, bins[-1].high) == (0, 100)
    assert [each.high for each in bins[:-1]] == [each.low for each in bins[1:]]


def test_a_bin_holds_its_lower_edge_and_the_last_one_a_hundred():
    bins = count_bins(map(Decimal, ("49.99", "50", "54.99", "55", "94.99", "95", "100")))
    shown = [name_bin(each) for each in bins if each.count]
    assert shown == ["ต่ำกว่า 50.00", "50.00–54.99", "55.00–59.99", "90.00–94.99", "95.00–100.00"]
    assert [each.count for each in bins if each.count] == [1, 2, 1, 1, 2]


def test_the_lists_hold_who_is_below_or_barred_who_fell_and_what_failed():
    found = summary_of(
        row("below", below_target=True, overall_shown=84.99),
        row("barred", below_target=False, barred_by=["OIT"], change=1),
        row("fell", change=-0.01, level="ผ่าน"),
        row("well", change=0, level="ผ่านดี"),
        failed("lost"),
        failed("x.yml", 0),
    )
    assert names(found.attention) == ["barred", "below"]
    assert names(found.fell) == ["fell"]
    assert sorted(names(found.failed)) == ["", "lost"]
    assert found.levels == (("ผ่านดี", 1), ("ผ่าน", 1))
    assert (found.reports, found.scored, found.levelled) == (6, 1, 2)


@pytest.mark.parametrize("result", [{}, {"overall_shown": "สูง", "levels": 3}, {"change": True}])
def test_a_result_somebody_changed_counts_as_not_known(result):
    found = summary_of(ReportRow("2568/a", "params/2568/a.yml", "done", result=result))
    assert (found.reports, found.scored, found.mean) == (1, 0, None)
    (entry,) = read_entries([ReportRow("2568/a", "params/2568/a.yml", "done", result=result)])
    assert (entry.name, entry.change) == ("a", None)


def test_a_score_out_of_range_is_not_counted():
    assert summary_of(row(overall_shown=-1), row("b", overall_shown=100.01)).scored == 0


def test_names_stand_in_the_order_of_a_thai_dictionary():
    rows = [row(str(n), name=name) for n, name in enumerate(("เขาค้อ", "แก่ง", "ขาม", "กา"))]
    assert [each.name for each in read_entries(rows)] == ["กา", "แก่ง", "ขาม", "เขาค้อ"]


@pytest.mark.parametrize("office", ["bang-krabue", "bang-khae", "made-up-example"])
def test_a_report_leaves_all_that_the_index_shows(office):
    report = load_report(office, 2568)
    result = json.loads(json.dumps(result_facts(report.data).as_scrap()))
    (entry,) = read_entries([ReportRow(f"2568/{office}", "", "done", result=result)])
    organisation, assessment = report.data.organisation, report.data.assessment
    assert (entry.name, entry.province) == (organisation.name, organisation.province)
    assert entry.is_made_up == organisation.is_made_up
    assert entry.overall == assessment.range("ITA").low
    assert (entry.level, entry.levels[0]) == (assessment.verdict.level, "ผ่านดีเยี่ยม")
    assert entry.barred_by == {"bang-krabue": ("OIT",), "bang-khae": ()}.get(office, ("EIT2",))
    assert not entry.is_below_target


def test_a_report_says_why_it_has_no_change():
    first = result_facts(load_report("pa-tueng", 2562).data).as_scrap()
    assert (first["comparable"], first["previous_overall"], first["change"]) == (None, None, None)
    changed = result_facts(load_report("made-up-example", 2566).data).as_scrap()
    assert changed["comparable"] == "changed"
    assert changed["below_target"] is True
    assert Decimal(str(changed["change"])) == Decimal(str(changed["overall_shown"])) - Decimal(
        str(changed["previous_overall"])
    )


def test_the_page_runs_one_script_and_loads_nothing(many):
    page = write_page(many)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    directives = dict(each.split(" ", 1) for each in html.unescape(policy).split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == f"'sha256-{digest}'"
    assert page.count("<script") == 2
    assert "://" not in page
    assert not re.findall(r"(?:src|href)=\"(?!index\.xlsx|#content|data:)", page)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    rows = make_rows(50)
    assert write_page(rows) == write_page(reversed(rows))
    for name in "ab":
        (tmp_path / name).write_bytes(write_workbook(rows))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_page_of_all_agencies_is_small(many):
    assert len(write_page(many).encode()) < 1_600_000


def test_findings_add_little_more_than_their_beginnings_to_a_page(many):
    found = [["เซลล์ 24", "ก" * 1000] for _ in range(3)]
    rows = [replace(each, findings=found) for each in many[:100]]
    added = len(write_page(rows).encode()) - len(write_page(many[:100]).encode())
    done = sum(each.status == "done" for each in rows)
    assert added < done * 3 * (LONGEST_FINDING * 3 + 60)


def test_findings_of_one_sentence_stand_once_with_their_numbers():
    said = [f"ตัวเลข “{score}” ในข้อความ “ได้ {score} คะแนน”" for score in (92.86, 91.2)]
    rows = [replace(row(f"a{n}"), findings=[["เซลล์ 24", each]]) for n, each in enumerate(said)]
    packed = pack(read_entries(rows))
    assert len(packed["pieces"]) == 5
    assert packed["findings"][1] == [[0, "24", 1, "91.2", 2, 3, "91.2", 4]]


def test_repeated_texts_stand_once():
    packed = pack(read_entries([row("a", province="น่าน"), row("b", province="น่าน"), row("c")]))
    assert packed["texts"]["province"] == ["", "น่าน"]
    assert packed["columns"]["province"] == [1, 1, 0]


def test_no_text_ends_the_data(tmp_path):
    page = write_page([row(name=NASTY, province=NASTY), failed(reason=NASTY)])
    assert NASTY not in page
    assert page.count("</script>") == 2
    data = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(data)["columns"]["name"][0] == NASTY


def sheet_of(book, key):
    lines = book[label(f"index.sheets.{key}")].iter_rows(min_row=HEAD, values_only=True)
    head = next(lines)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_workbook_holds_all_years_the_lists_and_the_summary(tmp_path):
    rows = [
        row("a", overall_shown=84.5, below_target=True, level="ผ่าน", province="น่าน", change=-1.5),
        row("b", overall_shown=95, level="ผ่านดี"),
        row("c", 2567, overall_shown=90, drafts=16),
        failed("lost"),
        failed("x.yml", 0),
    ]
    (tmp_path / WORKBOOK).write_bytes(write_workbook(rows))
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    reports = sheet_of(book, "reports")
    assert [each["รหัส"] for each in reports] == ["a", "b", "lost", "c", "ไม่มีข้อมูล"]
    years = [each["ปีงบประมาณ พ.ศ."] for each in reports]
    assert years == [2568, 2568, 2568, 2567, "ไม่มีข้อมูล"]
    assert (reports[1]["ข้อมูลสมมติ"], reports[2]["คะแนนภาพรวม"]) == ("ไม่ใช่", "ไม่เกี่ยวข้อง")
    assert (reports[0]["คะแนนภาพรวม"], reports[0]["เปลี่ยนแปลงจากปีก่อน"]) == (84.5, -1.5)
    assert [each["รหัส"] for each in sheet_of(book, "attention")] == ["a"]
    assert [each["รหัส"] for each in sheet_of(book, "fell")] == ["a"]
    assert [each["แฟ้มกำหนดค่า"] for each in sheet_of(book, "failed")] == [
        "params/2568/lost.yml",
        "params/x.yml.yml",
    ]
    summary = {
        (each["ปีงบประมาณ พ.ศ."], each["รายการ"]): each["ค่า"] for each in sheet_of(book, "summary")
    }
    assert summary[2568, "ค่าเฉลี่ยของคะแนนภาพรวม"] == 89.75
    assert summary[2567, "ค่ามัธยฐานของคะแนนภาพรวม"] == 90
    assert (summary[2568, "ระดับ ผ่านดี"], summary[2568, "จัดทำไม่สำเร็จ"]) == (1, 1)
    assert summary["ไม่มีข้อมูล", "จัดทำไม่สำเร็จ"] == 1
    sheet = book["รายงานทั้งหมด"]
    assert sheet["G5"].number_format == "0.00"
    assert sheet["B5"].hyperlink.target == "2568/a.html"
    assert sheet["B7"].hyperlink is None
    assert label("index.sheets.findings") not in book.sheetnames


def test_the_index_is_a_workbook_for_everyone():
    found = [["เซลล์ 1", "=1+1"]]
    rows = [replace(row(overall_shown=84.5), findings=found), row("b", 2567), failed()]
    assert_for_everyone(write_workbook(rows))


@pytest.mark.parametrize("text", ["=1+1", "+66", "-ไม่มี", "@SUM(A1)", "#N/A", "=HYPERLINK(1)"])
def test_no_text_is_a_formula(tmp_path, text):
    (tmp_path / WORKBOOK).write_bytes(write_workbook([row(name=text), failed(reason=text)]))
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    for cell in (book["รายงานทั้งหมด"]["B5"], book["จัดทำไม่สำเร็จ"]["D5"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix == (text[0] in "=+-@")


def test_letters_no_workbook_can_hold_are_left_out(tmp_path):
    (tmp_path / WORKBOOK).write_bytes(write_workbook([row(name="ก\x00\x0bข")]))
    assert openpyxl.load_workbook(tmp_path / WORKBOOK)["รายงานทั้งหมด"]["B5"].value == "กข"


def test_an_index_of_nothing_is_an_index(tmp_path):
    write_index(tmp_path, [])
    assert "<h1>รายการรายงานทั้งหมด</h1>" in (tmp_path / PAGE).read_text(encoding="utf-8")
    assert zipfile.ZipFile(tmp_path / WORKBOOK).testzip() is None


@pytest.mark.parametrize("name", [PAGE, WORKBOOK])
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path, name):
    (tmp_path / name / "in-use").mkdir(parents=True)
    with pytest.raises(WriteFailed) as caught:
        write_index(tmp_path, [row()])
    assert_helps_the_reader(caught.value, tmp_path / name)
    assert not list(tmp_path.glob(".*"))


def test_the_command_makes_the_index_from_the_manifest(tmp_path):
    manifest = Manifest(tmp_path, lambda _: None)
    manifest.write(row(name="อบต.บ้านไร่"))
    manifest.close()
    run = ita("index", "--out", tmp_path)
    assert run.exit_code == 0, run.output
    assert "1 ฉบับ" in run.output
    assert str(tmp_path / PAGE) in run.output
    assert "อบต.บ้านไร่" in (tmp_path / PAGE).read_text(encoding="utf-8")


def test_the_command_names_a_folder_that_is_not_there(tmp_path):
    run = ita("index", "--out", tmp_path / "nowhere")
    assert run.exit_code == 1
    assert "nowhere" in run.output
    assert not (tmp_path / "nowhere").exists()


def test_the_index_knows_nothing_of_the_analysis():
    allowed = r"index|language|errors|faces|files|spreadsheets|run\.(?:manifest|keeping)"
    allowed += r"|publish\.formats|records\.(?:editions|kinds)"
    for file in (ROOT / "ita_helpers/index").glob("*.py"):
        for name in re.findall(r"from ita_helpers\.([\w.]+) import", file.read_text("utf-8")):
            assert re.match(rf"(?:{allowed})\b", name), (file.name, name)


@pytest.fixture
def page(watched):
    return watched


@pytest.fixture(scope="module")
def big(tmp_path_factory, many):
    file = tmp_path_factory.mktemp("index") / PAGE
    file.write_text(write_page(many), encoding="utf-8")
    return file


def of_year(rows, year=2568):
    return [each for each in read_entries(rows) if each.fiscal_year in (0, year)]


def shown_codes(page):
    return page.locator("#rows .code").all_text_contents()


def figures(page):
    """Return the page's figures: by name, by level, by bin."""
    tiles = ("count", "failed", "scored", "levelled", "mean", "median")
    tables = [
        page.eval_on_selector_all(
            f"#{name} tr:not(.none)",
            "all => all.map(tr => [tr.cells[0].textContent, tr.cells[1].textContent])",
        )
        for name in ("levels", "bins")
    ]
    return {name: page.inner_text(f"#{name}") for name in tiles}, *map(dict, tables)


def expected(entries):
    found = summarise(entries)
    numbers = {
        "count": found.reports,
        "failed": len(found.failed),
        "scored": found.scored,
        "levelled": found.levelled,
    }
    means = {"mean": found.mean, "median": found.median}
    return (
        {name: f"{number:,}" for name, number in numbers.items()}
        | {name: "–" if value is None else f"{value:.2f}" for name, value in means.items()},
        {name: f"{count:,}" for name, count in found.levels},
        {name_bin(each): f"{each.count:,}" for each in found.bins},
    )


@with_browser
def test_the_pages_figures_are_those_of_python_whatever_is_chosen(big, page, many):
    page.goto(big.as_uri())
    entries = of_year(many)
    assert figures(page) == expected(entries)
    levels = figures(page)[1]
    choices = [
        ("#province", "น่าน", lambda each: each.province == "น่าน"),
        ("#district", "เมือง", lambda each: each.district == "เมือง"),
        ("#type", "เทศบาลเมือง", lambda each: each.type == "เทศบาลเมือง"),
        ("#level", "ผ่าน", lambda each: each.level == "ผ่าน"),
    ]
    for select, choice, belongs in choices:
        page.select_option(select, label=choice)
        entries = [each for each in entries if belongs(each)]
        found, by_level, by_bin = figures(page)
        wanted = expected(entries)
        assert (found, by_bin) == (wanted[0], wanted[2])
        assert by_level == dict.fromkeys(levels, "0") | wanted[1]
    page.click("#clear")
    for name, belongs in (
        ("attention", lambda each: each.needs_attention),
        ("fell", lambda each: each.has_fallen),
        ("failed", lambda each: each.is_failed),
    ):
        page.click(f"[data-list={name}]")
        wanted = expected([each for each in of_year(many) if belongs(each)])
        assert figures(page)[0] == wanted[0]
        count = page.inner_text(f"[data-list={name}] .count")
        assert count == f"({wanted[0]['count']})"
    assert page.complaints == []


def test_the_sheet_of_findings_names_office_cell_and_what_was_found():
    found = [[f"เซลล์ {number}", "=1+1"] for number in range(7)]
    rows = [replace(row(), problems=7, findings=found), row("na-di")]
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(rows)))
    sheet = book[label("index.sheets.findings")]
    _, *lines = sheet.iter_rows(min_row=HEAD, values_only=True)
    assert lines == [(2568, "อบต. ban-rai", "ban-rai", *each) for each in found]
    assert len(pack(read_entries(rows))["findings"][0]) == 5


@with_browser
def test_a_click_on_the_number_of_findings_says_which_they_are(page, tmp_path):
    said = [f"พบ {NASTY}", "“92.86” กับ “๙๑.๒๐”", "12.5\n3", "”ก“", ""]
    found = [[f"เซลล์ {number}", text] for number, text in enumerate([*said, "หก"])]
    rows = [replace(row(), problems=6, findings=found), replace(row("na-di"), problems=2)]
    file = tmp_path / PAGE
    file.write_text(write_page(rows), encoding="utf-8")
    page.goto(file.as_uri())
    button = page.locator("#rows button")
    assert button.count() == 1 and not page.locator("#rows .found").is_visible()
    button.click()
    shown = page.locator("#rows .found")
    assert button.get_attribute("aria-expanded") == "true" and shown.is_visible()
    told = shown.locator("li").all_text_contents()[:5]
    assert told == [f"เซลล์ {number} {text}" for number, text in enumerate(said)]
    assert "1" in shown.locator("li").nth(5).inner_text() and page.title() != "x"
    page.evaluate(AXE)
    assert violations(page) == []
    button.click()
    assert not shown.is_visible()


@with_browser
def test_another_year_has_its_own_figures_levels_and_places(big, page, many):
    page.goto(big.as_uri())
    assert page.locator("#year option").all_text_contents() == ["2568", "2567"]
    page.select_option("#year", "2567")
    assert figures(page) == expected(of_year(many, 2567))
    page.click("[data-list=failed]")
    assert "params/x.yml.yml" in page.inner_text("#rows")


@with_browser
@pytest.mark.parametrize(
    ("sought", "belongs"),
    [
        ("๐๐๑๒", lambda each: "0012" in each.code),
        ("MADE-UP-0012", lambda each: "made-up-0012" in each.code),
        ("น่าน 0012", lambda each: "0012" in each.code and each.province == "น่าน"),
        ("ไม่มีที่นี่", lambda each: False),
    ],
)
def test_a_search_finds_names_codes_and_places_in_any_digits(big, page, many, sought, belongs):
    page.goto(big.as_uri())
    page.fill("#search", sought)
    wanted = [each for each in of_year(many) if belongs(each)]
    assert figures(page)[0] == expected(wanted)[0]
    done = [each for each in wanted if not each.is_failed]
    assert [code for code in shown_codes(page) if code in names(done)] == names(done)[:100]


@with_browser
@pytest.mark.parametrize("sought", ["อบต.บางน้ำ", "อบต บางน้ำ", "บางนํ้า ๑๑"])
def test_a_search_finds_short_names_and_marks_in_any_order(page, tmp_path, sought):
    kind = "องค์การบริหารส่วนตำบล"
    rows = [
        row("a-11", name=f"{kind}บางน้ำ", short_name="อบต.บางน้ำ", type=kind),
        row("b-11", name=f"{kind}บางนา", short_name="อบต.บางนา", type=kind),
    ]
    file = tmp_path / PAGE
    file.write_text(write_page(rows), encoding="utf-8")
    page.goto(file.as_uri())
    page.fill("#search", sought)
    assert shown_codes(page) == ["a-11"]


@with_browser
def test_a_click_on_a_head_sorts_and_a_second_one_turns_the_order(big, page, many):
    page.goto(big.as_uri())
    entries = [each for each in of_year(many) if each.overall is not None]
    rising = sorted(entries, key=lambda each: each.overall)
    falling = sorted(entries, key=lambda each: -each.overall)
    button = page.locator("[data-sort=overall]")
    for wanted, said in ((rising, "ascending"), (falling, "descending")):
        button.click()
        assert shown_codes(page) == names(wanted)[:100]
        assert page.locator("th.overall[aria-sort]").get_attribute("aria-sort") == said
    assert page.locator("th[aria-sort]").count() == 1
    page.click("#next")
    assert shown_codes(page) == names(falling)[100:200]
    assert page.inner_text("#range") == f"แสดง 101–200 จาก {len(of_year(many)):,}"
    for _ in range(2):
        page.dispatch_event("#previous", "click")
    assert shown_codes(page) == names(falling)[:100]


@with_browser
def test_a_report_leads_to_the_files_it_has(page, tmp_path):
    file = tmp_path / PAGE
    file.write_text(write_page([row("a b#ค"), failed()]), encoding="utf-8")
    page.goto(file.as_uri())
    links = page.eval_on_selector_all("#rows a", "all => all.map(a => a.getAttribute('href'))")
    assert links == [f"2568/a%20b%23%E0%B8%84.{e}" for e in ("html", "html", "ipynb")]
    assert "ไม่สำเร็จ เพราะ ไม่มีคะแนน" in page.inner_text("#rows")


@with_browser
def test_nothing_a_person_wrote_runs(page, tmp_path):
    file = tmp_path / PAGE
    rows = [row(name=NASTY, province=NASTY, level=NASTY), failed(reason=NASTY)]
    file.write_text(write_page(rows), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.title() == "รายการรายงานทั้งหมด – ITA"
    assert page.locator("img").count() == 0
    assert NASTY in page.locator("#rows").text_content()
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith("data:")] == [file.as_uri()]


@with_browser
def test_made_up_reports_are_counted_in_sight_and_in_no_figure(page, tmp_path):
    file = tmp_path / PAGE
    rows = [
        row("a", is_made_up=True, province="น่าน", overall_shown=50.0, level="ผ่าน"),
        row("b", province="ขอนแก่น", overall_shown=92.54, level="ผ่านดี"),
    ]
    found = summary_of(*rows)
    assert (found.reports, found.made_up, found.scored, found.levelled) == (2, 1, 1, 1)
    assert (str(found.mean), str(found.median)) == ("92.54", "92.54")
    assert dict(found.levels) == {"ผ่านดี": 1, "ผ่าน": 0}
    file.write_text(write_page(rows), encoding="utf-8")
    page.goto(file.as_uri())
    assert "ข้อมูลสมมติ 1 ฉบับ" in page.inner_text("#made-up")
    assert [page.inner_text(f"#{each}") for each in ("count", "scored", "levelled")] == list("211")
    assert page.inner_text("#mean") == page.inner_text("#median") == "92.54"
    page.select_option("#province", label="ขอนแก่น")
    assert not page.locator("#made-up").is_visible()


def test_a_year_whose_rules_are_assumed_is_named_above_the_list():
    report = load_report("made-up-example", 2568)
    known = {"fiscal_year": 2569, "assumed_from": 2568}
    assumed = report.data.framework.model_copy(update=known)
    assessment = replace(report.data.assessment, framework=assumed)
    report.data = replace(report.data, assessment=assessment)
    result = json.loads(json.dumps(result_facts(report.data).as_scrap()))
    told = "หลักเกณฑ์ปีงบประมาณ พ.ศ. 2569 ยังไม่ได้รับการยืนยัน"
    assert told in write_page([ReportRow("2569/a", "", "done", result=result)])
    assert told not in write_page([row("a")])


@with_browser
def test_without_a_script_the_page_leads_to_the_workbook(browser, big):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(big.as_uri())
    assert page.locator("noscript a").get_attribute("href") == WORKBOOK
    assert not page.locator("#index").is_visible()
    context.close()


@with_browser
@pytest.mark.hypothesis
@in_each_setting(360)
def test_no_rule_of_accessibility_is_broken_and_nothing_overflows(
    big, browser, width, scheme, contrast
):
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page.goto(big.as_uri())
    page.fill("#search", "0001")
    page.evaluate(AXE)
    for name in ("all", "failed"):
        page.click(f"[data-list={name}]")
        assert violations(page, contrast=contrast or is_wide()) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#clear")
    for other in (320, 768, 1056, 1057, 1279, 1344, 1345, 1920) if width == 1280 else ():
        page.set_viewport_size({"width": other, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= other
    page.close()


@with_browser
def test_what_is_measured_has_its_names(browser, tmp_path):
    file = tmp_path / PAGE
    file.write_text(write_page(make_rows(20)), encoding="utf-8")
    measured = measure_in(browser, file)
    assert {"bytes", "first_paint_ms", "loaded_ms", "search_ms", "sort_ms"} <= set(measured)
