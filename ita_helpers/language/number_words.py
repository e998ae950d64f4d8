"""Numbers as Thai writes them in words: "สองร้อยเจ็ดสิบเจ็ด"."""

from __future__ import annotations

import re
from functools import cache

from ita_helpers.language.catalogue import label

_DIGITS = re.compile(r"\d[\d,]*")


def number_of(written: str) -> int:
    """Return a number in digits, with or without commas, or in words; 0 for no number.

    >>> number_of("1,124"), number_of("สิบเอ็ด"), number_of("ยี่สิบ"), number_of("เจ็ดร้อยแปด")
    (1124, 11, 20, 708)
    >>> number_of("หนึ่งพันสองร้อย"), number_of("หลาย")
    (1200, 0)
    """
    bare = written.strip()
    if _DIGITS.fullmatch(bare):
        return int(bare.replace(",", ""))
    ones, places = _words()
    told, whole = 0, 0
    for each in _parts().finditer(bare):
        word = each.group()
        if word in ones:
            told = ones[word]
        else:
            whole += (told or 1) * places[word]
            told = 0
    return whole + told if _parts().sub("", bare) == "" else 0


@cache
def _words() -> tuple[dict[str, int], dict[str, int]]:
    ones = {word: at for at, word in enumerate(label("number_words.ones").split(), start=1)}
    ones |= {label("number_words.one_behind"): 1, label("number_words.two_before_ten"): 2}
    places = label("number_words.places").split()
    return ones, {word: 10**at for at, word in enumerate(places, start=1)}


@cache
def _parts() -> re.Pattern[str]:
    ones, places = _words()
    return re.compile("|".join(sorted((*ones, *places), key=len, reverse=True)))
