"""What people see in JupyterLab: the start page and its steps, links, the last cell of a copy.

Notebooks call these functions. Importing loads nothing, so that a notebook can show at once that it
has started.
"""

from __future__ import annotations


def show() -> None:
    """Show the start page in the notebook."""
    from ita_helpers.lab.start_page import show

    show()


def render_report(params: str) -> None:
    """Make the report of a parameter file, seen from the notebook's folder, and link to it."""
    from ita_helpers.lab.report import render_report

    render_report(params)
