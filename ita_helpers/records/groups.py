"""Groups of organisations whose figures others compare with: all, or those of a place or kind.

A group is a row of ``data/organisations.csv`` of a type of its own. Its district, province and
ministry, and the type behind that word, say whom it consists of: all where it says none.
"""

from __future__ import annotations

from ita_helpers.language.catalogue import label
from ita_helpers.records.names import normal
from ita_helpers.records.organisation import Organisation

PLACES = ("district", "province", "ministry")


def is_group_type(kind: str) -> bool:
    """Whether a type is that of a row of figures to compare with."""
    return kind.startswith(label("words.reference_type"))


def group_type(members: str) -> str:
    """Return the type of a group of organisations of a type; of all types for an empty one."""
    return f"{label('words.reference_type')} {members}".strip()


def members_of(group: Organisation) -> str:
    """Return the type of a group's organisations, empty for all types."""
    return group.type.removeprefix(label("words.reference_type")).strip()


def scope_of_group(group: Organisation) -> str:
    """Return the narrowest thing that limits a group, in the order of nearness to an office."""
    kinds = {"province": group.province, "district": group.district, "type": members_of(group)}
    if group.district:
        return "district"
    kinds["ministry"] = group.ministry
    return next((kind for kind, name in kinds.items() if name), "country")


def covers(group: Organisation, office: Organisation) -> bool:
    """Whether an organisation belongs to a group, as far as is known of it."""
    pairs = [(getattr(group, key), getattr(office, key)) for key in PLACES]
    pairs.append((members_of(group), office.type))
    return all(not asked or normal(asked) == normal(known) for asked, known in pairs)
