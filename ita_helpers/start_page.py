"""The start page: an office, its scores and its report, by buttons.

Everything it does is done by the functions the commands call; here are widgets alone.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import display
from markupsafe import Markup, escape

from ita_helpers import copies, store
from ita_helpers.catalogue import label, say
from ita_helpers.cli.common import find_parameter_file, open_workspace, shown_to_trust
from ita_helpers.cli.setup import describe_plan, newest_year
from ita_helpers.errors import ItaError, SeveralMistakes, SimilarOrganisation
from ita_helpers.importing.apply import apply_as_shown, left_alone
from ita_helpers.importing.compare import Consent, Plan, compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Orders, Reading
from ita_helpers.importing.grids import ENDINGS
from ita_helpers.lab import link, links_to_report, run_render
from ita_helpers.new.form import write_form
from ita_helpers.new.organisations import (
    Newcomer,
    add_organisation,
    check_newcomer,
    check_not_misspelt,
    codes_in_use,
    with_code,
)
from ita_helpers.organisation_names import short_types
from ita_helpers.params import load_parameters
from ita_helpers.paths import Workspace
from ita_helpers.rendering.one import load
from ita_helpers.thai import sort_key
from ita_helpers.trust import files_to_trust, trust

NEW = ""
"""What the list of offices holds for one that is not in it."""
STEPS = ("check", "notebook", "report", "done")
IMPATIENCE = 0.3
"""Seconds after its work in which a button takes a click for the second one of a double click."""
OTHERWISE = {"NotPlaced", "OfficeNotSaid", "SimilarOrganisation", "WrongYear"}
"""Errors whose words name an option of a command, and that have others on this page."""
_WIDE = {"width": "46em", "max_width": "calc(100% - 4px)"}
_LABELS = {"description_width": "9em"}
_MESSAGE = Markup(
    '<div role="{}" style="padding:.2em .8em;border-left:4px solid var(--jp-{}-color1)">{}</div>'
)
_PARAGRAPH = Markup('<p style="margin:.2em 0;line-height:1.7">{}</p>')
_TRACE = Markup("<details><summary>{}</summary><pre>{}</pre></details>")
Text = str | Markup


def show() -> None:
    """Show the page in the notebook, or what keeps it from being shown."""
    try:
        shown = StartPage(open_workspace(None)).box
    except ItaError as error:
        shown = _html(_message("alert", "error", [say("start.failed", message=_worded(error))]))
    display(shown)  # type: ignore[no-untyped-call]


class StartPage:
    """The three steps; what one does is told to those below it."""

    def __init__(self, workspace: Workspace) -> None:
        lock = threading.RLock()
        self.office = _Office(workspace, lock, self._office_chosen)
        self.scores = _Scores(workspace, lock, self.office, self._scores_saved)
        self.report = _Report(workspace, lock, self.office)
        self.box = widgets.VBox([self.office.box, self.scores.box, self.report.box])
        self._office_chosen()

    def _office_chosen(self) -> None:
        self.scores.reset()
        self.report.reset()

    def _scores_saved(self, offices: list[str]) -> None:
        self.office.refresh(offices)
        self.report.reset()


class _Step:
    """One step of the page: a heading, its widgets, and a place for what is said.

    JupyterLab has some widgets answered in threads of their own; the steps share a lock.
    """

    key = ""

    def __init__(self, workspace: Workspace, lock: Any) -> None:
        self.workspace, self.lock = workspace, lock
        self.said = widgets.Output()

    def boxed(self, *children: Any) -> Any:
        heading = _html(Markup('<h2 style="margin:.8em 0 .2em">{}</h2>').format(self.label()))
        return widgets.VBox([heading, *children, self.said])

    def label(self, name: str = "heading") -> str:
        return label(f"start.{self.key}.{name}")

    def sentence(self, key: str, /, **facts: object) -> str:
        return say(f"start.{self.key}.{key}", **facts)

    def say(self, *texts: Text) -> None:
        """Replace what is said under the step, a paragraph each."""
        self._tell("status", "border", texts)

    def warn(self, *texts: Text) -> None:
        """Say what a person has to look at before anything else happens."""
        self._tell("alert", "warn", texts)

    def complain(self, *texts: Text) -> None:
        """Say what went wrong."""
        self._tell("alert", "error", texts)

    def _tell(self, role: str, colour: str, texts: tuple[Text, ...]) -> None:
        """Set the outputs themselves: asked to clear and print, the widget may lose some."""
        self.said.outputs = (_output(_message(role, colour, texts)),) if any(texts) else ()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say what goes wrong, and what is printed on the way: nobody reads the log."""
        printed = io.StringIO()
        try:
            with self.lock, redirect_stdout(printed), redirect_stderr(printed):
                yield
        except ItaError as error:
            self.complain(*say("start.failed", message=_worded(error)).splitlines())
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            trace = _TRACE.format(label("start.details"), traceback.format_exc())
            self.complain(say("start.unforeseen", reason=reason), trace)
        lines = [line.strip() for line in printed.getvalue().splitlines()]
        self.said.outputs += tuple(_output(_PARAGRAPH.format(line)) for line in lines if line)

    def button(self, name: str, act: Callable[[], None], style: str = "") -> Any:
        """Return a button that does something and says what goes wrong."""
        button = widgets.Button(
            description=self.label(name), button_style=style, layout=_layout(width="auto")
        )

        done_at = -IMPATIENCE

        def clicked(_: object) -> None:
            nonlocal done_at
            if time.monotonic() - done_at < IMPATIENCE or not self.lock.acquire(blocking=False):
                return
            try:
                button.disabled = True
                self.say(label("start.working"))
                with self.told():
                    act()
            finally:
                self.enable(button)
                done_at = time.monotonic()
                self.lock.release()

        button.on_click(clicked)
        return button

    def enable(self, button: Any) -> None:
        """Let a button be pressed again."""
        button.disabled = False


