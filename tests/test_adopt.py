"""``ita adopt``: a real Word file, corrected by hand and by LibreOffice, back in the notebook."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import docx
import pytest
from conftest import ROOT, ita, made_once
from correcting import (
    add_below,
    opened,
    paragraphs_of,
    remove,
    saved,
    tracked,
    without_marks,
    write,
)
from docx.shared import Cm
from PIL import Image
from pressing import as_uploaded, press, said
from reading import word_text

from ita_helpers.corrections.finding import Told
from ita_helpers.documents.corrected_file import read_corrected
from ita_helpers.documents.corrected_lines import Hand, Remark
from ita_helpers.edited.cells import slot_of
from ita_helpers.errors import ChangedMeanwhile
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab import steps
from ita_helpers.lab.start_page import StartPage
from ita_helpers.rendering.adopting import open_adoption
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.rendering.standing import standing_reader
from ita_helpers.rendering.taking import take
from ita_helpers.rendering.telling_corrections import _told
from ita_helpers.store.params import load_parameters

pytestmark = pytest.mark.processes
OFFICE = "params/2568/bang-khae.yml"


def copy_of_project(target):
    for name in ("data", "params", "notebooks"):
        shutil.copytree(
            ROOT / name, target / name, ignore=shutil.ignore_patterns("edited", ".ipynb*")
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a workspace whose report and notebook were made once."""

    def make(folder):
        copy_of_project(folder)
        run = ita("render", folder / OFFICE, "--to", "docx", root=folder)
        assert run.exit_code == 0, run.output
        run = ita("edit", folder / OFFICE, "--no-lab", root=folder)
        assert run.exit_code == 0, run.output

    return made_once(tmp_path_factory, "adopting", make)


@pytest.fixture
def workspace(made, tmp_path):
    shutil.copytree(made, tmp_path / "ws")
    return Workspace(tmp_path / "ws")


def word_of(workspace):
    return (workspace.rendered / "2568/bang-khae.docx").read_bytes()


def notebook_of(workspace):
    path = workspace.root / "notebooks/edited/2568/bang-khae.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))


def text_of(notebook, slot):
    return "\n".join("".join(c["source"]) for c in notebook["cells"] if slot_of(c) == slot)


def reviews_of(workspace):
    """Return who is noted to have reviewed which slot."""
    parameters = load_parameters(workspace.root / OFFICE, workspace)
    joined = OwnNotebook(workspace, parameters, load(workspace, parameters)).joined
    assert not joined.lapsed
    return {slot: joined.reviews[slot].by for slot in joined.slots("reviewed")}


def adopt(workspace, content, *options, name="แก้แล้ว.docx"):
    file = workspace.root / name
    file.write_bytes(content)
    return ita("adopt", file, *options, root=workspace.root)


def corrected(content):
    """Return a Word file with ten kinds of correction."""
    document = opened(content)
    first = paragraphs_of(document, "summary")[0]
    first.runs[0].text = first.runs[0].text.replace("คะแนน", "ผลคะแนน", 1)
    paragraphs_of(document, "iit")[0].add_run(" ทั้งนี้ ได้ชี้แจงบุคลากรแล้ว")
    background = paragraphs_of(document, "background")
    background[0]._p.addprevious(background[-1]._p)
    for each in paragraphs_of(document, "lowest"):
        remove(each)
    closing = paragraphs_of(document, "closing")[0]
    tracked("ins", closing.add_run(" และเร่งรัดให้แล้วเสร็จ"), "รองปลัด")
    tracked("del", closing.runs[0], "นายก")
    document.add_comment(
        paragraphs_of(document, "eit")[0].runs, text="ขอให้เพิ่มแนวทาง", author="หัวหน้า"
    )
    write(paragraphs_of(document, "oit")[0], "OIT ได้ 99.99 คะแนน สูงกว่าค่าเป้าหมาย")
    headings = [each for each in document.paragraphs if each.style.name.startswith("Heading")]
    headings[2].runs[-1].text += " (แก้ไข)"
    document.tables[1].rows[1].cells[-1].paragraphs[0].runs[0].text = "55.55"
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    pasted = add_below(paragraphs_of(document, "principles")[-1], "ภาพกิจกรรม ")
    pasted.add_run().add_picture(picture, width=Cm(3))
    add_below(headings[4], "ข้อความใหม่ใต้หัวข้อ").style = document.styles["Body Text"]
    return saved(document)


