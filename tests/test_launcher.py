"""A double click: the environment is made once, for this user alone, and then only started."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from surroundings import DEAD

import start

BAT = (ROOT / "start.bat").read_bytes()
FILES = (
    "start.py",
    "start.sh",
    "ita_helpers/language/th/program/launcher.ini",
    "ita_helpers/language/th/program/no_python.txt",
)
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "ita-helpers"
version = "1"
[tool.hatch.build.targets.wheel]
only-include = ["ita_helpers"]
"""
BACKEND = """\
import zipfile

def make(folder, name, files):
    info = f"{name}-1.dist-info"
    wheel = f"{name}-1-py3-none-any.whl"
    about = {
        "METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1\\n",
        "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files = {**files, **{f"{info}/{key}": text for key, text in about.items()}}
    record = "".join(f"{path},,\\n" for path in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(f"{folder}/{wheel}", "w") as written:
        for path, text in {**files, f"{info}/RECORD": record}.items():
            written.writestr(path, text)
    return wheel

def build_wheel(folder, settings=None, metadata=None):
    names = ("ita_helpers/__main__.py", "ita_helpers/__init__.py")
    return make(folder, "ita_helpers", {each: open(each).read() for each in names})
"""
MAIN = """\
import os, sys, tiny
print('ita', *sys.argv[1:], flush=True)
if 'where' in sys.argv:
    print(os.environ['ITA_PROGRAM'], os.getcwd())
sys.exit(7 if 'fail' in sys.argv else 0)
"""
Usage = namedtuple("Usage", "total used free")


