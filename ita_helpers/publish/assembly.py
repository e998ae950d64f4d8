"""Making one paper of the parts of a notebook: chosen, ordered, laid out, numbered, referred to.

The notebook keeps one order; the parameter file says which parts a paper has and in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ita_helpers.catalogue import label, say
from ita_helpers.parts import ANALYSES, PARTS
from ita_helpers.publish.chart_data import with_chart_data
from ita_helpers.publish.html_reader import clean_text
from ita_helpers.publish.layouts import as_table, by_instrument
from ita_helpers.publish.losses import Loss, Lost, tell
from ita_helpers.publish.own_headings import TOP, all_lowered, keep_within_parts
from ita_helpers.publish.pieces import Page, Paper, Placed
from ita_helpers.publish.tree import (
    Block,
    Contents,
    ContentsEntry,
    ContentsList,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    ListBlock,
    Paragraph,
    Part,
    Slot,
    Table,
    Text,
    plain,
    slug,
    unfold,
)
from ita_helpers.publish.typography import Typography, fill_years, typeset

OWN_PAGE = frozenset({"part-summary", "part-foreword", "part-contents"})


def assemble(papers: Sequence[Paper], page: Page | None, name: str = "") -> Document:
    """Return the report; without a ``page`` the document of an ordinary notebook."""
    chosen = _choose(papers, page.parts if page else ())
    if page is not None:
        chosen, changed = _keep_within_parts(chosen)
        tell(lost_headings(changed))
    parts = [part for paper in chosen if (part := _finish(paper)).blocks]
    if page is None:
        title = _first_title(parts) or name
        return Document(clean_text(title), tuple(_refer(_number([_untitled(p) for p in parts]))))
    parts = [_with_years(part, page) for part in parts]
    if "appendix-scores" in page.parts:
        parts = with_chart_data(parts)
    parts = _continue(parts)
    if page.page_ranges:
        parts = [replace(part, own_page=not part.is_continued) for part in parts]
    numbered = _refer(_number(parts, with_sections=True))
    numbered = _with_outline(numbered)
    if "contents" in page.parts:
        numbered = _with_contents(numbered, page)
    document = Document(
        title=clean_text(page.title or _first_title(parts) or name),
        parts=tuple(numbered),
        subtitle=page.subtitle,
        banners=page.banners,
        running=page.running,
        mark=page.mark,
        numerals=page.numerals,
        author=page.name,
        has_cover="cover" in page.parts,
        is_draft=any(paper.has_draft for paper in chosen),
        emblem=_picture(page.emblem),
        issued=page.issued,
        attachment=page.attachment,
        word_template=page.word_template,
        word_font=page.word_font,
    )
    return typeset(document, _typography(page))


def _keep_within_parts(papers: Sequence[Paper]) -> tuple[list[Paper], list[Placed]]:
    """Return papers whose own headings take nothing along, and those that were changed."""
    pruned = (_prune(paper.placed) for paper in all_lowered(papers))
    return keep_within_parts(papers, {id(each) for placed in pruned for each in placed})


def find_lowered(papers: Sequence[Paper], page: Page | None) -> list[Lost]:
    """Return the own headings of a notebook that its report prints a level lower."""
    if page is None:
        return list(lost_headings(keep_within_parts(papers)[1]))
    return list(lost_headings(_keep_within_parts(_choose(papers, page.parts))[1]))


def lost_headings(changed: Iterable[Placed]) -> Iterator[Lost]:
    """Yield what to tell of headings that were changed."""
    for each in changed:
        if isinstance(each.block, Heading):
            yield Lost(each.cell, Loss("heading_inside", plain(each.block.inlines)))


def assemble_memo(paper: Paper, page: Page) -> Document:
    """Return the memo: its own paper, never inside the published file."""
    part = _promote(_untitled(_finish(paper)))
    document = Document(
        title=label("memo.title"),
        parts=(replace(part, tag="part-memo", is_numbered=False),),
        banners=page.banners,
        running=page.running,
        mark=page.mark,
        numerals=page.numerals,
        author=page.name,
        kind="memo",
        word_font=page.word_font,
        emblem=_picture(page.garuda),
        issued=page.issued,
    )
    anchored = replace(document, parts=tuple(_refer(list(document.parts))))
    return typeset(anchored, _typography(page))


def _typography(page: Page) -> Typography:
    return Typography(page.numerals, (*page.whole, *label("typography.whole").split()))


def _picture(content: str) -> Image | None:
    return Image("png", content) if content else None


def _choose(papers: Sequence[Paper], names: Sequence[str]) -> list[Paper]:
    """Return the named parts in their order; an analyst's own parts stay behind their neighbour."""
    if not names:
        return list(papers)
    groups: dict[str, list[Paper]] = {"": []}
    at = ""
    for paper in papers:
        if paper.name in PARTS:
            at = paper.name if paper.name in _notebook_names(names) else at
            if paper.name in _notebook_names(names):
                groups.setdefault(at, []).append(paper)
        else:
            groups.setdefault(at, []).append(paper)
    chosen = list(groups[""])
    for name in names:
        source = "analysis" if name in ANALYSES else name
        chosen += [_lay_out(paper, name) for paper in groups.get(source, [])]
        if name == "contents":
            chosen.append(Paper("part-contents", frozenset({"unnumbered"}), ()))
    return chosen


