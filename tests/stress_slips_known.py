"""How many known slips of made-up reports are found, and which right statements are not.

``python tests/stress_slips_known.py`` ends with status 1 where less is found, or more is wrong,
than when the figures below were measured.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import yaml

from ita_helpers.checks.finished.outcome import as_json
from ita_helpers.checks.finished.rules import RULES
from ita_helpers.documents.letters import put_right
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.rendering.finished import Basis, check_document

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "reports_with_slips"
FOUND, WRONG = 2049, 20
"""Slips in numbers, levels, names and years that are found at least; controls wrong at most."""
AROUND, SHINGLE, SHORT = 40, 10, 60
_MARKUP = re.compile(r"<[^>]+>")
_MARKS = re.compile(
    r"[\s\u201c\u201d\"\u2018\u2019'|\u2026\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf700-\uf71a]+"
)


def plain(text: object) -> str:
    """Return a text as it is compared: no blanks, no marks that a reader may lose."""
    written = put_right(_MARKUP.sub("", str(text or "")))
    return _MARKS.sub("", to_arabic(written)).replace("\u2212", "-")


def is_there(entry: dict, problem: dict, wrong: str) -> bool:
    """Whether a finding stands where an entry of the key does."""
    sentence, text = plain(problem["sentence"]), plain(entry["text"])
    if entry.get("row"):
        if wrong and wrong in sentence and len(sentence) < SHORT:
            return True
        cells = [plain(each) for each in entry["row"]]
        known = [each for each in cells if len(each) > 2 and each in sentence]
        if len(known) > 1 or any(len(each) > SHINGLE + 2 for each in known):
            return True
        if len(text) <= SHORT // 2:
            return False
    at = text.find(wrong)
    piece = text[max(0, at - AROUND) : at + len(wrong) + AROUND] if at >= 0 else text
    if min(len(piece), len(sentence)) <= SHINGLE:
        return bool(sentence) and (piece in sentence or sentence in piece)
    starts = range(max(1, len(piece) - SHINGLE + 1))
    return any(piece[start : start + SHINGLE] in sentence for start in starts)


def says(problem: dict, wrong: str) -> bool:
    """Whether a finding names the words at fault."""
    found = plain(problem["found"])
    pieces = [wrong[start : start + 6] for start in range(max(0, len(wrong) - 5))]
    return bool(found) and (found in wrong or wrong in found or any(p in found for p in pieces))


def is_called_wrong(control: dict, problem: dict) -> bool:
    """Whether a finding speaks of words of a right statement."""
    found = plain(problem["found"])
    return bool(found) and found in plain(control["text"]) and is_there(control, problem, found)


def count(folder: Path, basis: Basis) -> tuple[Counter[str], Counter[str], int, int]:
    """Return slips there are and slips found by class, controls, and controls called wrong."""
    key = yaml.safe_load((folder / "key.yml").read_text(encoding="utf-8"))
    (document,) = as_json([check_document(basis, folder / key["file"], RULES)])["documents"]
    problems = document["problems"]
    there, found, used = Counter[str](), Counter[str](), set[int]()
    for slip in key.get("slips") or ():
        wrong = plain(slip["wrong"])
        there[slip["class"]] += 1
        hits = {n for n, p in enumerate(problems) if is_there(slip, p, wrong) and says(p, wrong)}
        found[slip["class"]] += bool(hits)
        used |= hits
    left = [p for n, p in enumerate(problems) if n not in used and p["severity"] != "hint"]
    controls = key.get("controls") or ()
    wrong_ones = sum(any(is_called_wrong(each, problem) for problem in left) for each in controls)
    return there, found, len(controls), wrong_ones


def main() -> int:
    """Count over all reports, print a line each, and return the status."""
    basis = Basis.of(Workspace(ROOT))
    there, found, controls, wrong = Counter[str](), Counter[str](), 0, 0
    for folder in sorted(each for each in FOLDER.iterdir() if each.is_dir()):
        some, hits, many, bad = count(folder, basis)
        print(f"{folder.name}: {hits.total()} of {some.total()}, {bad} of {many} controls wrong")
        there, found, controls, wrong = there + some, found + hits, controls + many, wrong + bad
    core = {kind: f"{found[kind]}/{there[kind]}" for kind in there}
    main_found = sum(found[kind] for kind in there if kind != "other")
    print(core, f"{main_found} found, {wrong} of {controls} controls wrong")
    return int(main_found < FOUND or wrong > WRONG)


if __name__ == "__main__":
    sys.exit(main())
