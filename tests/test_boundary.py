"""Whatever goes wrong is one Thai sentence, and no other report suffers for it."""

from __future__ import annotations

import csv
import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import assert_helps_the_reader, ita, write

from ita_helpers import cli
from ita_helpers.__main__ import main as program_main
from ita_helpers.boundary import LOG, MOST_LOG, as_failure, told
from ita_helpers.cli import main
from ita_helpers.edited.reading import read_own_notebook
from ita_helpers.errors import (
    BadValue,
    DiskFull,
    FileMissing,
    ItaError,
    Unforeseen,
    UnreadableFile,
    UnreadableNotebook,
    WriteFailed,
)
from ita_helpers.files.json_reading import DEEPEST
from ita_helpers.files.yaml_mapping import MOST_BYTES
from ita_helpers.run.manifest import FAILURES
from ita_helpers.store.offices import read_office
from ita_helpers.store.params import load_parameters
from ita_helpers.store.rules import read_advice, read_framework, read_regulations

DEEP = "organisation: " + "[" * 200_000
ALIASES = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3))
EXPLOSIVE = {
    "deep": (DEEP, "too_deep"),
    "deep and closed": ("organisation: " + "[" * 5000 + "]" * 5000, "too_deep"),
    "indented": ("\n".join(" " * n + "a:" for n in range(200)), "too_deep"),
    "aliases": (ALIASES, "alias"),
    "itself": ("a: &a [*a]", "alias"),
    "large": ("a: b\n" + "#" * MOST_BYTES, "too_big"),
    "base 60": ("fiscal_year: " + "1:" * 100_000 + "1", "not_yaml"),
    "digits": ("fiscal_year: " + "9" * 6000, "not_yaml"),
    "empty int": ("fiscal_year: !!int ''", "not_yaml"),
    "no truth": ("fiscal_year: !!bool maybe", "not_yaml"),
    "no day": ("fiscal_year: !!timestamp soon", "not_yaml"),
}
READERS = {
    "params/2568/ban-rai.yml": lambda ws: load_parameters(ws.params / "2568/ban-rai.yml", ws),
    "data/offices/ban-rai.yml": lambda ws: read_office(ws, "ban-rai"),
    "data/frameworks/2568.yml": lambda ws: read_framework(ws, 2568),
    "data/regulations.yml": lambda ws: read_regulations(ws, 2568),
    "data/advice/2569.yml": lambda ws: read_advice(ws, 2569, read_framework(ws, 2569)),
}
PLAIN = {"base 60", "digits", "empty int", "no truth", "no day"}
"""What is only text where values are read as they are written."""


@pytest.mark.parametrize("file", READERS)
def test_yaml_that_grows_when_it_is_read_is_refused_by_file(small_workspace, file):
    for name, (text, problem) in EXPLOSIVE.items():
        if "offices" in file and name in PLAIN:
            continue
        write(small_workspace, file, text)
        with pytest.raises(UnreadableFile) as caught:
            READERS[file](small_workspace)
        assert caught.value.facts["problem"] == problem, name
        assert_helps_the_reader(caught.value, file)


def test_a_value_without_end_is_shown_by_its_beginning(small_workspace):
    file = "params/2568/ban-rai.yml"
    for value in ("0x" + "f" * 400, "x" * 1_000_000):
        write(small_workspace, file, f"organisation: ban-rai\nfiscal_year: {value}\n")
        with pytest.raises(BadValue) as caught:
            READERS[file](small_workspace)
        assert value[:100] in str(caught.value)
        assert len(str(caught.value)) < 2000


CELL = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "ก"}


def as_json(**parts):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []} | parts)


def nested(depth):
    return as_json(metadata="DEEP").replace('"DEEP"', "[" * depth + "]" * depth)


ODD_NOTEBOOKS = {
    "deep": (as_json(metadata="DEEP").replace('"DEEP"', "[" * 100_000 + "]" * 100_000), False),
    "deeper than ours": (
        as_json(metadata="DEEP").replace('"DEEP"', "[" * DEEPEST + "]" * DEEPEST),
        False,
    ),
    "half a letter": (as_json(cells=[{**CELL, "source": "\ud83d"}]), False),
    "half a letter in its facts": (as_json(metadata={"ita": {"organisation": "\udc00"}}), False),
    "a list": ("[]", False),
    "a number": ("4", False),
    "digits": (as_json(metadata={"a": "N"}).replace('"N"', "9" * 6000), False),
    "metadata that are none": (as_json(metadata=[1], cells=[CELL]), True),
    "no owner's year": (as_json(metadata={"ita": {"organisation": "ban-rai"}}), None),
    "a list for facts": (as_json(metadata={"ita": [1]}), True),
    "scraps without data": (
        as_json(
            cells=[
                {
                    **CELL,
                    "cell_type": "code",
                    "outputs": [
                        "x",
                        {"data": 3},
                        {"data": {"application/scrapbook.scrap.json+json": {"name": "a"}}},
                        {"data": {"application/scrapbook.scrap.json+json": [4]}},
                        {
                            "data": {
                                "application/scrapbook.scrap.json+json": {
                                    "name": "ita-document",
                                    "data": {"fiscal_year": 1},
                                }
                            }
                        },
                    ],
                }
            ]
        ),
        True,
    ),
    "outputs that are none": (as_json(cells=[{**CELL, "outputs": 7}]), True),
    "a picture letter": (as_json(cells=[{**CELL, "source": "\U0001f600"}]), True),
}


