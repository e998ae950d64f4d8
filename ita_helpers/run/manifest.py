"""The manifest of a folder of reports: one row per report, written as each is done.

An index for people and programs, never the truth: a damaged file, or one of another version, is put
aside and rebuilt from the notebooks. Programs on several machines may write to it: one creates it,
each row is its own transaction, and a program that finds it busy waits. The rows are in the order
of their parameter files, whichever report was done first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ita_helpers.errors import write_error
from ita_helpers.files.inert import csv_table
from ita_helpers.files.lock import one_writer
from ita_helpers.files.moving import remove
from ita_helpers.files.moving import replace as replace_file
from ita_helpers.files.whole import WAITING
from ita_helpers.files.workspace import first_free
from ita_helpers.run.keeping import digest_of, is_hollow, replace_noted

NAME = "manifest.sqlite"
FAILURES = "failures.csv"
VERSION = 7
BUSY = 60
"""Seconds a program waits for others that read or write the manifest."""
COUNTED = ("problems", "drafts", "losses")
"""What a row counts; the notebook keeps it too, so that a rebuilt manifest has it."""
Counts = Mapping[str, Any]
"""How many there are of each of ``COUNTED``, and which ``FINDINGS``."""
FINDINGS = "findings"
_JSON = ("result", "formats", "written", "read", FINDINGS)


@dataclass(frozen=True)
class ReportRow:
    """One report: ``stem`` is ``<year>/<organisation>``, empty where the file names none.

    A parameter file has a row for each ``edition`` that is made of it, empty for the usual one.

    ``status`` is ``done`` or ``failed``, ``cell`` the failing one, ``problems`` counts what ``ita
    check`` finds in the office's notebook and ``findings`` are these, each with its place and text
    (none for a public edition), ``drafts`` the slots nobody has confirmed, ``losses`` what no file
    shows of the notebook, ``result`` are the numbers the notebook left. ``formats`` are the digests
    of the files that belong to this result, by format and ending, ``notebook`` is the notebook's,
    ``written`` the times and size of each file (``written_at``). ``read`` are the digests of the
    files that own code reads, by path; ``None`` if that cannot be known.
    """

    stem: str
    params: str
    status: str
    digest: str = ""
    reason: str = ""
    cell: str = ""
    seconds: float = 0.0
    problems: int = 0
    drafts: int = 0
    losses: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)
    formats: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notebook: str = ""
    read: Mapping[str, str] | None = field(default_factory=dict)
    written: Mapping[str, Sequence[int]] = field(default_factory=dict)
    edition: str = ""
    findings: Sequence[Sequence[str]] = field(default_factory=list)

    def is_made_of(self, digest: str, formats: Iterable[str]) -> bool:
        """Whether the report is made of these inputs and has these formats."""
        return (
            self.status == "done"
            and self.digest == digest
            and all(name in self.formats for name in formats)
        )

    def touched(self, out: Path) -> ReportRow | None:
        """Return the row with the present times of its files; nothing if one has changed.

        Files with the same times and size as before are not read, except their last bytes: a power
        cut may have left zeros.
        """
        stem = out / self.stem
        try:
            written = written_at(stem, self.formats)
            if any(is_hollow(stem.with_suffix(ending)) for ending in written):
                return None
            if written == self.written:
                return self
            digests = _digests(self.formats, self.notebook)
            if any(digest_of(stem.with_suffix(each)) != digests[each] for each in digests):
                return None
        except OSError:
            return None
        return replace(self, written=written)


def _digests(formats: Mapping[str, Mapping[str, str]], notebook: str) -> dict[str, str]:
    """Return the digests of a report's files by ending, the notebook's too."""
    files = (each for endings in formats.values() for each in endings.items())
    return {".ipynb": notebook, **dict(files)}


COLUMNS = tuple(each.name for each in fields(ReportRow))
_BRIEF = tuple(name for name in COLUMNS if name not in ("result", FINDINGS))


def written_at(stem: Path, formats: Mapping[str, Iterable[str]]) -> dict[str, list[int]]:
    """Return when each file of a report was written and changed (nanoseconds), and its size.

    The notebook's too; what is not there is left out.
    """
    found: dict[str, list[int]] = {}
    for ending in (".ipynb", *(each for endings in formats.values() for each in endings)):
        with suppress(OSError):
            status = stem.with_suffix(ending).stat()
            found[ending] = [status.st_mtime_ns, status.st_ctime_ns, status.st_size]
    return found


class Manifest:
    """The rows of a folder of reports; ``was_rebuilt`` says that an unusable file was replaced."""

    def __init__(self, folder: Path, read_report: Callable[[Path], ReportRow | None]) -> None:
        self.folder, self.path = folder, folder / NAME
        self._read_report = read_report
        self.was_rebuilt = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise write_error(error, self.path) from error

    def _open(self) -> None:
        """Open the file; a missing or unusable one is rebuilt under a lock."""
        with one_writer(self.folder):
            if not self._is_usable():
                self._create()
        self._database = _connect(self.path)

    def _create(self) -> None:
        """Make the file under another name, from the notebooks, and move it into place."""
        new = self.path.with_name(f".{NAME}{WAITING}")
        remove(new)
        listed = ", ".join(f"{name} {_kind(name)}" for name in COLUMNS)
        with closing(_connect(new)) as database, _at_once(database):
            table = f"CREATE TABLE reports ({listed}, PRIMARY KEY (params, edition)) WITHOUT ROWID"
            database.execute(table)
            database.execute(f"PRAGMA user_version = {VERSION}")
            for file in sorted(self.folder.glob("[0-9]*/*.ipynb")):
                if row := self._read_report(file):
                    _put(database, row)
        if self.path.exists():
            self.was_rebuilt = True
            replace_file(self.path, first_free(self.folder, f"{NAME}.old-{{}}"))
        for rest in ("-journal", "-wal", "-shm"):
            remove(self.path.with_name(f"{NAME}{rest}"))
        replace_file(new, self.path)

    def _is_usable(self) -> bool:
        """Whether the file can be used. Raises ``sqlite3.Error`` for one that stays busy."""
        if not self.path.exists():
            return False
        try:
            with closing(_connect(self.path)) as database:
                (version,) = database.execute("PRAGMA user_version").fetchone()
                (found,) = database.execute("PRAGMA quick_check").fetchone()
                database.execute(f"SELECT {', '.join(COLUMNS)} FROM reports LIMIT 1")
                valid = " AND ".join(f"json_valid({name})" for name in _JSON)
                query = f"SELECT COUNT(*) FROM reports WHERE NOT ({valid})"
                (damaged,) = database.execute(query).fetchone()
        except sqlite3.Error as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
        return bool(version == VERSION and found == "ok" and not damaged)

    def write(self, row: ReportRow) -> None:
        """Add or replace the row of a report; a row of another parameter file for it is removed.

        A file that cannot be read is in place of all reports that were made of it.

        A file that was lost or damaged meanwhile is rebuilt once. Raises ``WriteFailed``.
        """
        self._change(lambda database: _put(database, row))

    def write_times(self, row: ReportRow) -> None:
        """Record the present times and sizes of a report's files."""
        values = (_to_cell("written", row.written), row.params, row.edition)
        self._change(
            lambda database: database.execute(
                "UPDATE reports SET written = ? WHERE params = ? AND edition = ?", values
            )
        )

    def _change(self, make: Callable[[sqlite3.Connection], object]) -> None:
        try:
            try:
                with _at_once(self._database):
                    make(self._database)
            except sqlite3.Error as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    raise
                self.close()
                self._open()
                with _at_once(self._database):
                    make(self._database)
        except (OSError, sqlite3.Error) as error:
            raise write_error(error, self.path) from error

    def forget_failures(self, is_there: Callable[[str], bool]) -> bool:
        """Drop failures whose parameter file is gone; returns whether there were any."""
        failed = self._database.execute("SELECT params FROM reports WHERE status = 'failed'")
        gone = [each for each in failed.fetchall() if not is_there(each[0])]
        if gone:
            query = "DELETE FROM reports WHERE params = ? AND status = 'failed'"
            self._change(lambda database: database.executemany(query, gone))
        return bool(gone)

    def briefs(self, files: Sequence[str]) -> dict[str, ReportRow]:
        """Return the rows of parameter files by report, without what only the index needs."""
        return {row.stem: row for row in _select(self._database, _BRIEF, params=files)}

    def rows(self) -> Iterator[ReportRow]:
        """Yield the rows by the names of their reports."""
        yield from _select(self._database, COLUMNS)

    def write_failures(self, name: str = FAILURES) -> None:
        """Write the failed reports as a table for people; no file if there are none.

        Raises ``WriteFailed``.
        """
        with one_writer(self.folder):
            failed = [*_select(self._database, COLUMNS, status=["failed"])]
            if not failed:
                replace_noted(self.folder, {}, gone=[name])
                return
            rows = ((row.stem, row.params, row.cell, row.reason) for row in failed)
            table = csv_table(("report", "params", "cell", "reason"), rows)
            replace_noted(self.folder, {name: table})

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def read_briefs(folder: Path, params: str = "") -> dict[str, ReportRow]:
    """Return the rows by report, or those of one parameter file, as they stand; change nothing.

    None where there is no file, or one that has to be rebuilt first.
    """
    try:
        with _reading(folder) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            asked = {"params": [params]} if params else {}
            rows = _select(database, _BRIEF, **asked) if version == VERSION else ()
            return {row.stem: row for row in rows}
    except (sqlite3.Error, ValueError):
        return {}


