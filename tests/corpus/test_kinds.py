"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from corpus.errors import UnreadableFile
from corpus.readers import read
from corpus.readers.kinds import DOC, EPUB, HTML, IMAGE, JATS, LOCKED, MHTML, ODS, PACKED, PDF, RTF, XLS, Kind, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def zipped(**members: str) -> bytes:
    """A zip of these members, packed with nothing; `__` in a name is a slash, `_` a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def workbook() -> bytes:
    """A workbook with one row."""
    book = openpyxl.Workbook()
    book.active.append(["miRNA", "target"])
    book.active.append(["miR-21", "PTEN"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", PDF),
        (b"\n\n junk \n%PDF-1.4", PDF),
        (b"<!DOCTYPE html><title>Sign in</title>", HTML),
        (b"\xef\xbb\xbf\r\n<!-- saved -->\n<HTML lang=en>", HTML),
        ("<html>".encode("utf-16"), HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS">', JATS),
        (b'<article xmlns:xlink="x" article-type="review">', JATS),
        (b"<pmc-articleset><article><front>", JATS),
        (b'From: <Saved by Blink>\r\nSubject: Foam\r\nContent-Type: multipart/related;\r\n\ttype="text/html"', MHTML),
        (OLE + "WordDocument".encode("utf-16-le"), DOC),
        (OLE + "Workbook".encode("utf-16-le"), XLS),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (zipped(mimetype="application/epub+zip"), EPUB),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ODS),
        (b"\x1f\x8b\x08\x00", PACKED),
        (b"\x89PNG\r\n\x1a\n", IMAGE),
        (b"{\\rtf1 foam", RTF),
        (b"<article class='teaser'>A heading of a page.</article>", None),
        (b"<p>A line of Markdown.</p>", None),
        ("miR-21 and <html> in β cells".encode(), None),
        (b"From: here\nSubject: a letter\n\nIt says content-type: multipart/related.", None),
        (b"", None),
    ],
)
def test_a_kind_is_told_by_its_first_bytes(data: bytes, kind: Kind | None):
    """Blanks, marks, comments and declarations before them do not matter; a mention is none."""
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"<!DOCTYPE html><form>Sign in</form>", "this is a web page"),
        ("a.xml", b"<html><body>404</body></html>", "this is a web page"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "this is an image; give a file with text in it"),
        ("a.pdf", b"\x1f\x8b\x08\x00abc", "this is a packed file; unpack it"),
        ("a.csv", OLE + "Workbook".encode("utf-16-le"), r"a workbook of the old kind \(XLS\); save it as XLSX"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password; save it without one"),
        ("a.xlsx", b"miRNA,target\nmiR-21,PTEN\n", r"this is not a workbook \(XLSX\), whatever its name says"),
        ("a.xlsx", workbook()[:-100], "it is a damaged zip"),
        ("a.xlsx", zipped(foam="x"), "it holds no workbook"),
        ("a.xlsx", zipped(xl__workbook_bin="x"), r"binary workbook \(XLSB\); save it as XLSX"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "save it as DOCX"),
        (
            "a.docx",
            OLE,
            "an Office file of the old kind, or one locked by a password; save it as DOCX without a password",
        ),
        ("a.doc", OLE, "save it as DOCX without a password"),
        (
            "a.xlsx",
            OLE,
            "an Office file of the old kind, or one locked by a password; save it as XLSX without a password",
        ),
        ("a.xls", OLE, "save it as XLSX without a password"),
        ("a.pdf", OLE, "save it as PDF without a password"),
        ("a.heic", b"%PDF-1.7", "this format is not read"),
        ("a", b"miR-21 targets PTEN.", "this format is not read; give one of"),
        ("a.xls", b"miRNA\ttarget", "this format is not read"),
    ],
)
def test_what_is_not_what_its_name_says_gets_one_clear_line(name: str, data: bytes, reason: str):
    """What it is and what to do; a login page is never evidence."""
    with pytest.raises(UnreadableFile, match=f"^{name}: .*{reason}"):
        read(name, data)


@pytest.mark.parametrize("name", ["table.csv", "table", "table.txt"])
def test_what_it_surely_is_it_is_read_as_and_that_is_said(name: str):
    """A workbook under another name loses nothing."""
    made = read(name, workbook())
    assert made.text.endswith("miRNA\ttarget\nmiR-21\tPTEN")
    assert made.notices == ("This is a workbook (XLSX), whatever its name says, and was read as one.",)


def test_an_article_saved_as_text_is_read_as_an_article():
    """JATS whose name ends in .txt has its sections."""
    made = read("a.txt", b'<article article-type="research-article"><body><sec><title>Foam</title><p>It forms.</p></sec></body></article>')  # fmt: skip  # noqa: E501 (one article)
    assert [block.kind for block in made.blocks] == ["heading", "paragraph"]