class Office:
    """A made-up program with one tiny package, unpacked by a user with a Thai name."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "สมศรี"
        self.program = self.home / "Documents/งาน ITA (2568)"
        self.wheels = folder / "wheels"
        self.base = self.home / ".local/share/ita-workbook"
        for file in FILES:
            (self.program / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, self.program / file)
        own = {"pyproject.toml": PROJECT, "backend.py": BACKEND, "ita_helpers/__init__.py": ""}
        for file, text in {**own, "ita_helpers/__main__.py": MAIN}.items():
            (self.program / file).write_text(text, encoding="utf-8")
        self.pin("tiny")

    def pin(self, name: str) -> None:
        """Write a package and the lock that asks for it."""
        self.wheels.mkdir(exist_ok=True)
        tools: dict[str, object] = {}
        exec(BACKEND, tools)
        file = self.wheels / tools["make"](self.wheels, name, {"tiny.py": ""})
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lock = self.program / "requirements-run.lock"
        lock.write_text(f"{name}==1 --hash=sha256:{digest}\n", encoding="utf-8")

    def begin(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start, with nothing of this machine's settings of pip."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        kept.pop("XDG_DATA_HOME", None)
        found = {"HOME": str(self.home), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.Popen(
            ["sh", str(self.program / "start.sh"), *arguments],
            env={**kept, "PIP_CONFIG_FILE": os.devnull, **found, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def start(self, *arguments: str, **variables: str) -> tuple[int, str]:
        """Start and wait; return the status and all that was said."""
        process = self.begin(*arguments, **variables)
        said = "".join(process.communicate(timeout=120))
        return process.returncode, said

    @contextmanager
    def away(self) -> Iterator[None]:
        """Leave nothing to fetch."""
        away = self.wheels.rename(self.wheels.with_name("away"))
        yield
        away.rename(self.wheels)

    def environments(self) -> list[Path]:
        return sorted(each for each in self.base.iterdir() if each.is_dir())


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def said(section, name, /, **facts):
    return start.sentence(section, name, **facts)


@pytest.mark.processes
def test_an_environment_is_made_once_then_only_started_and_renewed_where_it_must(office):
    """Follow one office, since each environment takes seconds to make."""
    what_could_not_be_fetched_is_named(office)
    (half,) = office.environments()
    rubbish = half / "rubbish"
    rubbish.touch()
    former = half.with_name("0" * 12)
    former.mkdir()
    of_two_double_clicks_one_makes_all_anew(office)
    assert office.environments() == [half] and not rubbish.exists()
    the_next_starts_only_start(office, half)
    a_newer_program_is_installed_without_the_network(office)
    assert office.environments() == [half]


def what_could_not_be_fetched_is_named(office):
    with office.away():
        dead = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", **DEAD}
        status, text = office.start(**dead)
    (half,) = office.environments()
    log = half / "install.log"
    assert half.is_relative_to(office.home)
    assert status == 1
    assert text.endswith(said("stop", "offline", package="tiny", log=log) + "\n")
    assert "Traceback" not in text and "No matching distribution" in log.read_text("utf-8")


def of_two_double_clicks_one_makes_all_anew(office):
    both = office.begin("one"), office.begin("two")
    texts = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], texts
    assert [text.splitlines()[-1] for text in texts] == ["ita one", "ita two"]
    waited = [said("say", "waiting") in text for text in texts]
    made = [[f"ขั้นที่ {step} จาก 5" in text for step in range(1, 6)] for text in texts]
    assert sorted(waited) == [False, True]
    assert sorted(made) == [[False] * 5, [True] * 5]


def the_next_starts_only_start(office, made):
    times = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.suffix != ".pyc"}
    with office.away():
        assert office.start(**DEAD) == (0, "ita start\n")
        assert office.start("render", "ก ข.yml", **DEAD) == (0, "ita render ก ข.yml\n")
        assert office.start("fail", **DEAD) == (7, "ita fail\n")
        where = f"ita where\n{office.program} {Path.cwd()}\n"
        assert office.start("where", **DEAD) == (0, where)
    for path, time in times.items():
        assert path.is_dir() or path.stat().st_mtime_ns == time, path


def a_newer_program_is_installed_without_the_network(office):
    main = office.program / "ita_helpers/__main__.py"
    main.write_text(MAIN.replace("'ita'", "'newer'"), encoding="utf-8")
    with office.away():
        status, text = office.start(**DEAD)
    assert status == 0
    assert text.startswith(said("say", "renewal")) and text.endswith("newer start\n")


@pytest.mark.processes
def test_a_file_that_is_not_the_one_recorded_is_not_installed(office):
    lock = office.program / "requirements-run.lock"
    lock.write_text(f"tiny==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    status, text = office.start()
    (half,) = office.environments()
    assert status == 1
    assert said("stop", "altered", package="tiny", log=half / "install.log") in text


@pytest.mark.processes
def test_a_program_that_does_not_run_is_made_anew(tmp_path):
    environment = start.Environment(tmp_path)
    environment.python.parent.mkdir()
    environment.python.write_text("#!/bin/sh\necho broken >&2\nexit 1\n", encoding="utf-8")
    environment.python.chmod(0o755)
    environment.installed.touch()
    with pytest.raises(start.Stop, match=re.escape(str(environment.log))):
        start.see_it_run(environment)
    assert environment.log.read_text("utf-8") == "broken\n"
    assert not environment.is_made()


@pytest.mark.parametrize("mark", ["installed", "program", "pyvenv.cfg"])
def test_an_environment_that_lacks_a_mark_or_its_python_is_not_ready(tmp_path, mark):
    environment = start.Environment(tmp_path)
    environment.python.parent.mkdir()
    for file in (environment.python, environment.installed):
        file.touch()
    environment.program.write_text("digest", encoding="utf-8")
    (tmp_path / "pyvenv.cfg").write_text(f"home = {tmp_path}\n", encoding="utf-8")
    assert environment.is_ready("digest") and not environment.is_ready("other")
    (tmp_path / mark).write_text("home = /of/a/python/that/is/gone\n", encoding="utf-8")
    if mark != "pyvenv.cfg":
        (tmp_path / mark).unlink()
    assert not environment.is_ready("digest")


def test_the_version_follows_the_pins_and_not_how_lines_end(tmp_path):
    lock, project = tmp_path / start.LOCK, tmp_path / "pyproject.toml"
    lock.write_bytes(b"a==1\nb==2\n")
    project.write_bytes(b'version = "1"\n')
    before = start.version_of(tmp_path)
    lock.write_bytes(b"a==1\r\nb==2\r\n")
    assert start.version_of(tmp_path) == before
    lock.write_bytes(b"a==1\nb==3\n")
    changed = start.version_of(tmp_path)
    project.write_bytes(b'version = "2"\n')
    assert len({before, changed, start.version_of(tmp_path)}) == 3


@pytest.mark.parametrize("file", ["ita_helpers/new.yml", "data/frameworks/2570.yml"])
def test_the_digest_follows_all_that_is_installed_and_nothing_else(tmp_path, file):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    before = start.digest_of_program(tmp_path)
    for other in ("data/plans/2568/a.csv", "ita_helpers/__pycache__/a.pyc", "params/a.yml"):
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).touch()
    assert start.digest_of_program(tmp_path) == before
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).touch()
    assert start.digest_of_program(tmp_path) != before


def test_a_folder_that_was_not_wholly_unpacked_is_told(tmp_path):
    with pytest.raises(start.Stop, match="pyproject"):
        start.version_of(tmp_path)


def test_a_disk_too_small_is_told_before_anything_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(start, "find_python", lambda: [sys.executable])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 500 * 10**6))
    monkeypatch.setattr(start, "carry_out", lambda *_: pytest.fail("something was done"))
    environment = start.Environment(tmp_path / "version")
    with pytest.raises(start.Stop, match="500 MB") as stopped:
        start.make_packages(environment)
    assert f"{start.NEEDED_MB} MB" in str(stopped.value)
    assert not environment.folder.exists()


SAYINGS = {
    "disk_full": "Collecting a==1\nERROR: Could not install: [Errno 28] No space left on device\n",
    "altered": "Collecting a==1\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n",
    "offline": "Collecting a==1\nERROR: ReadTimeoutError: Read timed out\n",
    "failed": "Collecting a==1\nERROR: something else\n",
}


@pytest.mark.parametrize("kind", SAYINGS)
def test_each_reason_is_one_sentence_with_the_log(kind):
    told = str(start.refusal("packages", SAYINGS[kind], Path("/base/install.log")))
    step = said("say", "step_packages")
    facts = {"package": "a", "step": step, "log": "/base/install.log", "needed": start.NEEDED_MB}
    assert told == said("stop", kind, **facts)
    assert "\n" not in told and "/base/install.log" in told


def test_a_former_version_stays_while_it_is_in_use_and_others_folders_always(tmp_path):
    current = start.Environment(tmp_path / "0123456789ab")
    used, unused, half = (tmp_path / (letter * 12) for letter in "abc")
    others = tmp_path / "settings"
    for folder in (current.folder, used, unused, half, others):
        folder.mkdir()
    for folder in (current.folder, used, unused):
        (folder / "installed").touch()
    with (used / "installed").open() as mark:
        assert start.lock(mark, shared=True)
        start.remove_former(tmp_path, current)
        assert {each.name for each in tmp_path.iterdir()} == {"0123456789ab", "a" * 12, "settings"}
    start.remove_former(tmp_path, current)
    assert not used.exists()


def test_a_python_that_fits_is_taken_in_order_and_uv_is_the_last(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: name in ("python3.12", "uv") and name)
    listed = list(start.candidates())
    assert [command[0] for command in listed] == [sys.executable, "python3.12", "uv"]
    for chosen in listed:
        monkeypatch.setattr(start, "is_fit", lambda command, chosen=chosen: command == chosen)
        assert start.find_python() == chosen
    assert capsys.readouterr().out == said("say", "fetching_python") + "\n"


def test_windows_is_asked_by_its_launcher(monkeypatch):
    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(shutil, "which", lambda name: name == "py" and name)
    assert ["py", "-3.12"] in list(start.candidates())


def test_without_a_python_that_fits_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(start, "is_fit", lambda _: False)
    with pytest.raises(start.Stop, match=r"3\.11 ถึง 3\.14") as stopped:
        start.find_python()
    remedy = (ROOT / "ita_helpers/language/th/program/no_python.txt").read_text("utf-8")
    assert remedy.strip() in str(stopped.value)


BITS = {32: 2**31 - 1, 64: 2**63 - 1}


@pytest.mark.parametrize(
    ("version", "bits", "platform", "fits"),
    [
        ((3, 10), 64, "win-amd64", False),
        ((3, 11), 64, "win-amd64", True),
        ((3, 14), 64, "win-amd64", True),
        ((3, 15), 64, "win-amd64", False),
        ((3, 13), 32, "win32", False),
        ((3, 13), 64, "win-arm64", False),
    ],
)
def test_a_python_too_old_or_new_of_32_bits_or_for_arm_does_not_fit(
    monkeypatch, version, bits, platform, fits
):
    with monkeypatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "version_info", (*version, 0))
        patch.setattr(sys, "maxsize", BITS[bits])
        patch.setattr(sysconfig, "get_platform", lambda: platform)
        exec(start.FIT, {})
    assert (not ended.value.code) is fits


@pytest.mark.parametrize(("probe", "fits"), [(start.FIT, True), ("raise SystemExit(9)", False)])
@pytest.mark.processes
def test_a_python_that_only_prints_a_message_does_not_fit(monkeypatch, probe, fits):
    monkeypatch.setattr(start, "FIT", probe)
    assert start.is_fit([sys.executable]) is fits
    assert not start.is_fit(["no-such-python"])


STUB = "#!/bin/sh\necho 'Python was not found'\nexit 9\n"


def tools(folder, **scripts):
    """Make a folder of commands for ``PATH``; the usual ones of a shell are beside them."""
    folder.mkdir()
    for name in ("sh", "dirname", "cat"):
        (folder / name).symlink_to(shutil.which(name))
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.processes
def test_a_stub_is_passed_over(office, tmp_path):
    path = tools(tmp_path / "bin", python3=STUB, python="#!/bin/sh\necho python $#\n")
    assert office.start("a b", PATH=path)[1].splitlines()[-1] == "python 2"


@pytest.mark.processes
def test_uv_begins_where_there_is_no_python(office, tmp_path):
    uv = '#!/bin/sh\ntest "$5" = python || echo "$@"\n'
    expected = f"run --no-project --python 3.12 {office.program}/start.py a\n"
    assert office.start("a", PATH=tools(tmp_path / "bin", python3=STUB, uv=uv)) == (0, expected)


@pytest.mark.parametrize("others", [{}, {"uv": "#!/bin/sh\nexit 2\n"}], ids=["nothing", "uv fails"])
@pytest.mark.processes
def test_without_python_and_uv_it_says_what_to_install(office, tmp_path, others):
    remedy = (ROOT / "ita_helpers/language/th/program/no_python.txt").read_text("utf-8")
    assert office.start(PATH=tools(tmp_path / "bin", python3=STUB, **others)) == (1, remedy)


def test_the_batch_file_is_ascii_with_the_line_ends_of_windows():
    text = BAT.decode("ascii")
    assert text.count("\n") == text.count("\r\n") > 10
    assert b"\r" not in (ROOT / "start.sh").read_bytes()
    assert os.access(ROOT / "start.sh", os.X_OK)
    attributes = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert {"start.bat -text", "start.sh text eol=lf"} <= set(attributes)


def test_the_batch_file_leads_somewhere():
    text = BAT.decode("ascii")
    labels = re.findall(r"^:(\w+)", text, re.MULTILINE)
    assert set(re.findall(r"goto (\w+)", text)) == set(labels)
    for name in re.findall(r"%~dp0([\w\\.]+)", text):
        assert (ROOT / name.replace("\\", "/")).is_file(), name
    assert not re.findall(r'(?<!")%~dp0', text)
    (popup,) = re.findall(r"Unescape\('(.*?)'\)", text)
    assert re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), popup) == said("stop", "unpack")


def test_it_needs_nothing_but_an_old_python():
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else each.name).split(".")[0]
        for node in imports
        for each in node.names
    }
    assert names <= sys.stdlib_module_names
    assert not re.search("[ก-๙]", text)


def test_every_sentence_is_there_and_every_one_is_used():
    text = (ROOT / "start.py").read_text(encoding="utf-8") + "unpack"
    sentences = (ROOT / "ita_helpers/language/th/program/launcher.ini").read_text(encoding="utf-8")
    for name in re.findall(r"^(\w+) =", sentences, re.MULTILINE):
        assert name.removeprefix("step_") in text, name
    for name in re.findall(r'(?:say|Stop)\("(\w+)"', text):
        assert f"\n{name} =" in sentences, name
