"""The commands about reports: making, checking, editing and listing them."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from ita_helpers.cli.common import (
    PATH,
    YEAR,
    ask_trust,
    command,
    find_parameter_files,
    read_formats,
    year_option,
)
from ita_helpers.cli.usage import Misuse, OneOf, Real, Whole
from ita_helpers.edited.lines import name_of
from ita_helpers.errors import FileMissing
from ita_helpers.files.change import undisturbed, writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.index import PAGE, WORKBOOK, write_index
from ita_helpers.lab.opening import run_jupyterlab
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.finding import find_parameter_file, open_workspace
from ita_helpers.offices.params_in_bulk import write_parameters
from ita_helpers.plans.update import write_plan
from ita_helpers.publish.formats import all_formats
from ita_helpers.publish.standards import STANDARDS, Standard
from ita_helpers.rendering import copies
from ita_helpers.rendering.checking import Checked, check_all
from ita_helpers.rendering.many import Batch
from ita_helpers.rendering.one import RenderOptions, load
from ita_helpers.rendering.restoring import restore_slots
from ita_helpers.run.batch import Limits
from ita_helpers.run.execute import ENGINES, Engine
from ita_helpers.run.manifest import Manifest
from ita_helpers.run.sealing import read_report
from ita_helpers.scoring.assessment import assess
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.params import load_parameters
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import require_year
from ita_helpers.store.trust import is_trusted
from ita_helpers.words.explain import explain as explain_assessment


@command("explain")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def explain(root: Path | None, params: Path, year: int | None) -> None:
    """Print the arithmetic of one result."""
    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(params, workspace, year), workspace)
    organisation = find_organisation(workspace, parameters.organisation)
    framework = read_framework(workspace, parameters.fiscal_year)
    owner = (parameters.organisation, parameters.fiscal_year)
    scores = undisturbed(workspace.root, lambda: require_year(workspace, *owner, framework))
    click.echo(explain_assessment(organisation, assess(framework, scores)), nl=False)


@command("check")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.pass_obj
def check(root: Path | None, params: tuple[Path, ...], year: int | None) -> None:
    """Check parameter files, data and the words of notebooks."""
    workspace = open_workspace(root)
    files = find_parameter_files(params, workspace, year)
    found = Checked()
    for checked in check_all(workspace, files, names=not params):
        for line in checked.told:
            click.echo(line)
        found += checked
    for line in sorted(found.of_years):
        click.echo(line)
    count = len(found.lines)
    click.echo(say("check.done", files=len(files), count=count, drafts=found.drafts))
    sys.exit(1 if count else 0)


@command("plan")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def plan(root: Path | None, params: Path, year: int | None) -> None:
    """Draft the table of measures."""
    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(params, workspace, year), workspace)
    with writing(workspace.root):
        drafted = write_plan(workspace, parameters, load(workspace, parameters))
    file = workspace.shown(drafted.path)
    if drafted.backup:
        backup = workspace.shown(drafted.backup)
        click.echo(say("cli.plan.added", count=drafted.count, file=file, backup=backup))
        if drafted.formulas:
            click.echo(say("cli.plan.formulas", count=drafted.formulas))
    elif drafted.count:
        click.echo(say("cli.plan.made", count=drafted.count, file=file))
    elif drafted.path.exists():
        click.echo(say("cli.plan.nothing", file=file))
    else:
        click.echo(label("cli.plan.nothing_low"))


@command("params")
@click.option("--year", type=YEAR, required=True, help=label("cli.params.year"))
@click.option("--province", default="", help=label("cli.params.province"))
@click.option("--type", "kind", default="", help=label("cli.params.type"))
@click.pass_obj
def write_params(root: Path | None, year: int, province: str, kind: str) -> None:
    """Write parameter files in bulk."""
    workspace = open_workspace(root)
    written = write_parameters(workspace, year, province, kind)
    click.echo(
        say(
            "cli.params.done",
            made=len(written.made),
            kept=len(written.kept),
            folder=workspace.shown(workspace.params / str(year)),
            without=[each.name for each in written.without_scores],
        )
    )


@command("index")
@click.option("--out", type=PATH, help=label("cli.render.out"))
@click.pass_obj
def index(root: Path | None, out: Path | None) -> None:
    """Write the index page and workbook of all reports of a folder."""
    workspace = open_workspace(root)
    folder = out or workspace.rendered
    if not folder.is_dir():
        raise FileMissing(file=workspace.shown(folder))
    with closing(Manifest(folder, read_report)) as manifest:
        if manifest.was_rebuilt:
            click.echo(say("cli.render.rebuilt", file=workspace.shown(manifest.path)), err=True)
        count = write_index(folder, manifest.rows())
    files = [workspace.shown(folder / name) for name in (PAGE, WORKBOOK)]
    click.echo(say("cli.index.done", count=count, files=files))


@command("edit")
@click.argument("params", type=PATH)
@year_option
@click.option("--no-lab", is_flag=True, help=label("cli.edit.no_lab"))
@click.pass_obj
def edit(root: Path | None, params: Path, year: int | None, no_lab: bool) -> None:
    """Make or renew the office's own notebook of one report, and open it."""
    workspace = open_workspace(root)
    params = find_parameter_file(params, workspace, year)
    parameters = load_parameters(params, workspace)
    if not parameters.kind.has_copy:
        raise Misuse(label("follow_up.edit"))
    data = load(workspace, parameters)
    ask_trust(workspace)
    renewal = copies.renew_copy(workspace, parameters, params, data)
    _tell_renewal(workspace, renewal)
    if not no_lab:
        sys.exit(run_jupyterlab(workspace, str(renewal.path)))


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


@command("restore")
@click.argument("organisation", type=PATH)
@year_option
@click.option("--slot", default="", help=label("cli.restore.slot"))
@click.pass_obj
def restore(root: Path | None, organisation: Path, year: int | None, slot: str) -> None:
    """Bring slots that are gone back into the office's own notebook."""
    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(organisation, workspace, year), workspace)
    if not parameters.kind.has_copy:
        raise Misuse(label("follow_up.edit"))
    restored = restore_slots(workspace, parameters, load(workspace, parameters), slot)
    file = workspace.shown(restored.path)
    for each, source in restored.found.items():
        click.echo(say("edit.restored", slot=name_of(each), file=file, source=source))
    if restored.backup:
        click.echo(say("edit.restored_backup", backup=workspace.shown(restored.backup)))
    if restored.lost:
        click.echo(say("edit.not_restored", slots=list(map(name_of, restored.lost)), file=file))
        sys.exit(1)
    if not restored.found:
        click.echo(say("edit.nothing_missing", file=file, slot=slot))


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
) -> None:
    """Make the reports of the given parameter files."""
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
    )
    limits = Limits(limit_seconds, limit_megabytes)
    sys.exit(Batch(orders, limits, jobs, fail_fast=fail_fast, thai_names=thai_names).run(files))
