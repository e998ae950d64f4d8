"""Levels told in sentences: which, of which year and score, and how: told, wished, asked for.

The one place that reads them; whatever judges levels asks here. What is not surely told of the
result is no claim about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.counts.quantified import is_told_of_many
from ita_helpers.checks.finished.levels.level_bounds import names_of
from ita_helpers.checks.finished.levels.level_names import (
    MARKS,
    NEAR,
    Level,
    after,
    is_result,
    levels_in,
    named,
    pattern,
)
from ita_helpers.checks.finished.passages.contests import is_of_listed
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, spoken_with
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.language.number_words import number_of
from ita_helpers.values import replace

FEWEST, MANY = 2, 4
"""Levels of a list at least; a sentence that names so many explains them."""
BESIDE, AROUND = 16, 70
"""Characters beyond ``NEAR`` before a level in which others than the office are named; around
a name of no year, in which stands what it is told of.
"""
_WAYS_BEFORE = ("by", "denied", "left", "kept", "far", "from", "compared")
"""What a level may be told as by the words right before it."""
WISHES = ("wished", "far")
"""What a level is told as that is yet to be reached."""


@dataclass(frozen=True)
class Levelled:
    """A level with what is said of it.

    ``how`` is "told", "kept", "from" or "left" of a result; "wished", "asked", "denied"; "by" what
    it asks for; "compared" under other rules; "far" where the distance to it is told; or empty
    where the words do not say it. ``years`` (B.E.) are those of which it may be told, none where
    that is not known; ``points`` are told with it, right beside it if ``is_beside``.
    """

    spoken: Spoken
    level: Level
    how: str
    code: str
    years: tuple[int, ...]
    points: Decimal | None
    is_beside: bool
    is_own: bool

    @property
    def is_of_result(self) -> bool:
        """Whether it is told of a result that there is."""
        return self.how in ("told", "kept", "from", "left")


def levelled(report: Report) -> tuple[Levelled, ...]:
    """Return the levels that the sentences of a report name, with what is said of each."""
    return report.once(_all)


def _all(report: Report) -> tuple[Levelled, ...]:
    known = named(report.level_names, "found")
    found = []
    for spoken in spoken_with(report, known):
        levels = levels_in(report, spoken.text)
        is_long = len({each.name for each in levels}) >= MANY
        for each in _read(report, spoken, levels) if levels else ():
            if not is_long or (each.is_of_result and each.points is not None):
                found.append(each)
        of = ("listed", OVERALL, (), None, False, True)
        strange = [e for e in levels if e.name not in report.level_names and e.way == "joined"]
        found += [Levelled(spoken, each, *of) for each in strange if is_long]
    return tuple(found)


def _read(report: Report, spoken: Spoken, levels: Sequence[Level]) -> Iterator[Levelled]:
    of_list, last = _years_of_list(report, spoken, levels), None
    for number, level in enumerate(levels):
        before = levels[number - 1].end if number else 0
        how = _how(report, spoken, level, before)
        years = of_list[number] if of_list else _years(report, spoken, level, how, last)
        if last and pattern("again").fullmatch(spoken.text, before, level.begin):
            how, years = last.how, last.years
        elif last and not how and _is_joined(report, spoken.text, last.level, level):
            how = "told" if last.how == "from" else last.how
        if last and last.how == "from" and _is_joined(report, spoken.text, last.level, level):
            years = tuple(dict.fromkeys((report.year, *(year + 1 for year in last.years))))
        is_own = not names_another(spoken, level.begin) and not is_of_listed(
            report, spoken.text, level.begin
        )
        beside = _beside(spoken.text, level, before)
        if not is_own and beside is not None:
            years = tuple(dict.fromkeys((*years, report.year)))
        is_of_now = how != "from" and beside is None
        since = before if is_own else max(before, level.begin - NEAR)
        back = pattern("back_to_result").search(spoken.text, since, level.start)
        since = back.start() if back else since
        since = level.begin if _is_risen_to(spoken, level) else since
        points = _points(report, spoken, level, since) if is_of_now else beside
        if how == "wished" and beside is not None and is_result(report, beside):
            how = "told"
        of = (_code(spoken, level), years, points, beside is not None)
        last = Levelled(spoken, level, how, *of, is_own)
        yield last
        yield from _alike(report, last)


def _alike(report: Report, told: Levelled) -> Iterator[Levelled]:
    """Yield a level that is said to be that of a year before too."""
    same = pattern("alike").match(told.spoken.text, told.level.end)
    behind = [year for place, year in _named_years(told.spoken) if place >= told.level.end]
    if same and behind and told.how in ("told", "wished", "kept") and behind[0] <= report.year:
        yield replace(told, how="told", years=(behind[0],), points=None, is_beside=False)


def _is_joined(report: Report, text: str, one: Level, other: Level) -> bool:
    place = named(report.level_names, "joined").match(text, one.end)
    return bool(place and place.start("level") == other.start)


def _years_of_list(
    report: Report, spoken: Spoken, levels: Sequence[Level]
) -> list[tuple[int, ...]]:
    """Return the years (B.E.) of levels told one after the other, empty where they are not so."""
    text, pairs = spoken.text, list(pairwise(levels))
    is_chain = all(pattern("step").match(text, one.end) for one, _ in pairs)
    is_list = is_chain or pattern("listed").search(text, levels[-1].end)
    if not is_list or len(levels) < FEWEST:
        return []
    if is_chain and any(pattern("year_behind").match(text, each.end) for each in levels):
        return []
    if not all(_is_joined(report, text, *pair) for pair in pairs):
        return [() for _ in levels]
    told = sorted({y for at, y in _named_years(spoken) if y and at < levels[0].begin})
    if span := pattern("year_span").search(text, 0, levels[0].begin):
        told = sorted({*told, int(span["last"])})
    if len(told) == FEWEST:
        told = list(range(told[0], told[1] + 1))
    if len(told) == len(levels):
        return [(each,) for each in told]
    count = pattern("so_many_years").search(text, 0, levels[0].begin)
    if not told and count and number_of(count["count"]) == len(levels):
        first = report.year - len(levels)
        if is_chain:
            return [(first + at + 1,) for at in range(len(levels))]
        return [(first + at, first + at + 1) for at in range(len(levels))]
    return [() for _ in levels]


def _clause(text: str, begin: int, before: int) -> str:
    """Return the words of a clause before a level in it."""
    return after(text[:begin], begin, "clause")[-(begin - before) :] if begin > before else ""


def _how(report: Report, spoken: Spoken, level: Level, before: int) -> str:
    """Return what a level is told as."""
    text = spoken.text
    left, whole = (_clause(text, level.begin, start) for start in (before, 0))
    if _is_of_many(report, spoken, level, whole) or pattern("not_left").search(left):
        return ""
    if way := next((key for key in _WAYS_BEFORE if pattern(key).search(left)), ""):
        return way
    told, beside = pattern("told").search(left), _beside(text[: level.begin], level, before)
    if pattern("far_behind").match(text, level.end) and not (told or beside is not None):
        return "far"
    if pattern("rising_to").search(left):
        return "far" if pattern("lacked_behind").match(text, level.end) else "wished"
    known = [e.end for e in spoken.numbers if e.end <= level.begin and is_result(report, e.points)]
    scored = [e for e in spoken.numbers if before <= e.start < level.begin and e.points > SMALL]
    if (
        level.way == "ruled"
        or pattern("relative").search(text, 0, level.start)
        or pattern("asked_before").search(left)
        or (pattern("asked_behind").match(text, level.end) and not (told and scored))
    ):
        return "asked"
    since = min(whole, after(text, level.begin, "starts_again"), key=len)[-AROUND:]
    if known and told:
        since = since[-(level.begin - known[-1]) :]
    aim = said("aim_of_next").search(text, max(0, level.begin - AROUND), level.begin)
    if (
        pattern("wished").search(since)
        or (aim and int(aim["year"]) > report.year)
        or pattern("supposed").search(after(text, level.begin, "breaks"))
        or pattern("wished_behind").match(text, level.end)
    ):
        return "far" if pattern("lacked_behind").match(text, level.end) else "wished"
    if pattern("limits").search(whole) and not known:
        return "asked"
    return "told" if _is_told(text, level, left) else ""


def _is_of_many(report: Report, spoken: Spoken, level: Level, whole: str) -> bool:
    """Whether a level is told of several offices or years, or of rules."""
    return bool(
        is_told_of_many(report, spoken.passage, level.start, ("office", "year"))
        or pattern("of_many").search(whole[-NEAR - BESIDE :])
        or pattern("counted").match(spoken.text, level.end)
        or pattern("of_rules").search(spoken.text)
    )


def _is_told(text: str, level: Level, left: str) -> bool:
    """Whether words right before a level, or a score or a year beside it, make it a result."""
    return bool(
        pattern("told").search(left)
        or level.way in ("bracket", "led", "is")
        or (level.way in MARKS and _stands_alone(text, level))
        or pattern("score_before").search(text, 0, level.begin)
        or pattern("score_behind").match(text, level.end)
        or pattern("told_behind").match(text, level.end)
        or pattern("year_behind").match(text, level.end)
        or pattern("year_right_before").search(text, 0, level.begin)
    )


def _stands_alone(text: str, level: Level) -> bool:
    """Whether a level begins a clause, and nothing but a score or a year is told of it."""
    is_first = pattern("opens").search(text, 0, level.begin)
    return bool(is_first and pattern("alone_behind").match(text, level.end))


def _code(spoken: Spoken, level: Level) -> str:
    """Return what a level is told of: what is named last before it."""
    before = spoken.last_named(level.begin)
    return before.code if before else OVERALL


def _beside(text: str, level: Level, before: int) -> Decimal | None:
    """Return the score right beside a level."""
    found = pattern("year_and_score").match(text, level.end)
    found = found or pattern("score_before").search(text, before, level.begin)
    found = found or pattern("score_behind").match(text, level.end)
    return Decimal(found["points"]) if found else None


def _points(report: Report, spoken: Spoken, level: Level, before: int) -> Decimal | None:
    """Return the last score before a level in what is told of it, that of a result if any."""
    text = spoken.text
    large = [each for each in spoken.numbers if each.points > SMALL]
    told = [each for each in large if before <= each.start and each.end <= level.begin]
    known = [each for each in told if is_result(report, each.points)]
    told = known or [e for e in told if not pattern("limit_number").search(text, 0, e.start)]
    is_apart = told and pattern("apart").search(text, told[-1].end, level.begin)
    return told[-1].points if told and not is_apart else None


def _years(
    report: Report, spoken: Spoken, level: Level, how: str, last: Levelled | None
) -> tuple[int, ...]:
    """Return the years (B.E.) of which a level may be told."""
    text, now = spoken.text, report.year
    before = last.level.end if last else 0
    told = [e for e in _named_years(spoken) if not (last and _is_bound(text, last.level, e[0]))]
    ahead = [each for each in told if each[0] < level.start]
    behind = [each for each in told if each[0] >= level.end]
    bound = _is_bound(text, level, behind[0][0]) if behind else None
    is_first = how == "from" or not (ahead and ahead[-1][0] >= before)
    is_first = is_first or bool(pattern("became").search(text, 0, level.start))
    if bound and (bound["close"] or is_first):
        return (behind[0][1],)
    is_to_come = how in ("wished", "far") and pattern("rising_to").search(text, 0, level.begin)
    if how == "left" or is_to_come:
        return (now,)
    if how == "from" and ahead:
        return _left_in(text, *ahead[-1], now)
    if how == "from":
        is_wished = pattern("wished").search(_clause(text, level.begin, 0))
        return (now,) if is_wished else _earlier(report)
    if not ahead:
        return _years_behind(report, spoken, level, [year for _, year in behind if year <= now])
    place, year = ahead[-1]
    is_old = pattern("of_old_rules").search(text)
    if not year or (is_old and level.name not in names_of(report.rules_of(year))):
        return ()
    is_back = pattern("back_to_result").search(text, place, level.begin)
    if is_back or _is_risen_to(spoken, level) or spoken.has_left_year(level.begin):
        return (now, year)
    if pattern("year_compared").search(text, 0, place):
        others = (now, *(each for _, each in ahead[:-1] if each))
        return (year,) if pattern("year_told").match(text, place) else (year, *others)
    return (year,)


def _is_risen_to(spoken: Spoken, level: Level) -> bool:
    """Whether a level is told right behind the one that it was before."""
    return bool(pattern("risen_from").search(spoken.text, 0, level.start))


def _years_behind(
    report: Report, spoken: Spoken, level: Level, behind: Sequence[int]
) -> tuple[int, ...]:
    """Return the years (B.E.) of which a level may be told before which none is named."""
    text, now = spoken.text, report.year
    if pattern("before_now").search(text, max(0, level.begin - NEAR), level.start):
        return _earlier(report)
    if pattern("of_old_rules").search(text) or pattern("once").search(text, 0, level.begin):
        return ()
    return tuple(dict.fromkeys((spoken.passage.year or now, now, *behind)))


def _earlier(report: Report) -> tuple[int, ...]:
    """Return the years (B.E.) before the report's of which it gives the overall score."""
    overall = (year for code, year in report.scores if code == OVERALL)
    return tuple({year for year in overall if year < report.year})


