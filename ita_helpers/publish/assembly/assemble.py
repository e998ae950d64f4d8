"""Assembling one paper from the parts of a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ita_helpers.files.facts import PaperFacts
from ita_helpers.language.catalogue import label
from ita_helpers.publish.assembly.blocks import finish, prune
from ita_helpers.publish.assembly.chart_data import tell_where, with_chart_data
from ita_helpers.publish.assembly.contents import SUMMARY, with_contents, with_outline
from ita_helpers.publish.assembly.grouping import group
from ita_helpers.publish.assembly.layouts import as_table, by_instrument
from ita_helpers.publish.assembly.numbering import number_all
from ita_helpers.publish.assembly.own_headings import TOP, all_lowered, keep_within_parts
from ita_helpers.publish.assembly.references import refer_all
from ita_helpers.publish.assembly.typography import Typography, fill_years, typeset
from ita_helpers.publish.clean_text import clean_text
from ita_helpers.publish.losses import Loss, Lost, tell
from ita_helpers.publish.pieces import NotebookPart, Placed
from ita_helpers.publish.tree import Document, Heading, Image, Panel, Paragraph, Part, Text, plain
from ita_helpers.publish.walks import map_blocks
from ita_helpers.records.layout import ANALYSES, PARTS


def assemble(
    papers: Sequence[NotebookPart], page: PaperFacts | None, name: str = "", attachment: str = ""
) -> Document:
    """Return the report; without a ``page`` the document of an ordinary notebook."""
    if page is not None:
        papers = [group(p, page.folded) if p.name == "analysis" else p for p in papers]
    chosen = _choose(papers, page.parts if page else ())
    if page is not None:
        chosen, changed = _keep_within_parts(chosen)
        tell(lost_headings(changed))
    parts = [part for paper in chosen if (part := finish(paper)).blocks]
    if page is None:
        title = _first_title(parts) or name
        return Document(
            clean_text(title), tuple(refer_all(number_all([_untitled(p) for p in parts])))
        )
    is_draft = any(paper.has_draft for paper in chosen)
    parts = [_with_years(part, page) for part in parts]
    document = Document(
        title=clean_text(page.title or _first_title(parts) or name),
        parts=tuple(_numbered(parts, page, is_draft=is_draft)),
        subtitle=page.subtitle,
        banners=page.banners,
        made=page.made,
        running=page.running,
        mark=page.mark,
        numerals=page.numerals,
        author=page.name,
        has_cover="cover" in page.parts,
        is_draft=is_draft,
        emblem=_picture(page.emblem),
        issued=page.issued,
        attachment=attachment,
        word_template=page.word_template,
        word_font=page.word_font,
        organisation=page.organisation,
        fiscal_year=page.fiscal_year,
        edition=page.edition,
    )
    return typeset(document, _typography(page))


def _numbered(parts: Sequence[Part], page: PaperFacts, *, is_draft: bool) -> list[Part]:
    """Return the parts with numbers, references and, where the paper has them, contents."""
    with_data = _continue(with_chart_data(list(parts)))
    is_public = page.edition == "public"
    stated = [_with_state(part, is_draft=is_draft, is_public=is_public) for part in with_data]
    numbered = with_outline(tell_where(refer_all(number_all(stated, with_sections=True))))
    if "contents" in page.parts:
        numbered = with_contents(numbered, page)
    return _on_own_pages(numbered) if page.page_ranges else numbered


def _with_state(part: Part, *, is_draft: bool, is_public: bool) -> Part:
    """Say under the heading of the summary whether somebody has reviewed the words.

    The public is only told of a draft. A part that tells its own state is left as it is.
    """
    tells_itself = any(isinstance(each, Panel) and each.role == "state" for each in part.blocks)
    is_told = (is_draft or not is_public) and not tells_itself
    if not is_told or part.tag != SUMMARY or not isinstance(part.blocks[0], Heading):
        return part
    words = label(f"first_page.state.{'draft' if is_draft else 'reviewed'}")
    words = label("report.title.draft") if is_public else words
    state = Panel("state", (Paragraph((Text(words),), "note"),))
    return replace(part, blocks=(part.blocks[0], state, *part.blocks[1:]))


def _keep_within_parts(papers: Sequence[NotebookPart]) -> tuple[list[NotebookPart], list[Placed]]:
    """Return papers whose own headings take nothing along, and those that were changed."""
    pruned = (prune(paper.placed) for paper in all_lowered(papers))
    return keep_within_parts(papers, {id(each) for placed in pruned for each in placed})


def find_lowered(papers: Sequence[NotebookPart], page: PaperFacts | None) -> list[Lost]:
    """Return the own headings of a notebook that its report prints a level lower."""
    if page is None:
        return list(lost_headings(keep_within_parts(papers)[1]))
    return list(lost_headings(_keep_within_parts(_choose(papers, page.parts))[1]))


def lost_headings(changed: Iterable[Placed]) -> Iterator[Lost]:
    """Yield the losses for headings that were changed."""
    for each in changed:
        if isinstance(each.block, Heading):
            yield Lost(each.cell, Loss("heading_inside", plain(each.block.inlines)))


def assemble_memo(paper: NotebookPart, page: PaperFacts) -> Document:
    """Return the memo: its own paper, never inside the published file."""
    part = _promote(_untitled(finish(paper)))
    document = Document(
        title=label("memo.title"),
        parts=(replace(part, tag="part-memo", is_numbered=False),),
        banners=page.banners,
        running=page.running,
        mark=page.mark,
        numerals=page.numerals,
        author=page.name,
        kind="memo",
        is_draft=paper.has_draft,
        word_font=page.word_font,
        emblem=_picture(page.garuda),
        issued=page.issued,
        organisation=page.organisation,
        fiscal_year=page.fiscal_year,
        edition=page.edition,
    )
    anchored = replace(document, parts=tuple(refer_all(list(document.parts))))
    return typeset(anchored, _typography(page))


def _typography(page: PaperFacts) -> Typography:
    return Typography(page.numerals, (*page.whole, *label("typography.whole").split()))


def _picture(content: str) -> Image | None:
    return Image("png", content) if content else None


def _choose(papers: Sequence[NotebookPart], names: Sequence[str]) -> list[NotebookPart]:
    """Return the named parts in their order; an analyst's own parts stay behind their neighbour."""
    if not names:
        return list(papers)
    groups: dict[str, list[NotebookPart]] = {"": []}
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
            chosen.append(NotebookPart("part-contents", frozenset({"unnumbered"}), ()))
    return chosen


