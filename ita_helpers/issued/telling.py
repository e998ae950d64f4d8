"""Saying what changed between two versions, and what a file is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from ita_helpers.documents.origin import Origin
from ita_helpers.edited.lines import name_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Change, Version
from ita_helpers.issued.verifying import Verified, stem_of
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.language.dates import format_date
from ita_helpers.language.excerpts import whole_at
from ita_helpers.records.editions import EDITIONS
from ita_helpers.store.organisations import read_organisations

AROUND, MOST = 12, 60
"""Letters shown before what changed in a text, and at most of it."""


def line_of(change: Change) -> str:
    """Return what changed as one line; of a long text only the place that changed."""
    old, new = changed_places(change.old, change.new)
    if change.kind == "day":
        old, new = (format_date(date.fromisoformat(each)) for each in (change.old, change.new))
    facts = {"name": _name_of(change), "part": _column(change.part), "old": old, "new": new}
    return say(f"issue.changes.{change.kind}", **facts)


def _name_of(change: Change) -> str:
    if change.kind == "words":
        return name_of(change.name)
    if change.kind == "score" and change.name.isdigit():
        return say("words.indicator_short", code=change.name)
    return change.name


def _column(part: str) -> str:
    """Return the heading of a plan's column."""
    return str(section("plan.columns")[part]).partition(" | ")[0] if part else ""


def changed_places(old: str, new: str) -> tuple[str, str]:
    """Return two texts without what they share before and behind the place that changed."""
    old, new = (" ".join(each.split()) for each in (old, new))
    if max(len(old), len(new)) <= MOST:
        return old, new
    first = max(0, _shared(old, new) - AROUND)
    last = _shared(old[first:][::-1], new[first:][::-1])
    return _cut(old, first, last), _cut(new, first, last)


def _shared(one: str, other: str) -> int:
    """Return with how many letters both texts begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(text: str, first: int, last: int) -> str:
    if not text:
        return ""
    first = whole_at(text, first)
    end = whole_at(text, min(len(text) - last, first + MOST))
    return f"{'…' if first else ''}{text[first:end]}{'…' if end < len(text) else ''}"


def line_of_version(version: Version) -> str:
    """Return what a version is called: whose report, number, the office's number and date."""
    return say(
        "issue.version",
        name=version.name,
        year=version.fiscal_year,
        report=section("handing_out.kinds").get(version.report, version.report),
        edition=name_of_edition(version.edition),
        number=version.number,
        document=version.document,
        day=format_date(version.day),
    )


def lines_of_verified(workspace: Workspace, file: Path, verified: Verified) -> list[str]:
    """Return what a file is, and what to do."""
    version = verified.version
    facts = {
        "file": workspace.shown(file),
        "version": line_of_version(version) if version else "",
        "folder": workspace.shown(verified.folder) if verified.folder else "",
        "number": verified.number,
        "newest": verified.newest,
        "is_word": file.suffix.lower() == ".docx",
        "is_page": file.suffix.lower() in (".html", ".htm"),
        **_claimed(workspace, verified.origin),
    }
    return say(f"issue.verify.{verified.state}", **facts).splitlines()


def _claimed(workspace: Workspace, origin: Origin | None) -> dict[str, Any]:
    """Return what a file says it is: whose report, of which year, and how it is asked for."""
    if origin is None:
        return {"name": "", "year": 0, "edition": "", "asked": ""}
    office = read_organisations(workspace).get(origin.organisation)
    return {
        "name": office.name if office else origin.organisation,
        "year": origin.fiscal_year,
        "edition": name_of_edition(origin.edition),
        "asked": _asked(origin),
    }


def _asked(origin: Origin) -> str:
    """Return what stands behind a command that makes the report a file says it is of."""
    stem = stem_of(replace(origin, edition="")).as_posix()
    usual = f"{origin.organisation} --year {origin.fiscal_year}"
    asked = f"params/{stem}.yml" if origin.report else usual
    return f"{asked} --edition public" if origin.edition == "public" else asked


def name_of_edition(edition: str) -> str:
    """Return what an edition is called; nothing for one that is not known."""
    return label(f"words.edition.{edition}") if edition in EDITIONS else ""
