from __future__ import annotations

import pytest
from conftest import ROOT, assessed

from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.params import load_parameters
from ita_helpers.words.explain import explain

FILES = sorted((ROOT / "params").rglob("*.yml"))


def board(workspace, organisation, year):
    return explain(find_organisation(workspace, organisation), assessed(organisation, year))


@pytest.mark.parametrize(
    ("organisation", "year"),
    [("bang-khae", 2568), ("bang-krabue", 2568), ("pa-tueng", 2562), ("made-up-example", 2566)],
)
def test_the_board_reads_as_written(workspace, golden, organisation, year):
    golden(f"explain-{organisation}-{year}.txt", board(workspace, organisation, year))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.stem}-{file.stem}")
def test_every_result_can_be_explained(workspace, file):
    parameters = load_parameters(file, workspace)
    text = board(workspace, parameters.organisation, parameters.fiscal_year)
    assert "None" not in text
    assert "{{" not in text


def test_the_board_shows_why_rounding_early_is_wrong(workspace):
    text = board(workspace, "bang-khae", 2568)
    assert "= 92.8638 → 92.86" in text
    assert "92.87" in text
