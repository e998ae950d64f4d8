"""What people see in JupyterLab: the start page and its steps, links, the last cell of a copy."""

from ita_helpers.lab.report import render_report

__all__ = ["render_report"]
