"""Posts and organs that another kind of office has, and offices whose words a report took over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ita_helpers.checks.finished.reading import bare, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.names import type_of

BEFORE = 14
"""Characters before a post in which words say that somebody else's is meant."""


def other_posts(report: Report) -> Iterator[Found]:
    """Yield posts and organs that only another kind of office has, told as the office's own."""
    kinds = section("said.posts")
    mine = kind_of_posts(report)
    for kind in kinds if mine and isinstance(kinds, dict) else ():
        if kind == mine:
            continue
        for passage, place in report.places(said(f"posts.{kind}")):
            text = passage.text
            before = text[max(0, place.start() - BEFORE) : place.start()]
            is_above = kind in label("said.kinds_above").split() and type_of(report.claims.office)
            is_others = said("others_post").search(before) or said("others_post_behind").match(
                text, place.end()
            )
            if is_others or (is_above and place.group().startswith(label("said.governor"))):
                continue
            found = found_at(passage, place, own=report.claims.office)
            yield found.told("post")


def kind_of_posts(report: Report) -> str:
    """Return the kind of the office whose posts are known, an empty string for any other."""
    own = bare(report.claims.office)
    kinds = section("said.posts")
    return next((kind for kind in kinds if own.startswith(tuple(_names(kind)))), "")


def _names(kind: str) -> list[str]:
    return cast(dict[str, str], section("said.kinds_of_posts"))[kind].split()


def taken_over(report: Report) -> Iterator[Found]:
    """Yield offices of any kind whose orders and people a report takes for its own."""
    own = bare(report.claims.office)
    for passage, place in report.places(said("owner")) if own else ():
        name = bare(place["name"])
        is_own = own in name or name.startswith(own) or own.startswith(name)
        kind = said("owner_kind").match(place["name"])
        is_none = kind and said("begins_no_name").match(place["name"], kind.end())
        if is_own or is_none or said("no_owner").match(place["name"]):
            continue
        end = said("owner_ends").search(place["name"], 6)
        found = place["name"][: end.start()] if end else place["name"]
        if bare(found) not in own:
            yield found_in(passage, place.start("name"), found, own=report.claims.office)
