"""Writing the teaching page: the story as in reports; what-if and exercises run by one script.

The script gets figures and rules, never an answer: it computes the same as ``means``, ``what_if``
and ``exercises`` do here, equally exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from markupsafe import Markup

from ita_helpers.faces.pages import Script, source_of, template_of
from ita_helpers.faces.table import Table
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.publish.html.writer import write_block, write_page, write_part
from ita_helpers.publish.reading.html import read_html
from ita_helpers.publish.tree import Document, Heading, Part, Text
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Level
from ita_helpers.scoring.means import means_of
from ita_helpers.scoring.what_if import Trial
from ita_helpers.teaching.exercises import Asked, Calculation, Exercise, Sifting
from ita_helpers.words.rules import assumption

PLACES = {"part-what-if": "what_if", "part-exercises": "exercises"}
"""What follows a part of the story, by the part's tag."""


def write_teaching_page(
    document: Document,
    trial: Trial,
    source: str,
    frameworks: Sequence[Framework],
    exercises: Sequence[Exercise],
) -> str:
    """Return the page as HTML; the same input gives the same bytes.

    What-if starts with the scores of ``trial``; ``source`` says whose they are. ``frameworks``
    are the years whose rules can be tried, that of the trial and of the exercises among them.
    What-if and exercises follow their parts, and come last where the document has none.
    """
    whole = _with_places(document)
    template = template_of("ita_helpers.teaching", "teaching.html.j2")
    context = template.new_context(
        {
            "label": partial(_label, numerals=document.numerals),
            "digits": partial(with_numerals, numerals=document.numerals),
            "table": partial(_table, numerals=document.numerals),
            "say": say,
            "source": source,
            "exercises": exercises,
        }
    )
    pieces: list[Markup] = []
    for part in whole.parts:
        pieces.append(write_part(part))
        if part.tag in PLACES:
            pieces.append(Markup("".join(template.blocks[PLACES[part.tag]](context))))
    packed = pack(trial, frameworks, exercises, document.numerals)
    script = Script.of(source_of("ita_helpers.teaching", "teaching.js"), packed, sort_keys=True)
    body = Markup("\n").join(pieces)
    return write_page(
        whole, body, sheet=source_of("ita_helpers.teaching", "teaching.css"), script=script
    )


def pack(
    trial: Trial,
    frameworks: Iterable[Framework],
    exercises: Iterable[Exercise],
    numerals: Numerals = "arabic",
) -> dict[str, Any]:
    """Return what the page's script reads; points are exact, as text (``"4643/50"``)."""
    return {
        "numerals": numerals,
        "years": {each.fiscal_year: _pack_rules(each) for each in frameworks},
        "start": _pack_start(trial),
        "exercises": {each.key: _pack_exercise(each) for each in exercises},
        "unit": label("words.score"),
        "typed": {
            name: say(f"teaching.typed.{name}", typed="{typed}", meant="{meant}")
            for name in section("teaching.typed")
        },
        "words": {
            part: {
                key: text
                for key, text in section(f"teaching_page.{part}").items()
                if "{{" not in text
            }
            for part in ("what_if", "backwards", "exercises")
        }
        | {"indicator": say("words.indicator", code="{code}", name="{name}")},
    }


def _with_places(document: Document) -> Document:
    """Return the document with an added part and heading for content that has no part."""
    known = {part.tag for part in document.parts}
    added = tuple(
        Part(tag, (Heading(2, (Text(_title(key)),), anchor=key.replace("_", "-")),))
        for tag, key in PLACES.items()
        if tag not in known
    )
    return replace(document, parts=(*document.parts, *added))


def _title(key: str) -> str:
    return label(f"teaching_page.{key}.title")


def _label(key: str, *, numerals: Numerals) -> str:
    return with_numerals(label(f"teaching_page.{key}"), numerals)


def _table(table: Table, name: str, *, numerals: Numerals) -> Markup:
    """Return a table as HTML, as in the reports."""
    blocks = read_html(table.in_numerals(numerals)._repr_html_(), name).blocks
    return Markup("\n").join(write_block(block) for block in blocks)


def _pack_rules(framework: Framework) -> dict[str, Any]:
    return {
        "means": means_of(framework),
        "instruments": [
            {
                "code": each.code,
                "name": each.name,
                "weight": each.weight,
                "indicators": [under.code for under in framework.indicators_of(each.code)],
                "parts": [[part.code, part.name, part.weight] for part in each.parts],
            }
            for each in framework.instruments.list
        ],
        "indicators": {each.code: each.name for each in framework.indicators.list},
        "judged": framework.levels.judged,
        "levels": [_pack_level(each) for each in framework.levels.list],
        "assumed": assumption(framework, label("teaching.this_result")),
    }


def _pack_level(level: Level) -> tuple[str, list[tuple[str, str]], str]:
    """Return a level with its conditions as pairs: a script puts codes that are numbers first."""
    return level.name, list(_pack_points(level.conditions).items()), level.caveat or ""


def _pack_start(trial: Trial) -> dict[str, Any]:
    """Return the starting scores that count, and the names of their items."""
    framework = trial.framework
    below = {code for parts in trial.means.values() for _, code in parts}
    values = {code: points for code, points in trial.values.items() if code in below}
    return {
        "year": framework.fiscal_year,
        "values": _pack_points(values),
        "parts": _pack_points(trial.parts),
        "items": {
            each.code: say("teaching.item", code=each.code.upper(), name=each.name or "")
            for each in framework.all_items
            if each.code in values
        },
    }


def _pack_exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        **_pack_asked(exercise.asked),
        "hint": exercise.hint(),
        "right": say("teaching.exercises.right", way=exercise.way),
        "mistakes": [
            _pack_asked(mistake) | {"hint": exercise.hint(key)}
            for key, mistake in exercise.mistakes.items()
        ],
    }


def _pack_asked(asked: Asked) -> dict[str, Any]:
    if isinstance(asked, Calculation):
        return {"means": asked.means, "values": _pack_points(asked.values)}
    if isinstance(asked, Sifting):
        figures = list(map(str, asked.figures))
        return {"figures": figures, "respondents": asked.respondents, "points": asked.points}
    return {
        "levels": [_pack_level(each) for each in asked.framework.levels.list],
        "overall": str(asked.overall),
        "components": _pack_points(asked.components),
    }


def _pack_points(scores: Mapping[str, Fraction]) -> dict[str, str]:
    return {code: str(points) for code, points in scores.items()}
