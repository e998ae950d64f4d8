"""Making every glyph of a finished PDF map to its own letters.

typst gives a glyph the text of the whole cluster in which it first occurred (ค says ค์) and
corrects the other places with an ``ActualText``, which half of the readers ignore; a cluster whose
tone mark is shifted is read twice. Here glyphs are identified by the clusters that have as many
glyphs as letters, the fonts' maps are rewritten, and an ``ActualText`` stays only around a cluster
of several glyphs. Nothing drawn changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import zip_longest

from ita_helpers.publish.pdf.objects import Objects
from ita_helpers.publish.pdf.texts import Cluster, Key, Page, Texts

WORD_JOINER = "\u2060"
AM, NIKHAHIT, AA = map(chr, (0x0E33, 0x0E4D, 0x0E32))
_TONE = r"[\u0e48-\u0e4b]?"
_WHOLE_AM = re.compile(f"({_TONE}){AM}")
_SPLIT_AM = re.compile(f"({_TONE}){NIKHAHIT}({_TONE}){AA}")

STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")

Glyphs = tuple[int, ...]
Letters = Mapping[int, str]
"""What each glyph of a font says."""


Said = tuple[Key, str, Glyphs]
"""A text with an ``ActualText``: its font, what it says, and its glyphs."""


def say_own_letters(objects: Objects, pages: Sequence[Page], texts: Texts) -> list[bytes]:
    """Rewrite the fonts' maps of a file of typst's, which has these pages and texts.

    Return what each cluster of the texts begins with then; nothing where its glyph says it all.
    """
    clusters = texts.clusters()
    places = {key: objects.named(key, b"ToUnicode") for key in texts.fonts_used}
    maps = {key: objects.content(place) for key, place in places.items()}
    letters = _learn(_count(pages, clusters), maps)
    for key, place in places.items():
        objects.put_content(place, _map(maps[key], letters[key]))
    say = cache(partial(_what_to_say, letters))
    return [say(*each) for own in clusters for each in own]


@lru_cache(maxsize=4_000)
def _glyphs_of(drawn: bytes) -> Glyphs:
    return sum(map(codes_of, STRING.findall(drawn)), ())


def _what_to_say(letters: Mapping[Key, Letters], font: Key, written: bytes, drawn: bytes) -> bytes:
    """Return the beginning of a cluster that must state its text; nothing if its glyph does.

    A cluster with fewer glyphs than letters is a part: the others are drawn elsewhere.
    """
    said, glyphs = _text(written), _glyphs_of(drawn)
    own = _own_text(glyphs, letters[font])
    if own and own in said:
        said = own
    if said == own and len(glyphs) == 1:
        return b""
    return b"/Span<</ActualText<FEFF%s>>>BDC" % _hex(said)


def _learn(counted: Mapping[Said, int], maps: Mapping[Key, bytes]) -> dict[Key, dict[int, str]]:
    """Return what each glyph says: what its font's map says where that is one letter.

    Else what it stands for in most of the clusters that have as many glyphs as letters (the parts
    of a cluster drawn in several count as one), or what the other glyphs of its cluster leave.
    """
    letters = _by_place(counted)
    for key, cmap in maps.items():
        letters[key] |= {
            int(glyph, 16): _text(text) for glyph, text in _MAPPED.findall(cmap) if len(text) == 4
        }
        _learn_by_first_use(key, cmap, counted, letters[key])
    for font, said, glyphs in counted:
        unknown = [glyph for glyph in glyphs if glyph not in letters[font]]
        if len(unknown) == 1 and (left := _left_for(unknown[0], glyphs, said, letters[font])):
            letters[font][unknown[0]] = left
    begun = {(font, said): _own_text(glyphs, letters[font]) for font, said, glyphs in counted}
    for key, cmap in maps.items():
        for glyph, text in ((int(each, 16), _text(said)) for each, said in _MAPPED.findall(cmap)):
            start = begun.get((key, text), "")
            if glyph not in letters[key] and start and text.startswith(start) and text != start:
                letters[key][glyph] = text[len(start) :]
    return letters


def _learn_by_first_use(
    font: Key, cmap: bytes, counted: Iterable[Said], letters: dict[int, str]
) -> None:
    """Learn the glyphs of a cluster that occurs once in the file: they are numbered as drawn.

    The mark that is drawn apart has no cluster of its own there, since the map says it all.
    """
    first: defaultdict[str, list[int]] = defaultdict(list)
    for glyph, said in _MAPPED.findall(cmap):
        first[_text(said)].append(int(glyph, 16))
    for text, numbered in first.items():
        unknown = [each for each in numbered if each not in letters]
        if not unknown:
            continue
        drawn = {
            each for key, said, all_ in counted if (key, said) == (font, text) for each in all_
        }
        known = Counter(letters[each] for each in drawn.union(numbered) if each in letters)
        left = [letter for letter in _apart(text) if letter not in known]
        if len(left) == len(unknown):
            letters |= zip(unknown, left, strict=True)


def _left_for(unknown: int, glyphs: Glyphs, said: str, letters: Letters) -> str:
    """Return what a cluster's known glyphs leave for the remaining one; tone marks go first."""
    place, apart = glyphs.index(unknown), _apart(said)
    before = "".join(letters[each] for each in glyphs[:place])
    after = "".join(letters[each] for each in glyphs[place + 1 :])
    if not (apart.startswith(before) and apart.endswith(after)):
        return ""
    left = apart[len(before) : len(apart) - len(after)]
    return left[::-1] if left[:1] == NIKHAHIT else left


