"""The data dictionary: which files and columns there are, and ``data/README.md`` made from it.

One definition serves both that page and the checks of column headings.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ita_helpers.language.catalogue import LOADER


@cache
def definition() -> dict[str, Any]:
    """Return the definition from its YAML file."""
    text = (files(__package__) / "dictionary.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, LOADER)
    return loaded


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table of ``data/``."""
    return tuple(definition()["tables"][table]["columns"])


def added_columns(table: str) -> tuple[str, ...]:
    """Return the columns that a table written by an earlier version may lack."""
    return tuple(definition()["tables"][table].get("added", ()))


def render() -> str:
    """Return ``data/README.md``."""
    page = definition()
    blocks = [
        "<!-- Made by `make docs` from ita_helpers/store/dictionary.yml: edit that file. -->",
        f"# {page['title']}",
        page["intro"].strip(),
        *(_render_table(table) for table in page["tables"].values()),
        page["offices"].strip(),
        page["advice"].strip(),
        page["frameworks"].strip(),
        page["producers"].strip(),
    ]
    return "\n\n".join(blocks) + "\n"


def _render_table(table: dict[str, Any]) -> str:
    rows = "\n".join(f"| `{name}` | {text} |" for name, text in table["columns"].items())
    return (
        f"## `{table['path']}`\n\n{table['what']} ({table['what_th']})\n\n"
        f"| column | meaning |\n|---|---|\n{rows}"
    )
