"""Try the program on Windows: ``python tests/windows/run.py [STEP …]``, or ``make windows``.

Needs root on Debian 12 and, the first time, the network. Makes ``.windows/`` (``machine.py``), then
does what users do (``steps.py``) and runs the tests that make sense there (``suite.py``). What Wine
alone gets wrong stands in ``known.yml`` with its reason; an entry that no longer fails has to go.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import yaml
from machine import HOME, Machine, make, megabytes
from suite import AT_ONCE, Suite
from trying import ALONE, COMMANDS, STEPS, Tried, carry_out

FIRST = ("start_bat_installs", "start_bat_starts_again", "all_samples_by_the_spawned_pool")
"""What all else needs, and what is measured: with nothing beside it."""
KNOWN = Path(__file__).parent / "known.yml"
for _name in ("steps", "locked", "pool", "launch", "jupyter"):
    import_module(_name)


@dataclass
class Report:
    """What was tried, by its name, with how it went."""

    known: dict[str, str]
    passed: list[str] = field(default_factory=list)
    by_wine: list[str] = field(default_factory=list)
    by_us: list[str] = field(default_factory=list)

    def add(self, tried: Tried) -> None:
        """Sort one in, and say how it went."""
        is_known = tried.name in self.known
        kind = "passed" if tried.passed else "by_wine" if is_known else "by_us"
        getattr(self, kind).append(tried.name)
        if kind == "passed" and "::" in tried.name:
            return
        word = {"passed": "ok", "by_wine": "Wine's fault", "by_us": "FAILED"}[kind]
        said = f"\n{tried.said}" if kind == "by_us" else ""
        print(f"{word:<13}{tried.seconds:7.1f} s  {tried.name}  {tried.seen}{said}", flush=True)

    def healed(self) -> list[str]:
        """Return what is listed as Wine's fault, was tried, and has not failed."""
        return sorted(set(self.known) & set(self.passed) - set(self.by_wine))

    def counted(self, are_tests: bool) -> str:
        """Return how many steps, or how many of the project's own tests, went which way."""
        passed, by_wine, by_us = (
            sum(("::" in each) == are_tests for each in names)
            for names in (self.passed, self.by_wine, self.by_us)
        )
        what = "tests" if are_tests else "steps"
        return f"{passed} {what} passed, {by_wine} failed by Wine, {by_us} failed by us"


def main(names: list[str]) -> int:
    """Run all, or the steps that are named, and return the exit status."""
    began = time.monotonic()
    machine = Machine()
    make(machine)
    machine.unpack_program()
    made = time.monotonic()
    print(f"made in {(made - began) / 60:.1f} minutes", flush=True)
    wanted = set(names or (*STEPS, "tests"))
    report = Report(yaml.safe_load(KNOWN.read_text(encoding="utf-8")) or {})
    with machine.awake():
        if FIRST[0] not in wanted:
            machine.bat("--version")
        _try(machine, report, [each for each in FIRST if each in wanted])
        suite = Suite(machine, report.add) if "tests" in wanted else None
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda names: _try(machine, report, names), _apart(wanted)))
        _try(machine, report, [each for each in STEPS if each in ALONE & wanted])
        if suite:
            suite.finish()
    minutes = (time.monotonic() - began) / 60
    print(f"{minutes:.0f} minutes, {megabytes(HOME)} MB in .windows, {machine.commands} commands")
    print(report.counted(are_tests=False))
    print(report.counted(are_tests=True))
    healed = report.healed()
    for name in healed:
        print(f"no longer fails, so take it out of known.yml: {name}")
    return 1 if report.by_us or healed else 0


def _apart(wanted: set[str]) -> list[list[str]]:
    """Return what may run beside each other: each step, but the commands of one folder together."""
    names = [each for each in STEPS if each in wanted - ALONE.union(FIRST)]
    in_turn = [each for each in names if each in COMMANDS]
    return [in_turn, *([each] for each in names if each not in in_turn)]


def _try(machine: Machine, report: Report, names: Iterable[str]) -> None:
    for name in names:
        for tried in carry_out(name, machine):
            report.add(tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
