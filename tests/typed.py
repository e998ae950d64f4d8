"""Forms and lists of scores filled in as people fill them, and what an import made of them."""

from __future__ import annotations

import csv
from decimal import Decimal

from cells_typed import Typed
from conftest import ROOT

from ita_helpers.files.workspace import Workspace
from ita_helpers.forms.writer import write_form
from ita_helpers.importing.apply import apply
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.language.catalogue import label
from ita_helpers.offices.newcomers import Newcomer, add_organisation
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.store.organisations import find_organisation

SAMPLE = Workspace(ROOT)
TITLES = "ชื่อหน่วยงาน,อำเภอ,จังหวัด"


def own_workspace(folder):
    """Return a new workspace with บางแค in it, in a folder as people name theirs."""
    workspace = make_workspace(folder / "งาน ITA")
    known = find_organisation(SAMPLE, "bang-khae")
    facts = {"district": known.district, "province": known.province}
    add_organisation(workspace, Newcomer.of(known.name, **facts, code=known.code), 2568)
    return workspace


def sample_rows(organisation="bang-khae", year=2568, table="scores"):
    with (ROOT / f"data/{table}/{year}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["organisation"] == organisation]


def table(workspace, year=2568, name="scores"):
    path = workspace.yearly(name, year)
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything(workspace):
    """Return all files of a workspace, to see that nothing was written."""
    return {path: path.read_bytes() for path in sorted(workspace.root.rglob("*")) if path.is_file()}


def fill(path, entries, sheet="2568", column=3, **columns):
    """Write values into the form as a person does, by the keys of its rows.

    ``columns`` are more entries of the same sheet: ``notes=(7, {"1": "…"})``.
    """
    book = Typed(path.read_bytes(), sheet)
    rows = book.column("A")
    for place, values in ((column, entries), *columns.values()):
        for key, value in values.items():
            book.put(rows[key], place, value)
    book.save(path)
    return path


def sample_entries(as_typed=float):
    entries = {row["code"]: as_typed(row["score"]) for row in sample_rows()}
    source = sample_rows()[0]["source"]
    read_from = label("form.statuses.printed")
    return {**entries, "level": "ผ่านดี", "status": read_from, "source": source}


def form(workspace, entries, name="แบบกรอกคะแนน.xlsx", organisation="bang-khae", **columns):
    return fill(_blank(workspace, organisation, workspace.root / name), entries, **columns)


_BLANKS = {}


def _blank(workspace, organisation, path):
    """Write a form as the program does; the same one once only, of what is in the workspace."""
    data = {each: text for each, text in everything(workspace).items() if each.suffix == ".csv"}
    key = (organisation, *((each.name, text) for each, text in data.items()))
    if key not in _BLANKS:
        known = find_organisation(workspace, organisation) if organisation else None
        _BLANKS[key] = write_form(workspace, 2568, known, path).read_bytes()
    path.write_bytes(_BLANKS[key])
    return path


def imported(workspace, path, **orders):
    plan = compare(workspace, [read_file(path, Asked(workspace, **orders))])
    apply(workspace, plan, force=False)
    return plan


def scores_of(workspace, organisation="bang-khae", year=2568):
    rows = [row for row in table(workspace, year) if row["organisation"] == organisation]
    return {row["code"]: Decimal(row["score"]) for row in rows}


SAMPLE_SCORES = {row["code"]: Decimal(row["score"]) for row in sample_rows()}


def wide(workspace, text, name="รายการ.csv", encoding="utf-8-sig"):
    path = workspace.root / name
    path.write_bytes(text.encode(encoding))
    return path
