"""The manifest of a folder of reports: one row a report, written as each is done.

An index for people and programs, never the truth: what is damaged or of another version is put
aside and read anew from the notebooks.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ita_helpers.errors import write_error
from ita_helpers.inert import as_csv_cell
from ita_helpers.paths import first_free

NAME = "manifest.sqlite"
FAILURES = "failures.csv"
VERSION = 2
_JSON = ("sizes", "result", "formats", "written")


@dataclass(frozen=True)
class Row:
    """One report: ``stem`` is ``<year>/<organisation>``, empty where the file names none.

    ``status`` is ``done`` or ``failed``, ``cell`` the failing one; ``sizes`` are bytes by format,
    ``drafts`` the slots nobody has confirmed, ``result`` the numbers the notebook left.
    ``formats`` are the files' endings by format, ``written`` when each was (nanoseconds).
    """

    stem: str
    params: str
    status: str
    digest: str = ""
    reason: str = ""
    cell: str = ""
    seconds: float = 0.0
    sizes: Mapping[str, int] = field(default_factory=dict)
    findings: int = 0
    drafts: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)
    formats: Mapping[str, Iterable[str]] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)

    def is_current(self, out: Path, digest: str, formats: Iterable[str]) -> bool:
        """Whether the report is made of these inputs, and all its files lie there untouched."""
        return (
            self.status == "done"
            and self.digest == digest
            and all(name in self.formats for name in formats)
            and self.written == written_at(out / self.stem, self.formats)
        )


COLUMNS = tuple(each.name for each in fields(Row))


def written_at(stem: Path, formats: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return when each file of a report was written (nanoseconds), the notebook's too."""
    found: dict[str, int] = {}
    for ending in (".ipynb", *(each for endings in formats.values() for each in endings)):
        try:
            found[ending] = stem.with_suffix(ending).stat().st_mtime_ns
        except OSError:
            continue
    return found


class Manifest:
    """The rows of a folder of reports; ``was_rebuilt`` says that an unusable file was replaced."""

    def __init__(self, folder: Path, read_report: Callable[[Path], Row | None]) -> None:
        self.folder, self.path = folder, folder / NAME
        self.was_rebuilt = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open(read_report)
        except (OSError, sqlite3.Error) as error:
            raise write_error(error, self.path) from error

    def _open(self, read_report: Callable[[Path], Row | None]) -> None:
        is_there = self.path.exists()
        if is_there and not self._is_usable():
            self.was_rebuilt = True
            self.path.replace(first_free(self.folder, f"{NAME}.old-{{}}"))
            is_there = False
        self._database = sqlite3.connect(self.path, isolation_level=None)
        if not is_there:
            listed = ", ".join(f"{name} {_kind(name)}" for name in COLUMNS)
            self._database.execute(f"CREATE TABLE reports ({listed}, PRIMARY KEY (params))")
            self._database.execute(f"PRAGMA user_version = {VERSION}")
            for file in sorted(self.folder.glob("[0-9]*/*.ipynb")):
                if row := read_report(file):
                    self.write(row)

    def _is_usable(self) -> bool:
        try:
            with closing(sqlite3.connect(self.path)) as database:
                (version,) = database.execute("PRAGMA user_version").fetchone()
                (found,) = database.execute("PRAGMA quick_check").fetchone()
                database.execute(f"SELECT {', '.join(COLUMNS)} FROM reports LIMIT 1")
                valid = " AND ".join(f"json_valid({name})" for name in _JSON)
                query = f"SELECT COUNT(*) FROM reports WHERE NOT ({valid})"
                (damaged,) = database.execute(query).fetchone()
        except sqlite3.Error:
            return False
        return bool(version == VERSION and found == "ok" and not damaged)

    def write(self, row: Row) -> None:
        """Add or replace the row of a report; what stood there under another file goes."""
        values = [_to_cell(name, getattr(row, name)) for name in COLUMNS]
        places = ", ".join("?" for _ in COLUMNS)
        try:
            with self._database:
                if row.stem:
                    self._database.execute("DELETE FROM reports WHERE stem = ?", (row.stem,))
                self._database.execute(f"REPLACE INTO reports VALUES ({places})", values)
        except sqlite3.Error as error:
            raise write_error(error, self.path) from error

    def forget_failures(self, is_there: Callable[[str], bool]) -> bool:
        """Drop failures whose parameter file is gone; returns whether there were any."""
        failed = self._database.execute("SELECT params FROM reports WHERE status = 'failed'")
        gone = [each for each in failed.fetchall() if not is_there(each[0])]
        self._database.executemany("DELETE FROM reports WHERE params = ?", gone)
        return bool(gone)

    def briefs(self) -> dict[str, Row]:
        """Return the rows by report, without what only readers of the index need."""
        rows = {}
        for row in self._select([name for name in COLUMNS if name != "result"]):
            rows[row.stem] = row
        return rows

    def rows(self) -> Iterator[Row]:
        """Yield the rows by the names of their reports."""
        yield from self._select(COLUMNS)

    def _select(self, columns: Sequence[str]) -> Iterator[Row]:
        query = f"SELECT {', '.join(columns)} FROM reports ORDER BY stem, params"
        for values in self._database.execute(query):
            yield Row(**{name: _of_cell(name, v) for name, v in zip(columns, values, strict=True)})

    def write_failures(self) -> None:
        """Write the failed reports as a table for people; no file when there is none."""
        file = self.folder / FAILURES
        failed = [row for row in self.rows() if row.status == "failed"]
        if not failed:
            file.unlink(missing_ok=True)
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(("report", "params", "cell", "reason"))
        for row in failed:
            writer.writerow(map(as_csv_cell, (row.stem, row.params, row.cell, row.reason)))
        new = file.with_suffix(".new")
        try:
            new.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
            new.replace(file)
        except OSError as error:
            raise write_error(error, file) from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _kind(name: str) -> str:
    return {"seconds": "REAL", "findings": "INTEGER", "drafts": "INTEGER"}.get(name, "TEXT")


def _to_cell(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if name in _JSON else value


def _of_cell(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON else value
