"""Writing the document tree as a Word file that officers can correct and restyle.

Built-in styles, real headings, lists, fields and header rows. The words of a slot stand inside a
bookmark: ``slot_narrative_06`` for the slot ``narrative-06``.
"""

from __future__ import annotations

import base64
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt

from ita_helpers.catalogue import label, say
from ita_helpers.publish.docx_styles import (
    BODY,
    THAI,
    add_missing,
    apply_styles,
    element,
    modernise,
    style_ids,
    twips,
)
from ita_helpers.publish.docx_template import open_template
from ita_helpers.publish.formulas import SIZE, draw_formula
from ita_helpers.publish.pictures import Drawing, as_png, pixel_size, render_pngs
from ita_helpers.publish.table_fit import NORMAL, Fit, fit_table
from ita_helpers.publish.table_grid import column_shares, place_cells
from ita_helpers.publish.tree import (
    Block,
    Break,
    Cell,
    Contents,
    ContentsEntry,
    ContentsList,
    Document,
    Figure,
    Formula,
    Heading,
    Image,
    Inlines,
    ListBlock,
    Paragraph,
    Part,
    Preformatted,
    Slot,
    Table,
    Text,
    unfold,
)

FONT = "TH Sarabun New"
NO_DATE = date(2000, 1, 1)
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time every file in the package bears, so that the same document gives the same bytes."""
TALLEST = 560.0
FRAME = 8.0
FORMULA_SCALE = BODY / SIZE
FORMULA_SHARPNESS = 2
TABLE_TEXT = 14.0
WIDE_CHARACTER, CELL_PADDING = 0.66, 12.0
"""Width of a character as a share of its size where another font must stand in, and of the
margins of a cell in points."""
LONGEST_PIECE, SHORT_WORD = 14, 6
_MARK = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_PIECE = re.compile(r"[^\s/\u0e00-\u0e4f]+")
_LETTERS = re.compile(r"[\u0e00-\u0e4f]+")
STYLE_OF = {
    "body": "BodyText",
    "note": "ItaNote",
    "score": "ItaScore",
    "quote": "Quote",
    "banner": "ItaBanner",
    "line": "ItaLine",
    "signature": "ItaSignature",
}
RAISED = {"sup": "superscript", "sub": "subscript"}
LEVELS = 6
INDENT = 20.0
NO_BREAK = "\u00a0"
PROPERTIES = [
    qn(f"w:{name}")
    for name in "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
    "spacing ind jc outlineLvl rPr sectPr".split()
]
"""What a paragraph may have, in the order Word asks for."""
_NAME = re.compile(r"[^A-Za-z0-9_]")


def write_docx(document: Document, template: bytes | None = None, template_name: str = "") -> bytes:
    """Return the Word file; the same document gives the same bytes.

    ``template`` is the office's own Word file: its styles, headers and fonts win. Raises
    ``BadWordTemplate`` for a file that is none, or that reaches outside.
    """
    word = _open(template, document.word_font or FONT, template_name)
    return _Writer(document, word, has_template=template is not None).write()


def _open(template: bytes | None, font: str, name: str) -> Any:
    """Return an empty Word document in our styles, or in the office's own."""
    ours = docx.Document()
    apply_styles(ours, font)
    if template is None:
        _set_page(ours.sections[0])
        modernise(ours)
        return ours
    theirs = open_template(template, name)
    add_missing(theirs, ours, name)
    return theirs


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)


def _count_in_thai(section: Any) -> None:
    """Let the pages of a section count in Thai digits; the place of the mark matters to Word."""
    for each in section.findall(qn("w:pgNumType")):
        each.set(qn("w:fmt"), "thaiNumbers")
        return
    mark = element("w:pgNumType", fmt="thaiNumbers")
    places = [section.find(qn(name)) for name in ("w:lnNumType", "w:pgMar", "w:pgSz")]
    before = next((each for each in places if each is not None), None)
    if before is None:
        section.append(mark)
    else:
        before.addnext(mark)


