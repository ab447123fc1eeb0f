"""Short pages and Word documents of our own making, and short ways to read them."""

from __future__ import annotations

import io
import zipfile

from corpus.assemble import read_document
from corpus.readers import read
from corpus.records import Draft, Reading
from tests.corpus import drafts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LONG = "Foam carries small letters across the shore, and whoever walks there in the morning can read what it left. " * 4
"""Running text enough for a page not to be called empty."""


def draft(data: bytes | str, name: str = "page.html") -> Draft:
    """The draft of a page or a document, checked."""
    made = read(name, data.encode() if isinstance(data, str) else data)
    drafts.check(made)
    return made


def reading(data: bytes | str, name: str = "page.html") -> Reading:
    """The reading of a page or a document, checked."""
    data = data.encode() if isinstance(data, str) else data
    drafts.check(read(name, data))
    made = read_document(name, data, document_id="p", source="s")
    drafts.check_reading(made)
    return made


def word(body: str, **parts: str) -> bytes:
    """A Word document with this body; `parts` are the contents of `styles`, `numbering`, `footnotes` or `core`."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    relations = "".join(f'<Relationship Id="{k}" Type="{_TYPE}/{k}" Target="{k}.xml"/>' for k in parts if k in roots)
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as zipped:
        main = f'<Relationship Id="r" Type="{_TYPE}/officeDocument" Target="word/document.xml"/>'
        zipped.writestr("_rels/.rels", f"<Relationships>{main}</Relationships>")
        zipped.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        zipped.writestr("word/document.xml", f"<w:document {W} {M}><w:body>{body}</w:body></w:document>")
        for kind, content in parts.items():
            if kind in roots:
                zipped.writestr(f"word/{kind}.xml", f"<w:{kind} {W}>{content}</w:{kind}>")
            else:
                core = f'<core xmlns:dc="http://purl.org/dc/elements/1.1/">{content}</core>'
                zipped.writestr("docProps/core.xml", core)
    return out.getvalue()


def p(text: str = "", style: str = "", more: str = "", properties: str = "") -> str:
    """A paragraph of Word."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run}{more}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
