"""What all reports are made with: orders, exporters, and what the program says meanwhile."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from io import FileIO
from pathlib import Path
from typing import Any

from ita_helpers.files.json_reading import read_json
from ita_helpers.files.workspace import PACKAGE, Workspace
from ita_helpers.publish.formats import Format, Given, format_named
from ita_helpers.publish.letters import check_letters
from ita_helpers.publish.losses import RECORD, Lost
from ita_helpers.publish.papers import find_losses, read_papers
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.standards import Standard
from ita_helpers.publish.tree import Document
from ita_helpers.records.editions import Edition
from ita_helpers.records.kinds import report_kinds
from ita_helpers.run.jobs import Export, Job, Outcome, Renderer
from ita_helpers.run.limits import Engine
from ita_helpers.run.manifest import Counts, ReportRow, written_at
from ita_helpers.run.reading import watch_reading
from ita_helpers.run.sealing import result_in
from ita_helpers.run.serving import run_here
from ita_helpers.store.loading import content_of
from ita_helpers.store.params import ReportParameters
from ita_helpers.store.trust import has_modules, own_code, refuse_own_code


@dataclass(frozen=True)
class RenderOptions:
    """What every report of a batch is made with.

    ``seconds`` is the limit for one cell, ``scheduler`` the address of a cluster. A cluster's
    machine does not know what the person who asks trusts; ``is_trusted`` says so. ``issue`` is the
    number of the version to be issued, 0 for working copies. ``edition`` is made whatever the files
    ask for; without it they decide.
    """

    workspace: Workspace
    out: Path
    formats: tuple[str, ...]
    standard: Standard
    force: bool
    seconds: float
    engine: Engine = "ita"
    scheduler: str = ""
    is_trusted: bool = False
    issue: int = 0
    edition: Edition | None = None


@dataclass(frozen=True)
class Made:
    """The outcome for one parameter file: its row of the manifest, and messages for people."""

    row: ReportRow
    is_fresh: bool
    messages: tuple[str, ...] = ()


def row_edition(parameters: ReportParameters) -> str:
    """Return what the manifest calls the edition of a report: nothing for the usual one."""
    return parameters.edition if parameters.paper != parameters.stem else ""


def row_of(
    orders: RenderOptions,
    file: Path,
    parameters: ReportParameters,
    outcome: Outcome,
    started: float,
) -> ReportRow:
    """Return the row of a report that was made; ``started`` is when, by the monotonic clock."""
    row = ReportRow(
        stem=parameters.paper.as_posix(),
        edition=row_edition(parameters),
        params=orders.workspace.shown(file),
        status="done",
        digest=outcome.job.inputs,
        seconds=time.monotonic() - started,
        result=result_in(outcome.scraps),
        formats=outcome.formats,
        notebook=outcome.notebook,
        read=outcome.read,
        written=written_at(orders.out / parameters.paper, outcome.formats),
    )
    return replace(row, **outcome.counts)


def papers_of(
    orders: RenderOptions, parameters: ReportParameters, files: PictureFolder, notebook: Any
) -> dict[str, Document]:
    """Return the papers of an executed notebook, which know whose they are and what is with them.

    That is the report's files in the formats that are made together, its kind and version. Computed
    numbers are marked for whoever corrects a working copy, not in one to be passed on.
    """
    made = [format_named(each) for each in orders.formats]
    others = tuple((each.title, f"{parameters.paper.name}{each.ending}") for each in made)
    is_passed_on = bool(orders.issue) or parameters.edition == "public"
    known: dict[str, Any] = {
        "organisation": parameters.organisation,
        "fiscal_year": parameters.fiscal_year,
        "report": "" if parameters.kind is report_kinds()[0] else parameters.kind.name,
        "issue": orders.issue,
        **({"computed": {}} if is_passed_on else {}),
    }
    return {
        paper: replace(each, others=others if not paper else (), **known)
        for paper, each in read_papers(notebook, files=files).items()
    }


def lost_before(
    orders: RenderOptions, parameters: ReportParameters, files: PictureFolder
) -> list[Lost]:
    """Return what no paper shows of a report made earlier."""
    notebook = orders.out / parameters.paper.with_suffix(".ipynb")
    return find_losses(read_json(notebook)["cells"], files)


def job_of(
    orders: RenderOptions,
    parameters: ReportParameters,
    *,
    source: Path,
    template: Path,
    files: PictureFolder,
    inputs: str,
    inputs_now: Callable[[], str],
    count: Callable[[Mapping[str, Any]], Counts],
    look: Callable[[Any], Any],
    strip: Callable[[Any], None],
) -> Job:
    """Return what is to be run: ``template``, made of the ``source`` that people know.

    What its own code reads and its pictures are inputs too. Raises ``UntrustedCode``.
    """
    workspace = orders.workspace
    code = own_code(workspace, parameters.template, template)
    if not orders.is_trusted:
        refuse_own_code(workspace, source, code, files.folder)
    run_here(leaves_nothing=not code and not has_modules(files.folder))
    seen = watch_reading(workspace.root, code, orders.engine)

    def read() -> dict[str, str] | None:
        found = seen()
        return None if found is None else {**found, **files.read}

    return Job(
        stem=parameters.paper,
        template=template,
        parameters=parameters.for_notebook,
        inputs=inputs,
        inputs_now=inputs_now,
        beside=files.folder,
        folder=files.shown,
        count=count,
        look=look,
        read=read,
        digest_now=lambda path: content_of(workspace.root / path),
        strip=strip,
        edition=row_edition(parameters),
    )


@cache
def renderer_of(orders: RenderOptions) -> Renderer:
    """Return what makes reports by these orders."""
    return Renderer(
        out=orders.out.absolute(),
        exports=exports_of(orders.formats, orders.standard, orders.workspace),
        force=orders.force,
        seconds=orders.seconds,
        engine=orders.engine,
    )


def exports_of(
    formats: tuple[str, ...], standard: Standard, workspace: Workspace
) -> dict[str, Export]:
    """Return the exporters of some of the formats, by the format's name and variant."""
    given = Given(standard, workspace.root)
    wanted = map(format_named, formats)
    return {each.name_with(standard): _export_as(each, given) for each in wanted}


