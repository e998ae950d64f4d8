"""The page of the corrections in a Word file: old and new words side by side, to send on.

It runs no script, loads nothing, and names no folder of the machine that made it.
"""

from __future__ import annotations

from pathlib import PurePath

from markupsafe import Markup

from ita_helpers.corrections.telling import Outline
from ita_helpers.faces.pages import source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.language.catalogue import label, say

PACKAGE = "ita_helpers.corrections"


def write_page(outline: Outline) -> str:
    """Return the page; the same corrections give the same bytes."""
    sheets = (source_of("ita_helpers.publish", "report.css"), source_of(PACKAGE, "changes.css"))
    return template_of(PACKAGE, "changes.html.j2").render(
        label=lambda key: label(f"adopt.page.{key}"),
        additions_head=label("adopt.additions_head"),
        told_head=label("adopt.told_head"),
        counts=_counts(outline),
        style=Markup("\n".join((font_faces(), *sheets))),
        file=PurePath(outline.file).name,
        outline=outline,
    )


def _counts(outline: Outline) -> str:
    """Return how much there is of each kind, in one line."""
    return say(
        "adopt.page.counts",
        areas=sum(bool(each.steps) for each in outline.areas),
        refused=sum(len(each.refused) for each in outline.areas),
        remarks=sum(len(each.remarks) for each in outline.areas),
        additions=len(outline.additions),
        told=len(outline.told),
    )
