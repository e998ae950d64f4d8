"""Publish two hundred offices, and kill it at ten moments: the old site or the new one.

``python tests/stress_publish.py [OFFICES] [KILLS]``; what takes minutes is not part of the tests.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from killing import killed_after, timed
from made_up import make_workspace, shorten

from ita_helpers.rendering.site_folder import RECORD, published_in
from ita_helpers.run.own_folder import changed_files

FEW = 10


def main() -> int:
    """Run and return the exit status."""
    given = [int(each) for each in sys.argv[1:]]
    offices, kills = (*given, *(200, 10)[len(given) :])
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        workspace = shorten(make_workspace(Path(name) / "home", offices, (2568,)))
        timed(workspace, "params", "--year", "2568")
        site = Path(name) / "site"
        few = [f"made-up-{number:05d}" for number in range(1, FEW + 1)]
        called = ("--year", "2568", "--to", str(site), "--held-too")
        every = ("publish", *called, str(offices))
        print(f"{timed(workspace, *every):.1f} s for {offices} offices", flush=True)
        size = sum(each.stat().st_size for each in site.rglob("*") if each.is_file())
        seconds = timed(workspace, *every)
        print(f"{seconds:.1f} s where nothing changed, {size / 1e6:.1f} MB", flush=True)
        for number in range(kills):
            called_now = ("publish", *few, *called, str(FEW)) if number % 2 else every
            killed_after(dice.uniform(0.3, 1.1) * seconds, workspace, *called_now)
            asides = [*site.parent.glob(f".site-{site.name}-*/was")]
            there = [site] if site.exists() else asides
            assert [changed_files(each, RECORD) for each in there] == [[]]
            count = len(published_in(there[0]))
            assert count in (offices, FEW), count
            print(
                f"killed {number + 1} of {kills}: {count} reports, there {site.exists()}",
                flush=True,
            )
        timed(workspace, *every)
        assert len(published_in(site)) == offices and not [*site.parent.glob(".site-*")]
    return 0


if __name__ == "__main__":
    os.environ["ITA_TRUST"] = "1"
    sys.exit(main())