def test_ten_kinds_of_correction_come_back_or_are_told_and_are_printed_again(workspace):
    before = notebook_of(workspace)
    run = adopt(workspace, corrected(word_of(workspace)), "--all")
    assert run.exit_code == 0, run.output
    for told in ("99.99", "data/scores/2568.csv", "55.55", "(แก้ไข)", "รองปลัด", "หัวหน้า"):
        assert told in run.output
    notebook = notebook_of(workspace)
    assert "ผลคะแนน" in text_of(notebook, "summary")
    assert "ได้ชี้แจงบุคลากรแล้ว" in text_of(notebook, "iit")
    assert not text_of(notebook, "lowest")
    assert "เร่งรัดให้แล้วเสร็จ" in text_of(notebook, "closing")
    assert reviews_of(workspace) == {"closing": "นายก, รองปลัด"}
    assert text_of(notebook, "oit") == text_of(before, "oit")
    assert "attachment:" in text_of(notebook, "principles")
    kept = workspace.root / "notebooks/edited/2568/backups/bang-khae-1.ipynb"
    assert json.loads(kept.read_text(encoding="utf-8"))["cells"] == before["cells"]
    hidden = [c for c in notebook["cells"] if c["id"].startswith("word-")]
    assert sum("remove-cell" in c["metadata"].get("tags", []) for c in hidden) == 2

    again = adopt(workspace, corrected(word_of(workspace)), "--all")
    assert "มีข้อแก้ไขเหล่านี้ครบแล้ว" in again.output, again.output[-900:]
    assert notebook_of(workspace) == notebook

    run = ita("render", workspace.root / OFFICE, "--to", "docx", root=workspace.root)
    assert run.exit_code == 0, run.output
    printed = word_text(opened(word_of(workspace)).element.body)
    for words in ("ผลคะแนน", "ได้ชี้แจงบุคลากรแล้ว", "เร่งรัดให้แล้วเสร็จ", "ข้อความใหม่ใต้หัวข้อ", "ภาพกิจกรรม"):
        assert words in printed
    for words in ("99.99", "55.55", "ขอให้เพิ่มแนวทาง"):
        assert words not in printed
    nothing = ita("adopt", workspace.rendered / "2568/bang-khae.docx", root=workspace.root)
    assert "ไม่มีข้อความใดต่าง" in nothing.output


def test_nothing_is_taken_before_somebody_says_so_and_one_slot_alone_can_be(workspace):
    before = notebook_of(workspace)
    content = corrected(word_of(workspace))
    page = workspace.root / "ข้อแก้ไข.html"
    run = adopt(workspace, content, "--out", page)
    assert run.exit_code == 0, run.output
    assert "--all" in run.output
    assert notebook_of(workspace) == before
    assert "<ins>" in page.read_text(encoding="utf-8")
    adopt(workspace, content, "--slot", "เครื่องมือ IIT")
    assert "ได้ชี้แจงบุคลากรแล้ว" in text_of(notebook_of(workspace), "iit")
    assert text_of(notebook_of(workspace), "summary") == text_of(before, "summary")


@pytest.mark.libreoffice
def test_what_libreoffice_saved_comes_back_the_same(workspace, convert, tmp_path):
    source = tmp_path / "แก้.docx"
    source.write_bytes(corrected(word_of(workspace)))
    contents = [source.read_bytes(), convert("docx", source)[0].read_bytes()]
    contents.append(convert("docx", *convert("odt", source))[0].read_bytes())
    told = [adopt(workspace, content).output for content in contents]
    assert told[1] == told[0]
    assert told[2] == told[0]


