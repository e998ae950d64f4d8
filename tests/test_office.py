"""An office's own facts, its memo, and its plan of measures."""

from __future__ import annotations

import io
import re

import pytest
from conftest import ROOT, assert_helps_the_reader, ita, rules, write, write_scores
from made_up import shorten
from PIL import EpsImagePlugin, Image

from ita_helpers import errors
from ita_helpers.faces.table import Table
from ita_helpers.files.images import in_order
from ita_helpers.publish.word.pictures import as_png, pixel_size
from ita_helpers.records.layout import choose_layout
from ita_helpers.records.office import Office, titles_of
from ita_helpers.reports.record import paper_facts
from ita_helpers.reports.report import Report
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.loading import load_data
from ita_helpers.store.offices import read_office
from ita_helpers.store.plans import read_plan
from ita_helpers.words.memo import draft_memo

OFFICE = "data/offices/ban-rai.yml"
PLAN = "data/plans/2568/ban-rai.csv"


def picture(width=40, height=30):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()


def plan(workspace, *rows):
    columns = columns_of("plans")
    lines = [",".join(f'"{row.get(column, "")}"' for column in columns) for row in rows]
    write(workspace, PLAN, "\n".join([",".join(columns), *lines]) + "\n")
    return read_plan(workspace, "ban-rai", 2568, rules(2568))


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        ("unitt: x\n", ["unitt", "“unit”", 1]),
        ("years:\n  2568:\n    date: ๓๑ กุมภาพันธ์ ๒๕๖๘\n", ["๓๑ กุมภาพันธ์ ๒๕๖๘", 3]),
        ("years:\n  2568:\n    signers:\n      - name: x\n", ["position", 4]),
        ("years:\n  2568:\n    signer: x\n", ["signer", "“signers”", 3]),
        ("years: x\n", ["years", 1]),
        ("unit: x\nemblem: none.png\n", ["none.png", 2]),
        ("emblem: ../../../../etc/hosts\n", ["../../../../etc/hosts", 1]),
        ("emblem: text.png\n", ["text.png", "PNG"]),
        ("emblem: bomb.png\n", ["bomb.png", 1]),
        ("word_template: none.docx\n", ["none.docx", 1]),
    ],
)
def test_a_bad_office_file_stops_with_line_value_and_remedy(
    small_workspace, monkeypatch, content, facts
):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 5000)
    write(small_workspace, OFFICE, content)
    write(small_workspace, "data/offices/text.png", "no picture")
    write(small_workspace, "data/offices/bomb.png", picture(200, 100))
    with pytest.raises(errors.BadOffice) as caught:
        read_office(small_workspace, "ban-rai")
    assert_helps_the_reader(caught.value, OFFICE, *facts)


