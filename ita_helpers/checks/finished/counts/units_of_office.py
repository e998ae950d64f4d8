"""How many units of several kinds an office has, told with how many there are in all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at

_NUMBER = re.compile(r"\d+")


def wrong_sums_of_units(report: Report) -> Iterator[Found]:
    """Yield numbers of all units that are not the sum of those of each kind, told with them.

    What is joined to a list without a number may be one unit more.
    """
    for passage, place in report.places(said("units_in_all")):
        listed = place["parts"] or place["parted"]
        parts = [int(each) for each in _NUMBER.findall(listed)]
        kinds = re.findall(said("kind_of_unit").pattern, listed)
        whole = "whole" if place["parts"] else "of_whole"
        more = said("more_joined").match(passage.text, place.end())
        known = {sum(parts), sum(parts) + bool(more)}
        if len(set(kinds)) < len(parts) or int(place[whole]) in known:
            continue
        yield found_at(passage, place, whole, right=str(sum(parts)))