def read_rows(folder: Path, reports: Sequence[str]) -> dict[str, ReportRow]:
    """Return the rows of reports by their names, as they stand; change nothing.

    None where there is no file, or one that has to be rebuilt first.
    """
    try:
        with _reading(folder) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            found = _select(database, COLUMNS, stem=reports) if version == VERSION else ()
            return {row.stem: row for row in found}
    except (sqlite3.Error, ValueError):
        return {}


def _reading(folder: Path) -> closing[sqlite3.Connection]:
    """Open the manifest of a folder for reading only."""
    uri = f"{(folder / NAME).absolute().as_uri()}?mode=ro"
    return closing(sqlite3.connect(uri, timeout=BUSY, uri=True))


def _select(
    database: sqlite3.Connection, columns: Sequence[str], **wanted: Sequence[str]
) -> Iterator[ReportRow]:
    """Yield the rows of all reports, or those that have one of the values wanted of a column."""
    limits = [f"{name} IN (SELECT value FROM json_each(?))" for name in wanted]
    query = f"SELECT {', '.join(columns)} FROM reports WHERE {' AND '.join(limits) or 'TRUE'}"
    asked = [json.dumps(values) for values in map(list, wanted.values())]
    for found in database.execute(f"{query} ORDER BY stem, params", asked).fetchall():
        yield _row(columns, found)


