"""Whether it is certain what a claim of how many counts."""

from __future__ import annotations

from ita_helpers.checks.finished.counts.counting_parts import LONGEST, OF_ALL
from ita_helpers.checks.finished.counts.many import Quantified
from ita_helpers.checks.finished.passages.shared import pattern
from ita_helpers.checks.finished.passages.speaking import names_another
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import squeezed

AHEAD, NEAR = 24, 60
"""Characters before a number in which it is told to be of the others, or of those in a range."""


def is_certain(claim: Quantified) -> bool:
    """Whether it is certain what a claim counts: its words may be plain ones for other things."""
    part, text = claim.part, claim.spoken.text
    if said("than_the_year_with").search(text, 0, part.at):
        return False
    if said("and_below").search(text, max(0, part.start - NEAR), part.start):
        return False
    if said("number_grew").search(text, 0, part.start):
        return False
    is_told_before = claim.told is not None and claim.told.end <= part.start
    if is_told_before and said("told_right_behind").match(text, part.end):
        return False
    if claim.listed and said("of_part_before").search(text, max(0, part.start - 40), part.end + 40):
        return False
    if part.how in OF_ALL and _is_of_level(claim):
        return False
    if pattern("among_these").search(text, max(0, claim.start - LONGEST), claim.start):
        return False
    aim = said("aim_of_next").match(text)
    if aim and int(aim["year"]) > claim.spoken.report.year:
        return False
    if part.kind != "office" and names_another(claim.spoken, claim.start):
        return False
    is_named = bool(claim.group or claim.listed or claim.scopes)
    if part.how == "only" and not claim.listed:
        return False
    if part.how == "rest" and claim.listed and claim.listed.end <= part.start:
        return False
    if part.how in ("both", "each"):
        return is_named
    is_of_others = pattern("others").search(text, max(0, part.start - AHEAD), part.end)
    if part.how == "all" and is_of_others:
        return bool(claim.excepted)
    if part.percent and part.kind == "any" and not claim.scopes:
        told = claim.told
        before = text[: told.start] if told else ""
        is_of_status = told is not None and told.of == "status"
        return is_of_status or bool(pattern("of_indicators_before").search(before))
    if part.kind == "point" and not is_named and claim.told and claim.told.of != "status":
        return False
    if part.kind != "any" or is_named or not claim.told:
        return True
    if part.how in ("all", "none") and not part.number:
        ends = sorted((part.end, claim.told.start, claim.told.end, part.start))[1:3]
        return " " not in text[ends[0] : ends[1]].strip() and ends[0] == ends[1]
    is_plain = claim.told.of == "change" and pattern("plain_words").search(
        text[part.start : part.end]
    )
    sides = (said(key).search(text, 0, claim.start) for key in ("inside", "outside"))
    is_of_side = part.how == "share" and any(sides)
    return not is_plain or is_of_side or bool(pattern("of_scores").search(text[: claim.end]))


def _is_of_level(claim: Quantified) -> bool:
    """Whether a claim stands in a row of a table that tells what a level asks for."""
    names = claim.spoken.report.level_names
    return any(squeezed(cell.text) in names for cell in claim.spoken.passage.row or ())
