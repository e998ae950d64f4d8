"""What a measure is called, wherever a paper names it.

Pure: a row of a plan in, words out.
"""

from __future__ import annotations

import re

from ita_helpers.language.catalogue import label
from ita_helpers.records.plan import Measure

THAI = re.compile(r"[\u0e01-\u0e4e]")


def measure_name(measure: Measure) -> str:
    """Return the name of a measure, preceded by its kind unless it begins with it."""
    if measure.name.startswith(measure.kind):
        return measure.name
    is_apart = measure.name.startswith(kinds()) or not THAI.match(measure.name)
    return f"{measure.kind}{' ' if is_apart else ''}{measure.name}"


def kinds() -> tuple[str, ...]:
    """Return what a measure may be."""
    return tuple(label("plan.kinds").split())
