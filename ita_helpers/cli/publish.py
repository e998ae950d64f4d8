"""``ita publish``: the public editions of many offices as a site that any web server serves."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_files, open_workspace
from ita_helpers.cli.usage import Misuse, OneOf, Whole
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.screen import can_ask

if TYPE_CHECKING:
    from ita_helpers.rendering.publishing import Choice

PACKS = ("office",)


@command("publish")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.option("--to", "to", type=PATH, required=True, help=label("cli.publish.to"))
@click.option("--pack", type=OneOf(PACKS), help=label("cli.publish.pack"))
@click.option("--held-too", type=Whole(0), metavar="N", help=label("cli.publish.held_too"))
@click.pass_obj
def publish(
    root: Path | None,
    params: tuple[Path, ...],
    year: int | None,
    to: Path,
    pack: str | None,
    held_too: int | None,
) -> None:
    """Make a site of the reports that nothing holds back, or a zip for each office."""
    from tqdm import tqdm

    from ita_helpers.rendering import packing, site_folder
    from ita_helpers.rendering.publishing import choose
    from ita_helpers.run.own_folder import refuse_changed

    if pack and held_too is not None:
        raise Misuse(label("publish.pack.no_number"))
    workspace = open_workspace(root)
    _refuse_own_folder(workspace, to)
    refuse_changed(to, workspace.shown(to), packing.RECORD if pack else site_folder.RECORD)
    files = find_parameter_files(params, workspace, year)
    looked_at = tqdm(files, desc=label("publish.looking"), disable=None, leave=False)
    choices = [*choose(workspace, looked_at)]
    if pack:
        _pack(workspace, to, choices)
    held = [each for each in choices if not each.is_ready]
    _tell_held(held)
    left = [each for each in held if not each.is_final]
    is_all = _is_asked_for(left, held_too)
    chosen = [each for each in choices if each.is_ready or (is_all and not each.is_final)]
    if not chosen:
        click.echo(say("publish.nothing", folder=workspace.shown(to)), err=True)
        sys.exit(1)
    ask_trust(workspace)
    is_whole = _publish(workspace, to, chosen) and len(chosen) == len(choices)
    sys.exit(0 if is_whole else 1)


def _refuse_own_folder(workspace: Workspace, to: Path) -> None:
    """Raise ``Misuse`` for a place where the workspace has its files, though it be empty yet."""
    place, root = Path(os.path.realpath(to)), Path(os.path.realpath(workspace.root))
    own = (root / each for each in ("data", "issued", "notebooks", "params", "rendered"))
    if place == root or any(place.is_relative_to(each) for each in own):
        raise Misuse(say("publish.own_folder", folder=workspace.shown(to)))


def _pack(workspace: Workspace, to: Path, choices: Sequence[Choice]) -> NoReturn:
    """Make a zip for each office, of drafts too, since the office is to review them."""
    from ita_helpers.rendering.packing import LIST
    from ita_helpers.rendering.packing import pack as make
    from ita_helpers.store.trust import is_trusted

    unreadable = [each for each in choices if each.standing.state == "unreadable"]
    _tell_held(unreadable)
    chosen = [each for each in choices if each not in unreadable]
    ask_trust(workspace)
    packs = make(workspace, to, chosen, is_trusted=is_trusted(workspace))
    counts = {"count": len(packs), "offices": len({each.office.code for each in packs})}
    if packs:
        click.echo(say("publish.pack.done", folder=workspace.shown(to), list=LIST, **counts))
    else:
        click.echo(say("publish.nothing", folder=workspace.shown(to)), err=True)
    is_whole = sum(len(each.rows) for each in packs) == len(choices)
    sys.exit(0 if is_whole and packs else 1)


def _tell_held(held: Sequence[Choice]) -> None:
    """Say what holds reports back: by office, and by cell where a check finds something."""
    from ita_helpers.rendering.telling_standing import held_lines_of

    if held:
        click.echo(say("publish.held", count=len(held)))
    for each in held:
        for line in held_lines_of(each.standing, each.held, each.findings):
            click.echo(line)


def _is_asked_for(left: Sequence[Choice], held_too: int | None) -> bool:
    """Whether somebody has typed how many reports are held back, to publish them too."""
    count = len(left)
    if held_too is not None:
        if held_too != count:
            raise Misuse(say("publish.other_number", given=held_too, count=count))
        return True
    if not left or not can_ask():
        return False
    question = say("publish.ask", count=count)
    answer = str(click.prompt(question, default="", show_default=False)).strip()
    return answer == str(count)


def _publish(workspace: Workspace, to: Path, chosen: Sequence[Choice]) -> bool:
    """Make the site and say what became of it; returns whether all of it could be made."""
    from ita_helpers.boundary import told
    from ita_helpers.language.sizes import size_of
    from ita_helpers.rendering.publishing import gather
    from ita_helpers.rendering.site_folder import name_of, published_in, write_site
    from ita_helpers.store.trust import is_trusted

    before = published_in(to)
    gathered = gather(workspace, chosen, is_trusted=is_trusted(workspace))
    site, folder = gathered.site, workspace.shown(to)
    _tell_held(gathered.failed)
    if not site.reports:
        click.echo(say("publish.nothing", folder=folder), err=True)
        return False
    for each in gathered.uncompared:
        reason = str(told(each.error, workspace))
        click.echo(say("publish.uncompared", name=each.name, reason=reason), err=True)
    size = write_site(workspace, to, gathered)
    counts = {"count": len(site.reports), "offices": len(site.offices)}
    click.echo(say("publish.done", folder=folder, size=size_of(size), **counts))
    if gone := sorted(before - set(map(name_of, site.reports))):
        click.echo(say("publish.gone", names=gone))
    click.echo(say("publish.open", folder=folder))
    return not (gathered.failed or gathered.uncompared)
