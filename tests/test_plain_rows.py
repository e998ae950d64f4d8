from __future__ import annotations

from pathlib import Path

import pytest

from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.reading import read_document
from ita_helpers.documents.whose import whose
from ita_helpers.records.spot import Spot

ROWS = [
    ["ที่", "ตัวชี้วัด", "ปี 2567", "ปี 2568", "ผลต่าง"],
    ["1", "การปฏิบัติหน้าที่", "90.00", "92.10", "2.10"],
    ["2", "การใช้งบประมาณ", "91.00", "90.50", "-0.50"],
    ["3", "การใช้อำนาจ", "89.00", "93.00", "4.00"],
]


def read(folder: Path, text: str) -> Document:
    file = folder / "รายงาน.txt"
    file.write_text(text, encoding="utf-8")
    return read_document(file, file.name)


def tables(document: Document) -> list[list[list[str]]]:
    found = (each for each in document.blocks if isinstance(each, Table))
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


def lines(document: Document) -> list[str]:
    return [each.text for each in document.blocks if isinstance(each, Line) and each.text]


WRITTEN = """<table class="wide">
  <tr><th>ที่</th><th>ตัวชี้วัด</th>
      <th>ปี 2567</th><th>ปี 2568</th><th>ผลต่าง</th></tr>

{rows}
</table>"""


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_a_table_written_with_tags_is_read_whatever_lines_and_blanks_are_in_it(ending, tmp_path):
    cells = ("".join(f"\n\n    <td>\n<p>{cell}</p></td>" for cell in row) for row in ROWS[1:])
    rows = "\n".join(f"  <tr>{each}\n  </tr>" for each in cells)
    file = tmp_path / f"รายงาน.{ending}"
    text = f"ผลการประเมิน 2 ปี\n{WRITTEN.format(rows=rows)}\nจากตารางพบว่าเพิ่มขึ้น\n"
    file.write_text(text, encoding="utf-8")
    document = read_document(file, file.name)
    assert tables(document) == [ROWS]
    assert lines(document) == ["ผลการประเมิน 2 ปี", "จากตารางพบว่าเพิ่มขึ้น"]
    last = [each.spot.line for each in document.blocks if isinstance(each, Line)][-1]
    assert ending == "md" or text.splitlines()[last - 1] == "จากตารางพบว่าเพิ่มขึ้น"


@pytest.mark.parametrize("between", [" ", "\n"], ids=["one blank", "a cell a line"])
def test_a_table_that_has_lost_its_columns_is_read(between, tmp_path):
    text = "\n".join(between.join(row) for row in ROWS)
    document = read(tmp_path, f"ผลการประเมินสองปี\n\n{text}\n\nจากตารางพบว่าเพิ่มขึ้น\n")
    assert tables(document) == [ROWS]
    assert lines(document) == ["ผลการประเมินสองปี", "จากตารางพบว่าเพิ่มขึ้น"]


def test_cells_in_lines_are_parted_where_the_heads_say(tmp_path):
    rows = [["ปี", "คะแนน", "ระดับ"], ["2566", "84.60", "B"], ["2567", "89.69", "A"]]
    rows.append(["2568", "92.42", "A"])
    assert tables(read(tmp_path, "\n".join(cell for row in rows for cell in row))) == [rows]
    bands = [["95.00 – 100.00", "AA"], ["85.00 – 94.99", "A"], ["75.00 – 84.99", "B"]]
    assert tables(read(tmp_path, "\n".join(cell for row in bands for cell in row))) == [bands]


@pytest.mark.parametrize(
    "text",
    [
        "IIT 91.90 89.50\nEIT 88.00 87.00\nOIT 95.00 90.00",
        "ผลที่ได้รับ ปีก่อน ปีนี้\nIIT 91.90 89.50\nEIT 88.00 87.00\nOIT 95.00 90.00",
        "บรรทัดหนึ่ง\n90.00\nบรรทัดสอง\n80.00",
    ],
    ids=["no heads", "unknown heads", "too few"],
)
def test_rows_are_no_table_where_nothing_says_what_their_columns_are(text, tmp_path):
    assert tables(read(tmp_path, text)) == []


def test_numbers_and_heads_of_pages_are_left_out_of_text(tmp_path):
    page = "\n\n- {} -\n\nรายงานผลการประเมิน ITA\n\nข้อความหน้าที่ {}"
    text = "รายงานผลการประเมิน ITA" + "".join(page.format(n, n) for n in (1, 2, 3))
    told = [f"ข้อความหน้าที่ {n}" for n in (1, 2, 3)]
    assert lines(read(tmp_path, text)) == ["รายงานผลการประเมิน ITA", *told]


def test_a_sentence_goes_on_with_a_score_in_brackets(tmp_path):
    long = "ตัวชี้วัดที่ได้คะแนนสูงสุดของแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน ได้แก่ การใช้อำนาจ"
    text = f"{long}\n(96.10) และ{long}\n(95.20) ตามลำดับ\n"
    assert lines(read(tmp_path, text)) == [f"{long} (96.10) และ{long} (95.20) ตามลำดับ"]


def test_a_part_of_an_office_is_not_whose_report_it_is():
    def of(name: str) -> str:
        return whose(Document("ก.txt", (Line(name, name, Spot("ก.txt", line=1)),))).name

    assert of("กองทัพสมมติ") == "กองทัพสมมติ"
    assert of("กองคลัง") == of("หน่วยตรวจสอบภายใน") == ""


BARS = ["│ " + " │ ".join(row) + " │" for row in ROWS]
RULE = "├────┼──────────┼───────┼───────┼──────┤"
PIPES = ["| " + " | ".join(row) + " |" for row in ROWS]
DRAWN = {
    "bars and one rule": ["┌────┬──────┐", BARS[0], RULE, *BARS[1:], "└────┴──────┘"],
    "double bars": [line.replace("│", "║") for line in (BARS[0], RULE, *BARS[1:])],
    "bars alone": BARS,
    "rules between rows": [part for line in PIPES for part in ("+----+-----+", line)] + ["+---+"],
    "a rule of equals": [PIPES[0], "+====+=====+", *PIPES[1:], "+----+-----+"],
    "a rule with sides": [PIPES[0], "|:-:|:-|--:|--:|--:|", *PIPES[1:]],
}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_drawn_table_is_one(tmp_path, name, suffix):
    text = "\n".join(["ตารางที่ 1 คะแนน", *DRAWN[name], "คะแนนสูงขึ้น"])
    file = tmp_path / f"รายงาน{suffix}"
    file.write_text(text, encoding="utf-8")
    document = read_document(file, file.name)
    assert tables(document) == [ROWS]
    assert lines(document) == ["ตารางที่ 1 คะแนน", "คะแนนสูงขึ้น"]


def test_a_line_of_dashes_between_sentences_is_no_table(tmp_path):
    text = "คะแนนสูงขึ้น\n----------\nคะแนนลดลง | เล็กน้อย\n----------\nจบ"
    assert tables(read(tmp_path, text)) == []
