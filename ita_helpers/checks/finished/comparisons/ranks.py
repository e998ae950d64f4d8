"""Ranks: above the number of those ranked, or other than a table or another place has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise, starmap
from operator import eq, ge, le

from ita_helpers.checks.finished.comparisons.order import wrong_office_places
from ita_helpers.checks.finished.comparisons.placed_agencies import wrong_places_of_agencies
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, places
from ita_helpers.checks.finished.reading import any_of, bare, pattern, said
from ita_helpers.checks.finished.report import Passage, Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in_cell
from ita_helpers.checks.finished.sums.rank_columns import ranks_beside_scores
from ita_helpers.documents.naming import OVERALL

FEWEST = 6
"""Entries of a list that are in an order."""
NEAR, AHEAD = 160, 24
"""Characters around a word for a move in which the places stand, and before one that tells whose
year it is of.
"""


def _too_high(report: Report) -> Iterator[Found]:
    """Yield ranks above the number of those that are ranked."""
    for passage, place in report.find("rank_of"):
        if _number(place["rank"]) > _number(place["count"]):
            yield found_at(passage, place, "rank", count=place["count"])
    for table in report.tables:
        heads = heads_of(table)
        for row in table.rows:
            for at, cell in enumerate(row):
                found = pattern("rank_cell").fullmatch(squeezed(cell.text))
                head = heads[at] if at < len(heads) else ""
                words = head + " " + squeezed(row[0].text)
                is_rank = found and any_of("rank_words").search(words)
                if found and is_rank and int(found["rank"]) > int(found["count"]):
                    yield found_in_cell(cell, count=found["count"])


def _wrong_ways(report: Report) -> Iterator[Found]:
    """Yield ranks said to have risen that fell, or the contrary, and by how many."""
    is_there = report.has(said("rank_word"))
    for passage, word in report.places(said("rank_moved"), in_lines=True) if is_there else ():
        ranks = _beside(passage.text, word)
        counts = {each["count"] for each in ranks} - {None}
        apart = [abs(int(a["rank"]) - int(b["rank"])) for a, b in combinations(ranks, 2)]
        if len(ranks) < 2 or len(counts) > 1:
            continue
        old, new, is_known = _old_and_new(report, passage.text, ranks[-2:])
        is_other = old == new or int(word["by"]) not in apart
        if is_other or (is_known and len(ranks) == 2 and bool(word["up"]) != (new < old)):
            facts = {"right": new, "table": old}
            yield found_at(passage, word, **facts).told("moved")


def _beside(text: str, word: re.Match[str]) -> list[re.Match[str]]:
    """Return the places told right before a word for a move, else also those behind it."""
    start, known = max(0, word.start() - NEAR), said("rank_bare")
    before = list(known.finditer(text, start, word.start()))
    behind = known.finditer(text, word.end(), word.end() + NEAR)
    return before if len(before) > 1 else [*before, *behind]


def _old_and_new(
    report: Report, text: str, ranks: Sequence[re.Match[str]]
) -> tuple[int, int, bool]:
    """Return the old and the new one of two places, and whether it is certain which is which."""
    one, other = (int(each["rank"]) for each in ranks)
    between = (ranks[0].end(), ranks[1].start())
    if said("rank_to").search(text, *between):
        return one, other, True
    ahead = text[max(0, ranks[0].start() - AHEAD) : ranks[0].start()]
    was = [_is_before(report, each) for each in (ahead, text[slice(*between)])]
    return (one, other, True) if was == [True, False] else (other, one, was == [False, True])


def _is_before(report: Report, text: str) -> bool:
    """Whether words right before a place say that it is that of a year before."""
    told = list(said("year_named").finditer(text))
    is_older = bool(told) and int(told[-1]["year"]) < report.year
    return is_older or bool(said("last_year").search(text))


def _wrong_steps(report: Report) -> Iterator[Found]:
    """Yield ranks said to rise or fall from one to another that do the contrary."""
    for passage, place in report.places(said("rank_from_to"), in_lines=True):
        old, new = int(place["old"]), int(place["new"])
        if old != new and bool(place["up"]) != (new < old):
            facts = {"right": new, "table": old}
            yield found_at(passage, place, **facts).told("moved")


def _told_twice(report: Report) -> Iterator[Found]:
    """Yield the office's place in a group that the report has told otherwise before."""
    told: list[tuple[str, int]] = []
    for spoken, place in places(report, "rank_in_group"):
        if not _is_own(report, spoken, place):
            continue
        group, rank = bare(place["group"]), _number(place["rank"])
        known = {of for name, of in told if name.startswith(group) or group.startswith(name)}
        if len(known) == 1 and rank not in known:
            facts = {"right": known.pop()}
            yield found_at(spoken.passage, place, **facts).told("twice")
        told.append((group, rank))


def _is_own(report: Report, spoken: Spoken, place: re.Match[str]) -> bool:
    """Whether a place is surely that of the office's result of the year."""
    subject = report.subject_before(spoken.text, place.start())
    is_other = bool(said("rank_of_other").search(spoken.text, 0, place.start()))
    is_other |= bool(spoken.passage.row) or _is_dated(report, spoken.text[: place.start()])
    is_other |= names_another(spoken, place.start())
    is_other |= bool(said("another_survey").search(spoken.text, 0, place.start()))
    return not is_other and subject in ("", OVERALL)


def _out_of_order(report: Report) -> Iterator[Found]:
    """Yield numbers and scores of lines that do not go on as those of all others of a list do."""
    for entries in _lists(report):
        numbers = [Decimal(place["number"]) for _, place in entries]
        steps = [number - at for at, number in enumerate(numbers)]
        yield from (
            _of_entry(*entries[at], "number") for at in _odd(steps, eq)[:1] if at < len(steps) - 1
        )
        points = [Decimal(place["points"]) for _, place in entries]
        odd = [*_odd(points, ge), *_odd(points, le)]
        yield from (_of_entry(*entries[at], "points") for at in odd[:1])


def _of_entry(passage: Passage, place: re.Match[str], key: str) -> Found:
    return found_at(passage, place, key, name=place["name"]).told(f"odd_{key}")


def _lists(report: Report) -> Iterator[list[tuple[Passage, re.Match[str]]]]:
    """Yield the lists whose entries are a line each: a number, a name and a score."""
    read = ((each, pattern("ranked_line").fullmatch(each.text)) for each in report.lines)
    for _, lines in groupby(read, lambda each: each[1] is not None):
        entries = [(passage, place) for passage, place in lines if place]
        if len(entries) >= FEWEST:
            yield entries


def _odd(values: Sequence[Decimal], holds: Callable[[Decimal, Decimal], bool]) -> list[int]:
    """Return the places of values without any one of which each holds against the next."""
    if all(starmap(holds, pairwise(values))):
        return []
    others = ([*values[:at], *values[at + 1 :]] for at in range(len(values)))
    return [at for at, rest in enumerate(others) if all(starmap(holds, pairwise(rest)))]


def _is_dated(report: Report, before: str) -> bool:
    """Whether the words before a place say that it is that of another year."""
    told = said("year_right_before").search(before)
    return bool(told and int(told["year"]) != report.year)


def _number(written: str) -> int:
    return int(written.replace(",", ""))


RULES = (
    Rule("ITA105", "error", _too_high),
    Rule(
        "ITA106",
        "error",
        all_of(
            wrong_office_places,
            wrong_places_of_agencies,
            _wrong_ways,
            _wrong_steps,
            _told_twice,
            _out_of_order,
            ranks_beside_scores,
        ),
    ),
)
