"""What a file really is: told by its first bytes, since names come from download pages and hurried hands."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from corpus.errors import UnreadableFile
from corpus.readers.zipped import Zipped

_HEAD: Final = 4096  # bytes, of which a form of text is told
_PDF_HEAD: Final = 1024  # bytes, among which a PDF begins, says its specification


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes:
        name: with its article: `a PDF`.
        suffixes: those it is named by, the usual one first; none where it has none of its own.
        advice: what to do with one, where its kind is not read.
        sure: it is nothing else by mistake, so it is read as what it is, whatever its name says.
        text: it is made of characters.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    advice: str = "give a file with text in it"
    sure: bool = False
    text: bool = False


PDF: Final = Kind("a PDF", (".pdf",), "save its text and give that", sure=True)
JATS: Final = Kind("the XML of an article", (".xml", ".nxml"), sure=True, text=True)
HTML: Final = Kind("a web page", (".html", ".htm", ".xhtml"), "save its text and give that", text=True)
MHTML: Final = Kind("a web archive (MHTML)", (".mhtml", ".mht"), "save the page as HTML alone and give that", text=True)
DOCX: Final = Kind("a Word file (DOCX)", (".docx",), "save its text and give that", sure=True)
XLSX: Final = Kind("a workbook (XLSX)", (".xlsx", ".xlsm"), "save each sheet as CSV and give that", sure=True)
RTF: Final = Kind("a rich text file (RTF)", (".rtf",), "save it as DOCX and give that", text=True)
LOCKED: Final = Kind("an Office file locked by a password", (), "save it without one and give that")
DOC: Final = Kind("a Word file of the old kind (DOC)", (".doc",), "save it as DOCX and give that")
XLS: Final = Kind("a workbook of the old kind (XLS)", (".xls",), "save it as XLSX and give that")
_UNSURE: Final = "an Office file of the old kind, or one locked by a password"
OFFICE: Final = Kind(_UNSURE, (".ppt", ".doc", ".xls"), "save it as PDF without a password and give that")
# What to do with one of these by what it is named, which is all that tells a text from a workbook.
_OFFICE: Final = {
    ".doc": replace(OFFICE, advice="save it as DOCX without a password and give that"),
    ".xls": replace(OFFICE, advice="save it as XLSX without a password and give that"),
}
ODT: Final = Kind("an OpenDocument text (ODT)", (".odt",), "save it as DOCX and give that")
ODS: Final = Kind("an OpenDocument spreadsheet (ODS)", (".ods",), "save it as XLSX and give that")
XLSB: Final = Kind("a binary workbook (XLSB)", (".xlsb",), "save it as XLSX and give that")
PPTX: Final = Kind("a presentation (PPTX)", (".pptx",), "save it as PDF and give that")
EPUB: Final = Kind("an e-book (EPUB)", (".epub",), "give its paper as PDF or XML")
ZIP: Final = Kind("a zipped file", (".zip",), "unzip it and give what is in it")
PACKED: Final = Kind("a packed file", (".gz", ".bz2", ".xz", ".7z", ".rar"), "unpack it and give what is in it")
IMAGE: Final = Kind("an image", (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"))
POSTSCRIPT: Final = Kind("a PostScript file", (".ps", ".eps"), "save it as PDF and give that")

# The first of a file's bytes, and what they say alone.
_SIGNS: Final = (
    (re.compile(rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ\x00|7z\xbc\xaf|Rar!\x1a\x07"), PACKED),
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP|.{4}ftyphei", re.DOTALL), IMAGE),
    (re.compile(rb"\{\\rtf"), RTF),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), POSTSCRIPT),
)
_ZIP: Final = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_ZIPPED: Final = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": XLSB,
    "ppt/presentation.xml": PPTX,
}
# What the first member of other zips says, packed with nothing.
_STATED: Final = {b"epub+zip": EPUB, b"vnd.oasis.opendocument.spreadsheet": ODS, b"vnd.oasis.opendocument.text": ODT}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD: Final = {"EncryptedPackage": LOCKED, "WordDocument": DOC, "Workbook": XLS, "Book": XLS}
# What may stand before the outermost element.
_BEFORE: Final = r"\s*(?:<\?.{0,500}?\?>\s*|<!--.{0,2000}?-->\s*)*"
_ARTICLE: Final = re.compile(
    rf"{_BEFORE}(?:<!DOCTYPE\s+(?:article|pmc-articleset)\b|<(?:\w+:)?(?:article|pmc-articleset)\b[^>]*(?:article-type|"
    r"xmlns|dtd-version|>\s*<(?:front|body|article)\b))",
    re.IGNORECASE | re.DOTALL,
)
_PAGE: Final = re.compile(rf"{_BEFORE}<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ARCHIVE: Final = re.compile(r"\s*(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE)
_FORMS: Final = ((_ARTICLE, JATS), (_PAGE, HTML), (_ARCHIVE, MHTML))
# Kinds that are zips: what is told of a damaged one is their readers' business.
_ZIPS: Final = {suffix: kind.name for kind in (DOCX, XLSX) for suffix in kind.suffixes}


def kind_of(data: bytes) -> Kind | None:
    """What the bytes of a file begin as; None for plain text and for what is not known."""
    if _ZIP.match(data):
        return _zipped(data)
    if data.startswith(_OLE):
        return next((kind for name, kind in _OLD.items() if name.encode("utf-16-le") in data), OFFICE)
    head = data[:_HEAD]
    known = next((kind for sign, kind in _SIGNS if sign.match(head)), None)
    if known is not None or b"%PDF-" in head[:_PDF_HEAD]:
        return known or PDF
    coding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = head.decode(coding, "replace").replace("\r\n", "\n")
    return next((kind for form, kind in _FORMS if form.match(text)), None)


def _zipped(data: bytes) -> Kind:
    stated = data[30:100].removeprefix(b"mimetypeapplication/")
    with suppress(UnreadableFile):
        members = Zipped("", data)
        found = next((kind for member, kind in _ZIPPED.items() if member in members), None)
        return found or next((kind for mark, kind in _STATED.items() if stated.startswith(mark)), ZIP)
    return ZIP


def read_as(file: str, data: bytes, suffixes: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The suffix that a file is read by, in lower case, and a notice where that is not its own.

    It is its own where the file may be that; else that of a kind it surely is. A web page is only read by its own name,
    since what a site gives instead of a paper, to those who are not logged in, is one.

    Args:
        file: its name.
        data: its bytes.
        suffixes: those that are read.

    Raises:
        UnreadableFile: it is of a kind that is not read, or not what its name says.
    """
    own = PurePath(file).suffix.lower()
    kind = kind_of(data)
    if own in _ZIPS and own in suffixes and kind is ZIP:
        return own, ()
    if own in _ZIPS and own in suffixes and kind is None:
        raise UnreadableFile(file, f"this is not {_ZIPS[own]}, whatever its name says; get the file again.")
    if own in suffixes and (kind is None or own in kind.suffixes):
        return own, ()
    if kind is None or (own and own not in suffixes and own not in kind.suffixes):
        raise UnreadableFile(file, f"this format is not read; give one of {', '.join(sorted(suffixes))}.")
    if not any(suffix in suffixes for suffix in kind.suffixes):
        raise foreign(file, _OFFICE.get(own[:4], kind) if kind is OFFICE else kind)
    if not kind.sure:
        again = f"end its name in {kind.suffixes[0]} if you mean the page itself"
        reason = f"this is {kind.name}, such as sites show where one has to log in; get the paper's file, or {again}."
        raise UnreadableFile(file, reason)
    return kind.suffixes[0], (f"This is {kind.name}, whatever its name says, and was read as one.",)


def foreign(file: str, kind: Kind) -> UnreadableFile:
    """That a file is of a kind that is not read, and what to do."""
    return UnreadableFile(file, f"this is {kind.name}; {kind.advice}.")
