"""An office's own notebook: made once, edited by anybody, and never overwritten."""

from __future__ import annotations

import copy
import json
import re
import shutil

import docx
import lxml.html
import nbformat
import pypdfium2
import pytest
from conftest import ROOT, assert_helps_the_reader, examples, ita, made_once, write
from copies import (
    BLANK,
    DRAFTS,
    OWNER,
    PARTS_PRINTED,
    SLOTS,
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
    tick,
)
from hypothesis import given
from hypothesis import strategies as st
from made_up import shorten
from reading import pdf_skeleton, skeleton, squeeze, word_text

from ita_helpers.edited.cells import (
    HINT,
    OURS,
    RENDER,
    digest,
    is_hint,
    part_of,
    slot_of,
    tags_of,
    ticked,
)
from ita_helpers.edited.join import count_unprinted
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.edited.merge import OldAndNew
from ita_helpers.edited.next_year import offers_from
from ita_helpers.edited.reading import read_notebook_file
from ita_helpers.edited.restore import put_back
from ita_helpers.errors import ConflictingSlot, UnreadableNotebook
from ita_helpers.files.scraps import MIME
from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.papers import read_notebook, read_papers
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.word.writer import write_docx
from ita_helpers.records.layout import PRESETS, choose_layout
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.run.execute import execute_notebook
from ita_helpers.store.params import ReportParameters
from notebooks import PIXEL


def test_a_copy_nobody_touched_is_the_template():
    result = joined(fresh())
    assert sources(result.notebook) == sources(TEMPLATE)
    assert result.states == UNTOUCHED
    assert (result.open, result.vanished, result.offers) == ({}, (), 0)


def test_a_copy_has_a_hint_above_each_slot_an_open_place_and_a_last_cell_that_renders():
    copied = fresh()
    for slot in SLOTS:
        at = place_of(copied, f"narrative-{slot}")
        assert HINT in tags_of(copied["cells"][at - 1])
        assert (BLANK in copied["cells"][at]["source"]) == slot.isdigit()
    assert RENDER in tags_of(copied["cells"][-1])
    hidden = [c for c in copied["cells"] if c["cell_type"] == "code"][:-1]
    assert all(c["metadata"]["jupyter"]["source_hidden"] for c in hidden)


INJECTED = own_code("# Parameters\n", "injected") | {"metadata": {"tags": ["injected-parameters"]}}


def owner_of(preset, **values):
    given = ReportParameters(
        organisation="bang-khae", fiscal_year=2568, preset=preset, **values
    ).for_notebook
    parts = choose_layout(preset, values.get("parts", ())).notebook_parts
    return Owner("bang-khae", 2568, "p.yml", parts, given)


def run_by_papermill(notebook, owner):
    """Return a notebook with the cell that papermill adds."""
    lines = (f"{name} = {value!r}\n" for name, value in owner.values.items())
    added = {**copy.deepcopy(INJECTED), "source": "# Parameters\n" + "".join(lines)}
    at = 1 + place_of(notebook, "parameters")
    return {**notebook, "cells": [*notebook["cells"][:at], added, *notebook["cells"][at:]]}


def made_for(owner, joined_before=None):
    executed = run_by_papermill(joined_before.notebook if joined_before else TEMPLATE, owner)
    return make_copy(executed, TEMPLATE, DRAFTS, owner, joined=joined_before)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_cell_of_parameters_is_the_one_of_its_office_in_every_preset(preset):
    owner = owner_of(preset, numerals="arabic", title="measures")
    copied = made_for(owner)
    tagged = [c for c in copied["cells"] if {"parameters", "injected-parameters"} & tags_of(c)]
    (cell,) = tagged
    named = {}
    exec(cell["source"], named)
    assert {name: named[name] for name in owner.values} == owner.values
    assert cell["source"].startswith('organisation = "bang-khae"')
    assert "made-up" not in json.dumps(copied)
    assert made_for(owner, joined(copied)) == copied
    result = joined(copied)
    assert (sources(result.notebook), result.values) == (sources(TEMPLATE), {})
    newer = made_for(owner_of("book"), result)
    assert 'preset = "book"' in cell_of(newer, "parameters")["source"]
    assert 'numerals = "thai"' in cell_of(newer, "parameters")["source"]


def test_what_is_typed_into_the_cell_of_parameters_is_told_and_lost_only_where_it_is_a_value():
    copied = made_for(OWNER)
    cell = cell_of(copied, "parameters")
    cell["source"] = cell["source"].replace("2568", "2567")
    result = joined(copied)
    assert result.values["fiscal_year"] == 2567
    assert sources(result.notebook) == sources(TEMPLATE)
    assert made_for(OWNER, result) == made_for(OWNER)
    cell["source"] += "\n# คำของเรา\nour_limit = 3\nparts = parts + []"
    result = joined(copied)
    assert result.values["fiscal_year"] == 2567
    assert "our_limit = 3" in cell_of(result.notebook, "parameters")["source"]
    again = made_for(OWNER, result)
    text = cell_of(again, "parameters")["source"]
    assert ("fiscal_year = 2568" in text, "# คำของเรา\nour_limit = 3" in text) == (True, True)
    assert not cell_of(copied, "parameters")["metadata"]["ita"].get("values")
    assert made_for(OWNER, joined(again)) == again


def test_own_code_in_a_cell_that_papermill_added_is_kept_and_no_value_of_it_used():
    edited = run_by_papermill(fresh(), OWNER)
    cell_of(edited, "injected")["source"] += "our_limit = 3\n"
    for notebook in (edited, made_for(OWNER, joined(edited))):
        cells = joined(notebook).notebook["cells"]
        (kept,) = [c for c in cells if "our_limit" in c["source"]]
        assert "injected-parameters" not in tags_of(kept)
        assert cells.index(kept) < place_of({"cells": cells}, "parameters")


def test_a_copy_of_an_earlier_version_gets_its_offices_values_and_its_button():
    old = run_by_papermill(fresh(), OWNER)
    text = 'organisation = "made-up-example"  # code in data/organisations.csv\nfiscal_year = 2568'
    facts = {"origin": "parameters", "source": digest(text)}
    cell_of(old, "parameters").update(source=text)
    cell_of(old, "parameters")["metadata"]["ita"] = facts
    last = old["cells"][-1]
    last["source"] = "from ita_helpers.lab import render_report\n\nrender_report('../p.yml')"
    last["metadata"]["ita"], last["outputs"] = {"source": digest(last["source"])}, []
    slot_cells(old, "06")[0]["source"] = "คำของเรา"
    made = made_for(OWNER, joined(old))
    wanted = made_for(OWNER)
    assert [c["id"] for c in made["cells"]] == [c["id"] for c in wanted["cells"]]
    for identity in ("parameters", "render"):
        assert cell_of(made, identity) == cell_of(wanted, identity)
    assert "คำของเรา" in slot_cells(made, "06")[0]["source"]


