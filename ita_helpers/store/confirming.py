"""Confirming assumed rules: the confirming document goes into the workspace's own rules file.

The rest of the file stays as it is; rules that only the program has are copied first.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from ita_helpers.errors import (
    BadConfirmation,
    ChangedMeanwhile,
    FrameworkError,
    RulesConfirmed,
    RulesNotAssumed,
    writable,
)
from ita_helpers.files.change import writing
from ita_helpers.files.inert import without_controls
from ita_helpers.files.text import read_text
from ita_helpers.files.workspace import Workspace, free_backup
from ita_helpers.language.catalogue import LOADER, label
from ita_helpers.language.dates import is_buddhist, parse_date
from ita_helpers.language.thai import BUDDHIST_ERA
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Confirmation
from ita_helpers.store.rules import read_framework, read_rules_as_written
from ita_helpers.store.table_files import write_together
from ita_helpers.words.rules import confirmation_of

MOST_LETTERS = 300
"""Maximum length of the name of a document or page, which appear in notes under tables."""
_COMMENT = re.compile(r"(confirmed_by\s*:)[^#\r\n]*(#.*)?")


@dataclass(frozen=True)
class ShownRules:
    """Assumed rules as they were shown: their file, its content, and the parsed rules."""

    file: Path
    content: bytes
    framework: Framework


@dataclass(frozen=True)
class Confirmed:
    """Where rules were confirmed, and the backup of the previous file, if there was one."""

    file: Path
    backup: Path | None


def read_assumed(workspace: Workspace, fiscal_year: int) -> ShownRules:
    """Return the rules of a fiscal year (B.E.) that are to be confirmed.

    Raises ``RulesConfirmed``, ``RulesNotAssumed``, or what ``store.read_framework`` raises.
    """
    framework = read_framework(workspace, fiscal_year)
    file = workspace.framework(fiscal_year)
    if framework.confirmed_by:
        source = confirmation_of(framework.confirmed_by)
        raise RulesConfirmed(fiscal_year=fiscal_year, file=workspace.shown(file), source=source)
    if not framework.is_assumed:
        years = workspace.framework_years()
        known = [str(y) for y in years if read_framework(workspace, y).is_assumed]
        raise RulesNotAssumed(fiscal_year=fiscal_year, assumed=known)
    return ShownRules(file, file.read_bytes(), framework)


def check_fact(key: str, typed: str, today: date) -> str:
    """Return what was typed for ``document``, ``page`` or ``date``, in the form to be stored.

    Raises ``BadConfirmation`` for an empty value, for one that is too long or no text, and for a
    date that is not in B.E. or is in the future.
    """
    text = " ".join(without_controls(typed).split())
    if not text:
        raise BadConfirmation(key=key, value="", problem="empty")
    if writable(text) != text:
        raise BadConfirmation(key=key, value=writable(text), problem="letters")
    if len(text) > MOST_LETTERS:
        raise BadConfirmation(key=key, value=text[:40], problem="long", most=MOST_LETTERS)
    return _check_date(text, today) if key == "date" else text


def _check_date(text: str, today: date) -> str:
    try:
        day = parse_date(text)
    except ValueError as error:
        raise BadConfirmation(key="date", value=text, problem="date") from error
    if not is_buddhist(text):
        raise BadConfirmation(key="date", value=text, problem="era", meant=day.year + BUDDHIST_ERA)
    if day > today:
        raise BadConfirmation(key="date", value=text, problem="future")
    return f"{day.year + BUDDHIST_ERA}-{day:%m-%d}"


def confirm(workspace: Workspace, shown: ShownRules, confirmation: Confirmation) -> Confirmed:
    """Write the confirmation into the workspace's own rules file of that year.

    Raises ``ChangedMeanwhile`` when the rules are no longer those that were shown,
    ``FrameworkError`` for a file it cannot be written into, or ``WriteFailed``.
    """
    year = shown.framework.fiscal_year
    own = workspace.own_framework(year)
    with writing(workspace.root):
        file = workspace.framework(year)
        if file != shown.file or file.read_bytes() != shown.content:
            raise ChangedMeanwhile(file=workspace.shown(shown.file))
        contents = {own: _with_confirmation(workspace, shown, confirmation)}
        backup = free_backup(own)
        if own.exists():
            contents[backup] = shown.content
        write_together(workspace, contents)
    return Confirmed(own, backup if backup in contents else None)


def _with_confirmation(
    workspace: Workspace, shown: ShownRules, confirmation: Confirmation
) -> bytes:
    name = workspace.shown(shown.file)
    text = _insert(read_text(shown.file, name), confirmation)
    written = read_rules_as_written(workspace, shown.framework.fiscal_year)
    wanted = written.model_copy(update={"confirmed_by": confirmation})
    found = _parse(text)
    if found is None or found.model_dump() != wanted.model_dump():
        raise FrameworkError(file=name, place="confirmed_by", problem=label("confirm.unwritable"))
    return (BOM_UTF8 if shown.content.startswith(BOM_UTF8) else b"") + text.encode("utf-8")


def _insert(text: str, confirmation: Confirmation) -> str:
    """Return the file with the block in place of an empty one, else under ``assumed_from``."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    block = yaml.safe_dump(
        {"confirmed_by": confirmation.model_dump()},
        allow_unicode=True,
        sort_keys=False,
        width=2 * MOST_LETTERS,
        line_break=end,
    )
    starts = [at for at, line in enumerate(lines) if line.startswith("confirmed_by")]
    if starts:
        head = _COMMENT.match(lines[starts[0]])
        comment = f"  {head[2].rstrip()}" if head and head[2] else ""
        lines[starts[0]] = block.replace("confirmed_by:", f"confirmed_by:{comment}", 1)
        return "".join(lines)
    places = [at for at, line in enumerate(lines) if line.startswith("assumed_from")]
    after = places[0] + 1 if places else len(lines)
    if not lines[after - 1].endswith("\n"):
        lines[after - 1] += end
    return "".join([*lines[:after], block, *lines[after:]])


def _parse(text: str) -> Framework | None:
    try:
        return Framework.model_validate(yaml.load(text, LOADER))
    except (yaml.YAMLError, ValidationError, ValueError):
        return None
