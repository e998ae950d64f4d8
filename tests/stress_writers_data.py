"""Let two commands write one workspace at the same instant, and kill commands at every step.

No row may be lost, no table mixed, no office have two codes; after a kill the same command must
come to the same end. ``python tests/stress_writers_data.py --help``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import made_up
import openpyxl

from ita_helpers.cli import main as ita
from ita_helpers.files.lock import NAME as LOCK
from ita_helpers.files.workspace import JOURNAL, Workspace
from ita_helpers.offices.codes import romanise
from ita_helpers.rendering import copies
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.plans import read_plan
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_year, score_years

YEAR = 2568
OFFICES = 3
STEPS = ("replace", "unlink", "fsync")
"""What a command is killed before: each move, each removal, each waiting for the disk."""
HEADS = "ชื่อหน่วยงาน,อำเภอ,จังหวัด,ระดับ," + ",".join(f"ตัวชี้วัดที่ {n}" for n in range(1, 11))
CODE = "made-up-00001"
PLAN = ("plan", CODE, "--year", YEAR)
EDIT = ("edit", CODE, "--year", YEAR, "--no-lab")


@dataclass(frozen=True)
class Ended:
    """What became of a command: exit status (negative: the signal), and all it printed."""

    status: int
    said: str


def main() -> int:
    """Run what was asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200, help="random pairs")
    parser.add_argument("--pair", nargs=2, action="append", default=[], help="a certain pair")
    parser.add_argument("--kill", nargs="*", default=list(KILLS), choices=KILLS)
    parser.add_argument("--steps", nargs="*", default=STEPS, choices=STEPS)
    asked = parser.parse_args()
    romanise("บ้าน")
    dice = random.Random(16)
    chosen = [dice.choices(list(GESTURES), k=2) for _ in range(asked.pairs)]
    with tempfile.TemporaryDirectory() as name:
        base = make_base(Path(name) / "งาน ITA")
        for command in asked.kill:
            kills = kill_at_each_step(base, KILLS[command], asked.steps)
            print(f"{command}: {kills} kills, one end", flush=True)
        run_pairs(base, [*asked.pair, *chosen])
    return 0


def make_base(root: Path) -> Path:
    """Write a workspace of a few made-up offices, and the files that commands will be given."""
    made_up.make_workspace(root, OFFICES)
    for name, offices, points in LISTS:
        write_list(root.parent / name, offices, points)
    return root


LISTS = (
    ("one.csv", range(1, 4), "81.25"),
    ("same.csv", range(2, 5), "81.25"),
    ("other.csv", range(2, 5), "62.50"),
    ("apart.csv", range(7, 9), "77.00"),
)
"""Lists of new offices: name, numbers of the offices, points of each score."""


def write_list(path: Path, offices: range, points: str) -> None:
    """Write a list of offices of one district as a province sends it."""
    rows = [f"อบต.บ้านที่{n} ({made_up.MARK}),เมือง,ลำปาง,," + ",".join([points] * 10) for n in offices]
    path.write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8-sig")


def start(
    root: Path,
    act: Callable[[], int],
    at: int = -1,
    steps: Sequence[str] = STEPS,
    gate: int = -1,
) -> tuple[int, Path]:
    """Start something in a process of its own, killed before a step if ``at`` is its number.

    It waits until ``gate``, the reading end of a pipe, is closed.
    """
    said = root.parent / f"said-{random.getrandbits(64)}"
    process = os.fork()
    if process:
        return process, said
    status = 70
    try:
        descriptor = os.open(said, os.O_CREAT | os.O_WRONLY)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
        os.chdir(root)
        count_steps(root, at, steps)
        if gate >= 0:
            os.read(gate, 1)
        status = act()
    except SystemExit as end:
        status = int(end.code or 0) if not isinstance(end.code, str) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def end(started: tuple[int, Path]) -> Ended:
    """Wait for what was started."""
    process, file = started
    _, status = os.waitpid(process, 0)
    said = file.read_text(encoding="utf-8") if file.exists() else ""
    file.unlink(missing_ok=True)
    return Ended(os.waitstatus_to_exitcode(status), said)


