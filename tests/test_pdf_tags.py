"""A screen reader is told the headers of every cell, and finds the contents as contents."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst

from ita_helpers.publish.letters import missing_letters
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.pdf.objects import Objects
from ita_helpers.publish.pdf.packing import pack
from ita_helpers.publish.pdf.tags import complete_tags
from ita_helpers.publish.pdf.writer import write_pdf
from notebooks import REPORT, notebook, output

TABLE = """<table><caption>ตาราง</caption>
<thead><tr><th>ตัวชี้วัด</th><th>ข้อ</th><th>คะแนน</th></tr></thead><tbody>
<tr><th scope="rowgroup" colspan="3">IIT</th></tr>
<tr><th scope="row" rowspan="2">ก</th><td>ข1</td><td>1.00</td></tr><tr><td>ข2</td><td>2.00</td></tr>
<tr><th scope="rowgroup" colspan="3">EIT</th></tr>
<tr><th scope="row">ค</th><td>ข3</td><td>3.00</td></tr>
<tr><td></td><td>ข4</td><td>4.00</td></tr></tbody></table>"""


def elements(parent: Any) -> Iterator[Any]:
    kids = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def of_kind(parent: Any, *kinds: str) -> list[Any]:
    return [each for each in elements(parent) if str(each.S) in kinds]


def of_table(cell: Any) -> dict[str, Any]:
    told = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return next(each for each in told if str(each.O) == "/Table")


def headers(cell: Any) -> list[str]:
    return [str(each) for each in of_table(cell).get("/Headers", [])]


@pytest.fixture
def table() -> Iterator[Any]:
    content = write_pdf(read_notebook(notebook(output(html=TABLE), document=REPORT)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield of_kind(pdf.Root.StructTreeRoot, "/Table")[0]


def test_cells_name_the_headers_above_beside_and_of_their_group(table: Any) -> None:
    heads = of_kind(table, "/TH")
    names = dict(zip((str(each.ID) for each in heads), "ตขคIกEค", strict=True))
    assert [str(of_table(each)["/Scope"]) for each in heads[3:]] == [
        "/Column",
        "/Row",
        "/Column",
        "/Row",
    ]
    told = ["".join(names[name] for name in headers(each)) for each in of_kind(table, "/TD")]
    assert told == ["ขIก", "คIก", "ขIก", "คIก", "ขEค", "คEค", "ตE", "ขE", "คE"]
    assert "".join(names[name] for name in headers(heads[4])) == "ตI"


GROUP = '<tr><th scope="rowgroup" colspan="2">{}</th></tr>'
ROW = '<tr><th scope="row">{}</th><td>1</td></tr>'


def test_groups_may_follow_each_other_wherever_in_a_table() -> None:
    orders = ["".join(order) for count in range(1, 5) for order in product("GR", repeat=count)]
    written = {kind: {"G": GROUP, "R": ROW}[kind] for kind in "GR"}
    tables = [
        f"<table>{head}<tbody>"
        + "".join(written[kind].format(kind) for kind in order)
        + "</tbody></table>"
        for order in orders
        for head in ("", "<thead><tr><th>A</th><th>B</th></tr></thead>")
    ]
    document = read_notebook(notebook(*(output(html=each) for each in tables), document=REPORT))
    content = write_pdf(document)
    assert missing_letters(document, content, "pdf") is None
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = of_kind(pdf.Root.StructTreeRoot, "/Table")
        rows = [len(of_kind(each, "/TR")) for each in found]
        heads = [len(of_kind(each, "/TH")) for each in found]
    assert rows == [len(order) + more for order in orders for more in (0, 1)]
    assert heads == [len(order) + more for order in orders for more in (0, 2)]


def test_headers_are_named_where_no_head_stands_over_them() -> None:
    html = "<table><thead><tr></tr></thead><tbody><tr><th>ก</th></tr></tbody></table>"
    content = write_pdf(read_notebook(notebook(output(html=html), document=REPORT)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        (head,) = of_kind(root, "/TH")
        assert pikepdf.NameTree(root.IDTree)[str(head.ID)] == head


def test_every_cell_of_a_report_names_headers_of_its_own_table(
    rendered: Path, presets: dict[str, Path]
) -> None:
    files = {*rendered.glob("2568/*.pdf"), *(each.with_suffix(".pdf") for each in presets.values())}
    scopes: Counter[str] = Counter()
    for file in files:
        with pikepdf.open(file) as pdf:
            ids = pdf.Root.StructTreeRoot.get("/IDTree")
            known = pikepdf.NameTree(ids) if ids is not None else {}
            for table in of_kind(pdf.Root.StructTreeRoot, "/Table"):
                heads = {str(each.ID): each for each in of_kind(table, "/TH")}
                scopes.update(str(of_table(each)["/Scope"]) for each in heads.values())
                assert all(known[name] == each for name, each in heads.items()), file
                for cell in of_kind(table, "/TD"):
                    assert headers(cell) and set(headers(cell)) <= set(heads), file
    assert scopes["/Row"] > 50 * len(files)


def test_contents_are_a_heading_and_entries_of_a_list(presets: dict[str, Path]) -> None:
    with pikepdf.open(presets["standard"].with_suffix(".pdf")) as pdf:
        root = pdf.Root.StructTreeRoot
        lists, entries = of_kind(root, "/TOC"), of_kind(root, "/TOCI")
        assert len(entries) > 40 and sum(len(each.K) for each in lists) == len(entries)
        assert all(each.P in lists and of_kind(each, "/Link") for each in entries)
        top = list(of_kind(root, "/Document")[0].K)
        for each in lists:
            outer = each
            while outer not in top:
                outer = outer.P
            assert str(top[top.index(outer) - 1].S) == "/H1"


def test_tables_that_are_not_those_of_the_file_change_nothing() -> None:
    content = typst.compile(b'#set document(title: "A")\n#table(columns: 2, [a], [b])')
    assert pack(content) == pack(content, [{"head": [], "body": [[]], "columns": []}])
    untagged = Objects(content)
    untagged.bodies = {1: b"<<>>"}
    complete_tags(untagged, [])
    assert untagged.bodies == {1: b"<<>>"}


def test_objects_are_read_and_changed_as_they_are_written() -> None:
    content = typst.compile(b'#set document(title: "A")\n#table(columns: 2, [a], [b])')
    objects = Objects(content)
    added = objects.add(b"<</Type/Own>>")
    with (
        pikepdf.open(io.BytesIO(content)) as before,
        pikepdf.open(io.BytesIO(objects.written())) as after,
    ):
        assert not after.check_pdf_syntax()
        assert after.get_object((added, 0)).Type == pikepdf.Name.Own
        both = zip(before.objects, after.objects, strict=False)
        assert all(one.unparse() == other.unparse() for one, other in both)
        for pdf in (before, after):
            assert pdf.trailer.ID[0] == before.trailer.ID[0]
        assert after.docinfo.Title == "A"
    with pytest.raises(ValueError, match="obj"):
        Objects(pack(content))
