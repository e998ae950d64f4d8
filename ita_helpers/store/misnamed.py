"""Finding files of a workspace that nothing reads because of how their names are spelt.

Windows takes 2568.CSV for 2568.csv, and people write years in Thai digits. Every other module
ignores such files, and they would be missed silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ita_helpers.files.workspace import PLAN_ENDINGS, Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.organisation import SLUG

_YEAR, _CODE = "[0-9]{4}", SLUG.pattern
_PLANS = "|".join(map(re.escape, PLAN_ENDINGS))
_READ = re.compile(
    rf"data/[a-z]+/{_YEAR}\.(csv|yml)|data/offices/{_CODE}\.yml"
    rf"|data/plans/{_YEAR}/{_CODE}({_PLANS})|notebooks/edited/{_YEAR}/{_CODE}\.ipynb"
)
_FOLDERS = ("data/*/*", "data/plans/*/*", "notebooks/edited/*/*")


@dataclass(frozen=True)
class Misnamed:
    """A file, and the name it should have."""

    file: Path
    meant: Path


def find_misnamed(workspace: Workspace) -> list[Misnamed]:
    """Return the files that would be read if their names were spelt correctly."""
    files = (each for folder in _FOLDERS for each in workspace.root.glob(folder))
    return [
        Misnamed(file, meant)
        for file in sorted(files)
        if (meant := _meant(file, workspace)) != file and not _is_one(file, meant)
    ]


def _meant(file: Path, workspace: Workspace) -> Path:
    """Return the path a file should have; the same path if it has none."""
    plain = to_arabic(file.relative_to(workspace.root).as_posix()).lower()
    if plain.endswith(".yaml"):
        plain = f"{plain.removesuffix('.yaml')}.yml"
    return workspace.root / plain if _READ.fullmatch(plain) else file


def _is_one(file: Path, meant: Path) -> bool:
    """Whether both are one file, as on a case-insensitive file system."""
    return not file.is_file() or (meant.exists() and file.samefile(meant))
