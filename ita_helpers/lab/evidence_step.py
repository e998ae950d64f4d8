"""A step of the start page: the evidence for the next assessment, and its addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from ita_helpers.errors import BadAddress
from ita_helpers.evidence.addresses import LONGEST, problem_of, read_addresses, write_addresses
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.report import link
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import LABELS, PARAGRAPH, WIDE, Step, layout, row
from ita_helpers.offices.finding import find_parameter_file
from ita_helpers.store.loading import evidence_of


class EvidenceStep(Step):
    """Making the evidence of the office and year chosen, with a field for each item's address."""

    key = "evidence"

    def __init__(self, workspace: Workspace, lock: Any, report: ReportStep) -> None:
        super().__init__(workspace, lock)
        self.report, self.office = report, report.office
        self.ready = widgets.HTML()
        self.fields = widgets.VBox([])
        self.make = self.button("make", self._make, "success")
        self.box = self.folded(self.ready, self.fields, row(self.make))

    def reset(self) -> None:
        """Show the addresses as they were filled in, or what is needed before."""
        self.say()
        self.fields.children = ()
        lacking = self.lacking()
        self.ready.value = str(PARAGRAPH.format(lacking or self.label("hint")))
        self.enable(self.make)
        if not lacking:
            with self.told():
                self.fields.children = tuple(self._fields())

    def lacking(self) -> str:
        """Return what is needed before evidence can be made."""
        year = self.office.year.value
        if lacking := self.report.lacking():
            return lacking
        known = evidence_of(self.workspace, year)
        return "" if known else self.sentence("no_rules", year=year + 1)

    def enable(self, button: Any) -> None:
        """Enable a button again if nothing is missing."""
        button.disabled = bool(self.lacking())

    def _fields(self) -> list[Any]:
        """Return a field for the address of each item."""
        evidence = evidence_of(self.workspace, self.office.year.value)
        items = (evidence.analysis, evidence.follow_up) if evidence else ()
        codes = [each.item for each in items]
        known = read_addresses(self.workspace, *self.office.owner, codes)
        fields = []
        for code in codes:
            field = widgets.Text(
                value=known[code].text if code in known else "",
                description=self.sentence("address", code=code.upper()),
                placeholder=self.label("address_hint"),
                style=LABELS,
                layout=layout(**WIDE),
            )
            field.item = code
            fields.append(field)
        return fields

    def _make(self) -> None:
        from ita_helpers.evidence.telling import lines_of, to_do
        from ita_helpers.rendering.evidence import gather
        from ita_helpers.rendering.evidence_folder import PAGE, files_of, folder_of, write_folder

        write_addresses(self.workspace, *self.office.owner, dict(map(_typed, self.fields.children)))
        organisation, year = self.office.owner
        params = find_parameter_file(Path(organisation), self.workspace, year).path
        dossier = gather(self.workspace, params)
        folder = folder_of(self.workspace, organisation, year)
        write_folder(self.workspace, folder, files_of(dossier))
        where = self.sentence("made", folder=self.workspace.shown(folder))
        self.say(link(folder / PAGE), where, *lines_of(dossier), *(e.text for e in to_do(dossier)))


def _typed(field: Any) -> tuple[str, str]:
    """Return an item and the address typed for it. Raises ``BadAddress``."""
    address = field.value.strip()
    if problem := problem_of(address):
        facts = {"file": "", "item": field.item.upper(), "most": LONGEST}
        raise BadAddress(**facts, value=address, problem=problem)
    return field.item, address