def folded_away(notebook):
    """Return the ids of the cells that JupyterLab does not show: those under folded headings."""
    away, above = [], 0
    for cell in notebook["cells"]:
        marks = re.match(r"#{1,6}(?= )", cell["source"])
        level = len(marks.group()) if marks and cell["cell_type"] == "markdown" else 0
        above = 0 if 0 < level <= above else above
        away += [cell["id"]] if above else []
        if not above and cell["metadata"].get("jp-MarkdownHeadingCollapsed"):
            above = level
    return away


PART_CELLS = {each: part_of(cell) for cell in TEMPLATE["cells"] for each in [cell["id"]]}


@pytest.mark.parametrize("preset", PRESETS)
def test_what_a_preset_does_not_print_is_marked_and_folded_with_no_words_of_an_office(preset):
    owner = owner_of(preset)
    copied = made_for(owner)
    away = folded_away(copied)
    part, unprinted = "", {}
    for place, cell in enumerate(copied["cells"]):
        part = PART_CELLS.get(cell["id"]) or part
        if PART_CELLS.get(cell["id"]) and part not in owner.parts:
            unprinted[part] = copied["cells"][place - 1]
        if cell["id"] in away and not is_hint(cell):
            assert part not in owner.parts
            assert not slot_of(cell)
    assert unprinted
    assert all(is_hint(cell) for cell in unprinted.values())
    assert away
    assert not {"render", "hint-part-render", "parameters"} & set(away)
    within = copy.deepcopy(copied)
    within["cells"].insert(place_of(within, away[0]), own("ย่อหน้าของเรา", "own"))
    again = made_for(owner, joined(within))
    assert "own" not in folded_away(again)
    gone = made_for(
        owner, joined({**copied, "cells": [c for c in copied["cells"] if not slot_of(c)]})
    )
    words = {slot: [{**own("คำ"), "metadata": {"tags": [f"narrative-{slot}"]}}] for slot in SLOTS}
    back = put_back(gone, TEMPLATE, words)
    assert not [c for c in back["cells"] if slot_of(c) and c["id"] in folded_away(back)]
    assert made_for(owner, joined(copied)) == copied


def test_the_last_cell_is_a_button_by_name_before_anything_has_run():
    last = fresh()["cells"][-1]
    assert last["metadata"]["jupyter"]["source_hidden"]
    assert re.match("# [\u0e00-\u0e7f]", last["source"])
    button = lxml.html.fromstring(last["outputs"][0]["data"]["text/html"]).find(".//button")
    assert button.text == "จัดทำรายงานจากสมุดงานนี้"
    assert button.get("data-commandlinker-command") == "apputils:run-all-enabled"
    commands = json.loads(button.get("data-commandlinker-args"))["commands"]
    assert commands == ["docmanager:save", "notebook:run-cell"]


def test_an_untouched_draft_follows_the_data_and_edited_words_get_their_new_numbers():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = f"คำของเรา 11.11 {DRAFTS['06'][0]}"
    number = DRAFTS["06"][0].split()[3]
    new = {**DRAFTS, "06": [DRAFTS["06"][0].replace(number, "77.77"), DRAFTS["06"][1]]}
    result = joined(edited, {**new, "07": ["ร่างใหม่"]})
    assert slot_cells(result.notebook, "06")[0]["source"] == f"คำของเรา 11.11 {new['06'][0]}"
    assert slot_cells(result.notebook, "07")[0]["cell_type"] == "code"
    assert (result.states["06"], result.open) == ("edited", {})


def test_a_number_in_a_rewritten_sentence_stays_and_is_told_until_it_is_reviewed():
    edited = fresh()
    number = DRAFTS["06"][0].split()[3]
    slot_cells(edited, "06")[0]["source"] = f"เราทำได้ {number} ในปีนี้"
    new = {**DRAFTS, "06": [DRAFTS["06"][0].replace(number, "77.77"), DRAFTS["06"][1]]}
    result = joined(edited, new)
    assert result.open == {"06": (OldAndNew(number, "77.77"),)}
    at = place_of(result.notebook, "stale-06")
    assert result.notebook["cells"][at - 1]["source"] == f"เราทำได้ {number} ในปีนี้"
    assert number in sources(result.notebook)[at]
    assert "77.77" in sources(result.notebook)[at]
    copied = renewed(edited, new)
    assert "77.77" in cell_of(copied, "hint-narrative-06")["source"]
    assert joined(copied, new).open == result.open
    tick(copied, "hint-narrative-06")
    assert joined(copied, new).open == {}
    assert joined(copied, new).states["06"] == "reviewed"


def test_a_carried_number_is_told_with_its_slot_until_it_is_reviewed():
    edited = fresh()
    number = DRAFTS["06"][0].split()[3]
    slot_cells(edited, "06")[0]["source"] = f"คำของเรา {DRAFTS['06'][0]}"
    new = {**DRAFTS, "06": [DRAFTS["06"][0].replace(number, "77.77"), DRAFTS["06"][1]]}
    told = {"06": (OldAndNew(number, "77.77"),)}
    assert joined(edited, new).carried == told
    copied = renewed(edited, new)
    assert f"| {number} | 77.77 |" in cell_of(copied, "hint-narrative-06")["source"]
    assert joined(copied, new).carried == told
    assert renewed(copied, new) == copied
    tick(copied, "hint-narrative-06")
    assert joined(copied, new).carried == {}


def test_a_confirmation_holds_for_the_draft_it_was_given_for():
    edited = fresh()
    tick(edited, "hint-narrative-06")
    result = joined(edited)
    assert result.states["06"] == "reviewed"
    assert result.states["07"] == "draft"
    assert joined(edited, {**DRAFTS, "06": ["ร่างใหม่"]}).states["06"] == "draft"
    assert "[x]" in cell_of(renewed(edited), "hint-narrative-06")["source"]
    newer = renewed(edited, {**DRAFTS, "06": ["ร่างใหม่"]})
    assert "[x]" not in cell_of(newer, "hint-narrative-06")["source"]


def test_one_tick_confirms_all_slots_until_one_changes():
    edited = fresh()
    tick(edited, "hint-all")
    assert set(joined(edited).states.values()) == {"reviewed"}
    assert "[x]" in cell_of(renewed(edited), "hint-all")["source"]
    changed = {**DRAFTS, "06": ["ร่างใหม่"]}
    newer = renewed(edited, changed)
    assert "[x]" not in cell_of(newer, "hint-all")["source"]
    assert joined(newer, changed).slots("draft") == ("06",)


def test_an_open_place_is_dropped_and_told_and_filled_words_are_printed():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = f"คำของเรา\n\n{BLANK}"
    (other,) = slot_cells(edited, "07")
    other["source"] = other["source"].replace(BLANK, "อบรมเจ้าหน้าที่แล้ว")
    result = joined(edited)
    text = "\n".join(sources(result.notebook))
    assert BLANK not in text
    assert "อบรมเจ้าหน้าที่แล้ว" in text
    assert "06" in result.blanks
    assert "07" not in result.blanks
    assert BLANK in slot_cells(renewed(edited), "06")[0]["source"]


