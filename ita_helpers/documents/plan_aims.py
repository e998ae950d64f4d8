"""The indicators that a measure is for: by code where its cell is certain, else in its words."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ita_helpers.documents.naming import OVERALL, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import normal, tidy

_LIKE = 0.75
"""How much of what stands behind a number must agree with a name to be a slip of the pen for it."""
_BLANK = "-\u2013\u2014. "
_SAID = ("number", "name")
"""Kinds of tokens of which the codes of indicators say all."""
_DESCRIBED = ("number", "part", "item", "unknown", "description")
"""Kinds of tokens behind which words may describe what the code stands for."""


@dataclass(frozen=True)
class Aims:
    """Indicators and items by code, and the words of the cell where the codes do not say all.

    ``problem`` is why codes are missing: the words are ``aim_unread``, a number and what stands
    beside it are an ``aim_pair`` of different indicators, or a code is none of the year's
    (``aim_code``, with those that are ``unknown``). A measure for all indicators has no code.
    """

    indicators: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    words: str = ""
    problem: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Token:
    """One thing that a cell names; ``is_marked`` if its code can be nothing but a code."""

    kind: str
    codes: tuple[str, ...] = ()
    is_marked: bool = False


class _Unsure(Exception):
    """The meaning of a cell is not certain; the argument is the problem."""


def read_aims(text: str, naming: Naming) -> Aims:
    """Read the cell of a measure's indicators; nothing of an empty one, or one that says "none"."""
    words = tidy(to_arabic(text))
    if not words.strip(_BLANK) or pattern("aims.none").fullmatch(words):
        return Aims()
    try:
        if pattern("aims.except").search(words):
            raise _Unsure("aim_unread")
        return _Cell(words, naming).aims(tidy(text))
    except _Unsure as unsure:
        return Aims(words=tidy(text), problem=str(unsure))


def read_printed_aims(text: str, naming: Naming) -> Aims:
    """Read such a cell of a report, where a number with a dot may be that of its row.

    A cell that cannot be read as a whole may hold an entry on each line.
    """
    whole = _read_printed(text, naming)
    lines = [each for each in text.split("\n") if each.strip()]
    if len(lines) < 2 or not (whole.problem or whole.words):
        return whole
    found = [_read_printed(each, naming) for each in lines]
    if any(each.problem or each.words or not (each.indicators or each.items) for each in found):
        return whole
    indicators = dict.fromkeys(code for each in found for code in each.indicators)
    return Aims(tuple(indicators), tuple(code for each in found for code in each.items))


def _read_printed(text: str, naming: Naming) -> Aims:
    aims = read_aims(text, naming)
    found = pattern("aims.running").match(text)
    if aims.problem != "aim_pair" or not found:
        return aims
    unnumbered = read_aims(text[found.end() :], naming)
    return unnumbered if unnumbered.indicators and not unnumbered.problem else aims


