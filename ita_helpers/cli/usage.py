"""Reporting a mistyped command in one Thai sentence, with the nearest name and the remedy.

click reports such errors in English, between its own "Usage:" and "Error:"; here each of them
becomes a ``Misuse``, by its type and attributes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click

from ita_helpers.errors import nearest
from ita_helpers.language.catalogue import label, say

HELP = ["-h", "--help"]


class Misuse(click.UsageError):
    """A call that cannot be carried out; its message is a sentence of the catalogue."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it as every other error is said."""
        click.echo(say("cli.error", message=self.message), file=file or sys.stderr)


class Whole(click.IntRange):
    """A whole number; anything else is reported in Thai."""

    name = "n"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Return the number; raises ``Misuse``."""
        with _told_of(self, value, param, ctx):
            return super().convert(value, param, ctx)


class Real(click.FloatRange):
    """A number; anything else is reported in Thai."""

    name = "n"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """Return the number; raises ``Misuse``."""
        with _told_of(self, value, param, ctx):
            return super().convert(value, param, ctx)


class Year(Whole):
    """A fiscal year (B.E.)."""

    name = "year"


class OneOf(click.Choice[str]):
    """One of several words; anything else is reported in Thai."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return the word; raises ``Misuse``."""
        with _told_of(self, value, param, ctx):
            return super().convert(value, param, ctx)


@contextmanager
def _told_of(kind: Whole | Real | OneOf, value: Any, param: Any, context: Any) -> Iterator[None]:
    """Report a refused value: what is expected, and what may be meant."""
    try:
        yield
    except click.BadParameter:
        facts = {"param": _name_of(param, context), "value": value, "meant": _meant(kind, value)}
        message = say("usage.bad_value", **facts, expected=_expected(kind))
        raise Misuse(message, context) from None


def _expected(kind: Whole | Real | OneOf) -> str:
    name = f"usage.expected.{type(kind).__name__}"
    if isinstance(kind, OneOf):
        return say(name, known=list(kind.choices))
    least, most = ("" if each is None else f"{each:g}" for each in (kind.min, kind.max))
    return say(name, min=least, max=most)


def _meant(kind: Whole | Real | OneOf, value: Any) -> str:
    """Return the word that may be meant, or the year by one in C.E. or by two digits."""
    text = str(value)
    if isinstance(kind, OneOf):
        return nearest(text, kind.choices)
    if not (isinstance(kind, Year) and text.isdecimal()):
        return ""
    years = (int(text) + each for each in (543, 2500))
    return next((str(y) for y in years if (kind.min or 0) <= y <= (kind.max or 0)), "")


def confirmed(question: str, *, err: bool = False) -> bool:
    """Ask a yes-or-no question until the answer is y or n; n is the default."""
    while True:
        text = click.prompt(f"{question} [y/N]", default="", show_default=False, err=err)
        answer = str(text).strip().lower()
        if answer in ("", "n", "no", *label("usage.no").split()):
            return False
        if answer in ("y", "yes", *label("usage.yes").split()):
            return True
        click.echo(label("usage.yes_or_no"), err=err)


def read_formats(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of a list, each once."""
    formats = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    unknown = [each for each in formats if each not in known]
    if unknown or not formats:
        value = ", ".join(unknown) or text
        raise Misuse(say("cli.render.bad_format", value=value, known=list(known)))
    return formats


@contextmanager
def told_in_thai(context: click.Context) -> Iterator[None]:
    """Turn click's errors about a wrong call into a ``Misuse``."""
    try:
        yield
    except (Misuse, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise Misuse(_words_of(error, error.ctx or context), context) from error


def refuse_more(context: click.Context) -> None:
    """Refuse what a command has no use for. Raises ``Misuse``."""
    if context.args and not context.resilient_parsing:
        facts = {"command": context.command_path, "args": context.args}
        raise Misuse(say("usage.too_many", **facts), context)


def _words_of(error: click.UsageError, context: click.Context) -> str:
    """Return the sentence for an error of click's."""
    facts: dict[str, Any] = {"command": context.command_path}
    group = context.command if isinstance(context.command, click.Group) else None
    match error:
        case click.NoSuchOption():
            return say("usage.no_option", **facts, **_options_like(error.option_name, context))
        case click.exceptions.NoSuchCommand(command_name=name) if group:
            like = nearest(name, group.list_commands(context))
            return say("usage.no_command", **facts, name=name, nearest=like)
        case click.MissingParameter(param=param) if param:
            example = getattr(context.command, "example", "")
            name = _name_of(param, context)
            return say("usage.missing", **facts, param=name, example=example)
        case click.BadOptionUsage(option_name=name):
            takes_none = any(_is_flag(each, name) for each in context.command.params)
            return say("usage.bad_option", **facts, name=name, takes_none=takes_none)
    if group:
        return say("usage.no_command", **facts, name="", nearest="")
    return say("usage.wrong", **facts, reason=error.format_message())


def _options_like(name: str, context: click.Context) -> dict[str, Any]:
    """Return which option of a command may be meant; the program's own options go elsewhere."""
    main = context.find_root().command
    is_of_main = main is not context.command and name in _options_of(main)
    known = _options_of(context.command) if len(name) > len("-x") else []
    like = name if is_of_main else nearest(name, known)
    return {"name": name, "nearest": like, "is_of_main": is_of_main}


def _options_of(command: click.Command) -> list[str]:
    params = command.get_params(click.Context(command, help_option_names=HELP))
    return [each for param in params for each in param.opts if each.startswith("-")]


def _is_flag(param: click.Parameter, name: str) -> bool:
    return isinstance(param, click.Option) and param.is_flag and name in param.opts


def _name_of(param: click.Parameter, context: click.Context) -> str:
    """Return a parameter's name as shown in the help."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(context).strip("[].")
