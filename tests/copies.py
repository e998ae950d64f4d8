"""An office's own notebook, made, edited and joined in memory as its commands do."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ROOT

from ita_helpers.edited.cells import slot_of, ticked
from ita_helpers.edited.join import join
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.records.layout import choose_layout
from ita_helpers.records.slots import STANDING
from ita_helpers.store.params import ReportParameters


def template_of(workspace):
    """Return the notebook of a workspace's reports, its cells' words in one piece each."""
    notebook = json.loads(workspace.template("ita_report.ipynb").read_text(encoding="utf-8"))
    for each in notebook["cells"]:
        each["source"] = "".join(each["source"])
    return notebook


TEMPLATE = template_of(Workspace(ROOT))
SLOTS = [slot_of(cell) for cell in TEMPLATE["cells"] if slot_of(cell)]
DRAFTS = {
    slot: [f"ร่างของ {slot} ได้ 9{n}.25 คะแนน", f"ส่วนที่ยังขาด คือ 0.{n} คะแนน ของช่องนี้"]
    for n, slot in enumerate(SLOTS)
}
UNTOUCHED = {slot: "standing" if slot in STANDING else "draft" for slot in SLOTS}
PARTS_PRINTED = choose_layout().notebook_parts
VALUES = ReportParameters(organisation="bang-khae", fiscal_year=2568).for_notebook
OWNER = Owner("bang-khae", 2568, "../../../params/2568/bang-khae.yml", PARTS_PRINTED, VALUES)
BLANK = label("edit.blank")


def fresh(**facts):
    return make_copy(TEMPLATE, TEMPLATE, DRAFTS, OWNER, **facts)


def write_copy(workspace, organisation, fiscal_year, source):
    """Write a copy as the command makes it, with a cell of its office's code before the last."""
    values = ReportParameters(organisation=organisation, fiscal_year=fiscal_year).for_notebook
    file = f"../../../params/{fiscal_year}/{organisation}.yml"
    owner = Owner(organisation, fiscal_year, file, PARTS_PRINTED, values)
    template = template_of(workspace)
    made = make_copy(template, template, DRAFTS, owner)
    made["cells"].insert(-1, own_code(source))
    path = workspace.edited(Path(f"{fiscal_year}/{organisation}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made), encoding="utf-8")
    return made


def joined(edited, drafts=DRAFTS, template=TEMPLATE):
    return join(template, edited, drafts, "copy.ipynb")


def renewed(edited, drafts=DRAFTS, template=TEMPLATE):
    """Do what the command does, but for running the notebook."""
    result = joined(edited, drafts, template)
    return make_copy(result.notebook, template, drafts, OWNER, joined=result)


def slot_cells(notebook, slot):
    return [cell for cell in notebook["cells"] if slot_of(cell) == slot]


def place_of(notebook, identity):
    return next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == identity)


def cell_of(notebook, identity):
    return notebook["cells"][place_of(notebook, identity)]


def own(text, identity="own"):
    return {"cell_type": "markdown", "id": identity, "metadata": {}, "source": text}


def own_code(source, identity="own-code"):
    code = {"cell_type": "code", "outputs": [], "execution_count": None}
    return {**own(source, identity), **code}


def sources(notebook):
    return [cell["source"] for cell in notebook["cells"]]


def tick(notebook, identity):
    cell = cell_of(notebook, identity)
    cell["source"] = ticked(cell["source"])
