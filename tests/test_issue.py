"""``ita issue`` and ``ita verify``: versions that nothing changes, and what a file is."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import docx
import pikepdf
import pytest
from conftest import (
    ORGANISATIONS,
    ROOT,
    assert_helps_the_reader,
    ita,
    made_once,
    needs_links,
    write,
    write_scores,
)
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_up import shorten
from reading import word_text
from reviewed import ISSUE, PARAMS, STEM, office, review, scores

from ita_helpers.documents.marks import read_mark
from ita_helpers.documents.origin import Origin
from ita_helpers.errors import BadVersion, DiskFull, UnreadableDocument
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.comparing import compare
from ita_helpers.issued.record import NAME, Change, Version, read_version
from ita_helpers.issued.telling import MOST, line_of, lines_of_verified
from ita_helpers.issued.verifying import State, Verified, verify
from ita_helpers.issued.versions import GIVEN, all_versions, newest, numbers_of
from ita_helpers.language.catalogue import label
from ita_helpers.publish.word.styles import NUMBER_STYLE
from ita_helpers.records.kinds import kind_named
from ita_helpers.rendering import issuing
from ita_helpers.rendering.evidence_papers import Wanted, find_paper
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.rendering.issuable import read_candidate
from ita_helpers.rendering.issuing import names_of
from ita_helpers.rendering.orders import Made
from ita_helpers.run.keeping import MAKING
from ita_helpers.run.manifest import ReportRow

PAPERS = (".html", ".pdf", ".docx")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a workspace with two versions, the working copies, and what the second issue said."""

    def make(folder):
        workspace = office(folder)
        review(workspace)
        run = ita(*ISSUE, "--date", "5 มกราคม 2569", root=folder)
        assert run.exit_code == 0, run.output
        scores(workspace, 99.25)
        review(workspace)
        run = ita(*ISSUE, "--date", "6 มกราคม 2569", root=folder)
        assert run.exit_code == 0, run.output
        write(workspace, "said.txt", run.output)
        run = ita("render", "ban-rai", "--to", "html", "--thai-names", root=folder)
        assert run.exit_code == 0, run.output

    return Workspace(made_once(tmp_path_factory, "issued", make))


def papers_of(workspace, number):
    folder = workspace.issued / STEM / str(number)
    return {each.suffix: each for each in folder.iterdir() if each.name != NAME}


def record_of(workspace, number):
    return read_version(workspace.issued / STEM / str(number) / NAME, "")


@pytest.mark.processes
def test_both_versions_are_whole_and_say_what_they_were_made_from(made):
    assert numbers_of(made.issued / STEM) == [1, 2]
    first, second = record_of(made, 1), record_of(made, 2)
    for number, version in ((1, first), (2, second)):
        papers = papers_of(made, number)
        assert sorted(papers) == sorted(PAPERS)
        digests = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in papers.values()}
        assert version.files == digests
        assert (version.number, version.state, version.is_made_up) == (number, "issued", True)
        assert f"2569-01-0{4 + number} ฉบับที่ {number}" in papers[".pdf"].name
        assert not any(each.stat().st_mode & 0o222 for each in papers.values())
    assert first.made_from.data != second.made_from.data
    assert first.made_from.program == second.made_from.program
    assert (first.scores["1"], second.scores["1"]) == ("81.50", "99.25")
    assert "99.25" in second.words["01"]
    assert [each.name for each in (made.issued / STEM).iterdir() if each.name[0] == "."] == []


@pytest.mark.processes
def test_the_newest_version_is_what_is_shown_as_evidence(made):
    found = find_paper(Wanted(made, "ban-rai", 2568, kind_named("analysis")))
    content = papers_of(made, 2)[".pdf"].read_bytes()
    assert (found.paper.number, found.paper.content, found.paper.is_outdated) == (2, content, False)
    assert found.paper.name == "ita-analysis-2568-ban-rai-internal.pdf"
    assert found.version == record_of(made, 2)