def _left_in(text: str, place: int, year: int, now: int) -> tuple[int, ...]:
    """Return the years (B.E.) that a level left behind may be of, by the last year before it."""
    if year < now and pattern("year_compared").search(text, 0, place):
        return (year,)
    return (year - 1, year) if year < now else (now if year > now else now - 1,)


def _is_bound(text: str, level: Level, place: int) -> re.Match[str] | None:
    """Return the words that bind a level to the year behind it that stands at a place."""
    if place < level.end:
        return None
    found = pattern("year_behind").match(text, level.end, place + 3)
    if not found or found.end() <= place:
        return None
    is_open = (found["close"] or "").endswith("(")
    return None if is_open and not pattern("in_bracket").match(text, place) else found


def _named_years(spoken: Spoken) -> list[tuple[int, int]]:
    """Return the years of a sentence with their places, 0 for one that is not certain."""
    return [_counted_back(spoken, *e) for e in sorted((*spoken.years, *spoken.years_behind))]


def _counted_back(spoken: Spoken, place: int, year: int) -> tuple[int, int]:
    """Return a year with its place, as it is counted back from now where it is."""
    ago = pattern("years_ago").search(spoken.text, 0, place)
    if not ago or not spoken.text.startswith(label("levelled.year"), place):
        return place, year
    is_one = pattern("ago").match(spoken.text, place) and ago["count"] != label("levelled.several")
    return place, spoken.report.year - number_of(ago["count"]) if is_one else 0