class _Writer:
    """Writes one document; knows the names given so far."""

    def __init__(self, document: Document, word: Any, *, has_template: bool) -> None:
        self.document, self.word, self.has_template = document, word, has_template
        self.styles = style_ids(word)
        self.body = word.element.body
        for each in list(self.body):
            if each.tag != qn("w:sectPr"):
                self.body.remove(each)
        self.is_turned, self.starts_page, self.keeps_next = False, False, False
        self.pictures = self._draw_pictures()
        self.count = 0
        self.numbering = self._prepare_lists()

    def write(self) -> bytes:
        """Return the file."""
        self._prepare_page()
        self._write_title()
        for part in self.document.parts:
            self._write_part(part)
        self._describe()
        buffer = io.BytesIO()
        self.word.save(buffer)
        return _repack(buffer.getvalue())

    # -- the page ---------------------------------------------------------------------------

    def _prepare_page(self) -> None:
        section = self.word.sections[0]
        if self.document.numerals == "thai":
            _count_in_thai(section._sectPr)
        if self.document.kind == "memo":
            return
        section.different_first_page_header_footer |= not self.has_template
        header = " · ".join([self.document.running, self.document.mark]).strip(" ·")
        self._fill(section.header, "Header", [self._run(Text(header))])
        self._fill(section.footer, "Footer", self._page_number())
        if section.different_first_page_header_footer and not self.document.has_cover:
            self._fill(section.first_page_footer, "Footer", self._page_number())

    def _fill(self, part: Any, style: str, runs: Iterable[Any]) -> None:
        """Write a header or footer, unless the office's template has its own."""
        written = part._element
        if "".join(each.text or "" for each in written.iter(qn("w:t"))).strip():
            return
        for each in list(written):
            written.remove(each)
        written.append(self._paragraph(style, runs))

    def _page_number(self) -> list[Any]:
        words = say("report.title.page", page="|", pages="|", draft=self.document.is_draft)
        before, between, after = words.split("|")
        digits = r" \* THAIARABIC" if self.document.numerals == "thai" else ""
        return [
            self._run(Text(before)),
            *self._field(f"PAGE{digits}", "1"),
            self._run(Text(between)),
            *self._field(f"NUMPAGES{digits}", "1"),
            self._run(Text(after)),
        ]

    def _write_title(self) -> None:
        document = self.document
        is_memo = document.kind == "memo"
        if document.emblem is not None:
            size = 43.0 if is_memo else 96.0
            content = self._content(document.emblem)
            picture = self._picture(content, label("report.title.emblem"), size)
            align = "left" if is_memo else "center"
            self._add(self._paragraph("ItaPicture", [picture], align=align))
        gap = "1600" if document.has_cover else "0"
        spacing = element("w:spacing", before=gap, after="240")
        self._add(
            self._paragraph(
                "ItaMemoTitle" if is_memo else "Title", [self._run(Text(document.title))], spacing
            )
        )
        for line in document.subtitle:
            self._add(self._paragraph("Subtitle", [self._run(Text(line))]))
        for banner in document.banners:
            self._add(self._paragraph("ItaBanner", [self._run(Text(banner))]))
        if document.has_cover:
            self._break_page()

    def _break_page(self) -> None:
        """Let the next block begin a page, unless it does so anyway."""
        self.starts_page = any(each.tag in (qn("w:p"), qn("w:tbl")) for each in self.body)

    def _describe(self) -> None:
        properties = self.word.core_properties
        issued = self.document.issued or NO_DATE
        moment = datetime(issued.year, issued.month, issued.day)
        properties.title, properties.author = self.document.title[:255], self.document.author[:255]
        properties.language, properties.comments = THAI, ""
        properties.created = properties.modified = moment
        properties.last_modified_by, properties.revision = self.document.author[:255], 1

    # -- parts and blocks -------------------------------------------------------------------

    def _write_part(self, part: Part) -> None:
        if part.own_page:
            self._break_page()
        self._write_blocks(part.blocks)
        if part.own_page:
            self._break_page()

    def _write_blocks(self, blocks: Sequence[Block]) -> None:
        """Write blocks; a sentence stays with the table or picture it leads to."""
        for block, following in itertools.zip_longest(blocks, blocks[1:]):
            leads = isinstance(block, Paragraph) and block.style == "body"
            self.keeps_next = leads and isinstance(following, Table | Figure)
            self._write_block(block)

    def _write_block(self, block: Block) -> None:
        if not _stays_turned(block):
            self._turn(is_turned=False)
        match block:
            case Heading():
                self._write_heading(block)
            case Paragraph():
                self._add(self._paragraph(STYLE_OF[block.style], self._runs(block.inlines)))
            case ListBlock():
                self._write_list(block, 0)
            case Table():
                self._write_table(block)
            case Figure():
                self._write_figure(block)
            case Preformatted():
                self._add(self._paragraph("ItaCode", _lines(block.text)))
            case Formula():
                self._write_formula(block.tex)
            case Break():
                edge = element("w:bottom", val="single", sz="6", space="1", color="C9D1D8")
                self._add(self._paragraph("BodyText", [], element("w:pBdr", edge)))
            case Slot():
                self._write_slot(block)
            case Contents():
                for place, listed in enumerate(block.lists):
                    self._write_contents(listed, is_toc=place == 0)

    def _write_slot(self, slot: Slot) -> None:
        """Write the words of a slot inside their bookmark; an empty slot leaves no trace."""
        if not slot.blocks:
            return
        start, end = self._bookmark(f"slot_{slot.name}")
        self._add(start)
        self._write_blocks(slot.blocks)
        self._add(end)

    def _write_heading(self, heading: Heading) -> None:
        number = (Text(f"{heading.number} "),) if heading.number else ()
        runs = self._runs((*number, *heading.inlines))
        level = min(heading.level - 1, 5)
        self._add(self._paragraph(f"Heading{level}", self._marked(heading.anchor, runs)))

    def _write_list(self, block: ListBlock, level: int) -> None:
        style = "ListNumber" if block.ordered else "ListBullet"
        number = self._new_list(block, min(level, LEVELS - 1))
        for item in block.items:
            self._write_item(item, style, number, min(level, LEVELS - 1))

    def _write_item(self, item: Sequence[Block], style: str, number: str, level: int) -> None:
        is_first = True
        for block in unfold(item) if item else (Paragraph(()),):
            if isinstance(block, ListBlock):
                self._write_list(block, level + 1)
            elif isinstance(block, Paragraph):
                mark = element(
                    "w:numPr", element("w:ilvl", val=str(level)), element("w:numId", val=number)
                )
                inside = element("w:ind", left=twips(INDENT * (level + 1)))
                runs = self._runs(block.inlines)
                self._add(self._paragraph(style, runs, mark if is_first else inside))
                is_first = False
            else:
                self._write_block(block)

    def _write_contents(self, listed: ContentsList, *, is_toc: bool) -> None:
        heading = self._paragraph("TOCHeading", [self._run(Text(listed.title))])
        _give(heading, element("w:outlineLvl", val="9"))
        self._add(heading)
        lines = [self._entry(entry) for entry in listed.entries]
        if is_toc and lines:
            begin, instruction, separate, end = _field_marks(r'TOC \o "1-2" \h \z \u')
            lines[0][1:1] = [begin, instruction, separate]
            lines[-1].append(end)
        for line in lines:
            self._add(line)

    def _entry(self, entry: ContentsEntry) -> Any:
        name = _bookmark_name(entry.anchor)
        digits = r" \* THAIARABIC" if self.document.numerals == "thai" else ""
        link = element(
            "w:hyperlink",
            *self._runs(tuple(replace(run, href="") for run in entry.inlines)),
            element("w:r", element("w:tab")),
            *self._field(rf"PAGEREF {name} \h{digits}", " "),
            anchor=name,
            history="1",
        )
        return self._paragraph(f"TOC{entry.level - 1}", [link])

    # -- tables -----------------------------------------------------------------------------

    def _write_table(self, table: Table) -> None:
        for place, fit in enumerate(fit_table(table)):
            self._turn(is_turned=fit.is_turned)
            again = f" {label('report.title.continued')}" if place else ""
            if table.caption:
                anchor = table.anchor if place == 0 else ""
                self._write_caption("Caption", table.label, table.caption, anchor, again)
            self._add(self._table(fit))
            gap = element("w:spacing", before="0", after="60", line="120", lineRule="exact")
            self._add(self._paragraph("BodyText", [], gap))

    def _turn(self, *, is_turned: bool) -> None:
        """Begin a section turned the other way, its headings with it."""
        if self.is_turned == is_turned:
            return
        self.is_turned = is_turned
        moved = self._trailing_headings()
        for each in moved:
            self.body.remove(each)
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        _shrink(self.body[-2])
        section.different_first_page_header_footer = False
        for each in moved:
            self._add(each)
        section.orientation = WD_ORIENT.LANDSCAPE if is_turned else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
        self.starts_page = False

    def _trailing_headings(self) -> list[Any]:
        headings = {self.styles[f"Heading{level}"] for level in range(1, 6)}
        blocks = [each for each in self.body if each.tag != qn("w:sectPr")]
        trailing = itertools.takewhile(lambda each: _style_of(each) in headings, reversed(blocks))
        return list(trailing)[::-1]

    @property
    def room(self) -> float:
        """Points between the margins."""
        section = self.word.sections[-1]
        margins = section.left_margin + section.right_margin
        return float((section.page_width - margins) / Pt(1))

    def _write_caption(
        self, style: str, name: str, caption: Inlines, anchor: str, again: str = ""
    ) -> None:
        named = (Text(f"{name} ", strong=True),) if name else ()
        runs = self._runs((*named, *caption, *((Text(again),) if again else ())))
        self._add(self._paragraph(style, self._marked(anchor, runs)))

    def _table(self, fit: Fit) -> Any:
        table = fit.table
        size = TABLE_TEXT * fit.size / NORMAL
        widths = _widths(table, self.room, size)
        made = element(
            "w:tbl",
            element(
                "w:tblPr",
                element("w:tblStyle", val=self.styles["TableGrid"]),
                element("w:tblW", w=twips(sum(widths)), type="dxa"),
                element("w:tblLayout", type="fixed"),
                element("w:tblLook", val="04A0", firstRow="1", noHBand="0", noVBand="1"),
            ),
            element("w:tblGrid", *(element("w:gridCol", w=twips(each)) for each in widths)),
        )
        for rows, is_head in ((table.head, True), (table.body, False)):
            made.extend(self._rows(rows, widths, size, is_head))
        return made

    def _rows(
        self, rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float, is_head: bool
    ) -> Iterable[Any]:
        """Yield the rows, with an empty cell wherever one from above reaches down."""
        reaching: dict[int, tuple[int, int]] = {}
        for row in place_cells([tuple(row) for row in rows]):
            cells: dict[int, Any] = {}
            for place, (left, wide) in list(reaching.items()):
                cells[place] = self._covered(widths, place, wide)
                reaching[place] = (left - 1, wide)
                if left == 1:
                    del reaching[place]
            for place, cell in row:
                cells[place] = self._cell(cell, widths, place, size, is_head)
                if cell.rowspan > 1:
                    reaching[place] = (cell.rowspan - 1, cell.colspan)
            properties = [element("w:cantSplit")] + ([element("w:tblHeader")] if is_head else [])
            ordered = (cells[place] for place in sorted(cells))
            yield element("w:tr", element("w:trPr", *properties), *ordered)

    def _covered(self, widths: Sequence[float], place: int, wide: int) -> Any:
        properties = self._cell_properties(widths, place, wide, element("w:vMerge"))
        return element("w:tc", properties, self._paragraph("TableText", []))

    def _cell(
        self, cell: Cell, widths: Sequence[float], place: int, size: float, is_head: bool
    ) -> Any:
        is_group = cell.scope == "rowgroup" and cell.colspan > 1
        merge = [element("w:vMerge", val="restart")] if cell.rowspan > 1 else []
        fill = "E6EDF4" if is_head else "F3F6F8" if is_group else ""
        shade = [element("w:shd", val="clear", color="auto", fill=fill)] if fill else []
        properties = self._cell_properties(widths, place, cell.colspan, *merge, *shade)
        strong = is_head or is_group
        inlines = tuple(replace(run, strong=run.strong or strong) for run in cell.inlines)
        runs = self._runs(inlines, size if size != TABLE_TEXT else 0)
        runs = self._marked(f"slot_{cell.slot}" if cell.slot else "", runs)
        align = {"center": "center", "right": "right"}.get(cell.align, "")
        keep = [element("w:keepNext")] if strong else []
        return element("w:tc", properties, self._paragraph("TableText", runs, *keep, align=align))

    def _cell_properties(self, widths: Sequence[float], place: int, wide: int, *more: Any) -> Any:
        span = [element("w:gridSpan", val=str(wide))] if wide > 1 else []
        width = element("w:tcW", w=twips(sum(widths[place : place + wide])), type="dxa")
        return element("w:tcPr", width, *span, *more)

    # -- pictures ---------------------------------------------------------------------------

    def _draw_pictures(self) -> dict[str, bytes]:
        """Draw all charts and formulas of the document at once."""
        width = self.room - FRAME
        wanted: dict[str, float] = {}
        for node in _nodes(self.document):
            if isinstance(node, Image) and node.kind == "svg":
                wanted[node.content] = width
            elif (tex := _tex(node)) and (drawn := draw_formula(tex)):
                wanted[drawn.svg] = drawn.width * FORMULA_SCALE * FORMULA_SHARPNESS
        drawings = [Drawing(source, width) for source, width in wanted.items()]
        return dict(zip(wanted, render_pngs(drawings), strict=True))

    def _content(self, image: Image) -> bytes:
        is_drawn = image.kind == "svg"
        return self.pictures[image.content] if is_drawn else base64.b64decode(image.content)

    def _write_figure(self, figure: Figure) -> None:
        content, width = self._content(figure.image), self.room - FRAME
        if figure.image.kind != "svg":
            width = min(width, _natural_width(content))
        picture = self._picture(content, figure.alt, width)
        self._add(self._paragraph("ItaPicture", self._marked(figure.anchor, [picture])))
        if figure.caption:
            self._write_caption("ItaPictureCaption", figure.label, figure.caption, "")

    def _write_formula(self, tex: str) -> None:
        drawn = draw_formula(tex)
        if drawn is None:
            self._add(self._paragraph("ItaCode", _lines(tex)))
            return
        self._add(self._paragraph("ItaFormula", [self._formula_picture(tex, drawn)]))

    def _formula_picture(self, tex: str, drawn: Any) -> Any:
        return self._picture(self.pictures[drawn.svg], tex, drawn.width * FORMULA_SCALE)

    def _picture(self, content: bytes, alt: str, width: float) -> Any:
        """Return a run that holds a picture so many points wide, never taller than a page."""
        wide, high = pixel_size(content)
        height = width * high / wide
        if height > TALLEST:
            width, height = width * TALLEST / height, TALLEST
        inline = self._inline(content, Pt(width), Pt(height))
        inline.docPr.set("descr", alt)
        inline.docPr.set("name", f"picture {inline.docPr.get('id')}")
        run = element("w:r")
        run.append(element("w:drawing", inline))
        return run

    def _inline(self, content: bytes, width: int, height: int) -> Any:
        """Return a picture of the package; one of a kind it does not know is written anew."""
        try:
            return self.word.part.new_pic_inline(io.BytesIO(content), width, height)
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
            return self.word.part.new_pic_inline(io.BytesIO(as_png(content)), width, height)

    # -- runs -------------------------------------------------------------------------------

    def _runs(self, inlines: Inlines, size: float = 0) -> list[Any]:
        """Return runs of text, those of one link inside it."""
        made: list[Any] = []
        for href, runs in itertools.groupby(inlines, key=lambda run: run.href):
            inner = [self._run(run, size) for run in runs]
            made += [self._link(href, inner)] if href else inner
        return made

    def _link(self, href: str, runs: list[Any]) -> Any:
        if href.startswith("#"):
            return element("w:hyperlink", *runs, anchor=_bookmark_name(href[1:]), history="1")
        link = element("w:hyperlink", *runs, history="1")
        kind = RELATIONSHIP_TYPE.HYPERLINK
        link.set(qn("r:id"), self.word.part.relate_to(href, kind, is_external=True))
        return link

    def _run(self, run: Text, size: float = 0) -> Any:
        if run.break_after:
            return element("w:r", element("w:br"))
        if run.formula and (drawn := draw_formula(run.text)):
            picture = self._formula_picture(run.text, drawn)
            lowered = element("w:position", val=str(-round(drawn.depth * FORMULA_SCALE * 2)))
            picture.insert(0, element("w:rPr", lowered))
            return picture
        text = run.text.replace(" ", NO_BREAK) if run.whole else run.text
        written = element("w:t")
        written.text = text
        written.set(qn("xml:space"), "preserve")
        return element("w:r", element("w:rPr", *_run_properties(run, size)), written)

    def _field(self, instruction: str, shown: str) -> list[Any]:
        begin, code, separate, end = _field_marks(instruction)
        begin[0].set(qn("w:dirty"), "true")
        return [begin, code, separate, self._run(Text(shown)), end]

    def _paragraph(self, style: str, runs: Iterable[Any], *properties: Any, align: str = "") -> Any:
        paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=self.styles[style])))
        paragraph.extend(runs)
        for each in properties:
            _give(paragraph, each)
        if align:
            _give(paragraph, element("w:jc", val=align))
        return paragraph

    def _add(self, block: Any) -> None:
        """Put a block at the end; the first on a page begins it."""
        paragraph = next(block.iter(qn("w:p")), None)
        if paragraph is not None:
            if self.starts_page:
                _give(paragraph, element("w:pageBreakBefore"))
            if self.keeps_next:
                _give(paragraph, element("w:keepNext"))
            self.starts_page = self.keeps_next = False
        last = self.body[-1] if len(self.body) else None
        if last is not None and last.tag == qn("w:sectPr"):
            last.addprevious(block)
        else:
            self.body.append(block)

    def _marked(self, anchor: str, runs: list[Any]) -> list[Any]:
        """Return runs inside a bookmark that links lead to."""
        if not anchor:
            return runs
        start, end = self._bookmark(anchor)
        return [start, *runs, end]

    def _bookmark(self, anchor: str) -> tuple[Any, Any]:
        self.count += 1
        identity = str(self.count)
        start = element("w:bookmarkStart", id=identity, name=_bookmark_name(anchor))
        return start, element("w:bookmarkEnd", id=identity)

    # -- lists ------------------------------------------------------------------------------

    def _prepare_lists(self) -> Any:
        """Add the two kinds of list, bullets and numbers, six levels deep."""
        numbering = _numbering_of(self.word)
        taken = [int(each.get(qn("w:abstractNumId"))) for each in _abstracts(numbering)]
        first = max(taken, default=0) + 1
        digits = "thaiNumbers" if self.document.numerals == "thai" else "decimal"
        kinds = [("bullet", "•"), (digits, "%{}.")]
        for place, (format_, text) in enumerate(kinds):
            levels = (_list_level(level, format_, text) for level in range(LEVELS))
            abstract = element("w:abstractNum", *levels, abstractNumId=str(first + place))
            _insert_abstract(numbering, abstract)
        self.first_list = first
        return numbering

    def _new_list(self, block: ListBlock, level: int) -> str:
        used = [int(each.get(qn("w:numId"))) for each in self.numbering.iter(qn("w:num"))]
        number = str(max(used, default=0) + 1)
        start = element("w:startOverride", val=str(block.start))
        restart = element("w:lvlOverride", start, ilvl=str(level))
        kind = element("w:abstractNumId", val=str(self.first_list + block.ordered))
        self.numbering.append(element("w:num", kind, restart, numId=number))
        return number


