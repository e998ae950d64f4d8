"""Making the report of one office: read, check, join with its own words, run, export."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ita_helpers.checks.telling import Finding
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.scraps import DRAFTS, read_scraps
from ita_helpers.publish.losses import Lost
from ita_helpers.publish.public_notebook import publish_notebook, sentences_withheld
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.rendering import copies
from ita_helpers.rendering.copy_checks import check_report, losses_told, picture_folder
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.orders import (
    Made,
    RenderOptions,
    job_of,
    lost_before,
    messages,
    papers_of,
    renderer_of,
    row_of,
)
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.run.jobs import Job
from ita_helpers.run.manifest import FINDINGS, Counts
from ita_helpers.store.params import ReportParameters, load_parameters


def make_report(orders: RenderOptions, file: Path, parameters: ReportParameters) -> Made:
    """Make the report of a parameter file, unless the one in place is still current.

    Its inputs are digested first and read afterwards. Raises ``InputsChanged`` where they changed
    meanwhile, or what reading, running and exporting raise.
    """
    started = time.monotonic()
    inputs = inputs_of_report(orders.workspace, parameters)
    own = OwnNotebook(orders.workspace, parameters, load(orders.workspace, parameters))
    problems = check_report(own) if own.joined else ()
    files = picture_folder(own)

    def losses_of(lost: Iterable[Lost]) -> tuple[str, ...]:
        return losses_told(own, lost)

    with messages() as said, scratch_folder() as scratch:

        def count(scraps: Mapping[str, Any]) -> Counts:
            drafts = own.unreviewed(scraps.get(DRAFTS) or {})
            losses = losses_of(said.lost)
            counts = {"problems": len(problems), "drafts": len(drafts), "losses": len(losses)}
            return {**counts, FINDINGS: _kept(problems, parameters)}

        job = _plan(orders, file, own, inputs, scratch, files, count)
        with root_for_notebooks(orders.workspace), copies.naming_cells_of_the_copy(own):
            outcome = renderer_of(orders).render(job)
        lost = said.lost if outcome.is_fresh else lost_before(orders, parameters, files)
    row = row_of(orders, file, parameters, outcome, started)
    return Made(row, outcome.is_fresh, (*copies.tell(own), *losses_of(lost), *said.lines))


def _plan(
    orders: RenderOptions,
    file: Path,
    own: OwnNotebook,
    inputs: str,
    scratch: Path,
    files: PictureFolder,
    count: Callable[[Mapping[str, Any]], Counts],
) -> Job:
    """Return what is to be run: the template, with the office's own words if it has some."""

    def inputs_now() -> str:
        asked = load_parameters(file, orders.workspace).of_edition(orders.edition)
        return inputs_of_report(orders.workspace, asked)

    return job_of(
        orders,
        own.parameters,
        source=own.source,
        template=own.to_run(scratch),
        files=files,
        inputs=inputs,
        inputs_now=inputs_now,
        count=count,
        look=partial(papers_of, orders, own.parameters, files),
        strip=partial(_strip, own),
    )


def _kept(problems: Iterable[Finding], parameters: ReportParameters) -> list[list[str]]:
    """Return the findings that a report's notebook keeps; one to be published keeps none."""
    return [] if parameters.edition == "public" else [each.kept for each in problems]


def _strip(own: OwnNotebook, notebook: Any) -> None:
    """Take out of an executed notebook what the report's edition does not show."""
    if own.parameters.edition == "public":
        withheld = sentences_withheld(own.drafts, read_scraps(notebook).get(DRAFTS) or {})
        parts = own.parameters.layout.notebook_parts
        publish_notebook(notebook, own.template, parts, withheld)
