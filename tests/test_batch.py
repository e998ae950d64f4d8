"""Many reports at once: what goes wrong with one is its own, and all is written down."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import lxml.html
import psutil
import pypdfium2
import pytest
from bad_tasks import (
    DEADLY,
    ENDLESS,
    HARMLESS,
    LARGE,
    MARK,
    do,
    double,
    end_the_fork_server,
    hold,
    serve,
)
from conftest import is_wide, ita, needs_forks, start_bare_fork_server, write
from copies import write_copy
from hypothesis import given
from hypothesis import strategies as st
from made_up import BROKEN, make_workspace, shorten

from ita_helpers.errors import FileMissing, NotebookFailed, OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.files.scraps import read_scraps
from ita_helpers.rendering.many import Turns
from ita_helpers.run import serving
from ita_helpers.run.batch import run_all
from ita_helpers.run.keeping import MAKING, claimed, clear_abandoned
from ita_helpers.run.limits import Limits
from ita_helpers.run.manifest import FAILURES, NAME, Manifest, ReportRow
from ita_helpers.run.sealing import files_of_ours, read_report
from ita_helpers.run.serving import TASKS_A_PROCESS
from ita_helpers.store.params import load_parameters

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
LIMITS = Limits(seconds=10, megabytes=600)


@pytest.fixture
def bare():
    """Let the test have a process to fork from that has loaded nothing."""
    start_bare_fork_server()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("bad", "kind"), [(13, FileMissing), (14, WorkerDied), (15, TookTooLong), (16, OutOfMemory)]
)
@pytest.mark.processes
def test_a_task_that_goes_wrong_fails_alone(bad, kind):
    tasks = [1, 2, bad, 3, 4, 5]
    limits = replace(LIMITS, seconds=10 if kind is TookTooLong else 100)
    done = {each.task: each for each in run_all(tasks, double, 2, limits)}
    assert sorted(done) == sorted(tasks)
    assert isinstance(done[bad].error, kind)
    assert [done[task].result for task in (1, 2, 3, 4, 5)] == [2, 4, 6, 8, 10]


@pytest.mark.parametrize(
    ("reason", "is_told"), [("-6", True), ("-9", True), ("3", False), ("-15", False)]
)
def test_who_lacks_memory_is_told_so(reason, is_told):
    told = str(WorkerDied(reason=reason))
    assert reason in told
    assert ("--limit-megabytes" in told) is is_told
    assert ("os._exit" in told) is not is_told


def families():
    """Return what tasks have left running."""
    return [
        each for each in psutil.process_iter(["cmdline"]) if MARK in (each.info["cmdline"] or ())
    ]


@pytest.mark.usefixtures("bare")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere an orphan goes to the system")
@pytest.mark.processes
def test_whatever_a_task_does_to_other_processes_the_batch_ends_and_nothing_runs_on():
    kinds = [*ENDLESS, *LARGE, *DEADLY, *HARMLESS]
    tasks = [*(each.__name__ for each in kinds), *"abcdefgh"]
    started = time.monotonic()
    done = {each.task: each for each in run_all(tasks, do, 5, LIMITS)}
    assert time.monotonic() - started < 60
    assert families() == []
    failed = {name: type(each.error) for name, each in done.items() if each.error}
    assert failed == {
        **{each.__name__: TookTooLong for each in ENDLESS},
        **{each.__name__: OutOfMemory for each in LARGE},
        **{each.__name__: WorkerDied for each in DEADLY},
    }
    made = [each.result for each in done.values() if not each.error]
    assert sorted(made) == sorted(f"{task} done" for task in tasks if task not in failed)


@needs_forks
@pytest.mark.usefixtures("bare")
@pytest.mark.processes
def test_the_process_others_are_forked_from_may_die():
    tasks = list(range(12))
    done = {each.task: each.result for each in run_all(tasks, end_the_fork_server, 2, LIMITS)}
    assert done == {task: task for task in tasks}


@needs_forks
@pytest.mark.usefixtures("bare")
@pytest.mark.processes
def test_only_where_tasks_left_nothing_behind_another_runs():
    tasks = range(48)
    done = {each.task: each.result for each in run_all(tasks, serve, 2, LIMITS)}
    assert sorted(done) == [*tasks]
    before = {task: found for task, found in done.items() if found is not None}
    assert set(done) - set(before) == {8, 18, 28, 38}
    assert all(found == () for task, found in before.items() if task % 2)
    ran = {each for found in before.values() for each in found}
    assert ran
    assert all(each % 2 == 0 and each % 10 != 8 for each in ran)


@needs_forks
@pytest.mark.usefixtures("bare")
@pytest.mark.processes
def test_a_process_is_replaced_after_some_tasks():
    tasks = [20 * each for each in range(2 * TASKS_A_PROCESS)]
    results = [each.result for each in run_all(tasks, serve, 1, LIMITS)]
    assert [len(each) for each in results] == [*range(TASKS_A_PROCESS)] * 2


def test_garbage_is_looked_for_before_another_task_and_not_after_the_last(monkeypatch):
    looked: list[int] = []
    monkeypatch.setattr(serving.gc, "collect", lambda: looked.append(serving._Served.tasks))
    monkeypatch.setattr(serving.gc, "freeze", lambda: None)
    monkeypatch.setattr(serving._Served, "tasks", 0)
    for _ in range(3):
        serving.begin()
        serving.end(has_failed=False, megabytes=LIMITS.megabytes)
    assert looked == [1, 2]


@needs_forks
@pytest.mark.usefixtures("bare")
@pytest.mark.processes
def test_no_task_fails_by_what_others_hold_in_its_process():
    done = {each.task: each for each in run_all(range(10), hold, 1, replace(LIMITS, megabytes=350))}
    assert isinstance(done.pop(9).error, WorkerDied)
    results = [each.result for each in done.values()]
    assert None not in results
    assert len({*results}) > 1


@pytest.mark.usefixtures("bare")
@pytest.mark.processes
def test_closing_early_stops_the_processes():
    results = run_all([1, *[15] * 6], double, 2, Limits(seconds=50))
    assert next(results).result == 2
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 20


ROW = ReportRow(
    "2568/a",
    "params/2568/a.yml",
    "done",
    "d",
    written={".html": [1, 1, 1]},
    result={"overall": 90.5},
    findings=[["เซลล์ 4", "ข้อความ “ก”"]],
)


def test_a_manifest_holds_what_was_written(tmp_path):
    manifest = Manifest(tmp_path, read_report)
    failed = ReportRow("", "params/bad.yml", "failed", reason="=ก", cell="3")
    for row in (ROW, failed, ROW):
        manifest.write(row)
    manifest.close()
    again = Manifest(tmp_path, read_report)
    assert (list(again.rows()), again.was_rebuilt) == ([failed, ROW], False)
    again.write_failures()
    text = (tmp_path / FAILURES).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[1:] == [["", "params/bad.yml", "3", "'=ก"]]
    again.write(ReportRow("2568/b", "params/bad.yml", "done"))
    again.write_failures()
    assert not (tmp_path / FAILURES).exists()
    again.close()


@pytest.mark.parametrize("done", [*permutations((0, 1, 2))])
def test_the_rows_of_a_manifest_lie_in_the_order_of_the_files_whoever_is_done_first(tmp_path, done):
    with closing(Manifest(tmp_path, read_report)) as manifest:
        for place in done:
            manifest.write(ReportRow(f"2568/{9 - place}", f"params/{place}.yml", "done"))
    with closing(sqlite3.connect(tmp_path / NAME)) as database:
        found = database.execute("SELECT params FROM reports").fetchall()
    assert found == [(f"params/{place}.yml",) for place in range(3)]


@given(st.permutations(range(5)), st.integers(0, 5), st.integers(0, 5))
def test_what_is_said_of_reports_is_heard_in_the_order_of_their_files(done, ends, speaks):
    files = [Path(str(each)) for each in range(5)]
    heard: list[str] = []
    with closing(Turns(files, heard.append)) as turns:
        turns.say("first")
        for place in done[:ends]:
            with turns.of(files[place]):
                for word in "ab" if place != speaks else "":
                    turns.say(f"{place}{word}")
    told = [f"{place}{word}" for place in sorted(done[:ends]) if place != speaks for word in "ab"]
    assert heard == ["first", *told]


def test_a_report_is_heard_as_soon_as_those_before_it_are_done():
    heard: list[str] = []
    turns = Turns([Path("a"), Path("b"), Path("c")], heard.append)
    for file, so_far in (("b", []), ("a", ["a", "b"]), ("c", ["a", "b", "c"])):
        with turns.of(Path(file)):
            turns.say(file)
        assert heard == so_far


def test_one_report_has_one_row_whatever_file_asks_for_it(tmp_path):
    manifest = Manifest(tmp_path, read_report)
    manifest.write(ROW)
    manifest.write(ReportRow("2568/a", "elsewhere.yml", "done"))
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
        with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
            database.execute("PRAGMA user_version = 99")
    else:
        (tmp_path / NAME).write_bytes(content)
    manifest = Manifest(tmp_path, read_report)
    (row,) = manifest.rows()
    manifest.close()
    assert manifest.was_rebuilt
    assert (row.stem, row.status, row.result["level"]) == ("2568/bang-khae", "done", "ผ่านดี")
    assert row.written.keys() >= {".html", ".pdf", ".docx", ".ipynb"}
    assert (tmp_path / f"{NAME}.old-1").exists()


def test_a_damaged_row_and_a_failure_of_a_file_that_is_gone(tmp_path):
    manifest = Manifest(tmp_path, read_report)
    for row in (ROW, ReportRow("", "gone.yml", "failed"), ReportRow("", "there.yml", "failed")):
        manifest.write(row)
    assert manifest.forget_failures(lambda params: params != "gone.yml")
    assert not manifest.forget_failures(lambda params: params != "gone.yml")
    assert [row.params for row in manifest.rows()] == ["there.yml", "params/2568/a.yml"]
    manifest.close()
    with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
        database.execute("UPDATE reports SET written = '{'")
    manifest = Manifest(tmp_path, read_report)
    assert manifest.was_rebuilt
    manifest.close()


def test_only_what_no_living_process_makes_is_cleared(tmp_path):
    dead, alive = tmp_path / f"2568/{MAKING}a-b-x_y", tmp_path / f"2568/{MAKING}c-x_y"
    for folder in (dead, alive):
        folder.mkdir(parents=True)
    with claimed(tmp_path / "2568", "c"):
        clear_abandoned(tmp_path, files_of_ours)
        assert (dead.exists(), alive.exists()) == (False, True)
    clear_abandoned(tmp_path, files_of_ours)
    assert list((tmp_path / "2568").iterdir()) == []


def rows_of(workspace):
    with closing(sqlite3.connect(workspace.rendered / NAME)) as database, database:
        found = database.execute("SELECT stem, params, status, reason FROM reports").fetchall()
    return {stem or params: (status, reason) for stem, params, status, reason in found}


TWO = ("bang-khae", "chai-so")


def two_of(province):
    """Keep the parameter files of two offices of 2568."""
    for file in province.params.rglob("*.yml"):
        if file.parent.name != "2568" or file.stem not in TWO:
            file.unlink()
    return [province.params / f"2568/{name}.yml" for name in TWO]


@pytest.mark.processes
def test_broken_files_fail_each_in_its_way_by_name_and_the_others_are_made(province):
    two_of(shorten(province))
    for name, content in BROKEN.items():
        write(province, f"params/2568/{name}.yml", content)
    twice = write(province, "twice.yml", "organisation: chai-so\nfiscal_year: 2568\n")
    run = ita("render", province.params, twice, "--to", "html", root=province.root)
    assert run.exit_code == 1
    assert f"สำเร็จ 2 จาก {2 + len(BROKEN) + 1}" in run.output
    rows = rows_of(province)
    failed = {name: reason for name, (status, reason) in rows.items() if status == "failed"}
    assert {"params/2568/no-yaml.yml", "2568/nobody", "twice.yml"} <= set(failed)
    assert "chai-so.yml" in failed["twice.yml"]
    table = (province.rendered / FAILURES).read_text(encoding="utf-8-sig")
    assert all(reason.replace('"', '""') in table for reason in failed.values())
    named = [row["params"] for row in csv.DictReader(table.splitlines())]
    broken = [f"params/2568/{name}.yml" for name in BROKEN]
    assert sorted(named) == sorted([*broken, "twice.yml"])
    index = (province.rendered / "index.html").read_text(encoding="utf-8")
    assert [each for each in broken if each not in index] == []
    assert not list(province.rendered.rglob(f"*{MAKING}*"))
    for name in TWO:
        notebook = json.loads((province.rendered / f"2568/{name}.ipynb").read_text("utf-8"))
        assert rows[f"2568/{name}"][0] == "done"
        assert f'"organisation": "{name}"' in json.dumps(notebook)
        assert "<main" in (province.rendered / f"2568/{name}.html").read_text(encoding="utf-8")


@pytest.mark.processes
def test_a_notebook_that_never_ends_fails_alone(province):
    parameters = two_of(shorten(province))
    write_copy(province, "bang-khae", 2568, "import time\nwhile True:\n    time.sleep(1)")
    seconds = "60" if sys.platform == "win32" else "15"
    options = ("--to", "html", "--limit-seconds", seconds)
    run = ita("render", *parameters, *options, root=province.root)
    assert run.exit_code == 1
    rows = rows_of(province)
    assert rows["2568/bang-khae"][0] == "failed"
    assert seconds in rows["2568/bang-khae"][1]
    assert rows["2568/chai-so"][0] == "done"
    assert NotebookFailed.__name__ not in run.output


def test_parameter_files_are_written_in_bulk_and_none_is_overwritten(province):
    shutil.rmtree(province.params / "2568")
    mine = "organisation: chai-so\nfiscal_year: 2568\npreset: brief\n"
    write(province, "params/2568/chai-so.yml", mine)
    run = ita("params", "--year", "2568", root=province.root)
    assert run.exit_code == 0, run.output
    assert "4 แฟ้ม" in run.output
    files = {path.stem for path in (province.params / "2568").glob("*.yml")}
    assert files == {"bang-khae", "bang-krabue", "chai-so", "made-up-example", "sao"}
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


OWN_CELLS = {
    "bang-khae": "import os\nos._exit(3)",
    "bang-krabue": "eaten = bytearray(3_000_000_000)",
    "made-up-example": "while True: print('x' * 1000)",
    "chai-so": "1 + 1",
}


@pytest.mark.processes
def test_own_cells_without_end_or_measure_fail_alone(province):
    files = [shorten(province).params / f"2568/{name}.yml" for name in OWN_CELLS]
    copied = {name: write_copy(province, name, 2568, source) for name, source in OWN_CELLS.items()}
    run = ita("render", *files, "--to", "html", "--limit-megabytes", "2000", root=province.root)
    assert run.exit_code == 1
    rows = rows_of(province)
    assert rows["2568/bang-khae"] == ("failed", str(WorkerDied(reason="3")))
    assert rows["2568/bang-krabue"][0] == "failed"
    told = "2000" if sys.platform == "win32" else "MemoryError"
    assert told in rows["2568/bang-krabue"][1]
    assert rows["2568/made-up-example"][0] == "failed"
    last = len(copied["made-up-example"]["cells"]) - 1
    place = f"เซลล์ที่ {last} ของ notebooks/edited/2568/made-up-example.ipynb"
    assert place in rows["2568/made-up-example"][1]
    assert "20 เมกะไบต์" in rows["2568/made-up-example"][1]
    assert rows["2568/chai-so"][0] == "done"


@pytest.mark.parametrize("place", ["a file", "/proc/ita"])
def test_a_folder_that_cannot_be_written_is_named(province, place):
    out = write(province, "taken", "") if place == "a file" else place
    run = ita("render", province.params / "2568", "--out", out, root=province.root)
    assert run.exit_code == 1
    assert "บันทึกแฟ้ม" in run.output
    assert str(Path(out).absolute()) in run.output or "taken" in run.output


@needs_forks
@pytest.mark.processes
def test_a_full_disk_is_told_and_leaves_nothing_half_written(province):
    import resource

    file = shorten(province).params / "2568/chai-so.yml"
    assert ita("render", file, "--to", "html", root=province.root).exit_code == 0
    before = {path: path.read_bytes() for path in (province.rendered / "2568").iterdir()}
    most = max(map(len, before.values())) // 2
    command = [sys.executable, "-m", "ita_helpers", "--root", str(province.root), "render"]
    done = subprocess.run(
        [*command, str(file), "--to", "html", "--force"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "พื้นที่จัดเก็บเต็ม" in done.stderr
    assert {path: path.read_bytes() for path in (province.rendered / "2568").iterdir()} == before


@pytest.mark.processes
def test_a_file_that_cannot_be_replaced_is_named(province):
    (province.rendered / "2568/chai-so.html").mkdir(parents=True)
    file = shorten(province).params / "2568/chai-so.yml"
    run = ita("render", file, "--to", "html", root=province.root)
    assert run.exit_code == 1
    assert "chai-so.html" in run.output and "ปิดโปรแกรม" in run.output


@pytest.mark.hypothesis
@pytest.mark.processes
def test_in_any_order_every_file_is_its_own_offices(tmp_path):
    workspace = shorten(make_workspace(tmp_path, 12 if is_wide() else 5))
    files = sorted((workspace.params / "2568").glob("*.yml"))
    random.Random(5).shuffle(files)
    options = ("--to", "html,pdf", "--jobs", "4")
    run = ita("render", *files, *options, root=workspace.root)
    assert run.exit_code == 0, run.output
    rows = rows_of(workspace)
    assert len(rows) == len(files)
    for file in files:
        stem = workspace.rendered / "2568" / file.stem
        page = lxml.html.parse(stem.with_suffix(".html")).getroot().text_content()
        document = pypdfium2.PdfDocument(stem.with_suffix(".pdf"))
        text = "".join(each.get_textpage().get_text_range() for each in document)
        notebook = json.loads(stem.with_suffix(".ipynb").read_text(encoding="utf-8"))
        assert read_scraps(notebook)["result"]["organisation"] == file.stem
        own = f"สมมติ{file.stem[8:].translate(THAI_DIGITS)}"
        for shown in (page, text):
            assert set(re.findall("สมมติ[๐-๙]{5}", re.sub("[\\s\u2060]", "", shown))) == {own}


@needs_forks
@pytest.mark.processes
def test_what_own_code_does_to_its_process_meets_no_other_report(tmp_path):
    workspace = shorten(make_workspace(tmp_path, 3))
    organisation = sorted(workspace.params.glob("2568/*.yml"))[1].stem
    source = "from ita_helpers.rendering import reporting\nreporting.load = None"
    write_copy(workspace, organisation, 2568, source)
    options = ("--to", "html", "--jobs", "1", "--out", tmp_path / "out")
    done = ita("render", *options, root=workspace.root)
    assert done.exit_code == 0, done.output
    assert len([*tmp_path.glob("out/*/*.html")]) == 3


@pytest.mark.hypothesis
@pytest.mark.processes
def test_where_nothing_can_be_forked_a_process_serves_many(tmp_path, monkeypatch):
    count = 3 if is_wide() else 2
    workspace = shorten(make_workspace(tmp_path, count))
    options = ("--to", "html", "--jobs", "1", "--out")
    assert ita("render", *options, tmp_path / "forked", root=workspace.root).exit_code == 0
    monkeypatch.setattr("ita_helpers.run.processes.FORKS", False)
    assert ita("render", *options, tmp_path / "spawned", root=workspace.root).exit_code == 0
    pages = sorted((tmp_path / "forked").glob("*/*.html"))
    assert len(pages) == count
    for page in pages:
        spawned = tmp_path / "spawned" / page.relative_to(tmp_path / "forked")
        assert spawned.read_bytes() == page.read_bytes()
