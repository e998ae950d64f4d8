"""Short texts as offices publish them of a result: each slip is found, what is right left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from wordings import check_text, names

TOLD = yaml.safe_load(Path(__file__).with_name("short_texts.yml").read_text(encoding="utf-8"))
CHOICE = re.compile(r"\[\[(?P<right>.*?)~(?P<wrong>.*?)\]\]")
SAID_OF_WRITING = "ITA9"
"""Rules of which hints count too."""


def found_in(text):
    """Return what is found in a text, but for hints that are none of its writing."""
    found = check_text(f"{text}\n")
    return [e for e in found if e.severity != "hint" or e.rule.startswith(SAID_OF_WRITING)]


@pytest.mark.parametrize("family", TOLD)
def test_texts_that_are_right_are_left_alone(family):
    told = [CHOICE.sub(r"\g<right>", each) for each in TOLD[family].get("texts", ())]
    found = [each for text in (*told, *TOLD[family].get("right", ())) for each in found_in(text)]
    assert [(each.rule, each.found, each.sentence) for each in found] == []


@pytest.mark.parametrize("family", TOLD)
def test_each_slip_of_a_text_is_found(family):
    missed = []
    for text in TOLD[family].get("texts", ()):
        for place in CHOICE.finditer(text):
            before, behind = text[: place.start()], text[place.end() :]
            texts = [CHOICE.sub(r"\g<right>", each) for each in (before, behind)]
            found = found_in(place["wrong"].join(texts))
            if not any(names(each, place["wrong"]) for each in found):
                missed.append((place.group(), [(each.rule, each.found) for each in found]))
    assert missed == []
