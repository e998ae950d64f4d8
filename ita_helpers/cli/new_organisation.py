"""``ita new organisation``: an organisation with all its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.common import YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.errors import MisspeltPlace, SimilarOrganisation
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.screen import can_ask

if TYPE_CHECKING:
    from ita_helpers.offices.newcomers import Newcomer


@command("new.organisation")
@click.option("--name", default="", help=label("cli.new.organisation.name"))
@click.option("--type", "kind", default="", help=label("cli.new.organisation.type"))
@click.option("--district", default=None, help=label("cli.new.organisation.district"))
@click.option("--province", default=None, help=label("cli.new.organisation.province"))
@click.option("--official-code", default="", help=label("cli.new.organisation.official_code"))
@click.option("--code", default="", help=label("cli.new.organisation.code"))
@click.option("--year", type=YEAR, help=label("cli.new.organisation.year"))
@click.pass_obj
def new_organisation(
    root: Path | None,
    name: str,
    kind: str,
    district: str | None,
    province: str | None,
    official_code: str,
    code: str,
    year: int | None,
) -> None:
    """Add an organisation with all its files; ask for whatever was not given."""
    from dataclasses import replace

    from ita_helpers.offices.newcomers import add_organisation, check_newcomer
    from ita_helpers.store.rules import newest_year, read_framework

    workspace = open_workspace(root)
    year = year or newest_year(workspace)
    read_framework(workspace, year)
    newcomer = _ask(workspace, name, kind, district, province)
    newcomer = replace(newcomer, official_code=official_code, code=code.strip().lower())
    check_newcomer(workspace, newcomer)
    if not code:
        newcomer = replace(newcomer, code=_ask_code(workspace, newcomer))
    added = add_organisation(workspace, newcomer, year, with_form=True)
    click.echo(
        say(
            "cli.new.organisation.done",
            name=newcomer.name,
            code=added.organisation.code,
            files=[workspace.shown(each) for each in added.files],
            form=workspace.shown(added.files[-1]),
            year=year,
        )
    )


def _ask(
    workspace: Workspace, name: str, kind: str, district: str | None, province: str | None
) -> Newcomer:
    """Return the office, asking for what is not known."""
    from ita_helpers.offices.newcomers import Newcomer, check_not_misspelt

    name = name or click.prompt(label("cli.new.organisation.name"))
    known = Newcomer.of(name, type=kind)
    if not known.type:
        kind = click.prompt(label("cli.new.organisation.type"))
    if district is None:
        district = click.prompt(label("cli.new.organisation.district"), default="")
    if province is None:
        province = click.prompt(label("cli.new.organisation.province"), default="")
    newcomer = Newcomer.of(name, type=kind or known.type, district=district, province=province)
    try:
        check_not_misspelt(workspace, newcomer)
    except (MisspeltPlace, SimilarOrganisation) as error:
        click.echo(say("cli.new.organisation.similar", message=str(error)), err=True)
    return newcomer


def _ask_code(workspace: Workspace, newcomer: Newcomer) -> str:
    """Return the code a person confirms or types; empty if nobody can be asked."""
    from ita_helpers.offices.newcomers import codes_in_use, with_code

    if not can_ask():
        return ""
    proposed = with_code(newcomer, codes_in_use(workspace)).code
    return str(click.prompt(label("cli.new.organisation.code"), default=proposed))
