"""A part of a page is one line: a function of the data, its words, and the digits of the data."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace

import pytest
from conftest import ROOT

from ita_helpers import load_report
from ita_helpers.faces.part import Parts, part
from ita_helpers.faces.prose import Face, Line, Listing, Stack, Words
from ita_helpers.faces.table import Cell, Table
from ita_helpers.figures.drawing import Figure
from ita_helpers.files.facts import PaperFacts, ResultFacts
from ita_helpers.reports.follow_up import FollowUp
from ita_helpers.reports.record import paper_facts, result_facts
from ita_helpers.reports.report import Report
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.teaching.lesson import Lesson

PAGES = (Report, FollowUp, Lesson)
SAID = "ปี 2568"
TABLE = Table(SAID, (), ((Cell(SAID),),), (SAID,))


def methods(page: type) -> list[str]:
    return [name for name in dir(page) if name[0] != "_" and callable(getattr(page, name))]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return load_report("bang-khae", 2568, root=ROOT).data


def in_digits(data: ReportData, face: Face) -> str:
    """Return what a page with these data shows of a face."""

    class Page(Parts[ReportData]):
        def __init__(self) -> None:
            self.data = data

        shown = part(lambda _: face)

    shown = Page().shown()
    return repr(shown) + shown._repr_html_()


@pytest.mark.parametrize("page", PAGES)
def test_help_names_each_part_as_the_page_does_and_asks_for_nothing_but_its_own(page):
    for name in methods(page):
        method = getattr(page, name)
        assert method.__qualname__ == f"{page.__qualname__}.{name}"
        assert (method.__doc__ or "").partition("\n")[0].endswith("."), name
        assert next(iter(inspect.signature(method).parameters)) == "self", name


def test_what_a_part_asks_for_is_told_and_can_be_named(data):
    report = Report(data)
    assert str(inspect.signature(report.narrative)) == "(slot: 'str') -> 'Words | Stack | Absent'"
    assert str(inspect.signature(report.items)) == "(slot: 'str') -> 'Table | Absent'"
    assert str(inspect.signature(report.instrument_chart)) == "(code: 'str') -> 'Figure | Absent'"
    assert repr(report.instrument_chart(code="EIT")) == repr(report.instrument_chart("EIT"))


@pytest.mark.parametrize(
    "face",
    [
        Words((SAID,), heading=SAID),
        Line(((SAID.removesuffix(" 2568"), SAID),)),
        Listing((SAID,)),
        TABLE,
        Figure(SAID, SAID, "<svg ></svg>", TABLE),
        Stack((Words((SAID,)), Stack((TABLE,)))),
    ],
    ids=lambda face: type(face).__name__,
)
def test_whatever_a_part_shows_is_in_the_digits_of_the_data(data, face):
    thai = in_digits(replace(data, numerals="thai"), face)
    assert "๒๕๖๘" in thai
    assert "2568" not in thai
    assert "๒๕๖๘" not in in_digits(replace(data, numerals="arabic"), face)


def test_a_report_on_a_plan_has_no_part_of_the_analysis():
    assert not issubclass(FollowUp, Report)
    assert not {"overall", "narrative", "points_lost"} & {*methods(FollowUp)}


@pytest.mark.parametrize(("office", "year"), [("bang-krabue", 2568), ("pa-tueng", 2562)])
def test_what_a_notebook_leaves_is_read_as_it_was_written(office, year):
    data = load_report(office, year, root=ROOT).data
    paper, result = paper_facts(data), result_facts(data)
    assert PaperFacts.read(json.loads(json.dumps(paper.as_scrap()))) == paper
    assert ResultFacts.read(json.loads(json.dumps(result.as_scrap()))) == result


def test_what_somebody_changed_into_something_else_is_not_known():
    known = {"name": "ก", "levels": ["ผ่าน", 3], "scores": {"1": 90, "2": "สูง"}}
    changed = {"change": True, "is_made_up": "ใช่", "assumed_from": "2568", "district": 7, "no": 1}
    expected = ResultFacts(name="ก", levels=("ผ่าน",), scores={"1": 90})
    assert ResultFacts.read(known | changed) == expected
    assert ResultFacts.read(None) == ResultFacts.read([1]) == ResultFacts()
