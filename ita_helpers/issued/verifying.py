"""What a file is that somebody holds: an issued version, a working copy, altered, none of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ita_helpers.documents.marks import Mark, read_mark
from ita_helpers.documents.origin import Origin
from ita_helpers.documents.reading import refuse_locked
from ita_helpers.documents.signed_copies import is_signed_copy
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Version
from ita_helpers.issued.versions import all_versions, numbers_of
from ita_helpers.records.editions import EDITIONS, suffix_of
from ita_helpers.records.kinds import report_kinds
from ita_helpers.records.organisation import SLUG
from ita_helpers.run.keeping import noted_digests
from ita_helpers.run.sealing import read_existing

State = Literal[
    "issued", "signed", "working", "former", "saved_again", "altered", "elsewhere", "foreign"
]


@dataclass(frozen=True)
class Verified:
    """What a file is.

    ``issued``: byte by byte a paper of a version. ``signed``: such a PDF with nothing added but
    electronic signatures, whoever made them. ``working``: the working copy as it was made last.
    ``former``: a working copy unchanged in what it shows, made at another time or in another
    workspace. ``saved_again``: shows what the version does, but the file is another. ``altered``:
    shows something else than what the program wrote. ``elsewhere``: says that it is of a version
    this workspace does not have. ``foreign``: carries no mark of ours.

    ``number`` is that of the version it is, or says it is, 0 for a working copy; ``newest`` the
    number of the newest version there is, ``folder`` where the version lies.
    """

    state: State
    origin: Origin | None = None
    version: Version | None = None
    folder: Path | None = None
    number: int = 0
    newest: int = 0


def verify(workspace: Workspace, file: Path, content: bytes) -> Verified:
    """Return what a file is. Raises ``UnreadableDocument`` for one with a password."""
    digest = sha256(content).hexdigest()
    versions = list(all_versions(workspace))
    for folder, version in versions:
        if digest in version.files.values():
            newest = numbers_of(folder.parent)[-1]
            return Verified("issued", None, version, folder, version.number, newest)
    mark = read_mark(content, file.suffix.lower())
    if mark is None or not SLUG.fullmatch(mark.origin.organisation):
        refuse_locked(workspace.shown(file), content)
        return Verified("foreign")
    stem = stem_of(mark.origin)
    shelf = workspace.issued / stem
    number, numbers = mark.origin.issue, numbers_of(shelf)
    found = {each.number: each for folder, each in versions if folder.parent == shelf}
    claimed = found.get(number)
    state = _state_of(mark, claimed, digest in set(_working(workspace, file, stem)))
    has_place = claimed or (state == "elsewhere" and number in numbers)
    place = shelf / str(number) if has_place else None
    if state == "saved_again" and place and claimed and _is_signed(content, place, claimed):
        state = "signed"
    return Verified(state, mark.origin, claimed, place, number, max(numbers, default=0))


def _is_signed(content: bytes, folder: Path, version: Version) -> bool:
    """Whether a file is a paper of a version, which is as it was issued, with signatures added."""
    for name, digest in version.files.items():
        with suppress(OSError):
            issued = (folder / name).read_bytes()
            if sha256(issued).hexdigest() == digest and is_signed_copy(content, issued):
                return True
    return False


def _state_of(mark: Mark, version: Version | None, is_working: bool) -> State:
    if is_working:
        return "working"
    if not mark.is_intact:
        return "altered"
    if not mark.origin.issue:
        return "former"
    return "saved_again" if version else "elsewhere"


def stem_of(origin: Origin) -> Path:
    """Return what the papers of the report are called that a file says it is of."""
    kinds = report_kinds()
    kind = next((each for each in kinds if each.name == origin.report), kinds[0])
    edition = next((each for each in EDITIONS if each == origin.edition), EDITIONS[0])
    name = f"{origin.organisation}{kind.suffix}{suffix_of(edition)}"
    return Path(str(origin.fiscal_year), name)


def _working(workspace: Workspace, file: Path, stem: Path) -> Iterator[str]:
    """Yield the digests of a report's working copies, also of those beside the file."""
    for notebook in (workspace.rendered / stem, file.with_name(stem.name)):
        found = read_existing(notebook.with_name(f"{stem.name}.ipynb"))
        for files in found.formats.values() if found else ():
            yield from files.values()
    yield from noted_digests(workspace.rendered)
