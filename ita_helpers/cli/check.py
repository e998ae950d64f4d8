"""``ita check``: parameter files, data and the words of notebooks; finished reports."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import documents_in, find_parameter_files, open_workspace
from ita_helpers.cli.usage import OneOf
from ita_helpers.language.catalogue import label

FORMATS = ("text", "json", "html")


def _texts(name: str, key: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return an option that may be given several times, or once with commas."""
    return click.option(name, multiple=True, metavar="CODE", help=label(f"cli.check.{key}"))


@command("check")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.option("--format", "form", type=OneOf(FORMATS), help=label("cli.check.format"))
@click.option("--out", type=PATH, help=label("cli.check.out"))
@_texts("--select", "select")
@_texts("--ignore", "ignore")
@click.option("--explain", metavar="CODE", help=label("cli.check.explain"))
@click.pass_obj
def check(
    root: Path | None,
    params: tuple[Path, ...],
    year: int | None,
    form: str | None,
    out: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
) -> None:
    """Check parameter files, data and the words of notebooks; or finished reports."""
    from ita_helpers.cli.outcome import Asked

    if explain:
        from ita_helpers.cli.check_documents import explain_rules

        explain_rules(explain)
        return
    workspace = open_workspace(root)
    documents = documents_in(workspace, params)
    asked = Asked(form or FORMATS[0], out, select, ignore)
    if documents:
        from ita_helpers.cli.check_documents import check_finished_reports

        sys.exit(check_finished_reports(workspace, documents, asked))
    from ita_helpers.cli.check_reports import check_reports

    files = find_parameter_files(params, workspace, year)
    sys.exit(check_reports(workspace, files, asked, names=not params))
