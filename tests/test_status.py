"""``ita status``: what reports lack on their way to a signed version, and nothing else happens."""

from __future__ import annotations

import json
import shlex
from contextlib import closing
from dataclasses import replace

import pytest
from conftest import ita, needs_links, write
from copies import cell_of
from reviewed import PARAMS, STEM, office, review, scores

from ita_helpers.cli import main
from ita_helpers.issued.record import NAME
from ita_helpers.language.catalogue import label, section
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.rendering.issuable import read_candidate
from ita_helpers.rendering.standing import Lack, Standing, standing_reader
from ita_helpers.rendering.telling_standing import as_data, commands_for, line_of, lines_of
from ita_helpers.run.manifest import Manifest, ReportRow
from ita_helpers.run.sealing import read_report
from ita_helpers.store.params import load_parameters


@pytest.fixture
def workspace(tmp_path):
    return office(tmp_path)


def file_of(workspace):
    return workspace.params / STEM.with_suffix(".yml")


def standing_of(workspace, *, with_slots=True):
    return standing_reader(workspace, with_slots=with_slots)(file_of(workspace))


def kinds(standing):
    return [each.kind for each in standing.lacks]


def render(workspace, edition=None, **counts):
    """Record that the report was made, as a run does."""
    parameters = load_parameters(file_of(workspace), workspace).of_edition(edition)
    inputs, stem = inputs_of_report(workspace, parameters), parameters.paper.as_posix()
    facts = {"digest": inputs, "edition": edition or "", **counts}
    row = ReportRow(stem, f"params/{STEM}.yml", "done", **facts)
    with closing(Manifest(workspace.rendered, read_report)) as manifest:
        manifest.write(row)


def issue(workspace, number):
    """Record an issued version of what there is today."""
    given = read_candidate(workspace, file_of(workspace), allows_made_up=True)
    made_from = replace(given.made_from, read={})
    version = replace(given.version, number=number, made_from=made_from)
    write(workspace, f"issued/{STEM}/{number}/{NAME}", version.as_json())


def test_a_report_goes_from_draft_to_reviewed_to_issued_and_back_with_its_data(workspace):
    found = standing_of(workspace)
    assert (found.state, kinds(found)) == ("draft", ["plan", "drafts", "render", "issue"])
    review(workspace)
    render(workspace)
    found = standing_of(workspace)
    assert (found.state, kinds(found)) == ("reviewed", ["plan", "issue"])
    issue(workspace, 1)
    found = standing_of(workspace)
    assert (found.state, found.number, kinds(found)) == ("issued", 1, ["plan"])
    scores(workspace, 99.25)
    found = standing_of(workspace)
    assert found.state == "draft"
    assert kinds(found) == ["plan", "drafts", "stale", "reissue"]
    assert found.lacks[-1].facts == {"number": 1, "changed": ["data"]}


def test_words_and_parameters_that_change_after_an_issue_are_told_apart(workspace):
    review(workspace)
    issue(workspace, 1)
    issue(workspace, 2)
    notebook = json.loads(workspace.edited(STEM).read_text("utf-8"))
    cell_of(notebook, "narrative-summary")["source"] += "\n\nแก้แล้ว"
    write(workspace, f"notebooks/edited/{STEM}.ipynb", json.dumps(notebook))
    assert standing_of(workspace).lacks[-1].facts == {"number": 2, "changed": ["words"]}
    write(workspace, f"params/{STEM}.yml", f"{PARAMS}title: ''\n")
    assert "parameters" in standing_of(workspace).lacks[-1].facts["changed"]


@pytest.mark.parametrize(
    "broken",
    [f"issued/{STEM.as_posix()}/1/{NAME}", "data/scores/2568.csv", "data/plans/2568/ban-rai.csv"],
)
def test_a_broken_file_is_named_for_the_report_that_needs_it(workspace, broken):
    write(workspace, broken, "{")
    found = standing_of(workspace)
    assert (found.state, found.fiscal_year) == ("unreadable", 2568)
    assert line_of(found).startswith(found.name) and found.name
    assert broken in line_of(found) and f"{STEM}.yml" not in line_of(found)


def test_what_the_last_run_counted_is_believed_while_nothing_has_changed(workspace):
    render(workspace, drafts=7, problems=3, losses=1)
    brief = standing_of(workspace, with_slots=False)
    assert brief.lacks[1] == Lack("drafts", {"count": 7, "slots": []})
    assert brief.lacks[2].facts == {"found": {"words": 3, "losses": 1}}
    scores(workspace, 70)
    assert standing_of(workspace, with_slots=False).lacks[1].facts["count"] != 7


