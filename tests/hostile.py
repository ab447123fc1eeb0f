"""Files that are broken or mean harm, each made by code: what is told of it, or that it can be read all the same."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from tests.corpus.pages import LONG, word
from tests.corpus.typesetting import typeset
from tests.corpus.workbooks import raw

ELSEWHERE: Final = "file:///etc/passwd"
"""What no reader may open; `root:` stands in it."""


# -- PDF


def pdf(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (count, root, trailer, start))


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream, deflated."""
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%b>>stream\n%b\nendstream" % (len(packed), more, packed)


def twice_packed(size: int) -> bytes:
    """A content stream of so many blanks, deflated twice, so that gigabytes are kilobytes; one block, repeated."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = zlib.compress(head + block * (size // 10_000_000) + packer.flush(), 9)
    return b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream" % (len(packed), packed)


CATALOG: Final = b"<</Type/Catalog/Pages 2 0 R>>"
FONT: Final = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
SAID: Final = b"BT /F 12 Tf 72 700 Td (The harbour pilot keeps a log of every tide and of miR-21.) Tj ET"


def page(box: bytes = b"[0 0 612 792]", content: bytes | None = None) -> bytes:
    """A PDF of one page of this size with this content stream."""
    one = b"<</Type/Page/Parent 2 0 R/MediaBox %b/Contents 4 0 R/Resources %b>>" % (box, FONT)
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", one, content or stream(SAID))


def many_pages(levels: int = 4) -> bytes:
    """10,000 pages of one object: each level of the tree names the next ten times."""
    nodes = [
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"%d 0 R " % (level + 3) * 10, 10 ** (levels - level))
        for level in range(levels)
    ]
    leaf = b"<</Type/Page/MediaBox[0 0 612 792]/Contents %d 0 R/Resources %b>>" % (levels + 3, FONT)
    return pdf(CATALOG, *nodes, leaf, stream(SAID))


def object_streams(size: int) -> bytes:
    """A PDF whose page stands in a stream of objects that inflates to so many bytes."""
    inside = b"2 0 <</Type/Pages/Kids[3 0 R]/Count 1>>" + b" " * size
    held = stream(inside, b"/Type/ObjStm/N 1/First 4")
    out = bytearray(b"%PDF-1.7\n1 0 obj\n" + CATALOG + b"\nendobj\n")
    at = len(out)
    out += b"3 0 obj\n" + held + b"\nendobj\n"
    table = struct.pack(">BLBBLBBLBBLBBLB", 0, 0, 255, 1, 9, 0, 2, 3, 0, 1, at, 0, 1, len(out), 0)
    start = len(out)
    out += b"4 0 obj\n" + stream(table, b"/Type/XRef/Size 5/W[1 4 1]/Root 1 0 R") + b"\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF" % start)


# -- XML, pages, zips, tables


def jats(inside: str, head: str = "") -> bytes:
    """An article with this in its body and these declarations."""
    return (
        f'<?xml version="1.0"?>{head}<article><front><article-meta><title-group><article-title>Foam</article-title>'
        f"</title-group></article-meta></front><body><sec><title>A</title>{inside}</sec></body></article>"
    ).encode()


def laughs(levels: int = 10) -> str:
    """Declarations of entities, each ten times the last; the last is `&e9;`."""
    made = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE a [<!ENTITY e0 "foam">{made}]>'


OUTSIDE: Final = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{ELSEWHERE}">]>'
SQUARE: Final = f'<!DOCTYPE a [<!ENTITY x "{"foam " * 10_000}">]>'


def zipped(**members: bytes) -> bytes:
    """A zip of these members, deflated."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def overlapping() -> bytes:
    """A zip whose directory names one member a hundred times."""
    once = zipped(word__document=b"foam" * 1000)
    entry, end = once[once.rindex(b"PK\x01\x02") : once.rindex(b"PK\x05\x06")], once[once.rindex(b"PK\x05\x06") :]
    counts = struct.pack("<HHL", 100, 100, 100 * len(entry))
    return once[: once.rindex(b"PK\x01\x02")] + entry * 100 + end[:8] + counts + end[16:]


def lying() -> bytes:
    """A Word document whose directory says that its text has ten bytes."""
    data = bytearray(word("<w:p><w:r><w:t>" + "foam " * 1000 + "</w:t></w:r></w:p>"))
    struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def xxe_word() -> bytes:
    """A Word document that asks for a file of this machine."""
    text = f"{OUTSIDE}<document><body><p><r><t>&x;</t></r></p></body></document>"
    return zipped(word__document=b"", **{"word/document.xml": text.encode()})


BAD: Final[dict[str, Callable[[], bytes]]] = {
    "locked.pdf": lambda: pdf(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>",
        trailer=b"/Encrypt 4 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]",
    ),
    "no-pages.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"),
    "many-pages.pdf": many_pages,
    "turns-on-itself.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"),
    "object-stream.pdf": lambda: object_streams(60_000_000),
    "web-page.pdf": f"<!DOCTYPE html><html><body><p>{LONG}</p></body></html>".encode,
    "cut-short.pdf": lambda: typeset("= Foam\nFoam on the shore.")[:3000],
    "laughs.xml": lambda: jats("<p>&e9;</p>", laughs()),
    "square.xml": lambda: jats(f"<p>{'&x;' * 10_000}</p>", SQUARE),
    "outside.xml": lambda: jats("<p>&x;</p>", OUTSIDE),
    "deep.xml": lambda: jats("<p>" + "<i>" * 100_000 + "</i>" * 100_000 + "</p>"),
    "long-attribute.xml": lambda: jats(f'<p id="{"a" * 15_000_000}">Foam.</p>'),
    "deep.html": lambda: b"<div>" * 200_000 + b"x",
    "deep-tables.html": lambda: b"<table><tr><td>" * 200_000 + b"x",
    "grows.docx": lambda: word("<w:p><w:r><w:t>" + " " * 40_000_000 + "</w:t></w:r></w:p>"),
    "nested.docx": lambda: zipped(a=zipped(a=zipped(a=b"\0" * 30_000_000))),
    "lies.docx": lying,
    "overlaps.docx": overlapping,
    "outside.docx": xxe_word,
    "grows.xlsx": lambda: raw(" " * 40_000_000),
    "outside.xlsx": lambda: raw("", more={"xl/sharedStrings.xml": f"{OUTSIDE}<sst><si><t>&x;</t></si></sst>"}),
    "picture.md": lambda: b"\x89PNG\r\n\x1a\n\0\0\0",
    "nothing.txt": lambda: b"",
    "bare.bib": lambda: b"@" * 1000,
}  # fmt: skip
"""By name, files that give no document."""

ODD: Final[dict[str, Callable[[], bytes]]] = {
    "fills-memory.pdf": lambda: page(content=twice_packed(3_000_000_000)),
    "vast.pdf": lambda: page(b"[0 0 1e30 1e30]"),
    "no-number.pdf": lambda: page(b"[nan nan inf -inf]"),
    "open-quote.csv": lambda: b'miRNA,target\nmiR-21,"KRIT1\n' + b"miR-9,PTEN\n" * 1_700_000,
    "nuls.csv": lambda: b"miRNA,target\nmiR-21,\0KRIT1\nmiR-9,PTEN\n",
}  # fmt: skip
"""By name, files of which something may be read, and something may be too much."""
