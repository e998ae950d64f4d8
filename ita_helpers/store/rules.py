"""A year's rules, regulations and advice: the program's, or the workspace's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ita_helpers.errors import (
    FrameworkError,
    YearWithoutFramework,
    nearest,
)
from ita_helpers.files.presence import is_there
from ita_helpers.files.remembered import remembered, stamp_of
from ita_helpers.files.workspace import Workspace, program_root
from ita_helpers.files.yaml_mapping import read_mapping
from ita_helpers.language.catalogue import say
from ita_helpers.records.advice import Advice
from ita_helpers.records.broken import place_and_problem
from ita_helpers.records.framework import Framework
from ita_helpers.records.regulations import Regulation, Regulations
from ita_helpers.records.taken_over import find_wrong
from ita_helpers.store.tables import bad_cell, read_code, read_table
from ita_helpers.words.rules import confirmation_of


def read_framework(workspace: Workspace, fiscal_year: int) -> Framework:
    """Read the rules of a fiscal year (B.E.), with any confirmation as source of assumed ones.

    Items without a question get the one the workspace has. Raises ``YearWithoutFramework`` or
    ``FrameworkError``, or what ``read_questions`` raises.
    """
    written = read_rules_as_written(workspace, fiscal_year)
    path, kind = workspace.framework(fiscal_year), f"framework {_taken_over(workspace, written)}"
    framework = remembered(path, kind, lambda: _as_confirmed(written, workspace.shown(path)))
    questions = read_questions(workspace, framework)
    return framework.with_questions(questions) if questions else framework


def read_rules_as_written(workspace: Workspace, fiscal_year: int) -> Framework:
    """Read the rules of a fiscal year (B.E.) as their file has them.

    Raises ``YearWithoutFramework`` or ``FrameworkError``.
    """
    path = workspace.framework(fiscal_year)
    if not is_there(path):
        raise YearWithoutFramework(fiscal_year=fiscal_year, known=workspace.framework_years())
    framework = remembered(path, "rules", lambda: _read_rules(workspace, path, fiscal_year))
    if known := _taken_over(workspace, framework):
        return remembered(path, f"rules {known}", lambda: _beside(workspace, path, framework))
    return framework


def _taken_over(workspace: Workspace, framework: Framework) -> str:
    """Return what tells whether the rules have changed from which a year's are assumed."""
    before = framework.assumed_from
    if before is None or not is_there(path := workspace.framework(before)):
        return ""
    earlier = _taken_over(workspace, read_rules_as_written(workspace, before))
    return f"{path} {stamp_of(path)} {earlier}"


def _as_confirmed(framework: Framework, shown: str) -> Framework:
    confirmed = framework.confirmed_by
    if confirmed is None:
        return framework
    try:
        return framework.as_confirmed(confirmation_of(confirmed))
    except ValueError as error:
        problem = say("words.no_date", value=confirmed.date)
        raise FrameworkError(file=shown, place="confirmed_by.date", problem=problem) from error


def read_questions(workspace: Workspace, framework: Framework) -> dict[str, str]:
    """Return the words of items that the workspace has, by code.

    Raises ``UnknownCode``, or ``BadCell`` for a code that stands twice or has no words.
    """
    path = workspace.yearly("questions", framework.fiscal_year)
    if not is_there(path):
        return {}
    return remembered(path, "questions", lambda: _read_questions(workspace, path, framework))


def _read_questions(workspace: Workspace, path: Path, framework: Framework) -> dict[str, str]:
    codes = tuple(item.code for item in framework.all_items)
    found: dict[str, str] = {}
    for row in read_table(path, "questions", workspace):
        code = read_code(workspace, path, row, codes, framework.fiscal_year)
        if code in found:
            raise bad_cell(workspace, path, row, "code", "repeated")
        if not row["text"]:
            raise bad_cell(workspace, path, row, "text", "no_words")
        found[code] = row["text"]
    return found


def has_own_rules(workspace: Workspace, fiscal_year: int) -> bool:
    """Whether the workspace's rules of a year differ from the program's, confirmation aside."""
    if not workspace.overrides_framework(fiscal_year):
        return False
    program = Workspace(program_root())
    if not program.framework(fiscal_year).is_file():
        return True
    own, programs = (
        read_rules_as_written(each, fiscal_year).model_dump(exclude={"confirmed_by"})
        for each in (workspace, program)
    )
    return own != programs


def newest_year(workspace: Workspace) -> int:
    """Return the newest fiscal year (B.E.) whose rules are not merely assumed."""
    years = workspace.framework_years()
    known = [year for year in years if not read_framework(workspace, year).is_assumed]
    return (known or years)[-1]


