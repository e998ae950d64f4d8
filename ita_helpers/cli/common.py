"""What all commands share: the group, help with an example, how they stop, finding their files."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from ita_helpers.boundary import told
from ita_helpers.cli.usage import HELP, Misuse, Year, confirmed, refuse_more, told_in_thai
from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace, find_workspace
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.offices.finding import find_parameter_file, is_parameters, seen_from
from ita_helpers.screen import INTERRUPTED, words_of_interrupt
from ita_helpers.store.trust import files_to_trust, shown_to_trust, trust

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; whether it can be read is checked when it is read."""
YEAR = Year(2500, 2700)
_FISCAL_YEAR = re.compile(r"^fiscal_year\s*:\s*[\"']?(\d{4})\b", re.MULTILINE)


class InThai(click.Command):
    """A command whose help is in one language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options_metavar = label("cli.options_metavar")

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Read what stands behind the command. Raises ``Misuse``."""
        with told_in_thai(context):
            return super().parse_args(context, args)

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(context))
        formatter.write_usage(context.command_path, pieces, prefix=f"{label('cli.usage')} ")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [e for e in self.get_params(context) if isinstance(e, click.Option)]
        shown = [each.get_help_record(context) for each in options]
        with formatter.section(label("cli.options")):
            formatter.write_dl([(name, _extra_in_thai(text)) for name, text in filter(None, shown)])

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        option = super().get_help_option(context)
        if option:
            option.help = label("cli.show_help")
        return option


def _extra_in_thai(text: str) -> str:
    """Return the help of an option, with click's own words behind it in Thai."""
    told, bracket, extra = text.rpartition("  [")
    for word, thai in section("usage.extra").items():
        extra = extra.replace(word, thai)
    return f"{told}{bracket}{extra}" if bracket else text


class Command(InThai):
    """A command whose help ends with an example that can be copied."""

    allow_extra_args = True
    """They are refused by ``refuse_more``, which can name them."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse the command's arguments. Raises ``Misuse`` for surplus ones."""
        left = super().parse_args(context, args)
        refuse_more(context)
        return left

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example under the options."""
        with formatter.section(label("cli.example")):
            formatter.write_text(self.example)


class Group(InThai, click.Group):
    """The commands. Whatever goes wrong in one ends it, and is reported in a sentence."""

    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, subcommand_metavar=label("cli.command_metavar"), **kwargs)

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the commands in the order of the work; any not in that order come last."""
        order = label("cli.order").split()
        return sorted(self.commands, key=lambda each: (*order, each).index(each))

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(context, formatter)
        names = [(name, self.get_command(context, name)) for name in self.list_commands(context)]
        shown = [(name, each) for name, each in names if each and not each.hidden]
        with formatter.section(label("cli.commands")):
            formatter.write_dl([(name, each.short_help or "") for name, each in shown])

    def invoke(self, context: click.Context) -> Any:
        """Run a command. Exceptions by which click itself ends a program are left to click."""
        try:
            with told_in_thai(context):
                return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except click.Abort as error:
            _interrupted(1 if isinstance(error.__context__, EOFError) else INTERRUPTED)
        except KeyboardInterrupt:
            _interrupted(INTERRUPTED)
        except Exception as error:
            _stop(error, context.obj)


def _interrupted(status: int) -> NoReturn:
    click.echo(f"\n{words_of_interrupt()}", err=True)
    sys.exit(status)


def _stop(error: Exception, root: Path | None) -> NoReturn:
    """Say what went wrong and end with status 1."""
    try:
        failure = told(error, find_workspace(root))
    except (ItaError, OSError):
        failure = told(error)
    click.echo(say("cli.error", message=str(failure)), err=True)
    sys.exit(1)


@click.group(cls=Group, help=label("cli.main"), context_settings={"help_option_names": HELP})
@click.option("--root", type=PATH, help=label("cli.root"))
@click.version_option(
    package_name="ita-helpers", help=label("cli.version"), message=label("cli.version_is")
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Run ``ita``."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("ita_helpers").setLevel(logging.INFO)
    context.obj = root


def command(
    name: str, group: click.Group = main, key: str = ""
) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a command; its texts are under ``key`` in the catalogue."""
    key = f"cli.{key or name}"
    words = label(f"{key}.help")
    return group.command(
        name,
        cls=Command,
        help=words,
        short_help=words.partition("\n")[0],
        example=label(f"{key}.example"),
    )


def year_option(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that goes with an organisation's name."""
    return click.option("--year", type=YEAR, help=label("cli.year"))(function)


def ask_trust(workspace: Workspace) -> None:
    """Ask once whether the code of a workspace may run, if somebody can be asked.

    Untrusted code is refused later, where it should run. Raises ``WriteFailed``.
    """
    if not sys.stdin.isatty() or not (found := files_to_trust(workspace)):
        return
    if confirmed(say("cli.trust.ask", **shown_to_trust(workspace, found)), err=True):
        trust(workspace)


def read_formats(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of a list, each once."""
    formats = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    unknown = [each for each in formats if each not in known]
    if unknown or not formats:
        value = ", ".join(unknown) or text
        raise Misuse(say("cli.render.bad_format", value=value, known=list(known)))
    return formats


def find_parameter_files(
    places: Sequence[Path], workspace: Workspace, fiscal_year: int | None = None
) -> list[Path]:
    """Return the files named, and all parameter files in the folders named, each once.

    Without places they are those of the workspace; with a fiscal year (B.E.) those of that year. A
    place may also be an organisation's code or Thai name; a folder of that name is meant only where
    it holds parameter files. Raises ``Misuse`` for a place without any, or what
    ``find_parameter_file`` raises.
    """
    found: dict[Path, None] = {}
    for place in places or (workspace.params,):
        folder = seen_from(workspace, place)
        inside = _visible(folder) if folder.is_dir() else []
        if not inside and places:
            inside = [find_parameter_file(place, workspace, fiscal_year)]
        if not inside or inside[0].is_dir():
            raise Misuse(say("cli.render.nothing", places=[workspace.shown(folder)]))
        of_year = [each for each in inside if fiscal_year in (None, _year_of(each, fiscal_year))]
        if not of_year:
            facts = {"place": workspace.shown(folder), "year": fiscal_year}
            raise Misuse(say("cli.render.none_of_year", **facts))
        found.update(dict.fromkeys(of_year))
    return list(found)


def _year_of(file: Path, asked: int | None) -> int | None:
    """Return the fiscal year (B.E.) of a parameter file; the one asked for where it names none."""
    found = _FISCAL_YEAR.search(file.read_text(encoding="utf-8", errors="replace"))
    return int(found[1]) if found else asked


def _visible(folder: Path) -> list[Path]:
    """Return the parameter files of a folder, except those in hidden folders (checkpoints)."""
    return sorted(
        path.absolute()
        for path in folder.rglob("*.[yY]*[mM][lL]")
        if is_parameters(path)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