def count_steps(root: Path, at: int, steps: Sequence[str]) -> None:
    """Kill this process before its step of a number; steps elsewhere do not count."""
    taken = 0

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def step(what: Any, *arguments: Any, **options: Any) -> Any:
            nonlocal taken
            is_ours = isinstance(what, int) or str(what).startswith(str(root))
            if is_ours and Path(str(what)).name != LOCK:
                if taken == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                taken += 1
            return original(what, *arguments, **options)

        return step

    if at >= 0:
        for name in steps:
            setattr(os, name, counted(getattr(os, name)))


def command(root: Path, *arguments: object) -> Callable[[], int]:
    """Return what runs a command on a workspace."""
    given = ["--root", str(root), *map(str, arguments)]
    return lambda: ita(given, standalone_mode=True) or 0


# --- kills


Kill = Callable[[Path], Callable[[], int]]


def kill_at_each_step(
    base: Path, kill: tuple[Callable[[Path], None], Kill], steps: Sequence[str]
) -> int:
    """Kill a command before each of its steps, repeat it, and compare with how it ends unharmed."""
    prepare, second = kill
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "ready" / "งาน ITA"
        shutil.copytree(base.parent, prepared.parent)
        prepare(prepared)
        unharmed = Path(folder) / "whole" / "งาน ITA"
        shutil.copytree(prepared.parent, unharmed.parent)
        done = end(start(unharmed, second(unharmed)))
        assert done.status == 0, done.said
        expected = state(unharmed)
        assert expected != state(prepared)
        for at in range(1000):
            root = Path(folder) / "killed" / "งาน ITA"
            shutil.rmtree(root.parent, ignore_errors=True)
            shutil.copytree(prepared.parent, root.parent)
            killed = end(start(root, second(root), at, steps))
            if killed.status != -signal.SIGKILL:
                return at
            again = end(start(root, second(root)))
            assert "Traceback" not in again.said, again.said
            difference = set(expected.items()) ^ set(state(root).items())
            assert not difference, (at, again.said, {name for name, _ in difference})
    raise AssertionError("it never ends")


def other_scores(root: Path) -> Callable[[], int]:
    """Import a list with a new office, new scores, and one office's scores changed."""
    name = f"องค์การบริหารส่วนตำบลสมมติ 00001 ({made_up.MARK})"
    points = ",".join(["88.00"] * 10)
    rows = [f"{each},,,ผ่านดี,{points}" for each in (name, f"อบต.ใหม่ ({made_up.MARK})")]
    (root.parent / "forced.csv").write_text("\n".join([HEADS, *rows]), encoding="utf-8-sig")
    return command(root, "import", root.parent / "forced.csv", "--year", YEAR, "--yes", "--force")


def new_office(root: Path, name: str = "อบต.บ้านใหม่", district: str = "เมือง") -> Callable[[], int]:
    """Add an office without being asked anything."""
    options = ("--name", f"{name} ({made_up.MARK})", "--district", district, "--province", "ลำปาง")
    return command(root, "new", "organisation", *options)


def new_workspace(root: Path) -> Callable[[], int]:
    """Make a workspace in the folder of another."""
    return command(root, "new", "workspace", root / "ของเรา")


def as_it_is(_: Path) -> None:
    """Prepare nothing."""


def edited(root: Path) -> None:
    """Make a notebook, and change its scores."""
    assert end(start(root, command(root, *EDIT))).status == 0
    path = root / f"data/scores/{YEAR}.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    changed = [re.sub(r"\d+\.\d\d", "55.00", line) for line in lines]
    path.write_text("\n".join(changed) + "\n", encoding="utf-8-sig")


def planned(root: Path) -> None:
    """Make a plan, and leave it one measure."""
    assert end(start(root, command(root, *PLAN))).status == 0
    path = root / f"data/plans/{YEAR}/{CODE}.xlsx"
    book = openpyxl.load_workbook(path)
    book.active.delete_rows(5, 100)
    book.save(path)


def imported(name: str, *options: str) -> Kill:
    """Return the import of a list."""
    return lambda root: command(
        root, "import", root.parent / name, "--year", YEAR, "--yes", *options
    )


def gesture(*arguments: object) -> Kill:
    """Return a command, whatever workspace it is for."""
    return lambda root: command(root, *arguments)


