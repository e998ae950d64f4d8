"""What the heads of a table and the labels of its rows say of the values beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from ita_helpers.documents.naming import OVERALL, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.ranks import group_of
from ita_helpers.documents.sentence_parts import ALL, OWN, Context
from ita_helpers.documents.sentences import Sentences, full_year
from ita_helpers.documents.whose import names_in
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import BUDDHIST_ERA
from ita_helpers.records.names import normal, short_types
from ita_helpers.values import replace, value

PARTS = ("EIT1", "EIT2")
"""The parts of an instrument that are told one after the other."""
YEAR = re.compile(r"(?:\D*\s)?(2[45]\d\d)\s*\*?")
"""A cell that holds nothing but a year."""
MOST_KEPT = 16384
"""Texts of which is kept what they say: reports have the same heads, and labels of rows."""
LONGEST_NAME = 100
_FIGURE = re.compile(r"\d\d\.\d\d")
"""Letters of a cell that names something at most; a score, which none does."""
LONGEST_HEAD = 60
"""Characters: in a longer text a bare number like a year may be another."""
_BARE_YEAR = re.compile(r"(?<!\d)(?:(2[45]\d\d)|(20[12]\d))(?!\d|[.,]\d)")
SHORT_YEAR = re.compile(r"([5-7]\d)")
"""A cell that may hold the last two digits of a year and no more."""
SPAN = 5
"""Years before the report's of which a head may give the last two digits alone."""
_YEAR_OF_ITA = re.compile(r"ITA ?([56]\d)(?!\d|[.,]\d)")


@value(frozen=True)
class Head:
    """What a column or the label of a row says of its values.

    ``is_value`` if it says that they are scores, ``is_none`` if they are none, ``is_office`` if it
    names the office ``of`` which they are.
    """

    text: str
    code: str = ""
    year: int = 0
    of: str = ""
    is_value: bool = False
    is_none: bool = False
    is_computed: bool = False
    is_mean: bool = False
    is_office: bool = False


class Heads:
    """Reads heads by one year's names; ``own`` is the office of the report.

    If ``keeps_weighted`` is set, weighted points count where no other column has scores.
    """

    keeps_weighted = False

    def __init__(self, sentences: Sentences, own: str = "") -> None:
        self.sentences, self.naming, self.own = sentences, sentences.naming, own

    def head(self, text: str, context: Context) -> Head:
        """Return what a text at the edge of a table says."""
        found, is_coded = _head(self.naming, text, context.report_year)
        office = "" if is_coded else self.office_in(text)
        if not office:
            return found
        return replace(found, of=found.of or office, is_value=True, is_office=True)

    def named(self, text: str) -> str:
        """Return the code, or the text, of a cell that names something scored or its level."""
        if len(text) > LONGEST_NAME or _FIGURE.search(text):
            return ""
        return self.naming.code_of(text) or (text if is_level_word(text) else "")

    def office_in(self, text: str) -> str:
        """Return the one office that a text names, "own" for the document's, or nothing."""
        names = {normal(each): each for each in names_in(text)}
        if len(names) != 1 or len(text) > LONGEST_HEAD:
            return ""
        (bare, name), *_ = names.items()
        return OWN if _is_same(normal(self.own), bare) else name

    def office_of(self, text: str) -> str:
        """Return another office that a label names, or an empty string."""
        found = next(names_in(text), "")
        return "" if _is_same(self.own, found) else found

    def listed_office(self, text: str) -> str:
        """Return the office that a row of a list is about, of any kind, if it is not the own."""
        return "" if _is_same(normal(self.own), normal(text)) else text


@lru_cache(MOST_KEPT)
def _head(naming: Naming, text: str, report_year: int) -> tuple[Head, bool]:
    """Return what a text says in any report, and whether it names what is scored."""
    is_of_names = bool(pattern("columns.what_has").match(text))
    is_none = not is_of_names and bool(pattern("columns.none").search(_without_names(naming, text)))
    code = naming.code_of(text)
    if not code and pattern("columns.overall").search(text):
        code = OVERALL
    part = pattern("naming.part_alone").fullmatch(text.strip())
    named = None if is_of_names else pattern("columns.score").search(text)
    named = named or pattern("columns.of_year").fullmatch(text.strip())
    is_score = named or is_year(text) or _short(text, report_year)
    head = Head(
        text,
        f"EIT{part[1]}" if part else code,
        _year(text, report_year, is_none=is_none),
        mean_group(text),
        is_value=bool(is_score or code or part),
        is_none=is_none,
        is_computed=bool(pattern("columns.computed").search(text)),
        is_mean=bool(pattern("columns.mean").search(text)),
    )
    return head, bool(code)


def _year(text: str, report_year: int, *, is_none: bool) -> int:
    """Return the fiscal year (B.E.) that a text says, 0 for none and for several."""
    years = {full_year(each["year"]) for each in pattern("figures.year").finditer(text)}
    if alone := YEAR.fullmatch(text.strip()):
        years = {int(alone[1])}
    elif pattern("columns.this_year").search(text):
        years = {report_year}
    elif pattern("figures.year_before").search(text) and not is_none:
        years = {report_year - 1}
    elif not years and len(text) <= LONGEST_HEAD:
        years = {*_bare_years(text), *filter(None, [_short(text, report_year)])}
    return years.pop() if len(years) == 1 else 0


def _without_names(naming: Naming, text: str) -> str:
    """Return a text without the names of indicators, in which any word may stand."""
    for each in reversed(naming.mentions(text)):
        if naming.framework.find_indicator(each.codes[0]):
            text = text[: each.start] + text[each.end :]
    return text


def _is_same(own: str, other: str) -> bool:
    """Whether two names are one office's, of which one may go on with the place it is in."""
    return bool(own) and (own.startswith(other) or other.startswith(own))


