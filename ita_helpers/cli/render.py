"""``ita render``: the reports of parameter files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, command, edition_option, year_option
from ita_helpers.cli.places import find_parameter_files, open_workspace
from ita_helpers.cli.usage import OneOf, Real, Whole, read_formats
from ita_helpers.language.catalogue import label
from ita_helpers.publish.formats import all_formats
from ita_helpers.publish.standards import STANDARDS, Standard
from ita_helpers.run.limits import ENGINES, Engine, Limits

if TYPE_CHECKING:
    from ita_helpers.records.editions import Edition


@command("render")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.option(
    "--to",
    default=",".join(each.name for each in all_formats() if each.is_usual),
    show_default=True,
    help=label("cli.render.to"),
)
@click.option("--out", type=PATH, help=label("cli.render.out"))
@click.option("--thai-names", is_flag=True, help=label("cli.render.thai_names"))
@edition_option
@click.option("--force", is_flag=True, help=label("cli.render.force"))
@click.option(
    "--pdf-standard",
    type=OneOf(STANDARDS),
    default="ua-1",
    show_default=True,
    help=label("cli.render.pdf_standard"),
)
@click.option("--fail-fast", is_flag=True, help=label("cli.render.fail_fast"))
@click.option("--jobs", type=Whole(1), help=label("cli.render.jobs"))
@click.option(
    "--limit-seconds",
    type=Real(min=1),
    default=Limits.seconds,
    show_default=True,
    help=label("cli.render.limit_seconds"),
)
@click.option(
    "--limit-megabytes",
    type=Whole(256),
    default=Limits.megabytes,
    show_default=True,
    help=label("cli.render.limit_megabytes"),
)
@click.option(
    "--engine",
    type=OneOf(ENGINES),
    default="ita",
    show_default=True,
    help=label("cli.render.engine"),
)
@click.option("--scheduler", default="", help=label("cli.render.scheduler"))
@click.pass_obj
def render(
    root: Path | None,
    params: tuple[Path, ...],
    year: int | None,
    to: str,
    out: Path | None,
    thai_names: bool,
    force: bool,
    fail_fast: bool,
    pdf_standard: Standard,
    jobs: int | None,
    limit_seconds: float,
    limit_megabytes: int,
    engine: Engine,
    scheduler: str,
    edition: Edition | None,
) -> None:
    """Make the reports of the given parameter files."""
    from ita_helpers.rendering.many import Batch
    from ita_helpers.rendering.orders import RenderOptions
    from ita_helpers.store.trust import is_trusted

    formats = read_formats(to, [each.name for each in all_formats()])
    workspace = open_workspace(root)
    files = find_parameter_files(params, workspace, year)
    ask_trust(workspace)
    out = out or workspace.rendered
    orders = RenderOptions(
        workspace,
        out.absolute(),
        formats,
        pdf_standard,
        force,
        limit_seconds,
        engine,
        scheduler,
        is_trusted(workspace),
        edition=edition,
    )
    limits = Limits(limit_seconds, limit_megabytes)
    sys.exit(Batch(orders, limits, jobs, fail_fast=fail_fast, thai_names=thai_names).run(files))
