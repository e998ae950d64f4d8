"""Writing several files as one change: either all of them are new, or all are as they were.

New contents and copies of the old ones are written beside their places, then a journal that says
what goes where; then everything is moved and the journal is removed. Any program that finds a
journal, on any machine, completes the change before it reads or writes anything, or rolls it back
where it cannot be completed.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeVar

from ita_helpers.errors import ChangedMeanwhile, ItaError, WriteFailed, write_error
from ita_helpers.files.lock import one_writer
from ita_helpers.files.moving import remove, replace, sync, write
from ita_helpers.files.whole import make_like, name_beside, put_in_place, sync_folder
from ita_helpers.files.workspace import JOURNAL, first_free
from ita_helpers.language.catalogue import say

log = logging.getLogger(__name__)
T = TypeVar("T")

NEXT, LAST = ".next", ".last"
"""The endings of files waiting to be moved, and of copies of what they replace."""
_OURS = re.compile(r"\.[0-9a-f]{16}\.(next|last)")
MANY = 50
"""From this many files on the whole disk is synced once, which is cheaper."""
LOOKS = 5
"""How often to read again what changed while it was read, before making writers wait."""
SHOWN = 5
"""At most this many files are named in a message."""


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Lock a workspace against other writers; a half-made change is finished first.

    What is read inside stays true until it is written. Raises what ``one_writer`` and ``finish``
    raise.
    """
    with one_writer(root):
        _finish(root)
        yield


def finish(root: Path) -> None:
    """Complete a half-made change, or roll it back; wait for one that is under way.

    Raises ``WriteFailed`` for a file that cannot be moved, or ``WorkspaceBusy``.
    """
    if (root / JOURNAL).exists():
        with one_writer(root):
            _finish(root)


def undisturbed(root: Path, read: Callable[[], T]) -> T:
    """Return what ``read`` returns when nobody writes meanwhile. Raises what ``finish`` raises."""
    for _ in range(LOOKS):
        finish(root)
        before = _stamp(root)
        try:
            found = read()
        except ItaError:
            if before and before == _stamp(root):
                raise
            continue
        if before and before == _stamp(root):
            return found
    with writing(root):
        return read()


def _stamp(root: Path) -> int:
    """Return a stamp that changes when a change begins or ends (the journal comes or goes)."""
    return 0 if (root / JOURNAL).exists() else root.stat().st_mtime_ns


def write_all(root: Path, contents: Mapping[Path, bytes]) -> None:
    """Write files below ``root`` as one change.

    Permissions stay as they were. Raises ``WriteFailed`` with the file, or ``ChangedMeanwhile``;
    then nothing has changed.
    """
    with writing(root):
        moves = _prepare(root, contents)
        path = root / JOURNAL
        try:
            for move in moves:
                path = move.target(root)
                move.make(root)
            _sync_folders(root, moves)
        except (OSError, ChangedMeanwhile) as error:
            _turn_back(root, moves)
            if isinstance(error, OSError):
                raise _failed(error, root, path) from error
            raise
        _conclude(root, moves)


def _prepare(root: Path, contents: Mapping[Path, bytes]) -> list[_Move]:
    """Write what is to be moved, and the journal of several moves. Raises ``WriteFailed``."""
    path, moves = root, list[_Move]()
    try:
        _sweep({root, *(path.parent for path in contents)})
        new = {path: content for path, content in contents.items() if _read(path) != content}
        for path, content in new.items():
            moves.append(_Move.of(root, path, content, keep=len(new) > 1))
            moves[-1].stage(root, content)
        _sync([each for move in moves for each in move.waiting(root)])
        path = root / JOURNAL
        if len(moves) > 1:
            _write_journal(root, moves)
    except OSError as error:
        _clear(root, moves)
        named = Path(error.filename or root) if path == root else path
        raise _failed(error, root, named) from error
    return moves


def _turn_back(root: Path, moves: list[_Move]) -> None:
    """Roll back the moves; what cannot be undone now is left to the next to find the journal.

    The waiting files go first: without them nobody can complete the change.
    """
    try:
        for move in moves:
            remove(move.target(root).with_name(move.next))
        if len(moves) > 1:
            _take_back(root, moves)
    except OSError:
        log.warning(say("messages.change_left", **_facts(moves)))


def _conclude(root: Path, moves: list[_Move]) -> None:
    """Remove what a change needed; if the journal cannot be removed, the next program does it."""
    _clear(root, moves)
    with suppress(OSError):
        _remove_journal(root)


def _take_back(root: Path, moves: list[_Move]) -> list[_Move]:
    """Take all moves back, and return those whose old content is lost. Raises ``OSError``."""
    lost = [move for move in reversed(moves) if not move.undo(root)]
    _sync_folders(root, moves)
    _clear(root, moves)
    _remove_journal(root)
    return lost


