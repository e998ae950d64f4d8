"""What a report does not show of a notebook is named with its cell; the rest is taken."""

from __future__ import annotations

import base64
import io
import shutil
from contextlib import closing
from dataclasses import replace

import nbformat
import pypdfium2
import pytest
from conftest import ROOT, assert_helps_the_reader, ita
from PIL import Image as Pillow
from reading import xml_of

from ita_helpers.checks.notebook import check_notebook
from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import check_letters
from ita_helpers.publish.papers import find_losses, read_notebook
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.reading.printed import as_shown
from ita_helpers.publish.tree import Figure, Formula, Preformatted, plain
from ita_helpers.publish.word.writer import write_docx
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.rendering.loading import load
from ita_helpers.run.manifest import Manifest
from ita_helpers.run.sealing import read_report
from ita_helpers.store.params import load_parameters

v4 = nbformat.v4
PAGE = {"title": "รายงาน", "fiscal_year": 2568, "numerals": "thai"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2">{}'
    '<rect width="4" height="2"/></svg>'
)


def markdown(source, *tags, **pictures):
    cell = v4.new_markdown_cell(source, metadata={"tags": list(tags)})
    if pictures:
        cell["attachments"] = pictures
    return cell


def code(*outputs, source="1", tags=(), **metadata):
    cell = v4.new_code_cell(source, metadata={"tags": list(tags), **metadata})
    cell.outputs = list(outputs)
    return cell


def stream(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def shows(**forms):
    names = {"html": "text/html", "plain": "text/plain", "latex": "text/latex"}
    kinds = {"gif": "image/gif", "png": "image/png", "vega": "application/vnd.vegalite.v5+json"}
    return v4.new_output("display_data", {(names | kinds)[k]: v for k, v in forms.items()})


def raw(source, **metadata):
    return v4.new_raw_cell(source, metadata=metadata)


def notebook(*cells):
    scrap = {"name": "ita-document", "data": PAGE, "encoder": "json", "version": 1}
    data = {"application/scrapbook.scrap.json+json": scrap}
    page = code(v4.new_output("display_data", data), tags=["remove-cell"])
    return v4.new_notebook(cells=[*cells, page])


def picture(kind="PNG", **options):
    buffer = io.BytesIO()
    Pillow.new("RGB", (3, 2), "red").save(buffer, kind, **options)
    return buffer.getvalue()


def moving():
    return picture("GIF", save_all=True, append_images=[Pillow.new("RGB", (3, 2))])


def as_text(content):
    return base64.b64encode(content).decode()


def figures(*cells, files=None):
    blocks = read_notebook(notebook(*cells), files=files).blocks
    return [block for block in blocks if isinstance(block, Figure)]


def reasons(*cells, files=None):
    return [each.loss.reason for each in find_losses(cells, files)]


# -- words mean what they say ---------------------------------------------------------------

MEANT = "ได้ 92.86[^1] จาก 10<sup>6</sup> CO<sub>2</sub>\n\n| ก |\n|--|\n| ~~ผ่านดี~~ ผ่าน |\n\n[^1]: ก"


def test_raised_and_struck_words_keep_their_meaning_in_every_format():
    document = read_notebook(notebook(markdown(MEANT)))
    page, pdf, word = write_html(document), write_pdf(document), write_docx(document)
    for meant in ("๙๒.๘๖<sup>๑</sup>", "๑๐<sup>๖</sup>", "CO<sub>2</sub>", "<s>ผ่านดี</s> ผ่าน"):
        assert meant in page
    written = xml_of(word)
    assert written.count('w:vertAlign w:val="superscript"') == 2
    assert written.count('w:vertAlign w:val="subscript"') == 1
    assert written.count("<w:strike/>") == 1
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    at = text.get_text_range().index("๙๒.๘๖๑")
    boxes = [text.get_charbox(at + place) for place in (0, 5)]
    assert boxes[1][1] > boxes[0][1] + 2
    assert count_lines(document) == count_lines(read_notebook(notebook(markdown(bare(MEANT))))) + 1
    check_letters(document, pdf, "pdf")


def bare(source):
    return source.replace("~~", "")


def count_lines(document):
    page = pypdfium2.PdfDocument(write_pdf(document))[0]
    return sum(1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]))


