"""Ranks: above the number of those ranked, or other than a table or another place has them."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.order import wrong_office_places
from ita_helpers.checks.finished.reading import any_of, pattern, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in_cell


def _too_high(report: Report) -> Iterator[Found]:
    """Yield ranks above the number of those that are ranked."""
    for passage, place in report.find("rank_of"):
        if int(place["rank"]) > int(place["count"]):
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
        ranks = list(said("rank_of").finditer(passage.text, 0, word.start()))[-2:]
        if len(ranks) < 2 or ranks[0]["count"] != ranks[1]["count"]:
            continue
        one, other = (int(each["rank"]) for each in ranks)
        between = passage.text[ranks[0].end() : ranks[1].start()]
        old, new = (other, one) if said("last_year").search(between) else (one, other)
        if old == new or int(word["by"]) != abs(old - new) or bool(word["up"]) != (new < old):
            facts = {"right": new, "table": old}
            yield found_at(passage, word, **facts).told("moved")


def _wrong_steps(report: Report) -> Iterator[Found]:
    """Yield ranks said to rise or fall from one to another that do the contrary."""
    for passage, place in report.places(said("rank_from_to"), in_lines=True):
        old, new = int(place["old"]), int(place["new"])
        if old != new and bool(place["up"]) != (new < old):
            facts = {"right": new, "table": old}
            yield found_at(passage, place, **facts).told("moved")


RULES = (
    Rule("ITA105", "error", _too_high),
    Rule("ITA106", "error", all_of(wrong_office_places, _wrong_ways, _wrong_steps)),
)
