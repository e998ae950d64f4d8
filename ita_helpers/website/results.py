"""The results of a site as data: one row an office and year, as CSV and JSON, with a dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ita_helpers.files.facts import ResultFacts
from ita_helpers.files.inert import csv_table
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.language.points import to_hundredths
from ita_helpers.website.contents import Site, SiteReport

FOLDER = "data"
DICTIONARY = f"{FOLDER}/dictionary.csv"
_BEFORE = (
    *("fiscal_year", "organisation", "name", "type", "district", "province"),
    *("overall", "level", "level_status", "target", "previous_overall", "change", "comparable"),
)
_BEHIND = ("assumed_from", "made_up", "version", "source")
_POINTS = ("overall", "target", "previous_overall")


def data_files(site: Site) -> dict[str, bytes]:
    """Return the tables of each year and the dictionary, by their paths in the site."""
    files = {DICTIONARY: csv_table(("column", "meaning", "unit"), meanings(site))}
    for year in site.years:
        reports = [each for each in site.results if each.fiscal_year == year]
        columns = columns_of(reports)
        rows = [_row(each, columns) for each in reports]
        told = {"title": say("site.data.title", year=year), "fiscal_year": year, "results": rows}
        files[path_of(year, "csv")] = csv_table(columns, map(_cells, rows))
        files[path_of(year, "json")] = (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8")
    return files


def path_of(fiscal_year: int, ending: str) -> str:
    """Return where the table of a fiscal year (B.E.) lies in the site."""
    return f"{FOLDER}/ita-results-{fiscal_year}.{ending}"


def columns_of(reports: Sequence[SiteReport]) -> tuple[str, ...]:
    """Return the columns of a year's table: what is known of each office, and all its scores."""
    return (*_BEFORE, *_score_names(reports), *_BEHIND)


def meanings(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield each column of the tables with its meaning and unit, in their order."""
    named = section("site.columns")
    points = label("site.data.points")
    units = {**dict.fromkeys(_POINTS, points), "change": label("site.data.difference")}
    for name in _BEFORE:
        yield name, named[name], units.get(name, "")
    for name, meaning in _score_names(site.results).items():
        yield name, meaning, points
    for name in _BEHIND:
        yield name, named[name], ""


def two_decimals(points: float | None) -> Decimal | None:
    """Return points as they are printed; nothing of nothing."""
    return None if points is None else to_hundredths(Decimal(str(points)))


def shown_score(facts: ResultFacts, code: str) -> Decimal | None:
    """Return a score as it is printed, in points with two decimals."""
    return two_decimals(facts.scores.get(code))


def _score_names(reports: Sequence[SiteReport]) -> dict[str, str]:
    """Return the scores that the reports have, as columns, with what they are."""
    found: dict[str, str] = {}
    for each in reports:
        for code, name in (each.codes or {}).items():
            if code in each.facts.scores and code != "ITA":
                found.setdefault(_column(code), name)
    return found


def _column(code: str) -> str:
    """Return the column of a score: an indicator's code is a number alone."""
    return f"indicator_{code}" if code.isdigit() else code


def _row(report: SiteReport, columns: Sequence[str]) -> dict[str, Any]:
    facts = report.facts
    known = {
        "fiscal_year": report.fiscal_year,
        "organisation": report.organisation,
        "overall": two_decimals(facts.overall_shown),
        "target": two_decimals(facts.target),
        "previous_overall": two_decimals(facts.previous_overall),
        "change": two_decimals(facts.change),
        "assumed_from": facts.assumed_from or None,
        "made_up": facts.is_made_up,
        "version": report.number or None,
        "source": " | ".join(report.sources),
    }
    scores = {_column(code): shown_score(facts, code) for code in report.codes or ()}
    return {
        name: _plain({**scores, **known}.get(name, getattr(facts, name, None))) for name in columns
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, float):
            yield f"{value:.2f}"
        elif isinstance(value, bool):
            yield "true" if value else "false"
        else:
            yield "" if value is None else str(value)