KILLS: dict[str, tuple[Callable[[Path], None], Kill]] = {
    "import": (as_it_is, imported("one.csv")),
    "forced": (as_it_is, other_scores),
    "new": (as_it_is, new_office),
    "workspace": (as_it_is, new_workspace),
    "params": (as_it_is, gesture("params", "--year", 2567)),
    "plan": (as_it_is, gesture(*PLAN)),
    "extend": (planned, gesture(*PLAN)),
    "edit": (as_it_is, gesture(*EDIT)),
    "renew": (edited, gesture(*EDIT)),
}
"""What is done before, and what is killed, by a name."""


def state(root: Path) -> dict[str, str]:
    """Return what lies in a workspace, without what differs from one time to the next.

    The lock of what was killed may still lie there: it holds nobody up.
    """
    return {
        path.relative_to(root).as_posix(): _content(path)
        for path in root.rglob("*")
        if path.is_file() and path.name != LOCK
    }


def _content(path: Path) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            names = (name for name in sorted(book.namelist()) if name != "docProps/core.xml")
            return repr([(name, book.read(name)) for name in names])
    if path.suffix == ".ipynb":
        cells = json.loads(path.read_bytes())["cells"]
        return repr([(each["source"], each["metadata"].get("tags")) for each in cells])
    return repr(path.read_bytes())


# --- pairs


def run_pairs(base: Path, pairs: Sequence[Sequence[str]]) -> None:
    """Let pairs of gestures begin at the same instant, and look at what they leave."""
    began, refused = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, chosen in enumerate(pairs):
            root = Path(folder) / "pair" / "งาน ITA"
            shutil.rmtree(root.parent, ignore_errors=True)
            shutil.copytree(base.parent, root.parent)
            reading, writing = os.pipe()
            started = [start(root, GESTURES[name](root), gate=reading) for name in chosen]
            os.write(writing, b"ab")
            ended = [end(each) for each in started]
            os.close(reading)
            os.close(writing)
            try:
                check(root, base, dict(zip(chosen, ended, strict=True)), ended)
            except BaseException:
                print(f"pair {number + 1}: {chosen}", *(each.said for each in ended), sep="\n")
                raise
            refused += sum(each.status != 0 for each in ended)
            if number % 20 == 19:
                print(f"{number + 1} of {len(pairs)} pairs", flush=True)
    seconds = f"{time.monotonic() - began:.0f}"
    print(f"{len(pairs)} pairs, {refused} refused in a sentence, {seconds} s", flush=True)


def on_the_page(root: Path, act: Callable[[Any], None]) -> Callable[[], int]:
    """Return what does something on the start page, and says what is said there."""

    def gesture() -> int:
        from ita_helpers.lab.start_page import StartPage

        page = StartPage(Workspace(root))
        act(page)
        steps = (page.office, page.scores, page.report)
        said = [each["data"]["text/html"] for step in steps for each in step.said.outputs]
        print(*said)
        return int(any('role="alert"' in each for each in said))

    return gesture


def press(step: Any, name: str) -> None:
    """Press the button of a step."""
    pending = [step.box]
    while pending:
        each = pending.pop()
        pending += getattr(each, "children", ())
        if getattr(each, "description", "") == step.label(name):
            each.click()


def add_on_the_page(page: Any) -> None:
    """Add the office that ``new`` adds too."""
    page.office.name.value = f"องค์การบริหารส่วนตำบลบ้านใหม่ ({made_up.MARK})"
    page.office.district.value, page.office.province.value = "เมือง", "ลำปาง"
    press(page.office, "add")


def save_on_the_page(path: Path) -> Callable[[Any], None]:
    """Return what uploads a list and saves it."""

    def act(page: Any) -> None:
        content = path.read_bytes()
        facts = {"name": path.name, "type": "", "size": len(content)}
        page.scores.upload.value = (
            {**facts, "content": memoryview(content), "last_modified": datetime.now(UTC)},
        )
        press(page.scores, "save")

    return act


