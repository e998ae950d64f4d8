"""Adding organisations to a workspace: checked, given a code, and never added twice."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ita_helpers.errors import (
    BadCode,
    BadName,
    CodeInUse,
    MisspeltPlace,
    OrganisationExists,
    SimilarOrganisation,
)
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.offices.codes import propose_code
from ita_helpers.records.groups import is_group_type
from ita_helpers.records.names import (
    LONGEST,
    bare_district,
    bare_ministry,
    bare_province,
    full_type,
    identity,
    in_full,
    normal,
    place_of,
    short_name_of,
    split_name,
    tidy,
    type_of,
    without_short_name,
)
from ita_helpers.records.organisation import SLUG, Organisation
from ita_helpers.records.places import places_of
from ita_helpers.store.organisations import organisation_of, read_organisations
from ita_helpers.store.params_change import parameter_file
from ita_helpers.store.places import misspelt
from ita_helpers.store.scores import codes_with_rows
from ita_helpers.store.table_files import Cells, read_cells, render_table, write_together

ALIKE = 0.85
"""Names of this likeness (0 to 1) in one place may be one name spelt in two ways."""
LONGEST_CODE = 100
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows allows no file to have."""
EDITED = "notebooks/edited/*/*.ipynb"
_MARKS = re.compile(r"[\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Newcomer:
    """An organisation to be added; text that is not known is empty."""

    name: str
    type: str = ""
    district: str = ""
    province: str = ""
    official_code: str = ""
    code: str = ""
    ministry: str = ""
    short_name: str = ""

    @classmethod
    def of(cls, name: str, **facts: str) -> Newcomer:
        """Return it with names in full, without a running number and without places in the name.

        Places given in ``facts`` win, without the word before them.
        """
        kind = full_type(tidy(facts.get("type", "")))
        bare, district, province = split_name(without_short_name(tidy(name)))
        name = in_full(bare, kind)
        return cls(
            name=name,
            type=kind or type_of(name),
            district=bare_district(facts.get("district", "") or district),
            province=bare_province(facts.get("province", "") or province),
            official_code=facts.get("official_code", "").strip(),
            code=facts.get("code", "").strip().lower(),
            ministry=bare_ministry(facts.get("ministry", "")),
        )

    @property
    def is_group(self) -> bool:
        """Whether it is a group of organisations with figures to compare with."""
        return is_group_type(self.type)

    @property
    def cells(self) -> Cells:
        """The row of ``data/organisations.csv``."""
        return {
            "organisation": self.code,
            "name": self.name,
            "short_name": self.short_name or short_name_of(self.name),
            "type": self.type,
            "district": self.district,
            "province": self.province,
            "official_code": self.official_code,
            "ministry": self.ministry,
            "size": "",
        }


def same_office(newcomer: Newcomer, known: Iterable[Organisation]) -> list[Organisation]:
    """Return the known organisations it may be: same full name, and nothing else differs.

    A type, district or province that is not known on one side contradicts nothing.
    """
    return [
        each
        for each in known
        if not each.is_reference
        and identity(each.name, each.type) == identity(newcomer.name)
        and _agree(each, newcomer)
    ]


def similar_office(newcomer: Newcomer, known: Iterable[Organisation]) -> Organisation | None:
    """Return a known organisation of the same type and place whose name is nearly the same."""
    sought = _skeleton(newcomer.name)
    for each in known:
        if each.is_reference or not each.province or each.province != newcomer.province:
            continue
        likeness = difflib.SequenceMatcher(None, sought, _skeleton(each.name)).ratio()
        if likeness >= ALIKE and _agree(each, newcomer):
            return each
    return None


def with_code(newcomer: Newcomer, taken: Container[str]) -> Newcomer:
    """Return it with the code it has, else with a proposed one that is free."""
    if newcomer.code:
        return newcomer
    return replace(newcomer, code=propose_code(newcomer.name, newcomer.district, taken))


def codes_in_use(workspace: Workspace) -> dict[str, Path]:
    """Return every code that belongs to an organisation or has data somewhere, with the file.

    Data left under a code would be taken for its next owner's. Raises what reading tables raises.
    """
    files = [
        file
        for pattern in ("params/*/*.yml", "data/offices/*.yml", "data/plans/*/*", EDITED)
        for file in sorted(workspace.root.glob(pattern))
        if file.is_file()
    ]
    known = dict.fromkeys(read_organisations(workspace), workspace.organisations)
    return {file.stem: file for file in files} | codes_with_rows(workspace) | known


def check_newcomer(workspace: Workspace, newcomer: Newcomer, place: str = "") -> None:
    """Refuse an organisation that cannot be added; ``place`` says where it was read.

    ``BadName``, ``BadCode``, ``OrganisationExists`` or ``CodeInUse``.
    """
    check_name(newcomer.name, place)
    check_code(newcomer.code)
    known = read_organisations(workspace)
    shown = workspace.shown(workspace.organisations)
    if same := same_office(newcomer, known.values()):
        raise OrganisationExists(
            name=newcomer.name, code=same[0].code, known=describe(same[0]), file=shown
        )
    if newcomer.code in known:
        raise OrganisationExists(
            name=newcomer.name,
            code=newcomer.code,
            known=describe(known[newcomer.code]),
            file=shown,
        )
    if newcomer.code and newcomer.code in (used := codes_in_use(workspace)):
        raise CodeInUse(
            code=newcomer.code,
            name=newcomer.name,
            file=workspace.shown(used[newcomer.code]),
            organisations=shown,
        )


def check_not_misspelt(workspace: Workspace, newcomer: Newcomer, place: str = "") -> None:
    """Raise ``SimilarOrganisation`` if a known one with a slightly different name may be meant.

    Raise ``MisspeltPlace`` for a district or province that is nearly an official one.
    """
    known = read_organisations(workspace).values()
    if same_office(newcomer, known):
        return
    value, meant = misspelt(newcomer.district, newcomer.province)
    if value:
        raise MisspeltPlace(name=newcomer.name, value=value, meant=meant, place=place)
    if like := similar_office(newcomer, known):
        raise SimilarOrganisation(
            name=newcomer.name, known=describe(like), code=like.code, place=place
        )


def check_code(code: str) -> None:
    """Raise ``BadCode`` for what cannot be a code; an empty one is still to be proposed."""
    is_usable = SLUG.fullmatch(code) and len(code) <= LONGEST_CODE and code not in RESERVED
    if code and not is_usable:
        raise BadCode(code=code, reserved=code in RESERVED)


def check_name(name: str, place: str = "") -> None:
    """Raise ``BadName`` for an empty name, or one longer than any organisation has."""
    if not place_of(name) or len(name) > LONGEST:
        raise BadName(
            name=name[:40], length=len(name) if place_of(name) else 0, longest=LONGEST, place=place
        )


def table_with(workspace: Workspace, newcomers: Sequence[Newcomer]) -> bytes:
    """Return ``data/organisations.csv`` with some more rows."""
    rows = read_cells(workspace, workspace.organisations, "organisations")
    return render_table("organisations", [*rows, *(each.cells for each in newcomers)])


@dataclass(frozen=True)
class Added:
    """An organisation as it was added, with its code, and the files written."""

    organisation: Organisation
    files: tuple[Path, ...]


def add_organisation(
    workspace: Workspace,
    newcomer: Newcomer,
    fiscal_year: int,
    *,
    with_form: bool = False,
) -> Added:
    """Write all the files of an organisation as one change; none is overwritten.

    Without a code it gets a free one. ``fiscal_year`` (B.E.) is that of its first report; the form
    for its scores comes last. Raises what ``check_newcomer`` raises, or ``WriteFailed``.
    """
    from ita_helpers.forms.writer import free_form, render_form

    with writing(workspace.root):
        check_newcomer(workspace, newcomer)
        newcomer = with_code(newcomer, codes_in_use(workspace))
        office = say("new.office", name=newcomer.name).encode() + b"\n"
        params = (workspace.params / str(fiscal_year) / newcomer.code).with_suffix(".yml")
        organisation = organisation_of(newcomer.cells)
        contents = {
            workspace.organisations: table_with(workspace, [newcomer]),
            workspace.office(newcomer.code): office,
            params: parameter_file(newcomer.code, fiscal_year),
        }
        if with_form:
            form = free_form(workspace, fiscal_year, organisation)
            contents[form] = render_form(workspace, fiscal_year, organisation)
        write_together(workspace, contents)
    return Added(organisation, tuple(contents))


def describe(organisation: Organisation) -> str:
    """Return name, place and code, to be told from others of the same name."""
    places = places_of(organisation.name, organisation.district, organisation.province)
    return say(
        "new.office_described", name=organisation.name, places=places, code=organisation.code
    )


def _agree(known: Organisation, newcomer: Newcomer) -> bool:
    pairs = (
        (full_type(known.type), newcomer.type),
        (bare_district(known.district), newcomer.district),
        (bare_province(known.province), newcomer.province),
    )
    return all(not old or not new or normal(old) == normal(new) for old, new in pairs)


def _skeleton(name: str) -> str:
    return _MARKS.sub("", normal(place_of(name)))
