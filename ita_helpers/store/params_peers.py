"""The peers that a parameter file names: offices there are, and the office itself among them."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.errors import BadPeers, nearest
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params_defaults import Given


def check_peers(
    workspace: Workspace, organisation: str, peers: str | Sequence[str], given: Given
) -> None:
    """Check the peers of an office; one that is not in the list of offices is told elsewhere.

    Raises ``BadPeers`` for a code that is no office's, an office listed under two codes, a list
    without the office itself, or a place or type that is not known of it.
    """
    known = read_organisations(workspace)
    facts = {
        "file": given.file,
        "line": given.line,
        "offices": workspace.shown(workspace.organisations),
    }
    office = known.get(organisation)
    if office is None:
        return
    if isinstance(peers, str):
        if not getattr(office, peers):
            raise BadPeers(problem="place", name=organisation, kind=peers, **facts)
        return
    for code in peers:
        if code not in known or known[code].is_reference:
            near = nearest(code, known)
            raise BadPeers(problem="unknown", name=code, nearest=near, **facts)
    if organisation not in peers:
        raise BadPeers(problem="own", name=organisation, **facts)
    first: dict[str, str] = {}
    for code in dict.fromkeys(peers):
        number = known[code].official_code
        if number and number in first:
            raise BadPeers(problem="twice", name=code, other=first[number], **facts)
        first[number] = code