@dataclass(frozen=True)
class _Move:
    """One file of a change: its place below the root, the names beside it, and the digests.

    ``last`` and ``was`` are empty for a file that is not there yet; one alone needs no ``last``.
    """

    place: str
    next: str
    last: str
    becomes: str
    was: str

    @classmethod
    def of(cls, root: Path, path: Path, content: bytes, *, keep: bool) -> _Move:
        last = name_beside(path, LAST).name if keep and path.exists() else ""
        place = path.absolute().relative_to(root.absolute()).as_posix()
        return cls(place, name_beside(path, NEXT).name, last, _digest(content), _digest_of(path))

    def target(self, root: Path) -> Path:
        return root / self.place

    def waiting(self, root: Path) -> list[Path]:
        """Return the temporary files beside the place while the change is under way."""
        return [self.target(root).with_name(name) for name in (self.next, self.last) if name]

    def stage(self, root: Path, content: bytes) -> None:
        """Write the new content beside its place, and a copy of the old one."""
        path = self.target(root)
        for file in self.waiting(root):
            make_like(path, file)
            write(file, content if file.name == self.next else path.read_bytes())

    def make(self, root: Path) -> None:
        """Move the new content to its place. Raises ``OSError`` or ``ChangedMeanwhile``."""
        path = self.target(root)
        if _digest_of(path) != self.was:
            raise ChangedMeanwhile(file=self.place)
        replace(path.with_name(self.next), path)

    def is_made(self, root: Path) -> bool:
        """Whether it was moved, whatever became of it since."""
        now = _digest_of(self.target(root))
        is_gone = not self.target(root).with_name(self.next).exists()
        return now == self.becomes or (is_gone and now not in ("", self.was))

    def is_ready(self, root: Path) -> bool:
        """Whether it can be moved: the new content is whole, and the old one still the old one."""
        path = self.target(root)
        return (
            _digest_of(path.with_name(self.next)) == self.becomes and _digest_of(path) == self.was
        )

    def undo(self, root: Path) -> bool:
        """Put the old content back, unless somebody has written another; whether it was there."""
        path = self.target(root)
        if _digest_of(path) != self.becomes:
            return True
        if not self.last:
            remove(path)
            return True
        copy = path.with_name(self.last)
        if _digest_of(copy) != self.was:
            return False
        replace(copy, path)
        return True


def _finish(root: Path) -> None:
    """Finish the change of a journal, where there is one; the caller holds the lock."""
    journal = root / JOURNAL
    if not journal.exists():
        return
    try:
        moves = _read_journal(journal)
        if moves is None:
            kept = first_free(root, f"{JOURNAL}.unreadable-{{}}")
            replace(journal, kept)
            log.warning(say("messages.change_unreadable", file=kept.name))
        elif _go_on(root, moves):
            log.warning(say("messages.change_completed", **_facts(moves)))
        else:
            lost = _take_back(root, moves)
            key = "lost" if lost else "taken_back"
            log.warning(say(f"messages.change_{key}", **_facts(lost or moves)))
    except OSError as error:
        raise _failed(error, root, Path(error.filename2 or error.filename or journal)) from error


def _go_on(root: Path, moves: list[_Move]) -> bool:
    """Move what was not moved yet; whether everything could be."""
    rest = [each for each in moves if not each.is_made(root)]
    if not all(each.is_ready(root) for each in rest):
        return False
    try:
        for move in rest:
            move.make(root)
        _sync_folders(root, moves)
    except (OSError, ChangedMeanwhile):
        return False
    _clear(root, moves)
    _remove_journal(root)
    return True


def _read_journal(journal: Path) -> list[_Move] | None:
    """Return the moves; nothing for a file that is not a journal."""
    try:
        moves = [_Move(**each) for each in json.loads(journal.read_bytes())]
    except (ValueError, TypeError, RecursionError):
        return None
    return moves if all(map(_is_ours, moves)) else None


def _is_ours(move: _Move) -> bool:
    """Whether a move could have been written here: inside the workspace, with names of ours."""
    if not all(isinstance(each, str) for each in asdict(move).values()):
        return False
    place = PurePosixPath(move.place)
    is_inside = not place.is_absolute() and ".." not in place.parts and "\\" not in move.place
    names = (move.next, move.last) if move.last else (move.next,)
    return is_inside and ":" not in move.place and all(map(_OURS.fullmatch, names))


def _write_journal(root: Path, moves: Iterable[_Move]) -> None:
    journal = root / JOURNAL
    new = name_beside(journal, NEXT)
    try:
        make_like(journal, new)
        new.write_text(json.dumps([asdict(move) for move in moves]), encoding="ascii")
        put_in_place(new, journal)
    except OSError:
        remove(new)
        raise


def _remove_journal(root: Path) -> None:
    remove(root / JOURNAL)
    sync_folder(root)


def _sweep(folders: Iterable[Path]) -> None:
    """Remove what a program left behind that ended before it wrote a journal."""
    for folder in folders:
        for file in folder.iterdir() if folder.is_dir() else ():
            if _OURS.fullmatch(file.name):
                remove(file)


def _clear(root: Path, moves: Iterable[_Move]) -> None:
    """Remove the temporary files; any that cannot be removed are swept later."""
    for file in (each for move in moves for each in move.waiting(root)):
        try:
            remove(file)
        except OSError:
            continue


def _sync(files: list[Path]) -> None:
    """Wait until the disk has files."""
    if len(files) >= MANY and sys.platform == "linux":
        os.sync()
        return
    for file in files:
        sync(file)


def _sync_folders(root: Path, moves: Iterable[_Move]) -> None:
    for folder in {move.target(root).parent for move in moves}:
        sync_folder(folder)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _digest_of(path: Path) -> str:
    """Return the digest of a file, empty where there is none."""
    return _digest(path.read_bytes()) if path.is_file() else ""


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _failed(error: OSError, root: Path, path: Path) -> WriteFailed:
    """Return the error, naming the file itself and not the temporary one beside it."""
    path = path.absolute()
    is_inside = path.is_relative_to(root.absolute())
    shown = path.relative_to(root.absolute()).as_posix() if is_inside else str(path)
    return write_error(type(error)(error.errno, error.strerror), shown)


def _facts(moves: list[_Move]) -> dict[str, object]:
    files = [move.place for move in moves]
    return {"files": files[:SHOWN], "more": max(0, len(files) - SHOWN)}
