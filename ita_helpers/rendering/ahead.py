"""Loading what reports need before a batch forks its processes."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from jupyter_core.utils import ensure_event_loop

from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.boxes import drawing_nothing
from ita_helpers.publish.papers import read_papers
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.orders import program_digest
from ita_helpers.run.execute import execute_notebook
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import load_parameters

WARM_UP = f"{__name__}:load_ahead"
MODULES = (
    "ita_helpers.rendering.reporting",
    "ita_helpers.publish.html.writer",
    "ita_helpers.publish.pdf.writer",
    "nbformat.sign",
)
THREADS_OF_COMPILER = "RAYON_NUM_THREADS"
"""In a batch every core makes a report: threads that wait for each other only take time."""


def load_ahead(asked: str) -> None:
    """Load what reports need; make the report of a parameter file once and throw it away.

    ``asked`` is the workspace's root and, on a second line, the file, if any. The PDF compiler is
    left out: it starts threads, and a process with threads cannot be forked. If the report cannot
    be made, the error appears when it is actually asked for. What is loaded by then stays, and is
    not looked through for garbage when the shell ends.
    """
    for module in MODULES:
        import_module(module)
    program_digest()
    root, _, file = asked.partition("\n")
    if file:
        os.environ.setdefault(THREADS_OF_COMPILER, "1")
        gc.freeze()
        with suppress(Exception):
            _rehearse(Workspace(Path(root)), Path(file))
        ensure_event_loop().close()
        gc.collect()


def _rehearse(workspace: Workspace, file: Path) -> None:
    from ita_helpers.publish.html.writer import write_html
    from ita_helpers.publish.pdf.writer import describe

    parameters = load_parameters(file, workspace)
    load(workspace, parameters)
    read_office_names(workspace)
    template = workspace.program_template(parameters.template)
    with root_for_notebooks(workspace):
        notebook = execute_notebook(
            template,
            None,
            parameters.for_notebook,
            shown=template.name,
            engine="ita",
            in_this_process=True,
            beside=template.parent,
        )
    with drawing_nothing():
        for document in read_papers(notebook).values():
            write_html(document)
            describe(document)
