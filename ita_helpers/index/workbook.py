"""Writing the index as an Excel workbook, for those who sort and count there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from ita_helpers.index.entries import Entry, assumed_years, read_entries, years_of
from ita_helpers.index.summary import Bin, Summary, summarise
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import day_in_thailand, format_date
from ita_helpers.run.manifest import ReportRow
from ita_helpers.spreadsheets.book_writer import write_book
from ita_helpers.spreadsheets.published_book import (
    Blank,
    Book,
    Column,
    Kind,
    Link,
    Sheet,
    Value,
    mark,
)

Read = Callable[[Entry], Value]
NANOSECONDS = 10**9


def write_workbook(rows: Iterable[ReportRow]) -> bytes:
    """Return the workbook; the same rows give the same bytes."""
    listed = [*rows]
    entries = read_entries(listed)
    summary = summarise(entries)
    chosen = {"reports": entries, "attention": summary.attention, "fell": summary.fell}
    sheets = [
        *(_list(key, found, [*_columns()]) for key, found in chosen.items()),
        _list("failed", summary.failed, [*_failure_columns()]),
        _findings(entries),
        _summary(entries),
    ]
    cover, notes = [*_cover(listed, entries)], [*_notes(entries)]
    return write_book(Book(label("index.title.internal"), cover, notes, sheets))


def _cover(rows: Sequence[ReportRow], entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what the list is of, as of when, and where its figures are from."""
    failed = sum(each.is_failed for each in entries)
    facts = {"count": len(entries), "years": [*map(str, years_of(entries))], "failed": failed}
    yield label("sheets.scope"), say("index.book.scope", **facts)
    if made := [each.written[".ipynb"][0] for each in rows if each.written.get(".ipynb")]:
        day = format_date(day_in_thailand(max(made) / NANOSECONDS))
        yield label("sheets.day"), say("index.book.day", day=day)
    yield label("sheets.source"), label("index.book.source")
    yield label("sheets.use"), label("sheets.use_text")


