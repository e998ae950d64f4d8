"""Many reports at once: what goes wrong with one is its own, and all is written down."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import time

import nbformat
import pytest
from conftest import ROOT, ita, write

from ita_helpers.errors import FileMissing, NotebookFailed, OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.params import load_parameters
from ita_helpers.paths import Workspace
from ita_helpers.run.batch import Limits, run_all
from ita_helpers.run.jobs import MAKING, clear_abandoned, read_report
from ita_helpers.run.manifest import FAILURES, NAME, Manifest, Row

LIMITS = Limits(seconds=5, megabytes=600)


def double(number):
    """Do well, or badly in one of the ways a notebook can."""
    match number:
        case 13:
            raise FileMissing(file="x")
        case 14:
            os._exit(3)
        case 15:
            time.sleep(60)
        case 16:
            return len(b"x" * 2_000_000_000)
    return 2 * number


@pytest.mark.parametrize(
    ("bad", "kind"), [(13, FileMissing), (14, WorkerDied), (15, TookTooLong), (16, OutOfMemory)]
)
def test_a_task_that_goes_wrong_fails_alone(bad, kind):
    tasks = [1, 2, bad, 3, 4, 5]
    done = {each.task: each for each in run_all(tasks, double, 2, LIMITS)}
    assert sorted(done) == sorted(tasks)
    assert isinstance(done[bad].error, kind)
    assert [done[task].result for task in (1, 2, 3, 4, 5)] == [2, 4, 6, 8, 10]


def test_closing_early_stops_the_processes():
    results = run_all([1, *[15] * 6], double, 2, Limits(seconds=50))
    assert next(results).result == 2
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 20


ROW = Row("2568/a", "params/2568/a.yml", "done", "d", sizes={"html": 1}, result={"overall": 90.5})


def test_a_manifest_holds_what_was_written(tmp_path):
    manifest = Manifest(tmp_path, read_report)
    failed = Row("", "params/bad.yml", "failed", reason="=ก", cell="3")
    for row in (ROW, failed, ROW):
        manifest.write(row)
    manifest.close()
    again = Manifest(tmp_path, read_report)
    assert (list(again.rows()), again.was_rebuilt) == ([failed, ROW], False)
    again.write_failures()
    text = (tmp_path / FAILURES).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[1:] == [["", "params/bad.yml", "3", "'=ก"]]
    again.write(Row("2568/b", "params/bad.yml", "done"))
    again.write_failures()
    assert not (tmp_path / FAILURES).exists()
    again.close()


def test_one_report_has_one_row_whatever_file_asks_for_it(tmp_path):
    manifest = Manifest(tmp_path, read_report)
    manifest.write(ROW)
    manifest.write(Row("2568/a", "elsewhere.yml", "done"))
    assert [row.params for row in manifest.rows()] == ["elsewhere.yml"]
    manifest.close()


@pytest.mark.parametrize("content", [b"no database", b"", None])
def test_an_unusable_manifest_is_put_aside_and_read_anew_from_the_notebooks(
    tmp_path, rendered, content
):
    (tmp_path / "2568").mkdir()
    for file in rendered.glob("2568/bang-khae.*"):
        shutil.copy(file, tmp_path / "2568")
    if content is None:
        with sqlite3.connect(tmp_path / NAME) as database:
            database.execute("PRAGMA user_version = 99")
    else:
        (tmp_path / NAME).write_bytes(content)
    manifest = Manifest(tmp_path, read_report)
    (row,) = manifest.rows()
    manifest.close()
    assert manifest.was_rebuilt
    assert (row.stem, row.status, row.result["level"]) == ("2568/bang-khae", "done", "ผ่านดี")
    assert row.sizes.keys() >= {"html", "pdf", "docx", "ipynb"}
    assert (tmp_path / f"{NAME}.old-1").exists()


def test_only_what_no_living_process_makes_is_cleared(tmp_path):
    dead, alive = tmp_path / f"2568/{MAKING}999999999-x", tmp_path / f"2568/{MAKING}{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir(parents=True)
    clear_abandoned(tmp_path)
    assert (dead.exists(), alive.exists()) == (False, True)


@pytest.fixture
def province(tmp_path):
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Workspace(tmp_path)


def rows_of(workspace):
    with sqlite3.connect(workspace.rendered / NAME) as database:
        found = database.execute("SELECT stem, params, status, reason FROM reports").fetchall()
    return {stem or params: (status, reason) for stem, params, status, reason in found}


def test_bad_files_fail_by_name_and_the_others_are_made(province):
    for year in ("2562", "2564", "2565", "2566", "2567"):
        shutil.rmtree(province.params / year)
    write(province, "params/2568/broken.yml", "organisation: [")
    write(province, "params/2568/nobody.yml", "organisation: nobody\nfiscal_year: 2568\n")
    double_file = write(province, "twice.yml", "organisation: chai-so\nfiscal_year: 2568\n")
    run = ita("render", province.params, double_file, "--to", "html", root=province.root)
    assert run.exit_code == 1
    assert "สำเร็จ 4 จาก 7" in run.output
    rows = rows_of(province)
    failed = {name: reason for name, (status, reason) in rows.items() if status == "failed"}
    assert set(failed) == {"params/2568/broken.yml", "2568/nobody", "twice.yml"}
    assert "chai-so.yml" in failed["twice.yml"]
    table = (province.rendered / FAILURES).read_text(encoding="utf-8-sig")
    assert all(reason.replace('"', '""') in table for reason in failed.values())
    for name in ("bang-khae", "bang-krabue", "chai-so", "made-up-example"):
        page = (province.rendered / f"2568/{name}.html").read_text(encoding="utf-8")
        notebook = json.loads((province.rendered / f"2568/{name}.ipynb").read_text("utf-8"))
        assert rows[f"2568/{name}"][0] == "done"
        assert f'"organisation": "{name}"' in json.dumps(notebook)
        assert "<main" in page


def test_a_notebook_that_never_ends_fails_alone(province):
    parameters = [province.params / f"2568/{name}.yml" for name in ("bang-khae", "chai-so")]
    assert ita("edit", parameters[0], "--no-lab", root=province.root).exit_code == 0
    path = province.edited(parameters[0].relative_to(province.params).with_suffix(""))
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(-1, nbformat.v4.new_code_cell("while True: pass"))
    nbformat.write(notebook, path)
    options = ("--to", "html", "--limit-seconds", "15")
    run = ita("render", *parameters, *options, root=province.root)
    assert run.exit_code == 1
    rows = rows_of(province)
    assert rows["2568/bang-khae"][0] == "failed"
    assert "15" in rows["2568/bang-khae"][1]
    assert rows["2568/chai-so"][0] == "done"
    assert NotebookFailed.__name__ not in run.output


def test_parameter_files_are_written_in_bulk_and_none_is_overwritten(province):
    shutil.rmtree(province.params / "2568")
    mine = "organisation: chai-so\nfiscal_year: 2568\npreset: brief\n"
    write(province, "params/2568/chai-so.yml", mine)
    run = ita("params", "--year", "2568", root=province.root)
    assert run.exit_code == 0, run.output
    assert "3 แฟ้ม" in run.output
    files = {path.stem for path in (province.params / "2568").glob("*.yml")}
    assert files == {"bang-khae", "bang-krabue", "chai-so", "made-up-example"}
    assert (province.params / "2568/chai-so.yml").read_text(encoding="utf-8") == mine
    for stem in files:
        assert load_parameters(province.params / f"2568/{stem}.yml", province).fiscal_year == 2568


def test_parameter_files_can_be_of_one_province_and_type(province):
    shutil.rmtree(province.params / "2568")
    options = ("--year", "2568", "--province", "สมุทรสงคราม", "--type", "องค์การบริหารส่วนตำบล")
    assert ita("params", *options, root=province.root).exit_code == 0
    assert [path.stem for path in (province.params / "2568").glob("*.yml")] == ["bang-khae"]
    run = ita("params", "--year", "2568", "--province", "ไม่มีจริง", root=province.root)
    assert run.exit_code == 1
    assert "ไม่มีจริง" in run.output
    assert "data/organisations.csv" in run.output