def foreign_picture(kind):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["EPS", "TIFF", "GIF", "BMP", "PPM", "ICO", "WEBP"])
def test_a_picture_of_another_kind_is_refused_and_no_program_is_run(
    small_workspace, tmp_path, monkeypatch, kind
):
    ran = tmp_path / "ran"
    for name in ("gs", "gswin64c", "djpeg"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(EpsImagePlugin, "gs_binary", None)
    content = foreign_picture(kind)
    write(small_workspace, OFFICE, "emblem: x.png\n")
    write(small_workspace, "data/offices/x.png", content)
    with pytest.raises(errors.BadOffice) as caught:
        read_office(small_workspace, "ban-rai")
    assert_helps_the_reader(caught.value, OFFICE, "x.png", "PNG", "JPEG")
    for look in (as_png, pixel_size):
        with pytest.raises(OSError):
            look(content)
    assert not ran.exists()


def test_pictures_are_opened_in_one_place():
    opening = re.compile(r"Image\.open\(|imread|from PIL\.Image import open")
    files = (ROOT / "ita_helpers").rglob("*.py")
    found = [file.name for file in files if opening.search(file.read_text(encoding="utf-8"))]
    assert found == ["images.py"]


def test_a_large_emblem_is_made_small(small_workspace):
    write(small_workspace, OFFICE, "emblem: e.png\n")
    write(small_workspace, "data/offices/e.png", picture(3000, 2000))
    assert len(read_office(small_workspace, "ban-rai").emblem) < 20_000


def test_an_office_without_a_file_has_no_facts(small_workspace):
    assert read_office(small_workspace, "ban-rai") == Office()


@pytest.mark.parametrize(
    ("kind", "name", "head", "clerk"),
    [
        (
            "องค์การบริหารส่วนตำบล",
            "องค์การบริหารส่วนตำบลบางแค",
            "นายกองค์การบริหารส่วนตำบลบางแค",
            "ปลัดองค์การบริหารส่วนตำบลบางแค",
        ),
        ("เทศบาลตำบล", "เทศบาลตำบลบางกระบือ", "นายกเทศมนตรีตำบลบางกระบือ", "ปลัดเทศบาลตำบลบางกระบือ"),
        ("หน่วยงานของรัฐ", "สถาบันหนึ่ง", "หัวหน้าหน่วยงาน", "ผู้บังคับบัญชาชั้นต้น"),
        ("", "ใดใด", "หัวหน้าหน่วยงาน", "ผู้บังคับบัญชาชั้นต้น"),
    ],
)
def test_titles_follow_the_type_of_the_office(kind, name, head, clerk):
    titles = titles_of(Office(), kind, name)
    assert (titles.head, titles.clerk) == (head, clerk)
    assert titles_of(Office(head="อธิบดี"), kind, name).head == "อธิบดี"


def data_of(workspace, organisation="ban-rai", year=2568, **layout):
    return load_data(workspace, organisation, year, "arabic", choose_layout(**layout))


def test_the_memo_has_dotted_lines_where_nothing_is_given(small_workspace):
    memo = repr(draft_memo(data_of(small_workspace)))
    for text in ("ส่วนราชการ สำนักปลัด องค์การบริหารส่วนตำบลบ้านไร่", "เรียน นายกองค์การบริหารส่วนตำบลบ้านไร่"):
        assert text in memo
    assert "วันที่ …" in memo
    assert memo.count("(ลงชื่อ)") == 4
    assert "None" not in memo


def test_the_memo_uses_what_the_office_gives(small_workspace):
    write(
        small_workspace,
        OFFICE,
        "unit: กองกลาง\nhead: อธิบดี\nyears:\n  2568:\n    number: กก 1/2\n    date: 31 ต.ค. 2568\n"
        "    subject: เรื่องของเรา\n    to: ท่านผู้ว่า\n    signers:\n      - position: นักวิชาการ\n",
    )
    memo = repr(draft_memo(data_of(small_workspace)))
    for text in ("กก 1/2", "31 ตุลาคม 2568", "เรื่องของเรา", "เรียน ท่านผู้ว่า", "นักวิชาการ", "อธิบดี"):
        assert text in memo


def test_the_memo_names_each_years_regulations_and_evidence(workspace):
    old = repr(draft_memo(data_of(workspace, "pa-tueng", 2562)))
    new = repr(draft_memo(data_of(workspace, "made-up-example", 2568)))
    assert "มติคณะรัฐมนตรีเมื่อวันที่ 23 มกราคม 2561" in old
    assert "มติคณะรัฐมนตรี" not in new
    assert "O42" in old
    assert "O25" in new


def test_a_memo_without_scores_says_so(small_workspace):
    write_scores(small_workspace, "1,90,,s,")
    assert "ไม่มีคะแนนภาพรวม" in repr(draft_memo(data_of(small_workspace)))


def test_a_row_of_a_plan_without_a_measure_is_refused_and_named(small_workspace):
    with pytest.raises(errors.BadCell) as caught:
        plan(small_workspace, {"indicators": "1", "measure": "ก"}, {"measure": "", "finding": "ก"})
    assert_helps_the_reader(caught.value, PLAN, "แถวที่ 3", "measure", "ว่างไม่ได้")


@pytest.mark.parametrize(
    ("column", "value"), [("indicators", "11"), ("items", "x1"), ("status", "พรุ่งนี้")]
)
def test_a_bad_cell_of_a_plan_is_named_and_the_rest_is_read(small_workspace, column, value):
    made = plan(
        small_workspace, {"indicators": "1", "measure": "ก"}, {"measure": "ข", column: value}
    )
    assert [each.name for each in made.measures] == ["ก", "ข"]
    (told,) = made.remarks
    assert told.row == 3
    assert f"คอลัมน์ {column} คือ “{value}”" in told.text


def test_a_plan_is_read_as_people_write_it(small_workspace):
    made = plan(
        small_workspace,
        {
            "indicators": "๖, 9",
            "items": "E4 o20",
            "measure": "ก",
            "steps": "หนึ่ง; สอง",
            "owners": "สป.\nกค.",
            "start": "๑ ต.ค. ๒๕๖๘",
        },
    )
    (measure,) = made.measures
    assert measure.indicators == ("6", "9")
    assert measure.items == ("e4", "o20")
    assert measure.steps == ("หนึ่ง", "สอง")
    assert measure.owners == ("สป.", "กค.")


@pytest.mark.parametrize(
    ("layout", "columns"),
    [("by-measure", 5), ("by-indicator", 6), ("with-follow-up", 5)],
)
def test_each_layout_of_the_measures_has_its_columns(small_workspace, layout, columns):
    followed = {"indicators": "1", "measure": "ก", "follow_up": "รายงานทุกไตรมาส"}
    plan(small_workspace, followed, {"measure": "ข"})
    table = Report(data_of(small_workspace, plan_layout=layout)).measures()
    assert isinstance(table, Table)
    assert {len(row) for row in (*table.head, *table.body)} == {columns}
    assert len(table.body) == 2


def test_tracked_measures_stand_under_their_instrument_ticked(small_workspace):
    plan(
        small_workspace,
        {"indicators": "1", "measure": "มาตรการหนึ่ง", "status": "ดำเนินการแล้ว"},
        {"indicators": "9", "measure": "มาตรการสอง", "status": "ยกเลิก"},
        {"measure": "มาตรการสาม"},
    )
    assert ticks_of(small_workspace) == [["", ""]] * 3
    write(small_workspace, OFFICE, "years:\n  2568:\n    date: 30 กันยายน 2569\n")
    assert ticks_of(small_workspace) == [["✓", ""], ["", "✓"], ["", ""]]


def ticks_of(workspace):
    stack = Report(data_of(workspace, plan_layout="tracking")).measures()
    tables = [face for face in stack.faces if isinstance(face, Table)]
    return [[cell.text for cell in table.body[0][-2:]] for table in tables]


def test_without_a_plan_the_title_promises_no_measures(small_workspace):
    assert "ไปสู่การพัฒนา" not in paper_facts(data_of(small_workspace)).title
    plan(small_workspace, {"measure": "ก"})
    title = paper_facts(data_of(small_workspace)).title
    assert "ไปสู่การพัฒนา" in title
    assert "2569" in title


@pytest.mark.processes
def test_a_word_template_that_is_none_fails_one_report_clearly(small_workspace):
    write(small_workspace, OFFICE, "word_template: t.docx\n")
    write(small_workspace, "data/offices/t.docx", "no word file")
    file = write(
        small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n"
    )
    run = ita("render", file, "--to", "docx", root=shorten(small_workspace).root)
    assert run.exit_code == 1
    assert "data/offices/t.docx" in run.output
    assert not (small_workspace.rendered / "2568/ban-rai.docx").exists()


@pytest.mark.processes
def test_the_memo_goes_when_it_is_asked_for_no_longer(small_workspace):
    parameters = "organisation: ban-rai\nfiscal_year: 2568\n"
    for extra, expected in (("parts: [memo, results]\n", True), ("", False)):
        file = write(small_workspace, "params/2568/ban-rai.yml", parameters + extra)
        run = ita("render", file, "--to", "html", root=small_workspace.root)
        assert run.exit_code == 0, run.output
        assert (small_workspace.rendered / "2568/ban-rai.memo.html").exists() == expected
        assert (small_workspace.rendered / "2568/ban-rai.html").exists()


def test_no_sample_names_a_person():
    for file in (ROOT / "data/offices").glob("*.yml"):
        assert "name:" not in file.read_text(encoding="utf-8")


@pytest.mark.processes
def test_long_and_hostile_fields_are_shown_as_text_in_every_format(small_workspace):
    evil = "<script>alert(1)</script>"
    name = f"{evil} {'หน่วยงานชื่อยาวมาก' * 6} (ข้อมูลสมมติ)"
    text = small_workspace.organisations.read_text(encoding="utf-8")
    write(small_workspace, "data/organisations.csv", text + f"long,{name},,,{evil},{evil},\n")
    scores = small_workspace.root / "data/scores/2568.csv"
    rows = scores.read_text(encoding="utf-8") + f"long,ITA,90,,{evil},{evil}\nlong,6,90,,{evil},\n"
    scores.write_text(rows, encoding="utf-8")
    office = f"unit: '{evil}'\nwebsite: 'javascript:{evil}'\nhead: '{evil}'\nyears:\n  2568:\n"
    office += f"    number: '{evil}'\n    signers:\n      - position: '{evil}'\n"
    write(small_workspace, "data/offices/long.yml", office)
    columns = columns_of("plans")
    row = ",".join(evil if column in ("measure", "finding", "steps") else "" for column in columns)
    write(small_workspace, "data/plans/2568/long.csv", f"{','.join(columns)}\n{row}\n")
    parameters = "organisation: long\nfiscal_year: 2568\npreset: memo-and-tracking\n"
    file = write(small_workspace, "params/2568/long.yml", parameters)
    run = ita("render", file, "--to", "html,pdf,docx", root=small_workspace.root)
    assert run.exit_code == 0, run.output
    for page in ("long.html", "long.memo.html"):
        written = (small_workspace.rendered / "2568" / page).read_text(encoding="utf-8")
        assert "<script" not in written
        assert "&lt;script&gt;" in written
        assert 'href="javascript' not in written


def test_the_order_of_a_palette_leaves_the_picture_as_it_is():
    picture = Image.radial_gradient("L").convert("RGB").quantize(40)
    colours = list(range(40))
    turned = picture.remap_palette(colours[::-1])
    assert in_order(picture).tobytes() == in_order(turned).tobytes()
    assert in_order(turned).convert("RGB").tobytes() == picture.convert("RGB").tobytes()
