"""Whole runs: from parameter files to finished reports, by the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import nbformat
import pikepdf
import pypdfium2
import pytest
from conftest import ALL_FORMATS, ROOT, ita, write, write_scores
from made_up import shorten
from reading import without_links

from ita_helpers.files.scraps import read_scraps
from ita_helpers.run.sealing import notebook_digest

ENDINGS = (".html", ".pdf", ".docx", ".ipynb")


def parameters(workspace, organisation="ban-rai", year=2568, extra=""):
    content = f"organisation: {organisation}\nfiscal_year: {year}\n{extra}"
    return write(workspace, f"params/{year}/{organisation}.yml", content)


def test_every_parameter_file_becomes_four_files_of_moderate_size(rendered):
    for file in (ROOT / "params").rglob("*.yml"):
        stem = rendered / file.parent.name / file.stem
        for ending in ENDINGS:
            assert stem.with_suffix(ending).stat().st_size > 10_000
        for ending, most in ((".html", 250_000), (".pdf", 300_000), (".docx", 500_000)):
            assert stem.with_suffix(ending).stat().st_size <= most


def inside(file):
    """Return all that a file holds, unpacked."""
    content = [file.read_bytes()]
    if file.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(file) as package:
            content += map(package.read, package.namelist())
    if file.suffix == ".pdf":
        with pikepdf.open(file) as pdf:
            content += (repr(pdf.docinfo).encode(), *(each.unparse() for each in pdf.objects))
    return b"\n".join(content)


def private_places(folder, *workspaces):
    """Return the files that name a folder of this machine."""
    places = [str(each) for each in (*workspaces, folder, Path.home(), tempfile.gettempdir())]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [(file.name, each) for file in files for each in places if each.encode() in inside(file)]


def test_no_file_that_is_passed_on_names_a_folder_of_this_machine(rendered):
    assert {file.suffix for file in rendered.rglob("*")} >= {*ENDINGS, ".xlsx", ".sqlite"}
    assert not private_places(rendered, ROOT)


@pytest.mark.processes
def test_a_notebook_that_ran_or_failed_forgets_where(small_workspace):
    file = parameters(shorten(small_workspace))
    own = small_workspace.root / "notebooks/ita_report.ipynb"
    template = nbformat.read(own, as_version=4)
    (cell,) = [each for each in template.cells if each.id == "headline"]
    telling = "import os, pathlib, sys\nprint(os.environ['ITA_ROOT'], pathlib.Path.home())\n"
    telling += "print(os.environ['ITA_ROOT'] + '/data/x.csv', file=sys.stderr)\n"
    for last in ("pathlib.Path.home() / 'x'", "open(os.environ['ITA_ROOT'] + '/none.csv')"):
        cell.source = telling + last
        nbformat.write(template, own)
        run = ita("render", file, root=small_workspace.root)
        assert run.exit_code == (1 if "none.csv" in last else 0), run.output
        assert not private_places(small_workspace.rendered, small_workspace.root)
    failed = (small_workspace.rendered / "2568/ban-rai.failed.ipynb").read_text("utf-8")
    assert "none.csv" in failed
    failures = (small_workspace.rendered / "failures.csv").read_text("utf-8-sig")
    assert "none.csv" in failures


def test_nothing_temporary_is_left(rendered):
    assert not [path for path in rendered.rglob("*") if path.name.startswith(".")]


def test_each_pdf_holds_the_text_and_every_score(rendered):
    for name in ("2568/bang-khae", "2565/nong-saeng", "2568/made-up-example"):
        notebook = nbformat.read(rendered / f"{name}.ipynb", as_version=4)
        scores = read_scraps(notebook)["result"]["scores"]
        pdf = pypdfium2.PdfDocument(rendered / f"{name}.pdf")
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
        for code in ("ITA", *map(str, range(1, 11))):
            assert f"{scores[code]:.2f}".translate(thai) in text, (name, code)


@pytest.mark.poppler
@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_other_readers_find_the_text_and_the_embedded_font(rendered):
    pdf = rendered / "2568/bang-khae.pdf"
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout
    for line in fonts.splitlines()[2:]:
        assert "Sarabun" in line
        assert " yes yes yes " in line
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    assert "การปฏิบัติหน้าที่" in text.stdout


def test_a_made_up_result_says_so_on_every_page(rendered):
    pdf = pypdfium2.PdfDocument(rendered / "2566/made-up-example.pdf")
    for page in pdf:
        assert "สมมติ" in page.get_textpage().get_text_range().replace("\ufffe", "")
    assert "ข้อมูลสมมติ" in (rendered / "2566/made-up-example.html").read_text(encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(rendered, tmp_path):
    asked = ("--to", ALL_FORMATS, "--out", tmp_path, "--force")
    run = ita("render", "params/2568/chai-so.yml", *asked)
    assert run.exit_code == 0, run.output
    for ending in (".html", ".pdf"):
        name = f"2568/chai-so{ending}"
        assert (tmp_path / name).read_bytes() == (rendered / name).read_bytes()


def test_a_report_that_is_still_true_is_not_made_again(rendered, tmp_path):
    out = shutil.copytree(rendered, tmp_path / "rendered")
    before = (out / "2568/bang-khae.html").stat().st_mtime_ns
    run = ita("render", ROOT / "params/2568/bang-khae.yml", "--out", out)
    assert run.exit_code == 0
    assert "--force" in run.output
    assert (out / "2568/bang-khae.html").stat().st_mtime_ns == before


def test_an_edited_notebook_is_kept_beside_the_new_one(rendered, tmp_path):
    (tmp_path / "2568").mkdir()
    for ending in ENDINGS:
        shutil.copy(rendered / f"2568/bang-khae{ending}", tmp_path / "2568")
    path = tmp_path / "2568/bang-khae.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("คำของหน่วยงาน"))
    nbformat.write(notebook, path)
    asked = ("--to", "html", "--out", tmp_path)
    run = ita("render", ROOT / "params/2568/bang-khae.yml", *asked)
    assert run.exit_code == 0, run.output
    kept = nbformat.read(tmp_path / "2568/bang-khae.edited-1.ipynb", as_version=4)
    assert kept.cells[-1].source == "คำของหน่วยงาน"
    assert "คำของหน่วยงาน" not in path.read_text(encoding="utf-8")
    assert "edited-1" in run.output


def test_saving_without_a_change_is_no_edit(rendered):
    notebook = json.loads((rendered / "2568/bang-khae.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
        cell["metadata"]["collapsed"] = False
    assert notebook_digest(notebook) == notebook["metadata"]["ita"]["digest"]


@pytest.mark.processes
def test_one_bad_file_is_named_and_the_others_are_made(small_workspace):
    parameters(shorten(small_workspace))
    parameters(small_workspace, "ban-raa")
    write(small_workspace, "params/2568/broken.yml", "organisation: [")
    run = ita("render", "--to", "html", root=small_workspace.root)
    assert run.exit_code == 1
    assert "params/2568/broken.yml" in run.output
    assert "ban-raa" in run.output
    assert (small_workspace.rendered / "2568/ban-rai.html").exists()
    assert not (small_workspace.rendered / "2568/ban-raa.html").exists()


@pytest.mark.processes
def test_a_failing_notebook_leaves_the_earlier_report(small_workspace):
    file = parameters(shorten(small_workspace))
    assert ita("render", file, "--to", "html", root=small_workspace.root).exit_code == 0
    before = (small_workspace.rendered / "2568/ban-rai.html").read_bytes()
    own = small_workspace.root / "notebooks/ita_report.ipynb"
    template = nbformat.read(own, as_version=4)
    (cell,) = [each for each in template.cells if each.id == "headline"]
    cell.source = "report.no_such_part()"
    right = own.read_bytes()
    nbformat.write(template, own)
    write_scores(small_workspace, "ITA,10,,s,")
    run = ita("render", file, "--to", "html", root=small_workspace.root)
    assert run.exit_code == 1
    assert "no_such_part" in run.output
    assert (small_workspace.rendered / "2568/ban-rai.html").read_bytes() == before
    assert (small_workspace.rendered / "2568/ban-rai.failed.ipynb").exists()
    own.write_bytes(right)
    assert ita("render", file, "--to", "html", root=small_workspace.root).exit_code == 0
    assert not (small_workspace.rendered / "2568/ban-rai.failed.ipynb").exists()


@pytest.mark.processes
def test_a_format_made_from_older_data_is_not_called_current(small_workspace):
    file = parameters(shorten(small_workspace))
    root = small_workspace.root
    assert ita("render", file, "--to", "html", root=root).exit_code == 0
    old = (small_workspace.rendered / "2568/ban-rai.html").read_bytes()
    write_scores(small_workspace, "ITA,77,,s,")
    assert ita("render", file, "--to", "pdf", root=root).exit_code == 0
    assert ita("render", file, "--to", "html,pdf", root=root).exit_code == 0
    assert (small_workspace.rendered / "2568/ban-rai.html").read_bytes() != old


def test_a_place_that_cannot_be_written_is_named(small_workspace):
    file = parameters(small_workspace)
    blocked = write(small_workspace, "out", "a file, no folder")
    run = ita("render", file, "--out", blocked, root=small_workspace.root)
    assert run.exit_code == 1
    assert str(blocked) in run.output


def test_checkpoints_of_jupyter_are_no_parameter_files(small_workspace):
    hidden = "params/2568/.ipynb_checkpoints/ban-rai-checkpoint.yml"
    write(small_workspace, hidden, "organisation: ban-rai\nfiscal_year: 2568\n")
    assert ita("render", root=small_workspace.root).exit_code == 2


def test_fail_fast_stops_at_the_first_failure(small_workspace):
    write(small_workspace, "params/2568/a.yml", "")
    parameters(small_workspace)
    run = ita("render", "--fail-fast", root=small_workspace.root)
    assert run.exit_code == 1
    assert not list(small_workspace.rendered.glob("2*"))
    assert "a.yml" in (small_workspace.rendered / "failures.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        (["render", "--to", "odt"], "odt"),
        (["render", "--to", ""], "html"),
        (["render", "empty"], "empty"),
        (["explain"], "PARAMS"),
        (["nothing"], "nothing"),
    ],
)
def test_wrong_usage_is_status_two(small_workspace, monkeypatch, arguments, fact):
    (small_workspace.root / "empty").mkdir()
    monkeypatch.chdir(small_workspace.root)
    run = ita(*arguments, root=small_workspace.root)
    assert run.exit_code == 2
    assert fact in run.output


def test_a_missing_parameter_file_is_an_error(small_workspace):
    run = ita("render", "nowhere.yml", root=small_workspace.root)
    assert run.exit_code == 1
    assert "nowhere.yml" in run.output


@pytest.mark.parametrize("command", ["render", "explain", "check", "edit"])
def test_help_ends_with_an_example_that_can_be_copied(command):
    run = ita(command, "--help")
    assert run.exit_code == 0
    assert f"ita {command} params/2568/bang-khae.yml" in run.output


def test_explain_prints_the_board():
    run = ita("explain", ROOT / "params/2568/bang-khae.yml")
    assert run.exit_code == 0
    assert "92.8638 → 92.86" in run.output


def test_nbconvert_finds_the_exporters(rendered, tmp_path):
    """Convert by a process of its own once; the others load the same entry points in this one."""
    from nbconvert.nbconvertapp import NbConvertApp

    source = shutil.copy(rendered / "2568/bang-khae.ipynb", tmp_path)
    command = [ROOT / ".venv/bin/jupyter", "nbconvert", "--to", "ita-html", source]
    if not command[0].exists():
        command[0] = shutil.which("jupyter")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for ending in ("pdf", "docx"):
        converting = NbConvertApp()
        converting.initialize(["--to", f"ita-{ending}", source])
        converting.start()
    for ending in ("html", "pdf", "docx"):
        made = (tmp_path / f"bang-khae.{ending}").read_bytes()
        shown = without_links((rendered / f"2568/bang-khae.{ending}").read_bytes())
        assert made == shown, ending
