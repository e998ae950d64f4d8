"""``ita adopt``: corrections in a Word file, taken into the office's own notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.cli.usage import Misuse, confirmed
from ita_helpers.errors import BadCorrection
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.screen import can_ask

if TYPE_CHECKING:
    from ita_helpers.corrections.telling import Outline, ShownArea
    from ita_helpers.rendering.adopting import Adoption


@command("adopt")
@click.argument("file", type=PATH)
@click.option("--organisation", default="", help=label("cli.adopt.organisation"))
@year_option
@click.option("--all", "takes_all", is_flag=True, help=label("cli.adopt.all"))
@click.option("--slot", "slots", multiple=True, help=label("cli.adopt.slot"))
@click.option("--out", type=PATH, help=label("cli.adopt.out"))
@click.pass_obj
def adopt(
    root: Path | None,
    file: Path,
    organisation: str,
    year: int | None,
    takes_all: bool,
    slots: tuple[str, ...],
    out: Path | None,
) -> None:
    """Take what was corrected in a Word file into the office's own notebook."""
    from ita_helpers.corrections.page import write_page
    from ita_helpers.files.whole import write_whole
    from ita_helpers.offices.finding import seen_from
    from ita_helpers.rendering.telling_corrections import outline_of

    workspace = open_workspace(root)
    adoption = _prepared(workspace, seen_from(workspace, file), organisation, year)
    outline = outline_of(adoption)
    _refuse_unknown(outline, slots)
    for line in outline.warnings:
        click.echo(line, err=True)
    if outline.is_empty:
        click.echo(say("adopt.nothing", file=outline.file))
    if out:
        write_whole(out, write_page(outline).encode("utf-8"))
        click.echo(say("adopt.page_written", file=workspace.shown(out)))
    _ask_and_take(adoption, outline, takes_all, slots)


def _prepared(workspace: Workspace, file: Path, organisation: str, year: int | None) -> Adoption:
    """Return the corrections of a file. Raises ``BadCorrection``, or what reading raises."""
    from ita_helpers.documents.corrected_file import read_corrected
    from ita_helpers.records.organisation import SLUG
    from ita_helpers.rendering.adopting import open_adoption

    corrected = read_corrected(file, workspace.shown(file))
    of = corrected.origin
    of = of if of and SLUG.fullmatch(of.organisation) else None
    name = organisation or (of.organisation if of else "")
    if not name:
        raise BadCorrection(file=corrected.shown, problem="not_ours", found="", expected="")
    params = find_parameter_file(Path(name), workspace, year or (of.fiscal_year if of else None))
    ask_trust(workspace)
    return open_adoption(workspace, params, corrected)


def _ask_and_take(
    adoption: Adoption, outline: Outline, takes_all: bool, slots: Sequence[str]
) -> None:
    """Show what was corrected, ask unless it is said, and take it."""
    from ita_helpers.corrections.telling import lines_of_additions, lines_of_area, lines_of_told
    from ita_helpers.rendering.taking import take
    from ita_helpers.rendering.telling_corrections import lines_of_outcome

    asks = can_ask() and not takes_all and not slots
    chosen: list[str] = []
    for area in outline.areas:
        if slots and not _is_named(area, slots):
            continue
        click.echo("\n".join(lines_of_area(area)))
        if takes_all or _is_named(area, slots) or (asks and confirmed(label("adopt.ask"))):
            chosen.append(area.area)
    for line in lines_of_additions(outline):
        click.echo(line)
    is_asked = asks and outline.additions and confirmed(label("adopt.ask_addition"))
    takes_additions = bool(outline.additions) and bool(takes_all or is_asked)
    for line in lines_of_told(outline):
        click.echo(line)
    if not chosen and not takes_additions:
        if outline.areas or outline.additions:
            click.echo(label("adopt.declined" if asks else "adopt.unasked"))
        return
    for line in lines_of_outcome(adoption, take(adoption, chosen, with_additions=takes_additions)):
        click.echo(line)


def _refuse_unknown(outline: Outline, slots: Sequence[str]) -> None:
    """Raise ``Misuse`` for slots that are given but were not corrected."""
    unknown = [each for each in slots if not any(_is_named(area, [each]) for area in outline.areas)]
    if unknown:
        known = [area.name for area in outline.areas]
        raise Misuse(say("adopt.no_such_slot", file=outline.file, slots=unknown, known=known))


def _is_named(area: ShownArea, slots: Sequence[str]) -> bool:
    """Whether an area is among the slots given by name or number."""
    return any(name.strip() in (area.name, area.area, area.area.lstrip("0")) for name in slots)
