"""Pages through PDFium: words (`glyphs`, `words`) and drawn lines as `content` has them; its errors end here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableFile
from corpus.readers.pdf.content import PageContent, Rule
from corpus.readers.pdf.glyphs import Glyph, Glyphs, Place
from corpus.readers.pdf.words import words_of

MAX_PAGES: Final = 3_000
"""More pages than this are not read: no paper or book has them."""

_THIN: Final = 2.5  # points, the thickest box that is a line
_MOST_DRAWN: Final = 20_000  # drawn things that are looked at on a page; a map may have a million


def open_pdf(name: str, data: bytes) -> pdfium.PdfDocument:
    """The PDF, open; to be closed.

    Raises:
        UnreadableFile: it is empty, locked by a password, damaged, without pages, or has more than `MAX_PAGES`.
    """
    if not data:
        raise UnreadableFile(name, "the file is empty; get it again.")
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if _opens(data):
            reason = "this PDF has no pages; get it again."
        elif "password" in str(error).casefold():
            reason = "this PDF is locked by a password; save it without one and give that."
        else:
            said = str(error).rstrip(".")
            reason = f"this PDF cannot be opened ({said}); it may be cut short, so get it again."
        raise UnreadableFile(name, reason) from error
    count = len(opened)
    if count <= MAX_PAGES:
        return opened
    opened.close()
    raise UnreadableFile(name, f"this PDF has {count:,} pages, and the limit is {MAX_PAGES:,}; split it.")


def _opens(data: bytes) -> bool:
    """Whether PDFium opens a PDF that was refused: then it lacks pages, and the error told is of an earlier file."""
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if handle:
        raw.FPDF_CloseDocument(handle)
    return bool(handle)


def stated(opened: pdfium.PdfDocument) -> dict[str, str]:
    """What the file states of itself, by name (`Title`, `Author`), as far as it does."""
    try:
        return {name: " ".join(value.split()) for name, value in opened.get_metadata_dict(skip_empty=True).items()}
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return {}


def contents(opened: pdfium.PdfDocument) -> Iterator[PageContent]:
    """Its pages, in order; a page that cannot be loaded is empty."""
    glyphs = Glyphs()
    for number in range(1, len(opened) + 1):
        try:
            page = opened[number - 1]
        except pdfium.PdfiumError:
            yield PageContent(number, 0.0, 0.0, ())
            continue
        with closing(page):
            yield _content(number, page, glyphs)


def _content(number: int, page: pdfium.PdfPage, glyphs: Glyphs) -> PageContent:
    width, height = page.get_size()
    place = _placer(page)
    with closing(page.get_textpage()) as textpage:
        words = tuple(words_of(_seen(glyphs.on(textpage, place), width, height)))
    rules, pictured = _drawn(page, place, width * height)
    return PageContent(number, width, height, words, rules, pictured, glyphs.unread, glyphs.sideways)


def _seen(glyphs: Iterator[Glyph | None], width: float, height: float) -> Iterator[Glyph | None]:
    """The characters that stand on the page, if only in part; nobody could look up what lies beside it."""
    for one in glyphs:
        if one is None or (one.left < width and one.right > 0 and one.top < height and one.bottom > 0):
            yield one


def _placer(page: pdfium.PdfPage) -> Place:
    shown = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, shown):
        raise pdfium.PdfiumError("a page without a size")
    left, bottom, right, top = shown.left, shown.bottom, shown.right, shown.top
    turns: dict[int, Place] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


def _drawn(page: pdfium.PdfPage, place: Place, area: float) -> tuple[tuple[Rule, ...], float]:
    """The ruling lines of a page, and the share of it that images cover."""
    rules: set[tuple[float, float, float, float]] = set()
    pictured = 0.0
    drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    for one in islice(drawn, _MOST_DRAWN):
        x0, y0, x1, y1 = one.get_bounds()
        (a, b), (c, d) = place(x0, y0), place(x1, y1)
        left, top, right, bottom = min(a, c), min(b, d), max(a, c), max(b, d)
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += (right - left) * (bottom - top)
        elif min(right - left, bottom - top) <= _THIN:
            rules.add((left, top, right, bottom))
        elif raw.FPDFPath_CountSegments(one) <= 6:
            rules |= {(left, top, right, top), (left, bottom, right, bottom)}
            rules |= {(left, top, left, bottom), (right, top, right, bottom)}
    ordered = sorted(rules, key=lambda rule: (rule[1], rule[0], rule[3], rule[2]))
    return tuple(Rule(*rule) for rule in ordered), min(1.0, pictured / area if area else 0.0)