def _notebook_names(names: Sequence[str]) -> set[str]:
    return {"analysis" if name in ANALYSES else name for name in names}


def _lay_out(paper: NotebookPart, name: str) -> NotebookPart:
    layout = {"analysis-by-instrument": by_instrument, "analysis-table": as_table}.get(name)
    if layout is None or paper.name != "analysis":
        return paper
    return replace(paper, placed=tuple(layout(paper.placed)))


def _first_title(parts: Sequence[Part]) -> str:
    blocks = [block for part in parts for block in part.blocks]
    return next((plain(b.inlines) for b in blocks if isinstance(b, Heading)), "")


def _untitled(part: Part) -> Part:
    """Drop the first heading of an ordinary notebook: it became the title."""
    if part.blocks and isinstance(part.blocks[0], Heading):
        return replace(part, blocks=part.blocks[1:])
    return part


def _with_years(part: Part, page: PaperFacts) -> Part:
    year = page.rules_year if part.tag == "part-rules" else 0
    return _map_headings(
        part, lambda head: replace(head, inlines=fill_years(head.inlines, year or page.fiscal_year))
    )


def _continue(parts: Sequence[Part]) -> list[Part]:
    """Make a continued part that has nothing to go on from a part of its own."""
    settled: list[Part] = []
    for part in parts:
        before = settled[-1] if settled else None
        if part.is_continued and (before is None or not before.is_numbered or before.is_appendix):
            part = replace(_promote(part), is_continued=False)
        settled.append(part)
    return settled


def _on_own_pages(parts: Sequence[Part]) -> list[Part]:
    """Return the chapters, each on pages of its own with what continues it; appendices share."""
    chapters: list[Part] = []
    for part in parts:
        if part.is_continued and chapters:
            before = chapters.pop()
            chapters.append(replace(before, blocks=(*before.blocks, *part.blocks)))
        else:
            chapters.append(replace(part, own_page=not part.is_appendix))
    return chapters


def _promote(part: Part) -> Part:
    """Raise every heading by a level."""
    return _map_headings(part, lambda head: replace(head, level=max(TOP, head.level - 1)))


def _map_headings(part: Part, change: Callable[[Heading], Heading]) -> Part:
    return map_blocks(part, lambda each: change(each) if isinstance(each, Heading) else each)