def test_a_slot_in_several_cells_is_one_slot_in_their_order():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    second = copy.deepcopy(cell)
    cell["source"], second["source"] = "ท่อนหนึ่ง", "ท่อนสอง"
    edited["cells"].insert(place_of(edited, cell["id"]) + 1, second)
    result = joined(edited)
    assert [c["source"] for c in slot_cells(result.notebook, "06")] == ["ท่อนหนึ่ง", "ท่อนสอง"]
    assert len({c["id"] for c in result.notebook["cells"]}) == len(result.notebook["cells"])


def test_a_draft_only_split_is_still_a_draft_and_equal_copies_count_once():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    second = copy.deepcopy(cell)
    cell["source"], second["source"] = DRAFTS["06"]
    at = place_of(edited, cell["id"]) + 1
    edited["cells"][at:at] = [second, copy.deepcopy(second)]
    assert joined(edited).states["06"] == "draft"


def test_two_versions_of_one_slot_are_refused():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    second = copy.deepcopy(cell)
    second["source"] += "\n\nคำของเรา"
    at = place_of(edited, cell["id"])
    edited["cells"].insert(at + 1, second)
    with pytest.raises(ConflictingSlot) as caught:
        joined(edited)
    assert_helps_the_reader(caught.value, "copy.ipynb", "06", at + 1, at + 2)


def test_a_slot_merged_into_its_neighbour_is_kept_and_not_drafted_again():
    edited = fresh()
    at = place_of(edited, "narrative-06")
    (cell,) = slot_cells(edited, "06")
    edited["cells"][at] = own(cell["source"] + "\n\nคำของเรา", "merged")
    for notebook in (edited, renewed(edited)):
        result = joined(notebook)
        assert result.vanished == ("06",)
        assert any("คำของเรา" in source for source in sources(result.notebook))
        assert not slot_cells(result.notebook, "06")


def test_a_hint_merged_into_its_slot_is_not_printed():
    edited = fresh()
    hint = cell_of(edited, "hint-narrative-06")
    (cell,) = slot_cells(edited, "06")
    cell["source"] = f"{hint['source']}\n\nคำของเรา"
    edited["cells"].remove(hint)
    edited["cells"].insert(0, {**hint, "id": "kept-elsewhere"})
    assert [c["source"] for c in slot_cells(joined(edited).notebook, "06")] == ["คำของเรา"]


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_words_of_a_slot_that_became_another_kind_of_cell_are_kept(kind):
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell |= {"cell_type": kind, "source": "คำของเรา ได้ 12.34"}
    for notebook in (edited, renewed(edited)):
        assert [c["source"] for c in slot_cells(joined(notebook).notebook, "06")] == [
            cell["source"]
        ]


def test_own_code_in_a_slots_cell_runs_beside_the_slot():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell |= {"cell_type": "code", "source": "print(1)"}
    assert "print(1)" in sources(joined(edited).notebook)


def test_an_own_cell_between_the_halves_of_a_slot_stays_there():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    upper = {**copy.deepcopy(cell), "id": "upper", "source": "ท่อนหนึ่ง"}
    cell["source"] = "ท่อนสอง"
    at = place_of(edited, cell["id"])
    edited["cells"][at:at] = [upper, own("ระหว่างสองท่อน")]
    for notebook in (edited, renewed(edited)):
        texts = sources(joined(notebook).notebook)
        at = texts.index("ท่อนหนึ่ง")
        assert texts[at : at + 3] == ["ท่อนหนึ่ง", "ระหว่างสองท่อน", "ท่อนสอง"]


def test_a_copied_heading_begins_no_part():
    edited = fresh()
    heading = {**copy.deepcopy(cell_of(edited, "h-foreword")), "id": "new", "source": "### ของเรา"}
    edited["cells"].insert(place_of(edited, "h-components"), heading)
    (made,) = [c for c in joined(edited).notebook["cells"] if c["source"] == "### ของเรา"]
    assert not tags_of(made)


def test_a_heading_merged_with_own_words_is_still_the_heading():
    edited = fresh()
    cell = cell_of(edited, "h-results")
    cell |= {"id": "merged", "source": f"{cell['source']}\n\nคำของเรา"}
    texts = sources(joined(edited).notebook)
    assert [text for text in texts if text.startswith("## ผลการประเมิน")] == [cell["source"]]


def test_a_copied_slot_with_words_of_another_kind_stays_where_it_stands():
    edited = fresh()
    base = {**copy.deepcopy(slot_cells(edited, "06")[0]), "id": "copied", "source": "อีกเรื่องหนึ่ง"}
    edited["cells"].insert(place_of(edited, "indicators-chart") + 1, base)
    for notebook in (edited, renewed(edited)):
        texts = sources(joined(notebook).notebook)
        assert texts[texts.index("อีกเรื่องหนึ่ง") - 1] == "report.indicators_chart()"
        assert joined(notebook).states["06"] == "draft"


def test_a_slot_deleted_with_its_hint_is_not_drafted_again():
    edited = fresh()
    for identity in ("hint-narrative-06", "narrative-06"):
        del edited["cells"][place_of(edited, identity)]
    for notebook in (edited, renewed(edited)):
        assert joined(notebook).vanished == ("06",)
        assert not slot_cells(joined(notebook).notebook, "06")


def cut(notebook, *identities):
    """Do what X does in JupyterLab, and return what was cut."""
    return [notebook["cells"].pop(place_of(notebook, each)) for each in identities]


CUTS = {
    "cell": lambda edited: cut(edited, "narrative-06"),
    "cell and hint": lambda edited: cut(edited, "hint-narrative-06", "narrative-06"),
    "merged": lambda edited: edited["cells"].append(own(cut(edited, "narrative-06")[0]["source"])),
}


@pytest.mark.parametrize("how", CUTS)
def test_a_slot_that_is_gone_is_told_at_its_place_until_somebody_lets_it_go(how):
    edited = fresh()
    CUTS[how](edited)
    result = joined(edited)
    at = place_of(result.notebook, "stale-missing-")
    assert result.missing == ("06",)
    assert result.notebook["cells"][at - 1]["id"] == "title"
    assert "ตัวชี้วัดที่ 6" in result.notebook["cells"][at]["source"]
    copied = renewed(edited)
    at = place_of(copied, "hint-narrative-06")
    assert "ita restore bang-khae --year 2568" in copied["cells"][at]["source"]
    assert copied["cells"][at - 1]["id"] == place_before(copied, "06")
    assert renewed(copied) == copied
    assert joined(copied).missing == ("06",)
    cut(copied, "hint-narrative-06")
    assert joined(copied).missing == ("06",)
    gone = renewed(copied)
    assert gone["metadata"]["ita"]["gone"] == ["06"]
    for notebook in (gone, renewed(gone)):
        assert (joined(notebook).missing, joined(notebook).vanished) == ((), ("06",))
        assert not [c for c in joined(notebook).notebook["cells"] if "missing-" in c["id"]]
        assert not [c for c in notebook["cells"] if "หายไป" in c["source"]]


