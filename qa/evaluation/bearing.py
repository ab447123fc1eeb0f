"""Whether a citation bears its sentence out, found out anew from the documents: nothing that wrote it is asked.

After the citation precision of Gao, Yen, Yu & Chen (EMNLP 2023, "Enabling large language models to generate text with
citations"), with one difference: there a model judges entailment; here a quoted sentence must stand in the document
character by character, and whatever a sentence names or counts must stand in the evidence that it cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from corpus.records import Cell, Reading, TableRow
from index.mentions import symbols_in
from index.names import find_names
from index.tokens import without
from qa.results import Evidence, Place, Sentence

# a number by itself: 30, 0.05, 12,5; not that of a name such as KLF2 or ZO-1
_NUMBER: Final = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")

Readings = Callable[[str], Reading]
"""The reading of a document, by its id."""


def said_by(sentence: Sentence, evidence: Sequence[Evidence], readings: Readings) -> str:
    """What the sentence says: its text, or of a row the cells it tells, parted by bars, without their headers."""
    if not sentence.places or not any(piece.row for piece in _cited(sentence, evidence)):
        return sentence.text
    return " | ".join(_at(place, readings) for place in sentence.places)


def fault(sentence: Sentence, evidence: Sequence[Evidence], readings: Readings) -> str:
    """What the citation of a sentence lacks, in one sentence; "" where every fact of it is in there."""
    cited = _cited(sentence, evidence)
    if not cited or len(cited) < len(set(sentence.evidence)):
        return "It cites evidence that is not there."
    for piece in cited:
        if readings(piece.document.id).document.text[piece.start : piece.end] != piece.text:
            return f"Evidence {piece.rank} is not what stands at its place."
    if sentence.check == "verbatim" and (lacking := _misquoted(sentence, cited, readings)):
        return lacking
    strange = sorted(_named(sentence.text) - _named("\n".join(_whole(piece, readings) for piece in cited)))
    return f"Its evidence does not name {', '.join(strange)}." if strange else ""


def _cited(sentence: Sentence, evidence: Sequence[Evidence]) -> list[Evidence]:
    return [piece for piece in evidence if piece.rank in sentence.evidence]


def _misquoted(sentence: Sentence, cited: Sequence[Evidence], readings: Readings) -> str:
    """Why a sentence is no quotation of all of its evidence; "" where it is one."""
    if not sentence.places:
        return "It does not say where it stands."
    problems = [_mistold(sentence, piece, readings) if piece.row else _strayed(sentence, piece) for piece in cited]
    if all(problems):
        return problems[0]
    # a second citation is of a copy, which has a place of its own
    copies = [piece for piece, problem in zip(cited, problems, strict=True) if problem]
    lacking = next((piece for piece in copies if piece.row or sentence.text not in piece.text), None)
    return f"Evidence {lacking.rank} does not hold it." if lacking else ""


def _strayed(sentence: Sentence, piece: Evidence) -> str:
    """Why a sentence does not stand in a passage; "" where it does."""
    (place, *more) = sentence.places
    if more or place.document != piece.document.id or not piece.start <= place.start < place.end <= piece.end:
        return "It stands outside its evidence."
    found = piece.text[place.start - piece.start : place.end - piece.start]
    return "" if found == sentence.text else "It is not what stands at its place."


def _mistold(sentence: Sentence, piece: Evidence, readings: Readings) -> str:
    """Why a sentence does not tell its row; "" where it is made of the row's headers and cells and nothing else."""
    row = _row(piece, readings)
    cells = {(cell.start, cell.end): cell for cell in row.cells if cell.text}
    rest = sentence.text
    for place in sentence.places:
        cell = cells.get((place.start, place.end)) if place.document == piece.document.id else None
        if cell is None or cell.text != _at(place, readings):
            return "It tells a cell that its row does not have."
        told = _after(rest, cell)
        if told is None:
            return f"It does not tell the cell “{cell.text}” as it stands."
        rest = told
    return "It says more than the cells of its row." if any(map(str.isalnum, rest)) else ""


def _after(text: str, cell: Cell) -> str | None:
    """What follows the cell, and its header where that is told, at the beginning of a text; None where it is not."""
    rest = text.lstrip(" ;:,.")
    if cell.header and rest.startswith(cell.header):
        rest = rest[len(cell.header) :].lstrip(" :")
    return rest[len(cell.text) :] if rest.startswith(cell.text) else None


def _whole(piece: Evidence, readings: Readings) -> str:
    """All that a piece of evidence says: its text, or the headers and the cells of its row, the carried ones too."""
    if not piece.row:
        return piece.text
    return "\n".join(text for cell in _row(piece, readings).cells for text in (cell.header, cell.text))


def _row(piece: Evidence, readings: Readings) -> TableRow:
    return next(row for row in readings(piece.document.id).rows if row.id == piece.id)


def _at(place: Place, readings: Readings) -> str:
    return readings(place.document).document.text[place.start : place.end]


def _named(text: str) -> set[str]:
    """The microRNAs (with the molecule of an arm), the symbols, folded, and the numbers of a text."""
    return set(_things(text))


def _things(text: str) -> Iterator[str]:
    names = find_names(text)
    for name in names:
        yield name.name
        yield name.base
    for symbol in symbols_in(text):
        yield symbol.casefold().rstrip("s")
    for number in _NUMBER.finditer(without(text, names)):
        yield number[0]
