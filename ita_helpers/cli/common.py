"""What all commands share: the group, help with an example, how they stop, finding their files."""

from __future__ import annotations

import sys
from collections import UserDict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from ita_helpers.boundary import told
from ita_helpers.cli.usage import OneOf, Year, refuse_more, told_in_thai
from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import find_workspace
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.records.editions import EDITIONS
from ita_helpers.screen import INTERRUPTED, words_of_interrupt

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; whether it can be read is checked when it is read."""
YEAR = Year(2500, 2700)


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

    def invoke(self, context: click.Context) -> Any:
        """Do the work; what is logged on the way is for people."""
        import logging

        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        logging.getLogger("ita_helpers").setLevel(logging.INFO)
        return super().invoke(context)

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example under the options."""
        with formatter.section(label("cli.example")):
            for line in self.example.splitlines():
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


class Commands(UserDict[str, Any]):
    """The commands of a group in the order of the work, each loaded when it is used.

    They are given by module and function; a call loads no command but its own.
    """

    def __getitem__(self, name: str) -> Any:
        """Return a command. Raises ``KeyError`` only for a name that is none."""
        module, function = self.data[name]
        try:
            return getattr(import_module(f"ita_helpers.cli.{module}"), function)
        except KeyError as error:
            raise RuntimeError(*error.args) from error


class Group(InThai, click.Group):
    """The commands. Whatever goes wrong in one ends it, and is reported in a sentence.

    The texts of its commands are under ``key`` in the catalogue.
    """

    def __init__(self, *args: Any, key: str = "cli", **kwargs: Any) -> None:
        super().__init__(*args, subcommand_metavar=label("cli.command_metavar"), **kwargs)
        self.key = key

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(self.commands)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(context, formatter)
        with formatter.section(label("cli.commands")):
            formatter.write_dl([(name, help_of(f"{self.key}.{name}")[1]) for name in self.commands])

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


def help_of(key: str) -> tuple[str, str]:
    """Return the help of a command, and its first line."""
    words = label(f"{key}.help")
    return words, words.partition("\n")[0]


def command(key: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a command; its texts are under ``key`` in the catalogue."""
    words, line = help_of(f"cli.{key}")
    return click.command(
        key.rpartition(".")[2],
        cls=Command,
        help=words,
        short_help=line,
        example=label(f"cli.{key}.example"),
    )


def year_option(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that goes with an organisation's name."""
    return click.option("--year", type=YEAR, help=label("cli.year"))(function)


def edition_option(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says which edition of a report is made."""
    return click.option("--edition", type=OneOf(EDITIONS), help=label("cli.edition"))(function)
