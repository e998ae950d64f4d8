"""The page of a check, to send on: each problem beside its sentence, with reason and remedy.

It runs no script and loads nothing, and names no folder of the machine that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from markupsafe import Markup, escape

from ita_helpers.checks.finished.outcome import (
    SEVERITIES,
    CheckedDocument,
    Tally,
    place_of,
)
from ita_helpers.checks.finished.rules import RULES
from ita_helpers.faces.pages import source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.problem import Problem

PACKAGE = "ita_helpers.checks.finished"


def write_page(
    checked: Sequence[CheckedDocument], of: str = "finished.page", notes: Sequence[str] = ()
) -> str:
    """Return the page; the same findings give the same bytes.

    ``of`` is the part of the catalogue with its words, ``notes`` are sentences about all documents.
    """
    tally = Tally()
    for _ in tally.over(checked):
        pass
    return "".join(page_of(checked, tally, of, notes))


def page_of(
    checked: Iterable[CheckedDocument],
    tally: Tally,
    of: str = "finished.page",
    notes: Sequence[str] = (),
) -> Iterator[str]:
    """Yield the pieces of the page; ``checked``, in ``tally`` already, are gone through twice."""
    sheets = (source_of("ita_helpers.publish", "report.css"), source_of(PACKAGE, "check.css"))
    titles = {rule.code: rule.title for rule in RULES}
    explained = {rule.code: rule for rule in RULES}
    broken = tally.broken.most_common()
    return template_of(PACKAGE, "check.html.j2").generate(
        label=lambda key: label(f"{of}.{key}"),
        severities=section("finished.severity"),
        style=Markup("\n".join((font_faces(), *sheets))),
        documents=checked,
        counts=tally.counts,
        order=SEVERITIES,
        titles=titles,
        rules=[(explained[code], count) for code, count in broken if code in explained],
        notes=notes,
        place_of=lambda problem: place_of(problem.spot) or problem.place,
        name_of=lambda file: PurePath(file).name,
        marked=marked,
    )


def marked(problem: Problem) -> Markup:
    """Return the sentence of a problem with the words at fault marked."""
    sentence, found = problem.sentence, problem.found
    at = sentence.find(found) if problem.at is None else problem.at
    if not found or at < 0:
        return escape(sentence)
    before, after = sentence[:at], sentence[at + len(found) :]
    return Markup("{}<mark>{}</mark>{}").format(before, found, after)