class _Cell:
    """Reads a cell from left to right; commas and words for "and" part its entries."""

    def __init__(self, text: str, naming: Naming) -> None:
        self.text, self.naming, self.rules = text, naming, naming.framework
        self.at = 0
        self.entries: list[list[_Token]] = [[]]
        self.instruments: set[str] = set()
        self.owners = {each.code: each.indicator for each in self.rules.all_sub_indicators}
        self.owners |= self.rules.owners_of_items

    def aims(self, words: str) -> Aims:
        while self.at < len(self.text):
            self._step()
        tokens = [token for entry in self.entries for token in entry]
        unknown = [code for each in tokens if each.kind == "unknown" for code in each.codes]
        codes = [code for entry in self.entries for code in self._codes(entry)]
        items = [code for each in tokens if each.kind == "item" for code in each.codes]
        is_said = codes and all(self._is_said(entry) for entry in self.entries)
        return Aims(
            tuple(dict.fromkeys(codes)),
            tuple(dict.fromkeys(items)),
            "" if is_said and not unknown else words,
            "aim_code" if unknown else "",
            tuple(dict.fromkeys(unknown)),
        )

    def _step(self) -> None:
        """Read what stands at the place: a separator, a token, a filler, or a description."""
        if found := pattern("aims.between").match(self.text, self.at):
            self.entries.append([])
            self.at = found.end()
        elif tokens := self._tokens():
            self.entries[-1] += tokens
        elif found := pattern("aims.filler").match(self.text, self.at):
            self.at = found.end()
        else:
            self._description()

    def _tokens(self) -> list[_Token]:
        return self._all() or self._item() or self._number() or self._named()

    def _all(self) -> list[_Token]:
        found = pattern("aims.all").match(self.text, self.at)
        if not found:
            return []
        self.at = found.end()
        return [_Token("all", (found["count"],) if found["count"] else ())]

    def _item(self) -> list[_Token]:
        found = pattern("aims.item").match(self.text, self.at)
        if not found:
            return []
        self.at = found.end()
        letter, first = found["letter"].lower(), int(found["first"])
        codes = [f"{letter}{each}" for each in _span(first, found["last"])]
        return self._known("item", codes, self.rules.item_codes)

    def _number(self) -> list[_Token]:
        found = pattern("aims.number").match(self.text, self.at)
        if not found:
            return []
        is_marked = bool(found["word"])
        if not is_marked and self._is_after(("item", "description")):
            raise _Unsure("aim_unread")
        self.at = found.end()
        if part := found["part"]:
            return self._known("part", [part], {e.code for e in self.rules.all_sub_indicators})
        codes = list(map(str, _span(int(found["first"]), found["last"])))
        known = {each.code for each in self.rules.indicators.list}
        return self._known("number", codes, known, is_marked=is_marked)

    def _is_after(self, kinds: tuple[str, ...]) -> bool:
        """Whether a bare number may go on with an item, or count something in a description."""
        in_entry = any(each.kind in kinds for each in self.entries[-1])
        return in_entry or any(e.kind == "item" for entry in self.entries for e in entry)

    def _known(
        self,
        kind: str,
        codes: list[str],
        known: Container[str],
        *,
        is_marked: bool = True,
    ) -> list[_Token]:
        """Return tokens of the codes that the year has, and of those it does not have."""
        of_year = tuple(each for each in codes if each in known)
        others = tuple(each for each in codes if each not in known)
        tokens = [_Token(kind, of_year, is_marked)] if of_year else []
        return [*tokens, *([_Token("unknown", others, is_marked)] if others else [])]

    def _named(self) -> list[_Token]:
        """Return the instrument or indicator whose name stands at the place."""
        rest = self.text[self.at :]
        mention = next(iter(self.naming.mentions(rest)), None)
        if mention is None or mention.start:
            return []
        self.at += mention.end
        (code, *_) = mention.codes
        if code == OVERALL:
            return [_Token("filler" if mention.is_weak else "all")]
        kind = "name" if self.rules.find_indicator(code) else "instrument"
        return [_Token(kind, (code if kind == "name" else self._instrument(code),))]

    def _instrument(self, code: str) -> str:
        owner = self.rules.part_owner(code)
        return owner.code if owner else code

    def _description(self) -> None:
        """Pass over words behind a code that only describe it; others are not understood."""
        found = pattern("aims.description").match(self.text, self.at)
        before = self.entries[-1][-1] if self.entries[-1] else None
        if not found or before is None or before.kind not in _DESCRIBED:
            raise _Unsure("aim_unread")
        self.at = found.end()
        name = self._like(found.group()) if before.kind == "number" else ""
        if name and name in before.codes:
            return
        if name or not before.is_marked:
            raise _Unsure("aim_pair" if name else "aim_unread")
        self.entries[-1].append(_Token("description", is_marked=True))

    def _like(self, text: str) -> str:
        """Return the indicator whose name some words are, but for a slip of the pen."""
        alike = get_close_matches(normal(text), self.naming.by_name, 1, _LIKE)
        return self.naming.by_name[alike[0]] if alike else ""

    def _codes(self, entry: list[_Token]) -> list[str]:
        """Return the indicators of an entry: those it names, else those of its instruments."""
        instruments = [code for each in entry if each.kind == "instrument" for code in each.codes]
        self.instruments |= set(instruments)
        self._check(entry, is_of_instrument=bool(instruments))
        named = list(self._named_in(entry))
        whole = [each.code for code in instruments for each in self.rules.indicators_of(code)]
        self._check_all(entry, named, whole)
        is_part = any(each.kind in ("unknown", "item") for each in entry)
        return named or ([] if is_part else whole)

    def _named_in(self, entry: list[_Token]) -> Iterator[str]:
        for each in entry:
            if each.kind in _SAID:
                yield from each.codes
            elif each.kind in ("item", "part"):
                yield from (self.owners[code] for code in each.codes if code in self.owners)

    def _check(self, entry: list[_Token], *, is_of_instrument: bool) -> None:
        """Refuse an entry whose number, name, item and instrument are not of one indicator."""
        numbers = {code for each in entry if each.kind == "number" for code in each.codes}
        for each in entry:
            named = set(self._named_in([each]))
            owners = {self.rules.indicator(code).instrument for code in named}
            if each.kind == "item":
                owners |= {f"{code[0].upper()}IT" for code in each.codes}
            is_foreign = is_of_instrument and bool(owners - self.instruments)
            if is_foreign or (numbers and named - numbers):
                raise _Unsure("aim_pair")

    def _check_all(self, entry: list[_Token], named: list[str], whole: list[str]) -> None:
        """Refuse "all" beside some of them, and a count of "all" that is not theirs."""
        alls = [each for each in entry if each.kind == "all"]
        if not alls:
            return
        is_beside_others = bool(named) or (not whole and sum(map(bool, self.entries)) > 1)
        count = str(len(whole or self.rules.indicators.list))
        if is_beside_others or any(each.codes not in ((), (count,)) for each in alls):
            raise _Unsure("aim_unread")

    def _is_said(self, entry: list[_Token]) -> bool:
        """Whether the codes of an entry say all of it: an instrument beside them says no more."""
        kinds = {each.kind for each in entry} - {"filler"}
        return kinds <= {*_SAID, "instrument"} and kinds != {"instrument"}


def _span(first: int, last: str | None) -> range:
    """Return the numbers from the first to the last one of a range."""
    if last and int(last) <= first:
        raise _Unsure("aim_unread")
    return range(first, int(last or first) + 1)