def place_before(notebook, slot):
    """Return the name of the cell before a slot's hint in a copy that has all its slots."""
    whole = fresh()
    return whole["cells"][place_of(whole, f"hint-narrative-{slot}") - 1]["id"]


def test_a_slot_that_comes_back_is_no_longer_gone_and_may_go_again():
    edited = fresh()
    (cell,) = cut(edited, "narrative-06")
    copied = renewed(edited)
    cut(copied, "hint-narrative-06")
    gone = renewed(copied)
    gone["cells"].insert(place_of(gone, "indicators-chart") + 1, cell)
    again = renewed(gone)
    assert not {"gone", "missing"} & set(again["metadata"]["ita"])
    cut(again, "narrative-06")
    assert joined(again).missing == ("06",)


def test_the_hint_of_a_slot_that_is_gone_is_not_let_go_by_a_merge_or_lost_facts():
    edited = fresh()
    cut(edited, "narrative-06")
    copied = renewed(edited)
    for way in ("merged", "untagged"):
        notebook = copy.deepcopy(copied)
        hint = cell_of(notebook, "hint-narrative-06")
        if way == "merged":
            cut(notebook, "hint-narrative-06")
            notebook["cells"].append(own(f"คำของเรา\n\n{hint['source']}"))
        else:
            hint["metadata"] = {}
        result = joined(notebook)
        assert (result.missing, result.released) == (("06",), ()), way
        assert not [text for text in sources(result.notebook) if "หายไป" in text]
        assert "ita restore" in cell_of(renewed(notebook), "hint-narrative-06")["source"]


def test_words_typed_into_the_hint_of_a_slot_that_is_gone_are_its_words():
    edited = fresh()
    cut(edited, "narrative-06")
    copied = renewed(edited)
    cell_of(copied, "hint-narrative-06")["source"] += "\n\nคำที่พิมพ์ไว้"
    assert [c["source"] for c in slot_cells(joined(copied).notebook, "06")] == ["คำที่พิมพ์ไว้"]
    assert joined(copied).missing == ()


def test_edited_words_that_are_gone_are_told_though_the_slot_has_no_draft_today():
    edited = fresh()
    slot_cells(edited, "06")[0]["source"] = "คำของเรา"
    without = {slot: draft for slot, draft in DRAFTS.items() if slot != "06"}
    copied = renewed(edited, without)
    cut(copied, "narrative-06")
    assert joined(copied, without).missing == ("06",)


def test_the_next_year_has_every_slot_and_no_hint_of_one_that_was_gone():
    edited = fresh()
    cut(edited, "narrative-06")
    offers = offers_from(renewed(edited), TEMPLATE, 2568)
    following = make_copy(TEMPLATE, TEMPLATE, DRAFTS, OWNER, offers=offers)
    assert sources(following) == sources(fresh())


def test_words_outlive_a_draft_that_goes_and_their_numbers_are_told():
    edited = fresh()
    slot_cells(edited, "06")[0]["source"] = f"คำของเรา {DRAFTS['06'][0]}"
    without = {slot: draft for slot, draft in DRAFTS.items() if slot != "06"}
    copied = renewed(edited, without)
    assert joined(edited, without).open == joined(copied, without).open != {}
    assert "โปรดทบทวน" in cell_of(copied, "hint-narrative-06")["source"]
    assert joined(copied).open == {}


def test_a_picture_pasted_into_a_hint_or_a_slot_is_kept():
    edited = fresh()
    pasted = {"attachments": {"a.png": {"image/png": PIXEL}}}
    for identity in ("hint-narrative-06", "narrative-07"):
        cell = cell_of(edited, identity)
        cell |= {**pasted, "source": f"{cell['source']}\n\n![ภาพ](attachment:a.png)"}
    assert sum("attachments" in c for c in joined(edited).notebook["cells"]) == 2
    offers = offers_from(edited, TEMPLATE, 2568)
    assert all("attachments" in cell for cells in offers.values() for cell in cells)


def test_words_in_a_copy_of_the_last_cell_are_kept_and_its_call_does_not_run():
    edited = fresh()
    last = copy.deepcopy(edited["cells"][-1])
    edited["cells"].append({**own("ปิดท้าย", "closing"), "metadata": last["metadata"]})
    texts = sources(joined(edited).notebook)
    assert "ปิดท้าย" in texts
    assert not [text for text in texts if "render_report" in text]


def test_an_offer_two_years_old_keeps_its_own_year():
    edited = fresh()
    slot_cells(edited, "06")[0]["source"] = "เราได้ 90.23 [ปี 2567] คะแนน และ 91.11 คะแนน"
    ((offer,),) = offers_from(edited, TEMPLATE, 2568).values()
    assert offer["source"] == "เราได้ 90.23 [ปี 2567] คะแนน และ 91.11 [ปี 2568] คะแนน"


@pytest.mark.parametrize(
    "damage",
    [
        lambda cells: cells.append(1),
        lambda cells: cells.append({"cell_type": "poem", "source": "ก", "metadata": {}}),
        lambda cells: cells[3].update(source=None),
        lambda cells: cells[3].update(source=[1]),
    ],
)
def test_a_cell_that_is_none_is_named(tmp_path, damage):
    notebook = fresh()
    damage(notebook["cells"])
    file = tmp_path / "copy.ipynb"
    file.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(UnreadableNotebook) as caught:
        read_notebook_file(file, "copy.ipynb")
    assert_helps_the_reader(caught.value, "copy.ipynb", "เซลล์")


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        5,
        {"tags": 5},
        {"tags": [1]},
        {"ita": 1},
        {"ita": {"draft": 5, "seen": [1], "hint": 4, "offer": [], "for": {}}},
    ],
)
def test_odd_metadata_and_missing_ids_do_no_harm(tmp_path, metadata):
    notebook = fresh()
    for cell in notebook["cells"]:
        del cell["id"]
    notebook["cells"].append({**own("คำของเรา\x1e\x00"), "metadata": metadata})
    notebook["metadata"]["ita"]["slots"] = 7
    file = tmp_path / "copy.ipynb"
    file.write_text(json.dumps(notebook), encoding="utf-8")
    read = read_notebook_file(file, "copy.ipynb")
    assert "คำของเรา" in sources(joined(read).notebook)
    assert joined(read).states == UNTOUCHED


def test_own_cells_stand_behind_the_same_neighbour_in_a_newer_template():
    edited = fresh()
    edited["cells"].insert(place_of(edited, "indicators-chart") + 1, own("หลังใยแมงมุม"))
    newer = copy.deepcopy(TEMPLATE)
    newer["cells"].insert(5, own("เซลล์ใหม่ของแม่แบบ", "brand-new"))
    result = joined(edited, template=newer)
    texts = sources(result.notebook)
    assert texts[texts.index("หลังใยแมงมุม") - 1] == "report.indicators_chart()"
    assert "เซลล์ใหม่ของแม่แบบ" in texts


