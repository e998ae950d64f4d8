"""Reading the YAML that people write, with the line of every key for the message.

Shared by parameter files and frameworks, whose mistakes are the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ita_helpers.errors import RepeatedKey, UnreadableFile
from ita_helpers.text_files import read_text

# The C loader reads the eight frameworks of a history in a tenth of the time.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Mapping:
    """The content of a YAML file and the line each top key stands in."""

    values: dict[str, Any]
    lines: dict[str, int]


def read_mapping(path: Path, shown: str) -> Mapping:
    """Read a YAML file that must be a mapping with each top key once.

    ``shown`` is the path for the message. Raises ``FileMissing``, ``UnreadableFile`` or
    ``RepeatedKey``.
    """
    text = read_text(path, shown)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        values: Any = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableFile(file=shown, problem="not_yaml", line=_place(error)) from error
    if node is None:
        raise UnreadableFile(file=shown, problem="empty", line="")
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableFile(file=shown, problem="no_mapping", line="")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in lines:
            raise RepeatedKey(file=shown, key=name, line=line, first=lines[name])
        lines[name] = line
    return Mapping({str(key): value for key, value in values.items()}, lines)


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return str(mark.line + 1) if mark else ""
