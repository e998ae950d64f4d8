"""No word of a Markdown cell vanishes: it is shown, or told."""

from __future__ import annotations

import base64
import io
import json
import logging
import random
import re

import pytest
from conftest import ROOT, assert_helps_the_reader
from PIL import Image

from ita_helpers.checks.words import problem_of
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.reading.html import read_html
from ita_helpers.publish.reading.markdown import find_vanished, to_html
from ita_helpers.publish.reading.notebook import read_words
from ita_helpers.publish.tree import Formula, ListBlock, Paragraph, Preformatted, Table, plain


def drawn_png(width: int) -> str:
    """Return a white picture of some width, as a notebook holds it."""
    file = io.BytesIO()
    Image.new("L", (width, 1), 255).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def blocks(source: str):
    return read_html(to_html(source), "x").blocks


def shown(source: str) -> str:
    """Return the text of a source's paragraphs, lists and tables."""

    def texts(block):
        match block:
            case ListBlock():
                return " ".join(texts(each) for item in block.items for each in item)
            case Table():
                rows = (*block.head, *block.body)
                return " ".join(plain(cell.inlines) for row in rows for cell in row)
            case _:
                return plain(block.inlines) if hasattr(block, "inlines") else str(block)

    return " ".join(texts(each) for each in blocks(source))


@pytest.mark.parametrize(
    "source",
    [
        "[หมายเหตุ]: ดูเอกสารแนบท้าย",
        "[1]: เอกสารแนบ",
        "[^1]: เชิงอรรถที่ไม่มีใครอ้าง",
        "ตามข้อ <O10> ของแบบ",
        "x<y>z",
        "<ผู้รับผิดชอบ> และ <owner>",
        "<owner>\nลงชื่อ",
        "5*3*2",
        "2*3 และ 4*5",
        "5**3 และ 2**4",
        "๕*๓*๒",
        "ก<!-- ข ค ง",
        "<!-- ข ค ง",
        "<![CDATA[ ก ]]>",
        "<?xml ก ?>",
        "<!ELEMENT ก>",
        "<textarea> ก",
        "<select> ก ข",
        "123456789. ก",
        "ราคา $5 และ $6",
    ],
)
def test_what_only_looks_like_markdown_or_html_stays_text(source):
    assert re.sub(r"\s", "", shown(source)) == re.sub(r"\s", "", source)
    assert not find_vanished(source, blocks(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ดู [ที่นี่][a]\n\n[a]: https://example.go.th", "ดู ที่นี่"),
        ("ดู [a]\n\n[a]: https://example.go.th", "ดู a"),
        ("คำ**หนา**คำ", "คำหนาคำ"),
        ("ก<!-- ซ่อน -->ข", "กข"),
        ("`5*3*2` และ `<O10>`", "5*3*2 และ <O10>"),
        ("<b>ก</b> <u>ข</u>", "ก ข"),
        ("ดู <https://example.go.th>", "ดู https://example.go.th"),
        ("1. ก\n2. ข", "ก ข"),
    ],
)
def test_real_markdown_is_read_as_before(source, expected):
    assert shown(source).strip() == expected
    assert not find_vanished(source, blocks(source))


def test_code_keeps_every_mark():
    source = "```\n[a]: b\n5*3*2 <O10>\n```"
    assert blocks(source)[0].text == "[a]: b\n5*3*2 <O10>"


def test_a_note_that_is_referred_to_stays_a_note():
    source = "ดู[^1]\n\n[^1]: เชิงอรรถ"
    assert isinstance(blocks(source)[-1], ListBlock)
    assert not find_vanished(source, blocks(source))


def test_words_that_cannot_be_shown_are_named():
    source = "ก่อน <textarea>คำที่ซ่อนอยู่</textarea> หลัง <script>x = 17</script>"
    assert find_vanished(source, blocks(source)) == ("คำที่ซ่อนอยู่", "x", "17")
    assert isinstance(blocks("ก")[0], Paragraph)


def test_render_and_check_tell_the_cell_and_its_words(caplog):
    source = "ก่อน <textarea>คำที่ซ่อนอยู่</textarea> หลัง"
    cell = {"cell_type": "markdown", "id": "own-1", "metadata": {}, "source": source}
    with caplog.at_level(logging.WARNING):
        read_notebook({"cells": [cell]})
    assert ["own-1" in each and "คำที่ซ่อนอยู่" in each for each in caplog.messages] == [True]
    assert_helps_the_reader(problem_of("vanished", "คำที่ซ่อนอยู่").text, "คำที่ซ่อนอยู่")


