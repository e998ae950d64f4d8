"""Rendering one report: run the notebook, export it, move everything into place.

Nothing half-made is ever seen under a report's name, and no notebook that somebody edited is
overwritten: its digest, kept in its own metadata, tells.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_helpers.errors import ExportFailed, ItaError, NotebookFailed, write_error
from ita_helpers.paths import first_free
from ita_helpers.run.execute import Engine, execute_notebook
from ita_helpers.run.manifest import Row, written_at
from ita_helpers.scraps import read_scraps

Export = Callable[[Any], Mapping[str, bytes]]
"""Makes the files of one format, by ending, of what was read from the notebook."""
Formats = Mapping[str, Mapping[str, str]]
"""The digests of a report's files, by format and ending."""
METADATA = "ita"
MAKING = ".making-"


@dataclass(frozen=True)
class Job:
    """One report to make: ``stem`` is ``<year>/<organisation>``.

    ``inputs`` is a digest of all the report depends on besides the formats.
    """

    stem: Path
    template: Path
    parameters: Mapping[str, Any]
    inputs: str


@dataclass(frozen=True)
class Outcome:
    """What became of a job; ``kept`` is where a hand-edited notebook was put.

    ``formats`` are the endings of the files that are true now, ``scraps`` what the notebook left.
    """

    job: Job
    is_fresh: bool
    formats: Formats
    kept: Path | None = None
    scraps: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Renderer:
    """Makes reports into ``out``: each executed notebook is read once, for all its formats."""

    out: Path
    read: Callable[[Any], Any]
    exports: Mapping[str, Export]
    force: bool = False
    seconds: float | None = None
    engine: Engine = "ita"

    def render(self, job: Job) -> Outcome:
        """Make one report, unless the one in place is still true.

        Raises an ``ItaError``; what was in place stays.
        """
        try:
            return self._render(job)
        except OSError as error:
            raise write_error(error, self.out / job.stem) from error

    def _render(self, job: Job) -> Outcome:
        target = self.out / job.stem
        before = _read_existing(target.with_suffix(".ipynb"))
        if (
            not self.force
            and before
            and before.is_intact
            and self._is_current(target, before, job.inputs)
        ):
            return Outcome(job, is_fresh=False, formats=before.formats, scraps=before.scraps)
        target.parent.mkdir(parents=True, exist_ok=True)
        making = f"{MAKING}{os.getpid()}-"
        with tempfile.TemporaryDirectory(prefix=making, dir=target.parent) as name:
            folder = Path(name)
            notebook = self._execute(job, folder / "notebook.ipynb", target)
            made = self._export(job, notebook)
            formats = _formats(before, job.inputs, made)
            _seal(notebook, job.inputs, formats=formats)
            files = {ending: content for each in made.values() for ending, content in each.items()}
            files[".ipynb"] = to_bytes(notebook)
            for ending, content in files.items():
                (folder / f"report{ending}").write_bytes(content)
            kept = None
            if target.with_suffix(".ipynb").exists() and not (before and before.is_intact):
                kept = _keep(target.with_suffix(".ipynb"))
            for ending in files:
                (folder / f"report{ending}").replace(target.with_suffix(ending))
        for ending in _stale(before, made):
            target.with_suffix(ending).unlink(missing_ok=True)
        target.with_suffix(".failed.ipynb").unlink(missing_ok=True)
        sign(notebook)
        return Outcome(job, is_fresh=True, formats=formats, kept=kept, scraps=read_scraps(notebook))

    def _execute(self, job: Job, output: Path, target: Path) -> Any:
        try:
            return execute_notebook(
                job.template,
                output,
                job.parameters,
                shown=job.template.name,
                engine=self.engine,
                in_this_process=True,
                seconds=self.seconds,
            )
        except NotebookFailed as error:
            failed = target.with_suffix(".failed.ipynb")
            if output.exists():
                output.replace(failed)
            raise NotebookFailed(
                **{**error.facts, "kept": str(failed) if failed.exists() else ""}
            ) from error

    def _export(self, job: Job, notebook: Any) -> dict[str, Mapping[str, bytes]]:
        """Return the files of every format, by ending."""
        made: dict[str, Mapping[str, bytes]] = {}
        name = ""
        try:
            papers = self.read(notebook)
            for name, export in self.exports.items():
                made[name] = export(papers)
        except ItaError:
            raise
        except Exception as error:
            raise ExportFailed(
                notebook=job.stem.as_posix(), format=name, reason=str(error)
            ) from error
        return made

    def _is_current(self, target: Path, before: _Existing, inputs: str) -> bool:
        return before.inputs == inputs and all(
            name in before.formats
            and all(
                _content_of(target.with_suffix(ending)) == content
                for ending, content in before.formats[name].items()
            )
            for name in self.exports
        )


