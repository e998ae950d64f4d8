"""What the lesson's notebook calls: each method is one step, computed before the reader's eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, get_args

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.part import Parts, Shown, part
from ita_helpers.faces.prose import Words
from ita_helpers.files.facts import PaperFacts
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import PAPERS as PAPERS_SCRAP
from ita_helpers.files.scraps import glue_all
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import BUDDHIST_ERA, Numerals
from ita_helpers.reports.record import title_words
from ita_helpers.scoring.what_if import Trial, try_out
from ita_helpers.teaching import papers, story_levels, story_scores
from ita_helpers.teaching.loading import LessonData, load_lesson_data
from ita_helpers.teaching.posing import EXERCISED
from ita_helpers.words.rules import assumption

LEFT = "organisation title subtitle banners mark running numerals issued whole".split()
"""The facts of a paper that a lesson has: it has no parts, pictures or template of an office."""


def source_of(lesson: LessonData) -> str:
    """Return the sentence that says whose scores the lesson shows."""
    shown = lesson.shown
    return say("teaching.scores_of", name=shown.organisation.name, year=shown.fiscal_year)


def paper_facts(lesson: LessonData, name: str = "") -> PaperFacts:
    """Return title, names and warnings of the page, or of the named paper."""
    shown, digits = lesson.shown, lesson.digits
    title = label(f"teaching.papers.{name}" if name else "teaching.title")
    made_up = [label("teaching.made_up")] if not name or name in papers.MADE_UP else []
    assumed = assumption(shown.framework, label("teaching.this"))
    levels = [f"“{level.name}”" for level in shown.framework.levels.list]
    return PaperFacts(
        organisation=lesson.asked.organisation.code,
        title=digits(title),
        subtitle=_subtitle(lesson, title) if name else (digits(source_of(lesson)),),
        banners=tuple(digits(each) for each in (*made_up, assumed) if each),
        mark=digits("".join(made_up)),
        running=digits(title),
        numerals=lesson.numerals,
        issued=date(shown.fiscal_year - BUDDHIST_ERA, 9, 30),
        whole=(*levels, *label("teaching.whole").split()),
    )


def _subtitle(lesson: LessonData, title: str) -> tuple[str, ...]:
    """Return the lesson a paper belongs to, unless its title says so."""
    name = label("teaching.title")
    return () if name in title else (lesson.digits(name),)


def title_page_of(lesson: LessonData) -> Words:
    """Return the title, whose scores are shown, and what a reader must be warned of."""
    return title_words(paper_facts(lesson))


def notice(lesson: LessonData) -> Words | Absent:
    """Return a notice if made-up scores are shown instead, or scores give away an exercise."""
    asked, example = lesson.asked, lesson.example
    facts = {
        "name": asked.organisation.name,
        "year": asked.fiscal_year,
        "example_year": example.fiscal_year,
    }
    stand_ins = {
        "no_indicators": lesson.shown,
        "no_items": lesson.detailed,
        "no_answers": lesson.answered,
    }
    found = [key for key, each in stand_ins.items() if each is not asked][:1]
    if asked.organisation == example.organisation and asked.fiscal_year in EXERCISED:
        found.append("exercised")
    said = [say(f"teaching.notice.{key}", **facts) for key in found]
    return Words(tuple(said)) if said else Absent("none")


def on_paper(
    make: Callable[[LessonData], Shown],
) -> Callable[[Lesson], Shown | Absent]:
    """Return a part of a paper; the trainer's screen shows none of them, and no answers."""
    show = part(make)

    @wraps(show)
    def method(self: Lesson) -> Shown | Absent:
        return show(self) if self.with_papers else Absent("papers")

    told = signature(show)
    shown = f"{told.return_annotation} | Absent"
    method.__dict__["__signature__"] = told.replace(return_annotation=shown)
    return method


class Lesson(Parts[LessonData]):
    """A lesson on one organisation's result; ``with_papers`` also fills the trainer's papers."""

    def __init__(self, data: LessonData, *, with_papers: bool = False) -> None:
        self.data, self.with_papers = data, with_papers

    def __repr__(self) -> str:
        return self.data.digits(self.source)

    @property
    def source(self) -> str:
        """The sentence that says whose scores the lesson shows."""
        return source_of(self.data)

    @property
    def trial(self) -> Trial:
        """The scores of the what-if at its start."""
        trial = try_out(self.data.shown.assessment)
        assert trial is not None
        return trial

    title_page = part(title_page_of)
    notice = part(notice)
    answer_scale = part(story_scores.answer_scale)
    item_from_answers = part(story_scores.item_from_answers)
    indicator_from_items = part(story_scores.indicator_from_items)
    indicator_from_groups = part(story_scores.indicator_from_groups)
    instruments = part(story_scores.instruments)
    overall = part(story_scores.overall)
    points_lost_chart = part(story_scores.points_lost_chart)
    plain_mean = part(story_scores.plain_mean)
    early_rounding = part(story_scores.early_rounding)

    levels = part(story_levels.levels)
    barred = part(story_levels.barred)
    barred_chart = part(story_levels.barred_chart)
    low_indicators = part(story_levels.low_indicators)
    higher_but_lower = part(story_levels.higher_but_lower)
    undetermined = part(story_levels.undetermined)
    one_respondent = part(story_levels.one_respondent)
    ten_points = part(story_levels.ten_points)
    rules_by_year = part(story_levels.rules_by_year)
    evidence = part(story_levels.evidence)

    lesson_plan = on_paper(papers.lesson_plan)
    worksheet = on_paper(papers.worksheet)
    answer_key = on_paper(papers.answer_key)
    questions = on_paper(papers.questions)
    question_key = on_paper(papers.question_key)
    handout_steps = on_paper(papers.handout_steps)
    handout_weights = on_paper(papers.handout_weights)
    handout_formulas = on_paper(papers.handout_formulas)
    handout_levels = on_paper(story_levels.levels)
    handout_lost = on_paper(papers.handout_lost)
    handout_case = on_paper(story_levels.barred_in_short)

    def what_if(self) -> Any:
        """Return the scores on sliders, with what follows from them."""
        from ita_helpers.teaching.widgets import WhatIf

        return WhatIf(self.trial, self.source, self.data.numerals).box

    def exercises(self) -> Any:
        """Return the exercises with a box for each answer."""
        from ita_helpers.teaching.widgets import exercise_boxes

        return exercise_boxes(self.data.exercises, self.data.numerals)

    def record(self) -> None:
        """Record what the exporters must know: the page, and which parts are separate papers."""
        apart = {name: self._left(name) for name in papers.PAPERS}
        glue_all({"ita-document": self._left(), PAPERS_SCRAP: apart})

    def _left(self, name: str = "") -> dict[str, Any]:
        told = paper_facts(self.data, name).as_scrap()
        return {each: told[each] for each in LEFT} | {"asked_year": self.data.asked.fiscal_year}


def load_lesson(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "arabic",
    papers: bool = False,
    root: Path | str | None = None,
) -> Lesson:
    """Load the lesson on one organisation's result of a fiscal year (B.E.).

    ``papers`` also fills the trainer's papers, answers included; anything but ``True`` does not.
    Raises an ``ItaError``, or ``ValueError`` for digits that are neither Thai nor Arabic.
    """
    refuse_unknown()
    if numerals not in get_args(Numerals):
        raise ValueError(f"numerals: {numerals!r} is none of {', '.join(get_args(Numerals))}")
    data = load_lesson_data(organisation, int(fiscal_year), numerals, root)
    return Lesson(data, with_papers=papers is True)
