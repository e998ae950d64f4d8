"""Parameter files of comparisons: one for each choice of offices, named after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.offices.codes import in_words, romanise
from ita_helpers.records.kinds import SCOPE, kind_named
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params import load_parameters
from ita_helpers.store.params_change import parameter_file
from ita_helpers.store.table_files import write_together

COMPARISON = kind_named("comparison")
EVERYBODY = "all-offices"
LIST = "chosen-offices"


def name_of(asked: Mapping[str, Any]) -> str:
    """Return the code that a comparison is called by, after the offices it is of.

    >>> name_of({"province": "เชียงราย", "district": "แม่จัน"})
    'chiang-rai-mae-chan'
    """
    if asked.get("offices"):
        return LIST
    places = [romanise(name) for key in ("province", "district") if (name := asked.get(key))]
    kind = asked.get("office_type")
    return "-".join([*places, *([in_words(kind)] if kind else [])]) or EVERYBODY


def place_comparison(workspace: Workspace, fiscal_year: int, asked: Mapping[str, Any]) -> Path:
    """Return the parameter file of a comparison of a fiscal year (B.E.), written if need be.

    ``asked`` are parameters that say which offices it is of, and which is marked. A file that is
    there for the same offices is kept, whatever else it says; for others of the same name, and
    where an office has that code, the new one gets a number. Raises ``WriteFailed``, or what
    ``load_parameters`` raises.
    """
    wanted = {key: asked[key] for key in (*SCOPE, "marked") if asked.get(key)}
    folder, offices = workspace.params / str(fiscal_year), read_organisations(workspace)
    with writing(workspace.root):
        for number in count(1):
            code = name_of(wanted) if number == 1 else f"{name_of(wanted)}-{number}"
            path = folder / f"{code}{COMPARISON.suffix}.yml"
            if path.exists():
                known = load_parameters(path, workspace).model_dump()
                if {key: known[key] for key in (*SCOPE, "marked") if known[key]} == wanted:
                    return path
            elif code not in offices:
                said = {key: json.dumps(each, ensure_ascii=False) for key, each in wanted.items()}
                others = {"report": COMPARISON.name, **said}
                write_together(workspace, {path: parameter_file(code, fiscal_year, others)})
                return path
    raise AssertionError
