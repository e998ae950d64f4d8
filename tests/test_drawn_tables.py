"""Tables that are drawn with bars and rules are read as any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import tables

from ita_helpers.documents.document import Document
from ita_helpers.documents.reading import read_document

RULED = [
    ["ตัวชี้วัด", "ปี 2567", "ปี 2568"],
    ["การใช้อำนาจ", "90.00", "91.00"],
    ["การใช้งบประมาณ", "80.00", "82.00"],
    ["เฉลี่ย", "85.00", "86.50"],
]
HEAD, FIRST, SECOND, MEAN = (" │ ".join(row) for row in RULED)
COLUMNS = ["   ".join(row) for row in RULED]


def read(tmp_path: Path, name: str, text: str) -> Document:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_document(tmp_path / name, name)


def boxed(*lines: str, rule: str = "├─────┼─────┼─────┤") -> str:
    drawn = (rule if line == "-" else f"│ {line} │" for line in lines)
    return "\n".join(["ผล", "┌─────┬─────┬─────┐", *drawn, "└─────┴─────┴─────┘", "จบ", ""])


TEXTS = {
    "a rule below the head": boxed(HEAD, "-", FIRST, SECOND, MEAN),
    "a rule below each row": boxed(HEAD, "-", FIRST, "-", SECOND, "-", MEAN),
    "no rule but the outer ones": boxed(HEAD, FIRST, SECOND, MEAN),
    "double lines": boxed(HEAD, "-", FIRST, SECOND, "-", MEAN, rule="╠═════╬═════╬═════╣"),
    "a head of two lines": boxed("ตัวชี้วัด │ ปี │ ปี", " │ 2567 │ 2568", "-", FIRST, SECOND, MEAN),
    "a name of two lines": boxed(
        *(HEAD, "-", FIRST, "-", "การใช้ │ 80.00 │ 82.00", "งบประมาณ │ │", "-", MEAN)
    ),
    "signs of a keyboard": boxed(HEAD, "-", FIRST, SECOND, MEAN, rule="+-----+-----+-----+")
    .replace("│", "|")
    .replace("┌─────┬─────┬─────┐", "+=====+=====+=====+")
    .replace("└─────┴─────┴─────┘", "+=====+=====+=====+"),
    "rules without bars": "\n".join([*COLUMNS[:1], "─" * 70, *COLUMNS[1:3], "-" * 70, COLUMNS[3]]),
    "rules of each column": "\n".join([COLUMNS[0], "=====   =====   =====", *COLUMNS[1:]]),
}


@pytest.mark.parametrize("way", TEXTS)
def test_a_drawn_table_is_read(way, tmp_path):
    assert tables(read(tmp_path, "ก.txt", TEXTS[way])) == [RULED]


@pytest.mark.parametrize("fence", ["", "```"])
def test_markdown_may_hold_a_drawn_table(fence, tmp_path):
    drawn = boxed(HEAD, "-", FIRST, "-", SECOND, MEAN).replace("ผล\n", f"ผล\n{fence}\n")
    text = drawn.replace("\nจบ", f"\n{fence}\nจบ")
    assert tables(read(tmp_path, "ก.md", text)) == [RULED]


def test_a_row_that_reaches_over_columns_leaves_the_others_in_place(tmp_path):
    text = boxed(HEAD, "-", "แบบวัด IIT", FIRST, SECOND, MEAN)
    (found,) = tables(read(tmp_path, "ก.txt", text))
    assert found == [RULED[0], ["แบบวัด IIT", "", ""], *RULED[1:]]


def test_lines_below_a_drawn_table_keep_their_numbers(tmp_path):
    document = read(tmp_path, "ก.txt", boxed(HEAD, "-", FIRST, SECOND, MEAN))
    assert [(each.text, each.spot.line) for each in document.blocks[::2]] == [("ผล", 1), ("จบ", 9)]


@pytest.mark.parametrize(
    "text", ["ผล\n=====\nดี\n", "ก | ข\n─────\nค\n", "ITA\n──────\n──────\nผล\n"]
)
def test_lines_below_words_are_no_table(text, tmp_path):
    assert tables(read(tmp_path, "ก.txt", text)) == []
