"""One call of ``ita render``: current reports stay, the rest are made, all are recorded."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from ita_helpers.boundary import told
from ita_helpers.errors import ItaError, RepeatedReport, WorkerDied, writable
from ita_helpers.files.remembered import looking
from ita_helpers.files.workspace import first_free
from ita_helpers.index import PAGE, write_index
from ita_helpers.language.catalogue import label, say
from ita_helpers.rendering.ahead import WARM_UP
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.rendering.inputs import are_as_read, inputs_of_report
from ita_helpers.rendering.one import Maker
from ita_helpers.rendering.orders import Made, RenderOptions, format_names, row_edition
from ita_helpers.run.batch import Done, run_all
from ita_helpers.run.cluster import run_on_cluster
from ita_helpers.run.keeping import clear_abandoned
from ita_helpers.run.limits import Limits
from ita_helpers.run.manifest import FAILURES, Manifest, ReportRow
from ita_helpers.run.private import without_places
from ita_helpers.run.processes import forking_here
from ita_helpers.run.sealing import files_of_ours, read_report
from ita_helpers.screen import INTERRUPTED
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.store.trust import has_own_code

FEW = 20
"""Of so many reports each one that needs nothing new is named; of more none is. The copies of so
many are made together."""
MANY = 8
"""From this many reports on it pays to make one beforehand, from which the others start."""


class Turns:
    """Prints the messages about files in the order of the files.

    Reports finish in any order; the messages of one wait for those before it.
    """

    def __init__(self, files: Sequence[Path], hear: Callable[[str], None]) -> None:
        self._hear = hear
        self._waiting = list(reversed(files))
        self._kept: dict[Path, list[str]] = {}
        self._now: Path | None = None

    @contextmanager
    def of(self, file: Path) -> Iterator[None]:
        """Hold messages from inside until it is the turn of a finished file."""
        self._now = file
        self._kept[file] = []
        try:
            yield
        finally:
            self._now = None
            while self._waiting and self._waiting[-1] in self._kept:
                self._hear_all(self._waiting.pop())

    def say(self, message: str) -> None:
        """Print a message in its turn, or at once if it belongs to no file."""
        if self._now is None:
            self._hear(message)
        else:
            self._kept[self._now].append(message)

    def close(self) -> None:
        """Print the messages that wait for reports that will not be made."""
        while self._waiting:
            self._hear_all(self._waiting.pop())

    def _hear_all(self, file: Path) -> None:
        for message in self._kept.pop(file, []):
            self._hear(message)


def _make_here(file: Path, make: Maker) -> Generator[Done[Path, Made]]:
    """Yield what becomes of a report that is made in this process."""
    try:
        yield Done(file, make(file), None)
    except ItaError as error:
        yield Done(file, None, error)


class _BarOfOne(tqdm):  # type: ignore[type-arg]
    """A bar that no thread looks after, since the process may be forked."""

    monitor_interval = 0


def _bar(files: Sequence[Path]) -> type[tqdm[Any]]:
    """Return the class of the bars for so many files."""
    return tqdm if len(files) > 1 else _BarOfOne


def _to_errors(message: str) -> None:
    tqdm.write(message, file=sys.stderr)


@dataclass
class Batch:
    """The reports of some parameter files; each is recorded as soon as it is done."""

    orders: RenderOptions
    limits: Limits
    jobs: int | None = None
    fail_fast: bool = False
    thai_names: bool = False
    total: int = 0
    made: int = 0
    failed: int = 0
    problems: int = 0
    losses: int = 0
    changed: bool = False
    failures: str = FAILURES
    stems: dict[Path, str] = field(default_factory=dict)
    templates: dict[Path, str] = field(default_factory=dict)
    copies: dict[Path, Path] = field(default_factory=dict)
    editions: dict[Path, str] = field(default_factory=dict)
    comparisons: dict[Path, tuple[ReportParameters, ReportRow | None]] = field(default_factory=dict)
    to_hand_out: list[Path] = field(default_factory=list)
    turns: Turns = field(default_factory=lambda: Turns([], _to_errors))
    on_done: Callable[[int, int], None] = lambda _done, _total: None
    """Called after each report with how many of all are done, whatever became of them."""

    def run(self, files: list[Path]) -> int:
        """Make the reports and return the exit status.

        Raises ``WriteFailed`` for the manifest, or the error of an unreachable cluster.
        """
        started = time.monotonic()
        self.total = len(files)
        self.handing_out = HandingOut(self.orders.workspace, self.orders.out)
        self.manifest = Manifest(self.orders.out, read_report)
        clear_abandoned(self.orders.out, files_of_ours)
        if self.manifest.was_rebuilt:
            self._tell("cli.render.rebuilt", file=self._shown(self.manifest.path))
        with closing(self.manifest):
            status = self._run(files)
        self._summarise(time.monotonic() - started)
        return status or (1 if self.failed else 0)

    def _run(self, files: list[Path]) -> int:
        status = 0
        try:
            self._make(list(self._open(files)))
            self._make([each for each in self.comparisons if not self._is_current(each)])
        except KeyboardInterrupt:
            status = INTERRUPTED
            clear_abandoned(self.orders.out, files_of_ours)
            self._tell("cli.render.interrupted")
        self._write_lists()
        return status

    def _write_lists(self) -> None:
        """Write copies, failures and index; one that cannot be written leaves the others."""
        self._hand_out()
        self._write_failures()
        if self.changed or not (self.orders.out / PAGE).exists():
            self._try(lambda: write_index(self.orders.out, self.manifest.rows()))

    def _write_failures(self) -> None:
        """Write the table of failures, under another name if the usual one is open elsewhere."""
        if self._try(self.manifest.write_failures):
            return
        self.failures = first_free(self.orders.out, f"{Path(FAILURES).stem}-{{}}.csv").name
        self._try(lambda: self.manifest.write_failures(self.failures))

    def _try(self, write: Callable[[], object]) -> bool:
        try:
            write()
        except Exception as error:
            self.failed += 1
            self._say(str(told(error, self.orders.workspace)))
            return False
        return True

    def _open(self, files: list[Path]) -> Iterator[Path]:
        """Yield the files whose reports are to be made; of the others, some have failed."""
        root = self.orders.workspace.root
        self.changed = self.manifest.forget_failures(lambda params: (root / params).exists())
        known = self.manifest.briefs([self._shown(each) for each in files])
        stems: dict[str, Path] = {}
        bar = _bar(files)
        with looking():
            for file in bar(files, desc=label("cli.render.looking"), disable=None, leave=False):
                try:
                    parameters = self._read(file, stems)
                except Exception as error:
                    self._fail("", file, error)
                    if self.fail_fast:
                        return
                    continue
                row = known.get(parameters.paper.as_posix())
                if parameters.kind.is_of_many:
                    self.comparisons[file] = parameters, row
                elif not self._stays(parameters, row):
                    yield file

    def _is_current(self, file: Path) -> bool:
        """Whether a comparison stays as it is, now that the reports it compares are made."""
        return self._stays(*self.comparisons[file])

    def _stays(self, parameters: ReportParameters, row: ReportRow | None) -> bool:
        """Whether a report is still current; it then counts as made."""
        current = self._current(parameters, row) if row else None
        if current:
            self._take(Made(current, is_fresh=False))
        return current is not None

    def _read(self, file: Path, stems: dict[str, Path]) -> ReportParameters:
        parameters = load_parameters(file, self.orders.workspace)
        parameters = parameters.of_edition(self.orders.edition)
        stem = parameters.paper.as_posix()
        first = stems.setdefault(stem, file)
        if first != file:
            raise RepeatedReport(file=self._shown(file), first=self._shown(first), stem=stem)
        self.stems[file], self.templates[file] = stem, parameters.template
        self.editions[file] = row_edition(parameters)
        self.copies[file] = self.orders.workspace.edited(parameters.stem)
        return parameters

    def _current(self, parameters: ReportParameters, row: ReportRow) -> ReportRow | None:
        """Return the row of a report that is still current, or nothing if it has to be made."""
        workspace, out = self.orders.workspace, self.orders.out
        if self.orders.force:
            return None
        try:
            digest = inputs_of_report(workspace, parameters, out)
        except Exception:
            return None
        if not row.is_made_of(digest, format_names(self.orders)):
            return None
        if not are_as_read(workspace, row.read) or not (touched := row.touched(out)):
            return None
        if touched is not row:
            self.manifest.write_times(touched)
        return touched

    def _make(self, files: list[Path]) -> None:
        if not files or (self.failed and self.fail_fast):
            return
        with (
            closing(Turns(files, _to_errors)) as self.turns,
            closing(self._results(files)) as results,
            _bar(files)(
                results,
                total=len(files),
                desc=label("cli.render.progress"),
                disable=None,
                leave=False,
            ) as progress,
        ):
            for done in progress:
                with self.turns.of(done.task):
                    if done.result is None:
                        error = done.error or WorkerDied(reason="")
                        self._fail(self.stems[done.task], done.task, error)
                    else:
                        self._write(done.result.row)
                        self._take(done.result)
                if done.result is None and self.fail_fast:
                    return

    def _results(self, files: list[Path]) -> Generator[Done[Path, Made]]:
        if len(files) == 1 and self._is_safe_here(files[0]):
            return _make_here(files[0], Maker(self.orders))
        workers = min(self.jobs or os.cpu_count() or 1, len(files))
        is_worth_it = len(files) >= MANY and self.orders.engine == "ita"
        rehearsed = self._typical(files) if is_worth_it else ""
        ahead = f"{WARM_UP} {self.orders.workspace.root}\n{rehearsed}"
        if self.orders.scheduler:
            where = self.orders.scheduler
            return run_on_cluster(files, Maker(self.orders), where, self.limits, ahead)
        if len(files) == 1 and self._has_no_own_code(files[0]):
            return self._forked_here(files, ahead)
        return run_all(files, Maker(self.orders), workers, self.limits, ahead)

    def _is_safe_here(self, file: Path) -> bool:
        """Whether a report can be made in this process: a comparison by the program's own code.

        Starting another costs more than such a report.
        """
        name, workspace = self.templates[file], self.orders.workspace
        is_ours = workspace.template(name) == workspace.program_template(name)
        return file in self.comparisons and is_ours and not self.orders.scheduler

    def _has_no_own_code(self, file: Path) -> bool:
        """Whether a report is made by the program's code alone, whatever it says."""
        workspace, name = self.orders.workspace, self.templates[file]
        sources = (workspace.template(name), self.copies[file])
        return self.orders.engine == "ita" and not has_own_code(workspace, name, sources)

    def _forked_here(self, files: list[Path], ahead: str) -> Generator[Done[Path, Made]]:
        with forking_here(ahead):
            yield from run_all(files, Maker(self.orders), 1, self.limits, ahead)

    def _typical(self, files: list[Path]) -> Path:
        """Return the first file whose report is made by the notebook that makes most of them."""
        (most,) = Counter(self.templates[file] for file in files).most_common(1)
        return next(file for file in files if self.templates[file] == most[0])

    def _take(self, made: Made) -> None:
        self.made += 1
        self.to_hand_out.append(Path(made.row.stem))
        if len(self.to_hand_out) == FEW:
            self._hand_out()
        self.on_done(self.made + self.failed, self.total)
        self.problems += made.row.problems
        self.losses += made.row.losses
        for message in made.messages:
            self._say(message)
        if not made.is_fresh and self.total <= FEW:
            tqdm.write(say("cli.render.current", name=made.row.stem))

    def _hand_out(self) -> None:
        """Make the copies with Thai names; existing ones always follow their reports."""
        stems, self.to_hand_out = self.to_hand_out, []
        if stems:
            self._try(lambda: self.handing_out.hand_out(stems, others=self.thai_names))

    def _fail(self, stem: str, file: Path, error: Exception) -> None:
        self.failed += 1
        self.on_done(self.made + self.failed, self.total)
        failure = told(error, self.orders.workspace)
        shown, reason = self._shown(file), str(failure)
        self._tell("cli.render.failed", name=stem or shown, reason=reason)
        cell = str(failure.facts.get("cell", ""))
        root = self.orders.workspace.root
        row = ReportRow(stem, shown, "failed", reason=without_places(reason, root), cell=cell)
        self._write(replace(row, edition=self.editions.get(file, "")))

    def _write(self, row: ReportRow) -> None:
        """Record a report; the index has no comparisons, but for those that failed."""
        self.manifest.write(row)
        before = {each.paper.as_posix(): known for each, known in self.comparisons.values()}
        known = before.get(row.stem)
        has_failed = "failed" in (row.status, known.status if known else "")
        self.changed = self.changed or row.stem not in before or has_failed

    def _summarise(self, seconds: float) -> None:
        table = self.orders.out / self.failures
        failures = self._shown(table) if self.failed and table.is_file() else ""
        click.echo(
            say(
                "cli.render.done",
                done=self.made,
                total=self.total,
                seconds=f"{seconds:.1f}",
                out=self._shown(self.orders.out),
                problems=self.problems,
                losses=self.losses,
                failures=failures,
            )
        )
        if self.thai_names and self.made and self.handing_out.folder.is_dir():
            shown = self._shown(self.handing_out.folder)
            click.echo(say("cli.render.handed_out", folder=shown))

    def _shown(self, path: Path) -> str:
        return writable(self.orders.workspace.shown(path))

    def _tell(self, key: str, **facts: object) -> None:
        self._say(say(key, **facts))

    def _say(self, message: str) -> None:
        self.turns.say(message)
