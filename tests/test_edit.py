"""An office's own notebook: made once, edited by anybody, and never overwritten."""

from __future__ import annotations

import copy
import json
import shutil

import nbformat
import pytest
from conftest import ROOT, ita, write
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import squeeze, xml_of

from ita_helpers.paths import Workspace
from ita_helpers.run.edited import HINT, join, make_copy, slot_of

TEMPLATE = json.loads((ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))
for each in TEMPLATE["cells"]:
    each["source"] = "".join(each["source"])
SLOTS = [slot_of(cell) for cell in TEMPLATE["cells"] if slot_of(cell)]
DRAFTS = {slot: f"ร่างของ {slot} ได้ 9{n}.25 คะแนน" for n, slot in enumerate(SLOTS)}
NOTE = "โปรดทบทวน"


def fresh():
    return make_copy(TEMPLATE, DRAFTS, lambda slot: f"คำแนะนำ {slot}")


def joined(edited, drafts=DRAFTS, template=TEMPLATE):
    return join(template, edited, drafts, NOTE)


def slot_cells(notebook, slot):
    return [cell for cell in notebook["cells"] if slot_of(cell) == slot]


def place_of(notebook, identity):
    return next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == identity)


def own(text, identity="own"):
    return {"cell_type": "markdown", "id": identity, "metadata": {}, "source": text}


def sources(notebook):
    return [cell["source"] for cell in notebook["cells"]]


def test_a_copy_nobody_touched_is_the_template():
    result = joined(fresh())
    assert sources(result.notebook) == sources(TEMPLATE)
    assert (result.edited, result.stale, result.vanished) == ((), (), ())


def test_an_untouched_draft_follows_the_data_and_an_edited_one_stays_with_a_mark():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = "คำของเรา"
    result = joined(edited, {**DRAFTS, "06": "ร่างใหม่", "07": "ร่างใหม่"})
    assert result.edited == result.stale == ("06",)
    at = sources(result.notebook).index("คำของเรา")
    assert result.notebook["cells"][at + 1]["source"] == NOTE
    assert slot_cells(result.notebook, "07")[0]["cell_type"] == "code"


def test_a_slot_in_several_cells_is_one_slot_in_their_order():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    second = copy.deepcopy(cell)
    cell["source"], second["source"] = "ท่อนหนึ่ง", "ท่อนสอง"
    edited["cells"].insert(place_of(edited, cell["id"]) + 1, second)
    result = joined(edited)
    assert [c["source"] for c in slot_cells(result.notebook, "06")] == ["ท่อนหนึ่ง", "ท่อนสอง"]
    assert len({c["id"] for c in result.notebook["cells"]}) == len(result.notebook["cells"])


def test_a_slot_merged_into_its_neighbour_is_kept_and_not_drafted_again():
    edited = fresh()
    at = place_of(edited, "narrative-06")
    (cell,) = slot_cells(edited, "06")
    edited["cells"][at] = own(cell["source"] + "\n\nคำของเรา", "narrative-06")
    result = joined(edited)
    assert result.vanished == ("06",)
    assert any("คำของเรา" in source for source in sources(result.notebook))
    assert not slot_cells(result.notebook, "06")


def test_own_cells_stand_behind_the_same_neighbour_in_a_newer_template():
    edited = fresh()
    edited["cells"].insert(place_of(edited, "radar") + 1, own("หลังใยแมงมุม"))
    newer = copy.deepcopy(TEMPLATE)
    newer["cells"].insert(5, own("เซลล์ใหม่ของแม่แบบ", "brand-new"))
    result = joined(edited, template=newer)
    texts = sources(result.notebook)
    assert texts[texts.index("หลังใยแมงมุม") - 1] == "report.radar()"
    assert "เซลล์ใหม่ของแม่แบบ" in texts


def test_edited_words_of_a_slot_that_is_gone_go_to_the_end():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = "คำของเรา"
    older = copy.deepcopy(TEMPLATE)
    older["cells"] = [cell for cell in older["cells"] if slot_of(cell) != "06"]
    assert sources(joined(edited, template=older).notebook)[-1] == "คำของเรา"


def test_a_changed_heading_or_hint_is_kept():
    edited = fresh()
    edited["cells"][place_of(edited, "h-results")]["source"] = "## ผลของเรา"
    edited["cells"][place_of(edited, "hint-narrative-06")]["source"] = "เขียนไว้ผิดที่"
    texts = sources(joined(edited).notebook)
    assert "## ผลของเรา" in texts
    assert "เขียนไว้ผิดที่" in texts


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "write", "move", "split", "merge", "copy", "untag", "delete"]),
        st.integers(0, 200),
        st.integers(0, 200),
    ),
    max_size=12,
)


def act(cells, action, one, other, number):
    """Do to a list of cells what people do in JupyterLab; words are ``คำที่N``."""
    at = one % len(cells)
    cell, word = cells[at], f"คำที่{number} ได้ 12.3{number}"
    if action == "insert":
        cells.insert(at, own(word, f"own-{number}"))
    elif cell["cell_type"] != "markdown":
        return
    elif action == "write":
        cell["source"] += f"\n\n{word}"
    elif action == "move":
        cells.insert(other % len(cells), cells.pop(at))
    elif action == "split":
        second = copy.deepcopy(cell)
        half = len(cell["source"]) // 2
        cut = cell["source"].find("\n\n", half)
        if cut > 0:
            cell["source"], second["source"] = cell["source"][:cut], cell["source"][cut:]
            cells.insert(at + 1, {**second, "id": f"split-{number}"})
    elif action == "merge" and at + 1 < len(cells):
        below = cells[at + 1]
        if below["cell_type"] == "markdown":
            below["source"] = f"{cell['source']}\n\n{below['source']}"
            del cells[at]
    elif action == "copy":
        cells.insert(at + 1, {**copy.deepcopy(cell), "id": f"copy-{number}"})
    elif action == "untag":
        cell["metadata"].pop("tags", None)
    elif action == "delete" and "คำที่" not in cell["source"]:
        del cells[at]


