"""The words on where an office stands among its peers: its rank, over whom, and as published."""

from __future__ import annotations

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import say
from ita_helpers.language.points import format_score
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import place_name
from ita_helpers.scoring.peer_ranking import OVERALL, PeerRanking, Standing
from ita_helpers.scoring.ranking import FEWEST
from ita_helpers.scoring.report_data import ReportData


def describe_peers(data: ReportData) -> Words | Absent:
    """Return the overall rank among the peers asked for, computed and as published.

    Among fewer than five offices with data there is none, which only the analyst is told.
    """
    ranking = data.ranking
    if ranking is None:
        return Absent("peers")
    if not standings(data):
        return Absent("few_peers")
    overall = ranking.standing(OVERALL)
    said = [_said(data, ranking, overall)] if overall else []
    said += [_published(ranking, overall)] if ranking.published else []
    return Words(tuple(said)) if said else Absent("none")


def standings(data: ReportData) -> dict[str, Standing]:
    """Return how the overall score and each indicator stand, as far as there are enough to tell."""
    if data.ranking is None:
        return {}
    codes = (OVERALL, *(each.code for each in data.framework.indicators.list))
    found = {code: data.ranking.standing(code) for code in codes}
    return {code: each for code, each in found.items() if each}


def name_of_peers(data: ReportData) -> str:
    """Return whom the office is ranked among, in words."""
    assert data.ranking is not None
    group, office = data.ranking.group, data.organisation
    name = _place(group.kind, office) or group.name
    return say("peers.group", kind=group.kind, name=name, type=office.type)


def _place(kind: str, office: Organisation) -> str:
    if kind not in ("province", "district"):
        return ""
    province = place_name("province", office.province, office.province)
    if kind == "province":
        return province
    return f"{place_name('district', office.district, office.province)} {province}"


def _said(data: ReportData, ranking: PeerRanking, overall: Standing) -> str:
    return say(
        "peers.overall",
        score=format_score(overall.score),
        rank=overall.rank,
        sharing=overall.sharing,
        count=overall.count,
        belonging=ranking.group.belonging,
        group=name_of_peers(data),
        quartile=overall.quartile,
        middle=format_score(overall.middle),
    )


def _published(ranking: PeerRanking, overall: Standing | None) -> str:
    published = ranking.published
    assert published is not None
    return say(
        "peers.published",
        rank=published.rank,
        of=published.out_of,
        why=ranking.contradicted,
        computed=overall.rank if overall else 0,
        count=overall.count if overall else 0,
        sharing=overall.sharing if overall else 0,
    )


def doubt_peers(data: ReportData) -> str:
    """Return what whoever makes the report should know of its peers; nothing if all is well."""
    ranking = data.ranking
    if ranking is None:
        return ""
    if ranking.known < FEWEST:
        facts = {"known": ranking.known, "belonging": ranking.group.belonging}
        return say("peers.few", fewest=FEWEST, group=name_of_peers(data), **facts)
    if why := ranking.contradicted:
        published, overall = ranking.published, ranking.standing(OVERALL)
        assert published and overall
        ranks = {"published": published.rank, "computed": overall.rank}
        return say("peers.contradicted", why=why, of=published.out_of, count=overall.count, **ranks)
    return ""
