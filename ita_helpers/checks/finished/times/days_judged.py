"""Days and months that cannot be those of what they are told to be the time of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import found_at, found_in
from ita_helpers.checks.finished.times.time_cases import OCTOBER, Case, Judged, month
from ita_helpers.checks.finished.times.times_read import Time, time_words, times_of, years_written
from ita_helpers.checks.finished.times.windows_judged import PLANNED, YEAR_LONG, window
from ita_helpers.language.dates import format_date
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.language.thai import BUDDHIST_ERA

JANUARY, APRIL, MAY, JUNE, JULY = 1, 4, 5, 6, 7
NEAR, SHORT = 40, 80
"""Characters between a year and the day of its announcement; of a line that approves."""
LONGEST_DATE = 110
"""Characters: a longer line of the title is more than the day of the document."""
DATED, WITH_MONTH = ("day", "month"), ("day", "month", "window")
FIRST_YEAR, LAST_YEAR, FAR_AHEAD = 2400, 2600, 15
"""Years (B.E.) that may be meant; so many years ahead nobody plans by the month."""
LAST_OF_OLD = 2561
"""The last year (B.E.) whose results were announced in the next."""
AHEAD = ("plan", "evidence", "due", "law", "compared", "past", "source")
"""What a year is of that is none of a result made known."""
SOON = timedelta(days=60)
"""What follows upon each other is no further apart."""
MONTHS, FIRST_HALF, QUARTER, FEW = 12, 6, 3, 2


def _never(case: Case) -> Judged | None:
    """Judge a day that no calendar has, and a year that nobody has lived in or will soon."""
    if case.time.kind == "none":
        return case.tell("ITA616")
    latest = case.year + FAR_AHEAD if case.time.kind in WITH_MONTH else LAST_YEAR
    is_strange = any(not FIRST_YEAR < each < latest for each in case.time.years)
    return case.tell("ITA616", "strange") if is_strange else None


def _meeting(case: Case) -> Judged | None:
    """Judge the year in the number of a meeting against its day."""
    time, number = case.time, case.former
    if time.kind != "day" or not (time.first and number) or number.kind != "year":
        return None
    text = time.passage.text
    told = time_words("meeting").search(text, 0, number.start)
    is_its = told and time_words("no_digit").fullmatch(text, number.end, time.start)
    years = {fiscal_year_of(time.first), time.first.year + BUDDHIST_ERA}
    if not (told and is_its) or number.years[0] in years:
        return None
    if number.years[0] in (case.year, case.year + 1) and not years & {case.year, case.year + 1}:
        return case.tell("ITA622", "meeting", day=text[told.start() : number.end])
    whole = text[told.start("number") : number.end]
    found = found_in(time.passage, told.start("number"), whole, day=time.text)
    return Judged("ITA622", found.told("meeting"))


def _meeting_of_title(case: Case) -> Judged | None:
    """Judge the year in the number of the meeting that a document is made for."""
    time = case.time
    if time.kind != "year" or case.place.kind != "title" or not case.before("meeting"):
        return None
    if case.before("earlier") or any(each.kind == "day" for each in case.others):
        return None
    known = {case.year, case.year + 1}
    if case.own:
        known = {fiscal_year_of(case.own), case.own.year + BUDDHIST_ERA}
    if time.years[0] in known or not known & {case.year, case.year + 1}:
        return None
    if case.own:
        return case.tell("ITA622", "meeting", day=format_date(case.own))
    return case.tell("ITA622", "early") if time.years[0] < case.year else None


def _letter(case: Case) -> Judged | None:
    """Judge the day of a letter or a meeting before the document."""
    time = case.time
    if time.kind == "day" and case.own and time.first and time.first > case.own:
        is_earlier = case.wide("earlier")
        return case.tell("ITA623", day=format_date(case.own)) if is_earlier else None
    return None


def _out_of_order(case: Case) -> Judged | None:
    """Judge the end of a year that is told before its middle."""
    time, middle = case.time, case.former
    if time.kind not in DATED or not (time.last and middle and middle.first):
        return None
    is_told = time_words("end_of_year").search(time.before)
    is_told = is_told and time_words("middle_of_year").search(middle.before)
    return case.tell("ITA617", "order") if is_told and time.last < middle.first else None


def _a_year_back(case: Case) -> Judged | None:
    """Judge a day that goes on with those before and would follow them a year later."""
    time, last = case.time, case.former
    is_listed = time.kind == "day" and last and last.kind == "day" and case.before("goes_on_day")
    if not (is_listed and last and last.first and time.first and time.first < last.first):
        return None
    later = time.first + YEAR_LONG
    return case.tell("ITA617", "order") if last.first <= later <= last.first + SOON else None


def _before_its_turn(case: Case) -> Judged | None:
    """Judge the day of what takes place for the second time or more, by the days before it."""
    time, number = case.time, time_words("nth_time").search(case.time.before)
    if time.kind != "day" or not number or not time.first:
        return None
    former = (e for e in reversed(case.others) if e.end <= time.start and e.kind == "day")
    counted = ((e, time_words("nth_time").search(e.before)) for e in former)
    last, nth = next(((e, nth) for e, nth in counted if nth), (time, number))
    is_later = int(nth["nth"]) < int(number["nth"])
    return (
        case.tell("ITA617", "order")
        if is_later and last.first and time.first < last.first
        else None
    )


def _part_of_year(case: Case) -> Judged | None:
    """Judge the quarter or half beside a window by its months."""
    time = case.time
    if time.kind != "window" or not (time.first and time.last):
        return None
    text = time.passage.text
    part = time_words("part_before").search(text, 0, time.start)
    part = part or time_words("part_behind").match(text, time.end)
    known = _months_of(part["part"]) if part else range(MONTHS)
    months = [(day.month - OCTOBER) % MONTHS for day in (time.first, time.last)]
    if part and not all(each in known for each in months):
        found = found_at(time.passage, part, "part")
        return Judged("ITA616", found.told("quarter"))
    return None


def _months_of(part: str) -> range:
    """Return the months of a half or a quarter, from 0 for October."""
    names = time_words("parts_of_year").pattern.split()
    at = next(at for at, each in enumerate(names) if re.search(each, part))
    if at < FEW:
        return range(at * FIRST_HALF, (at + 1) * FIRST_HALF)
    return range((at - FEW) * QUARTER, (at - FEW + 1) * QUARTER)


def _announced(case: Case) -> Judged | None:
    """Judge when a result was announced, beside the year it is told to be of."""
    time = case.time
    if time.kind not in DATED or not (time.first and time.years) or case.before("former_round"):
        return None
    told = _announced_year(case)
    if time.role != "announced" and not told:
        return None
    on = time.first.year + BUDDHIST_ERA
    year = told.years[0] if told else case.year
    if told and year != on and on == case.year:
        return Judged("ITA621", found_in(told.passage, told.start, told.text, on=on))
    if on != year:
        return case.tell("ITA621", "day", on=year)
    return case.tell("ITA622", "early") if time.last and time.last < month(year, JUNE) else None


def _announced_year(case: Case) -> Time | None:
    """Return the year of a result that is told beside the day of its announcement."""
    time, former = case.time, case.former
    if former and former.kind == "year" and time.start - former.end < NEAR:
        is_told = time.role == "announced" or case.before("announced_on")
        return former if is_told else None
    behind = next((each for each in case.others if each.start > time.end), None)
    if not behind or behind.kind != "year" or behind.role not in ("announced", "result"):
        return None
    return behind if case.behind("then_announced") else None


def _made_known(case: Case) -> Judged | None:
    """Judge the day on which a result is told to have been announced or honoured, by its year."""
    time = case.time
    if time.kind != "day" or not (time.first and time.years) or time.passage.row:
        return None
    behind = [e for e in case.others if e.start > time.end and e.kind == "year"]
    judged = (
        _known_on(case, time.first, year, is_next=not at)
        for at, year in enumerate(behind)
        if year.role not in AHEAD
    )
    return next(filter(None, judged), None)


def _known_on(case: Case, day: date, year: Time, *, is_next: bool) -> Judged | None:
    """Judge the day on which the result of a year told behind it is said to have been known."""
    time, result = case.time, year.years[0]
    text = time.passage.text
    between = time.before[-NEAR:] + text[time.end : year.start]
    last = max(each.end for each in (time, *case.others) if each.end <= year.start)
    since = between if is_next else text[last : year.start]
    told = time_words("made_known").search(since)
    if not told or time_words("not_known_yet").search(between):
        return None
    if told["honoured"] and not _is_honour_of(since, told):
        return None
    if day < month(result, JUNE):
        return case.tell("ITA622", "early")
    is_late = is_next and day >= month(result + 1, JANUARY) and not told["honoured"]
    if not (is_late and time_words("by_assessor").search(between)) or result <= LAST_OF_OLD:
        return None
    found = found_in(year.passage, year.start, year.text, on=day.year + BUDDHIST_ERA)
    return Judged("ITA621", found)


def _is_honour_of(text: str, told: re.Match[str]) -> bool:
    """Whether an honour is for the result of a year that is told behind it."""
    is_turned = time_words("turned_to").search(text, told.end())
    return not is_turned and bool(time_words("honour_of_result").search(text))


def _made(case: Case) -> Judged | None:
    """Judge the day of the document, or as of which something is told."""
    time = case.time
    if time.kind not in DATED or not (time.first and time.years) or _is_of_former(case):
        return None
    if (
        time.role == "made"
        or (case.place.kind in ("title", "last") and is_own_line(time))
        or _is_of_letter(time)
        or (case.place.is_end and _is_day_alone(time))
        or (time.role == "asof" and case.before("made_by"))
    ):
        first = month(case.year, JUNE)
    elif time.role == "asof" and (not case.near("bare_as_of") or case.behind("of_result")):
        first = month(case.year - 1, OCTOBER)
    else:
        return None
    known = case.report.once(_announcement)
    if known and case.year <= fiscal_year_of(time.first) and time.last and time.last < known:
        return case.tell("ITA622", day=format_date(known))
    if case.place.kind == "title" and fiscal_year_of(time.first) < case.year:
        return case.tell("ITA615")
    if not first <= time.first < month(case.year + 1, OCTOBER):
        return case.tell("ITA622", "early")
    return None


def _is_of_former(case: Case) -> bool:
    """Whether a day is told as that of the paper of an earlier year."""
    former = case.former if case.former and case.former.kind == "year" else None
    is_earlier = former and former.years[0] < case.year and case.time.start - former.end < NEAR
    return bool(is_earlier) or case.led_by("of_former")


def _is_day_alone(time: Time) -> bool:
    """Whether a line holds nothing but the day as of which a document is made."""
    is_alone = time.role == "asof" and not time.passage.text[time.end :].strip(" .)")
    return is_alone and bool(time_words("bare_day").fullmatch(time.passage.text, 0, time.start))


def _is_of_letter(time: Time) -> bool:
    """Whether a day stands in the row of a letter's head, behind its number."""
    cells = [squeezed(each.text) for each in time.passage.row]
    is_headed = any(time_words("number_of_letter").match(each) for each in cells)
    return is_headed and bool(time_words("own_day").fullmatch(time.passage.text, 0, time.start))


