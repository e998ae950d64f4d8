"""Numbers of headings, tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.tree import Block, Figure, Heading, Part, Table
from ita_helpers.publish.walks import map_blocks


@dataclass
class _Counter:
    """The numbers given so far."""

    with_sections: bool
    counts: dict[str, int] = field(default_factory=dict)
    part: str = ""
    section: str = ""
    sections: int = 0
    is_named: bool = False
    is_appendix: bool = False

    def next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def enter(self, part: Part) -> None:
        if part.is_continued:
            return
        self.part, self.section = "", ""
        self.is_appendix = part.is_appendix
        if self.with_sections and part.tag and (part.is_appendix or part.is_numbered):
            self._begin()

    def _begin(self) -> None:
        """Give the next part its number, shown in its heading."""
        self.sections, self.is_named = 0, False
        if self.is_appendix:
            letters = label("words.appendix_letters").split()
            count = self.next("appendix")
            self.section = letters[count - 1] if count <= len(letters) else str(count)
            self.part = say("report.title.appendix", letter=self.section)
        else:
            self.section = str(self.next("part"))
            self.part = say("report.title.part", number=self.section)

    def number(self, block: Block) -> Block:
        match block:
            case Heading(level=2) if self.part:
                if self.is_named:
                    self._begin()
                self.is_named = True
                return replace(block, number=self.part)
            case Heading(level=3) if self.section:
                self.sections += 1
                return replace(block, number=f"{self.section}.{self.sections}")
            case Table() if block.caption:
                return replace(block, label=say("report.title.table", number=self.next("table")))
            case Figure() if block.caption:
                kind = "chart" if block.is_chart else "picture"
                name = say(f"report.title.{kind}_number", number=self.next(kind))
                return replace(block, label=name)
        return block


def number_all(parts: Sequence[Part], *, with_sections: bool = False) -> list[Part]:
    """Give parts, sections, tables, charts and pictures their numbers, in their order."""
    counter = _Counter(with_sections)
    numbered = []
    for part in parts:
        counter.enter(part)
        numbered.append(map_blocks(part, counter.number))
    return numbered
