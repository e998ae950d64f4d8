"""``ita evidence``: where each element stands, files for a website, addresses to fill in."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from browsers import assert_readable_for_everyone, with_browser
from conftest import CHARACTERS, ROOT, assert_helps_the_reader, ita, rules, write
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.naming import Naming
from ita_helpers.errors import BadAddress, FolderChanged, NoEvidence, UnusablePaper, WriteFailed
from ita_helpers.evidence.addresses import (
    as_ascii,
    is_elsewhere,
    problem_of,
    read_addresses,
    write_addresses,
)
from ita_helpers.evidence.dossier import Dossier, Element, Item, Paper, Place
from ita_helpers.evidence.elements import Shown, find_element, find_tables, measures_in
from ita_helpers.evidence.page import spans_of
from ita_helpers.evidence.record import NAME as RECORD
from ita_helpers.evidence.spelling import spelled
from ita_helpers.evidence.telling import joined_pages, lines_of, place_of, to_do
from ita_helpers.evidence.website import as_html, as_text, passages_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import NAME, MadeFrom, Version
from ita_helpers.language.catalogue import label
from ita_helpers.records.kinds import kind_named
from ita_helpers.records.spot import Spot
from ita_helpers.rendering.evidence import gather
from ita_helpers.rendering.evidence_folder import PAGE, files_of, folder_of, write_folder
from ita_helpers.rendering.evidence_papers import Wanted, find_paper
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.rendering.loading import load
from ita_helpers.run import own_folder
from ita_helpers.run.own_folder import changed_files
from ita_helpers.store.loading import inputs_of
from ita_helpers.store.params import load_parameters
from ita_helpers.words.measures import measure_name

HEADS = (
    "มาตรการ/โครงการ/กิจกรรม",
    "ผลการวิเคราะห์ตัวชี้วัดที่สอดคล้อง",
    "ขั้นตอนหรือวิธีการดำเนินการ",
    "ช่วงระยะเวลาการดำเนินการ",
    "ผู้รับผิดชอบ",
)
ROWS = (
    ("มาตรการหนึ่ง", "ได้ 80.00", "1. ทำ", "ต.ค. 2568", "สำนักปลัด"),
    ("มาตรการสอง", "ได้ 81.00", "1. ทำ", "พ.ย. 2568", "–"),
)


def table(*rows, page=1, number=1):
    """Return a table whose last row stands on the page after the others."""
    last = len(rows) - 1
    made = []
    for at, texts in enumerate(rows):
        spot = Spot("ก.pdf", page=page + (at == last), table=number, row=at + 1)
        made.append(
            tuple(Cell(text, text, replace(spot, column=c)) for c, text in enumerate(texts))
        )
    return Table(tuple(made), Spot("ก.pdf", page=page, table=number))


def heading(text, page):
    return Line(text, text, Spot("ก.pdf", page=page, line=1), level=1)


def document(*blocks):
    return Document("ก.pdf", blocks)


def found_in(*blocks):
    """Return a function that looks for an element."""
    whole = document(*blocks)
    tables = find_tables(whole, Naming(rules(2568)))
    return lambda name: find_element(name, tables, whole)


def test_an_element_is_found_by_the_column_of_the_measures_with_its_pages_and_heading():
    find = found_in(heading("ส่วนที่ ๕", 13), table(HEADS, *ROWS, page=14))
    for name in HEADS[:4]:
        element = find(name)
        assert (element.state, element.places) == ("found", (Place("ส่วนที่ ๕", (14, 15)),))
    owner = find(HEADS[4])
    assert (owner.state, owner.blank) == ("partly", ("มาตรการสอง",))


def test_an_element_without_a_column_is_missing_and_one_of_another_kind_is_looked_for_in_headings():
    few = [(row[0], row[3], row[4]) for row in (HEADS, *ROWS)]
    find = found_in(table(*few), heading("การมีส่วนร่วมของผู้บริหาร", 9))
    assert find(HEADS[1]).state == find(HEADS[2]).state == "missing"
    assert find("การมีส่วนร่วมของผู้บริหาร").places == (Place("การมีส่วนร่วมของผู้บริหาร", (9,)),)
    assert find("ภาพถ่าย").state == "unchecked"


def test_the_fullest_table_is_the_place_and_another_may_tell_what_it_leaves_blank():
    short = [(HEADS[0], HEADS[4]), (ROWS[1][0], "กองคลัง"), ("สรุป", "กองช่าง")]
    blocks = (heading("สรุป", 1), table(*short), heading("แผน", 4), table(HEADS, *ROWS, page=4))
    owner = found_in(*blocks)(HEADS[4])
    assert (owner.places, owner.blank) == ((Place("แผน", (4, 5)),), ())
    measures = measures_in(find_tables(document(*blocks), Naming(rules(2568))))
    assert [each.measure for each in measures] == ["มาตรการหนึ่ง", "มาตรการสอง"]


def test_measures_are_spelled_as_the_data_spell_them_where_a_line_of_the_paper_ends_in_a_word():
    known = {"measure": "มาตรการ๑พัฒนา E-Service", "owners": "สำนักปลัด, กองคลัง", "status": "เสร็จ"}
    read = PlanRow("7", "มาต รการ1พัฒนา E-Ser vice", Spot("ก.pdf"), owner="1. สำนัก ปลัด 2. กองคลัง")
    other = PlanRow("7", "มาตรการ อื่น", Spot("ก.pdf"), owner="กอง ช่าง")
    shown = Shown(frozenset(), Place("", (1,)), (replace(read, status="เส ร็จ"), other))
    ((row, same),) = (each.rows for each in spelled([shown], [known]))
    assert (row.measure, row.status) == ("มาตรการ๑พัฒนา E-Service", "เสร็จ")
    assert row.owner == "สำนักปลัด และกองคลัง"
    assert same == other


def test_a_measure_that_is_told_as_a_form_has_its_elements_too():
    rows = [("ตัวชี้วัดที่เลือก", "7"), *zip(HEADS, ROWS[0], strict=True)]
    find = found_in(table(*rows))
    assert {find(name).state for name in HEADS} == {"found"}


def test_a_table_of_scores_is_none_of_measures():
    scores = [("มาตรการที่รองรับ", "คะแนน"), ("มาตรการหนึ่ง", "80.00")]
    assert found_in(table(*scores))(HEADS[0]).state == "missing"


ADDRESSES = {
    "": "",
    "https://www.example.org/ita/o25.pdf": "",
    "HTTP://example.org:8080/?id=25#top": "",
    "https://www.example.org/ข้อมูล/แผน.pdf": "",
    "https://ตัวอย่าง.ไทย/o25": "",
    "www.example.org": "scheme",
    "file:///C:/o25.pdf": "scheme",
    "javascript:alert(1)": "scheme",
    "C:\\o25.pdf": "scheme",
    "https://www.example.org/a b.pdf": "blank",
    "https://a.org/1\nhttps://a.org/2": "blank",
    "https://clerk:secret@www.example.org/": "sign_in",
    "https://localhost/o25": "host",
    "https://192.168.1.5/o25": "host",
    "https:///o25": "host",
    "https://[::1/o25": "host",
    "https://www.example.org:x/": "host",
    "https://a.org,https://b.org": "host",
    f"https://{'ก' * 64}.org/": "host",
    "https://a.org/o25\u200b.pdf": "blank",
    "https://a.org/\u202efdp.exe": "blank",
    f"https://www.example.org/{'a' * 2000}": "long",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_one_that_others_can_open(address):
    assert problem_of(address) == ADDRESSES[address]


@given(st.text(CHARACTERS))
def test_any_address_is_judged_and_written_in_ascii(text):
    assert isinstance(problem_of(text), str)
    if not problem_of(text):
        assert as_ascii(text).isascii()


def test_thai_letters_and_names_are_sent_as_browsers_send_them():
    address = "https://ตัวอย่าง.ไทย/แผน 1%20.pdf"
    assert (
        as_ascii(address)
        == "https://xn--72c1a1bt4awk9o.xn--o3cw4h/%E0%B9%81%E0%B8%9C%E0%B8%99%201%20.pdf"
    )


def test_a_page_on_another_site_than_the_offices_own_is_noticed():
    assert is_elsewhere("https://drive.example.com/x", "https://www.example.org")
    assert not is_elsewhere("https://example.org/x", "www.example.org")
    assert not is_elsewhere("https://ita.example.org/x", "https://www.example.org/")
    assert not is_elsewhere("https://drive.example.com/x", "")
    assert not is_elsewhere("https://drive.example.com/x", "ไม่มี")
    assert not is_elsewhere("https://xn--72c1a1bt4awk9o.xn--o3cw4h/x", "https://ตัวอย่าง.ไทย")


TABLE = "data/evidence/2568.csv"
HEAD = "organisation,item,address\n"


def test_addresses_get_rows_of_their_own_and_other_rows_stay(small_workspace):
    file = write(small_workspace, TABLE, f"{HEAD}ban-rao,o25,ftp://not-yet-right\n")
    write_addresses(small_workspace, "ban-rai", 2568, {"o25": "", "o26": "https://a.org/26"})
    write_addresses(small_workspace, "ban-rai", 2568, {"o25": "https://a.org/25"})
    assert file.read_text("utf-8-sig").splitlines()[1:] == [
        "ban-rao,o25,ftp://not-yet-right",
        "ban-rai,o25,https://a.org/25",
        "ban-rai,o26,https://a.org/26",
    ]
    read = read_addresses(small_workspace, "ban-rai", 2568, ("o25", "o26"))
    assert {code: (each.text[-2:], each.row) for code, each in read.items()} == {
        "o25": ("25", 3),
        "o26": ("26", 4),
    }


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        ("ban-rai,o99,\n", ("แถวที่ 2", "o99", "O25")),
        ("ban-rai,O25,\nban-rai,o25,\n", ("แถวที่ 3", "ซ้ำ")),
        ("ban-rai,o25,www.a.org\n", ("แถวที่ 2", "www.a.org", "https://")),
        ("ban-rai,o25,https://a.org/a b\n", ("แถวที่ 2", "ช่องว่าง")),
        ("ban-rai,o25,https://localhost/\n", ("แถวที่ 2", "localhost")),
    ],
)
def test_a_mistake_in_the_table_of_addresses_is_told_by_file_and_row(small_workspace, rows, facts):
    write(small_workspace, TABLE, HEAD + rows)
    with pytest.raises(BadAddress) as caught:
        read_addresses(small_workspace, "ban-rai", 2568, ("o25", "o26"))
    assert_helps_the_reader(caught.value, TABLE, *facts)


NASTY = '<script>"&'
PAPER = Paper(
    "ita-analysis-2568-ban-rai.pdf",
    "analysis",
    2568,
    b"%PDF" * 500,
    labels=("", "ก", "๑", "๒"),
    rows=(PlanRow("7", f"มาตรการ {NASTY}", Spot("ก.pdf"), owner="1. สำนักปลัด\n2. กองคลัง"),),
    asked="ban-rai --year 2568",
)
ELEMENTS = (
    Element(HEADS[0], "measure", (Place("ส่วนที่ ๑", (3, 4)),)),
    Element(HEADS[1], "finding", remedy="โดยแก้แบบตาราง"),
    Element(HEADS[4], "owners", (Place("ส่วนที่ ๑", (3, 4)),), ("มาตรการสอง",), "ให้ครบ"),
    Element("ภาพถ่าย", ""),
)
DOSSIER = Dossier(
    "ban-rai",
    f"อบต.บ้านไร่ {NASTY} (ข้อมูลสมมติ)",
    2568,
    (
        Item("o25", "การนำผลไปใช้", PAPER, elements=ELEMENTS, is_listed=True, row=2),
        Item("o26", "รายงานผล", None, lack="ยังไม่มีแผน", row=3),
    ),
    overall="93.85",
    level="ผ่าน",
    confidence="inferred",
    table=TABLE,
    website="https://www.example.org",
)
ISSUED = replace(PAPER, number=2, document="ตย 00000/12", day=date(2026, 1, 5))


def with_item(**changes):
    """Return the evidence with another first item, and that alone."""
    return replace(DOSSIER, items=(replace(DOSSIER.items[0], **changes),))


def test_pages_are_named_as_they_are_printed_and_as_they_are_counted():
    assert joined_pages((1, 2, 3, 7, 9, 10)) == "1–3 7 และ 9–10"
    place = Place("", (3, 4))
    assert place_of(PAPER, place, "thai") == "หน้า ๑–๒ (หน้าที่ ๓–๔ ของแฟ้ม PDF)"
    assert place_of(replace(PAPER, labels=()), place, "thai") == "หน้าที่ ๓–๔ ของแฟ้ม PDF"
    assert place_of(replace(PAPER, labels=("1", "2", "3", "4")), place, "arabic") == "หน้า 3–4"


def test_what_is_to_be_done_stands_in_the_order_of_the_work():
    said = [str(each) for each in to_do(DOSSIER)]
    marks = ("ผลการวิเคราะห์", "ผู้รับผิดชอบ", "ภาพถ่าย", "ยังไม่มีแผน", "ita issue", "แถวที่ 2")
    assert [mark for mark, line in zip(marks, said, strict=True) if mark not in line] == []


def test_a_paper_of_the_offices_own_is_there_when_its_address_is():
    own = replace(DOSSIER.items[1], address="https://www.example.org/o26.pdf")
    dossier = replace(DOSSIER, items=(own,))
    assert dossier.is_complete and "จัดทำเอง" in next(lines_of(dossier))
    assert ["ITAS" in each.text for each in to_do(dossier)] == [True]


def test_a_paper_for_the_office_alone_is_to_be_replaced_by_its_public_edition():
    kept = replace(ISSUED, is_internal=True)
    given = {"elements": ELEMENTS[:1]}
    for address in ("https://www.example.org/o25", ""):
        dossier = with_item(paper=kept, **given, address=address)
        (line,) = map(str, to_do(dossier))
        assert label("words.edition.public") in line
        assert line.endswith("ita issue ban-rai --year 2568 --edition public")
        words = as_text(passages_of(dossier))
        assert label("website.internal") in words and "เอกสารฉบับเต็ม" not in words


def test_nothing_is_left_when_all_is_signed_there_and_published():
    done = with_item(paper=ISSUED, elements=ELEMENTS[:1], address="https://www.example.org/o25")
    assert done.is_complete and not DOSSIER.is_complete
    assert ["ITAS" in str(each) for each in to_do(done)] == [True]
    away = with_item(paper=ISSUED, elements=(), address="https://drive.example.com/o25")
    assert "www.example.org" in str(to_do(away)[0])
    (old,) = to_do(
        with_item(
            paper=replace(ISSUED, is_outdated=True), elements=(), address="https://www.example.org/"
        )
    )
    assert "ข้อมูลเปลี่ยน" in old.text and old.command


def test_the_words_for_the_website_need_nothing_but_plain_elements():
    published = with_item(paper=ISSUED, address="https://www.example.org/แผน.PDF")
    fragment = as_html(passages_of(published))
    assert set(re.findall(r"<(\w+)", fragment)) <= {"h2", "h3", "h4", "p", "ul", "li", "a"}
    assert set(re.findall(r"<\w+ ([^>]*)>", fragment)) == {
        'href="https://www.example.org/%E0%B9%81%E0%B8%9C%E0%B8%99.PDF"'
    }
    assert "&lt;script&gt;" in fragment and "ลงวันที่ ๕ มกราคม ๒๕๖๙" in fragment
    assert "O25" in fragment and "๙๓.๘๕" in fragment and "๑. สำนักปลัด ๒. กองคลัง" in fragment
    text = as_text(passages_of(published))
    shown = re.sub(r"<[^>]*>", "", fragment).replace("&lt;", "<").replace("&gt;", ">")
    for line in shown.replace("&#34;", '"').replace("&amp;", "&").split("\n"):
        assert line in text


def test_words_from_an_unsigned_paper_say_so_and_assumed_items_have_no_number():
    shown = as_text(passages_of(replace(DOSSIER, confidence="assumed")))
    assert "ยังไม่ใช่ฉบับลงนาม" in shown and "O25" not in shown
    assert "ยังไม่ใช่ฉบับลงนาม" not in as_text(passages_of(with_item(paper=ISSUED)))


def test_elements_in_one_place_share_its_cell():
    assert spans_of(DOSSIER.items[0]) == [1, 1, 1, 1]
    assert spans_of(replace(DOSSIER.items[0], elements=(*ELEMENTS[:1] * 3, ELEMENTS[1]))) == [
        3,
        0,
        0,
        1,
    ]


def test_the_page_names_what_is_lacking_and_lets_nothing_in():
    page = files_of(DOSSIER)[PAGE].decode()
    assert "<script" not in page and NASTY not in page
    assert "พบ ๑ จาก ๔ องค์ประกอบ" in page
    assert all(word in page for word in ("ไม่พบ", "พบบางส่วน", "ต้องตรวจเอง", "ยังไม่มีเอกสาร"))


@with_browser
def test_the_page_is_readable_for_everyone_at_every_width(tmp_path):
    file = tmp_path / PAGE
    file.write_bytes(files_of(DOSSIER)[PAGE])
    assert_readable_for_everyone(file)


@pytest.fixture
def folder(small_workspace):
    """Write the folder of the evidence."""
    place = folder_of(small_workspace, "ban-rai", 2568)
    write_folder(small_workspace, place, files_of(DOSSIER))
    return place


def contents_of(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir()}


OTHER = files_of(replace(DOSSIER, overall="90.00"))


def test_a_folder_of_ours_is_replaced_as_a_whole(small_workspace, folder):
    assert contents_of(folder) == files_of(DOSSIER)
    assert all(name.isascii() and " " not in name for name in contents_of(folder))
    write(small_workspace, f"{folder}/Thumbs.db", "")
    write_folder(small_workspace, folder, OTHER)
    assert contents_of(folder) == OTHER
    assert [each.name for each in folder.parent.iterdir() if not each.name.endswith("lock")] == [
        folder.name
    ]


@pytest.mark.parametrize("change", ["added", "changed", "record", "record gone", "a file"])
def test_a_folder_that_somebody_changed_is_kept_and_named(small_workspace, folder, change):
    record = folder / "evidence.json"
    if change == "added":
        write(small_workspace, f"{folder}/ภาพ.png", b"")
    elif change == "changed":
        write(small_workspace, f"{folder}/website.txt", "แก้")
    elif change == "record":
        record.write_bytes(record.read_bytes().replace(b"93.85", b"1").replace(b"o25", b"o1"))
    elif change == "record gone":
        record.unlink()
    else:
        shutil.rmtree(folder)
        folder.write_text("แฟ้ม")
    before = folder.read_bytes() if folder.is_file() else contents_of(folder)
    with pytest.raises(FolderChanged) as caught:
        write_folder(small_workspace, folder, OTHER)
    assert_helps_the_reader(
        caught.value, "rendered/2568/ban-rai-evidence", caught.value.facts["files"][0]
    )
    assert (folder.read_bytes() if folder.is_file() else contents_of(folder)) == before


@pytest.mark.parametrize("step", range(8))
def test_a_disk_that_fails_in_the_middle_changes_nothing(
    small_workspace, folder, monkeypatch, step
):
    done = iter(range(100))

    def fail(*_):
        if next(done) == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(own_folder, "sync", fail)
    monkeypatch.setattr(own_folder, "sync_folder", fail)
    before = contents_of(folder)
    try:
        write_folder(small_workspace, folder, OTHER)
    except WriteFailed as error:
        assert_helps_the_reader(error, folder)
    assert contents_of(folder) in (before, OTHER)
    assert changed_files(folder, RECORD) == []


@pytest.mark.parametrize("has_new", [True, False])
def test_what_an_ended_program_left_is_put_back(small_workspace, folder, has_new):
    left = folder.with_name(f".evidence-{folder.name}-abc")
    left.mkdir()
    folder.rename(left / "was")
    if has_new:
        shutil.copytree(left / "was", left / "new")
    write(small_workspace, f"{left}/was/ของหน่วยงาน.txt", "อย่าลบ")
    with pytest.raises(FolderChanged):
        write_folder(small_workspace, folder, OTHER)
    assert (folder / "ของหน่วยงาน.txt").exists() and not left.exists()


def test_a_place_that_cannot_be_written_is_one_message(small_workspace):
    write(small_workspace, "rendered/2568", "")
    with pytest.raises(WriteFailed) as caught:
        write_folder(small_workspace, folder_of(small_workspace, "ban-rai", 2568), OTHER)
    assert_helps_the_reader(caught.value, "2568")


STEM = "2568/made-up-example"


REPORTS = (STEM, f"{STEM}-follow-up", "2565/made-up-example")


@pytest.fixture(scope="module")
def office(rendered, tmp_path_factory):
    """Return a workspace with the made-up office and its reports, as if rendered there."""
    workspace = Workspace(tmp_path_factory.mktemp("office"))
    for name in ("data", "params"):
        shutil.copytree(ROOT / name, workspace.root / name)
    for stem in REPORTS:
        parameters = load_parameters(workspace.params / f"{stem}.yml", workspace)
        notebook = json.loads((rendered / f"{stem}.ipynb").read_text("utf-8"))
        notebook["metadata"]["ita"]["inputs"] = inputs_of_report(workspace, parameters)
        write(workspace, f"rendered/{stem}.ipynb", json.dumps(notebook))
        write(workspace, f"rendered/{stem}.pdf", (rendered / f"{stem}.pdf").read_bytes())
    return workspace


@pytest.fixture
def changing(office, tmp_path):
    """Return a copy of that workspace to change."""
    shutil.copytree(office.root, tmp_path / "copy")
    return Workspace(tmp_path / "copy")


def evidence(workspace, year=2568, code="made-up-example"):
    return ita("evidence", code, "--year", year, root=workspace.root)


def test_each_element_of_a_rendered_report_is_told_with_its_page(changing):
    run = evidence(changing)
    assert run.exit_code == 1, run.output
    assert "O25 การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร: พบครบ 5 องค์ประกอบ" in run.output
    assert "O26" in run.output and "ขั้นที่ 5" in run.output and "2567" in run.output
    told = json.loads(
        (folder_of(changing, "made-up-example", 2568) / "evidence.json").read_text("utf-8")
    )
    analysis, follow_up = told["items"]
    places = {
        (e["state"], *e["places"][0]["pages"], *e["places"][0]["printed"])
        for e in analysis["elements"]
    }
    ((state, page, printed),) = places
    assert state == "found" and printed != str(page)
    letters = "".join(PdfDocument(_pdf(changing))[page - 1].get_textpage().get_text_range().split())
    assert [name for name in HEADS if name not in letters] == []
    assert follow_up["file"] is None and follow_up["lacking"]
    assert read_addresses(changing, "made-up-example", 2568, ("o25", "o26"))["o26"].row == 3
    again = evidence(changing)
    assert again.output == run.output


def test_the_website_names_measures_as_the_plan_does(changing):
    file = changing.params / f"{STEM}.yml"
    dossier = gather(changing, file)
    plan = load(changing, load_parameters(file, changing)).plan
    shown = [row.measure for row in dossier.items[0].paper.rows]
    assert shown == [*map(measure_name, plan.measures)]


def test_a_follow_up_is_named_for_the_year_of_its_measures(office):
    found = find_paper(Wanted(office, "made-up-example", 2568, kind_named("follow-up")))
    assert found.paper.name == "ita-follow-up-2569-made-up-example-internal.pdf"
    tables = find_tables(found.document, Naming(rules(2568)))
    for name in (HEADS[0], "สถานะ", "ผลการดำเนินการ", "เอกสารหลักฐาน"):
        assert find_element(name, tables, found.document).state == "found"


def test_a_year_whose_rules_list_no_elements_shows_what_the_report_has(changing):
    run = evidence(changing, 2565)
    assert run.exit_code == 1, run.output
    assert "O42 มาตรการส่งเสริม" in run.output and "O43" in run.output
    assert "2565/made-up-example" in run.output


@pytest.mark.parametrize("year", [2566, 2567])
def test_a_year_without_such_items_says_so_in_one_message(office, year):
    with pytest.raises(NoEvidence) as caught:
        gather(office, office.params / f"{year}/made-up-example.yml")
    assert_helps_the_reader(caught.value, year + 1, 2565, 2568, 2569)


def _pdf(workspace):
    return workspace.rendered / f"{STEM}.pdf"


def _altered(workspace):
    _pdf(workspace).write_bytes(_pdf(workspace).read_bytes() + b"%")


def _rescored(workspace):
    scores = workspace.yearly("scores", 2568)
    scores.write_text(scores.read_text("utf-8-sig").replace("78.03", "78.04"), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda ws: _pdf(ws).unlink(), "missing"),
        (lambda ws: _pdf(ws).with_suffix(".ipynb").unlink(), "missing"),
        (_altered, "changed"),
        (_rescored, "outdated"),
    ],
)
def test_a_report_that_cannot_be_shown_is_told_with_the_command(changing, change, problem):
    change(changing)
    with pytest.raises(UnusablePaper) as caught:
        gather(changing, changing.params / f"{STEM}.yml")
    assert caught.value.facts["problem"] == problem
    command = "ita render made-up-example --year 2568 --to html,pdf"
    assert_helps_the_reader(caught.value, f"rendered/{STEM}.pdf", command)
    assert not changing.yearly("evidence", 2568).exists()


def issued(workspace, **changes):
    """Issue the rendered report by hand; return the PDF."""
    content = _pdf(workspace).read_bytes()
    made = MadeFrom(data=inputs_of(workspace, "made-up-example", 2568))
    owner = {
        "organisation": "made-up-example",
        "name": "ก",
        "fiscal_year": 2568,
        "report": "analysis",
    }
    files = {"บันทึกข้อความ ก.pdf": "x", "รายงาน ก.pdf": sha256(content).hexdigest()}
    facts = {
        "number": 1,
        "document": "ตย 1",
        "day": date(2026, 1, 5),
        "level": "ผ่าน",
        "made_from": made,
    }
    version = Version(**{**owner, **facts, "scores": {"ITA": "93.85"}, "files": files, **changes})
    write(workspace, f"issued/{STEM}/1/{NAME}", version.as_json())
    return write(workspace, f"issued/{STEM}/1/รายงาน ก.pdf", content)


def test_the_public_edition_is_shown_as_soon_as_there_is_one(changing):
    file = changing.params / f"{STEM}.yml"
    public = load_parameters(file, changing).of_edition("public")
    notebook = json.loads(_pdf(changing).with_suffix(".ipynb").read_text("utf-8"))
    notebook["metadata"]["ita"]["inputs"] = inputs_of_report(changing, public)
    write(changing, f"rendered/{public.paper}.ipynb", json.dumps(notebook))
    write(changing, f"rendered/{public.paper}.pdf", _pdf(changing).read_bytes())
    _altered(changing)
    paper = gather(changing, file).papers[0]
    assert paper.asked == "made-up-example --year 2568 --edition public"
    _rescored(changing)
    with pytest.raises(UnusablePaper) as caught:
        gather(changing, file)
    command = "ita render made-up-example --year 2568 --edition public --to html,pdf"
    assert_helps_the_reader(caught.value, f"rendered/{public.paper}.pdf", command)


def test_an_issued_version_is_shown_before_the_working_copy(changing):
    issued(changing)
    _altered(changing)
    dossier = gather(changing, changing.params / f"{STEM}.yml")
    paper = dossier.papers[0]
    assert (paper.number, paper.document, paper.is_outdated) == (1, "ตย 1", False)
    assert (dossier.overall, dossier.level) == ("93.85", "ผ่าน")
    assert paper.day == date(2026, 1, 5)
    issued(changing, made_from=MadeFrom(data="former"))
    wanted = Wanted(changing, "made-up-example", 2568, kind_named("analysis"))
    assert find_paper(wanted).paper.is_outdated


def test_an_issued_file_that_was_changed_is_refused(changing):
    file = issued(changing)
    file.write_bytes(file.read_bytes() + b"%")
    with pytest.raises(UnusablePaper) as caught:
        gather(changing, changing.params / f"{STEM}.yml")
    assert_helps_the_reader(caught.value, "รายงาน ก.pdf", "ita issue made-up-example --year 2568")


def test_an_office_that_nobody_knows_is_told(office):
    run = evidence(office, code="ไม่มี")
    assert run.exit_code == 1 and "ไม่มี" in run.output
