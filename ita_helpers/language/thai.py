"""How numbers and dates are written in Thai papers.

Kept apart from the sentences, because the same few rules hold in words, tables, charts and page
numbers. Inside the program all text has Arabic digits; Thai digits are put in at the end.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Numerals = Literal["thai", "arabic"]

BUDDHIST_ERA = 543
"""A B.E. year is the C.E. year plus this."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)")
"""A number in either digits, with its decimals and thousands."""
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_TO_ARABIC = tuple(zip(THAI_DIGITS, "0123456789", strict=True))
_THAI_DIGIT = re.compile(f"[{THAI_DIGITS}]")
# A run of Latin letters, digits and address signs that holds a letter: O10, E-Service, a URL.
_LATIN_TOKEN = re.compile(r"[0-9_.@:/?=&%#+~-]*[A-Za-z][A-Za-z0-9_.@:/?=&%#+~-]*")
_MARKS = re.compile(r"[\u0e47-\u0e4e]")
_SPACES = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_UNSEEN = [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)]
_TIDY = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_UNSEEN + _CONTROLS, "")
_UNTIDY = re.compile("[{}]".format("".join(map(chr, _TIDY))))
"""What is looked for first: most texts hold none of it, and translating each takes longer."""
_LINE_END = re.compile(r"\r\n?")
_HALF_AM = chr(0x0E4D)
_SPLIT_AM = re.compile(r"\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_SARA_AM = chr(0x0E33)
_VOWEL_FIRST = re.compile(r"([\u0e40-\u0e44])([\u0e01-\u0e2e])")


def to_arabic(text: str) -> str:
    """Return the text with Thai digits written as Arabic ones."""
    if text.isascii() or not _THAI_DIGIT.search(text):
        return text
    for thai, arabic in _TO_ARABIC:  # ``translate`` takes ten times as long
        text = text.replace(thai, arabic)
    return text


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text in Arabic digits.

    >>> numbers_in("๙๒.๘๖ และ 1,250")
    ['92.86', '1,250']
    """
    return NUMBER.findall(to_arabic(text))


def with_numerals(text: str, numerals: Numerals) -> str:
    """Return the text in Thai or Arabic digits, leaving codes and addresses as they are.

    >>> with_numerals("ข้อ O10 ได้ 92.86 คะแนน", "thai")
    'ข้อ O10 ได้ ๙๒.๘๖ คะแนน'
    >>> with_numerals("๙๒.๘๖", "arabic")
    '92.86'
    """
    if numerals == "arabic":
        return to_arabic(text)
    pieces, start = [], 0
    for token in _LATIN_TOKEN.finditer(text):
        pieces += [text[start : token.start()].translate(_TO_THAI), token.group()]
        start = token.end()
    return "".join(pieces) + text[start:].translate(_TO_THAI)


def sort_key(text: str) -> tuple[str, str]:
    """Return what sorts names as Thai dictionaries do: consonants first, tone marks last.

    >>> sorted(["เขาค้อ", "ขาม", "แก่ง", "กา"], key=sort_key)
    ['กา', 'แก่ง', 'ขาม', 'เขาค้อ']
    """
    turned = _VOWEL_FIRST.sub(r"\2\1", text)
    return _MARKS.sub("", turned), turned


def tidy_text(text: str) -> str:
    """Return the text stripped, composed (NFC, sara am) and without what cannot be seen.

    >>> tidy_text("  น\u0e4d\u0e49\u0e32\u00a0ใจ\u200b ")
    'น้ำ ใจ'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if _UNTIDY.search(text):
        text = _LINE_END.sub("\n", text).translate(_TIDY)
    composed = unicodedata.normalize("NFC", text)
    if _HALF_AM in composed:
        composed = _SPLIT_AM.sub(rf"\1{_SARA_AM}", composed)
    return composed.strip()
