"""What a report and all that people wait for costs, measured in one run (``make bench``).

``python tests/bench/run.py [--beside COMMIT] [--rounds N] [--only NAMES]``. Everything is measured
in rounds, one after another, so that what else the machine does meets all alike; a round that would
not end in time is not begun. Modules are compiled before, as those of an installed program are.
Seconds are this machine's; what to compare are the ratios. To compare machines each figure is also
told in reports of chain (a), the machine's own measure, beside the last release
(``released.json``). With ``COMMIT`` the same is measured of that commit in the same run, in this
environment. All figures are written to ``.bench/result.json`` too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from ending import ending_all
from made_up import make_workspace
from told import show

ROOT = Path(__file__).parent.parent.parent
PLACE = ROOT / ".bench/work"
"""All files of a run; what a run that was killed left there the next one takes away."""
ROUNDS, SECONDS = 3, 570
REPORTS = {"a": 2, "b": 4, "c": 4, "d": 40, "e": 20}
FELT = ("commands", "one_report", "editing", "pressing", "importing", "many_measures")
BESIDE = ("d", "e", *FELT)
"""What is measured of another commit too."""
Rounds = dict[str, list[dict[str, float]]]


def main() -> None:
    """Measure in rounds and print what was found."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--beside", default="")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--only", default=",".join((*REPORTS, *FELT)))
    given = asked.parse_args()
    names = given.only.split(",")
    started = time.monotonic()
    with ending_all(), work_folder(), worktree(given.beside) as other:
        make_workspace(PLACE / "workspace", max(REPORTS.values()))
        for program in filter(None, (ROOT, other)):
            compile_dir(program / "ita_helpers", quiet=1)
        ours: Rounds = {each: [] for each in names}
        theirs: Rounds = {each: [] for each in names if other and each in BESIDE}
        longest = 0.0
        for number in range(1, given.rounds + 1):
            begun = time.monotonic()
            if begun - started + longest > SECONDS and number > 1:
                say(f"round {number} would not end in time")
                break
            for name in names:
                ours[name].append(measure(name, ROOT, f"round {number}"))
                if name in theirs and other:
                    theirs[name].append(measure(name, other, f"round {number}, {given.beside}"))
            longest = max(longest, time.monotonic() - begun)
    result = {"commit": commit(), "ours": ours, "beside": theirs}
    written = ROOT / ".bench/result.json"
    written.write_text(json.dumps(result, indent=1), encoding="utf-8")
    show(ours, theirs, given.beside)
    print(f"\n{time.monotonic() - started:.0f} s; all figures: {written.relative_to(ROOT)}")


def say(words: str) -> None:
    """Tell who waits what is being done."""
    print(words, file=sys.stderr, flush=True)


def measure(name: str, program: Path, when: str) -> dict[str, float]:
    """Measure one thing in a process of its own; ends the run if it fails.

    It starts in no program's folder, since ``python -m`` would take that one.
    """
    out = PLACE / "out"
    shutil.rmtree(out, ignore_errors=True)
    if name in REPORTS:
        given = ["chains.py", name, str(PLACE / "workspace"), str(out), str(REPORTS[name])]
    else:
        given = ["felt.py", name, str(PLACE / "workspace")]
    command = [sys.executable, str(Path(__file__).with_name(given[0])), *given[1:]]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=PLACE, check=False
    )
    if done.returncode:
        sys.exit(f"{name} of {program} failed ({done.returncode})")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    say(f"{when}: {name} {found.get('cpu', found['wall']):.2f} s")
    return found


@contextmanager
def work_folder() -> Iterator[None]:
    """Have an empty folder for the run, and take it away afterwards."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)


@contextmanager
def worktree(asked: str) -> Iterator[Path | None]:
    """Check a commit out beside this one, if one is asked for, and take it away afterwards."""
    git("worktree", "prune")
    if not asked:
        yield None
        return
    folder = PLACE / "beside"
    git("worktree", "add", "--detach", "--force", str(folder), asked)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        git("worktree", "prune")


def git(*words: str) -> str:
    """Run git in this folder. Raises ``CalledProcessError``."""
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit() -> str:
    """Return the commit that is measured, with a mark where files were changed since."""
    return git("describe", "--always", "--dirty")


if __name__ == "__main__":
    main()
