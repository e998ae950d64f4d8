"""The pieces of a year's rules: indicators, items, levels, target, what was confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ita_helpers.records.broken import BrokenRule

Confidence = Literal["verified", "inferred", "assumed"]
Points = Annotated[float, Field(ge=0, le=100)]


MOST_NAMED = 12
"""So many known codes are named where another one was written."""


class Rule(BaseModel):
    """Something read from a framework file; frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Rule):
    """A block of rules with where it was read and how sure it is."""

    confidence: Confidence
    source: str


class InstrumentPart(Rule):
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
    parts: tuple[InstrumentPart, ...] = ()


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

    ``under`` is its indicator or sub-indicator; it and the name are missing if no source gives
    them. ``topic`` is what it asks, in a few words of a sentence. ``was`` is its code in the year
    whose rules are assumed, where number or name changed.
    """

    code: str
    under: str | None = None
    name: str | None = None
    topic: str | None = None
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
            raise BrokenRule("answers", "scale")
        return self


class Instruments(Sourced):
    """The year's instruments; their weights add up to 100."""

    list: tuple[Instrument, ...]

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        if (total := sum(each.weight for each in self.list)) != 100:
            raise BrokenRule("weights", "list", total=total)
        for each in self.list:
            total = sum(part.weight for part in each.parts)
            if each.parts and total != each.weight:
                facts = {"code": each.code, "total": total, "weight": each.weight}
                raise BrokenRule("parts", "list", **facts)
        return self


class Indicators(Sourced):
    """The year's indicators in their order."""

    list: tuple[Indicator, ...]


class SubIndicators(Sourced):
    """The year's sub-indicators in their order."""

    list: tuple[SubIndicator, ...]


class Level(Rule):
    """A level, reached when the overall score and every component have at least its points.

    ``at_least`` are conditions on single components or indicators, by code; for a component in
    place of ``every_component``. ``caveat`` tells of sources that disagree about the level.
    """

    name: str
    overall: Points
    every_component: Points | None = None
    at_least: tuple[tuple[str, Points], ...] = ()
    caveat: str | None = None
    _components: tuple[str, ...] = PrivateAttr(default=())

    @field_validator("at_least", mode="before")
    @classmethod
    def _by_code(cls, value: object) -> object:
        return tuple(value.items()) if isinstance(value, Mapping) else value

    @cached_property
    def conditions(self) -> Mapping[str, Fraction]:
        """The points that each code must have for the level, the overall score's first.

        What is not named may have any score.
        """
        components = self._components if self.every_component else ()
        points = {"ITA": self.overall, **dict.fromkeys(components, self.every_component or 0)}
        points |= dict(self.at_least)
        return {code: Fraction(str(each)) for code, each in points.items()}

    def looking_at(self, components: tuple[str, ...]) -> Level:
        """Return the level with the components that ``every_component`` speaks of."""
        level = type(self)(**self.model_dump())
        level._components = components
        return level

    def asks_as_much_as(self, other: Level) -> bool:
        """Whether whatever has this level meets the other one's conditions too."""
        return all(self.conditions.get(code, 0) >= each for code, each in other.conditions.items())


class Levels(Sourced):
    """The levels from the highest down, and the components their second condition looks at."""

    components: tuple[str, ...]
    list: tuple[Level, ...]

    @field_validator("list")
    @classmethod
    def _look_at_the_components(
        cls, levels: tuple[Level, ...], info: ValidationInfo
    ) -> tuple[Level, ...]:
        components = info.data.get("components", ())
        if not components and any(each.every_component for each in levels):
            raise BrokenRule("no_components")
        return tuple(each.looking_at(components) for each in levels)

    @model_validator(mode="after")
    def _cover_all_scores(self) -> Self:
        names = [each.name for each in self.list]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            raise BrokenRule("same_name", "list", name=twice)
        for level, lower in combinations(self.list, 2):
            if lower.overall > level.overall or lower.asks_as_much_as(level):
                raise BrokenRule("order", "list", level=level.name, lower=lower.name)
        if any(self.list[-1].conditions.values()):
            raise BrokenRule("lowest", "list", name=names[-1])
        return self

    @property
    def judged(self) -> tuple[str, ...]:
        """The codes that conditions look at besides the overall score: the components first."""
        asked = (code for each in self.list for code in each.conditions if code != "ITA")
        return tuple(dict.fromkeys((*self.components, *asked)))


class Target(Sourced):
    """The score to be reached, overall and (from B.E. 2568) in every component.

    ``set_by`` is what sets it, where the source says so.
    """

    set_by: str = ""
    overall: Points
    every_component: Points | None = None


class EvidenceItem(Rule):
    """An OIT item that asks for last year's analysis or its follow-up.

    ``years_back`` is how many years before the measures of the analysis those are that it asks
    about: a follow-up may be one of the same measures, or of last year's.
    """

    item: str
    title: str
    years_back: int = Field(default=0, ge=0, le=1)


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


def refuse_unknown(place: str, names: Iterable[str], known: Collection[str]) -> None:
    """Refuse names that the rules do not have. Raises ``BrokenRule``."""
    for name in names:
        if name not in known:
            listed = sorted(known, key=lambda code: (len(code), code))
            raise BrokenRule(
                "unknown",
                place,
                value=name,
                known=listed[:MOST_NAMED],
                more=len(listed) > MOST_NAMED,
            )


def confirmed(block: Any, source: str) -> Any:
    """Return a block of assumed rules as confirmed by a source."""
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
