"""What-if and exercises in the notebook: widgets around the pure functions, with no other logic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, round_up, to_hundredths
from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.records.rules import Level
from ita_helpers.scoring.what_if import Shortfall, Trial, find_least_gain
from ita_helpers.teaching.exercises import Exercise, check
from ita_helpers.teaching.typed import NotPoints, read_points
from ita_helpers.words.rules import condition_name

STEP = 0.01
"""Points per slider step: the precision of a score, so that the page rounds nothing."""
_WIDE = {"width": "26em", "max_width": "100%"}
_PARAGRAPH = Markup('<p style="margin:.2em 0;line-height:1.7">{}</p>')
_COLOURED = Markup('<p role="{}" style="margin:.2em 0;color:var(--jp-{}-color1)">{}</p>')
_RESULT = Markup(
    '<div role="status" style="padding:.4em .8em;border-left:4px solid var(--jp-brand-color1)">'
    "{}</div>"
)
_BIG = Markup('<p style="margin:.2em 0;font-size:1.5em;line-height:1.5">{} <b>{}</b></p>')
_ROW = Markup('<tr><th scope="row" style="text-align:left">{}</th><td>{}</td><td>{}</td></tr>')
_TABLE = Markup('<table class="ita-table"><caption>{}</caption><tbody>{}</tbody></table>')


class _Score:
    """One score on a slider and in a box; the last good value stays in force."""

    def __init__(self, name: str, points: Fraction, change: Callable[[Fraction], None]) -> None:
        self.change, self.is_quiet = change, False
        self.shown = to_hundredths(points)
        layout = widgets.Layout(**_WIDE)
        self.slider = widgets.FloatSlider(
            value=float(self.shown), min=0, max=100, step=STEP, readout=False, layout=layout
        )
        self.typed = widgets.Text(
            value=format_score(points), continuous_update=False, layout={"width": "6em"}
        )
        self.problem = widgets.HTML()
        self.slider.observe(self._slid, "value")
        self.typed.observe(self._typed, "value")
        row = widgets.HBox([self.slider, self.typed])
        self.box = widgets.VBox([widgets.HTML(str(_PARAGRAPH.format(name))), row, self.problem])

    def show(self, points: Fraction) -> None:
        """Show a score without changing anything else."""
        self.is_quiet, self.shown = True, to_hundredths(points)
        self.slider.value, self.typed.value = float(self.shown), format_score(points)
        self.is_quiet, self.problem.value = False, ""

    def complain(self, text: str) -> None:
        """Show why a score is not accepted."""
        self.problem.value = str(_COLOURED.format("alert", "error", text))

    def _slid(self, change: Any) -> None:
        """Apply a score, unless it is the one shown: pages send back what they were sent."""
        points = to_hundredths(Fraction(str(change["new"])))
        if not self.is_quiet and points != self.shown:
            self.change(Fraction(points))

    def _typed(self, change: Any) -> None:
        if self.is_quiet:
            return
        try:
            points = read_points(change["new"])
        except NotPoints as problem:
            self.complain(str(problem))
        else:
            self.change(points)


class WhatIf:
    """The scores of a trial on sliders, what follows from them, and the way back from a level."""

    def __init__(self, trial: Trial, source: str, numerals: Numerals) -> None:
        self.start = self.trial = trial
        self.numerals = numerals
        self.result, self.way = widgets.HTML(), widgets.HTML()
        self.scores = {code: self._score(code, name) for code, name in self._names().items()}
        self.parts = {code: self._part(code) for code in trial.parts}
        self.goal = widgets.Dropdown(
            description=_words("backwards.goal"), style={"description_width": "initial"}
        )
        self.use = widgets.Button(description=_words("backwards.use"), layout={"width": "auto"})
        reset = widgets.Button(description=_words("what_if.reset"), layout={"width": "auto"})
        self.goal.observe(lambda _: self._show_way(), "value")
        self.use.on_click(lambda _: self._use())
        reset.on_click(lambda _: self._set(self.start))
        start = self._digits(say("teaching_page.what_if.start", source=source))
        said = widgets.HTML(str(_PARAGRAPH.format(start)))
        groups = [self._group(each.code) for each in trial.framework.instruments.list]
        tabs = widgets.Tab(groups, titles=[e.code for e in trial.framework.instruments.list])
        buttons = widgets.HBox([reset]), widgets.HBox([self.use])
        rows = [said, self.result, tabs, buttons[0], self.goal, self.way, buttons[1]]
        self.box = widgets.VBox(rows)
        self._set(trial)

    def _names(self) -> dict[str, str]:
        """Return indicators and the items that can be changed, by code."""
        framework = self.trial.framework
        names = {}
        for each in framework.indicators.list:
            names[each.code] = say("words.indicator", code=each.code, name=each.name)
            if self.trial.knows_items_of(each.code):
                for item in framework.items_of(each.code):
                    names[item.code] = say(
                        "teaching.item", code=item.code.upper(), name=item.name or ""
                    )
        return names

    def _score(self, code: str, name: str) -> _Score:
        def change(points: Fraction) -> None:
            self._set(self.trial.with_value(code, points))

        return _Score(self._digits(name), self.trial.score(code), change)

    def _part(self, code: str) -> _Score:
        def change(points: Fraction) -> None:
            try:
                self._set(self.trial.with_part(code, points))
            except ValueError:
                row.show(self.trial.part(code) or Fraction(0))
                row.complain(self._range_of(code))

        name = self.trial.framework.component_name(code)
        row = _Score(self._digits(name), self.trial.part(code) or Fraction(0), change)
        return row

    def _range_of(self, code: str) -> str:
        """Show the range of points a part must be in."""
        owner = self.trial.framework.part_owner(code)
        assert owner is not None
        low, high = Trial(self.trial.framework, self.trial.values).span(code)
        return self._fill(
            "what_if.part_range",
            code=owner.code,
            score=format_score(self.trial.score(owner.code)),
            name=self.trial.framework.component_name(code),
            low=format_score(low),
            high=format_score(high),
        )

    def _group(self, instrument: str) -> Any:
        """Return the sliders of one instrument: indicators, their items folded, a part."""
        rows: list[Any] = []
        framework = self.trial.framework
        for each in framework.indicators_of(instrument):
            rows.append(self.scores[each.code].box)
            items = [i.code for i in framework.items_of(each.code) if i.code in self.scores]
            if items:
                inside = widgets.VBox([self.scores[code].box for code in items])
                title = self._fill("what_if.items", code=each.code, count=len(items))
                rows.append(widgets.Accordion([inside], titles=[title]))
        for part in framework.instrument(instrument).parts:
            if part.code in self.parts:
                rows.append(self.parts[part.code].box)
                note = self._fill("what_if.parts_note", code=instrument)
                rows.append(widgets.HTML(str(_PARAGRAPH.format(note))))
        return widgets.VBox(rows)

    def _set(self, trial: Trial) -> None:
        """Apply a trial, and show it and all that follows from it."""
        self.trial = trial
        for code, row in self.scores.items():
            row.show(trial.score(code))
        for code, row in self.parts.items():
            row.show(trial.part(code) or Fraction(0))
        self.result.value = str(_RESULT.format(self._describe()))
        above = self._levels_above()
        chosen = self.goal.value
        self.goal.options = [each.name for each in above]
        self.goal.value = (
            chosen if chosen in self.goal.options else next(iter(self.goal.options), None)
        )
        self._show_way()

    def _levels_above(self) -> list[Level]:
        """Return the levels that the scores do not certainly reach, the nearest first."""
        levels = self.trial.framework.levels.list
        lowest = self.trial.possible[-1]
        return list(levels[: levels.index(lowest)])[::-1]

    def _describe(self) -> Markup:
        trial = self.trial
        overall = self._fill("what_if.points", points=format_score(trial.overall))
        lines = [
            _BIG.format(_words("what_if.overall"), overall),
            _BIG.format(_words("what_if.level"), self._level()),
        ]
        if to_hundredths(trial.overall) != to_hundredths(self.start.overall):
            lines.append(_PARAGRAPH.format(self._change()))
        lines.append(self._components())
        lines += [_PARAGRAPH.format(text) for text in self._barred()]
        return Markup("").join(lines)

    def _level(self) -> str:
        names = [each.name for each in self.trial.possible]
        if len(names) == 1:
            return names[0]
        return self._fill("what_if.open", levels=f" {_words('what_if.either')} ".join(names))

    def _change(self) -> str:
        gain = to_hundredths(self.trial.overall) - to_hundredths(self.start.overall)
        key = "rose" if gain > 0 else "fell"
        return self._fill(f"what_if.{key}", points=format_score(abs(gain)))

    def _components(self) -> Markup:
        framework = self.trial.framework
        codes = framework.levels.judged or [e.code for e in framework.instruments.list]
        above = self._levels_above()
        short = {each.code: each for each in self.trial.barred_by(above[0])} if above else {}
        rows = Markup("").join(
            _ROW.format(
                condition_name(framework, code),
                self._span(code),
                self._state(short.get(code), above[0].conditions.get(code) if above else None),
            )
            for code in codes
        )
        caption = self._fill("what_if.against", level=above[0].name) if above else ""
        return _TABLE.format(caption, rows)

    def _span(self, code: str) -> str:
        low, high = map(to_hundredths, self.trial.span(code))
        if low == high:
            return self._digits(f"{low:.2f}")
        return self._fill("what_if.span", low=f"{low:.2f}", high=f"{high:.2f}")

    def _state(self, short: Shortfall | None, asked: Fraction | None) -> str:
        if not asked:
            return _words("what_if.not_asked")
        needed = format_score(asked)
        if short is None:
            return self._fill("what_if.met", needed=needed)
        if short.is_open:
            return self._fill("what_if.unknown", needed=needed)
        return self._fill("what_if.short", gap=self._gap(short), needed=needed)

    def _barred(self) -> list[str]:
        """Say what bars the nearest level above."""
        above = self._levels_above()
        if not above:
            return [_words("what_if.highest")]
        short = self.trial.barred_by(above[0])
        reasons = f" {_words('what_if.and')} ".join(self._reason(each) for each in short)
        key = "undecided" if all(each.is_open for each in short) else "barred"
        return [self._fill(f"what_if.{key}", level=above[0].name, reasons=reasons)]

    def _reason(self, short: Shortfall) -> str:
        is_overall = short.code == "ITA"
        name = (
            _words("what_if.overall")
            if is_overall
            else condition_name(self.trial.framework, short.code)
        )
        if not short.is_open:
            return self._fill("what_if.lacks", name=name, gap=self._gap(short))
        low, high = self.trial.span(short.code)
        span = {"low": format_score(low), "high": format_score(high)}
        return self._fill("what_if.lies", name=name, **span)

    def _gap(self, short: Shortfall) -> str:
        """Write what is missing between the scores as they are shown."""
        return format_score(short.needed - Fraction(to_hundredths(short.needed - short.gap)))

    def _show_way(self) -> None:
        """Show the least total gain that reaches the level chosen."""
        shown = "" if self.goal.value else "none"
        for each in (self.goal, self.way, self.use):
            each.layout.display = shown
        if not self.goal.value:
            return
        level = self.trial.framework.level(self.goal.value)
        gain = find_least_gain(self.trial, level)
        total = f"{round_up(gain.total):.2f}"
        key = "total" if gain.total else "enough"
        lines = [self._fill(f"backwards.{key}", points=total, level=level.name)]
        rows = Markup("").join(
            _ROW.format(
                self.trial.framework.component_name(code),
                self._digits(format_score(start)),
                self._digits(f"{round_up(end):.2f}"),
            )
            for code, (start, end) in gain.by_group.items()
        )
        notes = ["equal_parts"] if gain.assumes_equal_parts else []
        notes += ["two_decimals", "no_advice"]
        caption = self._fill("backwards.caption", level=level.name)
        shown_parts = [
            *map(_PARAGRAPH.format, lines),
            _TABLE.format(caption, rows) if rows else Markup(""),
            *(_PARAGRAPH.format(self._digits(_words(f"backwards.{note}"))) for note in notes),
        ]
        self.way.value = str(Markup("").join(shown_parts))

    def _use(self) -> None:
        self._set(find_least_gain(self.trial, self.trial.framework.level(self.goal.value)).trial)

    def _fill(self, key: str, **facts: object) -> str:
        return self._digits(_words(key).format(**facts))

    def _digits(self, text: str) -> str:
        return with_numerals(text, self.numerals)


def _words(key: str) -> str:
    return label(f"teaching_page.{key}")


def exercise_boxes(exercises: Sequence[Exercise], numerals: Numerals) -> Any:
    """Return the exercises, each with its table, a place for the answer and a reply."""
    boxes = [_exercise(place, each, numerals) for place, each in enumerate(exercises, start=1)]
    return widgets.VBox(boxes)


def _exercise(place: int, exercise: Exercise, numerals: Numerals) -> Any:
    heading = with_numerals(say("teaching.exercises.heading", number=place), numerals)
    question = with_numerals(exercise.question, numerals)
    html = Markup("<h3>{}</h3>").format(heading) + _PARAGRAPH.format(question)
    for table in exercise.tables:
        html += Markup(table.in_numerals(numerals)._repr_html_())
    answer = _answer(exercise, numerals)
    button = widgets.Button(description=_words("exercises.check"), button_style="primary")
    reply = widgets.HTML()

    def answered(_: object) -> None:
        told = check(exercise, answer.value or "")
        text = told.text if told.is_right else f"{_words('exercises.again')} {told.text}"
        colour = "success" if told.is_right else "error"
        reply.value = str(_COLOURED.format("status", colour, with_numerals(text, numerals)))

    button.on_click(answered)
    if isinstance(answer, widgets.Text):
        answer.observe(answered, "value")
    return widgets.VBox([widgets.HTML(str(html)), widgets.HBox([answer, button]), reply])


def _answer(exercise: Exercise, numerals: Numerals) -> Any:
    style = {"description_width": "initial"}
    if exercise.choices:
        shown = ((with_numerals(name, numerals), name) for name in exercise.choices)
        options = [(_words("exercises.choose"), ""), *shown]
        return widgets.Dropdown(description=exercise.answer_label, options=options, style=style)
    return widgets.Text(description=exercise.answer_label, style=style, continuous_update=False)