@pytest.mark.parametrize("name", ODD_NOTEBOOKS)
def test_an_odd_notebook_is_read_or_refused_by_file(tmp_path, name):
    text, is_read = ODD_NOTEBOOKS[name]
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    if is_read:
        assert read_own_notebook(path, "x.ipynb", "ban-rai", 2568)["cells"] is not None
        return
    kind = UnreadableNotebook if is_read is False else ItaError
    with pytest.raises(kind) as caught:
        read_own_notebook(path, "x.ipynb", "ban-rai", 2568)
    assert_helps_the_reader(caught.value, "x.ipynb")


def test_a_check_tells_of_an_odd_notebook_and_goes_on(province):
    odd = ["deep", "half a letter", "no owner's year", "a list"]
    names = ["bang-khae", "bang-krabue", "chai-so", "made-up-example"]
    for notebook, office in zip(odd, names, strict=True):
        write(province, f"notebooks/edited/2568/{office}.ipynb", ODD_NOTEBOOKS[notebook][0])
    files = [province.params / f"2568/{office}.yml" for office in names]
    run = ita("check", *files, root=province.root)
    assert run.exit_code == 1
    assert all(f"{office}.ipynb" in run.output for office in names)
    assert not (province.root / LOG).exists()


PLAN, LONG = str(Path("/x/plan.csv")), str(Path("/x", *["y" * 90] * 50))


def raised(error):
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "kind", "fact"),
    [
        (PermissionError(13, "Permission denied", PLAN), UnreadableFile, PLAN),
        (IsADirectoryError(21, "Is a directory", PLAN), UnreadableFile, PLAN),
        (NotADirectoryError(20, "Not a directory", PLAN), UnreadableFile, PLAN),
        (OSError(28, "No space left on device", PLAN), DiskFull, PLAN),
        (OSError(1, "Not permitted", "/x/a", None, "/x/b"), WriteFailed, "/x/b"),
        (FileNotFoundError(2, "Not found", LONG), UnreadableFile, "ยาวเกินไป"),
        (OSError(5, "Input/output error"), Unforeseen, "OSError"),
        (RecursionError(), Unforeseen, "RecursionError"),
        (MemoryError(), Unforeseen, "MemoryError"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), Unforeseen, "UnicodeDecodeError"),
        (ZeroDivisionError("no traceback"), Unforeseen, "ZeroDivisionError"),
        (FileMissing(file="x.yml"), FileMissing, "x.yml"),
    ],
)
def test_any_exception_becomes_a_sentence(error, kind, fact):
    failure = as_failure(raised(error))
    assert type(failure) is kind
    assert_helps_the_reader(failure, fact)


def test_what_nobody_foresaw_stands_in_a_log_that_stays_small(small_workspace):
    log = small_workspace.root / LOG
    log.write_text("x" * (MOST_LOG + 1), encoding="utf-8")
    for number in range(2):
        failure = told(raised(KeyError(f"fault {number} \ud800")), small_workspace)
        assert_helps_the_reader(failure, "KeyError", LOG, "test_boundary.py")
        assert str(small_workspace.root) not in str(failure)
    text = log.read_text(encoding="utf-8")
    assert text.count("Traceback") == 2 and "fault 1" in text
    assert str(Path.home()) not in text


def commands():
    """Yield the words of each command that opens a workspace, with what it needs."""
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from ((name, each) for each in command.commands if each != "workspace")
        elif name != "start":
            yield (name,)


GIVEN = {
    "confirm-rules": ("2569",),
    "params": ("--year", "2568"),
    "form": ("--year", "2568"),
    "publish": ("--to", "x"),
    "compare": ("--year", "2568"),
}
NAMED = {"adopt", "issue", "evidence", "verify", "explain", "plan", "edit", "restore", "import"}
MODULES = [each.name for each in pkgutil.iter_modules(cli.__path__)]


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_no_command_ends_with_a_traceback(small_workspace, words, monkeypatch):
    arguments = (*GIVEN.get(words[-1], ()), *(("x",) if words[-1] in NAMED else ()))
    errors = {
        1: [
            RecursionError("deep"),
            PermissionError(13, "Permission denied", str(small_workspace.root / "data")),
            MemoryError(),
            FileMissing(file="x"),
        ],
        130: [KeyboardInterrupt(), click.Abort()],
    }
    for status, each_of in errors.items():
        for error in each_of:

            def fail(*_, error=error):
                raise error

            for module in MODULES:
                opening = f"ita_helpers.cli.{module}.open_workspace"
                monkeypatch.setattr(opening, fail, raising=False)
            run = ita(*words, *arguments, root=small_workspace.root)
            assert run.exit_code == status, (error, run.output)
            assert any("ก" <= letter <= "๛" for letter in run.output)
            for foreign in ("Traceback", "Aborted", "denied"):
                assert foreign not in run.output
    assert "RecursionError: deep" in (small_workspace.root / LOG).read_text(encoding="utf-8")


