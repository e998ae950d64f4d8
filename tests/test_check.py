"""Words that contradict the data are found, and words that do not are left in peace."""

from __future__ import annotations

import json
import re
import shutil
import time

import nbformat
import pytest
from conftest import ROOT, SAMPLES, assert_helps_the_reader, ita, write
from hypothesis import example, given
from hypothesis import strategies as st

from ita_helpers.checks import notebook as notebook_check
from ita_helpers.checks import plan, words
from ita_helpers.checks.notebook import check_notebook
from ita_helpers.checks.words import check_replaced, check_words, collect_facts
from ita_helpers.edited.reading import read_notebook_file
from ita_helpers.errors import UnreadableNotebook
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.problem import Problem
from ita_helpers.rendering import orders, reporting
from ita_helpers.rendering.one import Maker
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.store.loading import load_data
from ita_helpers.store.organisations import read_office_names
from ita_helpers.words.slots import draft, slots_of

OFFICES = read_office_names(Workspace(ROOT))
LETTERS = "กา12๑"
"""Few, so that names begin, end and repeat within each other."""


def load(organisation, year):
    return load_data(Workspace(ROOT), organisation, year, "arabic")


def found(organisation, year, slot, text):
    facts = collect_facts(load(organisation, year), slot, OFFICES)
    return [(each.kind, each.found) for each in check_words(text, facts)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample[1]}-{sample[0]}")
def test_a_draft_contradicts_nothing(sample):
    data = load(*sample)
    anywhere = collect_facts(data, "", OFFICES)
    for slot in slots_of(data):
        text = " ".join(sentence for sentence in draft(data, slot) if sentence)
        for facts in (collect_facts(data, slot, OFFICES), anywhere):
            assert check_words(text, facts) == [], (slot, text)


@pytest.mark.parametrize(
    ("organisation", "year", "slot", "text", "expected"),
    [
        ("bang-khae", 2568, "01", "ได้ 97.64 คะแนน", [("number", "97.64")]),
        ("bang-khae", 2568, "01", "ได้ ๙๗.๖๔ คะแนน", [("number", "97.64")]),
        ("bang-khae", 2568, "01", "ได้ 98.8 คะแนน", []),
        ("nong-saeng", 2565, "", "คะแนน EIT 90.09 คะแนน", [("number", "90.09")]),
        ("pa-tueng", 2562, "summary", "ได้ 95.89 คะแนน", [("number", "95.89")]),
        ("bang-khae", 2568, "01", "ได้ 97 คะแนน", [("number", "97")]),
        ("bang-khae", 2568, "09", "ได้ 90.23 คะแนน", [("number", "90.23")]),
        ("bang-khae", 2568, "", "ตัวชี้วัดที่ 7 ได้ 90.23 คะแนน", []),
        ("bang-khae", 2568, "09", "ค่าเป้าหมาย 85 คะแนน", []),
        (
            "bang-khae",
            2568,
            "09",
            "ได้ 87.50 [ปี ๒๕๖๗] คะแนน [หน่วยงานระบุ] และ [ก]",
            [("blank", "[ปี 2567]"), ("blank", "[หน่วยงานระบุ]")],
        ),
        ("bang-khae", 2568, "09", "จัดอบรม 2 ครั้ง ผู้เข้าร่วม 120 คน ตามข้อ 9.1 วันที่ 1.2", []),
        ("bang-khae", 2568, "09", "ตาม https://example.org/1.25 และ O10", []),
        (
            "bang-krabue",
            2568,
            "06",
            "การให้บริการของเทศบาลตำบลแหลมใหญ่ เป็นไปด้วยดี",
            [("organisation", "เทศบาลตำบลแหลมใหญ่")],
        ),
        ("bang-krabue", 2568, "06", "ปลัดเทศบาลตำบลบางกระบือ และ ทต.บางกระบือ", []),
        ("bang-krabue", 2568, "06", "เทศบาลตำบลควรปรับปรุง และเทศบาลตำบล ได้", []),
        (
            "bang-krabue",
            2568,
            "06",
            "เช่นเดียวกับอบต.บางแค",
            [("organisation", "อบต.บางแค")],
        ),
        (
            "bang-khae",
            2568,
            "summary",
            "ประจำปีงบประมาณ พ.ศ. ๒๕๖๔",
            [("year", "ปีงบประมาณ พ.ศ. 2564")],
        ),
        ("bang-khae", 2568, "summary", "ปีงบประมาณ พ.ศ. 2568 และปีงบประมาณ พ.ศ. 2569", []),
        ("bang-khae", 2568, "summary", "พระราชบัญญัติ พ.ศ. 2540", []),
        ("bang-khae", 2568, "summary", "อยู่ในระดับ “ต้องปรับปรุง”", [("level", "ระดับ “ต้องปรับปรุง”")]),
        ("bang-khae", 2568, "summary", "อยู่ในระดับผ่านดี", []),
        (
            "bang-khae",
            2568,
            "closing",
            "ตัวชี้วัดที่ ๓ การเปิดเผยข้อมูล",
            [("indicator", "ตัวชี้วัดที่ 3 การเปิดเผยข้อมูล")],
        ),
        ("bang-khae", 2568, "closing", "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน", []),
        ("bang-khae", 2568, "closing", "ตัวชี้วัดที่ 3 การใช้อำนาจ และ 4", []),
    ],
)
def test_what_contradicts_the_data_is_found(organisation, year, slot, text, expected):
    assert found(organisation, year, slot, text) == expected


