"""What a file holds decides how it is read, not what it is called; nothing in it is run."""

from __future__ import annotations

import io
import socket
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from conftest import assert_helps_the_reader
from PIL import Image

from ita_helpers.documents import reading
from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, Found
from ita_helpers.offices.workspace import make_workspace

OFFICE = "องค์การบริหารส่วนตำบลทุ่งลม"
TITLE = f"รายงานผลการประเมิน ITA ของ{OFFICE} ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
SCORES = (("เครื่องมือ", "คะแนน"), ("IIT", "๙๐.๐๐"), ("OIT", "๘๕.๐๐"))
LIST_TITLE = "ผลการประเมิน ITA ของหน่วยงานในจังหวัดลมเย็น ประจำปีงบประมาณ พ.ศ. 2568"
LIST = (
    ("ลำดับ", "หน่วยงาน", "IIT", "ผลคะแนน"),
    ("1", "อบต.ทุ่งลม", "90.00", "91.10"),
    ("2", "ทต.ฝนแล้ง", "80.00", "81.10"),
)
ONE, TWO = {OFFICE: "90.00"}, {OFFICE: "90.00", "เทศบาลตำบลฝนแล้ง": "80.00"}


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("งาน") / "งาน")


def word(title: str = TITLE, rows: tuple[tuple[str, ...], ...] = SCORES, *more: str) -> bytes:
    book = docx.Document()
    for text in (title, *more):
        book.add_paragraph(text)
    table = book.add_table(0, len(rows[0]))
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def workbook() -> bytes:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in ((TITLE,), *SCORES):
        book.active.append(row)
    book.save(saved)
    return saved.getvalue()


def page(title: str = TITLE, rows: tuple[tuple[str, ...], ...] = SCORES, charset="utf-8") -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    text = f"<html><meta charset={charset}><body><p>{title}</p><table>{table}</table>"
    return text.encode(charset)


def text(title: str, rows: tuple[tuple[str, ...], ...], separator: str) -> bytes:
    return "\n".join((title, "", *map(separator.join, rows))).encode()


def picture() -> bytes:
    saved = io.BytesIO()
    Image.new("L", (20, 20), 200).save(saved, "PNG")
    return saved.getvalue()


def with_part(content: bytes, name: str) -> bytes:
    saved = io.BytesIO(content)
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr(name, b"\xd0\xcf\x11\xe0")
    return saved.getvalue()


def read(own: Workspace, folder: Path, name: str, content: bytes) -> Found:
    path = folder / name
    path.write_bytes(content)
    found = read_file(path, Asked(own), name)
    for each in found.mistakes:
        raise each
    return found


def scores(found: Found) -> dict[str, str]:
    """Return the IIT of each office."""
    return {
        year.office.name: str(each.points)
        for year in found.years
        for each in year.scores
        if each.code == "IIT"
    }


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("ก.pdf", word(), ONE),
        ("ก.doc", word(), ONE),
        ("ก.txt", word(), ONE),
        ("ก.xlsx", word(), ONE),
        ("ก", word(), ONE),
        ("ก.doc", page(), ONE),
        ("ก.docx", page(charset="cp874"), ONE),
        ("ก.xls", page(), ONE),
        ("ก.csv", workbook(), ONE),
        ("ก.html", b'<?xml version="1.0" encoding="UTF-8"?>' + page(), ONE),
        ("ก.txt", text(TITLE, SCORES, "\t").decode().encode("utf-32"), ONE),
        ("ก.txt", text(TITLE, SCORES, "\t").decode().encode("utf-16"), ONE),
        ("รายชื่อ.xls", page(LIST_TITLE, LIST), TWO),
        ("รายชื่อ.xlsx", page(LIST_TITLE, LIST, "cp874"), TWO),
        ("รายชื่อ.xls", text(LIST_TITLE, LIST, "\t"), TWO),
        ("รายชื่อ.xlsx", text(LIST_TITLE, LIST, ","), TWO),
        ("รายชื่อ.docx", word(LIST_TITLE, LIST), TWO),
        ("รายชื่อ.html", page(LIST_TITLE, LIST), TWO),
    ],
)
def test_the_content_decides_how_a_file_is_read(own, tmp_path, name, content, expected):
    assert scores(read(own, tmp_path, name, content)) == expected


