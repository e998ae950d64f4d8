"""Writing the index page: a self-contained file with the reports as data and one script.

The page's policy names the script by its hash: nothing else runs, whatever stands in a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ita_helpers.faces.pages import Script, source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.index.entries import (
    NOTEBOOK,
    Entry,
    assumed_years,
    linked_files,
    read_entries,
    years_of,
)
from ita_helpers.index.summary import BIN_EDGES, order_levels
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.excerpts import shortened
from ita_helpers.language.thai import sort_key
from ita_helpers.publish.formats import all_formats
from ita_helpers.records.editions import suffix_of
from ita_helpers.run.manifest import ReportRow

MADE_UP, BELOW_TARGET, RULES_CHANGED, FAILED, FIRST_FORMAT = 1, 2, 4, 8, 16
"""The marks of a report, added up; those of ``linked_files`` follow the last one, then those of
the formats of its public edition."""
SELECTS = ("province", "district", "type", "level")
POINTS = ("mean", "median")
MOST_FINDINGS = 5
"""So many findings of a report are on the page; the workbook has all, and all of their words."""
LONGEST_FINDING = 200
"""Letters of a finding on the page."""
_QUOTED = re.compile(r"[“”][^“”]*|[^“”]+")
_NUMBERS = re.compile(r"\d[\d.,]*")
_LEFT_OUT = "\0"
WORDS = (
    *("made_up", "scope_all", "scope_some", "levels.none", "bins.below", "bins.from_to"),
    *("bins.none", "any", "status", "status_scored", "nothing", "range", "below_target", "barred"),
    *("drafts", "confirmed", "problems", "more_problems", "no_problems", "no_data", "failed"),
    *("params", "change_mark", "public"),
)


@dataclass(frozen=True)
class Look:
    """What a page shows of the reports, and where it leads.

    ``paper`` is the address of a report's file and ``page`` that of its name, in which the script
    fills in ``{year}``, ``{code}``, ``{edition}`` and ``{format}``. ``beside`` are further files,
    each with what the catalogue calls it; ``unscripted`` has the reports for those whose browser
    runs no script, in the words of ``key``. ``parts`` are the sections in their order.
    """

    parts: tuple[str, ...]
    figures: tuple[str, ...]
    lists: tuple[str, ...]
    columns: tuple[str, ...]
    paper: str
    page: str
    beside: tuple[tuple[str, str], ...]
    unscripted: str
    key: str


INTERNAL = Look(
    parts=("overview", "reports"),
    figures=("count", "failed", "scored", "levelled", "mean", "median"),
    lists=("all", "attention", "fell", "failed"),
    columns=(
        *("name", "district", "province", "type", "overall", "level"),
        *("change", "drafts", "problems", "files"),
    ),
    paper="{year}/{code}{edition}.{format}",
    page="{year}/{code}.html",
    beside=(("index.xlsx", "workbook"),),
    unscripted="index.xlsx",
    key="internal",
)


def write_page(rows: Iterable[ReportRow], look: Look = INTERNAL) -> str:
    """Return the page; the same rows give the same bytes."""
    entries = read_entries(rows)
    script = Script.of(source_of("ita_helpers.index", "index.js"), pack(entries, look))
    sheets = (
        source_of("ita_helpers.publish", "report.css"),
        source_of("ita_helpers.index", "index.css"),
    )
    return template_of("ita_helpers.index", "index.html.j2").render(
        label=lambda key: label(f"index.{key}"),
        style=Markup("\n".join((font_faces(), *sheets))),
        script=script,
        years=years_of(entries) or [0],
        assumed=[
            say("index.assumed", year=year, from_year=other)
            for year, other in assumed_years(entries).items()
        ],
        selects=SELECTS,
        points=POINTS,
        look=look,
    )


def pack(entries: Sequence[Entry], look: Look = INTERNAL) -> dict[str, Any]:
    """Return the reports by columns: scores in hundredths, repeated texts by their numbers."""
    levels = {
        year: order_levels(each for each in entries if each.fiscal_year == year)
        for year in years_of(entries)
    }
    texts, columns = {}, {}
    for name, read in TEXTS.items():
        texts[name], columns[name] = _number_texts([read(each) for each in entries])
    return {
        "levels": levels,
        "bins": [edge * 100 for edge in BIN_EDGES],
        "texts": texts,
        "columns": {
            "year": [each.fiscal_year for each in entries],
            "code": [each.code for each in entries],
            "name": [each.name for each in entries],
            **columns,
            "level": _level_numbers(entries, levels),
            "overall": [_hundredths(each.overall) for each in entries],
            "change": [_hundredths(each.change) for each in entries],
            "drafts": [each.drafts for each in entries],
            "problems": [each.problems for each in entries],
            "marks": [_marks(each) for each in entries],
        },
        "failures": {
            number: [each.reason, each.params]
            for number, each in enumerate(entries)
            if each.is_failed
        },
        **_pack_findings(entries if "problems" in look.columns else ()),
        "formats": linked_files(),
        "public": suffix_of("public"),
        "shown": look.columns,
        "paper": look.paper,
        "page": look.page,
        "words": _words(look),
    }


def _pack_findings(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the first findings of each report, place and text parted by a line end.

    They are of few sentences with other numbers: each piece between quotation marks stands once in
    ``pieces``, its numbers left out; a finding is the places of its pieces, each followed by its
    numbers.
    """
    pieces: dict[str, int] = {}

    def packed(text: str) -> Iterator[int | str]:
        for piece in _QUOTED.findall(text.replace(_LEFT_OUT, "")):
            numbers = _NUMBERS.findall(piece)
            yield pieces.setdefault(_NUMBERS.sub(_LEFT_OUT, piece), len(pieces))
            yield from numbers

    findings = {
        number: [[*packed(f"{where}\n{shortened(text, LONGEST_FINDING)}")] for where, text in first]
        for number, each in enumerate(entries)
        if (first := each.findings[:MOST_FINDINGS])
    }
    return {"findings": findings, "pieces": [*pieces]}


