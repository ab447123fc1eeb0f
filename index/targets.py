"""Targets that stand in another row than their study does.

A title often names the gene it is about, but never all that a study found, so a target that the title leaves out says
nothing. It does where two rows are strange to their studies and each misses what the other has: then cells moved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.records import Cell, TableRow
from index.names import find_names
from index.studies import STUDY_COLUMN, Study
from index.tokens import without

_HEADER: Final = re.compile(r".*(?:target|gene\b|mechanism|pathway|signal)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][^\W_]{1,9}(?:-\d{1,2})?(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Stray:
    """A target that its row's study does not name, while another row's does, or names what stands in another row.

    Attributes:
        cell: where the target stands.
        place: which of the row's studies speaks against it.
        genes: what that study's title names instead, as written, in order.
    """

    cell: Cell
    place: int
    genes: tuple[str, ...]


def find_strays(
    rows: Sequence[TableRow], cited: Mapping[str, Sequence[Study]], titles: Mapping[str, int]
) -> dict[str, Stray]:
    """The targets that stand in another row than their study does, by the row's id.

    A row is strange where its target cell shares no gene with the titles and sentences of its studies, and one of
    these titles names genes that the row does not. A gene that one title alone of the list names, and that one strange
    row has and another lacks, has moved; two such moves that share a row put their rows out of place.

    Args:
        cited: the studies of each row, by the row's id.
        titles: how many titles of the list name a gene, by its folded symbol.
    """
    strange = {row.id: stray for row in rows if (stray := _strange(row, cited[row.id]))}
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for row_id, stray in strange.items():
        for gene in genes(" ".join(stray.genes)):
            if titles.get(gene) == 1:
                lacking[gene].append(row_id)
    moves = [
        (row_id, other) for row_id, stray in strange.items() for gene in genes(stray.cell.text)
        for other in lacking.get(gene, ())
    ]  # fmt: skip
    times = Counter(row_id for move in moves for row_id in move)
    # one move may be chance; two that share a row are rows that changed places, or slid
    sure = {row_id for move in moves for row_id in move if max(times[one] for one in move) > 1}
    return {row_id: stray for row_id, stray in strange.items() if row_id in sure}


def _strange(row: TableRow, cited: Sequence[Study]) -> Stray | None:
    cell = next((cell for cell in row.cells if _HEADER.match(cell.header) and genes(cell.text)), None)
    if cell is None:
        return None
    named = [genes(study.entry.title or "") for study in cited]
    told = {gene for study in cited for mention in study.mentions for gene in genes(mention.text)}
    if told.union(*named) & genes(cell.text).keys():
        return None
    here = {gene for other in row.cells if not STUDY_COLUMN.fullmatch(other.header) for gene in genes(other.text)}
    for place, title in enumerate(named):
        if title and not title.keys() & here:
            return Stray(cell, place, tuple(title.values()))
    return None


def genes(text: str) -> dict[str, str]:
    """What is written like a gene's symbol (`PTEN`, `Hipk2`, `ZO-1`), folded, and as written; microRNAs left out.

    >>> genes("miR-21 silences Hipk2, ZO-1 and c-MYB")
    {'hipk2': 'Hipk2', 'zo1': 'ZO-1', 'myb': 'MYB'}
    """
    words = (match[0] for match in _WORD.finditer(without(text, find_names(text))))
    return {
        word.replace("-", "").casefold(): word
        for word in words
        if sum(map(str.isupper, word)) > 1 or (word[0].isupper() and any(map(str.isdigit, word)))
    }