def _notebook_names(names: Sequence[str]) -> set[str]:
    return {"analysis" if name in ANALYSES else name for name in names}


def _lay_out(paper: Paper, name: str) -> Paper:
    layout = {"analysis-by-instrument": by_instrument, "analysis-table": as_table}.get(name)
    if layout is None or paper.name != "analysis":
        return paper
    return replace(paper, placed=tuple(layout(paper.placed)))


def _finish(paper: Paper) -> Part:
    placed = _name_figures(_close_jumps(_prune(paper.placed)))
    blocks = tuple(_fold(_anchor_cells(placed)))
    if paper.tag == "part-contents":
        blocks = (Contents(()),)
    return Part(
        paper.tag,
        blocks,
        is_numbered="unnumbered" not in paper.tags,
        is_appendix="appendix" in paper.tags,
        is_continued="continued" in paper.tags,
        own_page=paper.tag in OWN_PAGE,
    )


def _prune(placed: Sequence[Placed]) -> list[Placed]:
    """Drop prunable headings with nothing under them, from the deepest up."""
    kept: list[Placed] = []
    for each in reversed(placed):
        block = each.block
        if isinstance(block, Heading) and block.prunable:
            following = kept[-1].block if kept else None
            empty = following is None or (
                isinstance(following, Heading) and following.level <= block.level
            )
            if empty:
                continue
        kept.append(each)
    return kept[::-1]


def _close_jumps(placed: Sequence[Placed]) -> list[Placed]:
    """Keep headings from 2 to 6 without a jump of more than one level down."""
    closed: list[Placed] = []
    last = TOP - 1
    for each in placed:
        if isinstance(each.block, Heading):
            first = TOP if last < TOP and "continued" not in each.tags else TOP + 1
            last = max(TOP, min(each.block.level, max(last + 1, first), 6))
            each = replace(each, block=replace(each.block, level=last))
        closed.append(each)
    return closed


def _name_figures(placed: Sequence[Placed]) -> list[Placed]:
    """Give a figure without alternative text its caption's, or that of the last heading."""
    named: list[Placed] = []
    heading = ""
    for each in placed:
        block = each.block
        if isinstance(block, Heading):
            heading = plain(block.inlines)
        if isinstance(block, Figure) and not block.alt.strip():
            alt = plain(block.caption) or heading or label("report.title.picture")
            each = replace(each, block=replace(block, alt=alt))
        named.append(each)
    return named


def _anchor_cells(placed: Iterable[Placed]) -> list[Placed]:
    """Name the first table or figure of a cell by the cell, so that words can refer to it."""
    seen: set[str] = set()
    anchored = []
    for each in placed:
        if isinstance(each.block, Table | Figure) and each.cell and each.cell not in seen:
            seen.add(each.cell)
            each = replace(each, block=replace(each.block, anchor=each.cell))
        anchored.append(each)
    return anchored


def _fold(placed: Sequence[Placed]) -> Iterable[Block]:
    """Put the neighbouring blocks of one slot together."""
    held: list[Placed] = []
    for each in [*placed, None]:
        if held and (each is None or each.slot != held[0].slot):
            yield Slot(held[0].slot, tuple(one.block for one in held))
            held = []
        if each is not None and each.slot:
            held.append(each)
        elif each is not None:
            yield each.block