def test_a_run_that_failed_and_files_that_are_gone_are_told(workspace):
    render(workspace, written={".pdf": [0, 0, 0]})
    assert "stale" in kinds(standing_of(workspace))
    with closing(Manifest(workspace.rendered, read_report)) as manifest:
        manifest.write(ReportRow(STEM.as_posix(), f"params/{STEM}.yml", "failed", reason="x"))
    assert "failed" in kinds(standing_of(workspace))


def test_a_public_edition_is_held_against_todays_data_where_there_is_one(workspace):
    render(workspace)
    render(workspace, "public")
    assert "public" not in kinds(standing_of(workspace))
    scores(workspace, 70)
    render(workspace)
    assert kinds(standing_of(workspace))[-2:] == ["public", "issue"]


def test_nothing_is_written_and_a_damaged_manifest_stays(workspace):
    review(workspace)
    for content in (None, b"none of ours", b""):
        if content is not None:
            write(workspace, "rendered/manifest.sqlite", content)
        before = {f: f.read_bytes() for f in workspace.root.rglob("*") if f.is_file()}
        run = ita("status", "ban-rai", "--year", "2568", root=workspace.root)
        assert run.exit_code == 0, run.output
        assert "ยังไม่ได้จัดทำรายงาน" in run.output
        assert {f: f.read_bytes() for f in workspace.root.rglob("*") if f.is_file()} == before


def test_of_one_report_all_is_said_with_the_command_that_comes_next(workspace):
    lines = ita("status", "ban-rai", "--year", "2568", root=workspace.root).output.splitlines()
    assert lines[0].endswith(": ร่าง")
    drafts = next(line for line in lines if "ยังไม่ทบทวน" in line)
    assert "บทสรุปสำหรับผู้บริหาร" in drafts
    assert lines[lines.index(drafts) + 1] == "  ให้สั่ง ita edit ban-rai --year 2568"


def test_of_many_each_is_one_line_and_a_broken_one_stops_nothing(workspace):
    write(workspace, "params/2568/broken.yml", "organisation: [")
    run = ita("status", root=workspace.root)
    assert run.exit_code == 0
    lines = run.output.splitlines()
    assert len(lines) == 4
    assert "params/2568/broken.yml: ยังบอกสถานะไม่ได้" in lines[1]
    assert lines[2] == "รายงาน 2 ฉบับ: ร่าง 1 · ยังบอกสถานะไม่ได้ 1"
    assert lines[3].startswith("ในจำนวนนี้ ")
    data = json.loads(ita("status", "--format", "json", root=workspace.root).output)
    assert [each["state"] for each in data] == ["draft", "unreadable"]
    assert [each["kind"] for each in data[0]["lacks"]] == ["plan", "drafts", "render", "issue"]
    assert all(each["text"] and each["commands"] for each in data[0]["lacks"])


FACTS = {
    "unreadable": {"message": "อ่านไม่ได้"},
    "drafts": {"count": 1, "slots": ["ก"]},
    "reopened": {"count": 1, "slots": ["ก"]},
    "word": {"files": ["rendered/ก ข.docx"]},
    "notes": {"count": 2},
    "findings": {"found": {"scores": 1, "words": 2, "losses": 3, "plan": 4}},
    "reissue": {"number": 1, "changed": ["data", "rules", "parameters", "words", "read"]},
}


@pytest.mark.parametrize("kind", section("status.lacks"))
@pytest.mark.parametrize("report", ["analysis", "follow-up"])
def test_whatever_is_lacking_has_a_sentence_and_a_command_that_exists(kind, report):
    lack = Lack(kind, FACTS.get(kind, {}))
    file = "params/2568/ban-rai-follow-up.yml"
    found = Standing(file, "draft", (lack,), "ban-rai", "อบต.", 2568, report)
    assert label(f"status.kinds.{kind}") in "".join(section("status.kinds").values())
    assert "None" not in "".join((line_of(found), *lines_of(found)))
    assert as_data(found)["lacks"][0]["kind"] == kind
    for command in commands_for(found, lack):
        program, name, *words = shlex.split(command)
        assert program == "ita"
        assert main.commands[name].make_context(name, words)
    assert commands_for(found, lack) or kind == "unreadable"


@needs_links
@pytest.mark.parametrize("year", [(), ("--year", 2568)])
def test_what_is_no_file_among_parameter_files_hides_no_report(workspace, year):
    (workspace.params / "2568/a.yml").mkdir()
    (workspace.params / "2568/b.yml").symlink_to("b.yml")
    run = ita("status", "--format", "json", *year, root=workspace.root)
    assert run.exit_code == 0, run.output
    assert [each["state"] for each in json.loads(run.stdout)] == ["unreadable"] * 2 + ["draft"]