@pytest.mark.processes
def test_an_issued_paper_is_no_draft_marks_no_numbers_and_links_to_its_own_files(made):
    papers = papers_of(made, 1)
    document = docx.Document(str(papers[".docx"]))
    assert not document.element.body.xpath(f".//w:rStyle[@w:val='{NUMBER_STYLE}']")
    feet = "".join(word_text(each.footer._element) for each in document.sections)
    assert "หน้า" in feet
    assert "ร่าง" not in feet
    page = papers[".html"].read_text("utf-8")
    assert 'class="draft"' not in page
    links = re.findall(r'href="([^"#]+\.(?:pdf|docx))"', page)
    assert len(links) == 2
    assert all("%E0" in each and "ban-rai" not in each for each in links)


@pytest.mark.processes
def test_a_second_version_says_what_changed_since_the_first(made):
    changes = record_of(made, 2).changes
    assert Change("score", "1", old="81.50", new="99.25") in changes
    assert {each.name for each in changes if each.kind == "words"} >= {"01", "iit"}
    assert Change("day", old="2026-01-05", new="2026-01-06") in changes
    said = (made.root / "said.txt").read_text("utf-8")
    assert "คะแนน ตัวชี้วัดที่ 1: เดิม 81.50 ใหม่ 99.25" in said
    assert "วันที่: เดิม 5 มกราคม 2569 ใหม่ 6 มกราคม 2569" in said
    assert record_of(made, 1).changes == ()


def with_a_note(content):
    """Add a comment to a PDF, as a reader of it does; its pages stay as they are."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20]
        )
        pdf.pages[0].Annots = pdf.make_indirect([note])
        pdf.save(changed)
    return changed.getvalue()


def with_another_page(content):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b" n")
        pdf.save(changed)
    return changed.getvalue()


def with_a_break_behind_a_line(content):
    document, changed = docx.Document(io.BytesIO(content)), io.BytesIO()
    next(each for each in document.paragraphs if each.text).add_run().add_break()
    document.save(changed)
    return changed.getvalue()


def with_other_words(content, *, saved_only=False):
    document, changed = docx.Document(io.BytesIO(content)), io.BytesIO()
    if not saved_only:
        document.paragraphs[-1].add_run("แก้")
    document.save(changed)
    return changed.getvalue()


def with_words_that_look_otherwise(mark):
    """Return what changes the look of a run alone, by a property of Word."""

    def change(content):
        document, changed = docx.Document(io.BytesIO(content)), io.BytesIO()
        runs = (run for each in document.paragraphs for run in each.runs)
        run = next(run for run in runs if "99.25" in run.text)
        run._r.get_or_add_rPr().append(parse_xml(mark.replace("/>", f" {nsdecls('w')}/>", 1)))
        document.save(changed)
        return changed.getvalue()

    return change


RANGE = b"[0 %010d %010d %010d]"


def signed(content, *, over=b""):
    """Add an electronic signature (of nobody) behind a PDF; ``over`` changes its first page too."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        free, root, page = len(pdf.objects) + 1, pdf.Root, pdf.pages[0].obj
        first = page.unparse(resolved=True).removesuffix(b">>") + over
        assert b"/Annots" not in first
        new = {
            free: b"<</Type/Sig/ByteRange %s/Contents<00>>>" % (RANGE % (0, 0, 0)),
            free + 1: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(1)/Rect[0 0 0 0]/V %d 0 R>>" % free,
            free + 2: b"<</SigFlags 3/Fields[%d 0 R]>>" % (free + 1),
            page.objgen[0]: first + b"/Annots[%d 0 R]>>" % (free + 1),
            root.objgen[0]: root.unparse(resolved=True).removesuffix(b">>")
            + b"/AcroForm %d 0 R>>" % (free + 2),
        }
        known = (root.objgen[0], pdf.docinfo.objgen[0])
    made, table = content + b"\n", b""
    for number, told in new.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    before = int(content[content.rindex(b"startxref") :].split()[1])
    tail = b"xref\n%strailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF"
    made += tail % (table, free + 3, *known, before, len(made))
    hole = made.rindex(b"<00>")
    covered = RANGE % (hole, hole + 4, len(made) - hole - 4)
    return made.replace(RANGE % (0, 0, 0), covered)


