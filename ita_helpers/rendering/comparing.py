"""Making the comparison of many offices: no office's notebook, but all of their reports.

It is made like any report, after those it compares, and is current as long as their notebooks,
the list of offices, their scores, ranks and issued versions are what it was made of.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ita_helpers.edited.reading import read_notebook_file
from ita_helpers.files.scraps import SHEETS, read_scraps
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.publish.losses import Lost
from ita_helpers.publish.public_notebook import publish_notebook
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.tree import Document
from ita_helpers.records.layout import COMPARED
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.orders import (
    Made,
    RenderOptions,
    job_of,
    lost_before,
    messages,
    papers_of,
    program_digest,
    renderer_of,
    row_of,
)
from ita_helpers.reports.gathering import read_comparison, recorded
from ita_helpers.run.jobs import Export, Renderer
from ita_helpers.run.manifest import COUNTED, Counts
from ita_helpers.scoring.compared import Scope
from ita_helpers.store.loading import content_of
from ita_helpers.store.params import ReportParameters
from ita_helpers.words.comparison import describe_limits, lines_of_skipped

WORKBOOK = "xlsx"
"""The format of the list of all offices, which is always made."""


def scope_of(parameters: ReportParameters) -> Scope:
    """Return which offices a parameter file compares."""
    return Scope(
        parameters.province,
        parameters.district,
        parameters.office_type,
        tuple(parameters.offices),
        parameters.published,
    )


def inputs_of_comparison(workspace: Workspace, parameters: ReportParameters, out: Path) -> str:
    """Return a digest of all a comparison depends on besides its formats.

    Raises an ``ItaError`` for tables that cannot be read.
    """
    year = parameters.fiscal_year
    files = (workspace.template(parameters.template), workspace.framework(year))
    found = recorded(workspace, out, year, scope_of(parameters))
    parts = [repr(found), *map(content_of, files), parameters.model_dump_json(), program_digest()]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def tell_limits(workspace: Workspace, parameters: ReportParameters) -> list[str]:
    """Return a line for everything that a comparison lacks or leaves out, and its file."""
    file = workspace.shown(workspace.params / parameters.stem.with_suffix(".yml"))
    data = read_comparison(workspace, parameters.fiscal_year, scope_of(parameters))
    said = (*describe_limits(data).paragraphs[:-1], *lines_of_skipped(data))
    return [f"{file}: {each}" for each in said]


@dataclass(frozen=True)
class _Looked:
    """What is exported: the papers, and the workbook as the notebook left it."""

    papers: Mapping[str, Document]
    book: Any


def make_comparison(orders: RenderOptions, file: Path, parameters: ReportParameters) -> Made:
    """Make the comparison of a parameter file, unless the one in place is still current."""
    started = time.monotonic()
    workspace, template = orders.workspace, orders.workspace.template(parameters.template)
    inputs_now = partial(inputs_of_comparison, workspace, parameters, orders.out)
    files = PictureFolder(template.parent, workspace.root)
    with messages() as said:

        def count(_: Mapping[str, Any]) -> Counts:
            return {
                **dict.fromkeys(COUNTED, 0),
                "losses": len(_tell_lost(workspace, template, said.lost)),
            }

        job = job_of(
            orders,
            parameters,
            source=template,
            template=template,
            files=files,
            inputs=inputs_now(),
            inputs_now=inputs_now,
            count=count,
            look=partial(_look, orders, parameters, files),
            strip=partial(_strip, workspace, parameters),
        )
        with root_for_notebooks(workspace, orders.out):
            outcome = _renderer(orders).render(job)
        lost = said.lost if outcome.is_fresh else lost_before(orders, parameters, files)
    row = row_of(orders, file, parameters, outcome, started)
    told = (*_tell_lost(workspace, template, lost), *said.lines)
    return Made(row, outcome.is_fresh, told)


def _tell_lost(workspace: Workspace, template: Path, lost: Sequence[Lost]) -> tuple[str, ...]:
    """Return a line for everything that no paper shows of a notebook somebody has changed."""
    if not lost:
        return ()
    from ita_helpers.rendering.copy_checks import losses_of_template

    return losses_of_template(template, workspace.shown(template), lost)


def _look(
    orders: RenderOptions, parameters: ReportParameters, files: PictureFolder, notebook: Any
) -> _Looked:
    papers = papers_of(orders, parameters, files, notebook)
    book = (label("comparison.workbook"), f"{parameters.paper.name}.{WORKBOOK}")
    report = replace(papers[""], others=(*papers[""].others, book))
    return _Looked({**papers, "": report}, read_scraps(notebook).get(SHEETS))


def _strip(workspace: Workspace, parameters: ReportParameters, notebook: Any) -> None:
    """Take out of an executed notebook what a public edition does not show."""
    if parameters.edition == "public":
        path = workspace.template(parameters.template)
        template = read_notebook_file(path, workspace.shown(path))
        publish_notebook(notebook, template, COMPARED, {})


def _renderer(orders: RenderOptions) -> Renderer:
    """Return the usual renderer with exporters that know the lists beside the papers."""
    usual = renderer_of(orders)
    papers = {name: partial(_export_papers, each) for name, each in usual.exports.items()}
    return replace(usual, exports={**papers, WORKBOOK: _export_lists})


def _export_papers(export: Export, looked: _Looked) -> Mapping[str, bytes]:
    return export(looked.papers)


def _export_lists(looked: _Looked) -> Mapping[str, bytes]:
    from ita_helpers.spreadsheets.book_writer import write_book
    from ita_helpers.spreadsheets.published_book import read_book

    return {f".{WORKBOOK}": write_book(read_book(looked.book))}
