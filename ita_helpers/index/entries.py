"""What the index shows of a report, read from its row of the manifest.

A notebook may have been changed by hand, and older ones record less: anything missing or of the
wrong type counts as not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from ita_helpers.files.facts import ResultFacts
from ita_helpers.language.catalogue import say
from ita_helpers.language.points import to_hundredths
from ita_helpers.language.thai import sort_key
from ita_helpers.publish.formats import all_formats
from ita_helpers.records.editions import suffix_of
from ita_helpers.records.kinds import report_kinds
from ita_helpers.run.manifest import ReportRow

NOTEBOOK = "ipynb"
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Entry:
    """One report. ``fiscal_year`` (B.E.) is 0 where the parameter file named no report.

    ``overall`` and ``change`` are points with two decimals, ``levels`` all levels of its year from
    the highest down, ``barred_by`` the components that alone keep the level above away. ``public``
    are the formats of its public edition, ``findings`` say of each problem where in the office's
    notebook it is, and what. A failed report has a ``reason`` and no figures.
    """

    fiscal_year: int
    code: str
    params: str
    is_failed: bool
    reason: str
    name: str
    short_name: str
    type: str
    district: str
    province: str
    is_made_up: bool
    assumed_from: int
    overall: Decimal | None
    level: str
    levels: tuple[str, ...]
    change: Decimal | None
    rules_changed: bool
    is_below_target: bool
    barred_by: tuple[str, ...]
    drafts: int
    problems: int
    formats: tuple[str, ...]
    public: tuple[str, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Whether it is below the target or barred by a component."""
        return self.is_below_target or bool(self.barred_by)

    @property
    def has_fallen(self) -> bool:
        """Whether the overall score is lower than a year before."""
        return self.change is not None and self.change < 0


def read_entries(rows: Iterable[ReportRow]) -> list[Entry]:
    """Return the reports by name, the newest year first, failed ones at the end of each year."""
    listed = {row.stem or row.params: row for row in rows if _is_listed(row)}
    beside = {name: row for name, row in listed.items() if _is_beside(row, listed)}
    suffix = suffix_of("public")
    entries = (
        replace(_read(row), public=_papers_of(beside.get(f"{name}{suffix}")))
        for name, row in listed.items()
        if name not in beside
    )
    return sorted(
        entries,
        key=lambda each: (-each.fiscal_year, each.is_failed, sort_key(each.name), each.code),
    )


def _is_beside(row: ReportRow, listed: Mapping[str, ReportRow]) -> bool:
    """Whether a row is the public edition of a report that is listed anyway.

    One that failed is listed by itself.
    """
    usual = row.stem.removesuffix(suffix_of("public"))
    return row.edition == "public" and row.status == "done" and usual in listed


def _papers_of(row: ReportRow | None) -> tuple[str, ...]:
    """Return the formats of a report's papers that are there."""
    endings = (each.name for each in all_formats())
    return tuple(each for each in endings if row and f".{each}" in row.written)


def linked_files() -> tuple[str, ...]:
    """Return the endings of a report's files that the index links to."""
    return (*(each.name for each in all_formats()), NOTEBOOK)


def years_of(entries: Iterable[Entry]) -> list[int]:
    """Return the fiscal years that have a report, the newest first."""
    return sorted({each.fiscal_year for each in entries if each.fiscal_year}, reverse=True)


def assumed_years(entries: Iterable[Entry]) -> dict[int, int]:
    """Return the fiscal years whose rules are assumed, each with the year they are taken from."""
    return {each.fiscal_year: each.assumed_from for each in entries if each.assumed_from}


def _is_listed(row: ReportRow) -> bool:
    """Whether a row is of a kind of report that has scores to list; the analysis names none."""
    if not isinstance(row.result, dict) or "report" not in row.result:
        return True
    return row.result["report"] in [each.name for each in report_kinds() if each.is_indexed]


def _read(row: ReportRow) -> Entry:
    year, _, code = row.stem.rpartition("/")
    is_failed = row.status == "failed"
    named = ResultFacts.read(row.result)
    result = ResultFacts() if is_failed else named
    return Entry(
        fiscal_year=int(year) if _YEAR.fullmatch(year) else 0,
        code=code,
        params=row.params,
        is_failed=is_failed,
        reason=row.reason,
        name=_name_of(row, named.name or code or PurePosixPath(row.params).name),
        short_name=named.short_name,
        type=named.type,
        district=named.district,
        province=named.province,
        is_made_up=named.is_made_up,
        assumed_from=named.assumed_from if _YEAR.fullmatch(str(named.assumed_from)) else 0,
        overall=_points(result.overall_shown, low=0),
        level=result.level or "",
        levels=result.levels,
        change=_points(result.change, low=-100),
        rules_changed=result.comparable == "changed",
        is_below_target=result.below_target is True,
        barred_by=result.barred_by,
        drafts=row.drafts,
        problems=row.problems,
        formats=tuple(each for each in linked_files() if f".{each}" in row.written),
        findings=tuple((str(where), str(text)) for where, text in row.findings),
    )


def _name_of(row: ReportRow, name: str) -> str:
    """Return a name in the list; a public edition that stands alone says what it is."""
    return say("index.public_alone", name=name) if row.edition == "public" else name


def _points(value: float | None, *, low: int) -> Decimal | None:
    """Return points with two decimals; nothing for what cannot be a score."""
    return to_hundredths(Decimal(str(value))) if value is not None and low <= value <= 100 else None
