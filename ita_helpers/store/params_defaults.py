"""Defaults of parameter files: ``params/defaults.yml``, for all offices, a province or a type.

A value holds until a nearer place gives another: the program, all offices, the province, the type,
the office's own file. ``params/defaults.schema.json`` is made from the same model as the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_helpers.errors import (
    BadValue,
    DefaultsForNobody,
    RepeatedKey,
    UnknownKey,
    UnreadableFile,
    nearest,
)
from ita_helpers.files.presence import is_there
from ita_helpers.files.remembered import found_once, remembered
from ita_helpers.files.workspace import Workspace
from ita_helpers.files.yaml_mapping import YamlMapping, read_mapping
from ita_helpers.language.catalogue import label
from ita_helpers.records.kinds import report_kinds
from ita_helpers.records.names import bare_province, normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.places import official_places

SCOPES = {"provinces": "province", "types": "type"}
"""What defaults may be for besides all offices, the farthest first, and the field that decides."""
OF_ONE_REPORT = (
    *("organisation", "fiscal_year", "report", "as_of"),
    *("province", "district", "office_type", "offices", "marked"),
)
"""Parameters that say which report it is, and so have no default."""
INSTEAD_OF_PRESET = ("parts", "title", "plan_layout")
"""Parameters that stand in place of what a preset says."""


@dataclass(frozen=True)
class Given:
    """A value and where it stands: in a file, at a line, in defaults ``of`` a province or type.

    ``written`` is the value as the file has it, if that is one word or number.
    """

    value: Any
    file: str
    line: int
    written: str = ""
    of: str = ""


Block = Mapping[str, Given]
"""Values by parameter."""


@dataclass(frozen=True)
class Defaults:
    """The defaults of a workspace: ``blocks`` by scope and the normal form of its name.

    Those of all offices have the scope and name ``""``; the others are ``named`` in the file so, at
    a line.
    """

    blocks: Mapping[tuple[str, str], Block] = field(default_factory=dict)
    named: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def applying_to(self, office: Organisation | None) -> Iterator[Block]:
        """Yield what applies to an office, the farthest first."""
        for scope, of in {"": "", **SCOPES}.items():
            name = key_of(scope, getattr(office, of, ""))
            if block := self.blocks.get((scope, name)):
                yield block


def defaults_file(workspace: Workspace) -> Path:
    """Return where the defaults of a workspace are, or would be."""
    return workspace.params / "defaults.yml"


def default_keys() -> list[str]:
    """Return the parameters that may have a default: all but those that say which report it is."""
    keys = {key: None for kind in report_kinds() for key in kind.keys}
    return [key for key in keys if key not in OF_ONE_REPORT]


def key_of(scope: str, name: str) -> str:
    """Return the form of a name in which ``blocks`` has it."""
    return normal(bare_province(name) if scope == "provinces" else name)


def read_defaults(workspace: Workspace) -> Defaults:
    """Read the defaults, once while their file does not change; none where there is no file.

    Raises a ``ParameterError`` for a key, or for a province or type that no office is of, or what
    ``read_mapping`` raises for what is no file.
    """
    return found_once((workspace, "defaults"), lambda: _read_defaults(workspace))


def _read_defaults(workspace: Workspace) -> Defaults:
    path = defaults_file(workspace)
    if not (is_there(path) and path.is_file()):
        return _read(path, workspace.shown(path)) if os.path.lexists(path) else Defaults()
    defaults = remembered(path, "defaults", lambda: _read(path, workspace.shown(path)))
    if defaults.named:
        nobody = defaults.named.keys() - _places_of_offices(workspace)
        for place in sorted(nobody):
            _refuse_nobody(workspace, defaults, place)
    return defaults


def merge(given: Iterator[Block] | list[Block]) -> dict[str, Given]:
    """Return the values that hold, from the farthest place to the nearest.

    A nearer preset also sets aside what farther places say in place of a preset.
    """
    merged: dict[str, Given] = {}
    for block in given:
        if "preset" in block:
            merged = {k: each for k, each in merged.items() if k not in INSTEAD_OF_PRESET}
        merged |= block
    return merged


def given_in(mapping: YamlMapping, shown: str, of: str = "") -> dict[str, Given]:
    """Return the values of a parameter file, or of defaults ``of`` a province or type."""
    return {
        key: Given(value, shown, mapping.lines.get(key, 0), mapping.written(key), of)
        for key, value in mapping.values.items()
    }


def _read(path: Path, shown: str) -> Defaults:
    try:
        mapping = read_mapping(path, shown, dates_as_text=True)
    except UnreadableFile as error:
        if error.facts["problem"] == "empty":
            return Defaults()
        raise
    known = default_keys()
    for_all = given_in(mapping, shown)
    scopes = [scope for scope in SCOPES if for_all.pop(scope, None)]
    _refuse_unknown(for_all, [*known, *SCOPES])
    blocks: dict[tuple[str, str], Block] = {("", ""): for_all}
    named: dict[tuple[str, str], tuple[str, int]] = {}
    for scope in scopes:
        names = _inner(mapping, scope, shown)
        for name, line in names.lines.items():
            block = given_in(_inner(names, name, shown), shown, name)
            _refuse_unknown(block, known)
            place = (scope, key_of(scope, name))
            if place in named:
                first = named[place][1]
                raise RepeatedKey(file=shown, key=name, line=line, first=first)
            blocks[place], named[place] = block, (name, line)
    return Defaults(blocks, named)


def _inner(mapping: YamlMapping, key: str, shown: str) -> YamlMapping:
    found = mapping.inner(key, shown)
    if found is None:
        example = label("cli.params.of_some") if key in SCOPES else "{preset: brief}"
        line, value = mapping.lines[key], mapping.written(key)
        raise BadValue(file=shown, line=line, key=key, value=value, example=example)
    return found


def _refuse_unknown(block: Block, known: list[str]) -> None:
    unknown = next((key for key in block if key not in known), None)
    if unknown is not None:
        given, near = block[unknown], nearest(unknown, known)
        facts = {"key": unknown, "nearest": near, "known": sorted(known)}
        raise UnknownKey(file=given.file, line=given.line, **facts)


def _places_of_offices(workspace: Workspace) -> set[tuple[str, str]]:
    """Return the provinces and types of all offices, and all official provinces."""
    offices = read_organisations(workspace)
    return remembered(
        workspace.organisations,
        "scopes",
        lambda: {
            (scope, key_of(scope, name))
            for scope, of in SCOPES.items()
            for name in (
                *(getattr(each, of) for each in offices.values() if not each.is_reference),
                *(official_places().districts if scope == "provinces" else ()),
            )
        },
    )


def _refuse_nobody(workspace: Workspace, defaults: Defaults, place: tuple[str, str]) -> None:
    scope = SCOPES[place[0]]
    name, line = defaults.named[place]
    offices = read_organisations(workspace).values()
    known = {getattr(each, scope) for each in offices if not each.is_reference} - {""}
    raise DefaultsForNobody(
        file=workspace.shown(defaults_file(workspace)),
        line=line,
        scope=scope,
        name=name,
        nearest=nearest(name, known),
        offices=workspace.shown(workspace.organisations),
    )
