"""How many took part: people asked and answering, offices assessed, passing, of each level.

The one place that reads it, from tables and sentences; a number told again is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

from ita_helpers.checks.finished.counts.tallies import sums_of_totals, tallies
from ita_helpers.checks.finished.levels.level_names import with_levels
from ita_helpers.checks.finished.passages.speaking import Spoken, spoken_with
from ita_helpers.checks.finished.passages.standing import is_slip
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.sums.arithmetic import off_by
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.values import value

AHEAD, FULL = 80, 100
SIDES = ("IIT", "EIT")
BOTH = "both"
Known = Mapping[tuple[str, str], int]


@value(frozen=True)
class Party:
    """A number of people or offices that a sentence tells, by what they did, and whose."""

    spoken: Spoken
    place: re.Match[str]
    role: str
    of: str

    @property
    def count(self) -> int:
        """How many they are."""
        return number_of(self.place["count"])


def wrong_parties(report: Report) -> Iterator[Found]:
    """Yield numbers of those who were asked or answered that are not those of the table."""
    known = report.once(_known)
    for each in report.once(_answering) if known else ():
        right = known.get((each.role, each.of))
        if right is None or each.count == right or each.count in sums_of_totals(report):
            continue
        if each.count not in known.values():
            yield found_at(each.spoken.passage, each.place, "count", right=str(right)).told("twice")


def wrong_rates(report: Report) -> Iterator[Found]:
    """Yield shares of those asked that are said to have answered, and have not."""
    known = report.once(_known)
    gate = said("answer_rate")
    for spoken in spoken_with(report, gate) if known else ():
        for place in gate.finditer(spoken.text):
            of = _side(spoken, place.start("share"))
            asked, answered = (known.get((role, of), 0) for role in ("asked", "answered"))
            if not (asked and answered) or not _is_of_now(spoken, place.start()):
                continue
            right = Fraction(answered * FULL, asked)
            if off_by(right, place["share"]):
                yield found_at(spoken.passage, place, "share", right=format_score(right))


def offices_told_twice(report: Report) -> Iterator[Found]:
    """Yield numbers of offices that a slip makes of the number told of the same ones before."""
    told: dict[tuple[str, str], int] = {}
    for each in report.once(_offices):
        right = told.setdefault((each.role, each.of), each.count)
        if is_slip(Decimal(right), Decimal(each.count)):
            yield found_at(each.spoken.passage, each.place, "count", right=str(right)).told("twice")


def _known(report: Report) -> Known:
    """Return how many were asked and answered by the report's tables, and what follows."""
    found: dict[tuple[str, str], int] = {}
    for each in tallies(report):
        if each.of in SIDES and each.total:
            found["answered", each.of] = each.total
    for table in report.tables:
        heads = heads_of(table)
        roles = {at: role for at, head in enumerate(heads) if (role := _role_of(head))}
        for row in table.rows[1:] if roles else ():
            codes = {e.code for e in report.mentions(squeezed(row[0].text), with_bare=True)}
            for at, role in roles.items():
                number = (
                    said("people_cell").fullmatch(squeezed(row[at].text)) if at < len(row) else None
                )
                if number and len(codes) == 1 and codes <= {*SIDES}:
                    found[role, min(codes)] = number_of(number["count"])
    for side in SIDES:
        if ("asked", side) in found and ("answered", side) in found:
            found["silent", side] = found["asked", side] - found["answered", side]
    for role in ("asked", "answered", "silent"):
        if all((role, side) in found for side in SIDES):
            found[role, BOTH] = sum(found[role, side] for side in SIDES)
    return found


def _role_of(head: str) -> str:
    return next((e for e in ("asked", "answered") if said(f"head_of_{e}").search(head)), "")


def _answering(report: Report) -> list[Party]:
    known = said("answering")
    return [
        Party(spoken, place, str(role), of)
        for spoken in spoken_with(report, known)
        if not spoken.passage.row
        for place in known.finditer(spoken.text)
        if (role := next(key for key in ("silent", "answered", "asked") if place[key]))
        and (of := _side(spoken, place.start("count")))
        and _is_of_now(spoken, place.start())
        and not said("than_before").search(spoken.text, 0, place.start())
    ]


def _side(spoken: Spoken, place: int) -> str:
    """Return whose numbers a sentence tells at a place: of one instrument, or of both together."""
    both = list(said("both_sides").finditer(spoken.text, max(0, place - AHEAD), place))
    named = [e for e in (*spoken.named, *spoken.described) if e.end <= place]
    last = max(named, key=lambda each: each.start, default=None)
    if both and not (last and last.start > both[-1].end()):
        return BOTH
    return last.code if last and last.code in SIDES else ""


def _is_of_now(spoken: Spoken, place: int) -> bool:
    year = spoken.report.year
    return spoken.year_at(place, year) == year and spoken.passage.year in (0, year)


def _offices(report: Report) -> list[Party]:
    """Return how many offices sentences say were assessed, passed or not, and have each level."""
    names = _levels(report)
    keys = ("offices_counted", "offices_before") if names else ()
    return [each for key in keys for each in _told(report, with_levels(f"said.{key}", names))]


def _levels(report: Report) -> tuple[str, ...]:
    return tuple(each.name for each in report.rules.levels.list) if report.rules else ()


def _told(report: Report, known: re.Pattern[str]) -> Iterator[Party]:
    for spoken in spoken_with(report, known):
        for place in known.finditer(spoken.text) if not spoken.passage.row else ():
            told = place.groupdict()
            role = next(
                (e for e in ("failed", "passed", "assessed") if told.get(e)), place["level"]
            )
            is_whole = said("out_of_them").search(spoken.text, 0, place.start())
            if is_whole and role != "assessed":
                continue
            if _is_of_now(spoken, place.start()):
                of = spoken.text[max(0, place.start() - AHEAD) : place.end()]
                kinds = sorted({each.group() for each in said("kinds_counted").finditer(of)})
                yield Party(spoken, place, role, " ".join(kinds))


def _counts(report: Report) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for each in report.once(_offices):
        found.setdefault((each.role, each.of), set()).add(each.count)
    return found


def wrong_sums_of_two_levels(report: Report) -> Iterator[Found]:
    """Yield how many offices have either of two levels, if they are not so many together."""
    names, counts = _levels(report), report.once(_counts)
    known = with_levels("said.levels_together", names) if names and counts else None
    for each in _told(report, known) if known else ():
        levels = each.place["level"], each.place["other"]
        both = [counts.get((level, each.of), set()) for level in levels]
        sums = {one + other for one, other in product(*both)}
        if len(sums) == 1 and each.count not in sums:
            right = str(sums.pop())
            yield found_at(each.spoken.passage, each.place, "count", right=right)


def wrong_shares_of_offices(report: Report) -> Iterator[Found]:
    """Yield shares of all offices that a slip makes of what their numbers elsewhere come to."""
    names, counts = _levels(report), report.once(_counts)
    known = with_levels("said.offices_share", names) if names and counts else None
    for each in _told(report, known) if known else ():
        group = "share" if each.place["share"] else "percent"
        told = Decimal(each.place[group])
        wholes = counts.get(("assessed", each.of), set())
        pairs = product(counts.get((each.role, each.of), set()), wholes)
        shares = {to_hundredths(Fraction(part * FULL, whole)) for part, whole in pairs if whole}
        if len(shares) == 1 and told not in shares and is_slip(told, min(shares)):
            right = format_score(min(shares))
            yield found_at(each.spoken.passage, each.place, group, right=right)
