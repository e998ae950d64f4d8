"""What the checker does not see when one word or number of a report is changed.

``python tests/stress_changes.py [KIND…]`` puts the slips of the made-up reports right by their
keys, changes one place at a time, and tells by kind how many changes give a finding; with kinds
it also shows the changes that give none. Not every change is a slip that can be told from the
report, so it never fails: it shows of what sentences and tables nothing is read.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

from ita_helpers.checks.finished.outcome import as_json
from ita_helpers.checks.finished.rules import RULES
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.finished import Basis, check_document

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "reports_with_slips"
UNREAD = (92, 94, 96, 98, 107, 109, 111, 115, 117, 121, 123)
"""Reports whose misses nobody looks at."""
CHANGES, AHEAD, BEHIND = 30, 110, 70
"""Changes of a report; letters shown around one."""
_KINDS = {
    "score": r"(?<![\d./:])\d{2,3}\.\d{2}(?![\d./])",
    "difference": r"(?<![\d./:])\d\.\d{2}(?![\d./])",
    "level": r"ไม่ผ่าน|ผ่านดีเยี่ยม|ผ่านดี|(?<![A-Za-z])(?:AA|A|B|C)(?![A-Za-z0-9])",
    "year": r"25[67]\d",
    "indicator": r"(?<=ตัวชี้วัดที่ )\d{1,2}(?!\d|\.\d)",
    "instrument": r"IIT|EIT|OIT",
    "item": r"(?<![A-Za-z0-9])O\d{1,2}(?!\d)",
    "way": r"เพิ่มขึ้น|ลดลง|สูงกว่า|ต่ำกว่า|(?:สูง|ต่ำ|มาก|น้อย)(?:ที่)?สุด",
}
_PAIRS = (
    *(("IIT", "EIT"), ("EIT", "IIT"), ("OIT", "EIT")),
    *(("AA", "A"), ("A", "AA"), ("B", "A"), ("C", "B")),
    *(("ผ่านดีเยี่ยม", "ผ่านดี"), ("ผ่านดี", "ผ่านดีเยี่ยม"), ("ไม่ผ่าน", "ผ่านดี")),
    *(("เพิ่มขึ้น", "ลดลง"), ("ลดลง", "เพิ่มขึ้น"), ("สูงกว่า", "ต่ำกว่า"), ("ต่ำกว่า", "สูงกว่า")),
)
_OTHER = dict(_PAIRS)
_TURNED = {"สูง": "ต่ำ", "ต่ำ": "สูง", "มาก": "น้อย", "น้อย": "มาก"}


def other(kind: str, text: str) -> str:
    """Return what a word or number is changed to."""
    if kind in ("score", "difference"):
        one, two = text[-2:]
        return text[:-2] + (two + one if one != two else one + str((int(two) + 3) % 10))
    if kind == "item":
        return f"O{int(text[1:]) % 35 + 1}"
    if kind in ("year", "indicator"):
        return str(int(text) - 1 or 2)
    if text in _OTHER:
        return _OTHER[text]
    way = next(each for each in _TURNED if text.startswith(each))
    return _TURNED[way] + text.removeprefix(way)


def put_right(folder: Path, key: dict) -> str:
    """Return the text of a report with the slips of its key put right."""
    text = (folder / key["file"]).read_text(encoding="utf-8")
    for slip in key["slips"]:
        wrong, right = str(slip["wrong"]), str(slip.get("right") or "")
        if cells := [str(each) for each in slip.get("row") or ()]:
            row = next((e for e in text.split("\n") if all(cell in e for cell in cells)), "")
            text = text.replace(row, right.join(row.rsplit(wrong, 1)), 1) if row else text
        elif text.count(slip["text"]) == 1:
            text = text.replace(slip["text"], slip["text"].replace(wrong, right, 1), 1)
    return text


def reports() -> Iterator[tuple[str, str, str]]:
    """Yield the name, the ending and the text of each report that is a text."""
    for folder in sorted(each for each in FOLDER.iterdir() if each.is_dir()):
        key = yaml.safe_load((folder / "key.yml").read_text(encoding="utf-8"))
        ending = Path(key["file"]).suffix
        if ending in (".txt", ".md") and int(folder.name.split("-")[0]) not in UNREAD:
            try:
                yield folder.name, ending, put_right(folder, key)
            except UnicodeDecodeError:
                continue


def main(shown: list[str]) -> None:
    """Change reports and print what is found of the changes, by kind."""
    basis, random = Basis.of(Workspace(ROOT)), Random(0)
    tried, found = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:

        def findings(text: str, ending: str) -> Counter[tuple[str, str, str]]:
            file = Path(folder) / f"report{ending}"
            file.write_text(text, encoding="utf-8")
            (told,) = as_json([check_document(basis, file, RULES)])["documents"]
            listed = [each for each in told["problems"] if each["severity"] != "hint"]
            return Counter((e["rule"], e["found"], e["statement"]) for e in listed)

        for name, ending, text in reports():
            before = findings(text, ending)
            places = [
                (kind, e.start(), e.end())
                for kind, known in _KINDS.items()
                for e in re.finditer(known, text)
            ]
            for kind, start, end in random.sample(places, min(CHANGES, len(places))):
                new = other(kind, text[start:end])
                is_found = findings(text[:start] + new + text[end:], ending) - before
                tried[kind] += 1
                found[kind] += bool(is_found)
                if kind in shown and not is_found:
                    ahead, behind = text[max(0, start - AHEAD) : start], text[end : end + BEHIND]
                    line = f"{ahead}[{text[start:end]} > {new}]{behind}"
                    print(f"{name}: {' '.join(line.split())}")
    for kind, count in tried.items():
        print(f"{kind}: {found[kind]} of {count} changes are found")


if __name__ == "__main__":
    main(sys.argv[1:])
