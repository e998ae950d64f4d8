"""Copies of reports for handing out, with Thai names made of office, year and kind.

The reports themselves keep the names by which the index, the manifest and the notebooks know them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import product
from pathlib import Path
from urllib.parse import quote

from ita_helpers.files.names import in_file_names
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.formats import all_formats
from ita_helpers.records.editions import EDITIONS, Edition, suffix_of
from ita_helpers.records.kinds import Kind, report_kinds
from ita_helpers.records.organisation import Organisation
from ita_helpers.run.keeping import noted, replace_noted
from ita_helpers.store.organisations import read_organisations

MEMO = "memo"
"""What the files of a report's memo are called behind its name."""
PAPERS = ("", MEMO)
"""What a report consists of: itself and the memo it may have."""


def endings() -> list[str]:
    """Return the endings of a report's files, those of its memo last."""
    return [each.ending_of(paper) for paper in PAPERS for each in all_formats()]


class HandingOut:
    """The copies of the reports of a folder."""

    def __init__(self, workspace: Workspace, out: Path) -> None:
        self.workspace, self.out = workspace, out
        self.folder = out / label("handing_out.folder")

    def names(self, stem: Path) -> dict[str, Path]:
        """Return the paths of a report's copies, relative to the folder, by ending.

        ``stem`` is that of the papers, ``<year>/<organisation>``. None for an office that is not
        in the list.
        """
        return {ending: places[0] for ending, places in self._places(stem).items()}

    def copies(self, stem: Path) -> list[Path]:
        """Return the existing copies of a report, those of its memo last."""
        if not self._is_used():
            return []
        files = (self.out / each for each in self.names(stem).values())
        return [file for file in files if file.exists()]

    def hand_out(self, stems: Iterable[Path], *, others: bool) -> None:
        """Bring the copies of some reports up to date: replace what differs, remove what is gone.

        Without ``others``, those of reports that have copies already. A copy that somebody changed
        is kept beside the new one. Raises ``WriteFailed``, or what the list of offices raises.
        """
        if not (others or self._is_used()):
            return
        contents: dict[str, bytes] = {}
        gone: set[str] = set()
        for stem in (each for each in stems if others or self._has_copies(each)):
            for ending, (place, former) in self._places(stem).items():
                source = self.out / stem.with_name(f"{stem.name}{ending}")
                gone.add(former.as_posix())
                if source.exists():
                    contents[place.as_posix()] = self.linked(source, stem)
                else:
                    gone.add(place.as_posix())
        if contents or gone:
            replace_noted(self.out, contents, sorted(noted(self.out) & gone))

    def linked(self, source: Path, stem: Path) -> bytes:
        """Return a file with its links to the report's other files leading to their copies."""
        names = self.names(stem).items()
        return relinked(source, {f"{stem.name}{ending}": place.name for ending, place in names})

    def _has_copies(self, stem: Path) -> bool:
        """Whether a report has copies, even under a name it would no longer get."""
        places = (each for both in self._places(stem).values() for each in both)
        return any((self.out / each).exists() for each in places)

    def _is_used(self) -> bool:
        return self.folder.is_dir()

    def _places(self, stem: Path) -> dict[str, tuple[Path, Path]]:
        """Return the place of each copy, and the one it would have with or without the code."""
        organisation, kind, edition = self._of(stem)
        if organisation is None:
            return {}
        now, otherwise = self._office_names(organisation)
        folder, year = Path(label("handing_out.folder"), stem.parent), stem.parent.name
        places = {}
        for paper in PAPERS:
            called = _name_of(kind, paper, edition)
            for each in all_formats():
                name = f"{year} {called}{each.ending}"
                both = (folder / f"{now} {name}", folder / f"{otherwise} {name}".strip())
                places[each.ending_of(paper)] = both
        return places

    def _of(self, stem: Path) -> tuple[Organisation | None, Kind, Edition]:
        """Return office, kind and edition of a report; a comparison is of no office."""
        own = (each for each in report_kinds() if not each.is_of_many)
        for edition, kind in product(EDITIONS, own):
            ending = f"{kind.suffix}{suffix_of(edition)}"
            office = self._offices.get(stem.name.removesuffix(ending))
            if office and stem.name.endswith(ending):
                return office, kind, edition
        return None, report_kinds()[0], EDITIONS[0]

    def _office_names(self, organisation: Organisation) -> tuple[str, str]:
        """Return what an office is called in file names, and what it would be otherwise.

        Its code tells it from others of its name.
        """
        plain = _file_name_of(organisation)
        told_apart = say("handing_out.told_apart", name=plain, code=organisation.code).strip()
        is_shared = self._shared[plain.casefold()] > 1 or not plain
        return (told_apart, plain) if is_shared else (plain, told_apart)

    @cached_property
    def _offices(self) -> dict[str, Organisation]:
        return dict(read_organisations(self.workspace))

    @cached_property
    def _shared(self) -> Counter[str]:
        """How many offices would share a file name, ignoring case."""
        return Counter(_file_name_of(each).casefold() for each in self._offices.values())


def relinked(source: Path, renamed: Mapping[str, str]) -> bytes:
    """Return a file of a report for a place where the report's files have other names.

    ``renamed`` are the new ones by those they have: the links of its page lead to them.
    """
    content = source.read_bytes()
    if source.suffix != ".html":
        return content
    for old, new in renamed.items():
        old_link, link = (f'href="{quote(each)}"'.encode() for each in (old, new))
        content = content.replace(old_link, link)
    return content


def _name_of(kind: Kind, paper: str, edition: Edition) -> str:
    """Return what a paper is called; a memo of another report than the first by both.

    The usual edition is not named.
    """
    kinds = [paper, kind.name] if paper and kind.suffix else [paper or kind.name]
    names = [label(f"handing_out.kinds.{each}") for each in kinds]
    return " ".join([*names, label("words.edition.public")] if suffix_of(edition) else names)


def _file_name_of(organisation: Organisation) -> str:
    return in_file_names(organisation.short_name or organisation.name)