def _count(pages: Sequence[Page], texts: Sequence[Sequence[Cluster]]) -> Counter[Said]:
    """Return how often each cluster occurs, and two that may be parts of one."""
    written: Counter[Cluster] = Counter()
    times = Counter(text for page in pages for text in page.texts)
    for page in pages:
        last = None
        for text in page.texts:
            if not (clusters := texts[text]):
                continue
            font, said, drawn = clusters[0]
            if last and said == last[1] and font == last[0]:
                written[font, said, last[2] + drawn] += 1
            if count := times.pop(text, 0):
                for each in _wholes(clusters):
                    written[each] += count
            last = clusters[-1]
    counted: Counter[Said] = Counter()
    for (font, said, drawn), count in written.items():
        counted[font, _text(said), _glyphs_of(drawn)] += count
    return counted


def _wholes(clusters: Sequence[Cluster]) -> Iterator[Cluster]:
    for cluster, following in zip_longest(clusters, clusters[1:]):
        yield cluster
        if following and following[:2] == cluster[:2]:
            yield *cluster[:2], cluster[2] + following[2]


def _by_place(counted: Mapping[Said, int]) -> defaultdict[Key, dict[int, str]]:
    seen: defaultdict[tuple[Key, int], Counter[str]] = defaultdict(Counter)
    for (font, said, glyphs), count in counted.items():
        if len(apart := _apart(said)) == len(glyphs):
            for glyph, letter in zip(glyphs, apart, strict=True):
                seen[font, glyph][letter] += count
    letters: defaultdict[Key, dict[int, str]] = defaultdict(dict)
    for (font, glyph), found in seen.items():
        letters[font][glyph] = found.most_common(1)[0][0]
    return letters


def _apart(said: str) -> str:
    """Return a text with สระอำ as its two marks, in the order in which they are drawn."""
    return _WHOLE_AM.sub(rf"{NIKHAHIT}\1{AA}", said)


def _own_text(glyphs: Glyphs, letters: Letters) -> str:
    """Return what glyphs say by themselves; nothing where one of them is not known."""
    said = [letters.get(glyph, "") for glyph in glyphs]
    return _SPLIT_AM.sub(rf"\1\2{AM}", "".join(said)) if all(said) else ""


def _map(cmap: bytes, letters: Letters) -> bytes:
    """Return a font's map with the letters that glyphs say."""

    def entry(mapped: re.Match[bytes]) -> bytes:
        letter = letters.get(int(mapped[1], 16))
        return b"<%s> <%s>" % (mapped[1], _hex(letter) if letter else mapped[2])

    return _MAPPED.sub(entry, cmap)


@cache
def codes_of(string: bytes) -> Glyphs:
    """Return the glyphs of a string as it is written: two bytes each."""
    content = _ESCAPED.sub(_unescape, string)
    return tuple(int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2))


def _unescape(escaped: re.Match[bytes]) -> bytes:
    code = escaped[1]
    return bytes([int(code, 8)]) if code.isdigit() else _ESCAPES.get(code, code)


@cache
def _text(written: bytes) -> str:
    said = bytes.fromhex(written.decode()).decode("utf-16-be")
    return said.replace(WORD_JOINER, "") or said


@cache
def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()
