"""The one place where any exception becomes a failure that can be reported to users.

It surrounds every command and every report, in whatever process: people who make reports should
never see a traceback. It goes to a log file for those who maintain the program.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ita_helpers.errors import (
    FULL,
    LONGEST_PATH,
    DiskFull,
    ItaError,
    Unforeseen,
    UnreadableFile,
    write_error,
)
from ita_helpers.files.workspace import Workspace

LOG = "ita-errors.log"
"""The file of tracebacks, in the workspace or, without one, in the folder of temporary files."""
MOST_LOG = 1_000_000
"""Bytes: a larger log is started afresh."""
MOST_FRAMES = 40


def as_failure(error: BaseException, workspace: Workspace | None = None) -> ItaError:
    """Return any exception as an ``ItaError``; one that already is stays as it is."""
    if isinstance(error, ItaError):
        return error
    if isinstance(error, OSError) and isinstance(error.filename, str):
        path = Path(error.filename)
        return _of_file(error, workspace.shown(path) if workspace else str(path))
    return Unforeseen(kind=type(error).__name__, place=_place(error), trace=_trace(error), log="")


def _of_file(error: OSError, file: str) -> ItaError:
    if error.errno in FULL:
        return DiskFull(file=file)
    if error.filename2:
        return write_error(error, file)
    if isinstance(error, NotADirectoryError | FileExistsError):
        return UnreadableFile(file=file, problem="no_folder", line="")
    if len(str(error.filename)) > LONGEST_PATH:
        return UnreadableFile(file=file, problem="too_long", line="")
    problem = "folder" if isinstance(error, IsADirectoryError) else "denied"
    return UnreadableFile(file=file, problem=problem, line="")


def _place(error: BaseException) -> str:
    """Return module and line where it happened."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "–"


def _trace(error: BaseException) -> str:
    import traceback

    text = "".join(traceback.format_exception(error, limit=-MOST_FRAMES))
    return text.replace(str(Path.home()), "~")


def told(error: BaseException, workspace: Workspace | None = None) -> ItaError:
    """Return any exception as ``as_failure`` does, and log its traceback if it has one.

    If the log cannot be written, the message names none.
    """
    failure = as_failure(error, workspace)
    if not isinstance(failure, Unforeseen) or failure.facts["log"]:
        return failure
    import tempfile

    for folder in (workspace and workspace.root, Path(tempfile.gettempdir())):
        if folder and (log := _append(folder / LOG, failure.facts["trace"])):
            shown = workspace.shown(log) if workspace else str(log)
            return Unforeseen(**{**failure.facts, "log": shown})
    return failure


def _append(log: Path, trace: str) -> Path | None:
    try:
        mode = "w" if log.exists() and log.stat().st_size > MOST_LOG else "a"
        with log.open(mode, encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now().isoformat(' ', 'seconds')}\n{trace}\n")
    except OSError:
        return None
    return log
