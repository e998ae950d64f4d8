"""A page of a site: what it shows, and writing it. It runs no script and loads fonts alone."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import quote

from markupsafe import Markup

from ita_helpers.faces.pages import source_of, template_of
from ita_helpers.language.catalogue import label

PACKAGE = "ita_helpers.website"
ASSETS, HOME = "assets", "index.html"


@dataclass(frozen=True)
class Link:
    """Words that lead to ``path`` in the site; without one they only stand there."""

    text: str
    path: str = ""
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its heads, the columns with numbers, and per row the links of each cell."""

    caption: str
    heads: tuple[str, ...]
    numbers: frozenset[int]
    rows: tuple[tuple[tuple[Link, ...], ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading with sentences, links and tables under it; ``warnings`` and ``lead`` stand out.

    ``notes`` explain the marks of its tables.
    """

    heading: str
    lead: str = ""
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    tables: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page at ``path``, under the pages ``above`` it."""

    path: str
    title: str
    sections: tuple[Section, ...]
    above: tuple[Link, ...] = ()
    subtitle: str = ""
    warning: str = ""


def write_page(page: Page) -> bytes:
    """Return a page; the same page gives the same bytes."""

    def led(path: str) -> str:
        return quote(relpath(path, dirname(page.path) or "."))

    sheets = (source_of("ita_helpers.publish", "report.css"), source_of(PACKAGE, "site.css"))
    written = template_of(PACKAGE, "page.html.j2").render(
        page=page,
        led=led,
        above=(Link(label("site.home"), HOME), *page.above) if page.path != HOME else (),
        skip=label("index.skip"),
        trail=label("site.trail"),
        fonts=led(ASSETS),
        style=Markup("\n".join(sheets)),
    )
    return written.encode("utf-8")