def with_a_shape_over_words(content):
    document, changed = docx.Document(io.BytesIO(content)), io.BytesIO()
    drawn = f'<w:pict {nsdecls("w")}><v:rect xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict>'
    document.paragraphs[-1].add_run()._r.append(parse_xml(drawn))
    document.save(changed)
    return changed.getvalue()


LOOKS = ("<w:strike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:szCs w:val="2"/>')


def with_a_narrower_page(content):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 300, 400])
        pdf.save(changed)
    return changed.getvalue()


def with_another_font(content):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = next(iter(pdf.pages[0].resources.Font.values()))
        font.DescendantFonts[0].FontDescriptor.FontFile2.write(b"x")
        pdf.save(changed)
    return changed.getvalue()


def with_words_among_links(page):
    assert b'<p class="links">' in page
    return page.replace(b'<p class="links">', b'<p class="links">99.99 ')


def with_line_ends_of_windows(page):
    return b"\xef\xbb\xbf" + page.replace(b"\n", b"\r\n")


CHANGED = [
    (".html", with_words_among_links, "altered"),
    (".html", with_line_ends_of_windows, "saved_again"),
    (".pdf", with_a_narrower_page, "altered"),
    (".pdf", with_another_font, "altered"),
    (".html", lambda page: page.replace(b"99.25", b"99.52"), "altered"),
    (".pdf", with_another_page, "altered"),
    (".pdf", with_a_note, "saved_again"),
    (".docx", with_other_words, "altered"),
    *((".docx", with_words_that_look_otherwise(each), "altered") for each in LOOKS),
    (".docx", with_words_that_look_otherwise("<w:u/>"), "saved_again"),
    (".docx", with_a_shape_over_words, "altered"),
    (".pdf", signed, "signed"),
    (".pdf", lambda content: signed(content) + b"\n", "saved_again"),
    (".pdf", lambda content: with_a_note(signed(content)), "saved_again"),
    (".pdf", lambda content: signed(content, over=b"/CropBox[0 0 9 9]"), "altered"),
    (".docx", with_a_break_behind_a_line, "saved_again"),
    (".docx", lambda content: with_other_words(content, saved_only=True), "saved_again"),
]


@pytest.mark.processes
@pytest.mark.parametrize(("ending", "change", "state"), CHANGED)
def test_a_file_that_was_saved_since_is_told_from_the_issued_one(made, ending, change, state):
    paper = papers_of(made, 2)[ending]
    found = verify(made, paper, paper.read_bytes())
    assert (found.state, found.number, found.newest) == ("issued", 2, 2)
    found = verify(made, made.root / f"แก้{ending}", change(paper.read_bytes()))
    assert (found.state, found.number) == (state, 2)
    assert found.folder == made.issued / STEM / "2"


@pytest.mark.processes
def test_the_edition_that_is_asked_for_is_issued_beside_the_other_and_named(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "copy")
    made = Workspace(tmp_path / "copy")
    run = ita(*ISSUE, "--date", "6 มกราคม 2569", "--edition", "public", root=made.root)
    assert run.exit_code == 0, run.output
    shelf = made.issued / f"{STEM}-public"
    assert numbers_of(shelf) == [1]
    record = read_version(shelf / "1" / NAME, "")
    assert (record.edition, record.number, record.changes) == ("public", 1, ())
    assert record_of(made, 2).edition == "internal"
    for name in record.files:
        content = (shelf / "1" / name).read_bytes()
        assert label("words.edition.public") in name
        told = said_of(made, shelf / "1" / name, content)
        assert f"({label('words.edition.public')})" in told
        assert read_mark(content, Path(name).suffix).origin.edition == "public"
    paper = papers_of(made, 2)[".pdf"]
    assert f"({label('words.edition.internal')})" in said_of(made, paper, paper.read_bytes())


