"""Bands of levels and targets that are another year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.checks.finished.levels.band_ladders import limits_of_columns
from ita_helpers.checks.finished.levels.level_limits import rule_of, rules_naming
from ita_helpers.checks.finished.levels.level_names import pattern as pattern_of_levels
from ita_helpers.checks.finished.levels.level_names import with_levels
from ita_helpers.checks.finished.levels.table_levels import lines_above
from ita_helpers.checks.finished.reading import any_of, pattern, said, years_in
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework

BEFORE = 45
"""Characters before a band or a target in which stands of when it is."""


def _bands(report: Report) -> Iterator[Found]:
    """Yield bands of levels that begin or end elsewhere."""
    yield from _bands_elsewhere(report, is_disputed=False)


def _disputed_bands(report: Report) -> Iterator[Found]:
    """Yield bands of levels on whose limits the sources of the rules do not agree."""
    yield from _bands_elsewhere(report, is_disputed=True)


def _bands_elsewhere(report: Report, *, is_disputed: bool) -> Iterator[Found]:
    for passage, place, named in report.once(_all_bands) if report.rules else ():
        rules = rules_naming(report, named)
        level = rule_of(rules, named) if rules else None
        low = min(Fraction(place["one"]), Fraction(place["other"]))
        if not rules or not level or bool(level.caveat) is not is_disputed:
            continue
        if low != Fraction(str(level.overall)):
            right = format_score(Fraction(str(level.overall)))
            facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
            yield found_at(passage, place, "one", **facts)


def _short_scales(report: Report) -> Iterator[Found]:
    """Yield scales of levels told from one end to the other that leave out an end."""
    known = with_levels("said.scale", report.level_names)
    for passage in report.whole.that_hold(known) if report.rules else ():
        for place in known.finditer(passage.text):
            rules = rules_naming(report, place["last"])
            listed = [each.name for each in rules.levels.list] if rules else []
            ends = {*listed[:1], *listed[-1:]}
            told = {place["first"], place["last"]}
            if rules and told <= {*listed} and told != ends and told & ends:
                right = next(iter(ends - told))
                wrong = "first" if place["last"] in ends else "last"
                facts = {"level": place[wrong], "right": right, "year": rules.fiscal_year}
                yield found_at(passage, place, wrong, **facts).told("scale")


def _foreign_bands(report: Report) -> Iterator[Found]:
    """Yield the first band of a level that the year's rules do not have."""
    rules = report.rules
    listed = [each.name for each in rules.levels.list] if rules else []
    for passage, place, level in report.once(_all_bands) if rules else ():
        if rules and level and level not in listed and not _is_old(report, passage):
            yield found_in(passage, place.start(), level, levels=listed, year=rules.fiscal_year)
            return


def _is_old(report: Report, passage: Passage) -> bool:
    """Whether a line or a table says that its bands are those of rules before."""
    known = pattern_of_levels("old_scheme")
    table = next(
        (e for e in report.tables if passage.row and e.spot.table == passage.spot.table), None
    )
    heads = [cell.text for cell in table.rows[0]] if table else []
    return any(known.search(each) for each in (passage.text, *heads, lines_above(report, table)))


def _all_bands(report: Report) -> list[tuple[Passage, re.Match[str], str]]:
    """Return where a range of points stands, and beside which level."""
    known = {
        key: with_levels(f"finished.patterns.{key}", report.level_names)
        for key in ("band", "level_then_band")
    }
    listed = []
    for passage in report.whole.that_hold(pattern("range")):
        ahead = list(known["level_then_band"].finditer(passage.text))
        behind = [each for each in known["band"].finditer(passage.text) if each["level"]]
        is_ahead = len(ahead) > max(1, len(behind)) or bool(ahead and not behind)
        places = ahead if is_ahead else known["band"].finditer(passage.text)
        for place in places:
            level = place["before"] if is_ahead else place["level"] or place["before"]
            if level and _is_in_one_cell(passage, place):
                listed.append((passage, place, level))
    return listed


def _is_in_one_cell(passage: Passage, place: re.Match[str]) -> bool:
    """Whether a range stands in a line or in one cell, and is not two cells of a row."""
    found = passage.text[place.start("one") : place.end("other")]
    return not passage.row or any(found in squeezed(cell.text) for cell in passage.row)


def _targets(report: Report) -> Iterator[Found]:
    """Yield targets that are not the year's."""
    rules = report.rules
    if not rules:
        return
    for passage, place in (*report.find("target_points"), *_passing(report)):
        before = passage.text[max(0, place.start() - 20) : place.start()]
        ahead = passage.text[: place.start()]
        is_ahead = any(year > report.year for year in years_in(ahead))
        is_ahead = is_ahead or bool(said("only_supposed").search(ahead))
        is_official = said("official_target").match(place.group())
        is_own = not is_official and said("own_aim").search(passage.text)
        is_later = said("of_a_later_year").match(passage.text, place.end())
        if any_of("not_the_target").search(before) or is_ahead or is_own or is_later:
            continue
        key = "points" if place["points"] else "least"
        if Fraction(place[key]) not in _known_targets(rules):
            right = format_score(Fraction(str(rules.target.overall)))
            yield found_at(passage, place, key, right=right)


def _passing(report: Report) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield from how many points an office is told to pass in the year of the report."""
    for passage, place in report.find("pass_points"):
        text = passage.text
        is_other = any(said(key).search(text) for key in ("other_passes", "another_survey"))
        if not is_other and {*years_in(text[: place.start()])} <= {report.year}:
            yield passage, place


def _known_targets(rules: Framework) -> set[Fraction]:
    target = rules.target
    return {Fraction(str(each)) for each in (target.overall, target.every_component) if each}


RULES = (
    Rule("ITA812", "error", all_of(_bands, _short_scales)),
    Rule("ITA813", "warning", _foreign_bands),
    Rule("ITA814", "warning", all_of(_targets, limits_of_columns)),
    Rule("ITA816", "hint", _disputed_bands),
)
