"""What notebooks call to make a report and link to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from ita_helpers.edited.last_cell import button
from ita_helpers.files.workspace import Workspace, find_workspace, seen_from
from ita_helpers.language.catalogue import label
from ita_helpers.publish.formats import all_formats
from ita_helpers.records.editions import Edition
from ita_helpers.rendering.environment import RENDERING
from ita_helpers.rendering.handing_out import HandingOut, endings
from ita_helpers.store.params import load_parameters

DOWNLOADED = (".xlsx", ".ods", ".csv")
"""Files for other programs, as are papers that no browser shows: JupyterLab would fail to open
them, or show them as text."""


def render_report(params: str) -> None:
    """Make the report of a parameter file from the notebook as it was saved last, and link to it.

    ``params`` is relative to the notebook's folder. The command's output is printed, with the
    button that runs the cell again below it. While a report is being made, its own notebook makes
    none.
    """
    if RENDERING in os.environ:
        return
    from IPython.display import HTML, display

    workspace = find_workspace()
    print(label("edit.rendering"), flush=True)
    done = run_render(workspace, Path(params))
    print((done.stderr + done.stdout).strip() or label("edit.not_rendered"))
    made = Markup("")
    if not done.returncode:
        links = links_to_report(workspace, load_parameters(Path(params), workspace).paper)
        made = Markup("<p>{}</p>").format(links)
    display(HTML(made + button()))  # type: ignore[no-untyped-call]


def run_render(
    workspace: Workspace, params: Path, edition: Edition | None = None
) -> subprocess.CompletedProcess[str]:
    """Make the report of a parameter file as the command does, with copies to be handed out.

    Without an ``edition`` it is the one that the file asks for.
    """
    formats = ",".join(each.name for each in all_formats())
    asked = ("--edition", edition) if edition else ()
    return run_ita(workspace, "render", str(params), "--to", formats, "--thai-names", *asked)


def run_ita(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own.

    A module beside the notebook (``random.py``) never shadows one of the library's.
    """
    command = [sys.executable, "-P", "-m", "ita_helpers", "--root", str(workspace.root)]
    command += arguments
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False
    )


def links_to_report(workspace: Workspace, stem: Path) -> Markup:
    """Return links to the files of a report that are there; none where there is no report.

    They lead to the copies with Thai names if there are any. Those of its memo come last.
    """
    if copies := HandingOut(workspace, workspace.rendered).copies(stem):
        return links(copies)
    base = workspace.rendered / stem
    return links(base.with_name(f"{base.name}{ending}") for ending in endings())


def folder_of_report(workspace: Workspace, stem: Path) -> Path:
    """Return the folder of the files that are linked to."""
    copies = HandingOut(workspace, workspace.rendered).copies(stem)
    return copies[0].parent if copies else (workspace.rendered / stem).parent


def links(files: Iterable[Path]) -> Markup:
    """Return links to those of some files that are there."""
    return Markup(" · ").join(link(file) for file in files if file.exists())


def link(file: Path, text: str = "") -> Markup:
    """Return a link to a file, seen from the notebook's folder.

    JupyterLab opens what is linked to by itself, but for links marked as downloads. What a browser
    shows it would go on showing as it was when it is made anew.
    """
    address = quote(seen_from(file, Path.cwd()))
    marks = Markup("")
    paper = next((each for each in all_formats() if each.ending == file.suffix), None)
    if paper or file.suffix in DOWNLOADED:
        marks += Markup(" download")
    if paper and paper.opens_in_browser:
        marks += Markup(" onclick=\"this.removeAttribute('download')\"")
    return Markup('<a href="{}" target="_blank"{}>{}</a>').format(address, marks, text or file.name)
