"""An office's notebook renewed and its report made from it, by one process of their own.

``python -m ita_helpers.lab.anew`` loads what both need once, and not into the kernel of the start
page. Its output tells which stage begins, then what ``ita render`` says.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace, find_workspace
from ita_helpers.lab.batch import Running, orders_of, start
from ita_helpers.lab.wording import worded
from ita_helpers.language.catalogue import say
from ita_helpers.screen import ready_streams
from ita_helpers.surroundings import settle

if TYPE_CHECKING:
    from ita_helpers.store.params import ReportParameters


def make_anew(
    workspace: Workspace, params: Path, begin: Callable[[str], None]
) -> subprocess.CompletedProcess[str]:
    """Renew the notebook of a report, then make the report; ``begin`` is told each stage."""
    running = Running(start(__name__, str(workspace.root), str(params)))
    status = running.follow(begin)
    summary, told = ("\n".join(each) for each in (running.summary, running.told))
    return subprocess.CompletedProcess([], status, summary, told)


def _begin(stage: str) -> None:
    print(f"{Running.MARK}{stage}", flush=True)


def main() -> int:
    """Make both; return the exit status."""
    from ita_helpers.boundary import told

    settle()
    ready_streams()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("ita_helpers").setLevel(logging.INFO)
    workspace, params = find_workspace(sys.argv[1]), Path(sys.argv[2])
    try:
        _renew(workspace, params)
    except ItaError as error:
        print(say("start.failed", message=worded(error)), file=sys.stderr)
        return 1
    except Exception as error:
        print(told(error, workspace), file=sys.stderr)
        return 1
    try:
        return _render(workspace, params)
    except Exception as error:
        print(say("cli.error", message=str(told(error, workspace))), file=sys.stderr)
        return 1


def _renew(workspace: Workspace, params: Path) -> None:
    from ita_helpers.rendering.copies import renew_copy
    from ita_helpers.rendering.loading import load
    from ita_helpers.store.params import load_parameters

    parameters = load_parameters(params, workspace)
    data = load(workspace, parameters)
    _begin("notebook")
    _load_for_both(parameters)
    renew_copy(workspace, parameters, params, data)


def _load_for_both(parameters: ReportParameters) -> None:
    """Load what the cells of notebook and report call, if both are forked from this process."""
    from ita_helpers.run.as_found import loading_matplotlib
    from ita_helpers.run.processes import forking_here, forks_here

    with forking_here():
        if not forks_here():
            return
        with loading_matplotlib():
            import_module(f"ita_helpers.{parameters.kind.home}")


def _render(workspace: Workspace, params: Path) -> int:
    from ita_helpers.rendering.many import Batch
    from ita_helpers.run.limits import Limits

    _begin("report")
    return Batch(orders_of(workspace), Limits(), thai_names=True).run([params])


if __name__ == "__main__":
    sys.exit(main())
