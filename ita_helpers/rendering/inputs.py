"""What tells whether a report is still current: a digest of all that it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ita_helpers.files.remembered import found_once
from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.orders import program_digest
from ita_helpers.store.loading import content_of, inputs_of
from ita_helpers.store.params import ReportParameters
from ita_helpers.store.peer_scores import written_ranking


def inputs_of_report(
    workspace: Workspace, parameters: ReportParameters, out: Path | None = None
) -> str:
    """Return a digest of all a report depends on besides its formats.

    Data, parameters, the template, the office's own notebook and the program itself; a comparison
    depends on the reports in the folder ``out``. Raises an ``ItaError`` for tables that cannot be
    read.
    """
    if parameters.kind.is_of_many:
        from ita_helpers.rendering.comparing import inputs_of_comparison

        return inputs_of_comparison(workspace, parameters, out or workspace.rendered)
    data = inputs_of(workspace, parameters.organisation, parameters.fiscal_year)
    template, copy = parameters.template, content_of(workspace.edited(parameters.stem))
    used = found_once((workspace, template), lambda: content_of(workspace.template(template)))
    named = (parameters.organisation, parameters.fiscal_year)
    parts = [data, used, copy, parameters.model_dump_json(), program_digest()]
    parts.append(written_ranking(workspace, *named, parameters.peers))
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def are_as_read(workspace: Workspace, read: Mapping[str, str] | None) -> bool:
    """Whether the files that a report's own code reads are known and unchanged."""
    return read is not None and all(
        content_of(workspace.root / each) == read[each] for each in read
    )
