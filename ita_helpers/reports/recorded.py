"""What the reports in a folder recorded, read one notebook at a time.

What a report recorded (its scraps) stands in its executed notebook and, as a copy, in the manifest
of the folder. The copy is taken where the notebook's file is the one it was taken from, by times
and size; any other notebook is read itself, so that a folder without a manifest, or one that
somebody changed, gives the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from ita_helpers.errors import BadVersion
from ita_helpers.files.facts import PlanFacts, ResultFacts
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.scraps import read_scraps
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Version
from ita_helpers.issued.versions import newest
from ita_helpers.language.dates import day_in_thailand
from ita_helpers.language.points import parse_number, to_hundredths
from ita_helpers.records.editions import EDITIONS, Edition, suffix_of
from ita_helpers.records.kinds import report_kinds
from ita_helpers.records.names import normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.scores import Rank
from ita_helpers.run.manifest import COUNTED, ReportRow, read_rows
from ita_helpers.scoring.compared import (
    Compared,
    Scope,
    Skipped,
    SkippedWhy,
)
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.ranks import read_ranks
from ita_helpers.store.tables import TableRow, rows_of

METADATA = "ita"
NOTEBOOK = ".ipynb"
Left = tuple[Mapping[str, Any], Mapping[str, int]]
"""What a notebook left: the scrap ``result``, and what was counted of it."""


class Unusable(Exception):
    """A notebook that is no report of the office and year asked for."""

    def __init__(self, why: SkippedWhy) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class RecordedReports:
    """The reports of one year (B.E.) in a folder, and what each recorded.

    ``codes`` are those of the offices that are read.
    """

    workspace: Workspace
    rendered: Path
    fiscal_year: int
    scope: Scope
    codes: frozenset[str]

    @property
    def folder(self) -> Path:
        """The folder of the year's reports."""
        return self.rendered / str(self.fiscal_year)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names without ending of all notebooks of the year."""
        if not self.folder.is_dir():
            return frozenset()
        with os.scandir(self.folder) as entries:
            names = [each.name for each in entries if each.name.endswith(NOTEBOOK)]
        stems = (name.removesuffix(NOTEBOOK) for name in names)
        return frozenset(stem for stem in stems if "." not in stem)

    @cached_property
    def files(self) -> dict[str, os.stat_result]:
        """The notebooks that may be of the scope's offices, by their names without ending."""
        own = sorted({*self._names(self.codes)} & self.names)
        return {name: _status(self.folder / f"{name}{NOTEBOOK}") for name in own}

    @cached_property
    def rows(self) -> dict[str, ReportRow]:
        """The rows of the manifest that speak of the notebooks as they stand."""
        rows = read_rows(self.rendered, [f"{self.fiscal_year}/{name}" for name in self.files])
        named = {stem.rpartition("/")[2]: row for stem, row in rows.items()}
        return {
            name: row
            for name, row in named.items()
            if row.status == "done" and self._is_as_recorded(row, name)
        }

    def _names(self, codes: Iterable[str]) -> Iterator[str]:
        for code in codes:
            yield from (f"{code}{ending}" for ending in _endings(self.editions))

    @property
    def editions(self) -> Sequence[Edition]:
        """The editions that are read, the first that is there of each office."""
        return ("public",) if self.scope.published else EDITIONS

    def _is_as_recorded(self, row: ReportRow, name: str) -> bool:
        status = self.files[name]
        now = [status.st_mtime_ns, status.st_ctime_ns, status.st_size]
        return list(row.written.get(NOTEBOOK, ())) == now

    def states(self) -> list[object]:
        """Return a line for each notebook of the scope: what it is and which state it is in."""
        return [(name, each.st_mtime_ns, each.st_size) for name, each in self.files.items()]

    def last_made(self, codes: Iterable[str]) -> date:
        """Return the day in Thailand on which the last of the offices' reports was made."""
        names = {*self._names(codes)} & self.files.keys()
        return day_in_thailand(max(self.files[name].st_mtime for name in names))

    def shown(self, name: str) -> str:
        """Return the path of a notebook, for people."""
        return self.workspace.shown(self.folder / f"{name}{NOTEBOOK}")

    def strangers(self) -> Iterator[Skipped]:
        """Yield the notebooks that are named after no office of the workspace."""
        known = {f"{code}{e}" for code in read_organisations(self.workspace) for e in _endings()}
        of_many = tuple(
            f"{kind.suffix}{suffix_of(each)}"
            for kind in report_kinds()
            if kind.is_of_many
            for each in EDITIONS
        )
        for name in sorted(self.names - known):
            if not name.endswith(of_many):
                yield Skipped(self.shown(name), "unknown")

    def read(self, office: Organisation) -> Compared | None:
        """Return what the report of an office recorded; nothing where there is none.

        Raises ``Unusable``.
        """
        names = [f"{office.code}{suffix_of(edition)}" for edition in self.editions]
        name = next((each for each in names if each in self.files), "")
        if not name:
            return None
        result, counts = self._left(name)
        if "report" in result or not result:
            raise Unusable("foreign")
        facts = ResultFacts.read(result)
        if facts.organisation != office.code:
            raise Unusable("other_office")
        if facts.fiscal_year != self.fiscal_year:
            raise Unusable("other_year")
        facts = replace(facts, overall_shown=_within(facts.overall_shown))
        version = self._issued(office.code)
        return Compared(
            office=office,
            facts=facts,
            drafts=counts.get("drafts"),
            problems=counts.get("problems", 0),
            issued=version.number if version else 0,
            changed=tuple(self._changed(facts, version)),
            moved=facts.province if _differ(facts.province, office.province) else "",
            published=self._published(office),
            follow_up=self._follow_up(office.code),
        )

    def _left(self, name: str) -> Left:
        """Return what a notebook left. Raises ``Unusable``."""
        if row := self.rows.get(name):
            return row.result, {each: getattr(row, each) for each in COUNTED}
        try:
            notebook = read_json(self.folder / f"{name}{NOTEBOOK}")
            counts = notebook["metadata"].get(METADATA, {}).get("counts", {})
            found = read_scraps(notebook).get("result")
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise Unusable("damaged") from None
        known = {each: counts[each] for each in COUNTED if type(counts.get(each)) is int}
        return (found if isinstance(found, dict) else {}), known

    def _follow_up(self, code: str) -> PlanFacts | None:
        """Return what became of the plan, as of the latest day that a report speaks of."""
        found = []
        ending = suffix_of(self.editions[0])
        for kind in report_kinds():
            name = f"{code}{kind.suffix}{ending}"
            if kind.ends and name in self.files:
                with suppress(Unusable):
                    facts = PlanFacts.read(self._left(name)[0])
                    is_own = (facts.organisation, facts.fiscal_year) == (code, self.fiscal_year)
                    found += [(facts.as_of, facts)] if is_own and facts.as_of else []
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _issued(self, code: str) -> Version | None:
        """Return the newest issued version of a report in either edition."""
        found = []
        for edition in EDITIONS:
            with suppress(BadVersion):
                stem = Path(str(self.fiscal_year), f"{code}{suffix_of(edition)}")
                found += [version] if (version := newest(self.workspace, stem)) else []
        return max(found, key=lambda each: (each.day, each.number)) if found else None

    def issued_number(self, code: str) -> int:
        """Return the number of the newest issued version of a report, 0 for none."""
        version = self._issued(code)
        return version.number if version else 0

    def score_rows(self, code: str) -> Sequence[TableRow]:
        """Return the rows of an office in the table of scores."""
        path = self.workspace.yearly("scores", self.fiscal_year)
        return rows_of(path, "scores", self.workspace, code)

    def _changed(self, facts: ResultFacts, version: Version | None) -> Iterator[str]:
        """Yield what differs: the data from the report, the report from the issued version."""
        if any(_is_other(row, facts) for row in self.score_rows(facts.organisation)):
            yield "data"
        now = "" if facts.overall_shown is None else f"{facts.overall_shown:.2f}"
        if version and version.scores.get("ITA", "") != now:
            yield "issued"

    def _published(self, office: Organisation) -> Rank | None:
        """Return the rank that somebody published among the offices of the scope."""
        kind = self.scope.kind
        if not self.scope.has_published_ranks:
            return None
        own = {"country": ""}.get(kind) or getattr(office, kind, "")
        ranks = read_ranks(self.workspace, office.code, self.fiscal_year)
        return next(
            (e for e in ranks if e.scope == kind and normal(e.name) in ("", normal(own))), None
        )


def _status(path: Path) -> os.stat_result:
    """Return the state of a file; of a link that leads nowhere its own."""
    try:
        return path.stat()
    except OSError:
        return path.lstat()


def _is_other(row: TableRow, facts: ResultFacts) -> bool:
    """Whether a row of the table of scores says another score than the report used."""
    known = facts.scores.get(row["code"])
    if known is None or row["status"].lower() == "conflicting":
        return False
    with suppress(ValueError):
        return to_hundredths(parse_number(row["score"])) != to_hundredths(Decimal(str(known)))
    return False


def _endings(editions: Sequence[Edition] = EDITIONS) -> list[str]:
    return [
        f"{kind.suffix}{suffix_of(edition)}"
        for kind in report_kinds()
        if not kind.is_of_many
        for edition in editions
    ]


def _differ(told: str, known: str) -> bool:
    return bool(told and known) and normal(told) != normal(known)


def _within(points: float | None) -> float | None:
    """Return points that can be a score; a notebook may have been changed by hand."""
    return points if points is not None and 0 <= points <= 100 else None
