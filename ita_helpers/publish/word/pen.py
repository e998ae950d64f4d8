"""Making the paragraphs, runs, links, pictures and bookmarks of one Word file."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from ita_helpers.language.thai import NUMBER, to_arabic
from ita_helpers.publish.formulas import draw_formula
from ita_helpers.publish.tree import Image, Inlines, Text
from ita_helpers.publish.word.pictures import FORMULA_SCALE, as_png, pixel_size
from ita_helpers.publish.word.runs import (
    NO_BREAK,
    bookmark_name,
    field_marks,
    give,
    run_properties,
)
from ita_helpers.publish.word.styles import NUMBER_STYLE, element, style_ids

TALLEST = 560.0


class Pen:
    """Makes the content of a Word file.

    ``pictures`` are its charts and formulas as drawn, ``computed`` the numbers of each slot that
    come from the data.
    """

    def __init__(
        self,
        word: Any,
        pictures: Mapping[str, bytes],
        computed: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.word, self.pictures = word, pictures
        self.styles = style_ids(word)
        self._computed, self._marked = computed or {}, frozenset[str]()
        self._count = 0

    @contextmanager
    def marking(self, slot: str) -> Iterator[None]:
        """Mark the numbers in the words of a slot that come from the data."""
        before, self._marked = self._marked, self._computed.get(slot, frozenset())
        yield
        self._marked = before

    def paragraph(self, style: str, runs: Iterable[Any], *properties: Any, align: str = "") -> Any:
        """Return a paragraph in a style, with its runs and other properties."""
        paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=self.styles[style])))
        paragraph.extend(runs)
        for each in properties:
            give(paragraph, each)
        if align:
            give(paragraph, element("w:jc", val=align))
        return paragraph

    def runs(self, inlines: Inlines, size: float = 0) -> list[Any]:
        """Return runs of text, those of one link inside it."""
        made: list[Any] = []
        for href, runs in itertools.groupby(inlines, key=lambda run: run.href):
            inner = [each for run in runs for each in self._pieces(run, size)]
            made += [self._link(href, inner)] if href else inner
        return made

    def _pieces(self, run: Text, size: float) -> Iterator[Any]:
        """Yield a run of text, parted around the numbers that come from the data."""
        if run.formula or not self._marked or not run.text:
            yield self.run(run, size)
            return
        for piece in NUMBER.split(run.text):
            if piece:
                is_computed = to_arabic(piece) in self._marked
                yield self.run(replace(run, text=piece), size, is_computed=is_computed)

    def run(self, run: Text, size: float = 0, *, is_computed: bool = False) -> Any:
        """Return a run of text, a formula or the end of a line."""
        if run.break_after:
            return element("w:r", element("w:br"))
        if run.formula and (drawn := draw_formula(run.text)):
            picture = self.formula(run.text, drawn)
            lowered = element("w:position", val=str(-round(drawn.depth * FORMULA_SCALE * 2)))
            picture.insert(0, element("w:rPr", lowered))
            return picture
        text = run.text.replace(" ", NO_BREAK) if run.whole else run.text
        written = element("w:t")
        written.text = text
        written.set(qn("xml:space"), "preserve")
        marks = [element("w:rStyle", val=NUMBER_STYLE)] if is_computed else []
        return element("w:r", element("w:rPr", *marks, *run_properties(run, size)), written)

    def _link(self, href: str, runs: list[Any]) -> Any:
        if href.startswith("#"):
            return element("w:hyperlink", *runs, anchor=bookmark_name(href[1:]), history="1")
        link = element("w:hyperlink", *runs, history="1")
        kind = RELATIONSHIP_TYPE.HYPERLINK
        link.set(qn("r:id"), self.word.part.relate_to(href, kind, is_external=True))
        return link

    def field(self, instruction: str, shown: str) -> list[Any]:
        """Return the runs of a field that shows something until Word fills it."""
        begin, code, separate, end = field_marks(instruction)
        begin[0].set(qn("w:dirty"), "true")
        return [begin, code, separate, self.run(Text(shown)), end]

    def marked(self, anchor: str, runs: list[Any]) -> list[Any]:
        """Return runs inside a bookmark that links lead to."""
        if not anchor:
            return runs
        start, end = self.bookmark(anchor)
        return [start, *runs, end]

    def bookmark(self, anchor: str) -> tuple[Any, Any]:
        """Return begin and end of a place that links lead to."""
        self._count += 1
        identity = str(self._count)
        start = element("w:bookmarkStart", id=identity, name=bookmark_name(anchor))
        return start, element("w:bookmarkEnd", id=identity)

    def content_of(self, image: Image) -> bytes:
        """Return the bytes of a picture, drawn where it is a chart."""
        is_drawn = image.kind == "svg"
        return self.pictures[image.content] if is_drawn else base64.b64decode(image.content)

    def picture(self, content: bytes, alt: str, width: float) -> Any:
        """Return a run that holds a picture so many points wide, never taller than a page."""
        wide, high = pixel_size(content)
        height = width * high / wide
        if height > TALLEST:
            width, height = width * TALLEST / height, TALLEST
        inline = self._inline(content, Pt(width), Pt(height))
        inline.docPr.set("descr", alt)
        inline.docPr.set("name", f"picture {inline.docPr.get('id')}")
        run = element("w:r")
        run.append(element("w:drawing", inline))
        return run

    def formula(self, tex: str, drawn: Any) -> Any:
        """Return a run with a formula as it was drawn."""
        return self.picture(self.pictures[drawn.svg], tex, drawn.width * FORMULA_SCALE)

    def _inline(self, content: bytes, width: int, height: int) -> Any:
        """Return a picture of the package, converted if python-docx does not know its format."""
        try:
            return self.word.part.new_pic_inline(io.BytesIO(content), width, height)
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
            return self.word.part.new_pic_inline(io.BytesIO(as_png(content)), width, height)
