"""Kill ``ita issue``, ``evidence`` and ``adopt`` at twenty moments each: nothing is half.

``python tests/stress_issue.py [KILLS]``; what takes minutes is not part of the tests.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from correcting import opened, paragraphs_of, saved
from killing import command, killed_after, timed
from reviewed import ISSUE, STEM, office, review, scores

from ita_helpers.evidence.addresses import write_addresses
from ita_helpers.evidence.record import NAME as RECORD
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import NAME, read_version
from ita_helpers.issued.versions import numbers_of
from ita_helpers.rendering.evidence_folder import folder_of
from ita_helpers.run.own_folder import changed_files

WORD = "แก้แล้ว.docx"
LACKING = 1
"""The exit status of evidence of an office without measures."""


def main() -> int:
    """Run and return the exit status."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        workspace = office(Path(name))
        review(workspace)
        kill_issues(workspace, kills, dice)
        kill_evidence(workspace, kills, dice)
        kill_adoptions(workspace, kills, dice)
    return 0


def kill_issues(workspace: Workspace, kills: int, dice: random.Random) -> None:
    """Kill issues of ever new scores; no version is half, none is ever touched again."""
    seconds = timed(workspace, *ISSUE)
    known = whole_versions(workspace)
    for number in range(kills):
        scores(workspace, 60 + number)
        review(workspace)
        killed_after(moment(dice, seconds), workspace, *ISSUE)
        now = whole_versions(workspace)
        assert {each: now.get(each) for each in known} == known, "a version was changed"
        known = now
        print(f"issue killed {number + 1} of {kills}: {len(known)} versions", flush=True)
    scores(workspace, 99)
    review(workspace)
    timed(workspace, *ISSUE)
    assert len(whole_versions(workspace)) == len(known) + 1
    left = [each.name for each in (workspace.issued / STEM).iterdir() if each.name[0] == "."]
    assert not left, left


def kill_evidence(workspace: Workspace, kills: int, dice: random.Random) -> None:
    """Kill evidence with ever new addresses: its folder is one of them or, for now, put aside."""
    words = ("evidence", *ISSUE[1:4])
    seconds = timed(workspace, *words, status=LACKING)
    folder = folder_of(workspace, STEM.name, int(STEM.parent.name))
    for number in range(kills):
        write_addresses(workspace, STEM.name, 2568, {"o25": f"https://www.example.org/{number}"})
        killed_after(moment(dice, seconds), workspace, *words)
        there = [folder] if folder.exists() else []
        aside = [*folder.parent.glob(f".evidence-{folder.name}-*/was")]
        assert there or aside
        assert [changed_files(each, RECORD) for each in (there or aside)] == [[]]
        print(f"evidence killed {number + 1} of {kills}: there {bool(there)}", flush=True)
    timed(workspace, *words, status=LACKING)
    assert f"/{kills - 1}" in (folder / "evidence.json").read_text("utf-8")
    assert not [*folder.parent.glob(".evidence-*")]


def moment(dice: random.Random, seconds: float) -> float:
    """Return when to kill what takes so many seconds: rather late, when files are written.

    Whoever comes after a killed program waits for its lock and takes longer.
    """
    return dice.triangular(0, 1.6 * seconds + 2, seconds + 1)


def whole_versions(workspace: Workspace) -> dict[int, dict[str, str]]:
    """Return the files of each version with their digests; each is as its record says."""
    found = {}
    for number in numbers_of(workspace.issued / STEM):
        folder = workspace.issued / STEM / str(number)
        version = read_version(folder / NAME, str(folder))
        files = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()}
        record = files.pop(NAME)
        assert files == version.files, folder
        assert (len(files), version.number) == (3, number), folder
        found[number] = {**files, NAME: record}
    return found


def kill_adoptions(workspace: Workspace, kills: int, dice: random.Random) -> None:
    """Kill adoptions of ever new words: the notebook has all of them or is as it was."""
    timed(workspace, "render", "ban-rai", "--to", "docx")
    made = (workspace.rendered / STEM.with_suffix(".docx")).read_bytes()
    notebook = workspace.edited(STEM)
    seconds = correct(workspace, made, "ครั้งแรก")
    for number in range(kills):
        before, words = notebook.read_bytes(), f"ครั้งที่ {number} จบ"
        (workspace.root / WORD).write_bytes(with_words(made, words))
        killed_after(moment(dice, seconds), workspace, "adopt", WORD, "--all")
        subprocess.run(command(workspace, "check"), capture_output=True, check=False)
        now = notebook.read_bytes()
        assert now == before or words in json.dumps(json.loads(now), ensure_ascii=False)
        print(f"adopt killed {number + 1} of {kills}: taken {now != before}", flush=True)
    correct(workspace, made, "ครั้งสุดท้าย")
    assert "ครั้งสุดท้าย" in json.dumps(json.loads(notebook.read_bytes()), ensure_ascii=False)


def correct(workspace: Workspace, made: bytes, words: str) -> float:
    """Adopt words and return the seconds it took."""
    (workspace.root / WORD).write_bytes(with_words(made, words))
    return timed(workspace, "adopt", WORD, "--all")


def with_words(made: bytes, words: str) -> bytes:
    """Return a Word file with words added to a slot."""
    document = opened(made)
    paragraphs_of(document, "iit")[0].add_run(f" {words}")
    return saved(document)


if __name__ == "__main__":
    os.environ["ITA_TRUST"] = "1"
    sys.exit(main())
