"""Making the teaching page and the trainer's papers from one run of the notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ita_helpers.errors import LessonIncomplete
from ita_helpers.files.scraps import read_scraps
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import Numerals
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.tree import Document
from ita_helpers.records.kinds import kind_named
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.orders import exports_of
from ita_helpers.run.execute import execute_notebook
from ita_helpers.run.keeping import replace_noted
from ita_helpers.store.trust import own_code, require_trust
from ita_helpers.teaching.lesson import load_lesson
from ita_helpers.teaching.page import write_teaching_page
from ita_helpers.teaching.papers import PAPERS

NOTEBOOK = kind_named("lesson").notebook
PAGE = "teaching.html"
FOLDER = "teaching"
"""Where the trainer's papers go, in the folder of the reports: they hold the answers."""


def make_teaching(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    numerals: Numerals,
    formats: Sequence[str],
    out: Path,
) -> tuple[Path, ...]:
    """Make page and papers of a lesson on one organisation's result of a fiscal year (B.E.).

    Returns the files. Raises an ``ItaError``; the old files then stay.
    """
    lesson = load_lesson(organisation, fiscal_year, numerals=numerals, root=workspace.root)
    template = workspace.template(NOTEBOOK)
    parameters = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "numerals": numerals,
        "papers": True,
    }
    own = own_code(workspace, NOTEBOOK, template)
    require_trust(workspace, template, own, template.parent)
    with root_for_notebooks(workspace):
        notebook = execute_notebook(
            template,
            None,
            parameters,
            shown=template.name,
            engine="ita",
            in_this_process=True,
            beside=template.parent,
        )
    documents = _read_whole(notebook, (organisation, fiscal_year), workspace.shown(template))
    data = lesson.data
    page = write_teaching_page(
        documents[""], lesson.trial, lesson.source, data.frameworks, data.exercises
    )
    contents = {out / PAGE: page.encode("utf-8")}
    exports = exports_of(tuple(formats), "ua-1", workspace).values()
    for name in PAPERS:
        for export in exports:
            for ending, content in export({name: documents[name]}).items():
                contents[out / FOLDER / ending.removeprefix(".")] = content
    names = {file.relative_to(out).as_posix(): content for file, content in contents.items()}
    replace_noted(out, names)
    return tuple(contents)


def _read_whole(
    notebook: Mapping[str, Any], asked: tuple[str, int], shown: str
) -> dict[str, Document]:
    """Return story and papers of the executed notebook.

    Raises ``LessonIncomplete`` if it has lost a paper, or did not use the parameters.
    """
    documents = read_papers(notebook)
    missing = [name for name in PAPERS if name not in documents or not documents[name].blocks]
    page = read_scraps(notebook).get("ita-document") or {}
    if missing or (page.get("organisation"), page.get("asked_year")) != asked:
        raise LessonIncomplete(notebook=shown, missing=missing)
    return documents