def _run_properties(run: Text, size: float) -> list[Any]:
    """Return a run's properties in the order Word asks for."""
    made = [element("w:rFonts", hint="cs")]
    if run.code or run.formula:
        made = [element("w:rFonts", ascii="Courier New", hAnsi="Courier New", hint="cs")]
    if run.strong:
        made += [element("w:b"), element("w:bCs")]
    if run.emphasis:
        made += [element("w:i"), element("w:iCs")]
    if run.struck:
        made.append(element("w:strike"))
    if run.href and not run.href.startswith("#"):
        made.append(element("w:color", val="1F5A92"))
    if size:
        half_points = str(round(size * 2))
        made += [element("w:sz", val=half_points), element("w:szCs", val=half_points)]
    if run.href and not run.href.startswith("#"):
        made.append(element("w:u", val="single"))
    if run.raised:
        made.append(element("w:vertAlign", val=RAISED[run.raised]))
    return [*made, element("w:lang", bidi=THAI)]


def _field_marks(instruction: str) -> tuple[Any, Any, Any, Any]:
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    kinds = ("begin", "separate", "end")
    begin, separate, end = (
        element("w:r", element("w:fldChar", fldCharType=kind)) for kind in kinds
    )
    return begin, element("w:r", code), separate, end


def _lines(text: str) -> list[Any]:
    """Return preformatted text as runs with their breaks and spaces."""
    runs = []
    for place, line in enumerate(text.expandtabs(4).split("\n")):
        if place:
            runs.append(element("w:r", element("w:br")))
        written = element("w:t")
        written.text = line
        written.set(qn("xml:space"), "preserve")
        runs.append(element("w:r", element("w:rPr", element("w:lang", bidi=THAI)), written))
    return runs


