"""Writing the document tree as a Word file that officers can correct and restyle.

Built-in styles, real headings, lists, fields and header rows. The words of a slot stand inside a
bookmark: ``slot_narrative_06`` for the slot ``narrative-06``.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ita_helpers.documents.corrected import MARK
from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.formulas import draw_formula
from ita_helpers.publish.table_fit import fit_table
from ita_helpers.publish.tree import (
    Block,
    Break,
    Contents,
    ContentsEntry,
    ContentsList,
    Document,
    Figure,
    Formula,
    Heading,
    Inlines,
    ListBlock,
    Panel,
    Paragraph,
    Part,
    Preformatted,
    Slot,
    Table,
    Text,
    Together,
    unfold,
)
from ita_helpers.publish.word.lists import (
    INDENT,
    LEVELS,
    Lists,
)
from ita_helpers.publish.word.memo import line_of, together_of
from ita_helpers.publish.word.origin import add_origin
from ita_helpers.publish.word.package import NO_DATE, count_in_thai, open_document, repack
from ita_helpers.publish.word.pen import Pen
from ita_helpers.publish.word.pictures import draw_pictures
from ita_helpers.publish.word.runs import (
    FONT,
    STYLE_OF,
    bookmark_name,
    field_marks,
    give,
    preformatted,
    shrink,
    style_of,
)
from ita_helpers.publish.word.styles import (
    FIRST_LINE,
    THAI,
    element,
    twips,
)
from ita_helpers.publish.word.tables import natural_width, table_of

FRAME = 8.0
SMALL_TITLE = 18.0
"""Points of a title that shares its page with what follows."""
LARGE = {"level": 26.0, "score": 22.0}
"""Points of what stands out in the headline."""
APART = "\u2003"
"""What stands between two texts of a line of the headline."""


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
        self.body = word.element.body
        for each in list(self.body):
            if each.tag != qn("w:sectPr"):
                self.body.remove(each)
        self.is_turned, self.starts_page, self.keeps_next = False, False, False
        self.pen = Pen(word, draw_pictures(document, self.room - FRAME), document.computed)
        self.lists = Lists(word, document.numerals)

    def write(self) -> bytes:
        """Return the file."""
        self._prepare_page()
        self._write_title()
        for part in self.document.parts:
            self._write_part(part)
        self._describe()
        add_origin(self.word, self.document)
        buffer = io.BytesIO()
        self.word.save(buffer)
        return repack(buffer.getvalue())

    # -- the page ---------------------------------------------------------------------------

    def _prepare_page(self) -> None:
        section = self.word.sections[0]
        if self.document.numerals == "thai":
            count_in_thai(section._sectPr)
        if self.document.kind == "memo":
            section.left_margin, section.right_margin = Cm(3), Cm(2)
            section.top_margin = section.bottom_margin = Cm(2)
            if self.document.is_draft:
                draft = self.pen.run(Text(label("report.title.draft"), strong=True))
                written = section.header._element
                written.clear()
                written.append(self.pen.paragraph("Header", [draft], align="right"))
            return
        section.different_first_page_header_footer |= not self.has_template
        header = " · ".join([self.document.running, self.document.mark]).strip(" ·")
        self._fill(section.header, "Header", [self.pen.run(Text(header))])
        self._fill(section.footer, "Footer", self._page_number())
        if section.different_first_page_header_footer and not self.document.has_cover:
            self._fill(section.first_page_footer, "Footer", self._page_number())
        self._say_for_whom(section)

    def _say_for_whom(self, section: Any) -> None:
        """Let every footer say so that the paper is internal, those of an office's template too."""
        footers = [section.footer]
        footers += [section.first_page_footer] * section.different_first_page_header_footer
        footers += [section.even_page_footer] * self.word.settings.odd_and_even_pages_header_footer
        words = self.document.for_whom
        for written in (each._element for each in footers if words):
            if words not in "".join(each.text or "" for each in written.iter(qn("w:t"))):
                written.append(self.pen.paragraph("Footer", [self.pen.run(Text(words))]))

    def _fill(self, part: Any, style: str, runs: Iterable[Any]) -> None:
        """Write a header or footer, unless the office's template has its own."""
        written = part._element
        if "".join(each.text or "" for each in written.iter(qn("w:t"))).strip():
            return
        for each in list(written):
            written.remove(each)
        written.append(self.pen.paragraph(style, runs))

    def _page_number(self) -> list[Any]:
        facts = {"draft": self.document.is_draft, "for_whom": self.document.for_whom}
        words = say("report.title.page", page="|", pages="|", **facts)
        before, between, after = words.split("|")
        digits = r" \* THAIARABIC" if self.document.numerals == "thai" else ""
        return [
            self.pen.run(Text(before)),
            *self.pen.field(f"PAGE{digits}", "1"),
            self.pen.run(Text(between)),
            *self.pen.field(f"NUMPAGES{digits}", "1"),
            self.pen.run(Text(after)),
        ]

    def _write_title(self) -> None:
        document = self.document
        is_memo = document.kind == "memo"
        if document.emblem is not None and (is_memo or document.has_cover):
            size = 43.0 if is_memo else 96.0
            content = self.pen.content_of(document.emblem)
            picture = self.pen.picture(content, document.emblem_name, size)
            align = "left" if is_memo else "center"
            self._add(self.pen.paragraph("ItaPicture", [picture], align=align))
        gap = "1600" if document.has_cover else "0"
        after = "240" if document.has_cover else "120" if is_memo else "60"
        spacing = element("w:spacing", before=gap, after=after)
        title_size = 0 if document.has_cover or is_memo else SMALL_TITLE
        self._add(
            self.pen.paragraph(
                "ItaMemoTitle" if is_memo else "Title",
                [self.pen.run(Text(document.title), title_size)],
                spacing,
            )
        )
        for line in document.subtitle:
            self._add(self.pen.paragraph("Subtitle", [self.pen.run(Text(line), title_size)]))
        for banner in document.banners:
            self._add(self.pen.paragraph("ItaBanner", [self.pen.run(Text(banner))]))
        if document.has_cover:
            for line in document.made:
                self._add(self.pen.paragraph("Subtitle", [self.pen.run(Text(line))]))
            self._break_page()

    def _break_page(self) -> None:
        """Make the next block begin a page, unless it does so anyway."""
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
        is_first = part is self.document.parts[0] and not self.document.has_cover
        if part.own_page and not is_first:
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
            case Paragraph(style="line"):
                self._add(line_of(block.inlines, self.room, self.pen))
            case Paragraph():
                self._write_paragraph(block)
            case Together():
                self._add(together_of(block, self.room, self._written))
            case ListBlock():
                self._write_list(block, 0)
            case Table():
                self._write_table(block)
            case Figure():
                self._write_figure(block)
            case Preformatted():
                self._add(self.pen.paragraph("ItaCode", preformatted(block.text)))
            case Formula():
                self._write_formula(block.tex)
            case Break():
                edge = element("w:bottom", val="single", sz="6", space="1", color="C9D1D8")
                self._add(self.pen.paragraph("BodyText", [], element("w:pBdr", edge)))
            case Slot():
                self._write_slot(block)
            case Panel():
                self._write_panel(block)
            case Contents():
                for place, listed in enumerate(block.lists):
                    self._write_contents(listed, is_toc=place == 0)

    def _write_panel(self, panel: Panel) -> None:
        """Write the blocks of a panel; those of the headline stand in a frame, a line for each."""
        if panel.role != "headline":
            self._write_blocks(panel.on_paper)
            return
        inner = [each for each in panel.blocks if isinstance(each, Panel)]
        for roles in (("level", "score"), ("why",), ("facts",)):
            self._write_framed([each for each in inner if each.role in roles])

    def _write_framed(self, panels: Sequence[Panel]) -> None:
        """Write the paragraphs of some panels as one line of the headline's frame."""
        runs, style = list[Any](), "note"
        for panel in panels:
            for block in panel.blocks:
                if isinstance(block, Paragraph):
                    style = style if block.style == "note" else "body"
                    size = LARGE.get(panel.role, 0) if block.style != "note" else 0
                    strong = tuple(
                        replace(run, strong=run.strong or size > 0) for run in block.inlines
                    )
                    runs += [*self.pen.runs(strong, size), self.pen.run(Text(APART))]
        if runs:
            frame = element("w:pBdr", *map(_edge, ("top", "left", "bottom", "right")))
            self._add(self.pen.paragraph(STYLE_OF[style], runs[:-1], frame))

    def _write_slot(self, slot: Slot) -> None:
        """Write the words of a slot inside their bookmark; an empty slot leaves no trace."""
        if not slot.blocks:
            return
        start, end = self.pen.bookmark(f"{MARK}{slot.name}")
        self._add(start)
        with self.pen.marking(slot.name):
            self._write_blocks(slot.blocks)
        self._add(end)

    def _write_paragraph(self, block: Paragraph) -> None:
        is_memo = self.document.kind == "memo" and block.style == "body"
        style = "ItaMemoText" if is_memo else STYLE_OF[block.style]
        self._add(self.pen.paragraph(style, self.pen.runs(block.inlines)))

    def _written(self, blocks: Sequence[Block]) -> list[Any]:
        """Return blocks as they are written, to be put somewhere else."""
        body, self.body = self.body, element("w:body")
        self._write_blocks(blocks)
        made, self.body = list(self.body), body
        return made

    def _write_heading(self, heading: Heading) -> None:
        number = (Text(f"{heading.number} "),) if heading.number else ()
        runs = self.pen.runs((*number, *heading.inlines))
        is_memo = self.document.kind == "memo"
        style = "ItaMemoHeading" if is_memo else f"Heading{min(heading.level - 1, 5)}"
        self._add(self.pen.paragraph(style, self.pen.marked(heading.anchor, runs)))

    def _write_list(self, block: ListBlock, level: int) -> None:
        style = "ListNumber" if block.ordered else "ListBullet"
        number = self.lists.begin(block, min(level, LEVELS - 1))
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
                runs = self.pen.runs(block.inlines)
                properties = [*self._indent(level, is_first), *([mark] if is_first else [])]
                self._add(self.pen.paragraph(style, runs, *properties))
                is_first = False
            else:
                self._write_block(block)

    def _indent(self, level: int, is_first: bool) -> list[Any]:
        """Return the indent of an item's paragraph, unless it is that of its list."""
        left, is_memo = INDENT * (level + 1), self.document.kind == "memo"
        if is_first and not is_memo:
            return []
        hanging = {"hanging": twips(INDENT)} if is_first else {}
        return [element("w:ind", left=twips(left + FIRST_LINE * is_memo), **hanging)]

    def _write_contents(self, listed: ContentsList, *, is_toc: bool) -> None:
        heading = self.pen.paragraph("TOCHeading", [self.pen.run(Text(listed.title))])
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
        """Return a line of the contents, without a page that only Word could know."""
        link = element(
            "w:hyperlink",
            *self.pen.runs(tuple(replace(run, href="") for run in entry.inlines)),
            anchor=bookmark_name(entry.anchor),
            history="1",
        )
        return self.pen.paragraph(f"TOC{entry.level - 1}", [link])

    # -- tables -----------------------------------------------------------------------------

    def _write_table(self, table: Table) -> None:
        for place, fit in enumerate(fit_table(table)):
            self._turn(is_turned=fit.is_turned)
            again = f" {label('report.title.continued')}" if place else ""
            if table.caption:
                anchor = table.anchor if place == 0 else ""
                self._write_caption("Caption", table.label, table.caption, anchor, again)
            self._add(table_of(fit, self.room, self.pen))
            gap = element("w:spacing", before="0", after="60", line="120", lineRule="exact")
            self._add(self.pen.paragraph("BodyText", [], gap))

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
        headings = {self.pen.styles[f"Heading{level}"] for level in range(1, 6)}
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
        runs = self.pen.runs((*named, *caption, *((Text(again),) if again else ())))
        self._add(self.pen.paragraph(style, self.pen.marked(anchor, runs)))

    # -- pictures ---------------------------------------------------------------------------

    def _write_figure(self, figure: Figure) -> None:
        content, width = self.pen.content_of(figure.image), self.room - FRAME
        if figure.image.kind != "svg":
            width = min(width, natural_width(content))
        picture = self.pen.picture(content, figure.alt, width)
        self._add(self.pen.paragraph("ItaPicture", self.pen.marked(figure.anchor, [picture])))
        if figure.caption:
            self._write_caption("ItaPictureCaption", figure.label, figure.caption, "")

    def _write_formula(self, tex: str) -> None:
        drawn = draw_formula(tex)
        if drawn is None:
            self._add(self.pen.paragraph("ItaCode", preformatted(tex)))
            return
        self._add(self.pen.paragraph("ItaFormula", [self.pen.formula(tex, drawn)]))

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


def _edge(side: str) -> Any:
    return element(f"w:{side}", val="single", sz="8", space="6", color="1B2733")


def _stays_turned(block: Block) -> bool:
    """Return whether a block sets its own page orientation, or stays with what it annotates."""
    return isinstance(block, Table | Slot) or (
        isinstance(block, Paragraph) and block.style == "note"
    )
