"""Recording which files a notebook's cells read: they are inputs of its report like the data.

Python reports every file it opens (through an audit hook), whichever library asks for it; checks
whether a file of the workspace exists go through ``os.stat`` and the like, which are wrapped. Files
opened outside Python, by other programs, over the network or by libraries with their own readers,
are not seen: then it is unknown what a report depends on, and it is made again each time.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterable
from functools import wraps
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from ita_helpers.run.keeping import digest_of

UNSEEN = frozenset(
    "subprocess.Popen os.system os.posix_spawn os.exec os.fork os.forkpty os.startfile"
    " socket.connect socket.getaddrinfo sqlite3.connect ctypes.dlopen".split()
)
"""Actions by which a cell may read files unseen."""
FOLDERS = frozenset(("os.listdir", "os.scandir"))
LISTS = FOLDERS | {"glob.glob"}
"""Which files there are is an input too, and is not digested."""
SEEN = frozenset("numpy pandas matplotlib PIL lxml kiwisolver contourpy pyarrow dateutil".split())
"""Libraries with compiled parts that open files by Python, or are looked at more closely."""
PLAIN = SEEN - {"lxml", "pyarrow"} | {"IPython", "ita_helpers", "yaml"}
"""Libraries with compiled parts that own code may call, and all they open is seen."""
READERS = tuple(
    f"pyarrow.{each}" for each in ("csv", "dataset", "feather", "json", "orc", "parquet")
)
KNOWS_MORE = ("ita_helpers", "Report(")
"""Text in code that may ask this program for another office's data."""
ASKS = "ita.asks"
"""The event that code asks for a file without opening it."""
ASKING = {
    os: ("stat", "lstat", "access"),
    os.path: ("exists", "lexists", "isfile", "isdir") if sys.platform == "win32" else (),
}
"""The functions code asks with; the second group only on Windows, where they bypass the first."""
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr")


class _Watch:
    """What has been read since it was set up: digests by path, taken before the file was opened."""

    def __init__(self, root: Path, code: Iterable[str]) -> None:
        self._root = root.resolve()
        self._roots = (self._root, root.absolute())
        self._code = list(code)
        self._aside = [Path(each).resolve() for each in _places_of_programs()]
        self._written: set[str] = set()
        self._others = threading.enumerate()
        self._imported: set[str] = set()
        self._wanted: dict[str, Path] = {}
        self._busy = threading.local()
        self.read: dict[str, str] = {}
        self.knows_all = True

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        """Record what Python is about to do."""
        if getattr(self._busy, "now", False) or event not in _EVENTS:
            return
        self._busy.now = True
        try:
            if not self._is_by_a_cell():
                return
            if event == "open":
                self._note(*given)
            elif event == ASKS:
                self._note_question(given[0])
            elif event == "import":
                self._imported.add(str(given[0]))
                if self._is_asked_for_by_own_code():
                    self._wanted[str(given[0])] = Path.cwd()
            elif event in FOLDERS and not os.path.exists(given[0] or "."):  # noqa: PTH110
                self._note_question(given[0])
            elif event in UNSEEN or (not _is_import() and self._is_own(given[0] or ".")):
                self.knows_all = False
        except (OSError, ValueError, TypeError):
            self.knows_all = False
        finally:
            self._busy.now = False

    def _is_by_a_cell(self) -> bool:
        """Whether a cell asks, or a thread started meanwhile, and not this program."""
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
        file = _with_links(_source(os.fsdecode(path)))
        name = self._name_of(file)
        if name in self.read or name in self._written:
            return
        if set(mode or "") & set("wx") or flags & (os.O_TRUNC | os.O_EXCL):
            self._written.add(name)
        elif not file.exists() or file.is_file():
            self.read[name] = digest_of(file)

    def _name_of(self, file: Path) -> str:
        return (
            file.relative_to(self._root) if file.is_relative_to(self._root) else file
        ).as_posix()

    def _note_question(self, path: Any) -> None:
        """Record a file of the workspace that is asked about, mostly whether it exists."""
        if isinstance(path, int):
            return
        file = _with_links(os.fsdecode(path))
        if any(file.is_relative_to(each) for each in self._roots) and not file.is_dir():
            self._note(file, None, 0)

    def _is_asked_for_by_own_code(self) -> bool:
        """Whether it is own code that imports, and not a library in its stead."""
        frame: Any = sys._getframe(2)
        while frame and re.match(_IMPORTING, str(frame.f_globals.get("__name__"))):
            frame = frame.f_back
        place = _with_links(frame.f_code.co_filename) if frame else self._aside[0]
        return not any(place.is_relative_to(each) for each in self._aside)

    def note_missing_modules(self) -> None:
        """Record the modules that own code looked for and that do not exist."""
        for name, folder in self._wanted.items():
            if name not in sys.modules:
                self._note(folder.joinpath(*name.split(".")).with_suffix(".py"), None, 0)

    def _is_own(self, path: Any) -> bool:
        """Whether a path belongs neither to the system nor to installed programs."""
        place = Path(os.path.realpath(_source(os.fsdecode(path))))
        if any(place.is_relative_to(each) for each in self._aside):
            return False
        hidden = place.is_relative_to(Path.home()) and ".cache" in place.parts
        return place.is_relative_to(self._root) or not (hidden or place.is_relative_to(_TEMPORARY))

    def has_foreign_readers(self) -> bool:
        """Whether cells loaded or name a library that may open files by itself."""
        loaded = {name for name in self._imported if name in sys.modules}
        compiled = {name for name in loaded if _is_compiled(sys.modules[name])}
        foreign = {name.partition(".")[0] for name in compiled} - SEEN
        is_loaded = bool(foreign - sys.stdlib_module_names or loaded.intersection(READERS))
        return is_loaded or not self._named().isdisjoint(_that_open_by_themselves())

    def _named(self) -> set[str]:
        """Return the words of own code: that of cells, and of modules they have read."""
        modules = [self._root / each for each in self.read if each.endswith(".py")]
        texts = (each.read_text("utf-8", "replace") for each in modules if each.is_file())
        return {word for text in (*self._code, *texts) for word in _WORD.findall(text)}


