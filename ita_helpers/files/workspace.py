"""Where files are: the office's workspace, and the program's rules and templates.

The same relative path ``<year>/<organisation>`` holds in every folder: find one, find all.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ita_helpers.errors import WorkspaceNotFound
from ita_helpers.files.presence import is_there, listed

MARK = Path("data/organisations.csv")
ROOT_VARIABLE = "ITA_ROOT"
RENDERED_VARIABLE = "ITA_RENDERED"
"""Set while reports are made: the folder they are made into, which a comparison reads."""
PROGRAM_VARIABLE = "ITA_PROGRAM"
"""Set by ``start.py``: its own folder, whose samples are nobody's workspace."""
USUAL_NAME = "ITA"
"""The workspace that a double click opens, among the person's documents."""
_SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
JOURNAL = ".ita-change"
"""What is being changed in a workspace; gone when the change is whole."""
BACKUPS = "backups"
"""The folder of earlier versions, beside the files."""
PLAN_ENDINGS = (".xlsx", ".ods", ".csv")
"""The files a plan may be, the usual one first."""
PACKAGE = Path(__file__).parent.parent
"""The folder of this package."""


@dataclass(frozen=True)
class Workspace:
    """A folder with ``params/ data/ notebooks/ rendered/ issued/``."""

    root: Path

    @property
    def params(self) -> Path:
        """The folder of the parameter files."""
        return self.root / "params"

    @property
    def rendered(self) -> Path:
        """The folder of the finished reports."""
        return self.root / "rendered"

    @property
    def issued(self) -> Path:
        """The folder of the issued versions, of which none is ever changed."""
        return self.root / "issued"

    @property
    def organisations(self) -> Path:
        """The list of organisations."""
        return self.root / MARK

    def yearly(self, table: str, fiscal_year: int) -> Path:
        """Return ``data/<table>/<year>.csv``."""
        return self.root / f"data/{table}/{fiscal_year}.csv"

    def edited(self, stem: Path) -> Path:
        """Return ``notebooks/edited/<year>/<organisation>.ipynb``, an office's own notebook."""
        return (self.root / "notebooks/edited" / stem).with_suffix(".ipynb")

    def office(self, organisation: str) -> Path:
        """Return ``data/offices/<organisation>.yml``."""
        return self.root / f"data/offices/{organisation}.yml"

    def plans(self, organisation: str, fiscal_year: int) -> list[Path]:
        """Return the plans there are: ``data/plans/<year>/<organisation>.xlsx`` (``.ods .csv``)."""
        folder = self.root / f"data/plans/{fiscal_year}"
        paths = [folder / f"{organisation}{ending}" for ending in PLAN_ENDINGS]
        there = listed(folder, lambda: [path for path in paths if path.exists()])
        return sorted(there, key=paths.index)

    def new_plan(self, organisation: str, fiscal_year: int) -> Path:
        """Return where a new plan goes."""
        return self.root / "data/plans" / str(fiscal_year) / f"{organisation}{PLAN_ENDINGS[0]}"

    def framework(self, fiscal_year: int) -> Path:
        """Return the rules of a year: the workspace's own, else the program's."""
        return self._own_or_program(Path("data/frameworks") / f"{fiscal_year}.yml")

    def own_framework(self, fiscal_year: int) -> Path:
        """Return where the workspace's own rules of a year are, or would be."""
        return self.root / "data/frameworks" / f"{fiscal_year}.yml"

    def framework_years(self) -> list[int]:
        """Return the fiscal years (B.E.) that have rules."""
        folders = {root / "data/frameworks" for root in (self.root, program_root())}
        return sorted({year for folder in folders for year in years_in(folder, "*.yml")})

    @property
    def regulations(self) -> Path:
        """Return the laws a memo may name: the workspace's own, else the program's."""
        return self._own_or_program(Path("data/regulations.yml"))

    def advice(self, fiscal_year: int) -> Path:
        """Return the general advice of a year: the workspace's own, else the program's."""
        return self._own_or_program(Path("data/advice") / f"{fiscal_year}.yml")

    def template(self, name: str) -> Path:
        """Return a template notebook: the workspace's own, else the program's."""
        return self._own_or_program(Path("notebooks") / name)

    def program_template(self, name: str) -> Path:
        """Return a template notebook of the program, whatever the workspace has."""
        return program_root() / "notebooks" / name

    def overrides_framework(self, fiscal_year: int) -> bool:
        """Whether the workspace replaces the program's rules of a year by its own."""
        file = Path("data/frameworks") / f"{fiscal_year}.yml"
        own = self.root / file
        return is_there(own) and own.resolve() != (program_root() / file).resolve()

    def shown(self, path: Path) -> str:
        """Return a path as people should read it: from the workspace's root where inside."""
        path = path.absolute()
        if ".." not in path.parts:
            with suppress(ValueError):
                return path.relative_to(self.root).as_posix()
        real, root = (Path(os.path.realpath(each)) for each in (path, self.root))
        if real.is_relative_to(root):
            return real.relative_to(root).as_posix()
        return str(real if ".." in path.parts else path)

    def _own_or_program(self, relative: Path) -> Path:
        own = self.root / relative
        return own if is_there(own) else program_root() / relative


