"""Who a cell of a copy is, whatever was done to it: no word is lost, no line of ours printed."""

from __future__ import annotations

import copy
import random

import pytest
from copies import (
    TEMPLATE,
    UNTOUCHED,
    cell_of,
    fresh,
    joined,
    own,
    place_of,
    renewed,
    slot_cells,
    sources,
)
from hands import Hand

from ita_helpers.edited.cells import HIDDEN, tags_of
from ita_helpers.edited.lines import missing_hint, name_of, restore_command, without_ours
from ita_helpers.edited.numbering import numbers_in
from ita_helpers.errors import ConflictingSlot
from ita_helpers.language.catalogue import say

HINT = say("edit.hint", name=name_of("07"), changes=[{"old": "90.23", "new": "91.11"}], carried=())
TICKED = ["[ x]", "[x ]", "[/]", "[✓]", "[X]", "[ป]", "[)]", "[x", "x]", "[]x", "x", "[ใช่]", "-[x]"]


def set_all(key):
    def damage(cells):
        for cell in cells:
            if key == "metadata":
                cell["metadata"] = {}
            elif key == "id":
                cell["id"] = f"new-{id(cell)}"
            else:
                cell["metadata"].pop(key, None)

    return damage


DAMAGES = {
    "none": lambda cells: None,
    "metadata cleared": set_all("metadata"),
    "our facts gone": set_all("ita"),
    "tags gone": set_all("tags"),
    "ids gone": set_all("id"),
}


def write_into_slot(edited, word):
    slot_cells(edited, "06")[0]["source"] += f"\n\n{word}"


def write_under_heading(edited, word):
    cell_of(edited, "h-results")["source"] += f"\n\n{word}"


def write_into_hint(edited, word):
    cell = cell_of(edited, "hint-narrative-06")
    cell["source"] = cell["source"].replace(" กด Enter", f" {word} กด Enter")


def write_before_hint(edited, word):
    cell = cell_of(edited, "hint-narrative-06")
    cell["source"] = f"{word}{cell['source']}"


def write_behind_tick(edited, word):
    cell_of(edited, "hint-narrative-06")["source"] += f" {word}"


def write_own(edited, word):
    edited["cells"].insert(place_of(edited, "indicators-chart") + 1, own(word))


GESTURES = [
    write_into_slot,
    write_under_heading,
    write_into_hint,
    write_before_hint,
    write_behind_tick,
    write_own,
]


