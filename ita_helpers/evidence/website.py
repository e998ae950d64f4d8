"""The words for an office's website: headings, paragraphs and lists that any CMS takes.

The fragment has neither scripts nor styles, classes or ids; the same words exist as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import urlsplit

from markupsafe import Markup

from ita_helpers.documents.claims import PlanRow
from ita_helpers.evidence.addresses import as_ascii
from ita_helpers.evidence.dossier import Dossier, Item, Paper
from ita_helpers.evidence.telling import joined_pages, printed_pages
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.sizes import size_of
from ita_helpers.language.thai import with_numerals

ANALYSIS, HALF_YEAR = "analysis", "half-year"
"""Kinds of reports whose words differ."""
Kind = Literal["h2", "h3", "h4", "p", "li"]
_ELEMENT = Markup("<{kind}>{text}</{kind}>")
_LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph or entry of a list; ``href`` is where it leads."""

    kind: Kind
    text: str
    href: str = ""


def passages_of(dossier: Dossier) -> list[Passage]:
    """Return what the website says, in the digits of the report."""
    found = [Passage("h2", say("website.heading", year=dossier.assessment))]
    if any(each.is_internal for each in dossier.papers):
        found.append(Passage("p", label("website.internal")))
    elif not all(each.number for each in dossier.papers):
        found.append(Passage("p", label("website.working")))
    for item in dossier.items:
        found += _item(dossier, item, item.paper) if item.paper else ()
    return [Passage(e.kind, with_numerals(e.text, dossier.numerals), e.href) for e in found]


def as_html(passages: list[Passage]) -> str:
    """Return passages as a fragment of HTML."""
    lines = []
    for is_list, group in groupby(passages, key=lambda each: each.kind == "li"):
        written = [_html(each) for each in group]
        lines += ["<ul>", *written, "</ul>"] if is_list else written
    return "\n".join(lines) + "\n"


def as_text(passages: list[Passage]) -> str:
    """Return passages as plain text."""
    lines: list[str] = []
    for each in passages:
        lines += [""] if each.kind[0] == "h" and lines else []
        lines.append(f"- {each.text}" if each.kind == "li" else each.text)
        lines += [each.href] if each.href else []
    return "\n".join(lines) + "\n"


def _html(passage: Passage) -> str:
    text = _LINK.format(passage.href, passage.text) if passage.href else passage.text
    return _ELEMENT.format(kind=Markup(passage.kind), text=text)


def _item(dossier: Dossier, item: Item, paper: Paper) -> Iterator[Passage]:
    code = "" if dossier.confidence == "assumed" else item.code.upper()
    yield Passage("h3", say("website.item", code=code, title=item.title))
    yield Passage("p", _lead(dossier, paper))
    if not paper.is_internal:
        yield Passage("p", _file(paper), _link(item))
    if paper.rows:
        yield Passage("h4", label("website.measures"))
        yield from (Passage("li", _measure(each)) for each in paper.rows)
    found = [each for each in item.elements if each.places]
    if found:
        yield Passage("h4", label("website.contents"))
        for each in found:
            pages = sorted({page for place in each.places for page in place.pages})
            facts = {"printed": printed_pages(paper, pages), "counted": joined_pages(pages)}
            yield Passage("li", say("website.content", name=each.name, **facts))


def _lead(dossier: Dossier, paper: Paper) -> str:
    facts = {"name": dossier.name, "year": paper.fiscal_year, "count": len(paper.rows)}
    if paper.kind != ANALYSIS:
        return say("website.follow_up", **facts, half=paper.kind == HALF_YEAR)
    return say("website.result", **facts, overall=dossier.overall, level=dossier.level)


def _file(paper: Paper) -> str:
    day = format_date(paper.day) if paper.day else ""
    return say("website.file", size=size_of(paper.size), document=paper.document, day=day)


def _link(item: Item) -> str:
    """Return the address of the paper itself, where that is what was filled in."""
    is_paper = urlsplit(item.address).path.lower().endswith(".pdf")
    return as_ascii(item.address) if is_paper else ""


def _measure(row: PlanRow) -> str:
    facts = {"name": row.measure, "status": row.status, "owner": row.owner}
    return say("website.measure", **{key: " ".join(each.split()) for key, each in facts.items()})
