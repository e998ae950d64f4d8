"""A small office whose report is reviewed and ready to be issued."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ORGANISATIONS, write, write_scores
from copies import tick

from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.store.params import load_parameters

STEM = Path("2568/ban-rai")
PARAMS = "organisation: ban-rai\nfiscal_year: 2568\nnumerals: arabic\nparts: [summary, analysis]\n"
ISSUE = ("issue", "ban-rai", "--year", "2568", "--made-up")


def office(root: Path) -> Workspace:
    """Fill a workspace with one made-up office and its result."""
    workspace = Workspace(root)
    write(workspace, "data/organisations.csv", ORGANISATIONS)
    write(workspace, f"params/{STEM}.yml", PARAMS)
    scores(workspace, 81.50)
    return workspace


def scores(workspace: Workspace, first: float) -> None:
    others = [f"{code},{80 + code}.50,,ข้อมูลสมมติ," for code in range(2, 11)]
    write_scores(workspace, f"1,{first:.2f},,ข้อมูลสมมติ,", *others)


def review(workspace: Workspace) -> None:
    """Make the office's notebook and tick that all its words were read."""
    file = workspace.params / STEM.with_suffix(".yml")
    parameters = load_parameters(file, workspace)
    own = OwnNotebook(workspace, parameters, load(workspace, parameters))
    parts, values = parameters.layout.notebook_parts, parameters.for_notebook
    owner = Owner("ban-rai", 2568, f"../../../params/{STEM}.yml", parts, values)
    copy = make_copy(own.template, own.template, own.drafts, owner)
    tick(copy, "hint-all")
    write(workspace, f"notebooks/edited/{STEM}.ipynb", json.dumps(copy))