def _notes(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    yield label("sheets.source"), label("index.book.source")
    yield label("sheets.rounding"), label("index.book.rounding")
    for year, other in assumed_years(entries).items():
        yield label("sheets.rules"), say("index.assumed", year=year, from_year=other)
    if any(each.is_made_up for each in entries):
        yield label("index.cells.made_up"), label("index.book.made_up")


def _column(
    key: str, head: str, width: int, kind: Kind = "text", blank: Blank = "unknown"
) -> Column:
    return Column(label(f"index.{head}"), width, label(f"index.meanings.{key}"), kind, blank)


def _columns() -> Iterator[tuple[Column, Read]]:
    """Yield the columns of a list of reports with how each is read."""
    yes, other = label("index.cells.yes"), mark("other")

    def of_result(read: Read) -> Read:
        return lambda each: other if each.is_failed else read(each)

    yield from _who()
    yield _column("district", "columns.district", 16), lambda each: each.district
    yield _column("province", "columns.province", 16), lambda each: each.province
    yield _column("type", "columns.type", 24), lambda each: each.type
    overall = _column("overall", "columns.overall", 12, "points")
    yield overall, of_result(lambda each: each.overall)
    yield _column("level", "columns.level", 16), of_result(lambda each: each.level)
    change = _column("change", "columns.change", 14, "change")
    yield change, of_result(lambda each: each.change)
    changed = _column("rules_changed", "cells.rules_changed", 14, "code", "no")
    yield changed, of_result(lambda each: yes if each.rules_changed else None)
    below = _column("below_target", "cells.below_target", 14, "code", "no")
    yield below, of_result(lambda each: yes if each.is_below_target else None)
    barred = _column("barred", "cells.barred", 20, blank="none")
    yield barred, of_result(lambda each: " ".join(each.barred_by))
    drafts = _column("drafts", "cells.drafts", 14, "count")
    yield drafts, of_result(lambda each: each.drafts)
    problems = _column("problems", "cells.problems", 14, "count")
    yield problems, of_result(lambda each: each.problems)
    made_up = _column("made_up", "cells.made_up", 12, "code", "no")
    yield made_up, lambda each: yes if each.is_made_up else None
    public = Column(label("words.edition.public"), 14, label("index.meanings.public"), "code", "no")
    yield public, lambda each: yes if each.public else None
    status = _column("status", "cells.status", 12, "code")
    yield status, lambda e: label(f"index.cells.{'failed' if e.is_failed else 'done'}")


def _who() -> Iterator[tuple[Column, Read]]:
    yield _column("fiscal_year", "cells.fiscal_year", 13, "year"), lambda e: e.fiscal_year or None
    yield _column("name", "columns.name", 46), _name
    yield _column("code", "cells.code", 20, "code"), lambda each: each.code


def _name(each: Entry) -> Value:
    if "html" not in each.formats:
        return each.name
    return Link(each.name, f"{each.fiscal_year}/{quote(each.code)}.html")


def _failure_columns() -> Iterator[tuple[Column, Read]]:
    yield from _who()
    yield _column("reason", "cells.reason", 80), lambda each: each.reason
    yield _column("params", "cells.params", 36), lambda each: each.params


def _list(key: str, entries: Sequence[Entry], columns: Sequence[tuple[Column, Read]]) -> Sheet:
    rows = [[read(each) for _, read in columns] for each in entries]
    return _sheet(key, [column for column, _ in columns], rows)


def _sheet(key: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Sheet:
    name = label(f"index.sheets.{key}")
    return Sheet(key, name, name, label(f"index.about.{key}"), columns, rows, kept=2)


def _findings(entries: Sequence[Entry]) -> Sheet:
    """Return a sheet with a line for each finding, by office."""
    who = [*_who()]
    ends = [_column("place", "cells.place", 20), _column("finding", "cells.finding", 110)]
    rows = [
        (*(read(each) for _, read in who), *finding)
        for each in entries
        for finding in each.findings
    ]
    return _sheet("findings", [*(column for column, _ in who), *ends], rows)


def _summary(entries: Sequence[Entry]) -> Sheet:
    columns = [
        _column("fiscal_year", "cells.fiscal_year", 13, "year"),
        _column("figure", "cells.figure", 44),
        _column("value", "cells.value", 14, "count"),
    ]
    rows = [
        (year or None, name, value)
        for year in dict.fromkeys(each.fiscal_year for each in entries)
        for name, value in _figures(summarise([e for e in entries if e.fiscal_year == year]))
    ]
    return _sheet("summary", columns, rows)


def _figures(summary: Summary) -> list[tuple[str, Value]]:
    counts: list[tuple[str, Value]] = [
        (label("index.figures.count"), summary.reports),
        (label("index.figures.failed"), len(summary.failed)),
        (label("index.figures.scored"), summary.scored),
        (label("index.figures.levelled"), summary.levelled),
        (label("index.cells.made_up"), summary.made_up),
        (label("index.cells.mean"), summary.mean),
        (label("index.cells.median"), summary.median),
        (label("index.lists.attention"), len(summary.attention)),
        (label("index.lists.fell"), len(summary.fell)),
    ]
    levels = [(f"{label('index.levels.head')} {name}", count) for name, count in summary.levels]
    bins = [(f"{label('index.bins.head')} {name_bin(each)}", each.count) for each in summary.bins]
    return [*counts, *levels, *bins[::-1]]


def name_bin(each: Bin) -> str:
    """Return the scores of a bin with two decimals: ``85.00–89.99``."""
    if each.low == 0:
        return label("index.bins.below").format(high=f"{each.high}.00")
    high = "100.00" if each.high == 100 else f"{each.high - 1}.99"
    return label("index.bins.from_to").format(low=f"{each.low}.00", high=high)
