"""Reading ranks out of cells and reports, refusing those that no group can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ita_helpers.documents.claims import RankClaim
from ita_helpers.documents.ranks import Scope, rank_of
from ita_helpers.errors import BadImport
from ita_helpers.importing.cell_reader import stands_for_nothing
from ita_helpers.importing.found import FoundRank, Place
from ita_helpers.language.catalogue import label


def read_rank(scope: Scope, text: str, place: Place, out_of: str = "") -> FoundRank | None:
    """Return the rank of a cell; nothing for an empty one. Raises ``BadImport``."""
    bare = text.strip()
    if not bare or bare.casefold() in label("import.empty").split() or stands_for_nothing(bare):
        return None
    found = rank_of(bare)
    if not found or not found[0]:
        raise BadImport(problem="rank", value=text, like="", **place.facts)
    rank, count = found
    count = count or (rank_of(out_of) or (0, 0))[0]
    if count and rank > count:
        raise BadImport(problem="rank_above", value=rank, like=count, **place.facts)
    return FoundRank(scope.kind, scope.name, rank, count, place)


def read_ranks(claims: Iterable[RankClaim]) -> Iterator[FoundRank]:
    """Yield what ranks as printed say; a second one of a group must agree. Raises ``BadImport``."""
    first: dict[tuple[str, str], FoundRank] = {}
    for each in claims:
        place = Place.in_report(each.spot)
        rank = read_rank(Scope(each.scope, each.name), each.text, place, _count(each))
        if rank is None:
            continue
        known = first.setdefault((rank.scope, rank.name), rank)
        if (known.rank, known.out_of) != (rank.rank, rank.out_of):
            facts = {"value": each.text, "like": known.place.cell}
            raise BadImport(problem="twice", **facts, **place.facts)
        if known is rank:
            yield rank


def _count(claim: RankClaim) -> str:
    return claim.out_of.text if claim.out_of else ""
