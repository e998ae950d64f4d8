"""Which files the cells of a notebook read: they are inputs of its report like the data.

Python tells of every file it opens (an audit hook), whatever library asks for it. What is opened
past Python, by other programs, over the network or by libraries with readers of their own, is not
seen: then it is not known what a report depends on, and it is made anew each time.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterable
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from ita_helpers.run.keeping import digest_of

UNSEEN = frozenset(
    "subprocess.Popen os.system os.posix_spawn os.exec os.fork os.forkpty os.startfile"
    " socket.connect socket.getaddrinfo sqlite3.connect".split()
)
"""What a cell does to read what is not seen here."""
LISTS = frozenset(("os.listdir", "os.scandir", "glob.glob"))
"""Which files there are is an input too, and is not digested."""
SEEN = frozenset("numpy pandas matplotlib PIL lxml kiwisolver contourpy pyarrow dateutil".split())
"""Libraries with compiled parts that open files by Python, or are looked at more closely."""
READERS = tuple(
    f"pyarrow.{each}" for each in ("csv", "dataset", "feather", "json", "orc", "parquet")
)
KNOWS_MORE = ("ita_helpers", "Report(")
"""What stands in code that may ask this program for another office's data."""
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr")


class _Watch:
    """What has been read since it was set up: digests by path, taken before the file was opened."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._aside = [Path(each).resolve() for each in _places_of_programs()]
        self._written: set[str] = set()
        self._others = threading.enumerate()
        self._imported: set[str] = set()
        self._busy = threading.local()
        self.read: dict[str, str] = {}
        self.knows_all = True

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        """Take note of what Python is about to do."""
        if getattr(self._busy, "now", False) or event not in _EVENTS:
            return
        self._busy.now = True
        try:
            if not self._is_by_a_cell():
                return
            if event == "open":
                self._note(*given)
            elif event == "import":
                self._imported.add(str(given[0]))
            elif event in UNSEEN or (not _is_import() and self._is_own(given[0] or ".")):
                self.knows_all = False
        except (OSError, ValueError, TypeError):
            self.knows_all = False
        finally:
            self._busy.now = False

    def _is_by_a_cell(self) -> bool:
        """Whether a cell asks, or a thread that was started meanwhile, and not this program."""
        frame = sys._getframe(2)
        while frame:
            name = frame.f_globals.get("__name__", "")
            if name == "__main__" and "ipykernel" in frame.f_code.co_filename:
                return True
            if name.startswith("ita_helpers.") and name != __name__:
                return False
            if frame.f_back is None:
                break
            frame = frame.f_back
        return threading.current_thread() not in self._others

    def _note(self, path: Any, mode: str | None, flags: int) -> None:
        if isinstance(path, int) or not self._is_own(path):
            return
        file = Path(os.path.realpath(_source(os.fsdecode(path))))
        name = file.relative_to(self._root) if file.is_relative_to(self._root) else file
        if name.as_posix() in self.read or name.as_posix() in self._written:
            return
        if set(mode or "") & set("wx") or flags & (os.O_TRUNC | os.O_EXCL):
            self._written.add(name.as_posix())
        elif not file.exists() or file.is_file():
            self.read[name.as_posix()] = digest_of(file)

    def _is_own(self, path: Any) -> bool:
        """Whether a path is none of the system's or of installed programs."""
        place = Path(os.path.realpath(_source(os.fsdecode(path))))
        if any(place.is_relative_to(each) for each in self._aside):
            return False
        hidden = place.is_relative_to(Path.home()) and ".cache" in place.parts
        return place.is_relative_to(self._root) or not (hidden or place.is_relative_to(_TEMPORARY))

    def has_foreign_readers(self) -> bool:
        """Whether cells loaded a library that may open files by itself."""
        loaded = {name for name in self._imported if name in sys.modules}
        compiled = {name for name in loaded if _is_compiled(sys.modules[name])}
        foreign = {name.partition(".")[0] for name in compiled} - SEEN
        return bool(foreign - sys.stdlib_module_names or loaded.intersection(READERS))


_TEMPORARY = Path(tempfile.gettempdir()).resolve()
_EVENTS = UNSEEN | LISTS | {"open", "import"}
_watching: list[_Watch] = []
_hooked: list[bool] = []


def watch_reading(
    root: Path, own_code: Iterable[str], engine: str
) -> Callable[[], dict[str, str] | None]:
    """Watch what own code reads from now on in this process; the answer tells, when it has run.

    It gives digests by path, seen from ``root`` where inside, or nothing where not all is known.
    Nothing is watched where there is no own code. Only one notebook is watched at a time.
    """
    code = list(own_code)
    _watching.clear()
    if not code:
        return dict
    if engine != "ita" or any(word in each for each in code for word in KNOWS_MORE):
        return lambda: None
    watch = _Watch(root)
    _watching.append(watch)
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hear)

    def tell() -> dict[str, str] | None:
        _watching.clear()
        return watch.read if watch.knows_all and not watch.has_foreign_readers() else None

    return tell


def _hear(event: str, given: tuple[Any, ...]) -> None:
    for watch in _watching:
        watch.hear(event, given)


def _is_import() -> bool:
    """Whether it is Python's own search for a module."""
    return str(sys._getframe(3).f_globals.get("__name__")).endswith("_external")


def _source(path: str) -> str:
    """Return the module's own file for a compiled one."""
    if path.endswith(".pyc"):
        try:
            return source_from_cache(path)
        except ValueError:
            return path
    return path


def _places_of_programs() -> set[str]:
    paths = sysconfig.get_paths()
    program = str(Path(__file__).parent.parent)
    installed = (each for each in sys.path if "site-packages" in each)
    return {sys.prefix, sys.base_prefix, program, *_SYSTEM, *paths.values(), *installed}


def _is_compiled(module: Any) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and file.endswith(tuple(EXTENSION_SUFFIXES))
