"""The rules of one fiscal year, as data: instruments, indicators, items, levels, target.

They are kept apart from the arithmetic because a new year is a new file in ``data/frameworks`` and
no new code. Every entry there is verified, inferred by arithmetic or openly assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, Self, TypeVar, cast, get_args

from pydantic import PrivateAttr, model_validator

from ita_helpers.errors import NotInRules, nearest
from ita_helpers.records.broken import BrokenRule
from ita_helpers.records.rules import (
    Answers,
    Comparison,
    Confirmation,
    Evidence,
    Indicator,
    Indicators,
    Instrument,
    InstrumentItems,
    InstrumentPart,
    Instruments,
    Item,
    Known,
    Level,
    Levels,
    Rule,
    SubIndicator,
    SubIndicators,
    Target,
    confirmed,
    refuse_unknown,
)

Coded = Instrument | InstrumentPart | Indicator | SubIndicator | Item
NamedBlock = Literal["instruments", "indicators", "levels", "target"]
NAMED: tuple[NamedBlock, ...] = get_args(NamedBlock)
"""The blocks of which a page says whose they are."""
T = TypeVar("T", Instrument, Indicator, Item)
M = TypeVar("M")


class Framework(Rule):
    """The rules of one fiscal year (B.E.); see ``data/README.md`` for the file."""

    fiscal_year: int
    assumed_from: int | None = None
    assumed_because: tuple[Known, ...] = ()
    confirmed_by: Confirmation | None = None
    compared_with_previous: Comparison
    instruments: Instruments
    indicators: Indicators
    sub_indicators: SubIndicators | None = None
    answers: Answers | None = None
    items: tuple[InstrumentItems, ...] = ()
    levels: Levels
    target: Target
    evidence: Evidence | None = None
    _changed: frozenset[str] = PrivateAttr(frozenset())

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Self:
        instruments = {each.code for each in self.instruments.list}
        parts = {part.code for each in self.instruments.list for part in each.parts}
        indicators = {each.code for each in self.indicators.list}
        groups = indicators | {each.code for each in self.all_sub_indicators}
        indicator_owners = [each.instrument for each in self.indicators.list]
        item_owners = [each.instrument for each in self.items]
        refuse_unknown("indicators.list", indicator_owners, instruments)
        refuse_unknown("items", item_owners, instruments)
        refuse_unknown("levels.components", self.levels.components, instruments | parts)
        refuse_unknown("levels.list", self.levels.judged, instruments | parts | indicators)
        owners = [each.indicator for each in self.all_sub_indicators]
        refuse_unknown("sub_indicators.list", owners, indicators)
        refuse_unknown("items", [each.under for each in self.all_items if each.under], groups)
        if self.answers:
            items = {each.code for each in self.all_items}
            refuse_unknown("answers", [*self.answers.reversed, *self.answers.yes_points], items)
        return self

    @model_validator(mode="after")
    def _are_assumed_from_an_earlier_year(self) -> Self:
        if self.assumed_from is not None and self.assumed_from >= self.fiscal_year:
            facts = {"value": self.assumed_from, "year": self.fiscal_year}
            raise BrokenRule("no_earlier_year", "assumed_from", **facts)
        return self

    @model_validator(mode="after")
    def _codes_are_known(self) -> Self:
        codes = list(self.codes)
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise BrokenRule("repeated", codes=repeated)
        return self

    @property
    def is_assumed(self) -> bool:
        """Whether a page must say that these rules are not confirmed."""
        return self.assumed_from is not None and self.confirmed_by is None

    def beside(self, before: Framework) -> Framework:
        """Return the rules, knowing which of their blocks are not as those they are assumed from.

        Where a block was read may differ, and what explains a target.
        """

        def content(rules: Framework, name: str) -> Any:
            block = getattr(rules, name)
            return block.model_dump(exclude={"confidence", "source", "set_by"})

        made = self.model_copy()
        made._changed = frozenset(
            name for name in NAMED if content(self, name) != content(before, name)
        )
        return made

    def year_of(self, *blocks: NamedBlock) -> int:
        """Return the fiscal year (B.E.) of which blocks are, the later one where they differ.

        What is taken over unchanged is that of ``assumed_from`` until somebody confirms it.
        """
        is_taken_over = self.is_assumed and not any(
            name in self._changed or getattr(self, name).confidence != "assumed" for name in blocks
        )
        return self.assumed_from if is_taken_over and self.assumed_from else self.fiscal_year

    @property
    def rules_year(self) -> int:
        """The fiscal year (B.E.) whose rules are printed: weights, indicators and levels."""
        return self.year_of("instruments", "indicators", "levels")

    @property
    def reasons(self) -> tuple[str, ...]:
        """The verified facts on why the rules are assumed."""
        return tuple(each.text for each in self.assumed_because if each.confidence == "verified")

    def as_confirmed(self, source: str) -> Framework:
        """Return the rules with the document that confirms them as the source of the assumed ones.

        What has a source of its own keeps it.
        """
        blocks = {name: confirmed(getattr(self, name), source) for name in type(self).model_fields}
        blocks["items"] = tuple(confirmed(each, source) for each in self.items)
        return self.model_copy(update=blocks)

    @property
    def all_sub_indicators(self) -> tuple[SubIndicator, ...]:
        """The sub-indicators, none where the year's are not known."""
        return self.sub_indicators.list if self.sub_indicators else ()

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        """The items of all instruments in their order."""
        return tuple(item for block in self.items for item in block.list)

    @cached_property
    def item_codes(self) -> frozenset[str]:
        """The codes of all items, those by part of an instrument included."""
        items = {item.code for item in self.all_items}
        return frozenset(code for code in self.codes if code.split("@")[0] in items)

    @cached_property
    def owners_of_items(self) -> Mapping[str, str]:
        """The indicator of each item that belongs to one, by the item's code."""
        return {
            item.code: indicator.code
            for indicator in self.indicators.list
            for item in self.items_of(indicator.code)
        }

    @cached_property
    def component_codes(self) -> tuple[str, ...]:
        """Instruments, each followed by its parts."""
        return tuple(
            code
            for each in self.instruments.list
            for code in (each.code, *(part.code for part in each.parts))
        )

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code a score file of this year may hold, in the order of the page."""
        parts = [part.code for each in self.instruments.list for part in each.parts]
        by_part = [
            f"{item.code}@{number}"
            for block in self.items
            for item in block.list
            for number, _ in enumerate(self.instrument(block.instrument).parts, start=1)
        ]
        return (
            "ITA",
            *(each.code for each in self.instruments.list),
            *parts,
            *(each.code for each in self.indicators.list),
            *(each.code for each in self.all_sub_indicators),
            *(each.code for each in self.all_items),
            *by_part,
        )

    def codes_before(self, before: Framework) -> Mapping[str, str]:
        """Return the codes that earlier rules also have, each with its code there.

        These are codes with the same name there, and items that state in ``was`` another code.
        """
        indicators = {each.code: each.name for each in before.indicators.list}
        items = {each.code: each.name for each in before.all_items}
        same = {e.code: e.code for e in self.indicators.list if indicators.get(e.code) == e.name}
        for each in self.all_items:
            if each.name and items.get(each.code) == each.name:
                same[each.code] = each.code
            elif each.was:
                same[each.code] = each.was
        return same

    @cached_property
    def by_code(self) -> Mapping[str, Coded]:
        """Whatever has a code in these rules, by it."""
        instruments = self.instruments.list
        coded: list[Coded] = [*instruments, *(part for each in instruments for part in each.parts)]
        coded += [*self.indicators.list, *self.all_sub_indicators, *self.all_items]
        return {each.code: each for each in coded}

    @cached_property
    def _owners_of_parts(self) -> Mapping[str, Instrument]:
        return {part.code: each for each in self.instruments.list for part in each.parts}

    def instrument(self, code: str) -> Instrument:
        """Return the instrument of this code. Raises ``NotInRules``."""
        return self._coded(code, Instrument)

    def indicator(self, code: str) -> Indicator:
        """Return the indicator of this code. Raises ``NotInRules``."""
        return self._coded(code, Indicator)

    def item(self, code: str) -> Item:
        """Return the item of this code. Raises ``NotInRules``."""
        return self._coded(code, Item)

    def find_indicator(self, code: str) -> Indicator | None:
        """Return the indicator of this code if the year has it."""
        return self._indicators.get(code)

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        return {code: each for code, each in self.by_code.items() if isinstance(each, Indicator)}

    def _coded(self, code: str, kind: type[T]) -> T:
        found = self.by_code.get(code)
        if isinstance(found, kind):
            return found
        known = [each for each, named in self.by_code.items() if isinstance(named, kind)]
        raise self._unknown(code, known)

    def _unknown(self, code: str, known: Iterable[str]) -> NotInRules:
        return NotInRules(fiscal_year=self.fiscal_year, code=code, nearest=nearest(code, known))

    def indicators_of(self, instrument: str) -> tuple[Indicator, ...]:
        """Return the indicators an instrument is the mean of."""
        return tuple(each for each in self.indicators.list if each.instrument == instrument)

    def sub_indicators_of(self, indicator: str) -> tuple[SubIndicator, ...]:
        """Return the sub-indicators of an indicator."""
        return tuple(each for each in self.all_sub_indicators if each.indicator == indicator)

    def items_under(self, code: str) -> tuple[Item, ...]:
        """Return the items directly under an indicator or sub-indicator."""
        return tuple(item for item in self.all_items if item.under == code)

    def with_questions(self, words: Mapping[str, str]) -> Framework:
        """Return these rules with the words of items that have none, by code."""
        lists = tuple(
            each.model_copy(
                update={
                    "list": tuple(
                        item.model_copy(update={"name": item.name or words.get(item.code)})
                        for item in each.list
                    )
                }
            )
            for each in self.items
        )
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        made = type(self).model_construct(**{**fields, "items": lists})
        made._changed = self._changed
        return made

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    def once(self, make: Callable[[Framework], M]) -> M:
        """Return what a function makes of the rules, made once however many reports ask."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(M, self._made[make])

    def knows_items_of(self, instrument: str) -> bool:
        """Whether an instrument's list of items was read whole, and not pieced together."""
        lists = [each for each in self.items if each.instrument == instrument]
        return bool(lists) and all(each.confidence == "verified" for each in lists)

    def items_of(self, indicator: str) -> tuple[Item, ...]:
        """Return the items of an indicator, through its sub-indicators where it has them."""
        groups = (indicator, *(each.code for each in self.sub_indicators_of(indicator)))
        return tuple(item for item in self.all_items if item.under in groups)

    def item_rule(self, instrument: str) -> str:
        """Return how this instrument's items make an indicator: ``mean grouped unknown``."""
        return self._rules_of_items.get(instrument, "unknown")

    @cached_property
    def _rules_of_items(self) -> Mapping[str, str]:
        """The rule of each instrument's items; of several blocks the first counts."""
        return {block.instrument: block.item_rule for block in reversed(self.items)}

    def part_owner(self, part: str) -> Instrument | None:
        """Return the instrument that ``part`` belongs to, or nothing for any other code."""
        return self._owners_of_parts.get(part)

    def weight_of(self, indicator: str) -> Fraction:
        """Return the share of one indicator in the overall score (0 to 1).

        Indicators of an instrument weigh the same; one of five in 30 per cent weighs 6/100.
        """
        instrument = self.instrument(self.indicator(indicator).instrument)
        return Fraction(instrument.weight, 100 * len(self.indicators_of(instrument.code)))

    def component_name(self, code: str) -> str:
        """Return the short name of a component: ``IIT``, or a part's own name."""
        found = self.by_code.get(code)
        return found.name if isinstance(found, InstrumentPart) else code

    def level(self, name: str) -> Level:
        """Return the level of this name. Raises ``NotInRules``."""
        by_name = {each.name: each for each in self.levels.list}
        if name not in by_name:
            raise self._unknown(name, by_name)
        return by_name[name]

    def level_above(self, name: str) -> Level | None:
        """Return the next level up, nothing above the highest. Raises ``NotInRules``."""
        place = self.levels.list.index(self.level(name))
        return self.levels.list[place - 1] if place else None
