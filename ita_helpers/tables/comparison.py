"""Tables of many offices: ranks, groups, levels and the indicators that are weak in most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import (
    Align,
    Cell,
    Row,
    Table,
    group_row,
    head_row,
    left_then_right,
    number,
)
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_count, format_score
from ita_helpers.scoring.compared import Compared, ComparisonData, Group
from ita_helpers.scoring.ranking import FEWEST, mean_of
from ita_helpers.words.comparison import call

MOST = 150
"""So many offices are listed; of more, the ends of the list."""
ENDS = 20
"""So many offices of each end are listed then."""
DASH = "–"


def _say(key: str, **facts: object) -> str:
    return say(f"comparison.{key}", **facts)


def _label(key: str) -> str:
    return label(f"comparison.{key}")


def tabulate_ranks(data: ComparisonData) -> Table | Absent:
    """Return the offices by their overall score, each with rank, level and change.

    Equal scores share a rank. Of very many the highest and lowest are listed.
    """
    if not data.scored:
        return Absent("none")
    columns = [*_rank_columns(data)]
    rows = [*_rank_rows(data, len(columns), lambda e: tuple(read(e) for _, _, read in columns))]
    is_whole = len(data.scored) <= MOST
    return Table(
        caption=_say(f"rank.caption{'' if is_whole else '_ends'}", year=data.fiscal_year),
        head=(
            head_row(
                *(_label(f"rank.head.{key}") for key, _, _ in columns),
                aligns=[align for _, align, _ in columns],
            ),
        ),
        body=tuple(rows),
        notes=tuple(_rank_notes(data, is_whole=is_whole)),
    )


_Column = tuple[str, Align, Callable[[Compared], Cell]]


def _rank_columns(data: ComparisonData) -> Iterator[_Column]:
    """Yield the columns that say something, each with its key and how a cell is read."""
    if len(data.scored) > 1:
        yield "rank", "right", lambda each: number(format_count(data.ranks[each.code]))
    yield "name", "left", lambda each: _name(data, each)
    if len({each.office.province for each in data.scored}) > 1:
        yield "place", "left", lambda each: Cell(each.office.province or DASH)
    yield "overall", "right", lambda each: _overall(data, each)
    yield "level", "left", lambda each: Cell(each.facts.level or DASH)
    if data.changed:
        yield "change", "right", lambda each: number(_change(each))
    if any(each.published for each in data.scored):
        yield "published", "right", lambda each: number(_published(data, each))


def _rank_rows(data: ComparisonData, width: int, read: Callable[[Compared], Row]) -> Iterator[Row]:
    if len(data.scored) <= MOST:
        yield from map(read, data.scored)
        return
    own = data.marked_office
    ends = {"highest": data.scored[:ENDS], "lowest": data.scored[-ENDS:]}
    for key, offices in ends.items():
        if own and key == "lowest" and not any(own in each for each in ends.values()):
            yield group_row(_label("rank.marked"), width)
            yield read(own)
        yield group_row(_say(f"rank.{key}", count=len(offices)), width)
        yield from map(read, offices)


def _rank_notes(data: ComparisonData, *, is_whole: bool) -> Iterator[str]:
    if len(data.scored) < 2:
        yield _label("rank.only")
    else:
        yield _say("rank.scope", scored=len(data.scored), of=data.belonging)
    if 1 < len(data.scored) < FEWEST:
        yield _say("rank.few", count=len(data.scored))
    if not is_whole:
        yield _label("rank.whole")
    if data.below:
        yield _label("rank.below")
    if data.contradicted:
        yield _label("rank.differs")
    if any(each.facts.comparable == "changed" for each in data.changed):
        yield _label("rank.changed")
    if data.changed and len(data.changed) < len(data.scored):
        yield _label("rank.dash")


def _name(data: ComparisonData, each: Compared) -> Cell:
    name, is_own = call(data, each.office), each.code == data.marked
    return Cell(_say("marked", name=name) if is_own else name, scope="row", strong=is_own)


def _overall(data: ComparisonData, each: Compared) -> Cell:
    if each.overall is None:
        return number(DASH)
    return number(format_score(each.overall), strong=each.overall < data.target)


def _change(each: Compared) -> str:
    if each.change is None:
        return DASH
    mark = "*" if each.facts.comparable == "changed" else ""
    return f"{format_change(each.change)}{mark}"


def _published(data: ComparisonData, each: Compared) -> str:
    if each.published is None:
        return DASH
    differs = each.published.rank != data.ranks[each.code]
    facts = {"rank": each.published.rank, "of": each.published.out_of or ""}
    return _say("rank.published", differs=differs, **facts)


def kinds_of_groups(data: ComparisonData) -> list[str]:
    """Return by what the offices can be grouped: what differs among them and is not too many."""
    found = []
    for kind in ("province", "district", "type"):
        groups = data.groups(kind)
        if 1 < len(groups) <= MOST and len(groups) < len(data.scored):
            found.append(kind)
    return [each for each in found if each != "district" or "province" not in found]


def tabulate_groups(data: ComparisonData, kind: str) -> Table | Absent:
    """Return the offices' scores by ``province``, ``district`` or ``type``, the highest first."""
    if kind not in kinds_of_groups(data):
        return Absent("none")
    heads = [_label(f"groups.head.{key}") for key in _FIGURES]
    names = [_label(f"groups.kind.{kind}"), *heads]
    return Table(
        caption=_say("groups.caption", kind=names[0], year=data.fiscal_year),
        head=(head_row(*names, aligns=left_then_right(len(heads))),),
        body=tuple(_group_row(data, each) for each in data.groups(kind)),
        notes=(_label("groups.order"),),
    )


