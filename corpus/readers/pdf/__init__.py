"""PDF with a text layer: nothing says what is what, so it is found from where and how the words are set.

`pdfium` gives the words and lines of each page (`content`).
"""

from __future__ import annotations

from contextlib import closing

from corpus.drafting import Part, Printed, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.pages import Page
from corpus.readers.pdf.pdfium import contents, open_pdf
from corpus.records import Draft


def read_pdf(name: str, data: bytes) -> Draft:
    """The draft of a PDF; its pages can be shown.

    Raises:
        UnreadableFile: as `open_pdf` says, or there is no text in it.
    """
    parts, pages = [], []
    with closing(open_pdf(name, data)) as opened:
        for content in contents(opened):
            pages.append(Page(content.width, content.height))
            words = content.words
            text = "".join(word.text if word.glued else f" {word.text}" for word in words)
            printed = [
                Printed(word.text, content.number, word.left, word.top, word.right, word.bottom) for word in words
            ]
            parts.append(Part("paragraph", text, page=content.number, printed=printed))
    if not any(part.text.strip() for part in parts):
        raise UnreadableFile(name, "this PDF has no text layer; it may be a scan, so recognise its text first.")
    return draft(name, parts, Facts(), pages=pages, original=data)
