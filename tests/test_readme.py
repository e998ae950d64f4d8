"""What the README tells people to type."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import nbformat
import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import ROOT, assessed, start_fork_server
from made_up import shorten

from ita_helpers.cli import main
from ita_helpers.files.scraps import read_scraps
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.organisations import find_organisation
from ita_helpers.words.explain import explain

PAGES = (
    "README.md",
    "README.th.md",
    *(f"docs/{each.name}" for each in (ROOT / "docs").glob("*.md")),
)


def commands(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


HERE = {"render", "edit", "params", "teach", "check", "compare"}
"""Commands that are run in this process, which has loaded what they need; others by themselves."""
NAMED = {("2568", "bang-khae"), ("2568", "made-up-example")}
"""The reports that the README names; it makes the one of chai-so besides, of a file it writes."""
OFFICES = ("organisation", "bang-khae", "made-up-example", "chai-so", "all-agencies")


def run_line(line):
    """Run what a user would type, and give the command of ours or the program."""
    program, *arguments = shlex.split(line.removeprefix(".venv/bin/"))
    if program == "ita" and arguments[0] in HERE:
        start_fork_server()
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, (line, done.output)
        return arguments[0]
    if program == "papermill":
        from papermill.cli import papermill

        done = CliRunner().invoke(papermill, arguments)
        assert done.exit_code == 0, (line, done.output)
        return program
    if arguments[0] == "nbconvert":
        from nbconvert.nbconvertapp import NbConvertApp

        converting = NbConvertApp()
        converting.initialize(arguments[1:])
        converting.start()
        return arguments[0]
    command = [ROOT / ".venv/bin" / program, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, (line, run.stderr)
    return arguments[0] if program == "ita" else program


@pytest.mark.processes
def test_the_commands_of_the_readme_run(tmp_path, monkeypatch):
    for folder in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in (tmp_path / "params").glob("2*/*.yml"):
        if (file.parent.name, file.stem) not in NAMED:
            file.unlink()
    scores = tmp_path / "data/scores/2568.csv"
    rows = scores.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    scores.write_text("".join(each for each in rows if each.startswith(OFFICES)), "utf-8")
    shorten(Workspace(tmp_path))
    monkeypatch.chdir(tmp_path)
    ran = [run_line(line) for line in commands("README.md") if line.startswith(".venv/bin/")]
    assert set(ran) == {*HERE, "explain", "papermill", "nbconvert"}
    result = read_scraps(nbformat.read(tmp_path / "out.ipynb", as_version=4))["result"]
    assert (result["organisation"], result["overall"]) == ("bang-khae", 92.86)
    assert all((tmp_path / f"out.{ending}").exists() for ending in ("html", "pdf", "docx"))
    assert (tmp_path / "notebooks/edited/2568/bang-khae.ipynb").exists()


@pytest.mark.parametrize("page", PAGES)
def test_the_make_targets_of_the_readme_exist(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE):
        assert f"\n{target}:" in makefile


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_the_links_of_the_readme_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / page).parent.joinpath(link).exists(), link


def test_what_the_readme_shows_is_what_the_program_prints():
    office = find_organisation(Workspace(ROOT), "bang-khae")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(  ตัวชี้วัด.*?)```", text, re.DOTALL)
    assert shown[0] in explain(office, assessed("bang-khae", 2568))


def test_the_sample_to_open_first_is_what_the_program_makes(rendered, request):
    sample = ROOT / "rendered/example.pdf"
    made = rendered / "2568/made-up-example.pdf"
    if request.config.getoption("--update-golden"):
        shutil.copy(made, sample)
    one, other = (
        [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        for path in (sample, made)
    )
    assert one == other
