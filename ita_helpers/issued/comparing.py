"""What changed between two versions of a report: level, scores, measures, words, the paper itself.

Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ita_helpers.issued.record import Change, Version
from ita_helpers.records.names import normal

MEASURE = "measure"
"""The column that names a measure."""


def compare(before: Version, now: Version) -> tuple[Change, ...]:
    """Return what changed, what matters most first."""
    pairs = {
        "level": (before.level, now.level),
        "document": (before.document, now.document),
        "day": (before.day.isoformat(), now.day.isoformat()),
        "signers": (", ".join(before.signers), ", ".join(now.signers)),
        "program": (before.made_from.release, now.made_from.release),
    }
    level, *paper = (Change(kind, old=old, new=new) for kind, (old, new) in pairs.items())
    found = chain(
        [level],
        _by_name("score", before.scores, now.scores),
        _measures(before.measures, now.measures),
        _by_name("words", before.words, now.words),
        paper,
    )
    return tuple(each for each in found if each.old != each.new)


def _by_name(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        yield Change(kind, name, old=old.get(name, ""), new=new.get(name, ""))


def _measures(
    before: Iterable[Mapping[str, str]], now: Iterable[Mapping[str, str]]
) -> Iterator[Change]:
    old, new = _by_measure(before), _by_measure(now)
    for key in dict.fromkeys((*old, *new)):
        was, has = old.get(key, {}), new.get(key, {})
        name = (has or was)[MEASURE]
        if was and has:
            parts = (each for each in dict.fromkeys((*was, *has)) if each != MEASURE)
            for part in parts:
                yield Change("measure", name, part, was.get(part, ""), has.get(part, ""))
        else:
            yield Change("measure", name, old=was.get(MEASURE, ""), new=has.get(MEASURE, ""))


def _by_measure(
    measures: Iterable[Mapping[str, str]],
) -> dict[tuple[str, int], Mapping[str, str]]:
    """Return measures by name; those of one name by the order in which they stand."""
    seen = Counter[str]()
    found = {}
    for each in measures:
        name = normal(each[MEASURE])
        seen[name] += 1
        found[name, seen[name]] = each
    return found