def test_a_figure_that_replaces_another_alone_is_told_even_if_the_report_has_it():
    data = load("bang-khae", 2568)
    sentences = draft(data, "10")
    old = " ".join(sentences)
    (other,) = {"90.23"} - {*re.findall(r"[\d.]+", to_arabic(old))}
    written = to_arabic(old).replace("90.00", other, 1)
    facts = collect_facts(data, "", OFFICES)
    assert [each for each in check_words(written, facts) if each.kind == "number"] == []
    (problem,) = check_replaced(old, written, sentences)
    assert (problem.found, "90.00" in problem.text) == (other, True)
    assert not [*check_replaced(old, f"เดิม {to_arabic(old)} คงเดิม 90.23", sentences)]
    reworded = to_arabic(old).replace("ได้ 90.00", "ซึ่งต่างจาก 90.23", 1)
    assert not [*check_replaced(old, reworded, sentences)]
    assert not [*check_replaced(old.replace("๙๐.๐๐", "80.00"), old, sentences)]


def test_a_finding_names_what_the_data_have():
    facts = collect_facts(load("bang-khae", 2568), "01", OFFICES)
    (finding,) = check_words("ผลการประเมินได้ 94.88 คะแนน", facts)
    for fact in ("94.88", "98.81", "ผลการประเมินได้"):
        assert fact in finding.text


def found_slowly(names, text, but):
    """Return what a search for one name after another finds."""
    others = dict.fromkeys(name for name in names if name not in but)
    found = [
        (place.start(), to_arabic(name))
        for name in others
        for place in re.finditer(re.escape(to_arabic(name)), text)
    ]
    return list(dict.fromkeys(found))


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=9), max_size=12),
    st.text(LETTERS, max_size=60).map(to_arabic),
    st.integers(0, 3),
)
@example(["กก"], "กกก", 0)
@example(["กา1", "กา๑"], "กา1", 1)
@example(["กากากากา", "กา"], "กากากากากา", 0)
def test_all_names_at_once_are_found_as_one_after_another(names, text, own):
    but = names[:own]
    assert OfficeNames(names).find(text, but) == found_slowly(names, text, but)


def test_a_country_of_offices_costs_a_paragraph_next_to_nothing():
    names = [f"องค์การบริหารส่วนตำบลสมมติ {number:05d}" for number in range(8317)]
    offices = OfficeNames(names)
    text = f"การให้บริการของ{names[4000]} เป็นไปด้วยดี องค์การบริหารส่วนตำบล " * 20
    before = time.process_time()
    assert len(offices.find(text, but=())) == 20
    assert time.process_time() - before < 0.2