_FIGURES = ("count", "mean", "highest", "lowest", "passed", "fell")


def _group_row(data: ComparisonData, group: Group) -> Row:
    scores = _scores(group)
    passed = sum(score >= data.target for score in scores)
    fell = sum(each.change is not None and each.change < 0 for each in group.offices)
    points = [format_score(each) for each in (_mean(group), max(scores), min(scores))]
    figures = (format_count(len(scores)), *points, *map(format_count, (passed, fell)))
    return (Cell(group.name or _label("no_name"), scope="row"), *map(number, figures))


def _scores(group: Group) -> list[Decimal]:
    return [each.overall for each in group.offices if each.overall is not None]


def _mean(group: Group) -> Fraction:
    return mean_of(_scores(group)) or Fraction(0)


def tabulate_levels(data: ComparisonData) -> Table | Absent:
    """Return how many offices have each level, this year and last where it may be compared."""
    levels = data.levels
    if not any(levels.values()):
        return Absent("none")
    comparable = [each for each in data.offices if each.facts.comparable not in (None, "broken")]
    last = Counter(each.facts.previous_level for each in comparable if each.facts.previous_level)
    has_last = any(last[name] for name in levels)
    keys = ("level", "now", "last") if has_last else ("level", "now")
    rows: list[tuple[str, ...]] = [
        (name, format_count(count), *([format_count(last[name])] if has_last else []))
        for name, count in levels.items()
    ]
    if unknown := sum(not each.facts.level for each in data.offices):
        rows.append(
            (_label("levels.unknown"), format_count(unknown), *([DASH] if has_last else []))
        )
    return _counted("levels", keys, rows, data)


def tabulate_weak(data: ComparisonData) -> Table | Absent:
    """Return the indicators, those below the target in most offices first."""
    found = data.weaknesses
    if not found:
        return Absent("indicators")
    rows = [
        (
            say("words.indicator", code=each.code, name=each.name),
            format_score(each.mean),
            format_count(len(each.below)),
            format_count(each.lowest_of),
            DASH if each.lost is None else format_score(each.lost),
        )
        for each in found
    ]
    keys = ("indicator", "mean", "below", "lowest", "lost")
    return _counted("weak", keys, rows, data, (_label("weak.lost"),))


def _counted(
    name: str,
    keys: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    data: ComparisonData,
    notes: tuple[str, ...] = (),
) -> Table:
    heads = [_label(f"{name}.head.{key}") for key in keys]
    return Table(
        caption=_say(f"{name}.caption", year=data.fiscal_year),
        head=(head_row(*heads, aligns=left_then_right(len(heads) - 1)),),
        body=tuple((Cell(first, scope="row"), *map(number, rest)) for first, *rest in rows),
        notes=notes,
    )
