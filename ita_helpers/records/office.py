"""An office's own facts: its units, titles and memo, and the usual words for the rest.

Plain frozen values; ``office_file`` reads them. Where nothing is given, the titles of its type of
organisation hold, and the memo has a dotted line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ita_helpers.language.catalogue import label, section


@dataclass(frozen=True)
class Signer:
    """Somebody who prepared or checked the paper; a name that is not given is a dotted line."""

    position: str
    name: str = ""


@dataclass(frozen=True)
class OfficeYear:
    """The memo of one year's report: number, date, to whom, subject, signers."""

    number: str = ""
    date: date | None = None
    to: str = ""
    subject: str = ""
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True)
class Office:
    """One office's own facts; text that is not given is empty.

    ``emblem`` (of the cover) and ``garuda`` (of the memo) are PNG pictures as base64.
    ``word_template`` is a path from the workspace's root. ``reviewer`` is the position noted where
    somebody ticks that words were reviewed; without it nobody is named.
    """

    unit: str = ""
    document_prefix: str = ""
    website: str = ""
    head: str = ""
    clerk: str = ""
    reviewer: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    emblem: str = ""
    garuda: str = ""
    word_template: str = ""
    word_template_digest: str = ""
    word_font: str = ""
    years: Mapping[int, OfficeYear] = field(default_factory=dict)

    def year(self, fiscal_year: int) -> OfficeYear:
        """Return the office's facts for the report of a fiscal year (B.E.)."""
        return self.years.get(fiscal_year, OfficeYear())


@dataclass(frozen=True)
class Titles:
    """Who decides, who advises and which unit writes, by the type of the organisation."""

    head: str
    clerk: str
    unit: str


def titles_of(office: Office, kind: str, name: str) -> Titles:
    """Return the titles of an office: its own, else those usual for its type.

    >>> titles_of(Office(), "เทศบาลตำบล", "เทศบาลตำบลบางกระบือ").head
    'นายกเทศมนตรีตำบลบางกระบือ'
    """
    usual = _usual(kind)
    bare = name.removesuffix(f" ({label('words.made_up_mark')})")
    place = bare.removeprefix(usual["prefix"]) if usual["prefix"] else ""
    return Titles(
        head=office.head or f"{usual['head']}{place}",
        clerk=office.clerk or f"{usual['clerk']}{place}",
        unit=office.unit or usual["unit"],
    )


def _usual(kind: str) -> dict[str, str]:
    types = section("offices.types")
    known = next((key for key in types if key and kind.startswith(key)), "")
    usual: dict[str, str] = types[known]
    return usual