def _first_title(parts: Sequence[Part]) -> str:
    blocks = [block for part in parts for block in part.blocks]
    return next((plain(b.inlines) for b in blocks if isinstance(b, Heading)), "")


def _untitled(part: Part) -> Part:
    """Drop the first heading of an ordinary notebook: it became the title."""
    if part.blocks and isinstance(part.blocks[0], Heading):
        return replace(part, blocks=part.blocks[1:])
    return part


def _with_years(part: Part, page: Page) -> Part:
    year = page.rules_year if part.tag == "part-rules" else 0
    blocks = (
        replace(block, inlines=fill_years(block.inlines, year or page.fiscal_year))
        if isinstance(block, Heading)
        else block
        for block in part.blocks
    )
    return replace(part, blocks=tuple(blocks))


def _continue(parts: Sequence[Part]) -> list[Part]:
    """Make a continued part that has nothing to go on from a part of its own."""
    settled: list[Part] = []
    for part in parts:
        before = settled[-1] if settled else None
        if part.is_continued and (before is None or not before.is_numbered or before.is_appendix):
            part = replace(_promote(part), is_continued=False)
        settled.append(part)
    return settled


def _promote(part: Part) -> Part:
    """Raise every heading by a level."""
    blocks = (
        replace(block, level=max(TOP, block.level - 1)) if isinstance(block, Heading) else block
        for block in part.blocks
    )
    return replace(part, blocks=tuple(blocks))


@dataclass
class _Counter:
    """The numbers given so far."""

    with_sections: bool
    counts: dict[str, int] = field(default_factory=dict)
    part: str = ""
    section: str = ""
    sections: int = 0
    is_named: bool = False
    is_appendix: bool = False

    def next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def enter(self, part: Part) -> None:
        if part.is_continued:
            return
        self.part, self.section = "", ""
        self.is_appendix = part.is_appendix
        if self.with_sections and part.tag and (part.is_appendix or part.is_numbered):
            self._begin()

    def _begin(self) -> None:
        """Give the next part its number; its heading bears it."""
        self.sections, self.is_named = 0, False
        if self.is_appendix:
            letters = label("words.appendix_letters").split()
            count = self.next("appendix")
            self.section = letters[count - 1] if count <= len(letters) else str(count)
            self.part = say("report.title.appendix", letter=self.section)
        else:
            self.section = str(self.next("part"))
            self.part = say("report.title.part", number=self.section)

    def number(self, block: Block) -> Block:
        match block:
            case Slot():
                return replace(block, blocks=tuple(self.number(each) for each in block.blocks))
            case ListBlock():
                items = tuple(tuple(self.number(b) for b in item) for item in block.items)
                return replace(block, items=items)
            case Heading(level=2) if self.part:
                if self.is_named:
                    self._begin()
                self.is_named = True
                return replace(block, number=self.part)
            case Heading(level=3) if self.section:
                self.sections += 1
                return replace(block, number=f"{self.section}.{self.sections}")
            case Table() if block.caption:
                return replace(block, label=say("report.title.table", number=self.next("table")))
            case Figure() if block.caption:
                kind = "chart" if block.is_chart else "picture"
                name = say(f"report.title.{kind}_number", number=self.next(kind))
                return replace(block, label=name)
        return block


def _number(parts: Sequence[Part], *, with_sections: bool = False) -> list[Part]:
    """Give parts, sections, tables, charts and pictures their numbers, in their order."""
    counter = _Counter(with_sections)
    numbered = []
    for part in parts:
        counter.enter(part)
        numbered.append(replace(part, blocks=tuple(counter.number(b) for b in part.blocks)))
    return numbered


def _refer(parts: Sequence[Part]) -> list[Part]:
    """Anchor the headings, and put numbers in place of words that point at a table or chart."""
    anchored = _anchor(parts)
    labels = {
        block.anchor: getattr(block, "label", "")
        for part in anchored
        for block in unfold(part.blocks)
        if isinstance(block, Heading | Table | Figure) and block.anchor
    }

    headings = {
        slug(plain(block.inlines)): block.anchor
        for part in anchored
        for block in unfold(part.blocks)
        if isinstance(block, Heading)
    }

    def refer(inlines: Inlines) -> Inlines:
        return tuple(piece for run in inlines for piece in _point(run, labels, headings))

    return [
        replace(part, blocks=tuple(map_inlines(block, refer) for block in part.blocks))
        for part in anchored
    ]


