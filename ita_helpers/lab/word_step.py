"""A step of the start page: corrections that come back in a Word file.

What reads them is loaded when one comes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from markupsafe import Markup, escape

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.report import link
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import PARAGRAPH, WIDE, Step, html, layout, row, scrolled
from ita_helpers.language.catalogue import say
from ita_helpers.offices.finding import find_parameter_file

if TYPE_CHECKING:
    from ita_helpers.corrections.telling import Outline
    from ita_helpers.rendering.adopting import Adoption

ADDITIONS = "additions"


class WordStep(Step):
    """Showing what was corrected in a Word file, and taking what is chosen."""

    key = "word"

    def __init__(
        self, workspace: Workspace, lock: Any, report: ReportStep, changed: Callable[[], None]
    ) -> None:
        super().__init__(workspace, lock)
        self.report, self.changed = report, changed
        self.adoption: Adoption | None = None
        self.upload = widgets.FileUpload(
            accept=".docx", description=self.label("upload"), layout=layout(width="auto")
        )
        self.upload.observe(self._uploaded, "value")
        self.save = self.button("save", self._save, "primary")
        self.choices = widgets.VBox([])
        hint = html(PARAGRAPH.format(self.label("hint")))
        self.box = self.folded(hint, row(self.upload, self.save), self.choices)

    def reset(self) -> None:
        """Forget the file that was read."""
        self._forget()
        self.say()

    def enable(self, button: Any) -> None:
        """Enable a button again if it would do something."""
        button.disabled = self.adoption is None

    def _forget(self) -> None:
        self.adoption = None
        self.upload.value = ()
        self.choices.children = ()
        self.upload.disabled = bool(self.report.lacking())
        self.enable(self.save)

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        (upload,) = change["new"]
        with self.told():
            self.adoption = None
            self._read(Path(upload["name"]).name, bytes(upload["content"]))
        if self.adoption is None:
            self._forget()
        self.enable(self.save)

    def _read(self, name: str, content: bytes) -> None:
        """Show what a file would change; keep it if it would change anything."""
        from ita_helpers.documents.corrected_file import corrected_from
        from ita_helpers.rendering.adopting import open_adoption
        from ita_helpers.rendering.telling_corrections import outline_of

        corrected = corrected_from(content, name)
        office, year = self.report.office.organisation, self.report.office.year.value
        of = corrected.origin
        if of and (of.organisation, of.fiscal_year) != (office, year):
            self.warn(self.sentence("other", organisation=of.organisation, year=of.fiscal_year))
            return
        params = find_parameter_file(Path(office), self.workspace, year).path
        adoption = open_adoption(self.workspace, params, corrected)
        outline = outline_of(adoption)
        if outline.areas or outline.additions:
            self.adoption = adoption
            self._offer(outline)
        if outline.is_empty:
            self.warn(say("adopt.nothing", file=name), *outline.warnings)
            return
        shown = Markup("<br>").join(map(escape, _lines(outline)))
        found = self.sentence("found" if self.adoption else "only_told", file=name)
        self.warn(found, *outline.warnings, scrolled(shown, self.label("shown")))

    def _offer(self, outline: Outline) -> None:
        """Show a box for each slot that was corrected, ticked."""
        named = [(each.area, each.name) for each in outline.areas]
        named += [(ADDITIONS, self.label("additions"))] if outline.additions else []
        boxes = []
        for area, name in named:
            box = widgets.Checkbox(
                value=True, description=name, indent=False, layout=layout(**WIDE)
            )
            box.area = area
            boxes.append(box)
        self.choices.children = tuple(boxes)

    def _save(self) -> None:
        from ita_helpers.rendering.taking import take
        from ita_helpers.rendering.telling_corrections import lines_of_outcome

        assert self.adoption is not None
        chosen = {box.area for box in self.choices.children if box.value}
        adoption = self.adoption
        adopted = take(adoption, chosen - {ADDITIONS}, with_additions=ADDITIONS in chosen)
        lines = list(lines_of_outcome(adoption, adopted))
        self._forget()
        self.changed()
        self.say(link(adopted.path), *lines)


def _lines(outline: Outline) -> list[str]:
    """Return all that is in a file, line by line."""
    from ita_helpers.corrections.telling import lines_of_additions, lines_of_area, lines_of_told

    areas = [line for area in outline.areas for line in lines_of_area(area)]
    return [*areas, *lines_of_additions(outline), *lines_of_told(outline)]