def _read_rules(workspace: Workspace, path: Path, fiscal_year: int) -> Framework:
    shown = workspace.shown(path)
    written = read_mapping(path, shown).values
    try:
        framework = Framework.model_validate(written)
    except ValidationError as error:
        raise _broken_rules(error, written, shown) from error
    if framework.fiscal_year != fiscal_year:
        problem = _other_year(framework.fiscal_year, fiscal_year)
        raise FrameworkError(file=shown, place="fiscal_year", problem=problem)
    return framework


def _beside(workspace: Workspace, path: Path, framework: Framework) -> Framework:
    year, before = framework.fiscal_year, framework.assumed_from
    assert before is not None
    earlier = read_rules_as_written(workspace, before)
    if workspace.overrides_framework(year) or not workspace.overrides_framework(before):
        _require_true_items(framework, earlier, workspace.shown(path))
    return framework.beside(earlier)


def _require_true_items(framework: Framework, before: Framework, shown: str) -> None:
    """Raise ``FrameworkError`` for a ``was`` that means no item of the year before, or another.

    The program's own file is not to be measured against rules that a workspace changed later.
    """
    for wrong in find_wrong(framework, before):
        said = {"value": wrong.value, "like": wrong.like, "year": before.fiscal_year}
        problem = say(f"taken_over.{wrong.kind}", **said)
        raise FrameworkError(file=shown, place=wrong.place, problem=problem)


def read_regulations(workspace: Workspace, fiscal_year: int) -> tuple[Regulation, ...]:
    """Read the laws and resolutions named for the result of a fiscal year (B.E.).

    Raises ``FrameworkError`` for a file that cannot be used.
    """
    path = workspace.regulations
    known = remembered(path, "regulations", lambda: _read_regulations(workspace, path))
    return tuple(each for each in known if each.holds_for(fiscal_year))


def _read_regulations(workspace: Workspace, path: Path) -> tuple[Regulation, ...]:
    shown = workspace.shown(path)
    written = read_mapping(path, shown).values
    try:
        read = Regulations.model_validate(written)
    except ValidationError as error:
        raise _broken_rules(error, written, shown) from error
    return tuple(read.regulations)


def read_advice(workspace: Workspace, fiscal_year: int, framework: Framework) -> Advice | None:
    """Read the advice of a fiscal year (B.E.); ``None`` if there is none.

    A year whose rules are assumed from another gets that year's advice on what both have in common.
    Raises ``FrameworkError`` for a file that cannot be used, or that names an indicator or item the
    year lacks.
    """
    path, before = workspace.advice(fiscal_year), framework.assumed_from
    if path.is_file():
        rules = workspace.framework(fiscal_year).stat().st_mtime_ns
        return remembered(path, f"advice {rules}", lambda: _read_advice(workspace, path, framework))
    if before is None or before not in workspace.framework_years():
        return None
    rules_before = read_framework(workspace, before)
    advice = read_advice(workspace, before, rules_before)
    codes = framework.codes_before(rules_before)
    return advice.for_year(fiscal_year, codes) if advice else None


def advice_file(workspace: Workspace, fiscal_year: int, framework: Framework) -> Path:
    """Return the file of a year's advice: its own, else that of the year it is assumed from.

    That year may itself be assumed from another.
    """
    own, before = workspace.advice(fiscal_year), framework.assumed_from
    if own.is_file() or before not in workspace.framework_years():
        return own
    return advice_file(workspace, before, read_framework(workspace, before))


def _read_advice(workspace: Workspace, path: Path, framework: Framework) -> Advice:
    shown = workspace.shown(path)
    written = read_mapping(path, shown).values
    try:
        advice = Advice.model_validate(written)
    except ValidationError as error:
        raise _broken_rules(error, written, shown) from error
    items = {item.code for item in framework.all_items}
    named: dict[str, tuple[Iterable[str], set[str]]] = {
        "indicators": (advice.indicators, {each.code for each in framework.indicators.list}),
        "items": (advice.items, items),
        **{f"items.{code}.evidence": (each.evidence, items) for code, each in advice.items.items()},
    }
    for place, (codes, known) in named.items():
        for code in codes:
            if code not in known:
                problem = say("broken_rules.no_code", value=code, nearest=nearest(code, known))
                raise FrameworkError(file=shown, place=f"{place}.{code}", problem=problem)
    if advice.fiscal_year != framework.fiscal_year:
        problem = _other_year(advice.fiscal_year, framework.fiscal_year)
        raise FrameworkError(file=shown, place="fiscal_year", problem=problem)
    return advice


def _other_year(written: int, expected: int) -> str:
    return say("broken_rules.other_year", written=written, expected=expected)


def _broken_rules(error: ValidationError, written: Mapping[str, Any], shown: str) -> FrameworkError:
    place, problem = place_and_problem(error, written)
    return FrameworkError(file=shown, place=place, problem=problem)
