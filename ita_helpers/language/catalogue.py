"""The words people read: sentences and labels by key, from the YAML files of a language.

They are kept apart from the code so that a Thai reader can correct them without reading Python. A
language is a folder: ``report`` holds what readers of a paper or of the lesson see, ``program``
what users of the program see. A file's name is in one of the two only, so a key needs no folder. A
sentence is a Jinja template; a fact that is missing or has no value stops the program rather than
reach the paper as "None".
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ita_helpers.language.simple import NotSimpleError, simple

if TYPE_CHECKING:
    from jinja2 import Environment, Template

Node = dict[str, Any]
LANGUAGE = Path(__file__).parent / "th"
"""The folder of the language used everywhere."""
ROOMS = ("report", "program")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML by libyaml where the package has it: ten times as fast."""


def say(key: str, /, **facts: object) -> str:
    """Return the sentence ``file.key…`` with its facts filled in.

    >>> say("words.score_with_unit", score="92.86")
    '92.86 คะแนน'
    >>> say("words.score_with_unit", score=f"ได้ {say('words.about', score='92.86')}")
    'ได้ประมาณ 92.86 คะแนน'
    """
    try:
        return _close_up(_template(LANGUAGE, key).render(**facts))
    except Exception as error:
        error.add_note(f"the sentence is {key!r}")
        raise


def _close_up(text: str) -> str:
    """Take the blank out that Thai has before a figure, but not before the word for "about"."""
    word, gap = _about(LANGUAGE)
    return gap.sub(word, text) if word in text else text


@cache
def _about(language: Path) -> tuple[str, re.Pattern[str]]:
    word = f"{_text(language, 'words.about').partition(' ')[0]} "
    return word, re.compile(rf"(?<=[^\x00-\x7f“”–−]) {word}(?=\d)")


def label(key: str) -> str:
    """Return a fixed text that takes no facts."""
    return _text(LANGUAGE, key)


def section(key: str) -> Node:
    """Return a block of the catalogue by its keys: names of columns, titles by type.

    Raises ``KeyError`` for one that is not there.
    """
    return _section(LANGUAGE, key)


def join_names(names: Iterable[str]) -> str:
    """Join names as Thai does: commas, and the last with "and".

    >>> join_names(["ก", "ข", "ค"])
    'ก ข และค'
    >>> join_names(["IIT", "OIT"])
    'IIT และ OIT'
    """
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return say("words.joined", first=" ".join(listed[:-1]), last=spaced(listed[-1]))


def spaced(name: str) -> str:
    """Return a name to follow Thai words, with a space before it if it is not Thai."""
    return name if "ก" <= name[:1] <= "ไ" else f" {name}"


def typed(name: object) -> str:
    """Return a file's name as it is typed into a command, in quotes that hold for any name.

    >>> typed("รายงาน 2568.docx")
    '"รายงาน 2568.docx"'
    """
    means_more = sys.platform != "win32" and re.search(r'["$`\\!]', str(name))
    if not means_more:
        return f'"{name}"'
    import shlex

    return shlex.quote(str(name))


def _refuse_none(value: object) -> object:
    if value is None:
        raise ValueError("a sentence was given None where it prints a fact")
    return value


@cache
def _environment() -> Environment:
    """Return what makes sentences; the labels of a help text need none of it."""
    from jinja2 import Environment, StrictUndefined

    from ita_helpers.language.points import format_change, format_count, format_score

    environment = Environment(
        undefined=StrictUndefined, finalize=_refuse_none, trim_blocks=True, autoescape=False
    )
    environment.filters["score"] = format_score
    environment.filters["counted"] = format_count
    environment.filters["change"] = format_change
    environment.filters["names"] = join_names
    environment.filters["typed"] = typed
    return environment


@cache
def _find(language: Path, name: str) -> Path:
    for room in ROOMS:
        place = language / room / f"{name}.yml"
        if place.is_file():
            return place
    raise KeyError(f"language/{language.name} has no {name}.yml in {' or '.join(ROOMS)}")


@cache
def _load(language: Path, name: str) -> Node:
    loaded: Node = yaml.load(_find(language, name).read_text(encoding="utf-8"), LOADER)
    return loaded


@cache
def _section(language: Path, key: str) -> Node:
    name, *path = key.split(".")
    node = _load(language, name)
    for part in path:
        node = node[part]
    return node


@cache
def _text(language: Path, key: str) -> str:
    name, *path = key.split(".")
    node: Any = _load(language, name)
    for part in path:
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, str):
        file = _find(language, name).relative_to(language.parent.parent).as_posix()
        raise KeyError(f"{file} has no sentence {'.'.join(path)!r}")
    return node.strip()


class _Simple:
    """A sentence that is made without Jinja, as long as all its facts are there."""

    def __init__(self, text: str, make: Callable[[Mapping[str, object]], str]) -> None:
        self._text, self._make = text, make

    def render(self, **facts: object) -> str:
        """Return the sentence; Jinja says what is wrong with its facts."""
        try:
            return self._make(facts)
        except NotSimpleError:
            return _environment().from_string(self._text).render(**facts)


@cache
def _template(language: Path, key: str) -> Template | _Simple:
    text = _text(language, key)
    make = simple(text)
    return _Simple(text, make) if make else _environment().from_string(text)
