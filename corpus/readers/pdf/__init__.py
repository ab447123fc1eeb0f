"""PDF with a text layer: nothing says what is what, so it is found from where and how the words are set.

`pdfium` gives the words and lines of each page (`content`); where they are pictures of words, a tool that the user
names may recognise these (`scans`).
"""

from __future__ import annotations

from contextlib import closing

from corpus.drafting import Part, Printed, draft
from corpus.metadata import Facts
from corpus.pages import Page
from corpus.readers.pdf.content import PageContent
from corpus.readers.pdf.pdfium import contents, open_pdf
from corpus.readers.pdf.scans import is_unread, recognised, told
from corpus.records import Draft


def read_pdf(name: str, data: bytes) -> Draft:
    """The draft of a PDF; its pages can be shown.

    Raises:
        UnreadableFile: as `open_pdf` and `recognised` say, or there is no text in it.
        BadSetting: as `recognised` says.
    """
    notices: list[str] = []
    read = _contents(name, data)
    if is_unread(read):
        data, notice = recognised(name, data)
        read = _contents(name, data)
        notices += [notice, *told(read, recognised=True)]
    else:
        notices += told(read)
    parts, pages = [], []
    for content in read:
        pages.append(Page(content.width, content.height))
        words = content.words
        text = "".join(word.text if word.glued else f" {word.text}" for word in words)
        printed = [Printed(word.text, content.number, word.left, word.top, word.right, word.bottom) for word in words]
        parts.append(Part("paragraph", text, page=content.number, printed=printed))
    return draft(name, parts, Facts(), notices, pages=pages, original=data)


def _contents(name: str, data: bytes) -> list[PageContent]:
    with closing(open_pdf(name, data)) as opened:
        return list(contents(opened))
