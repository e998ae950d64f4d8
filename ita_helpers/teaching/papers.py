"""The trainer's papers: lesson plan, worksheet, answer key, ten questions, handout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ita_helpers.faces.prose import Face, Stack, Words
from ita_helpers.faces.table import Cell, Row, Table, head_row, number
from ita_helpers.figures import bars
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.language.points import format_score
from ita_helpers.teaching.exercises import Calculation, Exercise, Sifting
from ita_helpers.teaching.loading import LessonData
from ita_helpers.teaching.story_levels import RISE, effect_of_rise
from ita_helpers.teaching.tabulating import facts_of, frame, source

PAPERS = ("lesson-plan", "worksheet", "answer-key", "questions", "handout")
"""The names of their files, and of their parts in the notebook."""
MADE_UP = ("lesson-plan", "worksheet", "answer-key", "handout")
"""Those that show or name made-up figures."""
LETTERS = ("a", "b", "c", "d")
LINES, DOTS = 3, 110
"""Dotted lines under each exercise of a worksheet, short enough for Word's larger type."""


@dataclass(frozen=True)
class Question:
    """A question with its choices; ``right`` is the index of the right one, ``why`` the reason."""

    text: str
    choices: tuple[str, ...]
    right: int
    why: str


def lesson_plan(lesson: LessonData) -> Table:
    """Return the two-hour lesson plan: times in minutes, contents, methods and materials."""
    body: list[Row] = []
    start = 0
    facts = facts_of(lesson.cases["barred"])
    for name, step in section("teaching.plan.steps").items():
        end = start + int(step["minutes"])
        texts = (step["topic"], say(f"teaching.plan.steps.{name}.how", **facts), step["with"])
        time = Cell(f"{start}–{end}", scope="row")
        body.append((time, number(step["minutes"]), *map(Cell, texts)))
        start = end
    total = number(str(start), strong=True)
    body.append((Cell(label("teaching.together"), scope="row"), total, Cell("", colspan=3)))
    head = head_row(*label("teaching.plan.heads").split("|"), aligns=("left", "right"))
    return frame(label("teaching.plan.caption"), head, body)


def worksheet(lesson: LessonData) -> Stack:
    """Return the exercises with space for working and answer."""
    faces: list[Face] = []
    for place, each in enumerate(lesson.exercises, start=1):
        heading = say("teaching.exercises.heading", number=place)
        faces.append(Words((each.question,), heading=heading, level=3))
        faces += each.tables
        faces.append(_room(each))
    return Stack(tuple(faces))


def _room(exercise: Exercise) -> Words:
    """Return dotted lines for the working, and one for the answer."""
    way = [label("teaching.worksheet.way") + "." * (DOTS - 12), *(["." * DOTS] * LINES)]
    choices = [f"☐ {name}" for name in exercise.choices]
    return Words(("\n".join([*way, say("teaching.worksheet.answer", choices=choices)]),))


def answer_key(lesson: LessonData) -> Table:
    """Return the answers with the working for each, and the mistakes to expect."""
    body: list[Row] = []
    for place, each in enumerate(lesson.exercises, start=1):
        expected = [
            say("teaching.key.mistake", answer=mistake.answer, hint=each.hint(key))
            for key, mistake in each.mistakes.items()
        ]
        way = [each.way]
        if isinstance(each.asked, Calculation):
            way.append(f"{each.asked.working} = {each.answer}")
        elif isinstance(each.asked, Sifting):
            way.append(each.asked.working)
        texts = (each.answer, "\n".join(way), "\n".join(expected))
        body.append((Cell(str(place), scope="row"), *map(Cell, texts)))
    head = head_row(*label("teaching.key.heads").split("|"))
    return frame(label("teaching.key.caption"), head, body)


def questions(lesson: LessonData) -> Stack:
    """Return ten questions, to be asked before and after the class."""
    letters = label("teaching.questions.letters").split()
    faces: list[Face] = []
    for place, each in enumerate(ask(lesson), start=1):
        lines = [f"☐ {name}. {text}" for name, text in zip(letters, each.choices, strict=True)]
        faces.append(Words(("\n".join(lines),), heading=f"{place}. {each.text}", level=3))
    return Stack(tuple(faces))