def test_a_file_without_any_mark_is_compared_with_the_last_that_was_made(workspace):
    document = opened(corrected(word_of(workspace)))
    without_marks(document)
    for name, relation in list(document.part.rels.items()):
        if "customXml" in relation.reltype:
            del document.part.rels[name]
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("custom-properties"):
            del document.part.package.rels[name]
    content = saved(document)
    run = adopt(workspace, content)
    assert_is_refused(run, "--organisation")
    run = adopt(workspace, content, "--organisation", "bang-khae", "--year", 2568, "--all")
    assert run.exit_code == 0, run.output
    assert "ได้ชี้แจงบุคลากรแล้ว" in text_of(notebook_of(workspace), "iit")
    (workspace.rendered / "2568/bang-khae.docx").unlink()
    run = adopt(workspace, content, "--organisation", "bang-khae", "--year", 2568)
    assert_is_refused(run, "rendered")


def with_origin(content, old, new):
    """Return a Word file that says something else of itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w") as changed:
        for name in parts.namelist():
            part = parts.read(name)
            changed.writestr(name, part.replace(old, new) if "customXml/item" in name else part)
    return made.getvalue()


def assert_is_refused(run, *facts):
    assert run.exit_code == 1
    assert all(str(each) in run.output for each in facts), run.output
    assert "Traceback" not in run.output


def test_a_file_of_another_office_or_of_none_is_refused(workspace):
    content = word_of(workspace)
    run = adopt(workspace, content, "--organisation", "chai-so", "--year", 2568)
    assert_is_refused(run, "bang-khae/2568")
    bare = docx.Document()
    bare.add_paragraph("จดหมาย")
    assert_is_refused(adopt(workspace, saved(bare)), "ita edit")
    ours = ("--organisation", "bang-khae", "--year", 2568)
    assert_is_refused(adopt(workspace, saved(bare), *ours), "bang-khae/2568")
    said = {
        b'"version":1': (b'"version":9', "ปรับรุ่น"),
        b'"bang-khae"': (b'"../x"', "--organisation"),
    }
    for old, (new, told) in said.items():
        assert_is_refused(adopt(workspace, with_origin(content, old, new)), told)
    assert_is_refused(adopt(workspace, b"text", name="a.docx"))
    assert_is_refused(adopt(workspace, b"text", name="a.odt"), ".docx")
    assert_is_refused(adopt(workspace, b"x", name="~$แก้.docx"), "แก้.docx")


def test_numbers_of_the_data_are_marked_in_word(workspace):
    document = opened(word_of(workspace))
    runs = [run for each in paragraphs_of(document, "iit") for run in each.runs]
    marked = [run.text for run in runs if run.style is not None and run.style.name == "ITA Number"]
    assert marked
    assert all(any(letter.isdigit() for letter in each) for each in marked)
    read = read_corrected(workspace.rendered / "2568/bang-khae.docx", "x")
    assert read.origin.organisation == "bang-khae"


def test_corrections_are_shown_and_taken_on_the_start_page_by_a_button(workspace, monkeypatch):
    monkeypatch.setattr(steps, "IMPATIENCE", 0)
    page = StartPage(workspace)
    page.office.year.value, page.office.list.value = 2568, "bang-khae"
    file = workspace.root / "แก้.docx"
    file.write_bytes(corrected(word_of(workspace)))
    page.word.upload.value = (as_uploaded(file),)
    assert "ได้ชี้แจงบุคลากรแล้ว" in said(page.word)
    boxes = {box.description: box for box in page.word.choices.children}
    boxes["บทสรุปสำหรับผู้บริหาร"].value = False
    press(page.word, "save")
    assert "ได้ชี้แจงบุคลากรแล้ว" in text_of(notebook_of(workspace), "iit")
    assert "ผลคะแนน" not in text_of(notebook_of(workspace), "summary")
    assert page.word.save.disabled


def test_a_file_in_which_nothing_or_only_a_heading_was_corrected_offers_nothing_to_take(workspace):
    page = StartPage(workspace)
    page.office.year.value, page.office.list.value = 2568, "bang-khae"
    file = workspace.root / "แก้.docx"
    document = opened(word_of(workspace))
    for told in ("ไม่มีข้อความใดต่าง", "ไม่มีข้อความที่รับเข้าสมุดงานได้"):
        file.write_bytes(saved(document))
        page.word.upload.value = (as_uploaded(file),)
        assert told in said(page.word)
        assert page.word.save.disabled
        headings = [each for each in document.paragraphs if each.style.name.startswith("Heading")]
        headings[2].runs[-1].text += " (แก้ไข)"


def test_words_saved_while_corrections_are_shown_are_not_written_over(workspace):
    file = workspace.root / "แก้.docx"
    file.write_bytes(corrected(word_of(workspace)))
    params = workspace.root / OFFICE
    adoption = open_adoption(workspace, params, read_corrected(file, "แก้.docx"))
    chosen = [each.area for each in adoption.proposed]
    saved_meanwhile = notebook_of(workspace)
    saved_meanwhile["cells"][0]["source"] = "บันทึกระหว่างนั้น"
    adoption.own.path.write_text(json.dumps(saved_meanwhile), encoding="utf-8")
    with pytest.raises(ChangedMeanwhile):
        take(adoption, chosen)
    assert notebook_of(workspace) == saved_meanwhile


def sent_back(content, words, author):
    """Return a Word file in which somebody went on with the words of a slot, and of one alone."""
    document = opened(content)
    tracked("ins", paragraphs_of(document, "iit")[0].add_run(words), author)
    paragraphs_of(document, "eit")[-1].add_run(f" {author}")
    return saved(document)


def test_copies_that_several_people_corrected_are_all_kept_and_wait_until_they_are_taken(workspace):
    content = word_of(workspace)
    files = {}
    for number, author in enumerate(("รองปลัด", "ปลัด"), start=1):
        files[author] = workspace.rendered / f"2568/bang-khae.edited-{number}.docx"
        files[author].write_bytes(sent_back(content, f" {author}เห็นว่าครบ", author))
    tell = standing_reader(workspace, with_slots=False)

    def lacking():
        return {each.kind: each.facts for each in tell(workspace.root / OFFICE).lacks}

    run = ita("adopt", files["รองปลัด"], "--all", root=workspace.root)
    assert lacking()["word"]["files"] == ["rendered/2568/bang-khae.edited-2.docx"]
    run = ita("adopt", files["ปลัด"], "--all", root=workspace.root)
    assert "ถูกแก้หลังจากจัดทำแฟ้ม Word" in run.output
    assert "word" not in lacking()
    assert lacking()["notes"] == {"count": 2}
    assert "รองปลัดเห็นว่าครบ" in text_of(notebook_of(workspace), "iit")
    notes = "".join(str(c["source"]) for c in notebook_of(workspace)["cells"] if "word-" in c["id"])
    assert " ปลัดเห็นว่าครบ" in notes
    run = ita("adopt", files["ปลัด"], "--slot", "07", root=workspace.root)
    assert run.exit_code == 2
    assert "เครื่องมือ IIT" in run.output


def test_the_memo_comes_back_too_and_a_follow_up_is_nobodys_notebook(workspace):
    params = workspace.root / OFFICE
    params.write_text(params.read_text(encoding="utf-8") + "\npreset: memo-and-tracking\n", "utf-8")
    run = ita("render", params, "--to", "docx", root=workspace.root)
    assert run.exit_code == 0, run.output
    document = opened((workspace.rendered / "2568/bang-khae.memo.docx").read_bytes())
    paragraphs_of(document, "memo-proposals")[-1].add_run(" ภายในเดือนนี้")
    run = adopt(workspace, saved(document), "--all")
    assert run.exit_code == 0, run.output
    assert "ภายในเดือนนี้" in text_of(notebook_of(workspace), "memo-proposals")

    run = ita(
        "render", "params/2568/made-up-example-follow-up.yml", "--to", "docx", root=workspace.root
    )
    assert run.exit_code == 0, run.output
    (made,) = workspace.rendered.glob("2568/made-up-example*.docx")
    assert_is_refused(ita("adopt", made, root=workspace.root), "ติดตาม")


def test_of_a_long_line_that_is_not_taken_the_place_that_changed_is_shown():
    old = "คำที่ไม่เปลี่ยน" * 30
    (line,) = _told(None, Told("text", old, f"{old} คำใหม่"))
    assert "คำใหม่" in line
    assert len(line) < len(old)
    remark = Remark(Hand("ผู้ตรวจ"), "ดูด้วย")
    (line,) = _told(None, Told("text", old, old, remarks=(remark,)))
    assert old in line
