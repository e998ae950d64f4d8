"""What all steps of the start page share: how they look, what they say, what a button does."""

from __future__ import annotations

import io
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.wording import worded
from ita_helpers.language.catalogue import label, say

IMPATIENCE = 0.3
"""Seconds after its work in which a button ignores a click as part of a double click."""
OPEN, CLOSED = "▾", "▸"
WIDE = {"width": "46em", "max_width": "calc(100% - 4px)"}
NARROWER = {**WIDE, "width": "36em"}
LABELS = {"description_width": "9em"}
_MESSAGE = Markup(
    '<div role="{}" style="padding:.2em .8em;border-left:4px solid var(--jp-{}-color1)">{}</div>'
)
PARAGRAPH = Markup('<p style="margin:.2em 0;line-height:1.7">{}</p>')
_SCROLLED = Markup(
    '<div role="region" tabindex="0" aria-label="{}" style="max-height:11em;overflow:auto">{}</div>'
)
_TRACE = Markup("<details><summary>{}</summary><pre>{}</pre></details>")
Text = str | Markup


class Step:
    """One step of the page: a heading, its widgets, and a place for what is said.

    JupyterLab handles some widgets' events in separate threads, so the steps share a lock.
    """

    key = ""

    def __init__(self, workspace: Workspace, lock: Any) -> None:
        self.workspace, self.lock = workspace, lock
        self.said = widgets.Output()

    def boxed(self, *children: Any) -> Any:
        """Return the widgets of the step under its heading, with the place for what is said."""
        heading = html(
            Markup('<h2 style="margin:.5em 0 .1em;font-size:1.2em">{}</h2>').format(self.label())
        )
        return widgets.VBox([heading, *children, self.said])

    def folded(self, *children: Any) -> Any:
        """Return the widgets of a step that is opened and closed by its heading, a button."""
        body = widgets.VBox([*children, self.said])
        opener = widgets.ToggleButton(
            layout=layout(
                width="auto", max_width="100%", align_self="flex-start", margin="6px 0 2px"
            ),
            style={"font_weight": "bold"},
        )

        def show(_: object = None) -> None:
            opener.description = f"{OPEN if opener.value else CLOSED} {self.label()}"
            body.layout.display = "" if opener.value else "none"

        opener.observe(show, "value")
        show()
        self.opener = opener
        return widgets.VBox([opener, body])

    def label(self, name: str = "heading") -> str:
        """Return words of the step."""
        return label(f"start.{self.key}.{name}")

    def sentence(self, key: str, /, **facts: object) -> str:
        """Return a sentence of the step."""
        return say(f"start.{self.key}.{key}", **facts)

    def say(self, *texts: Text) -> None:
        """Replace what is said under the step, a paragraph each."""
        self._tell("status", "border", texts)

    def warn(self, *texts: Text) -> None:
        """Show what a person has to look at before anything else happens."""
        self._tell("alert", "warn", texts)

    def complain(self, *texts: Text) -> None:
        """Say what went wrong."""
        self._tell("alert", "error", texts)

    def _tell(self, role: str, colour: str, texts: tuple[Text, ...]) -> None:
        """Set the outputs themselves: asked to clear and print, the widget may lose some."""
        self.said.outputs = (output(message(role, colour, texts)),) if any(texts) else ()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Show errors and printed output on the page, because nobody reads the log."""
        printed = io.StringIO()
        try:
            with self.lock, redirect_stdout(printed), redirect_stderr(printed):
                yield
        except ItaError as error:
            self.complain(*say("start.failed", message=worded(error)).splitlines())
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            trace = _TRACE.format(label("start.details"), traceback.format_exc())
            self.complain(say("start.unforeseen", reason=reason), trace)
        lines = [line.strip() for line in printed.getvalue().splitlines()]
        self.said.outputs += tuple(output(PARAGRAPH.format(line)) for line in lines if line)

    def button(self, name: str, act: Callable[[], None], style: str = "") -> Any:
        """Return a button that runs an action and shows its errors."""
        button = widgets.Button(
            description=self.label(name), button_style=style, layout=layout(width="auto")
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
        """Enable a button again."""
        button.disabled = False


def message(role: str, colour: str, texts: Iterable[Text]) -> Markup:
    """Return a message, a paragraph a text; ``role`` tells screen readers how urgent it is."""
    paragraphs = Markup("").join(PARAGRAPH.format(text) for text in texts if text)
    return _MESSAGE.format(role, colour, paragraphs)


def scrolled(text: Text, name: str) -> Markup:
    """Return a text in a small scrollable area that can be reached by keyboard."""
    return _SCROLLED.format(name, text)


def output(shown: Markup) -> dict[str, Any]:
    """Return what an output widget shows."""
    data = {"text/html": str(shown), "text/plain": str(shown.striptags())}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def row(*children: Any) -> Any:
    """Return widgets beside each other, below each other where the window is narrow."""
    return widgets.HBox(children, layout=layout(flex_flow="row wrap"))


def html(text: Markup) -> Any:
    """Return a widget that shows a text."""
    return widgets.HTML(str(text))


def layout(**settings: str) -> Any:
    """Return how a widget is laid out."""
    return widgets.Layout(**settings)
