"""The PDF reader, held against what a typesetter set: the starter documents as pages, in three layouts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import Final

import pypdfium2
import pytest

from corpus.pages import Box
from corpus.pointers import Pointers, joined
from corpus.records import Reading
from corpus.starter import starter_documents
from tests.corpus.drafts import check_reading
from tests.corpus.layouts import AUTHORS, JOURNAL, JOURNAL_DOI, LAYOUTS, Layout, as_pages, as_written, read_pages

WHOLE: Final = 0.99
"""Of the sentences, how many come back whole and in order; of what is evidence, how much was a sentence."""
_SIGNS: Final = re.compile(r"[*†‡§]")
_BEFORE_STOP: Final = re.compile(r" (?=[.,;:])")
_SHOWN: Final = 20
"""So many differences are told at most."""

each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name.replace(" ", "-"))
each_document = pytest.mark.parametrize("name", [name for name, _ in starter_documents()], ids=lambda name: name[:12])


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it cites; where citations are raised, its text is that without them."""

    text: str
    markers: tuple[str, ...]


def sentences(reading: Reading, layout: Layout) -> list[Sentence]:
    """Every sentence of the evidence, in order."""
    pointers = Pointers(reading.document, reading.references)
    return [
        Sentence(
            _plain(reading, pointers, span) if layout.raised else _single(reading.document.text[slice(*span)]), cited
        )
        for passage in reading.passages
        for span in passage.sentences
        for cited, _ in [joined(pointers.within(*span))]
    ]


def _plain(reading: Reading, pointers: Pointers, span: tuple[int, int]) -> str:
    """A sentence without its citations and the signs of footnotes."""
    text, kept, at = reading.document.text, "", span[0]
    for pointer in pointers.within(*span):
        kept += text[at : pointer.start]
        at = pointer.end
    # brackets that stand around a marker are shown and are no part of what the format says cites
    return _BEFORE_STOP.sub("", _single(_SIGNS.sub("", (kept + text[at : span[1]]).replace("[]", ""))))


def _single(text: str) -> str:
    return " ".join(text.split())


