"""What hands and tools do to a copy, at random; each word typed is numbered and looked for."""

from __future__ import annotations

import copy
import random
import re
import unicodedata

from copies import BLANK, DRAFTS, OWNER, TEMPLATE, joined, own, own_code, renewed

from ita_helpers.edited.cells import HIDDEN, is_hint, slot_of, tags_of
from ita_helpers.edited.make import make_copy
from ita_helpers.edited.next_year import offers_from

OURS = re.compile(
    r"ช่องข้อความ:|บรรทัดนี้ไม่อยู่ใน|ทบทวนช่องนี้|ทบทวนข้อความทุกช่อง|ใช้ข้อความนี้ในปีนี้|สมุดงานของหน่วยงาน"
    r"|การทำเครื่องหมาย:|render_report|ส่วนถัดไปไม่อยู่|ยกมาจากสมุดงานปีก่อน|หากต้องการช่องนี้|# Parameters"
    r"|ita restore|\[[ x/✓]*\]|ข้อมูลเปลี่ยนหลังจากแก้"
)
WORD = re.compile(r"คำที่\d+จบ")
GAPS = ["\n\n", "\n", " "]
TICKS = ["[ x]", "[x ]", "[/]", "[✓]", "[X]", "[ป]", "[x", "x]", "[]x", "[ ]", "[ใช่]"]


