"""``ita issue``: a version of a report to be signed, frozen with all it consists of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, command, edition_option, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.cli.usage import Misuse
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ita_helpers.records.editions import Edition
    from ita_helpers.rendering.issuable import Candidate
    from ita_helpers.rendering.issuing import Issued


@command("issue")
@click.argument("params", type=PATH)
@year_option
@edition_option
@click.option("--date", "day", help=label("cli.issue.date"))
@click.option("--made-up", is_flag=True, help=label("cli.issue.made_up"))
@click.pass_obj
def issue(
    root: Path | None,
    params: Path,
    year: int | None,
    edition: Edition | None,
    day: str | None,
    made_up: bool,
) -> None:
    """Issue a version of a report."""
    from ita_helpers.rendering.issuable import read_candidate
    from ita_helpers.rendering.issuing import issue as make
    from ita_helpers.store.trust import is_trusted

    workspace = open_workspace(root)
    file = find_parameter_file(params, workspace, year)
    candidate = read_candidate(workspace, file, edition, allows_made_up=made_up)
    candidate = candidate.dated(_day(day, candidate.parameters.fiscal_year))
    _stop_if_refused(candidate, list(candidate.refusals()))
    ask_trust(workspace)
    made = make(candidate, is_trusted=is_trusted(workspace))
    _stop_if_refused(candidate, made.refusals)
    _tell(workspace, made)


def _day(text: str | None, fiscal_year: int) -> date | None:
    """Return the date that was asked for. Raises ``Misuse``."""
    from ita_helpers.language.dates import BadDate, parse_date

    try:
        return parse_date(text, fiscal_year + 1) if text is not None else None
    except BadDate as error:
        raise Misuse(say("issue.bad_date", value=text, year=fiscal_year + 1)) from error


def _stop_if_refused(candidate: Candidate, refusals: Sequence[str]) -> None:
    if refusals:
        facts = {"name": candidate.version.name, "year": candidate.version.fiscal_year}
        click.echo(say("issue.refused", **facts), err=True)
        for each in refusals:
            click.echo(say("issue.refusal", text=each), err=True)
        sys.exit(1)


def _tell(workspace: Workspace, made: Issued) -> None:
    """Say what was issued, and what changed since the version before."""
    from ita_helpers.issued.telling import line_of, line_of_version
    from ita_helpers.language.dates import format_date

    version, before = line_of_version(made.version), made.before
    facts = {"version": version, "folder": workspace.shown(made.folder)}
    if made.lost:
        shelf = workspace.shown(made.folder.parent)
        click.echo(say("issue.lost", numbers=list(map(str, made.lost)), folder=shelf), err=True)
    if not made.is_new:
        click.echo(say("issue.unchanged", **facts))
        return
    click.echo(say("issue.done", files=len(made.version.files), **facts))
    if before:
        click.echo(say("issue.since", number=before.number, day=format_date(before.day)))
        for each in made.version.changes:
            click.echo(say("issue.change", text=line_of(each)))
