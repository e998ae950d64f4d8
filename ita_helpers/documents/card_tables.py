"""Tables of which every cell holds a name and its score, or the level, in a line each."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.documents.cards import told_in_cell
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Table
from ita_helpers.documents.sentence_parts import Context
from ita_helpers.documents.sentences import Sentences


def claims_of_cards(table: Table, sentences: Sentences, context: Context) -> list[Claim]:
    """Return what the cells of a table claim each by itself; nothing of any other table."""
    filled = [cell for row in table.rows for cell in row if cell.text]
    told = [told_in_cell(cell.text, sentences.naming, sentences.level_of) for cell in filled]
    if len(told) < 2 or not all(told):
        return []

    def claims() -> Iterator[Claim]:
        for cell, text in zip(filled, told, strict=True):
            for said in sentences.read(text, context):
                values = (said.points, said.level, said.name, said.of)
                yield Claim(said.code, said.year, cell.spot, text, *values, is_of_table=True)

    return list(claims())