def year_in(name: str) -> int:
    """Return the fiscal year (B.E.) a file or folder is named after, else 0.

    Names are written in Arabic digits, so that there is one name for each year.
    """
    return int(name) if name.isascii() and name.isdigit() else 0


def years_in(folder: Path, pattern: str) -> list[int]:
    """Return the fiscal years (B.E.) that files of a folder are named after."""
    files = listed(folder, lambda: folder.glob(pattern))
    return sorted({year_in(file.stem) for file in files} - {0})


def first_free(folder: Path, pattern: str) -> Path:
    """Return the first path of a folder that does not exist; ``{}`` in the name is 1, 2, ..."""
    return next(path for n in count(1) if not (path := folder / pattern.format(n)).exists())


def free_backup(path: Path) -> Path:
    """Return where the replaced version of a file is kept: in ``backups/`` beside it."""
    return first_free(path.parent / BACKUPS, f"{path.stem}-{{}}{path.suffix}")


def program_root() -> Path:
    """Return the folder that holds the program's own ``data/`` and ``notebooks/``."""
    installed = PACKAGE / "program"
    return installed if installed.exists() else PACKAGE.parent


def usual_workspace() -> Workspace:
    """Return the workspace that a double click opens, whether or not it exists."""
    usual = Workspace(Path.home() / "Documents" / USUAL_NAME)
    return usual if usual.organisations.is_file() else Workspace(_documents() / USUAL_NAME)


def _documents() -> Path:
    """Return the folder of the person's documents; Windows knows where OneDrive has moved it."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _SHELL_FOLDERS) as key:
            named, _ = winreg.QueryValueEx(key, "Personal")
            return Path(winreg.ExpandEnvironmentStrings(named))
    return Path.home() / "Documents"


def seen_from(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, with slashes; the whole one on another drive."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.absolute().as_posix()


def find_workspace(root: Path | str | None = None) -> Workspace:
    """Return the workspace: ``root``, else ``ITA_ROOT``, else the nearest folder upwards.

    Where ``start.py`` was called in its own folder, or in none of a workspace, it is the one that
    a double click opens, if that is there. Raises ``WorkspaceNotFound`` where
    ``data/organisations.csv`` is missing.
    """
    named = root or os.environ.get(ROOT_VARIABLE)
    start = Path(named or Path.cwd()).absolute()
    start = start.resolve() if ".." in start.parts else start
    folders = [start] if named else [start, *start.parents]
    found = next((Workspace(each) for each in folders if is_there(each / MARK)), None)
    program = "" if named else os.environ.get(PROGRAM_VARIABLE, "")
    if program and (found is None or found.root == Path(program)):
        usual = usual_workspace()
        found = usual if usual.organisations.is_file() else found
    if found is None:
        raise WorkspaceNotFound(start=str(start), mark=MARK.as_posix())
    return found
