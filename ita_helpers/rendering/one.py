"""Making the report of one parameter file, in whatever process: read, check, join, run, export.

A batch distributes this work to processes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ita_helpers.boundary import as_failure
from ita_helpers.checks.telling import Finding
from ita_helpers.errors import InputsChanged, ItaError
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.scraps import DRAFTS, read_scraps
from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.losses import Lost
from ita_helpers.publish.papers import find_losses, read_papers
from ita_helpers.publish.public_notebook import publish_notebook, sentences_withheld
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.rendering import copies
from ita_helpers.rendering.comparing import inputs_of_comparison, make_comparison
from ita_helpers.rendering.copy_checks import check_report, losses_told, picture_folder
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.orders import (
    Made,
    RenderOptions,
    know_others,
    know_whose,
    messages,
    program_digest,
    renderer_of,
    row_edition,
    row_of,
)
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.run.jobs import Job
from ita_helpers.run.manifest import FINDINGS, Counts
from ita_helpers.run.reading import watch_reading
from ita_helpers.store.loading import content_of, inputs_of
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.store.peer_scores import written_ranking
from ita_helpers.store.trust import own_code, refuse_own_code

TRIES = 3
"""How often a report is started if its inputs keep changing while it is made."""


@dataclass(frozen=True)
class Maker:
    """Makes one report after another; picklable, so that processes can share the orders."""

    orders: RenderOptions

    def __call__(self, file: Path) -> Made:
        """Make the report of a parameter file; if that fails, the old one stays.

        Raises an ``ItaError`` whatever goes wrong, or ``MemoryError``.
        """
        try:
            return self._make_of_one_state(file)
        except (ItaError, MemoryError):
            raise
        except Exception as error:
            raise as_failure(error, self.orders.workspace) from error

    def _make_of_one_state(self, file: Path) -> Made:
        for tries in range(TRIES):
            try:
                return self._make(file)
            except InputsChanged:
                if tries == TRIES - 1:
                    raise
        raise AssertionError

    def _make(self, file: Path) -> Made:
        """Make it once: its inputs are digested first and read afterwards."""
        started = time.monotonic()
        workspace = self.orders.workspace
        parameters = load_parameters(file, workspace).of_edition(self.orders.edition)
        if parameters.kind.is_of_many:
            return make_comparison(self.orders, file, parameters)
        inputs = inputs_of_report(workspace, parameters)
        data = load(workspace, parameters)
        own = OwnNotebook(workspace, parameters, data)
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

            job = self._plan(file, own, inputs, scratch, files, count)
            with root_for_notebooks(workspace), copies.naming_cells_of_the_copy(own):
                outcome = renderer_of(self.orders).render(job)
            lost = said.lost if outcome.is_fresh else self._lost_before(parameters, files)
        row = row_of(self.orders, file, parameters, outcome, started)
        return Made(row, outcome.is_fresh, (*copies.tell(own), *losses_of(lost), *said.lines))

    def _lost_before(self, parameters: ReportParameters, files: PictureFolder) -> list[Lost]:
        """Return what no paper shows of a report made earlier."""
        notebook = self.orders.out / parameters.paper.with_suffix(".ipynb")
        return find_losses(read_json(notebook)["cells"], files)

    def _plan(
        self,
        file: Path,
        own: OwnNotebook,
        inputs: str,
        scratch: Path,
        files: PictureFolder,
        count: Callable[[Mapping[str, Any]], Counts],
    ) -> Job:
        """Return what is to be run: the template, with the office's own words if it has some."""
        workspace, parameters = self.orders.workspace, own.parameters
        template = own.to_run(scratch)
        code = own_code(workspace, parameters.template, template)
        if not self.orders.is_trusted:
            refuse_own_code(workspace, own.source, code, files.folder)
        return Job(
            stem=parameters.paper,
            template=template,
            parameters=parameters.for_notebook,
            inputs=inputs,
            inputs_now=lambda: inputs_of_report(
                workspace, load_parameters(file, workspace).of_edition(self.orders.edition)
            ),
            beside=files.folder,
            folder=files.shown,
            count=count,
            look=lambda notebook: know_whose(
                know_others(
                    read_papers(notebook, files=files), parameters.paper.name, self.orders.formats
                ),
                parameters,
                self.orders.issue,
            ),
            read=with_pictures(watch_reading(workspace.root, code, self.orders.engine), files),
            digest_now=lambda path: content_of(workspace.root / path),
            strip=partial(_strip, own),
            edition=row_edition(parameters),
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


def with_pictures(
    read: Callable[[], dict[str, str] | None], files: PictureFolder
) -> Callable[[], dict[str, str] | None]:
    """Return a function that gives the files that own code reads, linked pictures included."""

    def tell() -> dict[str, str] | None:
        seen = read()
        return None if seen is None else {**seen, **files.read}

    return tell


def inputs_of_report(
    workspace: Workspace, parameters: ReportParameters, out: Path | None = None
) -> str:
    """Return a digest of all a report depends on besides its formats.

    Data, parameters, the template, the office's own notebook and the program itself; a comparison
    depends on the reports in the folder ``out``. Raises an ``ItaError`` for tables that cannot be
    read.
    """
    if parameters.kind.is_of_many:
        return inputs_of_comparison(workspace, parameters, out or workspace.rendered)
    data = inputs_of(workspace, parameters.organisation, parameters.fiscal_year)
    files = (workspace.template(parameters.template), workspace.edited(parameters.stem))
    named = (parameters.organisation, parameters.fiscal_year)
    parts = [data, *map(content_of, files), parameters.model_dump_json(), program_digest()]
    parts.append(written_ranking(workspace, *named, parameters.peers))
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def are_as_read(workspace: Workspace, read: Mapping[str, str] | None) -> bool:
    """Whether the files that a report's own code reads are known and unchanged."""
    return read is not None and all(
        content_of(workspace.root / each) == read[each] for each in read
    )