def format_names(orders: RenderOptions) -> Sequence[str]:
    """Return the names under which the orders' formats are recorded, with their variants."""
    return [format_named(each).name_with(orders.standard) for each in orders.formats]


def _export_as(wanted: Format, given: Given) -> Export:
    """Return an exporter that writes every paper: the report, and the memo beside it.

    What it wrote is read again; ``LettersLost`` is raised for a paper that lacks any letter.
    """

    def export(papers: Mapping[str, Document]) -> dict[str, bytes]:
        files = {}
        for paper, document in papers.items():
            content = wanted.write(document, given)
            check_letters(document, content, wanted.name)
            files[wanted.ending_of(paper)] = content
        return files

    return export


@cache
def program_digest() -> str:
    """Return a digest of the package's own files: new code makes new reports."""
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            with FileIO(f"{folder}/{name}") as file:
                digest.update(file.read())
    return digest.hexdigest()


@dataclass
class Said:
    """The package's log messages while a report is made: sentences and losses."""

    lines: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def take(self, record: logging.LogRecord) -> None:
        """Keep what is said."""
        if lost := getattr(record, RECORD, None):
            self.lost.append(lost)
        else:
            self.lines.append(record.getMessage())


@contextmanager
def messages() -> Iterator[Said]:
    """Collect the package's messages while a report is made, for the process that asked for it."""
    said = Said()
    handler = logging.Handler(logging.WARNING)
    handler.emit = said.take  # type: ignore[method-assign]
    logger = logging.getLogger("ita_helpers")
    logger.addHandler(handler)
    before, logger.propagate = logger.propagate, False
    try:
        yield said
    finally:
        logger.propagate = before
        logger.removeHandler(handler)
