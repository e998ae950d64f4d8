"""A call of every command there is: a cheap one that says something in Thai, and one that works.

A command without a call is found by ``test_surroundings.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ita_helpers.cli import main

Words = tuple[str, ...]
TOLD = 1
"""The exit status of a command that says what stands in its way."""


@dataclass(frozen=True)
class Call:
    """What is added to a command, what is typed, and the exit status.

    ``cheap`` stands for ``words`` where those would run a notebook.
    """

    words: str
    typed: str = ""
    status: int = 0
    cheap: str = ""
    cheap_status: int = 0


YEAR = "--year 2568"
PLACE = "--district อัมพวา --province สมุทรสงคราม --code mai"
NEW = "องค์การบริหารส่วนตำบลใหม่เอี่ยม (ข้อมูลสมมติ)\n"
FACTS = "คู่มือการประเมิน\n12\n5 มกราคม 2569\n"
CALLS = {
    ("new", "workspace"): Call("ใหม่"),
    ("new", "organisation"): Call(f"{PLACE} {YEAR}", NEW),
    ("new", "form"): Call(f"ban-rai {YEAR}"),
    ("import",): Call("คะแนน.csv --year 2567", "y\n"),
    ("params",): Call("--year 2567"),
    ("confirm-rules",): Call("2569", FACTS),
    ("plan",): Call(f"ban-rai {YEAR}"),
    ("explain",): Call(f"บ้านไร่ {YEAR}"),
    ("edit",): Call(f"ban-rai {YEAR} --no-lab", cheap="ไม่มี", cheap_status=TOLD),
    ("adopt",): Call("ไม่มี.docx", status=TOLD, cheap="ไม่มี.docx", cheap_status=TOLD),
    ("restore",): Call(f"ban-rai {YEAR}", cheap="ไม่มี", cheap_status=TOLD),
    ("check",): Call("", status=TOLD, cheap="--year 2567", cheap_status=TOLD),
    ("status",): Call("", cheap="เสีย.yml"),
    ("render",): Call("--to html,pdf,docx", status=TOLD, cheap="เสีย.yml", cheap_status=TOLD),
    ("issue",): Call(f"ban-rai {YEAR}", status=TOLD, cheap="ไม่มี", cheap_status=TOLD),
    ("evidence",): Call(f"ban-rai {YEAR}", status=TOLD, cheap="ไม่มี", cheap_status=TOLD),
    ("publish",): Call("--to เว็บไซต์", status=TOLD, cheap="เสีย.yml --to เว็บไซต์", cheap_status=TOLD),
    ("verify",): Call("ไม่มี.pdf", status=TOLD, cheap="ไม่มี.pdf", cheap_status=TOLD),
    ("index",): Call(""),
    ("compare",): Call(YEAR, cheap=f"{YEAR} --province ไม่มี", cheap_status=TOLD),
    ("trust",): Call(""),
    ("teach",): Call("", cheap="ไม่มี", cheap_status=TOLD),
    ("start",): Call("."),
}
"""In an order in which each finds what it needs."""


def every_command(group: click.Group = main, before: Words = ()) -> Iterator[Words]:
    """Yield the words of every command."""
    for name, command in group.commands.items():
        words = (*before, name)
        yield from every_command(command, words) if isinstance(command, click.Group) else (words,)