def test_a_footnotes_mark_and_words_struck_out_are_no_part_of_a_number():
    workspace = Workspace(ROOT)
    parameters = load_parameters(ROOT / "params/2568/bang-khae.yml", workspace)
    data = load(workspace, parameters)
    source = "ได้ 12.34[^1] และ ~~11.11~~ 22.22 และ 47<sup>2</sup> คะแนน\n\n[^1]: ก"
    found = check_notebook({"cells": [markdown(source)]}, {"cells": []}, data, OfficeNames(()))
    assert [each.found for each in found] == ["12.34", "22.22", "47"]


# -- what cannot be taken is named ------------------------------------------------------------

LOST = [
    ("words", markdown("ก <textarea>คำซ่อน</textarea>"), "คำซ่อน"),
    ("words", code(shows(html="<button>กด</button>")), "กด"),
    ("words", code(shows(html="<table><caption>ก</caption>หลง<tr><td>ข</table>")), "หลง"),
    ("words", code(shows(html=f"<figure>{SVG.format('')}หลง</figure>")), "หลง"),
    ("embedded", code(shows(html='<iframe src="https://x.th"></iframe>')), "https://x.th"),
    ("script", code(shows(html="ก<script>1</script>")), ""),
    ("style", code(shows(html="<style>#T_1 {color: red}</style><p>ก</p>")), ""),
    ("interactive", code(shows(vega={}, plain="alt.Chart()")), "vega"),
    ("stderr", code(stream("ระวัง", "stderr")), "ระวัง"),
    ("address", code(shows(plain="[<matplotlib.lines.Line2D at 0x7f00aa11>]")), "Line2D"),
    ("address", code(stream("ได้ <A object at 0x7f00aa11>")), "object"),
    ("control", code(stream("ก\x01")), ""),
    ("link", markdown("[แบบ](แบบ.xlsx)"), "แบบ.xlsx"),
    ("inline_picture", markdown("| ก |\n|--|\n| ![ข](x.png) |"), "ข"),
    ("picture_from_web", markdown("![](https://x.th/a.png)"), "https://x.th/a.png"),
    ("picture_missing", markdown("![](attachment:a.png)"), "a.png"),
    ("picture_missing", markdown("![](nowhere.png)"), "nowhere.png"),
    ("picture_unreadable", markdown("![ก](data:image/png;base64,AAAA)"), "image/png"),
    ("picture_unreadable", code(shows(png="AAAA", plain="ก")), "image/png"),
    ("first_picture", code(shows(gif=as_text(moving()))), "gif"),
    ("drawing", markdown(SVG.format("<image/>")), "image"),
    ("drawing", markdown(SVG.format("<style>.a{fill:red}</style>")), "style"),
    ("formula", markdown("ค่า $\\nowhere{1}$"), "nowhere"),
    ("look", markdown("<u>ก</u> <span style='color: red'>ข</span>"), ""),
    ("diagram", markdown("```mermaid\ngraph TD\n```"), "graph TD"),
    ("words", code(shows(html="<p style='display:none'>ซ่อน</p><p>ก</p>")), "ซ่อน"),
    ("link", markdown("[ก](#nowhere)"), "#nowhere"),
    ("picture_outside", markdown("![](file:///a.png)"), "file:///a.png"),
    ("raw", raw("\\ก", raw_mimetype="text/latex"), "text/latex"),
    ("front_matter", raw("---\ntitle: ก\n---"), "title"),
    ("hidden", code(stream("ก"), tags=["hide-output"]), "hide-output"),
    ("hidden", code(stream("ก"), jupyter={"outputs_hidden": True}), "outputs_hidden"),
    ("hidden", markdown("ก", "hide-cell"), "hide-cell"),
    ("character", markdown("ก 📌"), "📌"),
]  # fmt: skip


def name_of(fact: object) -> str:
    """Return what names a case alike in every run: cells have names by chance."""
    return fact[:20] if isinstance(fact, str) else "cell"


