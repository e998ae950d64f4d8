"""What the program says of results: each sentence with its text, and the function that chose it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import pytest

from ita_helpers.language import catalogue
from ita_helpers.reports.follow_up import FollowUp
from ita_helpers.reports.report import Report
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.at_once import beside_target, compare_at_once, tabulate_at_once
from ita_helpers.tables.bottom_line import tabulate_bottom_line
from ita_helpers.words.slots import draft_all

PACKAGE = "ita_helpers."
ASIDE = ("_say", "_label")
"""What only hands a key on to the catalogue."""
PARTS = (
    "title_page foreword background principles purpose composition headline to_do to_keep overall"
    " score_list overview next_level measures_heading measures_lead coverage method memo"
)
FOLLOW_UP_PARTS = "progress questions by_status by_owner by_indicator tracked late"


@dataclass(frozen=True)
class Said:
    """A sentence as it was said: its key, its text, its facts, and who chose it."""

    key: str
    text: str
    facts: dict[str, object]
    place: str

    @property
    def shape(self) -> str:
        """The text without its facts: the same for what is said in the same way of others."""
        text = self.text
        for fact in sorted(_texts_in(self.facts.values()), key=len, reverse=True):
            text = text.replace(fact, "…") if fact else text
        return re.sub(r"…(\s*(?:และ)?\s*…)+", "…", re.sub(r"\d[\d,.]*", "…", text))


class Noting:
    """A sentence that notes each time it is said."""

    def __init__(self, key: str, render: Callable[..., str], said: list[Said]) -> None:
        self.key, self._render, self._said = key, render, said

    def render(self, **facts: object) -> str:
        """Say the sentence."""
        text = self._render(**facts)
        self._said.append(Said(self.key, text, facts, _place(sys._getframe(1))))
        return text


@contextmanager
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Said]]:
    """Note each sentence and label that the catalogue gives out."""
    said: list[Said] = []
    template_of, text_of = catalogue._template, catalogue._text

    def text(language, key):
        found, asking = text_of(language, key), sys._getframe(1)
        if asking.f_code is catalogue.label.__code__:
            said.append(Said(key, found, {}, _place(asking)))
        return found

    def template(language, key):
        return Noting(key, template_of(language, key).render, said)

    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "_template", template)
        patch.setattr(catalogue, "_text", text)
        yield said


def speak(data: ReportData) -> None:
    """Let a report say all it has to say, but for what its charts show."""
    report = Report(data)
    for name in PARTS.split():
        getattr(report, name)()
    draft_all(data)
    tabulate_bottom_line(data)
    if found := compare_at_once(data):
        tabulate_at_once(found)
        beside_target(data, found)
    for each in data.framework.instruments.list:
        report.instrument(each.code)
    for each in data.framework.indicators.list:
        report.indicator(f"{int(each.code):02d}")


def speak_of_plan(follow_up: FollowUp) -> None:
    """Let a follow-up say all it has to say."""
    for name in FOLLOW_UP_PARTS.split():
        getattr(follow_up, name)()


def _place(frame: FrameType | None) -> str:
    """Return module and function of the sentence that is being said in this frame."""
    while frame is not None:
        module, name = frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
        function = name.partition(".<locals>")[0]
        if module.startswith(PACKAGE) and module != catalogue.__name__ and function not in ASIDE:
            return f"{module.removeprefix(PACKAGE).replace('.', '/')}.py {function}"
        frame = frame.f_back
    return ""


def _texts_in(facts: Iterable[object]) -> Iterator[str]:
    """Yield the texts among facts, and those in their lists."""
    for each in facts:
        if isinstance(each, str):
            yield each
        elif isinstance(each, list | tuple):
            yield from _texts_in(each)
