"""``ita confirm-rules``: rules taken over from another year, confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.common import YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.errors import BadConfirmation
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say

if TYPE_CHECKING:
    from datetime import date

    from ita_helpers.store.confirming import ShownRules


@command("confirm-rules")
@click.argument("year", type=YEAR)
@click.option("--document", help=label("confirm.ask.document"))
@click.option("--page", help=label("confirm.ask.page"))
@click.option("--date", "day", help=label("confirm.ask.date"))
@click.pass_obj
def confirm_rules(
    root: Path | None, year: int, document: str | None, page: str | None, day: str | None
) -> None:
    """Show assumed rules, and record the document that confirms them."""
    from ita_helpers.language.dates import today_in_thailand
    from ita_helpers.records.rules import Confirmation
    from ita_helpers.store.confirming import check_fact, confirm, read_assumed
    from ita_helpers.words.rules import confirmation_of

    workspace, today = open_workspace(root), today_in_thailand()
    shown = read_assumed(workspace, year)
    given = {"document": document, "page": page, "date": day}
    known = {key: check_fact(key, text, today) for key, text in given.items() if text is not None}
    _show(workspace, shown)
    facts = {key: known[key] if key in known else _ask(key, today) for key in given}
    confirmation = Confirmation(**facts)
    done = confirm(workspace, shown, confirmation)
    click.echo(
        say(
            "confirm.done",
            year=year,
            source=confirmation_of(confirmation),
            file=workspace.shown(done.file),
            backup=workspace.shown(done.backup) if done.backup else "",
        )
    )


def _show(workspace: Workspace, shown: ShownRules) -> None:
    from ita_helpers.words.rules import describe_known, describe_rules

    framework, file = shown.framework, workspace.shown(shown.file)
    facts = {"year": framework.fiscal_year, "from_year": framework.assumed_from, "file": file}
    click.echo(say("confirm.title", **facts))
    for line in describe_rules(framework):
        click.echo(line)
    known = list(describe_known(framework))
    for line in (label("confirm.head.known"), *known) if known else ():
        click.echo(line)
    click.echo(say("confirm.scope", year=framework.fiscal_year))


def _ask(key: str, today: date) -> str:
    """Return what a person types, asking again until it can be used."""
    from ita_helpers.store.confirming import check_fact

    while True:
        typed = click.prompt(label(f"confirm.ask.{key}"), default="", show_default=False)
        try:
            return check_fact(key, typed, today)
        except BadConfirmation as error:
            click.echo(str(error), err=True)