@dataclass(frozen=True)
class _Existing:
    """What an earlier run left: the digest of its inputs, and of the files of each format."""

    inputs: str
    is_intact: bool
    formats: Formats = field(default_factory=dict)
    scraps: Mapping[str, Any] = field(default_factory=dict)


def read_report(path: Path) -> Row | None:
    """Return the row of a report that lies there; nothing for a notebook that is none of ours."""
    before = _read_existing(path)
    if before is None or not before.inputs:
        return None
    stem = f"{path.parent.name}/{path.stem}"
    sizes = {
        ending[1:]: path.with_suffix(ending).stat().st_size
        for endings in (*before.formats.values(), [".ipynb"])
        for ending in endings
        if path.with_suffix(ending).exists()
    }
    params = f"params/{stem}.yml"
    return Row(
        stem,
        params,
        "done",
        before.inputs,
        sizes=sizes,
        result=result_in(before.scraps),
        formats=before.formats,
        written=written_at(path.with_suffix(""), before.formats) if before.is_intact else {},
    )


def result_in(scraps: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers among what a notebook left."""
    found = scraps.get("result")
    return found if isinstance(found, dict) else {}


def clear_abandoned(out: Path) -> None:
    """Remove what processes left half-made that no longer run."""
    if sys.platform == "win32":
        return
    for folder in out.glob(f"*/{MAKING}*"):
        process = folder.name.removeprefix(MAKING).partition("-")[0]
        if process.isdigit() and not _runs(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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
        notebook = json.loads(path.read_text(encoding="utf-8"))
        ours = notebook["metadata"].get(METADATA, {})
        intact = ours.get("digest") == notebook_digest(notebook)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Existing("", is_intact=False)
    formats = ours.get("formats")
    listed = formats.items() if isinstance(formats, dict) else ()
    known = {name: files for name, files in listed if isinstance(files, dict)}
    return _Existing(ours.get("inputs", ""), intact, known, read_scraps(notebook))


def _formats(
    before: _Existing | None, inputs: str, made: Mapping[str, Mapping[str, bytes]]
) -> dict[str, Mapping[str, str]]:
    """Return the files of each format that are true now: those made, and those still standing."""
    new: dict[str, Mapping[str, str]] = {
        name: {ending: _content_digest(content) for ending, content in sorted(files.items())}
        for name, files in made.items()
    }
    if before is None or before.inputs != inputs:
        return new
    written = {ending for files in new.values() for ending in files}
    kept = {n: files for n, files in before.formats.items() if not written & set(files)}
    return kept | new


def _stale(before: _Existing | None, made: Mapping[str, Mapping[str, bytes]]) -> set[str]:
    """Return the files of the formats made now that this report no longer has (a memo)."""
    written = {ending for files in made.values() for ending in files}
    earlier = {
        ending
        for name, files in (before.formats if before else {}).items()
        if name in made
        for ending in files
    }
    return earlier - written


def _content_of(path: Path) -> str:
    """Return the digest of a file; nothing where there is none."""
    return _content_digest(path.read_bytes()) if path.is_file() else ""


def _content_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _seal(notebook: Any, inputs: str, *, formats: Formats) -> None:
    notebook.metadata[METADATA] = {
        "digest": notebook_digest(notebook),
        "inputs": inputs,
        "formats": dict(formats),
    }


def to_bytes(notebook: Any) -> bytes:
    """Return a notebook as the bytes of its file."""
    import nbformat

    written: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return written.encode("utf-8") + b"\n"


def _keep(path: Path) -> Path:
    """Put an edited notebook beside, under the first free name."""
    kept = first_free(path.parent, f"{path.stem}.edited-{{}}.ipynb")
    path.replace(kept)
    return kept


def sign(notebook: Any) -> None:
    """Mark the notebook as ours, so that JupyterLab shows its charts; only a comfort."""
    import sqlite3

    from nbformat.sign import NotebookNotary

    try:
        NotebookNotary().sign(notebook)  # type: ignore[no-untyped-call]
    except (OSError, sqlite3.Error):
        return
