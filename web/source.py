"""The source page's view of a document: its blocks as things to draw, cut where a highlight or a link begins or ends.

Nothing is searched for: the highlight is the span that the address gives, in characters of the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from corpus.markers import find_markers, markers_within
from corpus.records import Block, BlockKind, Document, Reading, Reference

Span = tuple[int, int]
"""Characters of a document's text, `[start, end)`."""

NodeKind = Literal[
    "title", "heading", "paragraph", "list", "table", "caption", "footnote", "references", "front", "back"
]

_NUMBER: Final = re.compile(r"\d+")
_RAISED: Final = re.compile(r"[⁰¹²³⁴-⁹]+")
_FROM_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_KINDS: Final[dict[BlockKind, NodeKind]] = {
    "title": "title",
    "heading": "heading",
    "paragraph": "paragraph",
    "item": "list",
    "caption": "caption",
    "header": "table",
    "row": "table",
    "footnote": "footnote",
    "reference": "references",
    "front": "front",
    "back": "back",
}
_GROUPED: Final = frozenset({"list", "table", "references"})
_OUTLINE_DEPTH: Final = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is drawn in one way.

    Attributes:
        marked: within the highlight.
        first: the first highlighted run of the page, the one to scroll to.
        link: the marker of the reference it points to, or None.
    """

    text: str
    marked: bool = False
    first: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One block, or one row of a table.

    Attributes:
        cells: its pieces; one group for a block, one a cell for a row.
        header: a header row.
        marked: some of it is highlighted.
        start: its first character, which names it on the page.
        reference: the entry it is, or None.
    """

    cells: tuple[tuple[Piece, ...], ...]
    start: int
    header: bool = False
    marked: bool = False
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Something to draw: a block by itself, or a list, table or reference list of several.

    Attributes:
        level: of a heading, 1 (outermost) to 6; otherwise 0.
    """

    kind: NodeKind
    lines: tuple[Line, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the outline; `start` names it on the page."""

    text: str
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document to draw; `highlighted` is True where some character of it is highlighted."""

    nodes: tuple[Node, ...]
    outline: tuple[Entry, ...]
    titled: bool
    highlighted: bool


def asked_span(start: str | None, end: str | None, length: int) -> tuple[Span | None, str | None]:
    """The span that an address asks for, or None and what is wrong with it; neither where it asks for none.

    >>> asked_span("3", "9", 20), asked_span(None, None, 20)
    (((3, 9), None), (None, None))
    >>> asked_span("9", "3", 20)[0] is asked_span("3", "90", 20)[0] is asked_span("a", "9", 20)[0] is None
    True
    """
    if start is None and end is None:
        return None, None
    first, last = _whole(start), _whole(end)
    if first is None or last is None:
        note = "The address does not say from which to which character to highlight; both must be whole numbers."
    elif first >= last:
        note = f"The address asks for characters {first:,} to {last:,}, which is nothing."
    elif last > length:
        note = f"The address asks for characters up to {last:,}, but this document has {length:,}."
    else:
        return (first, last), None
    return None, f"{note} The document is shown without a highlight; follow the citation again from its question."


def _whole(number: str | None) -> int | None:
    """The number written in ASCII digits, or None; at most twelve digits, more than any document has."""
    return int(number) if number and re.fullmatch(r"[0-9]{1,12}", number) else None


def source_view(reading: Reading, span: Span | None) -> SourceView:
    """A document to draw, with the characters of `span` highlighted: all of them but blanks between blocks and cells.

    The marked pieces, in order, are the span's text; only the first of them is `first`.
    """
    document = reading.document
    drawer = _Drawer(document, span, reading.references)
    nodes = tuple(
        Node(_KINDS[run[0].kind], tuple(map(drawer.line, run)), run[0].level) for run in _runs(document.blocks)
    )
    outline = tuple(
        Entry(document.text[block.start : block.end], block.level, block.start)
        for block in document.blocks
        if block.kind == "heading" and block.level <= _OUTLINE_DEPTH
    )
    return SourceView(nodes, outline, any(node.kind == "title" for node in nodes), drawer.begun)


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks in order; those that follow one another in one list, one table or one reference list are together."""
    runs: list[list[Block]] = []
    for block in blocks:
        last = runs[-1][-1] if runs else None
        if last and _KINDS[block.kind] == _KINDS[last.kind] in _GROUPED and block.table == last.table:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _raised(text: str, blocks: Sequence[Block]) -> bool:
    """True where a document cites by superscript digits: no block of it has a marker in brackets."""
    return not any(find_markers(text, b.start, b.end) for b in blocks if b.kind != "reference")


class _Drawer:
    """Cuts the blocks of one document into pieces, in order.

    Attributes:
        begun: True once a highlighted piece was cut.
    """

    def __init__(self, document: Document, span: Span | None, references: Sequence[Reference]) -> None:
        self.text = document.text
        self.given = document.citations
        self.span = span or (0, 0)
        self.raised = _raised(document.text, document.blocks)
        self.begun = False
        self.entries = {reference.start: reference for reference in reversed(references)}
        listed = {block.start for block in document.blocks if block.kind == "reference"}
        self.markers = {reference.marker for reference in references if reference.start in listed}

    def line(self, block: Block) -> Line:
        """A block with its cells, cut."""
        spans = _cells(self.text, block) if _KINDS[block.kind] == "table" else [(block.start, block.end)]
        cells = tuple(tuple(self._pieces(span, linked=block.kind != "reference")) for span in spans)
        return Line(
            cells,
            block.start,
            header=block.kind == "header",
            marked=any(piece.marked for cell in cells for piece in cell),
            reference=self.entries.get(block.start) if block.kind == "reference" else None,
        )

    def _pieces(self, span: Span, *, linked: bool) -> Iterator[Piece]:
        """A stretch of text, cut where a highlight or a link begins or ends; every character is in one piece."""
        links = self._links(span) if linked else {}
        edges = {*span, *(edge for link in links for edge in link)}
        edges.update(edge for edge in self.span if span[0] < edge < span[1])
        ordered = sorted(edges)
        starts = {first: (last, marker) for (first, last), marker in links.items()}
        until, marker = 0, ""
        for first, last in pairwise(ordered):
            until, marker = starts.get(first, (until, marker))
            marked = self.span[0] <= first < self.span[1]
            link = marker if first < until else None
            yield Piece(self.text[first:last], marked, first=marked and not self.begun, link=link)
            self.begun = self.begun or marked

    def _links(self, span: Span) -> dict[Span, str]:
        """What names an entry of the reference list, by where it stands: the numbers within markers.

        Where the format itself says what cites, that, and the first entry it names.
        """
        if self.given:
            found = markers_within(self.given, *span)
            return {(one.start, one.end): one.markers[0] for one in found if one.markers[0] in self.markers}
        number = _RAISED if self.raised else _NUMBER
        return {
            digits.span(): name
            for found in find_markers(self.text, *span, raised=self.raised)
            for digits in number.finditer(self.text, found.start, found.end)
            if (name := digits[0].translate(_FROM_RAISED)) in self.markers
        }


def _cells(text: str, block: Block) -> list[Span]:
    """Where the cells of a row stand; the tabs between them are in none."""
    spans, first = [], block.start
    for cell in text[block.start : block.end].split("\t"):
        spans.append((first, first + len(cell)))
        first += len(cell) + 1
    return spans
