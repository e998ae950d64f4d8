"""Rendering one report: run the notebook, export it, move everything into place.

Nothing half-made ever appears under a report's name, and nothing that somebody changed is
overwritten: changes show in the digests of all files, kept in the notebook's metadata.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.errors import ExportFailed, InputsChanged, ItaError, NotebookFailed, write_error
from ita_helpers.files.scraps import read_scraps
from ita_helpers.files.signing import sign, to_bytes
from ita_helpers.language.catalogue import say
from ita_helpers.run import keeping
from ita_helpers.run.execute import execute_notebook
from ita_helpers.run.keeping import digest_of
from ita_helpers.run.limits import Engine
from ita_helpers.run.manifest import Counts
from ita_helpers.run.sealing import (
    FAILED,
    Existing,
    Formats,
    Read,
    are_there,
    files_of_ours,
    read_existing,
    seal_notebook,
    stale_files,
    still_there,
    true_formats,
)

log = logging.getLogger(__name__)

Export = Callable[[Any], Mapping[str, bytes]]
"""Makes the files of one format, by ending, of what was read from the notebook."""


@dataclass(frozen=True)
class Job:
    """One report to make: ``stem`` is ``<year>/<organisation>``.

    ``inputs`` is a digest of all the report depends on besides the formats, taken before any of it
    was read; ``inputs_now`` takes it again. ``read`` are the files that own code has read, of which
    ``digest_now`` gives the digests. The notebook runs in the folder ``beside``, which is
    ``folder`` relative to the workspace's root; ``look`` reads it for the exporters, and ``count``
    counts each of ``COUNTED``. ``strip`` takes out of the executed notebook what its ``edition``
    does not show.
    """

    stem: Path
    template: Path
    parameters: Mapping[str, Any]
    inputs: str
    inputs_now: Callable[[], str]
    beside: Path
    look: Callable[[Any], Any]
    folder: str
    count: Callable[[Mapping[str, Any]], Counts]
    read: Callable[[], Read] = dict
    strip: Callable[[Any], None] = lambda _: None
    edition: str = ""
    digest_now: Callable[[str], str] = str


@dataclass(frozen=True)
class Outcome:
    """The outcome of a job: whether it was made now.

    ``formats`` are the files that are current now, ``notebook`` is the digest of the notebook file,
    ``scraps`` its scraps, ``read`` what its own code depends on, ``counts`` what was counted.
    """

    job: Job
    is_fresh: bool
    formats: Formats
    notebook: str
    read: Read
    counts: Counts
    scraps: Mapping[str, Any]


@dataclass
class Renderer:
    """Makes reports into ``out``: each executed notebook is read once, for all its formats."""

    out: Path
    exports: Mapping[str, Export]
    force: bool = False
    seconds: float | None = None
    engine: Engine = "ita"

    def render(self, job: Job) -> Outcome:
        """Make one report, unless the one in place is still current.

        Raises an ``ItaError``, and old files then stay: ``InputsChanged`` if the inputs of the
        report changed meanwhile.
        """
        target = self.out / job.stem
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with keeping.claimed(target.parent, target.name):
                return self._render(job, target)
        except OSError as error:
            raise write_error(error, target) from error

    def _render(self, job: Job, target: Path) -> Outcome:
        notebook_file = target.with_suffix(".ipynb")
        with keeping.making(target.parent, target.name, files_of_ours) as folder:
            before = read_existing(notebook_file)
            if not self.force and before and self._is_current(target, before, job):
                true = still_there(target, before.formats)
                notebook_digest = digest_of(notebook_file)
                left = (before.read, before.counts, before.scraps)
                return Outcome(job, False, true, notebook_digest, *left)
            notebook = self._execute(job, folder, target)
            job.strip(notebook)
            made = self._export(job, notebook)
            read = job.read()
            if job.inputs_now() != job.inputs or not _has_read(read or {}, job):
                raise InputsChanged(stem=job.stem.as_posix())
            formats = true_formats(target, before, job.inputs, made)
            scraps = read_scraps(notebook)
            counts = job.count(scraps)
            seal = {"inputs": job.inputs, "folder": job.folder, "counts": counts}
            seal |= {"edition": job.edition} if job.edition else {}
            seal_notebook(notebook, formats=formats, read=read, **seal)
            files = {ending: content for each in made.values() for ending, content in each.items()}
            files[".ipynb"] = to_bytes(notebook)
            names = {f"{target.name}{ending}": content for ending, content in files.items()}
            keeping.make_ready(folder, names)
            _put_in_place(folder, target, stale_files(before, job.inputs, formats, made))
        sign(notebook)
        digest = hashlib.sha256(files[".ipynb"]).hexdigest()
        return Outcome(job, True, formats, digest, read, counts, scraps)

    def _execute(self, job: Job, folder: Path, target: Path) -> Any:
        output = folder / "notebook.ipynb"
        try:
            return execute_notebook(
                job.template,
                output,
                job.parameters,
                shown=job.template.name,
                engine=self.engine,
                in_this_process=True,
                seconds=self.seconds,
                beside=job.beside,
                is_written=False,
            )
        except NotebookFailed as error:
            failed = target.with_name(f"{target.name}{FAILED}")
            if is_kept := output.exists():
                _show_failed(folder, failed, output)
            kept = str(failed) if is_kept and failed.exists() else ""
            raise type(error)(**{**error.facts, "kept": kept}) from error

    def _export(self, job: Job, notebook: Any) -> dict[str, Mapping[str, bytes]]:
        """Return the files of every format, by ending."""
        made: dict[str, Mapping[str, bytes]] = {}
        name = ""
        try:
            papers = job.look(notebook)
            for name, export in self.exports.items():
                made[name] = export(papers)
        except ItaError:
            raise
        except Exception as error:
            raise ExportFailed(
                notebook=job.stem.as_posix(), format=name, reason=str(error)
            ) from error
        return made

    def _is_current(self, target: Path, before: Existing, job: Job) -> bool:
        return (
            before.is_intact
            and before.inputs == job.inputs
            and _has_read(before.read, job)
            and all(
                name in before.formats and are_there(target, before.formats[name])
                for name in self.exports
            )
        )


def _put_in_place(folder: Path, target: Path, stale: Collection[str]) -> None:
    """Move the files of a report into place, and files it no longer has away."""
    gone = [f"{target.name}{ending}" for ending in (*stale, FAILED)]
    removed = keeping.complete(folder, files_of_ours(folder), gone)
    for ending in stale:
        if f"{target.name}{ending}" in removed:
            log.warning(say("messages.stale_removed", file=f"{target}{ending}"))


def _show_failed(folder: Path, failed: Path, output: Path) -> None:
    """Put a failed notebook where people find it."""
    import nbformat

    notebook = nbformat.read(output, as_version=4)  # type: ignore[no-untyped-call]
    seal_notebook(notebook, formats={}, read={}, inputs="")
    keeping.make_ready(folder, {failed.name: to_bytes(notebook)})
    keeping.complete(folder, files_of_ours(folder))


def _has_read(read: Read, job: Job) -> bool:
    """Whether the files own code has read are known and unchanged."""
    return read is not None and all(job.digest_now(path) == read[path] for path in read)
