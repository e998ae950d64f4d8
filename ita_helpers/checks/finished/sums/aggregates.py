"""Means and sums that sentences tell of a set: indicators, instruments, offices, years, numbers.

The one place that reads them; what is reckoned step by step is read in ``formulas.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from ita_helpers.checks.finished.comparisons.told import listed_with
from ita_helpers.checks.finished.passages.contests import offices
from ita_helpers.checks.finished.passages.formulas import reckoned
from ita_helpers.checks.finished.passages.listed_names import joined_back, joined_names
from ita_helpers.checks.finished.passages.others import claimed_points
from ita_helpers.checks.finished.passages.side_by_side import shares_beside
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, places
from ita_helpers.checks.finished.passages.standing import may_be, values
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Finder, Found, Rule, all_of, found_at, found_in
from ita_helpers.checks.finished.sums.arithmetic import off_by
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of

Points = Sequence[Decimal]
FULL, MOST = 100, 200
"""Full points; ways to read a mean of figures of which some are claimed twice."""
BEHIND, NEAR = 40, 26
"""Characters around the word for a mean or a sum in which its set is told."""
FEWEST, FEWEST_WEIGHTED = 2, 2


def _wrong_reckonings(report: Report) -> Iterator[Found]:
    """Yield results of what is reckoned in words or signs that are not."""
    for each in reckoned(report):
        printed = each.result["value"].replace(",", "")
        if all(off_by(way, printed) for way in each.ways):
            right = format_score(each.ways[0])
            start = each.result.start("value")
            yield found_in(each.spoken.passage, start, each.result["value"], right=right)


def _wrong_means_of_numbers(report: Report) -> Iterator[Found]:
    """Yield means of numbers that stand beside them and are not theirs."""
    for passage, place in report.places(said("mean_of_numbers")):
        numbers = [Fraction(each) for each in said("decimal").findall(place["list"])]
        wrong = off_by(sum(numbers, Fraction(0)) / len(numbers), place["value"])
        if wrong:
            yield found_at(passage, place, "value", right=wrong)


def wrong_parts(report: Report) -> Iterator[Found]:
    """Yield the score of an indicator that is not the mean of both parts told beside it."""
    components = report.rules.levels.components if report.rules else ()
    for spoken, place in places(report, "both_parts") if {*PARTS} <= {*components} else ():
        named = spoken.last_named(place.start())
        code = named.code if named else spoken.passage.under
        mean = (Fraction(place["one"]) + Fraction(place["other"])) / len(PARTS)
        own = values(report, code, spoken.year_at(place.start(), report.year))
        if code.isdigit() and own and all(off_by(mean, str(each)) for each in own):
            told = [e for e in spoken.numbers if named and e.start >= named.end]
            first = next((e for e in told if e.points == own[0]), None)
            found = first.text if first else place["one"]
            start = first.start if first else place.start("one")
            yield found_in(spoken.passage, start, found, right=format_score(mean)).told("parts")


def _told_sets(*, of_all: bool) -> Finder:
    def find(report: Report) -> Iterator[Found]:
        for is_all, found in report.once(_wrong_aggregates):
            if is_all == of_all:
                yield found

    return find


def _wrong_aggregates(report: Report) -> list[tuple[bool, Found]]:
    """Return means and sums of a set that are not those of its points, and whether it is all."""
    wrong = []
    for spoken, place in places(report, "aggregate"):
        text = spoken.text
        value = said("aggregate_value").match(text, place.end())
        if not value or not _is_told(text, place, value):
            continue
        sets = _sets(report, spoken, place, value)
        is_mean = place["mean"] or said("mean_ahead").search(text, 0, place.start())
        ways = [way for each in sets for way in _ways(each, is_sum=not is_mean)]
        printed = value["value"]
        if ways and all(off_by(way, printed) for way in ways):
            facts = {"right": format_score(ways[0])}
            found = found_in(spoken.passage, value.start("value"), printed, **facts)
            wrong.append((len(sets[0]) == len(_indicators(report)), found))
    return wrong


def _is_told(text: str, place: re.Match[str], value: re.Match[str]) -> bool:
    """Whether a number is the mean or the sum, and neither wished nor the first of a list."""
    return not (
        said("list_goes_on").match(text, value.end("value"))
        or said("out_of_weights").match(text, value.end("value"))
        or said("of_each_alone").search(text, place.end(), value.start("value"))
        or said("bracket_left").fullmatch(text, place.end(), value.start("value"))
        or said("not_aggregate").search(text, place.start(), value.start("value"))
        or said("supposed").search(text, max(0, place.start() - BEHIND), place.start())
        or said("supposed").search(text, value.end(), value.end() + BEHIND)
    )


def _indicators(report: Report) -> list[str]:
    return [each.code for each in report.rules.indicators.list] if report.rules else []


def _ways(scores: Sequence[Points], *, is_sum: bool) -> Iterator[Fraction]:
    """Yield the means, or the sums, of one score of each."""
    for each in islice(product(*scores), MOST):
        total = sum(map(Fraction, each), Fraction(0))
        yield total if is_sum else total / len(each)


def _sets(
    report: Report, spoken: Spoken, place: re.Match[str], value: re.Match[str]
) -> list[list[Points]]:
    """Return the sets of scores that may be meant, by what the words beside a mean say."""
    text, start = spoken.text, place.start()
    beside = text[max(0, start - NEAR) : start] + "\0" + text[place.end() : value.start("value")]
    behind = text[value.end("value") : value.end("value") + BEHIND]
    if found := said("set_of_years").search(beside):
        return _years(report, spoken, place, int(number_of(found["count"])))
    for words in (beside, behind):
        if found := said("set_of_offices").search(words):
            count = int(number_of(found["count"]))
            tables = [each for each in offices(report) if len(each.points) == count]
            return [[(points,) for points in each.points.values()] for each in tables]
    return _of_codes(report, spoken, place, value, beside)


def _years(report: Report, spoken: Spoken, place: re.Match[str], count: int) -> list[list[Points]]:
    before = spoken.last_named(place.start())
    named = [e.code for e in spoken.named if place.end() <= e.start < place.end() + BEHIND]
    first = before.code if before else named[0] if named else spoken.passage.under or OVERALL
    found: list[list[Points]] = []
    for code in dict.fromkeys([first, OVERALL]):
        known = sorted((y for of, y in report.scores if of == code and y <= report.year))[-count:]
        if FEWEST <= count == len(known):
            found.append([claimed_points(report, code, year) for year in known])
    return found


def _of_codes(
    report: Report, spoken: Spoken, place: re.Match[str], value: re.Match[str], beside: str
) -> list[list[Points]]:
    """Return the scores of the codes that are listed, or of the group that is counted."""
    text, rules = spoken.text, report.rules
    if not rules:
        return []
    inside = [e for e in spoken.named if place.end() <= e.start and e.end <= value.start("value")]
    before = spoken.named_before(place.start())
    listed = joined_names(text, inside)
    if len({e.code for e in listed}) < FEWEST:
        is_near = before and said("before_aggregate").fullmatch(text, before[-1].end, place.start())
        listed = joined_back(text, before) if is_near else []
    codes = list(dict.fromkeys(each.code for each in listed))
    year = spoken.year_at(place.start(), report.year)
    if scored := _scored_before(report, spoken, place, value):
        homes = {e.instrument for e in map(rules.find_indicator, scored) if e}
        wholes: list[list[Points]] = [[values(report, home, year)] for home in homes]
        return [list(scored.values()), *(each for each in wholes if each[0])]
    if len(codes) >= FEWEST:
        years = dict.fromkeys((year, report.year))
        return [each for of in years for each in _scored(report, [codes], of)]
    told = beside.partition("\0")[2]
    is_of_all = said("all_indicators").search(told)
    counted = None if is_of_all else said("set_of_indicators").search(told)
    if counted and (sets := _counted(report, spoken, place, counted["count"])):
        return sets
    if said("all_indicators").search(beside):
        found = _scored(report, [_indicators(report)], year)
        overall = [*values(report, OVERALL, year)]
        own = [[e.code for e in rules.indicators_of(of.code)] for of in before[-1:]]
        found += _scored(report, [each for each in own if each], year) if found else []
        return [*found, [overall]] if found and overall else found
    if said("set_of_instruments").search(beside):
        found = _scored(report, [[each.code for each in rules.instruments.list]], year)
        overall = [*values(report, OVERALL, year)]
        return [*found, [overall]] if found and overall else found
    counted = said("set_of_indicators").search(beside)
    near = [each.code for each in (*before[-1:], *inside)]
    return _counted(report, spoken, place, counted["count"], near) if counted else []


def _scored_before(
    report: Report, spoken: Spoken, place: re.Match[str], value: re.Match[str]
) -> dict[str, Points]:
    """Return the scores right before a mean, each behind the indicator or part that has it."""
    text, end = spoken.text, place.start()
    if not said("mean_is").fullmatch(text, place.end(), value.start("value")):
        return {}
    found: dict[str, Points] = {}
    between = said("scored_before_mean")
    for number in reversed([e for e in spoken.numbers if e.end <= place.start()]):
        named = spoken.last_named(number.start)
        is_one = named and (named.code.isdigit() or named.code in PARTS)
        if not named or not is_one or not between.fullmatch(text, number.end, end):
            break
        if not said("scored_of").fullmatch(text, named.end, number.start) or named.code in found:
            break
        year = spoken.year_at(number.start, report.year)
        found[named.code] = [number.points, *values(report, named.code, year)]
        last = max([0, *(e.end for e in spoken.numbers if e.end <= named.start)])
        end = min(e.start for e in spoken.named if e.code == named.code and e.start >= last)
        between = said("scored_goes_on")
    return found if len(found) >= FEWEST else {}


def _counted(
    report: Report,
    spoken: Spoken,
    place: re.Match[str],
    count: str,
    named: Sequence[str] | None = None,
) -> list[list[Points]]:
    """Return the scores of so many indicators: of an instrument, or those that are told before.

    An instrument that has so many is meant where it is ``named`` or stands above. Where those named
    are not given, all of the sentence are looked at, and any instrument may be meant if it names
    none.
    """
    rules = report.rules
    listed = rules.instruments.list if rules else ()
    groups = {e.code: [each.code for each in rules.indicators_of(e.code)] for e in listed if rules}
    groups = {code: each for code, each in groups.items() if len(each) == number_of(count)}
    near = [e.code for e in spoken.named if e.start < place.end() + BEHIND]
    known = {*near, spoken.passage.under} if named is None else {*named}
    meant = [each for code, each in groups.items() if {code, *each} & known]
    last = [e for e in dict.fromkeys(reversed(near)) if e.isdigit()][: int(number_of(count))]
    if named is None and not meant and not {*near} - {OVERALL}:
        meant = list(groups.values())
    elif meant and len(last) == number_of(count):
        meant.append(last)
    told = _told_before(spoken, place.start(), count)
    years = dict.fromkeys((report.year, spoken.year_at(place.start(), report.year)))
    found = [each for year in years for each in _scored(report, meant, year)]
    return [*found, *([told] if told else [])]


def _told_before(spoken: Spoken, place: int, count: str) -> list[Points]:
    """Return as many scores as are counted, where no more stand before the word for a mean."""
    told = [e.points for e in spoken.numbers if e.end <= place and e.points > SMALL]
    return [(each,) for each in told] if len(told) == number_of(count) else []


def _scored(report: Report, sets: Sequence[Sequence[str]], year: int) -> list[list[Points]]:
    found: list[list[Points]] = []
    for codes in sets:
        scores: list[Points] = [claimed_points(report, code, year) for code in codes]
        if scores and all(scores):
            found.append(scores)
    return found


def wrong_weighted(report: Report) -> Iterator[Found]:
    """Yield weighted points of an instrument that are not its weight times its score."""
    rules = report.rules
    weights = weights_of(rules) if rules else {}
    for spoken, place in places(report, "weighted_told") if rules else ():
        named = [each for each in spoken.named if each.code in weights]
        inside = [each for each in named if place.start() <= each.start < place.start("points")]
        before = [each for each in named if each.end <= place.start()]
        subject = [*before[-1:], *inside[-1:]]
        number = next((e for e in spoken.numbers if e.start == place.start("points")), None)
        listed = listed_with(spoken, number) if number else []
        if len(listed) > 1:
            yield from _wrong_in_order(report, spoken, [*before, *inside], listed)
            continue
        if len({each.code for each in inside}) > 1:
            continue
        right = [
            Fraction(points) * weights[subject[-1].code] / FULL
            for points in (may_be(report, subject[-1].code, report.year) if subject else ())
        ]
        whole = map(Fraction, values(report, OVERALL, report.year))
        if right and all(off_by(each, place["points"]) for each in (*right, *whole)):
            facts = {"right": format_score(right[0])}
            yield found_at(spoken.passage, place, "points", **facts)


def _wrong_in_order(
    report: Report, spoken: Spoken, before: Sequence[Mention], listed: Sequence[Number]
) -> Iterator[Found]:
    """Yield weighted points in a list that are not those of what was named in its order."""
    weights = weights_of(report.rules) if report.rules else {}
    codes = list(dict.fromkeys(each.code for each in before))[-len(listed) :]
    for code, number in zip(codes, listed, strict=False) if len(codes) == len(listed) else ():
        ways = [Fraction(e) * weights[code] / FULL for e in values(report, code, report.year)]
        if ways and all(off_by(each, number.text) for each in ways):
            right = format_score(ways[0])
            yield found_in(spoken.passage, number.start, number.text, right=right)


def _wrong_behind_names(report: Report, spoken: Spoken, start: int) -> Iterator[Found]:
    """Yield weighted points in a list, told behind as many names that stand together."""
    named = [each for each in spoken.named if each.start >= start][:1]
    for each in spoken.named if named else ():
        if said("between_names").fullmatch(spoken.text, named[-1].end, each.start):
            named.append(each)
    end, listed = named[-1].end if named else 0, list[Number]()
    for number in (e for e in spoken.numbers if named and e.start >= end):
        between = "between_figures" if listed else "before_figures"
        if not said(between).fullmatch(spoken.text, end, number.start):
            break
        listed.append(number)
        end = number.end
    if len(listed) == len(named) > 1:
        yield from _wrong_in_order(report, spoken, named, listed)


def _sums_of_weighted(report: Report) -> Iterator[Found]:
    """Yield the sum told of all weighted points that is neither theirs nor the overall score."""
    weights = weights_of(report.rules) if report.rules else {}
    points = {code: values(report, code, report.year)[:1] for code in ("IIT", "EIT", "OIT")}
    for passage, place in report.places(said("sum_of_weighted")) if weights else ():
        ways = [Fraction(each) for each in values(report, OVERALL, report.year)]
        if all(points.values()) and all(code in weights for code in points):
            rounded = [Fraction(p[0]) * weights[code] / FULL for code, p in points.items()]
            ways.append(sum((Fraction(format_score(each)) for each in rounded), Fraction(0)))
        if ways and all(off_by(way, place["value"]) for way in ways):
            yield found_at(passage, place, "value", right=format_score(ways[0]))


def wrong_weighted_lists(report: Report) -> Iterator[Found]:
    """Yield the one of several weighted points that is not the weight times the score."""
    weights = weights_of(report.rules) if report.rules else {}
    for spoken, place in places(report, "weighted_list") if weights else ():
        yield from _wrong_behind_names(report, spoken, place.end())
        told: list[tuple[Number, str, bool]] = []
        listed = {e.code: e for e in reversed(spoken.named) if e.start >= place.end()}
        for each in (e for e in listed.values() if e.code in weights):
            number = next((n for n in spoken.numbers if 0 <= n.start - each.end < NEAR), None)
            scores = values(report, each.code, report.year)
            if number and scores and number.points <= weights[each.code]:
                weighted = Fraction(scores[0]) * weights[each.code] / FULL
                is_right = not off_by(weighted, number.text)
                told.append((number, format_score(weighted), is_right))
        if sum(fits for *_, fits in told) >= FEWEST_WEIGHTED:
            for number, right, fits in told:
                if not fits:
                    yield found_in(spoken.passage, number.start, number.text, right=right)


RULES = (
    Rule(
        "ITA202",
        "error",
        all_of(_wrong_reckonings, _wrong_means_of_numbers, _sums_of_weighted, shares_beside),
    ),
    Rule("ITA207", "error", _told_sets(of_all=True)),
    Rule("ITA211", "error", all_of(_told_sets(of_all=False), wrong_parts)),
)
