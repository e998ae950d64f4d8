"""Putting files in place so that none is lost: any that differs from what we wrote is kept.

New files wait, complete and on disk, in a folder of their own (``.making-…``) beside their places.
Each is then exchanged with the old one, which is moved away first and only then looked at, so that
nothing saved meanwhile is lost. What we wrote ourselves is removed; the rest is kept beside it, as
``<name>.edited-1.<ending>``. A folder left half-way is completed by the next program to come.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from ita_helpers.errors import write_error
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.lock import if_nobody_writes, one_writer
from ita_helpers.files.moving import remove, remove_folder, rename, sync, write
from ita_helpers.files.whole import sync_folder, write_whole
from ita_helpers.files.workspace import first_free
from ita_helpers.language.catalogue import say

log = logging.getLogger(__name__)

MAKING = ".making-"
LOCK = ".ita-lock"
WRITTEN = "written.json"
"""Where the digests of files without metadata are noted (index, lesson, failures)."""
_NEW, _PART, _WAS = "new", "new.part", "was"
_SHARED = "files"
_BLOCK = 64 * 1024
_TAIL = 512
IsOurs = Callable[[Path], bool]
"""Whether a file is as this program wrote it."""


def is_kept(name: str) -> bool:
    """Whether a file has the name of one that was kept because somebody had changed it."""
    return ".edited-" in name


def digest_of(path: Path) -> str:
    """Return the digest of a file's bytes; nothing where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def is_hollow(path: Path) -> bool:
    """Whether a file ends in zeros or is empty, as a power cut may leave it.

    No file that we write ends like this. Raises ``OSError``.
    """
    with path.open("rb", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return not file.read().strip(b"\0")


@contextmanager
def claimed(folder: Path, name: str) -> Iterator[None]:
    """Lock the files of one name in a folder; waits for another program making them, and says so.

    Raises what ``one_writer`` raises.
    """
    with one_writer(folder, f".{name}{LOCK}"):
        yield


@contextmanager
def making(folder: Path, name: str, is_ours: Callable[[Path], IsOurs]) -> Iterator[Path]:
    """Yield a folder to make the files of ``name`` in; the caller has claimed them.

    An earlier half-finished folder is completed first and passed to ``is_ours``. Raises
    ``OSError``.
    """
    for left in _left(folder, name):
        complete(left, is_ours(left))
    made = Path(tempfile.mkdtemp(prefix=f"{MAKING}{name}-", dir=folder))
    try:
        yield made
    finally:
        if not any(made.glob(f"{_WAS}/*")):
            remove_folder(made)


def make_ready(made: Path, contents: Mapping[str, bytes]) -> None:
    """Sync new files to disk, given by their paths in the folder. Raises ``OSError``."""
    for name, content in contents.items():
        new = made / _PART / name
        new.parent.mkdir(parents=True, exist_ok=True)
        write(new, content)
        sync(new)
    if contents:
        rename(made / _PART, made / _NEW)


def complete(made: Path, is_ours: IsOurs, gone: Iterable[str] = ()) -> set[str]:
    """Move the finished new files into place, and the old ones away.

    ``gone`` are files that have no successor. Says where something is kept, and returns what was
    removed; what is held just now stays in the folder for the next to come. Raises ``OSError`` for
    a file that cannot be moved; then nothing has changed.
    """
    _exchange_all(made, gone)
    found = sorted(made.glob(f"{_WAS}/*/**/*"), key=_vouches)
    asides = [each for each in found if not each.is_dir()]
    removed = {each.name for each in asides if not _settle(made, each, is_ours)}
    if not any(map(os.path.lexists, asides)):
        remove_folder(made)
    return removed


def clear_abandoned(out: Path, is_ours: Callable[[Path], IsOurs]) -> None:
    """Complete or remove the half-made files of ended programs; any that fail are left for later.

    A program on another machine has ended when its lock is silent.
    """
    folders = [out, *(each for each in out.glob("[0-9]*") if each.is_dir())]
    for folder in folders:
        made = {each.name.removeprefix(MAKING).rpartition("-")[0] for each in _left(folder)}
        locked = {file.name[1 : -len(LOCK)] for file in folder.glob(f".?*{LOCK}")}
        for name in sorted(made | locked):
            with suppress(OSError), if_nobody_writes(folder, f".{name}{LOCK}") as is_free:
                for left in _left(folder, name) if is_free else ():
                    complete(left, _noted(folder) if name == _SHARED else is_ours(left))


def replace_noted(folder: Path, contents: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
    """Replace files in a folder, each whole, and note their digests; keep what somebody changed.

    ``gone`` are files of ours that have no successor. Raises ``WriteFailed``; then nothing has
    changed.
    """
    try:
        with claimed(folder, _SHARED), making(folder, _SHARED, lambda _: _noted(folder)) as made:
            _replace_noted(made, contents, gone)
    except OSError as error:
        raise write_error(error, folder) from error


def noted(folder: Path) -> set[str]:
    """Return the names of the files of a folder whose digests are noted."""
    return set(_read_noted(folder))


def noted_digests(folder: Path) -> set[str]:
    """Return the digests noted for the files of a folder."""
    return {digest for digests in _read_noted(folder).values() for digest in digests}


def _replace_noted(made: Path, contents: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Note digests before writing, so that a file of ours is never taken for somebody's.

    Where only the last note fails, digests of former contents stay noted, which harms nothing.
    """
    folder, before = made.parent, _read_noted(made.parent)
    new = {name: [hashlib.sha256(content).hexdigest()] for name, content in contents.items()}
    _note(folder, {**before, **{name: [*before.get(name, ()), *new[name]] for name in new}})
    try:
        changed = {name for name, (digest,) in new.items() if digest_of(folder / name) != digest}
        make_ready(made, {name: content for name, content in contents.items() if name in changed})
        complete(made, _noted(folder), gone)
    except OSError:
        _note(folder, before)
        raise
    left = {name: digests for name, digests in before.items() if name not in set(gone)}
    with suppress(OSError):
        _note(folder, {**left, **new})


def _noted(folder: Path) -> IsOurs:
    """Recognise our own files by the digests noted in their folder."""
    known = noted_digests(folder)
    return lambda path: digest_of(path) in known


def _read_noted(folder: Path) -> dict[str, list[str]]:
    """Return the digests of each noted file; none if the note cannot be read."""
    try:
        found = read_json(folder / WRITTEN)
    except (OSError, ValueError):
        return {}
    listed = found.items() if isinstance(found, dict) else ()
    return {name: list(map(str, each)) for name, each in listed if isinstance(each, list)}


def _note(folder: Path, digests: Mapping[str, Collection[str]]) -> None:
    written = {name: sorted(set(each)) for name, each in sorted(digests.items())}
    if not written:
        remove(folder / WRITTEN)
    elif written != _read_noted(folder):
        write_whole(folder / WRITTEN, json.dumps(written, indent=1).encode("utf-8"))


def _left(folder: Path, name: str = "") -> list[Path]:
    """Return the folders that were made for a name, or for any."""
    try:
        with os.scandir(folder) as entries:
            found = [each.name for each in entries if each.name.startswith(MAKING)]
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
    return [folder / each for each in found if not name or each.rpartition("-")[0] == MAKING + name]


def _exchange_all(made: Path, gone: Iterable[str]) -> None:
    """Exchange all files. Raises ``OSError``."""
    new = [each.relative_to(made / _NEW) for each in (made / _NEW).rglob("*") if each.is_file()]
    places = sorted(new, key=_vouches)
    done: list[tuple[Path, Path | None]] = []
    try:
        for name in places:
            _exchange(made, name, done)
        for each in gone:
            if aside := _put_aside(made, Path(each)):
                done.append((Path(each), aside))
        for folder in {(made.parent / name).parent for name, _ in done}:
            sync_folder(folder)
    except OSError:
        _take_back(made, done)
        raise


def _vouches(path: Path) -> tuple[bool, Path]:
    """Order files so that the notebook, which identifies the others, comes last."""
    return path.suffix == ".ipynb", path


def _exchange(made: Path, name: Path, done: list[tuple[Path, Path | None]]) -> None:
    """Put a new file into its place once that is free."""
    (made.parent / name).parent.mkdir(parents=True, exist_ok=True)
    while True:
        if aside := _put_aside(made, name):
            done.append((name, aside))
        with suppress(FileExistsError):
            _move(made / _NEW / name, made.parent / name)
            done.append((name, None))
            return


def _put_aside(made: Path, name: Path) -> Path | None:
    """Move the file in a place away; nothing if there is none."""
    place = made.parent / name
    if not os.path.lexists(place):
        return None
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
    (made / _WAS).mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=made / _WAS)) / name
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        rename(place, aside)
    except OSError as error:
        remove_folder(_home(made, aside))
        if not isinstance(error, FileNotFoundError):
            raise
        return None
    return aside


def _home(made: Path, aside: Path) -> Path:
    """Return the folder that holds a file that was moved away, and nothing else."""
    return made / _WAS / aside.relative_to(made / _WAS).parts[0]


def _move(path: Path, place: Path) -> None:
    """Move a file to a place that must be free. Raises ``FileExistsError`` or ``OSError``."""
    if sys.platform != "win32":
        try:
            os.link(path, place, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            if os.path.lexists(place):
                raise FileExistsError(place) from None
        else:
            try:
                remove(path)
            except OSError:
                place.unlink()
                raise
            return
    rename(path, place)


def _take_back(made: Path, done: list[tuple[Path, Path | None]]) -> None:
    """Undo the moves; any that cannot be undone are left to the next run."""
    for name, aside in reversed(done):
        place = made.parent / name
        with suppress(OSError):
            if aside is None:
                _move(place, made / _NEW / name)
            else:
                _move(aside, place)
                remove_folder(_home(made, aside))


def _settle(made: Path, aside: Path, is_ours: IsOurs) -> bool:
    """Remove files of ours, blank ones and duplicates; keep the rest beside.

    Returns whether it is kept.
    """
    place = made.parent.joinpath(*aside.relative_to(made / _WAS).parts[1:])
    try:
        is_needed = not (_is_blank(aside) or is_ours(aside) or _is_there(aside, place))
    except OSError:
        is_needed = True
    with suppress(OSError):
        if is_needed:
            _keep_beside(aside, place)
        else:
            remove(aside)
    return is_needed


def _keep_beside(aside: Path, place: Path) -> None:
    """Move a file beside a place, and say so. Raises ``OSError``."""
    while True:
        kept = first_free(place.parent, f"{place.stem}.edited-{{}}{place.suffix}")
        with suppress(FileExistsError):
            _move(aside, kept)
            log.warning(say("messages.kept_edited", file=place, kept=kept))
            return


def _is_blank(path: Path) -> bool:
    """Whether a file is empty or zeros to its end."""
    with path.open("rb") as file:
        return not any(block.strip(b"\0") for block in iter(lambda: file.read(_BLOCK), b""))


def _is_there(path: Path, place: Path) -> bool:
    """Whether an identical file is in the place, or is kept beside it."""
    beside = place.parent.glob(f"{escape(place.stem)}.edited-*{place.suffix}")
    size = path.stat().st_size
    same = (each for each in (place, *beside) if each.is_file() and each.stat().st_size == size)
    digest = digest_of(path)
    return any(digest_of(each) == digest for each in same)
