"""The list of kinds of report: a made-up one is taken up everywhere, a line that lacks is named."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import nbformat
import pytest
from conftest import ROOT, assert_helps_the_reader, ita, write

import ita_helpers
from ita_helpers.errors import UnknownChoice
from ita_helpers.files.workspace import Workspace
from ita_helpers.index.entries import read_entries
from ita_helpers.language.catalogue import label, section
from ita_helpers.records import kinds
from ita_helpers.records.kinds import KINDS, Kind, kind_named
from ita_helpers.rendering import ahead, handing_out, many
from ita_helpers.rendering.many import Batch
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.run.batch import Done
from ita_helpers.run.limits import Limits
from ita_helpers.run.manifest import ReportRow
from ita_helpers.store.params import ReportParameters, load_parameters, schema
from ita_helpers.store.params_change import period_of

BRIEF = Kind(
    name="brief",
    notebook="brief.ipynb",
    home="reports.brief",
    offers=("load_brief",),
    keys=("organisation", "fiscal_year", "numerals"),
    suffix="-brief",
    is_indexed=True,
)
CELLS = {
    "parameters": 'organisation = "ban-rai"\nfiscal_year = 2568\nnumerals = "thai"',
    "remove-cell": "from ita_helpers import load_brief\n"
    "report = load_brief(organisation, fiscal_year, numerals=numerals)\nreport.record()",
    "shown": "report.overall()",
}


@pytest.fixture
def with_brief(monkeypatch):
    """Add a line to the list, and nothing else; what its notebook calls is there."""
    monkeypatch.setattr(kinds, "KINDS", (*KINDS, BRIEF))
    home = ModuleType("ita_helpers.reports.brief")
    home.load_brief = ita_helpers.load_report
    monkeypatch.setitem(sys.modules, home.__name__, home)


@pytest.fixture
def office(small_workspace, monkeypatch):
    """Give an office with the parameter file of a brief report, whose notebook is there."""
    file = write(small_workspace, "program/brief.ipynb", nbformat.writes(_notebook()))
    monkeypatch.setattr(Workspace, "template", lambda *_: file)
    monkeypatch.setattr(Workspace, "program_template", lambda *_: file)
    text = "organisation: ban-rai\nfiscal_year: 2568\nreport: brief\n"
    return small_workspace, write(small_workspace, "params/2568/ban-rai-brief.yml", text)


def _notebook() -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_code_cell(source, metadata={"tags": [tag]}) for tag, source in CELLS.items()
    ]
    heading = nbformat.v4.new_markdown_cell("# ย่อ\n\n## ผลการประเมิน")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(
        cells=[*cells[:2], heading, *cells[2:]],
        metadata={"kernelspec": kernel, "language_info": {"name": "python"}},
    )


def lines_lacking(listed: Iterable[Kind]) -> list[str]:
    """Return what is still to be written for some kinds, and where it belongs."""
    found = []
    for each in listed:
        file = f"notebooks/{each.notebook}"
        if not (ROOT / file).exists():
            found.append(f"{file}: the notebook of {each.name}")
        elif parameters_of(file) != {*each.keys}:
            found.append(f"ita_helpers/records/kinds.py, {each.name}: keys as in {file}")
        if each.is_asked_for and each.name not in section("handing_out.kinds"):
            found.append(f"language/th/report/handing_out.yml, kinds: {each.name}")
        unknown = {*each.keys} - ReportParameters.model_fields.keys()
        if each.is_asked_for and unknown:
            found.append(f"ita_helpers/store/params.py, ReportParameters: {sorted(unknown)}")
        found += offers_lacking(each)
    return found


def notebooks_without_a_line(folder: Path) -> list[str]:
    """Return what is still to be written for the notebooks that record a result."""
    listed = {each.notebook for each in KINDS}
    return [
        f"ita_helpers/records/kinds.py, KINDS: a line for notebooks/{each.name}"
        for each in sorted(folder.glob("*.ipynb"))
        if each.name not in listed and ".record()" in each.read_text(encoding="utf-8")
    ]


def parameters_of(file: str) -> set[str]:
    notebook = nbformat.read(ROOT / file, as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    return {each.targets[0].id for each in ast.parse(cell.source).body}


def offers_lacking(kind: Kind) -> list[str]:
    try:
        home = import_module(f"ita_helpers.{kind.home}")
    except ImportError:
        home = None
    file = f"ita_helpers/{kind.home.replace('.', '/')}.py"
    return [f"{file}: {name}" for name in kind.offers if not hasattr(home, name)]


def test_every_kind_has_its_notebook_its_name_and_what_it_calls():
    lacking = lines_lacking(KINDS)
    lacking += notebooks_without_a_line(ROOT / "notebooks")
    assert not lacking, "\n".join(lacking)
    assert len({each.name for each in KINDS}) == len({each.suffix for each in KINDS[:-1]}) + 1


def test_every_notebook_is_packed_and_no_office_s_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "notebooks" in wheel["only-include"]
    assert wheel["exclude"] == ["/notebooks/*/"]


def test_a_kind_or_a_notebook_without_the_other_is_told_where_each_line_belongs(tmp_path):
    assert lines_lacking([BRIEF]) == [
        "notebooks/brief.ipynb: the notebook of brief",
        "language/th/report/handing_out.yml, kinds: brief",
        "ita_helpers/reports/brief.py: load_brief",
    ]
    (tmp_path / "brief.ipynb").write_text(nbformat.writes(_notebook()), encoding="utf-8")
    (line,) = notebooks_without_a_line(tmp_path)
    assert line == "ita_helpers/records/kinds.py, KINDS: a line for notebooks/brief.ipynb"
    (line,) = lines_lacking([replace(kind_named("follow-up"), keys=("organisation",))])
    assert line == "ita_helpers/records/kinds.py, follow-up: keys as in notebooks/follow_up.ipynb"


def test_a_kind_added_to_the_list_is_made_checked_and_handed_out(with_brief, office, monkeypatch):
    own, params = office
    words = {"handing_out.kinds.brief": "รายงานย่อ"}
    monkeypatch.setattr(handing_out, "label", lambda key: words.get(key) or label(key))
    monkeypatch.setattr(
        "ita_helpers.rendering.many.run_all",
        lambda files, make, *_: (Done(file, make(file), None) for file in files),
    )
    run = ita("render", params, "--to", "html", "--thai-names", root=own.root)
    assert run.exit_code == 0, run.output
    page = (own.rendered / "2568/ban-rai-brief.html").read_text(encoding="utf-8")
    assert "ผลการประเมิน" in page
    copies = [each.name for each in own.rendered.rglob("*.html") if "รายงานย่อ" in each.name]
    assert copies == ["อบต.บ้านไร่ 2568 รายงานย่อ.html"]
    checked = ita("check", params, root=own.root)
    assert checked.exit_code == 0, checked.output
    edited = ita("edit", params, "--no-lab", root=own.root)
    assert edited.exit_code == 2
    assert label("follow_up.edit") in edited.output


def test_a_kind_added_to_the_list_can_be_asked_for_by_its_name_alone(with_brief, office):
    own, params = office
    parameters = load_parameters(params, own)
    assert parameters.template == "brief.ipynb"
    assert [*parameters.for_notebook] == [*BRIEF.keys]
    assert "brief" in schema()["properties"]["report"]["enum"]
    write(own, "params/2568/ban-rai-brief.yml", params.read_text("utf-8").replace("brief", "breif"))
    with pytest.raises(UnknownChoice) as caught:
        load_parameters(params, own)
    assert_helps_the_reader(caught.value, "breif", "brief", "half-year")


@pytest.mark.parametrize("is_indexed", [True, False])
def test_the_index_lists_the_kinds_that_are_indexed(monkeypatch, is_indexed):
    listed = (*KINDS, replace(BRIEF, is_indexed=is_indexed))
    monkeypatch.setattr(kinds, "KINDS", listed)
    names = {"": "", "-brief": "brief", "-follow-up": "follow-up", "-other": "other"}
    rows = [
        ReportRow(f"2568/x{suffix}", "", "done", result={"report": name} if name else {})
        for suffix, name in names.items()
    ]
    found = [each.code for each in read_entries(rows)]
    assert found == (["x", "x-brief"] if is_indexed else ["x"])


def test_a_report_on_a_plan_is_the_first_whose_period_has_not_ended(monkeypatch):
    days = [date(2025, 10, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 9, 30)]
    days.append(date(2027, 1, 1))
    asked = ["half-year", "half-year", "follow-up", "follow-up", "follow-up"]
    assert [period_of(2568, day) for day in days] == asked
    quarters = (replace(BRIEF, name=name, ends=ends) for name, ends in ENDS.items())
    monkeypatch.setattr(kinds, "KINDS", (*KINDS, *quarters))
    asked = ["three", "half-year", "nine", "follow-up", "follow-up"]
    assert [period_of(2568, day) for day in days] == asked


ENDS = {"nine": (6, 30), "three": (12, 31)}


def test_a_batch_is_rehearsed_with_a_report_of_the_kind_it_has_most_of(workspace, monkeypatch):
    rehearsed = []
    monkeypatch.setattr(
        many, "run_all", lambda *given: iter(rehearsed.append(Path(given[4].split("\n")[1])) or ())
    )
    orders = RenderOptions(workspace, ROOT, ("html",), "ua-1", False, 60)
    files = [Path(f"{place}.yml") for place in range(10)]
    for most in ("follow_up.ipynb", "ita_report.ipynb"):
        batch = Batch(orders, Limits(), templates=dict.fromkeys(files, most))
        batch.templates[files[0]] = "how_scoring_works.ipynb"
        list(batch._results(files))
    assert rehearsed == [files[1], files[1]]


@pytest.mark.parametrize("name", ["made-up-example-follow-up", "made-up-example"])
def test_a_report_is_rehearsed_by_its_own_notebook(workspace, monkeypatch, name):
    ran = []

    def execute(template, _, given, **more):
        ran.append(SimpleNamespace(name=template.name, given=given))
        return nbformat.v4.new_notebook()

    monkeypatch.setattr(ahead, "execute_notebook", execute)
    monkeypatch.setattr(ahead, "read_papers", lambda _: {})
    file = ROOT / f"params/2568/{name}.yml"
    ahead._rehearse(workspace, file)
    parameters = load_parameters(file, workspace)
    (run,) = ran
    assert (run.name, run.given) == (parameters.template, parameters.for_notebook)
    assert {*run.given} == parameters_of(f"notebooks/{run.name}")
