"""Making the teaching page and the trainer's papers from one run of the notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_helpers import copies
from ita_helpers.errors import LessonIncomplete, write_error
from ita_helpers.paths import Workspace, first_free
from ita_helpers.publish.notebook_reader import read_papers
from ita_helpers.publish.tree import Document
from ita_helpers.rendering.one import exports_of
from ita_helpers.run.execute import execute_notebook
from ita_helpers.scraps import read_scraps
from ita_helpers.table_files import write_together
from ita_helpers.teaching.lesson import load_lesson
from ita_helpers.teaching.page import write_teaching_page
from ita_helpers.teaching.papers import PAPERS
from ita_helpers.thai import Numerals

NOTEBOOK = "how_scoring_works.ipynb"
PAGE = "teaching.html"
FOLDER = "teaching"
"""Where the trainer's papers go, in the folder of the reports: they hold the answers."""


@dataclass(frozen=True)
class Made:
    """The files that were written, and where papers that were there before are kept."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...] = field(default=())


def make_teaching(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    numerals: Numerals,
    formats: Sequence[str],
    out: Path,
) -> Made:
    """Make page and papers of a lesson on one organisation's result of a fiscal year (B.E.).

    Raises an ``ItaError``; what was in place stays.
    """
    lesson = load_lesson(organisation, fiscal_year, numerals=numerals, root=workspace.root)
    template = workspace.template(NOTEBOOK)
    parameters = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "numerals": numerals,
        "papers": True,
    }
    with copies.root_for_notebooks(workspace):
        notebook = execute_notebook(
            template, None, parameters, shown=template.name, engine="ita", in_this_process=True
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
    kept = _keep_edited(workspace, contents)
    write_together(workspace, {**kept, **contents})
    return Made(tuple(contents), tuple(kept))


def _read_whole(
    notebook: Mapping[str, Any], asked: tuple[str, int], shown: str
) -> dict[str, Document]:
    """Return story and papers of the executed notebook.

    Raises ``LessonIncomplete`` for one that has lost a paper, or did not take the parameters.
    """
    documents = read_papers(notebook)
    missing = [name for name in PAPERS if name not in documents or not documents[name].blocks]
    page = read_scraps(notebook).get("ita-document") or {}
    if missing or (page.get("organisation"), page.get("asked_year")) != asked:
        raise LessonIncomplete(notebook=shown, missing=missing)
    return documents


def _keep_edited(workspace: Workspace, contents: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return copies of Word files that differ from what will be written: they may be edited.

    One that is kept already is not kept again. Raises ``WriteFailed`` for one that cannot be read.
    """
    kept: dict[Path, bytes] = {}
    for file, content in contents.items():
        if file.suffix != ".docx" or not file.exists():
            continue
        try:
            before = file.read_bytes()
            earlier = [each.read_bytes() for each in file.parent.glob(f"{file.stem}.before-*.docx")]
        except OSError as error:
            raise write_error(error, workspace.shown(file)) from error
        if before not in (content, *earlier):
            kept[first_free(file.parent, f"{file.stem}.before-{{}}.docx")] = before
    return kept
