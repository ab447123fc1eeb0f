"""Pointers: where a text points into its reference list, by number or by author and year, and at which entries.

Where a file's format itself says what cites which entry, that holds, and nothing is looked for in running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.authoryear import AuthorYears
from corpus.markers import Marker, bare_markers, find_markers, has_markers, markers_within, resolve
from corpus.records import Cell, Document, Record, Reference
from corpus.references import is_numbered
from corpus.tables import is_reference_column

EVIDENCE: Final = frozenset({"paragraph", "item"})
"""The kinds of blocks that passages are cut from."""

_NUMBER: Final = re.compile(r"\d+")
_RAISED: Final = re.compile(r"[⁰¹²³⁴-⁹]+")
_FROM_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Link:
    """Characters `[start, end)` of a text that name the entry `marker`."""

    start: int
    end: int
    marker: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """One place that points into the reference list.

    Attributes:
        start, end: `[start, end)`, brackets included where it is by number.
        markers: the entries it names, ranges written out, in order, without repeats.
        missing: what it names that is no entry, or could be several, as printed.
        links: the parts of it that each name an entry, in order; of a range its two ends. Where the format says what
            cites, all of it, which names the first of its entries.
    """

    start: int
    end: int
    markers: tuple[str, ...]
    missing: tuple[str, ...]
    links: tuple[Link, ...]


class Pointers:
    """How one document points into its reference list, decided once.

    As the format says, where it does. By author and year where no list has numbers and the text has more such
    citations than brackets of numbers; by digits raised above the line where the text has neither; otherwise by numbers
    in brackets.
    """

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        self._text = text = document.text
        self._given = document.citations
        self._entries = _named_once(references)
        spans = [(block.start, block.end) for block in document.blocks if block.kind in EVIDENCE]
        self._list = references[0].start if references else 0
        further = next((start for start, _ in spans if start > self._list), len(text))
        first = [reference for reference in references if reference.start < further]
        self._entries_before = self._entries | _named_once(first)
        self._raised = not any(has_markers(text, *span) for span in spans)
        self._authors = AuthorYears(references)
        self._by_author = False
        if not self._given and not is_numbered(references):
            found = sum(len(self._authors.find(text, *span)) for span in spans)
            self._by_author = found > sum(len(find_markers(text, *span)) for span in spans)

    def of(self, record: Record) -> tuple[Pointer, ...]:
        """All pointers of a passage, or of a row as `in_row` finds them."""
        return self.in_row(record.cells) if record.kind == "row" else self.within(record.start, record.end)

    def within(self, start: int, end: int) -> tuple[Pointer, ...]:
        """All pointers within `[start, end)` of the text, in order."""
        if self._given:
            return self._as_given(start, end)
        if self._by_author:
            return self._by_name(start, end)
        found = find_markers(self._text, start, end, raised=self._raised)
        return tuple(self._by_number(marker, raised=self._raised) for marker in found)

    def in_row(self, cells: Sequence[Cell]) -> tuple[Pointer, ...]:
        """All pointers of a row: those of its own cells, then of those that the format merges into it, in order.

        An author and year need no brackets there, nor do the numbers in a column for references. Where nothing else is
        cited, authors and years count whatever the text cites by, if one entry fits; they may stand in two cells.
        """
        own = sorted((cell for cell in cells if cell.spanned or not cell.carried), key=lambda cell: cell.carried)
        found = [pointer for cell in own for pointer in self._as_given(cell.start, cell.end)]
        if not found and not self._by_author:
            found = [pointer for cell in own for pointer in self._numbers_in(cell)]
        if found or not self._entries:
            return tuple(dict.fromkeys(found))
        named = [pointer for cell in own for pointer in self._by_name(cell.start, cell.end, whole=True)]
        found = [pointer for pointer in named if self._by_author or pointer.markers]
        return tuple(dict.fromkeys(found)) or self._across(cells)

    def _across(self, cells: Sequence[Cell]) -> tuple[Pointer, ...]:
        """The authors and years of a row that stand in cells side by side; no one part of it is a link."""
        start, *_, end = [place for cell in cells if not cell.carried for place in (cell.start, cell.end)] or (0, 0)
        return tuple(replace(one, links=()) for one in self._by_name(start, end, whole=True) if one.markers)

    def _numbers_in(self, cell: Cell) -> tuple[Pointer, ...]:
        found = find_markers(self._text, cell.start, cell.end)
        if not found and is_reference_column(cell.header) and (names := bare_markers(cell.text)):
            found = (Marker(cell.start, cell.end, names),)
        return tuple(self._by_number(marker, raised=False) for marker in found)

    def _known(self, place: int) -> frozenset[str]:
        """The entries that a number at `place` can name: where running text follows a list, what precedes cites it."""
        return self._entries_before if place < self._list else self._entries

    def _as_given(self, start: int, end: int) -> tuple[Pointer, ...]:
        found = markers_within(self._given, start, end)
        named = ((one.start, one.end, *resolve(one.markers, self._entries)) for one in found)
        return tuple(
            Pointer(first, last, cited, missing, tuple(Link(first, last, name) for name in cited[:1]))
            for first, last, cited, missing in named
        )

    def _by_number(self, marker: Marker, *, raised: bool) -> Pointer:
        cited, missing = resolve(marker.markers, self._known(marker.start))
        # A raised digit that names no entry is more likely a power or a footnote.
        missing = () if raised else missing
        links = tuple(
            Link(*digits.span(), name)
            for digits in (_RAISED if raised else _NUMBER).finditer(self._text, marker.start, marker.end)
            if (name := digits[0].translate(_FROM_RAISED)) in cited
        )
        return Pointer(marker.start, marker.end, cited, missing, links)

    def _by_name(self, start: int, end: int, *, whole: bool = False) -> tuple[Pointer, ...]:
        return tuple(
            Pointer(one.start, one.end, one.markers, (), (Link(one.start, one.end, one.markers[0]),))
            if len(one.markers) == 1
            else Pointer(one.start, one.end, (), (one.name,), ())
            for one in self._authors.find(self._text, start, end, whole=whole)
        )


def joined(pointers: Sequence[Pointer]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The entries that some pointers name, and what they name that is no entry; in order, without repeats."""
    markers = dict.fromkeys(name for pointer in pointers for name in pointer.markers)
    missing = dict.fromkeys(name for pointer in pointers for name in pointer.missing)
    return tuple(markers), tuple(missing)


