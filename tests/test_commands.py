"""What the commands say of themselves, and which files they take."""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import subprocess
import sys

import click
import pytest
from conftest import ROOT, ita, write, write_scores

from ita_helpers.cli import main
from ita_helpers.cli.usage import Misuse
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.store.organisations import read_organisations

GROUPS = [(), ("new",)]
COMMANDS = [(name,) for name in main.commands if name != "new"]
COMMANDS += [("new", name) for name in main.commands["new"].commands]


@pytest.mark.parametrize("command", [*GROUPS, *COMMANDS], ids=" ".join)
def test_help_is_in_one_language(command):
    told = ita(*command, "--help").output
    for words in ("Usage", "OPTIONS", "COMMAND", "Options", "Commands", "Show ", "exit"):
        assert words not in told
    assert not re.findall(r"default|required|, version|INTEGER|RANGE", told.split("ตัวเลือก:")[1])
    assert told.startswith("วิธีใช้: ")


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_a_list_of_commands_says_of_each_a_whole_sentence_in_one_line(group):
    told = ita(*group, "--help").output.partition("คำสั่ง:\n")[2]
    for line in told.splitlines():
        name, text = line.split(maxsplit=1)
        assert text == ita(*group, name, "--help").output.splitlines()[2].strip()
        assert len(line) < 80


EXAMPLES = [
    (command, line)
    for command in COMMANDS
    for line in label(f"cli.{'.'.join(command)}.example").splitlines()
]


@pytest.mark.parametrize(("command", "example"), EXAMPLES)
def test_the_example_of_a_command_can_be_called(command, example):
    key = " ".join(("ita", *command))
    program, *words = shlex.split(example)
    assert (program, " ".join(words).count(key[4:])) == ("ita", 1)
    context = main.make_context("ita", words, resilient_parsing=False)
    with context:
        rest = [*context._protected_args, *context.args]
        found = main
        for name in command:
            found, rest = found.commands[name], rest[1:]
        found.make_context(key, rest, parent=context)