def question_key(lesson: LessonData) -> Table:
    """Return the right choices of the ten questions, with the reasons."""
    letters = label("teaching.questions.letters").split()
    body: list[Row] = []
    for place, each in enumerate(ask(lesson), start=1):
        answer = f"{letters[each.right]}. {each.choices[each.right]}"
        body.append((Cell(str(place), scope="row"), Cell(answer), Cell(each.why)))
    head = head_row(*label("teaching.questions.heads").split("|"))
    return frame(label("teaching.questions.caption"), head, body)


def ask(lesson: LessonData) -> Iterator[Question]:
    """Yield the ten questions."""
    barred = lesson.cases["barred"]
    following = barred.assessment.next_level
    assert following is not None
    missing = following.missing[0]
    framework = lesson.shown.framework
    proved = max(
        each.fiscal_year
        for each in lesson.frameworks
        if each.evidence and each.evidence.confidence == "verified"
    )
    facts = {
        **facts_of(barred),
        "next": following.level.name,
        "component": barred.framework.component_name(missing.code),
        "score": format_score(barred.assessment.exact(missing.code)),
        "needed": format_score(missing.needed),
        "target": format_score(Fraction(framework.target.overall)),
        "rise": int(RISE),
        "result_year": proved - 1,
        "next_year": proved,
    }
    for instrument in framework.instruments.list:
        facts[instrument.code] = effect_of_rise(framework, instrument.code)
        facts[f"{instrument.code}_weight"] = instrument.weight
    for name, node in section("teaching.questions.list").items():
        key = f"teaching.questions.list.{name}"
        choices = tuple(say(f"{key}.{letter}", **facts) for letter in LETTERS)
        text, why = say(f"{key}.question", **facts), say(f"{key}.why", **facts)
        yield Question(text, choices, LETTERS.index(node["right"]), why)


def handout_steps(_: LessonData) -> Table:
    """Return where to look in a result, in which order, and what it says."""
    steps = section("teaching.handout.steps").values()
    body = [
        (Cell(str(place), scope="row"), Cell(each["look"]), Cell(each["says"]))
        for place, each in enumerate(steps, start=1)
    ]
    head = head_row(*label("teaching.handout.heads").split("|"))
    return frame(label("teaching.handout.caption"), head, body)


def handout_weights(lesson: LessonData) -> Table:
    """Return the instruments: who or what is asked, weight, what ten points are worth."""
    framework = lesson.shown.framework
    body: list[Row] = []
    for each in framework.instruments.list:
        count = len(framework.indicators_of(each.code))
        numbers = (str(each.weight), str(count), effect_of_rise(framework, each.code))
        body.append((Cell(each.code, scope="row"), Cell(each.name), *map(number, numbers)))
    heads = label("teaching.handout.weight_heads").split("|")
    head = head_row(*heads, aligns=("left", "left", "right", "right", "right"))
    caption = say("teaching.handout.weights", year=framework.fiscal_year)
    return frame(caption, head, body, (source(framework.instruments.source),))


def handout_formulas(lesson: LessonData) -> Words:
    """Return how the overall score and the points missing from it are computed."""
    framework = lesson.shown.framework
    overall, lost = [], []
    for each in framework.instruments.list:
        first = framework.indicators_of(each.code)[0]
        overall.append(f"{each.weight / 100:.2f} × {each.code}")
        lost.append(f"{format_score(framework.weight_of(first.code))} ({each.code})")
    facts = {"overall": " + ".join(overall), "lost": " ".join(lost)}
    return Words((say("teaching.handout.formulas", **facts),))


def handout_lost(lesson: LessonData) -> Stack:
    """Return where the missing points of the result shown are."""
    shown = lesson.shown
    sentence = say("teaching.handout.lost", name=shown.organisation.name, year=shown.fiscal_year)
    return Stack((Words((sentence,)), bars.plot_points_lost(shown)))
