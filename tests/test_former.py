"""Copies from before foreword, rationale and memo were slots; and which slots need a review."""

from __future__ import annotations

import copy
import json

import pytest
from conftest import ROOT, data_of, write
from copies import (
    DRAFTS,
    OWNER,
    TEMPLATE,
    UNTOUCHED,
    cell_of,
    fresh,
    joined,
    own,
    own_code,
    place_of,
    renewed,
    slot_cells,
    sources,
)

from ita_helpers.edited.cells import slot_of
from ita_helpers.edited.make import make_copy
from ita_helpers.edited.next_year import offers_from
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.layout import PRESETS
from ita_helpers.records.slots import FRONT, MEMO, STANDING
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.store.params import ReportParameters

FORMER = json.loads((ROOT / "tests/former_template.json").read_text(encoding="utf-8"))
MEMO_CALLS = ("report.memo_head()", "report.memo_regulations()", "report.memo_end()")


@pytest.fixture
def former():
    """Give a copy of the earlier template, which had one slot among these cells."""
    return make_copy(FORMER, FORMER, {"06": DRAFTS["06"]}, OWNER)


def test_an_untouched_copy_of_before_is_todays_template(former):
    result = joined(former)
    assert sources(result.notebook) == sources(TEMPLATE)
    assert result.states == UNTOUCHED
    assert not result.missing


def test_own_words_beside_ours_keep_their_place_in_it(former):
    for name in (*FRONT, "memo"):
        at = place_of(former, name) + 1
        former["cells"].insert(at, own(f"คำของเราใต้ {name}", f"below-{name}"))
    result = joined(former).notebook
    for name, above in (("foreword", "foreword-signature"), ("memo", "memo-end")):
        assert place_of(result, f"below-{name}") == place_of(result, above) + 1
    for name in ("background", "principles", "purpose"):
        assert place_of(result, f"below-{name}") == place_of(result, f"narrative-{name}") + 1
    assert len(result["cells"]) == len(TEMPLATE["cells"]) + 5


@pytest.mark.parametrize("name", FRONT)
def test_words_typed_over_a_former_cell_are_the_words_of_its_slot(former, name):
    cell = cell_of(former, name)
    cell |= {"cell_type": "markdown", "source": f"คำที่เขียนทับ {name}"}
    for key in ("outputs", "execution_count"):
        del cell[key]
    for copied in (former, renewed(former)):
        result = joined(copied)
        assert [each["source"] for each in slot_cells(result.notebook, name)] == [
            f"คำที่เขียนทับ {name}"
        ]
        assert result.states[name] == "edited"
        assert "report.foreword_signature()" in sources(result.notebook) or name == "foreword"
    offered = offers_from(former, TEMPLATE, 2568)
    assert [each["source"] for each in offered[f"narrative-{name}"]] == [f"คำที่เขียนทับ {name}"]


@pytest.mark.parametrize("name", [*FRONT, "memo"])
def test_code_in_a_former_cell_stays_instead_of_ours(former, name):
    code = f"report.{name}()\nprint('ของเรา')"
    cell_of(former, name)["source"] = code
    slots = MEMO if name == "memo" else (name,)
    for copied in (former, renewed(former), renewed(renewed(former))):
        result = joined(copied)
        assert sources(result.notebook).count(code) == 1
        assert not {slot_of(cell) for cell in result.notebook["cells"]} & {*slots}
        assert not result.missing
        if name == "memo":
            assert not {*MEMO_CALLS} & {*sources(result.notebook)}
            at = place_of(result.notebook, "h-memo")
            assert result.notebook["cells"][at + 1]["source"] == code


def test_calls_of_before_are_still_anybodys_to_make():
    edited = fresh()
    edited["cells"].insert(place_of(edited, "h-rules"), own_code("report.foreword()", "mine"))
    result = joined(edited).notebook
    assert cell_of(result, "mine")["source"] == "report.foreword()"
    assert slot_cells(result, "foreword")


def test_a_former_copy_without_its_metadata_is_read_by_ids_and_text(former):
    for cell in former["cells"]:
        cell["metadata"] = {}
    former["metadata"] = {}
    cell_of(former, "purpose")["source"] = "report.purpose()\nprint(1)"
    result = sources(joined(former).notebook)
    assert "report.purpose()\nprint(1)" in result
    assert 'report.narrative("purpose")' not in result
    for name in ("foreword", "background", "principles", *MEMO):
        assert f'report.narrative("{name}")' in result
    assert "report.memo()" not in result


def notebook_of(workspace, preset, edited=None):
    parameters = ReportParameters(organisation="bang-khae", fiscal_year=2568, preset=preset)
    if edited:
        path = f"notebooks/edited/{parameters.stem}.ipynb"
        write(workspace, path, json.dumps(edited))
    return OwnNotebook(workspace, parameters, data_of("bang-khae", preset=preset))


@pytest.mark.parametrize("preset", PRESETS)
def test_only_printed_words_about_the_result_count_as_unreviewed(preset):
    own_notebook = notebook_of(Workspace(ROOT), preset)
    counted = own_notebook.unreviewed(own_notebook.drafts)
    parts = PRESETS[preset].parts
    assert not STANDING & {*counted}
    assert ({*MEMO} <= {*counted}) == ("memo" in parts)
    assert ("lowest" in counted) == ("lowest" in parts)
    assert "06" in counted


def test_a_review_of_all_needs_none_of_standing_words_and_changed_ones_are_edited():
    edited = fresh()
    (cell,) = slot_cells(edited, "principles")
    cell["source"] = "หลักการของหน่วยงานเรา"
    result = joined(edited)
    assert result.states["principles"] == "edited"
    assert result.states["foreword"] == "standing"
    for name in {*DRAFTS} - STANDING:
        hint = cell_of(edited, f"hint-narrative-{name}")
        hint["source"] = hint["source"].replace("- [ ]", "- [x]")
    again = renewed(edited)
    assert {*joined(again).states.values()} == {"reviewed", "standing", "edited"}
    standing = copy.deepcopy(again)
    slot_cells(standing, "principles")[0]["source"] = slot_cells(fresh(), "principles")[0]["source"]
    assert "- [x] ทบทวนข้อความทุกช่อง" in renewed(standing)["cells"][0]["source"]
