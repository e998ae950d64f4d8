"""How something is tried: steps by name, and what they expect of a command."""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from machine import Machine
from surroundings import a_workspace

Step = Callable[[Machine], str | None]
STEPS: dict[str, Step] = {}
"""What is tried, in the order in which it was listed; each returns what was seen."""
COMMANDS = set[str]()
"""Those that find what the one before has left."""
ALONE = set[str]()
"""Those that end processes, and so want none beside them but the tests."""
SAMPLE = "params/2568/bang-khae.yml"
PATIENT = ("--limit-seconds", "3000")
"""Wine is slow, and another program may need the machine more."""


@dataclass(frozen=True)
class Tried:
    """Something that was tried: how long it took, what was seen, and what was said of a failure."""

    name: str
    passed: bool
    seconds: float
    seen: str = ""
    said: str = ""


def step(function: Step) -> Step:
    """List a function by its name."""
    STEPS[function.__name__] = function
    return function


def alone(function: Step) -> Step:
    """List a function as one that is tried after all others."""
    ALONE.add(function.__name__)
    return step(function)


def carry_out(name: str, machine: Machine) -> Iterator[Tried]:
    """Try the step of a name; any exception is a failure of it."""
    began = time.monotonic()
    try:
        seen = STEPS[name](machine)
        yield Tried(name, True, time.monotonic() - began, seen or "")
    except Exception:
        yield Tried(name, False, time.monotonic() - began, said=traceback.format_exc())


def documents(machine: Machine, name: str) -> Path:
    """Return a new folder among the user's documents."""
    folder = machine.user / "Documents" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def small(machine: Machine, name: str) -> Path:
    """Return a new workspace of two offices, of which one has scores and a parameter file."""
    folder = documents(machine, name)
    a_workspace(folder)
    shutil.rmtree(folder / "params/2567")
    file = folder / "params/2568/ban-rai.yml"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"organisation: ban-rai\r\nfiscal_year: 2568\r\n")
    return folder


def expect(run: tuple[int, str], *words: str, status: int = 0) -> str:
    """Return what was said by a command that ended as it should and said some words."""
    ended, said = run
    assert ended == status, f"status {ended}\n{said}"
    assert "Traceback" not in said, said
    assert "ita-errors.log" not in said, said
    missing = [each for each in words if each not in said]
    assert not missing, f"{missing} not in\n{said}"
    return said


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, but for databases, locks and logs."""
    left_out = (".sqlite", ".ita-lock", ".log")
    files = (each for each in folder.rglob("*") if each.is_file())
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in files
        if not each.name.endswith(left_out)
    }


def left_half_made(folder: Path) -> list[str]:
    """Return what a program left that wrote there: nothing, if all is well."""
    return [
        str(each.relative_to(folder))
        for each in folder.rglob(".*")
        if not each.name.endswith(".ita-lock")
    ]
