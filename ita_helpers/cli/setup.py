"""The commands for setting up: workspace, office, score form, import, start page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, YEAR, command, main
from ita_helpers.cli.usage import confirmed
from ita_helpers.errors import AlreadyThere, SimilarOrganisation
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.forms.writer import write_form
from ita_helpers.importing.apply import apply_as_shown, left_alone
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.importing.new_values import Consent, Import
from ita_helpers.importing.telling import describe_hidden, describe_plan
from ita_helpers.lab.opening import open_start_page
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.finding import find_named, open_workspace
from ita_helpers.offices.newcomers import (
    Newcomer,
    add_organisation,
    check_newcomer,
    check_not_misspelt,
    codes_in_use,
    with_code,
)
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.store.rules import newest_year, read_framework
from ita_helpers.store.trust import distrust, files_to_trust, shown_to_trust, trust


@main.group("new", help=label("cli.new.help"), short_help=label("cli.new.help"))
def new() -> None:
    """Create a workspace, an organisation or a form."""


@command("workspace", new, "new.workspace")
@click.argument("folder", metavar="DIR", type=PATH)
def new_workspace(folder: Path) -> None:
    """Make an office's own workspace."""
    workspace = make_workspace(folder)
    click.echo(say("cli.new.workspace.done", folder=workspace.root))


@command("organisation", new, "new.organisation")
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
    except SimilarOrganisation as error:
        click.echo(say("cli.new.organisation.similar", message=str(error)), err=True)
    return newcomer


def _ask_code(workspace: Workspace, newcomer: Newcomer) -> str:
    """Return the code a person confirms or types; empty if nobody can be asked."""
    if not sys.stdin.isatty():
        return ""
    proposed = with_code(newcomer, codes_in_use(workspace)).code
    return str(click.prompt(label("cli.new.organisation.code"), default=proposed))


@command("form", new, "new.form")
@click.argument("organisation", required=False, default="")
@click.option("--year", type=YEAR, required=True, help=label("cli.new.form.year"))
@click.option("--out", type=PATH, help=label("cli.new.form.out"))
@click.pass_obj
def new_form(root: Path | None, organisation: str, year: int, out: Path | None) -> None:
    """Write the score form."""
    workspace = open_workspace(root)
    known = find_named(workspace, organisation) if organisation else None
    out = out.absolute() if out else None
    with writing(out.parent if out else workspace.root):
        if out and out.exists():
            raise AlreadyThere(file=str(out))
        path = write_form(workspace, year, known, out)
    click.echo(say("form.made", file=workspace.shown(path)))


@command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--year", type=YEAR, help=label("cli.import.year"))
@click.option("--organisation", default="", help=label("cli.import.organisation"))
@click.option("--province", default="", help=label("cli.import.province"))
@click.option("--dry-run", is_flag=True, help=label("cli.import.dry_run"))
@click.option("--yes", is_flag=True, help=label("cli.import.yes"))
@click.option("--force", is_flag=True, help=label("cli.import.force"))
@click.option("--accept", is_flag=True, help=label("cli.import.accept"))
@click.option("--hidden", is_flag=True, help=label("cli.import.hidden_too"))
@click.pass_obj
def import_scores(
    root: Path | None,
    files: tuple[Path, ...],
    year: int | None,
    organisation: str,
    province: str,
    dry_run: bool,
    yes: bool,
    force: bool,
    accept: bool,
    hidden: bool,
) -> None:
    """Read scores from spreadsheets, show what would change, and write it."""
    workspace = open_workspace(root)
    code = find_named(workspace, organisation).code if organisation else ""
    orders = Asked(workspace, year or 0, code, province)
    readings = [read_file(file, orders) for file in files]
    consent = Consent(overwrite=force, accept=accept, hidden=hidden)
    plan = compare(workspace, readings, consent)
    if plan.hidden and not (yes or dry_run) and _wants_hidden(plan):
        consent = replace(consent, hidden=True)
        plan = compare(workspace, readings, consent)
    elif plan.hidden and (yes or dry_run):
        click.echo(label("cli.import.left_hidden"), err=True)
    written = None
    while written is None:
        if not _is_wanted(plan, ask=not yes, dry_run=dry_run):
            sys.exit(1 if yes and plan.hidden else 0)
        shown = plan
        plan, written = apply_as_shown(workspace, readings, shown, consent)
        if written is None:
            click.echo(label("cli.import.changed"), err=True)
        if written is None and yes and force and plan.contradicts_more(shown):
            _is_wanted(plan, ask=False, dry_run=True)
            sys.exit(1)
    left = set() if force else left_alone(plan)
    _tell_written(workspace, plan, written, left)
    is_left = left or (yes and plan.hidden)
    is_unseen = plan.is_doubtful and not (accept or force)
    sys.exit(1 if is_left or is_unseen else 0)


def _wants_hidden(plan: Import) -> bool:
    """Show what is hidden in the files, and ask whether to include it."""
    for line in describe_hidden(plan):
        click.echo(line)
    return confirmed(label("cli.import.ask_hidden"))


def _is_wanted(plan: Import, *, ask: bool, dry_run: bool) -> bool:
    """Show a plan; whether it changes anything and the person wants it written."""
    for line in describe_plan(plan):
        click.echo(line)
    if plan.is_empty:
        click.echo(say("cli.import.nothing", unchanged=plan.unchanged))
        return False
    if dry_run or (ask and not confirmed(label("cli.import.ask"))):
        click.echo(label("cli.import.not_saved"))
        return False
    return True


def _tell_written(
    workspace: Workspace, plan: Import, written: Iterable[Path], left: set[tuple[str, int]]
) -> None:
    if left:
        offices = [f"{plan.names[code]} ({year})" for code, year in sorted(left)]
        click.echo(say("cli.import.left", offices=offices), err=True)
    files = [workspace.shown(path) for path in written]
    if files and plan.changes:
        newest = max(each.fiscal_year for each in plan.changes)
        codes = {each.organisation for each in plan.changes if each.fiscal_year == newest}
        one = f"ita render {codes.pop()} --year {newest}"
        following = one if not codes else f"ita params --year {newest} && ita render"
        click.echo(say("cli.import.done", files=files, unchanged=plan.unchanged, next=following))
    elif files:
        click.echo(say("cli.import.added", files=files))


@command("start")
@click.argument("folder", metavar="[DIR]", required=False, type=PATH)
@click.pass_obj
def start(root: Path | None, folder: Path | None) -> None:
    """Open the start page."""
    status = open_start_page(folder or root)
    sys.exit(status)


@command("trust")
@click.option("--revoke", is_flag=True, help=label("cli.trust.revoke"))
@click.pass_obj
def trust_workspace(root: Path | None, revoke: bool) -> None:
    """Let the code of a workspace run."""
    workspace = open_workspace(root)
    if revoke:
        distrust(workspace)
        click.echo(say("cli.trust.revoked", workspace=workspace.root))
        return
    found = files_to_trust(workspace)
    trust(workspace)
    click.echo(say("cli.trust.done", **shown_to_trust(workspace, found)))