def said_of(workspace, file, content):
    verified = verify(workspace, file, content)
    assert verified.state == "issued"
    return "\n".join(lines_of_verified(workspace, file, verified))


@pytest.mark.processes
def test_a_working_copy_is_known_wherever_it_lies_and_an_earlier_one_as_such(made, tmp_path):
    page = made.rendered / STEM.with_suffix(".html")
    (copy,) = (each for each in made.rendered.rglob("*.html") if "อบต" in each.name)
    for file in (page, copy):
        assert verify(made, tmp_path / "x.html", file.read_bytes()).state == "working"
    altered = page.read_bytes().replace(b"99.25", b"99.52")
    assert verify(made, page, altered).state == "altered"
    elsewhere = Workspace(tmp_path)
    assert verify(elsewhere, tmp_path / "x.html", page.read_bytes()).state == "former"
    paper = papers_of(made, 1)[".pdf"]
    assert verify(elsewhere, tmp_path / "x.pdf", paper.read_bytes()).state == "elsewhere"


@pytest.mark.processes
def test_verify_says_what_to_do_and_ends_with_0_for_issued_files_alone(made, tmp_path):
    first, second = (papers_of(made, number)[".pdf"] for number in (1, 2))
    foreign = tmp_path / "a.html"
    foreign.write_text("<p>รายงาน</p>", encoding="utf-8")
    expected = {
        first: (0, "มีฉบับใหม่กว่าแล้วคือฉบับที่ 2"),
        second: (0, "เป็นฉบับล่าสุด"),
        made.rendered / STEM.with_suffix(".html"): (1, "ยังไม่ใช่ฉบับลงนาม"),
        foreign: (1, "ไม่พบเครื่องหมายของโปรแกรม"),
    }
    for file, (status, words) in expected.items():
        run = ita("verify", file, root=made.root)
        assert (run.exit_code, words in run.output) == (status, True), run.output


@pytest.mark.parametrize("state", get_args(State))
@pytest.mark.parametrize("report", ["", "follow-up"])
@pytest.mark.parametrize("newest", [0, 2])
def test_each_state_is_said_with_what_to_do(small_workspace, state, report, newest):
    origin = Origin("ban-rai", 2568, report=report)
    claimed = version(number=2) if newest else None
    folder = small_workspace.issued / STEM / "2" if newest else None
    found = Verified(state, origin, claimed, folder, newest, newest)
    lines = lines_of_verified(small_workspace, small_workspace.root / "x.pdf", found)
    assert len(lines) == 2
    assert "None" not in "".join(lines)
    if state in ("working", "former") and not newest:
        asked = "params/2568/ban-rai-follow-up.yml" if report else "ban-rai --year 2568"
        assert f"ita issue {asked}" in lines[1]


@pytest.mark.parametrize("ending", PAPERS)
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04", b"<html>", b"\xff"])
def test_a_file_that_cannot_be_read_is_none_of_ours(ending, content):
    assert read_mark(content, ending) is None


def test_a_file_that_holds_no_parameters_is_told_as_such(small_workspace):
    file = write(small_workspace, "แผน.xlsx", b"PK")
    run = ita("issue", file, root=small_workspace.root)
    assert run.exit_code == 1 and "แผน.xlsx ไม่ใช่แฟ้มกำหนดค่า" in run.output


def test_a_file_with_a_password_is_told_as_such(small_workspace):
    content, lock = io.BytesIO(), pikepdf.Encryption(owner="owner", user="secret")
    pikepdf.new().save(content, encryption=lock)
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    for name, locked in (("a.pdf", content.getvalue()), ("a.docx", word)):
        with pytest.raises(UnreadableDocument) as caught:
            verify(small_workspace, small_workspace.root / name, locked)
        assert caught.value.facts["problem"] == "locked"
        assert_helps_the_reader(caught.value, name, "รหัสผ่าน")


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_pdf_without_pages_or_with_a_password_is_none_of_ours(password):
    content, lock = io.BytesIO(), pikepdf.Encryption(owner="owner", user=password)
    pikepdf.new().save(content, encryption=lock)
    assert read_mark(content.getvalue(), ".pdf") is None


