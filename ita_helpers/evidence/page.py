"""The page of the evidence, for those in the office: what is there, what is lacking, what to do.

It runs no script, loads nothing, and is as good in print.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from itertools import groupby

from markupsafe import Markup

from ita_helpers.evidence import telling
from ita_helpers.evidence.addresses import as_ascii
from ita_helpers.evidence.dossier import Dossier, Item
from ita_helpers.faces.pages import source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.sizes import size_of
from ita_helpers.language.thai import with_numerals

PACKAGE = "ita_helpers.evidence"


def write_page(dossier: Dossier, files: Mapping[str, bytes], fragment: str, text: str) -> str:
    """Return the page; the same evidence gives the same bytes.

    ``files`` are those of the folder but for the page and the record; ``fragment`` and ``text``
    are named among them, and shown to be copied.
    """
    sheets = (source_of("ita_helpers.publish", "report.css"), source_of(PACKAGE, "evidence.css"))
    return template_of(PACKAGE, "evidence.html.j2").render(
        label=lambda key: label(f"evidence.page.{key}"),
        state_name=lambda state: label(f"evidence.state.{state}"),
        say=lambda key, **facts: say(f"evidence.page.{key}", **facts),
        digits=lambda shown: with_numerals(str(shown), dossier.numerals),
        told=telling,
        size_of=size_of,
        as_ascii=as_ascii,
        style=Markup("\n".join((font_faces(), *sheets))),
        dossier=dossier,
        is_internal=any(each.is_internal for each in dossier.papers),
        is_signed=all(each.number for each in dossier.papers),
        spans={each.code: spans_of(each) for each in dossier.items},
        to_do=telling.to_do(dossier),
        listed=[(name, len(each), sha256(each).hexdigest()) for name, each in files.items()],
        fragment=(fragment, files[fragment].decode("utf-8")),
        text=(text, files[text].decode("utf-8")),
    )


def spans_of(item: Item) -> list[int]:
    """Return over how many rows the place of each element goes; 0 where that above holds."""
    places = [(each.places, each.blank) for each in item.elements]
    counts = (sum(1 for _ in group) for _, group in groupby(places))
    return [number for count in counts for number in (count, *[0] * (count - 1))]
