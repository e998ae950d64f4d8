"""Where the office stands among others, as published: nothing is ranked here."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import say
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import place_name
from ita_helpers.records.scores import Rank
from ita_helpers.scoring.report_data import ReportData


def describe_ranks(data: ReportData) -> Iterator[tuple[str, str]]:
    """Yield each rank: among whom it is, and the rank itself with the number of the group."""
    for rank in data.assessment.scores.ranks:
        among = _among(data.organisation, rank)
        yield (
            say("report.overall.rank", scope=rank.scope, among=among),
            say("report.overall.rank_of", rank=f"{rank.rank:,}", out_of=_counted(rank)),
        )


def _counted(rank: Rank) -> str:
    return f"{rank.out_of:,}" if rank.out_of else ""


def _among(office: Organisation, rank: Rank) -> str:
    """Return the group's name as printed, else the office's own; empty where neither is known."""
    name = rank.name or getattr(office, rank.scope, "")
    if rank.scope in ("district", "province") and name:
        return place_name(rank.scope, name, office.province)
    return name