GESTURES: dict[str, Kill] = {
    "import one": imported("one.csv"),
    "import same": imported("same.csv"),
    "import other": imported("other.csv"),
    "import apart": imported("apart.csv"),
    "import forced": imported("other.csv", "--force"),
    "new": new_office,
    "new elsewhere": lambda root: new_office(root, district="แม่ทะ"),
    "new another": lambda root: new_office(root, "อบต.บ้านเก่า"),
    "form": gesture("new", "form", "--year", YEAR),
    "edit": gesture(*EDIT),
    "plan": gesture(*PLAN),
    "params": gesture("params", "--year", 2567),
    "render": gesture("render", f"params/{YEAR}/{CODE}.yml", "--to", "html"),
    "index": gesture("index"),
    "page adds": lambda root: on_the_page(root, add_on_the_page),
    "page saves one": lambda root: on_the_page(root, save_on_the_page(root.parent / "one.csv")),
    "page saves other": lambda root: on_the_page(root, save_on_the_page(root.parent / "other.csv")),
    "page makes a form": lambda root: on_the_page(root, lambda page: press(page.scores, "form")),
}
"""What may be done to a workspace, by a name."""


def check(root: Path, base: Path, by_name: dict[str, Ended], ended: list[Ended]) -> None:
    """See that each did what it said, and that nothing else happened."""
    for each in ended:
        assert "Traceback" not in each.said
        assert "โปรแกรมทำงานผิดพลาด" not in each.said
        assert each.status in (0, 1), each.status
    left = [path.name for path in root.rglob(".*") if path.name.startswith((LOCK, JOURNAL))]
    assert not left, left
    assert not [path for path in root.rglob(".*") if path.suffix in (".next", ".last", ".new")]
    workspace = Workspace(root)
    offices = read_organisations(workspace)
    known = {(each.name, each.district) for each in offices.values()}
    assert len(known) == len(offices), "an office has two codes"
    for code in offices:
        for year in score_years(workspace):
            read_year(workspace, code, year, read_framework(workspace, year))
    check_rows(root, base, {each.code: each.name for each in offices.values()})
    for name, each in by_name.items():
        if each.status == 0:
            check_done(workspace, name, each, {name for name, _ in known})


def check_rows(root: Path, base: Path, names: dict[str, str]) -> None:
    """See that every row was there before or was brought, and none is missing."""
    before = {tuple(row.items()) for row in rows(base, YEAR)}
    after = {tuple(row.items()) for row in rows(root, YEAR)}
    assert before <= after, "a row is lost"
    assert len(after) == len(list(rows(root, YEAR))), "a row is there twice"
    points: dict[str, set[str]] = {}
    for row in map(dict, after - before):
        points.setdefault(row["organisation"], set()).add(row["score"])
        assert row["organisation"] in names, "a row of nobody"
    assert all(len(each) == 1 for each in points.values()), "two lists are mixed"
    for code, (value,) in points.items():
        number = int(names[code].split("ที่")[1].split(" ")[0])
        assert value in {each for _, numbers, each in LISTS if number in numbers}, (code, value)


def rows(root: Path, year: int) -> Iterator[dict[str, str]]:
    """Yield the rows of the scores of a year."""
    with (root / f"data/scores/{year}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def check_done(workspace: Workspace, name: str, ended: Ended, known: set[str]) -> None:
    """See that what was said to be done is there."""
    if name.startswith(("import", "page saves")):
        lists = {"one": range(1, 4), "apart": range(7, 9)}
        for number in lists.get(name.split()[-1], range(2, 5)):
            assert f"องค์การบริหารส่วนตำบลบ้านที่{number} ({made_up.MARK})" in known, number
    elif name in ("new", "new elsewhere", "page adds"):
        assert f"องค์การบริหารส่วนตำบลบ้านใหม่ ({made_up.MARK})" in known
    elif name == "plan":
        framework = read_framework(workspace, YEAR)
        plan = read_plan(workspace, CODE, YEAR, framework)
        assert plan
        assert len({each.name for each in plan.measures}) == len(plan.measures)
    elif name == "edit":
        path = workspace.edited(Path(f"{YEAR}/{CODE}"))
        assert copies.notebook_check.read_own_notebook(path, path.name, CODE, YEAR)
    elif name == "params":
        assert len(list((workspace.params / "2567").glob("*.yml"))) >= OFFICES


if __name__ == "__main__":
    sys.exit(main())
