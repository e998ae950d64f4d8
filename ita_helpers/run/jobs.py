"""Rendering one report: run the notebook, export it, move everything into place.

Nothing half-made is ever seen under a report's name, and nothing that somebody changed is
overwritten: the digests of all files, kept in the notebook's metadata, tell.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ita_helpers.catalogue import say
from ita_helpers.errors import (
    ExportFailed,
    InputsChanged,
    ItaError,
    NotebookFailed,
    write_error,
)
from ita_helpers.json_files import read_json
from ita_helpers.run import keeping
from ita_helpers.run.execute import Engine, execute_notebook
from ita_helpers.run.keeping import IsOurs, digest_of
from ita_helpers.run.manifest import COUNTED, Counts, Row, written_at
from ita_helpers.scraps import read_scraps

log = logging.getLogger(__name__)

Export = Callable[[Any], Mapping[str, bytes]]
"""Makes the files of one format, by ending, of what was read from the notebook."""
Formats = Mapping[str, Mapping[str, str]]
"""The digests of a report's files, by format and ending."""
Read = Mapping[str, str] | None
"""Digests of the files that own code reads, by path; nothing where that cannot be known."""
METADATA = "ita"
FAILED = ".failed.ipynb"


@dataclass(frozen=True)
class Job:
    """One report to make: ``stem`` is ``<year>/<organisation>``.

    ``inputs`` is a digest of all the report depends on besides the formats, taken before any of it
    was read; ``inputs_now`` takes it again. ``read`` are the files that own code has read, of which
    ``digest_now`` gives the digests. The notebook runs in the folder ``beside``, called ``folder``
    from the workspace's root; ``look`` reads what it shows for the exporters, and ``count`` tells
    how many there are of each of ``COUNTED``.
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
    digest_now: Callable[[str], str] = str


@dataclass(frozen=True)
class Outcome:
    """What became of a job: whether it was made now.

    ``formats`` are the files that are true now, ``notebook`` is the digest of the notebook's,
    ``scraps`` what it left, ``read`` what its own code depends on, ``counts`` what was counted.
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
        """Make one report, unless the one in place is still true.

        Raises an ``ItaError``; what was in place stays. ``InputsChanged`` where what the report is
        made of changed meanwhile.
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
            before = _read_existing(notebook_file)
            if not self.force and before and self._is_current(target, before, job):
                true = _still_there(target, before.formats)
                notebook_digest = digest_of(notebook_file)
                left = (before.read, before.counts, before.scraps)
                return Outcome(job, False, true, notebook_digest, *left)
            notebook = self._execute(job, folder, target)
            made = self._export(job, notebook)
            read = job.read()
            if job.inputs_now() != job.inputs or not _has_read(read or {}, job):
                raise InputsChanged(stem=job.stem.as_posix())
            formats = _formats(target, before, job.inputs, made)
            scraps = read_scraps(notebook)
            counts = job.count(scraps)
            seal = {"inputs": job.inputs, "folder": job.folder, "counts": counts}
            _seal(notebook, formats=formats, read=read, **seal)
            files = {ending: content for each in made.values() for ending, content in each.items()}
            files[".ipynb"] = to_bytes(notebook)
            names = {f"{target.name}{ending}": content for ending, content in files.items()}
            keeping.make_ready(folder, names)
            _put_in_place(folder, target, _stale(before, job.inputs, formats, made))
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

    def _is_current(self, target: Path, before: _Existing, job: Job) -> bool:
        return (
            before.is_intact
            and before.inputs == job.inputs
            and _has_read(before.read, job)
            and all(
                name in before.formats and _are_there(target, before.formats[name])
                for name in self.exports
            )
        )


def _put_in_place(folder: Path, target: Path, stale: Collection[str]) -> None:
    """Move the files of a report into place, and what it no longer has away."""
    gone = [f"{target.name}{ending}" for ending in (*stale, FAILED)]
    removed = keeping.complete(folder, files_of_ours(folder), gone)
    for ending in stale:
        if f"{target.name}{ending}" in removed:
            log.warning(say("messages.stale_removed", file=f"{target}{ending}"))


def _show_failed(folder: Path, failed: Path, output: Path) -> None:
    """Put a notebook that has failed where people find it."""
    import nbformat

    notebook = nbformat.read(output, as_version=4)  # type: ignore[no-untyped-call]
    _seal(notebook, formats={}, read={}, inputs="")
    keeping.make_ready(folder, {failed.name: to_bytes(notebook)})
    keeping.complete(folder, files_of_ours(folder))


def files_of_ours(made: Path) -> IsOurs:
    """Tell the files that notebooks vouch for: those moved into place from ``made``, and away."""
    known = {
        digest
        for notebook in (*made.parent.glob(f"{_name(made)}.ipynb"), *made.rglob("*.ipynb"))
        if (found := _read_existing(notebook))
        for files in found.formats.values()
        for digest in files.values()
    }

    def is_ours(path: Path) -> bool:
        if path.suffix != ".ipynb":
            return digest_of(path) in known
        found = _read_existing(path)
        return bool(found and found.is_intact)

    return is_ours


def _name(made: Path) -> str:
    return made.name.removeprefix(keeping.MAKING).rpartition("-")[0]


@dataclass(frozen=True)
class _Existing:
    """What an earlier run left: the digest of its inputs, and of the files of each format."""

    inputs: str
    is_intact: bool
    formats: Formats = field(default_factory=dict)
    read: Read = None
    counts: Counts = field(default_factory=dict)
    scraps: Mapping[str, Any] = field(default_factory=dict)


def read_report(path: Path) -> Row | None:
    """Return the row of a report that lies there; nothing for a notebook that is none of ours.

    One of which nothing was counted is looked at anew: its inputs count as unknown.
    """
    if "." in path.stem:
        return None
    before = _read_existing(path)
    if before is None or not before.inputs:
        return None
    stem = f"{path.parent.name}/{path.stem}"
    formats = _still_there(path.with_suffix(""), before.formats)
    row = Row(
        stem,
        f"params/{stem}.yml",
        "done",
        before.inputs if before.counts else "",
        result=result_in(before.scraps),
        formats=formats,
        notebook=digest_of(path) if before.is_intact else "",
        read=before.read,
        written=written_at(path.with_suffix(""), formats) if before.is_intact else {},
    )
    return replace(row, **before.counts)


def result_in(scraps: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers among what a notebook left."""
    found = scraps.get("result")
    return found if isinstance(found, dict) else {}


