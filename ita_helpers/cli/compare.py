"""``ita compare``: many offices beside each other, from their finished reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.cli.usage import read_formats
from ita_helpers.language.catalogue import label
from ita_helpers.publish.formats import all_formats

SECONDS = 600


@command("compare")
@click.argument("offices", nargs=-1)
@click.option("--year", type=YEAR, required=True, help=label("cli.compare.year"))
@click.option("--province", default="", help=label("cli.compare.province"))
@click.option("--district", default="", help=label("cli.compare.district"))
@click.option("--type", "kind", default="", help=label("cli.compare.type"))
@click.option("--mark", default="", help=label("cli.compare.mark"))
@click.option(
    "--to",
    default=",".join(each.name for each in all_formats() if each.is_usual),
    show_default=True,
    help=label("cli.render.to"),
)
@click.option("--out", type=PATH, help=label("cli.render.out"))
@click.pass_obj
def compare(
    root: Path | None,
    offices: tuple[str, ...],
    year: int,
    province: str,
    district: str,
    kind: str,
    mark: str,
    to: str,
    out: Path | None,
) -> None:
    """Compare the finished reports of many offices."""
    from ita_helpers.offices.comparisons import place_comparison
    from ita_helpers.offices.finding import find_named
    from ita_helpers.rendering.many import Batch
    from ita_helpers.rendering.orders import RenderOptions
    from ita_helpers.reports.gathering import members_of
    from ita_helpers.run.limits import Limits
    from ita_helpers.scoring.compared import Scope
    from ita_helpers.store.rules import read_framework
    from ita_helpers.store.trust import is_trusted

    formats = read_formats(to, [each.name for each in all_formats()])
    workspace = open_workspace(root)
    read_framework(workspace, year)
    codes = [find_named(workspace, name).code for name in offices]
    members_of(workspace, Scope(province, district, kind, tuple(codes)))
    asked = {"province": province, "district": district, "office_type": kind, "offices": codes}
    marked = find_named(workspace, mark).code if mark else ""
    file = place_comparison(workspace, year, {**asked, "marked": marked})
    orders = RenderOptions(
        workspace,
        (out or workspace.rendered).absolute(),
        formats,
        "ua-1",
        force=False,
        seconds=SECONDS,
        is_trusted=is_trusted(workspace),
    )
    sys.exit(Batch(orders, Limits(SECONDS)).run([file]))
