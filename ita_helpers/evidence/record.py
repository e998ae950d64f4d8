"""The record of an evidence folder as JSON: what it holds, and by which it is known to be ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ita_helpers.evidence.dossier import Dossier, Element, Item, Paper
from ita_helpers.run.keeping import digest_of

NAME = "evidence.json"
FORMAT = 1
MADE_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that systems put into folders that somebody looks at."""


def record_of(dossier: Dossier, files: Mapping[str, bytes]) -> bytes:
    """Return the record of a folder with these files; it ends with the digest of itself."""
    told = {
        "format": FORMAT,
        "organisation": dossier.organisation,
        "name": dossier.name,
        "fiscal_year": dossier.fiscal_year,
        "assessment": dossier.assessment,
        "rules": dossier.confidence,
        "items": [*map(_item, dossier.items)],
        "files": {name: _file(content) for name, content in files.items()},
    }
    return _written({**told, "digest": _digest_of(told)})


def changed_files(folder: Path) -> list[str]:
    """Return the files of a folder that are not as they were written; none for one of ours.

    All are named where the record is not as it was written, and what stands in the place of the
    folder. Raises ``OSError``.
    """
    if not folder.is_dir():
        return [folder.name]
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*"))
    there = sorted(each for each in found if each not in MADE_BY_SYSTEMS)
    files = _recorded(folder / NAME)
    if files is None:
        return there
    return [name for name in there if name != NAME and not _is(folder / name, files.get(name, ""))]


def _recorded(record: Path) -> dict[str, str] | None:
    """Return the digests of the recorded files; nothing for a record that is not as written."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        digest = told.pop("digest")
        files = {name: str(each["sha256"]) for name, each in told["files"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return files if digest == _digest_of(told) else None


def _is(file: Path, digest: str) -> bool:
    return file.is_file() and digest_of(file) == digest


def _digest_of(told: Mapping[str, Any]) -> str:
    return sha256(_written(told)).hexdigest()


def _written(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _file(content: bytes) -> dict[str, Any]:
    return {"size": len(content), "sha256": sha256(content).hexdigest()}


def _item(item: Item) -> dict[str, Any]:
    return {
        "item": item.code,
        "title": item.title,
        "address": item.address,
        "file": _paper(item.paper) if item.paper else None,
        "lacking": item.lack,
        "elements_are_required": item.is_listed,
        "elements": [_element(each, item.paper) for each in item.elements],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "report": paper.kind,
        "fiscal_year": paper.fiscal_year,
        "state": "issued" if paper.number else "working",
        "version": paper.number,
        "document": paper.document,
        "date": paper.day.isoformat() if paper.day else "",
        "is_outdated": paper.is_outdated,
    }


def _element(element: Element, paper: Paper | None) -> dict[str, Any]:
    return {
        "name": element.name,
        "state": element.state,
        "lacking_in": [*element.blank],
        "places": [
            {
                "heading": place.heading,
                "pages": [*place.pages],
                "printed": [paper.label(each) if paper else "" for each in place.pages],
            }
            for place in element.places
        ],
    }
