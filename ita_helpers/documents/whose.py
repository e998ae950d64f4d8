"""Whose report a document is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ita_helpers.documents.document import Document
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.year_told import texts_of
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.names import full_type, in_full, short_types, tidy, type_of

TITLE, COVER = 15, 5
"""Texts from the top among which a report says what it is, and on whose first it surely does."""
LONGEST_TITLE = 140
"""Letters: a longer text near the top is a sentence, in which others may be named."""
SHORTEST_NAME = 9
"""Letters of the name of an office, in which no sentence begins."""
MOST_KEPT = 8192
"""Texts of which is kept which local governments they name."""
MANY = 4
"""The weight of a province that is named as the office, its places in the report included."""
IN_A_LIST = 2
"""Offices beside which one that is named once is one of a list."""
CUT = chr(0x0E2F)
"""The sign behind a name that is cut."""
_FIGURE = re.compile(r"\d{2}\.\d\d")
FEWEST, SHARE = 3, 0.4
"""A second office is one that is named so often, and so often beside the first."""


@dataclass(frozen=True)
class Whose:
    """An office as the report names it; text that it does not say is empty.

    ``others`` are further offices that it is as much about; of a list, all that it names.
    """

    name: str = ""
    type: str = ""
    district: str = ""
    province: str = ""
    others: tuple[str, ...] = ()


def _place_weight(number: int) -> int:
    return 6 if number < COVER else 3 if number < TITLE else 1


def whose(document: Document) -> Whose:
    """Return the office of a report: the one that it names most, its title first."""
    texts = list(texts_of(document))
    named = Counter[str]()
    for number, text in enumerate(texts):
        for name in names_in(text):
            named[name] += _place_weight(number)
    other = Whose() if any(_names_local(each) for each in texts[:TITLE]) else _other_kind(texts)
    if not named or other.name:
        return other
    counts = {name: _counted(name, named) for name in named}
    best = _whole(max(counts, key=lambda name: (counts[name], len(name))), named)
    mark = f" ({label('words.made_up_mark')})"
    full = in_full(best) + (mark if any(f"{best}{mark}" in each for each in texts) else "")
    most = max(counts.values())
    if _is_one_of_a_list(texts, best, named) or _is_one_of_a_province(texts, counts):
        return Whose(others=tuple(named))
    others = (n for n, c in counts.items() if c >= max(FEWEST, SHARE * most))
    apart = {each for each in others if not (each.startswith(best) or best.startswith(each))}
    district, province = _place(texts, best)
    return Whose(full, type_of(full), district, province, tuple(sorted(apart)))


def _names_local(text: str) -> bool:
    """Whether a text of the title names a local government, and is no sentence of the report."""
    return len(text) < LONGEST_TITLE and any(True for _ in names_in(text))


def _is_one_of_a_list(texts: list[str], best: str, named: Iterable[str]) -> bool:
    """Whether the office named most is one of several that a list names, each of them once."""
    where = [text for text in texts if any(name.startswith(best) for name in names_in(text))]
    is_title = where[0] in texts[:2] and len(list(names_in(where[0]))) == 1
    return len(where) == 1 and not is_title and len({n for n in named if n != best}) >= IN_A_LIST


def _is_one_of_a_province(texts: list[str], counts: dict[str, int]) -> bool:
    """Whether the title is that of a province, and many offices are named as often as any."""
    title = texts[:2]
    is_of_office = any(True for text in title for _ in names_in(text))
    is_of_province = any(pattern("whose.province_itself").search(text) for text in title)
    often = [each for each in counts.values() if 2 * each >= max(counts.values())]
    return is_of_province and not is_of_office and len(often) > IN_A_LIST


@cache
def _kinds() -> tuple[str, ...]:
    """Return what one of stands in every text that names a local government."""
    return tuple({each.rstrip(".") for pair in short_types().items() for each in pair})


@cache
def _named() -> re.Pattern[str]:
    kinds = sorted((k for pair in short_types().items() for k in pair), key=len, reverse=True)
    joined = "|".join(map(_kind, kinds))
    mark = re.escape(label("words.made_up_mark"))
    joins = "|".join(label("documents.joins").split())
    places = "|".join(label("documents.place_words").split())
    ends = rf"(?:{joins}) ?(?:{joined})|{places}"
    name = rf"(?:(?!{ends})[\u0e01-\u0e4e]){{2,40}}(?:-[\u0e01-\u0e4e]{{2,20}})?"
    not_one = label("documents.whose.no_kind")
    return compiled(rf"{not_one}(?P<kind>{joined}) ?(?P<name>{name})(?P<mark> \({mark}\))?")


def _kind(kind: str) -> str:
    """Return a pattern of a kind; without its dot an abbreviation stands in other words too."""
    known = re.escape(kind)
    return rf"{known}|(?<![\u0e01-\u0e4e]){known[:-2]}" if kind.endswith(".") else known


def names_in(text: str) -> Iterator[str]:
    """Yield the names of local governments in a text, with whatever is written on to them."""
    return iter(_names_in(text))


@lru_cache(MOST_KEPT)
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(_read_names(text))


def _read_names(text: str) -> Iterator[str]:
    is_there = any(map(text.__contains__, _kinds()))
    speaks = pattern("whose.speaks")
    for found in _named().finditer(text) if is_there else ():
        if speaks.match(found["name"]):
            continue
        kind = full_type(found["kind"].rstrip(".") + ("." if len(found["kind"]) < 6 else ""))
        yield f"{kind}{found['name']}"


def _counted(name: str, named: Counter[str]) -> int:
    """Return how often a name stands in a report, words written on to it included."""
    return sum(count for other, count in named.items() if other.startswith(name))


def _whole(name: str, named: Counter[str]) -> str:
    """Return a name, or the longer one of which it is the part before a blank in a word.

    The longer one then stands alone more often than the part does, and is no sentence.
    """
    ends = pattern("whose.name_ends")
    longer = (
        other
        for other in named
        if other.startswith(name)
        and named[other] > named[name]
        and not ends.match(other, len(name))
    )
    return max(longer, key=lambda other: named[other], default=name)


def _place(texts: Iterable[str], name: str) -> tuple[str, str]:
    """Return district and province as they stand behind the name, or on a line soon after."""
    near = 0
    found = {"district": "", "province": ""}
    for text in texts:
        is_named = name in text.replace(" ", "") or name in text or name in names_in(text)
        near = 3 if is_named else near - 1
        if near <= 0:
            continue
        for key in found:
            place = pattern(f"whose.{key}").search(text)
            if place and not found[key]:
                found[key] = place["name"]
        if not found["province"] and pattern("whose.capital").search(text):
            found["province"] = label("words.capital")
        if all(found.values()):
            break
    return found["district"], found["province"]


def _other_kind(texts: list[str]) -> Whose:
    """Return the office of another kind that the title names, the one named most."""
    named: Counter[str] = Counter()
    kinds = label("documents.office_starts").split()
    for number, text in enumerate(texts[: 2 * TITLE]):
        bare = tidy(pattern("whose.before_name").sub("", text))
        for found in pattern("whose.other_office").finditer(bare):
            if pattern("whose.of_many").search(bare, 0, found.start("name")):
                continue
            name = pattern("whose.office_of_province").sub("", _without_sentence(found["name"]))
            name += _more_of_area(bare, found.start("name"))
            named[name] += (2 if number < COVER else 1) if name not in kinds else 0
    _give_to_full_names(named)
    whole = "\n".join(texts)
    counts = {name: whole.count(name) + weight for name, weight in named.items() if weight}
    likely = {name: count for name, count in counts.items() if not _is_national(name)}
    listed = [each for each in likely if _is_scored_among_others(texts, each, likely)]
    likely = {name: count for name, count in likely.items() if name not in listed}
    best = max(likely, key=lambda name: (likely[name], len(name)), default="")
    if likely.get(best, 0) > 2:
        return _province(texts) if _is_of_another_province(best, texts) else Whose(best)
    alone = _office_alone(texts)
    told = alone if alone.name else _province(texts)
    return told if told.name else Whose(others=tuple(listed))


def _give_to_full_names(named: Counter[str]) -> None:
    """Give what names that are cut by the sign for it have to the full one that begins so."""
    for name in [each for each in named if each.endswith(CUT)]:
        begun = [each for each in named if each != name and each.startswith(name.rstrip(CUT))]
        if begun:
            named[max(begun, key=lambda each: (named[each], len(each)))] += named.pop(name)


def _is_scored_among_others(texts: list[str], name: str, named: Iterable[str]) -> bool:
    """Whether the one text that names an office, once, tells the scores of several."""
    where = [text for text in texts if name in text]
    if len(where) != 1 or where[0].count(name) > 1:
        return False
    others = {each for each in named if each in where[0]} - {name}
    return len(others) >= IN_A_LIST < len(_FIGURE.findall(where[0]))


def _more_of_area(text: str, start: int) -> str:
    """Return the provinces by which an area of schools is named, behind the first one."""
    area = _school_area().match(text, start)
    return area["more"] if area else ""


@cache
def _school_area() -> re.Pattern[str]:
    known = "|".join(map(re.escape, section("provinces.letters")))
    return compiled(label("documents.whose.school_area").replace("PROVINCES", known))


def _without_sentence(name: str) -> str:
    """Return the name of an office without the sentence that is written on to it."""
    end = pattern("whose.name_ends").search(name, SHORTEST_NAME)
    return (name[: end.start()] if end else name).strip()


def _province(texts: list[str]) -> Whose:
    """Return the province that the title names and the report most, if no office is named."""
    named = Counter[str]()
    for number, text in enumerate(texts):
        for found in pattern("whose.province_itself").finditer(text):
            name = _without_sentence(found["name"])
            named[name] += 3 if number < COVER else 1
    whole = "\n".join(texts)
    counts = {name: count + whole.count(name) for name, count in named.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return Whose(best) if counts.get(best, 0) > MANY else Whose()


def _is_of_another_province(office: str, texts: list[str]) -> bool:
    """Whether the office of a province is that of another one than the report names most."""
    start = label("words.province_office")
    best = _province(texts).name
    return office.startswith(start) and bool(best) and not office.endswith(best)


def _office_alone(texts: list[str]) -> Whose:
    """Return the office of another kind that a line of the title consists of."""
    starts = tuple(label("documents.office_starts").split())
    for text in texts[: 2 * TITLE]:
        bare = tidy(pattern("whose.before_name").sub("", text))
        is_unit = pattern("whose.inner_unit").match(bare) or pattern("whose.no_office").match(bare)
        is_name = bare.startswith(starts) and len(bare) < 80 and not re.search(r"\d", bare)
        if is_name and not is_unit:
            return Whose(bare)
    return Whose()


def _is_national(name: str) -> bool:
    """Whether a name is that of an office to which any report may be addressed."""
    return name.startswith(tuple(label("documents.national").split()))
