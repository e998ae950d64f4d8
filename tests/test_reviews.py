"""Who reviewed a slot and when: shown above it, kept through joins, lost with the words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from conftest import write
from copies import DRAFTS, OWNER, TEMPLATE, cell_of, fresh, joined, tick
from reviewed import STEM, office, review

from ita_helpers.edited.cells import ours
from ita_helpers.edited.join import join
from ita_helpers.edited.make import make_copy
from ita_helpers.edited.next_year import offers_from
from ita_helpers.edited.reviews import Review, plain_name, review_in
from ita_helpers.rendering.issuable import read_candidate

DAY = date(2026, 11, 29)
CLERK = Review(DAY, "รองปลัด")
LATER = Review(date(2026, 12, 5), "ปลัด")
SAID = "**ทบทวนแล้ว** ณ วันที่ 29 พฤศจิกายน 2569 โดย “รองปลัด”"
LAPSED = "**แก้ไขหลังการทบทวน** ทบทวนไว้ ณ วันที่ 29 พฤศจิกายน 2569 โดย “รองปลัด”"
SLOT, HINT = "narrative-06", "hint-narrative-06"


def renewed(edited, seen=None, drafts=DRAFTS, template=TEMPLATE):
    result = join(template, edited, drafts, "copy.ipynb", seen)
    return make_copy(result.notebook, template, drafts, OWNER, joined=result)


def reviewed(words=None, name=HINT):
    """Return a copy with a slot, or all, that somebody reviewed and the program has seen."""
    copied = fresh()
    if words:
        cell_of(copied, SLOT)["source"] = words
    tick(copied, name)
    return renewed(copied, CLERK)


def hint(copied):
    return cell_of(copied, HINT)["source"]


@pytest.mark.parametrize("words", [None, "คำของหน่วยงานเอง"])
@pytest.mark.parametrize("name", [HINT, "hint-all"])
def test_a_tick_is_recorded_once_and_stays_as_it_was_seen_first(words, name):
    copied = reviewed(words, name)
    assert SAID in hint(copied)
    again = renewed(copied, LATER)
    assert SAID in hint(again)
    assert [ours(c) for c in again["cells"]] == [ours(c) for c in copied["cells"]]
    assert joined(again).states["06"] == "reviewed"


def test_without_a_tick_nothing_is_recorded_and_nobody_is_named_who_is_not_known():
    assert "ณ วันที่" not in hint(renewed(fresh(), CLERK))
    copied = fresh()
    tick(copied, HINT)
    said = hint(renewed(copied, Review(DAY)))
    assert "ณ วันที่ 29 พฤศจิกายน 2569\n" in said
    assert "โดย" not in said


def test_no_notebook_that_is_run_or_published_tells_who_reviewed_it():
    copied = reviewed("คำของหน่วยงานเอง", "hint-all")
    result = joined(copied)
    assert "รองปลัด" not in json.dumps(result.notebook, ensure_ascii=False)
    assert result.reviews["06"].by == "รองปลัด"


def test_words_that_change_afterwards_lose_the_review_until_somebody_ticks_again():
    copied = reviewed("คำของหน่วยงานเอง")
    cell_of(copied, SLOT)["source"] += " แก้อีก"
    result = joined(copied)
    assert (result.states["06"], result.lapsed) == ("edited", ("06",))
    later = renewed(copied, LATER)
    assert LAPSED in hint(later)
    assert "[x]" not in hint(later)
    assert LAPSED in hint(renewed(later, LATER))
    tick(later, HINT)
    again = renewed(later, LATER)
    assert "5 ธันวาคม 2569 โดย “ปลัด”" in hint(again)
    assert joined(again).lapsed == ()


def test_spaces_and_digits_are_no_change_of_words():
    copied = reviewed("คำของเรา ได้ 90 คะแนน")
    cell_of(copied, SLOT)["source"] = "คำของเรา  ได้ ๙๐ คะแนน\n"
    assert joined(copied).lapsed == ()


@pytest.mark.parametrize(("words", "lapsed"), [(None, ()), ("คำของหน่วยงานเอง", ("06",))])
def test_new_data_lose_the_review_and_a_draft_is_a_draft_again(words, lapsed):
    newer = {**DRAFTS, "06": ["ร่างใหม่ ได้ 77.77 คะแนน"]}
    copied = reviewed(words)
    result = joined(copied, newer)
    assert (result.states["06"], result.lapsed) == ("edited" if words else "draft", lapsed)
    assert LAPSED in hint(renewed(copied, LATER, newer))


def test_a_standing_draft_is_never_said_to_lack_a_review():
    copied = reviewed(name="hint-all")
    newer = {**DRAFTS, "background": ["อื่น"]}
    again = renewed(copied, LATER, newer)
    assert "แก้ไขหลังการทบทวน" not in cell_of(again, "hint-narrative-background")["source"]


def test_a_box_that_is_emptied_takes_the_review_back():
    copied = reviewed("คำของหน่วยงานเอง")
    cell_of(copied, HINT)["source"] = hint(copied).replace("[x]", "[ ]")
    again = renewed(copied, LATER)
    assert "ณ วันที่" not in hint(again)
    assert not review_in([cell_of(again, SLOT)])


def test_a_review_outlives_another_template_and_is_none_of_the_next_year():
    copied = reviewed("คำของหน่วยงานเอง")
    template = json.loads(json.dumps(TEMPLATE))
    template["cells"].insert(5, {**template["cells"][0], "id": "new", "source": "ใหม่"})
    assert SAID in hint(renewed(copied, LATER, template=template))
    offers = offers_from(copied, TEMPLATE, 2568)
    following = fresh(offers=offers)
    assert "รองปลัด" not in json.dumps(following, ensure_ascii=False)
    assert not joined(following).reviews


@pytest.mark.parametrize("keeps", [True, False])
def test_the_line_of_a_review_is_never_printed_and_words_typed_into_it_are(keeps):
    copied = reviewed("คำของหน่วยงานเอง")
    cell = cell_of(copied, HINT)
    cell["source"] = cell["source"].replace(SAID, f"{SAID} เห็นชอบตามเสนอ")
    if not keeps:
        cell["metadata"] = {"tags": cell["metadata"]["tags"]}
    text = "\n".join(c["source"] for c in joined(copied).notebook["cells"])
    assert "เห็นชอบตามเสนอ" in text
    assert "รองปลัด" not in text
    assert "พฤศจิกายน" not in text


@pytest.mark.parametrize(
    "odd", [{"day": "วันนี้"}, {"day": 5}, {"by": "ก"}, {"day": "2026-11-29", "by": ["ก"]}]
)
def test_a_record_that_makes_no_sense_is_none_or_harmless(odd):
    copied = reviewed()
    cell_of(copied, SLOT)["metadata"]["ita"]["review"] = odd
    assert joined(copied).states["06"] in ("reviewed", "draft")


def test_a_name_is_shown_letter_by_letter():
    assert plain_name(" ก”\n<b>[ข](x) ") == "ก b ข (x)"
    assert len(plain_name("ก" * 500)) < 100


def test_words_changed_after_a_review_are_not_issued(tmp_path):
    workspace = office(tmp_path)
    write(workspace, "data/offices/ban-rai.yml", "reviewer: รองปลัด\n")
    review(workspace)
    file = workspace.params / STEM.with_suffix(".yml")
    own = read_candidate(workspace, file, allows_made_up=True).own
    owner = replace(OWNER, organisation="ban-rai")
    made = make_copy(own.joined.notebook, own.template, own.drafts, owner, joined=own.joined)
    assert "โดย “รองปลัด”" in cell_of(made, "hint-narrative-summary")["source"]
    cell_of(made, "narrative-summary")["source"] += "\n\nเพิ่มภายหลัง"
    write(workspace, f"notebooks/edited/{STEM}.ipynb", json.dumps(made))
    given = read_candidate(workspace, file, allows_made_up=True)
    assert given.own.reopened == ("summary",)
    assert [each for each in given.refusals() if "แก้ไขหลังการทบทวน (บทสรุปสำหรับผู้บริหาร)" in each]
