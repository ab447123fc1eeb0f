"""Pages through PDFium: characters, fonts and drawn lines as `content` has them; PDFium's errors end here."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableFile
from corpus.readers.pdf.content import PageContent, Rule, Word

MAX_PAGES: Final = 3_000
"""More pages than this are not read: no paper or book has them."""

_GAP: Final = 0.16  # of the font's size, from which a gap between two letters parts words
_SAME: Final = 0.08  # of the font's size, by which letters of one word may differ in baseline and size
_THIN: Final = 2.5  # points, the thickest box that is a line
_LIGATURES: Final = re.compile("[\ufb00-\ufb06]")
_UNPRINTED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2060\ufdd0-\ufdef\ufeff\uffff]")
_AT_END: Final = "\x02"  # what PDFium gives for a hyphen, plain or soft, at the end of a line
_SOFT: Final = "\u00ad"
_ABOVE: Final = 0.2  # of the font's size, by which the ink of a letter set as a raised glyph stays off the baseline
_BELOW: Final = 0.06
_FLAT: Final = 0.47  # of the font's size, the tallest raised or lowered glyph
_SCRIPT: Final = 0.6  # the size that a raised or lowered glyph seems to have
_STEM: Final = frozenset("0123456789abcdefhiklmnorstuvwxzABCDEFGHIKLMNOPRSTUVWXYZ")  # these stand on the line
_SIGNS: Final = {"+": 0.25, "-": 0.4, "−": 0.4, "–": 0.4}  # and these, if raised, so far off it

Place = Callable[[float, float], tuple[float, float]]
"""From the file's coordinates to those of the page as it is shown."""


def open_pdf(name: str, data: bytes) -> pdfium.PdfDocument:
    """The PDF, open; to be closed.

    Raises:
        UnreadableFile: it is locked by a password, damaged, without pages, or has more than `MAX_PAGES`.
    """
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            reason = "this PDF is locked by a password; save it without one and give that."
        else:
            reason = f"this PDF cannot be opened ({error}); it may be cut short, so get it again."
        raise UnreadableFile(name, reason) from error
    count = len(opened)
    if 0 < count <= MAX_PAGES:
        return opened
    opened.close()
    if not count:
        raise UnreadableFile(name, "this PDF has no pages; get it again.")
    raise UnreadableFile(name, f"this PDF has {count:,} pages, and the limit is {MAX_PAGES:,}; split it.")


def stated(opened: pdfium.PdfDocument) -> dict[str, str]:
    """What the file states of itself, by name (`Title`, `Author`), as far as it does."""
    try:
        return {name: " ".join(value.split()) for name, value in opened.get_metadata_dict(skip_empty=True).items()}
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return {}


def contents(opened: pdfium.PdfDocument) -> Iterator[PageContent]:
    """Its pages, in order; a page that cannot be loaded is empty."""
    hyphens = _Hyphens()
    for number in range(1, len(opened) + 1):
        try:
            page = opened[number - 1]
        except pdfium.PdfiumError:
            yield PageContent(number, 0.0, 0.0, ())
            continue
        with closing(page):
            yield _content(number, page, hyphens)


def _content(number: int, page: pdfium.PdfPage, hyphens: _Hyphens) -> PageContent:
    width, height = page.get_size()
    place = _placer(page)
    with closing(page.get_textpage()) as textpage:
        words = tuple(_words(_glyphs(textpage, place, hyphens)))
    rules, pictured = _drawn(page, place, width * height)
    return PageContent(number, width, height, words, rules, pictured)


def _placer(page: pdfium.PdfPage) -> Place:
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Place] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


@dataclass(slots=True)
class _Style:
    size: float
    font: str
    bold: bool
    italic: bool


@dataclass(slots=True)
class _Glyph:
    text: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float
    style: _Style
    key: int


@dataclass(slots=True)
class _Hyphens:
    """Which hyphens at the ends of lines a document marks as soft.

    PDFium does not give them. But where a glyph stands both for a plain and for a soft hyphen, a font can say but one
    of them, and the file says the other wherever it is meant; so those within lines, which are plain, tell.
    """

    within: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def met(self, font: str, *, told: bool) -> None:
        """Counts a plain hyphen within a line; `told`: the file says what it stands for."""
        self.within[font, told] += 1

    def at_end(self, font: str, *, told: bool) -> str:
        """A hyphen at the end of a line: soft or plain."""
        plain_is_told = self.within[font, True] > self.within[font, False]
        return _SOFT if told != plain_is_told else "-"