def _short(text: str, report_year: int) -> int:
    """Return the year (B.E.) that two digits alone mean in the head of a report's table, or 0."""
    alone = SHORT_YEAR.fullmatch(text.strip())
    year = full_year(alone[1]) if alone else 0
    return year if 0 <= report_year - year <= SPAN else 0


def mean_group(text: str) -> str:
    """Return the group whose mean a text names: "all" for all offices, nothing for no mean."""
    if not pattern("columns.mean").search(text):
        return ""
    if any(pattern(f"figures.{key}").search(text) for key in ("mean_of_all", "whole_country")):
        return _type_in(text) or ALL
    rest = " ".join(pattern("columns.mean_words").sub(" ", text).split())
    found = pattern("figures.mean_of").search(text)
    return rest if group_of(rest) else found["group"] if found else ""


def _type_in(text: str) -> str:
    """Return the one type of organisation that a text names, in full, or an empty string."""
    kinds = {full for full, short in short_types().items() if full in text or short in text}
    return kinds.pop() if len(kinds) == 1 else ""


def settled(heads: list[Head], instruments: Collection[str], *, keeps_weighted: bool) -> list[Head]:
    """Return the heads of a table with what they mean beside each other.

    A mean beside offices is of none of them, a total beside instruments is the overall score, and
    beside parts that of the row. Shares beside counts are no scores; beside points and their
    maximum they alone are. With ``keeps_weighted`` weighted points count where no other
    column has scores.
    """
    if any(each.is_office for each in heads):
        heads = [replace(e, is_none=e.is_none or (e.is_mean and not e.of)) for e in heads]
    heads = _beside_groups(heads)
    if any(each.code in instruments for each in heads):
        heads = [replace(e, code=OVERALL, is_value=True) if _is_sum(e) else e for e in heads]
    if any(each.code in PARTS for each in heads):
        heads = [replace(e, is_value=e.is_value or _is_sum(e) or _is_mean(e)) for e in heads]
    heads = _beside_full(heads)
    keys = ["columns.extreme", "columns.items_lost"]
    if any(pattern("columns.items_lost").search(each.text) for each in heads):
        keys.append("columns.items_got")
    if any(pattern("columns.counts").search(each.text) for each in heads):
        keys.append("columns.share")
    heads = [
        replace(each, is_none=True)
        if any(pattern(k).search(each.text) for k in keys)
        and not pattern("columns.what_has").match(each.text)
        else each
        for each in heads
    ]
    if keeps_weighted and not any(each.is_value and not each.is_none for each in heads[1:]):
        return _with_weighted(heads)
    return heads


def _beside_full(heads: list[Head]) -> list[Head]:
    """Return heads with points as none of the scores where their maximum and their share stand."""
    full, shares = (
        [bool(pattern(f"columns.{key}").search(each.text.strip())) for each in heads]
        for key in ("full", "share")
    )
    if not (any(full) and any(shares)):
        return heads
    pairs = zip(heads, shares, strict=True)
    return [
        replace(each, is_none=True)
        if each.is_value and not (is_share or each.code or each.of)
        else each
        for each, is_share in pairs
    ]


def _beside_groups(heads: list[Head]) -> list[Head]:
    """Return heads with the names of groups as their means where the office has a column too."""
    own = [at for at, each in enumerate(heads) if at and _is_own(each)]
    groups = [at for at, each in enumerate(heads) if at and group_of(each.text)]
    if len(own) != 1 or not groups:
        return heads
    return [
        replace(each, of=OWN if at in own else each.text, is_value=True, is_none=False)
        if at in (*own, *groups)
        else each
        for at, each in enumerate(heads)
    ]


def _is_own(head: Head) -> bool:
    return head.of == OWN or bool(pattern("columns.own").search(head.text.strip()))


def _is_mean(head: Head) -> bool:
    return head.is_mean and not (head.code or head.of)


def _is_sum(head: Head) -> bool:
    """Whether a head is that of a total, the years over it aside."""
    return not head.code and is_total(pattern("figures.year").sub(" ", head.text))


def _with_weighted(heads: list[Head]) -> list[Head]:
    """Return heads with the points out of 100 counted, else those out of a weight."""
    for key in ("columns.out_of_100", "columns.weighted"):
        said = [bool(pattern(key).search(each.text)) for each in heads]
        if any(said):
            pairs = zip(heads, said, strict=True)
            return [
                replace(e, is_none=False, is_value=True) if is_one else e for e, is_one in pairs
            ]
    return heads


def is_total(text: str) -> bool:
    """Whether a text says that its figures are those of the whole."""
    return bool(pattern("columns.total").search(text.strip()))


def is_level_word(text: str) -> bool:
    """Whether a text begins with words for the level of a result, or is the word for one."""
    bare = text.strip()
    is_bare = pattern("columns.level").fullmatch(bare)
    return bool(is_bare or pattern("columns.of_level").match(bare))


def is_year(text: str) -> bool:
    """Whether a text is a year and no more.

    >>> is_year("ปี 2568"), is_year("2568"), is_year("FY2025"), is_year("เป้าหมาย 2569")
    (True, True, True, False)
    """
    bare = _BARE_YEAR.sub("", text, count=1)
    if bare == text and pattern("figures.year").fullmatch(text.strip(" *.()")):
        return True
    if bare == text:
        return False
    for word in label("import.year_words").split():
        bare = bare.replace(word, "")
    return bare.strip(" *.()").upper() in ("", "FY", "ITA")


def _bare_years(text: str) -> Iterator[int]:
    for full, common in _BARE_YEAR.findall(text):
        yield int(full) if full else int(common) + BUDDHIST_ERA
    for short in _YEAR_OF_ITA.findall(text):
        yield full_year(short)
