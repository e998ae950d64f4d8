"""What is said of so many: all, none, so many, one alone, all but some, of whatever kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from wordings import check_text

REPORTS = yaml.safe_load(Path(__file__).with_name("quantities.yml").read_text(encoding="utf-8"))
RULES = {"ITA204", "ITA209", "ITA210", "ITA514"}
CHOICE = re.compile(r"\[\[(?P<right>.*?)\|(?P<wrong>.*?)\]\]")


def sentences_found(name: str, way: str) -> tuple[list[str], list[str]]:
    """Return the sentences of a report in which something is found, and the others."""
    told = [CHOICE.sub(rf"\g<{way}>", each) for each in REPORTS[name]["sentences"]]
    text = REPORTS[name]["report"].replace("{sentences}", "\n\n".join(told))
    lines = {each.spot.line for each in check_text(text) if each.rule in RULES and each.spot}
    at = {line: number for number, line in enumerate(text.splitlines(), 1)}
    found = [each for each in told if at[each] in lines]
    return found, [each for each in told if each not in found]


@pytest.mark.parametrize("name", REPORTS)
def test_a_wrong_number_of_what_is_so_is_found(name):
    _, missed = sentences_found(name, "wrong")
    assert missed == REPORTS[name].get("missed", [])


@pytest.mark.parametrize("name", REPORTS)
def test_a_right_number_of_what_is_so_is_left_alone(name):
    called_wrong, _ = sentences_found(name, "right")
    assert called_wrong == []
