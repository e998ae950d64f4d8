"""A batch of reports in a separate process that reports its progress.

``python -m ita_helpers.lab.batch`` reads the parameter files from its input, a line each. Its
output is a line ``done/total`` after each report and what ``ita render`` says at the end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from ita_helpers.files.workspace import Workspace, find_workspace
from ita_helpers.screen import ready_streams
from ita_helpers.surroundings import settle

COUNTED = "@"
"""What a line of numbers begins with."""


@dataclass
class Running:
    """A batch under way; ``stop`` ends it, and finished reports stay.

    ``summary`` and ``told`` are its messages about the whole and about single reports.
    """

    process: subprocess.Popen[str]
    summary: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def follow(self, tell: Callable[[int, int], None]) -> int:
        """Tell how many of all are done until it ends; return the exit status."""
        with self.process as process:
            assert process.stdout and process.stderr
            complaints = Thread(target=_keep, args=(self.told, process.stderr))
            complaints.start()
            for line in process.stdout:
                if line.startswith(COUNTED):
                    done, total = map(int, line.removeprefix(COUNTED).split("/"))
                    tell(done, total)
                else:
                    _keep(self.summary, [line])
            complaints.join()
        return process.returncode

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        if os.name == "nt":
            self.process.terminate()
        else:
            self.process.send_signal(signal.SIGINT)


def _keep(said: list[str], lines: Iterable[str]) -> None:
    said += [line.strip() for line in lines if line.strip()]


def start_batch(workspace: Workspace, files: Iterable[Path]) -> Running:
    """Begin to make the reports of some parameter files."""
    command = [sys.executable, "-P", "-m", __name__, str(workspace.root)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdin
    process.stdin.write("".join(f"{file}\n" for file in files))
    process.stdin.close()
    return Running(process)


def _count(done: int, total: int) -> None:
    print(f"{COUNTED}{done}/{total}", flush=True)


def main() -> int:
    """Make the reports whose parameter files are read from the input; return the exit status.

    A kernel ignores interrupts, and its child processes would too.
    """
    from ita_helpers.boundary import told

    signal.signal(signal.SIGINT, signal.default_int_handler)
    settle()
    ready_streams()
    workspace = find_workspace(sys.argv[1])
    try:
        return _make(workspace, [Path(line.rstrip("\n")) for line in sys.stdin])
    except Exception as error:
        print(told(error, workspace), file=sys.stderr)
        return 1


def _make(workspace: Workspace, files: list[Path]) -> int:
    from ita_helpers.publish.formats import all_formats
    from ita_helpers.rendering.many import Batch
    from ita_helpers.rendering.orders import RenderOptions
    from ita_helpers.run.limits import Limits
    from ita_helpers.store.trust import is_trusted

    limits = Limits()
    orders = RenderOptions(
        workspace,
        workspace.rendered,
        tuple(each.name for each in all_formats()),
        "ua-1",
        force=False,
        seconds=limits.seconds,
        is_trusted=is_trusted(workspace),
    )
    return Batch(orders, limits, thai_names=True, on_done=_count).run(files)


if __name__ == "__main__":
    sys.exit(main())
