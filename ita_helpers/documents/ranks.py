"""How ranks are printed: among whom in the words beside one, and the rank itself in its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ita_helpers.documents.patterns import pattern
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.scores import SCOPES

MOST_KEPT = 4096
"""Heads and cells of which is kept what they say of ranks: each row asks for its heads again."""


@dataclass(frozen=True)
class Scope:
    """Among whom a rank is: the ``kind`` of group, and its ``name`` where the words give one."""

    kind: str
    name: str = ""


@lru_cache(MOST_KEPT)
def scope_of(words: str) -> Scope | None:
    """Return among whom the words beside a figure rank it; nothing for words of no rank.

    >>> scope_of("อันดับในจังหวัดลมเย็น"), scope_of("อันดับ (ประเภท)"), scope_of("ลำดับที่")
    (Scope(kind='province', name='ลมเย็น'), Scope(kind='type', name=''), None)
    """
    bare = pattern("figures.year").sub(" ", words)
    found = pattern("ranks.head").search(" ".join(bare.split()))
    return None if found is None else scope_said(found)


@lru_cache(MOST_KEPT)
def group_of(words: str) -> Scope | None:
    """Return the group that words consist of, as beside a rank whose head says no group."""
    found = pattern("ranks.group").fullmatch(" ".join(words.split()))
    return None if found is None else scope_said(found)


@lru_cache(MOST_KEPT)
def is_rank(words: str) -> bool:
    """Whether a head says that there are ranks below or beside it."""
    return bool(pattern("ranks.word").search(words))


@lru_cache(MOST_KEPT)
def is_count(words: str) -> bool:
    """Whether a head beside ranks says among how many they are."""
    return bool(pattern("ranks.count").search(" ".join(words.split())))


@lru_cache(MOST_KEPT)
def rank_of(text: str) -> tuple[int, int] | None:
    """Return a rank and among how many it is (0 where that is not said).

    >>> rank_of("๗๖/๒๑๑"), rank_of("ที่ 1,204 จาก 7,850 แห่ง"), rank_of("3"), rank_of("2.5")
    ((76, 211), (1204, 7850), (3, 0), None)
    """
    found = pattern("ranks.value").fullmatch(" ".join(to_arabic(text).split()))
    if not found:
        return None
    rank, out_of = (int((found[each] or "0").replace(",", "")) for each in ("rank", "out_of"))
    return rank, out_of


def scope_said(found: re.Match[str]) -> Scope:
    """Return the group that a pattern found."""
    kind = next(each for each in SCOPES if found[each])
    name = found["name"].strip(" ()") if found["name"] else ""
    return Scope(kind, "" if name in label("documents.no_group_names").split() else name)
