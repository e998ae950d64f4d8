from __future__ import annotations

import csv
import re
import tomllib

import pytest
from conftest import ROOT, rules

from ita_helpers.generated import render_all
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.scores import read_year, require_year

TABLES = sorted((ROOT / "data").rglob("*.csv"))
YEARS = [int(path.stem) for path in (ROOT / "data/scores").glob("*.csv")]


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_every_year_can_be_read(workspace):
    organisations = read_organisations(workspace)
    known = workspace.framework_years()
    read = {
        (code, year): read_year(workspace, code, year, rules(year) if year in known else None)
        for code in organisations
        for year in YEARS
    }
    for path in (ROOT / "data/scores").glob("*.csv"):
        for row in rows(path):
            year = read[row["organisation"], int(path.stem)]
            assert year is not None
            codes = [*year.scores, *(each.code for each in year.conflicting)]
            assert row["code"] in codes


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_table_is_written_as_excel_reads_it(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_figure_has_a_source_and_made_up_ones_say_so(path):
    for row in rows(path):
        if "source" in row:
            assert row["source"]
            made_up = row["organisation"] == "made-up-example"
            assert ("ข้อมูลสมมติ" in row["source"]) == made_up
        if row.get("status") == "conflicting":
            assert row["note"]


def test_only_the_made_up_office_is_called_made_up(workspace):
    organisations = read_organisations(workspace)
    assert [each.code for each in organisations.values() if each.is_made_up] == ["made-up-example"]
    assert [each.code for each in organisations.values() if each.is_reference] == ["all-agencies"]


def test_the_made_up_office_shows_what_teaching_needs(workspace):
    years = {
        year: require_year(workspace, "made-up-example", year, rules(year))
        for year in range(2564, 2569)
    }
    for year, scores in years.items():
        items = {item.code for item in rules(year).all_items}
        assert items <= set(scores.scores)
        assert {group.code for group in rules(year).all_sub_indicators} <= set(scores.scores)
        assert scores.result.respondents
    assert {"EIT1", "EIT2", "e1@1", "e9@2"} <= set(years[2568].scores)
    assert years[2568].suggestions


@pytest.mark.parametrize(
    "name",
    ["README.md", "CONTRIBUTING.md", "data/README.md", "params/schema.json", "environment.yml"],
)
@pytest.mark.processes
def test_generated_files_are_up_to_date(name):
    written = (ROOT / name).read_text(encoding="utf-8")
    assert render_all(ROOT)[ROOT / name] == written, "run `make docs`"


def test_the_lock_pins_hashes_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("==") > 100
    assert "--hash=sha256:" in lock
    for name in ("pywinpty", "colorama", "appnope"):
        assert f"\n{name}==" in lock


def pins(name):
    """Return the digests of each pin of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+==\S+)[^\n]*\\\n((?: +--hash=\S+[ \\\n]*)+)", text, re.MULTILINE)
    return {pin: set(re.findall(r"sha256:\w+", hashes)) for pin, hashes in found}


def test_the_lock_of_users_is_a_part_of_the_whole_one():
    run, whole = pins("requirements-run.lock"), pins("requirements.lock")
    assert len(run) > 100
    assert {pin: whole.get(pin) for pin in run} == run
    names = {pin.split("==")[0] for pin in run}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert {re.match(r"[\w-]+", each).group() for each in needed} <= names
    assert not names & {"mypy", "ruff", "playwright", "pytest", "distributed"}
