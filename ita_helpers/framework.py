"""The rules of one fiscal year, as data: instruments, indicators, items, levels, target.

They stand apart from the arithmetic because a new year is a new file in ``data/frameworks`` and
no code. Only what is verified, inferred by arithmetic or openly assumed can be written there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Confidence = Literal["verified", "inferred", "assumed"]
Points = Annotated[float, Field(ge=0, le=100)]


class Rule(BaseModel):
    """Something read from a framework file; frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Rule):
    """A block of rules with where it was read and how sure it is."""

    confidence: Confidence
    source: str


class Part(Rule):
    """A part of an instrument that is scored on its own (EIT1, EIT2 from B.E. 2568)."""

    code: str
    name: str
    weight: int


class Instrument(Rule):
    """IIT, EIT or OIT; ``weight`` in percent of the overall score."""

    code: str
    name: str
    name_en: str
    weight: int
    measures: Literal["perception", "disclosure"]
    parts: tuple[Part, ...] = ()


class Indicator(Rule):
    """One of the year's indicators, ``"1"`` to ``"10"``, with other names it is printed under."""

    code: str
    instrument: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()


class SubIndicator(Rule):
    """A group of OIT items, ``"9.1"``; some years' names are not known."""

    code: str
    indicator: str
    name: str | None = None


class Item(Rule):
    """A question or a disclosure (``i1``, ``e1``, ``o1``).

    ``under`` is its indicator or sub-indicator; it and the name are missing where no source gives
    them. ``was`` is its code in the year whose rules are assumed, where number or name changed.
    """

    code: str
    under: str | None = None
    name: str | None = None
    was: str | None = None


class InstrumentItems(Sourced):
    """The items of one instrument and how they make an indicator.

    ``mean``: an indicator is the mean of its items. ``grouped``: the mean of its sub-indicators,
    each the mean of its items. ``unknown``: items are shown and never averaged.
    """

    instrument: str
    item_rule: Literal["mean", "grouped", "unknown"]
    list: tuple[Item, ...]


class Answer(Rule):
    """One answer of a scale, and the points it gives."""

    name: str
    points: int = Field(ge=0, le=100)


