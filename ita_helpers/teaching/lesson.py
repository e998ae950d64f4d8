"""What the lesson's notebook calls: each method is one step, computed before the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Stack, Words
from ita_helpers.faces.table import Table
from ita_helpers.faces.web_fonts import set_up_notebook
from ita_helpers.figures import bars
from ita_helpers.figures.drawing import Figure
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import PAPERS as PAPERS_SCRAP
from ita_helpers.files.scraps import glue_all
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import BUDDHIST_ERA, Numerals
from ita_helpers.scoring.what_if import Trial, try_out
from ita_helpers.tables import rules
from ita_helpers.teaching import papers, story_levels, story_scores
from ita_helpers.teaching.loading import LessonData, load_lesson_data
from ita_helpers.teaching.posing import EXERCISED
from ita_helpers.teaching.tabulating import words
from ita_helpers.words.rules import assumption

Shown = TypeVar("Shown")


class Lesson:
    """A lesson on one organisation's result; ``with_papers`` also fills the trainer's papers."""

    def __init__(self, data: LessonData, *, with_papers: bool = False) -> None:
        self.data, self.with_papers = data, with_papers

    def __repr__(self) -> str:
        return self.data.digits(self.source)

    def _repr_html_(self) -> str:
        """Name the result, and put the report's font and style on the notebook's page."""
        return set_up_notebook(repr(self))

    @property
    def source(self) -> str:
        """The sentence that says whose scores the lesson shows."""
        shown = self.data.shown
        return say("teaching.scores_of", name=shown.organisation.name, year=shown.fiscal_year)

    @property
    def trial(self) -> Trial:
        """The scores of the what-if at its start."""
        trial = try_out(self.data.shown.assessment)
        assert trial is not None
        return trial

    def title_page(self) -> Words:
        """Return the title, whose scores are shown, and what a reader must be warned of."""
        page = self._page(label("teaching.title"))
        return Words((page["title"], *page["subtitle"], *page["banners"]), kind="ita-title")

    def notice(self) -> Words | Absent:
        """Return where the made-up scores stand in, or give away an exercise."""
        asked, example = self.data.asked, self.data.example
        facts = {
            "name": asked.organisation.name,
            "year": asked.fiscal_year,
            "example_year": example.fiscal_year,
        }
        stand_ins = {
            "no_indicators": self.data.shown,
            "no_items": self.data.detailed,
            "no_answers": self.data.answered,
        }
        found = [key for key, each in stand_ins.items() if each is not asked][:1]
        if asked.organisation == example.organisation and asked.fiscal_year in EXERCISED:
            found.append("exercised")
        said = [say(f"teaching.notice.{key}", **facts) for key in found]
        return words(self.data, *said) if said else Absent("none")

    def answer_scale(self) -> Table:
        """Return what each answer is worth, straight and reversed."""
        return story_scores.answer_scale(self.data)

    def item_from_answers(self) -> Table:
        """Return how answers make the score of an item."""
        return story_scores.item_from_answers(self.data)

    def indicator_from_items(self) -> Table:
        """Return how items make an indicator."""
        return story_scores.indicator_from_items(self.data)

    def indicator_from_groups(self) -> Table:
        """Return how sub-indicators make an indicator, and that all items alike do not."""
        return story_scores.indicator_from_groups(self.data)

    def instruments(self) -> Table:
        """Return how indicators make the instruments."""
        return story_scores.instruments(self.data)

    def overall(self) -> Table:
        """Return how the weights make the overall score."""
        return story_scores.overall(self.data)

    def points_lost_chart(self) -> Figure | Absent:
        """Return where the missing points are."""
        return bars.plot_points_lost(self.data.shown)

    def plain_mean(self) -> Table:
        """Return a real case where the mean of all indicators is not the overall score."""
        return story_scores.plain_mean(self.data)

    def early_rounding(self) -> Table:
        """Return a real case where rounding the instruments first is wrong."""
        return story_scores.early_rounding(self.data)

    def levels(self) -> Table:
        """Return the levels of the year with both conditions."""
        return rules.tabulate_levels(self.data.graded)

    def barred(self) -> Stack:
        """Return a real case whose overall score would do and a component bars the level."""
        return story_levels.barred(self.data)

    def barred_chart(self) -> Figure | Absent:
        """Return the components of that case against their condition."""
        return story_levels.barred_chart(self.data)

    def low_indicators(self) -> Table:
        """Return a real case with low indicators that bar no level."""
        return story_levels.low_indicators(self.data)

    def higher_but_lower(self) -> Table:
        """Return a real case whose overall score rose while its level fell."""
        return story_levels.higher_but_lower(self.data)

    def undetermined(self) -> Table:
        """Return a real case whose level the published numbers leave open."""
        return story_levels.undetermined(self.data)

    def one_respondent(self) -> Table:
        """Return how far one respondent moves a score."""
        return story_levels.one_respondent(self.data)

    def ten_points(self) -> Table:
        """Return what ten points more in one indicator add to the overall score."""
        return story_levels.ten_points(self.data)

    def rules_by_year(self) -> Table:
        """Return how the rules changed, year by year."""
        return story_levels.rules_by_year(self.data)

    def evidence(self) -> Table:
        """Return in which assessment each year's result is asked for."""
        return story_levels.evidence(self.data)

    def what_if(self) -> Any:
        """Return the scores on sliders, with what follows from them."""
        from ita_helpers.teaching.widgets import WhatIf

        return WhatIf(self.trial, self.source, self.data.numerals).box

    def exercises(self) -> Any:
        """Return the exercises with a box for each answer."""
        from ita_helpers.teaching.widgets import exercise_boxes

        return exercise_boxes(self.data.exercises, self.data.numerals)

    def lesson_plan(self) -> Table | Absent:
        """Return the class of two hours."""
        return self._on_paper(papers.lesson_plan)

    def worksheet(self) -> Stack | Absent:
        """Return the exercises with room for way and answer."""
        return self._on_paper(papers.worksheet)

    def answer_key(self) -> Table | Absent:
        """Return the answers to the exercises."""
        return self._on_paper(papers.answer_key)

    def questions(self) -> Stack | Absent:
        """Return ten questions, to be asked before and after the class."""
        return self._on_paper(papers.questions)

    def question_key(self) -> Table | Absent:
        """Return the answers to the ten questions."""
        return self._on_paper(papers.question_key)

    def handout_steps(self) -> Table | Absent:
        """Return where to look in a result, and what it says."""
        return self._on_paper(papers.handout_steps)

    def handout_weights(self) -> Table | Absent:
        """Return the instruments with what ten points are worth."""
        return self._on_paper(papers.handout_weights)

    def handout_formulas(self) -> Words | Absent:
        """Return how the overall score and the missing points are computed."""
        return self._on_paper(papers.handout_formulas)

    def handout_levels(self) -> Table | Absent:
        """Return the levels with both conditions."""
        return self._on_paper(lambda data: rules.tabulate_levels(data.graded))

    def handout_lost(self) -> Stack | Absent:
        """Return where the missing points are."""
        return self._on_paper(papers.handout_lost)

    def handout_case(self) -> Stack | Absent:
        """Return the real case whose level a component bars, in words and as a chart."""
        return self._on_paper(story_levels.barred_in_short)

    def _on_paper(self, make: Callable[[LessonData], Shown]) -> Shown | Absent:
        """Return a part of a paper; on the trainer's screen there is none, and no answer."""
        return make(self.data) if self.with_papers else Absent("papers")

    def record(self) -> None:
        """Leave what the exporters must know: the page, and which parts are papers of their own."""
        apart = {name: self._paper(name) for name in papers.PAPERS}
        glue_all({"ita-document": self._page(label("teaching.title")), PAPERS_SCRAP: apart})

    def _paper(self, name: str) -> dict[str, Any]:
        title, lesson = label(f"teaching.papers.{name}"), label("teaching.title")
        page = self._page(title, is_made_up=name in papers.MADE_UP)
        return {**page, "subtitle": [] if lesson in title else [self.data.digits(lesson)]}

    def _page(self, title: str, *, is_made_up: bool = True) -> dict[str, Any]:
        """Return title, names and warnings of the page, or of a paper."""
        shown, digits = self.data.shown, self.data.digits
        banners = [label("teaching.made_up")] if is_made_up else []
        if assumed := assumption(shown.framework, label("teaching.this")):
            banners.append(assumed)
        levels = [f"“{level.name}”" for level in shown.framework.levels.list]
        return {
            "organisation": self.data.asked.organisation.code,
            "asked_year": self.data.asked.fiscal_year,
            "title": digits(title),
            "subtitle": [digits(self.source)],
            "banners": [digits(each) for each in banners],
            "mark": digits(label("teaching.made_up")) if is_made_up else "",
            "running": digits(title),
            "numerals": self.data.numerals,
            "issued": date(shown.fiscal_year - BUDDHIST_ERA, 9, 30).isoformat(),
            "whole": [*levels, *label("teaching.whole").split()],
        }


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