BROKEN = {
    "files": ["a.pdf"],
    "scores": None,
    "words": "x",
    "name": None,
    "number": 2,
    "format": 99,
    "made_from": {"read": ["x"]},
    "changes": [{}],
    "day": "2568-02-31",
}
"""A value for each key that no record has which this program wrote into the folder of version 1."""


@pytest.mark.parametrize("key", BROKEN)
def test_one_record_that_cannot_be_used_is_named_and_spoils_no_other(small_workspace, key):
    good = Version(organisation="a", name="a", fiscal_year=2568, report="analysis", day=date.min)
    for number in (1, 2):
        told = json.loads(replace(good, number=number, files={f"{number}": "x"}).as_json())
        changed = {**told, key: BROKEN[key]} if number == 1 else told
        write(small_workspace, f"issued/2568/a/{number}/{NAME}", json.dumps(changed))
    assert [version.number for _, version in all_versions(small_workspace)] == [2]
    shutil.rmtree(small_workspace.issued / "2568/a/2")
    with pytest.raises(BadVersion, match=f"issued/2568/a/1/{NAME}"):
        newest(small_workspace, Path("2568/a"))
    write(small_workspace, f"issued/2568/a/1/{NAME}", "[" * 100_000)
    with pytest.raises(BadVersion):
        newest(small_workspace, Path("2568/a"))


def test_a_mark_that_leads_out_of_the_folder_is_none_of_ours(tmp_path):
    told = '{"organisation":"../../x","fiscal_year":2568,"digest":""}'.replace('"', "&quot;")
    page = f'<meta name="ITA-Origin" content="{told}">\n'.encode()
    assert verify(Workspace(tmp_path), tmp_path / "x.html", page).state == "foreign"


def test_all_that_stands_in_the_way_is_listed_at_once(small_workspace):
    write(small_workspace, f"params/{STEM}.yml", PARAMS)
    head = "organisation,level,announced,respondents_iit,respondents_eit1,respondents_eit2,source"
    row = "ban-rai,,2568-08-15,,,,ข้อมูลสมมติ"
    write(small_workspace, "data/results/2568.csv", f"{head}\n{row}\n")
    write(small_workspace, "data/offices/ban-rai.yml", "years:\n  2568:\n    date: 1/8/2568\n")
    run = ita(*ISSUE[:-1], "--date", "5/1/2569", root=small_workspace.root)
    assert run.exit_code == 1
    words = ("ยังเป็นร่าง", "เป็นหน่วยงานสมมติ", "มาก่อนวันประกาศผล", "ให้ใช้วันเดียวกัน")
    lines = run.output.splitlines()
    for each in words:
        assert [line for line in lines if line.startswith("- ") and each in line], run.output
    assert not small_workspace.issued.exists()
    run = ita(*ISSUE, "--date", "เมื่อวาน", root=small_workspace.root)
    assert "ไม่ใช่วันที่ที่ใช้ได้" in run.output


def test_a_follow_up_is_not_dated_before_the_day_it_speaks_of_nor_as_the_memo():
    place = Workspace(ROOT)
    file = place.params / "2568/made-up-example-follow-up.yml"
    given = read_candidate(place, file, allows_made_up=True)
    assert given.data.office.year(2568).signers
    assert (given.version.document, given.version.signers) == ("", ())
    (refusal,) = given.dated(date(2026, 1, 5)).refusals()
    assert "30 กันยายน 2569" in refusal
    assert not [*given.dated(date(2026, 10, 5)).refusals()]