def is_own_line(time: Time) -> bool:
    """Whether a line holds no more than the day or month of the document and who wrote it."""
    text = time.passage.text
    is_short = len(text) < LONGEST_DATE and time.role in ("", "made", "law")
    before = time_words("own_before").fullmatch(text, 0, time.start)
    return bool(is_short and before and time_words("own_after").fullmatch(text, time.end))


def _act(case: Case) -> Judged | None:
    """Judge the day of what was done with a result, which nobody knew before."""
    time = case.time
    is_told = time.role == "act" or (time.role == "result" and case.before("notified"))
    if not is_told or time.kind != "day" or not time.first or time.passage.row:
        return None
    is_other = case.near("not_acted") or case.wide("answers") or case.wide("turned_down")
    if is_other or case.before("law") or case.says("of_measure"):
        return None
    known = case.report.once(_announcement)
    if known and time.first < known and fiscal_year_of(time.first) >= case.year:
        return case.tell("ITA622", day=format_date(known))
    is_near = case.year - 1 <= fiscal_year_of(time.first) <= case.year
    if is_near and time.first < month(case.year, MAY):
        return case.tell("ITA622", "early")
    is_end = case.place.is_end and len(time.passage.text) < SHORT and case.before("own_act")
    if is_end and case.begun and time.first < case.begun:
        return case.tell("ITA622", "before")
    return None


