"""No line of the PDF begins with what closes, or ends with what opens."""

from __future__ import annotations

import random

import pypdfium2
import pytest
from documents import paper
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.catalogue import label
from ita_helpers.publish.assembly.typography import Typography
from ita_helpers.publish.pdf.line_ends import keep_closed, keep_together
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Cell, Paragraph, Table, Text

CLOSING, OPENING = ")]”’ฯๆ,.%;:!?…", "([“‘"
WORDS = """
คะแนน ตัวชี้วัด หน่วยงาน ความโปร่งใส การประเมิน สาธารณะ ผู้มีส่วนได้ส่วนเสีย ข้อมูล สมมติ หลักเกณฑ์ ข้อย่อย
ตำบล เทศบาล ปรับปรุง ระบบ การทำงาน บ้านพ้องหลวง ฟหกดฟหกด ไชยสอ อบต สตง กรุงเทพ ราชการ
""".split()


def lines(content):
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            for line in page.get_textpage().get_text_range().splitlines():
                if shown := line.strip("\u00a0\u2060 "):
                    yield shown


def misplaced(content):
    """Return the lines that begin with what closes or end with what opens."""
    return [e for e in lines(content) if e[0] in CLOSING or e[-1] in OPENING]


def joined(group):
    return "".join(run.text for run in group)


@pytest.mark.parametrize(
    ("runs", "kept"),
    [
        (["คะแนนภาพรวม (ข้อมูลสมมติ) ต่อ"], ["สมมติ)"]),
        (["ระดับ “ผ่านดีเยี่ยม”, และ [ก] (ข)"], ["ดีเยี่ยม”,"]),
        (["กรุงเทพฯ และฯลฯ กับอื่น\u00a0ๆ"], ["กรุงเทพฯ", "อื่น\u00a0ๆ"]),
        (["(ตาม", "ประกาศ", "), ต่อ"], ["ประกาศ),"]),
        (["พ.ศ. 2568 อบต.ไชยสอ"], ["อบต."]),
        (["(IIT) (92.86) ข้อ 5)"], []),
        (["ก", ") ข"], []),
    ],
)
def test_the_last_word_is_kept_with_its_marks(runs, kept):
    given = tuple(Text(text, strong=n % 2 == 1) for n, text in enumerate(runs))
    groups = keep_closed(given)
    assert [joined(g) for g in groups if len(g) > 1 or g[0].whole] == kept
    assert "".join(map(joined, groups)) == "".join(runs)


def test_a_name_that_is_whole_takes_its_bracket_along():
    name = Text("องค์การบริหารส่วนตำบลไชยสอ", whole=True)
    groups = keep_closed((Text("("), name, Text(") กับ")))
    assert [joined(group) for group in groups] == ["(", f"{name.text})", " กับ"]


SIGNS = st.text("กขคเา่ฯๆลอบต.,)”( \u00a0a1", max_size=12)


@given(st.lists(st.tuples(SIGNS, st.booleans(), st.booleans()), max_size=5))
def test_nothing_is_lost_and_no_style_is_changed(runs):
    given = tuple(Text(text, strong=a, raised="sup" if b else "") for text, a, b in runs)
    kept = [run for group in keep_closed(given) for run in group]

    def letters(these):
        return [(letter, run.strong, run.raised) for run in these for letter in run.text]

    assert letters(kept) == letters(given)


def test_no_line_of_any_text_begins_with_a_mark():
    chosen = random.Random(18)
    marks = [f"{opening}{{}}{closing}" for opening, closing in ("()", "“”", "[]", ("", "ฯ"))]
    marks += ["{},", "{}.", "{} ๆ", "{}ๆ", "{}:", "{}…", "{} : ITA", "({})ต่อ"]
    texts = []
    for number in range(80):
        words = [chosen.choice(WORDS) + chosen.choice(WORDS) for _ in range(30)]
        texts.append(" ".join(chosen.choice(marks).format(w) for w in words))
        texts[-1] = "ก" * (number % 4) + texts[-1]
    typography = Typography("thai", ("ไชยสอ", "เทศบาล"))
    blocks = [Paragraph(typography.inlines((Text(text),))) for text in texts]
    content = write_pdf(paper(*blocks))
    assert len(list(lines(content))) > 250
    assert misplaced(content) == []


def test_no_line_of_any_report_begins_with_a_mark(rendered, presets):
    files = {*rendered.glob("*/*.pdf"), *(each.with_suffix(".pdf") for each in presets.values())}
    assert {str(file): misplaced(file.read_bytes()) for file in files} == {
        str(file): [] for file in files
    }


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("การปรับปรุงตาราง", ["การปรับปรุง"]),
        ("ตัวชี้วัดที่\u00a0๗ ได้", ["ตัวชี้วัดที่\u00a0๗"]),
        ("มาตรการ/โครงการ/กิจกรรม", ["มาตรการ/", "โครงการ/", "กิจกรรม"]),
        ("ความกล้าและผู้กล้า", ["ความกล้า", "ผู้กล้า"]),
        ("และ ภาคผนวก\u00a0ก", ["และ", "ภาคผนวก\u00a0ก"]),
    ],
)
def test_a_word_is_kept_whole_with_its_number_and_mark(text, kept):
    groups = keep_together((Text(text),))
    assert [joined(g) for g in groups if len(g) > 1 or g[0].whole] == kept
    assert "".join(map(joined, groups)) == text


TITLE = paper().title


def test_no_line_ends_inside_a_word():
    words = label("typography.compounds").split()
    shown = list(lines(write_pdf(paper(*(Paragraph((Text(word * 30),)) for word in words)))))
    assert len(shown) > 2 * len(words)
    texts = [line for line in shown if " " not in line and line not in TITLE]
    assert [line for line in texts if not any(line.replace(word, "") == "" for word in words)] == []


def test_a_column_holds_its_longest_word():
    head = ["ประสิทธิภาพ", "การปฏิบัติหน้าที่", "ลำดับ", "ทรัพยากรบุคคล", "ขั้นตอนหรือวิธีการ", "ปีงบประมาณ"]
    body = tuple(tuple(Cell((Text(word),)) for word in row) for row in [head, ["ก " * 90] * 6])
    table = Table((), (), body, len(head))
    shown = list(lines(write_pdf(paper(table))))
    assert all(any(word in line for line in shown) for word in head if word != "ขั้นตอนหรือวิธีการ")


def test_no_short_word_ends_a_paragraph_alone():
    groups = keep_together((Text("ได้ ๙๐ คะแนน " * 9), Text("รวม ", strong=True), Text("๘")), 20)
    assert joined(groups[-1]) == "๙๐ คะแนน รวม ๘"
    assert keep_together((Text("รวม ๘"),), 20) == ((Text("รวม ๘"),),)
