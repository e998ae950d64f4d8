"""The project's own tests under Python for Windows: all that start no process, and some that do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from machine import ROOT, SYSTEM, Machine, on_windows
from trying import Tried

LEFT_OUT = {
    "test_browser": "drives a Chromium of Linux",
    "test_cluster": "dask is no part of what is installed",
    "test_floors": "reads the source alone",
    "test_lab": "drives a Chromium of Linux",
    "test_launcher": "is of start.sh",
    "test_start_page": "drives a Chromium of Linux",
    "test_teaching_page": "drives a Chromium of Linux",
    "test_teaching_widgets": "drives a Chromium of Linux",
}
"""Files without a test that says anything of Windows, and why."""
WITH_PROCESSES = ("test_batch", "test_limits", "test_engine")
"""Files whose tests start processes, and are of them."""


def run_tests(machine: Machine) -> Iterator[Tried]:
    """Run all files once without and some once with tests that start processes; yield each test."""
    files = sorted(each.stem for each in (ROOT / "tests").glob("test_*.py"))
    unknown = set(LEFT_OUT) - set(files)
    assert not unknown, unknown
    yield from _run(machine, [each for each in files if each not in LEFT_OUT], "not processes")
    yield from _run(machine, list(WITH_PROCESSES), "processes")


def _run(machine: Machine, files: list[str], marks: str) -> Iterator[Tried]:
    result = machine.home / "tests.xml"
    result.unlink(missing_ok=True)
    python = machine.ita_command()[0]
    orders = ("-m", "pytest", "-p", "no:cacheprovider", "--hypothesis-profile=quick", "--tb=short")
    _, said = machine.run(
        *(python, *orders, "-m", marks, f"--junitxml={on_windows(result)}"),
        *(f"tests/{each}.py" for each in files),
        PYTHONPATH=f"{on_windows(machine.program)};{on_windows(machine.for_tests)}",
        PYTHONIOENCODING="utf-8",
        PATH=f"{Path(python).parent};{SYSTEM}",
    )
    (machine.home / "tests.log").write_text(said, encoding="utf-8")
    assert result.exists(), said[-3000:]
    for case in ElementTree.parse(result).iter("testcase"):
        wrong = [*case.findall("failure"), *case.findall("error")]
        name = re.sub(r"\[.*", "", f"{case.get('classname')}::{case.get('name')}", flags=re.DOTALL)
        if case.find("skipped") is None:
            told = "\n".join(str(each.text)[-1500:] for each in wrong)
            yield Tried(name, not wrong, float(case.get("time") or 0), said=told)
