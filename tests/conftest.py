"""What the tests share: the real workspace, a small private one, and one-line builders."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

import pytest
from browsers import blank, chromium, watch
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from libreoffice import converter

from ita_helpers.cli import main
from ita_helpers.errors import ItaError
from ita_helpers.files.scraps import quick_imports
from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.formats import FORMATS
from ita_helpers.records.framework import Framework
from ita_helpers.records.kinds import KINDS
from ita_helpers.records.layout import PRESETS, Layout, choose_layout
from ita_helpers.records.scores import PublishedResult, Score, YearScores
from ita_helpers.rendering import ahead
from ita_helpers.run import processes
from ita_helpers.scoring.assessment import Assessment, assess
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import require_year

gc.disable()
with quick_imports():
    import_module("nbformat")

if sys.platform == "win32":
    STARTING = ((import_module("_winapi"), "CreateProcess"),)
else:
    STARTING = ((import_module("_posixsubprocess"), "fork_exec"), (subprocess, "_fork_exec"))
"""What a process is started by, where Python's own modules call it."""

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
ALL_FORMATS = ",".join(each.name for each in FORMATS if each.is_whole)
"""The formats that show all of a paper."""
FOLLOW_UPS = tuple(each.suffix for each in KINDS if each.ends)
"""How the names of reports on a plan end."""
SAMPLES = [
    (file.stem, int(file.parent.name))
    for file in sorted((ROOT / "params").rglob("*.yml"))
    if not file.stem.endswith(FOLLOW_UPS)
]
"""Code and year of each report of the project, but for follow-ups."""
YEARS = sorted(int(file.stem) for file in (ROOT / "data/frameworks").glob("*.yml"))
SCORE_HEAD = "organisation,code,score,status,source,note"
ORGANISATIONS = """\
organisation,name,short_name,type,district,province,official_code
ban-rai,องค์การบริหารส่วนตำบลบ้านไร่ (ข้อมูลสมมติ),อบต.บ้านไร่,องค์การบริหารส่วนตำบล,,,
ban-rao,องค์การบริหารส่วนตำบลบ้านเรา (ข้อมูลสมมติ),อบต.บ้านเรา,องค์การบริหารส่วนตำบล,,,
all-agencies,หน่วยงานทั้งหมด (ข้อมูลสมมติ),ทั้งหมด,ค่าอ้างอิง,,,
"""

os.environ["ITA_TRUST"] = "1"
"""What needs trust is the matter of test_trust.py."""
if "PYTEST_XDIST_WORKER" not in os.environ:
    _JUPYTER = tempfile.TemporaryDirectory(prefix="ita-jupyter-")
    os.environ["JUPYTER_DATA_DIR"] = _JUPYTER.name
    """What is signed and trusted here is nobody's else; the workers of a run share it, as they
    share the reports one of them has signed."""

settings.register_profile("project", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=10, derandomize=True)
settings.register_profile("wide", deadline=None, max_examples=1000, print_blob=True)
settings.register_profile(
    "slow", settings.get_profile("quick"), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")


CHARACTERS = st.characters(exclude_categories=("Cs",))
"""All that a text can hold: what ``st.text`` draws from by itself, but found in no time."""


def examples(share: float) -> settings:
    """Let Hypothesis try a share of the cases its profile asks for, where each takes long."""
    return settings(max_examples=max(3, round(settings.default.max_examples * share)))


needs_forks = pytest.mark.skipif(
    sys.platform == "win32", reason="there no process is forked, and none limits its own memory"
)
needs_links = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows lets few people make links"
)


def is_wide() -> bool:
    """Whether all is tried that takes too long for each run: ``make stress`` asks for it."""
    return settings.default.max_examples >= 1000


def spanning(cases: Collection[T], *enough: T) -> list[T]:
    """Choose the cases that span all kinds, and all of them in ``make stress``.

    Tests that take long for each case are marked ``hypothesis``, by which they are found there.
    """
    assert set(enough) <= set(cases)
    return list(cases if is_wide() else enough)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def sheet(browser):
    """Open one page for the tests of a file: opening takes three times as long as loading."""
    page = watch(browser.new_page())
    yield page
    page.close()


