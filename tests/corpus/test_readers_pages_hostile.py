"""Pages and Word documents that are damaged, something else, or made to do harm: a clear line, or what can be read."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import read
from tests.corpus import drafts
from tests.corpus.pages import LONG, draft, p, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(name: str, data: bytes) -> str:
    """Why a file gives no document."""
    with pytest.raises(UnreadableFile) as caught:
        read(name, data)
    return caught.value.reason


def read_or_refused(name: str, data: bytes) -> str:
    """The text of a file, or why it gives none."""
    try:
        made = read(name, data)
    except UnreadableFile as error:
        return error.reason
    drafts.check(made)
    return made.text


def zipped(**members: bytes) -> bytes:
    """A zip of these members."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_page_nested_without_end_is_refused_and_a_deep_one_is_read():
    """A hundred thousand blocks in one another; a hundred and fifty lose nothing."""
    assert "2,000 elements in one another" in refused("a.html", b"<div>" * 100_000 + b"x")
    assert "2,000 elements in one another" in refused("a.html", b"<table><tr><td>" * 100_000 + b"x")
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{'<div>' * 150}deep<p>deeper</p>{'</div>' * 150}last")
    assert " ".join(drafts.of(made, "paragraph")[1:]) == "deep deeper last"


@pytest.mark.parametrize(
    "harm",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x",
        f'<p title="{"a" * 3_000_000}">x',
        "<b>" * 1500 + "</p>" * 50_000 + "x",
        "<p>x" + "<!--" * 200_000,
        "<p>x" + "<a href='" * 100_000,
        "<p>x<sup>" * 500,
        "<table>" + "<tr><td rowspan=99999 colspan=9999>x" * 30 + "</table>",
        "<h2>References</h2>" * 3000 + "<p>x",
        "<ol>" + "<li>x" * 20_000 + "</ol>",
        "<p>x</p><script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<p>x" + "</div>" * 100_000,
    ],
)
def test_what_is_made_to_take_forever_is_read_or_refused(harm: str):
    """Attributes, ends, comments, spans, headings and lists without end."""
    assert read_or_refused("a.html", f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{harm}".encode())


def test_files_that_are_no_page_say_what_they_are():
    """Without text, saved with all pictures, or in frames."""
    assert "no text" in refused("a.html", b"<html><body><script>x</script></body></html>")
    assert "empty" in refused("a.htm", b" ")
    mail = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>x"
    assert "MHTML" in refused("a.html", mail)
    assert "frames" in refused("a.html", b"<frameset><frame src=a.html></frameset>")


def test_files_that_are_no_word_document_say_what_they_are():
    """Older, locked, a zip of something else, cut short, or text."""
    assert "of the old kind" in refused("a.docx", OLE + b"\0" * 600)
    assert "password" in refused("a.docx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "text of a Word document is not in it" in refused("a.docx", zipped(**{"note.txt": b"x"}))
    assert "whatever its name says" in refused("a.docx", b"Plain text.")
    assert "damaged zip" in refused("a.docx", word(p("Foam."))[:-200])
    assert "no text" in refused("a.docx", word(p()))
    assert "well-formed" in refused("a.docx", word("<w:p>"))


def test_bombs_in_a_document_are_refused():
    """Of zips, of entities and of depth; nothing outside the file is opened."""
    assert "unzipped it grows" in refused("a.docx", word(p(" " * 30_000_000)))
    head = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    bomb = f"{head}]><document><body><p><r><t>&j;</t></r></p></body></document>"
    assert "without bound" in refused("a.docx", zipped(**{"word/document.xml": bomb.encode()}))
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><document><body><p><r><t>&x;</t></r></p></body></document>'
    assert "not in the file" in refused("a.docx", zipped(**{"word/document.xml": outside.encode()}))
    assert "deep" in refused("a.docx", word("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100))


def test_styles_that_run_in_a_circle_and_numbers_that_are_none_are_passed_over():
    """So are a table without rows and a field that ends before it begins."""
    circle = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = p("Foam.", "A", properties='<w:numPr><w:ilvl w:val="x"/><w:numId w:val="99999999999"/></w:numPr>')
    body += '<w:tbl/><w:tbl><w:tr/></w:tbl><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert drafts.of(draft(word(body, styles=circle), "a.docx"), "item") == ["Foam."]


@given(st.text("<>/pbtdrhaefi= '\"&;#x1\n!-[]?", max_size=60))
def test_any_signs_are_read_or_refused(signs: str):
    """As a page."""
    made = draft(f"<h1>Foam</h1><h2>A</h2><p>{LONG}</p>{signs}")
    assert made.text.startswith("Foam")


@given(st.integers(0, 2000), st.binary(max_size=8))
def test_a_document_with_any_bytes_changed_is_read_or_refused(place: int, changed: bytes):
    """As Word."""
    data = word(p("Foam rises.") * 5, styles="", numbering="")
    cut = data[: place % len(data)] + changed + data[place % len(data) + len(changed) :]
    assert read_or_refused("a.docx", cut)