_TEMPORARY = Path(tempfile.gettempdir()).resolve()
_IMPORTING = re.compile(rf"importlib\b|{re.escape(__name__)}$")
_WORD = re.compile(r"\w+")
_EVENTS = UNSEEN | LISTS | {"open", "import", ASKS}
_watching: list[_Watch] = []
_hooked: list[bool] = []


def watch_reading(
    root: Path, own_code: Iterable[str], engine: str
) -> Callable[[], dict[str, str] | None]:
    """Watch what own code reads from now on; the returned function gives the result afterwards.

    The result has digests by path, relative to ``root`` if inside, or is ``None`` if not all is
    known. Nothing is watched if there is no own code. Only one notebook is watched at a time.
    """
    code = list(own_code)
    _watching.clear()
    if not code:
        return dict
    if engine != "ita" or any(word in each for each in code for word in KNOWS_MORE):
        return lambda: None
    watch = _Watch(root, code)
    _watching.append(watch)
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hear)
        _hear_questions()

    def tell() -> dict[str, str] | None:
        _watching.clear()
        watch.note_missing_modules()
        return watch.read if watch.knows_all and not watch.has_foreign_readers() else None

    return tell


def _hear(event: str, given: tuple[Any, ...]) -> None:
    for watch in _watching:
        watch.hear(event, given)


def _hear_questions() -> None:
    """Make the functions that ask about files report it too: Python has no event for them."""
    for module, names in ASKING.items():
        for name in names:
            setattr(module, name, _telling(getattr(module, name)))


def _telling(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def tell(path: Any, *given: Any, **options: Any) -> Any:
        _hear(ASKS, (path,))
        return ask(path, *given, **options)

    for known in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if ask in known:
            known.add(tell)
    return tell


def _is_import() -> bool:
    """Whether it is Python's own search for a module."""
    return str(sys._getframe(3).f_globals.get("__name__")).endswith("_external")


def _with_links(path: str) -> Path:
    """Return a file's path as named, without resolving links, which may change."""
    return Path(os.path.abspath(path))  # noqa: PTH100


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


def _that_open_by_themselves() -> set[str]:
    """Return the loaded libraries with compiled parts that may open files."""
    compiled = {
        name.partition(".")[0]
        for name, module in list(sys.modules.items())
        if _is_compiled(module) or vars(module).get("ctypes") is sys.modules.get("ctypes", 0)
    }
    return compiled - PLAIN - sys.stdlib_module_names


def _is_compiled(module: Any) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and file.endswith(tuple(EXTENSION_SUFFIXES))
