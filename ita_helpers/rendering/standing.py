"""How a report stands on its way through the office, and what it still lacks.

Nothing is run or written: notebooks, records and the manifest are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ita_helpers.boundary import told
from ita_helpers.edited.lines import name_of
from ita_helpers.edited.reviews import review_in
from ita_helpers.errors import ItaError, NothingToCompare
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Version
from ita_helpers.issued.versions import newest
from ita_helpers.rendering.checking import count_findings
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.rendering.inputs import are_as_read, inputs_of_report
from ita_helpers.rendering.issuable import Candidate, candidate_of
from ita_helpers.rendering.word_copies import find_waiting
from ita_helpers.run.manifest import ReportRow, read_briefs
from ita_helpers.run.sealing import read_report
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.params import ReportParameters, load_parameters

State = Literal["draft", "reviewed", "issued", "working", "unreadable"]
"""``working`` is a report that nobody reviews in a notebook and that was not issued."""
MADE_FROM = ("data", "rules", "parameters", "words")


@dataclass(frozen=True)
class Lack:
    """One thing a report lacks; ``kind`` names the sentence, ``facts`` are what it says."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """How one report stands. ``file`` is its parameter file, ``number`` its newest version, or 0.

    It is ``unreadable`` where a file it is made from or was recorded in is broken. If that is the
    parameter file, it has neither name nor year (B.E.).
    """

    file: str
    state: State
    lacks: tuple[Lack, ...] = ()
    organisation: str = ""
    name: str = ""
    fiscal_year: int = 0
    report: str = ""
    number: int = 0


def standing_reader(
    workspace: Workspace, *, with_slots: bool, only: Path | None = None
) -> Callable[[Path], Standing]:
    """Return what tells how the report of a parameter file stands; the manifest is read once.

    Of ``only`` one file just its rows are read. Without the names of slots it is enough, where
    nobody has reviewed anything, what the last run has counted: that takes a third of the time.
    """
    rows = read_briefs(workspace.rendered, workspace.shown(only) if only else "")
    handing_out = HandingOut(workspace, workspace.rendered)

    def read(file: Path) -> Standing:
        try:
            parameters = load_parameters(file, workspace)
            if parameters.kind.is_of_many:
                return _of_many(workspace, file, parameters, rows)
            candidate = candidate_of(workspace, file, parameters, allows_made_up=True)
            return _Reading(candidate, rows, handing_out, with_slots).standing
        except Exception as error:
            lack = Lack("unreadable", {"message": str(told(error, workspace))})
            unknown = Standing(workspace.shown(file), "unreadable", (lack,))
            return _named(unknown, file, workspace)

    return read


def _named(standing: Standing, file: Path, workspace: Workspace) -> Standing:
    """Return how a report stands with whose it is, where its parameter file says so."""
    with suppress(ItaError):
        asked = load_parameters(file, workspace)
        office = find_organisation(workspace, asked.organisation)
        return replace(
            standing,
            organisation=office.code,
            name=office.name,
            fiscal_year=asked.fiscal_year,
            report=asked.kind.name,
        )
    return standing


def _of_many(
    workspace: Workspace, file: Path, asked: ReportParameters, rows: Mapping[str, ReportRow]
) -> Standing:
    """Return how a comparison stands, which nobody reviews or issues: whether it is current."""
    from ita_helpers.rendering.comparing import scope_of
    from ita_helpers.words.comparison import name_scope

    row, is_current = rows.get(asked.paper.as_posix()), False
    with suppress(NothingToCompare):
        is_current = row is not None and row.is_made_of(inputs_of_report(workspace, asked), ())
    lacks = () if is_current else (Lack("stale" if row else "render"),)
    name = name_scope(scope_of(asked), len(asked.offices))
    owner = (asked.organisation, name, asked.fiscal_year)
    return Standing(workspace.shown(file), "working", lacks, *owner, asked.kind.name)


def _count_notes(copied: Mapping[str, Any] | None) -> int:
    if copied is None:
        return 0
    from ita_helpers.corrections.applying import count_notes

    return count_notes(copied)


@dataclass(frozen=True)
class _Reading:
    """Reads one report; ``rows`` are those of the manifest."""

    given: Candidate
    rows: Mapping[str, ReportRow]
    handing_out: HandingOut
    with_slots: bool

    @property
    def standing(self) -> Standing:
        lacks = tuple(self._lacks())
        asked, before = self.given.parameters, self.before
        return Standing(
            self.given.workspace.shown(self.given.file),
            self._state({each.kind for each in lacks}),
            lacks,
            asked.organisation,
            self.given.data.organisation.name,
            asked.fiscal_year,
            asked.kind.name,
            before.number if before else 0,
        )

    def _state(self, lacking: set[str]) -> State:
        if self.before and "reissue" not in lacking:
            return "issued"
        if not self.given.parameters.kind.has_copy:
            return "working"
        return "draft" if lacking & {"drafts", "reopened"} else "reviewed"

    def _lacks(self) -> Iterator[Lack]:
        """Yield what is lacking in the order in which it is done."""
        given = self.given
        own = given.own
        if own.data.plan is None and not own.data.organisation.is_reference:
            yield Lack("plan")
        if given.parameters.kind.has_copy:
            yield from self._unreviewed()
        if files := find_waiting(own, self.row, self.handing_out):
            yield Lack("word", {"files": [*map(given.workspace.shown, files)]})
        if count := _count_notes(own.copy):
            yield Lack("notes", {"count": count})
        if found := self._findings():
            yield Lack("findings", {"found": found})
        if self._unmade:
            yield Lack(self._unmade)
        if self._has_old_public_edition():
            yield Lack("public")
        if self.before is None:
            yield Lack("issue")
        elif changed := [*self._changed(self.before)]:
            yield Lack("reissue", {"number": self.before.number, "changed": changed})

    def _unreviewed(self) -> Iterator[Lack]:
        """Yield which slots nobody has reviewed, or whose review holds no more."""
        own, row = self.given.own, self.row
        cells = own.copy["cells"] if own.copy else ()
        if row and not self.with_slots and not self._unmade and not review_in(cells):
            if row.drafts:
                yield Lack("drafts", {"count": row.drafts, "slots": []})
            return
        both = {"drafts": own.unreviewed(own.drafts), "reopened": own.reopened}
        for kind, slots in both.items():
            if slots:
                yield Lack(kind, {"count": len(slots), "slots": [*map(name_of, slots)]})

    @cached_property
    def row(self) -> ReportRow | None:
        """What is recorded of the last run: in the manifest, else in the notebook it left."""
        stem = self.given.parameters.paper
        notebook = self.given.workspace.rendered / stem.with_suffix(".ipynb")
        return self.rows.get(stem.as_posix()) or read_report(notebook)

    @cached_property
    def before(self) -> Version | None:
        """The newest issued version."""
        return newest(self.given.workspace, self.given.parameters.paper)

    @cached_property
    def _unmade(self) -> str:
        """Why the report has to be made, or an empty string."""
        row = self.row
        if row is None:
            return "render"
        if row.status == "failed":
            return "failed"
        return "" if self._is_current(row, self.given.inputs) else "stale"

    def _has_old_public_edition(self) -> bool:
        """Whether there is a public edition beside the report, made from something else."""
        public = self.given.parameters.of_edition("public")
        row = self.rows.get(public.paper.as_posix())
        if row is None or public == self.given.parameters:
            return False
        return not self._is_current(row, inputs_of_report(self.given.workspace, public))

    def _is_current(self, row: ReportRow, inputs: str) -> bool:
        workspace = self.given.workspace
        is_made = row.is_made_of(inputs, ()) and are_as_read(workspace, row.read)
        base = workspace.rendered / row.stem
        return is_made and all(base.with_suffix(each).exists() for each in row.written)

    def _findings(self) -> dict[str, int]:
        """Return how much a check finds, by family; of words as the last run counted, if it can."""
        row = self.row
        known = (row.problems, row.losses) if row and not self._unmade else None
        found = count_findings(self.given.own, known)
        return {family: count for family, count in found.items() if count}

    def _changed(self, before: Version) -> Iterator[str]:
        """Yield what has changed since a version was issued."""
        old, new = before.made_from, self.given.made_from
        yield from (each for each in MADE_FROM if getattr(old, each) != getattr(new, each))
        if not are_as_read(self.given.workspace, old.read):
            yield "read"
