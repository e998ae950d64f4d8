"""The environment variables that notebooks see while a report is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ita_helpers.files.workspace import ROOT_VARIABLE, Workspace

RENDERING = "ITA_RENDERING"
"""The variable that says that a report is being made."""


@contextmanager
def root_for_notebooks(workspace: Workspace) -> Iterator[None]:
    """Let notebooks find the workspace, and restore the environment afterwards."""
    ours_alone = {ROOT_VARIABLE: str(workspace.root), RENDERING: "1"}
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