class _Office(_Step):
    key = "office"

    def __init__(self, workspace: Workspace, lock: Any, chosen: Callable[[], None]) -> None:
        super().__init__(workspace, lock)
        self.chosen = chosen
        self.confirmed: Newcomer | None = None
        years = sorted(workspace.framework_years(), reverse=True)
        newest = newest_year(workspace)
        self.list = self._field(widgets.Dropdown, "choose", options=self._options())
        self.year = self._field(widgets.Dropdown, "year", options=years, value=newest)
        self.name = self._field(widgets.Text, "name", hint="name_hint")
        kinds = tuple(short_types())
        self.type = self._field(
            widgets.Combobox, "type", hint="type_hint", options=kinds, ensure_option=False
        )
        self.district = self._field(widgets.Text, "district")
        self.province = self._field(widgets.Text, "province")
        self.code = self._field(widgets.Text, "code", hint="code_hint")
        self.facts = (self.name, self.type, self.district, self.province, self.code)
        buttons = (self.button("propose", self._propose), self.button("add", self._add, "primary"))
        self.form = widgets.VBox([*self.facts, widgets.HBox(buttons)])
        self.list.observe(self._list_changed, "value")
        self.year.observe(self._list_changed, "value")
        self.box = self.boxed(self.list, self.year, self.form)
        self._show_form()

    @property
    def organisation(self) -> str:
        """The code of the office chosen, empty where none is."""
        return str(self.list.value or "")

    def refresh(self, added: list[str]) -> None:
        """Read the list of offices anew; one that was added while none was chosen is chosen."""
        chosen = self.organisation or (added[0] if len(added) == 1 else NEW)
        self.list.unobserve(self._list_changed, "value")
        self.list.options = self._options()
        self.list.value = chosen
        self.list.observe(self._list_changed, "value")
        self._show_form()

    def _field(self, kind: Any, key: str, hint: str = "", **options: Any) -> Any:
        """Return a field with its label."""
        if hint:
            options["placeholder"] = self.label(hint)
        return kind(description=self.label(key), layout=_layout(**_WIDE), style=_LABELS, **options)

    def _options(self) -> list[tuple[str, str]]:
        organisations = store.read_organisations(self.workspace).values()
        known = [(f"{e.name} ({e.code})", e.code) for e in organisations if not e.is_reference]
        known.sort(key=lambda each: sort_key(each[0]))
        return [*known, (self.label("new"), NEW)]

    def _list_changed(self, _: object) -> None:
        with self.told():
            self._show_form()
            self.say()
            self.chosen()

    def _show_form(self) -> None:
        self.form.layout.display = "none" if self.organisation else ""

    def _newcomer(self) -> Newcomer:
        newcomer = Newcomer.of(
            self.name.value,
            type=self.type.value,
            district=self.district.value,
            province=self.province.value,
            code=self.code.value,
        )
        check_newcomer(self.workspace, newcomer)
        return newcomer

    def _propose(self) -> None:
        self.code.value = with_code(self._newcomer(), codes_in_use(self.workspace)).code
        self.say(self.sentence("proposed", code=self.code.value))

    def _add(self) -> None:
        newcomer = self._newcomer()
        if newcomer != self.confirmed:
            try:
                check_not_misspelt(self.workspace, newcomer)
            except SimilarOrganisation as question:
                self.confirmed = newcomer
                self.warn(self.sentence("similar", **question.facts))
                return
        added = add_organisation(self.workspace, newcomer, self.year.value).organisation
        for each in self.facts:
            each.value = ""
        self.refresh([added.code])
        self.chosen()
        self.say(self.sentence("added", name=added.name, code=added.code))


