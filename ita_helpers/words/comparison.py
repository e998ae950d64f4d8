"""The first screen of a comparison of many offices, and the sentences above its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Finding, Panel
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_score
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import place_name
from ita_helpers.scoring.compared import (
    Compared,
    ComparisonData,
    Scope,
    Weakness,
)
from ita_helpers.scoring.ranking import mean_of, quartile_of
from ita_helpers.words.bottom_line import NAMED_TIES

NOTE = "ita-note"
NAMED = 3
"""So many offices are named in a line; of more, how many there are."""


def _say(key: str, **facts: object) -> str:
    return say(f"comparison.{key}", **facts)


def _label(key: str) -> str:
    return label(f"comparison.{key}")


Tell = Callable[[Compared], str] | None
"""What is said of an office instead of its name."""


def name_scope(scope: Scope, count: int) -> str:
    """Return what the offices of a scope are called; ``count`` is how many a list has."""
    if scope.listed and not scope.published:
        return _say("list", count=count)
    named = {"district": scope.district, "province": scope.province}
    place = " ".join(place_name(kind, name, scope.province) for kind, name in named.items() if name)
    if scope.type:
        return _say("of_type", type=scope.type, place=place)
    if scope.published:
        return _say("published", place=place)
    return _say("all_in", place=place) if place else _label("country")


def call(data: ComparisonData, office: Organisation) -> str:
    """Return the name of an office, with its place where another here has the same."""
    if data.names[office.short_name] < 2:
        return office.short_name
    kind = "district" if office.district else "province"
    place = place_name(kind, office.district or office.province, office.province)
    return _say("office_in", name=office.short_name, place=place if place else office.code)


def call_some(
    data: ComparisonData,
    offices: Sequence[Compared | Organisation],
    tell: Tell = None,
) -> str:
    """Return the names of the first few offices, and how many more there are."""
    shown = offices if len(offices) <= NAMED + 1 else offices[:NAMED]
    names = [
        tell(each)
        if tell and isinstance(each, Compared)
        else call(data, each.office if isinstance(each, Compared) else each)
        for each in shown
    ]
    more = len(offices) - len(shown)
    return _say("named", names=" ".join(names) if more else join_names(names), more=more)


MANY = 30
"""Of more offices it is said in which provinces most of them are, if there are several."""


def call_places(
    data: ComparisonData, offices: Sequence[Compared | Organisation], tell: Tell = None
) -> str:
    """Return the names of the first few offices; of very many the provinces where most are."""
    if len(offices) == len(data.offices) > NAMED:
        return _label("all")
    known = [each.office if isinstance(each, Compared) else each for each in offices]
    counted = Counter(each.province for each in known if each.province)
    if len(offices) <= MANY or len(counted) < 2:
        return call_some(data, offices, tell)
    most = counted.most_common(NAMED)
    return _say("most_in", places=[_say("place_count", place=p, count=n) for p, n in most])


def headline(data: ComparisonData) -> Panel:
    """Return how many reach the target, the mean, and in one sentence what changed."""
    mean = mean_of(each.overall for each in data.scored if each.overall is not None)
    points = (
        _label("headline.no_points")
        if mean is None
        else _say("headline.points", score=format_score(mean))
    )
    passed = _say("headline.passed_count", count=len(data.passed), of=len(data.scored))
    level = Words((_label("headline.passed"),), kind=NOTE), Words((passed,))
    score = Words((_label("headline.mean"),), kind=NOTE), Words((points,))
    return Panel(
        "headline",
        (
            Panel("level", level),
            Panel("score", score),
            Panel("why", (Finding(_below(data), _changed(data)),)),
            Panel("facts", (Words(tuple(_facts(data)), kind=NOTE),)),
        ),
    )


def _below(data: ComparisonData) -> str:
    if not data.scored:
        return _label("headline.no_scores")
    target = format_score(data.target)
    if not data.below:
        return _say("headline.all_passed", count=len(data.scored), target=target)
    names = call_some(data, data.below)
    return _say("headline.below", count=len(data.below), names=names, target=target)


def _changed(data: ComparisonData) -> str:
    if not data.changed:
        return _label("headline.not_comparable")
    level_fell = sum(each.level_moved < 0 for each in data.moved_level)
    facts = {"of": len(data.changed), "level_fell": level_fell}
    if not data.fell:
        return _say("headline.none_fell", **facts)
    return _say("headline.fell", count=len(data.fell), **facts)


def _facts(data: ComparisonData) -> Iterator[str]:
    for level, count in data.levels.items():
        if count:
            yield _say("headline.level", level=level, count=count)
    if unknown := len(data.offices) - sum(data.levels.values()):
        yield _say("headline.no_level", count=unknown)
    scores = [each.overall for each in data.scored if each.overall is not None]
    if len(scores) > 1:
        yield _say("headline.median", score=format_score(Decimal(median(scores))))
    if data.country_mean is not None:
        yield _say("headline.country", score=format_score(data.country_mean))
    made = len(data.offices) + len(data.apart)
    key = "published" if data.scope.published else "reports"
    yield _say(f"headline.{key}", count=made, of=data.belonging)


def keep(data: ComparisonData) -> Panel | Absent:
    """Return the highest of several offices, and the indicators with the highest mean."""
    if len(data.scored) < 2:
        return Absent("none")
    first = data.scored[0].overall
    assert first is not None
    highest = [each for each in data.scored if each.overall == first]
    names, several = call_some(data, highest), len(highest) > 1
    said = [_say("keep.office", names=names, several=several, score=format_score(first))]
    if weak := data.weaknesses:
        most = max(each.mean for each in weak)
        best = [each for each in weak if each.mean == most]
        facts = {"names": _named(best), "score": format_score(most), "several": len(best) > 1}
        said.append(_say("keep.indicator", **facts))
    return Panel("keep", (Words(tuple(said), heading=_label("keep.title"), level=3),))


def state(data: ComparisonData) -> Panel | Absent:
    """Return how far the reports are: issued, reviewed, drafts."""
    if data.edition == "public":
        return Absent("none")
    drafts = sum(bool(each.drafts) for each in data.offices)
    issued = sum(bool(each.issued) for each in data.offices)
    reviewed = sum(each.drafts == 0 for each in data.offices)
    facts = {"count": len(data.offices), "reviewed": reviewed}
    return Panel("state", (Words((_say("state", issued=issued, drafts=drafts, **facts),), NOTE),))


def describe_marked(data: ComparisonData) -> Words | Absent:
    """Say the rank of the office that is marked."""
    each = data.marked_office
    if each is None or each.overall is None:
        return Absent("none")
    count, rank = len(data.scored), data.ranks[each.code]
    quarter = quartile_of(rank, count)
    said = _say(
        "marked_rank",
        name=call(data, each.office),
        score=format_score(each.overall),
        rank=rank,
        sharing=[*data.ranks.values()].count(rank),
        of=count,
        quartile=quarter or "",
    )
    return Words((said,))


def describe_weak(data: ComparisonData) -> Words | Absent:
    """Say which indicator is below the target in most offices, and which costs most."""
    found = data.weaknesses
    if not found:
        return Absent("indicators")
    first = found[0]
    costly = max(found, key=lambda each: each.lost or 0)
    facts: dict[str, object] = {
        "target": format_score(data.target),
        "lost": "" if costly.lost is None else format_score(costly.lost),
        "other": _indicator(costly),
    }
    if not first.below:
        return Words((_say("weak.none", **facts),))
    tied = [each for each in found if len(each.below) == len(first.below)]
    facts |= {"several": len(tied) > 1, "same": [each.code for each in tied] == [costly.code]}
    facts |= {"count": len(first.below), "of": first.known, "names": _named(tied)}
    return Words((_say("weak.found", **facts),))


def _named(tied: Sequence[Weakness]) -> str:
    """Return the names of a few indicators, or how many there are and their numbers."""
    if len(tied) > NAMED_TIES:
        return _say("weak.tied", count=len(tied), codes=[each.code for each in tied])
    return join_names(map(_indicator, tied))


def _indicator(each: Weakness) -> str:
    return say("words.indicator", code=each.code, name=each.name)


def describe_limits(data: ComparisonData) -> Words:
    """Say what the comparison rests on and lacks: offices, rules, notebooks, doubtful ranks."""
    day = format_date(data.as_of) if data.as_of else ""
    return Words((*_limits(data), _say("limits.source", day=day)))


def _limits(data: ComparisonData) -> Iterator[str]:
    is_public = data.edition == "public"
    if data.scope.published:
        made = len(data.offices) + len(data.apart)
        yield _say("limits.published", count=made, of=data.belonging)
    elif data.missing:
        facts = {"count": len(data.missing), "of": data.belonging}
        yield _say("limits.missing", names=call_some(data, data.missing), **facts)
    if unscored := [each for each in data.offices if each.overall is None]:
        yield _say("limits.unscored", count=len(unscored), names=call_some(data, unscored))
    if data.apart:
        names = call_some(data, data.apart)
        yield _say("limits.apart", count=len(data.apart), names=names, public=is_public)
    if assumed := {e.facts.assumed_from for e in data.offices} - {0}:
        yield _say("limits.assumed", year=data.fiscal_year, from_year=max(assumed))
    if data.made_up:
        yield _say("limits.made_up", count=data.made_up)
    for each in data.offices:
        if each.moved:
            both = {"told": each.moved, "known": each.office.province}
            places = {key: place_name("province", name, name) for key, name in both.items()}
            yield _say("limits.moved", name=call(data, each.office), **places)
    yield from (_say("limits.twice", codes=codes, public=is_public) for codes in data.twice)
    if data.contradicted:
        names = call_some(data, data.contradicted)
        yield _say("limits.contradicted", names=names, public=is_public)
    if data.marked and data.marked_office is None:
        yield _say("limits.not_marked", name=data.marked)


MOST_FILES = 20
"""So many notebooks that cannot be used are named."""


def describe_skipped(data: ComparisonData) -> Words | Absent:
    """Name the notebooks that are none of the reports, each with what is to be done."""
    if not data.skipped or data.edition == "public":
        return Absent("none")
    said = [_say("limits.skipped", count=len(data.skipped))]
    said += lines_of_skipped(data)
    return Words(tuple(said))


def lines_of_skipped(data: ComparisonData) -> Iterable[str]:
    """Yield a line for each notebook that cannot be used."""
    for each in data.skipped[:MOST_FILES]:
        yield _say(f"limits.why.{each.why}", file=each.file)
    if len(data.skipped) > MOST_FILES:
        yield _say("more", count=len(data.skipped) - MOST_FILES)