@pytest.mark.parametrize(("reason", "cell", "name"), LOST, ids=name_of)
def test_what_no_paper_shows_is_told_with_its_cell(reason, cell, name, caplog):
    read_notebook(notebook(cell))
    (message,) = caplog.messages
    assert cell["id"] in message
    (lost,) = find_losses([cell])
    assert lost.loss.reason == reason
    assert_helps_the_reader(lost.loss, name)


def test_nothing_is_told_of_what_is_shown_or_asked_to_be_left_out():
    frame = "<style scoped>.dataframe tbody {color: red}</style><table><tr><td>1</table>"
    hidden = [
        code(stream("SECRET"), tags=["remove-output"]),
        code(stream("SECRET"), tags=["remove_cell"]),
        code(stream("SECRET"), source="#| label: a\n#| output: false\n1"),
        code(stream("SECRET"), source="#| include: no\n1"),
        markdown("SECRET", "remove_cell"),
    ]
    shown = [
        code(shows(html=frame)),
        code(stream("ก"), tags=["remove-input", "hide-input"]),
        code(stream("ข"), source="x = 1\n#| output: false"),
        markdown("[ก](https://example.go.th) [ข](#s1) <!-- ค --> x<sup>2</sup>[^1]\n\n[^1]: ก"),
    ]
    assert reasons(*hidden, *shown) == []
    page = write_html(read_notebook(notebook(*hidden, *shown)))
    assert "SECRET" not in page
    assert "ข</pre>" in page


def test_the_samples_lose_nothing(rendered):
    for file in rendered.glob("*/*.ipynb"):
        assert find_losses(nbformat.read(file, as_version=4).cells) == []


# -- what people use is taken -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.png", "ก ข.png", "a (1).png", "ภาพ.png"])
def test_a_pasted_picture_is_found_however_its_name_is_written(name):
    pasted = {name: {"image/png": as_text(picture())}}
    ways = [name, name.replace(" ", "%20"), "".join(f"%{each:02X}" for each in name.encode())]
    cells = [markdown(f"![](attachment:{way})", **pasted) for way in dict.fromkeys(ways)]
    assert len(figures(*cells)) == len(cells)
    assert reasons(*cells) == []


def test_pictures_of_every_kind_are_taken(tmp_path):
    (tmp_path / "in").mkdir()
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP"):
        (tmp_path / f"in/รูป {kind}").write_bytes(picture(kind))
    (tmp_path / "in/d.svg").write_text(SVG.format(""), encoding="utf-8")
    (tmp_path / "outside.png").write_bytes(picture())
    files = PictureFolder(tmp_path / "in", tmp_path / "in")
    drawing = as_text(SVG.format("").encode())
    cells = [markdown(f"![](รูป%20{kind})") for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP")]
    cells += [markdown("![](d.svg)"), markdown('<img src="in/../d.svg" width="9">')]
    cells += [markdown(f"![](data:image/svg+xml;base64,{drawing})")]
    cells += [code(shows(gif=as_text(picture("GIF"))))]
    found = figures(*cells, files=files)
    assert [each.image.kind for each in found] == "png jpeg png png png svg svg svg png".split()
    document = read_notebook(notebook(*cells), files=files)
    assert write_pdf(document).startswith(b"%PDF")
    assert write_docx(document)
    assert sorted(files.read) == sorted(
        [*(f"รูป {k}" for k in "PNG JPEG GIF WEBP BMP".split()), "d.svg"]
    )
    assert reasons(markdown("![ก](../outside.png)"), files=files) == ["picture_outside"]
    assert reasons(markdown("![ก](gone.png)"), files=files) == ["picture_missing"]
    assert files.read["gone.png"] == ""


def test_formulas_charts_and_raw_cells_are_taken():
    png = as_text(picture())
    cells = [
        code(shows(latex="$\\displaystyle \\frac{a}{b}$", plain="<Math object>")),
        code(shows(html="<div></div><script>1</script>", png=png, plain="Fig")),
        raw("ข้อความดิบ <b>\nบรรทัดสอง\n\nย่อหน้า"),
    ]
    assert reasons(*cells) == []
    formula, chart, one, two = read_notebook(notebook(*cells)).blocks
    assert formula == Formula("\\frac{a}{b}")
    assert isinstance(chart, Figure)
    assert [plain(one.inlines), plain(two.inlines)] == ["ข้อความดิบ <b> บรรทัดสอง", "ย่อหน้า"]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("\x1b[31mแดง\x1b[0m \x1b[1;38;5;9mเขียว\x1b[m", "แดง เขียว"),
        ("\x1b]8;;https://x.th\x1b\\ลิงก์\x1b]8;;\x1b\\", "ลิงก์"),
        ("0%\r50%\r100%\nเสร็จ", "100%\nเสร็จ"),
        ("ยาวกว่า\rสั้น", "สั้นวกว่า"),
        ("ก\r\nข\r\n", "ก\nข\n"),
    ],
)
def test_printed_text_stands_as_a_terminal_shows_it(printed, shown):
    assert as_shown(printed) == shown
    (block,) = read_notebook(notebook(code(stream(printed)))).blocks
    assert block == Preformatted(shown.strip("\n"))


