"""Writing parameter files: new ones, or single keys of one, leaving the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ita_helpers.files.change import writing
from ita_helpers.files.text import read_text
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.periods import day_in
from ita_helpers.records.kinds import report_kinds
from ita_helpers.store.params import load_parameters, read_written
from ita_helpers.store.table_files import write_together


def parameter_file(
    organisation: str, fiscal_year: int, others: Mapping[str, str] | None = None
) -> bytes:
    """Return a new parameter file: the two keys that must be there, and ``others`` in YAML."""
    keys = {"organisation": organisation, "fiscal_year": fiscal_year, **(others or {})}
    return "".join(f"{key}: {value}\n" for key, value in keys.items()).encode()


def set_keys(workspace: Workspace, path: Path, values: Mapping[str, str]) -> None:
    """Give keys of a parameter file new values, in YAML; a key with an empty value is removed.

    A file that has them already is not touched. Raises what ``load_parameters`` raises, or
    ``WriteFailed``.
    """
    with writing(workspace.root):
        load_parameters(path, workspace)
        before = read_text(path, workspace.shown(path))
        after = before
        for key, value in values.items():
            after = _with_key(after, key, value)
        if after != before:
            write_together(workspace, {path: after.encode("utf-8")})


def _with_key(text: str, key: str, value: str) -> str:
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    if node.flow_style:
        text = yaml.safe_dump(yaml.safe_load(text), allow_unicode=True, sort_keys=False)
        return _with_key(text, key, value)
    found = next((pair for pair in node.value if pair[0].value == key), None)
    line = f"{key}: {value}"
    if found is None:
        end = _end_of(text, node.value[-1][1])
        before = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
        return f"{before}{' ' * node.start_mark.column}{line}\n{text[end:]}" if value else text
    start, end = found[0].start_mark.index, _end_of(text, found[1])
    if not value:
        return f"{text[:start]}{text[end:].lstrip(' ')}"
    is_on_lines = text[: found[1].end_mark.index].endswith("\n")
    if is_on_lines:
        return f"{text[:start]}{line}\n{text[end:]}"
    return f"{text[:start]}{line}{text[found[1].end_mark.index :]}"


def _end_of(text: str, node: Any) -> int:
    """Return where the lines of a value end; a list in a column ends only where the next begins."""
    written = text[: node.end_mark.index]
    lines = written.splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    kept = "".join(lines)
    return len(kept) if kept.endswith("\n") else text.find("\n", len(kept)) + 1 or len(text)


def period_of(fiscal_year: int, day: date) -> str:
    """Return which report on the plan for a result's fiscal year (B.E.) covers a day."""
    year = fiscal_year + 1
    ends = {day_in(year, *each.ends): each.name for each in report_kinds() if each.ends}
    return ends[min((end for end in ends if day <= end), default=max(ends))]


def place_follow_up(workspace: Workspace, params: Path, day: date) -> Path:
    """Return the parameter file of the report on an office's plan as of a day, written if need be.

    ``params`` are those of its analysis, which name the office, and the digits if no default does.
    Raises what
    ``load_parameters`` raises, or ``WriteFailed``.
    """
    written = read_written(params, workspace)
    analysis, own = written.parameters, written.of_file(workspace.shown(params))
    period = period_of(analysis.fiscal_year, day)
    stem = analysis.model_copy(update={"report": period}).stem
    path = workspace.params / stem.with_suffix(".yml")
    with writing(workspace.root):
        if not path.exists():
            kept: dict[str, str] = {"numerals": analysis.numerals} if "numerals" in own else {}
            named = (analysis.organisation, analysis.fiscal_year)
            content = parameter_file(*named, kept | {"report": period})
            write_together(workspace, {path: content})
        set_keys(workspace, path, {"as_of": day.isoformat()})
    return path
