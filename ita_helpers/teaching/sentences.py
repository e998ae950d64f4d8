"""Writing the page on how the words are chosen: each sentence, when it appears, what it looks like.

The conditions stand in ``language/th/report/conditions.yml``; whoever makes the page brings the
examples, so that only what the program has said is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ita_helpers.faces.pages import source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.language.catalogue import Node, label, say, section
from ita_helpers.language.points import format_score
from ita_helpers.scoring.findings import NOTABLE, RANKED
from ita_helpers.scoring.remarkable import LOST
from ita_helpers.scoring.report_data import WEAK_BELOW
from ita_helpers.tables import to_do
from ita_helpers.words import coverage, memo, summary
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.instrument import FEW_RESPONDENTS

PAGE = "sentences.html"
PACKAGE = "ita_helpers.teaching"
LIMITS: Mapping[str, object] = {
    "few": FEW_RESPONDENTS,
    "listed": coverage.NAMED,
    "measures": memo.NAMED,
    "much": format_score(LOST),
    "notable": int(NOTABLE * 100),
    "owners": to_do.OWNERS,
    "ranked": RANKED,
    "rows": to_do.SHOWN,
    "shown": summary.NAMED_ITEMS,
    "ties": NAMED_TIES,
    "weak": WEAK_BELOW,
}
"""The numbers that conditions name, as the code has them."""


@dataclass(frozen=True)
class Example:
    """A sentence as it was said of the result of an office in a fiscal year (B.E.)."""

    text: str
    office: str
    year: int


@dataclass(frozen=True)
class Sentence:
    """A sentence of the catalogue: its key, when it appears, examples, and where it is chosen.

    ``places`` are functions of modules (``"words/closing.py _keep"``).
    """

    key: str
    condition: str
    examples: Sequence[Example]
    places: Sequence[str]

    @property
    def file(self) -> str:
        """The file of the catalogue it stands in."""
        return f"{self.key.partition('.')[0]}.yml"

    @property
    def path(self) -> str:
        """Its place in that file."""
        return self.key.partition(".")[2]


@dataclass(frozen=True)
class Section:
    """The sentences of one part of the report."""

    anchor: str
    title: str
    lead: str
    sentences: Sequence[Sentence]


def keys_with_condition() -> tuple[str, ...]:
    """Return the keys of which it is told when they appear, in the order they are written."""
    return tuple(_leaves(section("conditions.of")))


def labels() -> frozenset[str]:
    """Return the keys of labels, headings and joining words: of them nothing is told."""
    return frozenset(
        f"{file}.{path}"
        for file, paths in section("conditions.labels").items()
        for path in paths.split()
    )


def keys_of_page() -> tuple[str, ...]:
    """Return all keys of the catalogue within the parts of the page, labels among them."""
    return tuple(
        key for part in section("conditions.parts").values() for key in _within(part["keys"])
    )


def write_sentences_page(
    examples: Mapping[str, Sequence[Example]], places: Mapping[str, Sequence[str]]
) -> str:
    """Return the page; ``examples`` and ``places`` by key. The same gives the same bytes.

    Raises ``KeyError`` for a sentence without them.
    """
    sections = [*_sections(examples, places)]
    sheets = (source_of("ita_helpers.publish", "report.css"), source_of(PACKAGE, "sentences.css"))
    return template_of(PACKAGE, "sentences.html.j2").render(
        label=lambda key: label(f"conditions.page.{key}"),
        say=lambda key, **facts: say(f"conditions.page.{key}", **facts),
        style=Markup("\n".join((font_faces(), *sheets))),
        count=sum(len(each.sentences) for each in sections),
        terms=[
            (label(f"conditions.terms.{key}.name"), say(f"conditions.terms.{key}.text", **LIMITS))
            for key in section("conditions.terms")
        ],
        sections=sections,
    )


def _sections(
    examples: Mapping[str, Sequence[Example]], places: Mapping[str, Sequence[str]]
) -> Iterator[Section]:
    told = keys_with_condition()
    for anchor, part in section("conditions.parts").items():
        roots = part["keys"].split()
        keys = sorted(
            (key for key in told if _root_of(key, roots)),
            key=lambda key: (roots.index(_root_of(key, roots)), told.index(key)),
        )
        sentences = tuple(
            Sentence(key, say(f"conditions.of.{key}", **LIMITS), examples[key], places[key])
            for key in keys
        )
        yield Section(anchor, part["title"], part["lead"], sentences)


def _root_of(key: str, roots: Sequence[str]) -> str:
    """Return which of the roots a key stands under; empty for none."""
    return next((each for each in roots if f"{key}.".startswith(f"{each}.")), "")


def _within(roots: str) -> Iterator[str]:
    """Yield the keys of the catalogue under some roots."""
    for root in roots.split():
        file, _, path = root.partition(".")
        node: Node | str = section(file)
        for name in path.split(".") if path else ():
            node = node[name] if isinstance(node, dict) else ""
        yield from _leaves(node, root) if isinstance(node, dict) else (root,)


def _leaves(node: Node, above: str = "") -> Iterator[str]:
    for name, below in node.items():
        key = f"{above}.{name}".lstrip(".")
        yield from _leaves(below, key) if isinstance(below, dict) else (key,)
