"""Names of organisations: full and short forms, their types, and names shared by several.

An office is identified by its full name, type, district and province. Short names are expanded,
never taken as an identity: many places share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import tidy_text
from ita_helpers.records.organisation import Organisation

LONGEST = 100
"""Characters: no organisation has a longer name, so anything longer is something else."""
_SPACES = re.compile(r"\s+")
_RUNNING_NUMBER = re.compile(r"\(?\d{1,4}(?P<sign>\s*[.):])?\s*(?P<name>[^\d\s.):].*)")
_ABBREVIATED = re.compile(r"(?P<name>.*\S)\s*\((?P<short>[^()]+)\)")
_ABBREVIATION = re.compile(r"[A-Z]{2,8}|(?:[\u0e01-\u0e2e]{1,6}\. ?){1,5}")
_LONG, _GAP = 5, r"(?<=[\s,(])"
_TWO_E, _AE = chr(0x0E40) * 2, chr(0x0E41)
"""What is typed for a vowel, and the vowel."""


@lru_cache(50_000)
def normal(text: str) -> str:
    """Return a name for comparing: without spaces, each mark written in one way.

    >>> normal("อบต.  บางเเค") == normal("อบต.บางแค")
    True
    """
    return _SPACES.sub("", tidy_text(text)).replace(_TWO_E, _AE).casefold()


def tidy(text: str) -> str:
    """Return a name as it is to be written: single spaces, each mark in one way."""
    return " ".join(tidy_text(text).replace(_TWO_E, _AE).split())


def split_name(name: str) -> tuple[str, str, str]:
    """Return a name as lists print it without its running number, its district and its province.

    Only names of local governments are taken apart: other offices may be named after a province.

    >>> split_name("1. อบต.บางแค อ.อัมพวา จ.สมุทรสงคราม")
    ('อบต.บางแค', 'อัมพวา', 'สมุทรสงคราม')
    """
    name = _without_number(tidy(name))
    mark = f"({label('words.made_up_mark')})"
    kind = _kind_before(name)
    bare = name.removeprefix(kind).replace(mark, " ").strip()
    found = _place_behind().fullmatch(bare) if kind else None
    if not found or not (found["district"] or found["province"]):
        return name, "", ""
    made_up = f" {mark}" if mark in name else ""
    return f"{kind}{found['name']}{made_up}", found["district"] or "", found["province"] or ""


def _without_number(name: str) -> str:
    found = _RUNNING_NUMBER.fullmatch(name)
    if not found or not (found["sign"] or _kind_before(found["name"])):
        return name
    return found["name"]


def _kind_before(name: str) -> str:
    """Return the kind of local government a name begins with, in full or short form."""
    kinds = (kind for pair in short_types().items() for kind in pair)
    return next((kind for kind in kinds if name.startswith(kind)), "")


@cache
def _place_behind() -> re.Pattern[str]:
    """Return the pattern of places after a name; short words need a space before them."""
    pieces = []
    for kind in ("district", "province"):
        words = section("organisations.place_words")[kind].split()
        joined = "|".join(
            rf"{'' if len(word) >= _LONG else _GAP}{re.escape(word)}" for word in words
        )
        pieces.append(rf"(?:[\s,(]*(?:{joined})\s*(?P<{kind}>[^\s,()]+?))?")
    return re.compile(rf"(?P<name>[^\s,(][^,(]*?){pieces[0]}{pieces[1]}[\s,)]*")


def in_full(name: str, kind: str = "") -> str:
    """Return the full name for a short one; ``kind`` is the type where the name lacks it.

    >>> in_full("อบต. บางแค")
    'องค์การบริหารส่วนตำบลบางแค'
    >>> in_full("บางกระบือ", "เทศบาลตำบล")
    'เทศบาลตำบลบางกระบือ'
    >>> in_full("เทศบาลตำบล บางกระบือ")
    'เทศบาลตำบลบางกระบือ'
    """
    name = tidy(name)
    kind = full_type(kind)
    for full, short in short_types().items():
        if name.startswith(full):
            return full + name.removeprefix(full).strip()
        rest = name.removeprefix(short)
        if rest != name:
            return full + rest.strip()
    return kind + name if kind in short_types() else name


@lru_cache(50_000)
def identity(name: str, kind: str = "") -> str:
    """Return a name for telling offices apart: in full, without an abbreviation in brackets.

    >>> identity("กองสมมติ (กสม.)") == identity("กองสมมติ"), identity("กอง (ก)") == identity("กอง")
    (True, False)
    """
    full = without_short_name(in_full(name, kind))
    found = _ABBREVIATED.fullmatch(full)
    if found and _ABBREVIATION.fullmatch(found["short"]):
        full = found["name"]
    return normal(full)


def without_short_name(name: str) -> str:
    """Return a name without its own short form in brackets behind it.

    >>> without_short_name("เทศบาลตำบลบางกระบือ (ทต.บางกระบือ)")
    'เทศบาลตำบลบางกระบือ'
    """
    found = _ABBREVIATED.fullmatch(name)
    is_short = found and normal(in_full(found["short"])) == normal(in_full(found["name"]))
    return found["name"] if found and is_short else name


def full_type(kind: str) -> str:
    """Return the full name of a type for its short one; any other as it stands."""
    by_short = {short: full for full, short in short_types().items()}
    return by_short.get(kind.strip(), kind.strip())


def type_of(name: str) -> str:
    """Return the type a full name begins with, or an empty string."""
    return next((kind for kind in short_types() if name.startswith(kind)), "")


def short_name_of(name: str) -> str:
    """Return the usual short form of a full name; a name that has none as it stands.

    >>> short_name_of("องค์การบริหารส่วนตำบลบางแค")
    'อบต.บางแค'
    """
    kind = type_of(name)
    return short_types()[kind] + name.removeprefix(kind).strip() if kind else name


def place_of(name: str) -> str:
    """Return what is left of a name without its type and without its mark of made-up data.

    >>> place_of("องค์การบริหารส่วนตำบลบางแค")
    'บางแค'
    """
    bare = name.removesuffix(f"({label('words.made_up_mark')})")
    return bare.removeprefix(type_of(name)).strip()


def bare_district(text: str) -> str:
    """Return a district without the word before it."""
    return _without_word(text, "district")


def bare_province(text: str) -> str:
    """Return a province without the word before it.

    >>> bare_province("จ. สมุทรสงคราม")
    'สมุทรสงคราม'
    >>> bare_province("กทม.") == bare_province("กรุงเทพฯ") == bare_province("กรุงเทพมหานคร")
    True
    """
    bare = _without_word(text, "province")
    is_capital = normal(bare) in {normal(each) for each in label("words.capital_names").split()}
    return label("words.capital") if is_capital else bare


def bare_ministry(text: str) -> str:
    """Return a ministry without the word before it."""
    return _without_word(text, "ministry")


def search(text: str, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return the organisations a person means by ``text``: code, name, place or part of a name.

    Only the closest kind of match counts: a whole name before a place, a place before a part.
    """
    known = [each for each in organisations if not each.is_reference]
    sought, full = normal(text), normal(in_full(text))
    if not sought:
        return []
    kinds = (
        lambda each: each.code == text.strip().lower(),
        lambda each: normal(each.name) in (sought, full) or normal(each.short_name) == sought,
        lambda each: normal(place_of(each.name)) == sought,
        lambda each: sought in normal(each.name) or sought in normal(each.short_name),
    )
    return next((found for is_meant in kinds if (found := [e for e in known if is_meant(e)])), [])


def _without_word(text: str, kind: str) -> str:
    text = tidy(text)
    for word in section("organisations.place_words")[kind].split():
        if text.startswith(word) and text != word:
            return text.removeprefix(word).strip()
    return text


def short_types() -> dict[str, str]:
    """Return the short form of each type of organisation that its names begin with."""
    return section("organisations.short_types")


def romanised_words() -> dict[str, str]:
    """Return words with irregular romanisation."""
    return section("organisations.romanised")
