"""What a notebook asks to leave out, by the tags of nbconvert, Quarto and JupyterLab.

What is marked for removal is dropped silently. What is only collapsed on the screen is not printed
either, but reported: somebody may have collapsed it just to see more of the notebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ita_helpers.edited.cells import tags_of
from ita_helpers.files.notebook_parameters import INJECTED

LEFT_OUT = frozenset({"remove-cell", "parameters", INJECTED, "title"})
SILENT = frozenset({"remove-output", "remove-outputs", "remove-all-output", "remove-all-outputs"})
FOLDED, FOLDED_OUTPUT = "hide-cell", "hide-output"
_OPTIONS = re.compile(r"(?:[ \t]*#\|[^\n]*(?:\n|\Z))+")
_OFF = re.compile(r"^[ \t]*#\|[ \t]*(?:output|include)[ \t]*:[ \t]*(?:false|no)\b", re.MULTILINE)


def is_left_out(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is to be left out entirely."""
    return bool(_tags(cell) & LEFT_OUT)


def is_silent(cell: Mapping[str, Any]) -> bool:
    """Whether a code cell's outputs are to be left out."""
    options = _OPTIONS.match("".join(cell["source"]))
    return bool(_tags(cell) & SILENT or (options and _OFF.search(options.group())))


def folded_by(cell: Mapping[str, Any]) -> str:
    """Return the mark that folds a cell or its outputs away, or nothing."""
    tags = _tags(cell)
    if FOLDED in tags:
        return FOLDED
    if cell["cell_type"] != "code":
        return ""
    if FOLDED_OUTPUT in tags:
        return FOLDED_OUTPUT
    metadata = cell.get("metadata", {})
    jupyter = metadata.get("jupyter")
    if isinstance(jupyter, Mapping) and jupyter.get("outputs_hidden") is True:
        return "outputs_hidden"
    return "collapsed" if metadata.get("collapsed") is True else ""


def _tags(cell: Mapping[str, Any]) -> set[str]:
    return {tag.replace("_", "-") for tag in tags_of(cell)}