@settings(max_examples=150)
@given(ACTIONS, st.sets(st.sampled_from(SLOTS)))
def test_no_word_of_an_analyst_is_ever_lost(actions, changed):
    edited = fresh()
    for number, (action, one, other) in enumerate(actions):
        act(edited["cells"], action, one, other, number % 10)
    before = copy.deepcopy(edited)
    drafts = {slot: text + (" ใหม่" if slot in changed else "") for slot, text in DRAFTS.items()}
    result = joined(edited, drafts)
    nbformat.validate(nbformat.from_dict(result.notebook))
    text = "\n".join(sources(result.notebook))
    for cell in edited["cells"]:
        for line in cell["source"].split("\n\n"):
            assert "คำที่" not in line or line in text
    assert edited == before
    assert joined(edited, drafts) == result


@pytest.fixture
def office(tmp_path):
    """Give a workspace with the copy of one report, made by the command."""
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    workspace = Workspace(tmp_path)
    parameters = workspace.params / "2568/bang-khae.yml"
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 0, run.output
    return workspace, parameters, tmp_path / "notebooks/edited/2568/bang-khae.ipynb"


def test_edited_words_own_cells_and_new_numbers_stand_in_every_format(office):
    workspace, parameters, path = office
    notebook = nbformat.read(path, as_version=4)
    at = next(i for i, c in enumerate(notebook.cells) if c.id == "narrative-07")
    assert "ข้อเสนอทั่วไป" in notebook.cells[at].source or "แนวทาง" in notebook.cells[at].source
    notebook.cells[at].source = "หน่วยงานปรับหน้าแรกของเว็บไซต์แล้ว"
    chart = "import matplotlib.pyplot as plt\nplt.bar(['a'], [1])\nplt.show()"
    notebook.cells[at + 1 : at + 1] = [
        nbformat.v4.new_markdown_cell("ย่อหน้าของเรา"),
        nbformat.v4.new_code_cell(chart),
    ]
    nbformat.write(notebook, path)
    before = path.read_bytes()
    scores = workspace.root / "data/scores/2568.csv"
    text = scores.read_text(encoding="utf-8-sig").replace("bang-khae,7,90.23", "bang-khae,7,91.11")
    assert "91.11" in text
    write(workspace, "data/scores/2568.csv", text)
    run = ita("render", parameters, "--to", "html,pdf,docx", root=workspace.root)
    assert run.exit_code == 0, run.output
    made = workspace.rendered / "2568/bang-khae.html"
    page = squeeze(made.read_text(encoding="utf-8"))
    word = xml_of(made.with_suffix(".docx").read_bytes())
    for shown in ("หน่วยงานปรับหน้าแรกของเว็บไซต์แล้ว", "ย่อหน้าของเรา", "๙๑.๑๑"):
        assert shown in page
        assert shown in word
    assert page.index("หน่วยงานปรับหน้าแรก") < page.index("ย่อหน้าของเรา") < page.index("data:image/png")
    assert "โปรดทบทวน" in page
    assert "ควรปรับช่องทางเผยแพร่ข้อมูล" not in page
    assert path.read_bytes() == before
    assert ita("check", parameters, root=workspace.root).exit_code == 0


def test_a_copy_is_made_once_and_a_damaged_one_is_named(office):
    workspace, parameters, path = office
    before = path.read_bytes()
    assert ita("edit", parameters, "--no-lab", root=workspace.root).exit_code == 0
    assert path.read_bytes() == before
    notebook = json.loads(before)
    hints = [c for c in notebook["cells"] if HINT in c["metadata"].get("tags", [])]
    slots = [c for c in notebook["cells"] if slot_of(c) and c["cell_type"] == "markdown"]
    assert len(hints) == len(slots) > 10
    path.write_text("{", encoding="utf-8")
    run = ita("render", parameters, "--to", "html", root=workspace.root)
    assert run.exit_code == 1
    assert "notebooks/edited/2568/bang-khae.ipynb" in run.output
    assert path.read_text(encoding="utf-8") == "{"


def test_the_copy_of_another_office_is_refused(office):
    workspace, _, path = office
    shutil.copy(path, path.with_name("chai-so.ipynb"))
    run = ita("render", workspace.params / "2568/chai-so.yml", root=workspace.root)
    assert run.exit_code == 1
    assert "bang-khae/2568" in run.output


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>คำ", '<img src=x onerror="a()">คำ', "[คำ](javascript:a())"]
)
def test_hostile_words_are_harmless(words):
    from ita_helpers.publish.html_writer import write_html
    from ita_helpers.publish.notebook_reader import read_notebook

    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = words
    page = write_html(read_notebook(joined(edited).notebook, name="x"))
    assert "<script" not in page
    assert "onerror" not in page
    assert "javascript:" not in page
    assert "คำ" in page
