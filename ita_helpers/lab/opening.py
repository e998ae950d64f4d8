"""Opening the start page, the only notebook most people ever open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from ita_helpers.files.signing import sign
from ita_helpers.files.workspace import ROOT_VARIABLE, Workspace, usual_workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.spreadsheets.grids import MOST_BYTES
from ita_helpers.store.table_files import write_together

PAGE = "start.ipynb"
SETTINGS = Path(__file__).parent / "settings"
"""JupyterLab neither fetches news nor asks whether it may, and a letter typed beside a text does
nothing: the Thai for "x" would else cut the cell. A person's own settings come before these."""
SETTINGS_VARIABLE = "JUPYTER_CONFIG_PATH"
KERNELS_VARIABLE = "JUPYTER_PATH"
"""Our kernel is ipykernel with ``run_first``, and always of the Python that the program runs in."""
UPLOADS = f"--ServerApp.tornado_settings={{'websocket_max_message_size': {MOST_BYTES * 2}}}"
"""A file too large to be read is refused with a word; at 10 MB JupyterLab breaks off without."""


def open_start_page(folder: Path | None) -> int:
    """Open JupyterLab on the start page of a workspace, and return its exit status.

    A missing workspace is created. Raises ``WriteFailed``.
    """
    workspace = ready_workspace((folder or usual_workspace().root).absolute())
    page = place_start_page(workspace)
    click.echo(label("cli.start.opening"))
    address = page.relative_to(workspace.root).as_posix()
    options = [
        f"--ServerApp.root_dir={workspace.root}",
        f"--LabApp.default_url=/lab/tree/{address}",
    ]
    return run_jupyterlab(workspace, *options, UPLOADS)


def run_jupyterlab(workspace: Workspace, *arguments: str) -> int:
    """Run JupyterLab with our settings until it is closed, and return its exit status.

    A module in the current folder never shadows one of the library's.
    """
    command = [sys.executable, "-P", "-m", "ita_helpers.lab.server", *arguments]
    return subprocess.run(command, env=lab_environment(workspace), check=False).returncode


def lab_environment(workspace: Workspace) -> dict[str, str]:
    """Return the variables of a JupyterLab with our settings, for notebooks of a workspace.

    Its terminals know ``ita`` and which workspace is meant.
    """
    first = {name: str(SETTINGS) for name in (SETTINGS_VARIABLE, KERNELS_VARIABLE)}
    first["PATH"] = str(Path(sys.executable).parent)
    places = {
        name: os.pathsep.join(filter(None, [place, os.environ.get(name, "")]))
        for name, place in first.items()
    }
    return {**os.environ, **places, ROOT_VARIABLE: str(workspace.root)}


def ready_workspace(folder: Path) -> Workspace:
    """Return the workspace in a folder, created if needed. Raises ``WriteFailed``."""
    workspace = Workspace(folder)
    if not workspace.organisations.exists():
        make_workspace(folder)
        click.echo(say("cli.start.made", folder=folder))
    return workspace


def place_start_page(workspace: Workspace) -> Path:
    """Return the start page in the workspace, rewritten, since it holds nothing of the user's.

    It is signed, so its button runs without asking. Raises ``WriteFailed``.
    """
    import nbformat

    page = workspace.root / "notebooks" / PAGE
    program = workspace.program_template(PAGE)
    if page.resolve() != program.resolve():
        write_together(workspace, {page: program.read_bytes()})
    sign(nbformat.read(page, as_version=4))  # type: ignore[no-untyped-call]
    return page
