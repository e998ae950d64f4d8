"""The environment variables that notebooks see while a report is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ita_helpers.files.workspace import RENDERED_VARIABLE, ROOT_VARIABLE, Workspace

RENDERING = "ITA_RENDERING"
"""The variable that says that a report is being made."""


@contextmanager
def root_for_notebooks(workspace: Workspace, out: Path | None = None) -> Iterator[None]:
    """Let notebooks find the workspace, and restore the environment afterwards.

    ``out`` is the folder of the reports, if it is another than the workspace's.
    """
    ours_alone = {ROOT_VARIABLE: str(workspace.root), RENDERING: "1"}
    ours_alone |= {RENDERED_VARIABLE: str(out or workspace.rendered)}
    before = {name: os.environ.get(name) for name in ours_alone}
    os.environ.update(ours_alone)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
