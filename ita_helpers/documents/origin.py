"""What a Word file of ours carries about itself: whose report it is, and its lines as written.

The lines lie in a custom XML part, which Word and LibreOffice keep; the name of the report also in
a property, which outlives a detour through ODT. Whoever loses both has the bookmarks of the slots.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from lxml import etree

from ita_helpers.documents.corrected_lines import Kind, Line

NAMESPACE = "urn:ita-workbook:origin"
PROPERTY = "ITA-Origin"
VERSION = 1


@dataclass(frozen=True)
class Written:
    """A line as it was written: its kind, the slot it belongs to (or none), its text."""

    kind: Kind
    slot: str
    text: str


@dataclass(frozen=True)
class Origin:
    """What a Word file was made from.

    ``paper`` is empty for the report, else its name (``memo``); ``digest`` identifies what the file
    shows, in Word its lines. ``lines`` are empty where only the property was left. ``report`` names
    a kind that is not the usual one, ``issue`` is the number of the issued version, 0 in a working
    copy, ``edition`` is empty in files from before there were two. ``version`` is that of this
    record, which a newer program may write in another way.
    """

    organisation: str
    fiscal_year: int
    paper: str = ""
    digest: str = ""
    lines: tuple[Written, ...] = ()
    report: str = ""
    issue: int = 0
    edition: str = ""
    version: int = VERSION

    def showing(self, lines: Iterable[Line]) -> Origin:
        """Return the origin of a Word file with these lines."""
        written = tuple(
            Written(each.kind, each.slots[0] if each.slots else "", each.text)
            for each in lines
            if each.text
        )
        return replace(self, digest=_digest(written), lines=written)

    def as_xml(self) -> bytes:
        """Return the custom XML part."""
        root = etree.fromstring(f'<origin xmlns="{NAMESPACE}"/>')
        lines = [[each.kind, each.slot, each.text] for each in self.lines]
        facts = {"version": VERSION, **self._named(), "lines": lines}
        root.text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def as_property(self) -> str:
        """Return the report's name as one line."""
        return json.dumps(self._named(), ensure_ascii=True, separators=(",", ":"))

    def _named(self) -> dict[str, Any]:
        rare = {"report": self.report, "issue": self.issue, "edition": self.edition}
        return {
            "organisation": self.organisation,
            "fiscal_year": self.fiscal_year,
            "paper": self.paper,
            "digest": self.digest,
            **{name: value for name, value in rare.items() if value},
        }


def read_origin(text: str) -> Origin | None:
    """Return the origin that a part or property tells of; nothing if it is none of ours."""
    try:
        facts = json.loads(text)
        lines = tuple(
            Written(cast("Kind", str(kind)), str(slot), str(text))
            for kind, slot, text in facts.get("lines", ())
        )
        return Origin(
            str(facts["organisation"]),
            int(facts["fiscal_year"]),
            str(facts.get("paper", "")),
            str(facts.get("digest", "")),
            lines if not lines or _digest(lines) == facts.get("digest") else (),
            str(facts.get("report", "")),
            int(facts.get("issue", 0)),
            str(facts.get("edition", "")),
            int(facts.get("version", VERSION)),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _digest(lines: Sequence[Written]) -> str:
    told = "\n".join(f"{each.kind}\t{each.slot}\t{each.text}" for each in lines)
    return hashlib.sha256(told.encode()).hexdigest()[:24]
