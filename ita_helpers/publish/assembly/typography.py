"""Thai typography: one kind of digits, and what stays together at the end of a line.

Applied once to the whole tree, so that no writer and no sentence has to deal with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Inlines,
    Table,
    Text,
    renewed,
)
from ita_helpers.publish.walks import map_blocks, map_inlines

NO_BREAK = "\u00a0"
LONGEST_WHOLE = 30
"""Characters: a longer name is broken like any other words."""
_OPEN_YEAR = re.compile(r"(?<=[.] )…(?P<next> ?\([^)]*\))?")
_LATIN = re.compile(r"[A-Za-z]$")
_BEFORE_A_SIGN = re.compile(r"(?<=\S) (?=[\u0e2f\u0e46%:])")
"""Before a repetition, an omission, a percentage, a colon."""
_ITEM = re.compile(r"^(\d{1,2}\.) (?=\S)")
"""The number of an item, and the space behind it."""
_NUMBER = r"\d"
_CONSONANT = r"[\u0e01-\u0e2e]"


@dataclass(frozen=True)
class Typography:
    """The digits of a paper, and the names that no line of it breaks."""

    numerals: Literal["thai", "arabic"]
    whole: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """Return plain text in the paper's digits."""
        return with_numerals(text, self.numerals)

    def inlines(self, inlines: Inlines) -> Inlines:
        """Return runs in the paper's digits, with what belongs together kept together."""
        if (known := self._known.get(inlines)) is not None:
            return known
        before = ("", *(run.text for run in inlines))
        made = tuple(
            piece
            for text, run in zip(before, inlines, strict=False)
            for piece in ([run] if run.raised and _LATIN.search(text) else self._run(run))
        )
        self._known[inlines] = made
        return made

    def _run(self, run: Text) -> Iterator[Text]:
        if run.verbatim or run.formula:
            yield run
            return
        text = keep_together(self.text(run.text))
        names = self._names
        if names is None or not text:
            yield run if text == run.text else renewed(run, text=text)
            return
        for piece in names.split(text):
            whole = bool(names.fullmatch(piece))
            if (piece, whole) == (run.text, run.whole):
                yield run
            elif piece:
                yield renewed(run, text=piece, whole=whole)

    @cached_property
    def _known(self) -> dict[Inlines, Inlines]:
        """What words were set to: cells of a table say the same often."""
        return {}

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return _names(tuple(self.text(name) for name in self.whole))


def keep_together(text: str) -> str:
    """Return the text with spaces that no line may end at.

    They are put between a number and its word, behind the number of an item, and before a sign
    that belongs to the preceding word.

    >>> keep_together("92.86 คะแนน และอื่น ๆ").split(NO_BREAK)
    ['92.86', 'คะแนน และอื่น', 'ๆ']
    """
    text = _ITEM.sub(rf"\1{NO_BREAK}", _BEFORE_A_SIGN.sub(NO_BREAK, text))
    text = _before().sub(lambda found: f"{found.group(1)}{NO_BREAK}", text)
    return _after().sub(NO_BREAK, text)


def whole_pieces(title: str) -> list[tuple[str, bool]]:
    """Cut a title into pieces, and say of each whether no line may end inside it.

    The PDF's line breaker knows no compound words, and a title is where a wrong break shows.
    """
    pieces = _compounds().split(title)
    return [(piece, bool(_compounds().fullmatch(piece))) for piece in pieces if piece]


def title_phrases(title: str) -> Inlines:
    """Return a title in phrases that no line breaks: each begins where its sense goes on."""
    begin = "|".join(map(re.escape, label("typography.title_goes_on").split()))
    held = re.escape(label("typography.title_holds"))
    phrases = re.split(rf"( +(?!{held}))|(?=(?:{begin}))", title)
    return tuple(Text(phrase, whole=not phrase.isspace()) for phrase in phrases if phrase)


def typeset(document: Document, typography: Typography) -> Document:
    """Return the document in the typography of its paper."""

    def named(block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, number=typography.text(block.number))
            case Table():
                return replace(block, label=typography.text(block.label))
            case Figure():
                name, alt = map(typography.text, (block.label, block.alt))
                return replace(block, label=name, alt=alt)
        return block

    parts = (map_blocks(part, named) for part in document.parts)
    return replace(
        document,
        parts=tuple(map_inlines(part, typography.inlines) for part in parts),
        title=keep_together(typography.text(document.title)),
        subtitle=tuple(typography.text(line) for line in document.subtitle),
        banners=tuple(keep_together(typography.text(line)) for line in document.banners),
        made=tuple(keep_together(typography.text(line)) for line in document.made),
        running=typography.text(document.running),
        mark=typography.text(document.mark),
    )


def fill_years(inlines: Inlines, fiscal_year: int) -> Inlines:
    """Put the year (B.E.), or the next one, where a heading of the template leaves it open."""

    def year(found: re.Match[str]) -> str:
        return str(fiscal_year + bool(found.group("next")))

    return tuple(renewed(run, text=_OPEN_YEAR.sub(year, run.text)) for run in inlines)


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    listed = sorted({n for n in names if 0 < len(n) <= LONGEST_WHOLE}, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, listed))})") if listed else None


@cache
def _compounds() -> re.Pattern[str]:
    words = sorted(label("typography.compounds").split(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))})")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, label("typography.before_a_number").split()))
    return re.compile(rf"({words}) (?={_NUMBER}|[A-Z]{_NUMBER}|{_CONSONANT}( |$))")


@cache
def _after() -> re.Pattern[str]:
    words = "|".join(map(re.escape, label("typography.after_a_number").split()))
    return re.compile(rf"(?<={_NUMBER}) (?={words})")
