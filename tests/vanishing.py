"""A paper of our own invention in every format, whose words stand nowhere else, and whatever of them a folder holds."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import docx
import pypdfium2 as pdfium

from tests.corpus.workbooks import rows, workbook
from tests.printing import printed

QUESTION = "what hides harbour parcels in colorectal cancer"
"""Answered by the paper, in none of its secret words."""
SECRETS = (
    "florptangle",
    "qorvelius",
    "snorbleth",
    "quibblefrond",
    "zyxwvorplek",
    "wibblegran",
    "dwizzleprint",
    "48611",
)
"""Words of its title, author, heading, sentence (two), table and reference list, and of its microRNA."""
DOI = "10.1234/ink.7"

_TITLE, _AUTHOR, _HEADING = "Parcels of the florptangle", "Quentin Qorvelius", "The snorbleth"
_SAID = "In colorectal cancer, exosomal miR-48611 inhibits PTEN and hides harbour parcels in the quibblefrond"
_SENTENCE = f"{_SAID} until zyxwvorplek."
_STUDY = "Ito A. Blankness of dwizzleprint. Ink Letters 2020;1:1-2."
_HEADER, _ROW = ("miRNA", "Cancer", "Hides", "Ink"), ("miR-48611", "colorectal cancer", "harbour parcels", "wibblegran")

OPEN_TITLE, OPEN = (
    "Parcels on the quay",
    "In colorectal cancer, nothing hides harbour parcels from the keeper of the quay.",
)
"""What another file of the same paper says, or the same file once it was changed: no secret."""


_OPEN_STUDY = "Ito A. Lamps. Quay 2019;1:1."


def _markdown(title: str, heading: str, sentence: str, row: tuple[str, ...], study: str) -> bytes:
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (_HEADER, ("---",) * 4, row))
    parts = (f"# {title}", f"doi: {DOI}", f"## {heading}", f"{sentence} [1]", "Table 1. Inks", table)
    return "\n\n".join([*parts, "## References", f"1. {study}\n"]).encode()


def markdown() -> bytes:
    """With a table and a reference."""
    return _markdown(_TITLE, _HEADING, _SENTENCE, _ROW, _STUDY)


def open_markdown() -> bytes:
    """The same paper without a secret."""
    return _markdown(OPEN_TITLE, "Light", OPEN, ("miR-7", "melanoma", "lamps", "blue"), _OPEN_STUDY)


def _typst(title: str, heading: str, sentence: str) -> bytes:
    return printed(
        f"""#set page(width: 420pt, height: 300pt, margin: 50pt)
#set text(font: "Libertinus Serif", size: 12pt, hyphenate: false)
#text(18pt, weight: "bold")[{title}]

#link("https://doi.org/{DOI}")[https://doi.org/{DOI}]

#heading[{heading}]

{sentence}
"""
    )


def pdf() -> bytes:
    """One page."""
    return _typst(_TITLE, _HEADING, _SENTENCE)


def open_pdf() -> bytes:
    """The same paper without a secret."""
    return _typst(OPEN_TITLE, "Light", OPEN)


def _jats(title: str, author: str, heading: str, sentence: str, row: tuple[str, ...], study: str) -> bytes:
    head, cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in (_HEADER, row))
    return f"""<article><front><article-meta><article-id pub-id-type="pmcid">PMC77</article-id>
<article-id pub-id-type="doi">{DOI}</article-id><title-group><article-title>{title}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>{author}</surname></name></contrib></contrib-group>
</article-meta></front><body><sec><title>{heading}</title><p>{sentence}</p><table-wrap><label>Table 1</label>
<table><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table></table-wrap></sec></body>
<back><ref-list><ref id="r1"><label>1</label>
<mixed-citation>{study}</mixed-citation></ref></ref-list></back></article>
""".encode()


def jats() -> bytes:
    """As Europe PMC sends it: `PMC77`."""
    return _jats(_TITLE, "Qorvelius", _HEADING, _SENTENCE, _ROW, _STUDY)


def open_jats() -> bytes:
    """The same paper without a secret."""
    return _jats(OPEN_TITLE, "Ito", "Light", OPEN, ("miR-7", "melanoma", "lamps", "blue"), _OPEN_STUDY)


def page() -> bytes:
    """A page saved from a browser."""
    head, cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in (_HEADER, _ROW))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title></head><body><article>
<h1>{_TITLE}</h1><h2>{_HEADING}</h2><p>{_SENTENCE}</p><table><caption>Table 1. Inks</caption>
<thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table></article></body></html>""".encode()


def word() -> bytes:
    """A Word file."""
    made = docx.Document()
    made.add_heading(_TITLE, 0)
    made.add_heading(_HEADING, 1)
    made.add_paragraph(_SENTENCE)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def sheet() -> bytes:
    """A workbook of one sheet."""
    return workbook(Inks=rows((*_HEADER, "Place"), (*_ROW, "the quibblefrond, until zyxwvorplek")))


def plain() -> bytes:
    """Plain text, the poorest of all."""
    return f"{_TITLE}\n\nhttps://doi.org/{DOI}\n\nIntroduction\n\n{_SENTENCE}\n".encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "pdf": pdf,
    "xml": jats,
    "docx": word,
    "xlsx": sheet,
    "html": page,
    "md": markdown,
}
"""What makes the paper, by the end of its file's name."""


def told(text: str) -> set[str]:
    """The secrets that a text tells, in whatever case and however a page writes it."""
    plain = html.unescape(text).casefold()
    return {secret for secret in SECRETS if secret in plain}


def secrets_in(folder: Path) -> set[str]:
    """The secrets that any file below a folder holds, or the name of any: in its bytes, or in what these unfold to."""
    found: set[str] = set()
    for file in sorted(folder.rglob("*")):
        found |= told(file.name)
        if file.is_file():
            for data in _unfolded(file.read_bytes()):
                found |= told(data.decode("latin-1"))
    return found


def _unfolded(data: bytes) -> Iterator[bytes]:
    """The bytes, what is deflated in them, the members of an archive, and the text of a PDF."""
    yield data
    for at in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[at.start() :])
        except zlib.error:
            continue  # two bytes that only look so
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF-"):
        with closing(pdfium.PdfDocument(data)) as document:
            for number in range(len(document)):
                with closing(document[number]) as one, closing(one.get_textpage()) as text:
                    yield text.get_text_bounded().encode()