def _matched(wanted: Sequence[Hashable], got: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Which of those wanted came, and where, in order."""
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return [(block.a + i, block.b + i) for block in blocks for i in range(block.size)]


def differences(wanted: Sequence[Hashable], got: Sequence[Hashable]) -> str:
    """What is wanted and did not come (`-`), and what came instead (`+`), a line each; "" where all is as wanted."""
    lines = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs = zip_longest((f"- {each}" for each in wanted[a:b]), (f"+ {each}" for each in got[c:d]))
            lines += [line for pair in pairs for line in pair if line]
    more = [f"… and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join([*lines[:_SHOWN], *more])


@each_layout
@each_document
def test_everything_read_is_the_span_of_the_text_that_it_says(name: str, layout: Layout):
    """As for every other format."""
    check_reading(read_pages(name, layout))


@each_layout
@each_document
def test_sentences_come_back_whole_and_in_order(name: str, layout: Layout):
    """At least 0.99 of them, and at most 0.01 of what is taken for evidence is something else."""
    wanted = [one.text for one in sentences(as_written(name), layout)]
    got = [one.text for one in sentences(read_pages(name, layout), layout)]
    came = len(_matched(wanted, got))
    told = f"{came} of {len(wanted)} came, among {len(got)}\n{differences(wanted, got)}"
    assert came >= WHOLE * len(wanted), told
    assert came >= WHOLE * len(got), told


@each_layout
@each_document
def test_sentences_cite_what_they_cite(name: str, layout: Layout):
    """Every sentence that came back whole has all its markers and no other."""
    wanted, got = sentences(as_written(name), layout), sentences(read_pages(name, layout), layout)
    pairs = _matched([one.text for one in wanted], [one.text for one in got])
    wrong = [
        f"{wanted[a].markers} ≠ {got[b].markers}: {got[b].text}"
        for a, b in pairs
        if wanted[a].markers != got[b].markers
    ]
    assert pairs
    assert not wrong, f"{len(wrong)} of {len(pairs)}\n" + "\n".join(wrong[:_SHOWN])


@each_layout
@each_document
def test_headings_come_back_in_order(name: str, layout: Layout):
    """Each with its own words and no others."""
    wanted, got = (
        [
            _single(one.document.text[block.start : block.end])
            for block in one.document.blocks
            if block.kind == "heading"
        ]
        for one in (as_written(name), read_pages(name, layout))
    )
    assert wanted == got, differences(wanted, got)


@each_layout
@each_document
def test_rows_come_back_cell_by_cell(name: str, layout: Layout):
    """With their table's label, their number, the column of each cell and what they cite; and the caption once."""
    wanted, got = (list(_rows(one)) for one in (as_written(name), read_pages(name, layout)))
    assert wanted == got, f"{len(got)} rows for {len(wanted)}\n{_cell_by_cell(wanted, got)}"
    captions = [{_single(row.caption) for row in one.rows} for one in (as_written(name), read_pages(name, layout))]
    assert captions[0] == captions[1]


def _rows(reading: Reading) -> Iterator[tuple[Hashable, ...]]:
    for row in reading.rows:
        cells = [(cell.header, cell.text.strip("[]"), cell.carried) for cell in row.cells]
        yield (row.table, row.number, *cells, row.markers)


def _cell_by_cell(wanted: Sequence[Sequence[Hashable]], got: Sequence[Sequence[Hashable]]) -> str:
    """What differs between rows of the same place, where there are as many; else which came, which did not."""
    if len(wanted) != len(got):
        return differences(
            [" | ".join(cell[1] for cell in row[2:-1]) for row in wanted],
            [" | ".join(cell[1] for cell in row[2:-1]) for row in got],
        )
    wrong = [
        f"row {at}: {differences(*pair)}"
        for at, pair in enumerate(zip(wanted, got, strict=True), start=1)
        if pair[0] != pair[1]
    ]
    return "\n".join(wrong[:_SHOWN])


@each_layout
@each_document
def test_references_come_back(name: str, layout: Layout):
    """In number and order, each with its marker, authors, year and DOI."""
    wanted, got = (
        [(entry.marker, entry.authors, entry.year, entry.doi) for entry in one.references]
        for one in (as_written(name), read_pages(name, layout))
    )
    assert wanted == got, differences(wanted, got)
    assert not read_pages(name, layout).unresolved


@each_layout
@each_document
def test_title_and_authors_are_found(name: str, layout: Layout):
    """From what is printed above the text, or from what the file says of itself."""
    document = read_pages(name, layout).document
    assert (document.title, document.authors) == (as_written(name).document.title, AUTHORS)
    if layout is JOURNAL:
        assert (document.year, document.doi) == (2026, JOURNAL_DOI)


@each_layout
@each_document
def test_evidence_has_its_page_and_boxes_with_its_very_words(name: str, layout: Layout):
    """Every letter of every record is in a box that lies on its page, where the PDF itself has these letters."""
    reading = read_pages(name, layout)
    assert reading.layout is not None
    assert reading.records
    wrong = list(_misplaced(reading, as_pages(name, layout)))
    assert not wrong, f"{len(wrong)} words\n" + "\n".join(wrong[:_SHOWN])


def _misplaced(reading: Reading, data: bytes) -> Iterator[str]:
    assert reading.layout is not None
    pages = _Pages(data)
    for record in reading.records:
        boxes = reading.layout.within(record.start, record.end)
        if not boxes or record.page != boxes[0].page:
            yield f"{record.id} is on page {record.page}, its boxes on {[box.page for box in boxes][:1]}"
        placed = "".join(reading.document.text[box.start : box.end] for box in boxes)
        if _letters(placed) != _letters(record.text):
            yield f"{record.id}: {placed!r} is placed of {record.text!r}"
        for box in boxes:
            size = reading.layout.pages[box.page - 1]
            if not (0 <= box.left < box.right <= size.width and 0 <= box.top < box.bottom <= size.height):
                yield f"{box} does not lie on a page of {size}"
            wanted, printed = _letters(reading.document.text[box.start : box.end]), _letters(pages.within(box))
            if wanted != printed:
                yield f"{record.id}: page {box.page} has {printed!r} where {wanted!r} should stand"


class _Pages:
    """What a PDF has printed where, by pdfium's own word."""

    def __init__(self, data: bytes) -> None:
        self._pages = [(page.get_height(), page.get_textpage()) for page in pypdfium2.PdfDocument(data)]

    @cache  # noqa: B019 (lives as long as the test)
    def within(self, box: Box) -> str:
        height, page = self._pages[box.page - 1]
        # a hair's breadth less, so that what only touches the box is outside
        inset, middle = min(0.4, (box.right - box.left) / 4), (box.bottom - box.top) / 4
        found: str = page.get_text_bounded(
            box.left + inset, height - box.bottom + middle, box.right - inset, height - box.top - middle
        )
        return found


def _letters(text: str) -> str:
    """Letters and digits alone, ligatures taken apart and raised ones lowered."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def test_differences_tell_what_is_missing_and_what_came_instead():
    """`b` was wanted, `x` came, `c` came and no more."""
    assert differences(["a", "b", "c"], ["a", "x", "c"]) == "- b\n+ x"
    assert differences(["a"], ["a"]) == ""
    assert _matched(["a", "b", "c"], ["b", "a", "c"]) in ([(0, 1), (2, 2)], [(1, 0), (2, 2)])