def test_facts_are_collected_once_for_all_cells(monkeypatch):
    asked = []
    monkeypatch.setattr(
        notebook_check,
        "collect_facts",
        lambda data, slot, offices: asked.append(slot) or collect_facts(data, slot, offices),
    )
    template = json.loads((ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))
    own = [
        {"cell_type": "markdown", "id": str(number), "metadata": {}, "source": "ได้ 12.34 คะแนน"}
        for number in range(20)
    ]
    data = load("bang-khae", 2568)
    notebook = {**template, "cells": [*template["cells"], *own]}
    assert len(check_notebook(notebook, template, data, OFFICES)) == 20
    assert asked == [""]


@pytest.fixture
def copied(rendered, tmp_path):
    """Give a workspace with the executed notebook of one report and its data."""
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "data/plans")
    (tmp_path / "notebooks/edited/2568").mkdir(parents=True)
    target = tmp_path / "notebooks/edited/2568/bang-khae.ipynb"
    shutil.copy(rendered / "2568/bang-khae.ipynb", target)
    return Workspace(tmp_path), target


def rewrite(path, slot, text):
    notebook = nbformat.read(path, as_version=4)
    tag = f"narrative-{slot}" if slot else "own"
    cell = nbformat.v4.new_markdown_cell(text, metadata={"tags": [tag] if slot else []})
    places = [i for i, c in enumerate(notebook.cells) if tag in c.metadata.get("tags", [])]
    at = places[0] if places else 20
    notebook.cells[at : at + len(places)] = [cell]
    nbformat.write(notebook, path)
    return at + 1


def test_the_command_names_file_cell_text_and_expected_value(copied):
    workspace, path = copied
    parameters = workspace.params / "2568/bang-khae.yml"
    assert ita("check", parameters, root=workspace.root).exit_code == 0
    cell = rewrite(path, "01", "- ได้ 94.88 คะแนน\n- คำของเรา")
    run = ita("check", parameters, root=workspace.root)
    assert run.exit_code == 1
    line = run.output.splitlines()[0]
    for fact in ("notebooks/edited/2568/bang-khae.ipynb", f"เซลล์ {cell}", "94.88", "98.81"):
        assert fact in line


def test_an_analysts_own_cells_and_tables_are_checked(copied):
    workspace, path = copied
    rewrite(path, "", "| ก | ข |\n|---|---|\n| คะแนน | 12.34 |")
    run = ita("check", workspace.params / "2568/bang-khae.yml", root=workspace.root)
    assert "12.34" in run.output
    assert run.exit_code == 1


def test_a_notebook_of_another_office_is_told(copied):
    workspace, path = copied
    shutil.copy(path, path.with_name("chai-so.ipynb"))
    run = ita("check", workspace.params / "2568/chai-so.yml", root=workspace.root)
    assert run.exit_code == 1
    assert "bang-khae/2568" in run.output


def test_parameters_and_data_are_checked_too(copied):
    workspace, _ = copied
    write(workspace, "params/2568/broken.yml", "organisation: [")
    run = ita("check", root=workspace.root)
    assert run.exit_code == 1
    assert "params/2568/broken.yml" in run.output
    assert "14" in run.output.splitlines()[-1]


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"nbformat": 3, "cells": []})])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableNotebook) as caught:
        read_notebook_file(path, "notebooks/edited/x.ipynb")
    assert_helps_the_reader(caught.value, "notebooks/edited/x.ipynb")


FORBIDDEN = "คำต้องห้าม"


def forbid(text, facts):
    """Find a word nobody may write: a rule of nobody's, for these tests."""
    if FORBIDDEN in text:
        yield Problem("forbidden", f"พบ{FORBIDDEN}ในรายงานของ{facts.names[0]}", found=FORBIDDEN)


@pytest.fixture
def forbidden(small_workspace):
    """Give the parameter file of an office whose notebook and plan both have the word."""
    template = json.loads((ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))
    own = nbformat.v4.new_markdown_cell(f"คำของเรา {FORBIDDEN}")
    notebook = json.dumps({**template, "cells": [*template["cells"], own]})
    write(small_workspace, "notebooks/edited/2568/ban-rai.ipynb", notebook)
    plan = f"ตัวชี้วัด,มาตรการ,ระยะเวลา,ผู้รับผิดชอบ\n1,{FORBIDDEN},ตลอดปี,กองช่าง\n"
    write(small_workspace, "data/plans/2568/ban-rai.csv", plan)
    text = "organisation: ban-rai\nfiscal_year: 2568\n"
    return small_workspace, write(small_workspace, "params/2568/ban-rai.yml", text)


