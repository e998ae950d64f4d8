"""A zip for each office with its papers, what they still lack and a letter; a list for mail merge.

The papers are the working copies of the edition for the office, made anew where not current.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ita_helpers.files.facts import ResultFacts
from ita_helpers.files.inert import csv_table
from ita_helpers.files.packages import UNIX
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_score
from ita_helpers.publish.formats import Given, format_named
from ita_helpers.publish.tree import Block, Document, ListBlock, Paragraph, Part, Style, Text
from ita_helpers.records.organisation import Organisation
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.rendering.publishing import Choice, made_in
from ita_helpers.rendering.telling_standing import lines_of
from ita_helpers.run.manifest import ReportRow
from ita_helpers.run.own_folder import noted, replace_folder, sealed
from ita_helpers.store.organisations import find_organisation
from ita_helpers.website.results import two_decimals

RECORD, LIST = "pack.json", "offices.csv"
FORMAT = 1
_MAKING = ".pack-"
_COLUMNS = (
    *("organisation", "name", "district", "province", "fiscal_year", "overall", "level"),
    *("change", "lacks", "findings", "file"),
)
_MADE = ("render", "stale", "failed")
"""What a report lacked before it was made for the pack."""


@dataclass(frozen=True)
class Pack:
    """What one office gets of a fiscal year: its choices, and the rows of those that were made."""

    office: Organisation
    fiscal_year: int
    choices: tuple[Choice, ...]
    rows: tuple[ReportRow, ...]

    @property
    def name(self) -> str:
        """The name of its zip."""
        return f"{self.fiscal_year}-{self.office.code}.zip"

    @property
    def facts(self) -> ResultFacts:
        """The facts of its result, empty where there is none among the reports."""
        results = [ResultFacts.read(row.result) for row in self.rows]
        return next((each for each in results if each.overall_shown is not None), ResultFacts())

    @property
    def findings(self) -> tuple[str, ...]:
        """What a check finds, by cell."""
        return tuple(line for each in self.choices for line in each.findings)


def pack(
    workspace: Workspace, folder: Path, choices: Sequence[Choice], *, is_trusted: bool
) -> list[Pack]:
    """Write the zips and the list into a folder of their own, whole or not at all.

    Returns the packs with a report; raises what rendering raises, ``FolderChanged``,
    ``WriteFailed`` or ``WorkspaceBusy``.
    """
    rows = made_in(workspace, choices, "internal", is_trusted=is_trusted)
    known = {stem: row for stem, row in rows.items() if row.status == "done"}
    packs = [each for each in _packs(workspace, choices, known) if each.rows]
    handing_out = HandingOut(workspace, workspace.rendered)

    def fill(new: Path) -> None:
        told = {}
        for each in packs:
            content = _zipped(_files(handing_out, each))
            (new / each.name).write_bytes(content)
            told[each.name] = noted(content)
        listed = _list(packs)
        (new / LIST).write_bytes(listed)
        record = sealed({"format": FORMAT}, {**told, LIST: noted(listed)})
        (new / RECORD).write_bytes(record)

    if packs:
        replace_folder(folder, workspace.shown(folder), RECORD, fill, _MAKING)
    return packs


def _packs(
    workspace: Workspace, choices: Iterable[Choice], known: Mapping[str, ReportRow]
) -> Iterator[Pack]:
    """Yield what each office gets, in the order of the choices."""
    found: dict[tuple[str, int], list[tuple[Choice, ReportRow | None]]] = {}
    for each in choices:
        if each.asked:
            asked = each.asked.of_edition("internal")
            owner = (asked.organisation, asked.fiscal_year)
            found.setdefault(owner, []).append((each, known.get(asked.paper.as_posix())))
    for (code, year), pairs in found.items():
        rows = tuple(row for _, row in pairs if row)
        made = tuple(_as_made(choice) for choice, row in pairs if row)
        yield Pack(find_organisation(workspace, code), year, made, rows)


def _as_made(choice: Choice) -> Choice:
    """Return a choice with what its report lacks now that it is made."""
    lacks = tuple(each for each in choice.standing.lacks if each.kind not in _MADE)
    return replace(choice, standing=replace(choice.standing, lacks=lacks))


def _files(handing_out: HandingOut, each: Pack) -> dict[str, bytes]:
    """Return the files of a zip by name: the papers as offices file them, and two more."""
    files = {}
    for row in each.rows:
        stem = Path(row.stem)
        for ending, place in handing_out.names(stem).items():
            source = handing_out.out / stem.with_name(f"{stem.name}{ending}")
            if source.exists():
                files[place.name] = handing_out.linked(source, stem)
    left = [
        "\r\n".join((*lines_of(choice.standing, choice.findings), "")) for choice in each.choices
    ]
    name = label("publish.pack.left")
    letter = _letter(each, [*files, name])
    text = "\r\n".join(left)
    word = format_named("docx").write(letter, Given())
    return {label("publish.pack.letter"): word, name: text.encode("utf-8-sig"), **files}


def _letter(each: Pack, names: Sequence[str]) -> Document:
    """Return the letter that goes with the papers; its sender fills in number, date and names."""
    facts = each.facts
    overall, change = two_decimals(facts.overall_shown), two_decimals(facts.change)
    told = {
        "name": each.office.name,
        "year": each.fiscal_year,
        "score": "" if overall is None else format_score(overall),
        "level": facts.level or "",
        "change": "" if change is None else format_change(change),
        "is_doubtful": facts.comparable == "changed",
        "findings": len(each.findings),
    }

    def line(key: str, style: Style = "body") -> Paragraph:
        return Paragraph((Text(say(f"publish.letter.{key}", **told)),), style)

    listed = tuple((Paragraph((Text(name),), "flush"),) for name in names)
    blocks: list[Block] = [
        *(line(key, "flush") for key in ("number", "date", "subject", "to", "enclosed")),
        ListBlock(ordered=True, items=listed),
        line("background"),
        *_assumed(each),
        line("request"),
        line("closing"),
        line("signature", "signature"),
    ]
    title = say("publish.letter.title", **told)
    return Document(title, (Part("letter", tuple(blocks), is_numbered=False),))


def _assumed(each: Pack) -> Iterator[Paragraph]:
    """Yield what is to be said of a level by rules that nobody has confirmed."""
    if other := each.facts.assumed_from:
        yield Paragraph((Text(say("index.assumed", year=each.fiscal_year, from_year=other)),))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = UNIX
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _list(packs: Iterable[Pack]) -> bytes:
    """Return the list of offices as a table for a mail merge."""
    return csv_table(_COLUMNS, map(_listed, packs))


def _listed(each: Pack) -> tuple[str, ...]:
    facts, office = each.facts, each.office
    overall, change = two_decimals(facts.overall_shown), two_decimals(facts.change)
    return (
        *(office.code, office.name, office.district, office.province, str(each.fiscal_year)),
        "" if overall is None else format_score(overall),
        facts.level or "",
        "" if change is None else f"{change:.2f}",
        str(sum(len(choice.standing.lacks) for choice in each.choices)),
        str(len(each.findings)),
        each.name,
    )
