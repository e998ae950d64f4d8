"""The page on how the words are chosen: nothing on it is old, and it lacks no sentence."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from cases import CASES
from conftest import ORGANISATIONS, ROOT, SAMPLES, data_of, write, write_scores
from spoken import noted, speak, speak_of_plan

from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import LANGUAGE, section
from ita_helpers.records.layout import PRESETS, choose_layout
from ita_helpers.reports.follow_up import load_follow_up
from ita_helpers.teaching.sentences import (
    PAGE,
    Example,
    keys_of_page,
    keys_with_condition,
    labels,
    write_sentences_page,
)

SHOWN = 3
"""So many ways to say a sentence are shown."""
CATALOGUE = LANGUAGE / "report"
CONDITIONS = "ita_helpers/language/th/report/conditions.yml"
MADE_UP = "made-up-example"
PERIODS = ("follow-up", "half-year")


def results(folder):
    """Yield what all sentences are said of: each data with its plan's follow-ups.

    Real offices come first, the newest year before others, then made-up ones.
    """
    samples = sorted(SAMPLES, key=lambda each: (each[0] == MADE_UP, -each[1], each[0]))
    for code, year in samples:
        yield data_of(code, year), ()
    office = data_of(MADE_UP)
    for preset in PRESETS:
        yield replace(office, layout=choose_layout(preset)), ()
    yield office, [follow_up(ROOT, MADE_UP, period) for period in PERIODS]
    for name, case in CASES.items():
        workspace = Workspace(folder / name)
        write(workspace, "data/organisations.csv", ORGANISATIONS)
        write_scores(workspace, "1,80,,s,")
        data = case.load(workspace)
        yield (
            data,
            [follow_up(workspace.root, "ban-rai", each) for each in PERIODS if data.plan],
        )


def follow_up(root, code, period):
    return load_follow_up(code, 2568, numerals="arabic", root=root, report=period)


class Page:
    """What was said, by key: examples that differ in more than their facts, and who chose them."""

    def __init__(self):
        self.examples, self.places, self.raw = defaultdict(list), defaultdict(set), []
        self._shapes = defaultdict(set)

    def add(self, said, data):
        for each in said:
            self.places[each.key].add(each.place)
            if "{{" in each.text or "{%" in each.text:
                self.raw.append(each.key)
            shapes = self._shapes[each.key]
            if each.text and len(shapes) < SHOWN and each.shape not in shapes:
                shapes.add(each.shape)
                example = Example(each.text, data.organisation.name, data.fiscal_year)
                self.examples[each.key].append(example)

    def write(self):
        return write_sentences_page(
            self.examples, {key: sorted(each) for key, each in self.places.items()}
        )


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Let every sample and every made-up case say all it has to say."""
    made = Page()
    with pytest.MonkeyPatch.context() as patch, noted(patch) as said:
        for data, follow_ups in results(tmp_path_factory.mktemp("cases")):
            said.clear()
            speak(data)
            for each in follow_ups:
                speak_of_plan(each)
            made.add(said, data)
    return made


def keys_in(file):
    """Return the paths of all texts of a file of the catalogue."""
    return (key for key, _ in texts(section(file)))


def texts(node, above=()):
    for name, below in node.items():
        if isinstance(below, dict):
            yield from texts(below, (*above, name))
        else:
            yield ".".join((*above, name)), below


def lines(found, advice):
    return "\n".join(f"{each}: {advice}" for each in sorted(found))


def test_every_sentence_of_the_page_has_its_condition():
    known = {*keys_with_condition()} | labels()
    assert not {*keys_of_page()} - known, lines(
        {*keys_of_page()} - known,
        f"say under `of:` in {CONDITIONS} when it appears, or name it under `labels:` there",
    )


def test_every_condition_and_label_belongs_to_a_sentence():
    left = {*keys_with_condition()} - {*keys_of_page()}
    assert not left, lines(
        left, f"is no sentence of the page; take it out of `of:` in {CONDITIONS}"
    )
    known = {f"{file.stem}.{key}" for file in CATALOGUE.glob("*.yml") for key in keys_in(file.stem)}
    gone = labels() - known
    assert not gone, lines(gone, f"is no sentence; take it out of `labels:` in {CONDITIONS}")
    twice = {*keys_with_condition()} & labels()
    assert not twice, lines(twice, f"has a condition; take it out of `labels:` in {CONDITIONS}")
    assert len(keys_of_page()) == len({*keys_of_page()})


def test_every_sentence_of_the_page_is_said_in_some_case(page):
    never = {each for each in keys_with_condition() if not page.examples[each]}
    assert not never, lines(
        never, "no result says it: add one to CASES in tests/cases.py, or delete the sentence"
    )


def test_whatever_the_words_choose_is_on_the_page(page):
    found = {
        key
        for key in {*page.places} - {*keys_of_page()} - labels()
        if any(each.startswith("words/") for each in page.places[key])
        and not key.startswith("words.")
    }
    assert not found, lines(
        found, f"let a part under `parts:` in {CONDITIONS} hold it, or name it under `labels:`"
    )


def test_no_label_shows_the_places_of_its_facts(page):
    assert page.raw == []


def test_who_chooses_a_sentence_is_a_function_that_is_there(page):
    for place in {each for places in page.places.values() for each in places}:
        file, name = place.split()
        defined = {
            getattr(node, "name", "")
            for node in ast.walk(ast.parse((ROOT / "ita_helpers" / file).read_text("utf-8")))
        }
        assert {*name.split(".")} <= defined, place


def test_the_page_is_what_the_program_says(page, request):
    kept, written = ROOT / "rendered" / PAGE, page.write()
    if request.config.getoption("--update-golden"):
        Path(kept).write_text(written, encoding="utf-8")
    advice = f"rendered/{PAGE}: if the change is meant, --update-golden, and read the diff"
    assert kept.read_text(encoding="utf-8") == written, advice