def test_rules_that_are_assumed_are_refused(small_workspace):
    year = max(small_workspace.framework_years())
    write_scores(small_workspace, "1,81.50,,ข้อมูลสมมติ,", fiscal_year=year)
    file = write(small_workspace, "p.yml", f"organisation: ban-rai\nfiscal_year: {year}\n")
    candidate = read_candidate(small_workspace, file, allows_made_up=True)
    assert any(f"confirm-rules {year}" in each for each in candidate.refusals())


@pytest.fixture
def candidate(tmp_path, monkeypatch):
    """Return a report to be issued whose papers are made in no time."""
    workspace = shorten(office(tmp_path))

    def make(given, out, number, **_):
        for ending in PAPERS:
            write(Workspace(out), f"{STEM}{ending}", f"{number}{ending}")
        row = ReportRow(STEM.as_posix(), "", "done", read={}, losses=0)
        return Made(row, is_fresh=True)

    monkeypatch.setattr(issuing, "_make", make)
    return lambda: read_candidate(
        workspace, workspace.params / STEM.with_suffix(".yml"), allows_made_up=True
    )


def issue(given):
    return issuing.issue(given, is_trusted=True)


def everything(workspace):
    files = (each for each in workspace.issued.rglob("*") if each.is_file())
    return {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in files}


def test_nothing_is_issued_where_nothing_changed_and_no_version_is_touched(candidate):
    first = issue(candidate())
    workspace, before = candidate().workspace, everything(candidate().workspace)
    again = issue(candidate())
    assert (again.is_new, again.version.number) == (False, 1)
    assert again.version.files == first.version.files
    assert everything(workspace) == before
    asked = candidate().dated(date(2026, 1, 9))
    assert issue(asked).is_new
    scores(workspace, 90)
    third = issue(candidate())
    assert third.version.number == 3
    assert [e for e in third.version.changes if e.kind == "score" and e.name == "1"]
    assert {k: v for k, v in everything(workspace).items() if k in before} == before


def test_the_next_number_is_never_one_that_was_given(candidate):
    issue(candidate())
    workspace = candidate().workspace
    shelf = workspace.issued / STEM
    record = replace(read_version(shelf / "1" / NAME, ""), number=4)
    write(workspace, f"issued/{STEM}/4/{NAME}", record.as_json())
    scores(workspace, 90)
    assert issue(candidate()).version.number == 5
    for each in (shelf / "5").iterdir():
        each.chmod(0o644)
    (shelf / "5" / NAME).unlink()
    scores(workspace, 91)
    with pytest.raises(Exception, match=f"{STEM.as_posix()}/5"):
        issue(candidate())
    assert numbers_of(shelf) == [1, 4, 5]
    shutil.rmtree(shelf / "5")
    made = issue(candidate())
    assert (made.version.number, made.lost) == (6, (5,))


@needs_links
def test_the_number_of_a_link_that_leads_nowhere_was_given(candidate):
    issue(candidate())
    workspace = candidate().workspace
    (workspace.issued / STEM / "7").symlink_to("nowhere")
    scores(workspace, 90)
    made = issue(candidate())
    assert (made.version.number, made.lost[-1]) == (8, 7)


def test_a_full_disk_is_said_of_the_folder_of_versions(candidate, monkeypatch):
    def fail(*_, **__):
        raise DiskFull(file=f"{STEM}/{MAKING}x")

    monkeypatch.setattr(issuing, "_make", fail)
    with pytest.raises(DiskFull, match=f"issued/{STEM.as_posix()} ") as caught:
        issue(candidate())
    assert MAKING not in str(caught.value)


@pytest.mark.parametrize("step", ["_put", "sync_folder"])
def test_what_fails_on_the_way_leaves_nothing_half(candidate, monkeypatch, step):
    issue(candidate())
    workspace = candidate().workspace
    before = everything(workspace)
    scores(workspace, 90)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(issuing, step, full)
        with pytest.raises(Exception, match="เต็ม"):
            issue(candidate())
    assert everything(workspace) == before


