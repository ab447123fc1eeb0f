"""PDF with a text layer: nothing says what is what, so it is found from where and how the words are set.

`pdfium` gives the words and ruling lines of each page (`content`). `tables` takes what is a table, `margins` takes away
what pages carry besides their text (`linenumbers` the numbers of lines). `columns` puts the rest in order of reading,
`lines` and `blocks` make lines and paragraphs of it (`aligned` tells lines in columns), `typography` tells headings,
`structure` what each block is (`opening` at the head of the paper, `reflist` in its reference list) and joins what
pages part. `wording` turns lines into text. Where pages are pictures of words, a tool that the user names may recognise
these (`scans`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Final

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.pages import Page
from corpus.readers.pdf.blocks import Block, Body, blocks_of
from corpus.readers.pdf.columns import Gutters, Hole, Placed, columns_of
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.lines import lines_of
from corpus.readers.pdf.margins import without_margins
from corpus.readers.pdf.opening import opening_of
from corpus.readers.pdf.pdfium import contents, open_pdf, stated
from corpus.readers.pdf.scans import is_unread, recognised, told
from corpus.readers.pdf.structure import Element, elements_of, rejoined
from corpus.readers.pdf.tables import PrintedTable, joined, tables_of
from corpus.readers.pdf.typography import Typography
from corpus.readers.pdf.wording import Wording, citing_by_raised, wording_of
from corpus.records import Draft

_SIDEWAYS: Final = 0.2  # of a page's characters, from which those set sideways are more than a note in the margin


def read_pdf(name: str, data: bytes) -> Draft:
    """The draft of a PDF; its pages can be shown.

    Raises:
        UnreadableFile: as `open_pdf` and `recognised` say, or there is no text in it, or none that stands upright.
        BadSetting: as `recognised` says.
    """
    notices: list[str] = []
    pages, metadata = _contents(name, data)
    if is_unread(pages):
        if any(page.sideways > _SIDEWAYS for page in pages):
            raise UnreadableFile(name, "all of its text is set sideways; turn its pages upright and save it so.")
        data, notice = recognised(name, data)
        pages, metadata = _contents(name, data)
        notices += [notice, *told(pages, recognised=True)]
    else:
        notices += told(pages)
    notices += _notices(pages)
    parts, facts = _read(pages, metadata)
    return draft(name, parts, facts, notices, [Page(page.width, page.height) for page in pages], data)


def _read(pages: Sequence[PageContent], metadata: Mapping[str, str]) -> tuple[list[Part], Facts]:
    """What stands on the pages, and what is known of the paper."""
    found = tables_of(pages)
    tables = joined([table for some in found for table in some])
    bare = without_margins(pages, [_outside(page, regions) for page, regions in zip(pages, found, strict=True)])
    items, typography = _in_order(pages, bare.words, tables)
    opening = opening_of(items, typography, metadata, bare.dropped)
    elements = [*opening.elements, *rejoined(elements_of(opening.rest, typography))]
    wording = _wording(items, elements)
    numbers = {id(table): number for number, table in enumerate(tables, start=1)}
    return [part for element in elements for part in _parts(element, wording, numbers)], opening.facts


def _contents(name: str, data: bytes) -> tuple[list[PageContent], dict[str, str]]:
    """What each page shows, and what the file states of itself."""
    with closing(open_pdf(name, data)) as opened:
        return list(contents(opened)), stated(opened)


def _notices(pages: Sequence[PageContent]) -> Iterator[str]:
    """What of the pages could not be read."""
    if unread := sum(page.unread for page in pages):
        what = "1 character is" if unread == 1 else f"{unread:,} characters are"
        yield f"{what} only drawn in this PDF, which does not say what they stand for; check names there."
    turned = [page.number for page in pages if page.sideways > _SIDEWAYS]
    if turned:
        where = f"page {turned[0]}" if len(turned) == 1 else f"pages {', '.join(map(str, turned))}"
        yield f"Text that is set sideways was not read on {where}; turn it upright if you need it."


def _in_order(
    pages: Sequence[PageContent], words: Sequence[Sequence[Word]], tables: Sequence[PrintedTable]
) -> tuple[list[Block | PrintedTable], Typography]:
    """All blocks and tables, in order of reading, and the type of the running text."""
    gutters = Gutters()
    columns: list[tuple[int, list[Placed]]] = []
    places: dict[Hole, PrintedTable] = {}
    for page, some in zip(pages, words, strict=True):
        found = {
            Hole(one.left, one.top, one.right, one.bottom, one.bottom): one for one in tables if one.page == page.number
        }
        places |= found
        columns += [(page.number, column) for column in columns_of([*some, *found], gutters)]
    lined = [([lines_of(run, number) for run in _split(column)], column) for number, column in columns]
    lines = [line for runs, _ in lined for run in runs for line in run]
    body = Body.of(lines)
    out: list[Block | PrintedTable] = []
    for at, (runs, column) in enumerate(lined):
        holes = sorted((item for item in column if isinstance(item, Hole)), key=lambda hole: (hole.top, hole.left))
        for place, run in enumerate(runs):
            out += blocks_of(run, at, body)
            out += [places[hole] for hole in holes[place : place + 1]]
    return out, Typography.of(lines, body)


def _split(column: Sequence[Placed]) -> list[list[Word]]:
    """The words of a column before, between and after its tables."""
    tops = sorted(item.top for item in column if isinstance(item, Hole))
    runs: list[list[Word]] = [[] for _ in range(len(tops) + 1)]
    for word in column:
        if isinstance(word, Word):
            runs[sum(word.baseline > top for top in tops)].append(word)
    return runs


def _wording(items: Sequence[Block | PrintedTable], elements: Sequence[Element]) -> Wording:
    """The wording of the document, which knows its reference list where raised numbers cite it."""
    lines = [line for item in items for line in item.lines]
    numbers = [int(one.number) for one in elements if one.kind == "reference" and one.number]
    entries = frozenset(map(str, range(1, max(numbers, default=0) + 1)))
    text = [line for one in elements if one.kind in {"paragraph", "item"} for line in one.lines]
    return citing_by_raised(wording_of(lines), entries, text)


def _parts(element: Element, wording: Wording, numbers: dict[int, int]) -> list[Part]:
    if element.table is not None:
        return element.table.parts(numbers[id(element.table)], wording)
    cites = element.kind in {"paragraph", "item", "footnote", "back"}
    said = wording.said(element.lines, cites=cites)
    page = element.lines[0].page
    return [Part(element.kind, said.text, element.level, page=page, floats=element.floats, printed=said.printed)]


def _outside(page: PageContent, tables: Sequence[PrintedTable]) -> list[Word]:
    """The words of a page that no table holds."""
    return [word for word in page.words if not any(_holds(table, word) for table in tables)]


def _holds(table: PrintedTable, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return table.left <= x <= table.right and table.top <= y <= table.bottom
