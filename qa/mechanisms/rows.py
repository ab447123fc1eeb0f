"""What a table row says of a molecule, read by the headers of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from corpus.records import Cell, TableRow
from index.names import find_names
from index.sites import find_sites
from qa.mechanisms.spans import Span, slots
from qa.results import Slot

Column = Literal["molecule", "cancer", "source", "recipient", "effect", "mechanism"]

_HEADERS: Final[dict[Column, re.Pattern[str]]] = {
    "molecule": re.compile(r"mi-?rs?\b|mi-?rnas?\b|.*micro-?\s?rnas?\b|.*\bmi-?rnas?\b", re.IGNORECASE),
    "cancer": re.compile(
        r"(?!.*(?:suppress|marker|cell)).*(?:cancer|tumou?r|disease|malignan|carcinoma)", re.IGNORECASE
    ),
    "recipient": re.compile(r".*(?:recipient|acceptor|target(?:ed)?\s+cell|receiving|destination)", re.IGNORECASE),
    "source": re.compile(r".*(?:source|origin|donor|secreting|parent|released?\s+(?:by|from)|sample)", re.IGNORECASE),
    "effect": re.compile(
        r".*(?:biological|activit|effect|function|role|outcome|process|phenotype|consequence)", re.IGNORECASE
    ),
    "mechanism": re.compile(r".*(?:mechanism|target|gene\b|pathway|signal|axis)", re.IGNORECASE),
}
_NOTHING: Final = re.compile(
    r"\W*(?:n\.?/?[ad]\.?|none|not (?:known|reported|given|available)|unknown)?\W*", re.IGNORECASE
)
_PART: Final = re.compile(r"\s*(?:[,;&+]|\band\b)\s*")


def columns_of(row: TableRow) -> dict[Column, Cell]:
    """The filled cells of a row that can be trusted, by what their header says they hold; of equals the first.

    A cell carried down counts only where the file itself says that the merged cell reaches it: others may have slid.
    """
    found: dict[Column, Cell] = {}
    for cell in row.cells:
        kind = next((kind for kind, header in _HEADERS.items() if header.match(cell.header)), None)
        if kind and kind not in found and not _NOTHING.fullmatch(cell.text):
            found[kind] = cell
    return found


def molecules(text: str) -> tuple[Span, ...]:
    """The microRNAs that a text names, in order."""
    return tuple(Span("molecule", name.name, name.start, name.end) for name in find_names(text))


def cancers(text: str) -> tuple[Span, ...]:
    """The cancers that a text names, in order."""
    return tuple(Span("cancer", site.name, site.start, site.end) for site in find_sites(text) if site.disease)


def parts(text: str) -> tuple[Span, ...]:
    """The things that a cell lists, in order."""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[Span]:
    start = 0
    for stop, following in [*(mark.span() for mark in _PART.finditer(text)), (len(text), 0)]:
        if text[start:stop].strip():
            yield Span("process", text[start:stop].casefold(), start, stop)
        start = following


def filled(cell: Cell | None, spans: Sequence[Span]) -> tuple[Slot, ...]:
    """The spans of a cell's text as slots of the document."""
    return slots(cell.text, spans, cell.start) if cell else ()
