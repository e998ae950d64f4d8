"""Word files of a report that somebody corrected, and whose corrections are in no notebook yet.

What reads them is loaded when there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ita_helpers.errors import ItaError
from ita_helpers.files.remembered import found_once
from ita_helpers.rendering.handing_out import HandingOut, endings
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.run.keeping import digest_of, noted_digests
from ita_helpers.run.manifest import ReportRow

WORD = ".docx"


def find_waiting(own: OwnNotebook, row: ReportRow | None, handing_out: HandingOut) -> list[Path]:
    """Return the Word files in ``rendered/`` whose corrections nobody has taken.

    ``row`` is the last run's. A file that cannot be read may hold corrections, and counts.
    """
    if not own.parameters.kind.has_copy or row is None:
        return []
    written = {digest for files in row.formats.values() for digest in files.values()}
    files = [each for each in _word_files(own, handing_out) if digest_of(each) not in written]
    noted = noted_digests(handing_out.out) if files else ()
    return [each for each in files if digest_of(each) not in noted and _is_waiting(own, each)]


def _word_files(own: OwnNotebook, handing_out: HandingOut) -> Iterator[Path]:
    """Yield the Word files of a report, those handed out, and those that were kept beside them."""
    stem = own.parameters.paper
    names = [f"{stem.name}{each}" for each in endings() if each.endswith(WORD)]
    usual = [(handing_out.out / stem).with_name(name) for name in names]
    handed_out = [each for each in handing_out.copies(stem) if each.suffix == WORD]
    for file in (*usual, *handed_out):
        beginning = f"{file.name.removesuffix(WORD)}.edited-"
        kept = [each for each in _kept_in(file.parent) if each.name.startswith(beginning)]
        yield from (each for each in (file, *kept) if each.is_file())


def _kept_in(folder: Path) -> list[Path]:
    """Return the Word files of a folder that were kept because somebody had changed them."""
    return found_once((folder, "kept"), lambda: sorted(folder.glob(f"*.edited-*{WORD}")))


def _is_waiting(own: OwnNotebook, file: Path) -> bool:
    if own.copy is None:
        return True
    from ita_helpers.documents.corrected_file import read_corrected
    from ita_helpers.rendering.adopting import prepare
    from ita_helpers.rendering.taking import changes_something

    with suppress(ItaError):
        corrected = read_corrected(file, own.workspace.shown(file))
        return changes_something(prepare(own.workspace, own.parameters, own.data, corrected))
    return True
