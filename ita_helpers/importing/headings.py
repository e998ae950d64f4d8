"""What the headings of a list mean, however they are written.

A heading is read by its words, with slight misspellings accepted and reported; an indicator also by
its number, which must then belong to the name beside it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ita_helpers.documents.ranks import Scope, scope_of
from ita_helpers.errors import BadImport
from ita_helpers.importing.found import FULL, Place
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.scoring.weighted import weights_of

ALIKE = 0.85
"""Words of this likeness (0 to 1) are one word with a slip."""
APART = 0.02
"""How much liker the best word must be than any of another meaning."""
SHORTEST = 6
"""Letters: shorter words are too similar for guessing."""
_PUNCTUATION = re.compile(r"[().:,/\-–_%\"'“”*]+")
_YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)")
_TWO_DIGITS = re.compile(r"(?<![\d.])\d{2,3}(?![\d.])", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,2})(?!\d)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Meaning:
    """What a column holds; ``is_guessed`` where the heading was misspelt.

    ``key`` is a fact of the office (``name``), a column of the results (``level``) or the code of a
    score (``ITA``, ``1``). ``out_of`` is the maximum of its points as the heading states it, else
    0. ``scope`` is the group in which a column ranks.
    """

    key: str
    is_guessed: bool = False
    out_of: int = 0
    scope: Scope | None = None


class Headings:
    """Reads the headings of one fiscal year's lists."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.names = {
            bare_heading(name): each.code
            for each in framework.indicators.list
            for name in (each.name, *each.aliases)
        }
        self.weights = {**weights_of(framework), "ITA": FULL}
        known = set(framework.codes)
        self.words = {
            bare_heading(word): key
            for key, words in section("import.headings").items()
            for word in words.split("|")
            if key.islower() or key in known
        }
        for each in framework.instruments.list:
            self.words[bare_heading(each.name)] = each.code
            for part in each.parts:
                self.words[bare_heading(part.name)] = part.code
        self.words.update(self.names)

    def read(self, text: str, place: Place) -> Meaning | None:
        """Return what a heading means; nothing for one that is not known.

        Raises ``BadImport`` where its number and its name are of two indicators.
        """
        years = {int(each) for each in _YEAR.findall(to_arabic(text))}
        if years - {self.framework.fiscal_year}:
            return None
        if scope := scope_of(_without_year(text) if years else text):
            return Meaning(f"rank {scope.kind} {scope.name}", scope=scope)
        bare = bare_heading(_without_year(text) if years else text)
        if not bare:
            return None
        if bare in self.words:
            return Meaning(self.words[bare])
        if weighted := self._read_weighted(text):
            return weighted
        if numbered := _NUMBERED.fullmatch(_without_words(bare)):
            return self._read_numbered(numbered[1], numbered[2], text, place)
        if guess := _closest(bare, self.words):
            return Meaning(guess, is_guessed=True)
        return None

    def name_of(self, key: str) -> str:
        """Return the name of a meaning in messages."""
        for each in self.framework.indicators.list:
            if each.code == key:
                return f"{each.code} {each.name}"
        return str(section("import.headings").get(key, key)).split("|")[0].strip()

    def _read_weighted(self, text: str) -> Meaning | None:
        """Return an instrument whose heading states its weight, or a maximum of 100."""
        plain = _without_year(text)
        numbers = [int(each) for each in _TWO_DIGITS.findall(plain)]
        words = label("import.weight_words").split()
        is_said = any(word in plain for word in words[:2])
        rest = _TWO_DIGITS.sub(" ", plain) if len(numbers) == 1 else plain
        if len(numbers) > 1 or not (numbers or is_said):
            return None
        key = self.words.get(bare_heading(rest)) or self.words.get(_without(words, rest))
        known = self.weights.get(key or "", 0)
        out_of = numbers[0] if numbers else known
        if key is None or out_of not in (known, FULL):
            return None
        return Meaning(key, out_of=out_of)

    def _read_numbered(self, number: str, rest: str, text: str, place: Place) -> Meaning | None:
        code = str(int(number))
        if code not in self.names.values():
            return None
        named = self.names.get(rest) or _closest(rest, self.names)
        if rest and named not in (None, code):
            like = self.name_of(str(named))
            raise BadImport(problem="heading", value=text, like=like, **place.facts)
        return Meaning(code, is_guessed=bool(rest) and rest not in self.names)


def bare_heading(text: str) -> str:
    """Return a heading for comparing, without the signs around and within it."""
    return _PUNCTUATION.sub("", normal(to_arabic(text)))


def _without_year(text: str) -> str:
    plain = _YEAR.sub("", to_arabic(text))
    for word in label("import.year_words").split():
        plain = plain.replace(word, "")
    return plain


def _without(words: Iterable[str], text: str) -> str:
    for word in words:
        text = text.replace(word, " ")
    return bare_heading(text)


def _without_words(bare: str) -> str:
    for word in label("import.indicator_words").split():
        if bare.startswith(word):
            return bare.removeprefix(word)
    return bare


def _closest(bare: str, words: Mapping[str, str]) -> str | None:
    """Return what the most similar word means, if that is unambiguous."""
    if len(bare) < SHORTEST:
        return None
    alike = [
        (_likeness(bare, word), meaning) for word, meaning in words.items() if len(word) >= SHORTEST
    ]
    best = max(alike, default=(0.0, ""))
    others = [ratio for ratio, meaning in alike if meaning != best[1]]
    if best[0] < ALIKE or best[0] - max(others, default=0) < APART:
        return None
    return best[1]


def _likeness(one: str, other: str) -> float:
    """Return how alike two words are (0 to 1); 0 where that is too little to count."""
    least = ALIKE - APART
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0
