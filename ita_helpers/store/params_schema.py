"""The JSON schema of ``params/defaults.yml``, of the same model as that of parameter files."""

from __future__ import annotations

from typing import Any

from ita_helpers.store.params import schema
from ita_helpers.store.params_defaults import SCOPES, default_keys


def defaults_schema() -> dict[str, Any]:
    """Return the JSON schema of the defaults of parameter files."""
    known = default_keys()
    values = {k: each for k, each in schema()["properties"].items() if k in known}
    block = {"type": "object", "additionalProperties": False, "properties": values}
    scopes = {
        scope: {
            "type": "object",
            "additionalProperties": block,
            "description": f"defaults for the offices of a {of}, by its name",
        }
        for scope, of in SCOPES.items()
    }
    return block | {
        "properties": values | scopes,
        "title": "Defaults",
        "description": "What holds for all reports whose parameter file does not say otherwise.",
    }