BAD = {
    "bang-khae": PermissionError(13, "Permission denied", "params/2568/x"),
    "bang-krabue": RecursionError(),
    "made-up-example": MemoryError(),
    "sao": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "bad"),
}


@pytest.mark.processes
def test_whatever_goes_wrong_while_planning_is_its_own_reports_failure(province, monkeypatch):
    def load(file, workspace):
        if file.stem in BAD:
            raise BAD[file.stem]
        return load_parameters(file, workspace)

    monkeypatch.setattr("ita_helpers.rendering.many.load_parameters", load)
    write(province, "params/2568/sao.yml", "organisation: sao\nfiscal_year: 2568\n")
    undecodable = os.fsdecode(os.fsencode(province.params / "2568") + b"/\xff.yml")
    Path(undecodable).write_text("[", encoding="utf-8")
    (province.rendered / FAILURES / "held").mkdir(parents=True)
    run = ita("render", province.params / "2568", "--to", "html", root=province.root)
    assert run.exit_code == 1
    assert (province.rendered / "2568/chai-so.html").exists()
    assert (province.rendered / "index.html").exists()
    assert "สำเร็จ 1 จาก 6" in run.output
    assert FAILURES in run.output and "failures-1.csv" in run.output
    table = (province.rendered / "failures-1.csv").read_text(encoding="utf-8-sig")
    named = {Path(row["params"]).stem for row in csv.DictReader(table.splitlines())}
    assert named == {*BAD, "\\udcff"}
    assert not list(province.rendered.glob("*.new"))
    log = (province.root / LOG).read_text(encoding="utf-8")
    assert all(type(BAD[each]).__name__ in log for each in ("bang-krabue", "made-up-example"))


@pytest.mark.processes
def test_no_table_of_failures_is_told_where_no_report_has_failed(small_workspace):
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    (small_workspace.rendered / FAILURES / "held").mkdir(parents=True)
    run = ita("render", "--to", "html", root=small_workspace.root)
    assert (run.exit_code, "สำเร็จ 1 จาก 1" in run.output) == (1, True)
    assert "failures.csv" in run.output and "failures-1.csv" not in run.output


def test_what_goes_wrong_in_the_index_ends_no_command(small_workspace, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("ita_helpers.rendering.many.write_index", fail)
    write(small_workspace, "params/2568/ban-rai.yml", "[")
    run = ita("render", root=small_workspace.root)
    assert (run.exit_code, "สำเร็จ 0 จาก 1" in run.output) == (1, True)
    assert "ZeroDivisionError" in (small_workspace.root / LOG).read_text(encoding="utf-8")


@pytest.fixture
def program(monkeypatch):
    """Run the program in this process on streams of an encoding; give what it wrote there."""

    def run(encoding, *lines):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        for words in lines:
            monkeypatch.setattr(sys, "argv", ["ita", *words])
            with pytest.raises(SystemExit) as ended:
                program_main()
            assert not ended.value.code, words
        print("\ud800")
        out.flush()
        return out.buffer.getvalue()

    yield run
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize(
    ("encoding", "written"), [("cp874", "cp874"), ("cp1252", "utf-8"), ("ascii", "utf-8")]
)
def test_every_command_speaks_thai_into_any_code_page(encoding, written, program, workspace):
    groups = [("--help",), ("new", "--help"), ("new", "workspace", "--help"), ("start", "--help")]
    helped = [(*words, "--help") for words in commands()]
    explained = ("--root", str(workspace.root), "explain", "bang-khae", "--year", "2568")
    said = program(encoding, *groups, *helped, explained).decode(written)
    assert "100 - 92.8638" in said.replace("−", "-")
    assert "ตัวอย่าง" in said and "\\ud800" in said and "\\u0e" not in said


INTERRUPTED = """
import os, signal, sys
import ita_helpers.screen
stopped_at = sys.argv.pop()
class Finder:
    def find_spec(self, name, *_):
        if name == f"ita_helpers.cli.{stopped_at}":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from ita_helpers.__main__ import main
main()
"""


@pytest.mark.processes
@pytest.mark.parametrize("module", ["common", "explain"])
def test_a_command_that_is_stopped_while_it_is_loaded_says_one_line(module):
    command = [sys.executable, "-c", INTERRUPTED, "explain", "x", module]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert len(done.stderr.split("\n")) == 3 and done.stderr.strip()[0] >= "ก"


@pytest.mark.processes
def test_an_interrupt_that_is_ignored_stays_ignored():
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from ita_helpers.screen import stopping_quietly\n"
        "import os\n"
        "with stopping_quietly(): os.kill(os.getpid(), signal.SIGINT)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
