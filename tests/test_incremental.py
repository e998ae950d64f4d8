"""What a report depends on: nothing is made twice, and nothing that changed is left."""

from __future__ import annotations

import csv
import io
import re

import pytest
from conftest import SCORE_HEAD, ita
from made_up import make_workspace, shorten

from ita_helpers.files.remembered import looking
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.store.params import load_parameters


@pytest.mark.processes
def test_only_what_changed_is_made_again_and_then_the_index(tmp_path):
    workspace = shorten(make_workspace(tmp_path, 3))
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    index = workspace.rendered / "index.html"
    before = times(workspace, index)
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    assert times(workspace, index) == before
    scores = workspace.yearly("scores", 2568)
    text = scores.read_text(encoding="utf-8")
    changed = re.sub(r"(made-up-00002,3),[0-9.]+", r"\1,11.11", text)
    scores.write_text(changed, encoding="utf-8")
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    after = times(workspace, index)
    assert [name for name in before if after[name] != before[name]] == ["made-up-00002", "index"]


def times(workspace, index):
    pages = sorted((workspace.rendered / "2568").glob("*.html"))
    return {path.stem: path.stat().st_mtime_ns for path in (*pages, index)}


@pytest.mark.processes
def test_a_report_somebody_touched_is_looked_at_again(tmp_path):
    workspace = shorten(make_workspace(tmp_path, 1))
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    page = workspace.rendered / "2568/made-up-00001.html"
    right = page.read_bytes()
    page.unlink()
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    assert page.read_bytes() == right
    page.write_bytes(b"damaged")
    assert ita("render", "--to", "html", root=workspace.root).exit_code == 0
    assert page.read_bytes() == right


@pytest.mark.processes
def test_a_page_moved_into_place_alone_does_not_stay_when_the_data_return(tmp_path):
    workspace = shorten(make_workspace(tmp_path, 1))
    render = ("render", "--to", "html,pdf")
    assert ita(*render, root=workspace.root).exit_code == 0
    page = workspace.rendered / "2568/made-up-00001.html"
    right, pdf = page.read_bytes(), page.with_suffix(".pdf")
    scores = workspace.yearly("scores", 2568)
    before = scores.read_text(encoding="utf-8")
    changed = re.sub(r"(made-up-00001,3),[0-9.]+", r"\1,11.11", before)
    scores.write_text(changed, encoding="utf-8")
    pdf.unlink()
    pdf.mkdir()
    assert ita(*render, root=workspace.root).exit_code == 1
    pdf.rmdir()
    scores.write_text(before, encoding="utf-8")
    assert ita(*render, root=workspace.root).exit_code == 0
    assert page.read_bytes() == right and pdf.is_file()


def reordered(text):
    """Return a table with its rows and columns turned round."""
    rows = list(csv.reader(text.splitlines()))
    turned = [row[::-1] for row in (rows[0], *reversed(rows[1:]))]
    made = io.StringIO()
    csv.writer(made).writerows(turned)
    return made.getvalue()


def change(workspace, file, make):
    path = workspace.root / file
    before = path.read_text(encoding="utf-8-sig") if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(make(before), encoding="utf-8")
    return path, before


OWN = "bang-khae,"
DEPENDS = {
    "own score": ("data/scores/2568.csv", lambda t: t.replace(f"{OWN}1,", f"{OWN}1,0", 1)),
    "own earlier score": ("data/scores/2567.csv", lambda t: t + f"{OWN}ITA,50,,s,\n"),
    "own name": ("data/organisations.csv", lambda t: t.replace("บางแค", "บางแคใหม่")),
    "own result": ("data/results/2568.csv", lambda t: t.replace("bang-khae,ผ่านดี", "bang-khae,ผ่าน")),
    "own suggestion": ("data/suggestions/2568.csv", lambda t: t + f"{OWN}o1,text,s\n"),
    "own rank": (
        "data/ranks/2568.csv",
        lambda t: "organisation,scope,name,rank,out_of,source\nbang-khae,province,,1,9,s\n",
    ),
    "mean of all": ("data/scores/2568.csv", lambda t: t + "all-agencies,5,77,,s,\n"),
    "rules": ("data/frameworks/2568.yml", lambda t: t + "\n# changed\n"),
    "earlier rules": ("data/frameworks/2566.yml", lambda t: t + "\n# changed\n"),
    "laws": ("data/regulations.yml", lambda t: t + "\n# changed\n"),
    "advice": ("data/advice/2568.yml", lambda t: t + "\n# changed\n"),
    "office": ("data/offices/bang-khae.yml", lambda t: "unit: สำนักปลัด\n"),
    "plan": ("data/plans/2568/bang-khae.csv", lambda t: (t or "") + "x"),
    "template": ("notebooks/ita_report.ipynb", lambda t: "{}"),
    "own notebook": ("notebooks/edited/2568/bang-khae.ipynb", lambda t: "{}"),
}
INDEPENDENT = {
    "another's score": ("data/scores/2568.csv", lambda t: t + "chai-so,9.9,1,,s,\n"),
    "a later year": ("data/scores/2569.csv", lambda t: f"{SCORE_HEAD}\n{OWN}ITA,1,,s,\n"),
    "order": ("data/scores/2568.csv", reordered),
    "another office": ("data/offices/chai-so.yml", lambda t: "unit: x\n"),
}


def digest(workspace):
    parameters = load_parameters(workspace.params / "2568/bang-khae.yml", workspace)
    return inputs_of_report(workspace, parameters)


@pytest.mark.parametrize("name", [*DEPENDS, *INDEPENDENT])
def test_a_report_depends_on_what_it_is_made_from_and_nothing_else(province, name):
    first = digest(province)
    path, before = change(province, *(DEPENDS | INDEPENDENT)[name])
    assert path.read_text(encoding="utf-8") != before
    assert (digest(province) != first) == (name in DEPENDS)


@pytest.mark.parametrize("name", [*DEPENDS, *INDEPENDENT])
def test_a_look_at_many_sees_what_a_look_at_one_sees(province, name, monkeypatch):
    first = digest(province)
    with looking():
        assert digest(province) == first
        change(province, *(DEPENDS | INDEPENDENT)[name])
        monkeypatch.setattr("ita_helpers.files.remembered.FRESH", -1.0)
        assert (digest(province) != first) == (name in DEPENDS)
        now = digest(province)
    assert digest(province) == now


def test_a_look_keeps_nothing_for_the_next(province):
    with looking():
        first = digest(province)
    change(province, *DEPENDS["mean of all"])
    with looking():
        assert digest(province) != first
