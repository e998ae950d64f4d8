"""Going through a sentence: each figure belongs to what was named last, unless words say no."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from ita_helpers.documents.asides import has_ended, may_have_ended
from ita_helpers.documents.naming import OVERALL, Mention, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentence_parts import FIGURE, OWN, Context, Event, Said
from ita_helpers.values import replace

LOWEST = 25
"""Points: no result, and no mean of offices, is as low; a difference or another scale is."""
_FAR = 90
"""Letters between a score and its level at most."""


@dataclass
class Walk:
    """Goes through a text's events and gives each figure to what was named last."""

    text: str
    context: Context
    naming: Naming
    own: str = ""
    said: list[Said] = field(default_factory=list)
    group: list[Mention] = field(default_factory=list)
    main: list[Mention] = field(default_factory=list)
    figures: list[Event] = field(default_factory=list)
    last: int = 0
    named: int = 0
    year: int = 0
    year_of_last: int = 0
    year_place: int = 0
    compared: Event | None = None
    of: str = OWN
    is_changed: bool = False
    is_aimed: bool = False
    is_skipped: bool = False
    is_closed: bool = False
    is_left_out: bool = False
    is_unsure: bool = False
    bracket: tuple[int, int] | None = None
    second: Event | None = None

    def __post_init__(self) -> None:
        self.is_changed = self.context.is_changed

    def take(self, event: Event) -> None:
        """Take the next event; one inside another is passed over."""
        if event.start < self.last and event.kind != "mean":
            return
        between = self.text[self.last : event.start]
        self._leave_bracket(event.start)
        self._leave_aside(event.start)
        getattr(self, f"_{event.kind}")(event, between)
        if event.kind == "now":
            return
        self.last = max(self.last, event.end)
        if event.kind != "year":
            self.named = self.last

    def end(self) -> None:
        """Keep what the last names say by themselves."""
        self._name_alone()

    def _mention(self, event: Event, between: str) -> None:
        mention = event.value
        assert isinstance(mention, Mention)
        if mention.is_weak and (self.group or self.context.code not in ("", OVERALL)):
            return
        if mention.is_weak and pattern("figures.denied").search(between):
            return
        if self._is_scope(mention):
            self.is_aimed = self.is_aimed or not self.group
            return
        if self._is_of_last(mention) or self._is_whole_of_last(mention, between):
            return
        self._mark_differences(between)
        self.is_left_out = False
        is_mean = len(mention.codes) > 1 and pattern("figures.mean_before").search(between)
        is_joined = bool(self.group) and not self.figures and not self.is_closed
        if is_joined and self._is_part_of_last(mention, between):
            self.group.pop()
        if not (is_joined and pattern("figures.joint").fullmatch(between)):
            if self.group and pattern("figures.reason").search(between):
                self.main = self.main or self.group
            self._name_alone()
            self.group, self.of, self.compared = [], OWN, None
        self.figures, self.is_closed = [], False
        self.group.append(self.naming.item_meant(mention, self.context.code, self.text))
        self.is_aimed = self.is_aimed or bool(is_mean)

    def _is_of_last(self, mention: Mention) -> bool:
        """Whether several indicators are only what the instrument named before consists of."""
        framework, last = self.naming.framework, self.group[-1].codes[0] if self.group else ""
        own = {each.code for each in framework.indicators.list if each.instrument == last}
        return len(mention.codes) > 1 and set(mention.codes) <= own and not self.figures

    def _is_whole_of_last(self, mention: Mention, between: str) -> bool:
        """Whether an instrument is only that in which the indicator named before it is."""
        last = self.group[-1].codes if self.group and not self.figures else ()
        indicator = self.naming.framework.find_indicator(last[0]) if len(last) == 1 else None
        is_whole = indicator is not None and mention.codes == (indicator.instrument,)
        return is_whole and bool(pattern("figures.of_whole").fullmatch(between))

    def _is_scope(self, mention: Mention) -> bool:
        """Whether an instrument is only that in which something not named is the lowest."""
        is_whole = mention.codes[0] in (OVERALL, *self.naming.instruments.values())
        return is_whole and bool(pattern("figures.scope").search(self.text[: mention.start]))

    def _is_part_of_last(self, mention: Mention, between: str) -> bool:
        """Whether the instrument named right before is only the one whose part is meant."""
        last = self.group[-1].codes[0]
        is_part = mention.codes[0].startswith(last) and mention.codes[0] != last
        return is_part and last.isalpha() and not between.strip(" (")

    def _mark_differences(self, between: str) -> None:
        """Note whether what is named next is a list of differences, or something to be reached."""
        since = self.text[min(self.named, self.last) : self.last] + between
        changed = pattern("figures.changed").search(between)
        is_listed = changed and pattern("figures.listed").search(between, changed.end())
        if is_listed or pattern("figures.supposed").search(since):
            self.is_changed = True
        elif pattern("figures.scored").search(between):
            self.is_changed = False
        self.is_aimed = bool(pattern("figures.aimed").search(since))

    def _name_alone(self) -> None:
        """Keep the names and items of a group that got no figure."""
        if self.figures:
            return
        for each in self.group:
            is_item = each.codes[0][0] in "ieo" and not self._is_reference(each)
            if each.name or is_item:
                self._say(each.codes[0], each.start, name=each.name)

    def _is_reference(self, mention: Mention) -> bool:
        """Whether an item is only where something else is found."""
        before = self.text[max(0, mention.start - _FAR) : mention.start]
        return bool(pattern("naming.reference").search(before))

    def _leave_bracket(self, place: int) -> None:
        """Go back to the year that held before a bracket, if a place is behind it."""
        if self.bracket and ")" in self.text[self.bracket[0] : place]:
            self.year, self.bracket = self.bracket[1], None

    def _leave_aside(self, place: int) -> None:
        """Go back to the year of the text if a place is behind an aside about another one."""
        if self.year and has_ended(self.text, self.year_place, place):
            self.year = 0
        self.is_unsure = bool(self.year) and may_have_ended(self.text, self.year_place, place)

    def _is_of_figure(self, end: int, between: str) -> bool:
        """Whether a year that ends here is told behind the last figure as that of it."""
        known = pattern("figures.of_year").fullmatch(between) if self.figures else None
        is_closed = known and pattern("figures.year_closes").match(self.text, end)
        return bool(known and (known["close"] or is_closed))

    def _now(self, event: Event, between: str) -> None:
        """Go back to the year of the report where a sentence turns to it."""
        if self.is_left_out and self._is_of_figure(event.end, between):
            self._date_left_out(self.context.report_year)
        elif not pattern("figures.compared").search(between):
            self.year, self.year_place = self.context.report_year, event.start
            self.compared = None

    def _year(self, event: Event, between: str) -> None:
        year, is_written = cast(int, event.value), cast(int, event.value) > 0
        year = year if is_written else self.context.report_year + (year or -1)
        is_same = pattern("figures.same_year").search(self.text[: event.start])
        if is_same and self.compared and is_written:
            behind = event.end + self.text.startswith(")", event.end)
            self.compared = replace(event, value=year, end=behind)
            return
        if self._is_of_figure(event.end, between):
            self._date_left_out(year) if self.is_left_out else self._date(year)
            return
        if self.text[: event.start].endswith("(") and not is_same:
            self.bracket = self.bracket or (event.start, self.year)
            if self.text.startswith(")", event.end) and (self.figures or self.is_skipped):
                self._date(year)
                return
        if self.main and pattern("figures.main_goes_on").search(between):
            self.group, self.figures, self.main = self.main, [], []
        if self.figures:
            self.of = OWN
        is_left = self.is_skipped and not self.figures and "(" in between
        if is_written and (is_left or pattern("figures.turns").search(between)):
            self._name_alone()
            self.group, self.figures, self.compared = [], [], None
        if self.context.report_year and year > self.context.report_year:
            return
        if pattern("figures.compared_in").search(self.text[: event.start]):
            self._date_left_out(year)
            return
        leads = pattern("figures.leads").match(self.text, event.end)
        is_apart = bool(pattern("figures.compared").search(between)) or not (is_written or leads)
        if is_apart:
            self.compared = replace(event, value=year)
        else:
            self.year, self.year_place = year, event.start

    def _date(self, year: int) -> None:
        """Put a year to what the last figure says, right behind which it stands in brackets."""
        start = -1 if self.is_skipped or self.is_left_out else self.figures[-1].start
        if year <= (self.context.report_year or year):
            self.said = [replace(e, year=year) if e.start == start else e for e in self.said]

    def _date_left_out(self, year: int) -> None:
        """Keep a second score that the year behind it makes that of another year."""
        codes = tuple(code for each in self.group for code in each.codes)
        codes = codes or (self.context.code,)
        if self.is_left_out and self.second and len(codes) == 1 and codes[0]:
            points = cast(Decimal, self.second.value)
            self.said.append(Said(codes[0], year, self.second.start, points, of=self.of))

    def _mean(self, event: Event, _: str) -> None:
        self.of, self.figures = str(event.value), []

    def _figure(self, event: Event, between: str) -> None:
        is_difference = self._is_difference(event, between)
        points = event.value
        assert isinstance(points, Decimal)
        is_difference = is_difference or (self.of != OWN and points < LOWEST)
        since = self.text[self.named : event.start]
        of_change = (pattern(f"figures.{key}") for key in ("no_score", "change_from"))
        is_change = points < LOWEST and any(known.search(since) for known in of_change)
        is_difference = is_difference or is_change
        is_other = self.is_changed or self.is_aimed or self.is_unsure or is_difference
        self.is_skipped = is_other and not self._is_won(event)
        if self.is_skipped:
            self.is_closed = True
            return
        self.is_left_out = bool(self.figures) and not self._may_follow(event, between)
        if self.is_left_out:
            self.second = event
            return
        self.figures.append(event)
        if other := self._other_in_brackets(event):
            self.of = other
        for code in self._codes(event):
            name = self.group[0].name if len(self.group) == 1 else ""
            self._say(code, event.start, points=points, name=name)
        self.year_of_last = self.year
        goes_on = pattern("figures.list_goes_on").match(self.text, event.end)
        self.compared = self.compared if goes_on and self._is_compared(event) else None

    def _pair(self, event: Event, _: str) -> None:
        """Keep two scores with a stroke between them, if it is known of which years they are."""
        points = cast(tuple[Decimal, ...], event.value)
        codes = tuple(code for each in self.group for code in each.codes)
        if len(codes) == 1 and not self.figures and not self.is_aimed:
            name = self.group[0].name
            for year, each in zip(self.context.paired, points, strict=False):
                self.said.append(Said(codes[0], year, event.start, each, name=name))
        self.figures, self.is_closed = [event], True

    def _other_in_brackets(self, event: Event) -> str:
        """Return the other office right behind which a figure stands in brackets."""
        if self.text[event.start - 1 : event.start] != "(":
            return ""
        found = pattern("figures.other_in_brackets").search(self.text[: event.start])
        return found["name"] if found and not (self.own and self.own in found["name"]) else ""

    def _is_end_of_band(self, event: Event) -> bool:
        """Whether a figure is joined to another one by a dash."""
        before = pattern("figures.band_before").search(self.text[: event.start])
        return bool(before or pattern("figures.band_behind").match(self.text, event.end))

    def _is_difference(self, event: Event, between: str) -> bool:
        """Whether the words before a figure say that it is none of this code in this year."""
        weight = pattern("figures.weight_told")
        since = weight.sub("", self.text[self.named : event.start])
        between = weight.sub("", between)
        if pattern("figures.no_score").search(between) or pattern("figures.aim").search(since):
            return True
        if self._is_end_of_band(event) or self._is_of_part(since):
            return True
        if self.group and pattern("figures.turned").search(between):
            return True
        if self.is_skipped and pattern("figures.of_lost").fullmatch(between):
            return True
        if pattern("figures.arrow").match(self.text, event.end):
            return True
        is_first = pattern("figures.from").search(between)
        if is_first and pattern("figures.to").match(self.text[event.end :].lstrip()):
            return True
        compared = self.compared
        return (
            bool(compared) and self.last == (compared or event).end and not self._is_compared(event)
        )

    def _is_of_part(self, since: str) -> bool:
        """Whether words since the whole result was named turn to a part of it."""
        is_whole = bool(self.group) and self.group[-1].codes == (OVERALL,)
        return is_whole and bool(pattern("figures.of_part").search(since))

    def _may_follow(self, event: Event, between: str) -> bool:
        """Whether a second figure for the same name is one: of another year, or said again."""
        if self._is_compared(event) or self._in_order() or self.year != self.year_of_last:
            return True
        named = sum(len(each.codes) for each in self.group)
        if named > 1 and self._counted() == named:
            return True
        if pattern("figures.dated").match(self.text, event.end):
            return True
        behind = self.text[event.end : event.end + 10].lstrip()
        return "(" in between and bool(pattern("figures.unit").match(behind))

    def _codes(self, event: Event) -> tuple[str, ...]:
        codes = tuple(code for each in self.group for code in each.codes)
        if len(codes) > 1 and (self._in_order() or self._counted() == len(codes)):
            at = len(self.figures) - 1
            return codes[at : at + 1]
        if self._is_whole_of_other_year(event):
            return (OVERALL,)
        if codes or self.context.code:
            return codes or (self.context.code,)
        is_result = self._has_level_behind(event) or self._is_result(event)
        return (OVERALL,) if self.of != OWN or is_result else ()

    def _is_whole_of_other_year(self, event: Event) -> bool:
        """Whether a score behind a year compared with has a level, which only the whole has."""
        is_first = self.year_of_last == self.year or not self.figures[:-1]
        is_other = bool(self.compared) or self.year not in (0, self.context.year)
        if not (is_first and is_other):
            return False
        return bool(pattern("figures.level_follows").match(self.text, event.end))

    def _is_result(self, event: Event) -> bool:
        """Whether a figure that nothing is named for is told as the result of the office."""
        before = self.text[max(0, event.start - _FAR) : event.start]
        told = pattern("figures.result").search(before)
        if self._is_won(event):
            return True
        if not told or cast(Decimal, event.value) < LOWEST:
            return False
        is_own = self.own and before[: told.start()].endswith(self.own)
        return bool(is_own or pattern("figures.of_result").search(before[: told.start()]))

    def _is_won(self, event: Event) -> bool:
        """Whether a figure is told as what the office has won, whatever else is told before."""
        before = self.text[max(0, event.start - _FAR) : event.start]
        is_large = cast(Decimal, event.value) >= LOWEST
        return self.of == OWN and is_large and bool(pattern("figures.won").search(before))

    def _counted(self) -> int:
        """Return how many figures stand in one list with the first one of this group."""
        count, end = 0, self.figures[0].start
        while found := FIGURE.match(self.text, end):
            count, joint = count + 1, pattern("figures.and_figure").match(self.text, found.end())
            end = joint.end() if joint else len(self.text)
        return count

    def _in_order(self) -> bool:
        return bool(pattern("figures.in_order").search(self.text, self.last))

    def _has_level_behind(self, event: Event) -> bool:
        return bool(pattern("figures.level_said").search(self.text[event.end : event.end + 30]))

    def _level(self, event: Event, _: str) -> None:
        if self.is_left_out or (self.is_skipped and not self.figures):
            return
        name, last = str(event.value), self.said[-1] if self.said else None
        is_beside = last and last.points is not None and event.start - last.start < _FAR
        is_beside = is_beside and not (self.bracket and last and self.year != last.year)
        is_own = not self.group or (last and last.code in self.group[-1].codes)
        is_behind = last and self.group and last.start > self.group[-1].end
        is_whole = is_behind and last and last.code == OVERALL
        if last and is_beside and (is_own or is_whole):
            self.said[-1] = replace(last, level=name)
            return
        codes = self.group[-1].codes if self.group else (self.context.code or OVERALL,)
        if len(codes) == 1:
            self._say(codes[0], event.start, level=name)

    def _is_compared(self, event: Event) -> bool:
        """Whether a figure stands right behind a year that is compared with."""
        if not self.compared:
            return False
        between = self.text[self.compared.end : event.start]
        return bool(pattern("figures.beside_year").fullmatch(between))

    def _say(self, code: str, start: int, **values: Any) -> None:
        is_scored = "points" in values
        year = self.year or self.context.year
        if is_scored and self.figures and self._is_compared(self.figures[-1]):
            year = cast(int, self.compared.value) if self.compared else year
        of = self.of if is_scored else OWN
        self.said.append(Said(code, year, start, of=of, **values))
