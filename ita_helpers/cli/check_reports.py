"""``ita check`` of parameter files: their reports, as lines, as JSON or as a page to send on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from ita_helpers.checks.finished.outcome import as_json
from ita_helpers.cli.outcome import Asked, hand_over
from ita_helpers.cli.usage import Misuse
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.rendering.checking import Checked, check_all


def check_reports(workspace: Workspace, files: Sequence[Path], asked: Asked, *, names: bool) -> int:
    """Check the reports of parameter files, tell what was found, and return the status.

    It is 1 if there is anything to look at. With ``names`` files with misspelt names are told too.
    Raises ``Misuse`` for codes of rules, which only finished reports are held against.
    """
    if asked.select or asked.ignore:
        raise Misuse(label("check.no_rules"))
    checked = []
    lines: list[str] = []
    for each in check_all(workspace, files, names=names):
        checked.append(each)
        lines += each.told
        if asked.form == "text" and not asked.out:
            _echo(each.told)
    found = sum(checked, Checked())
    count = len(found.lines)
    done = say("check.done", files=len(files), count=count, drafts=found.drafts)
    last = [*sorted(found.of_years), done]
    if asked.form != "text":
        hand_over(workspace, [_told(checked, last, asked.form)], asked.out)
    elif asked.out:
        hand_over(workspace, [f"{line}\n" for line in (*lines, *last)], asked.out)
    else:
        _echo(last)
    return 1 if count else 0


def _echo(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)


def _told(checked: Sequence[Checked], last: Sequence[str], form: str) -> str:
    documents = [each.as_document() for each in checked if each.file]
    of_all = [*(line for each in checked if not each.file for line in each.told), *last]
    if form == "html":
        from ita_helpers.checks.finished.page import write_page

        return write_page(documents, of="check.page", notes=of_all)
    return json.dumps(as_json(documents) | {"notes": of_all}, ensure_ascii=False, indent=2) + "\n"
