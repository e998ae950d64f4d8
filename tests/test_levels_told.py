"""Levels in sentences and tables of many voices: each slip is found, what is right left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from wordings import check_text, names

TOLD = yaml.safe_load(Path(__file__).with_name("levels_told.yml").read_text(encoding="utf-8"))
CHOICE = re.compile(r"\[\[(?P<right>.*?)~(?P<wrong>.*?)\]\]")
DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
RULES = ("ITA30", "ITA514", "ITA81")
BEGINNING = 8


def found_in(report, sentences):
    text = report["report"].replace("{sentences}", "\n\n".join(sentences))
    written = text.translate(DIGITS) if report["has_thai_digits"] else text
    return [each for each in check_text(written) if each.rule.startswith(RULES)]


def squeezed(text):
    return re.sub(r"[\s|…]", "", text)


def stands_in(problem, sentence):
    shown, whole = squeezed(problem.sentence), squeezed(sentence)
    return shown[:BEGINNING] in whole or whole[:BEGINNING] in shown


@pytest.mark.parametrize("name", TOLD)
def test_levels_that_fit_are_left_alone(name):
    told = [CHOICE.sub(r"\g<right>", each) for each in TOLD[name]["told"]]
    found = found_in(TOLD[name], [*told, *TOLD[name]["right"]])
    assert [(each.rule, each.found, each.sentence) for each in found] == []


@pytest.mark.parametrize("name", TOLD)
def test_a_level_that_does_not_fit_is_found(name):
    told = TOLD[name]["told"]
    found = found_in(TOLD[name], [CHOICE.sub(r"\g<wrong>", each) for each in told])
    missed = [
        each
        for each in told
        for place in CHOICE.finditer(each)
        if not any(
            names(problem, place["wrong"]) and stands_in(problem, CHOICE.sub(r"\g<wrong>", each))
            for problem in found
        )
    ]
    assert missed == []
