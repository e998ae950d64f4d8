"""``ita import``: scores from spreadsheets and finished reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.common import PATH, YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.cli.usage import confirmed
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ita_helpers.importing.new_values import Import


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
    """Read scores from spreadsheets and reports, show what would change, and write it."""
    from dataclasses import replace

    from ita_helpers.importing.apply import apply_as_shown, left_alone
    from ita_helpers.importing.compare import compare
    from ita_helpers.importing.files import read_file
    from ita_helpers.importing.found import Asked
    from ita_helpers.importing.new_values import Consent
    from ita_helpers.offices.finding import find_named

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
    sys.exit(1 if left or (yes and plan.hidden) else 0)


def _wants_hidden(plan: Import) -> bool:
    """Show what is hidden in the files, and ask whether to include it."""
    from ita_helpers.importing.telling import describe_hidden

    for line in describe_hidden(plan):
        click.echo(line)
    return confirmed(label("cli.import.ask_hidden"))


def _is_wanted(plan: Import, *, ask: bool, dry_run: bool) -> bool:
    """Show a plan; whether it changes anything and the person wants it written."""
    from ita_helpers.importing.telling import describe_plan

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
    following = _following(workspace, plan)
    if files and following:
        click.echo(say("cli.import.done", files=files, unchanged=plan.unchanged, next=following))
    elif files:
        key = "kept" if plan.changes else "added"
        click.echo(say(f"cli.import.{key}", files=files))


def _following(workspace: Workspace, plan: Import) -> str:
    """Return the command that renders what came in; nothing where none of it can be rendered.

    Groups have no report, and years without rules none either.
    """
    from ita_helpers.store.organisations import read_organisations
    from ita_helpers.store.scores import organisations_with_scores

    groups = {each.code for each in plan.newcomers if each.is_group}
    groups |= {e.code for e in read_organisations(workspace).values() if e.is_reference}
    years = set(workspace.framework_years())
    scored = {
        year: organisations_with_scores(workspace, year)
        for year in {each.fiscal_year for each in plan.changes} & years
    }
    shown = {
        (each.fiscal_year, each.organisation)
        for each in plan.changes
        if each.organisation not in groups and each.organisation in scored.get(each.fiscal_year, ())
    }
    if not shown:
        return ""
    newest, code = max(shown)
    is_one = sum(year == newest for year, _ in shown) == 1
    one = f"ita render {code} --year {newest}"
    return one if is_one else f"ita params --year {newest} && ita render"
