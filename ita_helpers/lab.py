"""What the last cell of an office's notebook calls: make the report, and show where it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markupsafe import Markup

from ita_helpers.catalogue import label
from ita_helpers.params import load_parameters
from ita_helpers.paths import find_workspace

RENDERING = "ITA_RENDERING"
"""The variable that says that a report is being made."""
FORMATS = ("html", "pdf", "docx")


def render_report(params: str) -> None:
    """Make the report of a parameter file from the notebook as it was saved last, and link to it.

    ``params`` is seen from the notebook's folder. What the command says is printed. While a
    report is made already, its own notebook makes none.
    """
    if RENDERING in os.environ:
        return
    workspace = find_workspace()
    print(label("edit.rendering"), flush=True)
    command = [sys.executable, "-m", "ita_helpers", "--root", str(workspace.root)]
    command += ["render", params, "--to", ",".join(FORMATS)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    print((done.stderr + done.stdout).strip() or label("edit.not_rendered"))
    if done.returncode:
        return
    stem = workspace.rendered / load_parameters(Path(params), workspace).stem
    from IPython.display import HTML, display

    files = (stem.with_suffix(f".{ending}") for ending in FORMATS)
    links = Markup(" · ").join(_link(file) for file in files if file.exists())
    display(HTML(f"<p>{links}</p>"))  # type: ignore[no-untyped-call]


def _link(file: Path) -> Markup:
    address = os.path.relpath(file).replace(os.sep, "/")
    return Markup('<a href="{}" target="_blank">{}</a>').format(address, file.name)
