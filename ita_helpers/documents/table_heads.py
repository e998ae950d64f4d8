"""What the heads of a table and the labels of its rows say of the values beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentence_walk import ALL, Context
from ita_helpers.documents.sentences import Sentences, full_year
from ita_helpers.documents.whose import names_in

YEAR = re.compile(r"(?:\D*\s)?(2[45]\d\d)\s*\*?")
"""A cell that holds nothing but a year."""


@dataclass(frozen=True)
class Head:
    """What a column or the label of a row says of its values.

    ``is_value`` if it says that they are scores, ``is_none`` if they are none.
    """

    text: str
    code: str = ""
    year: int = 0
    of: str = ""
    is_value: bool = False
    is_none: bool = False
    is_computed: bool = False


class Heads:
    """Reads heads by one year's names; ``own`` is the office of the report."""

    def __init__(self, sentences: Sentences, own: str = "") -> None:
        self.sentences, self.naming, self.own = sentences, sentences.naming, own

    def head(self, text: str, context: Context) -> Head:
        """Return what a text at the edge of a table says."""
        years = [full_year(each["year"]) for each in pattern("figures.year").finditer(text)]
        alone = YEAR.fullmatch(text.strip())
        is_none = bool(pattern("columns.none").search(self._without_names(text))) and not alone
        if alone:
            years = [int(alone[1])]
        elif pattern("columns.this_year").search(text):
            years = [context.report_year]
        elif pattern("figures.year_before").search(text) and not is_none:
            years = [context.report_year - 1]
        code = self.naming.code_of(text)
        if not code and pattern("columns.overall").search(text):
            code = OVERALL
        part = pattern("naming.part_alone").fullmatch(text.strip())
        return Head(
            text,
            f"EIT{part[1]}" if part else code,
            years[0] if len(set(years)) == 1 else 0,
            self._group(text),
            is_value=bool(alone or pattern("columns.score").search(text) or code or part),
            is_none=is_none,
            is_computed=bool(pattern("columns.computed").search(text)),
        )

    def office_of(self, text: str) -> str:
        """Return another office that a label names, or an empty string."""
        found = next(names_in(text), "")
        is_own = found.startswith(self.own) or self.own.startswith(found)
        return "" if not self.own or is_own else found

    def _without_names(self, text: str) -> str:
        """Return a text without the names of indicators, in which any word may stand."""
        for each in reversed(self.naming.mentions(text)):
            if self.naming.framework.find_indicator(each.codes[0]):
                text = text[: each.start] + text[each.end :]
        return text

    def _group(self, text: str) -> str:
        is_mean = pattern("columns.mean").search(text)
        said = ("figures.mean_of_all", "figures.whole_country")
        if is_mean and any(pattern(key).search(text) for key in said):
            return ALL
        found = pattern("figures.mean_of").search(text)
        return found["group"] if found else ""