def _point(run: Text, labels: Mapping[str, str], headings: Mapping[str, str]) -> Inlines:
    """Return a link that leads somewhere; the word for a table or chart becomes its number.

    A heading is known by its words, as in a notebook.
    """
    if not run.href.startswith("#"):
        return (run,)
    target = run.href[1:]
    if target not in labels:
        anchor = headings.get(slug(target), "")
        return (replace(run, href=f"#{anchor}" if anchor else ""),)
    if labels[target] and run.text.strip() in label("report.title.kinds").split():
        return (replace(run, text=labels[target]), replace(run, text=" ", href=""))
    return (run,)


def _anchor(parts: Iterable[Part]) -> list[Part]:
    """Give every heading an anchor, and tables and figures with a caption one of their own."""
    counts = {"s": 0, "t": 0, "f": 0}
    taken: set[str] = set()

    def anchor(block: Block) -> Block:
        if isinstance(block, Slot):
            return replace(block, blocks=tuple(anchor(each) for each in block.blocks))
        kind = {Heading: "s", Table: "t", Figure: "f"}.get(type(block), "")
        if not kind:
            return block
        block = cast("Heading | Table | Figure", block)
        counts[kind] += 1
        wanted = block.anchor if block.anchor not in taken else ""
        name = wanted or f"{kind}{counts[kind]}"
        taken.add(name)
        return replace(block, anchor=name)

    return [replace(part, blocks=tuple(anchor(block) for block in part.blocks)) for part in parts]


def map_inlines(block: Block, change: Any) -> Block:
    """Return the block with every run of inlines changed, captions and cells included."""
    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=change(block.inlines))
        case ListBlock():
            items = tuple(tuple(map_inlines(b, change) for b in item) for item in block.items)
            return replace(block, items=items)
        case Slot():
            return replace(block, blocks=tuple(map_inlines(b, change) for b in block.blocks))
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                head=_change_cells(block.head, change),
                body=_change_cells(block.body, change),
            )
        case Figure():
            data = cast("Table | None", map_inlines(block.data, change) if block.data else None)
            return replace(block, caption=change(block.caption), data=data)
    return block


def _change_cells(rows: Any, change: Any) -> Any:
    return tuple(tuple(replace(c, inlines=change(c.inlines)) for c in row) for row in rows)


def _with_outline(parts: Sequence[Part]) -> list[Part]:
    """Fill the list of parts that the introduction leaves to the whole document."""
    headings = [
        block
        for part in parts
        for block in part.blocks
        if isinstance(block, Heading) and block.level == TOP
    ]
    items = tuple((Paragraph((_entry_text(heading),)),) for heading in headings)

    def fill(block: Block) -> Block:
        is_open = isinstance(block, ListBlock) and block.is_outline
        return ListBlock(ordered=False, items=items) if is_open else block

    return [replace(part, blocks=tuple(fill(block) for block in part.blocks)) for part in parts]


def _entry_text(heading: Heading) -> Text:
    words = f"{heading.number} {plain(heading.inlines)}".strip()
    return Text(words, href=f"#{heading.anchor}")


def _with_contents(parts: Sequence[Part], page: Page) -> list[Part]:
    """Fill the contents: headings, then tables and charts where there are any."""
    blocks = [block for part in parts for block in unfold(part.blocks)]
    lists = [
        ContentsList(label("report.title.contents"), tuple(_heading_entries(blocks))),
        ContentsList(label("report.title.tables"), tuple(_captions(blocks, Table))),
        ContentsList(label("report.title.charts"), tuple(_captions(blocks, Figure))),
    ]
    contents = Contents(tuple(each for each in lists if each.entries), page.page_ranges)
    return [
        replace(part, blocks=(contents,)) if part.tag == "part-contents" else part for part in parts
    ]


def _heading_entries(blocks: Iterable[Block]) -> Iterable[ContentsEntry]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= TOP + 1:
            number = (Text(f"{block.number} "),) if block.number else ()
            yield ContentsEntry(block.level, (*number, *block.inlines), block.anchor)


def _captions(blocks: Iterable[Block], kind: type[Table] | type[Figure]) -> Iterable[ContentsEntry]:
    for block in blocks:
        if isinstance(block, kind) and block.label:
            yield ContentsEntry(TOP, (Text(f"{block.label} "), *block.caption), block.anchor)
