"""What a rule for finished reports is, and how what it finds becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ita_helpers.checks.finished.outcome import place_of
from ita_helpers.checks.finished.reading import bare
from ita_helpers.checks.finished.report import Passage, Report, of_cell, row_of, squeezed
from ita_helpers.documents.document import Cell
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.excerpts import excerpt
from ita_helpers.records.problem import Problem, Severity
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace, value

AROUND = 70
"""Characters of a long passage shown before and after what was found."""


@value(frozen=True)
class Found:
    """Words at fault with their place; ``facts`` complete the sentence of the rule.

    ``sentence`` is what stands there, the words ``at`` a character of it where that is known, and
    ``way`` the sentence of the rule, where it has several. ``also`` are further places of the same
    words.
    """

    spot: Spot
    found: str
    sentence: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    way: str = "says"
    also: tuple[Spot, ...] = ()
    at: int | None = None

    def told(self, way: str) -> Found:
        """Return this with another of the rule's sentences."""
        return replace(self, way=way)


def found_in(passage: Passage, start: int, found: str, **facts: object) -> Found:
    """Return what stands in a passage at a character, with the text around it."""
    sentence, at = excerpt(passage.text, start, start + len(found), AROUND)
    return Found(passage.spot, found, sentence, facts, at=at)


def found_at(
    passage: Passage, place: re.Match[str], group: str | int = 0, /, **facts: object
) -> Found:
    """Return what a pattern, or a group of it, has found in a passage."""
    return found_in(passage, place.start(group), place[group], **facts)


def found_in_cell(cell: Cell, found: str = "", /, **facts: object) -> Found:
    """Return what stands in a cell, or the whole cell; a problem is shown with the row around."""
    passage = of_cell(cell)
    found = found or passage.text
    return found_in(passage, passage.text.find(found), found, **facts)


def around(text: str, start: int, end: int) -> str:
    """Return a part of a text, with dots where it was cut."""
    return excerpt(text, start, end, AROUND)[0]


def once_each(found: Iterable[Found]) -> Iterator[Found]:
    """Yield what is found of the same words once, with the further places where they stand."""
    alike: dict[str, list[Found]] = {}
    for each in found:
        alike.setdefault(bare(each.found), []).append(each)
    for first, *others in alike.values():
        spots = dict.fromkeys(each.spot for each in others if each.spot != first.spot)
        yield replace(first, also=tuple(spots))


_NUMBER = re.compile(r"\d[\d.,]*")
MOST_TOLD = 12
"""Further places of the same words that are told one by one."""
Finder = Callable[[Report], Iterable[Found]]


def all_of(*finders: Finder) -> Finder:
    """Return what finds whatever any of these find; of a number in one place, the first."""

    def find(report: Report) -> Iterable[Found]:
        seen: dict[Spot, list[str]] = {}
        for found in (each for finder in finders for each in finder(report)):
            known = seen.setdefault(found.spot, [])
            if not any(_is_within(found.found, each) for each in known):
                known.append(found.found)
                yield found

    return find


def _is_within(one: str, other: str) -> bool:
    """Whether two are the same words, or one is a number that the other holds."""
    short, long = sorted((one, other), key=len)
    return one == other or bool(_NUMBER.fullmatch(short) and short in _NUMBER.findall(long))


@dataclass(frozen=True)
class Rule:
    """A rule with its stable code, how grave a breach of it is, and what finds one.

    Its words are ``finished.rules.<code>`` in the catalogue.
    """

    code: str
    severity: Severity
    find: Finder

    @property
    def title(self) -> str:
        """The reason in one line."""
        return label(f"finished.rules.{self.code}.title")

    @property
    def explanation(self) -> str:
        """What the rule is and why it matters."""
        return label(f"finished.rules.{self.code}.why")

    @property
    def example(self) -> str:
        """A sentence that breaks the rule, and how it is put right."""
        return label(f"finished.rules.{self.code}.example")

    def check(self, report: Report) -> list[Problem]:
        """Return what in a report breaks the rule, each once."""
        return [self._problem(_in_its_row(report, each)) for each in self.find(report)]

    def _problem(self, found: Found) -> Problem:
        words = f"finished.rules.{self.code}"
        told = {"found": found.found, "way": found.way, **found.facts}
        return Problem(
            self.code,
            say(f"{words}.{found.way}", **told),
            say(f"{words}.remedy", **told) + _also(found.also),
            found=found.found,
            rule=self.code,
            severity=self.severity,
            spot=found.spot,
            sentence=found.sentence,
            at=found.at,
        )


def _in_its_row(report: Report, found: Found) -> Found:
    """Return what was found in a cell with its row around it, which says of what it is."""
    row = row_of(report, found.spot) if found.found else ()
    if not row:
        return found
    texts = [squeezed(each.text) for each in row]
    column = next(at for at, cell in enumerate(row) if cell.spot == found.spot)
    text, begin = " | ".join(texts), len(" | ".join(texts[:column]))
    start = text.find(found.found, begin)
    if start < 0:
        return found
    sentence, at = excerpt(text, start, start + len(found.found), AROUND)
    return replace(found, sentence=sentence, at=at)


def _also(spots: Sequence[Spot]) -> str:
    """Return the sentence of the further places of some words, if there are any."""
    if not spots:
        return ""
    places = [place_of(each) for each in spots[:MOST_TOLD]]
    return f" {say('finished.also', places=places, count=len(spots))}"