class Hand:
    """Works on one copy; its words are numbered."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.count = 0
        self.words: set[str] = set()
        self.done: list[str] = []
        parameters = own_code('# Parameters\norganisation = "bang-khae"', "c2dd3f7c")
        parameters["metadata"] = {"tags": ["injected-parameters"]}
        executed = {**TEMPLATE, "cells": [*TEMPLATE["cells"]]}
        executed["cells"].insert(2, parameters)
        self.copy = make_copy(executed, TEMPLATE, DRAFTS, OWNER)
        self.drafts = DRAFTS

    def play(self) -> list[str]:
        """Do some gestures, with renewals and new scores between, and return what went wrong."""
        for _ in range(self.dice.randint(1, 3)):
            for _ in range(self.dice.randint(1, 10)):
                self.gesture()
            if problems := self.look():
                return problems
            if self.dice.random() < 0.5:
                self.drafts = {
                    slot: [
                        sentences[0].replace("25", f"{self.dice.randint(10, 99)}"),
                        *sentences[1:],
                    ]
                    for slot, sentences in self.drafts.items()
                }
                self.done.append("new scores")
            if problems := self.look():
                return problems
            if self.dice.random() < 0.7:
                self.copy = renewed(self.copy, self.drafts)
                self.done.append("renewal")
        return self.look() or self.next_year()

    def gesture(self) -> None:
        kind = self.dice.choice(self.KINDS)
        self.done.append(kind)
        getattr(self, f"do_{kind}")()

    def word(self) -> str:
        self.count += 1
        word = f"คำที่{self.count}จบ"
        self.words.add(word)
        return f"{word} ได้ {self.count}.33 คะแนน"

    def look(self) -> list[str]:
        """Return what a run would lose or print."""
        result = joined(self.copy, self.drafts)
        text = "\n".join(cell["source"] for cell in result.notebook["cells"])
        problems = [f"lost {word}" for word in sorted(self.words) if word not in text]
        cells = result.notebook["cells"]
        printed = [c for c in cells if HIDDEN not in tags_of(c) and c["cell_type"] != "code"]
        for cell in printed:
            template = any(cell["source"] == each["source"] for each in TEMPLATE["cells"])
            if found := (None if template else OURS.search(cell["source"].replace(BLANK, ""))):
                problems.append(
                    f"printed {found.group()!r} in {cell['id']}: {cell['source'][:150]!r}"
                )
        once = renewed(self.copy, self.drafts)
        text = "\n".join(cell["source"] for cell in once["cells"])
        problems += [f"lost by renewal {word}" for word in sorted(self.words) if word not in text]
        if not problems and renewed(once, self.drafts) != once:
            problems.append("renewal is not final")
        return problems

    def next_year(self) -> list[str]:
        offers = offers_from(renewed(self.copy, self.drafts), TEMPLATE, 2568)
        text = "\n".join(
            cell["source"]
            for cell in make_copy(TEMPLATE, TEMPLATE, DRAFTS, OWNER, offers=offers)["cells"]
        )
        return [f"not offered {word}" for word in sorted(self.words) if word not in text]

    @property
    def cells(self) -> list:
        return self.copy["cells"]

    def any(self, *kinds: str) -> int:
        """Return the place of a cell of some kinds: any, or those an analyst works on."""
        kinds = kinds or ("markdown",)
        places = [at for at, cell in enumerate(self.cells) if cell["cell_type"] in kinds]
        near = [at for at in places if is_hint(self.cells[at]) or slot_of(self.cells[at])]
        return self.dice.choice(near if near and self.dice.random() < 0.6 else places or [0])

    def new_id(self) -> str:
        return f"{self.dice.getrandbits(32):08x}"

    def do_insert(self) -> None:
        self.cells.insert(self.any("markdown", "code"), own(self.word(), self.new_id()))

    def do_write(self) -> None:
        cell = self.cells[self.any()]
        cell["source"] += self.dice.choice(GAPS) + self.word()

    def do_write_before(self) -> None:
        cell = self.cells[self.any()]
        cell["source"] = self.word() + self.dice.choice(GAPS) + cell["source"]

    def do_write_within(self) -> None:
        cell = self.cells[self.any()]
        blanks = [at for at, letter in enumerate(cell["source"]) if letter == " "]
        at = self.dice.choice(blanks or [0])
        cell["source"] = f"{cell['source'][:at]} {self.word()} {cell['source'][at:]}"

    def do_letter_before_hint(self) -> None:
        hints = [cell for cell in self.cells if is_hint(cell)]
        if hints:
            cell = self.dice.choice(hints)
            cell["source"] = f"ฟ{cell['source']}"

    def do_rewrite(self) -> None:
        cell = self.cells[self.any()]
        if not WORD.search(cell["source"]):
            cell["source"] = self.word()

    def do_tick(self) -> None:
        hints = [cell for cell in self.cells if "[ ]" in cell["source"]]
        if hints:
            cell = self.dice.choice(hints)
            cell["source"] = cell["source"].replace("[ ]", self.dice.choice(TICKS))

    def do_no_bullet(self) -> None:
        for cell in self.cells:
            cell["source"] = cell["source"].replace("- [", "-[")

    def do_delete(self) -> None:
        at = self.any("markdown", "code")
        if not WORD.search(self.cells[at]["source"]):
            del self.cells[at]

    def do_move(self) -> None:
        self.cells.insert(
            self.any("markdown", "code"), self.cells.pop(self.any("markdown", "code"))
        )

    def do_move_across_slots(self) -> None:
        at = self.any()
        self.cells.insert(min(len(self.cells), at + self.dice.randint(2, 9)), self.cells.pop(at))

    def do_copy(self) -> None:
        made = {**copy.deepcopy(self.cells[self.any("markdown", "code")]), "id": self.new_id()}
        self.cells.insert(self.any("markdown", "code"), made)

    def do_duplicate_id(self) -> None:
        at = self.any("markdown", "code")
        made = copy.deepcopy(self.cells[at])
        if self.dice.random() < 0.6 and made["cell_type"] == "markdown":
            made["source"] += f"\n\n{self.word()}"
            if not slot_of(made):
                self.cells[at]["source"] += f"\n\n{self.word()}" * (
                    self.cells[at]["cell_type"] == "markdown"
                )
        self.cells.insert(self.any("markdown", "code"), made)

    def do_split(self) -> None:
        at = self.any()
        cell = self.cells[at]
        blanks = [place for place, letter in enumerate(cell["source"]) if letter in " \n"]
        if blanks:
            cut = self.dice.choice(blanks)
            upper = {**copy.deepcopy(cell), "id": self.new_id(), "source": cell["source"][:cut]}
            cell["source"] = cell["source"][cut:]
            self.cells.insert(at, upper)

    def do_merge(self) -> None:
        at = self.any()
        pair = self.cells[at : at + 2]
        if len(pair) == 2 and pair[1]["cell_type"] == "markdown":
            active = copy.deepcopy(self.dice.choice(pair))
            text = "\n\n".join(cell["source"] for cell in pair)
            self.cells[at : at + 2] = [{**active, "id": self.new_id(), "source": text}]

    def do_untag(self) -> None:
        self.cells[self.any("markdown", "code")]["metadata"].pop("tags", None)

    def do_untag_all(self) -> None:
        for cell in self.cells:
            cell["metadata"].pop("tags", None)

    def do_lose_facts(self) -> None:
        for cell in self.cells:
            cell["metadata"].pop("ita", None)

    def do_clear_metadata(self) -> None:
        for cell in self.cells:
            cell["metadata"] = {}

    def do_clear_one(self) -> None:
        self.cells[self.any("markdown", "code")]["metadata"] = {}

    def do_new_ids(self) -> None:
        for cell in self.cells:
            cell["id"] = self.new_id()

    def do_new_id(self) -> None:
        self.cells[self.any("markdown", "code")]["id"] = self.new_id()

    def do_to_raw(self) -> None:
        self.cells[self.any()]["cell_type"] = "raw"

    def do_to_code(self) -> None:
        cell = self.cells[self.any()]
        cell |= {"cell_type": "code", "outputs": [], "execution_count": None}

    def do_to_markdown(self) -> None:
        at = self.any("code", "raw")
        cell = self.cells[at]
        kept = {"id": cell["id"], "metadata": cell["metadata"]}
        self.cells[at] = {**own(cell["source"]), **kept}

    def do_nfd(self) -> None:
        for cell in self.cells:
            cell["source"] = unicodedata.normalize("NFD", cell["source"])

    def do_crlf(self) -> None:
        for cell in self.cells:
            cell["source"] = cell["source"].replace("\n", "\r\n")

    KINDS = tuple(name.removeprefix("do_") for name in locals() if name.startswith("do_"))
