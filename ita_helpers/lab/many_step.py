"""Many offices at once: making their reports, with progress, and the list of all reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.batch import Running, start_batch
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.report import links, run_ita
from ita_helpers.lab.steps import LABELS, PARAGRAPH, WIDE, Step, Text, layout, row, scrolled
from ita_helpers.offices.comparisons import place_comparison
from ita_helpers.offices.params_in_bulk import write_parameters
from ita_helpers.records.kinds import kind_named
from ita_helpers.records.places import place_name
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.scores import organisations_with_scores

INDEX = ("index.html", "index.xlsx")
FAILURES = "failures.csv"
COMPARISON = kind_named("comparison").suffix


class ManyStep(Step):
    """Making the reports of all offices of a year, of one province, or of the list saved last.

    What is chosen can be compared too.
    """

    key = "many"

    def __init__(self, workspace: Workspace, lock: Any, office: OfficeStep) -> None:
        super().__init__(workspace, lock)
        self.office = office
        self.saved: frozenset[str] = frozenset()
        self.scopes: dict[frozenset[str], dict[str, object]] = {}
        self.running: Running | None = None
        self.thread: Thread | None = None
        self.which = widgets.Dropdown(
            description=self.label("which"), style=LABELS, layout=layout(**WIDE)
        )
        self.make = self.button("make", self._make, "success")
        self.compare = self.button("compare", self._compare)
        self.stop = widgets.Button(description=self.label("stop"), layout=layout(width="auto"))
        self.stop.on_click(self._stop)
        self.index = self.button("index", self._index)
        self.bar = widgets.IntProgress(layout=layout(width="20em"))
        self.step = widgets.Label()
        self.progress = row(self.bar, self.step, self.stop)
        self.progress.layout.display = "none"
        self.box = self.folded(self.which, row(self.make, self.compare, self.index), self.progress)

    def reset(self) -> None:
        """Offer the groups of offices that have scores in the year chosen."""
        options = self._options()
        self.which.options = options
        self.which.value = options[0][1] if options else None
        self.enable(self.make)
        self.enable(self.compare)

    def just_saved(self, offices: Sequence[str]) -> None:
        """Offer the offices of a list that was saved just now."""
        self.saved = frozenset(offices)
        self.reset()

    def enable(self, button: Any) -> None:
        """Enable a button again; those that make reports only if there are any to make."""
        is_idle = self.running is None and bool(self.which.options)
        button.disabled = button in (self.make, self.compare) and not is_idle

    def _options(self) -> list[tuple[str, frozenset[str]]]:
        """Return the groups that can be chosen: what they are called, and their codes."""
        year = self.office.year.value
        scored = organisations_with_scores(self.workspace, year)
        known = [
            each
            for each in read_organisations(self.workspace).values()
            if each.code in scored and not each.is_reference
        ]
        everyone = frozenset(each.code for each in known)
        groups = {self.label("saved"): self.saved & everyone, self.label("all"): everyone}
        self.scopes = {
            self.saved & everyone: {"offices": sorted(self.saved & everyone)},
            everyone: {},
        }
        for name in sorted({each.province for each in known if each.province}):
            codes = frozenset(each.code for each in known if each.province == name)
            groups[place_name("province", name, name)] = codes
            self.scopes[codes] = {"province": name}
        return [
            (self.sentence("group", name=name, count=len(codes)), codes)
            for name, codes in groups.items()
            if codes
        ]

    def _make(self) -> None:
        written = write_parameters(self.workspace, self.office.year.value)
        self._start([e for e in (*written.made, *written.kept) if e.stem in self.which.value])

    def _compare(self) -> None:
        """Compare the finished reports of the offices chosen."""
        asked = self.scopes[self.which.value]
        self._start([place_comparison(self.workspace, self.office.year.value, asked)])

    def _start(self, files: list[Path]) -> None:
        self.running = start_batch(self.workspace, files)
        self._count(0, len(files))
        self.progress.layout.display = ""
        self.stop.disabled = False
        self.say(self.label("working"))
        self.thread = Thread(target=self._follow, args=(self.running,), daemon=True)
        self.thread.start()

    def _follow(self, running: Running) -> None:
        """Show how far the batch is until it ends, while the page does other things."""
        status = running.follow(lambda told: self._count(*map(int, told.split("/"))))
        self.running = None
        self.bar.bar_style = "danger" if status else "success"
        self.stop.disabled = True
        for button in (self.make, self.compare):
            self.enable(button)
        (self.warn if status else self.say)(*self._made(running))

    def _count(self, done: int, total: int) -> None:
        self.bar.max, self.bar.value, self.bar.bar_style = total, done, "info"
        self.step.value = self.sentence("count", done=done, total=total)

    def _stop(self, _: object) -> None:
        if self.running:
            self.stop.disabled = True
            self.running.stop()

    def _made(self, batch: Running) -> list[Text]:
        """Return what became of a batch, and the links to the lists."""
        rendered = self.workspace.rendered
        shown = Markup("").join(PARAGRAPH.format(each) for each in batch.told)
        failed = [rendered / FAILURES] if (rendered / FAILURES).exists() else []
        said: list[Text] = [*batch.summary, links([*self._lists(), *failed])]
        return [*said, scrolled(shown, self.label("words"))] if batch.told else said

    def _lists(self) -> list[Path]:
        rendered, year = self.workspace.rendered, self.office.year.value
        comparisons = sorted((rendered / str(year)).glob(f"*{COMPARISON}.html"))
        return [*(rendered / name for name in INDEX), *comparisons]

    def _index(self) -> None:
        done = run_ita(self.workspace, "index")
        if done.returncode:
            self.complain(*(done.stderr or done.stdout).splitlines())
            return
        self.say(links(self._lists()), done.stdout)
