"""``ita teach``: the lesson."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.cli.usage import OneOf, read_formats
from ita_helpers.errors import NoParameters
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import Numerals
from ita_helpers.publish.formats import all_formats


def _formats() -> list[str]:
    """Return the formats of the trainer's papers; the page is separate."""
    return [each.name for each in all_formats() if each.is_paged and each.is_whole]


@command("teach")
@click.argument("organisation", required=False, default="")
@click.option("--year", type=YEAR, help=label("cli.teach.year"))
@click.option(
    "--numerals",
    type=OneOf(get_args(Numerals)),
    default="arabic",
    show_default=True,
    help=label("cli.teach.numerals"),
)
@click.option("--to", default=",".join(_formats()), show_default=True, help=label("cli.teach.to"))
@click.option("--out", type=PATH, help=label("cli.render.out"))
@click.pass_obj
def teach(
    root: Path | None,
    organisation: str,
    year: int | None,
    numerals: Numerals,
    to: str,
    out: Path | None,
) -> None:
    """Make the teaching page and the trainer's papers."""
    from ita_helpers.teaching.making import make_teaching

    formats = read_formats(to, _formats())
    workspace = open_workspace(root)
    code, fiscal_year = _choose(workspace, organisation, year)
    ask_trust(workspace)
    click.echo(label("cli.teach.making"))
    folder = (out or workspace.rendered).absolute()
    made = make_teaching(workspace, code, fiscal_year, numerals, formats, folder)
    for file in made:
        click.echo(workspace.shown(file))
    click.echo(label("cli.teach.done"))


def _choose(workspace: Workspace, organisation: str, year: int | None) -> tuple[str, int]:
    """Return code and year (B.E.) of the result to teach with, by default the made-up one's.

    Raises ``NoParameters`` for an organisation without scores in any year.
    """
    from ita_helpers.offices.finding import find_named
    from ita_helpers.store.scores import years_with_scores
    from ita_helpers.teaching.loading import EXAMPLE, EXAMPLE_YEAR

    if organisation in ("", EXAMPLE):
        return EXAMPLE, year or EXAMPLE_YEAR
    found = find_named(workspace, organisation)
    newest = max(years_with_scores(workspace, found.code), default=0)
    if not (year or newest):
        raise NoParameters(name=found.name, fiscal_year=0)
    return found.code, year or newest
