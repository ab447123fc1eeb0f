"""The source page's view of a document: its blocks as things to draw, cut where a highlight or a link begins or ends.

Nothing is searched for: the highlight is the span that the address gives, in characters of the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from corpus.pointers import Link, Pointer, Pointers
from corpus.records import Block, BlockKind, Reading, Reference
from qa.results import Caution

Span = tuple[int, int]
"""Characters of a document's text, `[start, end)`."""

NodeKind = Literal[
    "title", "heading", "paragraph", "list", "table", "caption", "footnote", "references", "front", "back"
]

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
        page: of the file, where it begins another than what stands before it; or None.
        cite: where it begins a pointer into the reference list, its first character, which names it there; or None.
    """

    text: str
    marked: bool = False
    first: bool = False
    link: str | None = None
    cite: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One block, or one row of a table.

    Attributes:
        cells: its pieces; one group for a block, one a cell for a row.
        header: a header row.
        marked: some of it is highlighted.
        start: its first character, which names it on the page.
        reference: the entry it is, or None.
        named: False for an entry whose number another before it has: links lead to that one.
        cited: where the text points at that entry: the `cite` of each such piece, in order.
        cautions: reasons to read a row with care.
    """

    cells: tuple[tuple[Piece, ...], ...]
    start: int
    header: bool = False
    marked: bool = False
    reference: Reference | None = None
    named: bool = True
    cited: tuple[int, ...] = ()
    cautions: tuple[Caution, ...] = ()


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


def source_view(
    reading: Reading,
    span: Span | None,
    cautions: Mapping[str, Sequence[Caution]] | None = None,
    breaks: Mapping[int, int] | None = None,
) -> SourceView:
    """A document to draw, with the characters of `span` highlighted: all of them but blanks between blocks and cells.

    The marked pieces, in order, are the span's text; only the first of them is `first`.

    Args:
        cautions: those of each row, by record id.
        breaks: pages, by the first character that stands on them.
    """
    document = reading.document
    drawer = _Drawer(reading, span, cautions or {}, breaks or {})
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


class _Drawer:
    """Cuts the blocks of one document into pieces, in order.

    Attributes:
        begun: True once a highlighted piece was cut.
    """

    def __init__(
        self,
        reading: Reading,
        span: Span | None,
        cautions: Mapping[str, Sequence[Caution]],
        breaks: Mapping[int, int],
    ) -> None:
        document = reading.document
        self.text = document.text
        self.span = span or (0, 0)
        self.begun = False
        self.cautions = cautions
        self.breaks = breaks
        self.broken = sorted(breaks)
        self.entries = {reference.start: reference for reference in reversed(reading.references)}
        # a study that only a row names has no entry to lead to
        listed = {block.start for block in document.blocks if block.kind == "reference"}
        entries = [reference for reference in reading.references if reference.start in listed]
        self.named = {reference.marker: reference for reference in reversed(entries)}
        # a row may begin before its block, with empty cells, but it ends with it
        self.rows = {row.end: row for row in reading.rows}
        pointers = Pointers(document, reading.references)
        self.pointers = {block: self._pointers(pointers, block) for block in document.blocks}
        self.cited: dict[str, list[int]] = {}
        for pointer in (pointer for found in self.pointers.values() for pointer in found):
            for marker in pointer.markers:
                self.cited.setdefault(marker, []).append(pointer.links[0].start)

    def line(self, block: Block) -> Line:
        """A block with its cells, cut."""
        spans = _cells(self.text, block) if _KINDS[block.kind] == "table" else [(block.start, block.end)]
        cells = tuple(tuple(self._pieces(span, self.pointers[block])) for span in spans)
        row = self.rows.get(block.end) if block.kind == "row" else None
        reference = self.entries.get(block.start) if block.kind == "reference" else None
        named = reference is not None and self.named[reference.marker] is reference
        return Line(
            cells,
            block.start,
            header=block.kind == "header",
            marked=any(piece.marked for cell in cells for piece in cell),
            reference=reference,
            named=named,
            cited=tuple(self.cited.get(reference.marker, ())) if reference and named else (),
            cautions=tuple(self.cautions.get(row.id, ())) if row else (),
        )

    def _pointers(self, pointers: Pointers, block: Block) -> tuple[Pointer, ...]:
        """The pointers of a block; the number of an entry is none."""
        if block.kind == "reference":
            return ()
        if block.kind == "row" and block.end in self.rows:
            found = pointers.in_row(self.rows[block.end].cells)
        else:
            found = pointers.within(block.start, block.end)
        # the pointers of a merged cell are drawn where it stands
        return tuple(
            one
            for one in found
            if block.start <= one.start < block.end and one.links and one.links[0].marker in self.named
        )

    def _pieces(self, span: Span, pointers: Sequence[Pointer]) -> Iterator[Piece]:
        """A stretch of text, cut where a highlight or a link begins or ends; every character is in one piece."""
        inside = [pointer for pointer in pointers if span[0] <= pointer.start and pointer.end <= span[1]]
        links = {link.start: link for pointer in inside for link in pointer.links}
        begun = {pointer.links[0].start for pointer in inside}
        edges = {*span, *(edge for link in links.values() for edge in (link.start, link.end))}
        edges.update(edge for edge in self.span if span[0] < edge < span[1])
        edges.update(self.broken[bisect_left(self.broken, span[0]) : bisect_left(self.broken, span[1])])
        within: Link | None = None
        for first, last in pairwise(sorted(edges)):
            within = links.get(first, within)
            marked = self.span[0] <= first < self.span[1]
            link = within.marker if within and first < within.end else None
            cite = first if first in begun else None
            page = self.breaks.get(first)
            yield Piece(self.text[first:last], marked, marked and not self.begun, link, cite, page)
            self.begun = self.begun or marked


def _cells(text: str, block: Block) -> list[Span]:
    """Where the cells of a row stand; the tabs between them are in none."""
    spans, first = [], block.start
    for cell in text[block.start : block.end].split("\t"):
        spans.append((first, first + len(cell)))
        first += len(cell) + 1
    return spans