def test_xml_nested_too_deeply_is_no_broken_file(own, tmp_path):
    deep = f"<w:body>{'<w:sdt>' * 300}{'</w:sdt>' * 300}"
    content = changed(word(), "word/document.xml", "<w:body>", deep)
    with pytest.raises(ItaError, match="ปลอดภัย"):
        read(own, tmp_path, "ก.docx", content)


def test_an_office_of_a_list_in_a_document_has_its_row_as_its_place(own, tmp_path):
    found = read(own, tmp_path, "รายชื่อ.docx", word(LIST_TITLE, LIST))
    assert [each.place.cell for each in found.years] == [
        "ตารางที่ 1 แถวที่ 2 คอลัมน์ที่ 2",
        "ตารางที่ 1 แถวที่ 3 คอลัมน์ที่ 2",
    ]


def test_a_report_with_a_table_of_other_offices_is_of_the_office_of_its_title(own, tmp_path):
    content = word(TITLE, LIST, *["ส่วนนี้เล่าความเป็นมาของการประเมินไว้โดยย่อสำหรับผู้ที่ไม่เคยอ่านรายงาน"] * 3)
    assert scores(read(own, tmp_path, "ก.docx", content)) == ONE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ก.png", picture(), "OCR"),
        ("ก.pdf", picture(), "OCR"),
        ("ก.docx", with_part(word("", ((" ",),)), "word/media/image1.png"), "OCR"),
        ("ก.doc", b"{\\rtf1 x}", ".docx"),
        ("ก.zip", b"PK\x03\x04 x", ".xlsx"),
        ("ก.docx", b"\0" * 9, "ชำรุด"),
        ("ก.txt", f"{TITLE} {'คะแนน' * 20_001}".encode(), "100,000 ตัวอักษร"),
        ("ก.txt", text(TITLE, (("ก" * 40,),) * 40_000, ""), "1,500,000 ตัวอักษร"),
        ("ก.docx", word(TITLE, (("ก",) * 301,)), "300 คอลัมน์"),
        ("ก.html", page(f"{TITLE}{'<div>' * 5000}"), "ปลอดภัย"),
        (
            "ก.docx",
            word(f"ผลการประเมิน ITA ของเทศบาลตำบลฝนแล้งและ{OFFICE} ปีงบประมาณ พ.ศ. 2568", SCORES,
                 *["เทศบาลตำบลฝนแล้งและอบต.ทุ่งลม ร่วมมือกัน"] * 3),
            "ฝนแล้ง",
        ),
        ("ก.docx", word("ผลการประเมิน MOPH ITA โรงพยาบาลลมเย็น ปีงบประมาณ พ.ศ. 2568"), "MOPH"),
        ("ก.docx", word(f"ผลการประเมินคุณธรรม{' ' * 3}{'ของหน่วยงานในสังกัด' * 6} "
                        "โรงพยาบาลลมเย็น ปีงบประมาณ พ.ศ. 2568"), "โรงพยาบาล"),
        ("ก.docx", word("วิทยาลัยการอาชีพลมเย็น ปีงบประมาณ พ.ศ. 2568"), "วิทยาลัย"),
    ],
)  # fmt: skip
def test_what_is_of_no_use_is_refused_with_the_reason(own, tmp_path, name, content, said):
    with pytest.raises(ItaError) as told:
        read(own, tmp_path, name, content)
    assert_helps_the_reader(told.value, name, said)


