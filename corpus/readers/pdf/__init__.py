"""PDF with a text layer: nothing says what is what, so it is found from where and how the words are set.

`pdfium` gives the words and ruling lines of each page (`content`), `tables` takes what is a table, `lines` and
`wording` make lines and text of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.pages import Page
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.lines import lines_of
from corpus.readers.pdf.pdfium import contents, open_pdf
from corpus.readers.pdf.tables import PrintedTable, joined, tables_on
from corpus.readers.pdf.wording import wording_of
from corpus.records import Draft


def read_pdf(name: str, data: bytes) -> Draft:
    """The draft of a PDF; its pages can be shown.

    Raises:
        UnreadableFile: as `open_pdf` says, or there is no text in it.
    """
    with closing(open_pdf(name, data)) as opened:
        pages = list(contents(opened))
    if not any(page.words for page in pages):
        raise UnreadableFile(name, "this PDF has no text layer; it may be a scan, so recognise its text first.")
    found: list[tuple[PrintedTable, ...]] = []
    for page in pages:
        found.append(tables_on(page, found[-1] if found else ()))
    tables = joined([table for tables in found for table in tables])
    running = [lines_of(_outside(page, regions), page.number) for page, regions in zip(pages, found, strict=True)]
    wording = wording_of([line for lines in running for line in lines])
    parts = []
    for page, lines in zip(pages, running, strict=True):
        said = wording.said(lines)
        parts.append(Part("paragraph", said.text, page=page.number, printed=said.printed))
        for number, table in enumerate(tables, start=1):
            if table.page == page.number:
                parts += table.parts(number, wording)
    return draft(name, parts, Facts(), pages=[Page(page.width, page.height) for page in pages], original=data)


def _outside(page: PageContent, tables: Sequence[PrintedTable]) -> list[Word]:
    """The words of a page that no table holds."""
    return [word for word in page.words if not any(_holds(table, word) for table in tables)]


def _holds(table: PrintedTable, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return table.left <= x <= table.right and table.top <= y <= table.bottom