def _announcement(report: Report) -> date | None:
    """Return the day of the announcement of the result, where one is told."""
    days = [
        time.first
        for _, times in times_of(report)
        for time in times
        if time.role == "announced" and time.kind == "day" and time.first
    ]
    return min((e for e in days if fiscal_year_of(e) >= report.year), default=None)


def _due(case: Case) -> Judged | None:
    """Judge when something is to be done."""
    time = case.time
    if time.kind not in DATED or not (time.last and time.years) or time.passage.row:
        return None
    is_told = time.role == "due" or (time.role in PLANNED and case.place.kind == "plan")
    is_told = is_told or (
        time.role == "plan" and (case.behind("from_then_on") or case.before("starts"))
    )
    is_other = case.near("not_planned") or case.before("all_done") or case.wide("answers")
    is_other = is_other or case.wide("earlier") or case.wide("of_what_is_done")
    if not is_told or is_other or case.plans_nothing:
        return None
    last = month(case.year + 2, JULY if case.before("published") else 1)
    if case.wide("asked"):
        last = month(case.year + 1, APRIL)
    first = month(case.year, OCTOBER if _is_of_what_is_planned(case) else JUNE)
    if not first <= time.last < last:
        is_late = fiscal_year_of(time.last) == case.year + 1
        return case.tell("ITA613", "asked" if is_late else "day")
    if case.own and time.last < case.own and case.before("future"):
        return case.tell("ITA613", "past", day=format_date(case.own))
    return None


def _is_of_what_is_planned(case: Case) -> bool:
    """Whether it is told when to report on what is planned for the next year, named before."""
    former, planned = case.former, case.year + 1
    is_named = former is not None and former.years == (planned,)
    is_named = is_named or years_written(case.place.heading) == (planned,)
    return is_named and case.place.kind == "plan" and case.before("progress")


JUDGES: tuple[Callable[[Case], Judged | None], ...] = (
    _never,
    _meeting,
    _meeting_of_title,
    _letter,
    _announced,
    _made_known,
    _made,
    _act,
    _out_of_order,
    _a_year_back,
    _before_its_turn,
    _due,
    _part_of_year,
    window,
)
"""The judges of days, of which the first that finds something wrong counts."""
