"""Make slips in finished reports at random, and count how many the check finds.

``python tests/stress_finished.py [SLIPS [SEED]]`` renders the samples, makes slips of all kinds in
their text, and prints a table by kind; then what is called wrong in the texts that are right.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from conftest import ROOT, ita
from slips import KINDS, Held

ENOUGH, AT_MOST = 0.95, 0.02


def main(count: int = 300, seed: int = 1, folder: str = "") -> int:
    """Run and return the exit status."""
    with tempfile.TemporaryDirectory() as made:
        files = sorted(Path(folder or _rendered(Path(made))).rglob("*.html"))
        held = [Held(each) for each in files if each.name != "index.html"]
    dice = random.Random(seed)
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    while tried.total() < count:
        report = dice.choice(held)
        kind = dice.choice(list(KINDS))
        for slip in report.slips(dice, {kind: KINDS[kind]}):
            tried[kind] += 1
            if report.new_problems(slip):
                found[kind] += 1
            else:
                print(f"missed: {slip.kind}: {slip.before!r} -> {slip.after!r}", flush=True)
    return _tell(tried, found, held)


def _rendered(out: Path) -> Path:
    run = ita("render", "--to", "html", "--out", out, root=ROOT)
    assert run.exit_code == 0, run.output
    return out


def _tell(tried: Counter[str], found: Counter[str], held: list[Held]) -> int:
    for kind in KINDS:
        print(f"{kind:24} {found[kind]:4} of {tried[kind]:4}")
    share = found.total() / tried.total()
    wrong = [key for each in held for key in each.usual if key[0] < "ITA703"]
    passages = sum(len(each.report.passages) for each in held)
    print(f"found {found.total()} of {tried.total()} ({share:.1%})")
    print(f"called wrong in {len(held)} right texts: {len(wrong)} of {passages} passages")
    for key in wrong:
        print("   ", *key)
    return 0 if share >= ENOUGH and len(wrong) <= AT_MOST * passages else 1


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:3]]
    sys.exit(main(*numbers, *sys.argv[3:4]))
