"""Finished reports in which nothing is wrong: whatever is said of them is a false alarm.

Each tells of a made-up office in ways that were once taken for slips.
"""

from __future__ import annotations

import pytest
from conftest import ROOT

from ita_helpers.checks.finished.rules import RULES
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.finished import Basis, check_document

FOLDER = ROOT / "tests/right_reports"
FILES = sorted(FOLDER.iterdir())


@pytest.fixture(scope="module")
def basis():
    return Basis.of(Workspace(ROOT))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_said_of_what_is_right(file, basis):
    checked = check_document(basis, file, RULES)
    told = [(each.rule, each.found, each.statement) for each in checked.problems]
    assert not told
