"""Writing the document tree as a Word file that officers can correct and restyle.

Built-in styles, real headings, lists, fields and header rows. The words of a slot stand inside a
bookmark: ``slot_narrative_06`` for the slot ``narrative-06``.
"""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.formulas import SIZE, draw_formula
from ita_helpers.publish.table_fit import NORMAL, Fit, fit_table
from ita_helpers.publish.table_grid import place_cells
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
from ita_helpers.publish.word.lists import (
    INDENT,
    LEVELS,
    abstracts,
    insert_abstract,
    list_level,
    numbering_of,
)
from ita_helpers.publish.word.package import NO_DATE, count_in_thai, open_document, repack
from ita_helpers.publish.word.pictures import Drawing, as_png, pixel_size, render_pngs
from ita_helpers.publish.word.runs import (
    FONT,
    NO_BREAK,
    STYLE_OF,
    bookmark_name,
    field_marks,
    give,
    preformatted,
    run_properties,
    shrink,
    style_of,
)
from ita_helpers.publish.word.styles import (
    BODY,
    THAI,
    element,
    style_ids,
    twips,
)
from ita_helpers.publish.word.tables import TABLE_TEXT, column_widths, natural_width

TALLEST = 560.0
FRAME = 8.0
FORMULA_SCALE = BODY / SIZE
FORMULA_SHARPNESS = 2


def write_docx(document: Document, template: bytes | None = None, template_name: str = "") -> bytes:
    """Return the Word file; the same document gives the same bytes.

    ``template`` is the office's own Word file: its styles, headers and fonts win. Raises
    ``BadWordTemplate`` for a file that is none, or that reaches outside.
    """
    word = open_document(template, document.word_font or FONT, template_name)
    return _Writer(document, word, has_template=template is not None).write()


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
        return repack(buffer.getvalue())

    # -- the page ---------------------------------------------------------------------------

    def _prepare_page(self) -> None:
        section = self.word.sections[0]
        if self.document.numerals == "thai":
            count_in_thai(section._sectPr)
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
                self._add(self._paragraph("ItaCode", preformatted(block.text)))
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
        give(heading, element("w:outlineLvl", val="9"))
        self._add(heading)
        lines = [self._entry(entry) for entry in listed.entries]
        if is_toc and lines:
            begin, instruction, separate, end = field_marks(r'TOC \o "1-2" \h \z \u')
            lines[0][1:1] = [begin, instruction, separate]
            lines[-1].append(end)
        for line in lines:
            self._add(line)

    def _entry(self, entry: ContentsEntry) -> Any:
        name = bookmark_name(entry.anchor)
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
        shrink(self.body[-2])
        section.different_first_page_header_footer = False
        for each in moved:
            self._add(each)
        section.orientation = WD_ORIENT.LANDSCAPE if is_turned else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
        self.starts_page = False

    def _trailing_headings(self) -> list[Any]:
        headings = {self.styles[f"Heading{level}"] for level in range(1, 6)}
        blocks = [each for each in self.body if each.tag != qn("w:sectPr")]
        trailing = itertools.takewhile(lambda each: style_of(each) in headings, reversed(blocks))
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
        widths = column_widths(table, self.room, size)
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
            width = min(width, natural_width(content))
        picture = self._picture(content, figure.alt, width)
        self._add(self._paragraph("ItaPicture", self._marked(figure.anchor, [picture])))
        if figure.caption:
            self._write_caption("ItaPictureCaption", figure.label, figure.caption, "")

    def _write_formula(self, tex: str) -> None:
        drawn = draw_formula(tex)
        if drawn is None:
            self._add(self._paragraph("ItaCode", preformatted(tex)))
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
            return element("w:hyperlink", *runs, anchor=bookmark_name(href[1:]), history="1")
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
        return element("w:r", element("w:rPr", *run_properties(run, size)), written)

    def _field(self, instruction: str, shown: str) -> list[Any]:
        begin, code, separate, end = field_marks(instruction)
        begin[0].set(qn("w:dirty"), "true")
        return [begin, code, separate, self._run(Text(shown)), end]

    def _paragraph(self, style: str, runs: Iterable[Any], *properties: Any, align: str = "") -> Any:
        paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=self.styles[style])))
        paragraph.extend(runs)
        for each in properties:
            give(paragraph, each)
        if align:
            give(paragraph, element("w:jc", val=align))
        return paragraph

    def _add(self, block: Any) -> None:
        """Put a block at the end; the first on a page begins it."""
        paragraph = next(block.iter(qn("w:p")), None)
        if paragraph is not None:
            if self.starts_page:
                give(paragraph, element("w:pageBreakBefore"))
            if self.keeps_next:
                give(paragraph, element("w:keepNext"))
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
        start = element("w:bookmarkStart", id=identity, name=bookmark_name(anchor))
        return start, element("w:bookmarkEnd", id=identity)

    # -- lists ------------------------------------------------------------------------------

    def _prepare_lists(self) -> Any:
        """Add the two kinds of list, bullets and numbers, six levels deep."""
        numbering = numbering_of(self.word)
        taken = [int(each.get(qn("w:abstractNumId"))) for each in abstracts(numbering)]
        first = max(taken, default=0) + 1
        digits = "thaiNumbers" if self.document.numerals == "thai" else "decimal"
        kinds = [("bullet", "•"), (digits, "%{}.")]
        for place, (format_, text) in enumerate(kinds):
            levels = (list_level(level, format_, text) for level in range(LEVELS))
            abstract = element("w:abstractNum", *levels, abstractNumId=str(first + place))
            insert_abstract(numbering, abstract)
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