def lines_of_check(workspace, params):
    run = ita("check", params, root=workspace.root)
    return [line for line in run.output.splitlines() if FORBIDDEN in line], run.exit_code


def count_in_render(monkeypatch, workspace, params, **given):
    """Return what a render counts before it runs the notebook."""
    counted = []

    class Renderer:
        def render(self, job):
            counted.append(job.count({}))
            raise MemoryError

    monkeypatch.setattr(reporting, "renderer_of", lambda _: Renderer())
    asked = (workspace, workspace.rendered, ("html",), "ua-1", False, 60)
    with pytest.raises(MemoryError):
        Maker(RenderOptions(*asked, **given))(params)
    return counted[0]


def test_a_rule_of_the_list_is_told_of_notebooks_and_plans_and_counted_by_render(
    forbidden, monkeypatch
):
    assert lines_of_check(*forbidden) == ([], 0)
    assert count_in_render(monkeypatch, *forbidden)["problems"] == 0
    monkeypatch.setattr(words, "RULES", (*words.RULES, forbid))
    told, status = lines_of_check(*forbidden)
    places = ("notebooks/edited/2568/ban-rai.ipynb เซลล์ ", "data/plans/2568/ban-rai.csv แถวที่ 2: ")
    assert [line.startswith(place) for line, place in zip(told, places, strict=True)] == [True] * 2
    assert status == 1
    counted = count_in_render(monkeypatch, *forbidden)
    ((where, text),) = counted["findings"]
    assert counted["problems"] == 1 and where.startswith("เซลล์ ") and FORBIDDEN in text
    counted = count_in_render(monkeypatch, *forbidden, edition="public")
    assert (counted["problems"], counted["findings"]) == (1, [])


def test_a_folder_of_parameter_files_gives_a_page_and_json(forbidden, monkeypatch, tmp_path):
    monkeypatch.setattr(words, "RULES", (*words.RULES, forbid))
    workspace, params = forbidden
    write(workspace, "params/2568/broken.yml", "organisation: [")
    out = tmp_path / "ผลตรวจ.html"
    run = ita("check", params.parent, "--format", "html", "--out", out, root=workspace.root)
    page = out.read_text("utf-8")
    assert run.exit_code == 1 and page.count('<li class="warning">') == 2
    for fact in ("notebooks/edited/2568/ban-rai.ipynb เซลล์ ", "data/plans/2568/ban-rai.csv แถวที่ 2"):
        assert fact in page
    assert "broken.yml" in page and "<script" not in page and str(tmp_path) not in page
    told = json.loads(ita("check", params, "--format", "json", root=workspace.root).output)
    (report,) = told["documents"]
    assert (report["fiscal_year"], len(report["problems"])) == (2568, 2)
    assert report["problems"][0]["place"]["text"].startswith("notebooks/edited")
    run = ita("check", params, "--select", "ITA2", root=workspace.root)
    assert run.exit_code == 2 and "--select" in run.output


def test_a_rule_of_the_list_for_plans_is_told_by_check(forbidden, monkeypatch):
    def ask(measures, facts):
        yield Problem("many", f"{FORBIDDEN} {len(measures.measures)} {facts.data.fiscal_year}")

    monkeypatch.setattr(plan, "RULES", (*plan.RULES, ask))
    told = f"data/plans/2568/ban-rai.csv ทั้งแผน: {FORBIDDEN} 1 2568"
    assert lines_of_check(*forbidden) == ([told], 1)


def test_a_report_parses_its_template_and_its_copy_once(forbidden, monkeypatch):
    read = []

    def note(path):
        read.append(path.name)
        return read_json(path)

    monkeypatch.setattr("ita_helpers.edited.reading.read_json", note)
    monkeypatch.setattr(orders, "own_code", lambda *_: [])
    files = ["ban-rai.ipynb", "ita_report.ipynb"]
    count_in_render(monkeypatch, *forbidden)
    assert sorted(read) == files
    read.clear()
    lines_of_check(*forbidden)
    assert sorted(read) == files
