"""Reading Markdown so that nothing of it vanishes.

What Markdown or HTML would take for markup and then show nowhere stays text: an unused link
definition, a tag that HTML does not know, ``5*3*2``. ``find_vanished`` catches what nobody thought
of: it compares the letters of a source with the result.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache

import mistune
from lxml.html import defs
from mistune.plugins.table import table_in_list, table_in_quote

from ita_helpers.publish.reading.dialects import as_jupyter_reads
from ita_helpers.publish.reading.html import SAFE_LINK
from ita_helpers.publish.reading.html_left_out import DROPPED
from ita_helpers.publish.reading.vanishing import missing_words
from ita_helpers.publish.tree import Block

_NEWER_TAGS = "bdi data del dialog main picture rb rtc s search slot summary template u frame"
KNOWN = frozenset(defs.tags) | DROPPED | frozenset(_NEWER_TAGS.split())
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)(?=[\s/>])[^<>]*>")
_TAG_NAME = re.compile(r"<(\w+)")
_FENCE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_DEFINITION = re.compile(r"^( {0,3})\[(\^?)([^\]\n]+)\]:[ \t]*\n?[ \t]*<?(\S*)", re.MULTILINE)
_DEFINITION_LINE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*\S.*$", re.MULTILINE)
_DIGIT = r"[0-9\u0e50-\u0e59A-Za-z]"
_PRODUCT = re.compile(rf"(?<={_DIGIT})(\*{{1,3}})(?={_DIGIT})")
_LONG_NUMBER = re.compile(r"^([ >]*[0-9]{5,})([.)])(?=\s)", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPEN_COMMENT = re.compile(r"<!--(?!.*?-->)", re.DOTALL)
_DESTINATION = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)")
_NUMBER = re.compile(r"^[ \t>]*\d{1,9}[.)](?=\s)|(?<=[-*+] )\d{1,9}[.)](?=\s)", re.MULTILINE)
_FENCE_LINE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*[A-Za-z0-9+#.-]*[ \t]*$", re.MULTILINE)
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_AWAY = re.compile(r"\ue000([0-9]{1,6})\ue001")
_DRAWN = re.compile(r"<(style|metadata|title|desc)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL)


_PLUGINS = ("table", "strikethrough", "footnotes", "url", "math")


def to_html(source: str) -> str:
    """Return Markdown as HTML, not yet made safe."""
    drawings: list[str] = []
    written = _close(str(_markdown()(_outside_code(as_jupyter_reads(source), drawings))))
    return _AWAY.sub(lambda found: "".join(drawings[int(found[1]) : int(found[1]) + 1]), written)


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(
        renderer=_Renderer(escape=False),
        plugins=[*_PLUGINS, table_in_list, table_in_quote],
    )


class _Renderer(mistune.HTMLRenderer):
    """Renders as text what looks like HTML but is not."""

    def sanitize_url(self, url: str) -> str:
        """Return an address as it is: the HTML reader checks every one."""
        return url

    def inline_html(self, html: str) -> str:
        """Write a tag."""
        return _known_only(html)

    def block_html(self, html: str) -> str:
        """Write a block of HTML."""
        if html.startswith("<!--") and "-->" in html:
            return super().block_html(html)
        if html.startswith(("<!", "<?")):
            return f"<p>{mistune.escape(html.strip())}</p>\n"
        return super().block_html(_known_only(html))


def _known_only(written: str) -> str:
    """Escape the tags that HTML does not know."""

    def tag(found: re.Match[str]) -> str:
        return found.group() if found[1].lower() in KNOWN else mistune.escape(found.group())

    return _TAG.sub(tag, written)


def _close(written: str) -> str:
    """Escape unclosed tags that would swallow all that follows."""
    written = _OPEN_COMMENT.sub("&lt;!--", written)
    begun = {name.lower() for name in _TAG_NAME.findall(written)}
    for name in sorted(DROPPED & begun):
        begins = re.findall(rf"<{name}\b[^<>]*>", written, re.IGNORECASE)
        ends = re.findall(rf"</{name}\s*>", written, re.IGNORECASE)
        if len(begins) > len(ends) and name not in defs.empty_tags:
            written = re.sub(rf"<(?={name}\b)", "&lt;", written, flags=re.IGNORECASE)
    return written


def _outside_code(source: str, drawings: list[str]) -> str:
    """Return the source with what would vanish escaped, code left as it is.

    Drawings are put away: Markdown would take them apart.
    """

    def put_away(found: re.Match[str]) -> str:
        drawings.append(found.group())
        return f"\ue000{len(drawings) - 1}\ue001"

    pieces, at = [], 0
    for found in _code_in(source):
        between = _DRAWING.sub(put_away, source[at : found.start()])
        pieces += [_kept(between, source), found.group()]
        at = found.end()
    return "".join([*pieces, _kept(_DRAWING.sub(put_away, source[at:]), source)])


def _code_in(source: str) -> Iterator[re.Match[str]]:
    at = 0
    while found := min(
        (each for each in (_FENCE.search(source, at), _CODE.search(source, at)) if each),
        key=lambda each: each.start(),
        default=None,
    ):
        yield found
        at = max(found.end(), at + 1)


def _kept(text: str, source: str) -> str:
    text = _DEFINITION.sub(lambda found: _definition(found, source), text)
    text = _LONG_NUMBER.sub(r"\1\\\2", text)
    return _PRODUCT.sub(lambda found: "\\*" * len(found[1]), text)


def _definition(found: re.Match[str], source: str) -> str:
    """Escape what only looks like the definition of a link or note."""
    if _is_used(found, source):
        return found.group()
    return f"{found[1]}\\{found.group()[len(found[1]) :]}"


def _is_used(found: re.Match[str], source: str) -> bool:
    label = re.escape(found[2] + found[3])
    is_referred = re.search(rf"\[{label}\](?!:)", source, re.IGNORECASE)
    return bool(is_referred) and bool(found[2] or SAFE_LINK.match(found[4]))


# -- the guard ------------------------------------------------------------------------------


def find_vanished(source: str, blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the words of Markdown of which letters are in none of the blocks made of it."""
    return missing_words(_visible(as_jupyter_reads(source)), tuple(blocks))


def _visible(source: str) -> str:
    """Return a source without what Markdown and HTML mean to be marks."""
    source = _COMMENT.sub(" ", source)
    source = _DRAWING.sub(lambda found: _DRAWN.sub(" ", found.group()), source)
    used = [found for found in _DEFINITION.finditer(source) if _is_used(found, source)]
    for label in {found[3] for found in used if not found[2]}:
        source = re.sub(rf"\]\[{re.escape(label)}\]", "]", source, flags=re.IGNORECASE)
    for label in {found[3] for found in used if found[2]}:
        source = re.sub(rf"\[\^{re.escape(label)}\]", " ", source, flags=re.IGNORECASE)
    links = {f"[{found[3]}]:" for found in used if not found[2]}
    source = _DEFINITION_LINE.sub(
        lambda line: "" if line.group().lstrip().startswith(tuple(links)) else line.group(), source
    )
    source = _TAG.sub(lambda found: " " if found[1].lower() in KNOWN else found.group(), source)
    source = _DESTINATION.sub("]", source)
    for marks in (_FENCE_LINE, _NUMBER):
        source = marks.sub("", source)
    return html.unescape(source)
