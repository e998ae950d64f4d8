"""Which group of offices the words beside a mean or a count name, as a row of the organisations.

A group's name alone is enough only where the office or the title says the rest: the mean of "the
province" is that of the office's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_helpers.documents.ranks import group_of
from ita_helpers.documents.sentence_parts import ALL
from ita_helpers.files.workspace import Workspace, program_root
from ita_helpers.importing.found import Asked
from ita_helpers.importing.wide_list import place_in
from ita_helpers.language.catalogue import say
from ita_helpers.offices.codes import in_words
from ita_helpers.offices.newcomers import Newcomer, same_office
from ita_helpers.records.groups import group_type
from ita_helpers.records.names import bare_district, bare_province, full_type, normal, short_types
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import place_name
from ita_helpers.store.organisations import all_organisations, read_organisations

_ALL = "all"
"""What the codes of groups begin with."""


@dataclass(frozen=True)
class Known:
    """What the office and the titles of a file say of the groups in it.

    ``is_of_office`` if they are about one office, whose province limits no other group.
    """

    district: str = ""
    province: str = ""
    type: str = ""
    ministry: str = ""
    is_of_office: bool = False


def group_newcomer(workspace: Workspace, words: str, known: Known) -> Newcomer | None:
    """Return the group that some words name; nothing where that cannot be told."""
    if words == ALL:
        return _country(workspace)
    if full_type(words) in short_types():
        return _group(workspace, type=full_type(words), province=_limit(known))
    scope = group_of(words)
    if scope is None:
        return None
    if scope.kind == "country":
        return _country(workspace)
    name = scope.name or getattr(known, scope.kind)
    if not name:
        return None
    if scope.kind == "type":
        return _group(workspace, type=full_type(name), province=_limit(known))
    if scope.kind == "district":
        place = {"district": bare_district(name), "province": known.province}
        return _group(workspace, **place) if known.province else None
    return _group(workspace, **{scope.kind: name})


def known_of(orders: Asked, office: Newcomer | None, titles: Sequence[str]) -> Known:
    """Return what a file says of its groups: its office's own place, else that of its titles."""
    if office:
        known = read_organisations(orders.workspace)
        same = [known[office.code]] if office.code else same_office(office, known.values())
        own = same[0] if len(same) == 1 else office
        return Known(own.district, own.province, own.type, own.ministry, is_of_office=True)
    district, province = (
        next(filter(None, (place_in(each, kind) for each in titles)), "")
        for kind in ("district", "province")
    )
    return Known(district, province or bare_province(orders.province))


def total_newcomer(workspace: Workspace, known: Known) -> Newcomer | None:
    """Return the group of all offices of a title's province; nothing for a title without one."""
    return _group(workspace, province=known.province) if known.province else None


def is_country(group: Newcomer) -> bool:
    """Whether a group is that of all organisations."""
    limits = (group.district, group.province, group.ministry)
    return group.type == group_type("") and not any(limits)


def _limit(known: Known) -> str:
    return "" if known.is_of_office else known.province


def _country(workspace: Workspace) -> Newcomer | None:
    """Return the group of all organisations, the program's where the workspace has none."""
    own = all_organisations(workspace).reference
    if own:
        return _as_known(own)
    group = all_organisations(Workspace(program_root())).reference
    if group is None:
        return None
    return Newcomer(group.name, group.type, code=group.code, short_name=group.short_name)


def _group(workspace: Workspace, **limits: str) -> Newcomer:
    facts = {key: limits.get(key, "") for key in ("district", "province", "ministry")}
    facts["province"] = bare_province(facts["province"])
    kind = limits.get("type", "")
    asked = (group_type(kind), *facts.values())
    for each in read_organisations(workspace).values():
        have = (each.type, each.district, each.province, each.ministry)
        if each.is_reference and all(map(_is_same, asked, have)):
            return _as_known(each)
    shown = {**facts, "type": kind}
    for key in ("district", "province"):
        if facts[key]:
            shown[key] = place_name(key, facts[key], facts["province"])
    name, short = (say(f"organisations.group.{key}", **shown) for key in ("name", "short_name"))
    code = "-".join([_ALL, *(in_words(each) for each in (kind, *facts.values()) if each)])
    return Newcomer(name, group_type(kind), code=code, short_name=short, **facts)


def _is_same(one: str, other: str) -> bool:
    return normal(one) == normal(other)


def _as_known(group: Organisation) -> Newcomer:
    limits = {"district": group.district, "province": group.province, "ministry": group.ministry}
    return Newcomer("", group.type, code=group.code, **limits)
