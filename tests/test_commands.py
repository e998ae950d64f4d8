"""What the commands say of themselves, and which files they take."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, ita, write

from ita_helpers import store
from ita_helpers.catalogue import label
from ita_helpers.cli import main
from ita_helpers.paths import Workspace

GROUPS = [(), ("new",)]
COMMANDS = [(name,) for name in main.commands if name != "new"]
COMMANDS += [("new", name) for name in main.commands["new"].commands]


@pytest.mark.parametrize("command", [*GROUPS, *COMMANDS], ids=" ".join)
def test_help_is_in_one_language(command):
    told = ita(*command, "--help").output
    for words in ("Usage", "Options", "Commands", "Show ", "exit"):
        assert words not in told
    assert told.startswith("วิธีใช้: ")


def test_commands_are_listed_in_the_order_of_the_work():
    assert set(label("cli.order").split()) == set(main.commands)
    told = ita("--help").output
    listed = [told.index(f"\n  {name} ") for name in label("cli.order").split()]
    assert listed == sorted(listed)


FILES = {
    "2567/a.yml": "organisation: ban-rai\nfiscal_year: 2567\n",
    "2568/a.yml": "organisation: ban-rai\nfiscal_year: ๒๕๖๘\n",
    "other/b.yml": "fiscal_year: '2568'\norganisation: ban-rao\n",
}


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--year", 2568], 2),
        (["--year", 2567], 1),
        (["params/2568", "--year", 2568], 1),
        ([], 3),
    ],
)
def test_a_year_without_a_name_chooses_the_files_of_that_year(
    small_workspace, monkeypatch, arguments, count
):
    monkeypatch.chdir(small_workspace.root)
    for name, text in FILES.items():
        write(small_workspace, f"params/{name}", text)
    assert f"ตรวจ {count} แฟ้ม" in ita("check", *arguments, root=small_workspace.root).output


@pytest.mark.parametrize(
    ("place", "year"), [("params", 2500), ("params/2568/a.yml", 2567), ("params/2567", 2568)]
)
def test_a_year_that_no_file_has_is_told_and_nothing_is_made(
    small_workspace, monkeypatch, place, year
):
    monkeypatch.chdir(small_workspace.root)
    for name, text in FILES.items():
        write(small_workspace, f"params/{name}", text)
    run = ita("render", place, "--year", year, root=small_workspace.root)
    assert run.exit_code != 0
    assert f"พ.ศ. {year} ใน {place}" in run.output
    assert not [*small_workspace.rendered.rglob("*.html")]


@pytest.mark.parametrize("name", ["ita_report", "follow_up", "how_scoring_works"])
def test_a_notebook_run_without_parameters_makes_no_real_offices_paper(name):
    text = (ROOT / f"notebooks/{name}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    (given,) = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    values: dict[str, object] = {}
    exec("".join(given["source"]), values)
    known = store.read_organisations(Workspace(ROOT))
    assert known[values["organisation"]].is_made_up