def _row(columns: Sequence[str], values: Iterable[Any]) -> ReportRow:
    cells = zip(columns, values, strict=True)
    return ReportRow(**{name: _of_cell(name, value) for name, value in cells})


def _connect(path: Path) -> sqlite3.Connection:
    """Open a database, waiting if it is busy."""
    return sqlite3.connect(path, timeout=BUSY, isolation_level=None)


@contextmanager
def _at_once(database: sqlite3.Connection) -> Iterator[None]:
    """Make several changes in one transaction."""
    database.execute("BEGIN IMMEDIATE")
    with database:
        yield


def _put(database: sqlite3.Connection, row: ReportRow) -> None:
    values = [_to_cell(name, getattr(row, name)) for name in COLUMNS]
    if row.stem:
        gone = "DELETE FROM reports WHERE stem = ? OR (params = ? AND stem = '')"
        database.execute(gone, (row.stem, row.params))
    else:
        database.execute("DELETE FROM reports WHERE params = ?", (row.params,))
    database.execute(f"REPLACE INTO reports VALUES ({', '.join('?' for _ in COLUMNS)})", values)


def _kind(name: str) -> str:
    return "REAL" if name == "seconds" else "INTEGER" if name in COUNTED else "TEXT"


def _to_cell(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if name in _JSON else value


def _of_cell(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON else value
