"""The scores of an office's peers: all groups of a year are read and sorted once.

A batch asks for the same groups thousands of times; a report then takes its own from memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from ita_helpers.errors import ItaError
from ita_helpers.files.change import undisturbed
from ita_helpers.files.remembered import remembered, stamp_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import bare_province, normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.scores import Rank
from ita_helpers.scoring.peer_ranking import OVERALL, PeerGroup, PeerRanking
from ita_helpers.scoring.weighted import parse_score, weights_of
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.ranks import read_ranks
from ita_helpers.store.rules import read_framework
from ita_helpers.store.tables import TableRow, read_code, table_of

Scores = Mapping[str, Mapping[str, Decimal]]
"""Points by office and code."""
Asked = str | Sequence[str]
"""``province``, ``district``, ``type`` or ``size``, or the codes of offices."""
_Key = tuple[object, ...]


def _province(office: Organisation) -> str:
    return normal(bare_province(office.province))


KINDS: Mapping[str, Callable[[Organisation], tuple[str, ...]]] = {
    "province": lambda each: (_province(each),),
    "district": lambda each: (normal(each.district), _province(each)),
    "type": lambda each: (normal(each.type),),
    "size": lambda each: (normal(each.type), each.size),
}
"""What offices of one group have in common, by the kind of group."""


def read_ranking(
    workspace: Workspace, office: Organisation, framework: Framework, asked: Asked
) -> PeerRanking | None:
    """Return how an office stands among the peers asked for; nothing where none are.

    They are of the same year and its rules, and never made-up and real ones together.
    """
    group = _group(workspace, office, framework, asked) if asked else None
    if group is None:
        return None
    own = _scores(workspace, framework).get(office.code, {})
    ranks = read_ranks(workspace, office.code, framework.fiscal_year)
    published = (each for each in ranks if _is_of(each, group))
    return PeerRanking(group, own, next(published, None))


def written_ranking(workspace: Workspace, organisation: str, fiscal_year: int, asked: Asked) -> str:
    """Return what of the peers' data a report depends on, for its digest; nothing without peers."""
    if not asked:
        return ""

    def digest() -> str:
        office = find_organisation(workspace, organisation)
        group = _group(workspace, office, read_framework(workspace, fiscal_year), asked)
        return group.digest if group else "none"

    return undisturbed(workspace.root, digest)


def _is_of(rank: Rank, group: PeerGroup) -> bool:
    """Whether a published rank is of the group's offices."""
    return rank.scope == group.kind and normal(rank.name) in ("", normal(group.name))


def _group(
    workspace: Workspace, office: Organisation, framework: Framework, asked: Asked
) -> PeerGroup | None:
    if isinstance(asked, str):
        key = (office.is_made_up, *KINDS[asked](office))
        return _groups(workspace, framework, asked).get(key) if all(key[1:]) else None
    known = read_organisations(workspace)
    members = [known[code] for code in dict.fromkeys(asked) if code in known]
    return _gathered("list", "", members, _scores(workspace, framework), framework)


def _groups(workspace: Workspace, framework: Framework, kind: str) -> Mapping[_Key, PeerGroup]:
    """Return all groups of a kind, by what their offices have in common."""

    def gather() -> Mapping[_Key, PeerGroup]:
        members: dict[_Key, list[Organisation]] = {}
        for each in read_organisations(workspace).values():
            if not each.is_reference:
                members.setdefault((each.is_made_up, *KINDS[kind](each)), []).append(each)
        scores = _scores(workspace, framework)
        return {
            key: _gathered(kind, getattr(offices[0], kind), offices, scores, framework)
            for key, offices in members.items()
        }

    path = workspace.yearly("scores", framework.fiscal_year)
    offices = stamp_of(workspace.organisations)
    return remembered(path, f"peers {kind} {offices} {_read_by(framework)}", gather)


def _gathered(
    kind: str,
    name: str,
    offices: Sequence[Organisation],
    scores: Scores,
    framework: Framework,
) -> PeerGroup:
    known = [scores[each.code] for each in offices if each.code in scores]
    rising = {
        code: tuple(sorted(each[code] for each in known if code in each))
        for code in _codes(framework)
    }
    parts = [kind, name, len(offices), [(code, [*map(str, rising[code])]) for code in rising]]
    digest = sha256(repr(parts).encode("utf-8")).hexdigest()
    return PeerGroup(kind, name, len(offices), rising, digest)


def _codes(framework: Framework) -> tuple[str, ...]:
    return (OVERALL, *(each.code for each in framework.indicators.list))


def _read_by(framework: Framework) -> str:
    """Return what of the rules decides how scores are read."""
    return f"{_codes(framework)} {sorted(weights_of(framework).items())}"


def _scores(workspace: Workspace, framework: Framework) -> Scores:
    """Return all scores of the rules' year that can be used; what is wrong in a row counts as none.

    Whoever makes the report of that office is told.
    """
    path = workspace.yearly("scores", framework.fiscal_year)

    def read() -> Scores:
        rows = table_of(path, "scores", workspace)
        return {
            code: found
            for code in read_organisations(workspace)
            if (found := _of_one(workspace, framework, rows.of(code)))
        }

    offices = stamp_of(workspace.organisations)
    return remembered(path, f"scores of all {offices} {_read_by(framework)}", read)


def _of_one(
    workspace: Workspace, framework: Framework, rows: Iterable[TableRow]
) -> dict[str, Decimal]:
    codes, weights = _codes(framework), weights_of(framework)
    path, year = workspace.yearly("scores", framework.fiscal_year), framework.fiscal_year
    found: dict[str, Decimal] = {}
    twice: set[str] = set()
    for row in rows:
        if row["status"].lower() == "conflicting":
            continue
        code = row["code"]
        try:
            code = code if code in codes else read_code(workspace, path, row, codes, year)
            points, _ = parse_score(row["score"], weights.get(code))
        except (ItaError, ValueError):
            continue
        twice |= {code} & found.keys()
        found[code] = points
    return {code: points for code, points in found.items() if code not in twice}