class _Scores(_Step):
    key = "scores"

    def __init__(
        self,
        workspace: Workspace,
        lock: Any,
        office: _Office,
        saved: Callable[[list[str]], None],
    ) -> None:
        super().__init__(workspace, lock)
        self.office, self.saved = office, saved
        self.readings: list[Reading] = []
        self.plan = Plan()
        self.known = widgets.HTML()
        self.upload = widgets.FileUpload(
            accept=",".join(ENDINGS), description=self.label("upload"), layout=_layout(width="auto")
        )
        self.force = widgets.Checkbox(
            description=self.label("force"), indent=False, layout=_layout(**_WIDE)
        )
        self.hidden = widgets.Checkbox(
            description=self.label("hidden"), indent=False, layout=_layout(**_WIDE)
        )
        self.save = self.button("save", self._save, "primary")
        self.hidden.observe(self._hidden_too, "value")
        self.upload.observe(self._uploaded, "value")
        self.force.observe(self._forced, "value")
        hint = _html(_PARAGRAPH.format(self.label("kinds")))
        files = widgets.HBox([self.button("form", self._make_form), self.upload])
        saving = widgets.HBox([self.save])
        self.box = self.boxed(self.known, files, hint)
        self.box.children += (self.hidden, self.force, saving)

    def reset(self) -> None:
        """Forget the file that was read, and show which years of the office have scores."""
        self._forget()
        self.say()
        self._tell_known()

    def _forget(self) -> None:
        self.readings, self.plan = [], Plan()
        self.upload.value = ()
        self.force.value = self.hidden.value = False
        self._offer()

    def _offer(self) -> None:
        """Let be pressed and ticked what would change something."""
        self.force.layout.display = "" if self.plan.contradictions else "none"
        is_asked = self.plan.hidden or self.hidden.value
        self.hidden.layout.display = "" if is_asked else "none"
        self.save.disabled = not self._would_change()

    def enable(self, button: Any) -> None:
        super().enable(button)
        self._offer()

    def _tell_known(self) -> None:
        years = store.years_with_scores(self.workspace, self.office.organisation)
        text = self.sentence("have", years=years) if years else self.label("none")
        self.known.value = str(_PARAGRAPH.format(text if self.office.organisation else ""))

    def _make_form(self) -> None:
        code = self.office.organisation
        known = store.find_organisation(self.workspace, code) if code else None
        path = write_form(self.workspace, self.office.year.value, known)
        self.say(link(path), self.sentence("form_made", file=path))

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        uploads = list(change["new"])
        with self.told():
            self.readings, self.plan = [], Plan()
            self.force.value = self.hidden.value = False
            self.say(label("start.working"))
            readings = [self._read(each) for each in uploads]
            self._compare(readings, [each["name"] for each in uploads])
            self._offer()
        if not self.readings:
            self._forget()

    def _compare(self, readings: list[Reading], names: list[str]) -> None:
        """Show what the files would change; they are kept where they would change something."""
        self.plan = compare(self.workspace, readings, self._consent())
        if self.plan.hidden or not self.plan.is_empty:
            self.readings = readings
        self._show_plan(self.sentence("read", files=names))

    def _show_plan(self, why: Text) -> None:
        if self.plan.is_empty:
            following = self.label("only_hidden" if self.plan.hidden else "nothing")
            self.say(why, *describe_plan(self.plan), following)
            return
        lines = Markup("<br>").join(escape(line) for line in describe_plan(self.plan))
        following = "contradicts" if self.plan.contradictions else "unsaved"
        self.warn(why, lines, self.label(following))

    def _show_anew(self, plan: Plan) -> None:
        """Show what the files would change now that somebody else has changed the tables."""
        self.plan = plan
        self.force.value = False
        self.saved([])
        self._tell_known()
        self._show_plan(self.label("changed"))

    def _read(self, upload: Any) -> Reading:
        """Read a file that was uploaded, under the name it has."""
        year, chosen = self.office.year.value, self.office.organisation
        orders = Orders(self.workspace, year, chosen=chosen)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(upload["name"]).name
            path.write_bytes(upload["content"])
            return read_file(path, orders, shown=path.name)

    def _forced(self, _: object) -> None:
        self._offer()

    def _hidden_too(self, _: object) -> None:
        """Show what would change with what the file hides, or without."""
        if not self.readings:
            return
        with self.told():
            self.plan = compare(self.workspace, self.readings, self._consent())
            self._show_plan("")
        self._offer()

    def _consent(self) -> Consent:
        return Consent(overwrite=self.force.value, hidden=self.hidden.value)

    def _changes(self) -> list[tuple[str, int]]:
        """Return office and year of each value that would be saved as the box is ticked."""
        left = set() if self.force.value else left_alone(self.plan)
        changes = [(each.organisation, each.fiscal_year) for each in self.plan.changes]
        return [each for each in changes if each not in left]

    def _would_change(self) -> bool:
        return bool(self._changes() or self.plan.newcomers)

    def _save(self) -> None:
        shown, changes, force = self.plan, self._changes(), self.force.value
        plan, written = apply_as_shown(self.workspace, self.readings, shown, self._consent())
        if written is None:
            self._show_anew(plan)
            return
        left = set() if force else left_alone(plan)
        said = [self.sentence("saved", count=len(changes))]
        codes = [*(code for code, _ in changes), *(each.code for each in plan.newcomers)]
        self.saved(list(dict.fromkeys(codes)))
        if left:
            self.plan = compare(self.workspace, self.readings, self._consent())
            offices = [f"{plan.names[code]} ({year})" for code, year in sorted(left)]
            said.append(self.sentence("left", offices=offices))
        else:
            self._forget()
        self._tell_known()
        self.say(*said)


