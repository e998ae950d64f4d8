"""Saying where elements stand, what is lacking, and what an office has to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ita_helpers.evidence.addresses import is_elsewhere
from ita_helpers.evidence.dossier import Dossier, Element, Item, Paper, Place
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.sizes import size_of
from ita_helpers.language.thai import Numerals, with_numerals

NAMED = 3
"""At most this many measures are named that lack an element."""


@dataclass(frozen=True)
class ToDo:
    """Something to do, and the command that does it where there is one."""

    text: str
    command: str = ""

    def __str__(self) -> str:
        return say("evidence.to_do", text=self.text, command=self.command)


def state_of(item: Item) -> str:
    """Return what an item has, in a few words."""
    if item.paper is None:
        return label(f"evidence.item.{'own_paper' if item.address else 'no_paper'}")
    if not item.is_listed:
        return label("evidence.item.unlisted")
    count = len(item.elements)
    found = sum(each.state == "found" for each in item.elements)
    key = "complete" if found == count else "lacking"
    return say(f"evidence.item.{key}", count=count, found=found)


def state_of_paper(paper: Paper) -> str:
    """Return whether a paper is an issued version, and which."""
    if not paper.number:
        return label("evidence.paper.working")
    day = format_date(paper.day) if paper.day else ""
    return say("evidence.paper.issued", number=paper.number, document=paper.document, day=day)


def place_of(paper: Paper, place: Place, numerals: Numerals) -> str:
    """Return pages as they are numbered in print, and as a reader of the file counts them."""
    counted = with_numerals(joined_pages(place.pages), numerals)
    printed = printed_pages(paper, place.pages)
    key = "same" if printed == counted else "both" if printed else "counted"
    return say(f"evidence.place.{key}", printed=printed, counted=counted)


def printed_pages(paper: Paper, pages: Sequence[int]) -> str:
    """Return pages as they are numbered in print; nothing where one of them has no number."""
    labels = [paper.label(each) for each in pages]
    return joined_pages(pages, labels) if all(labels) else ""


def joined_pages(pages: Sequence[int], labels: Sequence[str] = ()) -> str:
    """Return pages by their labels, else as counted; those that follow each other as a range."""
    spans: list[list[str]] = []
    before = 0
    for name, page in zip(labels or map(str, pages), pages, strict=True):
        if page == before + 1 and spans:
            spans[-1].append(name)
        else:
            spans.append([name])
        before = page
    return join_names(
        each[0] if len(each) == 1 else say("evidence.range", first=each[0], last=each[-1])
        for each in spans
    )


def blank_of(element: Element) -> str:
    """Return which measures lack an element; nothing where all have it."""
    if not element.blank:
        return ""
    more = max(0, len(element.blank) - NAMED)
    facts = {"count": len(element.blank), "names": element.blank[:NAMED], "more": more}
    return say("evidence.blank", **facts)


def lines_of(dossier: Dossier) -> Iterator[str]:
    """Yield a line for each item: what it has, and its file."""
    for each in dossier.items:
        file = {"file": "", "size": ""}
        if each.paper:
            file = {"file": each.paper.name, "size": size_of(each.paper.size)}
        facts = {"code": each.code.upper(), "title": each.title, "state": state_of(each)}
        yield say("evidence.line", **facts, **file)


def to_do(dossier: Dossier) -> list[ToDo]:
    """Return what an office has to do, in the order in which it does it."""
    found = [*_lacking(dossier), *_to_issue(dossier), *_to_publish(dossier)]
    return found or [ToDo(label("evidence.do.nothing"))]


def _lacking(dossier: Dossier) -> Iterator[ToDo]:
    for item in dossier.items:
        code = item.code.upper()
        if not item.is_there:
            place = {"table": dossier.table, "row": item.row}
            yield ToDo(say("evidence.do.lack", code=code, text=item.lack, **place))
        for each in item.elements if item.is_listed else ():
            if each.state == "unchecked":
                yield ToDo(say("evidence.do.look", code=code, name=each.name))
            elif each.state != "found":
                facts = {"code": code, "name": each.name, "remedy": each.remedy}
                yield ToDo(say("evidence.do.element", **facts))


def _to_issue(dossier: Dossier) -> Iterator[ToDo]:
    for item in dossier.items:
        if item.paper and item.paper.is_internal:
            asked = f"{item.paper.asked} --edition public"
            yield _issue(item, replace(item.paper, asked=asked), "public")
        elif item.paper and not item.paper.number:
            yield _issue(item, item.paper, "sign")
        elif item.paper and item.paper.is_outdated:
            yield _issue(item, item.paper, "again")


def _issue(item: Item, paper: Paper, key: str) -> ToDo:
    text = say(f"evidence.do.{key}", code=item.code.upper())
    return ToDo(text, say("evidence.issue", asked=paper.asked))


def _to_publish(dossier: Dossier) -> Iterator[ToDo]:
    for item in dossier.items:
        code = item.code.upper()
        if item.paper and item.paper.is_internal:
            continue
        if item.paper and not item.address:
            facts = {"file": item.paper.name, "size": size_of(item.paper.size)}
            place = {"table": dossier.table, "row": item.row}
            yield ToDo(say("evidence.do.publish", code=code, **facts, **place))
        elif is_elsewhere(item.address, dossier.website):
            yield ToDo(say("evidence.do.elsewhere", code=code, website=dossier.website))