def test_a_line_printed_in_pieces_is_one_line():
    bar = [stream("\r 50%"), stream("\r100%"), stream("\nก"), stream("ข\n")]
    (block,) = read_notebook(notebook(code(*bar))).blocks
    assert block == Preformatted("100%\nกข")


def test_render_and_check_name_what_a_copy_loses_and_the_manifest_counts_it(rendered, tmp_path):
    from ita_helpers.publish.exporters import HtmlReportExporter  # brings nbconvert

    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    copy = tmp_path / "notebooks/edited/2568/bang-khae.ipynb"
    copy.parent.mkdir(parents=True)
    written = nbformat.read(rendered / "2568/bang-khae.ipynb", as_version=4)
    own = [
        markdown("![](photo.png)\n\n![](https://example.go.th/a.png)"),
        raw("ข้อความในเซลล์ดิบ 📌"),
        code(source="import sys\nprint('เตือน', file=sys.stderr)"),
    ]
    written.cells[20:20] = own
    behind = next(at for at, cell in enumerate(written.cells, start=1) if cell.id == "rules")
    written.cells.insert(behind, markdown("## หัวข้อของสำนักงาน\n\nคำ"))
    nbformat.write(written, copy)
    copy.with_name("photo.png").write_bytes(picture())
    run = ita("render", "bang-khae", "--to", "html,pdf", root=tmp_path)
    assert run.exit_code == 0
    page = (tmp_path / "rendered/2568/bang-khae.html").read_text(encoding="utf-8")
    assert as_text(picture()) in page
    assert "ข้อความในเซลล์ดิบ" in page
    assert "bang-khae.ipynb เซลล์ 22: " in run.output
    assert "📌" in run.output
    check = ita("check", "bang-khae", root=tmp_path)
    for said in (run.output, check.output):
        told = ((21, "https://example.go.th/a.png"), (22, "📌"), (23, "เตือน"))
        for cell, reason in (*told, (behind + 1, "หัวข้อของสำนักงาน")):
            shown = f"notebooks/edited/2568/bang-khae.ipynb เซลล์ {cell}"
            assert [shown in line for line in said.splitlines() if reason in line] == [True]
    for heading in ("๒.๒</span> หัวข้อของสำนักงาน", "๒.๓</span> ระดับผลการประเมิน"):
        assert heading in page
    (row,) = rows_in(tmp_path)
    assert row.losses == 4
    assert "notebooks/edited/2568/photo.png" in row.read
    exported, _ = HtmlReportExporter().from_filename(tmp_path / "rendered/2568/bang-khae.ipynb")
    assert as_text(picture()) in exported
    (tmp_path / "rendered/manifest.sqlite").unlink()
    assert rows_in(tmp_path) == [replace(row, seconds=0)]
    written.cells[22].source = "print('ใหม่')"
    nbformat.write(written, copy)
    changed = ita("check", "bang-khae", root=tmp_path)
    assert "bang-khae.ipynb เซลล์ 23: ยังไม่ได้ตรวจผลลัพธ์" in changed.output
    assert "ยังไม่ได้ตรวจผลลัพธ์" not in check.output


def rows_in(root):
    with closing(Manifest(root / "rendered", read_report)) as manifest:
        return list(manifest.rows())