def test_own_cells_at_the_end_are_in_the_report_and_not_in_the_memo():
    edited = fresh()
    edited["cells"].append(own("ท้ายสุดของเรา"))
    executed = joined(edited).notebook
    page = {"title": "ก", "parts": ["results", "memo"], "fiscal_year": 2568}
    glued = {"name": "ita-document", "data": page}
    cell_of(executed, "record")["outputs"] = [
        {"output_type": "display_data", "data": {MIME: glued}, "metadata": {}}
    ]
    papers = read_papers(executed)
    assert "ท้ายสุดของเรา" in write_html(papers[""])
    assert "ท้ายสุดของเรา" not in write_html(papers["memo"])


def test_words_in_a_part_that_is_not_printed_are_counted_and_the_part_is_marked():
    edited = fresh()
    at = place_of(edited, "h-foreword")
    assert "ไม่อยู่ในรายงาน" in edited["cells"][at - 1]["source"]
    assert "ไม่อยู่ในรายงาน" not in edited["cells"][place_of(edited, "h-results") - 1]["source"]
    edited["cells"].insert(at + 1, own("คำนำของเรา"))
    edited["cells"].insert(place_of(edited, "h-results") + 1, own("พิมพ์"))
    edited["cells"].append(own("ท้ายสุด", "last"))
    notebook = joined(edited).notebook
    assert count_unprinted(notebook, TEMPLATE, PARTS_PRINTED) == 1
    assert count_unprinted(notebook, TEMPLATE, choose_layout("book").notebook_parts) == 0


def test_edited_words_of_a_slot_that_is_gone_go_to_an_appendix():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = "คำของเรา"
    newer = copy.deepcopy(TEMPLATE)
    newer["cells"] = [cell for cell in newer["cells"] if slot_of(cell) != "06"]
    for notebook in (edited, renewed(edited, template=newer)):
        last = joined(notebook, template=newer).notebook["cells"][-2:]
        assert "appendix" in tags_of(last[0])
        assert last[1]["source"] == "คำของเรา"


def test_a_changed_heading_or_hint_is_kept():
    edited = fresh()
    cell_of(edited, "h-results")["source"] = "## ผลของเรา"
    cell_of(edited, "hint-narrative-06")["source"] += "\n\nเขียนไว้ผิดที่"
    texts = sources(joined(edited).notebook)
    assert "## ผลของเรา" in texts
    assert "เขียนไว้ผิดที่" in texts
    assert "## ผลของเรา" in sources(renewed(renewed(edited)))


def test_the_next_year_offers_words_and_cells_and_prints_none_until_they_are_confirmed():
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = f"{DRAFTS['06'][0]} เราได้ ๙๐.๒๓ คะแนน\n\n{BLANK}"
    at = place_of(edited, "indicators-chart") + 1
    edited["cells"][at:at] = [own("ย่อหน้าของเรา 55.55 คะแนน ข้อ 2.1"), own_code("print(1)")]
    offers = offers_from(edited, TEMPLATE, 2568)
    drafts = {slot: [f"ร่างปีใหม่ของ {slot}"] for slot in SLOTS}
    copied = make_copy(TEMPLATE, TEMPLATE, drafts, OWNER, offers=offers)
    texts = sources(copied)
    assert "เราได้ ๙๐.๒๓ [ปี ๒๕๖๘] คะแนน" in texts
    assert "ย่อหน้าของเรา 55.55 [ปี 2568] คะแนน ข้อ 2.1" in texts
    assert not [text for text in texts if DRAFTS["06"][0] in text]
    result = joined(copied, drafts)
    assert result.offers == 3
    assert result.states["06"] == "draft"
    printed = [c for c in result.notebook["cells"] if "remove-cell" not in tags_of(c)]
    assert not [c for c in printed if "[ปี" in c["source"] or c["source"] == "print(1)"]
    again = renewed(copied, drafts)
    assert sources(again) == texts
    for hint in [c for c in again["cells"] if "จากปี 2568" in c["source"]]:
        hint["source"] = ticked(hint["source"])
    result = joined(again, drafts)
    assert result.offers == 0
    assert result.states["06"] == "edited"
    texts = sources(result.notebook)
    place = texts.index("ร่างปีใหม่ของ 06")
    assert texts[place + 1] == "เราได้ ๙๐.๒๓ [ปี ๒๕๖๘] คะแนน"
    place = texts.index("report.indicators_chart()")
    assert texts[place + 1 : place + 3] == ["ย่อหน้าของเรา 55.55 [ปี 2568] คะแนน ข้อ 2.1", "print(1)"]
    assert not [c for c in renewed(again, drafts)["cells"] if "จากปี 2568" in c["source"]]


KINDS = ["insert", "write", "move", "split", "merge", "copy", "untag", "delete", "raw", "convert"]
ACTIONS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 200), st.integers(0, 200)), max_size=12
)
GONE = st.sets(st.sampled_from([cell["id"] for cell in TEMPLATE["cells"]]), max_size=4)


