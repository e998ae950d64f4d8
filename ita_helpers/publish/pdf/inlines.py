"""The nodes of running text: its runs as the compiler sets them, and where no line of it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any

from ita_helpers.publish.formulas import draw_formula
from ita_helpers.publish.pdf.column_widths import break_long_words
from ita_helpers.publish.pdf.line_ends import keep_together
from ita_helpers.publish.tree import Inlines, Text

LINE = 20.0
"""The room that every line outside a table has, in sizes of its text."""
_ENDLESS = re.compile(r"[!-~]{30}(?=[!-~])")


def set_inlines(
    inlines: Inlines, pictures: dict[str, bytes], unbroken: float = LINE
) -> list[dict[str, Any]]:
    """Return the nodes of a text; no line ends in the first ``unbroken`` ems of it."""
    nodes: list[dict[str, Any]] = []
    groups = keep_together(break_long_words(inlines, LINE, 1), unbroken)
    for look, same in groupby(groups, key=_common_look):
        alike = list(same)
        first = alike[0][0]
        if look is None:
            nodes += [{"runs": [_run(run, pictures) for run in group]} for group in alike]
        elif first.formula:
            nodes += [_run(run, pictures) for (run,) in alike]
        else:
            nodes.append(_run(first, pictures) | {"parts": list(map(_part_of_run, alike))})
    return nodes


_look = attrgetter(*(each.name for each in fields(Text) if each.name not in ("text", "whole")))


def _common_look(group: Sequence[Text]) -> tuple[Any, ...] | None:
    """Return how the runs of a group are set, if all are set alike; no two formulas are."""
    looks = {(*_look(run), run.text if run.formula else "") for run in group}
    return looks.pop() if len(looks) == 1 else None


def _part_of_run(group: Sequence[Text]) -> str | list[str]:
    """Return text, in a list where no line ends inside it."""
    text = breakable("".join(run.text for run in group))
    return [text] if len(group) > 1 or group[0].whole else text


def _run(run: Text, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Return a run of text with only what it has."""
    drawn = set_formula(run.text, pictures) if run.formula else None
    node: dict[str, Any] = {"parts": [breakable(run.text)]}
    marks = ("strong", "emphasis", "struck", "raised")
    node |= {name: value for name in marks if (value := getattr(run, name))}
    if run.code or (run.formula and not drawn):
        node["code"] = True
    if run.href:
        node["href"] = run.href
    if run.break_after:
        node["break"] = True
    return node | ({"formula": drawn} if drawn else {})


def breakable(text: str) -> str:
    """Let a word no line can hold break anyway."""
    return _ENDLESS.sub(lambda found: f"{found.group()}\u200b", text)


def set_formula(tex: str, pictures: dict[str, bytes]) -> dict[str, Any] | None:
    """Return the node of a formula, and put its picture among the others; nothing if it is none."""
    drawn = draw_formula(tex)
    if drawn is None:
        return None
    name = f"picture-{len(pictures) + 1}.svg"
    pictures[name] = drawn.svg.encode("utf-8")
    return {"file": name, "alt": tex, "width": drawn.width, "depth": drawn.depth}