WRONG = {
    "rendr": "render",
    "new organsation": "organisation",
    "new": None,
    "--root .": "--help",
    "--rot .": "--root",
    "--root": "--root",
    "render --yaer 5": "--year",
    "render -x": "ita render --help",
    "render --root x": "ก่อนชื่อคำสั่ง",
    "render --year": "ita render --help",
    "render --force=1": "ไม่รับค่า",
    "render --year 2025": "2568",
    "plan อบต --year 68": "2568",
    "confirm-rules ก": "2700",
    "render --pdf-standard ua1": "ua-1",
    "render --jobs 0": "ตั้งแต่ 1 ขึ้นไป",
    "render --limit-seconds x": "--limit-seconds",
    "plan": "PARAMS",
    "import": "FILES",
    "params": "--year",
    "plan อบต. บาง แค": "“บาง” “แค”",
    "render --to pfd": "docx",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_call_is_told_in_one_thai_sentence_with_its_remedy(line):
    run = ita(*line.split())
    assert run.exit_code == 2
    if WRONG[line] is None:
        assert run.output == ita(*line.split(), "--help").output
        return
    (told,) = run.output.splitlines()
    assert told.startswith("ข้อผิดพลาด: ")
    assert WRONG[line] in told
    assert not re.search(r"[A-Z][a-z]+ |Try|Error|None|  ", told), told


def kinds(base):
    yield base
    for each in base.__subclasses__():
        yield from kinds(each)


GIVEN = {"message": "said", "option_name": "--yaer", "command_name": "plann"}


@pytest.mark.parametrize("kind", [*kinds(click.UsageError)], ids=lambda kind: kind.__name__)
def test_no_error_of_clicks_reaches_people_in_english(kind, monkeypatch):
    """A new kind of click's would be told by its reason, in a sentence of ours."""
    if kind in (Misuse, click.exceptions.NoArgsIsHelpError):
        return
    takes = inspect.signature(kind).parameters
    given = {name: text for name, text in GIVEN.items() if name in takes}
    if issubclass(kind, click.BadParameter):
        given["param"] = main.commands["plan"].params[0]

    def fail(**_):
        raise kind(**given)

    monkeypatch.setattr(main.commands["index"], "callback", fail)
    run = ita("index")
    (told,) = run.output.splitlines()
    assert run.exit_code == 2
    assert told.startswith("ข้อผิดพลาด: ")
    assert "ita index" in told and not re.search("Try|Error|Usage", told)


def test_a_question_is_asked_again_in_thai_until_the_answer_is_yes_or_no(small_workspace):
    form = write(small_workspace, "a.csv", "organisation,code,score\nban-rai,IIT,83.50\n")
    run = ita("import", form, "--year", 2568, root=small_workspace.root, answers="what\nใช่\n")
    assert run.exit_code == 0
    assert run.output.count("[y/N]") == 2
    assert label("usage.yes_or_no") in run.output and "Error" not in run.output


def test_commands_are_listed_in_the_order_of_the_work():
    told = ita("--help").output
    listed = [told.index(f"\n  {name} ") for name in ("new", "import", "edit", "render", "index")]
    assert listed == sorted(listed)


HEAVY = {"IPython", "jsonschema", "matplotlib", "nbconvert", "nbformat", "pandas", "papermill"}
SHEETS = {"lxml", "numpy", "openpyxl", "PIL"}
PAPERS = {"mistune", "typst"}
READERS = {"pikepdf", "pypdfium2"}
WORK = {*HEAVY, *SHEETS, *PAPERS, *READERS, "sqlite3"}
WORDS_ALONE = {*WORK, "filelock", "jinja2", "psutil", "pydantic"}
FORKED = {"multiprocessing.forkserver", "matplotlib", "nbconvert"}
"""What is loaded by the process that a single report is made in, or by another interpreter."""
UNUSED = {
    "ita_helpers.checks.words",
    "ita_helpers.rendering.comparing",
    "pandas",
    "pyarrow",
    "requests",
    "rfc3987_syntax",
}
PAGE_ALONE = {*HEAVY, *READERS, *UNUSED, *SHEETS, "ita_helpers.importing.files"}
NOT_LOADED = {
    "--help": {*WORDS_ALONE, "difflib", "shlex", "traceback"},
    "explian": WORDS_ALONE,
    "|".join(" ".join((*each, "--help")) for each in COMMANDS): WORDS_ALONE,
    "|".join(" ".join((*each, "--hlep")) for each in COMMANDS): WORDS_ALONE,
    "params --year 2568": WORK,
    "explain ban-rai": WORK,
    "check": {*HEAVY, *READERS, "numpy", "openpyxl", "PIL", "sqlite3"},
    "index": {*HEAVY, *PAPERS, *READERS, "numpy"},
    "render params/2568/ban-rai.yml --to html": {*FORKED, *UNUSED, "numpy"},
    "load ita_helpers.lab.start_page": PAGE_ALONE - {"IPython", "lxml"},
}
"""What a command must not load, or a module loaded by a kernel.

Several are called one after another by one process.
"""
CALLED = """
import json, os, sys
for listed in sys.argv[1:]:
    if os.fork():
        os.wait()
        continue
    if listed.startswith("load "):
        __import__(listed[5:])
        listed = ""
    from ita_helpers.__main__ import main
    for words in filter(None, listed.split("|")):
        sys.argv[1:] = words.split()
        try:
            main()
        except SystemExit:
            pass
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)
"""


@pytest.mark.processes
def test_a_command_loads_only_what_it_uses(small_workspace):
    write_scores(small_workspace, "ITA,90,,s,")
    (small_workspace.rendered / "2568").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", CALLED, *NOT_LOADED],
        env={**os.environ, "ITA_ROOT": str(small_workspace.root)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = [json.loads(line) for line in done.stdout.splitlines() if line[:2] == '["']
    for (words, unwanted), found in zip(NOT_LOADED.items(), loaded, strict=True):
        assert unwanted & set(found) == set(), words
        assert "yaml" in found, words
    assert (small_workspace.rendered / "index.html").exists()
    assert (small_workspace.params / "2568/ban-rai.yml").exists()


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
    known = read_organisations(Workspace(ROOT))
    assert known[values["organisation"]].is_made_up
