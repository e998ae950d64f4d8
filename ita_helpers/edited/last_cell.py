"""The last cell of a copy: a button that saves the notebook and makes its report.

The button is JupyterLab's own (``data-commandlinker``): it is there before anything has run, works
without a kernel, and can save first; a widget can do none of that.
"""

from __future__ import annotations

import json
import re

from markupsafe import Markup

from ita_helpers.edited.cells import HIDDEN, RENDER, Cell, mark_made
from ita_helpers.language.catalogue import label

_COMMANDS = {"commands": ["docmanager:save", "notebook:run-cell"]}
"""A click activates its cell before they run."""
_CALL = re.compile(r"from ita_helpers\.lab import render_report\s+render_report\([^)]*\)")


def is_last_cell(source: str) -> bool:
    """Whether a cell's text is our call that makes the report, with or without its comment."""
    call = source.strip().removeprefix(label("edit.button_cell")).strip()
    return bool(_CALL.fullmatch(call))


def button() -> Markup:
    """Return the button."""
    return Markup(
        '<p><button class="jp-Button jp-mod-styled jp-mod-accept" style="font-family:inherit" '
        'data-commandlinker-command="apputils:run-all-enabled" '
        'data-commandlinker-args="{}">{}</button></p>'
    ).format(json.dumps(_COMMANDS), label("edit.button"))


def last_cell(parameters: str) -> Cell:
    """Return the cell; ``parameters`` is the path of the parameter file seen from the copy."""
    call = f"from ita_helpers.lab import render_report\n\nrender_report({parameters!r})"
    made: Cell = {
        "cell_type": "code",
        "id": "render",
        "metadata": {"jupyter": {"source_hidden": True}, "tags": [HIDDEN, RENDER]},
        "source": f"{label('edit.button_cell')}\n{call}",
        "outputs": [_shown(button())],
        "execution_count": None,
    }
    mark_made(made)
    return made


def _shown(html: Markup) -> Cell:
    data = {"text/html": str(html), "text/plain": html.striptags()}
    return {"output_type": "display_data", "data": data, "metadata": {}}
