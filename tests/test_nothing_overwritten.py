"""Whole runs beside people who work in the same folders: what they saved, and what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from importlib import import_module

import nbformat
import pytest
from conftest import ita, write, write_scores
from made_up import shorten

from ita_helpers.errors import InputsChanged
from ita_helpers.rendering import reporting
from ita_helpers.rendering.one import TRIES, Maker
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.run.manifest import Manifest
from ita_helpers.run.reading import watch_reading
from ita_helpers.store.params import load_parameters

PARAMS = "organisation: ban-rai\nfiscal_year: 2568\n"


@pytest.fixture
def office(small_workspace):
    """Hold a small workspace with one parameter file."""
    write(small_workspace, "params/2568/ban-rai.yml", PARAMS)
    return shorten(small_workspace)


def render(workspace, *options):
    done = ita("render", *options, root=workspace.root)
    assert done.exit_code == 0, done.output
    return done.output


def orders(workspace):
    return RenderOptions(workspace, workspace.rendered, ("html",), "ua-1", False, 60)


def rows_of(workspace):
    manifest = Manifest(workspace.rendered, lambda _: None)
    rows = list(manifest.rows())
    manifest.close()
    return rows


@pytest.mark.processes
def test_an_old_format_is_neither_linked_nor_left_when_the_scores_change(office):
    render(office, "--to", "html,pdf,docx")
    report = office.rendered / "2568/ban-rai"
    report.with_suffix(".docx").write_bytes(b"corrected")
    write_scores(office, "ITA,77,,s,")
    render(office, "--to", "html")
    assert not report.with_suffix(".pdf").exists()
    kept = office.rendered / "2568/ban-rai.edited-1.docx"
    assert kept.read_bytes() == b"corrected"
    (row,) = rows_of(office)
    assert row.written.keys() == {".html", ".ipynb"}
    before = report.with_suffix(".html").read_bytes()
    report.with_suffix(".html").write_bytes(b"corrected")
    render(office, "--to", "html")
    assert report.with_suffix(".html").read_bytes() == before
    assert (office.rendered / "2568/ban-rai.edited-1.html").read_bytes() == b"corrected"


@pytest.mark.processes
def test_what_is_saved_while_a_report_is_made_is_printed_or_kept(office, monkeypatch):
    """Scores change after they were read; a notebook and a Word file are saved meanwhile."""
    render(office, "--to", "html,docx")
    report = office.rendered / "2568/ban-rai"
    write_scores(office, "ITA,11.11,,s,")
    plan, times = reporting._plan, []

    def saving_meanwhile(*given):
        if not times:
            write_scores(office, "ITA,77.77,,s,")
            notebook = nbformat.read(report.with_suffix(".ipynb"), as_version=4)
            notebook.cells.append(nbformat.v4.new_markdown_cell("saved meanwhile"))
            nbformat.write(notebook, report.with_suffix(".ipynb"))
            report.with_suffix(".docx").write_bytes(b"corrected")
        times.append(1)
        return plan(*given)

    monkeypatch.setattr(reporting, "_plan", saving_meanwhile)
    made = Maker(orders(office))(office.params / "2568/ban-rai.yml")
    assert len(times) == 2
    assert made.row.result["overall_shown"] == 77.77
    assert "saved meanwhile" in report.with_name("ban-rai.edited-1.ipynb").read_text("utf-8")
    assert report.with_name("ban-rai.edited-1.docx").read_bytes() == b"corrected"
    assert "edited-1.ipynb" in " ".join(made.messages)


def test_a_report_whose_inputs_never_rest_is_not_recorded(office, monkeypatch):
    plan, scores = reporting._plan, iter(range(10, 99))

    def changing(*given):
        write_scores(office, f"ITA,{next(scores)},,s,")
        return plan(*given)

    monkeypatch.setattr(reporting, "_plan", changing)
    with pytest.raises(InputsChanged, match="2568/ban-rai"):
        Maker(orders(office))(office.params / "2568/ban-rai.yml")
    assert next(scores) == 10 + TRIES
    assert list((office.rendered / "2568").iterdir()) == []


def test_a_reader_of_its_own_counts_where_a_cell_loads_it_and_not_where_the_program_does(
    tmp_path, monkeypatch
):
    def load():
        monkeypatch.delitem(sys.modules, COMPILED, raising=False)
        import_module(COMPILED)

    tell = watch_reading(tmp_path, ["own"], "ita")
    load()
    assert tell() == {}
    tell = watch_reading(tmp_path, ["own"], "ita")
    cell = threading.Thread(target=load)
    cell.start()
    cell.join()
    assert tell() is None


COMPILED = "markupsafe._speedups"
OWN = """
from pathlib import Path
import pandas
Path("made.csv").write_text("x")
Path("made.csv").read_text()
print("folder", Path.cwd().name, pandas.read_csv("own.csv").columns[0], Path("gone").exists())
"""
WAYS = {
    "a program": "import subprocess; subprocess.run(['true'])",
    "a listing": "import os; os.listdir('.')",
    "another office": "# Report( of a neighbour",
    "a reader of its own": "import pyarrow.csv",
}


def test_a_thread_counts_as_a_cells_unless_it_was_there_before(tmp_path):
    (tmp_path / "file").write_text("x")
    go = threading.Event()

    def read():
        go.wait()
        list(tmp_path.iterdir())
        (tmp_path / "file").read_text()

    before, after = (threading.Thread(target=read) for _ in range(2))
    before.start()
    tell = watch_reading(tmp_path, ["own"], "ita")
    go.set()
    before.join()
    assert tell() == {}
    tell = watch_reading(tmp_path, ["own"], "ita")
    after.start()
    after.join()
    assert tell() is None


@pytest.mark.processes
def test_own_code_runs_beside_its_notebook_and_what_it_reads_is_an_input(office):
    file = office.params / "2568/ban-rai.yml"
    assert ita("edit", file, "--no-lab", root=office.root).exit_code == 0
    copy = office.edited(load_parameters(file, office).stem)
    whole = nbformat.read(copy, as_version=4)

    def with_own(code):
        notebook = nbformat.from_dict(json.loads(json.dumps(whole)))
        notebook.cells.insert(-1, nbformat.v4.new_code_cell(code, id="own"))
        nbformat.write(notebook, copy)

    render(office, "--to", "html")
    assert rows_of(office)[0].read == {}
    with_own(OWN)
    own = write(office, "notebooks/edited/2568/own.csv", "first\n1\n")
    page = office.rendered / "2568/ban-rai.html"
    for word in ("first", "other"):
        own.write_text(f"{word}\n1\n", encoding="utf-8")
        render(office, "--to", "html")
        assert f"folder 2568 {word} False" in page.read_text(encoding="utf-8")
        read = {"notebooks/edited/2568/own.csv", "notebooks/edited/2568/gone"}
        assert rows_of(office)[0].read.keys() == read
    made = page.stat().st_mtime_ns
    render(office, "--to", "html")
    assert page.stat().st_mtime_ns == made
    with_own("\n".join(WAYS.values()))
    render(office, "--to", "html")
    assert rows_of(office)[0].read is None
    made = page.stat().st_mtime_ns
    render(office, "--to", "html")
    assert page.stat().st_mtime_ns != made


@pytest.mark.processes
def test_two_first_runs_at_the_same_instant_make_one_manifest(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from ita_helpers.run.manifest import Manifest, ReportRow\n"
        "from ita_helpers.index import write_index\n"
        "manifest = Manifest(Path(sys.argv[1]), lambda _: None)\n"
        "for n in range(10):\n"
        "    manifest.write(ReportRow(f'2568/{sys.argv[2]}{n}', f'{sys.argv[2]}{n}', 'failed'))\n"
        "    manifest.write_failures()\n"
        "write_index(manifest.folder, manifest.rows())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [each.wait(120) for each in running] == [0, 0]
    manifest = Manifest(tmp_path, lambda _: None)
    assert len(list(manifest.rows())) == 20 and not manifest.was_rebuilt
    manifest.close()
    assert len((tmp_path / "failures.csv").read_text("utf-8-sig").splitlines()) == 21
    assert (tmp_path / "index.html").read_text("utf-8").count("2568") > 0
    assert not list(tmp_path.glob("*.edited-*")) and not list(tmp_path.glob("*.old-*"))


def test_a_manifest_that_is_lost_during_a_run_is_made_anew(tmp_path):
    from ita_helpers.run.manifest import NAME, ReportRow

    manifest = Manifest(tmp_path, lambda _: None)
    manifest.write(ReportRow("2568/a", "a", "done"))
    (tmp_path / NAME).write_bytes(b"no database at all" * 1000)
    manifest.write(ReportRow("2568/b", "b", "done"))
    assert [row.stem for row in manifest.rows()] == ["2568/b"]
    manifest.close()
    assert (tmp_path / f"{NAME}.old-1").exists()
