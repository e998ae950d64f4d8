"""Words of a page of a PDF without tags: letters that stand together, and lines of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from ita_helpers.documents.headings import is_listed
from ita_helpers.documents.pdf_page import Letter, Page, Ruling, is_mark, joined_lines
from ita_helpers.values import value

_SMALL_GAP, _GAP = 2.0, 0.36
"""Points, and a share of a letter's height: pdfium ends a line between letters that are nearer than
this, and is not believed."""
NEAR, _WIDE_GAP, _FAR_BACK = 3.0, 14.0, 60.0
"""Points: places that are one place; a gap between words that are apart; a step back to others."""
_TOUCHING = 2.6
"""Points: words that are nearer on a line have no blank between them."""
OTHER_LINE = 2.0
"""Points: letters of one line stand at heights that are nearer to each other."""
NUMBERED = re.compile(
    r"\s*[0-9\u0e50-\u0e59]{1,2}(?:\.[0-9\u0e50-\u0e59]{1,2})*[.)]\s*[^\s0-9\u0e50-\u0e59]"
)


@value(frozen=True)
class Words:
    """Words that stand together on one line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    is_bold: bool = False
    letters: Sequence[Letter] = field(default=(), repr=False, compare=False)

    @property
    def middle(self) -> float:
        """The height of their middle."""
        return (self.bottom + self.top) / 2


def words_of(page: Page) -> Iterator[Words]:
    """Yield runs of letters that stand together; a wide gap or a new line ends one."""
    run: list[Letter] = []
    last: Letter | None = None
    right = 0.0
    is_ended = False
    upright = [each for each in page.rulings if each.is_upright]
    for letter in page.letters:
        text = letter.text
        if text in "\r\n":
            is_ended = True
            continue
        if text.isspace():
            run.append(letter)
            continue
        if last and is_mark(text):
            right = max(right, letter.right)
            run.append(letter)
            continue
        if last:
            is_gap = is_ended and _is_gap(last, right, letter)
            if is_gap or _is_apart(last, right, letter, upright):
                yield from run_of(run)
                run = []
            is_ended = False
        run.append(letter)
        last, right = letter, letter.right
    yield from run_of(run)


def _is_gap(before: Letter, right: float, letter: Letter) -> bool:
    """Whether there is room between two letters where pdfium ends a line."""
    height = max(before.top - before.bottom, letter.top - letter.bottom)
    return letter.left - right > max(_SMALL_GAP, _GAP * height)


def _is_apart(before: Letter, right: float, letter: Letter, upright: Sequence[Ruling]) -> bool:
    """Whether a letter begins new words: on another line, behind a wide gap or a ruling.

    ``right`` is how far the one before it reaches with its marks.
    """
    gap = letter.left - right
    if abs(letter.base - before.base) > OTHER_LINE or gap > _WIDE_GAP or gap < -_FAR_BACK:
        return True
    return gap > 2 and any(
        right - 1 < each.at < letter.left + 1 and each.start - NEAR < letter.base < each.end + NEAR
        for each in upright
    )


def run_of(run: Sequence[Letter]) -> Iterator[Words]:
    """Yield letters that stand together as words, unless they are nothing but blanks."""
    text = "".join([each.text for each in run]).strip()
    drawn = [each for each in run if each.right > each.left and not each.text.isspace()]
    if text and drawn:
        yield Words(
            text,
            min([each.left for each in drawn]),
            min([each.bottom for each in drawn]),
            max([each.right for each in drawn]),
            max([each.top for each in drawn]),
            drawn[0].base,
            run[0].is_bold,
            run,
        )


def lines_of(words: Iterable[Words]) -> list[list[Words]]:
    """Return words line by line, from the top; those of one line from the left."""
    lines: list[list[Words]] = []
    for each in sorted(words, key=lambda word: -word.base):
        near = max(NEAR, (each.top - each.bottom) / 3)
        if lines and abs(lines[-1][0].base - each.base) < near:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def cell_text(words: Sequence[Words]) -> str:
    """Return the text of a cell; a numbered line or one with a dash begins anew."""
    text: list[str] = []
    for line in lines_of(words):
        joined = line_text(line)
        if text and not (is_listed(joined) or NUMBERED.match(joined)):
            text[-1] = joined_lines([text[-1], joined])
        else:
            text.append(joined)
    return "\n".join(text)


def line_text(line: Sequence[Words]) -> str:
    """Return the words of a line as one text, with a blank wherever they do not touch."""
    text = ""
    for before, each in pairwise([None, *line]):
        assert each is not None
        is_apart = before and not -_FAR_BACK < each.left - before.right < _TOUCHING
        text += f" {each.text}" if is_apart else each.text
    return text