def test_nothing_of_the_template_is_told():
    for name in ("ita_report", "follow_up", "how_scoring_works"):
        file = ROOT / f"notebooks/{name}.ipynb"
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"])
                assert not find_vanished(source, blocks(source)), source


MARKS = (
    "{}",
    "**{}**",
    "*{}*",
    "{}*{}*{}",
    "5*{}",
    "<{}>",
    "<b>{}</b>",
    "<div>{}</div>",
    "[{}]: {}",
    "[{}]({})",
    "[{}][{}]",
    "![{}]({})",
    "<!-- {}",
    "`{}`",
    "| {} | {} |\n|---|---|\n| {} | {} |",
    "> {}",
    "- {}",
    "1. {}",
    "# {}",
    "~~{}~~",
    "[^{}]: {}",
    "{}[^{}]",
    "$${}$$",
    "<select>{}",
    "<textarea>{}</textarea>",
    "<title>{}",
    "{} &lt;{}&gt;",
    "```\n{}\n```",
    "```\n{}",
    "    {}",
    "<p>{}",
    "<table><tr><td>{}</table>",
    "<table>{}</table>",
    "<li>{}",
    "</div>{}",
    "<a href={}>{}",
    "<img alt={}>",
    "<ul>{}</ul>",
)


def test_every_word_of_random_markdown_is_shown_or_told():
    dice = random.Random(12)
    for number in range(1500):
        count = 0
        pieces = []
        for _ in range(dice.randint(1, 6)):
            mark = dice.choice(MARKS)
            names = [f"คำที{count + each}ท" for each in range(mark.count("{}"))]
            count += len(names)
            pieces.append(mark.format(*names))
        source = dice.choice(("\n\n", "\n", " ")).join(pieces)
        read = blocks(source)
        told = " ".join(find_vanished(source, read))
        whole = repr(read)
        hidden = re.sub(r"\]\([^)]*\)|<a href=\S*?>|<img alt=\S*?>|\]\[[^]]*\]", "", source)
        lost = [
            word
            for word in re.findall(r"คำที\d+ท", hidden)
            if word not in whole and word not in told
        ]
        assert not lost, (number, source, lost)


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", ["a = b", "c = d"]),
        ("ก\n\\begin{equation*}E=mc^2\\end{equation*}\nข", ["E=mc^2"]),
        ("$$\\begin{cases}a\\end{cases}$$", ["\\begin{cases}a\\end{cases}"]),
        ("\\begin{cases}a\\end{cases}", ["\\begin{cases}a\\end{cases}"]),
    ],
)
def test_environments_of_latex_are_formulas(source, formulas):
    found = [block.tex for block in blocks(source) if isinstance(block, Formula)]
    assert found == formulas
    assert not find_vanished(source, blocks(source))
    assert [type(block) for block in blocks(f"```\n{source}\n```")] == [Preformatted]


def test_a_table_stands_in_lists_and_quotes_and_its_rows_may_be_uneven():
    table = "| ก | ข |\n|---|:-:|\n| 1 |\n| 1 | `a\\|b` | 3 |"
    (alone,) = blocks(table)
    assert [len(row) for row in (*alone.head, *alone.body)] == [3, 3, 3]
    assert [plain(cell.inlines) for cell in alone.body[1]] == ["1", "a\\|b", "3"]
    listed = "- หนึ่ง\n\n" + "\n".join(f"  {line}" for line in table.split("\n"))
    ((_, inner),) = blocks(listed)[0].items
    assert isinstance(inner, Table)
    (quoted,) = blocks("\n".join(f"> {line}" for line in table.split("\n")))
    assert isinstance(quoted, Table)
    assert blocks(f"```\n{table}\n```") == (Preformatted(table),)


def test_terms_summaries_and_hidden_words_stand_apart():
    source = "<details><summary>สรุป</summary>เนื้อ</details><dl><dt>คำ<dd>ความหมาย</dl>"
    assert [plain(block.inlines) for block in blocks(source)] == ["สรุป", "เนื้อ", "คำ", "ความหมาย"]
    assert shown("<p hidden>ซ่อน</p>\n\n\ufeffเห็น") == "เห็น"


def test_a_text_is_read_alike_each_time_and_a_pasted_picture_is_its_own_cells():
    def read(source, content):
        cell = {"cell_type": "markdown", "metadata": {}, "source": source}
        pasted = {"a.png": {"image/png": content}} if content else {}
        return read_words({**cell, "attachments": pasted}, "c1")

    first, again = (read("# ก\n\n* ข [ค](#d)", "") for _ in range(2))
    assert first == again
    one, other = (read("![ก](attachment:a.png)", content) for content in map(drawn_png, (1, 2)))
    assert one != other
