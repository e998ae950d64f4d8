"""``ita check`` of finished reports: which rules, in which form, and where to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from ita_helpers.checks.finished.outcome import CheckedDocument, Tally, json_of, tell_documents
from ita_helpers.checks.finished.rule import Rule
from ita_helpers.checks.finished.rules import RULES, chosen_rules
from ita_helpers.cli.outcome import Asked, hand_over
from ita_helpers.cli.usage import Misuse
from ita_helpers.errors import nearest
from ita_helpers.files.spooled import spooled
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say, section
from ita_helpers.rendering.finished import check_documents

ALL = "all"


def check_finished_reports(workspace: Workspace, files: Sequence[Path], asked: Asked) -> int:
    """Check documents, tell what was found, and return the status: 1 if something is wrong.

    Raises ``Misuse`` for codes that no rule begins with.
    """
    rules = chosen_rules(_known(asked.select), _known(asked.ignore))
    tally = Tally()
    checked = tally.over(check_documents(workspace, files, [each.code for each in rules]))
    hand_over(workspace, _pieces(checked, tally, asked.form), asked.out)
    return 1 if tally.is_wrong else 0


def _pieces(checked: Iterable[CheckedDocument], tally: Tally, form: str) -> Iterable[str]:
    """Return the outcome in pieces, so that of many documents only one is held at a time."""
    if form == "json":
        return json_of(checked, tally)
    if form == "html":
        return _page(checked, tally)
    return (f"{line}\n" for line in tell_documents(checked, tally))


def _page(checked: Iterable[CheckedDocument], tally: Tally) -> Iterator[str]:
    from ita_helpers.checks.finished.page import page_of

    with spooled(checked) as kept:
        yield from page_of(kept, tally)


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes given, in capitals and parted at commas. Raises ``Misuse``."""
    listed = [each.strip().upper() for given in codes for each in given.split(",") if each.strip()]
    for code in listed:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise _unknown(code)
    return tuple(listed)


def explain_rules(code: str) -> None:
    """Tell what the rules are whose codes begin so, or all. Raises ``Misuse`` if there is none."""
    sought = "" if code.lower() == ALL else code.upper()
    found = [rule for rule in RULES if rule.code.startswith(sought)]
    if not found:
        raise _unknown(code)
    click.echo("\n\n".join(_explained(rule) for rule in found))


def _explained(rule: Rule) -> str:
    return say(
        "finished.explained",
        code=rule.code,
        title=rule.title,
        severity=section("finished.severity")[rule.severity],
        why=rule.explanation,
        example=rule.example,
    )


def _unknown(code: str) -> Misuse:
    near = nearest(code.upper(), [rule.code for rule in RULES])
    return Misuse(say("finished.unknown_rule", code=code, nearest=near or ""))