@pytest.fixture
def watched(sheet):
    """Give a page that notes what it asks for and what goes wrong."""
    return blank(sheet, 1280, 900)


STARTING_PROCESSES = {"rendered", "presets", "planted", "browser", "convert", "executed"}
"""Fixtures whose tests are marked ``processes`` by it, since they start some or make whole reports,
and marks that say the same."""
PROGRAMS = ("chromium", "libreoffice", "poppler")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = {*getattr(item, "fixturenames", ())}
        if fixtures & STARTING_PROCESSES or any(map(item.get_closest_marker, PROGRAMS)):
            item.add_marker("processes")
    longest_first(items)


def longest_first(items: list[pytest.Item]) -> None:
    """Put files that drive other programs first and those that start no process last.

    A worker who is done takes over the end of what another has left: nothing long may stand there.
    """
    marks: dict[Path, set[str]] = {}
    for item in items:
        marks.setdefault(item.path, set()).update(mark.name for mark in item.iter_markers())
    drives = {file for file, names in marks.items() if names & {*PROGRAMS}}
    starts = {file for file, names in marks.items() if "processes" in names}
    items.sort(key=lambda item: (item.path not in drives, item.path not in starts))


def pytest_collection_finish() -> None:
    """Look for what is no longer needed only among what the tests make, and seldom."""
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let only a test marked ``processes`` start one: the others are what ``make check`` runs."""
    with pytest.MonkeyPatch.context() as patch:
        if not item.get_closest_marker("processes"):
            for module, name in STARTING:
                patch.setattr(module, name, _refuse)
        return (yield)


def _refuse(*_: object) -> None:
    raise AssertionError("a test that starts a process is marked: pytest.mark.processes")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def year_scores(
    fiscal_year: int = 2568,
    *,
    level: str | None = None,
    conflicting: dict[str, object] | None = None,
    **codes: object,
) -> YearScores:
    """Build scores as published: ``year_scores(IIT=90, **{"1": "87.50"})``."""
    return YearScores(
        organisation="ban-rai",
        fiscal_year=fiscal_year,
        scores={code: score(code, points) for code, points in codes.items()},
        conflicting=tuple(score(*each) for each in (conflicting or {}).items()),
        result=PublishedResult(level, None, {}, "") if level else None,
    )


def score(code: str, points: object) -> Score:
    return Score(code, Decimal(str(points)), "", "", "")


def indicators(*points: object) -> dict[str, object]:
    """Name scores by indicator from the first on: ``indicators(90, 91, ...)``."""
    return {str(code): each for code, each in enumerate(points, start=1)}


@cache
def rules(fiscal_year: int) -> Framework:
    return read_framework(Workspace(ROOT), fiscal_year)


def assessed(organisation: str, fiscal_year: int) -> Assessment:
    """Assess an organisation of the real data."""
    framework = rules(fiscal_year)
    year = require_year(Workspace(ROOT), organisation, fiscal_year, framework)
    return assess(framework, year)


def data_of(
    organisation: str, year: int = 2568, workspace: Workspace | None = None, **layout: Any
) -> ReportData:
    """Load all that a report is made from, by default of the real data, which stay as they are."""
    chosen = choose_layout(**layout)
    if workspace is None:
        return _real_data(organisation, year, chosen)
    return load_data(workspace, organisation, year, "arabic", chosen)


@cache
def _real_data(organisation: str, year: int, layout: Layout) -> ReportData:
    return load_data(Workspace(ROOT), organisation, year, "arabic", layout)


def write(workspace: Workspace, file: str, content: str | bytes) -> Path:
    path = workspace.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_scores(workspace: Workspace, *rows: str, fiscal_year: int = 2568) -> Path:
    """Write ``code,score,status,source,note`` rows of the office of the small workspace."""
    lines = [SCORE_HEAD, *(f"ban-rai,{row}" for row in rows)]
    return write(workspace, f"data/scores/{fiscal_year}.csv", "\n".join(lines) + "\n")


def assert_helps_the_reader(error: ItaError, *facts: object) -> None:
    """Check for one line of Thai that holds each fact and no leftover of a program."""
    message = str(error)
    assert "\n" not in message
    assert any("ก" <= letter <= "๛" for letter in message)
    assert not [leftover for leftover in ("None", "{{", "{%", "Undefined") if leftover in message]
    assert [fact for fact in facts if str(fact) not in message] == [], message


MAKING = ("render", "edit", "issue")
"""Commands that run notebooks."""


def ita(*arguments: object, root: Path = ROOT, answers: str | None = None) -> Result:
    """Run the command line in this process; ``answers`` are typed where it asks."""
    if arguments[:1] and arguments[0] in MAKING and getattr(*STARTING[0]) is not _refuse:
        start_fork_server()
    given = ["--root", str(root), *map(str, arguments)]
    return CliRunner().invoke(main, given, answers, prog_name="ita")


def start_fork_server() -> None:
    """Start the process that reports are forked from, unless one runs, as warm as for many.

    Loading what a report needs takes longer than making one, and tests make few at a time.
    """
    sample = ROOT / "params/2568/made-up-example.yml"
    _fork_from(f"{ahead.WARM_UP} {ROOT}\n{sample}")


def start_bare_fork_server() -> None:
    """Let processes be forked from one that has made no report."""
    _fork_from("")


_LOADED: list[str] = []
"""What the process to fork from has loaded ahead, if one was started here."""


def _fork_from(warm_up: str) -> None:
    if not processes.FORKS:
        return
    if [warm_up] != _LOADED:
        stop_fork_server()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(processes.WARM_UP, warm_up)
        processes.fresh_processes()
        forkserver.ensure_running()
    _LOADED[:] = [warm_up]


def stop_fork_server() -> None:
    """Let the next batch start another process to fork from, which knows only this environment."""
    forkserver._forkserver._stop()
    _LOADED.clear()


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that the first worker of a run to ask for it makes, for all of them."""
    root = factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_name(f"{name}-unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report of the project in every format, rendered once by the command line."""
    return made_once(tmp_path_factory, "rendered", _render_samples)


def _render_samples(out: Path) -> None:
    run = ita("render", "--to", ALL_FORMATS, "--out", out)
    assert run.exit_code == 0, run.output


@pytest.fixture(scope="session")
def presets(tmp_path_factory: pytest.TempPathFactory, rendered: Path) -> dict[str, Path]:
    """Render the made-up office in each preset; give the path without an ending, by preset.

    Its report among those of the project is the one of the standard preset.
    """
    folder = made_once(tmp_path_factory, "presets", _render_presets)
    others = {preset: folder / preset for preset in OTHER_PRESETS}
    return {preset: others.get(preset, rendered) / "2568/made-up-example" for preset in PRESETS}


OTHER_PRESETS = [preset for preset in PRESETS if preset != "standard"]


def _render_presets(out: Path) -> None:
    for preset in OTHER_PRESETS:
        file = out / f"{preset}.yml"
        file.write_text(
            f"organisation: made-up-example\nfiscal_year: 2568\npreset: {preset}\n",
            encoding="utf-8",
        )
        run = ita("render", file, "--to", ALL_FORMATS, "--out", out / preset)
        assert run.exit_code == 0, run.output


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Path]]:
    """Give a function that lets LibreOffice convert files, with the project's own font."""
    return converter(tmp_path_factory.mktemp("office"), ROOT / "ita_helpers/faces/fonts")


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    """Return the repository itself."""
    return Workspace(ROOT)


@pytest.fixture
def small_workspace(tmp_path: Path) -> Workspace:
    """Hold one office, a neighbour of similar code, scores of 2568; rules are the program's."""
    small = Workspace(tmp_path)
    write(small, "data/organisations.csv", ORGANISATIONS)
    write_scores(small, *(f"{code},{80 + code}.50,,ข้อมูลสมมติ," for code in range(1, 11)))
    return small


@pytest.fixture
def province(tmp_path: Path) -> Workspace:
    """Copy data and parameter files of the project, but for follow-ups, to be changed."""
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in (tmp_path / "params").rglob("*.yml"):
        if file.stem.endswith(FOLLOW_UPS):
            file.unlink()
    return Workspace(tmp_path)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with its golden file; ``pytest --update-golden`` writes it anew."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests/golden" / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        advice = f"tests/golden/{name}: if the change is meant, --update-golden, and read the diff"
        assert text == path.read_text(encoding="utf-8"), advice

    return compare
