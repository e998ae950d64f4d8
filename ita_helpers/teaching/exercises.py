"""Exercises as values: the question, the right answer, and the reply to a typed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor

from ita_helpers.faces.table import Table
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, round_half_up, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import grade
from ita_helpers.scoring.means import Means, evaluate
from ita_helpers.scoring.possibility import is_possible
from ita_helpers.teaching.typed import NotPoints, read_points

ASKED = "?"
"""The code of the score an exercise asks for."""


@dataclass(frozen=True)
class Calculation:
    """A score to compute, from ``values`` in points by code and from ``means``."""

    means: Means
    values: Mapping[str, Fraction]

    @property
    def answer(self) -> str:
        """The score as it is printed: points with two decimals."""
        return format_score(self._points(ASKED))

    @property
    def working(self) -> str:
        """The last step in figures: ``(24 × 100 + 4 × 67) ÷ 28``."""
        parts = self.means[ASKED]
        weights = [weight for weight, _ in parts]
        alike = len(set(weights)) == 1
        figures = [_figure(self._points(code)) for _, code in parts]
        terms = figures if alike else [f"{w} × {f}" for w, f in zip(weights, figures, strict=True)]
        return f"({' + '.join(terms)}) ÷ {len(parts) if alike else sum(weights)}"

    def _points(self, code: str) -> Fraction:
        points = evaluate(self.means, self.values, code)
        assert points is not None
        return points


@dataclass(frozen=True)
class Grading:
    """A level to be found of an overall score and its components (points)."""

    framework: Framework
    overall: Fraction
    components: Mapping[str, Fraction]

    @property
    def answer(self) -> str:
        """The name of the level."""
        scores = {"ITA": self.overall, **self.components}
        return grade(self.framework, {c: to_hundredths(each) for c, each in scores.items()}).name


@dataclass(frozen=True)
class Sifting:
    """A mistyped score to be found among ``figures`` (points, two decimals).

    It is the one that no answers of that many people give, with each answer worth one of
    ``points``.
    """

    figures: tuple[Decimal, ...]
    respondents: int
    points: tuple[int, ...]

    @property
    def answer(self) -> str:
        """The mistyped score as it is printed."""
        return str(next(each for each in self.figures if not self._is_possible(each)))

    @property
    def working(self) -> str:
        """Why no sum of answers gives it: the whole numbers below and above, and their scores."""
        wrong = Fraction(self.answer) * self.respondents
        sums = (floor(wrong), floor(wrong) + 1)
        below, above = (format_score(Fraction(each, self.respondents)) for each in sums)
        facts = {"respondents": self.respondents, "wrong": self.answer, "sums": sums}
        product = f"{float(wrong):.2f}"
        return say(
            "teaching.exercises.mistyped.working",
            **facts,
            product=product,
            below=below,
            above=above,
        )

    def _is_possible(self, figure: Decimal) -> bool:
        return is_possible(figure, self.respondents, self.points)


Asked = Calculation | Grading | Sifting


@dataclass(frozen=True)
class Exercise:
    """One exercise; its words are in the catalogue under its key.

    ``mistakes`` are common wrong calculations, by the key of their hint.
    """

    key: str
    asked: Asked
    tables: tuple[Table, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    mistakes: Mapping[str, Asked] = field(default_factory=dict)

    @property
    def question(self) -> str:
        """What is asked."""
        return self._say("question")

    @property
    def answer(self) -> str:
        """The right answer as it is printed: points, or one of the choices."""
        return self.asked.answer

    @property
    def way(self) -> str:
        """How the answer is found."""
        return self._say("way")

    @property
    def choices(self) -> tuple[str, ...]:
        """The levels or scores to choose from, none where a number is to be computed."""
        if isinstance(self.asked, Calculation):
            return ()
        if isinstance(self.asked, Sifting):
            return tuple(map(str, self.asked.figures))
        return tuple(each.name for each in self.asked.framework.levels.list)

    @property
    def answer_label(self) -> str:
        """The label of the answer box: points, a level, or one of the scores."""
        names = {Calculation: "answer", Grading: "answer_level", Sifting: "answer_figure"}
        return label(f"teaching_page.exercises.{names[type(self.asked)]}")

    def hint(self, mistake: str = "hint") -> str:
        """Return the hint for a wrong answer."""
        return self._say(mistake)

    def _say(self, key: str) -> str:
        return say(f"teaching.exercises.{self.key}.{key}", **self.facts)


@dataclass(frozen=True)
class Reply:
    """The reply a learner gets to an answer."""

    is_right: bool
    text: str


def check(exercise: Exercise, typed: str) -> Reply:
    """Return what to say to an answer: right, a hint for this mistake, or a hint for any."""
    try:
        given = _read(exercise, typed)
    except NotPoints as problem:
        return Reply(False, str(problem))
    if given == exercise.answer:
        return Reply(True, say("teaching.exercises.right", way=exercise.way))
    found = [key for key, mistake in exercise.mistakes.items() if mistake.answer == given]
    return Reply(False, exercise.hint(*found[:1]))


def _read(exercise: Exercise, typed: str) -> str:
    """Return an answer as answers are printed. Raises ``NotPoints``."""
    if isinstance(exercise.asked, Calculation):
        return format_score(read_points(typed))
    if not typed:
        raise NotPoints(label("teaching.typed.choose"))
    return typed


def _figure(points: Fraction) -> str:
    """Write points as used in a calculation: whole, or with four decimals."""
    if points.denominator == 1:
        return str(points)
    return format_score(points) if points * 100 % 1 == 0 else f"{round_half_up(points, 4):.4f}"
