"""The project's own tests under Python for Windows: all that start no process, and some that do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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


BUNDLE = 12
"""Files a call of pytest: enough to hear of some while others run."""
AT_ONCE = 4
"""Wine waits more than it reckons, mostly for its one server."""
SLOW = "slow"
"""The profile of Hypothesis in which slowness is no failure: Wine is slow."""
Tell = Callable[[Tried], None]


class Suite:
    """The tests, run beside something else; each test is told when its bundle of files is done."""

    def __init__(self, machine: Machine, tell: Tell) -> None:
        self.machine, self.tell = machine, tell
        files = sorted(each.stem for each in (ROOT / "tests").glob("test_*.py"))
        unknown = set(LEFT_OUT) - set(files)
        assert not unknown, unknown
        files = [each for each in files if each not in LEFT_OUT]
        count = -(-len(files) // BUNDLE)
        self.pool = ThreadPoolExecutor(AT_ONCE)
        self.running = [
            self.pool.submit(self._run, number, files[number::count], "not processes")
            for number in range(count)
        ]

    def finish(self) -> None:
        """Wait for the tests that start no process, and run some of those that do."""
        with self.pool:
            for each in self.running:
                each.result()
        self._run(len(self.running), list(WITH_PROCESSES), "processes")

    def _run(self, number: int, files: list[str], marks: str) -> None:
        machine, began = self.machine, time.monotonic()
        result = machine.home / f"tests-{number}.xml"
        result.unlink(missing_ok=True)
        python = machine.ita_command()[0]
        plain = ("-p", "no:cacheprovider", "--tb=short", f"--hypothesis-profile={SLOW}")
        _, said = machine.run(
            *(python, "-m", "pytest", *plain, "-m", marks, f"--junitxml={on_windows(result)}"),
            *(f"tests/{each}.py" for each in files),
            PYTHONPATH=f"{on_windows(machine.program)};{on_windows(machine.for_tests)}",
            PYTHONIOENCODING="utf-8",
            PATH=f"{Path(python).parent};{SYSTEM}",
        )
        result.with_suffix(".log").write_text(said, encoding="utf-8")
        assert result.exists(), said[-3000:]
        tried = list(_each(result))
        seconds = time.monotonic() - began
        print(f"{len(tried)} tests {marks} in {seconds:.0f} s: {' '.join(files)}", flush=True)
        for each in tried:
            self.tell(each)


def _each(result: Path) -> Iterator[Tried]:
    for case in ElementTree.parse(result).iter("testcase"):
        wrong = [*case.findall("failure"), *case.findall("error")]
        name = re.sub(r"\[.*", "", f"{case.get('classname')}::{case.get('name')}", flags=re.DOTALL)
        if case.find("skipped") is None:
            told = "\n".join(str(each.text)[-1500:] for each in wrong)
            yield Tried(name, not wrong, float(case.get("time") or 0), said=told)
