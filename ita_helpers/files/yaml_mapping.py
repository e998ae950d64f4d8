"""Reading the YAML that people write, with the line of every key for the message.

Shared by parameter files and frameworks, in which people make the same mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any

import yaml

from ita_helpers.errors import RepeatedKey, UnreadableFile
from ita_helpers.files.text import read_text
from ita_helpers.language.catalogue import LOADER

_PlainLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every value as the text it is: a date that does not exist can then be shown."""


class _DatelessLoader(LOADER):  # type: ignore[misc]
    """Reads a date as the text it is: 29 February of a Buddhist year is no Gregorian date."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [each for each in kinds if not each[0].endswith(":timestamp")]
        for first, kinds in LOADER.yaml_implicit_resolvers.items()
    }


DEEPEST = 50
"""No file of ours nests deeper; composing and checking one that does would overflow the stack."""
MOST_BYTES = 5_000_000
LONG = 500
_LONG_NUMBER = re.compile(rf"[-+]?[0-9][0-9a-fA-F_:.xo]{{{LONG}}}")
"""A number in base 60 (1:30:00) takes time quadratic in its length."""
_OPENING = "-?:[{"
"""One of these begins each mapping and each sequence."""
_UNFIT = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, OverflowError)
"""What composing a file may raise: PyYAML looks up and converts values without a check."""


@dataclass(frozen=True)
class YamlMapping:
    """The content of a YAML file and the line of each top-level key."""

    values: dict[str, Any]
    lines: dict[str, int]
    node: Any = None

    def line_of(self, place: Sequence[str]) -> int:
        """Return the line of a key or an entry, or of the last one above it that is there."""
        node, line = self.node, 1
        for step in place:
            following = _child(node, step)
            if following is None:
                break
            node, line = following
        return line

    def inner(self, key: str, shown: str) -> YamlMapping | None:
        """Return the mapping that a top key has as its value, or nothing for another value.

        ``shown`` is the path for the message. Raises ``RepeatedKey``.
        """
        found, values = _child(self.node, key), self.values.get(key)
        is_mapping = found and isinstance(found[0], yaml.MappingNode) and isinstance(values, dict)
        return _as_mapping(found[0], values, shown) if found and is_mapping and values else None

    def written(self, key: str) -> str:
        """Return the value of a top key as the file has it, if that is one word or number."""
        found = _child(self.node, key)
        return str(found[0].value) if found and isinstance(found[0], yaml.ScalarNode) else ""


def _child(node: Any, step: str) -> tuple[Any, int] | None:
    if isinstance(node, yaml.MappingNode):
        found = ((value, key.start_mark.line + 1) for key, value in node.value if key.value == step)
        return next(found, None)
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        entry = node.value[int(step)]
        return entry, entry.start_mark.line + 1
    return None


def read_mapping(
    path: Path, shown: str, *, plain: bool = False, dates_as_text: bool = False
) -> YamlMapping:
    """Read a YAML file that must be a mapping with each top key once.

    ``shown`` is the path for the message; with ``plain`` every value stays text, with
    ``dates_as_text`` a date does. Raises ``FileMissing``, ``UnreadableFile`` or ``RepeatedKey``.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise UnreadableFile(file=shown, problem="too_big", line="")
    text = read_text(path, shown)
    kind = _PlainLoader if plain else _DatelessLoader if dates_as_text else LOADER
    try:
        if not _is_harmless(text):
            _refuse_explosive(text, kind, shown)
        loader = kind(text)
        node = loader.get_single_node()
        values: Any = loader.construct_document(node) if node is not None else None
    except _UNFIT as error:
        raise UnreadableFile(file=shown, problem="not_yaml", line=_place(error)) from error
    if node is None:
        raise UnreadableFile(file=shown, problem="empty", line="")
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableFile(file=shown, problem="no_mapping", line="")
    return _as_mapping(node, values, shown)


def _as_mapping(node: Any, values: Mapping[Any, Any], shown: str) -> YamlMapping:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in lines:
            raise RepeatedKey(file=shown, key=name, line=line, first=lines[name])
        lines[name] = line
    names = list(lines) if len(lines) == len(values) else [str(key) for key in values]
    return YamlMapping(dict(zip(names, values.values(), strict=True)), lines, node)


def _is_harmless(text: str) -> bool:
    """Whether a text is so short that it holds nothing explosive, whatever it says."""
    return len(text) < LONG and "*" not in text and sum(map(text.count, _OPENING)) < DEEPEST


def _refuse_explosive(text: str, loader: Any, shown: str) -> None:
    """Refuse what explodes when composed: endless nesting, aliases, long numbers."""
    depth = 0
    for event in yaml.parse(text, loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.ScalarEvent) and _LONG_NUMBER.match(event.value):
            raise ValueError("a number of so many digits")
        is_alias = isinstance(event, yaml.AliasEvent)
        if is_alias or depth > DEEPEST:
            problem = "alias" if is_alias else "too_deep"
            line = event.start_mark.line + 1 if event.start_mark else ""
            raise UnreadableFile(file=shown, problem=problem, line=line)


def shortened(value: object) -> str:
    """Return a value that was written as a message shows it; of what holds others, nothing."""
    if isinstance(value, dict | list | tuple | set | NoneType):
        return ""
    try:
        return str(value)
    except ValueError:
        return f"{value:#x}" if isinstance(value, int) else ""


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return str(mark.line + 1) if mark else ""