@pytest.mark.parametrize("gesture", GESTURES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_loses_a_word_or_prints_a_line_of_ours(damage, gesture):
    edited = fresh()
    gesture(edited, "คำของเรา")
    DAMAGES[damage](edited["cells"])
    for notebook in (edited, renewed(edited)):
        printed = [c for c in joined(notebook).notebook["cells"] if HIDDEN not in tags_of(c)]
        text = "\n".join(cell["source"] for cell in printed)
        assert text.count("คำของเรา") == 1
        assert "บรรทัดนี้ไม่อยู่ในรายงาน" not in text
        assert "ทบทวนช่องนี้" not in text
        assert text.count("## ผลการประเมิน") == "\n".join(sources(TEMPLATE)).count("## ผลการประเมิน")


def test_an_untouched_copy_whose_metadata_were_cleared_is_still_the_template():
    edited = fresh()
    set_all("metadata")(edited["cells"])
    result = joined(edited)
    assert sources(result.notebook) == sources(TEMPLATE)
    assert result.states == UNTOUCHED


def test_words_without_their_facts_count_as_a_draft_until_they_are_reviewed():
    edited = fresh()
    write_into_slot(edited, "คำของเรา")
    set_all("metadata")(edited["cells"])
    cell = cell_of(edited, "hint-narrative-06")
    cell["source"] = cell["source"].replace("[ ]", "[x]")
    result = joined(edited)
    assert (result.states["06"], result.lost) == ("draft", ("06",))
    again = renewed(edited)
    assert joined(again).states["06"] == "draft"
    cell = cell_of(again, "hint-narrative-06")
    cell["source"] = cell["source"].replace("[ ]", "[x]")
    assert (joined(again).states["06"], joined(again).lost) == ("reviewed", ())
    assert joined(renewed(again)).states["06"] == "reviewed"


def test_two_cells_of_one_id_that_were_both_changed_are_both_kept():
    edited = fresh()
    cell = cell_of(edited, "h-results")
    second = copy.deepcopy(cell)
    cell["source"] += "\n\nคำแรก"
    second["source"] += "\n\nคำที่สอง"
    edited["cells"].append(second)
    for notebook in (edited, renewed(edited)):
        text = "\n".join(sources(joined(notebook).notebook))
        assert ("คำแรก" in text, "คำที่สอง" in text) == (True, True)


@pytest.mark.parametrize("mark", TICKED)
def test_whatever_somebody_types_into_a_box_ticks_it_and_is_not_printed(mark):
    edited = fresh()
    cell = cell_of(edited, "hint-narrative-06")
    cell["source"] = cell["source"].replace("- [ ]" if mark[0] == "-" else "[ ]", mark)
    assert joined(edited).states["06"] == "reviewed"
    assert sources(joined(edited).notebook) == sources(TEMPLATE)


def test_a_no_in_a_box_is_no_tick_and_words_in_it_are_kept():
    for mark in ("[ไม่]", "[-]", "[  ]", "[รอผู้บริหาร]"):
        assert not without_ours(HINT.replace("[ ]", mark), is_hint=True).ticked
    assert "รอผู้บริหาร" in without_ours(HINT.replace("[ ]", "[รอผู้บริหาร]"), is_hint=True).text


def test_two_hints_in_one_cell_confirm_only_together():
    once = HINT.replace("[ ]", "[x]")
    assert without_ours(f"{once}\n\n{once}").ticked == ("slot",)
    assert without_ours(f"{once}\n\n{HINT}").ticked == ()


@pytest.mark.parametrize(
    "words",
    [
        "## บทสรุปสำหรับผู้บริหาร",
        "คณะทำงานทบทวนช่องนี้แล้ว เห็นว่าเหมาะสม",
        "| เดิม | ใหม่ |\n|---|---|\n| 80.00 | 90.00 |",
        "ข้อความด้านล่างอยู่ในรายงานฉบับเต็ม",
        "- [x] ดำเนินการแล้ว",
    ],
)
def test_words_like_ours_are_the_analysts(words):
    assert without_ours(words).text == words


def test_words_typed_into_a_hint_stand_under_its_slot_and_are_told():
    edited = fresh()
    write_into_hint(edited, "คำของเรา")
    result = joined(edited)
    texts = sources(result.notebook)
    at = place_of(result.notebook, "narrative-06")
    assert texts[at + 1] == "คำของเรา"
    assert result.typed == ("06",)
    assert joined(renewed(edited)).typed == ()


@pytest.mark.parametrize("number", range(4))
def test_random_hands_lose_no_word(number):
    """A small share of ``make stress``."""
    for dice in (random.Random(f"test {number}"), random.Random(f"test {number} again")):
        hand = Hand(dice)
        try:
            assert hand.play() == [], hand.done
        except ConflictingSlot:
            continue
        return
    raise AssertionError(hand.done)


@pytest.mark.parametrize("end", [" --year 2568", " หากไม่ต้องการ", " ให้ลบเซลล์นี้", "ita edit อีกครั้ง"])
@pytest.mark.parametrize("is_hint", [True, False])
def test_the_command_in_a_hint_does_not_hide_whose_line_it_was_cut_from(end, is_hint):
    command = restore_command("bang-khae", 2568)
    line = missing_hint("08", command).splitlines()[-1]
    cut = line[: line.index(end) + len(end)]
    assert command in cut
    assert without_ours(cut, is_hint=is_hint).text == ""
    assert without_ours(f"{cut}\n\nคำของเรา", is_hint=is_hint).text == "คำของเรา"


def test_words_typed_into_the_command_of_a_hint_are_kept_without_it():
    line = missing_hint("07", "ita restore คำของเรา bang-khae --year 2568")
    assert without_ours(line, is_hint=True).text == "คำของเรา"


def test_a_sentence_of_an_office_may_name_the_command():
    text = f"เจ้าหน้าที่ใช้คำสั่ง {restore_command('bang-khae', 2568)} เพื่อกู้ข้อความในการอบรม"
    assert without_ours(text).text == text


def test_a_line_that_begins_as_ours_is_ours_however_little_is_left_of_it():
    assert without_ours("**ช่องข้อความ: คำของเรา  เครื่องมือ").text == "คำของเรา"
    assert without_ours("**ข้อความ: คำของเรา  เครื่องมือ").text == "**ข้อความ: คำของเรา  เครื่องมือ"


PARAMETERS = '# Parameters\norganisation = "bang-khae"'


@pytest.mark.parametrize("kind", ["markdown", "raw", "code"])
def test_parameters_are_never_printed_whatever_they_were_turned_into(kind):
    edited = fresh()
    cell = {"cell_type": kind, "id": "new", "metadata": {}, "source": PARAMETERS}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    edited["cells"].insert(2, cell)
    again = renewed(edited)
    assert again == renewed(again)
    assert not [c for c in again["cells"] if c["cell_type"] != "code" and "# Param" in c["source"]]
    own = f"{PARAMETERS}\nคำของเรา = 1"
    edited["cells"][2] = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": own}
    assert own in sources(renewed(edited))


@pytest.mark.parametrize(
    "ids",
    [("x", "x", "x"), ("rules", "rules", "x"), ("h-rules", "x", "h-rules"), ("x", "x-2", "x")],
)
def test_people_are_told_where_a_cell_stands_though_its_id_occurs_twice(ids):
    edited = fresh()
    at = place_of(edited, "h-rules")
    said = ["คำแรกของเรา", "คำที่สอง", "คำที่สามซึ่งยาวกว่า"]
    for text, name in zip(reversed(said), reversed(ids), strict=True):
        edited["cells"].insert(at + 3, own(text, name))
    cells = joined(edited).notebook["cells"]
    numbers = numbers_in(edited["cells"], cells)
    for text in said:
        (cell,) = [each for each in cells if each["source"] == text]
        assert edited["cells"][numbers[cell["id"]] - 1]["source"] == text
