"""What parts of a report promise: words under a heading, a table that is named, a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.reading import pattern, said
from ita_helpers.checks.finished.report import Passage, Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in, found_in_cell
from ita_helpers.documents.document import Line, Table

FEWEST = 2
"""Tables beside their captions in a report whose captions are held against what it has."""
NEAR = 2
"""Blocks behind a caption among which its table stands, if it does not stand right before."""


def unfilled(report: Report) -> Iterator[Found]:
    """Yield numbered headings with nothing before the next one of a higher rank, or the end."""
    blocks = report.document.blocks
    filled: set[str] = set()
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if not isinstance(block, Line) or not block.level:
            continue
        text = squeezed(block.text)
        if not (heading := pattern("section_heading").fullmatch(text)):
            continue
        number = heading["number"].rstrip(".")
        is_empty = _before(number) in filled if following is None else _begins(following, block)
        if is_empty:
            yield Found(block.spot, text, text)
        else:
            filled.add(number)


def _begins(following: Line | Table, heading: Line) -> bool:
    """Whether a part of a higher rank than a heading's begins."""
    if isinstance(following, Table) or not 0 < following.level < heading.level:
        return False
    return bool(pattern("part_heading").match(squeezed(following.text)))


def unfilled_names(report: Report) -> Iterator[Found]:
    """Yield headings without a number that are followed at once by another of the same rank.

    Such a one has words under it elsewhere, so that it is no line of a title.
    """
    lines = [each if isinstance(each, Line) else None for each in report.document.blocks]
    pairs = [(one, other) for one, other in pairwise((*lines, None)) if one and one.level > 1]
    filled = Counter(one.level for one, other in pairs if not other or not other.level)
    for one, other in pairs:
        if other and one.level == other.level and filled[one.level] > FEWEST:
            text = squeezed(one.text)
            numbered = (pattern("numbered_part").match(squeezed(e.text)) for e in (one, other))
            if not any(numbered):
                yield Found(one.spot, text, text)


def _before(number: str) -> str:
    """Return the number of the heading before one, of the same rank."""
    above, dot, last = number.rpartition(".")
    return f"{above}{dot}{int(last) - 1}"


def without_table(report: Report) -> Iterator[Found]:
    """Yield captions of tables that have none, where others have theirs beside them.

    Those of a list of tables come again.
    """
    blocks = report.document.blocks
    named = {
        at: (block, caption["number"])
        for at, block in enumerate(blocks)
        if isinstance(block, Line)
        and (caption := pattern("table_caption").fullmatch(squeezed(block.text)))
    }
    tables = {at for at, block in enumerate(blocks) if isinstance(block, Table)}
    above = {at for at in named if tables & {*range(at + 1, at + 1 + NEAR)}}
    free = {at for at in tables if not above & {*range(at - NEAR, at)}}
    alone = [at for at in named if at not in above and at - 1 not in free]
    last = {number: at for at, (_, number) in named.items()}
    for at in alone if len(named) - len(alone) >= FEWEST else ():
        line, number = named[at]
        if last[number] == at:
            yield Found(line.spot, squeezed(line.text), squeezed(line.text))


def captions_twice(report: Report) -> Iterator[Found]:
    """Yield captions right above tables with the number of the table before."""
    number, told = "", ""
    for line, table in pairwise(report.document.blocks):
        if not isinstance(line, Line) or not isinstance(table, Table):
            continue
        text = squeezed(line.text)
        caption = pattern("table_caption").fullmatch(text)
        if not caption or pattern("goes_on").search(text):
            continue
        if caption["number"] == number and text != told:
            right = str(int(caption["number"]) + 1)
            yield Found(line.spot, text, text, {"right": right}, "caption")
        number, told = caption["number"], text


def entries_of_other_parts(report: Report) -> Iterator[Found]:
    """Yield entries with the number of another part than they stand in, between those of its own.

    Such a one counts on to the next, or from the one before, of the part they are in; and none
    beside it is of the part it names, nor may it be the first of that.
    """
    part, listed = "", list[tuple[Passage, str, str, int]]()
    for passage in report.lines:
        if entry := pattern("counted_entry").match(passage.text):
            listed.append((passage, part, entry["part"], int(entry["number"])))
        elif heading := pattern("section_heading").fullmatch(passage.text):
            part = heading["number"].rstrip(".")
    around = zip((None, *listed), listed, (*listed[1:], None), strict=False)
    for one, (passage, part, told, number), other in around:
        own = {e[3] for e in (one, other) if e and e[1] == part == e[2]}
        is_of_theirs = number == 1 or any(e and e[2] == told for e in (one, other))
        if not part.isdigit() or told == part or is_of_theirs:
            continue
        if own & {number - 1, number + 1}:
            right = f"{part}.{number}"
            yield found_in(passage, 0, f"{told}.{number}", right=right).told("part")


def missing_tables(report: Report) -> Iterator[Found]:
    """Yield tables that a sentence refers to and the report does not have."""
    known = {
        int(caption["number"])
        for each in report.lines
        if (caption := pattern("table_caption").fullmatch(each.text))
    }
    if len(known) < FEWEST or known != set(range(1, max(known) + 1)):
        return
    for passage, place in report.find("table_named"):
        is_caption = passage.text.startswith(place.group())
        is_own = not pattern("of_another_paper").match(passage.text, place.end())
        if int(place["number"]) > max(known) and is_own and not is_caption:
            facts = {"last": max(known)}
            yield found_at(passage, place, **facts).told("named")


def counted_twice(report: Report) -> Iterator[Found]:
    """Yield entries with the number of the one before them, where the others count on."""
    last: dict[str, tuple[int, int, str]] = {}
    for passage in report.lines:
        entry = pattern("counted_entry").match(passage.text)
        if not entry:
            continue
        part, number, words = entry["part"], int(entry["number"]), entry["words"]
        before, run, told = last.get(part, (0, 0, ""))
        if number == before and run >= FEWEST and words != told:
            right = f"{part}.{number + 1}"
            yield found_in(passage, 0, f"{part}.{number}", right=right)
        last[part] = (number, run + 1 if number == before + 1 else 0, words)


def rows_counted_wrong(report: Report) -> Iterator[Found]:
    """Yield the one row of a plan whose number is not that of its place."""
    for table in report.tables:
        head = heads_of(table)
        is_plan = head and said("head_of_order").fullmatch(head[0])
        if not is_plan or not any(said("head_of_measures").search(each) for each in head[1:]):
            continue
        cells = [row[0] for row in table.rows[1:] if row and not row[0].is_continued]
        told = [squeezed(each.text).rstrip(".)") for each in cells]
        wrong = [at for at, each in enumerate(told) if each != str(at + 1)]
        if len(wrong) != 1 or not told[wrong[0]].isdigit() or not wrong[0]:
            continue
        at = wrong[0]
        if told[at] == told[at - 1] or at + 1 < len(told):
            yield found_in_cell(cells[at], right=str(at + 1)).told("row")
