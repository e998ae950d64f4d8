"""Issuing a version of a report: made anew from today's state, frozen with all it consists of.

Papers and record are made in a folder of their own beside the versions, which is moved into place
at once. Nothing here changes or removes a version.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from ita_helpers.errors import DiskFull, InputsChanged, WorkerDied, write_error
from ita_helpers.files.lock import one_writer
from ita_helpers.files.moving import remove_folder, rename, sync, write
from ita_helpers.files.names import in_file_names
from ita_helpers.files.whole import sync_folder
from ita_helpers.issued.comparing import compare
from ita_helpers.issued.record import NAME, Change, Version
from ita_helpers.issued.versions import GIVEN, last_number, lost_numbers, newest
from ita_helpers.language.catalogue import say
from ita_helpers.language.thai import BUDDHIST_ERA
from ita_helpers.publish.formats import all_formats
from ita_helpers.rendering.handing_out import HandingOut, relinked
from ita_helpers.rendering.inputs import are_as_read
from ita_helpers.rendering.issuable import Candidate
from ita_helpers.rendering.one import Maker
from ita_helpers.rendering.orders import Made, RenderOptions
from ita_helpers.run.batch import run_all
from ita_helpers.run.keeping import MAKING
from ita_helpers.run.limits import Limits

LONGEST = 240
"""Bytes of a paper's name: systems take 255."""
PROTECTED = 0o444
"""Nobody saves over an issued paper by accident."""


@dataclass(frozen=True)
class Issued:
    """The outcome: a new version in ``folder`` with its changes since ``before``; or none.

    ``is_new`` is false where nothing has changed; then ``version`` is the one there is.
    ``refusals`` came to light when the papers were made: words that none of them shows.
    ``lost`` are numbers given before whose folders are gone.
    """

    folder: Path
    version: Version
    before: Version | None = None
    is_new: bool = True
    refusals: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()


def issue(candidate: Candidate, *, is_trusted: bool) -> Issued:
    """Issue a report that nothing stands in the way of.

    Raises what rendering raises, ``InputsChanged`` for a report that was changed meanwhile, or
    ``WriteFailed``: then no version has come into being.
    """
    shelf = candidate.workspace.issued / candidate.parameters.paper
    try:
        with one_writer(shelf), _workshop(shelf) as folder:
            return _issue(candidate, shelf, folder, is_trusted=is_trusted)
    except DiskFull as error:
        raise DiskFull(file=candidate.workspace.shown(shelf)) from error
    except OSError as error:
        raise write_error(error, shelf) from error


@contextmanager
def _workshop(shelf: Path) -> Iterator[Path]:
    """Yield a folder to make a version in; removes what programs left that were ended at it."""
    for left in shelf.glob(f"{MAKING}*"):
        remove_folder(left)
    folder = Path(tempfile.mkdtemp(prefix=MAKING, dir=shelf))
    try:
        yield folder
    finally:
        remove_folder(folder)


def _issue(candidate: Candidate, shelf: Path, folder: Path, *, is_trusted: bool) -> Issued:
    before = newest(candidate.workspace, candidate.parameters.paper)
    number, lost = last_number(shelf) + 1, tuple(lost_numbers(shelf))
    changes = compare(before, candidate.version) if before else ()
    if before and not _has_changed(candidate, before, changes):
        return Issued(shelf / str(before.number), before, is_new=False, lost=lost)
    made = _make(candidate, folder / "papers", number, is_trusted=is_trusted)
    if made.row.losses:
        return Issued(folder, candidate.version, refusals=made.messages)
    version = replace(
        candidate.version,
        number=number,
        changes=changes or ((Change("other"),) if before else ()),
        made_from=replace(candidate.version.made_from, read=made.row.read),
    )
    packed = folder / "version"
    version = _pack(candidate, version, folder / "papers", packed)
    rename(packed, shelf / str(number))
    _note(shelf, number)
    sync_folder(shelf)
    return Issued(shelf / str(number), version, before, lost=lost)


def _note(shelf: Path, number: int) -> None:
    """Note that a number was given; a version is issued even if there is no room for the note."""
    with suppress(OSError):
        (shelf / GIVEN).mkdir(exist_ok=True)
        (shelf / GIVEN / str(number)).touch()


def _has_changed(candidate: Candidate, before: Version, changes: tuple[Change, ...]) -> bool:
    """Whether there is something to issue.

    Another program is no reason, and another day only where somebody said it.
    """
    is_same = before.made_from.is_same_state(candidate.version.made_from)
    ignored = {"program"} if candidate.is_dated else {"program", "day"}
    counted = [each for each in changes if each.kind not in ignored]
    is_read = are_as_read(candidate.workspace, before.made_from.read)
    return bool(counted) or not is_same or not is_read


def _make(candidate: Candidate, out: Path, number: int, *, is_trusted: bool) -> Made:
    """Make the papers, in every format that shows all of a paper."""
    formats = tuple(each.name for each in all_formats() if each.is_whole)
    limits = Limits()
    orders = RenderOptions(
        candidate.workspace,
        out,
        formats,
        "ua-1",
        force=True,
        seconds=limits.seconds,
        is_trusted=is_trusted,
        issue=number,
        edition=candidate.parameters.edition,
    )
    (done,) = run_all([candidate.file], Maker(orders), 1, limits)
    if done.result is None:
        raise done.error or WorkerDied(reason="")
    if done.result.row.digest != candidate.inputs:
        raise InputsChanged(stem=candidate.parameters.paper.as_posix())
    return done.result


def _pack(candidate: Candidate, version: Version, papers: Path, packed: Path) -> Version:
    """Write the papers under their names, and the record; all of it is on disk afterwards."""
    stem = candidate.parameters.paper
    names = names_of(HandingOut(candidate.workspace, papers), stem, version)
    packed.mkdir()
    digests = {}
    for ending, name in names.items():
        source = papers / stem.with_name(f"{stem.name}{ending}")
        if source.exists():
            content = relinked(source, {f"{stem.name}{each}": new for each, new in names.items()})
            digests[name] = sha256(content).hexdigest()
            _put(packed / name, content)
    version = replace(version, files=digests)
    _put(packed / NAME, version.as_json())
    sync_folder(packed)
    return version


def _put(file: Path, content: bytes) -> None:
    write(file, content)
    sync(file)
    file.chmod(PROTECTED)


def names_of(handing_out: HandingOut, stem: Path, version: Version) -> dict[str, str]:
    """Return the names of a version's papers by ending, as the office files them."""
    names = {}
    for ending, place in handing_out.names(stem).items():
        document = in_file_names(version.document)
        facts = {"number": version.number, "day": _sortable(version.day)}
        base = place.name.removesuffix(place.suffix)
        tails = (say("issue.file", document=each, **facts).strip() for each in (document, ""))
        longs = [f"{base} {tail}{place.suffix}" for tail in tails]
        names[ending] = next((e for e in longs if len(e.encode()) <= LONGEST), longs[-1])
    return names


def _sortable(day: date) -> str:
    return f"{day.year + BUDDHIST_ERA}-{day:%m-%d}"