def _level_numbers(entries: Iterable[Entry], levels: Mapping[int, Sequence[str]]) -> list[int]:
    """Return the place of each report's level among those of its year from 1 on, 0 for none."""
    numbers = {
        year: {name: number for number, name in enumerate(names, start=1)}
        for year, names in levels.items()
    }
    return [numbers.get(each.fiscal_year, {}).get(each.level, 0) for each in entries]


def _words(look: Look) -> dict[str, str]:
    """Return the texts that the page's script writes, by catalogue key or format name."""
    titles = {f"formats.{each.name}": each.title for each in all_formats()}
    others = (f"formats.{NOTEBOOK}", *(f"columns.{name}" for name in look.columns))
    return {**_labels(WORDS), **titles, **_labels(others)}


def _labels(keys: Iterable[str]) -> dict[str, str]:
    return {key: label(f"index.{key}") for key in keys}


def _short_beginning(entry: Entry) -> str:
    """Return the short form of the type in a short name; the rest it shares with the full name."""
    rest = entry.name.removeprefix(entry.type)
    return entry.short_name.removesuffix(rest)


TEXTS: dict[str, Callable[[Entry], str]] = {
    "type": lambda each: each.type,
    "short": _short_beginning,
    "district": lambda each: each.district,
    "province": lambda each: each.province,
    "barred": lambda each: " ".join(each.barred_by),
}
"""The texts that many reports share."""


def _number_texts(values: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the texts that occur in their order, the empty one first, and each value's place."""
    texts = ["", *sorted(set(values) - {""}, key=sort_key)]
    numbers = {text: number for number, text in enumerate(texts)}
    return texts, [numbers[value] for value in values]


def _hundredths(points: Any) -> int | None:
    return None if points is None else int(points * 100)


def _marks(entry: Entry) -> int:
    marks = {
        MADE_UP: entry.is_made_up,
        BELOW_TARGET: entry.is_below_target,
        RULES_CHANGED: entry.rules_changed,
        FAILED: entry.is_failed,
    }
    names = linked_files()
    held = [*(each in entry.formats for each in names), *(each in entry.public for each in names)]
    marks |= {FIRST_FORMAT << place: is_there for place, is_there in enumerate(held)}
    return sum(mark for mark, is_set in marks.items() if is_set)
