"""From which end of its group something is so far, and which way the whole is told to have gone."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.comparisons.certain import is_of
from ita_helpers.checks.finished.comparisons.moves import differences, found_of, moves_told, way_of
from ita_helpers.checks.finished.comparisons.told import NEAR, SIDES, Told
from ita_helpers.checks.finished.passages.contests import offices
from ita_helpers.checks.finished.passages.gaps import Gap, of_one_end, since_last_year
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found
from ita_helpers.documents.naming import OVERALL


def wrong_ends_compared(report: Report) -> Iterator[Found]:
    """Yield "highest" or "lowest" beside how far something is from the contrary end."""
    for told in report.once(differences):
        text = told.spoken.text
        end = said("from_an_end").match(text, told.word.end())
        if not end or told.word.lastgroup not in SIDES:
            continue
        is_low = bool(said("low_words").search(end["end"]))
        gaps = list(_from(report, told, is_low=is_low, is_office=bool(end["office"])))
        others = list(_from(report, told, is_low=not is_low, is_office=bool(end["office"])))
        wrong = [each for each in others if each.by and is_of(told.number, each)]
        if gaps and wrong and not any(is_of(told.number, each) for each in gaps):
            found = text[end.start("end") : end.end()]
            yield found_of(told.spoken, end.start("end"), found, wrong[0])


def _from(report: Report, told: Told, *, is_low: bool, is_office: bool) -> Iterator[Gap]:
    """Yield how far what is told of is from one end of its group, or the office of its table."""
    for table in offices(report) if is_office else ():
        if own := table.points.get(table.own):
            points = table.points.values()
            yield Gap(OVERALL, own, min(points) if is_low else max(points))
    if not is_office and told.code.isdigit():
        yield from of_one_end(report, told.code, is_low=is_low)


def wrong_ways_of_whole(report: Report) -> Iterator[Found]:
    """Yield words for up or down told of the whole of this year, which went the other way."""
    gaps = list(since_last_year(report, OVERALL))
    for spoken, words in report.once(moves_told) if gaps else ():
        for word in words if not spoken.passage.under else ():
            behind = (word.end(), word.end() + NEAR)
            is_told = word.lastgroup in ("up", "down") and not spoken.between(*behind)
            is_whole = is_told and said("told_of_whole").search(spoken.text, 0, word.start())
            is_other = is_whole and (
                said("conditional").search(spoken.plain, 0, word.start())
                or said("over_a_time").match(spoken.text, word.end())
                or spoken.year_at(word.start(), report.year) != report.year
            )
            if is_whole and not is_other and all(e.by * way_of(word) < 0 for e in gaps):
                yield found_of(spoken, word.start(), word.group(), gaps[0])
