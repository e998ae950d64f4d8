"""The command line ``ita``: thin, and the one place that joins running to analysis."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from ita_helpers import copies, store
from ita_helpers.assessment import assess
from ita_helpers.catalogue import label, say
from ita_helpers.errors import FileMissing, ItaError
from ita_helpers.explain import explain as explain_assessment
from ita_helpers.index import PAGE, WORKBOOK, write_index
from ita_helpers.params import load_parameters
from ita_helpers.params_in_bulk import write_parameters
from ita_helpers.paths import ROOT_VARIABLE, Workspace, find_workspace
from ita_helpers.publish.standards import STANDARDS, Standard
from ita_helpers.rendering.many import Batch
from ita_helpers.rendering.one import FORMATS, Orders, load
from ita_helpers.run.batch import Limits
from ita_helpers.run.execute import ENGINES, Engine
from ita_helpers.run.jobs import read_report
from ita_helpers.run.manifest import Manifest


class _Command(click.Command):
    """A command whose help ends with an example that can be copied."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example under the options."""
        with formatter.section(label("cli.example")):
            formatter.write_text(self.example)


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    return main.command(
        name,
        cls=_Command,
        help=label(f"cli.{name}.help"),
        example=label(f"cli.{name}.example"),
    )


@click.group(help=label("cli.main"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), help=label("cli.root"))
@click.version_option(package_name="ita-helpers")
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Run ``ita``."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("ita_helpers").setLevel(logging.INFO)
    context.obj = root


@_command("explain")
@click.argument("params", type=click.Path(path_type=Path))
@click.pass_obj
def explain(root: Path | None, params: Path) -> None:
    """Print the arithmetic of one result."""
    try:
        workspace = find_workspace(root)
        parameters = load_parameters(params, workspace)
        organisation = store.find_organisation(workspace, parameters.organisation)
        framework = store.read_framework(workspace, parameters.fiscal_year)
        year = store.require_year(
            workspace, parameters.organisation, parameters.fiscal_year, framework
        )
    except ItaError as error:
        _stop(error)
    click.echo(explain_assessment(organisation, assess(framework, year)), nl=False)


