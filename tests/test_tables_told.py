"""Tables as offices print them: each slip is found, and what is right is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from wordings import found_of, names

TOLD = yaml.safe_load(Path(__file__).with_name("tables_told.yml").read_text(encoding="utf-8"))
CHOICE = re.compile(r"\[\[(?P<right>.*?)~(?P<wrong>.*?)\]\]")
UNSAID = ("ITA703", "ITA704", "ITA813")
"""What a plan of a few rows lacks, and levels that a report of 2568 does not have."""


def found_in(table):
    """Return what is found because of a table, with tabs between its cells."""
    text = "\n".join("\t".join(re.split(r" ?\| ?", row)) for row in table.splitlines())
    return [each for each in found_of(f"{text}\n") if each.rule not in UNSAID]


@pytest.mark.parametrize("family", TOLD)
def test_tables_that_are_right_are_left_alone(family):
    told = [CHOICE.sub(r"\g<right>", each) for each in TOLD[family]["tables"]]
    found = [each for table in (*told, *TOLD[family].get("right", ())) for each in found_in(table)]
    assert [(each.rule, each.found, each.sentence) for each in found] == []


@pytest.mark.parametrize("family", TOLD)
def test_each_slip_of_a_table_is_found(family):
    missed = []
    for table in TOLD[family]["tables"]:
        for place in CHOICE.finditer(table):
            before, behind = table[: place.start()], table[place.end() :]
            texts = [CHOICE.sub(r"\g<right>", each) for each in (before, behind)]
            found = found_in(place["wrong"].join(texts))
            if not any(names(each, place["wrong"]) for each in found):
                missed.append((place.group(), [(each.rule, each.found) for each in found]))
    assert missed == []
