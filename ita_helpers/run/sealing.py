"""What a notebook records about the files made from it, and whether they are still current."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ita_helpers.files.json_reading import read_json
from ita_helpers.files.scraps import read_scraps
from ita_helpers.run import keeping
from ita_helpers.run.keeping import IsOurs, digest_of
from ita_helpers.run.manifest import COUNTED, FINDINGS, Counts, ReportRow, written_at

Formats = Mapping[str, Mapping[str, str]]
"""The digests of a report's files, by format and ending."""
Read = Mapping[str, str] | None
"""Digests of the files that own code reads, by path; ``None`` if that cannot be known."""
METADATA = "ita"
FAILED = ".failed.ipynb"


def files_of_ours(made: Path) -> IsOurs:
    """Recognise files that notebooks vouch for: moved into place from ``made``, and away.

    Those are read when they are asked for first.
    """

    @cache
    def known() -> set[str]:
        return {
            digest
            for notebook in (*made.parent.glob(f"{_name(made)}.ipynb"), *made.rglob("*.ipynb"))
            if (found := read_existing(notebook))
            for files in found.formats.values()
            for digest in files.values()
        }

    def is_ours(path: Path) -> bool:
        if path.suffix != ".ipynb":
            return digest_of(path) in known()
        found = read_existing(path)
        return bool(found and found.is_intact)

    return is_ours


def _name(made: Path) -> str:
    return made.name.removeprefix(keeping.MAKING).rpartition("-")[0]


@dataclass(frozen=True)
class Existing:
    """What an earlier run left: the digests of its inputs and of the files of each format."""

    inputs: str
    is_intact: bool
    formats: Formats = field(default_factory=dict)
    read: Read = None
    counts: Counts = field(default_factory=dict)
    scraps: Mapping[str, Any] = field(default_factory=dict)
    edition: str = ""


def read_report(path: Path) -> ReportRow | None:
    """Return the row of an existing report; nothing for a notebook that is not ours.

    One without counts is to be checked again: its inputs count as unknown.
    """
    if "." in path.stem:
        return None
    before = read_existing(path)
    if before is None or not before.inputs:
        return None
    stem = f"{path.parent.name}/{path.stem}"
    formats = still_there(path.with_suffix(""), before.formats)
    row = ReportRow(
        stem,
        f"params/{stem.removesuffix(f'-{before.edition}')}.yml",
        "done",
        before.inputs if before.counts else "",
        edition=before.edition,
        result=result_in(before.scraps),
        formats=formats,
        notebook=digest_of(path) if before.is_intact else "",
        read=before.read,
        written=written_at(path.with_suffix(""), formats) if before.is_intact else {},
    )
    return replace(row, **before.counts)


def result_in(scraps: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers among what a notebook left.

    As plain data: whoever receives a notebook's own classes from another process loads nbformat.
    """
    found = scraps.get("result")
    return json.loads(json.dumps(found)) if isinstance(found, dict) else {}


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


def read_existing(path: Path) -> Existing | None:
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
        edition = str(ours.get("edition", ""))
        return Existing(str(ours.get("inputs", "")), intact, formats, *left, edition)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Existing("", is_intact=False)


def _counts(found: Any) -> Counts:
    """Return the counts; nothing if some of them are not known."""
    known = found if isinstance(found, Mapping) else {}
    is_whole = all(type(known.get(name)) is int for name in COUNTED)
    if not is_whole:
        return {}
    return {name: known[name] for name in COUNTED} | {FINDINGS: _pairs(known.get(FINDINGS))}


def _pairs(found: Any) -> list[list[str]]:
    """Return what was found, as far as it is pairs of texts."""
    pairs = found if isinstance(found, list) else []
    return [e for e in pairs if isinstance(e, list) and [*map(type, e)] == [str, str]]


def _texts(found: Mapping[Any, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}


def are_there(target: Path, files: Mapping[str, str]) -> bool:
    """Whether files are still as they were written."""
    return all(digest_of(target.with_suffix(ending)) == files[ending] for ending in files)


def still_there(target: Path, formats: Formats) -> dict[str, Mapping[str, str]]:
    """Return the formats whose files are all still as they were written."""
    return {name: files for name, files in formats.items() if are_there(target, files)}


def true_formats(
    target: Path,
    before: Existing | None,
    inputs: str,
    made: Mapping[str, Mapping[str, bytes]],
) -> dict[str, Mapping[str, str]]:
    """Return the files of each format that are current: those just made, and those still valid."""
    new: dict[str, Mapping[str, str]] = {
        name: {ending: hashlib.sha256(files[ending]).hexdigest() for ending in sorted(files)}
        for name, files in made.items()
    }
    if before is None or before.inputs != inputs:
        return new
    written = {ending for files in new.values() for ending in files}
    standing = still_there(target, before.formats)
    return {name: files for name, files in standing.items() if not written & set(files)} | new


def stale_files(
    before: Existing | None, inputs: str, formats: Formats, made: Collection[str]
) -> set[str]:
    """Return the files of an earlier report that this one no longer has.

    With the same inputs, only files of the formats made now (a memo): the others are still current.
    """
    earlier = {
        ending
        for name, files in (before.formats if before else {}).items()
        if name in made or (before and before.inputs != inputs)
        for ending in files
    }
    return earlier - {ending for files in formats.values() for ending in files}


def seal_notebook(notebook: Any, *, formats: Formats, read: Read, **noted: Any) -> None:
    """Write into a notebook which files were made from it, and from which inputs."""
    notebook.metadata[METADATA] = {
        "digest": notebook_digest(notebook),
        "formats": dict(formats),
        "read": read,
        **noted,
    }