def test_a_folder_that_cannot_be_written_is_one_clear_error(candidate):
    workspace = candidate().workspace
    write(workspace, "issued", b"a file where the folder should be")
    with pytest.raises(Exception, match="issued") as caught:
        issue(candidate())
    assert "\n" not in str(caught.value)
    assert (workspace.root / "issued").is_file()


def test_what_an_ended_program_left_is_removed_by_the_next(candidate):
    shelf = candidate().workspace.issued / STEM
    write(candidate().workspace, f"issued/{STEM}/{MAKING}abc/version/x.pdf", "half")
    issue(candidate())
    assert {each.name for each in shelf.iterdir()} == {"1", GIVEN}


def test_only_the_module_that_issues_knows_the_folder_and_nothing_in_it_is_replaced():
    knows = re.compile(r"workspace\.issued\b")
    removes = re.compile(r"\.unlink\(|rmtree\(|\.replace\(place|write_whole|write_text|write_bytes")
    found = {
        file.relative_to(ROOT / "ita_helpers").as_posix()
        for file in (ROOT / "ita_helpers").rglob("*.py")
        if knows.search(file.read_text("utf-8"))
    }
    assert found == {"issued/versions.py", "issued/verifying.py", "rendering/issuing.py"}
    for file in (ROOT / "ita_helpers/issued").glob("*.py"):
        assert not removes.search(file.read_text("utf-8")), file


def version(**facts):
    usual = {"organisation": "ban-rai", "name": "", "fiscal_year": 2568, "report": "analysis"}
    return Version(**usual, day=date(2026, 1, 5), **facts)


def test_measures_are_compared_by_name_and_column_and_each_change_is_said():
    old = [{"measure": "ก", "owners": "สำนักปลัด"}, {"measure": "ข"}, {"measure": "ข", "steps": "1"}]
    new = [{"measure": "ก ", "owners": "กองคลัง"}, {"measure": "ข"}, {"measure": "ค"}]
    found = compare(version(measures=old), version(measures=new, document="1/2"))
    assert [*map(line_of, found)] == [
        "มาตรการ “ก ” ผู้รับผิดชอบ: เดิม “สำนักปลัด” ใหม่ “กองคลัง”",
        "ตัดมาตรการ “ข”",
        "เพิ่มมาตรการ “ค”",
        "เลขที่หนังสือ: เดิมไม่มี ใหม่ 1/2",
    ]


@pytest.mark.parametrize("kind", "level score document signers program other".split())
def test_every_kind_of_change_has_its_sentence(kind):
    said = {line_of(Change(kind, "1", old=old, new=new)) for old, new in (("ก", "ข"), ("", "ข"))}
    assert all(re.search("[ก-๛]", each) for each in said)


def test_of_a_long_text_only_the_place_that_changed_is_said():
    old = f"{'ต้น' * 40} ได้ 81.50 คะแนน {'ท้าย' * 40}"
    said = line_of(Change("words", "01", old=old, new=old.replace("81.50", "99.25")))
    assert "81.50" in said
    assert "99.25" in said
    assert len(said) < 3 * MOST


def test_names_of_papers_fit_every_system(candidate):
    given = candidate()
    workspace = given.workspace
    name = "องค์การบริหารส่วนตำบล" + "ย" * 100
    rows = f"ban-rai,{name},{name},อบต,,,\n"
    write(workspace, "data/organisations.csv", ORGANISATIONS.splitlines()[0] + "\n" + rows)
    told = version(document='มท 0023.4/ว 12:"ด่วน"' * 3, number=12)
    names = names_of(HandingOut(workspace, workspace.root), STEM, told)
    assert names.keys() >= {".pdf", ".memo.docx"}
    for each in names.values():
        assert len(each.encode()) <= issuing.LONGEST
        assert not set(each) & set('\\/:*?"<>|')
        assert "2569-01-05 ฉบับที่ 12" in each
