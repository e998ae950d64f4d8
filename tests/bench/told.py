"""Printing what ``make bench`` found: CPU first, as ratios with their spread, then wall time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

NAMES = {
    "a": "papermill, nbconvert html, webpdf",
    "b": "papermill's API, our exporters",
    "c": "ploomber-engine's API, our exporters",
    "d": "ita render",
    "e": "the floor: cells and writers",
}
RELEASED = Path(__file__).with_name("released.json")
NOTES = ("wall", "waited")
"""What is not CPU among what one thing was found to take."""
Rounds = Mapping[str, Sequence[Mapping[str, float]]]


def show(ours: Rounds, theirs: Rounds, beside: str) -> None:
    """Print all tables for which something was measured."""
    show_chains(ours, "cpu", "CPU seconds a report")
    show_overhead(ours)
    show_floor(ours)
    show_felt(ours)
    if theirs:
        show_beside(ours, theirs, beside)
    show_released(ours)
    show_chains(ours, "wall", "wall seconds a report, 2 at a time")


def told(values: Sequence[float], form: str = ".2f") -> str:
    """Return the middle of some values with the least and the most.

    >>> told([1.0, 3.0, 2.0])
    '2.00 (1.00 to 3.00)'
    """
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Return the ratio of each round."""
    return [one / other for one, other in zip(above, below, strict=True)]


def values(rounds: Rounds, name: str, key: str) -> list[float]:
    """Return a figure of all rounds."""
    return [each[key] for each in rounds.get(name, ())]


def show_chains(ours: Rounds, key: str, title: str) -> None:
    """Print what a report takes by each chain, and how many times what our command takes."""
    named = [name for name in NAMES if name in ours and (key == "cpu" or name != "e")]
    if not named:
        return
    print(f"\n{title:46}{'':26}(d) is × as cheap")
    base = values(ours, "d", key)
    for name in named:
        found = values(ours, name, key)
        reports = int(ours[name][0]["reports"])
        ratio = told(ratios(found, base), ".1f") if base and name not in "de" else ""
        memory = f"{ours[name][0]['pss'] / 2**20:5.0f} MB" if key == "wall" else ""
        print(f"({name}) {NAMES[name]:38}{reports:3} {told(found):26} {ratio:22}{memory}")


def show_overhead(ours: Rounds) -> None:
    """Print what our command takes beyond the floor."""
    if "d" in ours and "e" in ours:
        both = zip(values(ours, "d", "cpu"), values(ours, "e", "cpu"), strict=True)
        shares = [(whole - floor) / floor for whole, floor in both]
        print(f"(d) − (e), as a share of (e): {told(shares)}")


def show_floor(ours: Rounds) -> None:
    """Print what the floor consists of."""
    if "e" not in ours:
        return
    parts = [key for key in ours["e"][0] if key.startswith("part ")]
    for part in sorted(parts, key=lambda key: -median(values(ours, "e", key))):
        spent = [1000 * each for each in values(ours, "e", part)]
        print(f"    {part.removeprefix('part '):20}{told(spent, '.0f')} ms")


def seconds_of(ours: Rounds) -> dict[str, list[float]]:
    """Return the CPU seconds of everything that was measured, by its name."""
    found = {f"({name})": values(ours, name, "cpu") for name in NAMES if name in ours}
    for name, rounds in ours.items():
        if name not in NAMES:
            keys = [key for key in rounds[0] if key not in NOTES]
            found |= {key: values(ours, name, key) for key in keys}
    return found


def show_felt(ours: Rounds) -> None:
    """Print what people wait for, with what each is measured by."""
    found = {name: each for name, each in seconds_of(ours).items() if name[0] != "("}
    if not found:
        return
    beside = compared(found, seconds_of(ours).get("(e)"))
    print(f"\n{'CPU seconds':30}")
    for name, spent in found.items():
        words = beside[name](spent) if name in beside else ""
        print(f"    {name:30}{told(spent):26} {words}")
    if waited := values(ours, "pressing", "waited"):
        print(f"    {'start page, click to report':30}{told(waited):26} seconds of wall")


def compared(
    found: Mapping[str, Sequence[float]], floor: Sequence[float] | None
) -> dict[str, Callable[[Sequence[float]], str]]:
    """Return how figures are told beside what they are measured by."""
    by: dict[str, Callable[[Sequence[float]], str]] = {}
    if bare := found.get("import click, yaml"):
        for name in ("--help", "a usage error"):
            by[name] = lambda spent: f"{told(ratios(spent, bare))} × the import"
        for name in ("explain", "check", "params", "index"):
            by[name] = lambda spent: f"{median(spent) - median(bare):.2f} more than the import"
    if floor:
        by["one cold report"] = lambda spent: (
            f"{(median(spent) - 1) / median(floor):.2f} × the floor, and 1 s"
        )
    if without := found.get("floor without a plan"):
        many = next(name for name in found if name.startswith("floor with "))
        by[many] = lambda spent: f"{told(ratios(spent, without))} × without"
    return by


def show_beside(ours: Rounds, theirs: Rounds, beside: str) -> None:
    """Print what another commit took in the same run, and which part of it is left."""
    mine, others = seconds_of(ours), seconds_of(theirs)
    print(f"\nCPU seconds of {beside}, and ours as a part of them")
    for name, spent in others.items():
        if name in mine:
            print(f"    {name:30}{told(spent):26} {told(ratios(mine[name], spent))}")


def show_released(ours: Rounds) -> None:
    """Print each figure in reports of chain (a), and beside those of the last release."""
    found = seconds_of(ours)
    if "(a)" not in found or not RELEASED.exists():
        return
    kept = json.loads(RELEASED.read_text(encoding="utf-8"))
    before = {name: median(each) for name, each in seconds_of(kept["ours"]).items()}
    print(f"\nin reports of chain (a), now and at {kept['commit']}")
    for name, spent in found.items():
        now = median(spent) / median(found["(a)"])
        if name in before:
            then = before[name] / before["(a)"]
            print(f"    {name:30}{now:8.4f}{then:10.4f}{now / then:8.2f} ×")
        else:
            print(f"    {name:30}{now:8.4f}")