def _list_level(level: int, format_: str, text: str) -> Any:
    left = twips(INDENT * (level + 1))
    return element(
        "w:lvl",
        element("w:start", val="1"),
        element("w:numFmt", val=format_),
        element("w:lvlText", val=text.format(level + 1)),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=left, hanging=twips(INDENT))),
        ilvl=str(level),
    )


def _abstracts(numbering: Any) -> list[Any]:
    return list(numbering.iter(qn("w:abstractNum")))


def _insert_abstract(numbering: Any, abstract: Any) -> None:
    """Put a definition before the first list: the order Word asks for."""
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)


def _numbering_of(word: Any) -> Any:
    """Return the lists of a Word document; a template may come without any."""
    part = word.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    empty = f"<w:numbering {nsdecls('w')}/>".encode()
    made = NumberingPart.load(
        PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package
    )
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made.element


def _widths(table: Table, room: float, size: float) -> list[float]:
    """Return the width of each column in points: room for its numbers, the rest shared.

    No number breaks before the words around it do, even in a font wider than ours.
    """
    _, longest = column_shares(table)
    character = size * WIDE_CHARACTER
    least = [each * character + CELL_PADDING for each in _unbroken(table)]
    rest = room - sum(least)
    if rest <= 0:
        return [each * room / sum(least) for each in least]
    lacking = (
        max(0.0, characters * character + CELL_PADDING - width)
        for characters, width in zip(longest, least, strict=True)
    )
    shares = [each**0.7 for each in lacking]
    shares = shares if any(shares) else [1.0] * len(least)
    return [width + rest * share / sum(shares) for width, share in zip(least, shares, strict=True)]