def notebook_digest(notebook: Mapping[str, Any]) -> str:
    """Return a digest of what a person can write in a notebook: cells, sources and tags.

    Outputs and machine metadata are left out, so that opening, running and saving change nothing.
    """
    cells = [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            sorted(cell.get("metadata", {}).get("tags", [])),
        )
        for cell in notebook["cells"]
    ]
    return _digest(cells)


def _digest(value: Sequence[Any]) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def _read_existing(path: Path) -> _Existing | None:
    """Read what an earlier run left; anything unreadable counts as edited."""
    if not path.is_file():
        return None
    try:
        notebook = read_json(path)
        ours = notebook["metadata"].get(METADATA, {})
        intact = ours.get("digest") == notebook_digest(notebook)
        read = _texts(ours["read"]) if isinstance(ours.get("read"), dict) else None
        formats = {name: _texts(files) for name, files in ours.get("formats", {}).items()}
        left = (read, _counts(ours.get("counts")), read_scraps(notebook))
        return _Existing(str(ours.get("inputs", "")), intact, formats, *left)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Existing("", is_intact=False)


def _counts(found: Any) -> Counts:
    """Return what was counted; nothing where some of it is not known."""
    known = found if isinstance(found, Mapping) else {}
    is_whole = all(type(known.get(name)) is int for name in COUNTED)
    return {name: known[name] for name in COUNTED} if is_whole else {}


def _texts(found: Mapping[Any, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}


def _has_read(read: Read, job: Job) -> bool:
    """Whether it is known what own code has read, and all of it is as it was."""
    return read is not None and all(job.digest_now(path) == read[path] for path in read)


def _are_there(target: Path, files: Mapping[str, str]) -> bool:
    """Whether files lie there as they were written."""
    return all(digest_of(target.with_suffix(ending)) == files[ending] for ending in files)


def _still_there(target: Path, formats: Formats) -> dict[str, Mapping[str, str]]:
    """Return the formats whose files all lie there as they were written."""
    return {name: files for name, files in formats.items() if _are_there(target, files)}


def _formats(
    target: Path,
    before: _Existing | None,
    inputs: str,
    made: Mapping[str, Mapping[str, bytes]],
) -> dict[str, Mapping[str, str]]:
    """Return the files of each format that are true now: those made, and those still standing."""
    new: dict[str, Mapping[str, str]] = {
        name: {ending: hashlib.sha256(files[ending]).hexdigest() for ending in sorted(files)}
        for name, files in made.items()
    }
    if before is None or before.inputs != inputs:
        return new
    written = {ending for files in new.values() for ending in files}
    standing = _still_there(target, before.formats)
    return {name: files for name, files in standing.items() if not written & set(files)} | new


def _stale(
    before: _Existing | None, inputs: str, formats: Formats, made: Collection[str]
) -> set[str]:
    """Return the files of an earlier report that this one no longer has.

    Of the same inputs only those of the formats made now (a memo): the others are as true as this.
    """
    earlier = {
        ending
        for name, files in (before.formats if before else {}).items()
        if name in made or (before and before.inputs != inputs)
        for ending in files
    }
    return earlier - {ending for files in formats.values() for ending in files}


def _seal(notebook: Any, *, formats: Formats, read: Read, **noted: Any) -> None:
    notebook.metadata[METADATA] = {
        "digest": notebook_digest(notebook),
        "formats": dict(formats),
        "read": read,
        **noted,
    }


def to_bytes(notebook: Any) -> bytes:
    """Return a notebook as the bytes of its file."""
    import nbformat

    written: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return written.encode("utf-8") + b"\n"


def is_signed(content: bytes) -> bool:
    """Whether JupyterLab shows the charts of a notebook: it was marked as ours, or ran here."""
    import sqlite3

    import nbformat
    from nbformat.sign import NotebookNotary

    try:
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        return bool(NotebookNotary().check_signature(notebook))  # type: ignore[no-untyped-call]
    except (OSError, sqlite3.Error):
        return False


def sign(notebook: Any) -> None:
    """Mark the notebook as ours, so that JupyterLab shows its charts; only a comfort."""
    import sqlite3

    from nbformat.sign import NotebookNotary

    try:
        NotebookNotary().sign(notebook)  # type: ignore[no-untyped-call]
    except (OSError, sqlite3.Error):
        return
