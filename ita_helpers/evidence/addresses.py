"""The addresses of the evidence on an office's website: ``data/evidence/<year>.csv``.

They are no input of a report: filling them in makes none of them outdated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ita_helpers.errors import BadAddress
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.table_files import read_cells, render_table, write_together
from ita_helpers.store.tables import rows_of

TABLE = "evidence"
LONGEST = 2000
"""Letters: longer addresses are refused by systems that ask for them."""
SCHEMES = ("http", "https")
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_BLANK = re.compile(r"[\s\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Blanks, and letters that nobody sees."""
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


@dataclass(frozen=True)
class Address:
    """An address as it was filled in, empty where it was not, and its row in the table."""

    text: str
    row: int


def read_addresses(
    workspace: Workspace, organisation: str, fiscal_year: int, items: Sequence[str]
) -> dict[str, Address]:
    """Return the addresses of an office's items that have a row, by code.

    Raises ``BadAddress`` with file and row, or what reading a table raises.
    """
    path = workspace.yearly(TABLE, fiscal_year)
    found: dict[str, Address] = {}
    for row in rows_of(path, TABLE, workspace, organisation):
        item, place = row["item"].lower(), {"file": workspace.shown(path), "row": row.number}
        if item not in items:
            known = [each.upper() for each in items]
            raise BadAddress(**place, value=row["item"], problem="item", known=known)
        if item in found:
            raise BadAddress(**place, value=row["item"], problem="repeated")
        if problem := problem_of(row["address"]):
            raise BadAddress(**place, value=row["address"], problem=problem, most=LONGEST)
        found[item] = Address(row["address"], row.number)
    return found


def write_addresses(
    workspace: Workspace, organisation: str, fiscal_year: int, addresses: Mapping[str, str]
) -> None:
    """Put the addresses of an office's items into the table, empty ones too; nothing else changes.

    Raises what reading a table raises, ``WriteFailed`` or ``ChangedMeanwhile``.
    """
    path = workspace.yearly(TABLE, fiscal_year)
    with writing(workspace.root):
        rows = read_cells(workspace, path, TABLE)
        before = [*map(dict, rows)]
        for item, address in addresses.items():
            own = (
                e for e in rows if (e["organisation"], e["item"].lower()) == (organisation, item)
            )
            row = next(own, None)
            if row is None:
                rows.append({"organisation": organisation, "item": item, "address": address})
            else:
                row["address"] = address
        if rows != before:
            write_together(workspace, {path: render_table(TABLE, rows)})


def problem_of(address: str) -> str:
    """Return what is wrong with an address; nothing for a good or an empty one.

    >>> problem_of("https://www.example.org/ita/o25"), problem_of("www.example.org")
    ('', 'scheme')
    """
    if not address:
        return ""
    if _BLANK.search(address):
        return "blank"
    if len(as_ascii(address)) > LONGEST:
        return "long"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "host"
    if parts.scheme.lower() not in SCHEMES:
        return "scheme"
    if "@" in parts.netloc:
        return "sign_in"
    return "" if _is_host(host) else "host"


def as_ascii(address: str) -> str:
    """Return an address as it is sent: Thai letters by their bytes, signs as they are.

    >>> as_ascii("https://www.example.org/แผน?o=25")
    'https://www.example.org/%E0%B9%81%E0%B8%9C%E0%B8%99?o=25'
    """
    try:
        host = urlsplit(address).hostname or ""
        named = _sent(host)
    except ValueError:
        return quote(address, safe=_KEPT)
    return quote(address.replace(host, named, 1), safe=_KEPT)


def is_elsewhere(address: str, website: str) -> bool:
    """Whether an address is on another site than the office's own, where that is known."""
    ours, there = (_site(each) for each in (website, address))
    return bool(ours and there) and there != ours and not there.endswith(f".{ours}")


def _site(address: str) -> str:
    """Return the host of an address, nothing for what is none."""
    whole = address if "//" in address else f"//{address}"
    try:
        host = urlsplit(whole).hostname or ""
        return _sent(host).removeprefix("www.") if _is_host(host) else ""
    except ValueError:
        return ""


def _sent(host: str) -> str:
    """Return a host as it is sent. Raises ``UnicodeError`` for a name that cannot be."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _is_host(host: str) -> bool:
    """Whether others can reach a host by its name: it has an ending, and is no number."""
    try:
        names = _sent(host).split(".")
    except UnicodeError:
        return False
    is_named = all(map(_NAME.fullmatch, names))
    return len(names) > 1 and is_named and not names[-1].isdigit()