def act(cells, action, one, other, number):
    """Do to a list of cells what people do in JupyterLab; words are ``คำที่N``.

    A split gives the upper half a new id, a merge the result; metadata are the active cell's.
    """
    at = one % len(cells)
    cell, word = cells[at], f"คำที่{number} ได้ 12.3{number}"
    if action == "insert":
        cells.insert(at, own(word, f"own-{number}"))
    elif action == "convert" and cell["cell_type"] != "markdown":
        cells[at] = {**own(word, cell["id"]), "metadata": cell["metadata"]}
    elif cell["cell_type"] != "markdown":
        return
    elif action == "write":
        cell["source"] += f"\n\n{word}"
    elif action == "raw":
        cell["cell_type"] = "raw"
    elif action == "move":
        cells.insert(other % len(cells), cells.pop(at))
    elif action == "split":
        upper = {**copy.deepcopy(cell), "id": f"split-{number}"}
        cut = cell["source"].find("\n\n", len(cell["source"]) // 2)
        if cut > 0:
            upper["source"], cell["source"] = cell["source"][:cut], cell["source"][cut:]
            cells.insert(at, upper)
    elif action == "merge" and at + 1 < len(cells):
        below = cells[at + 1]
        if below["cell_type"] == "markdown":
            active = copy.deepcopy(cell if other % 2 else below)
            text = f"{cell['source']}\n\n{below['source']}"
            cells[at : at + 2] = [{**active, "id": f"merge-{number}", "source": text}]
    elif action == "copy":
        cells.insert(other % len(cells), {**copy.deepcopy(cell), "id": f"copy-{number}"})
    elif action == "untag":
        cell["metadata"].pop("tags", None)
    elif action == "delete" and "คำที่" not in cell["source"]:
        del cells[at]


@examples(1 / 3)
@given(ACTIONS, st.sets(st.sampled_from(SLOTS)), GONE)
def test_no_word_of_an_analyst_is_ever_lost(actions, changed, gone):
    edited = fresh()
    for number, (action, one, other) in enumerate(actions):
        act(edited["cells"], action, one, other, number % 10)
    before = copy.deepcopy(edited)
    template = copy.deepcopy(TEMPLATE)
    template["cells"] = [cell for cell in template["cells"] if cell["id"] not in gone]
    drafts = {
        slot: [
            sentences[0].replace("25", "75") if slot in changed else sentences[0],
            *sentences[1:],
        ]
        for slot, sentences in DRAFTS.items()
    }
    words = {line for text in sources(edited) for line in text.split("\n\n") if "คำที่" in line}
    try:
        result = joined(edited, drafts, template)
    except ConflictingSlot:
        assert edited == before
        return
    nbformat.validate(nbformat.from_dict(result.notebook))
    assert_kept(words, result.notebook)
    assert edited == before
    assert joined(edited, drafts, template) == result
    once = renewed(edited, drafts, template)
    nbformat.validate(nbformat.from_dict(once))
    assert_kept(words, once)
    assert renewed(once, drafts, template) == once
    assert_kept(words, joined(once, drafts, template).notebook)
    offers = offers_from(once, template, 2568)
    following = make_copy(template, template, drafts, OWNER, offers=offers)
    nbformat.validate(nbformat.from_dict(following))
    shown = "\n".join(sources(following)).replace(" [ปี 2568]", "")
    assert not [line for line in words if squeeze(line) not in squeeze(shown)]


def assert_kept(words, notebook):
    text = "\n".join(sources(notebook))
    assert [line for line in words if line not in text] == []


@pytest.fixture(scope="session")
def made_by_the_command(tmp_path_factory):
    """Make a workspace with the copy of one report once, by the command."""
    return made_once(tmp_path_factory, "office-with-a-copy", _make_copy)


EDITED = (
    "h-develop narrative-summary indicators-chart h-analysis instrument-eit narrative-eit".split()
)
EDITED += "indicator-06 narrative-06 indicator-07 narrative-07 indicator-08 narrative-08".split()
EDITED += ["h-closing", "narrative-closing"]
"""Cells of the report that commands edit here, besides those of every short one."""


def _make_copy(folder):
    for each in ("data", "params"):
        shutil.copytree(ROOT / each, folder / each)
    shutil.rmtree(folder / "data/plans")
    shorten(Workspace(folder), *EDITED)
    run = ita("edit", folder / "params/2568/bang-khae.yml", "--no-lab", root=folder)
    assert run.exit_code == 0, run.output


@pytest.fixture
def office(made_by_the_command, tmp_path):
    """Give a workspace with the copy of one report, to be changed."""
    shutil.copytree(made_by_the_command, tmp_path, dirs_exist_ok=True)
    workspace = Workspace(tmp_path)
    copied = tmp_path / "notebooks/edited/2568/bang-khae.ipynb"
    return workspace, workspace.params / "2568/bang-khae.yml", copied


@pytest.mark.processes
def test_edited_words_own_cells_and_new_numbers_stand_in_every_format(office):
    workspace, parameters, path = office
    notebook = nbformat.read(path, as_version=4)
    at = next(i for i, c in enumerate(notebook.cells) if c.id == "narrative-07")
    draft = notebook.cells[at].metadata.ita.draft
    kept = [each for each in draft if not each.startswith("หน่วยงานควร")]
    assert len(kept) == len(draft) - 1
    notebook.cells[at].source = " ".join([*kept, "หน่วยงานปรับหน้าแรกของเว็บไซต์แล้ว"])
    chart = "import matplotlib.pyplot as plt\nplt.bar(['a'], [1])\nplt.show()"
    notebook.cells[at + 1 : at + 1] = [
        nbformat.v4.new_markdown_cell("ย่อหน้าของเรา"),
        nbformat.v4.new_code_cell(chart),
    ]
    nbformat.write(notebook, path)
    before = path.read_bytes()
    scores = workspace.root / "data/scores/2568.csv"
    text = scores.read_text(encoding="utf-8-sig").replace("bang-khae,7,90.23", "bang-khae,7,90.40")
    text = text.replace("bang-khae,ITA,92.86", "bang-khae,ITA,92.88")
    assert "90.40" in text and "92.88" in text
    write(workspace, "data/scores/2568.csv", text)
    run = ita("render", parameters, "--to", "html,pdf,docx", root=workspace.root)
    assert run.exit_code == 0, run.output
    made = workspace.rendered / "2568/bang-khae.html"
    texts = [
        skeleton(text_of_page(made)),
        skeleton(word_text(docx.Document(made.with_suffix(".docx")).element.body)),
        pdf_skeleton(made.with_suffix(".pdf")),
    ]
    added = skeleton("หน่วยงานปรับหน้าแรกของเว็บไซต์แล้ว")
    carried = skeleton("ได้ ๙๐.๔๐ คะแนน ตัวชี้วัดนี้ทำให้คะแนนภาพรวมขาดไป ๐.๙๖ คะแนน")
    for text in texts:
        assert text.index(carried) < text.index(added) < text.index(skeleton("ย่อหน้าของเรา"))
        for gone in ("๙๐.๒๓", "ควรรักษาช่องทางเผยแพร่ข้อมูล", "โปรดทบทวน"):
            assert skeleton(gone) not in text
    page = made.read_text(encoding="utf-8")
    assert page.index("ย่อหน้าของเรา") < page.index("data:image/png")
    assert path.read_bytes() == before
    run = ita("check", parameters, root=workspace.root)
    assert run.exit_code == 0, run.output


def text_of_page(file):
    return lxml.html.fromstring(file.read_text(encoding="utf-8")).find(".//main").text_content()


def change_score(workspace, old, new):
    file = "data/scores/2568.csv"
    text = (workspace.root / file).read_text(encoding="utf-8-sig")
    assert old in text
    write(workspace, file, text.replace(old, new))


def rewrite(path, slot, text):
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [c for c in notebook.cells if slot_of(c) == slot]
    cell.source = text
    nbformat.write(notebook, path)


@pytest.mark.processes
def test_a_number_in_a_rewritten_sentence_is_told_by_page_render_and_check(office):
    workspace, parameters, path = office
    rewrite(path, "07", "เราสื่อสารได้ถึง ๙๐.๒๓ ในปีนี้")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = cell_of(notebook, "parameters")
    cell["source"] = "".join(cell["source"]).replace("2568", "2567")
    path.write_text(json.dumps(notebook), encoding="utf-8")
    typed = "fiscal_year ในเซลล์เป็น 2567 ในแฟ้มกำหนดค่าเป็น 2568"
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")
    change_score(workspace, "bang-khae,ITA,92.86", "bang-khae,ITA,92.95")
    run = ita("render", parameters, "--to", "html", root=workspace.root)
    assert run.exit_code == 0, run.output
    assert typed in run.output
    page = text_of_page(workspace.rendered / "2568/bang-khae.html")
    assert "เราสื่อสารได้ถึง ๙๐.๒๓ ในปีนี้" in page
    assert "เดิม “๙๐.๒๓” ใหม่ “๙๑.๑๑”" in page
    assert "ข้อความที่ควรตรวจ 2 แห่ง" in run.output
    run = ita("check", parameters, root=workspace.root)
    assert run.exit_code == 1
    assert typed in run.output
    lines = run.output.splitlines()
    assert len([line for line in lines if "90.23" in line or "๙๐.๒๓" in line]) == 2
    number = 1 + place_of(json.loads(path.read_text(encoding="utf-8")), "narrative-07")
    assert all(f"เซลล์ {number}:" in line for line in lines[:2])


@pytest.mark.processes
def test_a_slot_that_is_gone_is_said_first_by_page_render_and_check(office):
    workspace, parameters, path = office
    rewrite(path, "07", "เราสื่อสารได้ถึง ๑๑.๑๑ ในปีนี้")
    cut_in(path, "narrative-06")
    run = ita("render", parameters, "--to", "html", root=workspace.root)
    assert run.exit_code == 0, run.output
    told = [line for line in run.output.splitlines() if "bang-khae.ipynb" in line]
    assert "ไม่พบช่อง ตัวชี้วัดที่ 6" in told[0]
    assert "ita restore bang-khae --year 2568" in told[0]
    assert "ข้อความที่ควรตรวจ 2 แห่ง" in run.output
    page = skeleton(text_of_page(workspace.rendered / "2568/bang-khae.html"))
    note = skeleton("ไม่พบข้อความของช่อง ตัวชี้วัดที่ ๖")
    assert note in page
    assert page.index(note) < page.index(skeleton("เรื่องที่ต้องพัฒนา"))
    run = ita("check", parameters, root=workspace.root)
    assert run.exit_code == 1
    assert "ไม่พบช่อง ตัวชี้วัดที่ 6" in run.output.splitlines()[0]
    hint = 1 + place_of(json.loads(path.read_text(encoding="utf-8")), "hint-narrative-06")
    assert f"เซลล์ {hint}:" in run.output.splitlines()[0]


@pytest.mark.processes
def test_a_slot_that_is_gone_comes_back_with_its_words_by_one_command(office):
    workspace, parameters, path = office
    restore = ("restore", "บางแค", "--year", 2568)
    first = json.loads(path.read_text(encoding="utf-8"))
    run = ita(*restore, root=workspace.root)
    assert (run.exit_code, "มีช่องครบแล้ว" in run.output) == (0, True)
    rewrite(path, "06", "คำของเราที่ถูกตัด")
    checkpoint = path.parent / ".ipynb_checkpoints/bang-khae-checkpoint.ipynb"
    checkpoint.parent.mkdir()
    shutil.copy(path, checkpoint)
    cut_in(path, "narrative-06", "narrative-07", "hint-narrative-07")
    before = path.read_bytes()
    run = ita(*restore, "--slot", "ตัวชี้วัดที่ ๖๖", root=workspace.root)
    assert (run.exit_code, path.read_bytes()) == (1, before)
    assert "อาจหมายถึง “ตัวชี้วัดที่ 6”" in run.output
    run = ita(*restore, "--slot", "8", root=workspace.root)
    assert (run.exit_code, path.read_bytes()) == (0, before)
    assert "อยู่แล้ว" in run.output
    run = ita(*restore, "--slot", "๖", root=workspace.root)
    assert run.exit_code == 0, run.output
    assert str(checkpoint.relative_to(workspace.root)) in run.output
    assert (path.parent / "backups/bang-khae-1.ipynb").read_bytes() == before
    checkpoint.unlink()
    run = ita(*restore, root=workspace.root)
    assert run.exit_code == 0, run.output
    assert "ร่างของวันนี้" in run.output
    copied = json.loads(path.read_text(encoding="utf-8"))
    assert [c["id"] for c in copied["cells"]] == [c["id"] for c in first["cells"]]
    assert "".join(cell_of(copied, "narrative-06")["source"]) == "คำของเราที่ถูกตัด"
    assert "ไม่พบช่อง" not in ita("check", parameters, root=workspace.root).output
    cut_in(path, "narrative-06")
    run = ita(*restore, root=workspace.root)
    assert "backups/bang-khae-2.ipynb" in run.output
    copied = json.loads(path.read_text(encoding="utf-8"))
    assert "".join(cell_of(copied, "narrative-06")["source"]) == "คำของเราที่ถูกตัด"
    path.unlink()
    run = ita(*restore, root=workspace.root)
    assert run.exit_code == 1
    assert "ita edit bang-khae --year 2568" in run.output


def cut_in(path, *identities):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cut(notebook, *identities)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.processes
def test_a_copy_is_renewed_with_its_old_version_kept(office):
    workspace, parameters, path = office
    rewrite(path, "07", "เราสื่อสารได้ถึง ๙๐.๒๓ ในปีนี้")
    before = path.read_bytes()
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 0, run.output
    backup = path.parent / "backups/bang-khae-1.ipynb"
    assert backup.read_bytes() == before
    assert "backups/bang-khae-1.ipynb" in run.output
    renewed_copy = json.loads(path.read_text(encoding="utf-8"))
    assert "๙๑.๑๑" in "".join(cell_of(renewed_copy, "hint-narrative-07")["source"])
    assert "".join(cell_of(renewed_copy, "narrative-07")["source"]).startswith("เราสื่อสารได้ถึง ๙๐.๒๓")
    content = path.read_bytes()
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert path.read_bytes() == content
    assert "ตรงกับข้อมูลปัจจุบันแล้ว" in run.output
    assert len(list(backup.parent.iterdir())) == 1


@pytest.mark.processes
def test_confirming_every_slot_takes_the_draft_mark_away(office):
    workspace, parameters, path = office
    footers = []
    for _ in range(2):
        run = ita("render", parameters, "--to", "html,pdf,docx", root=workspace.root)
        assert run.exit_code == 0, run.output
        stem = workspace.rendered / "2568/bang-khae"
        page = lxml.html.fromstring(stem.with_suffix(".html").read_bytes())
        pages = pypdfium2.PdfDocument(stem.with_suffix(".pdf"))
        section = docx.Document(stem.with_suffix(".docx")).sections[0]
        footers.append(
            (
                "ร่าง" in page.find(".//footer").text_content(),
                "ร่าง ·" in squeeze(pages[3].get_textpage().get_text_range()),
                "ร่าง" in word_text(section.footer._element),
            )
        )
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = cell_of(notebook, "hint-all")
        cell["source"] = ticked("".join(cell["source"]))
        path.write_text(json.dumps(notebook), encoding="utf-8")
    assert footers == [(True, True, True), (False, False, False)]
    run = ita("check", parameters, root=workspace.root)
    assert "ร่าง" not in run.output


@pytest.mark.processes
def test_the_copy_of_the_next_year_offers_last_years_words(office):
    workspace, _, path = office
    rewrite(path, "07", "เราปรับหน้าเว็บไซต์จนได้ ๙๐.๒๓ คะแนน")
    text = (workspace.root / "data/scores/2568.csv").read_text(encoding="utf-8-sig")
    write(workspace, "data/scores/2569.csv", text)
    parameters = write(
        workspace, "params/2569/bang-khae.yml", "organisation: bang-khae\nfiscal_year: 2569\n"
    )
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 0, run.output
    assert "สมุดงานปี 2568" in run.output
    copied = json.loads((path.parent.parent / "2569/bang-khae.ipynb").read_text(encoding="utf-8"))
    texts = ["".join(cell["source"]) for cell in copied["cells"]]
    at = texts.index("เราปรับหน้าเว็บไซต์จนได้ ๙๐.๒๓ [ปี ๒๕๖๘] คะแนน")
    assert "จากปี 2568 โปรดทบทวน" in texts[at - 1]
    run = ita("render", parameters, "--to", "html", root=workspace.root)
    assert run.exit_code == 0, run.output
    assert "เราปรับหน้าเว็บไซต์" not in text_of_page(workspace.rendered / "2569/bang-khae.html")


@pytest.mark.processes
def test_a_copy_run_on_new_data_and_exported_says_that_its_words_are_older(office):
    workspace, _, path = office
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "โปรดทบทวน" not in write_html(read_notebook(notebook))
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")
    notebook["cells"] = [c for c in notebook["cells"] if RENDER not in tags_of(c)]
    run = workspace.root / "run.ipynb"
    run.write_text(json.dumps(notebook), encoding="utf-8")
    with root_for_notebooks(workspace):
        executed = execute_notebook(run, run, {}, shown="run.ipynb")
    page = write_html(read_notebook(executed))
    assert "โปรดทบทวน: ข้อมูลเปลี่ยนหลังจากเขียนข้อความข้างต้น" in squeeze(page)


@pytest.mark.processes
def test_a_cell_without_end_is_named_and_the_copy_stays(office, monkeypatch):
    workspace, parameters, path = office
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"].insert(2, nbformat.v4.new_code_cell("while True: pass", id="endless"))
    before = json.dumps(notebook)
    path.write_text(before, encoding="utf-8")
    monkeypatch.setitem(execute_notebook.__kwdefaults__, "seconds", 3)
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 1
    assert "เซลล์ที่ 3 ของ notebooks/edited/2568/bang-khae.ipynb" in run.output
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.processes
def test_words_saved_while_a_copy_is_renewed_are_not_replaced(office, monkeypatch):
    workspace, parameters, path = office
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")

    def save_meanwhile(*arguments, **facts):
        rewrite(path, "07", "บันทึกระหว่างนั้น")
        return execute_notebook(*arguments, **facts)

    monkeypatch.setattr("ita_helpers.run.execute.execute_notebook", save_meanwhile)
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 1
    assert "notebooks/edited/2568/bang-khae.ipynb" in run.output
    assert "บันทึกระหว่างนั้น" in path.read_text(encoding="utf-8")
    assert not (path.parent / "backups").exists()


@pytest.mark.processes
def test_an_own_cell_that_fails_is_named_by_its_place_in_the_copy(office):
    workspace, parameters, path = office
    notebook = nbformat.read(path, as_version=4)
    at = place_of(notebook, "indicators-chart") + 1
    notebook.cells.insert(at, nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(notebook, path)
    for command in (["render", parameters, "--to", "html"], ["edit", parameters, "--no-lab"]):
        run = ita(*command, root=workspace.root)
        assert run.exit_code == 1
        assert f"เซลล์ที่ {at + 1} ของ notebooks/edited/2568/bang-khae.ipynb" in run.output


@pytest.mark.parametrize("place", ["notebooks/edited", "notebooks/edited/2568/backups"])
@pytest.mark.processes
def test_a_folder_that_cannot_be_written_is_named(office, place):
    workspace, parameters, path = office
    rewrite(path, "07", "คำของเรา")
    change_score(workspace, "bang-khae,7,90.23", "bang-khae,7,91.11")
    if place.endswith("edited"):
        shutil.rmtree(workspace.root / place)
    write(workspace, place, "no folder")
    run = ita("edit", parameters, "--no-lab", root=workspace.root)
    assert run.exit_code == 1
    assert place in run.output


@pytest.mark.processes
def test_a_moved_parameter_file_is_written_into_the_last_cell(office):
    workspace, parameters, path = office
    moved = workspace.root / "my params ทดสอบ.yml"
    shutil.copy(parameters, moved)
    run = ita("edit", moved, "--no-lab", root=workspace.root)
    assert run.exit_code == 0, run.output
    assert "my params ทดสอบ.yml" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["newer", "conflict"])
@pytest.mark.processes
def test_a_copy_that_cannot_be_read_rightly_stops_only_its_own_commands(office, kind):
    workspace, parameters, path = office
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if kind == "newer":
        notebook["metadata"][OURS]["copy"] = 99
    else:
        at = place_of(notebook, "narrative-06")
        second = copy.deepcopy(notebook["cells"][at])
        second["source"] = "".join(second["source"]) + "\n\nคำของเรา"
        notebook["cells"].insert(at + 1, {**second, "id": "second"})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = path.read_bytes()
    for command in (["render", parameters, "--to", "html"], ["edit", parameters, "--no-lab"]):
        run = ita(*command, root=workspace.root)
        assert run.exit_code == 1
        assert "notebooks/edited/2568/bang-khae.ipynb" in run.output
    assert ita("check", parameters, root=workspace.root).exit_code == 1
    assert path.read_bytes() == before


@pytest.mark.processes
def test_a_copy_is_made_once_and_a_damaged_one_is_named(office):
    workspace, parameters, path = office
    before = path.read_bytes()
    assert ita("edit", parameters, "--no-lab", root=workspace.root).exit_code == 0
    assert path.read_bytes() == before
    notebook = json.loads(before)
    hints = [c for c in notebook["cells"] if HINT in c["metadata"].get("tags", [])]
    slots = [slot_of(c) for c in notebook["cells"] if slot_of(c) and c["cell_type"] == "markdown"]
    assert slots == [slot_of(c) for c in TEMPLATE["cells"] if slot_of(c) and c["id"] in EDITED]
    assert len(hints) > len(slots)
    path.write_text("{", encoding="utf-8")
    run = ita("render", parameters, "--to", "html", root=workspace.root)
    assert run.exit_code == 1
    assert "notebooks/edited/2568/bang-khae.ipynb" in run.output
    assert path.read_text(encoding="utf-8") == "{"


@pytest.mark.processes
def test_the_copy_of_another_office_is_refused(office):
    workspace, _, path = office
    shutil.copy(path, path.with_name("chai-so.ipynb"))
    run = ita("render", workspace.params / "2568/chai-so.yml", root=workspace.root)
    assert run.exit_code == 1
    assert "bang-khae/2568" in run.output


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>คำ", '<img src=x onerror="a()">คำ', "[คำ](javascript:a())"]
)
def test_hostile_words_are_harmless(words):
    edited = fresh()
    (cell,) = slot_cells(edited, "06")
    cell["source"] = words
    page = write_html(read_notebook(joined(edited).notebook, name="x"))
    assert "<script" not in page
    assert "onerror" not in page
    assert "javascript:" not in page
    assert "คำ" in page
    document = read_notebook(joined(edited).notebook, name="x")
    for content in (write_pdf(document, "a-2b"), write_docx(document)):
        assert not re.search(rb"javascript:|/JavaScript|/JS\b|<script|onerror", content)
