"""Sentences of memos, web pages, news and slides: each slip is found, what is right left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from wordings import check_text

REPORTS = yaml.safe_load(Path(__file__).with_name("told_in_prose.yml").read_text(encoding="utf-8"))
CHOICE = re.compile(r"\[\[(?P<right>.*?)~(?P<wrong>.*?)\]\]")
TOLD = [(name, told) for name, of in REPORTS.items() for told in of["told"]]


def errors_in(name, told):
    text = REPORTS[name]["report"].replace("{sentence}", told)
    return [each for each in check_text(text) if each.severity != "hint"]


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_right_in_prose_is_left_alone(name):
    told = [CHOICE.sub(r"\g<right>", each) for each in REPORTS[name]["told"]]
    found = errors_in(name, "\n\n".join([*told, *REPORTS[name].get("right", [])]))
    assert [(each.rule, each.found, each.sentence) for each in found] == []


@pytest.mark.parametrize(("name", "told"), TOLD, ids=lambda each: each[:24])
def test_a_slip_in_prose_is_found(name, told):
    assert errors_in(name, CHOICE.sub(r"\g<wrong>", told))


LEAD_INS = ("จะเห็นได้ว่า", "จะพบว่า", "จากตารางข้างต้นแสดงให้เห็นว่า")
LED_IN = (
    "what rose and fell, and the level taken note of",
    "how many there are in all, in their order, and out of how many points",
    "chapters of a department",
)
"""Reports of which sentences are told with a lead-in before them."""


@pytest.mark.parametrize("lead_in", LEAD_INS)
@pytest.mark.parametrize("name", LED_IN)
def test_what_only_leads_in_changes_nothing(name, lead_in):
    told = [each for each in REPORTS[name]["told"] if each[0] not in "-|(" and "\n" not in each]
    right = [CHOICE.sub(r"\g<right>", f"{lead_in} {each}") for each in told]
    found = errors_in(name, "\n\n".join(right))
    assert [(each.rule, each.found, each.sentence) for each in found] == []
    wrong = [CHOICE.sub(r"\g<wrong>", f"{lead_in} {each}") for each in told[::3]]
    assert [each for each in wrong if not errors_in(name, each)] == []
