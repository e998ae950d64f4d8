"""Reading what a learner types: points in Thai or Arabic digits, else one helpful sentence."""

from __future__ import annotations

import re
from fractions import Fraction

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import parse_number
from ita_helpers.language.thai import tidy_text, to_arabic

_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)


class NotPoints(ValueError):
    """The input is not a number of points from 0 to 100; the text tells the learner so."""


def read_points(text: str) -> Fraction:
    """Return points (0 to 100), typed with their unit or without. Raises ``NotPoints``.

    >>> read_points(" ๙๒.๘๖ คะแนน")
    Fraction(4643, 50)
    """
    typed = to_arabic(tidy_text(text).removesuffix(label("words.score")).strip())
    if not typed:
        raise NotPoints(say("teaching.typed.empty"))
    if _COMMA.fullmatch(typed):
        raise NotPoints(say("teaching.typed.comma", meant=typed.replace(",", ".")))
    try:
        points = parse_number(typed)
    except ValueError:
        raise NotPoints(say("teaching.typed.not_number", typed=text.strip())) from None
    if not 0 <= points <= 100:
        raise NotPoints(say("teaching.typed.range", typed=text.strip()))
    return Fraction(points)
