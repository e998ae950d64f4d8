"""How sentences name a figure of a result, and how its score is written."""

from __future__ import annotations

from fractions import Fraction

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import Told
from ita_helpers.scoring.assessment import Assessment


def write_score(assessment: Assessment, code: str) -> str:
    """Return the score the report uses (two decimals), marked as approximate if it is.

    Empty where there is none.
    """
    reading = assessment.reading(code)
    return "" if reading.value is None else about(reading.value, is_exact=not reading.is_about)


def about(points: Fraction, *, is_exact: bool) -> str:
    """Return points (two decimals), marked as approximate if they are not exact."""
    score = format_score(points)
    return score if is_exact else say("words.about", score=score)


def said_by(told: Told) -> str:
    """Return the phrase that says how a figure or level is known."""
    return label(f"words.by.{told}")


def figure_name(framework: Framework, code: str) -> str:
    """Return what a sentence calls a figure: overall score, instrument, part, indicator, item."""
    if code == "ITA":
        return label("words.overall")
    if code in {each.code for each in framework.indicators.list}:
        return say("result_check.indicator", code=code)
    if code in {each.code for each in framework.all_sub_indicators}:
        return say("result_check.sub_indicator", code=code)
    item, _, part = code.partition("@")
    if item in framework.item_codes:
        return say("result_check.item", code=item.upper(), part=part)
    return framework.component_name(code)