@_command("check")
@click.argument("params", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def check(root: Path | None, params: tuple[Path, ...]) -> None:
    """Check parameter files, data and the words of notebooks."""
    try:
        workspace = find_workspace(root)
        files = find_parameter_files(params or (workspace.params,), workspace)
    except ItaError as error:
        _stop(error)
    count = drafts = 0
    for file in files:
        lines, unread = _check_report(workspace, file)
        for line in lines:
            click.echo(line)
        count += len(lines)
        drafts += unread
    click.echo(say("check.done", files=len(files), count=count, drafts=drafts))
    sys.exit(1 if count else 0)


def _check_report(workspace: Workspace, file: Path) -> tuple[list[str], int]:
    """Return a line for everything wrong with one report, and how many of its slots are drafts."""
    try:
        parameters = load_parameters(file, workspace)
        data = load(workspace, parameters)
        joined = copies.join_copy(workspace, parameters, data)
        drafts = len(joined.slots("draft")) if joined else len(copies.drafts_of(data))
        return copies.check_report(workspace, parameters, data, joined), drafts
    except ItaError as error:
        return [str(error)], 0


@_command("params")
@click.option(
    "--year", type=click.IntRange(2500, 2700), required=True, help=label("cli.params.year")
)
@click.option("--province", default="", help=label("cli.params.province"))
@click.option("--type", "kind", default="", help=label("cli.params.type"))
@click.pass_obj
def write_params(root: Path | None, year: int, province: str, kind: str) -> None:
    """Write parameter files in bulk."""
    try:
        workspace = find_workspace(root)
        written = write_parameters(workspace, year, province, kind)
    except ItaError as error:
        _stop(error)
    click.echo(
        say(
            "cli.params.done",
            made=len(written.made),
            kept=len(written.kept),
            folder=workspace.shown(workspace.params / str(year)),
            without=[each.name for each in written.without_scores],
        )
    )


@_command("index")
@click.option("--out", type=click.Path(path_type=Path), help=label("cli.render.out"))
@click.pass_obj
def index(root: Path | None, out: Path | None) -> None:
    """Write the page and the workbook over all reports of a folder."""
    try:
        workspace = find_workspace(root)
        folder = out or workspace.rendered
        if not folder.is_dir():
            raise FileMissing(file=workspace.shown(folder))
        with closing(Manifest(folder, read_report)) as manifest:
            rows = list(manifest.rows())
        if manifest.was_rebuilt:
            click.echo(say("cli.render.rebuilt", file=workspace.shown(manifest.path)), err=True)
        write_index(folder, rows)
    except ItaError as error:
        _stop(error)
    files = [workspace.shown(folder / name) for name in (PAGE, WORKBOOK)]
    click.echo(say("cli.index.done", count=len(rows), files=files))


@_command("edit")
@click.argument("params", type=click.Path(path_type=Path))
@click.option("--no-lab", is_flag=True, help=label("cli.edit.no_lab"))
@click.pass_obj
def edit(root: Path | None, params: Path, no_lab: bool) -> None:
    """Make or renew the office's own notebook of one report, and open it."""
    try:
        workspace = find_workspace(root)
        parameters = load_parameters(params, workspace)
        data = load(workspace, parameters)
        renewal = copies.renew_copy(workspace, parameters, params, data)
    except ItaError as error:
        _stop(error)
    _tell_renewal(workspace, renewal)
    if not no_lab:
        environment = {**os.environ, ROOT_VARIABLE: str(workspace.root)}
        command = [sys.executable, "-m", "jupyterlab", str(renewal.path)]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


def _tell_renewal(workspace: Workspace, renewal: copies.Renewal) -> None:
    file = workspace.shown(renewal.path)
    if not renewal.is_written:
        click.echo(say("edit.current", file=file))
    elif renewal.backup:
        click.echo(say("edit.renewed", file=file, backup=workspace.shown(renewal.backup)))
    else:
        click.echo(say("edit.made", file=file))
    if renewal.offers:
        click.echo(say("edit.offered", year=renewal.offers_of, count=renewal.offers))


@_command("render")
@click.argument("params", nargs=-1, type=click.Path(path_type=Path))
@click.option("--to", default="html,pdf", show_default=True, help=label("cli.render.to"))
@click.option("--out", type=click.Path(path_type=Path), help=label("cli.render.out"))
@click.option("--force", is_flag=True, help=label("cli.render.force"))
@click.option(
    "--pdf-standard",
    type=click.Choice(STANDARDS),
    default="ua-1",
    show_default=True,
    help=label("cli.render.pdf_standard"),
)
@click.option("--fail-fast", is_flag=True, help=label("cli.render.fail_fast"))
@click.option("--jobs", type=click.IntRange(1), help=label("cli.render.jobs"))
@click.option(
    "--limit-seconds",
    type=click.FloatRange(min=1),
    default=Limits.seconds,
    show_default=True,
    help=label("cli.render.limit_seconds"),
)
@click.option(
    "--limit-megabytes",
    type=click.IntRange(256),
    default=Limits.megabytes,
    show_default=True,
    help=label("cli.render.limit_megabytes"),
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="ita",
    show_default=True,
    help=label("cli.render.engine"),
)
@click.option("--scheduler", default="", help=label("cli.render.scheduler"))
@click.pass_obj
def render(
    root: Path | None,
    params: tuple[Path, ...],
    to: str,
    out: Path | None,
    force: bool,
    fail_fast: bool,
    pdf_standard: Standard,
    jobs: int | None,
    limit_seconds: float,
    limit_megabytes: int,
    engine: Engine,
    scheduler: str,
) -> None:
    """Make the reports of the given parameter files."""
    formats = _formats(to)
    try:
        workspace = find_workspace(root)
        files = find_parameter_files(params or (workspace.params,), workspace)
        if not files:
            places = [workspace.shown(place) for place in params or (workspace.params,)]
            raise click.UsageError(say("cli.render.nothing", places=places))
        out = out or workspace.rendered
        orders = Orders(
            workspace,
            out.absolute(),
            formats,
            pdf_standard,
            force,
            limit_seconds,
            engine,
            scheduler,
        )
        limits = Limits(limit_seconds, limit_megabytes)
        sys.exit(Batch(orders, limits, jobs, fail_fast=fail_fast).run(files))
    except ItaError as error:
        _stop(error)


def _formats(to: str) -> tuple[str, ...]:
    """Return the formats of a list, each once."""
    formats = tuple(dict.fromkeys(each.strip() for each in to.split(",") if each.strip()))
    unknown = [each for each in formats if each not in FORMATS]
    if unknown or not formats:
        value = ", ".join(unknown) or to
        raise click.UsageError(say("cli.render.bad_format", value=value, known=list(FORMATS)))
    return formats


def find_parameter_files(places: Iterable[Path], workspace: Workspace) -> list[Path]:
    """Return the files named, and all ``*.yml`` in the folders named, each once.

    Raises ``FileMissing`` for a place that does not exist.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            found.update(dict.fromkeys(_visible(place)))
        elif place.exists():
            found[place.absolute()] = None
        else:
            raise FileMissing(file=workspace.shown(place))
    return list(found)


def _visible(folder: Path) -> list[Path]:
    """Return the parameter files of a folder, without those of hidden folders (checkpoints)."""
    return sorted(
        path.absolute()
        for path in folder.rglob("*.yml")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _stop(error: ItaError) -> None:
    click.echo(say("cli.error", message=str(error)), err=True)
    sys.exit(1)