def reasons(names: Iterable[str], references: Sequence[Reference]) -> dict[str, str]:
    """Why each of some `Reading.unresolved` is no entry of this list: by name, a clause without a full stop."""
    entries = Counter(entry.marker for entry in references)
    last = max((int(marker) for marker in entries if marker.isdigit()), default=0)
    named = AuthorYears(references)

    def reason(name: str) -> str:
        if not references:
            return "this document has no reference list"
        if name.isdigit() and entries[name] > 1:
            return f"the reference list has {entries[name]} entries of this number, and nothing tells which is meant"
        if name.isdigit():
            beyond = int(name) > last
            return f"the reference list ends at {last}" if beyond else "the reference list has no entry of this number"
        if name.replace("-", "").isdigit():
            return "the range runs backwards, or names more entries than can be meant"
        fitting = [entry for one in named.find(name, whole=True) for entry in one.markers]
        if not fitting:
            return "no entry of the reference list has this author and year"
        return f"entries {', '.join(fitting)} of the reference list fit, and nothing tells which is meant"

    return {name: reason(name) for name in names}


def _named_once(references: Iterable[Reference]) -> frozenset[str]:
    """The markers that one entry alone has: where a list starts again at 1, nobody knows which of two is meant."""
    return frozenset(marker for marker, times in Counter(entry.marker for entry in references).items() if times == 1)