def _glyphs(textpage: pdfium.PdfTextPage, place: Place, hyphens: _Hyphens) -> Iterator[_Glyph | None]:
    """The upright characters of a page in the order of the file; None for a blank or the end of a line."""
    handle = textpage.raw
    styles: dict[int, _Style] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    ink = tuple(ctypes.c_double() for _ in range(4))  # left, right, bottom, top
    high, way = "", 0
    for i in range(raw.FPDFText_CountChars(handle)):
        text = chr(raw.FPDFText_GetUnicode(handle, i))
        if "\ud800" <= text <= "\udbff":
            high = text
            continue
        if "\udc00" <= text <= "\udfff":
            text = (high + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if text.isspace():
            # PDFium adds blanks of its own, which say no more than the places of the letters do
            if not raw.FPDFText_IsGenerated(handle, i):
                yield None
            continue
        owner = raw.FPDFText_GetTextObject(handle, i)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if not key or (_UNPRINTED.match(text) and text != _AT_END):
            continue
        if key not in styles:
            styles[key] = _style(handle, i)
        angle = raw.FPDFText_GetCharAngle(handle, i)
        raw.FPDFText_GetCharOrigin(handle, i, x, y)
        raw.FPDFText_GetLooseCharBox(handle, i, box)
        (x0, y0), (x1, y1) = place(box.left, box.top), place(box.right, box.bottom)
        at, baseline = place(x.value, y.value)
        if place(1, 0)[0] - place(0, 0)[0] > 0 and min(angle, 2 * math.pi - angle) > math.pi / 8:
            continue  # set upright in the margin, or a watermark
        raw.FPDFText_GetCharBox(handle, i, *ink)
        # what the file says that a glyph stands for (ActualText) has no box but its ink
        told = abs(ink[0].value - box.left) + abs(ink[1].value - box.right) < 0.01
        if text == _AT_END:
            text = hyphens.at_end(styles[key].font, told=told)
        elif text == "-":
            hyphens.met(styles[key].font, told=told)
        style = styles[key]
        way = _script(text, y.value, ink[2].value, ink[3].value, style.size, way) if angle == 0 else 0
        if way:
            baseline -= way * (0.33 if way > 0 else 0.15) * style.size
            style = replace(style, size=_SCRIPT * style.size)
        yield _Glyph(text, at, baseline, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), style, key)


def _script(text: str, baseline: float, bottom: float, top: float, size: float, way: int) -> int:
    """1 or -1 for a glyph that a font itself draws raised or lowered, as its ink shows; `way` is that of the last."""
    off, height = (bottom - baseline) / size, (top - bottom) / size
    if text in _STEM and 0 < height <= _FLAT:
        return 1 if off > _ABOVE else -1 if off < -_BELOW else 0
    return 1 if off > _SIGNS.get(text, math.inf) or (text == "," and way > 0 and off > 0.1) else 0


def _style(handle: object, i: int) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, i, matrix)
    size = raw.FPDFText_GetFontSize(handle, i) * (math.hypot(matrix.b, matrix.d) or 1.0)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, i, None, 0, flags)
    buffer = ctypes.create_string_buffer(length or 1)
    raw.FPDFText_GetFontInfo(handle, i, buffer, length, flags)
    font = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))
    plain = font.casefold()
    bold = raw.FPDFText_GetFontWeight(handle, i) >= 600 or "bold" in plain
    italic = bool(flags.value & 64) or "italic" in plain or "oblique" in plain  # bit 7 of the PDF font flags
    return _Style(size, font, bold, italic)


def _words(glyphs: Iterator[_Glyph | None]) -> Iterator[Word]:
    run: list[_Glyph] = []
    glued = False
    for glyph in glyphs:
        if run and (glyph is None or not _goes_on(run[-1], glyph)):
            yield _word(run, glued=glued)
            glued = glyph is not None and _touches(run[-1], glyph)
            run = []
        if glyph is None:
            glued = False
        else:
            run.append(glyph)
    if run:
        yield _word(run, glued=glued)


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    """Both belong to one word."""
    size = before.style.size
    same = before.key == glyph.key or (before.style.font, before.style.bold) == (glyph.style.font, glyph.style.bold)
    even = abs(before.baseline - glyph.baseline) <= _SAME * size and abs(size - glyph.style.size) <= _SAME * size
    return same and even and _touches(before, glyph)


def _touches(before: _Glyph, glyph: _Glyph) -> bool:
    """No blank stands between the two, which are on one line."""
    size = max(before.style.size, glyph.style.size)
    return abs(before.baseline - glyph.baseline) < 0.6 * size and -size < glyph.left - before.right < _GAP * size


def _word(run: list[_Glyph], *, glued: bool) -> Word:
    text = "".join(glyph.text for glyph in run)
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    style = run[0].style
    return Word(
        unicodedata.normalize("NFC", text),
        min(glyph.left for glyph in run),
        min(glyph.top for glyph in run),
        max(glyph.right for glyph in run),
        max(glyph.bottom for glyph in run),
        run[0].baseline,
        style.size,
        style.font,
        style.bold,
        style.italic,
        glued,
    )


def _drawn(page: pdfium.PdfPage, place: Place, area: float) -> tuple[tuple[Rule, ...], float]:
    """The ruling lines of a page, and the share of it that images cover."""
    rules: set[tuple[float, float, float, float]] = set()
    pictured = 0.0
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
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