@pytest.mark.parametrize(
    "office", ["มหาวิทยาลัยลมเย็น", "โรงพยาบาลลมเย็น (องค์การมหาชน)", "สถาบันวิทยาลัยชุมชน"]
)
def test_offices_of_the_assessment_are_not_taken_for_schools_or_hospitals(own, tmp_path, office):
    content = word(f"รายงานผลการประเมิน ITA ของ{office} ประจำปีงบประมาณ พ.ศ. ๒๕๖๘")
    assert scores(read(own, tmp_path, "ก.docx", content)) == {office: "90.00"}


def test_a_title_of_another_project_does_not_make_a_report_one_of_schools(own, tmp_path):
    content = word(TITLE, SCORES, "โครงการอาหารกลางวันของโรงเรียน", "งานโรงพยาบาลส่งเสริมสุขภาพ")
    assert scores(read(own, tmp_path, "ก.docx", content)) == ONE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ก.docm", with_part(word(), "word/vbaProject.bin")),
        ("ก.xlsm", with_part(workbook(), "xl/vbaProject.bin")),
    ],
)
def test_macros_are_told_and_left_alone(own, tmp_path, name, content):
    found = read(own, tmp_path, name, content)
    assert scores(found) == ONE
    assert [each for each in found.remarks if each.startswith(f"{name}: มีแมโคร")]


def test_a_formula_without_a_value_among_scores_is_no_missing_score(own, tmp_path):
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in ((TITLE,), ("เครื่องมือ", "คะแนน"), ("IIT", "='[a.xlsx]ก'!A1"), ("OIT", 90)):
        book.active.append(row)
    book.save(saved)
    with pytest.raises(ItaError) as told:
        read(own, tmp_path, "ก.xlsx", saved.getvalue())
    assert_helps_the_reader(told.value, "ก.xlsx", "B3")


def test_a_large_file_is_refused_before_it_is_read(own, tmp_path, monkeypatch):
    path = tmp_path / "ก.docx"
    path.write_bytes(word())
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(ItaError, match="เมกะไบต์"):
        read_file(path, Asked(own), path.name)


@pytest.fixture
def listener():
    """Listen where files point to; whoever follows a link is in its backlog."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


def relation(kind: str, address: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<Relationship Id="rId9{kind}" Type="{office}/{kind}" Target="{address}" '
        'TargetMode="External"/></Relationships>'
    )


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a package with a text in one of its parts replaced."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old_one, zipfile.ZipFile(saved, "w") as made:
        for name in old_one.namelist():
            text = old_one.read(name)
            made.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return saved.getvalue()


def test_nothing_a_file_points_at_is_fetched(own, tmp_path, listener):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/a"
    entity = f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{address}"> %p; <!ENTITY x SYSTEM "{address}">]>'
    end, relations = "</Relationships>", "word/_rels/document.xml.rels"
    linked = word()
    for kind in ("attachedTemplate", "image", "oleObject", "frame"):
        linked = changed(linked, relations, end, relation(kind, address))
    book = changed(workbook(), "xl/_rels/workbook.xml.rels", end, relation("externalLink", address))
    web = (
        page()
        .decode()
        .replace(
            "<body>",
            f'<base href="{address}"><link rel="stylesheet" href="{address}"><body>'
            f'<img src="{address}"><script src="{address}"></script>'
            f'<iframe src="{address}"></iframe>',
        )
    )
    readable = {
        "ก.docx": linked,
        "ก.xlsx": book,
        "ก.html": (entity + web).encode(),
        "ก.xls": web.encode(),
        "ก.md": f"# {TITLE}\n\n![x]({address})\n\n|เครื่องมือ|คะแนน|\n|--|--|\n|IIT|90.00|\n".encode(),
    }
    for name, content in readable.items():
        assert scores(read(own, tmp_path, name, content)) == ONE, name
    refused = {
        "ข.docx": changed(word(), "word/document.xml", "<w:document ", f"{entity}<w:document "),
        "ข.xlsx": changed(
            workbook(), "xl/worksheets/sheet1.xml", "<worksheet ", f"{entity}<worksheet "
        ),
    }
    for name, content in refused.items():
        with pytest.raises(ItaError, match="ปลอดภัย"):
            read(own, tmp_path, name, content)