class Answers(Sourced):
    """How the answers to a question become points.

    Answers to a ``reversed`` item count the other way round; ``yes_points`` are the points of a
    "yes" by item, its "no" has the rest of 100.
    """

    scale: tuple[Answer, ...]
    reversed: tuple[str, ...] = ()
    yes_points: Mapping[str, Literal[0, 100]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _rise(self) -> Self:
        points = [each.points for each in self.scale]
        if points != sorted(set(points)):
            raise ValueError("the points of the answers must rise, each once")
        return self


class Instruments(Sourced):
    """The year's instruments; their weights add up to 100."""

    list: tuple[Instrument, ...]

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        if sum(each.weight for each in self.list) != 100:
            raise ValueError("the weights of the instruments do not add up to 100")
        for each in self.list:
            if each.parts and sum(part.weight for part in each.parts) != each.weight:
                raise ValueError(f"the weights of the parts of {each.code} do not add up")
        return self


class Indicators(Sourced):
    """The year's indicators in their order."""

    list: tuple[Indicator, ...]


class SubIndicators(Sourced):
    """The year's sub-indicators in their order."""

    list: tuple[SubIndicator, ...]


class Level(Rule):
    """A level: reached when the overall score, and every component, is at least so many points.

    ``caveat`` tells of sources that disagree about it.
    """

    name: str
    overall: Points
    every_component: Points | None = None
    caveat: str | None = None


class Levels(Sourced):
    """The levels from the highest down, and the components their second condition looks at."""

    components: tuple[str, ...]
    list: tuple[Level, ...]

    @model_validator(mode="after")
    def _cover_all_scores(self) -> Self:
        names = [each.name for each in self.list]
        if len(set(names)) < len(names):
            raise ValueError("two levels have the same name")
        conditions = [(each.overall, each.every_component or 0) for each in self.list]
        if conditions != sorted(set(conditions), reverse=True):
            raise ValueError("the levels must go down from the highest, each once")
        if conditions[-1] != (0, 0):
            raise ValueError("the lowest level must begin at 0 and ask nothing of components")
        if not self.components and any(each.every_component for each in self.list):
            raise ValueError("a level asks for components but none are named")
        return self


class Target(Sourced):
    """The score to be reached, overall and (from B.E. 2568) in every component."""

    overall: Points
    every_component: Points | None = None


class EvidenceItem(Rule):
    """An OIT item that asks for last year's analysis or its follow-up."""

    item: str
    title: str


class Evidence(Sourced):
    """What this year's assessment asks to see of last year's result."""

    analysis: EvidenceItem
    follow_up: EvidenceItem
    required_elements: tuple[str, ...] = ()

    def as_assumed(self) -> Evidence:
        """Return the same for a year of which nothing is known yet."""
        return self.model_copy(update={"confidence": "assumed"})


class RuleChange(Rule):
    """One difference from the year before, in Thai, with its source."""

    text: str
    source: str


class Comparison(Rule):
    """Whether scores may be compared with the year before.

    ``same`` rules: yes. ``changed`` rules: with the mark. ``broken``: not at all.
    """

    verdict: Literal["same", "changed", "broken"]
    changes: tuple[RuleChange, ...] = ()


def _refuse_unknown(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{kind} {name} is not one of {', '.join(sorted(known))}")


def _confirmed(block: Any, source: str) -> Any:
    if isinstance(block, Sourced) and block.confidence == "assumed":
        return block.model_copy(update={"confidence": "verified", "source": source})
    return block


class Known(Sourced):
    """What is known of a year whose rules are assumed; papers print what is verified."""

    text: str


class Confirmation(Rule):
    """The document in which somebody read rules that were assumed until then.

    ``date`` is the document's own, as ``dates.parse_date`` reads it.
    """

    document: str = Field(min_length=1)
    page: str = Field(min_length=1)
    date: str = Field(min_length=1)

    @field_validator("*", mode="before")
    @classmethod
    def _as_written(cls, value: object) -> object:
        """Take a page or date that YAML reads as a number or day."""
        return str(value) if isinstance(value, int | date) else value


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

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Self:
        instruments = {each.code for each in self.instruments.list}
        parts = {part.code for each in self.instruments.list for part in each.parts}
        indicators = {each.code for each in self.indicators.list}
        groups = indicators | {each.code for each in self.all_sub_indicators}
        indicator_owners = [each.instrument for each in self.indicators.list]
        item_owners = [each.instrument for each in self.items]
        _refuse_unknown("instrument", [*indicator_owners, *item_owners], instruments)
        _refuse_unknown("component", self.levels.components, instruments | parts)
        _refuse_unknown("indicator", [e.indicator for e in self.all_sub_indicators], indicators)
        _refuse_unknown("under", [each.under for each in self.all_items if each.under], groups)
        if self.answers:
            items = {each.code for each in self.all_items}
            _refuse_unknown("item", [*self.answers.reversed, *self.answers.yes_points], items)
        return self

    @model_validator(mode="after")
    def _are_assumed_from_an_earlier_year(self) -> Self:
        if self.assumed_from is not None and self.assumed_from >= self.fiscal_year:
            raise ValueError(f"assumed_from {self.assumed_from} is no earlier year")
        return self

    @model_validator(mode="after")
    def _codes_are_known(self) -> Self:
        codes = list(self.codes)
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise ValueError(f"codes stand twice: {', '.join(repeated)}")
        return self

    @property
    def is_assumed(self) -> bool:
        """Whether a page must say that these rules are not confirmed."""
        return self.assumed_from is not None and self.confirmed_by is None

    @property
    def rules_year(self) -> int:
        """The fiscal year (B.E.) whose rules these are, until somebody confirms them."""
        return self.assumed_from if self.is_assumed and self.assumed_from else self.fiscal_year

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is verified of why the rules are assumed."""
        return tuple(each.text for each in self.assumed_because if each.confidence == "verified")

    def as_confirmed(self, source: str) -> Framework:
        """Return the rules with the document that confirms them as the source of the assumed ones.

        What has a source of its own keeps it.
        """
        blocks = {name: _confirmed(getattr(self, name), source) for name in type(self).model_fields}
        blocks["items"] = tuple(_confirmed(each, source) for each in self.items)
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
        """The indicator of each item that stands under one, by the item's code."""
        return {
            item.code: indicator.code
            for indicator in self.indicators.list
            for item in self.items_of(indicator.code)
        }

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
        """Return what earlier rules have too, each code with its code there.

        That is what has the same code and name, and an item that ``was`` another.
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

    def instrument(self, code: str) -> Instrument:
        """Return the instrument of this code."""
        return next(each for each in self.instruments.list if each.code == code)

    def indicator(self, code: str) -> Indicator:
        """Return the indicator of this code. Raises ``KeyError`` for one the year does not have."""
        found = self.find_indicator(code)
        if found is None:
            raise KeyError(code)
        return found

    def find_indicator(self, code: str) -> Indicator | None:
        """Return the indicator of this code where the year has it."""
        return next((each for each in self.indicators.list if each.code == code), None)

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
        return type(self).model_construct(**{**fields, "items": lists})

    def knows_items_of(self, instrument: str) -> bool:
        """Whether the list of an instrument's items was read whole, and not put together."""
        lists = [each for each in self.items if each.instrument == instrument]
        return bool(lists) and all(each.confidence == "verified" for each in lists)

    def items_of(self, indicator: str) -> tuple[Item, ...]:
        """Return the items of an indicator, through its sub-indicators where it has them."""
        groups = (indicator, *(each.code for each in self.sub_indicators_of(indicator)))
        return tuple(item for item in self.all_items if item.under in groups)

    def item_rule(self, instrument: str) -> str:
        """Return how this instrument's items make an indicator: ``mean grouped unknown``."""
        return next(
            (block.item_rule for block in self.items if block.instrument == instrument), "unknown"
        )

    def part_owner(self, part: str) -> Instrument | None:
        """Return the instrument that ``part`` is a part of, or nothing for another code."""
        return next(
            (each for each in self.instruments.list if part in [p.code for p in each.parts]), None
        )

    def weight_of(self, indicator: str) -> Fraction:
        """Return the share of one indicator in the overall score (0 to 1).

        Indicators of an instrument weigh the same; one of five in 30 per cent weighs 6/100.
        """
        instrument = self.instrument(self.indicator(indicator).instrument)
        return Fraction(instrument.weight, 100 * len(self.indicators_of(instrument.code)))

    def component_name(self, code: str) -> str:
        """Return the short name of a component: ``IIT``, or a part's own name."""
        owner = self.part_owner(code)
        return next(part.name for part in owner.parts if part.code == code) if owner else code

    def level(self, name: str) -> Level:
        """Return the level of this name."""
        return next(each for each in self.levels.list if each.name == name)

    def level_above(self, name: str) -> Level | None:
        """Return the next level up, nothing above the highest."""
        names = [each.name for each in self.levels.list]
        place = names.index(name)
        return self.levels.list[place - 1] if place else None
