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
from typing import TYPE_CHECKING, ClassVar

from ita_helpers.files.workspace import Workspace, find_workspace
from ita_helpers.screen import ready_streams
from ita_helpers.surroundings import settle

if TYPE_CHECKING:
    from ita_helpers.rendering.orders import RenderOptions


@dataclass
class Running:
    """A process under way; ``stop`` ends it, and finished reports stay.

    ``summary`` and ``told`` are its messages about the whole and about single reports.
    """

    MARK: ClassVar[str] = "@"
    """What a line begins with that tells how far it is."""
    process: subprocess.Popen[str]
    summary: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def follow(self, tell: Callable[[str], None]) -> int:
        """Tell how far it is until it ends; return the exit status."""
        with self.process as process:
            assert process.stdout and process.stderr
            complaints = Thread(target=_keep, args=(self.told, process.stderr))
            complaints.start()
            for line in process.stdout:
                if line.startswith(self.MARK):
                    tell(line.removeprefix(self.MARK).strip())
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
    process = start(__name__, str(workspace.root))
    assert process.stdin
    process.stdin.write("".join(f"{file}\n" for file in files))
    process.stdin.close()
    return Running(process)


def start(module: str, *words: str) -> subprocess.Popen[str]:
    """Start a module of the program; none that lies beside the notebook shadows a library's."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def _count(done: int, total: int) -> None:
    print(f"{Running.MARK}{done}/{total}", flush=True)


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
    from ita_helpers.rendering.many import Batch
    from ita_helpers.run.limits import Limits

    batch = Batch(orders_of(workspace), Limits(), thai_names=True, on_done=_count)
    return batch.run(files)


def orders_of(workspace: Workspace) -> RenderOptions:
    """Return what the start page makes reports with: all formats, of what is not current."""
    from ita_helpers.publish.formats import all_formats
    from ita_helpers.rendering.orders import RenderOptions
    from ita_helpers.run.limits import Limits
    from ita_helpers.store.trust import is_trusted

    return RenderOptions(
        workspace,
        workspace.rendered,
        tuple(each.name for each in all_formats()),
        "ua-1",
        force=False,
        seconds=Limits().seconds,
        is_trusted=is_trusted(workspace),
    )


if __name__ == "__main__":
    sys.exit(main())
