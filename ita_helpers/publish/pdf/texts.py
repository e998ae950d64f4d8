"""The texts of a file's pages, each taken apart once however often it stands there.

What stands above and below each page, words, and cells of a column are the same texts at other
places: of the texts of a report half are drawn again, of a long plan three quarters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

from ita_helpers.publish.pdf.operators import TEXT_BEGINS, TEXT_ENDS, Operators, take_apart

_BEGINS = b"\n" + TEXT_BEGINS
Key = int
"""The number of a font among the objects of its file."""
Cluster = tuple[Key, bytes, bytes]
"""The font, the ``ActualText`` and the operators of what has one."""
Fonts = Mapping[bytes, Key]
"""A page's fonts by what it calls them."""


class Page(NamedTuple):
    """A page's operators without its texts: which these are, and where each is placed.

    A place is that of the operators before the text; -1 where it has none of its own.
    """

    rest: Operators
    texts: Sequence[int]
    places: Sequence[int]

    def rounded(self) -> Page:
        """Return the same with positions to a hundredth of a point."""
        return self._replace(rest=self.rest.rounded())

    def written(self, texts: Sequence[bytes]) -> bytes:
        """Return the page's operators with its texts as they are written now."""
        rest = self.rest.written().split(_BEGINS)
        drawn = (_BEGINS + texts[each] for each in self.texts)
        return b"".join(chain.from_iterable(zip_longest(rest, drawn, fillvalue=b"")))


class Texts(NamedTuple):
    """All texts of a file one after the other, the places of each, and its page's fonts."""

    operators: Operators
    places: Sequence[range]
    fonts: Sequence[Fonts]

    @property
    def fonts_used(self) -> dict[Key, None]:
        """The fonts of all pages in their order."""
        return dict.fromkeys(key for own in self.fonts for key in own.values())

    def clusters(self) -> list[list[Cluster]]:
        """Return the clusters of each text."""
        return [
            [(fonts[name], said, drawn) for name, said, drawn in self.operators.clusters(places)]
            for places, fonts in zip(self.places, self.fonts, strict=True)
        ]

    def rounded(self) -> Texts:
        """Return the same with positions to a hundredth of a point."""
        return self._replace(operators=self.operators.rounded())

    def with_drawn(self, others: Mapping[int, bytes]) -> Texts:
        """Return the same with something else drawn at some places."""
        return self._replace(operators=self.operators.with_drawn(others))

    def written(self, spans: Iterable[bytes]) -> list[bytes]:
        """Return the operators of each text; ``spans`` are what the clusters begin with."""
        return self.operators.written(spans).split(_BEGINS)[1:]


def part_texts(contents: Iterable[tuple[bytes, Fonts]]) -> tuple[list[Page], Texts]:
    """Return the pages of a file without their texts, and these."""
    numbers: dict[tuple[int, bytes], int] = {}
    fonts: list[Fonts] = []
    pages = []
    for content, own in contents:
        fonts += [] if own in fonts else [own]
        named = fonts.index(own)
        first, *others = content.split(_BEGINS)
        parted = [each.partition(TEXT_ENDS) for each in others]
        listed = [numbers.setdefault((named, text), len(numbers)) for text, _, _ in parted]
        rest = take_apart(_BEGINS.join([first, *(end + after for _, end, after in parted)]))
        places = list(_before_texts(rest))
        own_places = (here if here != last else -1 for last, here in pairwise([-1, *places]))
        pages.append(Page(rest, listed, list(own_places)))
    operators = take_apart(b"".join(_BEGINS + text for _, text in numbers))
    ends = [*_before_texts(operators), len(operators.drawn) - 1]
    places_of = [range(before + 1, end + 1) for before, end in pairwise(ends)]
    return pages, Texts(operators, places_of, [fonts[named] for named, _ in numbers])


def _before_texts(operators: Operators) -> Iterator[int]:
    """Yield the last place before each text, -1 where there is none."""
    drawn = (operators.head, *operators.drawn)
    for place in [at for at, each in enumerate(drawn) if _BEGINS in each]:
        yield from [place - 1] * drawn[place].count(_BEGINS)
