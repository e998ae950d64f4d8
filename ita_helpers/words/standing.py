"""Where the office stands among others, as published: its ranks, and its groups' figures.

Nothing is ranked or averaged here. A table names every group; where a score is compared in a
sentence or a column, at most two references stand beside it: the nearest group and all offices.
"""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import place_name
from ita_helpers.records.scores import PublishedResult, Rank
from ita_helpers.scoring.report_data import Peers, ReportData


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


def describe_groups(data: ReportData) -> Iterator[tuple[str, str]]:
    """Yield mean and counts of each group of the office, and the counts of all organisations."""
    for peers in data.peers:
        mean = peers.score(data.fiscal_year, "ITA")
        if mean is not None:
            score = say("words.score_with_unit", score=format_score(mean))
            yield mean_name(peers), score
        year = peers.years.get(data.fiscal_year)
        yield from _counts(peers.group.name, year.result if year else None)
    country = data.reference.get(data.fiscal_year)
    yield from _counts(label("report.overall.country"), country.result if country else None)


def mean_name(peers: Peers) -> str:
    """Return what the mean of a group is called."""
    return say("report.overall.mean_of", group=peers.group.short_name)


def _counts(name: str, result: PublishedResult | None) -> Iterator[tuple[str, str]]:
    if result and (result.assessed is not None or result.passed is not None):
        shown = {
            key: "" if count is None else f"{count:,}"
            for key, count in (("assessed", result.assessed), ("passed", result.passed))
        }
        yield say("report.overall.counted", group=name), say("report.overall.counts", **shown)
