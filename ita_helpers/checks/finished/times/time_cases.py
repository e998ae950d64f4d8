"""A time of a report as it is judged: where it stands, the words around, the other times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.times.times_read import (
    BEFORE,
    Place,
    Time,
    is_follow_up,
    time_words,
)
from ita_helpers.language.thai import BUDDHIST_ERA

OCTOBER = 10
"""The month in which a fiscal year begins."""
NEAR = 40
"""Characters before a time of which nothing says what it is of."""


@dataclass(frozen=True)
class Judged:
    """What is wrong with a time, and by which rule."""

    code: str
    found: Found


@dataclass(frozen=True)
class Case:
    """A time with its place, the others of its passage, and the day of the document.

    ``begun`` and ``own`` are the first and the last day that it may be.
    """

    report: Report
    time: Time
    place: Place
    others: tuple[Time, ...]
    begun: date | None
    own: date | None

    @property
    def year(self) -> int:
        """The report's year."""
        return self.report.year

    @property
    def plans_nothing(self) -> bool:
        """Whether the report tells what was done of a plan, or of no result to plan after."""
        return self.report.once(is_follow_up) or not self.report.tells_result

    @property
    def facts(self) -> dict[str, object]:
        """What sentences of rules say of the report."""
        return {"year": self.year, "planned": self.year + 1, "near": self._meant()}

    def _meant(self) -> int:
        """Return the year before the report's if one digit makes it of a year told, else 0."""
        told = str(self.time.years[0]) if self.time.kind == "year" else ""
        near = [e for e in (self.year - 1, self.year, self.year + 1) if _differ(told, str(e)) == 1]
        return near[0] if near == [self.year - 1] else 0

    def says(self, key: str) -> bool:
        """Whether the whole passage holds a pattern."""
        return bool(time_words(key).search(self.time.passage.text))

    def around(self, key: str) -> bool:
        """Whether the words before the time, since the last one, or right behind it do."""
        known = time_words(key)
        return bool(known.search(self.time.before) or known.search(self.time.behind))

    def before(self, key: str) -> bool:
        """Whether the words before the time hold a pattern."""
        return bool(time_words(key).search(self.time.before))

    def near(self, key: str) -> bool:
        """Whether the words from what says what the time is of, up to the time, hold a pattern."""
        time = self.time
        start = time.at if time.role else max(time.since, time.start - NEAR)
        return bool(time_words(key).search(time.passage.text[start : time.start]))

    def clause(self, key: str) -> bool:
        """Whether the words close to what says what the time is of do, or those right behind."""
        return self.led_by(key) or bool(time_words(key).search(self.time.behind))

    def led_by(self, key: str) -> bool:
        """Whether the words close to what says what the time is of hold a pattern."""
        time = self.time
        start = max(time.since, time.at - NEAR) if time.role else max(time.since, time.start - NEAR)
        return bool(time_words(key).search(time.passage.text[start : time.start]))

    def wide(self, key: str) -> bool:
        """Whether the words before the time do, those before the last time included."""
        text, start = self.time.passage.text, self.time.start
        return bool(time_words(key).search(text, max(0, start - BEFORE), start))

    def behind(self, key: str) -> bool:
        """Whether the words behind the time begin with a pattern."""
        return bool(time_words(key).match(self.time.behind))

    @property
    def former(self) -> Time | None:
        """The time before this one in its passage."""
        return next((e for e in reversed(self.others) if e.end <= self.time.start), None)

    def tell(self, code: str, way: str = "says", **facts: object) -> Judged:
        """Return what is wrong."""
        told = {**self.facts, **facts}
        found = found_in(self.time.passage, self.time.start, self.time.text, **told)
        return Judged(code, found.told(way))


def _differ(one: str, other: str) -> int:
    """Return how many digits of two years differ."""
    return sum(a != b for a, b in zip(one, other, strict=False))


def month(year: int, number: int) -> date:
    """Return the first day of a month of a calendar year (B.E.)."""
    return date(year - BUDDHIST_ERA, number, 1)
