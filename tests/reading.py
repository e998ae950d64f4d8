"""Reading finished papers back: their outline and their text, the same way for every format."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdfium2
from docx.oxml.ns import qn

from ita_helpers.documents.document import Document, Line, Table

BREAK = "\u2028"


def squeeze(text: str) -> str:
    """Return text with one kind of space, and one of it."""
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())


def html_outline(page: str) -> list[str]:
    """Return headings, captions and column heads of a page, in its order."""
    main = lxml.html.fromstring(page).find(".//main")
    for folded in list(main.iter("nav", "details")):
        if folded.get("class") != "on-paper":
            folded.drop_tree()
    for unseen in main.xpath(".//*[@class='unseen']"):
        unseen.drop_tree()
    lines = []
    for element in main.iter("h2", "h3", "h4", "h5", "caption", "figcaption", "thead"):
        text = squeeze(element.text_content())
        if element.tag.startswith("h"):
            lines.append(f"{'#' * (int(element.tag[1]) - 1)} {text}")
        elif element.tag == "thead":
            lines += (_heads(row.iter("th", "td")) for row in element.iter("tr"))
        else:
            lines.append(text)
    return lines


def _heads(cells: Iterator[lxml.html.HtmlElement]) -> str:
    return "| " + " | ".join(squeeze(cell.text_content()) for cell in cells)


def docx_outline(content: bytes) -> list[str]:
    """Return headings, captions and column heads of a Word file, in its order."""
    document = docx.Document(io.BytesIO(content))
    names = {style.style_id: style.name for style in document.styles}
    lines = []
    for block in document.element.body:
        if block.tag == qn("w:p"):
            style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = names.get(style.get(qn("w:val")), "") if style is not None else ""
            text = squeeze(word_text(block))
            if name.lower().startswith("heading"):
                lines.append(f"{'#' * int(name[-1])} {text}")
            elif "caption" in name.lower():
                lines.append(text)
        elif block.tag == qn("w:tbl"):
            lines += (_word_heads(row) for row in block.iter(qn("w:tr")) if _is_head(row))
    return lines


def _is_head(row) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _word_heads(row) -> str:
    cells = [cell for cell in row.iter(qn("w:tc")) if not _is_covered(cell)]
    return "| " + " | ".join(squeeze(word_text(cell)) for cell in cells)


def _is_covered(cell) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def word_text(element) -> str:
    return "".join(
        each.text or "" if each.tag == qn("w:t") else " "
        for each in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    )


def pdf_headings(content: bytes) -> list[str]:
    """Return the headings of a PDF from its bookmarks."""
    return [
        f"{'#' * (mark.level + 1)} {squeeze(mark.get_title())}"
        for mark in pypdfium2.PdfDocument(content).get_toc(max_depth=6)
    ]


def skeleton(text: str) -> str:
    """Return the letters and digits of a text: what every reader of a PDF agrees on.

    Marks over and under a letter come twice or apart from some PDFs, with their letter, and
    spaces anywhere: marks go, and a letter counts once in a row.
    """
    plain = text.replace("ำ", "า")
    bare = re.sub("[^ก-ฮเ-ไาะ๐-๙A-Za-z0-9]", "", re.sub("[ัิ-ฺ็-๎]", "", plain))
    return re.sub(r"(.)\1+", r"\1", bare)


def pdf_skeleton(path: Path) -> str:
    """Return the skeleton of a PDF's text."""
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return skeleton(run.stdout)


def html_lines(page: str) -> list[str]:
    """Return the text of a page as lines: what stands in one block or cell.

    Which edition it is stands in the feet of Word and PDF.
    """
    root = lxml.html.fromstring(page)
    for element in list(root.iter("style", "title", "summary")):
        element.drop_tree()
    added = (
        "//nav[@class='side'] | //footer | //a[@class='skip'] | //svg | //*[@class='unseen']"
        " | //details[not(@class='on-paper')] | //span[@class='brief']"
    )
    for element in root.xpath(added):
        element.drop_tree()
    apart = "@class='data' or @class='links' or @class='office' or @class='line edition'"
    for element in root.xpath(f"//p[{apart}]"):
        element.drop_tree()
    for element in root.iter("br"):
        element.tail = BREAK + (element.tail or "")
    for panel in root.xpath("//div[@class='panel facts' or @class='panel level']"):
        _join(panel, panel.getnext() if "level" in panel.get("class") else ())
    blocks = ("h1", "h2", "h3", "h4", "h5", "p", "li", "td", "th", "caption", "figcaption", "pre")
    lines = []
    for element in root.iter(*blocks):
        if not any(child.tag in blocks for child in element.iterdescendants()):
            lines += map(squeeze, element.text_content().split(BREAK))
    return [line.removeprefix("• ") for line in lines if line]


def _join(panel: Any, next_panel: Any) -> None:
    """Let the paragraphs of what is one cell on paper be one line."""
    first, *others = [*panel.iter("p"), *next_panel]
    first.text = " ".join(each.text_content() for each in (first, *others))
    for each in (*first, *others):
        each.drop_tree()


def without_links(page: bytes) -> bytes:
    """Return a page without the links to files that were made with it."""
    return re.sub(rb'<a href="[^"#]*\.(pdf|docx|png)">\w+</a> \xc2\xb7 ', b"", page)


def word_lines(text: str) -> list[str]:
    """Return the text LibreOffice reads from a Word file as lines, marks of lists left out.

    It counts lists in Arabic digits even where Word counts in Thai ones.
    """
    lines = (squeeze(line.replace("\ufeff", "")) for line in text.splitlines())
    bare = (re.sub(r"^(•|[0-9]+\.) ", "", line) for line in lines)
    return [line for line in bare if line and line != "•"]


def xml_of(content: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode("utf-8")


def in_order(wanted: Sequence[str], text: str) -> list[str]:
    """Return what of ``wanted`` does not stand in the text behind what went before."""
    missing, at = [], 0
    for each in wanted:
        found = text.find(each, at)
        if found < 0:
            missing.append(each)
        else:
            at = found
    return missing


def lines(document: Document) -> list[str]:
    """Return the lines that our readers see in a document."""
    return [each.text for each in document.blocks if isinstance(each, Line)]


def tables(document: Document) -> list[list[list[str]]]:
    """Return the cells of the tables that our readers see in a document."""
    found = [each for each in document.blocks if isinstance(each, Table)]
    return [[[cell.text for cell in row] for row in each.rows] for each in found]