def _unbroken(table: Table) -> list[int]:
    """Return the characters of each column that must stand on one line."""
    longest = [1] * table.columns
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            for place, cell in row:
                if cell.colspan == 1:
                    longest[place] = max(longest[place], _longest_piece(cell.inlines))
    return longest


def _longest_piece(inlines: Inlines) -> int:
    """Return the length of the longest number or Latin word, or of a short Thai one."""
    written = _MARK.sub("", " ".join(run.text for run in inlines))
    pieces = (min(len(each), LONGEST_PIECE) for each in _PIECE.findall(written))
    words = (min(len(each), SHORT_WORD) for each in _LETTERS.findall(written))
    return max((*pieces, *words), default=1)


def _natural_width(content: bytes) -> float:
    """Return the width of a picture at 96 pixels an inch."""
    return pixel_size(content)[0] * 72 / 96


def _nodes(node: object) -> Iterator[object]:
    """Yield everything the document is made of."""
    if isinstance(node, tuple):
        for each in node:
            yield from _nodes(each)
    elif is_dataclass(node):
        yield node
        for field in fields(node):
            yield from _nodes(getattr(node, field.name))


def _tex(node: object) -> str:
    if isinstance(node, Formula):
        return node.tex
    return node.text if isinstance(node, Text) and node.formula else ""