class _Report(_Step):
    key = "report"

    def __init__(self, workspace: Workspace, lock: Any, office: _Office) -> None:
        super().__init__(workspace, lock)
        self.office = office
        self.ready = widgets.HTML()
        self.make = self.button("make", self._make, "success")
        self.foreign = widgets.HTML()
        self.trust = self.button("trust", self._trust, "warning")
        self.bar = widgets.IntProgress(max=len(STEPS), layout=_layout(width="20em"))
        self.step = widgets.Label()
        self.progress = widgets.HBox([self.bar, self.step])
        question = widgets.VBox([self.foreign, self.trust])
        self.box = self.boxed(self.ready, question, widgets.HBox([self.make]), self.progress)

    def reset(self) -> None:
        """Tell what report would be made, and show the one that is there."""
        self._show_bar(0, "")
        self._ask_trust()
        self.ready.value = str(_PARAGRAPH.format(self._lacking() or self._of()))
        self.enable(self.make)
        stem = self._stem()
        there = stem.name and links_to_report(self.workspace, stem)
        self.say(*([self.label("earlier"), self._links(stem)] if there else []))

    def enable(self, button: Any) -> None:
        button.disabled = button is self.make and bool(self._lacking())

    def _ask_trust(self) -> None:
        """Show the question whether the workspace's code may run, where it needs an answer."""
        found = files_to_trust(self.workspace)
        facts = shown_to_trust(self.workspace, found)
        self.foreign.value = str(_PARAGRAPH.format(self.sentence("foreign", **facts)))
        for each in (self.foreign, self.trust):
            each.layout.display = "" if found else "none"

    def _trust(self) -> None:
        trust(self.workspace)
        self._ask_trust()
        self.say(self.label("trusted"))

    def _stem(self) -> Path:
        """Return what the files of the report are called in every folder."""
        return Path(str(self.office.year.value), self.office.organisation)

    def _lacking(self) -> str:
        """Return what is needed before a report can be made."""
        year = self.office.year.value
        if not self.office.organisation:
            return self.label("no_office")
        if self.office.organisation not in store.organisations_with_scores(self.workspace, year):
            return self.sentence("no_scores", year=year)
        return ""

    def _of(self) -> str:
        organisation = store.find_organisation(self.workspace, self.office.organisation)
        return self.sentence("of", name=organisation.name, year=self.office.year.value)

    def _make(self) -> None:
        stem = self._stem()
        try:
            done = self._make_all(stem)
        except BaseException:
            self._stop()
            raise
        if done.returncode:
            self._stop()
            self.complain(*(done.stderr or done.stdout or label("edit.not_rendered")).splitlines())
            return
        self._begin("done", "success")
        folder = (self.workspace.rendered / stem).parent
        words = done.stderr.splitlines()
        self.say(self._links(stem), self.sentence("open", folder=folder), *words)

    def _make_all(self, stem: Path) -> subprocess.CompletedProcess[str]:
        """Make notebook and report; return what became of the command."""
        self._begin("check")
        params = find_parameter_file(Path(stem.name), self.workspace, int(stem.parent.name))
        parameters = load_parameters(params, self.workspace)
        data = load(self.workspace, parameters)
        self._begin("notebook")
        copies.renew_copy(self.workspace, parameters, params, data)
        self._begin("report")
        return run_render(self.workspace, params)

    def _begin(self, step: str, style: str = "info") -> None:
        self._show_bar(STEPS.index(step) + 1, style)
        self.step.value = self.label(f"steps.{step}")

    def _stop(self) -> None:
        self._show_bar(self.bar.value, "danger")
        self.step.value = self.label("stopped")

    def _show_bar(self, value: int, style: str) -> None:
        self.bar.value, self.bar.bar_style = value, style
        self.progress.layout.display = "" if value else "none"

    def _links(self, stem: Path) -> Markup:
        notebook = self.workspace.edited(stem)
        links = [links_to_report(self.workspace, stem)]
        if notebook.exists():
            links.append(link(notebook, self.label("notebook")))
        return Markup(" · ").join(links)


def _worded(error: ItaError) -> str:
    """Return the words of an error, without options of a command that nobody gave here."""
    if isinstance(error, SeveralMistakes):
        return error.told_by(_worded)
    name = type(error).__name__
    return say(f"start.otherwise.{name}", **error.facts) if name in OTHERWISE else str(error)


def _message(role: str, colour: str, texts: Iterable[Text]) -> Markup:
    paragraphs = Markup("").join(_PARAGRAPH.format(text) for text in texts if text)
    return _MESSAGE.format(role, colour, paragraphs)


def _output(shown: Markup) -> dict[str, Any]:
    data = {"text/html": str(shown), "text/plain": str(shown.striptags())}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _html(text: Markup) -> Any:
    return widgets.HTML(str(text))


def _layout(**settings: str) -> Any:
    return widgets.Layout(**settings)