def _stays_turned(block: Block) -> bool:
    """Return whether a block decides itself how its page lies, or stays with what it notes."""
    return isinstance(block, Table | Slot) or (
        isinstance(block, Paragraph) and block.style == "note"
    )


def _bookmark_name(anchor: str) -> str:
    """Return an anchor as Word allows it: letters, digits and underscores, at most forty."""
    name = _NAME.sub("_", anchor)[:40]
    return name if name[:1].isalpha() else f"b_{name}"[:40]


def _give(paragraph: Any, mark: Any) -> None:
    """Give a paragraph a property, in the order Word asks for; one it has already is replaced."""
    properties = paragraph.get_or_add_pPr()
    for each in properties.findall(mark.tag):
        properties.remove(each)
    later = PROPERTIES[PROPERTIES.index(mark.tag) + 1 :]
    following = next((each for each in properties if each.tag in later), None)
    if following is None:
        properties.append(mark)
    else:
        following.addprevious(mark)


def _style_of(block: Any) -> str:
    named = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(named.get(qn("w:val"))) if named is not None else ""


def _shrink(paragraph: Any) -> None:
    """Make the paragraph that ends a section so low that it begins no page of its own."""
    _give(paragraph, element("w:spacing", before="0", after="0", line="20", lineRule="exact"))


def _repack(content: bytes) -> bytes:
    """Return the package with every file at the same time."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, package.read(name))
    return buffer.getvalue()
